"""The .docx is a clean file that Word can open: structure, numbers, and nothing of this machine in it."""

import io
import os
import platform
import re
import zipfile

import docx
import pytest
from built_reports import build, minimal_report, minimal_row, shipped_form, view_of
from docx_reading import W, part, read_docx, read_table, text_of

from hyoka_desktop.document.model import Contents, Table

FIXED_SIZES = ("ＭＳ 明朝", "ＭＳ ゴシック")


def body_of(built):
    return part(built.docx, "word/document.xml")


def test_python_docx_opens_it_and_sees_all_tables(built):
    opened = docx.Document(io.BytesIO(built.docx))
    tables = [block for s in built.document.sections for block in s.blocks if isinstance(block, Table)]
    assert len(opened.tables) == len(tables)
    assert opened.styles["heading 2"].element.get(f"{W}styleId") == "HyokaHeading2"


def test_header_rows_repeat_and_no_row_is_kept_from_breaking(built):
    tables = [block for s in built.document.sections for block in s.blocks if isinstance(block, Table)]
    for read, table in zip(read_docx(built.docx).tables, tables, strict=True):
        assert list(read.header_rows) == [index for index, row in enumerate(table.rows) if row.header]
        assert read.header_rows
    assert body_of(built).find(f".//{W}cantSplit") is None


def test_the_columns_have_the_widths_of_the_pdf_and_the_cells_those_of_their_columns(built):
    tables = [block for s in built.document.sections for block in s.blocks if isinstance(block, Table)]
    for read, table in zip(read_docx(built.docx).tables, tables, strict=True):
        assert [width / 20 for width in read.widths] == pytest.approx([w.pt for w in table.widths], abs=0.05)
        for (row, column), width in read.cell_widths.items():
            above = max(start for start, c in read.cells if c == column and start <= row)
            assert width == sum(read.widths[column : column + read.cells[above, column][0]])
    for element in body_of(built).iter(f"{W}tbl"):
        assert element.find(f"{W}tblPr/{W}tblLayout").get(f"{W}type") == "fixed"


def test_every_style_sets_an_exact_line_height(built):
    for style in part(built.docx, "word/styles.xml").iterfind(f"{W}style[@{W}type='paragraph']"):
        spacing = style.find(f"{W}pPr/{W}spacing")
        assert spacing.get(f"{W}lineRule") == "exact", style.get(f"{W}styleId")
        assert int(spacing.get(f"{W}line")) > 0


def test_every_style_that_is_used_is_there_and_names_its_font_for_japanese(built):
    styles = {style.get(f"{W}styleId"): style for style in part(built.docx, "word/styles.xml").iterfind(f"{W}style")}
    used = {element.get(f"{W}val") for element in body_of(built).iter(f"{W}pStyle", f"{W}tblStyle")}
    assert used <= set(styles)
    for name in used - {"HyokaTable"}:
        fonts = styles[name].find(f"{W}rPr/{W}rFonts")
        assert {fonts.get(f"{W}{script}") for script in ("ascii", "hAnsi", "eastAsia", "cs")} & set(FIXED_SIZES)


def test_the_cached_page_numbers_are_those_of_the_pdf(built):
    body = body_of(built)
    cached = {}
    for link in body.iter(f"{W}hyperlink"):
        field = link.find(f"{W}r/{W}instrText")
        if field is not None:
            cached[field.text.split()[1].removeprefix("_Hyoka_")] = int(re.search("p\\.([0-9]+)$", text_of(link))[1])
    numbers = built.layout.page_numbers()
    entries = [e for s in built.document.sections for b in s.blocks if isinstance(b, Contents) for e in b.entries]
    assert cached == {entry.anchor: numbers[entry.anchor] for entry in entries}


def test_fields_are_begun_separated_and_ended_in_turn(built):
    for name in ("document", "footer1"):
        kinds = [e.get(f"{W}fldCharType") for e in part(built.docx, f"word/{name}.xml").iter(f"{W}fldChar")]
        assert kinds == ["begin", "separate", "end"] * (len(kinds) // 3)
        assert kinds


def test_word_is_not_told_to_ask_whether_fields_shall_be_updated(built):
    assert part(built.docx, "word/settings.xml").find(f"{W}updateFields") is None


def test_every_cell_ends_with_a_paragraph(built):
    for cell in body_of(built).iter(f"{W}tc"):
        assert cell[-1].tag == f"{W}p"


def test_the_paper_and_its_margins_are_those_of_the_form(built):
    page = built.document.page
    for section in body_of(built).iter(f"{W}sectPr"):
        size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
        assert (size.get(f"{W}w"), size.get(f"{W}h")) == (str(page.width.twips), str(page.height.twips))
        assert size.get(f"{W}orient") == "landscape"
        for side in ("top", "bottom", "left", "right"):
            assert margins.get(f"{W}{side}") == str(getattr(page, side).twips)


def test_cover_and_contents_have_no_folio_and_the_rest_counts_from_one(built):
    front, rest = list(body_of(built).iter(f"{W}sectPr"))
    assert front.find(f"{W}footerReference") is None
    assert rest.find(f"{W}footerReference") is not None
    assert rest.find(f"{W}pgNumType").get(f"{W}start") == "1"


def test_the_properties_name_no_person_of_this_machine(built):
    properties = docx.Document(io.BytesIO(built.docx)).core_properties
    assert properties.author == built.document.author
    assert (properties.last_modified_by, properties.comments) == ("", "")
    assert properties.title == built.document.title
    with zipfile.ZipFile(io.BytesIO(built.docx)) as package:
        content = "".join(package.read(name).decode() for name in package.namelist())
        assert {info.date_time for info in package.infolist()} == {(2020, 1, 1, 0, 0, 0)}
    for name in filter(None, (os.environ.get("USER"), os.environ.get("USERNAME"), platform.node(), "python-docx")):
        assert f">{name}<" not in content


def test_a_shared_annual_plan_is_one_merged_cell():
    report = minimal_report("jlis-annual")
    rows = [
        minimal_row("目標その一") | {"annual_plan": "共通の計画"},
        minimal_row("目標その二"),
        minimal_row("目標その三"),
    ]
    rows.append(minimal_row("目標その四") | {"annual_plan": "別の計画"})
    report["sections"][0]["items"][0]["sheet"]["rows"] = rows
    form = shipped_form("jlis-annual")
    built = build("shared", form, view_of(form, report))
    tables = [read_table(element) for element in body_of(built).iter(f"{W}tbl")]
    shared = [cell for table in tables for cell in table.cells.values() if cell[2] == ["共通の計画"]]
    assert shared == [(1, 3, ["共通の計画"])]
    assert [cell for table in tables for cell in table.cells.values() if cell[2] == ["別の計画"]] == [
        (1, 1, ["別の計画"])
    ]


HOSTILE = ("<w:p>", "&amp;", "]]>", "\"'", "<!-- -->", "  二つの空白  ", "タブ\tあり", "{policy}", "%", "𠮟\U000e0100")


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_looks_like_markup_comes_back_as_it_was(text):
    report = minimal_report("jlis-annual")
    report["sections"][0]["items"][0]["policy"] = text
    report["organization"]["name"] = text
    form = shipped_form("jlis-annual")
    built = build("hostile", form, view_of(form, report))
    assert [text] in [cell[2] for table in read_docx(built.docx).tables for cell in table.cells.values()]
    docx.Document(io.BytesIO(built.docx))


def test_word_adds_space_between_kanji_and_digits_as_the_pdf_does(built):
    styles = part(built.docx, "word/styles.xml")
    for name in ("autoSpaceDE", "autoSpaceDN"):
        told = styles.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr/{W}{name}")
        assert told is not None
        assert told.get(f"{W}val") is None


def test_word_is_told_our_line_start_and_line_end_rules(built):
    settings = part(built.docx, "word/settings.xml")
    assert "、" in settings.find(f"{W}noLineBreaksBefore").get(f"{W}val")
    assert "（" in settings.find(f"{W}noLineBreaksAfter").get(f"{W}val")
    assert {e.get(f"{W}lang") for e in settings if e.tag.startswith(f"{W}noLineBreaks")} == {"ja-JP"}

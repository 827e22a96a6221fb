"""Output sets: what each shows and withholds, the documents that a form draws, and sets that a person keeps."""

import io
import zipfile
from dataclasses import replace

import pymupdf
import pytest
from built_reports import FORMS, minimal_report, shipped_form, view_of

from hyoka_desktop.compose.options import MinisterCells, Typeface, WordFonts
from hyoka_desktop.document.dump import dump_document
from hyoka_desktop.document.model import Figure, Table
from hyoka_desktop.errors import InputError
from hyoka_desktop.services.export import ExportRequest, export, prepare
from hyoka_desktop.services.outputsets import (
    AS_FILLED,
    SHIPPED,
    OutputSet,
    PassportKind,
    find_output_set,
    output_set_of,
    own_output_sets,
    remove_output_set,
    save_output_set,
)
from hyoka_desktop.services.settings import Settings

ANCHOR = "12-0123456789abcdef"
_EARLIER = {"2019": {"actual": "60件", "target": "100件"}}
NOTE, MINISTER, PAST = "秘密のメモ", "大臣の文章", "過年度の文章"


def report_with(form):
    report = minimal_report(form)
    item = report["sections"][0]["items"][0]
    item["sheet"]["fields"] = {"internal_note": NOTE}
    item["sheet"]["minister_evaluation"] = {"rating": "B", "grounds": MINISTER, "issues": "", "other": ""}
    return report


@pytest.fixture(params=FORMS)
def form(request):
    return shipped_form(request.param)


@pytest.fixture
def view(form):
    return view_of(form, report_with(form.definition.id))


def prepared(form, view, output, **more):
    return prepare(form.definition, view, ExportRequest(output=output, anchor=ANCHOR, **more))


def texts(form, view, output):
    return dump_document(prepared(form, view, output).document)


def test_the_submission_leaves_the_cells_of_the_ministry_blank_and_shaded(form, view):
    document = prepared(form, view, find_output_set("提出用")).document
    assert MINISTER not in dump_document(document)
    tables = [block for section in document.sections for block in section.blocks if isinstance(block, Table)]
    assert any(cell.reserved for table in tables for row in table.rows for cell in row.cells)


def test_what_is_to_be_published_holds_the_ministry_and_never_notes_or_a_passport(form, view):
    output = replace(find_output_set("公表用"), notes=True, passport=PassportKind.PRINTED)
    document = prepared(form, view, output).document
    assert MINISTER in dump_document(document)
    assert NOTE not in dump_document(document)
    assert document.passport is None


@pytest.mark.parametrize("output", [output for output in (*SHIPPED, AS_FILLED) if not output.notes])
def test_internal_notes_are_printed_in_no_set_that_does_not_ask_for_them(form, view, output):
    assert NOTE not in texts(form, view, output)


def test_an_inquiry_shows_sheets_alone_with_notes_stamp_and_printed_passport(form, view):
    document = prepared(form, view, find_output_set("照会用")).document
    assert NOTE in dump_document(document)
    assert all(section.key.startswith("item") for section in document.sections)
    assert [(mark.paragraph.text, mark.boxed) for mark in document.head] == [("案", True)]
    assert document.passport.printed
    assert ANCHOR in document.passport.text


def test_the_marks_stand_on_every_page_of_both_documents(form, view, tmp_path):
    output = replace(AS_FILLED, stamp="案", marking="機密性２情報", date="令和6年6月28日時点", page_numbers=False)
    request = ExportRequest(tmp_path / "a.docx", tmp_path / "a.pdf", output=output)
    export(prepare(form.definition, view, request), request)
    with pymupdf.open(tmp_path / "a.pdf") as pdf:
        for page in pdf:
            told = page.get_text().replace(" ", "")
            assert all(text in told for text in ("案", "機密性２情報", "令和6年6月28日時点"))
            assert "- 1 -" not in told
    with zipfile.ZipFile(tmp_path / "a.docx") as package:
        header = package.read("word/header1.xml").decode()
        assert all(text in header for text in ("案", "機密性２情報", "令和6年6月28日時点"))
        assert "word/footer1.xml" not in package.namelist()
        assert package.read("word/document.xml").decode().count("headerReference") == 2


@pytest.mark.parametrize("kind", PassportKind)
def test_the_passport_is_in_the_properties_and_at_the_foot_as_chosen(form, view, tmp_path, kind):
    request = ExportRequest(docx=tmp_path / "a.docx", output=replace(AS_FILLED, passport=kind), anchor=ANCHOR)
    export(prepare(form.definition, view, request), request)
    with zipfile.ZipFile(tmp_path / "a.docx") as package:
        names = package.namelist()
        has_property = "docProps/custom.xml" in names and ANCHOR in package.read("docProps/custom.xml").decode()
        in_keywords = ANCHOR in package.read("docProps/core.xml").decode()
        printed = any(ANCHOR in package.read(name).decode() for name in names if "footer" in name)
    assert (has_property, in_keywords, printed) == {
        PassportKind.NONE: (False, False, False),
        PassportKind.PROPERTIES: (True, True, False),
        PassportKind.PRINTED: (True, True, True),
    }[kind]


def test_another_paper_widens_every_table_to_its_text(form, view):
    for size, landscape, width in (("A3", True, 390.0), ("A4", False, 180.0), ("", None, 267.0)):
        document = prepared(form, view, replace(AS_FILLED, paper=size, landscape=landscape)).document
        assert document.page.text_width.mm == pytest.approx(width)
        for section in document.sections:
            for table in (block for block in section.blocks if isinstance(block, Table)):
                assert sum(table.widths) / 36000 == pytest.approx(width, abs=0.01)


@pytest.mark.parametrize("typeface", [Typeface.MINCHO, Typeface.GOTHIC])
def test_one_typeface_may_serve_everything(form, view, typeface):
    document = prepared(form, view, replace(AS_FILLED, typeface=typeface)).document
    assert {typeface.value in style.font.file.lower() for style in document.styles.values()} == {True}


def test_sizes_and_the_families_in_word_are_chosen(form, view):
    document = prepared(form, view, replace(AS_FILLED, scale=1.25, word_fonts=WordFonts.EMBEDDED)).document
    assert document.styles["cell"].size.pt == 12.5
    assert document.styles["cell"].leading.pt == 17.5
    assert document.styles["cell"].font.word == "BIZ UDMincho"
    assert document.styles["label"].font.word_alternative == "BIZ UDゴシック"


def test_parts_are_chosen_and_the_contents_list_those_alone(form, view):
    output = replace(AS_FILLED, parts=("contents", "summary", "gone"))
    document = prepared(form, view, output).document
    assert [section.key for section in document.sections] == ["contents", "part4"]
    (contents,) = document.sections[0].blocks
    assert [entry.anchor for entry in contents.entries] == ["part4"]


@pytest.mark.parametrize("name", ["ratings", "indicators", "comparison", "hearing"])
def test_every_form_draws_the_lists_and_the_hearing_pages_in_all_formats(form, view, tmp_path, name):
    output = replace(AS_FILLED, document=name)
    paths = [tmp_path / f"{name}.{kind}" for kind in ("docx", "pdf", "xlsx")]
    request = ExportRequest(*paths, output=output)
    assert export(prepare(form.definition, view, request), request).pages >= 1
    assert all(path.stat().st_size > 1000 for path in paths)


def test_a_document_that_the_form_lacks_is_refused_by_its_name(form, view):
    with pytest.raises(InputError) as refused:
        prepared(form, view, replace(AS_FILLED, document="none"))
    assert refused.value.code == "document_unknown"


def test_each_item_of_a_hearing_stands_on_one_page_as_large_as_it_takes(sample):
    request = ExportRequest(output=find_output_set("ヒアリング用"))
    made = prepare(sample.form, sample.view, request)
    assert len(made.layout.pages) == len(sample.view.items)
    sizes = [
        max(text.size for text in page.texts if text.font == "BIZUDMincho-Regular.ttf") for page in made.layout.pages
    ]
    assert max(sizes) == 15
    assert min(sizes) >= 9


def test_an_item_too_long_for_one_page_goes_on_in_the_smallest_type(form):
    report = minimal_report(form.definition.id)
    report["sections"][0]["items"][0]["sheet"]["self_evaluation"]["grounds"] = "評価の根拠を示す。" * 900
    made = prepared(form, view_of(form, report), find_output_set("ヒアリング用"))
    assert len(made.layout.pages) > 1
    assert min(text.size for page in made.layout.pages for text in page.texts if text.text.startswith("評価の")) == 8
    assert "".join(t.text for page in made.layout.pages for t in page.texts).count("評価の根拠を示す。") == 900


def test_charts_show_each_value_and_are_told_in_words(sample):
    document = prepare(sample.form, sample.view, ExportRequest(output=find_output_set("ヒアリング用"))).document
    figures = [block for section in document.sections for block in section.blocks if isinstance(block, Figure)]
    told = "\n".join(paragraph.text for figure in figures for paragraph in figure.description)
    assert len(figures) >= 10
    assert "R6 301施設 (250施設以上)" in told


def test_the_same_output_gives_the_same_bytes(form, view, tmp_path):
    def made(number):
        request = ExportRequest(
            tmp_path / f"{number}.docx", tmp_path / f"{number}.pdf", output=find_output_set("照会用"), anchor=ANCHOR
        )
        return [path.read_bytes() for path in export(prepare(form.definition, view, request), request).files]

    assert made(1) == made(2)


def test_a_plain_pdf_is_made_where_no_archive_is_wanted(form, view, tmp_path):
    for archival in (True, False):
        request = ExportRequest(pdf=tmp_path / f"{archival}.pdf", output=replace(AS_FILLED, archival=archival))
        export(prepare(form.definition, view, request), request)
        assert (b"pdfaid" in (tmp_path / f"{archival}.pdf").read_bytes()) is archival


@pytest.fixture
def settings(tmp_path):
    return Settings(tmp_path / "settings.json")


def test_an_own_set_is_kept_found_replaced_and_forgotten(settings, tmp_path):
    mine = OutputSet("own:理事会", "理事会", parts=("sheets",), minister=MinisterCells.BLANK, stamp="案", scale=1.1)
    save_output_set(settings, replace(mine, stamp="未定稿"))
    save_output_set(settings, mine)
    again = own_output_sets(Settings(tmp_path / "settings.json"))
    assert again == (mine,)
    assert find_output_set("理事会", again) == mine
    remove_output_set(settings, "理事会")
    assert own_output_sets(settings) == ()


@pytest.mark.parametrize(
    "data",
    [
        {"id": "a", "name": "A", "minister": "?", "scale": 99, "parts": 3, "landscape": "x", "stamp": None, "new": 1},
        {"id": "a", "name": "A"},
    ],
)
def test_a_set_that_is_not_understood_is_as_usual(data):
    assert output_set_of(data) == OutputSet("a", "A")


def test_a_set_without_a_name_is_none(settings):
    assert output_set_of({"id": "a"}) is None
    settings.remember_records("output_sets", [{"id": 3}])
    assert own_output_sets(settings) == ()


@pytest.mark.parametrize("output", [*SHIPPED, AS_FILLED])
def test_every_shipped_set_survives_being_kept(output):
    assert output_set_of(dict(output.as_data())) == output


def test_an_unknown_set_is_refused_by_its_name():
    with pytest.raises(InputError) as refused:
        find_output_set("無い")
    assert refused.value.parameters == {"name": "無い"}


def test_a_workbook_is_a_zip_of_sheets(form, view, tmp_path):
    request = ExportRequest(xlsx=tmp_path / "a.xlsx", output=replace(AS_FILLED, document="indicators"))
    export(prepare(form.definition, view, request), request)
    with zipfile.ZipFile(io.BytesIO((tmp_path / "a.xlsx").read_bytes())) as package:
        assert "xl/worksheets/sheet1.xml" in package.namelist()


def test_marks_too_long_for_the_head_of_a_page_are_set_smaller_and_do_not_touch(form, view):
    output = replace(
        AS_FILLED,
        stamp="案" * 30,
        marking="機密性２情報（取扱注意）" * 4,
        date="令和6年6月28日時点の速報値" * 3,
        scale=1.5,
    )
    made = prepared(form, view, output)
    marks = sorted(made.layout.pages[0].head.texts, key=lambda text: text.x)
    assert [text.text[0] for text in marks] == ["令", "案", "機"]
    edges = [made.document.page.left.pt, *(edge for text in marks for edge in (text.x, text.x + text.width))]
    assert [*edges, made.layout.width - made.document.page.right.pt + 0.1] == sorted(
        [*edges, made.layout.width - made.document.page.right.pt + 0.1]
    )


def test_charts_print_every_value_and_name_whole(form):
    report = minimal_report(form.definition.id)
    name, actual = "とても長い名前の指標" * 6, "1,234,567,890,123,456件"
    achievement = {"label": "", "actual": actual, "target": "1件以上"}
    row = report["sections"][0]["items"][0]["sheet"]["rows"][0]
    row["indicators"] = [{"name": name, "lead": "", "achievements": [achievement]}]
    made = prepared(form, view_of(form, report), find_output_set("ヒアリング用"))
    told = "".join(text.text for page in made.layout.pages for text in page.texts)
    assert name in told
    assert actual in told


def test_the_rate_in_a_list_of_indicators_follows_the_direction_that_an_indicator_says(form):
    report = report_with(form.definition.id)
    achievement = {
        "label": "",
        "actual": "50件",
        "target": "100件",
        "years": _EARLIER,
        "fields": {"direction": "小さい方が良い"},
    }
    row = report["sections"][0]["items"][0]["sheet"]["rows"][0]
    row["indicators"] = [{"name": "苦情の件数", "lead": "", "achievements": [achievement]}]
    listed = texts(form, view_of(form, report), replace(AS_FILLED, document="indicators"))
    assert "200.0%" in listed

"""Forms that a ministry could write: what the loader lets in must come out whole, in the PDF and in Word alike."""

from collections import Counter

import pymupdf
import pytest
from built_reports import build, form_json, form_of, minimal_item, minimal_report, shipped_form, view_of
from docx_reading import W, part, read_docx
from pdf_reading import read_pdf

from hyoka_desktop.compose.report import compose_report
from hyoka_desktop.document.dump import dump_document
from hyoka_desktop.errors import InputError

FORM = "jlis-annual"


def altered():
    return form_json(FORM) | {"id": "altered", "name": "改めた様式"}


def built_under(definition, items=1):
    report = minimal_report(FORM) | {"form": definition["id"]}
    report["sections"][0]["items"] = [minimal_item(f"Ⅰ-{n + 1}", f"項目{n + 1}") for n in range(items)]
    form = form_of(definition)
    return build(definition["id"], form, view_of(form, report))


def overview_of(definition):
    return next(part for part in definition["parts"] if part.get("blocks", [{}])[0].get("contents_number") == "1-1-1")


def text_of_pdf(built):
    return "".join(char.text for page in read_pdf(built.pdf) for char in page.chars)


def test_a_row_with_more_cells_than_places_is_refused_or_printed_whole():
    definition = altered()
    first = {"cells": [{"text": "結合した見出し", "rowspan": 2}, {"text": "甲", "colspan": 2}]}
    rows = [first, {"cells": ["乙の欄", "丙の欄", "丁の欄"]}]
    overview_of(definition)["blocks"].append({"title": "試験の表", "columns": [60, 60, 60], "rows": rows})
    try:
        dump = dump_document(built_under(definition).document)
    except InputError:
        return
    assert [text for text in ("乙の欄", "丙の欄", "丁の欄") if text not in dump] == []


def test_a_header_cell_that_reaches_below_the_header_is_refused_or_printed_in_its_place():
    definition = altered()
    header = {"header": True, "cells": [{"text": "長い見出し", "rowspan": 3, "label": True}, "欄"]}
    rows = [header, {"cells": ["行その一"]}, {"cells": ["行その二"]}]
    overview_of(definition)["blocks"].append({"title": "試験の表", "columns": [60, 60], "rows": rows})
    try:
        built = built_under(definition)
    except InputError:
        return
    page = next(
        page for page in read_pdf(built.pdf) if any(box.text == "長い見出し" for t in page.tables for box in t.boxes)
    )
    (box,) = [box for table in page.tables for box in table.boxes if box.text == "長い見出し"]
    last = max(char.baseline for char in page.chars if char.text == "二" and char.x0 > box.x1)
    assert box.bottom > last


def test_two_headings_in_one_part_lead_each_to_its_own_page():
    definition = altered()
    filler = {"text": ["本文"] * 60}
    heading = {"heading": "二つ目の見出し", "level": 1, "contents_number": "1-1-9", "contents": "二つ目"}
    overview_of(definition)["blocks"] += [filler, heading]
    built = built_under(definition)
    with pymupdf.open(stream=built.pdf, filetype="pdf") as reader:
        targets = {text: reader[page - 1].get_text() for _, text, page in reader.get_toc()}
    assert "二つ目の見出し" in targets["1-1-9 二つ目"]
    assert "二つ目の見出し" not in targets["1-1-1 評価の概要"]
    names = Counter(e.get(f"{W}name") for e in part(built.docx, "word/document.xml").iter(f"{W}bookmarkStart"))
    assert max(names.values()) == 1


def test_a_heading_on_a_page_without_number_has_no_number_in_the_contents():
    definition = altered()
    definition["parts"][0]["blocks"].append({"heading": "表紙の見出し", "level": 1, "contents": "表紙の項"})
    built = built_under(definition)
    assert "None" not in text_of_pdf(built)


def test_a_part_that_asks_for_no_new_page_goes_on_below_the_one_before():
    definition = altered()
    following = {"new_page": False, "blocks": [{"text": ["続きの文"]}]}
    place = definition["parts"].index(overview_of(definition))
    definition["parts"].insert(place + 1, following)
    pages = [p for p in read_pdf(built_under(definition).pdf) if any(line.text == "続きの文" for line in p.free)]
    assert pages[0].free[0].text == "1-1-1　年度評価　評価の概要"


def test_a_sheet_without_a_heading_can_still_be_reached_from_the_contents_in_word():
    definition = altered()
    for sheet in definition["sheets"].values():
        sheet["blocks"] = [block for block in sheet["blocks"] if "heading" not in block]
    body = part(built_under(definition).docx, "word/document.xml")
    names = {element.get(f"{W}name") for element in body.iter(f"{W}bookmarkStart")}
    assert {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")} <= names


def test_an_unnumbered_part_in_the_middle_does_not_restart_the_numbers_in_word():
    definition = altered()
    place = definition["parts"].index(overview_of(definition))
    definition["parts"].insert(place + 1, {"front": True, "blocks": [{"text": ["中扉"]}]})
    sections = list(part(built_under(definition).docx, "word/document.xml").iter(f"{W}sectPr"))
    starts = [section.find(f"{W}pgNumType") is not None for section in sections if _is_numbered(section)]
    assert starts == [True, False]


def _is_numbered(section):
    return section.find(f"{W}footerReference") is not None


def test_paper_of_size_a3_is_a3_in_both_documents():
    definition = altered()
    definition["paper"]["size"] = "A3"
    built = built_under(definition)
    page = read_pdf(built.pdf)[0]
    assert (page.width, page.height) == pytest.approx((420 / 25.4 * 72, 297 / 25.4 * 72), abs=0.1)
    size = part(built.docx, "word/document.xml").find(f".//{W}pgSz")
    assert int(size.get(f"{W}w")) / 20 == pytest.approx(page.width, abs=0.1)


def test_an_indented_style_is_indented_in_the_pdf_and_in_word():
    definition = altered()
    definition["styles"]["indented"] = {"font": "text", "size_pt": 10, "leading_pt": 14, "indent_pt": 30}
    overview_of(definition)["blocks"].append({"text": ["字下げした文"], "style": "indented"})
    built = built_under(definition)
    line = next(line for page in read_pdf(built.pdf) for line in page.free if line.text == "字下げした文")
    assert line.chars[0].x0 == pytest.approx(15 / 25.4 * 72 + 30, abs=0.5)
    style = part(built.docx, "word/styles.xml").find(f"{W}style[@{W}styleId='HyokaIndented']")
    assert style.find(f"{W}pPr/{W}ind").get(f"{W}left") == "600"


def test_a_footer_pattern_of_the_form_is_on_every_page_of_both_documents():
    definition = altered() | {"page_number": "第{page}頁"}
    built = built_under(definition)
    pages = [page for page in read_pdf(built.pdf) if page.tables]
    assert [page.free[-1].text for page in pages] == [f"第{n + 1}頁" for n in range(len(pages))]
    footer = part(built.docx, "word/footer1.xml")
    assert "".join(t.text for t in footer.iter(f"{W}t")) == "第1頁"


def test_many_items_keep_the_contents_in_order_over_several_pages():
    built = built_under(altered(), items=80)
    contents = [page for page in read_pdf(built.pdf)[1:] if not page.tables]
    assert len(contents) > 1
    text = "".join(line.text for page in contents for line in page.free)
    places = [text.index(f"項目{n}…") for n in range(1, 81)]
    assert places == sorted(places)
    assert len(read_docx(built.docx).paragraphs) > 80


def test_an_indicator_of_which_nothing_is_known_prints_no_line_of_signs_alone():
    report = minimal_report("jlis-annual")
    empty = {"name": "", "lead": "", "achievements": [{"label": "", "actual": "", "target": ""}]}
    named = {"name": "応答率", "lead": "", "achievements": [{"label": "", "actual": "", "target": ""}]}
    report["sections"][0]["items"][0]["sheet"]["rows"][0]["indicators"] = [empty, named]
    form = shipped_form("jlis-annual")
    dump = dump_document(compose_report(form.definition, view_of(form, report)))
    assert "・：" not in dump
    assert "・応答率：" in dump

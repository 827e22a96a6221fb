"""A form that nobody has seen: its fields get editors under its own tab, undo, and their place on every paper."""

import json
import random

import docx
import pytest
from PySide6.QtWidgets import QLabel
from window_driver import type_text

from hyoka_desktop.compose.options import Options
from hyoka_desktop.compose.report import compose_report
from hyoka_desktop.document.dump import dump_document
from hyoka_desktop.formdef.stored import parse_form
from hyoka_desktop.paths import forms_folder
from hyoka_desktop.services import reports
from hyoka_desktop.services.export import ExportRequest, export, prepare, shipped_fonts
from hyoka_desktop.typeset.pages import Typesetter

MAIN_TABLE = "業務に係る目標、計画、業務実績、自己評価及び主務大臣による評価"
SYLLABLES = "アイウエオ評価目標計画山川海空東西南北甲乙丙丁AbC12"
KINDS = ("text", "line", "lines", "quantity", "count", "date", "letter", "choice", "flag")


class Unseen:
    """A form with random ids and captions, a tab of its own and one more column, made from an installed one."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self.form_id = f"unseen-{seed}"
        self.tab = {"id": f"tab_{self._chance.randrange(10**6)}", "label": self.word(), "beside": ["annual_plan"]}
        self.fields = {kind: f"f_{self._chance.randrange(10**9):x}" for kind in KINDS}
        self.labels = {kind: self.word() for kind in KINDS}
        self.column = f"c_{self._chance.randrange(10**9):x}"
        self.caption = self.word()
        form = json.loads((forms_folder() / "jlis-annual.json").read_text(encoding="utf-8"))
        form |= {"id": self.form_id, "name": self.word()}
        form["tabs"].insert(1, self.tab)
        for kind, field in self.fields.items():
            definition = {"id": field, "on": "item", "per": "year", "kind": kind, "label": self.labels[kind]}
            definition |= {"tab": self.tab["id"]} | ({"choices": ["甲", "乙"]} if kind == "choice" else {})
            form["fields"].append(definition)
        form["fields"].append(
            {"id": self.column, "on": "row", "per": "year", "kind": "text", "label": self.caption}
            | {"tab": self.tab["id"]}
        )
        for sheet in form["sheets"].values():
            sheet["tabs"] = [*sheet["tabs"], self.tab["id"]]
            basic = sheet["blocks"][1]["rows"]
            for kind, field in self.fields.items():
                label = {"text": self.labels[kind], "label": True, "style": "label"}
                basic.append({"cells": [label, {"text": f"{{{field}}}", "colspan": "rest"}]})
            self._add_column(next(block for block in sheet["blocks"] if block.get("title") == MAIN_TABLE))
        self.stored = parse_form(f"{self.form_id}.json", json.dumps(form, ensure_ascii=False))

    def word(self) -> str:
        return "".join(self._chance.choices(SYLLABLES, k=self._chance.randint(4, 12)))

    def _add_column(self, table: dict) -> None:
        table["columns"][4] -= 20
        table["columns"].insert(0, 20)
        _, captions, _, first, _, each = table["rows"]
        captions["cells"].insert(0, {"text": self.caption, "label": True, "style": "label", "rowspan": 2})
        first["cells"][0]["colspan"] = 5
        each["rows"][0]["cells"].insert(0, f"{{{self.column}}}")


@pytest.fixture(params=[1, 2])
def unseen(request, tmp_path):
    made = Unseen(request.param)
    made.path = tmp_path / "未知の様式.hyoka"
    reports.new_report(made.path, made.stored, 2024, "架空法人")
    return made


@pytest.fixture
def window(open_window, unseen):
    driver = open_window(unseen.path)
    driver.go_item("Ⅰ-1", unseen.tab["id"])
    return driver


def test_each_field_has_an_editor_under_the_tab_that_the_form_names(window, unseen):
    for kind, field in unseen.fields.items():
        assert window.block(field).editor.field.label == unseen.labels[kind]
    assert window.block(unseen.column).editor.field.label == unseen.caption
    shown = {label.text() for label in window.tab.findChildren(QLabel) if label.isVisible()}
    assert {unseen.labels[kind] for kind in KINDS if kind != "flag"} | {unseen.caption} <= shown


def test_what_is_typed_is_taken_back_and_repeated(window, unseen):
    item = window.desk.item
    text = unseen.fields["text"]
    window.type(text, "未知の欄の文章")
    window.leave()
    assert window.stored(item, text) == "未知の欄の文章"
    assert window.undo_name() == f"{unseen.labels['text']}の入力を元に戻す"
    window.undo()
    assert window.stored(item, text) == ""
    window.redo()
    assert window.stored(item, text) == "未知の欄の文章"


def _fill(window, unseen):
    written = {"text": "文章 あ\n二行目", "line": "一行 い", "lines": "視点一\n視点二", "quantity": "１２３．５千円"}
    for kind, text in (*written.items(), ("count", "４５"), ("date", "令和6年6月28日")):
        edit = window.focus(unseen.fields[kind])
        for character in text:
            type_text(edit, character)
        window.leave()
    window.type(unseen.column, "新しい列の文章")
    window.leave()
    for kind, key in (("letter", "A"), ("choice", "乙")):
        combo = window.block(unseen.fields[kind]).editor.combo
        combo.setCurrentIndex(combo.findText(key))
        combo.activated.emit(combo.currentIndex())
    window.block(unseen.fields["flag"]).editor.box.click()
    window.wait_saved()


def test_its_texts_stand_in_the_dump_on_the_pages_and_in_word(window, unseen, tmp_path):
    _fill(window, unseen)
    item = window.desk.item
    stored = {kind: window.stored(item, field) for kind, field in unseen.fields.items()}
    assert stored == {
        "text": "文章 あ\n二行目",
        "line": "一行 い",
        "lines": "視点一\n視点二",
        "quantity": "１２３．５千円",
        "count": "45",
        "date": "2024-06-28",
        "letter": "A",
        "choice": "乙",
        "flag": "true",
    }
    window.wait_preview("新しい列の文章")
    form, view = window.workplace.form, window.workplace.view
    document = compose_report(form, view, Options(guidance=False))
    dump = dump_document(document)
    fonts = shipped_fonts()
    frames = "".join(text.text for page in Typesetter(fonts).set(document).pages for text in page.texts)
    request = ExportRequest(docx=tmp_path / "出力.docx", pdf=tmp_path / "出力.pdf")
    export(prepare(form, view, request), request)
    word_text = "".join(cell.text for table in docx.Document(request.docx).tables for cell in table._cells)
    for text in ("文章 あ", "二行目", "一行 い", "視点二", "１２３．５千円", "45", "乙", "新しい列の文章"):
        assert text in dump, text
        assert text.replace(" ", "") in frames.replace(" ", ""), text
        assert text in word_text, text
    window.close()
    sheet = json.loads(reports.dump_report(unseen.path, 2024))["sections"][0]["items"][0]["sheet"]
    assert sheet["fields"][unseen.fields["text"]] == "文章 あ\n二行目"
    assert sheet["rows"][0]["fields"][unseen.column] == "新しい列の文章"


def test_it_opens_where_its_form_was_never_installed(window, unseen, open_window):
    window.type(unseen.fields["line"], "持ち運ぶ")
    window.close()
    again = open_window(unseen.path)
    again.go_item("Ⅰ-1", unseen.tab["id"])
    assert again.edit(unseen.fields["line"]).text() == "持ち運ぶ"


def test_the_texts_beside_are_those_that_the_form_names(window, unseen):
    window.go_tab("plan")
    window.type("annual_plan", "脇に見える計画")
    window.leave()
    window.go_tab(unseen.tab["id"])
    shown = [text.plain() for _, text in window.tab._reading._texts]
    assert shown == ["脇に見える計画"]


def test_a_date_beside_is_written_as_it_prints(open_window, tmp_path):
    unseen = Unseen(9)
    form = json.loads(unseen.stored.text)
    next(tab for tab in form["tabs"] if tab["id"] == "results")["beside"] = [unseen.fields["date"]]
    path = tmp_path / "日付.hyoka"
    reports.new_report(path, parse_form("unseen-9.json", json.dumps(form, ensure_ascii=False)), 2024, "架空法人")
    driver = open_window(path)
    driver.go_item("Ⅰ-1", unseen.tab["id"])
    driver.type(unseen.fields["date"], "令和6年6月28日")
    driver.leave()
    driver.go_tab("results")
    assert [text.plain() for _, text in driver.tab._reading._texts] == ["令和6年6月28日"]

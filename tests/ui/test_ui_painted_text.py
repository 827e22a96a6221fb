"""What is painted is what is written: `&` is no key to press and `<b>` no markup, wherever a text comes from.

The window paints itself into a PDF, and the text of that is read again; so it is Qt that says what it makes of a text.
"""

import json
import re

import pymupdf
import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QSizeF
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from hyoka_desktop.domain.report import ROOT, NodeKind
from hyoka_desktop.formdef.stored import parse_form
from hyoka_desktop.paths import forms_folder
from hyoka_desktop.services import reports
from hyoka_desktop.ui.dialogs.export import ExportDialog
from hyoka_desktop.ui.pages.fieldblock import FieldBlock

WINDOW = (2600, 1400)
SIGNS = "甲&<b>&&乙"
_ONE = re.compile("甲.*?乙")


def painted(widget: QWidget) -> str:
    """Tell the texts that a widget paints, without spaces."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QSizeF(widget.size()), QPageSize.Unit.Point))
    writer.setResolution(72)
    painter = QPainter(writer)
    widget.render(painter, QPoint(0, 0))
    painter.end()
    with pymupdf.open(stream=bytes(buffer.data().data()), filetype="pdf") as document:
        return "".join("".join(page.get_text().split()) for page in document)


def _assert_literal(widget: QWidget, *needed: str) -> None:
    text = painted(widget)
    assert [found for found in _ONE.findall(text) if found != SIGNS] == []
    assert text.count("甲") == text.count("乙")
    assert [part for part in needed if "".join(part.split()) not in text] == []


@pytest.fixture
def form():
    """Alter a form: every caption, tip, choice and name holds the signs."""
    form = json.loads((forms_folder() / "iaa-annual.json").read_text(encoding="utf-8"))
    form |= {"id": "signs", "name": SIGNS + form["name"]}
    form["letters"]["choices"].append(SIGNS)
    tab = form["tabs"][-1]["id"]
    for name, kind in (("choice_of_signs", "choice"), ("flag_of_signs", "flag"), ("plan_of_signs", "line")):
        field = {"id": name, "on": "item", "per": "year", "kind": kind, "label": name, "tab": tab}
        form["fields"].append(field | ({"choices": [SIGNS]} if kind == "choice" else {}))
    for field in form["fields"]:
        field |= {"label": SIGNS + field["label"], "tip": SIGNS + "説明"}
    for page in (*form["tabs"], *form["pages"]):
        page["label"] = SIGNS + page["label"]
    return parse_form("signs.json", json.dumps(form, ensure_ascii=False))


@pytest.fixture
def signs(open_window, form, tmp_path):
    """Open a report that is full of the signs."""
    path = tmp_path / f"{SIGNS}.hyoka"
    reports.new_report(path, form, 2024, SIGNS)
    driver = open_window(path, WINDOW)
    session, item = driver.session, driver.workplace.view.items[0].id
    for definition in form.definition.fields.values():
        node = {NodeKind.ITEM: item, NodeKind.REPORT: ROOT, NodeKind.SECTION: driver.workplace.view.sections[0].id}
        if definition.on in node and definition.kind.value in {"line", "text", "letter", "lines"}:
            session.set_text(2024, node[definition.on], definition.id, SIGNS)
    row = driver.workplace.view.children(item, NodeKind.ROW)[0].id
    for plan in ("mid_term_plan", "annual_plan", "results"):
        session.set_text(2024, row, plan, SIGNS)
    indicator = session.add_branch(2024, row, (NodeKind.INDICATOR, NodeKind.ACHIEVEMENT), 0)
    session.set_text(2024, indicator, "indicator_name", SIGNS)
    for flag in ("high_importance", "flag_of_signs"):
        session.set_text(2024, item, flag, "true")
    session.set_text(2024, item, "choice_of_signs", SIGNS)
    QApplication.processEvents()
    return driver


def test_every_tab_and_page_paints_texts_as_they_are_written(signs, form, subtests):
    for place in range(signs.page.tabs.count()):
        signs.page.tabs.setCurrentIndex(place)
        signs.qtbot.wait(20)
        captions = [block.field.label for block in signs.tab.findChildren(FieldBlock) if block.isVisible()]
        with subtests.test(signs.page.tab_id):
            _assert_literal(signs.window, *captions, *(tab.label for tab in signs.page._tabs))
    for page in form.definition.pages:
        signs.go_page(page.id)
        captions = [block.field.label for block in signs.desk.page.findChildren(FieldBlock) if block.isVisible()]
        with subtests.test(page.id):
            _assert_literal(signs.window, page.label, *captions)
    signs.desk.tree.choose(next(entry for entry in signs.desk.model.entries() if entry.kind is NodeKind.SECTION))
    _assert_literal(signs.window, SIGNS)


def test_the_lists_of_choices_paint_texts_as_they_are_written(signs, subtests):
    for tab, field in (("self", "self_rating"), (signs.page._tabs[-1].id, "choice_of_signs")):
        signs.go_tab(tab)
        combo = signs.block(field).editor.findChild(QComboBox)
        combo.showPopup()
        with subtests.test(field):
            _assert_literal(combo.view().window(), SIGNS)
        combo.hidePopup()


def test_dialogs_paint_texts_as_they_are_written(signs, dialogs, form, monkeypatch):
    monkeypatch.setattr("hyoka_desktop.ui.work.files.installed_forms", lambda: {"signs": form})

    def look(dialog):
        if isinstance(dialog, ExportDialog):
            dialog.range.setCurrentIndex(dialog.range.count() - 1)
        _assert_literal(dialog, SIGNS)
        dialog.reject()

    with dialogs.expect(look, look, look, look):
        for action in ("new", "export", "renumber", "remove_node"):
            signs.trigger(action)


def test_the_start_page_paints_names_as_they_are_written(signs, user_folder):
    signs.trigger("start")
    QApplication.processEvents()
    _assert_literal(signs.window, f"{SIGNS}.hyoka")

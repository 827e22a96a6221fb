"""Data are shown as they are: no label, message or tooltip ever takes a text of the report for markup."""

import json
import shutil

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QTabBar, QToolTip, QWidget
from window_driver import press_button, rich_to_plain

from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.errors import WorldError
from hyoka_desktop.formdef.stored import parse_form
from hyoka_desktop.messages.window import word
from hyoka_desktop.paths import forms_folder
from hyoka_desktop.services import reports
from hyoka_desktop.ui.dialogs.notice import tell_error
from hyoka_desktop.ui.pages.grid import IndicatorGrid

HOSTILE = '<b>太</b><img src="x">&amp;'


@pytest.fixture
def hostile(open_window, tmp_path):
    """Open a report whose form, texts and file name are all markup."""
    form = json.loads((forms_folder() / "iaa-annual.json").read_text(encoding="utf-8"))
    form |= {"id": "markup", "name": HOSTILE}
    for field in form["fields"]:
        field["label"] = HOSTILE + field["label"]
        field["tip"] = HOSTILE + "tip"
    for tab in (*form["tabs"], *form["pages"]):
        tab["label"] = HOSTILE + tab["label"]
    path = tmp_path / "<b>太<img src='x'>.hyoka"
    reports.new_report(path, parse_form("markup.json", json.dumps(form, ensure_ascii=False)), 2024, HOSTILE)
    driver = open_window(path)
    item = driver.workplace.view.items[0].id
    row = driver.workplace.view.children(item, NodeKind.ROW)[0].id
    for node in (item, row):
        for field in driver.workplace.form.fields_on(driver.snapshot.tree.nodes[node].kind):
            if field.kind.value in {"text", "line", "lines", "quantity", "date", "count"}:
                driver.session.set_text(2024, node, field.id, HOSTILE)
    driver.session.set_text(2024, item, "item_number", "Ⅰ-1" + HOSTILE)
    driver.session.set_text(2024, item, "self_rating", HOSTILE)
    driver.session.set_text(2024, item, "high_importance", "true")
    indicator = driver.session.add_branch(2024, row, (NodeKind.INDICATOR, NodeKind.ACHIEVEMENT), 0)
    for node, name in ((indicator, "indicator_name"), (indicator + 1, "actual"), (indicator + 1, "target")):
        driver.session.set_text(2024, node, name, HOSTILE)
    return driver


def _takes_for_markup(label: QLabel) -> bool:
    """Tell whether a label would show its text otherwise than it is written."""
    if label.textFormat() is Qt.TextFormat.PlainText:
        return False
    if label.textFormat() is Qt.TextFormat.AutoText:
        return "<" in label.text()
    return True


def _guilty(widget: QWidget) -> list[str]:
    return [label.text()[:60] for label in widget.findChildren(QLabel) if _takes_for_markup(label)]


def test_no_label_of_any_page_takes_data_for_markup(hostile):
    hostile.desk.tree.setFocus()
    seen = 0
    for tab in range(hostile.page.tabs.count()):
        hostile.page.tabs.setCurrentIndex(tab)
        QApplication.processEvents()
        assert _guilty(hostile.window) == []
        seen += sum(HOSTILE in label.text() for label in hostile.window.findChildren(QLabel) if label.isVisible())
    for page in hostile.workplace.form.pages:
        hostile.go_page(page.id)
        assert _guilty(hostile.window) == []
    assert seen > 10, "the markup was there to be seen"


def _tips(widget: QWidget) -> list[str]:
    tips = [child.toolTip() for child in widget.findChildren(QWidget)]
    for bar in widget.findChildren(QTabBar):
        tips += [bar.tabToolTip(place) for place in range(bar.count())]
    tips += [action.toolTip() for action in widget.actions()]
    return [tip for tip in tips if tip]


def _shown_literally(tip: str) -> bool:
    """Tell whether Qt, which guesses rich text in tooltips, would show the markup as it is written."""
    if "<b>" not in tip:
        return "&lt;b&gt;" not in tip or tip.startswith("<")
    return HOSTILE[:8] in rich_to_plain(tip) and not tip.startswith("<b>")


def test_no_tooltip_takes_data_for_markup(hostile):
    for tab in range(hostile.page.tabs.count()):
        hostile.page.tabs.setCurrentIndex(tab)
        QApplication.processEvents()
        assert [tip[:60] for tip in _tips(hostile.window) if not _shown_literally(tip)] == []


def test_the_names_of_undo_are_no_markup(hostile):
    action = hostile.window.actions_["undo"]
    assert "<b>" not in action.toolTip()


def test_the_tooltip_of_a_cell_is_no_markup(hostile, qtbot):
    place = [tab.id for tab in hostile.workplace.form.tabs if tab.id != "section"].index("indicators")
    hostile.page.tabs.setCurrentIndex(place)
    QApplication.processEvents()
    table = hostile.tab.findChild(IndicatorGrid).table
    at = table.visualRect(table.model().index(0, 0)).center()
    QApplication.sendEvent(table.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, table.viewport().mapToGlobal(at)))
    qtbot.waitUntil(QToolTip.isVisible)
    tips = [w for w in QApplication.topLevelWidgets() if isinstance(w, QLabel) and w.isVisible()]
    shown = tips[0]
    text = shown.text() if shown.textFormat() is Qt.TextFormat.PlainText else rich_to_plain(shown.text())
    QToolTip.hideText()
    assert text == HOSTILE


def test_messages_show_paths_as_they_are(hostile, dialogs):
    boxes = []

    def look(dialog: QMessageBox):
        boxes.append((dialog.textFormat(), dialog.text()))
        assert _guilty(dialog) == []
        dialog.reject()

    with dialogs.expect(look):
        tell_error(hostile.window, WorldError("file_damaged", path=f"/tmp/{HOSTILE}.hyoka"))
    assert boxes[0][0] is Qt.TextFormat.PlainText
    assert f"「/tmp/{HOSTILE}.hyoka」は壊れています。" in boxes[0][1]


def test_every_dialog_shows_data_as_they_are(hostile, dialogs):
    item = hostile.desk.item

    def look(dialog):
        assert _guilty(dialog) == []
        dialog.reject()

    hostile.session.add_item(2024, hostile.snapshot.tree.nodes[item].parent)
    hostile.session.step_node(2024, item, 1)
    hostile.go_page("cover")
    hostile.go_item("Ⅰ-1" + HOSTILE)
    with dialogs.expect(look, look, look, look, look):
        hostile.trigger("export")
        hostile.trigger("new")
        hostile.trigger("renumber")
        hostile.trigger("remove_node")
        hostile.trigger("add_year")
    assert any(HOSTILE in text for text in dialogs.seen)


def test_the_question_about_a_plan_is_plain(hostile, dialogs):
    block = None
    place = [tab.id for tab in hostile.workplace.form.tabs if tab.id != "section"].index("plan")
    hostile.page.tabs.setCurrentIndex(place)
    QApplication.processEvents()
    block = hostile.block("mid_term_plan")

    def look(dialog):
        assert dialog.textFormat() is Qt.TextFormat.PlainText
        press_button(word("cancel"))(dialog)

    with dialogs.expect(look):
        block.ask_to_unlock()


def test_the_recovered_texts_are_plain(hostile, open_window, dialogs):
    path, item = hostile.path, hostile.desk.item
    hostile.workplace.keep_draft(hostile.workplace.view.address(item, "reference"), HOSTILE + "草稿")
    hostile.wait_saved()
    copy = path.with_name("<i>写し.hyoka")
    shutil.copy(path, copy)
    again = open_window()

    def look(dialog):
        assert _guilty(dialog) == []
        dialog.reject()

    with dialogs.expect(look):
        again.window.open_file(copy)


def test_the_start_page_shows_names_as_they_are(hostile):
    hostile.trigger("start")
    QApplication.processEvents()
    assert _guilty(hostile.window) == []


def test_the_title_of_the_window_is_the_name_of_the_file(hostile):
    assert hostile.window.windowTitle() == word("window_title", heading=hostile.path.stem, application="評価書")

"""Quotes of indicators stand as they print in history, comparisons, found texts and recovered drafts."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableWidget
from window_driver import CTRL, cell_texts, table_texts, type_text

from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.domain.versions import named_versions
from hyoka_desktop.services import history
from hyoka_desktop.services.drafts import Draft
from hyoka_desktop.ui.dialogs.comparison import ComparisonDialog
from hyoka_desktop.ui.dialogs.history_search import HistorySearch
from hyoka_desktop.ui.dialogs.tables import recovery_dialog
from hyoka_desktop.ui.search.replacing import ReplaceDialog

NAME = "点検診断の実施施設数"


@pytest.fixture
def quoting(driver):
    """Write a quote of the first indicator into the first 業務実績; tell the driver."""
    row = driver.row_ids("Ⅰ-1")[0]
    indicator = driver.workplace.view.children(row, NodeKind.INDICATOR)[0]
    entry = driver.workplace.view.children(indicator.id, NodeKind.ACHIEVEMENT)[0].id
    history.name_version(driver.session, "前", "")
    driver.session.set_text(2024, row, "results", f"実施は{{指標:{NAME}.実績#{entry}}}")
    driver.session.set_text(2024, row, "results", f"実施は{{指標:{NAME}.実績#{entry}}}である")
    return driver


def test_the_panel_of_the_history_shows_what_a_quote_prints(quoting, qtbot):
    quoting.go_item("Ⅰ-1", "results")
    quoting.focus("results")
    quoting.key(Qt.Key.Key_F8)
    panel = quoting.desk.side.panel("history")
    qtbot.waitUntil(lambda: panel.list.count() > 1)
    assert panel.difference.toPlainText() == "実施は301施設である"
    panel.list.setCurrentRow(1)
    panel.partner.setCurrentIndex(1)
    panel.partner.activated.emit(1)
    assert panel.difference.toPlainText() == "実施は301施設である"
    panel.list.item(0).setSelected(True)
    assert panel.difference.toPlainText() == "実施は301施設である"
    assert panel.back.isVisible()


def test_the_search_of_the_history_shows_what_a_quote_prints(quoting, qtbot):
    dialog = HistorySearch(quoting.window, quoting.workplace, lambda _: None)
    dialog.show()
    type_text(dialog.line, "である")
    dialog.search()
    qtbot.waitUntil(lambda: dialog.list.lines.rowCount() >= 1)
    dialog.list.selectRow(0)
    assert dialog.difference.toPlainText() == "実施は301施設である"
    dialog.close()


def test_a_comparison_of_versions_shows_what_a_quote_prints(quoting):
    (version,) = named_versions(quoting.snapshot)
    found = history.compare_versions(quoting.session, version, None, lambda: None)
    states = ("前", found.before), ("今", found.after)
    dialog = ComparisonDialog(quoting.window, quoting.workplace, *states, found.comparison)
    dialog.show()
    place = next(row for row, line in enumerate(cell_texts(dialog.view.list)) if "業務実績" in line[0])
    dialog.view.list.selectRow(place)
    assert "実施は301施設である" in dialog.view.difference.toPlainText()
    assert "#" not in dialog.view.difference.toPlainText()
    dialog.close()


def test_a_recovered_draft_is_offered_as_it_prints(quoting):
    row = quoting.row_ids("Ⅰ-1")[0]
    address = quoting.workplace.view.address(row, "results")
    drafts = [Draft(address, address, quoting.stored(row, "results") + "。")]
    dialog = recovery_dialog(quoting.window, quoting.workplace.form, quoting.workplace.view, drafts)
    assert table_texts(dialog)[0][1:] == ["実施は301施設である", "実施は301施設である。"]
    assert isinstance(dialog.findChild(QTableWidget), QTableWidget)


def test_a_found_text_is_shown_as_it_prints(quoting, qtbot):
    quoting.key(Qt.Key.Key_H, CTRL)
    dialog = quoting.window.findChild(ReplaceDialog)
    type_text(dialog.words, "である")
    QTest.keyClick(dialog.words, Qt.Key.Key_Return)

    def lines():
        return [line[0] for line in cell_texts(dialog.list)]

    qtbot.waitUntil(lambda: "実施は301施設である" in lines())
    dialog.list.selectRow(lines().index("実施は301施設である"))
    assert dialog.difference.toPlainText() == "実施は301施設である"
    dialog.close()

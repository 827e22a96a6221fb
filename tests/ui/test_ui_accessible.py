"""Whoever hears the window instead of seeing it is told a name for everything that takes the cursor."""

from collections import Counter
from itertools import chain

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QScrollArea, QTabBar, QWidget
from screens import dialogs as dialogs_of
from screens import pages, panels

from hyoka_desktop.messages.glossary import TERMS, explanation
from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.explaining import explanation_at

_TEXT = QAccessible.Text


def focusable(root: QWidget) -> list[QWidget]:
    """Tell what can take the cursor by key, or by mouse and key."""
    found = [root, *root.findChildren(QWidget)]
    return [
        widget
        for widget in found
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not isinstance(widget.parent(), QTabBar)
        and not widget.objectName().startswith("qt_")
        and type(widget) is not QScrollArea
    ]


def name_of(widget: QWidget) -> str:
    """Tell the name as a screen reader gets it."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return "" if interface is None else interface.text(_TEXT.Name).strip()


def faults(root: QWidget) -> list[str]:
    """Tell what has no name, and names that several share."""
    widgets = focusable(root)
    nameless = [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}" for widget in widgets if not name_of(widget)
    ]
    counts = Counter(name_of(widget) for widget in widgets)
    return nameless + [f"{count} × {name}" for name, count in counts.items() if name and count > 1]


def test_everything_that_takes_the_cursor_has_a_name_of_its_own(driver, subtests):
    window = driver.window
    window.resize(1366, 3000)
    for name in chain(pages(window), panels(window)):
        QApplication.processEvents()
        with subtests.test(screen=name):
            assert len(focusable(window)) > 3
            assert faults(window) == []


def test_everything_in_a_dialog_has_a_name_of_its_own(driver, subtests):
    for name, dialog in dialogs_of(driver.window):
        dialog.show()
        QApplication.processEvents()
        with subtests.test(dialog=name):
            assert focusable(dialog)
            assert faults(dialog) == []
        dialog.close()
        QApplication.processEvents()


def test_every_dialog_of_the_window_is_looked_at(driver):
    shown = {type(dialog) for _, dialog in dialogs_of(driver.window)}
    known = {kind for kind in QDialog.__subclasses__() if kind.__module__.startswith("hyoka_desktop.ui.")}
    assert {kind.__name__ for kind in known - shown} == set()


def test_everything_on_the_start_page_has_a_name_of_its_own(open_window, sample):
    driver = open_window(sample)
    driver.window.show_start()
    QApplication.processEvents()
    assert len(focusable(driver.window)) > 4
    assert faults(driver.window) == []


def test_a_nameless_widget_would_be_found(driver):
    driver.go_item("Ⅰ-1", "basic")
    line = QLineEdit(driver.desk.page)
    line.show()
    assert faults(driver.window) == ["QLineEdit in ItemPage"]
    line.setAccessibleName(driver.edit("item_title").accessibleName())
    assert faults(driver.window) == ["2 × 項目名"]


def test_a_field_says_who_writes_it_and_what_its_term_means(driver):
    driver.go_item("Ⅰ-1", "basic")
    said = driver.block("difficulty_reason").place.accessibleDescription()
    assert TERMS["困難度"] in said
    assert "指針" in said
    tip = driver.block("high_difficulty")
    assert tip.field.tip in tip.place.accessibleDescription()


def test_the_description_tells_the_owner_of_a_ministers_field(driver):
    driver.go_item("Ⅰ-1", "minister")
    blocks = [block for block in driver.page.findChildren(type(driver.block("minister_rating"))) if block.isVisible()]
    owned = [block for block in blocks if block.field.owner.value != "agency"]
    assert owned
    for block in owned:
        assert word(f"owner_{block.field.owner.value}") in block.place.accessibleDescription()


@pytest.mark.parametrize("term", ["困難度", "重要度", "評価の視点", "達成度", "アウトカム", "主な評価指標", "根拠"])
def test_the_terms_of_the_form_are_explained(term):
    assert TERMS[term] in explanation(term)


def test_the_longest_term_of_a_caption_is_explained():
    assert explanation("中期目標期間の名称").startswith("中期目標期間：")
    assert explanation("当該事業実施に係る根拠（個別法条文など）").startswith("事業実施に係る根拠：")
    assert explanation("法人名") == ""


def test_a_caption_explains_its_term_on_hover(driver):
    driver.go_item("Ⅰ-1", "results")
    captions = [label for label in driver.tab.findChildren(QLabel) if label.text() == "評価の視点"]
    assert captions
    assert TERMS["評価の視点"] in captions[0].toolTip()


def test_columns_tabs_lines_of_the_tree_and_flags_explain_their_terms_on_hover(driver):
    tip = Qt.ItemDataRole.ToolTipRole
    model = driver.desk.model
    tips = [str(model.data(model.index_of(entry), tip)) for entry in model.entries()]
    assert any(TERMS["総括表"] in text for text in tips)
    driver.go_item("Ⅰ-1", "basic")
    assert TERMS["重要度"] in driver.block("high_importance").place.toolTip()
    assert any(TERMS["自己評価"] in driver.page.tabs.tabToolTip(place) for place in range(driver.page.tabs.count()))
    driver.go_tab("indicators")
    grid = driver.tab._grids[-1].model
    heads = [str(grid.headerData(place, Qt.Orientation.Horizontal, tip)) for place in range(grid.columnCount())]
    assert any(TERMS["達成度"] in head for head in heads)
    assert grid.headerData(0, Qt.Orientation.Vertical, tip) is None


def test_a_key_explains_the_field_in_hand(driver):
    driver.go_item("Ⅰ-1", "basic")
    edit = driver.focus("difficulty_reason")
    driver.key(Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible() and widget is not driver.window]
    assert len(shown) == 1, "the explanation stands beside the field"
    shown[0].close()
    assert TERMS["困難度"] in explanation_at(edit)


def test_a_key_explains_the_column_of_a_table(driver):
    driver.go_item("Ⅰ-1", "indicators")
    grid = next(grid for grid in driver.tab._grids if len(grid._kinds) > 1)
    heads = [str(grid.model.headerData(place, Qt.Orientation.Horizontal)) for place in range(grid.model.columnCount())]
    place = next(place for place, head in enumerate(heads) if "達成度" in head)
    grid.table.setCurrentIndex(grid.model.index(0, place))
    assert TERMS["達成度"] in explanation_at(grid.table)


def test_where_nothing_is_explained_the_key_says_so(driver):
    driver.desk.filter.setFocus()
    driver.key(Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
    assert driver.window.statusBar().currentMessage() == word("explain_none")

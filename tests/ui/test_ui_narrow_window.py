"""A narrow window: what is used most stays in the tool bar, titles in the tree keep their line."""

from itertools import combinations

import pytest
from clipped_texts import clipped
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QScrollArea, QToolBar, QToolButton

from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.colours import Scheme
from hyoka_desktop.ui.theme import look
from hyoka_desktop.ui.toolbar import ToolBar

WINDOW = (910, 512)


@pytest.fixture
def large_texts(driver):
    driver.trigger("text_175")
    yield
    look().choose(Scheme.SYSTEM, 100)


def _buttons(bar: QToolBar) -> dict[str, QToolButton]:
    found = {action.text(): bar.widgetForAction(action) for action in bar.actions()}
    return {text: button for text, button in found.items() if isinstance(button, QToolButton)}


def test_every_button_of_the_tool_bar_stays_though_names_give_way_to_large_texts(driver, large_texts):
    bar = driver.window.findChild(ToolBar)
    for text, button in _buttons(bar).items():
        assert button.isVisible(), text
        assert bar.rect().contains(button.geometry()), text
        assert button.toolTip().startswith(text.partition("(")[0].rstrip("…")[:2]), "the tip tells the name"


def test_the_names_stand_beside_the_icons_again_where_there_is_room(driver):
    export = driver.window.export_button
    wide = export.width()
    driver.trigger("text_175")
    look().choose(Scheme.SYSTEM, 100)
    driver.qtbot.waitUntil(lambda: export.width() == wide)


def test_a_title_in_the_tree_has_some_characters_on_each_line(driver, large_texts):
    tree = driver.desk.tree
    delegate, metrics = tree.itemDelegate(), tree.fontMetrics()
    for width in (240, 200, 150):
        index = driver.desk.model.index_of(driver.desk.model.entries()[5])
        room, below = delegate.title_room(width, index, metrics)
        assert room >= min(5 * metrics.height(), width // 2)
        assert below >= metrics.height(), "the badge has its place below"
    room, below = delegate.title_room(600, index, metrics)
    assert below == 0, "beside it where there is room"


def test_number_and_title_of_an_item_stand_on_one_line(driver):
    driver.go_item("Ⅰ-1")
    page = driver.page
    tops = {label.mapTo(page, QPoint(0, 0)).y() for label in (page._number, page._title)}
    assert len(tops) == 1
    assert page._title.height() == page._number.height()
    assert page._badge_line.y() - page._title.mapTo(page, QPoint(0, 0)).y() < 4 * page._title.height(), "close below"


def test_all_badges_of_one_owner_have_one_size(driver):
    driver.go_item("Ⅰ-1", "minister")
    badges = [
        badge
        for badge in driver.page.findChildren(QLabel)
        if badge.isVisible() and badge.text() == word("owner_bureau") and badge.property("role") == "badge"
    ]
    assert len(badges) > 1
    assert len({badge.size().toTuple() for badge in badges}) == 1


def test_what_is_ticked_goes_on_below_where_large_texts_leave_no_room_beside(driver, large_texts):
    driver.desk.show_panel("preview")
    driver.go_item("Ⅰ-1", "basic")
    QApplication.processEvents()
    tab = driver.tab
    boxes = [box for box in tab.findChildren(QCheckBox) if box.isVisible()]
    area = tab.findChild(QScrollArea)
    seen = [QRect(box.mapTo(area.widget(), QPoint(0, 0)), box.size()) for box in boxes]
    assert len(seen) == 3
    assert all(place.right() < area.viewport().width() for place in seen), "nothing is beyond the right edge"
    assert not any(one.intersects(other) for one, other in combinations(seen, 2))
    assert clipped(tab) == []


def test_what_is_ticked_stands_beside_each_other_where_there_is_room(open_window, sample):
    driver = open_window(sample)
    driver.go_item("Ⅰ-1", "basic")
    tops = [box.mapTo(driver.tab, QPoint(0, 0)).y() for box in driver.tab.findChildren(QCheckBox) if box.isVisible()]
    assert len(tops) == 3
    assert len(set(tops)) == 1, "the notes below them differ in height, and they stand on one line all the same"

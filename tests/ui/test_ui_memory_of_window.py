"""The window comes back as it was left: its place, the widths of its parts, what was shown of each file."""

import shutil

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid
from window_driver import focused

from hyoka_desktop.app import make_window
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.ui.memory import is_to_be_seen

SCREEN = QRect(0, 0, 1920, 1040)
SECOND = QRect(1920, 0, 1280, 1024)


@pytest.fixture
def settings(tmp_path):
    return Settings(tmp_path / "settings" / "settings.json")


@pytest.fixture
def window_of(qapp, qtbot):
    """Make windows that are closed at the end."""
    made = []

    def make(settings):
        window = make_window(settings)
        made.append(window)
        return window

    yield make
    for window in filter(isValid, made):
        window.close()


@pytest.mark.parametrize(
    ("place", "is_seen"),
    [
        (QRect(100, 100, 800, 600), True),
        (QRect(1900, 100, 800, 600), True),
        (QRect(-700, 100, 800, 600), False),
        (QRect(-650, 100, 800, 600), True),
        (QRect(100, 1030, 800, 600), False),
        (QRect(100, -500, 800, 600), False),
        (QRect(4000, 100, 800, 600), False),
        (QRect(2000, 50, 800, 600), True),
    ],
)
def test_a_place_counts_where_its_head_can_be_taken_hold_of(place, is_seen):
    assert is_to_be_seen(place, [SCREEN, SECOND]) is is_seen


def test_a_place_on_a_screen_that_is_gone_does_not_count():
    assert is_to_be_seen(QRect(2000, 50, 800, 600), [SCREEN]) is False
    assert is_to_be_seen(QRect(100, 100, 800, 600), []) is False


def test_the_window_comes_back_to_its_place(settings, window_of, tmp_path):
    window = window_of(settings)
    window.setGeometry(30, 40, 700, 560)
    kept = QRect(window.geometry())
    window.close()
    assert window_of(Settings(tmp_path / "settings" / "settings.json")).geometry() == kept


def test_a_window_that_was_on_a_screen_now_gone_comes_where_it_can_be_seen(settings, window_of):
    settings.remember_records("window", [{"x": 9000, "y": 9000, "width": 700, "height": 5000, "maximized": False}])
    window = window_of(settings)
    screen = QApplication.primaryScreen().availableGeometry()
    assert is_to_be_seen(window.geometry(), [screen])
    assert window.height() <= screen.height()


@pytest.mark.parametrize(
    "kept",
    [[], [{"x": "1"}], [{"x": 1, "y": 1, "width": None, "height": 3}], [{"x": True, "y": 1, "width": 9, "height": 9}]],
)
def test_damaged_memory_counts_as_none(settings, window_of, kept):
    settings.remember_records("window", kept)
    settings.remember_records("desk", [{"widths": "wide"}])
    settings.remember_records("places", [{"path": 3}])
    assert window_of(settings).size().width() == 1366


def test_a_file_opens_on_the_item_and_tab_where_it_was_left(open_window, sample):
    first = open_window(sample)
    first.go_item("Ⅱ-2", "results")
    left = first.item_id("Ⅱ-2")
    first.close()
    second = open_window(sample)
    assert second.desk.item == left
    assert second.tab.tab.id == "results"
    assert second.window.focusWidget() is second.desk.tree


def test_each_file_has_its_own_place(open_window, sample, tmp_path):
    other = tmp_path / "他.hyoka"
    shutil.copy(sample, other)
    driver = open_window(sample)
    driver.go_page("overview")
    assert driver.window.open_file(other)
    assert driver.desk.item == driver.item_id("Ⅰ-1")
    driver.go_item("Ⅰ-3", "plan")
    assert driver.window.open_file(sample)
    assert driver.desk.entry.page == "overview"
    assert driver.window.open_file(other)
    assert driver.desk.item == driver.item_id("Ⅰ-3")


def test_a_place_that_is_gone_counts_as_none(open_window, sample):
    first = open_window(sample)
    path = str(sample.resolve())
    first.close()
    first.window.settings.remember_records("places", [{"path": path, "node": 999_999, "kind": "item", "tab": "plan"}])
    second = open_window(sample)
    assert second.desk.item == second.item_id("Ⅰ-1")


def test_the_parts_are_as_wide_as_they_were_left(open_window, sample):
    first = open_window(sample)
    first.desk.splitter.setSizes([330, 500, 500])
    QApplication.processEvents()
    left = first.desk.splitter.sizes()
    first.close()
    second = open_window(sample)
    QApplication.processEvents()
    assert second.desk.splitter.sizes() == pytest.approx(left, abs=2)


def test_tab_goes_from_the_tree_to_the_page_and_only_then_to_the_right_side(driver):
    driver.go_item("Ⅰ-1", "plan")
    driver.desk.tree.setFocus()
    order = []
    for _ in range(80):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        parts = {"page": driver.desk.page, "side": driver.desk.side, "tree": driver.desk.tree}
        part = next((name for name, widget in parts.items() if widget is focus or widget.isAncestorOf(focus)), "bar")
        if part not in order[-1:]:
            order.append(part)
        if part == "tree":
            break
    assert order == ["page", "side", "bar", "tree"]


def test_shift_tab_goes_the_same_way_back(driver):
    driver.go_item("Ⅰ-1", "basic")
    driver.desk.tree.setFocus()
    forward = []
    for _ in range(12):
        forward.append(QApplication.focusWidget())
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    back = []
    for _ in range(12):
        QTest.keyClick(focused(), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        back.append(QApplication.focusWidget())
    assert back == forward[::-1]


def test_what_comes_into_hand_comes_into_sight(driver):
    driver.go_item("Ⅰ-1", "basic")
    driver.window.resize(1366, 500)
    driver.desk.tree.setFocus()
    for _ in range(14):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        assert not QApplication.focusWidget().visibleRegion().isEmpty()


@pytest.mark.parametrize(("key", "panel"), [(Qt.Key.Key_F7, "comments"), (Qt.Key.Key_F8, "history")])
def test_the_panel_of_the_right_side_comes_back_at_the_next_start(open_window, sample, key, panel):
    first = open_window(sample)
    first.key(key)
    assert first.desk.side_shown == panel
    first.close()
    second = open_window(sample)
    assert second.desk.side_shown == panel
    assert second.desk.side.panel(panel).isVisible()
    second.key(Qt.Key.Key_F9)
    second.wait_preview("港湾施設の点検")
    second.close()
    assert open_window(sample).desk.side_shown == "preview"


def test_a_right_side_that_was_hidden_stays_hidden_with_the_widths_of_before(open_window, sample):
    first = open_window(sample)
    first.desk.splitter.setSizes([330, 500, 500])
    first.window.show_start()
    first.window.open_file(sample)
    widths = first.desk.splitter.sizes()
    first.key(Qt.Key.Key_F9)
    first.close()
    second = open_window(sample)
    assert not second.desk.side.isVisible()
    second.key(Qt.Key.Key_F9)
    second.close()
    third = open_window(sample)
    QApplication.processEvents()
    assert third.desk.side.isVisible()
    assert third.desk.splitter.sizes()[0] == pytest.approx(widths[0], abs=40)


def test_a_computed_table_that_was_in_front_does_not_count_as_hiding_the_right_side(open_window, sample):
    first = open_window(sample)
    first.key(Qt.Key.Key_F7)
    first.go_computed()
    assert not first.desk.side.isVisible()
    first.close()
    second = open_window(sample)
    second.go_item("Ⅰ-1")
    assert second.desk.side.panel("comments").isVisible()


def test_a_narrower_window_keeps_the_panel_in_mind_and_its_room_for_the_text(open_window, sample):
    first = open_window(sample)
    first.key(Qt.Key.Key_F8)
    first.close()
    second = open_window(sample, (1000, 700))
    assert second.desk.side_shown == ""
    second.key(Qt.Key.Key_F8)
    assert second.desk.side.panel("history").isVisible()
    second.close()
    assert open_window(sample, (1000, 700)).desk.side_shown == "history", "there it was wanted in a window as narrow"


@pytest.mark.parametrize("kept", [{"side": 5}, {"side": "nothing", "window": 9}, {"side": "history", "window": "wide"}])
def test_damaged_memory_of_the_right_side_counts_as_none(open_window, sample, kept):
    first = open_window()
    first.window.settings.remember_records("desk", [kept])
    assert first.window.open_file(sample)
    assert first.desk.side.isVisible()


def test_a_window_that_filled_the_screen_does_so_again_and_remembers_its_size_below(settings, window_of, qtbot):
    window = window_of(settings)
    window.setGeometry(40, 30, 700, 560)
    window.show()
    window.showMaximized()
    qtbot.waitUntil(window.isMaximized)
    window.close()
    again = window_of(settings)
    assert again.isMaximized()
    kept = settings.records("window")[0]
    assert (kept["width"], kept["height"]) == (700, 560)


def test_two_windows_do_not_hide_each_other(settings, window_of, qtbot):
    first = window_of(settings)
    first.setGeometry(40, 30, 700, 560)
    first.close()
    first = window_of(settings)
    first.show()
    second = window_of(settings)
    assert second.geometry().topLeft() != first.geometry().topLeft()
    assert second.size() == first.size()

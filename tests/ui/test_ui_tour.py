"""The tour for a first start: offered once, led by keys through five places, left at any time, begun again by a key."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window_driver import ALT, button_of, focused

from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.help.tour import STEPS


@pytest.fixture
def start(open_window):
    """Show the start page of somebody who has never opened the program."""
    return open_window()


def card(driver):
    """Tell the button of the card that begins the tour; None where the card is not offered."""
    tour = driver.window.start_page._tour
    return button_of(tour, word("tour_card_start")) if tour.isVisible() else None


def press(key=Qt.Key.Key_Space):
    """Press a key where the cursor is."""
    QTest.keyClick(focused(), key)
    QApplication.processEvents()


def begin_by_key(driver):
    """Go with Tab to the button of the card, and press it."""
    wanted = card(driver)
    for _ in range(20):
        if QApplication.focusWidget() is wanted:
            break
        press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is wanted, "Tab leads to the card"
    press()
    return driver.window.help.pane


def shown_step(pane):
    return pane.text.text() if pane.isVisible() else None


def texts():
    return [word(f"tour_{step}") for step in STEPS]


def test_the_first_start_offers_it_and_keys_alone_lead_through_all_steps(start):
    pane = begin_by_key(start)
    assert start.path.name == word("sample_file")
    seen = []
    for step in range(len(STEPS)):
        seen.append(shown_step(pane))
        assert pane.count.text() == f"{step + 1} / {len(STEPS)}"
        assert QApplication.focusWidget() is pane.next
        press()
    assert seen == texts()
    assert not pane.isVisible()
    assert not start.window.help.spotlight.isVisible()
    assert QApplication.focusWidget() is start.desk.tree


def test_each_step_frames_the_place_that_it_speaks_of(start):
    pane, spot = begin_by_key(start), start.window.help.spotlight

    def framed(widget):
        corner = widget.mapTo(start.window, widget.rect().topLeft())
        return spot.isVisible() and spot.geometry().topLeft() == corner and spot.size() == widget.size()

    assert framed(start.desk.tree)
    press()
    assert framed(start.page)
    assert start.tab.tab.beside
    press()
    assert framed(start.page)
    assert start.workplace.form.fields_on(NodeKind.ACHIEVEMENT, start.tab.tab.id)
    start.desk.hide_side()
    press()
    assert framed(start.desk.side)
    assert start.desk.side_shown == "preview"
    press()
    assert framed(start.window.export_button)
    assert pane.next.text() == word("tour_done")
    assert not pane.end.isVisible(), "the last step has one button"


def test_what_was_taken_once_is_not_offered_again(start, open_window):
    begin_by_key(start)
    press(Qt.Key.Key_Escape)
    start.trigger("start")
    assert card(start) is None
    start.close()
    assert card(open_window()) is None


def test_what_was_put_away_is_not_offered_again_though_nothing_was_opened(start, open_window):
    button = button_of(start.window.start_page._tour, word("tour_card_end"))
    button.setFocus()
    press()
    assert card(start) is None
    assert start.window.desk is None
    start.close()
    assert card(open_window()) is None


@pytest.mark.parametrize("steps", range(4))
def test_it_is_left_by_a_button_or_by_escape_wherever_it_is(start, steps):
    pane = begin_by_key(start)
    for _ in range(steps):
        press()
    if steps % 2:
        press(Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is pane.end
        press()
    else:
        press(Qt.Key.Key_Escape)
    assert shown_step(pane) is None
    assert not start.window.help.spotlight.isVisible()
    assert QApplication.focusWidget() is start.desk.tree


def test_the_key_begins_it_again_from_the_start_page(start):
    begin_by_key(start)
    press(Qt.Key.Key_Escape)
    start.trigger("start")
    start.key(Qt.Key.Key_F1, ALT)
    assert shown_step(start.window.help.pane) == texts()[0]
    assert start.path.name == word("sample_file")


def test_the_key_begins_it_again_in_the_sample_that_is_open(start):
    pane = begin_by_key(start)
    press()
    press(Qt.Key.Key_Escape)
    start.key(Qt.Key.Key_F1, ALT)
    assert shown_step(pane) == texts()[0]
    assert len(start.window.windows.all) == 1


def test_a_report_that_is_open_stays_and_the_sample_has_a_window_of_its_own(driver):
    driver.go_item("Ⅰ-2", "results")
    driver.key(Qt.Key.Key_F1, ALT)
    (other,) = (window for window in driver.window.windows.all if window is not driver.window)
    try:
        assert shown_step(driver.window.help.pane) is None
        assert shown_step(other.help.pane) == texts()[0]
        assert other.desk.workplace.session.path.name == word("sample_file")
        assert driver.desk.item == driver.item_id("Ⅰ-2")
        driver.key(Qt.Key.Key_F1, ALT)
        assert len(driver.window.windows.all) == 2, "the sample that is open is taken"
    finally:
        other.close()


def test_closing_the_sample_ends_it(start):
    pane = begin_by_key(start)
    start.trigger("start")
    assert shown_step(pane) is None
    assert not start.window.help.spotlight.isVisible()


def test_it_goes_on_when_another_report_takes_the_window(driver, sample):
    other = Path(shutil.copy(sample, sample.with_name("別.hyoka")))
    pane = driver.window.help.pane
    pane.begin()
    assert driver.window.open_file(other)
    delete_what_was_left()
    pane.next.click()
    assert shown_step(pane) == texts()[1]


def test_it_goes_on_when_the_pages_are_built_anew_for_texts_of_another_size(driver):
    pane = driver.window.help.pane
    pane.begin()
    pane.next.click()
    try:
        driver.trigger("text_125")
        delete_what_was_left()
        assert not driver.window.help.spotlight.isVisible()
        pane.next.click()
        assert shown_step(pane) == texts()[2]
        assert driver.window.help.spotlight.isVisible()
    finally:
        driver.trigger("text_100")


def delete_what_was_left():
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

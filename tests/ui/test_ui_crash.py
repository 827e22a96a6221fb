"""A fault of ours is told, wherever it comes from and whichever windows are left; the program goes on."""

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from window_driver import close_message, said

from hyoka_desktop.app import CrashTeller
from hyoka_desktop.messages.window import word

TOLD = word("crash_title")


@pytest.fixture
def teller(driver):
    return CrashTeller(driver.window.windows)


def fail(teller):
    fault = ValueError("言わない")
    teller(type(fault), fault, None)


def test_it_is_told_in_another_window_when_the_first_one_was_closed(driver, teller, dialogs):
    """The teller held the first window, which Qt had taken away: the fault of the fault was told to nobody."""
    driver.trigger("new_window")
    (other,) = (one for one in driver.window.windows.all if one is not driver.window)
    parents = []

    def look(dialog):
        assert said(dialog).startswith(TOLD)
        parents.append(dialog.parent())
        close_message(dialog)

    try:
        driver.close()
        with dialogs.expect(look):
            fail(teller)
        assert parents == [other]
    finally:
        other.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_one_that_comes_in_the_middle_of_painting_is_told_when_that_has_ended(teller, qtbot, dialogs):
    """A dialog within a paint event has Qt paint in a paint event."""

    class Faulty(QWidget):
        def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
            painter = QPainter(self)
            fail(teller)
            painting.append(QApplication.activeModalWidget())
            painter.end()

    painting = []
    widget = Faulty()
    qtbot.addWidget(widget)
    with dialogs.expect(close_message):
        widget.show()
    assert set(painting) == {None}
    widget.hide()
    QTest.qWait(0)


def test_one_that_comes_again_and_again_is_told_one_at_a_time(driver, teller, dialogs):
    again = QTimer(driver.window, interval=1)
    again.timeout.connect(lambda: fail(teller))
    shown = []

    def look(dialog):
        QTest.qWait(50)
        shown.append([one for one in QApplication.topLevelWidgets() if one.isVisible() and one.windowTitle() == TOLD])
        again.stop()
        close_message(dialog)

    with dialogs.expect(look):
        again.start()
    assert [len(boxes) for boxes in shown] == [1]


def test_a_fault_after_all_windows_are_closed_is_only_logged(driver, teller, capsys):
    driver.close()
    fail(teller)
    QTest.qWait(20)
    assert "ValueError" in capsys.readouterr().err

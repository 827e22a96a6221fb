"""Colour is never the only signal: with all colours alike, every state still looks other than its opposite."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QRadioButton,
    QTabBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

from hyoka_desktop.ui.colours import LIGHT
from hyoka_desktop.ui.shown import NOW
from hyoka_desktop.ui.style import style_sheet

INK, GROUND = LIGHT.text, LIGHT.paper
COLOURLESS = replace(
    LIGHT,
    **dict.fromkeys(("window", "paper", "locked", "desk", "accent_soft", "accent_text", "line"), GROUND),
    **dict.fromkeys(("text", "faint", "edge", "accent", "good", "warning", "bad"), INK),
)


@pytest.fixture
def colourless(qapp):
    before, palette = qapp.styleSheet(), QPalette(qapp.palette())
    NOW.show(COLOURLESS, 100)
    qapp.setStyleSheet(style_sheet(COLOURLESS, 1))
    yield
    NOW.show(LIGHT, 100)
    qapp.setPalette(palette)
    qapp.setStyleSheet(before)


@pytest.fixture
def shown(qtbot, colourless):
    """Show a widget beside another one that has the cursor."""
    frame = QWidget()
    qtbot.addWidget(frame)
    line = QHBoxLayout(frame)

    def show(widget):
        line.addWidget(widget)
        frame.resize(500, 160)
        frame.show()
        QApplication.processEvents()
        return widget

    return show


def picture(widget):
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    QApplication.processEvents()
    return widget.grab().toImage()


@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_a_ticked_box_has_another_shape(shown, kind):
    box = shown(kind("重要度"))
    before = picture(box)
    box.setChecked(True)
    assert picture(box) != before


def test_a_pressed_in_button_has_another_shape(shown):
    button = shown(QToolButton())
    button.setText("2ページ")
    button.setCheckable(True)
    before = picture(button)
    button.setChecked(True)
    assert picture(button) != before


@pytest.mark.parametrize("state", ["wrong", "read-only"])
def test_a_line_in_another_state_has_another_shape(shown, state):
    line = shown(QLineEdit("12"))
    before = picture(line)
    if state == "wrong":
        line.setProperty("wrong", True)
    else:
        line.setReadOnly(True)
    assert picture(line) != before


def test_the_tab_in_front_has_another_shape(shown):
    tabs = shown(QTabBar())
    for name in ("計画", "実績"):
        tabs.addTab(name)
    before = picture(tabs)
    tabs.setCurrentIndex(1)
    assert picture(tabs) != before


def test_a_chosen_line_of_a_list_has_another_shape(shown):
    lines = shown(QListWidget())
    lines.addItems(["甲", "乙"])
    before = picture(lines)
    lines.setCurrentRow(1)
    assert picture(lines) != before


@pytest.mark.parametrize("kind", [QPushButton, QCheckBox, QLineEdit, QTextEdit, QToolButton])
def test_what_has_the_cursor_has_a_ring(shown, qtbot, kind):
    widget = shown(kind())
    other = shown(QPushButton("他"))
    widget.window().activateWindow()
    qtbot.waitUntil(widget.window().isActiveWindow)
    other.setFocus()
    before = picture(widget)
    widget.setFocus()
    assert widget.hasFocus()
    assert picture(widget) != before


def test_the_line_of_the_tree_in_hand_has_a_bar(driver, colourless):
    tree = driver.desk.tree
    line = tree.visualRect(tree.currentIndex())
    image = tree.viewport().grab(line).toImage()
    column = {image.pixelColor(1, y).name() for y in range(2, image.height() - 2)}
    assert column == {INK}
    other = tree.visualRect(tree.indexBelow(tree.currentIndex()))
    image = tree.viewport().grab(other).toImage()
    assert INK not in {image.pixelColor(1, y).name() for y in range(2, image.height() - 2)}

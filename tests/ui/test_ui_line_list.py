"""Lists of lines: thousands of them come bit by bit, and columns are as wide as their texts."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout

from hyoka_desktop.ui.linelist import LineList

_COUNT = 3000


@pytest.fixture
def lines(qtbot) -> LineList:
    lines = LineList(["欄", "年度"])
    qtbot.addWidget(lines)
    lines.resize(600, 300)
    lines.show()
    return lines


def test_a_screenful_is_there_at_once_and_the_rest_follows(lines: LineList, qtbot) -> None:
    asked: list[int] = []

    def line_of(row: int) -> tuple[str, str]:
        asked.append(row)
        return f"項目{row}", "令和6年度"

    lines.fill_from(_COUNT, line_of)

    assert lines.rowCount() == _COUNT
    assert lines.item(0, 0).text() == "項目0"
    assert lines.chosen_rows == [0]
    assert len(asked) < _COUNT, "nobody waited for all of them"
    qtbot.waitUntil(lambda: lines.item(_COUNT - 1, 1) is not None)
    assert asked == list(range(_COUNT))


def test_putting_in_lines_is_no_change_of_the_list(lines: LineList, qtbot) -> None:
    told: list[object] = []
    lines.itemChanged.connect(told.append)

    lines.fill_from(
        _COUNT, lambda row: (str(row), ""), lambda row: lines.item(row, 0).setCheckState(Qt.CheckState.Checked)
    )
    qtbot.waitUntil(lambda: lines.item(_COUNT - 1, 1) is not None)

    assert told == []
    lines.item(0, 0).setCheckState(Qt.CheckState.Unchecked)
    assert len(told) == 1


def test_other_lines_end_those_that_were_still_to_come(lines: LineList, qtbot) -> None:
    lines.fill_from(_COUNT, lambda row: (f"前{row}", ""))
    lines.fill([("後", "令和5年度")])
    qtbot.wait(30)

    assert lines.rowCount() == 1
    assert lines.item(0, 0).text() == "後"


def test_a_column_is_wide_enough_for_its_longest_text(lines: LineList) -> None:
    texts = ["短い", "ずっと長い年度の書き方をした一行", "ﾊﾝｶｸﾉｶﾅﾊｾﾏｲ"]
    lines.fill([("欄", text) for text in texts])

    needed = max(lines.sizeHintForIndex(lines.model().index(row, 1)).width() for row in range(len(texts)))
    assert lines.columnWidth(1) >= needed


def test_long_texts_in_other_columns_leave_the_first_its_beginning_and_scroll(lines: LineList) -> None:
    name = "港湾施設の点検・診断の支援"
    lines.resize(240, 200)
    lines.fill([(name, "監事の指摘を受けて直した後の、長い覚え書き")])
    assert lines.columnWidth(0) > lines.fontMetrics().horizontalAdvance(name)
    assert lines.horizontalScrollBar().maximum() > 0


def test_the_first_column_takes_the_room_that_the_others_leave(lines: LineList) -> None:
    lines.fill([("項目", "令和6年度")])
    for width in (600, 400, 500):
        lines.resize(width, 300)
        assert lines.columnWidth(0) + lines.columnWidth(1) == lines.viewport().width()


@pytest.mark.parametrize("leads", [True, False])
def test_enter_on_a_line_that_leads_somewhere_presses_no_button_too(qtbot, leads: bool) -> None:
    dialog, lines, button = QDialog(), LineList(["欄"]), QPushButton("検索")
    qtbot.addWidget(dialog)
    column = QVBoxLayout(dialog)
    column.addWidget(lines)
    column.addWidget(button)
    button.setDefault(True)
    heard: list[str] = []
    button.clicked.connect(lambda _: heard.append("button"))
    if leads:
        lines.itemActivated.connect(lambda item: heard.append(item.text()))
    lines.fill([("一行目",)])
    dialog.show()
    lines.setFocus()
    QTest.keyClick(lines, Qt.Key.Key_Return)
    assert heard == (["一行目"] if leads else ["button"])

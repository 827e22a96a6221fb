"""Lists of lines: each is asked for when it is to be seen, columns are as wide as their texts, boxes can be ticked."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QStyle, QStyleOptionViewItem, QVBoxLayout
from window_driver import LEFT, cell_texts, has_tick, press_box

from hyoka_desktop.ui.linelist import LineList
from hyoka_desktop.ui.linemodel import Cell

_COUNT = 3000
_BOX = 12
"""So far from the left edge of a cell one hits its box."""
_DOWN, _UP = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder


@pytest.fixture
def lines(qtbot) -> LineList:
    lines = LineList(["欄", "年度"])
    qtbot.addWidget(lines)
    lines.resize(600, 300)
    lines.show()
    return lines


def test_only_lines_that_are_looked_at_are_asked_for_and_each_once(lines: LineList) -> None:
    asked: list[int] = []

    def line_of(number: int) -> tuple[str, str]:
        asked.append(number)
        return f"項目{number}", "令和6年度"

    lines.fill_from(_COUNT, line_of)
    QApplication.processEvents()

    assert lines.lines.rowCount() == _COUNT
    assert lines.chosen_lines == [0]
    assert lines.lines.text(0, 0) == "項目0"
    assert max(asked) < _COUNT // 5, "nobody waited for all of them"

    lines.scrollToBottom()
    QApplication.processEvents()

    assert _COUNT - 1 in asked
    assert len(asked) == len(set(asked)) < _COUNT // 5


def test_other_lines_take_the_place_of_those_before_from_the_top(lines: LineList) -> None:
    lines.fill_from(_COUNT, lambda number: (f"前{number}", ""))
    lines.selectRow(_COUNT - 1)
    told: list[list[int]] = []
    lines.chosen_changed.connect(lambda: told.append(lines.chosen_lines))

    lines.fill_from(_COUNT, lambda number: (f"後{number}", "令和5年度"))

    assert told == [[], [0]]
    assert lines.verticalScrollBar().value() == 0
    assert lines.lines.text(_COUNT - 1, 0) == f"後{_COUNT - 1}"


def test_lines_are_told_anew_while_ticks_and_the_chosen_line_stay(lines: LineList) -> None:
    words = ["一", "二"]
    lines.fill_from(2, lambda number: (words[number], ""), (False, True))
    lines.selectRow(1)
    words[1] = "二の後"
    lines.lines.ask_anew([0])

    assert cell_texts(lines) == [["一", ""], ["二の後", ""]]
    assert lines.lines.ticks == (False, True)
    assert lines.chosen_lines == [1]


def test_a_box_is_ticked_by_the_space_bar_and_by_a_click_and_told_once(lines: LineList, qtbot) -> None:
    lines.fill([("一", ""), ("二", "")], [True, False])
    heard: list[object] = []
    lines.ticked.connect(lambda: heard.append(lines.lines.ticks))
    assert [has_tick(lines, row) for row in range(2)] == [True, False]

    press_box(lines, 1)
    assert heard == [(True, True)]
    assert has_tick(lines, 1)
    cell = lines.visualRect(lines.lines.index(0, 0))
    QTest.mouseClick(lines.viewport(), LEFT, pos=QPoint(cell.left() + _BOX, cell.center().y()))
    QTest.mouseClick(lines.viewport(), LEFT, pos=lines.visualRect(lines.lines.index(0, 1)).center())
    assert heard[1:] == [(False, True)], "the box takes the click, not the rest of the line"


def test_a_list_without_ticks_has_no_boxes(lines: LineList) -> None:
    lines.fill([("一", "")])
    assert lines.lines.index(0, 0).data(Qt.ItemDataRole.CheckStateRole) is None
    press_box(lines, 0)
    assert lines.lines.ticks == ()


def test_lines_sort_by_their_keys_and_equal_ones_keep_their_order(lines: LineList) -> None:
    lines.fill([("十", Cell("最後", 10)), ("二", Cell("初め", 2)), ("又二", Cell("初め", 2)), ("十一", "")])
    lines.sortByColumn(1, _UP)
    assert [line[0] for line in cell_texts(lines)] == ["十一", "二", "又二", "十"]
    lines.sortByColumn(1, _DOWN)
    assert [line[0] for line in cell_texts(lines)] == ["十", "二", "又二", "十一"]


def test_sorting_moves_the_chosen_lines_and_the_one_in_hand_with_their_numbers(lines: LineList) -> None:
    lines.fill([(text, "") for text in "ウアイ"], [True, False, False])
    lines.selectRow(2)
    lines.sortByColumn(0, _UP)

    assert [line[0] for line in cell_texts(lines)] == ["ア", "イ", "ウ"]
    assert lines.chosen_lines == [2]
    assert lines.currentIndex().row() == 1
    assert [has_tick(lines, row) for row in range(3)] == [False, False, True]
    lines.selectAll()
    assert lines.chosen_lines == [1, 2, 0]


def test_lines_filled_in_later_and_told_anew_stand_as_sorted(lines: LineList) -> None:
    lines.sortByColumn(0, _DOWN)
    texts = ["あ", "う", "い"]
    lines.fill_from(3, lambda number: (texts[number], ""))
    assert [line[0] for line in cell_texts(lines)] == ["う", "い", "あ"]
    texts[0] = "え"
    lines.lines.ask_anew([0])
    assert [line[0] for line in cell_texts(lines)] == ["え", "う", "い"]


def test_typing_leads_to_the_next_line_that_begins_so_and_asks_for_no_more_than_it_must(lines: LineList) -> None:
    asked: set[int] = set()

    def line_of(number: int) -> tuple[str, str]:
        asked.add(number)
        return {5: "Backup", 2000: "Backup 2"}.get(number, f"{number}"), ""

    lines.fill_from(3 * _COUNT, line_of)
    for typed, place in (("b", 5), ("ackup 2", 2000)):
        lines.keyboardSearch(typed)
        assert lines.chosen_lines == [place]
    assert max(asked) == 2000
    lines.keyboardSearch("z")
    assert lines.chosen_lines == [2000]
    assert len(asked) < 3 * _COUNT


def test_the_lines_keep_what_qt_asks_of_a_model(lines: LineList) -> None:
    QAbstractItemModelTester(lines.lines, QAbstractItemModelTester.FailureReportingMode.Warning, lines)
    lines.fill([("一", Cell("2", 2, at_right=True)), ("二", Cell("1", 1))], [True, False])
    lines.selectRow(1)
    lines.sortByColumn(1, _UP)
    lines.lines.tick([0, 1], ticked=True)
    lines.lines.ask_anew([0])
    lines.fill([])
    assert lines.chosen_lines == []


def test_a_column_is_wide_enough_for_its_longest_text(lines: LineList) -> None:
    texts = ["短い", "ずっと長い年度の書き方をした一行", "ﾊﾝｶｸﾉｶﾅﾊｾﾏｲ"]
    lines.fill([("欄", text) for text in texts])

    needed = max(lines.sizeHintForIndex(lines.lines.index(row, 1)).width() for row in range(len(texts)))
    assert lines.columnWidth(1) >= needed


def test_a_text_beside_a_box_is_seen_whole_whatever_the_width_of_the_list(qtbot) -> None:
    lines = LineList(["欄", "項目"], 1)
    qtbot.addWidget(lines)
    lines.fill([("Ⅰ-1-10-2", "港湾施設の点検・診断の支援")], [False])
    lines.show()
    for width in (700, 400, 600):
        lines.resize(width, 200)
        index = lines.lines.index(0, 0)
        option = QStyleOptionViewItem()
        lines.initViewItemOption(option)
        lines.itemDelegate().initStyleOption(option, index)
        option.rect = lines.visualRect(index)
        room = lines.style().subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, lines)
        margins = 2 * (lines.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, option, lines) + 1)
        assert room.width() - margins >= option.fontMetrics.horizontalAdvance("Ⅰ-1-10-2")
        assert lines.columnWidth(0) + lines.columnWidth(1) == lines.viewport().width()


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
        lines.activated.connect(lambda index: heard.append(index.data()))
    lines.fill([("一行目",)])
    dialog.show()
    lines.setFocus()
    QTest.keyClick(lines, Qt.Key.Key_Return)
    assert heard == (["一行目"] if leads else ["button"])

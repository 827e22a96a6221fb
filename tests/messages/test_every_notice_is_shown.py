"""Every short notice of a catalogue, beside the errors, is brought about for real: why a cell is not taken, a value not
read, a rate not worked out, how a recovered text stands, what was cleaned."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from causing import YEAR, Deaf

from hyoka_desktop.domain.achievement import Direction, Measure, Reason, achievement
from hyoka_desktop.domain.quantity import Unread, why_unread
from hyoka_desktop.domain.report import ROOT, NodeKind
from hyoka_desktop.messages.commandline import ODDITIES
from hyoka_desktop.messages.window import word
from hyoka_desktop.messages.words.achievement import REASONS, UNREAD
from hyoka_desktop.services import backups, indicator_return, indicator_sheet, recovery
from hyoka_desktop.services.backups import Places
from hyoka_desktop.services.indicator_return import Doubt
from hyoka_desktop.services.recovery import Standing
from hyoka_desktop.services.session import Session, open_session
from hyoka_desktop.text.normaliser import Oddity, normalise

ACTUAL = f"achievement.actual.{YEAR}"
NAME = "indicator.indicator_name"
Sheet = openpyxl.worksheet.worksheet.Worksheet


@pytest.fixture
def session(sample_file: Path) -> Iterator[Session]:
    session = open_session(sample_file, Deaf())
    yield session
    session.close()


# Why a cell of a workbook is not taken, or what is to be known of it


def _cell(sheet: Sheet, row: int, key: str) -> openpyxl.cell.Cell:
    return sheet.cell(row, next(cell.column for cell in sheet[1] if cell.value == key))


def _put(key: str, value: object, number_format: str = "@") -> Callable[[Sheet], None]:
    def put(sheet: Sheet) -> None:
        cell = _cell(sheet, 3, key)
        cell.value, cell.number_format = value, number_format
        if value == "#N/A":
            cell.data_type = "e"

    return put


def _unknown_row(sheet: Sheet) -> None:
    _cell(sheet, sheet.max_row + 1, ACTUAL).value = "自分で足した行"


def _repeated_row(sheet: Sheet) -> None:
    row = sheet.max_row + 1
    sheet.cell(row, 1).value = sheet.cell(3, 1).value
    _cell(sheet, row, ACTUAL).value = "写した行"


def _unknown_column(sheet: Sheet) -> None:
    sheet.cell(2, sheet.max_column + 1).value = "自分で足した列"


def _clashing(sheet: Sheet) -> None:
    _cell(sheet, 3, NAME).value, _cell(sheet, 4, NAME).value = "甲", "乙"


DOUBTS: dict[Doubt, Callable[[Sheet], None]] = {
    Doubt.UNKNOWN_ROW: _unknown_row,
    Doubt.REPEATED_ROW: _repeated_row,
    Doubt.UNKNOWN_COLUMN: _unknown_column,
    Doubt.UNCALCULATED: _put(ACTUAL, "=1+1"),
    Doubt.ERROR: _put(ACTUAL, "#N/A"),
    Doubt.DAY: _put(ACTUAL, 45000, "yyyy/m/d"),
    Doubt.CHOICE: _put("achievement.direction", "大きい"),
    Doubt.CLASHING: _clashing,
    Doubt.CHANGED_HERE: _put(ACTUAL, "303施設"),
    Doubt.UNREAD: _put(ACTUAL, "前年度比3％増"),
}


@pytest.mark.parametrize("doubt", list(Doubt))
def test_a_doubt_about_a_workbook_comes_up_with_its_word(doubt: Doubt, session: Session, tmp_path: Path) -> None:
    line = indicator_sheet.lines_of(session.view(YEAR))[0]
    if doubt is Doubt.CLASHING:
        session.add_node(YEAR, line.nodes[NodeKind.INDICATOR], NodeKind.ACHIEVEMENT, 1)
    wording = indicator_sheet.Wording("指標", ("項目番号", "項目名", "行"), lambda column: column.field.label)
    mark, path = indicator_sheet.mark_of(session), tmp_path / "指標.xlsx"
    path.write_bytes(indicator_sheet.write_indicators(session.form, session.view(YEAR), mark, wording))
    workbook = openpyxl.load_workbook(path)
    DOUBTS[doubt](workbook.worksheets[0])
    workbook.save(path)
    if doubt is Doubt.CHANGED_HERE:
        session.set_text(YEAR, line.nodes[NodeKind.ACHIEVEMENT], "actual", "302施設")
    plan = indicator_return.plan_return(path, session.form, session.view(YEAR), mark, session.clean)
    assert doubt in {one.doubt for one in (*plan.proposals, *plan.refusals)}
    assert word(f"doubt_{doubt}")


# Why a text is no quantity, why there is no rate, what was cleaned


TEXTS = {
    Unread.NO_NUMBER: "多数",
    Unread.SEVERAL: "5件、6件",
    Unread.COMPARED: "前年度比3％増",
    Unread.PHRASE: "30日以内に回答する",
    Unread.AMBIGUOUS: "①10件",
}
RATES = {
    Reason.NO_ACTUAL: ("5件", "", Measure()),
    Reason.NO_TARGET: ("", "5件", Measure()),
    Reason.NO_BASELINE: ("5件", "4件", Measure(direction=Direction.REDUCTION)),
    Reason.NOT_A_QUANTITY: ("多数", "5件", Measure()),
    Reason.UNITS_DIFFER: ("5件", "5人", Measure()),
    Reason.RANGE: ("5〜6件", "5件", Measure(direction=Direction.RANGE)),
    Reason.NOT_POSITIVE: ("0件", "5件", Measure()),
    Reason.YES_NO: ("有", "有", Measure(direction=Direction.YES_NO)),
    Reason.MILESTONE: ("令和6年6月28日", "令和6年6月1日", Measure(direction=Direction.MILESTONE)),
    Reason.QUALITATIVE: ("良い", "良い", Measure(direction=Direction.QUALITATIVE)),
}
ODD = {
    Oddity.LINE_END: "一\u2028二",
    Oddity.CONTROL: "一\x07二",
    Oddity.NONCHARACTER: "一\ufffe二",
    Oddity.SURROGATE: "一\ud800二",
    Oddity.DIRECTION: "一\u202e二",
}


@pytest.mark.parametrize("why", list(Unread))
def test_a_text_that_is_no_quantity_has_its_reason_in_words(why: Unread) -> None:
    assert why_unread(TEXTS[why]) is why
    assert set(UNREAD) == {one.value for one in Unread}


@pytest.mark.parametrize("reason", list(Reason))
def test_a_rate_that_cannot_be_worked_out_has_its_reason_in_words(reason: Reason) -> None:
    target, actual, measure = RATES[reason]
    assert achievement(target, actual, measure).reason is reason
    assert set(REASONS) == {one.value for one in Reason}


@pytest.mark.parametrize("oddity", list(Oddity))
def test_what_is_cleaned_in_a_text_has_its_name(oddity: Oddity) -> None:
    assert set(normalise(ODD[oddity]).changed) == {oddity}
    assert set(ODDITIES) == {one.value for one in Oddity}


# How a text of a damaged report stands


_FIELD = "auditor_opinions"
"""A field of which the sample says nothing."""
_LAST = "(SELECT max(sequence) FROM command)"
_FORGET = f"DELETE FROM change WHERE command = {_LAST}"
_FORGET_ALL = f"DELETE FROM change WHERE field = '{_FIELD}'"
_SPOIL = f"UPDATE value SET text = '偽' WHERE field = '{_FIELD}' AND year = {YEAR}"
_DROP = f"DELETE FROM value WHERE field = '{_FIELD}' AND year = {YEAR}"
STANDINGS: dict[Standing, tuple[str, ...]] = {
    Standing.INTACT: ("UPDATE command SET person = 'x' WHERE sequence = 1",),
    Standing.RESTORED: (_SPOIL,),
    Standing.FROM_BACKUP: (_FORGET_ALL, _DROP),
    Standing.UNPROVED: (_FORGET, _DROP),
    Standing.LOST: (_FORGET, _SPOIL),
}


@pytest.mark.parametrize("standing", list(Standing))
def test_a_text_of_a_damaged_report_stands_so_and_the_record_says_it(
    standing: Standing, session: Session, tmp_path: Path
) -> None:
    places = Places(tmp_path / "控え")
    if standing in {Standing.FROM_BACKUP, Standing.UNPROVED}:
        session.set_text(YEAR, ROOT, _FIELD, "前の文章")
    if standing is Standing.FROM_BACKUP:
        backups.back_up(session, places, backups.Reason.TIMER)
    session.set_text(YEAR, ROOT, _FIELD, "唯一の文章")
    session.close()
    with closing(sqlite3.connect(session.path)) as connection:
        for statement in STANDINGS[standing]:
            connection.execute(statement)
        connection.commit()
    found = recovery.examine(session.path, places)
    (told,) = {one for address, one in found.salvaged.texts.items() if address[1:] == (_FIELD, YEAR)}
    assert told is standing
    assert (standing in {line.standing for line in found.lines()}) is (standing is not Standing.INTACT)
    assert word(f"standing_{standing.value}")

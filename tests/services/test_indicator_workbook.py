"""The indicators as a workbook: out, filled in, and back with a plan first."""

from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.errors import InputError
from hyoka_desktop.exchange.workbook_reader import read_workbook
from hyoka_desktop.services import indicator_return, indicator_sheet, reports
from hyoka_desktop.services.forms import find_form
from hyoka_desktop.services.indicator_return import Doubt
from hyoka_desktop.services.session import open_session
from hyoka_desktop.text.normaliser import normalise
from hyoka_desktop.writers.xlsx_filling import FillingColumn, FillingRow, FillingSheet, write_filling_sheet

YEAR = 2024
_WORDING = indicator_sheet.Wording(
    "指標", ("項目番号", "項目名", "行"), lambda column: f"{column.field.label}{column.year}"
)


class _Quiet:
    """Hear nothing of the store."""

    def __getattr__(self, _name):
        return lambda *_: None


@pytest.fixture
def session(tmp_path):
    path = tmp_path / "見本.hyoka"
    reports.make_sample(path)
    opened = open_session(path, _Quiet())
    yield opened
    opened.close()


@pytest.fixture
def book(session, tmp_path):
    """Send the indicators out; tell the path of the workbook."""
    path = tmp_path / "指標.xlsx"
    path.write_bytes(_written(session))
    return path


def _written(session) -> bytes:
    mark = indicator_sheet.mark_of(session)
    return indicator_sheet.write_indicators(session.form, session.view(YEAR), mark, _WORDING)


def _plan(session, path):
    mark = indicator_sheet.mark_of(session)
    return indicator_return.plan_return(path, session.form, session.view(YEAR), mark, session.clean)


def _fill(path: Path, cells: dict[tuple[int, str], object]) -> None:
    """Write into cells by row and key of the column, as Excel would."""
    workbook = openpyxl.load_workbook(path)
    sheet = workbook.worksheets[0]
    places = {cell.value: cell.column for cell in sheet[1]}
    for (row, key), value in cells.items():
        sheet.cell(row, places[key]).value = value
    workbook.save(path)


TARGET, ACTUAL = f"achievement.target.{YEAR}", f"achievement.actual.{YEAR}"


def test_the_workbook_has_a_row_for_each_part_with_hidden_keys_and_protected_captions(session, book) -> None:
    workbook = openpyxl.load_workbook(book)
    sheet = workbook.worksheets[0]
    lines = indicator_sheet.lines_of(session.view(YEAR))
    assert [sheet.cell(row, 1).value for row in range(3, sheet.max_row + 1)] == [line.key for line in lines]
    assert sheet.row_dimensions[1].hidden
    assert sheet.column_dimensions["A"].hidden
    assert sheet.protection.sheet
    assert sheet["B3"].protection.locked
    assert not sheet["E3"].protection.locked
    assert sheet["E3"].number_format == "@"
    assert workbook.worksheets[1].sheet_state == "veryHidden"


def test_the_same_report_gives_the_same_bytes(session) -> None:
    assert _written(session) == _written(session)


def test_an_untouched_workbook_changes_nothing(session, book) -> None:
    plan = _plan(session, book)
    assert (plan.proposals, plan.refusals) == ([], [])


def test_what_was_filled_in_is_proposed_and_taken_in_one_step(session, book) -> None:
    before = session.snapshot
    _fill(book, {(3, ACTUAL): "３２１施設", (4, TARGET): "25日以内"})
    plan = _plan(session, book)
    assert [(one.before, one.after) for one in plan.proposals] == [("301施設", "３２１施設"), ("30日以内", "25日以内")]
    assert session.snapshot is before, "nothing is changed by planning"
    indicator_return.take(session, YEAR, plan.proposals)
    assert _plan(session, book).proposals == []
    session.undo()
    assert session.snapshot.values == before.values


def test_what_changed_here_meanwhile_is_not_taken_back_by_a_cell_that_nobody_touched(session, book) -> None:
    address = _address(session, "actual")
    session.set_text(YEAR, address.node, "actual", "302施設")
    assert _plan(session, book).proposals == []


def test_a_cell_that_changed_on_both_sides_is_said_to_have(session, book) -> None:
    address = _address(session, "actual")
    session.set_text(YEAR, address.node, "actual", "302施設")
    _fill(book, {(3, ACTUAL): "303施設"})
    (proposal,) = _plan(session, book).proposals
    assert (proposal.before, proposal.after, proposal.doubt) == ("302施設", "303施設", Doubt.CHANGED_HERE)


def _address(session, field):
    view = session.view(YEAR)
    line = indicator_sheet.lines_of(view)[0]
    return view.address(line.nodes[NodeKind.ACHIEVEMENT], field)


@pytest.mark.parametrize(
    ("key", "value", "doubt"),
    [
        (ACTUAL, "=1+1", Doubt.UNCALCULATED),
        ("achievement.direction", "大きい", Doubt.CHOICE),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_row(session, book, key: str, value: str, doubt: Doubt) -> None:
    _fill(book, {(4, key): value})
    plan = _plan(session, book)
    assert plan.proposals == []
    assert [(refusal.row, refusal.doubt) for refusal in plan.refusals] == [(4, doubt)]


def test_a_text_that_is_no_quantity_is_proposed_and_said_to_be_none(session, book) -> None:
    _fill(book, {(3, ACTUAL): "前年度比3％増"})
    (proposal,) = _plan(session, book).proposals
    assert proposal.doubt is Doubt.UNREAD


def test_rows_and_columns_that_are_not_known_are_listed(session, book) -> None:
    workbook = openpyxl.load_workbook(book)
    sheet = workbook.worksheets[0]
    end = sheet.max_row + 1
    sheet.cell(end, 5).value = "自分で足した指標"
    sheet.cell(end + 1, 1).value = sheet.cell(3, 1).value
    sheet.cell(end + 1, 5).value = "写した行"
    sheet.cell(2, sheet.max_column + 1).value = "自分で足した列"
    workbook.save(book)
    plan = _plan(session, book)
    assert plan.proposals == []
    assert {refusal.doubt for refusal in plan.refusals} == {
        Doubt.UNKNOWN_ROW, Doubt.REPEATED_ROW, Doubt.UNKNOWN_COLUMN,
    }  # fmt: skip
    assert any(refusal.text == "自分で足した指標" for refusal in plan.refusals)


def test_sorted_rows_and_deleted_columns_do_no_harm(session, book) -> None:
    workbook = openpyxl.load_workbook(book)
    sheet = workbook.worksheets[0]
    sheet.delete_cols(6)
    first, second = ([cell.value for cell in sheet[row]] for row in (3, 4))
    for place, (one, two) in enumerate(zip(first, second, strict=True), 1):
        sheet.cell(3, place).value, sheet.cell(4, place).value = two, one
    workbook.save(book)
    plan = _plan(session, book)
    assert (plan.proposals, plan.refusals) == ([], [])


def test_a_workbook_of_another_report_is_refused(session, book, tmp_path) -> None:
    other = tmp_path / "別.hyoka"
    reports.new_report(other, find_form("iaa-annual"), YEAR, "別の法人")
    stranger = open_session(other, _Quiet())
    try:
        with pytest.raises(InputError) as caught:
            _plan(stranger, book)
    finally:
        stranger.close()
    assert caught.value.code == "indicators_other_report"


def test_a_workbook_without_keys_is_refused(session, tmp_path) -> None:
    path = tmp_path / "ただの表.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(InputError) as caught:
        _plan(session, path)
    assert caught.value.code == "indicators_no_keys"


def test_two_rows_of_one_indicator_that_say_different_names_clash(session, book) -> None:
    view = session.view(YEAR)
    line = indicator_sheet.lines_of(view)[0]
    session.add_node(YEAR, line.nodes[NodeKind.INDICATOR], NodeKind.ACHIEVEMENT, 1)
    book.write_bytes(_written(session))
    _fill(book, {(3, "indicator.indicator_name"): "甲", (4, "indicator.indicator_name"): "乙"})
    plan = _plan(session, book)
    assert [one.after for one in plan.proposals] == ["甲"]
    assert [(one.row, one.doubt) for one in plan.refusals] == [(4, Doubt.CLASHING)]


_HOSTILE = st.one_of(
    st.sampled_from(["=1+1", "_x0041_", "x005F_", "_x005F_x0041_", "'1"]),
    st.sampled_from(["007", "1-2", " 前", "後 ", "#N/A", "<&>\"", "TRUE"]),
    st.text(max_size=12),
).map(lambda text: normalise(text).text)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_HOSTILE, min_size=1, max_size=4))
def test_whatever_is_written_is_read_back_as_it_was(tmp_path, texts: list[str]) -> None:
    columns = [FillingColumn(f"列{n}", 10, f"k{n}") for n in range(len(texts))]
    sheet = FillingSheet("指標", "hyoka", "mark", columns, [FillingRow("1.2", tuple(texts))])
    path = tmp_path / "往復.xlsx"
    path.write_bytes(write_filling_sheet(sheet))
    for read in read_workbook(path):
        assert [read.text(3, 2 + place) for place in range(len(texts))] == texts

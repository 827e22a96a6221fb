"""The state of an item follows what is written below it, and a final item is kept from being written."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hyoka_desktop.domain import comments, edits, work
from hyoka_desktop.domain.changes import Action, Edit, NodeChange, ValueChange, apply_changes
from hyoka_desktop.domain.report import ROOT, Address, NodeKind, Snapshot, YearView
from hyoka_desktop.domain.work import ItemYear, WorkState
from tests.domain.test_undo_of_edits import EDITS, facts, indicator, rows, section


def after(view: YearView, *made: Edit | None) -> YearView:
    """Tell the view after edits, each with the states that follow from it."""
    for edit in made:
        assert edit is not None
        whole = work.with_states(edit, view)
        view = YearView(apply_changes(view.snapshot, whole.changes), view.year, view.period_fields)
    return view


def in_state(view: YearView, state: WorkState, *years: int) -> YearView:
    """Tell the view with all items of some years in one state."""
    for year in years or (view.year,):
        there = view.in_year(year)
        ids = [item.id for item in there.items]
        made = work.set_states(there, ids, state)
        snapshot = apply_changes(view.snapshot, made.changes) if made else view.snapshot
        view = YearView(snapshot, view.year, view.period_fields)
    return view


def states(view: YearView) -> list[WorkState]:
    return [work.state_of(view, item.id) for item in view.items]


def test_an_item_begins_with_nothing_started_and_its_first_text_begins_the_work(sample_view: YearView) -> None:
    assert set(states(sample_view)) == {WorkState.NOT_STARTED}
    view = after(sample_view, edits.set_text(sample_view, rows(sample_view)[0].id, "results", "実績"))
    assert states(view)[:2] == [WorkState.DRAFTING, WorkState.NOT_STARTED]
    assert set(states(view.in_year(2023))) == {WorkState.NOT_STARTED}


def test_emptying_a_text_or_a_number_given_by_the_program_begins_no_work(sample_view: YearView) -> None:
    item, row = sample_view.items[0], rows(sample_view)[0]
    view = after(
        sample_view,
        edits.set_text(sample_view, row.id, "results", ""),
        edits.renumber(sample_view, {item.id: "Ⅰ-9"}, "item_number"),
    )
    assert set(states(view)) == {WorkState.NOT_STARTED}


def test_a_text_of_the_period_begins_the_work_of_the_newest_year_that_shows_it(sample_view: YearView) -> None:
    view = after(sample_view, edits.set_text(sample_view, sample_view.items[0].id, "item_title", "新"))
    assert (states(view)[0], states(view.in_year(2023))[0]) == (WorkState.DRAFTING, WorkState.NOT_STARTED)


@pytest.mark.parametrize("state", [WorkState.DIVISION_CHECK, WorkState.DEPARTMENT_CHECK])
@pytest.mark.parametrize(
    "make",
    [
        lambda view: edits.set_text(view, rows(view)[0].id, "results", "実績"),
        lambda view: edits.set_text(view, view.items[0].id, "self_rating", "D"),
        lambda view: edits.set_text(view, view.items[0].id, "item_title", "新"),
        lambda view: edits.set_block(view, {view.address(rows(view)[0].id, "results"): ""}),
        lambda view: edits.restore(view.snapshot, {view.address(rows(view)[0].id, "results"): "前"}),
        lambda view: edits.change_plan(view, rows(view)[0].id, "mid_term_plan", "変更後"),
        lambda view: edits.add_node(view, view.items[0].id, NodeKind.ROW, 0),
        lambda view: edits.remove_node(view, rows(view)[0].id),
        lambda view: edits.add_node(view, indicator(view).id, NodeKind.ACHIEVEMENT, 0, {"actual": "1"}),
    ],
)  # fmt: skip
def test_any_change_below_a_checked_item_drops_it_back_and_no_other(
    make: Callable[[YearView], Edit | None], state: WorkState, sample_view: YearView
) -> None:
    view = in_state(sample_view, state)
    edit = make(view)
    assert edit is not None
    whole = work.with_states(edit, view)
    assert work.dropped_states(whole) == {ItemYear(view.items[0].id, 2024): state}
    written = after(view, edit)
    assert states(written) == [WorkState.DRAFTING, *[state] * (len(states(view)) - 1)]
    back = apply_changes(apply_changes(view.snapshot, whole.changes), whole.inverse().changes)
    assert facts(back) == facts(view.snapshot)


def test_a_text_of_the_period_drops_each_year_that_shows_it_and_a_change_of_plan_only_its_own(
    sample_view: YearView,
) -> None:
    view = in_state(sample_view, WorkState.DIVISION_CHECK, 2023, 2024)
    title = after(view, edits.set_text(view, view.items[0].id, "item_title", "新"))
    plan = after(view, edits.change_plan(view, rows(view)[0].id, "mid_term_plan", "変更後"))
    dropped = [[states(made.in_year(year))[0] for year in (2023, 2024)] for made in (title, plan)]
    assert dropped == [[WorkState.DRAFTING] * 2, [WorkState.DIVISION_CHECK, WorkState.DRAFTING]]


@pytest.mark.parametrize("name", [name for name in EDITS if name != "set a state"])
@pytest.mark.parametrize("year", [2023, 2024])
def test_after_any_edit_no_item_whose_sheet_changed_is_checked_and_undo_gives_all_back(
    name: str, year: int, sample_view: YearView
) -> None:
    view = in_state(sample_view, WorkState.DEPARTMENT_CHECK, 2023, 2024).in_year(year)
    edit = EDITS[name](view)
    assert edit is not None
    whole = work.with_states(edit, view)
    made = apply_changes(view.snapshot, whole.changes)
    assert facts(apply_changes(made, whole.inverse().changes)) == facts(view.snapshot)
    for seen in (2023, 2024):
        before, then = view.in_year(seen), YearView(made, seen, view.period_fields)
        for item in then.items:
            changed = sheet(before, item.id) != sheet(then, item.id)
            is_checked = work.state_of(then, item.id) is WorkState.DEPARTMENT_CHECK
            assert not (changed and is_checked), f"{name}: {item.id} in {seen} keeps a check of another text"
            assert changed or is_checked or item not in before.items, f"{name}: {item.id} in {seen} lost its check"


def sheet(view: YearView, item: int) -> object:
    """Tell all that the sheet of an item shows in a year, without its place among the items."""
    nodes = view.snapshot.tree.nodes
    if item not in nodes:
        return None

    def below(node: int) -> object:
        texts = {field: text for (owner, field) in view.snapshot.values if owner == node
                 if field not in work.WORK_FIELDS and (text := view.text(node, field))}  # fmt: skip
        kinds = (NodeKind.ROW, NodeKind.OUTPUT, NodeKind.INDICATOR, NodeKind.ACHIEVEMENT)
        return texts, [[(child.id, below(child.id)) for child in view.children(node, kind)] for kind in kinds]

    return below(item)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_sequence_of_edits_with_states_is_taken_back_exactly(data: st.DataObject, sample_view: YearView) -> None:
    view, done = in_state(sample_view, WorkState.DIVISION_CHECK), []
    start = view.snapshot
    for _ in range(data.draw(st.integers(1, 6))):
        year = data.draw(st.sampled_from([2023, 2024]))
        here = YearView(view.snapshot, year, view.period_fields)
        node = data.draw(st.sampled_from(sorted(here.snapshot.tree.nodes)))
        field = data.draw(st.sampled_from(["results", "item_title", "mid_term_plan", "self_rating"]))
        edit = edits.set_text(here, node, field, data.draw(st.sampled_from(["", "文", "別の文"])))
        if edit is None:
            continue
        done.append(work.with_states(edit, here))
        view = YearView(apply_changes(view.snapshot, done[-1].changes), 2024, view.period_fields)
    snapshot = view.snapshot
    for edit in reversed(done):
        snapshot = apply_changes(snapshot, edit.inverse().changes)
    assert facts(snapshot) == facts(start)


LOCKED: dict[str, Callable[[YearView], Edit | None]] = {
    "text": lambda view: edits.set_text(view, rows(view)[0].id, "results", "実績"),
    "title": lambda view: edits.set_text(view, view.items[0].id, "item_title", "新"),
    "block": lambda view: edits.set_block(view, {view.address(rows(view)[0].id, "results"): "実績"}),
    "row": lambda view: edits.add_node(view, view.items[0].id, NodeKind.ROW, 0),
    "item": lambda view: edits.remove_node(view, view.items[0].id),
    "section": lambda view: edits.remove_node(view, section(view).id),
    "row moved in": lambda view: edits.move_node(view, rows(view, 1)[0].id, view.items[0].id, 0),
}


@pytest.mark.parametrize("name", LOCKED)
@pytest.mark.parametrize("year", [2023, 2024])
def test_an_edit_that_changes_a_final_item_is_seen_to_do_so(name: str, year: int, sample_view: YearView) -> None:
    there = sample_view.in_year(year)
    made = work.set_states(there, [there.items[0].id], WorkState.FINAL)
    assert made is not None
    view = YearView(apply_changes(there.snapshot, made.changes), year, there.period_fields)
    edit = LOCKED[name](view)
    assert edit is not None
    assert work.locked_by(edit, view) == (ItemYear(view.items[0].id, year),)


def test_moving_a_final_item_assigning_it_and_commenting_on_it_are_free(sample_view: YearView) -> None:
    view = in_state(sample_view, WorkState.FINAL)
    item = view.items[0].id
    free = [
        edits.move_node(view, item, section(view).id, 1),
        work.set_in_charge(view, [item], work.DEPARTMENT, "総務課"),
        comments.add_comment(
            view, view.address(rows(view)[0].id, "results"), "？", "山田", "2024-06-28T10:00:00+09:00"
        ),
        edits.add_year(view, 2025),
    ]
    for edit in free:
        assert edit is not None
        assert work.locked_by(edit, view) == ()
        assert work.with_states(edit, view) == edit


def test_a_text_is_locked_in_the_years_that_show_it(sample_view: YearView) -> None:
    there = sample_view.in_year(2023)
    made = work.set_states(there, [there.items[0].id], WorkState.FINAL)
    assert made is not None
    view = YearView(apply_changes(there.snapshot, made.changes), 2024, there.period_fields)
    row, item = rows(view)[0].id, view.items[0].id
    assert not work.is_locked(view, view.address(row, "results"))
    assert work.is_locked(view, view.in_year(2023).address(row, "results"))
    assert work.is_locked(view, view.address(item, "item_title"))
    assert not work.is_locked(view, Address(row, "mid_term_plan", 2024))
    assert not work.is_locked(view, Address(ROOT, "procedures", 2023))


def test_a_final_state_is_given_up_for_a_reason_only(sample_view: YearView) -> None:
    view = in_state(sample_view, WorkState.FINAL)
    ids = [view.items[0].id]
    for reason, is_unfounded in (("", True), (" ", True), ("数値の誤り", False)):
        edit = work.set_states(view, ids, WorkState.DRAFTING, reason)
        assert edit is not None
        assert work.unfounded(edit) is is_unfounded
        assert edit.reason == reason
    assert work.set_states(view, ids, WorkState.FINAL) is None


def test_who_is_in_charge_holds_for_later_years_until_somebody_else_is(sample_view: YearView) -> None:
    item = sample_view.items[0].id
    first = after(
        sample_view.in_year(2023), work.set_in_charge(sample_view.in_year(2023), [item], work.ASSIGNEE, "佐藤")
    )
    then = after(first.in_year(2024), work.set_in_charge(first.in_year(2024), [item], work.ASSIGNEE, ""))
    told = [[work.in_charge(view.in_year(year), item, work.ASSIGNEE) for year in (2022, 2023, 2024)]
            for view in (first, then)]  # fmt: skip
    assert told == [["", "佐藤", "佐藤"], ["", "佐藤", ""]]
    assert work.set_in_charge(first.in_year(2024), [item], work.ASSIGNEE, "佐藤") is None


def test_an_edit_that_sets_a_state_itself_keeps_it(sample_view: YearView) -> None:
    view = in_state(sample_view, WorkState.DIVISION_CHECK)
    item = view.items[0].id
    both = edits.joined(
        [edits.set_text(view, item, "self_rating", "A"), work.set_states(view, [item], WorkState.DEPARTMENT_CHECK)],
        Action.SET_STATE, "",
    )  # fmt: skip
    assert both is not None
    assert work.with_states(both, view) == both


def test_removing_an_item_with_a_state_writes_no_state_behind_it(
    sample_snapshot: Snapshot, sample_view: YearView
) -> None:
    view = in_state(sample_view, WorkState.DIVISION_CHECK, 2023).in_year(2023)
    edit = edits.remove_node(view, view.items[0].id)
    whole = work.with_states(edit, view)
    gone = {change.node_id for change in edit.changes if isinstance(change, NodeChange) and change.after is None}
    states_written = [
        change for change in whole.changes if isinstance(change, ValueChange) and change.after is not None
    ]
    assert gone
    assert [change for change in states_written if change.address.node in gone] == []
    assert sample_snapshot.years == (2023, 2024)

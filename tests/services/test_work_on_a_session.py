"""States in a session: they come with the text in one step, go back with it, and a final item refuses every way in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hyoka_desktop.domain import comments, edits, work
from hyoka_desktop.domain.changes import Edit
from hyoka_desktop.domain.report import Address, NodeKind, Snapshot, YearView
from hyoka_desktop.domain.work import WorkState
from hyoka_desktop.errors import InputError
from hyoka_desktop.services import history, progress
from hyoka_desktop.services.session import Session
from hyoka_desktop.store.repository import Repository

Open = Callable[[Path], Repository]
YEAR = 2024


def facts(snapshot: Snapshot) -> tuple[object, ...]:
    return snapshot.tree, snapshot.values, snapshot.years


def item_of(session: Session) -> int:
    return session.view(YEAR).items[0].id


def row_of(session: Session) -> int:
    return session.view(YEAR).children(item_of(session), NodeKind.ROW)[0].id


def state(session: Session) -> WorkState:
    return work.state_of(session.view(YEAR), item_of(session))


def put(session: Session, wanted: WorkState, reason: str = "") -> None:
    session.do(work.set_states(session.view(YEAR), [item_of(session)], wanted, reason))


def test_the_first_text_begins_the_work_and_undo_of_it_ends_it(session: Session, sample_snapshot: Snapshot) -> None:
    session.set_text(YEAR, row_of(session), "results", "実績")
    assert state(session) is WorkState.DRAFTING
    session.undo()
    assert facts(session.snapshot) == facts(sample_snapshot)
    session.redo()
    assert state(session) is WorkState.DRAFTING


def test_typing_on_stays_one_step_though_a_state_came_with_it(session: Session, sample_snapshot: Snapshot) -> None:
    for text in ("実", "実績", "実績は"):
        session.set_text(YEAR, row_of(session), "results", text, "editor", continues=True)
    session.undo()
    assert facts(session.snapshot) == facts(sample_snapshot)


def test_writing_drops_a_check_undo_brings_it_back_and_the_file_holds_both(
    session: Session, sample_file: Path, open_file: Open
) -> None:
    put(session, WorkState.DEPARTMENT_CHECK)
    session.set_text(YEAR, row_of(session), "results", "実績")
    assert state(session) is WorkState.DRAFTING
    session.undo()
    assert state(session) is WorkState.DEPARTMENT_CHECK
    address, wanted = Address(item_of(session), work.WORK_STATE, YEAR), session.snapshot
    session.close()
    repository = open_file(sample_file)
    assert repository.snapshot() == wanted
    assert repository.snapshot().stored(address) == WorkState.DEPARTMENT_CHECK


def both(session: Session) -> Edit | None:
    view = session.view(YEAR)
    return edits.replace_texts(
        session.snapshot,
        {view.address(row, "annual_plan"): (view.text(row, "annual_plan"), "新") for row in all_rows(view)},
    )


def all_rows(view: YearView) -> list[int]:
    return [row.id for item in view.items for row in view.children(item.id, NodeKind.ROW)]


WAYS: dict[str, Callable[[Session], object]] = {
    "a text": lambda session: session.set_text(YEAR, row_of(session), "results", "実績"),
    "a change of plan": lambda session: session.change_plan(YEAR, row_of(session), "mid_term_plan", "新"),
    "a block": lambda session: session.set_block({Address(row_of(session), "results", YEAR): "実績"}, YEAR),
    "a new row": lambda session: session.add_node(YEAR, item_of(session), NodeKind.ROW, 0),
    "a removed row": lambda session: session.remove_node(YEAR, row_of(session)),
    "the removed item": lambda session: session.remove_node(YEAR, item_of(session)),
    "new indicators": lambda session: session.add_branch(
        YEAR, row_of(session), [NodeKind.INDICATOR, NodeKind.ACHIEVEMENT], 0
    ),
    "replacing everywhere": lambda session: session.do(both(session)),
    "a text of the past": lambda session: history.restore(session, {Address(row_of(session), "results", YEAR): "前"}),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_into_a_final_item_is_refused_and_changes_nothing(way: str, session: Session) -> None:
    put(session, WorkState.FINAL)
    before, count = session.snapshot, session.sequence
    with pytest.raises(InputError) as refusal:
        WAYS[way](session)
    assert (refusal.value.code, refusal.value.parameters["item"]) == ("item_locked", "Ⅰ-1")
    assert (session.snapshot, session.sequence) == (before, count)


def test_other_items_are_written_beside_a_final_one(session: Session) -> None:
    put(session, WorkState.FINAL)
    other = session.view(YEAR).items[1].id
    session.set_text(YEAR, other, "self_rating", "D")
    assert work.state_of(session.view(YEAR), other) is WorkState.DRAFTING


def test_undo_goes_back_past_a_final_state(session: Session, sample_snapshot: Snapshot) -> None:
    session.set_text(YEAR, row_of(session), "results", "実績")
    put(session, WorkState.FINAL)
    session.undo()
    session.undo()
    assert facts(session.snapshot) == facts(sample_snapshot)


def test_a_final_item_is_freed_for_a_reason_that_the_log_keeps(session: Session) -> None:
    put(session, WorkState.FINAL)
    with pytest.raises(InputError) as refusal:
        put(session, WorkState.DRAFTING)
    assert refusal.value.code == "unlock_without_reason"
    put(session, WorkState.DRAFTING, "数値の誤り")
    session.set_text(YEAR, row_of(session), "results", "実績")
    told = history.history_of(session, Address(item_of(session), work.WORK_STATE, YEAR)).result()
    assert [(entry.after, entry.command.reason) for entry in told] == [("drafting", "数値の誤り"), ("final", "")]


def test_a_comment_on_a_final_item_is_welcome_and_leaves_its_state(session: Session) -> None:
    put(session, WorkState.FINAL)
    place = Address(row_of(session), "results", YEAR)
    session.do(comments.add_comment(session.view(YEAR), place, "？", "山田", "2024-06-28T10:00:00+09:00"))
    assert state(session) is WorkState.FINAL
    assert len(comments.comments_of(session.view(YEAR))) == 1


def test_who_set_the_state_of_one_item_is_told_as_for_all_of_them(session: Session) -> None:
    items = session.view(2024).items
    progress.set_state(session, 2024, [items[0].id, items[1].id], WorkState.DIVISION_CHECK)
    progress.set_state(session, 2024, [items[1].id], WorkState.DEPARTMENT_CHECK)
    session.undo()
    stamps = progress.stamps_of(session, 2024).result()
    assert len(stamps) == 2
    for item in items:
        assert progress.stamp_of(session, 2024, item.id).result() == stamps.get(item.id)

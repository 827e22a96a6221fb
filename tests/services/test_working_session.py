"""A session: commands with undo and redo by name, drafts, and word of every change."""

from collections.abc import Callable
from pathlib import Path

from hyoka_desktop.domain import edits
from hyoka_desktop.domain.changes import Action, ChangeSet, Origin
from hyoka_desktop.domain.report import ROOT, Address, NodeKind, Snapshot
from hyoka_desktop.services.session import Session
from hyoka_desktop.store.repository import Repository

WAIT = 20.0
FIELD = "procedures"
ADDRESS = Address(ROOT, FIELD, 2024)
Open = Callable[[Path], Repository]


def facts(snapshot: Snapshot) -> tuple[object, ...]:
    return snapshot.tree, snapshot.values, snapshot.years


def text(session: Session, year: int = 2024) -> str:
    return session.view(year).text(ROOT, FIELD)


def test_a_session_begins_with_the_report_as_it_stands(session: Session, sample_snapshot: Snapshot) -> None:
    assert facts(session.snapshot) == facts(sample_snapshot)
    assert (session.form.id, session.newest_year, dict(session.recovered)) == ("iaa-annual", 2024, {})
    assert (session.undoable, session.redoable, session.undo(), session.redo()) == (None, None, None, None)


def test_a_command_shows_at_once_and_is_in_the_file_after_closing(
    session: Session, sample_file: Path, open_file: Open
) -> None:
    changes = session.set_text(2024, ROOT, FIELD, "新しい文", "editor")
    assert changes is not None
    assert (changes.sequence, changes.initiator, changes.addresses) == (2, "editor", {ADDRESS})
    assert text(session) == "新しい文"
    assert session.close() is True
    repository = open_file(sample_file)
    assert repository.snapshot().stored(ADDRESS) == "新しい文"
    assert repository.sequence == 2


def test_undo_and_redo_take_back_and_repeat_step_by_step(session: Session, sample_snapshot: Snapshot) -> None:
    for written in ("一", "二", "三"):
        session.set_text(2024, ROOT, FIELD, written)
    assert [session.undo() and text(session) for _ in range(2)] == ["二", "一"]
    session.undo()
    assert facts(session.snapshot) == facts(sample_snapshot)
    assert session.undo() is None
    assert [session.redo() and text(session) for _ in range(3)] == ["一", "二", "三"]
    assert session.redo() is None


def test_undo_and_redo_tell_what_they_would_do(session: Session) -> None:
    session.set_text(2024, ROOT, FIELD, "文")
    session.do(edits.remove_node(session.view(2024), session.view(2024).items[0].id))
    assert session.undoable is not None
    assert (session.undoable.action, session.undoable.subject) == (Action.REMOVE, "item")
    session.undo()
    assert session.undoable is not None
    assert (session.undoable.action, session.undoable.subject) == (Action.SET_TEXT, FIELD)
    assert session.redoable is not None
    assert (session.redoable.action, session.redoable.subject) == (Action.REMOVE, "item")


def test_a_new_command_ends_what_could_be_repeated(session: Session) -> None:
    session.set_text(2024, ROOT, FIELD, "一")
    session.undo()
    session.set_text(2024, ROOT, FIELD, "別")
    assert session.redoable is None
    assert session.redo() is None
    assert text(session) == "別"


def test_the_file_follows_undo_and_redo_and_logs_them(session: Session, sample_file: Path, open_file: Open) -> None:
    session.set_text(2024, ROOT, FIELD, "一")
    session.do(edits.add_node(session.view(2024), ROOT, NodeKind.SECTION, 0))
    session.undo()
    session.undo()
    session.redo()
    final = session.snapshot
    assert session.close() is True
    repository = open_file(sample_file)
    repository.check_log()
    assert facts(repository.snapshot()) == facts(final)
    rows = repository._db.execute("SELECT origin, reverts FROM command WHERE sequence > 1 ORDER BY sequence").fetchall()
    assert rows == [("do", None), ("do", None), ("undo", 3), ("undo", 2), ("redo", 2)]


def test_what_continues_a_field_joins_its_step(session: Session, sample_snapshot: Snapshot) -> None:
    session.set_text(2024, ROOT, FIELD, "あ")
    session.set_text(2024, ROOT, FIELD, "あい", continues=True)
    session.set_text(2024, ROOT, FIELD, "あいう", continues=True)
    session.undo()
    assert facts(session.snapshot) == facts(sample_snapshot)
    session.redo()
    assert text(session) == "あいう"
    session.undo()
    assert facts(session.snapshot) == facts(sample_snapshot)


def test_what_continues_another_field_or_year_is_a_step_of_its_own(session: Session) -> None:
    session.set_text(2024, ROOT, FIELD, "あ")
    session.set_text(2023, ROOT, FIELD, "い", continues=True)
    session.set_text(2024, ROOT, "other_matters", "う", continues=True)
    session.undo()
    assert (text(session), text(session, 2023)) == ("あ", "い")
    session.undo()
    assert text(session) == "あ"
    assert text(session, 2023) != "い"


def test_what_continues_after_a_change_of_structure_is_a_step_of_its_own(session: Session) -> None:
    session.do(edits.add_node(session.view(2024), ROOT, NodeKind.SECTION, 0))
    sections = len(session.view(2024).children(ROOT, NodeKind.SECTION))
    session.set_text(2024, ROOT, FIELD, "あ", continues=True)
    session.undo()
    assert len(session.view(2024).children(ROOT, NodeKind.SECTION)) == sections


def test_a_command_that_changes_nothing_is_no_step(session: Session) -> None:
    assert session.set_text(2024, ROOT, FIELD, text(session)) is None
    assert session.do(None) is None
    assert session.undoable is None


def test_subscribers_hear_every_change_in_order_until_they_leave(session: Session) -> None:
    heard: list[ChangeSet] = []
    leave = session.subscribe(heard.append)
    session.set_text(2024, ROOT, FIELD, "一", "field")
    session.undo()
    session.redo()
    leave()
    session.set_text(2024, ROOT, FIELD, "二")
    assert [change.origin for change in heard] == [Origin.DO, Origin.UNDO, Origin.REDO]
    assert [change.sequence for change in heard] == [2, 3, 4]
    assert [change.initiator for change in heard] == ["field", "", ""]


def test_a_subscriber_sees_the_report_as_it_is_after_the_change(session: Session) -> None:
    seen: list[str] = []
    session.subscribe(lambda _: seen.append(text(session)))
    session.set_text(2024, ROOT, FIELD, "一")
    assert seen == ["一"]


def test_a_subscriber_may_leave_while_it_is_told(session: Session) -> None:
    told: list[str] = []

    def once(_: ChangeSet) -> None:
        told.append("once")
        leave()

    leave = session.subscribe(once)
    session.subscribe(lambda _: told.append("always"))
    session.set_text(2024, ROOT, FIELD, "一")
    session.set_text(2024, ROOT, FIELD, "二")
    assert told == ["once", "always", "always"]

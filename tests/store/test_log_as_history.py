"""The log read as history: every text ever written is told with who and when, and any past state is proved."""

import random
from pathlib import Path

import pytest

from hyoka_desktop.domain import edits
from hyoka_desktop.domain.changes import Origin
from hyoka_desktop.domain.report import ROOT, Address, NodeKind, Snapshot, YearView
from hyoka_desktop.errors import WorldError
from hyoka_desktop.store.history import TextEntry, beginning_of, history_of_text, search_texts
from hyoka_desktop.store.past import snapshot_after
from hyoka_desktop.store.repository import Repository

FIELD = Address(ROOT, "procedures", 2024)


def view_of(repository: Repository) -> YearView:
    return YearView(repository.snapshot(), 2024, frozenset())


def write(repository: Repository, text: str) -> None:
    edit = edits.set_text(view_of(repository), FIELD.node, FIELD.field, text)
    assert edit is not None
    repository.apply(edit)


def test_the_history_of_a_text_tells_every_writing_newest_first_with_who_and_when(repository: Repository) -> None:
    before = repository.snapshot().stored(FIELD)
    write(repository, "一度目")
    write(repository, "二度目")
    entries = repository.read(lambda db: history_of_text(db, ROOT, "procedures"))
    assert [(entry.before, entry.after) for entry in entries[:2]] == [("一度目", "二度目"), (before, "一度目")]
    newest = entries[0].command
    assert (newest.action, newest.subject, newest.origin) == ("set_text", "procedures", Origin.DO)
    assert newest.sequence == repository.sequence
    assert newest.person
    assert newest.computer
    assert newest.at > entries[1].command.at


def test_a_file_is_known_by_the_first_sixteen_digits_of_its_first_command_however_it_goes_on(
    repository: Repository,
) -> None:
    """They stand in workbooks that were handed out; an anchor has as many."""
    beginning = repository.read(beginning_of)
    assert repository.anchor == f"1-{beginning}"
    write(repository, "一度目")
    assert repository.read(beginning_of) == beginning
    assert repository.anchor != f"2-{beginning}"


def test_a_text_that_was_taken_back_stands_in_the_history_three_times(repository: Repository) -> None:
    write(repository, "一度目")
    done = repository.sequence
    edit = edits.set_text(view_of(repository), ROOT, "procedures", "")
    assert edit is not None
    repository.apply(edit)
    repository.apply(edit.inverse(), origin=Origin.UNDO, reverts=repository.sequence)
    entries = repository.read(lambda db: history_of_text(db, ROOT, "procedures"))[:3]
    assert [(entry.before, entry.after) for entry in entries] == [
        ("", "一度目"),
        ("一度目", ""),
        entries[2].before and (entries[2].before, "一度目"),
    ]
    assert [entry.command.reverts for entry in entries] == [done + 1, None, None]


def test_the_search_finds_who_brought_in_some_words_and_who_took_them_away(repository: Repository) -> None:
    write(repository, "応答率は95％である。")
    write(repository, "応答率は95％である。再掲。")
    write(repository, "率は高い。")

    def fits(entry: TextEntry) -> bool:
        return ("応答率は95" in (entry.before or "")) != ("応答率は95" in (entry.after or ""))

    found = repository.read(lambda db: search_texts(db, fits, 10))
    assert [entry.after for entry in found] == ["率は高い。", "応答率は95％である。"]
    assert len(repository.read(lambda db: search_texts(db, fits, 1))) == 1


def test_a_past_state_is_the_state_that_was(repository: Repository) -> None:
    states: dict[int, Snapshot] = {repository.sequence: repository.snapshot()}
    view = view_of(repository)
    steps = [
        edits.set_text(view, ROOT, "procedures", "新"),
        edits.remove_node(view, view.items[0].id),
        edits.add_year(view, 2025),
    ]
    for edit in steps:
        assert edit is not None
        repository.apply(edit)
        states[repository.sequence] = repository.snapshot()
    for sequence, state in states.items():
        past = snapshot_after(repository, sequence)
        assert (past.tree.nodes, past.values, past.years) == (state.tree.nodes, state.values, state.years)


@pytest.mark.parametrize("seed", range(8))
def test_any_past_state_comes_back_after_any_work(repository: Repository, seed: int) -> None:
    chance = random.Random(seed)
    start, state = repository.sequence, repository.snapshot()
    for _ in range(12):
        view = view_of(repository)
        sections = [section for section in view.sections if view.children(section.id, NodeKind.ITEM)]
        match chance.choice(["text", "add", "remove", "move"]):
            case "text":
                edit = edits.set_text(view, ROOT, "procedures", str(chance.random()))
            case "add":
                edit = edits.add_node(view, sections[0].id, NodeKind.ITEM, chance.randint(0, 3))
            case "remove":
                edit = edits.remove_node(view, chance.choice(view.items).id)
            case _:
                edit = edits.move_node(view, chance.choice(view.items).id, chance.choice(sections).id, 0)
        if edit is not None:
            repository.apply(edit)
    assert repository.sequence > start
    past = snapshot_after(repository, start)
    assert (past.tree.nodes, past.values, past.years) == (state.tree.nodes, state.values, state.years)


def test_a_past_state_that_cannot_be_proved_is_refused(repository: Repository) -> None:
    write(repository, "改ざん前")
    write(repository, "今")
    db = repository._db
    db.execute("UPDATE change SET before = '作り話' WHERE command = ? ", [repository.sequence])
    with pytest.raises(WorldError) as refusal:
        snapshot_after(repository, repository.sequence - 1)
    assert refusal.value.code == "file_log_differs"
    with pytest.raises(WorldError):
        snapshot_after(repository, repository.sequence + 1)


def test_the_past_of_a_damaged_file_is_told_as_damage(repository: Repository, sample_file: Path) -> None:
    repository._db.execute("PRAGMA foreign_keys = OFF")
    repository._db.execute("DROP TABLE command")
    with pytest.raises(WorldError) as refusal:
        repository.read(lambda db: history_of_text(db, ROOT, "procedures"))
    assert refusal.value.code == "file_damaged"

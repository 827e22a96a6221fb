"""The one write path: a command is one transaction, logged, with its drafts."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from hyoka_desktop.domain import edits
from hyoka_desktop.domain.changes import Action, Edit, NodeChange, Origin, ValueChange, apply_changes
from hyoka_desktop.domain.report import ROOT, Address, Node, NodeKind, Snapshot, YearView
from hyoka_desktop.errors import InputError, WorldError
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.repository import FormText, Repository, StaleEditError

Open = Callable[[Path], Repository]
FIELD = Address(ROOT, "procedures", 2024)


@pytest.fixture
def view(sample_view: YearView) -> YearView:
    return sample_view


def facts(snapshot: Snapshot) -> tuple[object, ...]:
    return snapshot.tree, snapshot.values, snapshot.years


def counts(repository: Repository) -> dict[str, int]:
    tables = ("node", "value", "draft", "command", "change")
    return {table: repository._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}


def test_the_file_holds_what_was_imported(repository: Repository, sample_snapshot: Snapshot) -> None:
    assert facts(repository.snapshot()) == facts(sample_snapshot)


def test_a_command_is_written_logged_and_told(repository: Repository, view: YearView, author: Author) -> None:
    edit = edits.set_text(view, ROOT, "procedures", "新しい文")
    changes = repository.apply(edit, initiator="editor")
    assert (changes.sequence, changes.edit, changes.origin, changes.initiator) == (2, edit, Origin.DO, "editor")
    assert repository.snapshot() == apply_changes(view.snapshot, edit.changes)
    command = repository._db.execute("SELECT action, subject, origin, person, computer FROM command").fetchall()[-1]
    assert command == ("set_text", "procedures", "do", author.person, author.computer)
    row = repository._db.execute("SELECT kind, node, field, year, before, after FROM change WHERE command = 2")
    assert row.fetchall() == [("value", ROOT, "procedures", 2024, view.text(ROOT, "procedures"), "新しい文")]


def test_what_was_written_is_there_after_reopening(
    repository: Repository, view: YearView, sample_file: Path, open_file: Open
) -> None:
    edit = edits.add_node(view, ROOT, NodeKind.SECTION, 1, {"section_title": "新しい区分"})
    repository.apply(edit)
    repository.close()
    reopened = open_file(sample_file)
    assert facts(reopened.snapshot()) == facts(apply_changes(view.snapshot, edit.changes))
    assert (reopened.sequence, reopened.check_log()) == (2, None)


class _FailingClock:
    """Fail when the time of a command is asked for: its facts are already in the transaction then."""

    def __init__(self) -> None:
        self.fails = False

    def __call__(self) -> str:
        if self.fails:
            raise OSError(28, "No space left on device")
        return "2024-06-28T12:00:00+09:00"


def test_a_fault_in_the_middle_of_a_command_leaves_nothing_of_it(
    sample_file: Path, author: Author, view: YearView
) -> None:
    clock = _FailingClock()
    repository = Repository.open(sample_file, author, clock)
    try:
        before = counts(repository), repository.snapshot(), repository.anchor
        clock.fails = True
        with pytest.raises(WorldError):
            repository.apply(edits.remove_node(view.in_year(2023), view.items[0].id))
        assert (counts(repository), repository.snapshot(), repository.anchor) == before
        clock.fails = False
        assert repository.apply(edits.set_text(view, ROOT, "procedures", "続き")).sequence == 2
        repository.check_facts()
        repository.check_log()
    finally:
        repository.close()


def test_a_full_disk_in_the_middle_of_a_command_leaves_nothing_of_it(repository: Repository, view: YearView) -> None:
    before = counts(repository), repository.snapshot()
    pages = repository._db.execute("PRAGMA page_count").fetchone()[0]
    repository._db.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(WorldError) as fault:
        repository.apply(edits.set_text(view, ROOT, "procedures", "x" * 100_000))
    assert fault.value.code == "disk_full"
    assert (counts(repository), repository.snapshot()) == before
    repository.check_facts()


@pytest.mark.parametrize(
    "change",
    [
        ValueChange(FIELD, "something else", "x"),
        ValueChange(Address(ROOT, "procedures", 2031), "never written", "x"),
        NodeChange(Node(9, NodeKind.ITEM, 3, 77), Node(9, NodeKind.ITEM, 3, 78)),
        NodeChange(None, Node(ROOT, NodeKind.REPORT, None, 0)),
    ],
)
def test_an_edit_of_something_else_than_the_file_holds_is_refused_whole(
    change: ValueChange | NodeChange, repository: Repository, view: YearView
) -> None:
    before = counts(repository), repository.snapshot()
    first = edits.set_text(view, ROOT, "other_matters", "x").changes
    with pytest.raises(StaleEditError):
        repository.apply(Edit(Action.SET_BLOCK, "", (*first, change)))
    assert (counts(repository), repository.snapshot()) == before


def test_an_edit_that_breaks_the_tree_is_our_fault_and_not_a_damaged_file(
    repository: Repository, view: YearView
) -> None:
    """A WorldError would be tried again for ever."""
    parent = view.items[0]
    with pytest.raises(Exception) as fault:
        repository.apply(Edit(Action.REMOVE, "item", (NodeChange(parent, None),)))
    assert not isinstance(fault.value, WorldError)


def test_a_command_ends_the_drafts_of_its_fields_and_no_others(repository: Repository, view: YearView) -> None:
    other = Address(ROOT, "other_matters", 2024)
    repository.put_drafts({FIELD: "途中", other: "別の途中"})
    repository.apply(edits.set_text(view, ROOT, "procedures", "終わり"))
    assert repository.drafts() == {other: "別の途中"}


def test_a_command_that_fails_keeps_the_drafts_of_its_fields(repository: Repository) -> None:
    repository.put_drafts({FIELD: "途中"})
    with pytest.raises(StaleEditError):
        repository.apply(Edit(Action.SET_BLOCK, "", (ValueChange(FIELD, "wrong", "x"),)))
    assert repository.drafts() == {FIELD: "途中"}


def test_a_newer_draft_replaces_the_older_and_none_drops_it(repository: Repository) -> None:
    repository.put_drafts({FIELD: "一"})
    repository.put_drafts({FIELD: "二"})
    assert repository.drafts() == {FIELD: "二"}
    repository.put_drafts({FIELD: None})
    assert repository.drafts() == {}


def test_an_empty_draft_is_a_draft(repository: Repository) -> None:
    repository.put_drafts({FIELD: ""})
    assert repository.drafts() == {FIELD: ""}


def test_drafts_go_with_their_node_and_none_is_kept_for_a_node_that_is_gone(
    repository: Repository, view: YearView
) -> None:
    item = view.items[0]
    draft = Address(item.id, "results_note", 2023)
    repository.put_drafts({draft: "途中"})
    repository.apply(edits.remove_node(view.in_year(2023), item.id))
    assert repository.drafts() == {}
    repository.put_drafts({draft: "遅れて"})
    assert repository.drafts() == {}


def added_id(edit: Edit) -> int:
    """Tell the id of the one node that an edit adds."""
    (new,) = [change.node_id for change in edit.changes if isinstance(change, NodeChange) and change.before is None]
    return new


def test_the_id_of_a_node_whose_addition_was_undone_is_never_given_again(
    repository: Repository, view: YearView, iaa: FormDefinition, sample_file: Path, open_file: Open
) -> None:
    edit = edits.add_node(view, ROOT, NodeKind.SECTION, 0)
    repository.apply(edit)
    repository.apply(edit.inverse(), origin=Origin.UNDO, reverts=2)
    assert added_id(edit) not in repository.snapshot().tree.nodes
    repository.close()
    snapshot = open_file(sample_file).snapshot()
    again = edits.add_node(YearView(snapshot, 2024, iaa.period_fields), ROOT, NodeKind.SECTION, 0)
    assert added_id(again) > added_id(edit)


def test_undo_is_logged_with_the_command_that_it_takes_back(repository: Repository, view: YearView) -> None:
    edit = edits.set_text(view, ROOT, "procedures", "x")
    repository.apply(edit)
    repository.apply(edit.inverse(), origin=Origin.UNDO, reverts=2)
    assert facts(repository.snapshot()) == facts(view.snapshot)
    rows = repository._db.execute("SELECT sequence, origin, reverts FROM command ORDER BY sequence").fetchall()
    assert rows == [(1, "do", None), (2, "do", None), (3, "undo", 2)]


def test_a_backup_is_a_report_file_of_its_own(
    repository: Repository, view: YearView, tmp_path: Path, open_file: Open
) -> None:
    repository.apply(edits.set_text(view, ROOT, "procedures", "写しに入る文"))
    target = tmp_path / "写し.hyoka"
    repository.backup(target)
    copy = open_file(target)
    copy.check_log()
    assert copy.snapshot() == repository.snapshot()
    assert copy.anchor == repository.anchor
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".part") == []


def test_a_backup_never_overwrites(repository: Repository, tmp_path: Path) -> None:
    (tmp_path / "there.hyoka").write_bytes(b"precious")
    with pytest.raises(InputError):
        repository.backup(tmp_path / "there.hyoka")
    assert (tmp_path / "there.hyoka").read_bytes() == b"precious"


def test_a_backup_that_cannot_be_made_leaves_nothing(repository: Repository, tmp_path: Path) -> None:
    with pytest.raises(WorldError):
        repository.backup(tmp_path / "no-folder" / "copy.hyoka")
    assert not (tmp_path / "no-folder").exists()


def test_a_rest_of_an_earlier_backup_does_not_spoil_the_next(
    repository: Repository, tmp_path: Path, open_file: Open
) -> None:
    (tmp_path / "copy.hyoka.part").write_bytes(b"SQLite format 3\x00 cut off here")
    repository.backup(tmp_path / "copy.hyoka")
    assert open_file(tmp_path / "copy.hyoka").snapshot() == repository.snapshot()


@pytest.mark.parametrize(
    "text",
    ["", "あ" * 100_000, "\ue000\U000f0000", "𠮷", "a'b\"c;--", "\t\n", "{x}%s\\"],
    ids=["empty", "long", "private use", "astral", "quotes", "space", "braces"],
)
def test_a_text_comes_back_as_it_was_written(
    text: str, repository: Repository, view: YearView, sample_file: Path, open_file: Open
) -> None:
    repository.apply(Edit(Action.SET_TEXT, "procedures", (ValueChange(FIELD, view.text(ROOT, "procedures"), text),)))
    repository.close()
    assert open_file(sample_file).snapshot().stored(FIELD) == text


def test_the_form_travels_with_the_file(repository: Repository, carried: FormText) -> None:
    assert repository.form() == carried


def test_deleted_text_leaves_no_trace_in_the_values(repository: Repository, view: YearView, sample_file: Path) -> None:
    secret = "消したい文章はここにあった"
    repository.put_drafts({FIELD: secret})
    repository.put_drafts({FIELD: None})
    repository.close()
    assert secret.encode() not in sample_file.read_bytes()


def test_a_command_that_names_no_initiator_has_none(repository: Repository, view: YearView) -> None:
    assert repository.apply(edits.set_text(view, ROOT, "procedures", "x")).initiator == ""


def test_a_year_is_logged_as_there_after_it_was_added_and_before_it_was_taken_away(
    repository: Repository, view: YearView
) -> None:
    edit = edits.add_year(view, 2025)
    repository.apply(edit)
    assert repository.snapshot().years == (2023, 2024, 2025)
    repository.apply(edit.inverse(), origin=Origin.UNDO, reverts=2)
    assert repository.snapshot().years == (2023, 2024)
    rows = repository._db.execute("SELECT kind, node, field, year, before, after FROM change WHERE command > 1")
    assert rows.fetchall() == [("year", None, None, 2025, None, ""), ("year", None, None, 2025, "", None)]


def test_a_node_is_logged_as_it_was_and_as_it_is(repository: Repository, view: YearView) -> None:
    edit = edits.add_node(view, ROOT, NodeKind.SECTION, 99)
    repository.apply(edit)
    (row,) = repository._db.execute("SELECT kind, node, field, year, before, after FROM change WHERE command = 2")
    assert row[:5] == ("node", added_id(edit), None, None, None)
    place = len(view.snapshot.tree.children(ROOT, NodeKind.SECTION))
    assert json.loads(row[5]) == {
        "id": added_id(edit),
        "kind": "section",
        "parent": ROOT,
        "position": place,
        "first_year": 2024,
        "last_year": None,
    }


def test_a_backup_that_cannot_take_its_name_leaves_no_part(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "held open by another program")

    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(WorldError):
        repository.backup(tmp_path / "copy.hyoka")
    assert sorted(tmp_path.iterdir()) == before

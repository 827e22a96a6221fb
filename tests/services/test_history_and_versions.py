"""History as the window asks for it: restoring is a new entry, and a named version stays what it was."""

import threading
from itertools import count
from pathlib import Path

import pytest

from hyoka_desktop.domain.changes import Action
from hyoka_desktop.domain.report import ROOT, Address, NodeKind
from hyoka_desktop.domain.versions import named_versions
from hyoka_desktop.services import history
from hyoka_desktop.services.comparing import compare
from hyoka_desktop.services.session import Session, open_session

FIELD = Address(ROOT, "procedures", 2024)


def test_restoring_an_earlier_text_is_a_new_entry_that_undo_takes_back(session: Session) -> None:
    first = session.view(2024).text(ROOT, FIELD.field)
    session.set_text(2024, ROOT, FIELD.field, "書き直し")
    entries = history.history_of(session, FIELD).result()
    changes = history.restore(session, {FIELD: entries[0].before})
    assert changes is not None
    assert changes.edit.action is Action.RESTORE
    assert session.view(2024).text(ROOT, FIELD.field) == first
    assert len(history.history_of(session, FIELD).result()) == len(entries) + 1
    session.undo()
    assert session.view(2024).text(ROOT, FIELD.field) == "書き直し"


def test_restoring_what_holds_already_writes_nothing(session: Session) -> None:
    assert history.restore(session, {FIELD: session.snapshot.stored(FIELD)}) is None
    assert history.restore(session, {Address(9999, "procedures", 2024): "消えた行"}) is None


def test_words_are_found_in_the_history_whatever_their_width_and_case(session: Session) -> None:
    session.set_text(2024, ROOT, FIELD.field, "ＡＩの活用は９５％")
    session.set_text(2024, ROOT, FIELD.field, "なし")
    found = history.search_history(session, "ai の活用".replace(" ", "")).result()
    assert [(entry.before, entry.after) for entry in found] == [
        ("ＡＩの活用は９５％", "なし"),
        (found[1].before, "ＡＩの活用は９５％"),
    ]
    assert len(history.search_history(session, "").result()) > len(found)


class _GivenUp(Exception):
    """Say that nobody wants it any more."""


def test_a_search_of_the_history_ends_where_it_is_given_up_and_the_next_one_works(session: Session) -> None:
    session.set_text(2024, ROOT, FIELD.field, "探す言葉")
    looks = count(1)

    def give_up_at_the_tenth_look() -> None:
        if next(looks) >= 10:
            raise _GivenUp

    with pytest.raises(_GivenUp):
        history.found_in_history(session, "どこにもない言葉", give_up_at_the_tenth_look)
    assert next(looks) < 20, "it ended soon after"
    assert [entry.after for entry in history.found_in_history(session, "探す言葉", lambda: None)] == ["探す言葉"]


def test_a_search_is_given_up_also_while_the_file_is_busy(session: Session) -> None:
    release, looks = threading.Event(), count(1)

    def give_up_at_the_second_look() -> None:
        if next(looks) >= 2:
            raise _GivenUp

    busy = session.ask(lambda _: release.wait())
    with pytest.raises(_GivenUp):
        history.found_in_history(session, "言葉", give_up_at_the_second_look)
    release.set()
    assert busy.result() is True


def test_a_named_version_stays_what_it_was_while_the_work_goes_on(session: Session, heard) -> None:
    session.set_text(2024, ROOT, FIELD.field, "提出した文")
    then, anchor = session.snapshot, session.anchor()
    history.name_version(session, "提出版", "主務省へ")
    session.set_text(2024, ROOT, FIELD.field, "提出後の文")
    session.remove_node(2024, session.view(2024).items[0].id)
    (version,) = named_versions(session.snapshot)
    assert (version.name, version.note) == ("提出版", "主務省へ")
    past = history.report_after(session, version.sequence).result()
    assert (past.tree.nodes, past.values, past.years) == (then.tree.nodes, then.values, then.years)
    copy = history.copy_for_version(session, version).open(heard)
    assert copy.view(2024).text(ROOT, FIELD.field) == "提出した文"
    assert (copy.version, copy.anchor(), copy.recovered) == ("提出版", anchor, {})
    assert copy.copied_at is not None
    assert copy.close()


def test_a_version_is_there_after_opening_anew_and_undo_takes_its_name_away(session: Session, heard) -> None:
    history.name_version(session, "提出版", "")
    session.undo()
    assert named_versions(session.snapshot) == ()
    session.redo()
    path: Path = session.path
    assert session.close()
    again = open_session(path, heard)
    assert [version.name for version in named_versions(again.snapshot)] == ["提出版"]
    assert again.close()


def test_what_a_version_copy_leaves_behind_is_nothing(session: Session, heard) -> None:
    history.name_version(session, "提出版", "")
    copy = history.copy_for_version(session, named_versions(session.snapshot)[0])
    folder = Path(copy.folder.name)
    assert copy.open(heard).close()
    assert not folder.exists()


def test_two_states_are_compared_text_by_text_in_the_order_of_the_document(session: Session) -> None:
    before = session.snapshot
    view = session.view(2024)
    late, early = view.items[3].id, view.items[1].id
    session.set_text(2024, late, "difficulty_reason", "後の項目")
    session.set_text(2024, early, "difficulty_reason", "前の項目")
    gone = view.children(view.items[2].id, NodeKind.ROW)[0]
    session.remove_node(2024, gone.id)
    new = session.add_section(2024)
    history.name_version(session, "数えない", "")
    found = compare(before, session.snapshot)
    assert [
        difference.address.node for difference in found.texts if difference.address.field == "difficulty_reason"
    ] == [
        early,
        late,
    ]
    assert [node.id for node in found.added] == [new]
    assert not found.is_empty
    assert compare(before, before).is_empty

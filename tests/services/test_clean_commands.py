"""No command brings a text into the file that no document could hold, whoever made it; what was cleaned is told."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hyoka_desktop.domain import work
from hyoka_desktop.domain.changes import ChangeSet
from hyoka_desktop.domain.report import ROOT, Address, NodeKind
from hyoka_desktop.domain.work import WorkState
from hyoka_desktop.services import commenting, drafts, history, progress, search
from hyoka_desktop.services.session import Session, open_session
from hyoka_desktop.store.repository import Repository
from hyoka_desktop.text.normaliser import normalise

BAD = "甲\ud800\x00\x01\u202e\ufffe乙\u2028丙"
TOLD = {"line_end": 1, "control": 2, "noncharacter": 1, "surrogate": 1, "direction": 1}
YEAR = 2024


def _item(session: Session) -> int:
    return session.view(YEAR).items[0].id


def _place(session: Session) -> Address:
    return Address(_item(session), "item_title", YEAR)


def _replace_all(session: Session, query: search.Query) -> ChangeSet | None:
    hits = search.search(session.form, session.snapshot, query)
    assert hits
    return session.do(search.replacement(session.snapshot, hits[:1]))


def _free(session: Session) -> ChangeSet | None:
    progress.set_state(session, YEAR, [_item(session)], WorkState.FINAL)
    return progress.set_state(session, YEAR, [_item(session)], WorkState.DRAFTING, BAD)


def _rename(session: Session) -> ChangeSet | None:
    history.name_version(session, "初版", "")
    (version,) = history.versions.named_versions(session.snapshot)
    return history.rename_version(session, version, "初版", BAD)


def _rewrite(session: Session) -> ChangeSet | None:
    commenting.add_comment(session, YEAR, _place(session), "前")
    (comment,) = commenting.comments.comments_of(session.view(YEAR))
    return commenting.rewrite(session, YEAR, comment, comment.remark, BAD)


def _add(session: Session) -> ChangeSet | None:
    heard: list[ChangeSet] = []
    session.subscribe(heard.append)
    session.add_node(YEAR, _item(session), NodeKind.ROW, 0, {"results": BAD})
    return heard[0]


COMMANDS: dict[str, Callable[[Session], ChangeSet | None]] = {
    "a text": lambda session: session.set_text(YEAR, ROOT, "procedures", BAD),
    "a text of one line": lambda session: session.set_text(YEAR, _item(session), "item_title", BAD),
    "a plan": lambda session: session.change_plan(YEAR, _item(session), "item_title", BAD),
    "a block": lambda session: session.set_block({Address(ROOT, "procedures", YEAR): BAD}, YEAR),
    "a new row": _add,
    "replace all": lambda session: _replace_all(session, search.Query("港湾", BAD)),
    "the name of a version": lambda session: history.name_version(session, BAD, ""),
    "the note of a version": lambda session: history.name_version(session, "初版", BAD),
    "another note of a version": _rename,
    "a comment": lambda session: commenting.add_comment(session, YEAR, _place(session), BAD),
    "a comment in other words": _rewrite,
    "a reason": _free,
    "what was restored": lambda session: history.restore(session, {Address(ROOT, "procedures", YEAR): BAD}),
}


@pytest.fixture
def texts_of(sample_file: Path, open_file: Callable[[Path], Repository]) -> Callable[[], Iterator[str]]:
    """Tell every text of the file and of its log."""

    def texts() -> Iterator[str]:
        repository = open_file(sample_file)
        tables = [row[0] for row in repository._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in repository._db.execute(f'SELECT * FROM "{table}"'):
                yield from (value for value in row if isinstance(value, str))

    return texts


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_cleaned_and_tells_what_was(
    name: str, session: Session, texts_of: Callable[[], Iterator[str]]
) -> None:
    changes = COMMANDS[name](session)
    assert changes is not None
    assert dict(changes.cleaned) == TOLD
    assert session.flush(), "the store writes it"
    session.close()
    kept = list(texts_of())
    assert [text for text in kept if normalise(text).changed] == []
    assert any("甲\ufffd␦乙" in text for text in kept), "what could be kept is kept"


def test_a_department_is_cleaned_and_has_one_line(session: Session) -> None:
    changes = progress.set_in_charge(session, YEAR, [_item(session)], work.DEPARTMENT, BAD)
    assert changes is not None
    assert changes.cleaned["surrogate"] == 1
    assert work.in_charge(session.view(YEAR), _item(session), work.DEPARTMENT) == "甲\ufffd␦乙 丙"


def test_a_replacement_by_a_pattern_breaks_no_field_of_one_line(session: Session) -> None:
    session.set_text(YEAR, _item(session), "item_title", "二行にする題")
    _replace_all(session, search.Query("に(する)題", r"\n\1", is_regex=True))
    assert session.view(YEAR).text(_item(session), "item_title") == "二行 する"


def test_a_clean_command_tells_of_nothing(session: Session) -> None:
    changes = session.set_text(YEAR, ROOT, "procedures", "清い文\n二行目")
    assert changes is not None
    assert changes.cleaned == {}


def test_what_is_clean_already_when_it_was_cleaned_is_no_command(session: Session) -> None:
    session.set_text(YEAR, ROOT, "procedures", "清い文")
    before = session.sequence
    assert session.set_block({Address(ROOT, "procedures", YEAR): "清い\x01文"}, YEAR) is None
    assert (
        session.change_plan(
            YEAR, _item(session), "item_title", session.view(YEAR).text(_item(session), "item_title") + "\x01"
        )
        is None
    )
    assert session.sequence == before


def test_a_draft_that_was_set_aside_comes_back_clean(session: Session, sample_file: Path, heard: Any) -> None:
    session.put_draft(Address(ROOT, "procedures", YEAR), BAD)
    session.close()
    again = open_session(sample_file, heard)
    (draft,) = drafts.offered(again)
    assert draft.text == normalise(BAD).text
    drafts.set_aside(again, [draft])
    again.close()
    last = open_session(sample_file, heard)
    assert [draft.text for draft in drafts.offered(last)] == [normalise(BAD).text]
    assert drafts.take_in(last, YEAR, drafts.offered(last)) == ()
    assert last.view(YEAR).text(ROOT, "procedures") == normalise(BAD).text
    last.close()

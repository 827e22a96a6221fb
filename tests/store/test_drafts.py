"""What is on the screen is kept with a hash: a draft that is not as it was written is told apart, and harms no fact."""

import contextlib
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from hyoka_desktop.domain.draftkeys import aside_key, comment_key
from hyoka_desktop.domain.report import ROOT, Address
from hyoka_desktop.store.carving import carve
from hyoka_desktop.store.drafts import KeptDraft, doubted_among
from hyoka_desktop.store.hashing import draft_hash, value_hash
from hyoka_desktop.store.readings import readings_of
from hyoka_desktop.store.remains import FoundDraft, remains_of
from hyoka_desktop.store.repository import Repository

Open = Callable[[Path], Repository]
RELEASED = Path(__file__).parent / "released"
FIELD = Address(ROOT, "procedures", 2024)
OTHER = Address(ROOT, "other_matters", 2024)
TEXT = "書きかけの文章"
ODD_TEXT = "UPDATE draft SET text = CAST(x'e69b' AS TEXT) WHERE field = 'procedures'"
"""Half a character, as a single wrong byte leaves it."""


@pytest.fixture
def kept(repository: Repository) -> Path:
    """Tell a file with two drafts."""
    repository.put_drafts({FIELD: TEXT, OTHER: "別の文章"})
    repository.close()
    return repository.path


def tamper(path: Path, *statements: str) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_drafts_are_proved_as_they_were_written(kept: Path, open_file: Open) -> None:
    assert open_file(kept).kept_drafts() == (
        KeptDraft(FIELD, TEXT, is_proved=True),
        KeptDraft(OTHER, "別の文章", is_proved=True),
    )


@pytest.mark.parametrize(
    "change",
    [
        "text = '書きかけの文書'",
        "text = ''",
        "text = text || char(0)",
        "field = 'results'",
        "node = (SELECT max(id) FROM node)",
        "year = 2023",
        "at = '2030-01-01T00:00:00+09:00'",
        "hash = zeroblob(16)",
        "hash = x''",
        "hash = (SELECT hash FROM draft WHERE field = 'other_matters')",
        "text = CAST(x'e69b' AS TEXT)",
        "field = CAST(x'70ff' AS TEXT)",
        "at = CAST(x'ff' AS TEXT)",
    ],
)
def test_a_draft_that_is_not_as_it_was_written_is_told_and_the_file_opens(
    change: str, kept: Path, open_file: Open
) -> None:
    tamper(kept, f"UPDATE draft SET {change} WHERE field = 'procedures'")
    repository = open_file(kept)
    repository.check_log()
    drafts = repository.kept_drafts()
    assert sorted(draft.is_proved for draft in drafts) == [False, True]
    assert {draft.address for draft in drafts} - doubted_among(drafts) == {OTHER}
    assert repository.drafts()[OTHER] == "別の文章"


def test_what_is_written_again_is_proved_again(kept: Path, open_file: Open) -> None:
    tamper(kept, ODD_TEXT)
    repository = open_file(kept)
    repository.put_drafts({FIELD: "新しい文章"})
    assert doubted_among(repository.kept_drafts()) == frozenset()


def test_the_hash_of_a_draft_never_stands_for_a_value(kept: Path) -> None:
    assert draft_hash(FIELD, TEXT, "") != value_hash(FIELD, TEXT)
    tamper(kept, "INSERT INTO value SELECT node, field, 1999, text, hash FROM draft")
    (remains,) = readings_of(kept)
    assert {FIELD._replace(year=1999), OTHER._replace(year=1999)} <= remains.wrong.keys()


def test_drafts_are_read_out_of_a_damaged_file_with_their_proof(kept: Path) -> None:
    tamper(kept, "UPDATE draft SET text = '書きかけの文書' WHERE field = 'procedures'")
    remains = remains_of(carve(kept.read_bytes()))
    told = {address: [(one.is_proved, one.text) for one in found] for address, found in remains.drafts.items()}
    assert told == {FIELD: [(False, "書きかけの文書")], OTHER: [(True, "別の文章")]}


def test_a_draft_that_is_proved_goes_before_a_newer_one_that_is_not() -> None:
    assert max(FoundDraft(True, "2024", "正"), FoundDraft(False, "2025", "誤")).text == "正"


def test_nothing_proves_the_drafts_of_a_damaged_file_of_an_older_schema(tmp_path: Path) -> None:
    (remains,) = readings_of(Path(shutil.copy(RELEASED / "v3.hyoka", tmp_path / "old.hyoka")))
    assert len(remains.drafts) == 5
    assert not any(one.is_proved for found in remains.drafts.values() for one in found)


def test_drafts_of_an_older_schema_are_brought_up_as_they_stand(tmp_path: Path, open_file: Open) -> None:
    path = Path(shutil.copy(RELEASED / "v3.hyoka", tmp_path / "old.hyoka"))
    with contextlib.closing(sqlite3.connect(path)) as connection:
        before = connection.execute("SELECT node, field, year, text FROM draft ORDER BY at, rowid").fetchall()
    drafts = open_file(path).kept_drafts()
    assert [(*draft.address, draft.text) for draft in drafts] == before
    assert all(draft.is_proved for draft in drafts)
    texts = {draft.address: draft.text for draft in drafts}
    field = next(address for address in texts if address.field == "results")
    assert {aside_key(field, ()), comment_key(field), field} <= texts.keys()


def test_an_old_draft_that_is_no_text_any_more_is_brought_up_unproved(tmp_path: Path, open_file: Open) -> None:
    path = Path(shutil.copy(RELEASED / "v1.hyoka", tmp_path / "old.hyoka"))
    tamper(path, ODD_TEXT)
    (draft,) = open_file(path).kept_drafts()
    assert (draft.address, draft.text, draft.is_proved) == (Address(ROOT, "procedures", 2023), "\ufffd", False)

"""A damaged file is read with the command under way taken back, and as it lies: either may be the right way."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from hyoka_desktop.domain.report import ROOT, Address
from hyoka_desktop.store.journals import journal_of
from hyoka_desktop.store.readings import identity_in, readings_of
from hyoka_desktop.store.remains import Head, Remains
from hyoka_desktop.store.repository import Repository
from hyoka_desktop.store.salvage import salvage

FIELD = Address(ROOT, "procedures", 2024)


@pytest.fixture
def torn(sample_file: Path) -> Path:
    """Tell a copy of a file as a kill leaves it amid a command, with its journal."""
    torn = sample_file.with_name("torn.hyoka")
    with closing(sqlite3.connect(sample_file, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 2")
        connection.execute("BEGIN")
        connection.execute("UPDATE value SET text = text || 'x'")
        torn.write_bytes(sample_file.read_bytes())
        journal_of(torn).write_bytes(journal_of(sample_file).read_bytes())
        connection.execute("ROLLBACK")
    return torn


def test_a_command_under_way_is_taken_back_by_the_journal(torn: Path, sample_file: Path) -> None:
    content, journal = torn.read_bytes(), journal_of(torn).read_bytes()
    (sound,) = readings_of(sample_file)
    taken_back, as_it_lies = readings_of(torn)
    assert (taken_back.texts, taken_back.wrong) == (sound.texts, {})
    assert as_it_lies.wrong, "the command had come some way"
    assert salvage(torn, [taken_back, as_it_lies]).is_whole
    assert (torn.read_bytes(), journal_of(torn).read_bytes()) == (content, journal)


def test_a_file_that_sqlite_cannot_open_is_read_as_it_lies_beside_a_journal(torn: Path) -> None:
    torn.write_bytes(bytes(100) + torn.read_bytes()[100:])
    journal_of(torn).write_bytes(b"x" * 1000)
    taken_back, as_it_lies = readings_of(torn)
    assert taken_back == as_it_lies
    assert as_it_lies.commands


def test_a_report_is_known_by_its_first_command_as_the_file_lies(sample_file: Path, repository: Repository) -> None:
    sequence, start = repository.anchor.split("-")
    assert sequence == "1"
    repository.close()
    (remains,) = readings_of(sample_file)
    foreign = Remains(commands={1: (remains.commands[1][0], Head(1, bytes(32), "0"))})
    assert identity_in([remains]) == start
    assert identity_in([foreign, remains]) == start, "a journal may be of another file"
    assert identity_in([Remains()]) is None

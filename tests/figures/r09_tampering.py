"""R9: how many files that somebody rewrote, all hashes mended, are told from the true one by a printed anchor."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

from hyoka_desktop.domain import edits
from hyoka_desktop.domain.report import ROOT, Address, Node, NodeKind, Snapshot, Tree, YearView
from hyoka_desktop.errors import HyokaError
from hyoka_desktop.services import reports
from hyoka_desktop.store.hashing import EMPTY_CHAIN, FactSum, link, value_hash
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.remains import change_of
from hyoka_desktop.store.repository import Repository
from tests.figures.figure import Result, Size

TITLE: Final = "tampering found with the anchor"
TARGET: Final = "800 of 800 tamperings found"
_COMMANDS: Final = 5
_COLUMNS: Final = "sequence, action, subject, origin, reverts, person, computer, at, reason"


def run(size: Size, folder: Path) -> Result:
    """Rewrite files with every hash mended; look for the anchor of each of their states."""
    return _count(size.pick(40, 800), folder, lambda path, anchor: reports.find_anchor(path, anchor) is not None)


def control(size: Size, folder: Path) -> Result:
    """Look at such files without an anchor."""
    return _count(size.pick(40, 100), folder, lambda path, _: bool(reports.verify_report(path)))


def _count(tamperings: int, folder: Path, passes: Callable[[Path, str], bool]) -> Result:
    original = folder / "sample.hyoka"
    anchor = _make(original)
    good = original.read_bytes()
    draw = random.Random(9)
    found = 0
    for number in range(tamperings):
        path = folder / f"tampered-{number}.hyoka"
        path.write_bytes(good)
        _tamper(path, draw, number)
        try:
            found += not passes(path, anchor)
        except HyokaError:
            found += 1
        path.unlink()
    still_good = reports.find_anchor(original, anchor) is not None
    return Result(f"{found:,} of {tamperings:,} tamperings found", met=found == tamperings and still_good)


def _make(path: Path) -> str:
    reports.make_sample(path)
    repository = Repository.open(path, Author("評価 太郎", "PC-01"), lambda: "2024-06-28T09:00:00+09:00")
    with closing(repository):
        for number in range(_COMMANDS):
            view = YearView(repository.snapshot(), 2024, frozenset())
            edit = edits.set_text(view, ROOT, "procedures", f"{number}回目の文章")
            assert edit is not None, "each text is another one"
            repository.apply(edit)
        return repository.anchor


def _tamper(path: Path, draw: random.Random, number: int) -> None:
    with closing(sqlite3.connect(path)) as connection:
        command = draw.randrange(1, _COMMANDS + 2)
        match number % 5:
            case 0:
                _rewrite_text(connection, draw)
            case 1:
                connection.execute("UPDATE command SET person = ? WHERE sequence = ?", [f"別人{number}", command])
            case 2:
                moved = f"2023-01-01T00:{number % 60:02}:00+09:00"
                connection.execute("UPDATE command SET at = ? WHERE sequence = ?", [moved, command])
            case 3:
                _take_back_last(connection)
            case 4:
                year = draw.choice((2020, 2021, 2031))
                connection.execute("INSERT INTO report_year VALUES (?)", [year])
                row = (1, 100_000, "year", None, None, year, None, "")
                connection.execute("INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
                _close_up(connection)
        _mend(connection)
        connection.commit()


def _rewrite_text(connection: sqlite3.Connection, draw: random.Random) -> None:
    """Write another text into the tables and into the command that wrote it, as if it had always been so."""
    rows = connection.execute("SELECT node, field, year, text FROM value").fetchall()
    node, field, year, text = draw.choice(rows)
    forged = f"{text}{draw.randrange(1000)}"
    key = [node, field, year]
    hashed = value_hash(Address(node, field, year), forged)
    where = "node = ? AND field = ? AND year = ?"
    connection.execute(f"UPDATE value SET text = ?, hash = ? WHERE {where}", [forged, hashed, *key])
    newest = f"SELECT max(command) FROM change WHERE {where}"
    connection.execute(f"UPDATE change SET after = ? WHERE {where} AND command = ({newest})", [forged, *key, *key])


def _take_back_last(connection: sqlite3.Connection) -> None:
    last, text = connection.execute("SELECT command, before FROM change ORDER BY command DESC LIMIT 1").fetchone()
    hashed = value_hash(Address(ROOT, "procedures", 2024), text)
    where = "node = 1 AND field = 'procedures' AND year = 2024"
    connection.execute(f"UPDATE value SET text = ?, hash = ? WHERE {where}", [text, hashed])
    connection.execute("DELETE FROM change WHERE command = ?", [last])
    connection.execute("DELETE FROM command WHERE sequence = ?", [last])


def _close_up(connection: sqlite3.Connection) -> None:
    """Give the changes of the first command places without a gap."""
    (count,) = connection.execute("SELECT count(*) FROM change WHERE command = 1").fetchone()
    connection.execute("UPDATE change SET ordinal = ? WHERE command = 1 AND ordinal = 100000", [count - 1])


def _mend(connection: sqlite3.Connection) -> None:
    """Work out every sum and every link anew, as somebody would who knows this program."""
    (form,) = connection.execute("SELECT sha256 FROM form").fetchone()
    empty = Snapshot(Tree({ROOT: Node(ROOT, NodeKind.REPORT, None, 0)}), {}, (), ROOT + 1)
    chain, facts = EMPTY_CHAIN, FactSum.of(empty, form)
    for command in connection.execute(f"SELECT {_COLUMNS} FROM command ORDER BY sequence").fetchall():
        query = "SELECT kind, node, field, year, before, after FROM change WHERE command = ? ORDER BY ordinal"
        changes = connection.execute(query, [command[0]]).fetchall()
        facts = facts.changed(change for row in changes if (change := change_of(tuple(row))) is not None)
        chain = link(chain, command, changes, str(facts))
        update = "UPDATE command SET facts = ?, chain = ? WHERE sequence = ?"
        connection.execute(update, [str(facts), chain, command[0]])
    connection.execute(
        "UPDATE head SET facts = ?, chain = ?, sequence = (SELECT max(sequence) FROM command)", [str(facts), chain]
    )

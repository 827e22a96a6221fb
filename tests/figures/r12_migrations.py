"""R12: whether files of every released schema are brought up with the same content, wherever the program is killed.

`tests/store/released` holds a file of each released schema, made by the program of that time: drafts, an undone
command, nodes that were removed, two years; comments and versions since the second, handouts since the third. While it
is brought up, what a killed program would leave (the bytes of the file and of its journal) is taken at each statement
and at each write. Each of these must be exactly one released schema, and be brought up to the same content when it is
opened again.
"""

import contextlib
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from unittest.mock import patch

from sqlite_utils import Database

from hyoka_desktop.domain.report import Address
from hyoka_desktop.errors import HyokaError
from hyoka_desktop.store import opening, schema
from hyoka_desktop.store.engine import sqlite3
from hyoka_desktop.store.hashing import FactSum
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.repository import Repository
from tests.figures.disk import watched
from tests.figures.figure import CannotRunHere, Result, Size

TITLE: Final = "released schemas brought up"
TARGET: Final = "same content hash and drafts for each; killed at every statement always exactly one schema"
RELEASED: Final = Path(__file__).resolve().parents[1] / "store" / "released"
CONTENT: Final[Mapping[str, tuple[str, str]]] = {
    "v1": ("f3778d760111f4f3cf7c3d3bf3735955", "18-50b57b79dfffe62e"),
    "v2": ("18721fe0faf625291ea935f996bc1fa2", "27-5ae2e65b0f0bc5af"),
    "v3": ("9ff1060e6fba0667a60693597b4c915c", "36-4abbf053e465deec"),
}
"""The sum of facts and the anchor of each stored file, as the program that made it told them."""
_DRAFTS: Final = "SELECT node, field, year, text FROM draft ORDER BY at, rowid"
_NAME: Final = "report.hyoka"
_SCHEMA: Final = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite%' ORDER BY name"


_Drafts = tuple[tuple[Address, str], ...]


@dataclass(frozen=True, slots=True)
class _Left:
    """What a killed program leaves: the bytes of each file in the folder and below, by its path there."""

    files: Mapping[str, bytes]


def run(size: Size, folder: Path) -> Result:
    """Bring each released file up as the product does; both sizes try every statement and every write."""
    return _count(folder)


def control(size: Size, folder: Path) -> Result:
    """Bring it up without one transaction around."""
    with patch.object(opening, "_bring_up", _without_transaction):
        return _count(folder)


def _count(folder: Path) -> Result:
    other_content = neither = moments = 0
    lacking = {f"v{number}" for number in range(1, schema.SCHEMA_VERSION)} - {p.stem for p in RELEASED.glob("*.hyoka")}
    for path in sorted(RELEASED.glob("*.hyoka")):
        place = folder / path.stem
        place.mkdir()
        old, content = _schema_of(path), (*CONTENT[path.stem], _drafts_of(path))
        left = _left_behind(path, place)
        moments += len(left)
        known = {old, _schema_of(place / _NAME)}
        other_content += _content(place / _NAME) != content
        for one in left:
            again = _put(one, folder / "again")
            neither += _schema_of(again) not in known
            other_content += _content(_put(one, folder / "again")) != content
    found = (
        f"{moments} kills: {neither} files of no schema, {other_content} of other content, {len(lacking)} schemas lack"
    )
    return Result(found, met=neither == other_content == 0 and not lacking)


def _left_behind(released: Path, folder: Path) -> list[_Left]:
    """Bring a copy up; give what a killed program would leave at each statement and write of it."""
    path = Path(shutil.copy(released, folder / _NAME))
    left: list[_Left] = []

    def take(*_: object) -> None:
        found = (one for one in folder.rglob("*") if one.is_file() and one.suffix != ".lock")
        files = {str(one.relative_to(folder)): one.read_bytes() for one in found}
        if not left or left[-1].files != files:
            left.append(_Left(files))

    with _each_statement(take), _each_write(take):
        _opened(path).close()
    return left


@contextlib.contextmanager
def _each_statement(take: Callable[..., None]) -> Iterator[None]:
    set_pragmas = opening._set_pragmas

    def traced(db: Database, path: Path) -> None:
        db.conn.set_trace_callback(take)
        set_pragmas(db, path)

    with patch.object(opening, "_set_pragmas", traced):
        yield


@contextlib.contextmanager
def _each_write(take: Callable[..., None]) -> Iterator[None]:
    """Look at each write too, where SQLite lets us stand between."""
    try:
        with watched(_Taker(take)):
            yield
    except CannotRunHere as reason:
        sys.stderr.write(f"only statements are tried: {reason}\n")
        yield


class _Taker:
    """Take what is left at whatever SQLite does to a file."""

    def __init__(self, take: Callable[..., None]) -> None:
        self.write = self.truncate = self.flush = self.delete = take


def _without_transaction(db: Database) -> None:
    db.execute("PRAGMA foreign_keys = OFF")
    for statement in schema._M003:
        db.execute(statement)
    schema.migrate(db)
    db.execute("PRAGMA foreign_keys = ON")


def _put(left: _Left, folder: Path) -> Path:
    """Lay out what a killed program left."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in left.files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    return folder / _NAME


def _schema_of(path: Path) -> tuple[object, ...]:
    """Tell version and tables as SQLite sees them, which takes back what a journal holds."""
    with contextlib.closing(sqlite3.connect(str(path))) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()
        return (*version, *connection.execute(_SCHEMA).fetchall())


def _drafts_of(path: Path) -> _Drafts:
    """Tell the drafts of a file as they lie in it."""
    with contextlib.closing(sqlite3.connect(str(path))) as connection:
        return tuple((Address(*row[:3]), row[3]) for row in connection.execute(_DRAFTS))


def _content(path: Path) -> tuple[str, str, _Drafts] | None:
    """Open a file by the product's protocol; tell the sum of its facts, worked out anew, its anchor, its drafts."""
    try:
        repository = _opened(path)
    except (HyokaError, sqlite3.Error):
        return None
    try:
        repository.check_log()
        drafts = tuple((draft.address, draft.text) for draft in repository.kept_drafts() if draft.is_proved)
        return str(FactSum.of(repository.snapshot(), repository.form().sha256)), repository.anchor, drafts
    finally:
        repository.close()


def _opened(path: Path) -> Repository:
    return Repository.open(path, Author("", ""), lambda: "")

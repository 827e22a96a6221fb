"""Opening a report file: what is refused stays byte for byte as it was, and what is opened is set up safely."""

import contextlib
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database
from unfinished_commits import write_unfinished

from hyoka_desktop.errors import Blame, HyokaError, InputError, WorldError
from hyoka_desktop.messages.errors import message_of
from hyoka_desktop.store import engine
from hyoka_desktop.store.faults import world_errors
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.opening import connect, read_header
from hyoka_desktop.store.repository import FormText, Repository
from hyoka_desktop.store.schema import APPLICATION_ID, SCHEMA_VERSION, fingerprint, migrations

Open = Callable[[Path], Repository]
RELEASED = Path(__file__).parent / "released"
TABLES = {"form", "report_year", "node", "value", "draft", "command", "change", "head"}


def refusal_of(path: Path, open_file: Open) -> HyokaError:
    """Open a file that must be refused; it and its folder may not change."""
    before = path.read_bytes()
    beside = sorted(path.parent.iterdir())
    with pytest.raises(HyokaError) as refusal:
        open_file(path)
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == beside
    message_of(refusal.value)
    return refusal.value


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"x", "file_not_ours"),
        (b"PK\x03\x04" + bytes(200), "file_not_ours"),
        (b"%PDF-1.7\n" + bytes(200), "file_not_ours"),
        (b"SQLite format 3\x00", "file_not_ours"),
        (b"SQLite format 3\x00" + bytes(200), "file_not_ours"),
    ],
    ids=["empty", "one byte", "zip", "pdf", "cut", "nothing but the magic"],
)
def test_a_file_that_is_not_ours_is_refused_untouched(
    content: bytes, code: str, tmp_path: Path, open_file: Open
) -> None:
    (tmp_path / "other.hyoka").write_bytes(content)
    refusal = refusal_of(tmp_path / "other.hyoka", open_file)
    assert (refusal.code, refusal.blame) == (code, Blame.INPUT)


def test_a_database_of_another_program_is_refused_untouched(tmp_path: Path, open_file: Open) -> None:
    other = sqlite3.connect(tmp_path / "other.hyoka")
    other.execute("CREATE TABLE node (id INTEGER)")
    other.close()
    assert refusal_of(tmp_path / "other.hyoka", open_file).code == "file_not_ours"


def test_a_file_that_bears_our_number_but_is_no_database_is_refused_untouched(
    sample_file: Path, open_file: Open
) -> None:
    _patch(sample_file, 0, b"SQLite format 2")
    assert refusal_of(sample_file, open_file).code == "file_not_ours"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("unable to open database file", "file_unreachable"),
        ("disk I/O error", "file_unreachable"),
        ("database is locked", "file_locked"),
        ("database table is locked", "file_locked"),
        ("database or disk is full", "disk_full"),
        ("attempt to write a readonly database", "file_read_only"),
        ("database disk image is malformed", "file_damaged"),
        ("file is not a database", "file_damaged"),
    ],
)
def test_what_sqlite_says_becomes_a_fault_that_a_person_can_mend(said: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(WorldError) as fault, world_errors(tmp_path / "x.hyoka"):
        raise engine.sqlite3.OperationalError(said)
    assert fault.value.code == code
    message_of(fault.value)


@pytest.mark.parametrize("version", [SCHEMA_VERSION + 1, 0x7FFFFFFF, 0xFFFFFFFF])
def test_a_newer_file_is_refused_byte_identical(version: int, sample_file: Path, open_file: Open) -> None:
    _patch(sample_file, 60, struct.pack(">I", version))
    refusal = refusal_of(sample_file, open_file)
    assert (refusal.code, refusal.parameters["version"]) == ("file_newer", version)


@pytest.mark.parametrize("length", [100, 4096, 5000, -4096, -1])
def test_a_file_that_was_cut_off_is_refused_untouched(length: int, sample_file: Path, open_file: Open) -> None:
    sample_file.write_bytes(sample_file.read_bytes()[:length])
    assert isinstance(refusal_of(sample_file, open_file), WorldError)


def test_a_file_that_was_to_grow_when_the_program_was_killed_is_mended(
    repository: Repository, sample_file: Path, open_file: Open
) -> None:
    """The header tells the new size before the new pages are there; the journal takes it back."""
    anchor = repository.anchor
    unfinished = write_unfinished(repository, "文" * 5000)
    repository.close()
    grown = unfinished.mixed({0})
    assert len(grown) < len(unfinished.after)
    sample_file.write_bytes(grown)
    assert refusal_of(sample_file, open_file).code == "file_damaged"
    sample_file.with_name("sample.hyoka-journal").write_bytes(unfinished.journal)
    mended = open_file(sample_file)
    mended.check_log()
    assert mended.anchor == anchor


def test_a_file_with_an_altered_table_is_refused(sample_file: Path, open_file: Open) -> None:
    other = sqlite3.connect(sample_file)
    other.execute("ALTER TABLE value ADD COLUMN extra TEXT")
    other.close()
    assert refusal_of(sample_file, open_file).code == "file_damaged"


@pytest.mark.parametrize("statement", ["DROP INDEX change_by_field", "CREATE TABLE more (id INTEGER)"])
def test_a_file_with_more_or_less_in_its_schema_is_refused(statement: str, sample_file: Path, open_file: Open) -> None:
    other = sqlite3.connect(sample_file)
    other.execute(statement)
    other.close()
    assert refusal_of(sample_file, open_file).code == "file_damaged"


def test_a_broken_reference_is_refused(sample_file: Path, open_file: Open) -> None:
    other = sqlite3.connect(sample_file)
    other.execute("UPDATE node SET parent = 99999 WHERE id = 9")
    other.commit()
    other.close()
    assert refusal_of(sample_file, open_file).code == "file_damaged"


@pytest.mark.parametrize("name", ["missing.hyoka", "no-folder/missing.hyoka"])
def test_a_file_that_is_not_there_is_said_so_and_not_made(name: str, tmp_path: Path, open_file: Open) -> None:
    with pytest.raises(WorldError) as refusal:
        open_file(tmp_path / name)
    assert refusal.value.code == "file_missing"
    assert list(tmp_path.iterdir()) == []
    assert str(tmp_path / name) in message_of(refusal.value).what


def test_connecting_never_makes_a_file(tmp_path: Path) -> None:
    with pytest.raises(WorldError):
        connect(tmp_path / "missing.hyoka")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_report_file(tmp_path: Path, open_file: Open) -> None:
    (tmp_path / "folder.hyoka").mkdir()
    with pytest.raises(HyokaError) as refusal:
        open_file(tmp_path / "folder.hyoka")
    message_of(refusal.value)


def test_a_file_without_the_right_to_write_is_said_to_be_read_only(
    sample_file: Path, open_file: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    assert refusal_of(sample_file, open_file).code == "file_read_only"


_AS_NOBODY = """
import os, sys
from pathlib import Path
from hyoka_desktop.errors import WorldError
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.repository import Repository
import encodings.idna, encodings.ascii
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    Repository.open(Path(sys.argv[1]), Author("", ""), lambda: "2024-06-28T00:00:00+09:00")
except WorldError as error:
    print(error.code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="rights are set by chmod, as on Linux")
def test_a_read_only_file_in_a_read_only_folder_is_refused_untouched(sample_file: Path) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        path = Path(shutil.copy(sample_file, folder / "shown.hyoka"))
        path.chmod(0o444)
        folder.chmod(0o555)
        before = path.read_bytes()
        run = subprocess.run([sys.executable, "-c", _AS_NOBODY, path], capture_output=True, text=True, check=False)
        assert (run.stdout, run.stderr) == ("file_read_only\n", "")
        assert path.read_bytes() == before
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("locking_mode", "exclusive"),
        ("journal_mode", "truncate"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("trusted_schema", 0),
        ("temp_store", 2),
        ("cell_size_check", 1),
        ("application_id", APPLICATION_ID),
        ("user_version", SCHEMA_VERSION),
    ],
)
def test_an_open_file_is_set_up_safely(pragma: str, value: object, repository: Repository) -> None:
    assert repository._db.execute(f"PRAGMA {pragma}").fetchone() == (value,)


def test_a_pragma_that_does_not_hold_is_reported(sample_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hyoka_desktop.store.opening._PRAGMAS", (("synchronous", "OFF", 2),))
    with pytest.raises(WorldError) as refusal:
        connect(sample_file)
    assert refusal.value.code == "file_pragma"
    assert "synchronous=0" in message_of(refusal.value).what


def test_all_our_tables_are_strict(repository: Repository) -> None:
    strict = {
        name
        for _, name, kind, _, _, strict in repository._db.execute("PRAGMA table_list").fetchall()
        if kind == "table" and strict
    }
    assert strict == TABLES


def test_a_migrated_file_has_the_schema_of_a_fresh_one(repository: Repository, tmp_path: Path) -> None:
    fresh = connect(tmp_path / "fresh.hyoka", new=True)
    assert fingerprint(repository._db) == fingerprint(fresh)
    fresh.close()


def test_a_file_of_the_first_schema_is_brought_up_with_all_it_holds_and_a_copy_of_it_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "old.hyoka"
    kept = tmp_path / "old.schema1.hyoka"
    _write_first_schema(path)
    as_it_was = _dump(path)
    db = connect(path)
    fresh = connect(tmp_path / "fresh.hyoka", new=True)
    assert fingerprint(db) == fingerprint(fresh)
    assert db.execute("SELECT id, kind, parent, position FROM node").fetchall() == [(1, "report", None, 0)]
    db.table("node").insert({"id": 2, "kind": "comment", "parent": 1, "position": 0})
    assert read_header(kept).schema_version == 1
    assert _dump(kept) == as_it_was
    db.close()
    fresh.close()


def test_a_file_of_the_second_schema_can_hold_handouts_after_it_was_brought_up(tmp_path: Path) -> None:
    path = Path(shutil.copy(RELEASED / "v2.hyoka", tmp_path / "old.hyoka"))
    before = dict(_dump_of_tables(path))
    drafts = before.pop("draft")
    db = connect(path)
    db.table("node").insert({"id": 900, "kind": "handout", "parent": 1, "position": 0})
    db.execute("DELETE FROM node WHERE id = 900")
    db.close()
    after = dict(_dump_of_tables(path))
    assert [row[:-1] for row in after.pop("draft")] == drafts
    assert after == before
    assert read_header(tmp_path / "old.schema2.hyoka").schema_version == 2


def _dump_of_tables(path: Path) -> list[tuple[str, list[tuple[object, ...]]]]:
    return [(name, rows) for name, _, rows in _dump(path) if not name.startswith(("_sqlite", "sqlite"))]


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    """Tell a whole report of the first schema, as it was released."""
    released = next((Path(__file__).parent / "released").glob("*1*.hyoka"))
    return Path(shutil.copy(released, tmp_path / "old.hyoka"))


def test_a_copy_of_the_old_file_is_kept_also_where_its_name_is_taken(old_file: Path, open_file: Open) -> None:
    before, taken = _dump(old_file), old_file.with_name("old.schema1.hyoka")
    taken.write_bytes(b"of another file")
    open_file(old_file)
    assert taken.read_bytes() == b"of another file"
    assert _dump(old_file.with_name("old.schema1-2.hyoka")) == before


def test_a_damaged_file_of_an_older_schema_is_refused_untouched(old_file: Path, open_file: Open) -> None:
    with contextlib.closing(sqlite3.connect(old_file)) as other:
        other.execute("UPDATE value SET text = text || 'x' WHERE rowid = 1 OR field = 'organization_name'")
        other.commit()
    assert refusal_of(old_file, open_file).code == "file_facts_differ"
    assert read_header(old_file).schema_version == 1


def _write_first_schema(path: Path) -> None:
    db = Database(engine.sqlite3.connect(str(path), isolation_level=None), execute_plugins=False)
    migrations.apply(db, stop_before="m002_work_nodes")
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute("PRAGMA user_version = 1")
    db.table("node").insert({"id": 1, "kind": "report", "position": 0})
    db.close()


def _dump(path: Path) -> list[tuple[str, str, list[tuple[object, ...]]]]:
    with contextlib.closing(engine.sqlite3.connect(str(path))) as connection:
        tables = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        return [(name, sql, connection.execute(f"SELECT * FROM {name}").fetchall()) for name, sql in tables]


def test_the_header_tells_the_schema_without_opening_the_file(sample_file: Path) -> None:
    assert read_header(sample_file).schema_version == SCHEMA_VERSION


def test_an_existing_file_is_never_made_anew(
    sample_file: Path, carried: FormText, author: object, clock: object
) -> None:
    before = sample_file.read_bytes()
    with pytest.raises(InputError) as refusal:
        Repository.create(sample_file, carried, author, clock)
    assert refusal.value.code == "file_exists"
    assert sample_file.read_bytes() == before


def test_a_file_that_cannot_be_made_leaves_no_lock(tmp_path: Path, author: Author, clock: Callable[[], str]) -> None:
    with pytest.raises(engine.sqlite3.IntegrityError):
        Repository.create(tmp_path / "new.hyoka", FormText("x", None, ""), author, clock)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".~lock")] == []


def test_closing_leaves_neither_journal_nor_lock_file(repository: Repository, sample_file: Path) -> None:
    repository.put_drafts({})
    repository.close()
    assert list(sample_file.parent.iterdir()) == [sample_file]


def test_a_closed_file_can_be_read_by_any_sqlite(repository: Repository, sample_file: Path) -> None:
    repository.close()
    other = sqlite3.connect(f"{sample_file.as_uri()}?mode=ro", uri=True)
    assert other.execute("SELECT count(*) FROM node").fetchone()[0] > 100
    other.close()


def _patch(path: Path, offset: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(content)


@pytest.mark.parametrize("length", [100, 5000, -1])
def test_the_header_alone_tells_that_a_file_was_cut_off(length: int, sample_file: Path) -> None:
    sample_file.write_bytes(sample_file.read_bytes()[:length])
    with pytest.raises(WorldError) as refusal:
        read_header(sample_file)
    assert refusal.value.code == "file_damaged"

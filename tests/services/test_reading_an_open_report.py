"""A report that is open here is never opened a second time to be looked at: on Linux that would end its locks."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hyoka_desktop.errors import HyokaError
from hyoka_desktop.services import backups
from hyoka_desktop.services.author import current_author, now
from hyoka_desktop.services.circulation import take_back
from hyoka_desktop.services.files import write_file
from hyoka_desktop.services.indicator_return import plan_return
from hyoka_desktop.services.recovery import examine
from hyoka_desktop.services.reports import import_reports
from hyoka_desktop.services.session import Session, open_session
from hyoka_desktop.store import handles
from hyoka_desktop.store.backups import copy_file
from hyoka_desktop.store.copying import RepositoryCopy
from hyoka_desktop.store.worker import Listener

_WRITE = """
import sqlite3, sys
try:
    sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None).execute("BEGIN IMMEDIATE")
    print("free")
except sqlite3.OperationalError as fault:
    print(fault)
"""
_LOCKED = "database is locked\n"


def _answer(path: Path) -> str:
    """Have another program, which knows nothing of ours, begin to write into a file."""
    run = subprocess.run([sys.executable, "-c", _WRITE, path], capture_output=True, text=True, check=True, timeout=60)
    return run.stdout


def _take(path: Path) -> None:
    RepositoryCopy.take(path, current_author(), now).close()


Look = Callable[[Path, Session, Listener], object]
_LOOKS: dict[str, Look] = {
    "an export points at it": lambda path, *_: write_file(path, b"%PDF"),
    "it is read as a copy": lambda path, *_: _take(path),
    "it is opened again": lambda path, _, listener: open_session(path, listener),
    "it is given back as a document": lambda path, session, _: take_back(session, path),
    "it is given back as a workbook": lambda path, session, _: plan_return(
        path, session.form, session.view(2024), "", session.clean
    ),
    "it is imported": lambda path, *_: import_reports(path.with_name("new.hyoka"), [path]),
    "it is copied as a backup": lambda path, *_: copy_file(path)(path.with_name("copy.hyoka")),
    "it is examined as a damaged file": lambda path, *_: examine(path, backups.Places(path.parent / "none")),
}


@pytest.mark.parametrize("name", ["見本.hyoka", "書き出し.docx", "取り込み.xlsx"])
@pytest.mark.parametrize("look", _LOOKS)
def test_the_locks_of_an_open_report_stay_whatever_looks_at_it(
    look: str, name: str, session: Session, heard: Listener
) -> None:
    path = session.path.with_name("sub") / name
    path.parent.mkdir()
    os.link(session.path, path)
    for place in (path, session.path):
        with contextlib.suppress(HyokaError):
            _LOOKS[look](place, session, heard)
        assert _answer(session.path) == _LOCKED


@pytest.mark.skipif(sys.platform != "linux", reason="locks of other systems end with their own handle alone")
def test_another_handle_that_is_closed_would_end_them(session: Session) -> None:
    session.path.read_bytes()
    assert _answer(session.path) == "free\n"


def test_a_file_held_here_reads_as_any_other(session: Session) -> None:
    content = handles.read_file(session.path)
    assert content.startswith(b"SQLite format 3\0")
    assert len(content) == session.path.stat().st_size
    assert handles.read_file(session.path, 10) == content[:10]
    session.close()
    assert not handles.is_held(session.path)
    assert handles.read_file(session.path, 10) == content[:10]
    with pytest.raises(FileNotFoundError):
        handles.read_file(session.path.with_name("none"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows moves no open file")
def test_what_replaced_a_file_that_is_held_is_read_itself(tmp_path: Path) -> None:
    path, other = tmp_path / "one", tmp_path / "other"
    path.write_bytes(b"one")
    other.write_bytes(b"other")
    with path.open("rb") as file:
        handles.hold(file.fileno())
        path.rename(tmp_path / "moved")
        other.rename(path)
        assert handles.read_file(tmp_path / "moved") == b"one"
        assert handles.read_file(path) == b"other"
        handles.let_go(file.fileno())
    assert not handles.is_held(tmp_path / "moved")

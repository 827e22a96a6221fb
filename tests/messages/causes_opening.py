"""What brings about the errors of files that cannot be opened, read or trusted."""

import contextlib
import struct
import tempfile
from pathlib import Path

from causing import Causes, Stage

from hyoka_desktop.domain.report import ROOT, Address
from hyoka_desktop.store import copying, engine, opening
from hyoka_desktop.store.copying import RepositoryCopy
from hyoka_desktop.store.lock import FileLock, Holder
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.schema import SCHEMA_VERSION

CAUSES = Causes()
_HEADER = 100


@CAUSES.of("file_missing")
def _(stage: Stage) -> None:
    stage.command("verify", stage.folder / "ない.hyoka")


@CAUSES.of("file_unreachable")
def _(stage: Stage) -> None:
    stage.command("verify", stage.report / "中.hyoka")


@CAUSES.of("file_empty")
def _(stage: Stage) -> None:
    stage.report.write_bytes(b"")
    stage.command("verify", stage.report)


@CAUSES.of("file_not_ours")
def _(stage: Stage) -> None:
    stage.report.write_bytes(b"PK\x03\x04" + bytes(200))
    stage.command("verify", stage.report)


@CAUSES.of("file_newer")
def _(stage: Stage) -> None:
    with stage.report.open("r+b") as file:
        file.seek(60)
        file.write(struct.pack(">I", SCHEMA_VERSION + 1))
    stage.command("verify", stage.report)


@CAUSES.of("file_damaged")
def _(stage: Stage) -> None:
    stage.report.write_bytes(stage.report.read_bytes()[:-1])
    stage.command("verify", stage.report)


@CAUSES.of("file_facts_differ")
def _(stage: Stage) -> None:
    stage.tamper("UPDATE value SET text = text || 'x' WHERE field = 'results'")
    stage.command("verify", stage.report)


@CAUSES.of("file_log_differs")
def _(stage: Stage) -> None:
    stage.tamper("UPDATE command SET person = 'x' WHERE sequence = 1")
    stage.command("verify", stage.report)


@CAUSES.of("form_altered")
def _(stage: Stage) -> None:
    stage.tamper("UPDATE form SET text = text || ' '")
    stage.command("dump", stage.report)


@CAUSES.of("file_pragma")
def _(stage: Stage) -> None:
    """Ask for a mode other than the one that is set, as on a disk where SQLite cannot set it."""
    stage.patch.setattr(opening, "_PRAGMAS", (("synchronous", "OFF", 2),))
    stage.command("verify", stage.report)


@CAUSES.of("file_in_use")
def _(stage: Stage) -> None:
    stage.open()
    stage.command("recover", stage.report)


@CAUSES.of("file_locked")
def _(stage: Stage) -> None:
    other = stage.closing.enter_context(contextlib.closing(engine.sqlite3.connect(str(stage.report))))
    other.execute("BEGIN EXCLUSIVE")
    stage.command("recover", stage.report)


@CAUSES.of("file_read_only")
def _(stage: Stage) -> None:
    copy = RepositoryCopy.take(stage.report, Author("", ""), lambda: "2024-06-28T09:00:00+09:00")
    stage.closing.callback(copy.close)
    copy.put_drafts({Address(ROOT, "procedures", 2024): "写しへの文"})


@CAUSES.of("copy_torn")
def _(stage: Stage) -> None:
    """Hold a file whose log does not belong to its facts, as where a command is written while it is read."""
    stage.patch.setattr(copying, "_PAUSE_SECONDS", 0)
    stage.tamper("UPDATE command SET person = 'x' WHERE sequence = 1")
    lock = FileLock(stage.report)
    assert lock.take(Holder("花子", "PC-02", "2024-06-28T09:00:00+09:00")) is None
    stage.closing.callback(lock.release)
    stage.command("dump", stage.report)


@CAUSES.of("copy_no_place")
def _(stage: Stage) -> None:
    stage.open()
    stage.patch.setattr(tempfile, "tempdir", str(stage.folder / "ない"))
    stage.command("dump", stage.report)


@CAUSES.of("salvage_nothing")
def _(stage: Stage) -> None:
    content = stage.report.read_bytes()
    stage.report.write_bytes(content[:_HEADER] + bytes(len(content) - _HEADER))
    stage.command("recover", stage.report)


@CAUSES.of("salvage_no_form")
def _(stage: Stage) -> None:
    """Lose the form in a program whose own forms are gone too."""
    stage.tamper("DELETE FROM form")
    empty = Path(stage.folder / "forms")
    empty.mkdir()
    stage.patch.setattr("hyoka_desktop.services.forms.forms_folder", lambda: empty)
    stage.command("recover", stage.report)

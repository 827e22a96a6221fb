"""What brings about the errors of saving, of backups and of shared folders."""

import errno
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from causing import YEAR, Causes, Deaf, Stage

from hyoka_desktop.domain.report import ROOT, Address
from hyoka_desktop.errors import WorldError
from hyoka_desktop.services import backups, sharing
from hyoka_desktop.services.backups import Places, Reason
from hyoka_desktop.services.session import Session
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.services.sharing import SharedSession, open_shared
from hyoka_desktop.store import backups as stored_backups
from hyoka_desktop.store import renaming
from hyoka_desktop.store.repository import Repository

CAUSES = Causes()
FIELD = Address(ROOT, "procedures", YEAR)


@CAUSES.of("file_gone")
def _(stage: Stage) -> None:
    repository = stage.open()
    _take_away(stage.report)
    repository.put_drafts({FIELD: "届かない"})


@CAUSES.of("file_replaced")
def _(stage: Stage) -> None:
    repository = stage.open()
    other = stage.folder / "よそ.hyoka"
    shutil.copy(stage.report, other)
    _take_away(stage.report)
    other.replace(stage.report)
    repository.put_drafts({FIELD: "届かない"})


@CAUSES.of("disk_full")
def _(stage: Stage) -> None:
    """Bound the size of the database, which SQLite says as it says a full disk."""
    repository = stage.open()
    repository._db.execute("PRAGMA max_page_count = 1")
    repository.put_drafts({FIELD: "入らない" * 20_000})


def _take_away(path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows removes no open file")
    path.rename(path.with_name("取り除いた.hyoka"))


@CAUSES.of("backup_waits")
def _(stage: Stage) -> None:
    session = stage.session()
    _take_away(stage.report)
    session.put_draft(FIELD, "届かない")
    backups.back_up(session, Places(stage.folder / "控え"), Reason.TIMER)


@CAUSES.of("backup_second_gone")
def _(stage: Stage) -> None:
    _raise_second_fault(stage.session(), Places(stage.folder / "控え", stage.folder / "抜かれた USB"))


@CAUSES.of("backup_differs")
def _(stage: Stage) -> None:
    """Let another state arrive in the second place than the name of the backup says."""
    session = stage.session()
    places = Places(stage.folder / "控え", stage.folder / "二つ目")
    older = backups.back_up(session, Places(places.first), Reason.TIMER).backup
    session.set_text(YEAR, *FIELD[:2], "新しい文")
    newer = backups.back_up(session, Places(places.first), Reason.ASKED).backup
    assert older is not None
    assert newer is not None
    stage.patch.setattr(stored_backups, "copy_file", lambda _: lambda target: shutil.copy(older.path, target))
    stage.folder.joinpath("二つ目").mkdir()
    _raise_second_fault(session, places)


def _raise_second_fault(session: Session, places: Places) -> None:
    fault = backups.back_up(session, places, Reason.TIMER).second_fault
    assert fault is not None
    raise fault


@CAUSES.of("file_overwritten")
def _(stage: Stage) -> None:
    repository = stage.open()
    with stage.report.open("r+b") as file:
        file.truncate(0)
    repository.put_drafts({FIELD: "その後の文"})


@CAUSES.of("published_changed")
def _(stage: Stage) -> None:
    session = _worked_on(stage)
    stage.report.write_bytes(b"somebody's own")
    session.publish()


@CAUSES.of("published_gone")
def _(stage: Stage) -> None:
    session = _worked_on(stage)
    stage.report.unlink()
    session.publish()


@CAUSES.of("share_away")
def _(stage: Stage) -> None:
    session = _worked_on(stage)
    shutil.rmtree(stage.report.parent)
    session.publish()


@CAUSES.of("share_refuses")
def _(stage: Stage) -> None:
    session = _worked_on(stage)
    stage.patch.setattr(renaming, "_PAUSES", ())
    replace = Path.replace

    def held(path: Path, target: Path) -> Path:
        if target == stage.report:
            raise PermissionError(13, "in use")
        return replace(path, target)

    stage.patch.setattr(Path, "replace", held)
    session.publish()


@CAUSES.of("published_unverified")
def _(stage: Stage) -> None:
    session = _worked_on(stage)
    stage.patch.setattr(os, "fsync", _cutting(os.fsync))
    session.publish()


@CAUSES.of("share_full")
def _(stage: Stage) -> None:
    session = _worked_on(stage)
    published, fsync = stage.report.read_bytes(), os.fsync

    def full(handle: int) -> None:
        if os.fstat(handle).st_size > 10_000:
            raise OSError(errno.ENOSPC, "full")
        fsync(handle)

    stage.patch.setattr(os, "fsync", full)
    try:
        session.publish()
    finally:
        assert stage.report.read_bytes() == published


def _cutting(fsync: Callable[[int], None]) -> Callable[[int], None]:
    """Store less than was written, as a share that loses its connection; records of a few lines are left alone."""

    def cut(handle: int) -> None:
        if os.fstat(handle).st_size > 10_000:
            os.ftruncate(handle, 4096)
        fsync(handle)

    return cut


@CAUSES.of("publish_unsaved")
def _(stage: Stage) -> None:
    session = _worked_on(stage)
    _take_away(session.checkout.copy.file)
    session.put_draft(FIELD, "届かない")
    session.set_text(YEAR, *FIELD[:2], "もう書けない")
    stage.patch.setattr(sharing, "_PATIENCE_SECONDS", 0.01)
    session.publish()


def _worked_on(stage: Stage) -> SharedSession:
    """Put the report on a share, check it out and write."""
    share = stage.folder / "share"
    share.mkdir()
    stage.report = stage.report.replace(share / "評価書.hyoka")
    session = open_shared(stage.report, Deaf(), "1.0")
    stage.closing.callback(session.close)
    session.set_text(YEAR, *FIELD[:2], "まだ公開しない文")
    assert session.flush()
    return session


@CAUSES.of("settings_failed")
def _(stage: Stage) -> None:
    (stage.folder / "設定").write_bytes(b"")
    backups.choose_second_place(Settings(stage.folder / "設定" / "settings.json"), stage.folder)


@CAUSES.of("store_broken")
def _(stage: Stage) -> None:
    """The window alone tells it, of what its store told."""
    session = stage.session()

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    raised: list[BaseException] = []
    stage.patch.setattr(Deaf, "broken", lambda _, error: raised.append(error))
    stage.patch.setattr(Repository, "apply", broken)
    session.set_text(YEAR, *FIELD[:2], "書けない")
    assert not session.flush()
    assert session.is_broken
    raise WorldError("store_broken", kind=type(raised[0]).__name__)

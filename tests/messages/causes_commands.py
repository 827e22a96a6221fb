"""What brings about the errors of wrong commands and of files that are written for others."""

import errno
import io
import os
import shutil
import sys
from pathlib import Path

from causing import YEAR, Causes, Stage

from hyoka_desktop.domain.report import ROOT
from hyoka_desktop.services.help import read_help

CAUSES = Causes()


@CAUSES.of("output_set_unknown")
def _(stage: Stage) -> None:
    stage.command("export", stage.report, "--docx", stage.folder / "x.docx", "--set", "知らない設定")


@CAUSES.of("document_unknown")
def _(stage: Stage) -> None:
    stage.command("export", stage.report, "--docx", stage.folder / "x.docx", "--document", "poem")


@CAUSES.of("item_unknown")
def _(stage: Stage) -> None:
    stage.command("export", stage.report, "--pdf", stage.folder / "x.pdf", "--items", "Ⅸ-9")


@CAUSES.of("year_unknown")
def _(stage: Stage) -> None:
    stage.command("dump", stage.report, "--year", "1999")


@CAUSES.of("year_written")
def _(stage: Stage) -> None:
    stage.command("dump", stage.report, "--year", "去年")


@CAUSES.of("anchor_unreadable")
def _(stage: Stage) -> None:
    stage.command("verify", stage.report, "--anchor", "印")


@CAUSES.of("output_is_report")
def _(stage: Stage) -> None:
    stage.command("export", stage.report, "--pdf", stage.report)


@CAUSES.of("target_is_report")
def _(stage: Stage) -> None:
    other = stage.folder / "よその評価書.pdf"
    shutil.copy(stage.report, other)
    stage.command("export", stage.report, "--pdf", other)


@CAUSES.of("outputs_same")
def _(stage: Stage) -> None:
    stage.command("export", stage.report, "--pdf", stage.folder / "x", "--docx", stage.folder / "x")


class _Broken(io.RawIOBase):
    """Take nothing, as a full disk behind `>` does."""

    def writable(self) -> bool:
        return True

    def write(self, content: object) -> int:
        raise OSError(errno.ENOSPC, "full")


@CAUSES.of("output_failed")
def _(stage: Stage) -> None:
    stage.patch.setattr(sys, "stdout", io.TextIOWrapper(_Broken(), encoding="utf-8", write_through=True))
    try:
        stage.command("dump", stage.report)
    finally:
        stage.patch.undo()


@CAUSES.of("folder_failed")
def _(stage: Stage) -> None:
    (stage.folder / "demo").write_text("a file")
    stage.command("demo", "--out", stage.folder / "demo")


@CAUSES.of("file_exists")
def _(stage: Stage) -> None:
    _new(stage, stage.report)


@CAUSES.of("name_too_long")
def _(stage: Stage) -> None:
    _new(stage, stage.folder / f"{'あ' * 300}.hyoka")


@CAUSES.of("name_impossible")
def _(stage: Stage) -> None:
    _new(stage, stage.folder / "a\0b.hyoka")


@CAUSES.of("no_folder")
def _(stage: Stage) -> None:
    _new(stage, stage.folder / "ない" / "x.hyoka")


def _new(stage: Stage, path: Path) -> None:
    stage.command("new", path, "--form", "iaa-annual", "--year", YEAR, "--organization", "機構")


@CAUSES.of("cannot_read")
def _(stage: Stage) -> None:
    stage.command("import", stage.folder / "ない.json", "-o", stage.folder / "x.hyoka")


@CAUSES.of("export_is_folder")
def _(stage: Stage) -> None:
    stage.command("export", stage.report, "--pdf", stage.folder)


@CAUSES.of("export_no_folder")
def _(stage: Stage) -> None:
    stage.command("export", stage.report, "--pdf", stage.folder / "ない" / "x.pdf")


@CAUSES.of("export_in_use")
def _(stage: Stage) -> None:
    """Refuse the place, as Windows does while Word holds the file."""

    def held(*_: object) -> None:
        raise PermissionError(errno.EACCES, "in use")

    stage.patch.setattr(Path, "replace", held)
    stage.command("export", stage.report, "--pdf", stage.folder / "x.pdf")


@CAUSES.of("export_disk_full")
def _(stage: Stage) -> None:
    _export_to_faulty_disk(stage, errno.ENOSPC)


@CAUSES.of("export_failed")
def _(stage: Stage) -> None:
    _export_to_faulty_disk(stage, errno.EIO)


@CAUSES.of("export_partly")
def _(stage: Stage) -> None:
    """Let a folder stand where the second document is to be written."""
    (stage.folder / "x.docx").mkdir()
    stage.command("export", stage.report, "--pdf", stage.folder / "x.pdf", "--docx", stage.folder / "x.docx")
    assert (stage.folder / "x.pdf").exists()


def _export_to_faulty_disk(stage: Stage, number: int) -> None:
    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    stage.patch.setattr(os, "fsync", fail)
    stage.command("export", stage.report, "--pdf", stage.folder / "x.pdf")


@CAUSES.of("xlsx_cell_too_long")
def _(stage: Stage) -> None:
    session = stage.session()
    session.set_text(YEAR, ROOT, "procedures", "あ" * 40_000)
    session.close()
    stage.command("export", stage.report, "--xlsx", stage.folder / "x.xlsx")


@CAUSES.of("help_missing")
def _(stage: Stage) -> None:
    read_help(stage.folder / "help", {})

"""Do everything that the program can do, where a socket would be the end: `python -m tests.figures.whole_flow FOLDER`.

Each step is told on the standard output once it is done. With `--reach-out` a last step asks for a socket.
"""

import contextlib
import io
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEventLoop, QTimer, qInstallMessageHandler
from PySide6.QtGui import QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication

from hyoka_desktop import cli
from hyoka_desktop.app import make_application
from hyoka_desktop.paths import resource
from hyoka_desktop.services import reports
from hyoka_desktop.services.export import ExportRequest, prepare, shipped_fonts
from hyoka_desktop.services.outputsets import AS_FILLED, SHIPPED
from hyoka_desktop.ui.paper.glyphs import GlyphSetter
from hyoka_desktop.ui.paper.painting import PagePainter
from hyoka_desktop.ui.window import Window
from tests.figures.sandbox import forbid_sockets
from tests.figures.window_work import chosen_field, first_row, opened_window, press

_POINTS_PER_INCH: Final = 72
_PREVIEW_MS: Final = 1500
_FIELD_TEXT: Final = "通信のない所で書いた実績。"


def main(folder: Path) -> None:
    """Do all steps."""
    report = folder / "report.hyoka"
    sources = sorted(str(path) for path in resource("sample").glob("*.json"))
    _command("new", str(folder / "new.hyoka"), "--form", "jlis-annual", "--year", "2024", "--organization", "見本機構")
    _command("import", *sources, "-o", str(report))
    _command("dump", str(report), "-o", str(folder / "dump.json"))
    _command("check", str(report))
    _command("verify", str(report))
    _command("backup", str(report), "-o", str(folder / "backup.hyoka"))
    order = ("--items", "Ⅰ-1", "--to", "総務課", "--out")
    _command("handout", str(report), *order, str(folder / "word"))
    _command("handout", "--packet", str(report), *order, str(folder / "packets"))
    (packet,) = (folder / "packets").iterdir()
    _command("return", "--apply", str(report), str(packet))
    _command("merge", "--apply", str(report), str(folder / "backup.hyoka"))
    for output in (*SHIPPED, AS_FILLED):
        _export(report, folder / output.id, "--set", output.id)
    for document in reports.read_report(report).form.documents:
        _export(report, folder / document, "--document", document)
    make_application()
    window = opened_window(report)
    _edit(window)
    _wait(_PREVIEW_MS)
    _say("preview")
    _paint(report, folder / "paper.pdf", window)
    window.close()
    _say("closed")


def _command(*arguments: str) -> None:
    """Run a command of the command line; what it says is kept back."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as complaints:
        code = cli.main(list(arguments))
    assert code == 0 or arguments[0] == "check", complaints.getvalue()
    _say(" ".join([arguments[0], *arguments[-2:]]))


def _export(report: Path, target: Path, *choice: str) -> None:
    outputs = [word for kind in ("docx", "pdf", "xlsx") for word in (f"--{kind}", str(target.with_suffix(f".{kind}")))]
    _command("export", str(report), *outputs, *choice)


def _edit(window: Window) -> None:
    """Type, leave the field, take it back and repeat it, add an item, and look at every page of the report."""
    assert window.desk is not None, "a report is open"
    editor = chosen_field(window, first_row(window))
    for character in _FIELD_TEXT:
        press(editor, character)
    window.desk.tree.setFocus()
    session = window.desk.workplace.session
    for step in (session.undo, session.redo):
        assert step() is not None
    session.add_item(session.newest_year, session.view(session.newest_year).sections[0].id)
    for entry in window.desk.model.entries():
        window.desk.tree.choose(entry)
        QApplication.processEvents()
    assert session.flush(), "all is saved"
    _say("edited")


def _paint(report: Path, target: Path, window: Window) -> None:
    """Paint all pages as they are printed; the list of printers that QPrinter asks for is not ours."""
    read = reports.read_report(report, lambda *_: None)
    layout = prepare(read.form, read.view(None), ExportRequest()).layout
    paper = QPdfWriter(str(target))
    pages = PagePainter(GlyphSetter(window.fonts_folder, shipped_fonts()))
    painter = QPainter(paper)
    for place, page in enumerate(layout.pages):
        assert place == 0 or paper.newPage()
        pages.paint(painter, page, paper.resolution() / _POINTS_PER_INCH)
    assert painter.end()
    _say("painted for the printer")


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _run(arguments: Sequence[str]) -> None:
    forbid_sockets()
    socket.socket(socket.AF_UNIX).close()
    qInstallMessageHandler(lambda *_: None)
    main(Path(arguments[0]))
    if "--reach-out" in arguments:
        socket.socket(socket.AF_INET).close()
        _say("reached out")


if __name__ == "__main__":
    _run(sys.argv[1:])

"""Take the pictures of the help from the real window of the sample: `python -m tests.help_pictures [FOLDER]`.

They are made offscreen at the size of a small screen, made small enough for a page, and written with few colours.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_SCALE_FACTOR"] = "1"

from PIL import Image
from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QSize, Qt, QTimer
from PySide6.QtWidgets import QWidget

from hyoka_desktop.app import make_application, make_window
from hyoka_desktop.domain.report import Address, NodeKind
from hyoka_desktop.paths import resource
from hyoka_desktop.services import reports
from hyoka_desktop.services.preview import Target
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.ui.desk import Desk
from hyoka_desktop.ui.dialogs.export import ExportDialog
from hyoka_desktop.ui.dialogs.printing import PrintDialog
from hyoka_desktop.ui.pages.pages import ItemPage
from hyoka_desktop.ui.search.replacing import ReplaceDialog
from hyoka_desktop.ui.tree_model import Entry
from hyoka_desktop.ui.window import Window

_SETTLE_MS = 1200
_SCREEN = (1366, 768)
_DIALOG = (1000, 680)
"""What the dialogs get on a small screen; the screen of the platform without one is smaller."""
_BOX = QSize(700, 620)
_PERSON = ("評価 太郎", "企画課-01")
_COLOURS = 128
_TABS = {"write": "results", "indicators": "indicators", "self": "self"}


def main(folder: Path) -> None:
    """Take all pictures, and leave no others in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    make_application()
    with tempfile.TemporaryDirectory() as place:
        os.environ.update(HYOKA_DESKTOP_HOME=place, USER=_PERSON[0], COMPUTERNAME=_PERSON[1])
        sample = Path(place) / "見本.hyoka"
        reports.make_sample(sample)
        window = make_window(Settings(Path(place) / "settings.json"))
        window.resize(*_SCREEN)
        window.show()
        _take("start", window, folder)
        window.open_file(sample)
        for name, widget in chain(_pages(window), _dialogs(window)):
            _take(name, widget, folder)
        window.close()


def _pages(window: Window) -> Iterator[tuple[str, QWidget]]:
    desk = _desk(window)
    item = next(entry for entry in desk.model.entries() if entry.kind is NodeKind.ITEM)
    desk.tree.choose(Entry("", node=item.node, kind=NodeKind.ITEM))
    page = desk.page
    assert isinstance(page, ItemPage)
    yield "window", window
    for name, tab in _TABS.items():
        page.show_tab(tab)
        yield name, page
    yield "preview", desk.side
    year = desk.workplace.year
    row = desk.workplace.view.children(desk.item or 0, NodeKind.ROW)[0].id
    text = desk.workplace.view.text(row, "results")
    for changed in (text.replace("301施設", "298施設"), text):
        desk.workplace.session.set_text(year, row, "results", changed)
    page.show_tab("results")
    desk.go_to(Address(row, "results", year))
    desk.toggle_panel("history")
    yield "history", desk.side
    desk.toggle_panel("preview")


def _dialogs(window: Window) -> Iterator[tuple[str, QWidget]]:
    desk = _desk(window)
    workplace, item = desk.workplace, desk.item
    find = ReplaceDialog(window, workplace, window.queue, item, desk.go_to)
    find.words.setText("点検")
    find.new.setText("点検・診断")
    find.search()
    shown = Target(item=item)
    yield from _shown("replace", find)
    export = ExportDialog(window, workplace, window.queue, window.settings, item)
    export.folder.setText("書類")
    yield from _shown("export", export)
    yield from _shown(
        "print", PrintDialog(window, workplace, window.queue, window.settings, window.fonts_folder, shown=shown)
    )


def _shown(name: str, dialog: QWidget) -> Iterator[tuple[str, QWidget]]:
    dialog.resize(*_DIALOG)
    dialog.show()
    yield name, dialog
    dialog.close()


def _desk(window: Window) -> Desk:
    assert window.desk is not None, "the sample was opened"
    return window.desk


def _take(name: str, widget: QWidget, folder: Path) -> None:
    loop = QEventLoop()
    QTimer.singleShot(_SETTLE_MS, loop.quit)
    loop.exec()
    image = widget.grab().toImage()
    if image.size().boundedTo(_BOX) != image.size():
        image = image.scaled(_BOX, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.ReadWrite)
    image.save(held, "PNG")
    held.seek(0)
    target = folder / f"{name}.png"
    target.write_bytes(held.data().data())
    with Image.open(target) as picture:
        few = picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    few.save(target, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else resource("help", "pictures"))

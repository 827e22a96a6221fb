"""Take pictures of every screen of the window, to be looked at: `python -m tests.pictures FOLDER [SCALE]`.

The pictures show the sample report at 1366×768, offscreen.
"""

import os
import sys
import tempfile
from pathlib import Path

scale = sys.argv[2] if len(sys.argv) > 2 else "1"
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_SCALE_FACTOR"] = scale

from PySide6.QtCore import QEventLoop, QTimer  # noqa: E402 - the environment comes first
from PySide6.QtWidgets import QDialog, QWidget  # noqa: E402

from hyoka_desktop.app import make_application, make_window  # noqa: E402
from hyoka_desktop.domain.report import Address, NodeKind  # noqa: E402
from hyoka_desktop.services import reports  # noqa: E402
from hyoka_desktop.services.forms import installed_forms  # noqa: E402
from hyoka_desktop.services.preview import Target  # noqa: E402
from hyoka_desktop.services.settings import Settings  # noqa: E402
from hyoka_desktop.ui.dialogs.backups import BackupsDialog  # noqa: E402
from hyoka_desktop.ui.dialogs.export import ExportDialog  # noqa: E402
from hyoka_desktop.ui.dialogs.new_report import NewReportDialog  # noqa: E402
from hyoka_desktop.ui.dialogs.printing import PrintDialog  # noqa: E402
from hyoka_desktop.ui.dialogs.tables import recovery_dialog, renumber_dialog  # noqa: E402
from hyoka_desktop.ui.pages.pages import ItemPage  # noqa: E402
from hyoka_desktop.ui.tree_model import Entry  # noqa: E402
from hyoka_desktop.ui.window import Window  # noqa: E402

_SETTLE_MS = 900
_SCREEN = (1366, 768)


def main(folder: Path) -> None:
    """Take all pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    make_application()
    with tempfile.TemporaryDirectory() as place:
        sample = Path(place) / "見本.hyoka"
        reports.make_sample(sample)
        settings = Settings(Path(place) / "settings.json")
        window = make_window(settings)
        window.resize(round(_SCREEN[0] / float(scale)), round(_SCREEN[1] / float(scale)))
        window.show()
        _take(window, folder / "start.png")
        window.open_file(sample)
        _pages(window, folder)
        _dialogs(window, folder)
        window.show_start()
        _take(window, folder / "start-recent.png")
        window.close()


def _pages(window: Window, folder: Path) -> None:
    desk = window.desk
    assert desk is not None
    for number, entry in enumerate(desk.model.entries()):
        if entry.page or entry.part is not None:
            desk.tree.choose(entry)
            _take(window, folder / f"page-{number}.png")
    section = next(entry for entry in desk.model.entries() if entry.kind is NodeKind.SECTION)
    desk.tree.choose(section)
    _take(window, folder / "section.png")
    item = next(entry for entry in desk.model.entries() if entry.kind is NodeKind.ITEM)
    desk.tree.choose(Entry("", node=item.node, kind=NodeKind.ITEM))
    page = desk.page
    assert isinstance(page, ItemPage)
    for place in range(page.tabs.count()):
        page.tabs.setCurrentIndex(place)
        _take(window, folder / f"item-{place}-{page.tabs.tabText(place)}.png")


def _dialogs(window: Window, folder: Path) -> None:
    desk = window.desk
    assert desk is not None
    workplace = desk.workplace
    item = workplace.view.items[0].id
    drafts = {Address(item, "self_issues", workplace.year): "入力の途中の文章"}
    numbers = {node.id: f"Ⅰ-{place + 2}" for place, node in enumerate(workplace.view.items[:4])}
    dialogs: dict[str, QDialog] = {
        "new": NewReportDialog(window, installed_forms(), workplace.year, Path("書類")),
        "backups": BackupsDialog(window, workplace, window.queue, window.settings),
        "export": ExportDialog(window, workplace, window.queue, window.settings, item),
        "print": PrintDialog(
            window, workplace, window.queue, window.settings, window.fonts_folder, shown=Target(item=item)
        ),
        "recovery": recovery_dialog(window, workplace.form, workplace.view, drafts),
        "renumber": renumber_dialog(window, workplace.view, numbers),
    }
    for name, dialog in dialogs.items():
        dialog.show()
        _take(dialog, folder / f"dialog-{name}.png")
        dialog.close()


def _take(widget: QWidget, target: Path) -> None:
    loop = QEventLoop()
    QTimer.singleShot(_SETTLE_MS, loop.quit)
    loop.exec()
    widget.grab().save(str(target))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "artifacts/pictures"))

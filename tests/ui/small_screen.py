"""Find dialogs that a small screen has no room for, and lines of lists that are cut.

As a program (`python small_screen.py REPORT FOLDER TEXT_SIZE`) it opens a report on a screen that the platform gives
it, shows every dialog, and prints the faults as JSON.
"""

import json
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import screens
from lasting import lasting
from PySide6.QtCore import QPoint, QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QListView,
    QPushButton,
    QScrollArea,
    QTableView,
    QTreeView,
    QWidget,
)

from hyoka_desktop.app import make_application, make_window
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.ui.dialogs.fitting import FittingArea, screen_room

_LARGEST = (900, 500)
_LINES = 40


def faults(dialog: QDialog) -> Iterator[str]:
    """Tell what a dialog that is shown has no room for."""
    for name, size in (("asks for", dialog.minimumSizeHint()), ("opens with", dialog.size())):
        if size.width() > _LARGEST[0] or size.height() > _LARGEST[1]:
            yield f"{name} {size.width()}×{size.height()}"
    for button in _shown(dialog, QPushButton):
        place = QRect(button.mapTo(dialog, QPoint(0, 0)), button.size())
        if not _scrolls(button) and not dialog.rect().contains(place):
            yield f"{button.text()} stands at {place.getRect()}"
        if button.sizeHint().width() > button.width():
            yield f"{button.text()} is cut"
    yield from _scrolled(dialog)
    for kind in (QTableView, QListView, QTreeView):
        for view in _shown(dialog, kind):
            yield from _cut_lines(view)


def _scrolled(dialog: QDialog) -> Iterator[str]:
    """Tell what scrolls though it need not, or sideways."""
    for area in _shown(dialog, QScrollArea):
        if area.horizontalScrollBar().maximum() > 0:
            yield f"scrolls sideways by {area.horizontalScrollBar().maximum()}"
    for area in _shown(dialog, FittingArea):
        hidden = area.verticalScrollBar().maximum()
        if hidden > 0 and dialog.height() < screen_room(dialog).height():
            yield f"hides {hidden} though there is room"


def _shown(dialog: QDialog, kind: type) -> list:
    return [widget for widget in dialog.findChildren(kind) if widget.isVisible()]


def _cut_lines(view: QAbstractItemView) -> Iterator[str]:
    """Tell the lines that are lower than their texts, and a list of which no whole line is seen."""
    model = view.model()
    columns = model.columnCount() if isinstance(view, QTableView) else 1
    for row in range(min(model.rowCount(), _LINES)):
        index = model.index(row, 0)
        has = view.rowHeight(row) if isinstance(view, QTableView) else view.visualRect(index).height()
        texts = (view.sizeHintForIndex(model.index(row, place)).height() for place in range(columns))
        needs = max(view.fontMetrics().height(), *texts)
        if has < needs:
            yield f"{view.accessibleName()} line {row} needs {needs}, has {has}"
    if model.rowCount() and view.viewport().height() < view.fontMetrics().height():
        yield f"{view.accessibleName()} shows no whole line"


def _scrolls(widget: QWidget) -> bool:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above is not None


def main(report: str, folder: str, text_size: str) -> None:
    """Print the faults of every dialog as JSON."""
    application = make_application()
    settings = Settings(Path(folder) / "settings.json")
    settings.remember({"text_size": text_size})
    window = make_window(settings)
    window.show()
    QTest.qWaitForWindowExposed(window)
    assert window.open_file(Path(report))
    found = {}
    for name, dialog in screens.dialogs(window):
        dialog.show()
        found[name] = lasting(partial(faults, dialog))
        dialog.close()
    screen = application.primaryScreen().availableSize().toTuple()
    sys.stdout.write(json.dumps({"screen": screen, "found": found}, ensure_ascii=False) + "\n")
    window.close()
    application.processEvents()


if __name__ == "__main__":
    main(*sys.argv[1:])

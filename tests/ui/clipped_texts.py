"""Find texts that are cut: compare the size that each needs with the size that it has.

As a program (`python clipped_texts.py REPORT FOLDER WIDTH HEIGHT [TEXT_SIZE]`) it opens a report, walks over every
page, tab and dialog, and prints what is cut as JSON; so it can run at another scale of the screen.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from lasting import lasting
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTableView,
    QToolButton,
    QWidget,
)
from screens import circulation

from hyoka_desktop.app import make_application, make_window
from hyoka_desktop.domain.report import Address, NodeKind
from hyoka_desktop.services.drafts import Draft
from hyoka_desktop.services.forms import installed_forms
from hyoka_desktop.services.preview import Target
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.ui.dialogs.export import ExportDialog
from hyoka_desktop.ui.dialogs.new_report import NewReportDialog
from hyoka_desktop.ui.dialogs.notice import _box
from hyoka_desktop.ui.dialogs.printing import PrintDialog
from hyoka_desktop.ui.dialogs.tables import recovery_dialog, renumber_dialog
from hyoka_desktop.ui.pages.pages import ItemPage
from hyoka_desktop.ui.tree_view import _PADDING, _WRAP, ReportTree
from hyoka_desktop.ui.window import Window

_SLACK = 1
_TAB_PADDING = 24


def clipped(widget: QWidget) -> list[str]:
    """Tell the visible texts below a widget that do not fit where they stand."""
    found: list[str] = []
    for child in widget.findChildren(QWidget):
        if child.isVisible():
            found += [f"{type(child).__name__} 「{text[:40]}」 {why}" for text, why in _faults(child)]
    return found


def _faults(child: QWidget) -> Iterator[tuple[str, str]]:
    match child:
        case QLabel() if child.text():
            yield from _label(child)
        case QPushButton() | QCheckBox() if child.text():
            yield from _hinted(child, child.text())
        case QToolButton() if child.text() and child.toolButtonStyle() is not Qt.ToolButtonStyle.ToolButtonIconOnly:
            yield from _hinted(child, child.text())
        case QTabBar():
            yield from _tabs(child)
        case QComboBox() if child.currentText():
            needed, has = child.fontMetrics().horizontalAdvance(child.currentText()), _text_room(child)
            if needed > has + _SLACK:
                yield child.currentText(), f"needs {needed}, has {has}"
        case QHeaderView() if (
            isinstance(child.parent(), QTableView) and child.orientation() is Qt.Orientation.Horizontal
        ):
            yield from _heads(child)
        case ReportTree():
            yield from _tree(child)


def _label(label: QLabel) -> Iterator[tuple[str, str]]:
    has = label.contentsRect().size() - QSize(2 * label.margin(), 2 * label.margin())
    metrics = label.fontMetrics()
    flags = int(Qt.TextFlag.TextWordWrap) if label.wordWrap() else 0
    needed = metrics.boundingRect(
        QRect(0, 0, has.width() if label.wordWrap() else 100_000, 100_000), flags, label.text()
    )
    if needed.width() > has.width() + _SLACK or needed.height() > has.height() + _SLACK:
        yield label.text(), f"needs {needed.width()}×{needed.height()}, has {has.width()}×{has.height()}"
    elif not _scrolls(label) and label.visibleRegion().boundingRect().width() < label.width() - _SLACK:
        yield label.text(), "stands outside what is to be seen"


def _hinted(button: QWidget, text: str) -> Iterator[tuple[str, str]]:
    hint, has = button.sizeHint(), button.size()
    if hint.width() > has.width() + _SLACK or hint.height() > has.height() + _SLACK:
        yield text, f"needs {hint.width()}×{hint.height()}, has {has.width()}×{has.height()}"
    elif not _scrolls(button) and button.visibleRegion().boundingRect().width() < button.width() - _SLACK:
        yield text, "stands outside what is to be seen"


def _tabs(bar: QTabBar) -> Iterator[tuple[str, str]]:
    for place in range(bar.count()):
        needed = bar.fontMetrics().horizontalAdvance(bar.tabText(place)) + _TAB_PADDING
        if needed > bar.tabRect(place).width() + _SLACK:
            yield bar.tabText(place), f"needs {needed}, has {bar.tabRect(place).width()}"
        elif bar.tabRect(place).right() > bar.width() + _SLACK:
            yield bar.tabText(place), f"ends at {bar.tabRect(place).right()} of {bar.width()}"


def _heads(header: QHeaderView) -> Iterator[tuple[str, str]]:
    for place in range(header.count()):
        needed = header.sectionSizeHint(place)
        if needed > header.sectionSize(place) + _SLACK:
            text = str(header.model().headerData(place, Qt.Orientation.Horizontal))
            yield text, f"needs {needed}, has {header.sectionSize(place)}"


def _tree(tree: ReportTree) -> Iterator[tuple[str, str]]:
    model, delegate = tree.model(), tree.itemDelegate()
    for entry in model.entries():
        index = model.index_of(entry)
        line = tree.visualRect(index)
        width, below = delegate.title_room(line.width(), index, tree.fontMetrics())
        text = tree.fontMetrics().boundingRect(QRect(0, 0, width, 10_000), int(_WRAP), entry.label)
        needed = text.height() + below + 2 * _PADDING
        if needed > line.height() + _SLACK:
            yield entry.label, f"needs a height of {needed}, has {line.height()}"


def _text_room(combo: QComboBox) -> int:
    """Tell the width that a choice leaves to its text, beside the arrow."""
    option = QStyleOptionComboBox()
    option.initFrom(combo)
    complex_control, field = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    return combo.style().subControlRect(complex_control, option, field, combo).width()


def _scrolls(widget: QWidget) -> bool:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            return True
        above = above.parentWidget()
    return False


def walk(window: Window, report: Path) -> dict[str, list[str]]:
    """Look at every page, tab and dialog; tell what is cut on each."""
    found: dict[str, list[str]] = {}

    def look(name: str, widget: QWidget = window) -> None:
        faults = lasting(
            lambda: [fault for fault in clipped(widget) if not any(fault in known for known in found.values())]
        )
        if faults:
            found[name] = faults

    look("start")
    assert window.open_file(report)
    desk = window.desk
    assert desk is not None
    for entry in desk.model.entries():
        if entry.kind is not NodeKind.ITEM:
            desk.tree.choose(entry)
            look(entry.label)
    items = [entry for entry in desk.model.entries() if entry.kind is NodeKind.ITEM]
    for entry in (items[0], max(items, key=lambda one: len(one.label)), items[-1]):
        desk.tree.choose(entry)
        page = desk.page
        assert isinstance(page, ItemPage)
        for place in range(page.tabs.count()):
            page.tabs.setCurrentIndex(place)
            look(f"{entry.label[:12]} {page.tabs.tabText(place)}")
    with tempfile.TemporaryDirectory() as folder:
        for name, dialog in chain(_dialogs(window).items(), circulation(window, Path(folder))):
            dialog.show()
            look(name, dialog)
            dialog.close()
    window.show_start()
    look("start with a recent file")
    return found


def _dialogs(window: Window) -> dict[str, QDialog]:
    desk = window.desk
    assert desk is not None
    workplace = desk.workplace
    item = workplace.view.items[0].id
    long = "長い場所" * 20
    reference = Address(item, "reference", workplace.year)
    return {
        "new": NewReportDialog(window, installed_forms(), workplace.year, Path("書類")),
        "export": ExportDialog(window, workplace, window.queue, window.settings, item),
        "print": PrintDialog(
            window, workplace, window.queue, window.settings, window.fonts_folder, shown=Target(item=item)
        ),
        "recovery": recovery_dialog(window, workplace.form, workplace.view, [Draft(reference, reference, "文")]),
        "renumber": renumber_dialog(window, workplace.view, {item: "Ⅰ-2"}),
        "message": _box(
            window,
            "できませんでした",
            f"「/{long}/見本.hyoka」は壊れています。\n無事です。\n直してください。",
            QMessageBox.Icon.Warning,
        ),
    }


def main(report: str, folder: str, width: str, height: str, text_size: str = "100") -> None:
    """Print what is cut as JSON."""
    make_application()
    settings = Settings(Path(folder) / "settings.json")
    settings.remember({"text_size": text_size})
    window = make_window(settings)
    window.resize(int(width), int(height))
    window.show()
    QTest.qWaitForWindowExposed(window)
    found = walk(window, Path(report))
    told = {"found": found, "size": [window.width(), window.height()]}
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    window.close()
    QApplication.processEvents()


if __name__ == "__main__":
    main(*sys.argv[1:])

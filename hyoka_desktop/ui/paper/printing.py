"""Print sides of paper: know the printers, set one up, paint the same frames on it as on the screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QMarginsF, QObject, QPointF, QTimer, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from hyoka_desktop.services.imposition import Imposition, Paper, Side
from hyoka_desktop.typeset.frames import PageFrame
from hyoka_desktop.ui.paper.painting import PagePainter

_POINTS_PER_INCH: Final = 72
_PAPER_IDS: Final = {
    Paper.A4: QPageSize.PageSizeId.A4,
    Paper.A3: QPageSize.PageSizeId.A3,
    Paper.B4: QPageSize.PageSizeId.JisB4,
}


class Printers:
    """Ask the operating system for printers; what it does to find them is its own."""

    def names(self) -> list[str]:
        """Tell the printers, the default one first."""
        default = QPrinterInfo.defaultPrinterName()
        return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: name != default)

    def can_duplex(self, name: str) -> bool:
        """Tell whether a printer turns the paper by itself."""
        modes = set(QPrinterInfo.printerInfo(name).supportedDuplexModes())
        return bool(modes - {QPrinter.DuplexMode.DuplexNone})

    def make(self, name: str) -> QPrinter:
        """Make ready to print on a printer."""
        return QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """Hold what is printed: the pages, the paper, the sides in order for one copy, copies, and the title in the queue.

    `is_duplex` has the printer turn the paper.
    """

    pages: Sequence[PageFrame]
    paper: Paper
    imposed: Imposition
    sides: Sequence[Side]
    copies: int
    is_duplex: bool
    title: str


def set_up(printer: QPrinter, order: PrintOrder) -> tuple[Side, ...]:
    """Set paper, turning and copies; tell all sides to paint, which repeat where the printer makes no copies itself."""
    turned = QPageLayout.Orientation.Landscape if order.imposed.is_landscape else QPageLayout.Orientation.Portrait
    printer.setFullPage(True)
    printer.setPageLayout(QPageLayout(QPageSize(_PAPER_IDS[order.paper]), turned, QMarginsF()))
    printer.setFullPage(True)
    printer.setDocName(order.title)
    printer.setDuplex(_duplex(order))
    if printer.supportsMultipleCopies():
        printer.setCopyCount(order.copies)
        printer.setCollateCopies(True)
        return tuple(order.sides)
    whole = [*order.sides]
    if order.is_duplex and len(whole) % 2 and order.copies > 1:
        whole.append(())
    return tuple(whole * order.copies)


def _duplex(order: PrintOrder) -> QPrinter.DuplexMode:
    if not order.is_duplex:
        return QPrinter.DuplexMode.DuplexNone
    short = order.imposed.turns_on_short_edge
    return QPrinter.DuplexMode.DuplexShortSide if short else QPrinter.DuplexMode.DuplexLongSide


class PrintRun(QObject):
    """Paint an order on a printer, a side in each turn of the event loop, so that the window stays awake."""

    progressed = Signal(int)
    finished = Signal()
    failed = Signal()

    def __init__(self, printer: QPrinter, order: PrintOrder, painter: PagePainter, parent: QObject) -> None:
        super().__init__(parent)
        # Before the printer: what is held first goes first, and a painter must never outlive what it paints on.
        self._painter = QPainter()
        self._printer = printer
        self._pages = order.pages
        self._page_painter = painter
        self.sides = set_up(printer, order)
        self._done = 0
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._paint_next)

    def start(self) -> None:
        """Begin; `finished` or `failed` ends it."""
        if self._painter.begin(self._printer):
            self._turn.start()
        else:
            self.failed.emit()

    def cancel(self) -> None:
        """Print no more; nothing more is told."""
        if self._turn.isActive():
            self._turn.stop()
            self._printer.abort()
            self._painter.end()

    def _paint_next(self) -> None:
        if self._done and not self._printer.newPage():
            self._end(is_whole=False)
            return
        self._paint(self.sides[self._done])
        self._done += 1
        self.progressed.emit(self._done)
        if self._done == len(self.sides):
            self._end(is_whole=True)

    def _paint(self, side: Side) -> None:
        dots = self._printer.resolution() / _POINTS_PER_INCH
        for placement in side:
            self._painter.save()
            self._painter.translate(QPointF(placement.x, placement.y) * dots)
            self._page_painter.paint(self._painter, self._pages[placement.page], placement.scale * dots)
            self._painter.restore()

    def _end(self, *, is_whole: bool) -> None:
        self._turn.stop()
        if self._painter.end() and is_whole:
            self.finished.emit()
        else:
            self.failed.emit()

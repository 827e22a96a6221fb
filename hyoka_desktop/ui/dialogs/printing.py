"""Print: choose what and how, see the sheets as they will be, watch the progress, cancel."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from hyoka_desktop.domain import fields
from hyoka_desktop.errors import HyokaError
from hyoka_desktop.messages.errors import message_of
from hyoka_desktop.messages.window import spoken, word
from hyoka_desktop.services.export import ExportRequest, MissingCharacters, Prepared, prepare, shipped_fonts
from hyoka_desktop.services.imposition import Arrangement, Imposition, impose, leaves, printed_sides
from hyoka_desktop.services.outputsets import AS_FILLED, SHIPPED, OutputSet, own_output_sets
from hyoka_desktop.services.pagerange import RangeFault, parse_pages
from hyoka_desktop.services.preview import Target
from hyoka_desktop.services.quoting import LackingValue
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.typeset.frames import Layout
from hyoka_desktop.ui.dialogs.fitting import screen_room
from hyoka_desktop.ui.dialogs.frame import open_with
from hyoka_desktop.ui.dialogs.printchoices import PrintChoices, Sides
from hyoka_desktop.ui.pages.column import scrolling
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.paper.area import Fit, PaperArea
from hyoka_desktop.ui.paper.bar import PaperBar
from hyoka_desktop.ui.paper.glyphs import GlyphSetter
from hyoka_desktop.ui.paper.painting import PagePainter
from hyoka_desktop.ui.paper.printing import Printers, PrintOrder, PrintRun
from hyoka_desktop.ui.tasks import CpuQueue, Job
from hyoka_desktop.ui.theme import UNIT, scaled
from hyoka_desktop.ui.workplace import Workplace

_CHOICES_WIDTH = 340
_SIZE = (1080, 660)
_LEAST_PREVIEW = 300
_BY_HAND = frozenset({Sides.FRONTS, Sides.BACKS, Sides.BACKS_REVERSED})
_PERCENT = 100
_MOST_NAMED = 3


class PrintDialog(QDialog):
    """Show what will be printed and print it. After it was accepted, `outcome` says what was sent."""

    def __init__(
        self,
        parent: QWidget,
        workplace: Workplace,
        queue: CpuQueue,
        settings: Settings,
        fonts_folder: Path,
        *,
        shown: Target | None = None,
        printers: Printers | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(word("print_title"))
        self.outcome = ""
        self._workplace = workplace
        self._queue = queue
        self._printers = printers or Printers()
        self._has_asked = False
        self._ask = QTimer(self, singleShot=True, interval=0)
        self._ask.timeout.connect(self._find_printers)
        self._settings = settings
        self._layout: Layout | None = None
        self._missing: tuple[MissingCharacters, ...] = ()
        self._lacking: tuple[LackingValue, ...] = ()
        self._imposed: Imposition | None = None
        self._job: Job | None = None
        self._run: PrintRun | None = None
        self._painter = PagePainter(GlyphSetter(fonts_folder, shipped_fonts()))
        self.choices = PrintChoices(_targets(workplace, shown), _outputs(workplace, settings))
        self.choices.restore(settings.text)
        self.area = PaperArea(self._painter)
        self.area.set_fit(Fit.PAGE)
        self.bar = PaperBar(self.area, for_printing=True)
        self.summary = plain_label("", "caption")
        self.state = plain_label("", "caption")
        self.state.setWordWrap(True)
        self.progress = QProgressBar(textVisible=False)
        self.progress.hide()
        self._lay_out()
        self.choices.target_changed.connect(self._set_pages)
        self.choices.changed.connect(self._impose)
        self.bar.wanted.connect(lambda name: self.area.acts[name]())
        self._set_pages()

    def showEvent(self, event: QShowEvent) -> None:
        """Look for printers once the dialog is there: the operating system may take its time."""
        super().showEvent(event)
        self._ask.start()

    def start(self) -> None:
        """Send the sheets to the printer."""
        layout, imposed = self._layout, self._imposed
        if layout is None or imposed is None or self._run is not None:
            return
        sides = self.choices.chosen_sides
        order = PrintOrder(
            layout.pages,
            self.choices.request.paper,
            imposed,
            printed_sides(imposed.sides, sides.faces),
            self.choices.copies.value,
            sides is Sides.DUPLEX,
            layout.title,
        )
        run = self._run = PrintRun(self._printers.make(self.choices.printer.currentText()), order, self._painter, self)
        run.progressed.connect(self._show_progress)
        run.finished.connect(self._finish)
        run.failed.connect(lambda: self._end(word("print_failed")))
        self.progress.setRange(0, len(run.sides))
        self._set_busy(is_printing=True)
        self._show_progress(0)
        run.start()

    def reject(self) -> None:
        """Cancel printing, or the making of pages; close otherwise."""
        if self._run is not None:
            self._run.cancel()
            self._end(word("print_cancelled"))
            return
        if self._job is not None:
            self._job.cancel()
        super().reject()

    def _lay_out(self) -> None:
        choices = scrolling(self.choices)
        choices.setFixedWidth(min(scaled(_CHOICES_WIDTH), screen_room(self).width() - _LEAST_PREVIEW - UNIT * 6))
        self.area.setAccessibleName(word("print_preview"))
        self.area.setMinimumSize(_LEAST_PREVIEW, _LEAST_PREVIEW // 2)
        paper = QVBoxLayout()
        paper.setSpacing(0)
        paper.addWidget(self.bar)
        paper.addWidget(self.area)
        halves = QHBoxLayout()
        halves.setSpacing(UNIT * 2)
        halves.addWidget(choices)
        halves.addLayout(paper, stretch=1)
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT * 2, UNIT * 2, UNIT * 2, UNIT * 2)
        column.setSpacing(UNIT)
        column.addLayout(halves, stretch=1)
        column.addWidget(self.progress)
        column.addWidget(self.state)
        column.addLayout(self._foot())
        open_with(self, *_SIZE)

    def _foot(self) -> QHBoxLayout:
        buttons = QDialogButtonBox()
        self._start = buttons.addButton(word("print_start"), QDialogButtonBox.ButtonRole.ActionRole)
        self._start.setDefault(True)
        self._start.clicked.connect(self.start)
        self._start.setEnabled(False)
        self._close = buttons.addButton(word("cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self._close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.summary, stretch=1)
        foot.addWidget(buttons)
        return foot

    def _find_printers(self) -> None:
        if self._has_asked:
            return
        self._has_asked = True
        names = self._printers.names()
        self.choices.show_printers(names)
        if self._job is None:
            self._tell_state()
        self._impose()

    def _set_pages(self) -> None:
        """Have the pages of the range laid out on the worker thread."""
        view, form, session = self._workplace.live_view, self._workplace.form, self._workplace.session
        memory = self._workplace.export_memory
        request = self._request()
        self.progress.setRange(0, 0)
        self.progress.show()
        self.state.setText(word("stage_typeset"))
        self._start.setEnabled(False)
        self._job = self._queue.submit(
            Job(
                "print",
                lambda checkpoint, progress: prepare(
                    form, view, replace(request, anchor=session.anchor_soon()), progress, checkpoint, memory
                ),
                self._show_pages,
                self._show_fault,
            )
        )

    def _request(self) -> ExportRequest:
        """Tell the document whose pages are wanted: made as an export makes it, and printed instead of written."""
        target, output = self.choices.target, self.choices.chosen_output
        if target is None:
            return ExportRequest(output=output)
        part = None if target.part is None else self._workplace.form.parts[target.part].id
        output = replace(output, parts=None if part is None else (part,))
        return ExportRequest(output=output, items=None if target.item is None else [target.item])

    def _show_pages(self, prepared: Prepared) -> None:
        self._job = None
        self._layout = prepared.layout
        self._missing, self._lacking = prepared.missing, prepared.lacking
        self.progress.hide()
        self._tell_state()
        self._impose()

    def _tell_state(self) -> None:
        """Say what a person should know: there is no printer, a character has no glyph, an indicator no value."""
        told: list[str] = []
        if self._has_asked and not self.choices.printer.count():
            told.append(word("print_no_printer"))
        if self._missing:
            places = "、".join(f"{entry.place}「{entry.characters}」" for entry in self._missing[:_MOST_NAMED])
            told.append(word("print_missing", places=places))
        if self._lacking:
            places = "、".join(f"{entry.place}「{entry.name}」" for entry in self._lacking[:_MOST_NAMED])
            told.append(word("print_lacking", places=places))
        self.state.setText("\n".join(told))

    def _impose(self) -> None:
        """Place the wanted pages on paper and show the sheets."""
        layout = self._layout
        if layout is None or not layout.pages or self._job is not None:
            return
        pages = parse_pages(self.choices.pages.text(), len(layout.pages))
        if isinstance(pages, RangeFault):
            self.choices.complain(word(f"print_{pages.value}", pages=len(layout.pages)))
            self._start.setEnabled(False)
            return
        self.choices.complain("")
        imposed = self._imposed = impose(pages, (layout.width, layout.height), self.choices.request)
        shown = Imposition(
            imposed.width, imposed.height, printed_sides(imposed.sides, self.choices.chosen_sides.faces), imposed.fold
        )
        self.area.show_sides(layout.pages, shown)
        self.bar.show_page()
        self._sum_up(imposed)
        self._start.setEnabled(self.choices.printer.count() > 0)

    def _sum_up(self, imposed: Imposition) -> None:
        sides = self.choices.chosen_sides
        count = len(imposed.sides) if sides is Sides.ONE_SIDED else len(list(leaves(imposed.sides)))
        self._leaves = count * self.choices.copies.value
        self.summary.setText(
            word(
                "print_summary",
                paper=self.choices.request.paper.value,
                orientation=word("landscape" if imposed.is_landscape else "portrait"),
                percent=round(imposed.sides[0][0].scale * _PERCENT),
                leaves=self._leaves,
            )
        )
        self.choices.advise("".join(self._hints(imposed, sides)))

    def _hints(self, imposed: Imposition, sides: Sides) -> list[str]:
        hints: list[str] = []
        name = self.choices.printer.currentText()
        if sides is Sides.DUPLEX:
            can = not name or self._printers.can_duplex(name)
            edge = "print_short_edge" if imposed.turns_on_short_edge else "print_long_edge"
            hints.append(word(edge) if can else word("print_no_duplex"))
        elif sides in _BY_HAND:
            hints.append(word("print_by_hand"))
        if self.choices.request.arrangement is Arrangement.BOOKLET:
            hints.append(word("print_fold"))
        return hints

    def _show_fault(self, error: BaseException) -> None:
        self._job = None
        self.progress.hide()
        if not isinstance(error, HyokaError):
            self.state.setText(word("crash_text", kind=type(error).__name__))
            raise error
        self.state.setText(spoken(message_of(error)))

    def _show_progress(self, done: int) -> None:
        self.progress.setValue(done)
        self.state.setText(word("print_sending", done=done, all=self.progress.maximum()))

    def _finish(self) -> None:
        printer = self.choices.printer.currentText()
        self.outcome = word("print_done", printer=printer, leaves=self._leaves)
        self._end(self.outcome)
        self._settings.remember(self.choices.remembered())
        self.accept()

    def _end(self, text: str) -> None:
        if self._run is not None:
            self._run.deleteLater()
        self._run = None
        self._set_busy(is_printing=False)
        self.state.setText(text)

    def _set_busy(self, *, is_printing: bool) -> None:
        self.progress.setVisible(is_printing)
        self.choices.setEnabled(not is_printing)
        self._start.setEnabled(not is_printing)


def _outputs(workplace: Workplace, settings: Settings) -> list[OutputSet]:
    """Tell the output sets that the form has a document for; first the one that shows what the preview shows."""
    sets = (AS_FILLED, *SHIPPED, *own_output_sets(settings))
    return [output for output in sets if not output.document or output.document in workplace.form.documents]


def _targets(workplace: Workplace, shown: Target | None) -> list[tuple[str, Target | None]]:
    """Tell what may be printed: the whole report, and what the window shows."""
    targets: list[tuple[str, Target | None]] = [(word("export_all"), None)]
    if shown is not None and shown.item is not None:
        number = workplace.view.text(shown.item, fields.ITEM_NUMBER)
        targets.append((word("export_item", number=number), shown))
    elif shown is not None and shown.part is not None:
        targets.append((word("print_shown"), shown))
    return targets

"""The pane with the pages of what is being edited, laid out anew after a pause in typing."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hyoka_desktop.domain.report import Address, NodeKind
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.export import shipped_fonts
from hyoka_desktop.services.pageplaces import Place, places_of
from hyoka_desktop.services.preview import Previewer, Target
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.typeset.frames import Layout
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.paper.area import Fit, PaperArea
from hyoka_desktop.ui.paper.bar import PaperBar
from hyoka_desktop.ui.paper.busysign import BusySign
from hyoka_desktop.ui.paper.findbar import FindBar
from hyoka_desktop.ui.paper.glyphs import GlyphSetter
from hyoka_desktop.ui.paper.pagesearch import PageSearch
from hyoka_desktop.ui.paper.painting import PagePainter
from hyoka_desktop.ui.paper.remembered import PaperState, remember_state, remembered_state
from hyoka_desktop.ui.paper.thumbnails import Thumbnails
from hyoka_desktop.ui.paper.view import Mark, MarkKind
from hyoka_desktop.ui.tasks import CpuQueue, Job
from hyoka_desktop.ui.theme import UNIT
from hyoka_desktop.ui.workplace import Workplace

_PAUSE_MS = 400
_SOLE_KINDS = frozenset({NodeKind.REPORT, NodeKind.SECTION, NodeKind.ITEM})
"""Nodes with many fields all over the pages: one that is not printed must not be sought at another of them."""


class PreviewPane(QWidget):
    """Show the pages of a target, mark what is being edited on them, and lead to the field of a text."""

    field_wanted = Signal(object)

    def __init__(
        self, workplace: Workplace, queue: CpuQueue, fonts_folder: Path, settings: Settings, name: str
    ) -> None:
        super().__init__()
        self._settings = settings
        self._name = name
        self._workplace = workplace
        self._queue = queue
        fonts = shipped_fonts()
        self._previewer = Previewer(workplace.form, fonts)
        self._target: Target | None = None
        self._is_fresh = False
        self._attended: Address | None = None
        self._must_follow = False
        glyphs = GlyphSetter(fonts_folder, fonts)
        self.area = PaperArea(PagePainter(glyphs))
        self.view = self.area.view
        self.thumbnails = Thumbnails(PagePainter(glyphs))
        self.thumbnails.hide()
        self.bar = PaperBar(self.area)
        self.find_bar = FindBar(word("find_on_page"))
        self.search = PageSearch(glyphs)
        self.busy = BusySign(self.area)
        self._state = plain_label("", "caption")
        self._state.setContentsMargins(UNIT * 2, 0, UNIT, UNIT)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self._acts = self._made_acts()
        self._lay_out()
        self._connect()
        self._take_state(remembered_state(settings, name))
        self._say("")

    def show_target(self, target: Target | None) -> None:
        """Show the pages of another part of the report, from the first on; of the same one, where the scroll stands."""
        if target != self._target:
            self._is_fresh = True
            self._attended = None
        self._target = target
        if target is None:
            self._show_nothing()
        self.refresh()

    def refresh(self) -> None:
        """Lay out the target as it stands, on the worker thread."""
        target = self._target
        if target is None or not self.isVisible():
            return
        view, previewer = self._workplace.live_view, self._previewer
        if target.item is not None and target.item not in view.snapshot.tree.nodes:
            return
        if self.view.sides:
            self.busy.begin(word("preview_wait" if self._is_fresh else "preview_updating"))
        else:
            self._say(word("preview_wait"))
        self._queue.submit(
            Job(
                f"preview {id(self)}",
                lambda checkpoint, _: previewer.layout(view, target, checkpoint),
                self._show,
                lambda _: self._tell_failed(),
            )
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while the pane was not to be seen."""
        super().showEvent(event)
        self.refresh()

    def act(self, name: str) -> None:
        """Carry out an action on the pages."""
        self._acts[name]()

    def attend(self, address: Address) -> None:
        """Mark the field that the person edits, and come to it, unless the pages are being read."""
        self._attended = address
        self._must_follow = not self.area.is_being_read
        self._mark()

    def _made_acts(self) -> Mapping[str, Callable[[], object]]:
        area = self.area
        return {
            **area.acts,
            "two_up": lambda: self._set_two_up(area.columns == 1),
            "thumbnails": lambda: self._set_thumbnails(self.thumbnails.isHidden()),
            "go_to_page": self.bar.page.setFocus,
            "find_on_page": self.find_bar.open_bar,
        }

    def _connect(self) -> None:
        workplace = self._workplace
        workplace.changed.connect(lambda _: self._pause.start())
        workplace.typed.connect(lambda _: self._pause.start())
        workplace.year_changed.connect(self.refresh)
        workplace.attended.connect(self.attend)
        self.bar.wanted.connect(self.act)
        self.view.clicked.connect(self._go_to_field)
        self.thumbnails.chosen.connect(self.area.go_to_page)
        self.area.page_changed.connect(self._follow_page)
        self.find_bar.wanted.connect(self._find)
        self.find_bar.stepped.connect(self._step_find)
        self.find_bar.field_wanted.connect(self._go_to_match)
        self.find_bar.closed.connect(self._end_find)

    def _lay_out(self) -> None:
        self.area.setAccessibleName(word("preview"))
        pages = QHBoxLayout()
        pages.setSpacing(0)
        pages.addWidget(self.thumbnails)
        pages.addWidget(self.area)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.find_bar)
        column.addWidget(self._state)
        column.addLayout(pages)

    def keep_state(self) -> None:
        """Remember zoom, columns and strip for the next report."""
        area = self.area
        state = PaperState(area.fit, area.factor, area.columns, not self.thumbnails.isHidden())
        remember_state(self._settings, self._name, state)

    def _take_state(self, state: PaperState) -> None:
        if state.fit is Fit.NONE:
            self.area.set_factor(state.factor)
        else:
            self.area.set_fit(state.fit)
        self._set_two_up(state.columns > 1)
        self._set_thumbnails(state.strip)

    def _tell_failed(self) -> None:
        self.busy.end()
        self._say(word("preview_failed"))

    def _show(self, layout: Layout) -> None:
        self.busy.end()
        self._say("")
        self.area.show_layout(layout)
        self.search.show_pages(layout.pages)
        self.thumbnails.show_layout(layout)
        if self._is_fresh:
            self._is_fresh = False
            self.area.go_to_page(0)
        self._follow_page()
        self._mark()
        self._show_found()

    def _show_nothing(self) -> None:
        self.busy.end()
        self.area.clear()
        self.search.show_pages(())
        self.thumbnails.show_layout(None)
        self._follow_page()
        self._say("")

    def _say(self, text: str) -> None:
        self._state.setText(text)
        self._state.setVisible(bool(text))

    def _follow_page(self) -> None:
        self.bar.show_page()
        self.thumbnails.show_current(self.area.page)
        place = word("page_of", page=self.area.page + 1, pages=self.view.sides) if self.view.sides else ""
        self.area.setAccessibleDescription(place)

    def _set_two_up(self, on: bool) -> None:  # noqa: FBT001 - what a switch is set to
        self.bar.two_up.setChecked(on)
        self.area.set_columns(2 if on else 1)

    def _set_thumbnails(self, on: bool) -> None:  # noqa: FBT001 - what a switch is set to
        self.bar.thumbnails.setChecked(on)
        self.thumbnails.setVisible(on)

    def _places(self) -> tuple[Place, ...]:
        address, nodes = self._attended, self._workplace.session.snapshot.tree.nodes
        if address is None or address.node not in nodes:
            return ()
        return places_of(self.view.pages, address, loosely=nodes[address.node].kind not in _SOLE_KINDS)

    def _mark(self) -> None:
        """Mark the field in hand and all that was found, and come to the field where that is still to be done."""
        areas = [(place.page, QRectF(place.x, place.y, place.width, place.height)) for place in self._places()]
        self.view.set_marks([*(Mark(page, area, MarkKind.FIELD) for page, area in areas), *self.search.marks()])
        self.area.set_interest(areas[0] if areas else None)
        if areas and self._must_follow and not self._is_fresh:
            self._must_follow = False
            self.area.reveal(*areas[0])

    def _go_to_field(self, source: object) -> None:
        """Let the field of a text be edited; the page stays where the person has it."""
        self.area.keep_still()
        self.field_wanted.emit(source)

    def _find(self, wanted: str) -> None:
        self.search.find(wanted, self.area.page)
        self._show_match()

    def _step_find(self, by: int) -> None:
        self.search.step(by)
        self._show_match()

    def _show_match(self) -> None:
        self._mark()
        self._show_found()
        match = self.search.current
        if match is not None:
            place = next(self.search.areas(match))
            self.area.set_interest(place)
            self.area.reveal(*place)

    def _show_found(self) -> None:
        found = len(self.search.matches)
        self.find_bar.show_count(self.search.place + 1 if found else 0, found)

    def _go_to_match(self) -> None:
        match = self.search.current
        if match is not None and match[0].text.source is not None:
            self._go_to_field(match[0].text.source)

    def _end_find(self) -> None:
        self.search.find("", 0)
        self._mark()

"""The pane with the pages of what is being edited, laid out anew after a pause in typing."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from hyoka_desktop.messages.window import action_text, word
from hyoka_desktop.services.export import shipped_fonts
from hyoka_desktop.services.preview import Previewer, Target
from hyoka_desktop.typeset.frames import Layout
from hyoka_desktop.ui.icons import icon
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.pageview import PageView
from hyoka_desktop.ui.tasks import CpuQueue, Job
from hyoka_desktop.ui.theme import COLOURS, UNIT
from hyoka_desktop.ui.workplace import Workplace

_PAUSE_MS = 400
_ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)


class PreviewPane(QWidget):
    """Show the pages of a target."""

    field_wanted = Signal(object)

    def __init__(self, workplace: Workplace, queue: CpuQueue, fonts_folder: Path) -> None:
        super().__init__()
        self._workplace = workplace
        self._queue = queue
        self._previewer = Previewer(workplace.form, shipped_fonts())
        self._target: Target | None = None
        self._zoom = _ZOOMS.index(1.0)
        self.view = PageView(fonts_folder)
        self.view.clicked.connect(self.field_wanted)
        self._state = plain_label(word("preview_wait"), "faint")
        self._area = QScrollArea()
        self._area.setWidget(self.view)
        self._area.setStyleSheet(f"QScrollArea {{ background: {COLOURS.desk}; }}")
        self._area.viewport().installEventFilter(self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(self._area)
        workplace.changed.connect(lambda _: self._pause.start())
        workplace.typed.connect(lambda _: self._pause.start())
        workplace.year_changed.connect(self.refresh)

    def show_target(self, target: Target | None) -> None:
        """Show the pages of another part of the report."""
        self._target = target
        if target is None:
            self.view.clear()
            self._state.clear()
        self._area.verticalScrollBar().setValue(0)
        self.refresh()

    def refresh(self) -> None:
        """Lay out the target as it stands, on the worker thread."""
        target = self._target
        if target is None or not self.isVisible():
            return
        view, previewer = self._workplace.live_view, self._previewer
        if target.item is not None and target.item not in view.snapshot.tree.nodes:
            return
        self._queue.submit(
            Job(
                f"preview {id(self)}",
                lambda checkpoint, _: previewer.layout(view, target, checkpoint),
                self._show,
                lambda _: self._state.setText(word("preview_failed")),
            )
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while the pane was not to be seen."""
        super().showEvent(event)
        self.refresh()

    def zoom(self, by: int) -> None:
        """Show larger (1) or smaller (-1)."""
        self._zoom = min(max(self._zoom + by, 0), len(_ZOOMS) - 1)
        self.view.set_zoom(_ZOOMS[self._zoom])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the pages to the width of the pane."""
        if event.type() is QEvent.Type.Resize:
            self.view.fit(self._area.viewport().width())
        return super().eventFilter(watched, event)

    def _show(self, layout: Layout) -> None:
        self.view.show_layout(layout)
        self._state.setText(word("page_count", pages=len(layout.pages)))

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(UNIT * 2, UNIT, UNIT, UNIT)
        head.setSpacing(UNIT)
        head.addWidget(plain_label(word("preview"), "caption"))
        head.addWidget(self._state)
        head.addStretch()
        for name, icon_name, by in (("zoom_out", "zoom-out", -1), ("zoom_in", "zoom-in", 1)):
            button = QToolButton()
            button.setIcon(icon(icon_name))
            button.setToolTip(action_text(name))
            button.setAccessibleName(action_text(name))
            button.clicked.connect(lambda _=False, step=by: self.zoom(step))
            head.addWidget(button)
        return head

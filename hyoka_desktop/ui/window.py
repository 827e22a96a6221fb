"""The window: start page or desk, tool bar, status bar; opens and leaves reports. What it does lies in `ui.work`."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from hyoka_desktop.domain import era
from hyoka_desktop.errors import HyokaError
from hyoka_desktop.messages.errors import message_of
from hyoka_desktop.messages.window import APPLICATION, spoken, word
from hyoka_desktop.services.session import Session, real_place
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.ui.actions import Actions
from hyoka_desktop.ui.breathing import breathe, is_between_steps
from hyoka_desktop.ui.collecting import collector
from hyoka_desktop.ui.desk import Desk
from hyoka_desktop.ui.dialogs.notice import tell, tell_error, telling_refusals
from hyoka_desktop.ui.focusorder import step_focus
from hyoka_desktop.ui.longwork import LongWork
from hyoka_desktop.ui.memory import Memory
from hyoka_desktop.ui.naming import progress_text, window_title
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.pages.start import StartPage
from hyoka_desktop.ui.recovering import RecoveredDrafts
from hyoka_desktop.ui.savestate import SaveState
from hyoka_desktop.ui.statusline import StatusLine
from hyoka_desktop.ui.tasks import CpuQueue, JobCancelled
from hyoka_desktop.ui.theme import UNIT, scaled
from hyoka_desktop.ui.toolbar import ToolBar
from hyoka_desktop.ui.trouble import TroubleBar
from hyoka_desktop.ui.work.appearance import AppearanceWork
from hyoka_desktop.ui.work.backups import BackupWork
from hyoka_desktop.ui.work.circulation import CirculationWork
from hyoka_desktop.ui.work.cutting import CuttingWork
from hyoka_desktop.ui.work.dropping import DroppingWork
from hyoka_desktop.ui.work.files import FileWork
from hyoka_desktop.ui.work.help import HelpWork
from hyoka_desktop.ui.work.history import HistoryWork
from hyoka_desktop.ui.work.indicators import IndicatorWork
from hyoka_desktop.ui.work.items import ItemWork
from hyoka_desktop.ui.work.moving import MovingWork
from hyoka_desktop.ui.work.progress import ProgressWork
from hyoka_desktop.ui.work.recent import RecentWork
from hyoka_desktop.ui.work.saving import SavingWork
from hyoka_desktop.ui.work.search import SearchWork
from hyoka_desktop.ui.work.sharing import SharingWork
from hyoka_desktop.ui.work.undoing import UndoingWork
from hyoka_desktop.ui.work.writing import WritingWork
from hyoka_desktop.ui.workplace import Workplace

if TYPE_CHECKING:
    from hyoka_desktop.ui.windows import Windows

_PAUSE_MS = 50
_SIZE = (1366, 768)
_WIDTH_FOR_SIDE = 1100


class Window(QMainWindow):
    """Hold one report at a time. `windows` knows the others and makes more; `closed` tells that this one has ended."""

    closed = Signal()

    def __init__(self, settings: Settings, fonts_folder: Path, version: str, windows: "Windows") -> None:
        super().__init__()
        self.windows = windows
        self.settings = settings
        self.queue = CpuQueue()
        self.long_work = LongWork(self)
        self.desk: Desk | None = None
        self.fonts_folder = fonts_folder
        self._version = version
        self.save_state = SaveState(self)
        self.files = FileWork(self)
        self.items = ItemWork(self)
        self.indicators = IndicatorWork(self)
        self.undoing = UndoingWork(self)
        self.moving = MovingWork(self)
        self.history = HistoryWork(self)
        self.sharing = SharingWork(self, version)
        self.search = SearchWork(self)
        self.progress = ProgressWork(self)
        self.saving = SavingWork(self)
        self.recent = RecentWork(self)
        self.help = HelpWork(self)
        self._dropping = DroppingWork(self)
        self.writing = WritingWork(self)
        self.backups = BackupWork(self)
        self.appearance = AppearanceWork(self)
        self.circulation = CirculationWork(self)
        self._memory = Memory(settings)
        self._line = StatusLine(self.statusBar())
        self.start_page = self._made_start_page()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.start_page)
        self.trouble = TroubleBar()
        self.trouble.retry_wanted.connect(self.saving.write_now)
        self.trouble.elsewhere_wanted.connect(self.saving.save_elsewhere)
        self.save_state.refused.connect(self.trouble.show_error)
        self.save_state.broke.connect(self.trouble.show_error)
        self.save_state.broke.connect(self._tell_broken)
        self.save_state.saved.connect(self.trouble.hide)
        self.setCentralWidget(_under_each_other(self.trouble, self._stack, self.help.pane))
        self.actions_ = Actions(self, self._handlers())
        self.appearance.check_actions()
        self.actions_["recent"].setMenu(self.recent.menu)
        self._progress = plain_label("")
        self._build_bars()
        self.setAcceptDrops(True)
        self.resize(*_SIZE)
        self._memory.restore_window(self)
        self._turn_to_start()

    def _made_start_page(self) -> StartPage:
        page = StartPage(self.files.form_names())
        page.form_chosen.connect(self.files.empty_form)
        page.chosen.connect(self.files.begin)
        page.file_chosen.connect(self.recent.open)
        page.tour_wanted.connect(self.help.tour)
        page.tour_declined.connect(self.help.decline)
        page.waiting_chosen.connect(self.sharing.offer)
        return page

    def open_file(self, path: Path, *, offer_drafts: bool = True) -> bool:
        """Open a report; a fault is told and the window stays as it was. One that is open already comes forward.

        A copy does not stay: its file is perhaps free by now. Drafts of the last time are offered, or taken unasked
        where they are what was being typed a moment ago.
        """
        try:
            shown = self.showing(path)
        except JobCancelled:
            return False
        if shown is not None:
            shown.come_forward()
            return True
        session = self.sharing.open(path)
        if session is None:
            return False
        if not self._leave_report():
            session.close()
            return False
        self.show_session(session, offer_drafts=offer_drafts)
        self.settings.remember_file(session.place)
        return True

    def show_start(self) -> bool:
        """Close the report and show the start page; False where the person stays with the report."""
        if not self._leave_report():
            return False
        self._turn_to_start()
        return True

    def _turn_to_start(self) -> None:
        self.start_page.show_waiting(self.sharing.waiting())
        self.start_page.show_recent(self.settings.recent_files)
        self.start_page.offer_tour(is_offered=self.help.offers_tour)
        self.help.pane.leave()
        self._stack.setCurrentWidget(self.start_page)
        self.setWindowTitle(APPLICATION)
        self.actions_.set_report_open(False)
        self._bar.hide()
        self._progress.clear()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save everything and close, once nothing stands half done; ask where something did not reach the disk."""
        if is_between_steps():
            QTimer.singleShot(_PAUSE_MS, self, self.close)
            event.ignore()
        elif self._leave_report():
            self._memory.keep_window(self)
            self.queue.close()
            self.sharing.close()
            event.accept()
            self.closed.emit()
        else:
            event.ignore()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's signature
        """Have Tab go as one reads: tool bar, what stands above the desk, tree, page, right side, what is below."""
        return step_focus((self._bar, self.trouble, self._stack, self.help.pane), self.focusWidget(), forward=forward)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dragged onto the window."""
        if self._dropping.takes(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the files that are dropped on the window."""
        self._dropping.take(event.mimeData())
        event.acceptProposedAction()

    def save_now(self) -> None:
        """Make everything final and write it, for example because the computer is shutting down."""
        if self.desk is not None:
            self.desk.commit()
            self.desk.workplace.session.flush()

    def fit_texts(self) -> None:
        """Give texts of another size their room; the cursor stays in the field in hand."""
        self._bar.fit_texts()
        if self.desk is not None:
            in_hand = self.desk.workplace.attended_address
            self.desk.commit()
            self.desk.build_anew()
            if in_hand is not None:
                self.desk.go_to(in_hand)

    def come_forward(self) -> None:
        """Show the window before all others."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def say(self, text: str) -> None:
        """Show a short text in the status bar for a while."""
        self._line.say(text)

    def tell_cleaned(self, counts: Mapping[str, int]) -> None:
        """Say what was cleaned in a text that came in."""
        self._line.tell_cleaned(counts)

    def showing(self, path: Path) -> "Window | None":
        """Tell the window in which a report is open to be worked on; JobCancelled where that was given up."""
        place = self.long_work.look(word("waiting_look", name=path.name), lambda: real_place(path))
        return self.windows.showing(place)

    def is_showing(self, place: Path) -> bool:
        """Tell whether the report at a path without links is worked on here; a copy to be read does not count."""
        workplace = self.desk.workplace if self.desk is not None else None
        return workplace is not None and not workplace.is_read_only and workplace.session.place == place

    def _handlers(self) -> Mapping[str, Callable[[], None]]:
        """Tell what is done for each action of the registry; what the report refuses is told."""
        handlers: dict[str, Callable[[], None]] = {
            **self.files.handlers(),
            **self.items.handlers(),
            **self.indicators.handlers(),
            **self.undoing.handlers(),
            **self.moving.handlers(),
            **self.history.handlers(),
            **self.sharing.handlers(),
            **self.search.handlers(),
            **self.progress.handlers(),
            **self.appearance.handlers(),
            **self.recent.handlers(),
            **self.help.handlers(),
            **self.writing.handlers(),
            **CuttingWork(self).handlers(),
            **self.backups.handlers(),
            **self.circulation.handlers(),
            "start": self._start,
            "quit": self.windows.close_all,
            "about": lambda: tell(self, APPLICATION, word("about_text", version=self._version)),
        }
        return {name: telling_refusals(self, act) for name, act in handlers.items()}

    def _build_bars(self) -> None:
        self._bar = ToolBar(self.actions_)
        self.addToolBar(self._bar)
        self._year = self._bar.year
        self._year.activated.connect(self._choose_year)
        self.export_button = self._bar.export_button
        self.statusBar().setContentsMargins(UNIT, 0, 0, 0)
        self.statusBar().addWidget(self._progress)
        self.statusBar().addPermanentWidget(self.sharing.label)
        self.statusBar().addPermanentWidget(self.save_state.label)

    def show_session(self, session: Session, *, offer_drafts: bool = True) -> None:
        """Show a report that is open, and own it."""
        workplace = Workplace(session)
        workplace.changed.connect(self._follow)
        workplace.typed.connect(lambda _: self.save_state.expect())
        workplace.remarked.connect(self.save_state.expect)
        workplace.year_changed.connect(self._show_names)
        workplace.year_changed.connect(self._fill_years)
        workplace.undo_wanted.connect(self.undoing.undo_command)
        workplace.redo_wanted.connect(self.undoing.redo_command)
        workplace.cleaned.connect(self.tell_cleaned)
        workplace.said.connect(self.say)
        workplace.answers.failed.connect(lambda error: tell_error(self, error))
        self.actions_.set_report_open(True, changeable=not workplace.is_read_only)
        with_side = self.width() >= scaled(_WIDTH_FOR_SIDE)
        self.desk = Desk(workplace, self.queue, self.fonts_folder, self.settings, with_side=with_side)
        self._stack.addWidget(self.desk)
        self._stack.setCurrentWidget(self.desk)
        breathe()
        self.desk.begin()
        breathe()
        self._fill_years()
        self.actions_.serve_tree(self.desk.tree, self.desk.tree.menu)
        # Through the actions, which are off where nothing can be changed.
        self.desk.tree.removal_wanted.connect(self.actions_["remove_node"].trigger)
        self.desk.tree.move_wanted.connect(lambda by: self.actions_["move_up" if by < 0 else "move_down"].trigger())
        self._memory.restore_desk(self.desk)
        breathe()
        self.desk.tree.setFocus()
        self._bar.show()
        self.save_state.begin(session)
        self.sharing.begin(session)
        self._show_names()
        recovered = RecoveredDrafts(self, workplace)
        if not offer_drafts:
            recovered.take()
        elif session.recovered:
            QTimer.singleShot(0, recovered, recovered.offer)

    def _leave_report(self) -> bool:
        """Close the open report; False where the person wants to keep it open, or where it is half shown just now."""
        if is_between_steps():
            return False
        desk = self.desk
        if desk is None:
            return True
        desk.commit()
        if not (self.saving.write_all() and self.sharing.settle()):
            return False
        self.backups.back_up_at_closing()
        self.give_up_report()
        return True

    def give_up_report(self) -> None:
        """Close the open report, whatever reached the disk."""
        desk = self.desk
        if desk is None:
            return
        try:
            self._memory.keep_desk(desk)
        finally:
            self._close_desk(desk)

    def _close_desk(self, desk: Desk) -> None:
        self.queue.cancel_all()
        end = desk.close_report()
        # What a timer begins while the disk is waited for must find no report: its file answers nobody any more.
        self.desk = None
        self.long_work.carry_out(word("waiting_save"), lambda *_: end())
        self.save_state.end()
        self.sharing.end()
        self.trouble.hide()
        self._stack.removeWidget(desk)
        # Also what was asked for while the disk was waited for.
        self.queue.cancel_all()
        desk.destroyed.connect(lambda: QTimer.singleShot(0, collector().collect_what_a_report_left))
        desk.deleteLater()

    def _follow(self) -> None:
        self.save_state.expect()
        self._fill_years()
        self._show_names()

    def _fill_years(self) -> None:
        if self.desk is None:
            return
        workplace = self.desk.workplace
        with QSignalBlocker(self._year):
            self._year.clear()
            for year in reversed(workplace.session.snapshot.years):
                self._year.addItem(era.format_fiscal_year(year), year)
            self._year.setCurrentIndex(self._year.findData(workplace.year))

    def _choose_year(self) -> None:
        if self.desk is not None:
            self.desk.workplace.choose_year(int(self._year.currentData()))

    def _show_names(self) -> None:
        """Show title, names of undo and redo, and the progress."""
        desk = self.desk
        if desk is None:
            return
        workplace = desk.workplace
        self.setWindowTitle(window_title(workplace.session))
        self.undoing.name_actions(self.actions_["undo"], self.actions_["redo"])
        self._progress.setText(progress_text(workplace.form, workplace.view))

    def _tell_broken(self, error: HyokaError) -> None:
        tell(self, word("crash_title"), spoken(message_of(error)))

    def _start(self) -> None:
        self.show_start()


def _under_each_other(*widgets: QWidget) -> QWidget:
    """Put widgets under each other without room between."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget)
    return whole

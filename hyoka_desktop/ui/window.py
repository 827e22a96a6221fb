"""The window: start page or desk, menus, tool bar, state of saving."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTime, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QComboBox, QMainWindow, QSizePolicy, QStackedWidget, QToolBar, QWidget

from hyoka_desktop.domain import era, fields
from hyoka_desktop.domain.changes import Edit
from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.errors import HyokaError
from hyoka_desktop.messages.commandline import ODDITIES
from hyoka_desktop.messages.errors import message_of
from hyoka_desktop.messages.window import APPLICATION, undo_text, word
from hyoka_desktop.services.session import Session
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.ui.actions import PAGE_ACTIONS, Actions
from hyoka_desktop.ui.desk import Desk
from hyoka_desktop.ui.dialogs.notice import choose, tell
from hyoka_desktop.ui.dialogs.tables import recovery_dialog
from hyoka_desktop.ui.filework import FileWork
from hyoka_desktop.ui.itemwork import ItemWork
from hyoka_desktop.ui.listening import StoreSignals
from hyoka_desktop.ui.opening import open_or_look
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.pages.start import StartPage
from hyoka_desktop.ui.plain import plain_tip
from hyoka_desktop.ui.tasks import CpuQueue
from hyoka_desktop.ui.theme import UNIT
from hyoka_desktop.ui.workplace import Workplace

_SIZE = (1366, 768)
_WIDTH_FOR_PREVIEW = 1100
_LATE_MS = 1000
_MESSAGE_MS = 8000


class Window(QMainWindow):
    """Hold one report at a time."""

    def __init__(self, settings: Settings, fonts_folder: Path, version: str) -> None:
        super().__init__()
        self.settings = settings
        self.queue = CpuQueue()
        self.desk: Desk | None = None
        self.fonts_folder = fonts_folder
        self._version = version
        self._is_broken = False
        self._signals = StoreSignals()
        self._signals.on_disk.connect(self._show_saved)
        self._signals.refused.connect(self._show_unsaved)
        self._signals.broke.connect(self._show_broken)
        self._late = QTimer(self, singleShot=True, interval=_LATE_MS)
        self._late.timeout.connect(self._show_late)
        self.files = FileWork(self)
        self.items = ItemWork(self)
        self.start_page = StartPage(self.files.form_names())
        self.start_page.form_chosen.connect(self.files.empty_form)
        self.start_page.chosen.connect(self.files.begin)
        self.start_page.file_chosen.connect(self.open_file)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.start_page)
        self.setCentralWidget(self._stack)
        self.actions_ = Actions(self, self._handlers())
        self._year = QComboBox()
        self._saved = plain_label("")
        self._progress = plain_label("")
        self._build_bars()
        self.setAcceptDrops(True)
        self.resize(*_SIZE)
        self.show_start()

    def open_file(self, path: Path) -> bool:
        """Open a report; a fault is told and the window stays as it was. The report that is open already stays.

        A copy does not stay: its file is perhaps free by now.
        """
        if self._is_open(path):
            return True
        session = open_or_look(self, path, self._signals)
        if session is None:
            return False
        if not self._leave_report():
            session.close()
            return False
        self._show_session(session)
        self.settings.remember_file(path)
        return True

    def show_start(self) -> None:
        """Close the report and show the start page."""
        if not self._leave_report():
            return
        self.start_page.show_recent(self.settings.recent_files)
        self._stack.setCurrentWidget(self.start_page)
        self.setWindowTitle(APPLICATION)
        self.actions_.set_report_open(False)
        self._bar.hide()
        self._saved.clear()
        self._progress.clear()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save everything and close; ask where something did not reach the disk."""
        if self._leave_report():
            self.queue.close()
            event.accept()
        else:
            event.ignore()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a report file that is dragged onto the window."""
        if self._dropped_path(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a report file that is dropped on the window."""
        path = self._dropped_path(event)
        if path:
            self.open_file(path)

    def undo(self) -> None:
        """Take back typing in the field first, then the newest command."""
        self._in_field_or("take_back", lambda desk: desk.workplace.session.undo())

    def redo(self) -> None:
        """Repeat typing in the field first, then the command taken back last."""
        self._in_field_or("repeat", lambda desk: desk.workplace.session.redo())

    def say(self, text: str) -> None:
        """Show a short text in the status bar for a while."""
        self.statusBar().showMessage(text, _MESSAGE_MS)

    def _is_open(self, path: Path) -> bool:
        workplace = self.desk.workplace if self.desk is not None else None
        return (
            workplace is not None and not workplace.is_read_only and workplace.session.path.resolve() == path.resolve()
        )

    def _handlers(self) -> dict[str, Callable[[], None]]:
        return {
            "new": self.files.new,
            "open": self.files.open,
            "sample": self.files.sample,
            "import": self.files.import_data,
            "export": self.files.export,
            "print": self.files.print_pages,
            "backup": self.files.backup,
            "start": self.show_start,
            "quit": self._quit,
            "undo": self.undo,
            "redo": self.redo,
            "add_item": self.items.add_item,
            "add_section": self.items.add_section,
            "move_up": lambda: self.items.move(-1),
            "move_down": lambda: self.items.move(1),
            "renumber": self.items.renumber,
            "remove_node": self.items.remove,
            "previous_item": lambda: self._with_desk(lambda desk: desk.step_item(-1)),
            "next_item": lambda: self._with_desk(lambda desk: desk.step_item(1)),
            "previous_tab": lambda: self._with_desk(lambda desk: desk.step_tab(-1)),
            "next_tab": lambda: self._with_desk(lambda desk: desk.step_tab(1)),
            "add_year": self.items.add_year,
            "toggle_preview": lambda: self._with_desk(Desk.toggle_preview),
            **{name: self._page_action(name) for name in PAGE_ACTIONS},
            "about": lambda: tell(self, APPLICATION, word("about_text", version=self._version)),
        }

    def _build_bars(self) -> None:
        self._bar = QToolBar()
        self._bar.setMovable(False)
        self._bar.setIconSize(QSize(18, 18))
        self._bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.addToolBar(self._bar)
        self._year.setAccessibleName(word("year"))
        self._year.activated.connect(self._choose_year)
        self._bar.addWidget(self._year)
        self._bar.addSeparator()
        for name in ("undo", "redo"):
            self._bar.addAction(self.actions_[name])
            button = self._bar.widgetForAction(self.actions_[name])
            if button is not None:
                button.setProperty("toolButtonStyle", Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._bar.addSeparator()
        self._bar.addAction(self.actions_["add_item"])
        gap = QWidget()
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._bar.addWidget(gap)
        self._bar.addAction(self.actions_["toggle_preview"])
        self._bar.addAction(self.actions_["export"])
        self._bar.addAction(self.actions_["print"])
        self.statusBar().setContentsMargins(UNIT, 0, 0, 0)
        self.statusBar().addWidget(self._progress)
        self.statusBar().addPermanentWidget(self._saved)

    def _show_session(self, session: Session) -> None:
        self._is_broken = False
        workplace = Workplace(session)
        workplace.changed.connect(self._follow)
        workplace.typed.connect(lambda _: self._late.start())
        workplace.year_changed.connect(self._show_names)
        workplace.year_changed.connect(self._refill_years)
        workplace.undo_wanted.connect(self._undo_command)
        workplace.redo_wanted.connect(self._redo_command)
        workplace.cleaned.connect(self.tell_cleaned)
        self._fill_years(workplace)
        self.actions_.set_report_open(True, changeable=not workplace.is_read_only)
        with_preview = self.width() >= _WIDTH_FOR_PREVIEW
        self.desk = Desk(workplace, self.queue, self.fonts_folder, with_preview=with_preview)
        # Through the actions, which are off where nothing can be changed.
        self.desk.tree.removal_wanted.connect(self.actions_["remove_node"].trigger)
        self.desk.tree.move_wanted.connect(lambda by: self.actions_["move_up" if by < 0 else "move_down"].trigger())
        self._stack.addWidget(self.desk)
        self._stack.setCurrentWidget(self.desk)
        self.desk.tree.setFocus()
        self._bar.show()
        self._show_saved()
        self._show_names()
        if session.recovered:
            QTimer.singleShot(0, self._offer_recovered)

    def _leave_report(self) -> bool:
        """Close the open report; False where the person wants to keep it open, since something is unsaved."""
        desk = self.desk
        if desk is None:
            return True
        desk.commit()
        while not desk.workplace.session.flush():
            choices = (word("retry"), word("discard"))
            answer = choose(self, APPLICATION, word("unfinished_close"), choices)
            if answer is None:
                return False
            if answer == word("discard"):
                break
        self.queue.cancel_all()
        desk.close_report()
        self.desk = None
        self._stack.removeWidget(desk)
        desk.deleteLater()
        return True

    def _offer_recovered(self) -> None:
        desk = self.desk
        if desk is None:
            return
        session = desk.workplace.session
        drafts = {
            address: text
            for address, text in session.recovered.items()
            if address.node in session.snapshot.tree.nodes and text != (session.snapshot.stored(address) or "")
        }
        if drafts:
            dialog = recovery_dialog(self, session.form, desk.workplace.view, drafts)
            if dialog.exec():
                session.set_block(drafts, desk.workplace.year)
        for address in session.recovered:
            session.put_draft(address, None)

    def _follow(self, _changes: object) -> None:
        self._late.start()
        if self.desk is not None:
            self._fill_years(self.desk.workplace)
        self._show_names()

    def _refill_years(self) -> None:
        if self.desk is not None:
            self._fill_years(self.desk.workplace)

    def _fill_years(self, workplace: Workplace) -> None:
        with QSignalBlocker(self._year):
            self._year.clear()
            for year in reversed(workplace.session.snapshot.years):
                self._year.addItem(era.format_fiscal_year(year), year)
            self._year.setCurrentIndex(self._year.findData(workplace.year))

    def _choose_year(self) -> None:
        if self.desk is not None:
            self.desk.commit()
            self.desk.workplace.choose_year(int(self._year.currentData()))

    def _show_names(self) -> None:
        """Show title, names of undo and redo, and the progress."""
        desk = self.desk
        if desk is None:
            return
        workplace = desk.workplace
        heading = workplace.session.path.stem
        copied_at = workplace.session.copied_at
        if copied_at is None:
            self.setWindowTitle(word("window_title", heading=heading, application=APPLICATION))
        else:
            title = word("copy_title", heading=heading, time=copied_at[11:16], application=APPLICATION)
            self.setWindowTitle(title)
        self._name_undo(self.actions_["undo"], workplace.session.undoable, redo=False)
        self._name_undo(self.actions_["redo"], workplace.session.redoable, redo=True)
        items = workplace.view.items
        if fields.SELF_RATING in workplace.form.fields:
            done = sum(bool(workplace.view.text(item.id, fields.SELF_RATING)) for item in items)
            self._progress.setText(word("progress", done=done, all=len(items)))

    def _name_undo(self, action: QAction, edit: Edit | None, *, redo: bool) -> None:
        if edit is None:
            action.setToolTip(action.text())
            return
        action.setToolTip(plain_tip(undo_text(edit.action.value, self._subject(edit), redo=redo)))

    def _subject(self, edit: Edit) -> str:
        form = self.desk.workplace.form if self.desk else None
        if form is not None and edit.subject in form.fields:
            return form.fields[edit.subject].label
        return word(f"node_{edit.subject}") if edit.subject in set(NodeKind) else edit.subject

    def _in_field_or(self, method: str, otherwise: Callable[[Desk], object]) -> None:
        focused = self.focusWidget()
        act = getattr(focused, method, None)
        if act is not None:
            act()
        elif self.desk is not None:
            self.desk.commit()
            otherwise(self.desk)

    def _undo_command(self) -> None:
        if self.desk is not None:
            self.desk.commit()
            self.desk.workplace.session.undo()

    def _redo_command(self) -> None:
        if self.desk is not None:
            self.desk.commit()
            self.desk.workplace.session.redo()

    def _page_action(self, name: str) -> Callable[[], None]:
        return lambda: self._with_desk(lambda desk: desk.act_on_pages(name))

    def _with_desk(self, act: Callable[[Desk], object]) -> None:
        if self.desk is not None:
            act(self.desk)

    def _show_saved(self) -> None:
        self._late.stop()
        copied_at = self.desk.workplace.session.copied_at if self.desk is not None else None
        if copied_at is not None:
            self._saved.setText(word("copy_state", time=copied_at[11:16]))
        elif self.desk is not None:
            self._saved.setText("● " + word("saved", time=QTime.currentTime().toString("HH:mm:ss")))

    def _show_late(self) -> None:
        if self.desk is not None and self.desk.workplace.session.has_unsaved and not self._is_broken:
            self._saved.setText("◌ " + word("saving"))

    def _show_unsaved(self, error: HyokaError) -> None:
        self._late.stop()
        self._saved.setText("▲ " + word("unsaved", what=message_of(error).what))

    def _show_broken(self, error: BaseException) -> None:
        self._is_broken = True
        self._saved.setText("▲ " + word("unsaved", what=type(error).__name__))
        tell(self, word("crash_title"), word("crash_text", kind=type(error).__name__))

    def tell_cleaned(self, counts: Mapping[str, int]) -> None:
        """Say what was cleaned in a text that came in."""
        details = "、".join(f"{ODDITIES[kind]} {count}" for kind, count in counts.items())
        self.say(word("cleaned", details=details))

    def _quit(self) -> None:
        self.close()

    def _dropped_path(self, event: QDropEvent) -> Path | None:
        urls = event.mimeData().urls()
        path = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
        return path if path is not None and path.suffix == ".hyoka" else None

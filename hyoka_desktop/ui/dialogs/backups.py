"""Look into the backups of the open report, and take texts out of one: as a new command, or all of it as a new file."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from hyoka_desktop.domain.report import Address
from hyoka_desktop.errors import HyokaError
from hyoka_desktop.messages.errors import message_of
from hyoka_desktop.messages.window import spoken, word
from hyoka_desktop.services import backups, history
from hyoka_desktop.services.backups import Backup, Inside, Outcome, Reason
from hyoka_desktop.services.recovery import spoken_time
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.ui.comparison import ComparisonView
from hyoka_desktop.ui.dialogs.choosing import choose_target
from hyoka_desktop.ui.dialogs.frame import add_foot, dialog_column, open_with
from hyoka_desktop.ui.dialogs.notice import tell_error
from hyoka_desktop.ui.linelist import LineList
from hyoka_desktop.ui.longwork import LongWork
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.progressline import ProgressLine
from hyoka_desktop.ui.tasks import CpuQueue, Job, JobCancelled
from hyoka_desktop.ui.theme import UNIT
from hyoka_desktop.ui.workplace import Workplace
from hyoka_desktop.ui.wrapping import WrappingLine

_SIZE: Final = (1180, 660)
_LIST_WIDTH: Final = 540
_STATE_COLUMN: Final = 3
_KILO: Final = 1024


class BackupsDialog(QDialog):
    """Show the backups on the left, what differs from now on the right.

    `wanted` is the place to go to when the dialog was left for one.
    """

    def __init__(self, parent: QWidget, workplace: Workplace, settings: Settings) -> None:
        super().__init__(parent)
        self.setWindowTitle(word("backups_title"))
        open_with(self, *_SIZE)
        self._workplace = workplace
        # Of its own, since a backup may lie on a share that does not answer.
        self._queue = CpuQueue()
        self._settings = settings
        self._found: Sequence[Backup] = ()
        self._long_work = LongWork(self)
        self._proved: dict[Backup, str] = {}
        self._job: Job | None = None
        self.wanted: Address | None = None
        heads = (word("backup_at"), word("backup_reason"), word("backup_size"), word("backup_state"))
        self.list = LineList(heads)
        self.list.setAccessibleName(word("backups_list"))
        self.list.setSelectionMode(LineList.SelectionMode.SingleSelection)
        self.list.chosen_changed.connect(self._look)
        self.heading = plain_label("")
        self.heading.setWordWrap(True)
        self.reading = ProgressLine(word("backup_reading"))
        self.reading.stop_wanted.connect(self._stop_reading)
        self.differences = ComparisonView(Qt.Orientation.Vertical)
        self.differences.chosen_changed.connect(self._allow)
        self.differences.place_wanted.connect(self._go)
        self.restore = self._button("backup_restore", self._restore)
        self.as_file = self._button("backup_as_file", self._take_out)
        self.make = self._button("backup_make", self._make)
        self.second = plain_label("")
        self.choose_second = self._button("backup_second_choose", self._choose_second)
        self.end_second = self._button("backup_second_end", lambda: self._keep_second(None))
        self.outcome = plain_label("", "faint")
        self.outcome.setWordWrap(True)
        self._lay_out()
        self._show_second()
        self.fill()

    def fill(self) -> None:
        """Show the backups as they are now, the newest in hand; none where looking for them was given up."""
        session, places = self._workplace.session, self._places
        try:
            self._found = self._long_work.look(word("backups_finding"), lambda: backups.find_backups(session, places))
        except JobCancelled:
            self._found = ()
        self._proved.clear()
        self.list.fill_from(len(self._found), lambda number: self._line(self._found[number]))
        self._look()

    def done(self, result: int) -> None:
        """Close; what is still being read is heard of no more."""
        self._queue.close()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close in the same way."""
        self._queue.close()
        super().closeEvent(event)

    @property
    def _places(self) -> backups.Places:
        return backups.places_of(self._settings)

    @property
    def _current(self) -> Backup | None:
        lines = [number for number in self.list.chosen_lines if number < len(self._found)]
        return self._found[lines[0]] if lines else None

    def _look(self) -> None:
        """Read the backup in hand away from the window."""
        backup, session = self._current, self._workplace.session
        if backup is None:
            self.reading.end()
            self._say(word("backups_none"))
            return
        self._say(word("backup_reading"))
        self.reading.begin()
        self._job = self._queue.submit(
            Job(
                "look_inside",
                lambda checkpoint, _: backups.look_inside(session, backup, checkpoint),
                self._show_inside,
                lambda fault: self._show_damage(backup, fault),
            )
        )

    def _stop_reading(self) -> None:
        """Read no more, and say that nothing was read."""
        self._cancel()
        self._say(word("backup_not_read"))

    def _show_inside(self, inside: Inside) -> None:
        self.reading.end()
        self._say_state(inside.backup, word("backup_proved_now"))
        self.differences.show_states(self._workplace, inside.snapshot, inside.now, inside.comparison)
        is_same = inside.comparison.is_empty
        self.heading.setText(word("backup_same") if is_same else word("backup_differences"))

    def _show_damage(self, backup: Backup, fault: BaseException) -> None:
        if not isinstance(fault, HyokaError):
            raise fault
        self.reading.end()
        self._say_state(backup, word("backup_is_damaged"))
        self._say(spoken(message_of(fault)))

    def _say(self, text: str) -> None:
        """Show a sentence and no list."""
        self.heading.setText(text)
        self.differences.show_nothing()

    def _say_state(self, backup: Backup, state: str) -> None:
        self._proved[backup] = state
        self.list.lines.ask_anew([_STATE_COLUMN])

    def _allow(self) -> None:
        changeable = not self._workplace.is_read_only
        self.restore.setEnabled(changeable and bool(self._restorable()))
        self.as_file.setEnabled(self._current is not None)
        self.make.setEnabled(changeable)

    def _restorable(self) -> Mapping[Address, str | None]:
        """Tell the chosen texts as the backup has them; those of parts that are gone now have no place."""
        nodes = self._workplace.session.snapshot.tree.nodes
        return {one.address: one.before for one in self.differences.chosen() if one.address.node in nodes}

    def _go(self, place: Address) -> None:
        self.wanted = place
        self.accept()

    def _restore(self) -> None:
        texts = self._restorable()
        self._workplace.settle()
        if self._workplace.attempt(lambda: history.restore(self._workplace.session, texts)) is None:
            return
        self.outcome.setText(word("backup_restored", count=len(texts)))
        self._look()

    def _take_out(self) -> None:
        backup = self._current
        if backup is None:
            return
        path = self._workplace.session.path
        time = backup.at.strftime("%Y%m%d %H%M")
        proposed = path.with_name(word("backup_as_file_name", name=path.stem, time=time))
        target = choose_target(self, word("backup_as_file"), proposed, ".hyoka")
        if target is None:
            return
        said = word("waiting_take_out", name=target.name)
        try:
            self._long_work.carry_out(said, lambda checkpoint, _: backups.restore_as_file(backup, target, checkpoint))
        except JobCancelled:
            return
        except HyokaError as error:
            tell_error(self, error)
        else:
            self.outcome.setText(word("backup_as_file_done", path=str(target)))

    def _make(self) -> None:
        session, places = self._workplace.session, self._places
        self._cancel()
        try:
            outcome = self._long_work.carry_out(
                word("waiting_backup"),
                lambda checkpoint, _: backups.back_up(session, places, Reason.ASKED, checkpoint=checkpoint),
            )
        except JobCancelled:
            return
        except HyokaError as error:
            tell_error(self, error)
        else:
            self._show_made(outcome)

    def _show_made(self, outcome: Outcome) -> None:
        self.fill()
        if outcome.second_fault is not None:
            self.outcome.setText(spoken(message_of(outcome.second_fault)))
        elif outcome.backup is None:
            self.outcome.setText(word("backup_unchanged"))
        else:
            self.outcome.setText(word("backup_made", time=spoken_time(outcome.backup.at)))

    def _choose_second(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, word("backup_second"))
        if folder:
            self._keep_second(Path(folder))

    def _keep_second(self, folder: Path | None) -> None:
        settings = self._settings
        try:
            self._long_work.look(word("waiting_settings"), lambda: backups.choose_second_place(settings, folder))
        except JobCancelled:
            pass
        except HyokaError as error:
            tell_error(self, error)
        self._show_second()

    def _show_second(self) -> None:
        second = self._places.second
        self.second.setText(str(second) if second is not None else word("backup_second_none"))
        self.end_second.setVisible(second is not None)

    def _cancel(self) -> None:
        self.reading.end()
        if self._job is not None:
            self._job.cancel()

    def _line(self, backup: Backup) -> tuple[str, str, str, str]:
        size = word("backup_kilobytes", count=f"{backup.size // _KILO:,}")
        state = self._proved.get(backup, word("backup_proved_then"))
        return (spoken_time(backup.at), word(f"backup_reason_{backup.reason.value}"), size, state)

    def _lay_out(self) -> None:
        explanation = plain_label(word("backups_text"))
        explanation.setWordWrap(True)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.addWidget(self.list)
        halves.addWidget(self._right_half())
        halves.setSizes([_LIST_WIDTH, _SIZE[0] - _LIST_WIDTH])
        halves.setChildrenCollapsible(False)
        second = WrappingLine()
        for part in (plain_label(word("backup_second"), "caption"), self.second, self.choose_second, self.end_second):
            second.addWidget(part)
        close = self._button("close", self.accept)
        buttons = WrappingLine()
        buttons.addWidget(self.make)
        for button in (self.restore, self.as_file, close):
            buttons.add_at_end(button)
        column = dialog_column(self)
        column.addWidget(explanation)
        column.addWidget(halves, 1)
        column.addLayout(second)
        column.addWidget(self.outcome)
        add_foot(self, buttons)

    def _right_half(self) -> QWidget:
        half = QWidget()
        column = QVBoxLayout(half)
        column.setContentsMargins(UNIT, 0, 0, 0)
        column.addWidget(self.heading)
        column.addWidget(self.reading)
        column.addWidget(self.differences, 1)
        return half

    def _button(self, key: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(word(key))
        button.setAutoDefault(False)
        button.clicked.connect(lambda _=False: act())
        return button

"""Hand out items: to one department, or to all in charge, as Word or as report files; say before what is made."""

import threading
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QDialog,
    QFormLayout,
    QProgressBar,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from hyoka_desktop.domain import fields, work
from hyoka_desktop.domain.handouts import HandoutFormat
from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.errors import HyokaError
from hyoka_desktop.formdef.model import FieldDefinition, FieldKind, Owner, Scope
from hyoka_desktop.messages.errors import message_of
from hyoka_desktop.messages.window import spoken, word
from hyoka_desktop.services import handouts, progress
from hyoka_desktop.services.handouts import Order, Plan
from hyoka_desktop.ui.circulation.itemchoice import ItemChoice
from hyoka_desktop.ui.dialogs.frame import add_foot, dialog_column, direction_for, open_with
from hyoka_desktop.ui.dialogs.making import FolderLine, MakingButtons
from hyoka_desktop.ui.editors.line import DateEditor
from hyoka_desktop.ui.linelist import LineList
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.tasks import CpuQueue, Job
from hyoka_desktop.ui.theme import UNIT
from hyoka_desktop.ui.workplace import Workplace

_WIDTH, _HEIGHT = 960, 640
_FILES_HEIGHT: Final = 88
_ITEMS: Final = 1
_DUE: Final = FieldDefinition(
    "handout_due", NodeKind.HANDOUT, Scope.YEAR, FieldKind.DATE, word("handout_due"), Owner.BOTH, ""
)
_FORMATS: Final = {HandoutFormat.WORD: "handout_word", HandoutFormat.PACKET: "handout_packet"}


class HandoutDialog(QDialog):
    """Ask what to hand out to whom, and make the files on the worker thread. `item` is ticked at first."""

    def __init__(self, parent: QWidget, workplace: Workplace, queue: CpuQueue, item: int | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(word("handout_title"))
        open_with(self, _WIDTH, _HEIGHT)
        self._workplace = workplace
        self._queue = queue
        self._given_up: threading.Event | None = None
        self._looking: Job | None = None
        self._made: tuple[Path, ...] = ()
        self.one, self.each = (QRadioButton(word(name)) for name in ("handout_one", "handout_each"))
        self.one.setChecked(True)
        self.items = ItemChoice(workplace.view, item)
        self.to = QComboBox()
        self.to.setEditable(True)
        self.to.addItems(list(progress.names_in_charge(workplace.view, work.DEPARTMENT)))
        self.to.setCurrentText(self.items.department)
        self.to.setAccessibleName(word("handout_to"))
        self._hint(self.to)
        self.due = DateEditor(_DUE)
        self.formats = {kind: QRadioButton(word(name)) for kind, name in _FORMATS.items()}
        self.formats[HandoutFormat.WORD].setChecked(True)
        folder = workplace.session.path.parent / word("handout_folder_name")
        self._place = FolderLine(folder, word("handout_folder"))
        self.folder = self._place.written
        self._buttons = MakingButtons(self, word("handout_do"), word("handout_open"), self.start)
        self._do, self._open, self._cancel = self._buttons.start, self._buttons.open, self._buttons.cancel
        self.files = LineList([word("handout_to"), word("handout_items"), word("handout_file")], _ITEMS)
        self.files.setAccessibleName(word("handout_files"))
        self.files.setMinimumHeight(_FILES_HEIGHT)
        self.files.setSelectionMode(LineList.SelectionMode.NoSelection)
        self.state = plain_label("")
        self.state.setWordWrap(True)
        self.bar = QProgressBar(textVisible=False)
        self.bar.hide()
        self._lay_out()
        self._listen()
        self.follow()

    def follow(self) -> None:
        """Show what would be made as it is chosen now, and whether anything is missing."""
        self.items.setEnabled(self.one.isChecked())
        self.to.setEnabled(self.one.isChecked())
        orders, problem = self._orders(), self._problem()
        paths = handouts.file_paths(self._workplace.session, self._workplace.year, orders, self._folder)
        self.files.fill([self._file_line(order, path) for order, path in zip(orders, paths, strict=True)])
        left = self._left_out()
        said = [problem or word("handout_ready", count=len(orders)), *([left] if left else [])]
        self.state.setText("\n".join(said))
        self._do.setEnabled(not problem)
        job = Job("handout_there", lambda *_: handouts.already_there(paths), self._tell_there, self._show_fault)
        self._looking = self._queue.submit(job)

    def done(self, result: int) -> None:
        """Close; what is still being looked for is heard of no more."""
        if self._looking is not None:
            self._looking.cancel()
        super().done(result)

    def start(self) -> None:
        """Make the files away from the window, unless the day when they are due cannot be read."""
        if self._due() is None:
            self.state.setText(word("handout_wrong_due"))
            self.due.setFocus()
            return
        session, year, orders, folder = self._workplace.session, self._workplace.year, self._orders(), self._folder
        given_up = self._given_up = threading.Event()

        def make(end_early: Callable[[], None], tell: Callable[[object], None]) -> Plan | None:
            def checkpoint() -> None:
                end_early()
                if given_up.is_set():
                    raise _GivenUpError

            try:
                plan = handouts.plan_handouts(session, year, orders, folder)
                handouts.make_files(plan, checkpoint, tell)
                return plan
            except _GivenUpError:
                return None

        self._set_working(len(orders))
        self._queue.submit(Job("hand_out", make, self._record, self._show_fault, self._show_progress))

    def reject(self) -> None:
        """Give up what is being made, and wait until it is undone; close otherwise."""
        if self._given_up is None:
            super().reject()
            return
        self._given_up.set()
        self.state.setText(word("handout_stopping"))
        self._cancel.setEnabled(False)

    def _tell_there(self, there: Sequence[Path]) -> None:
        """Say which files are in the way; none is written over."""
        if there and self._given_up is None and not self._made:
            self.state.setText(word("handout_there", names="、".join(path.name for path in there)))
            self._do.setEnabled(False)

    def _record(self, made: Plan | None) -> None:
        """Record what was made; what was given up at the last moment is taken away again."""
        is_unwanted = self._given_up is not None and self._given_up.is_set()
        if made is not None and is_unwanted:
            handouts.discard(made)
        if made is None or is_unwanted:
            self._end(word("handout_stopped"))
            return
        try:
            handouts.record(self._workplace.session, made)
        except HyokaError as error:
            self._end(spoken(message_of(error)))
            return
        self._made = tuple(one.path for one in made.files)
        self._end("\n".join((word("handout_done", count=len(made.files)), *map(str, self._made))))
        self._do.hide()
        self._buttons.show_made(self._made)
        self._open.setFocus()
        for part in (self.choices, self.files):
            part.setEnabled(False)

    def _show_progress(self, count: object) -> None:
        if isinstance(count, int) and self._given_up is not None and not self._given_up.is_set():
            self.bar.setValue(count)
            self.state.setText(word("handout_working", done=count, all=self.bar.maximum()))

    def _show_fault(self, error: BaseException) -> None:
        if not isinstance(error, HyokaError):
            self._end(word("crash_text", kind=type(error).__name__))
            raise error
        self._end(spoken(message_of(error)))

    def _set_working(self, count: int) -> None:
        self.bar.setMaximum(count)
        self.bar.setValue(0)
        self.bar.show()
        self.choices.setEnabled(False)
        self._do.setEnabled(False)
        self._cancel.setText(word("cancel"))
        self._cancel.setFocus()

    def _end(self, text: str) -> None:
        self._given_up = None
        self.bar.hide()
        self.choices.setEnabled(True)
        self._do.setEnabled(True)
        self._cancel.setEnabled(True)
        self._cancel.setText(word("close"))
        self.state.setText(text)

    # What is chosen

    @property
    def _folder(self) -> Path:
        return Path(self.folder.text().strip())

    @property
    def _format(self) -> HandoutFormat:
        return next(kind for kind, button in self.formats.items() if button.isChecked())

    def _due(self) -> str | None:
        """Tell the day as ISO text, empty where there is none; None where it cannot be read."""
        written = self.due.text().strip()
        try:
            return date.fromisoformat(written).isoformat() if written else ""
        except ValueError:
            return None

    def _orders(self) -> Sequence[Order]:
        due = self._due() or ""
        if self.each.isChecked():
            session, year = self._workplace.session, self._workplace.year
            return handouts.orders_by_department(session, year, due, self._format)
        to = self.to.currentText().strip()
        return (Order(self.items.chosen, to, due, self._format),) if to and self.items.chosen else ()

    def _problem(self) -> str:
        """Say what is missing; empty where nothing is."""
        if self.each.isChecked() and not self._orders():
            return word("handout_no_department")
        if self.one.isChecked() and not self.items.chosen:
            return word("handout_need_items")
        if self.one.isChecked() and not self.to.currentText().strip():
            return word("handout_need_to")
        return "" if self.folder.text().strip() else word("handout_need_folder")

    def _left_out(self) -> str:
        """Name the items that go to nobody, since no department is in charge of them."""
        if not self.each.isChecked():
            return ""
        view, sent = self._workplace.view, {item for order in self._orders() for item in order.items}
        left = [view.text(item.id, fields.ITEM_NUMBER) for item in view.items if item.id not in sent]
        return word("handout_left_out", items="、".join(left)) if left and sent else ""

    def _file_line(self, order: Order, path: Path) -> tuple[str, str, str]:
        numbers = [self._workplace.view.text(item, fields.ITEM_NUMBER) for item in order.items]
        return order.to, "、".join(numbers), path.name

    # How it looks

    def _listen(self) -> None:
        for button in (self.one, self.each, *self.formats.values()):
            button.toggled.connect(lambda on: self.follow() if on else None)
        self.items.changed.connect(self._follow_items)
        self.to.editTextChanged.connect(self.follow)
        self.folder.textChanged.connect(self.follow)

    def _follow_items(self) -> None:
        """Offer the department of the items as long as nobody named another."""
        known = {"", *progress.names_in_charge(self._workplace.view, work.DEPARTMENT)}
        if self.items.department and self.to.currentText().strip() in known:
            self.to.setCurrentText(self.items.department)
        self.follow()

    def _lay_out(self) -> None:
        self.choices = QWidget()
        line = QBoxLayout(direction_for(self, _WIDTH), self.choices)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(UNIT * 3)
        line.addLayout(self._left_side(), stretch=1)
        line.addLayout(self._right_side(), stretch=1)
        column = dialog_column(self, UNIT)
        column.addWidget(self.choices, stretch=2)
        column.addWidget(plain_label(word("handout_files"), "caption"))
        column.addWidget(self.files, stretch=1)
        column.addWidget(self.bar)
        column.addWidget(self.state)
        add_foot(self, self._buttons)

    def _left_side(self) -> QVBoxLayout:
        ways = QWidget()
        ways.setAccessibleName(word("handout_way"))
        pair = QVBoxLayout(ways)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(0)
        pair.addWidget(self.one)
        pair.addWidget(self.each)
        column = QVBoxLayout()
        column.setSpacing(UNIT)
        column.addWidget(ways)
        column.addWidget(self.items, stretch=1)
        return column

    def _right_side(self) -> QVBoxLayout:
        kinds = QWidget()
        pair = QVBoxLayout(kinds)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(0)
        for kind, button in self.formats.items():
            pair.addWidget(button)
            pair.addWidget(plain_label(word(f"{_FORMATS[kind]}_tip"), "faint"))
        questions = QFormLayout()
        questions.setSpacing(UNIT)
        questions.addRow(word("handout_to"), self.to)
        questions.addRow(word("handout_due"), self.due)
        questions.addRow(word("handout_format"), kinds)
        questions.addRow(word("handout_folder"), self._place)
        column = QVBoxLayout()
        column.addLayout(questions)
        column.addStretch()
        return column

    def _hint(self, choice: QComboBox) -> None:
        line = choice.lineEdit()
        if line is not None:
            line.setPlaceholderText(word("handout_to_hint"))


class _GivenUpError(Exception):
    """End the making of files because a person gave up; the files made so far are gone then."""

"""List the named versions of a report: record one, look at one, compare two."""

from collections.abc import Callable

from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from hyoka_desktop.domain import era
from hyoka_desktop.domain.report import Address
from hyoka_desktop.domain.versions import NamedVersion, named_versions
from hyoka_desktop.errors import HyokaError
from hyoka_desktop.messages.window import word
from hyoka_desktop.services import history
from hyoka_desktop.services.history import ComparedVersions
from hyoka_desktop.services.session import StoreEndedError
from hyoka_desktop.ui.dialogs.comparison import ComparisonDialog
from hyoka_desktop.ui.dialogs.frame import add_foot, answer_buttons, dialog_column, open_with
from hyoka_desktop.ui.dialogs.notice import tell_error
from hyoka_desktop.ui.linelist import LineList
from hyoka_desktop.ui.longwork import LongWork
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.tasks import JobCancelled
from hyoka_desktop.ui.theme import UNIT
from hyoka_desktop.ui.workplace import Workplace
from hyoka_desktop.ui.wrapping import WrappingLine

_SIZE = (940, 420)
_PAIR = 2


class VersionName(QDialog):
    """Ask for the name of a version and a note."""

    def __init__(self, parent: QWidget, name: str = "", note: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(word("version_record_title"))
        self.name = QLineEdit(name)
        self.name.setPlaceholderText(word("version_name_hint"))
        self.name.setAccessibleName(word("version_name"))
        self.name.setMinimumWidth(UNIT * 44)
        self.note = QLineEdit(note)
        self.note.setAccessibleName(word("version_note"))
        buttons, self._do = answer_buttons(self, word("version_record_do"))
        form = QFormLayout()
        form.addRow(word("version_name"), self.name)
        form.addRow(word("version_note"), self.note)
        column = dialog_column(self)
        text = plain_label(word("version_record_text"))
        text.setWordWrap(True)
        column.addWidget(text)
        column.addLayout(form)
        add_foot(self, buttons)
        self.name.textChanged.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self._do.setEnabled(bool(self.name.text().strip()))


def record_version(parent: QWidget, workplace: Workplace) -> None:
    """Ask for a name, and give it to the report as it stands now."""
    dialog = VersionName(parent)
    if dialog.exec():
        workplace.settle()
        name = dialog.name.text().strip()
        history.name_version(workplace.session, name, dialog.note.text().strip())
        workplace.said.emit(word("version_recorded", name=name))


class VersionsDialog(QDialog):
    """List the versions, newest first; `open_version` shows one in a window of its own.

    `go_to` leads to a text that differs, when the list is gone.
    """

    def __init__(
        self,
        parent: QWidget,
        workplace: Workplace,
        open_version: Callable[[NamedVersion], None],
        go_to: Callable[[Address], None],
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._open_version = open_version
        self._go_to = go_to
        self._versions: tuple[NamedVersion, ...] = ()
        self.setWindowTitle(word("versions_title"))
        open_with(self, *_SIZE)
        heads = ("version_column_name", "version_column_at", "version_column_who", "version_column_note")
        self.list = LineList([word(head) for head in heads])
        self.list.setAccessibleName(word("versions_title"))
        self.list.chosen_changed.connect(self._follow)
        self.list.activated.connect(lambda _: self._look())
        self._text = plain_label(word("versions_text"))
        self._text.setWordWrap(True)
        self.buttons = {
            "version_record": self._button("version_record", self._record),
            "version_open": self._button("version_open", self._look),
            "version_compare_now": self._button("version_compare_now", self._compare_with_now),
            "version_compare_two": self._button("version_compare_two", self._compare_two),
            "version_rename": self._button("version_rename", self._rename),
            "version_remove": self._button("version_remove", self._remove),
            "close": self._button("close", self.reject),
        }
        workplace.withhold(*(self.buttons[name] for name in ("version_record", "version_rename", "version_remove")))
        self._lay_out()
        self._fill()

    def _lay_out(self) -> None:
        line = WrappingLine()
        for name, button in self.buttons.items():
            (line.add_at_end if name == "close" else line.addWidget)(button)
        column = dialog_column(self)
        column.addWidget(self._text)
        column.addWidget(self.list, stretch=1)
        add_foot(self, line)

    def _button(self, name: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(word(name))
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked: act())
        return button

    def _fill(self) -> None:
        self._versions = named_versions(self._workplace.session.snapshot)[::-1]
        self._text.setText(word("versions_text" if self._versions else "versions_none"))
        self.list.fill(
            [(version.name, era.format_moment(version.at), version.person, version.note) for version in self._versions]
        )
        self._follow()

    def _chosen(self) -> list[NamedVersion]:
        return [self._versions[row] for row in self.list.chosen_lines]

    def _follow(self) -> None:
        count = len(self._chosen())
        for name in ("version_open", "version_compare_now", "version_rename", "version_remove"):
            self.buttons[name].setEnabled(count == 1)
        self.buttons["version_compare_two"].setEnabled(count == _PAIR)

    def _record(self) -> None:
        record_version(self, self._workplace)
        self._fill()

    def _look(self) -> None:
        if len(self._chosen()) == 1:
            self._open_version(self._chosen()[0])

    def _compare_with_now(self) -> None:
        (version,) = self._chosen()
        self._compare(version, None)

    def _compare_two(self) -> None:
        newer, older = self._chosen()
        self._compare(older, newer)

    def _compare(self, older: NamedVersion, newer: NamedVersion | None) -> None:
        session = self._workplace.session
        try:
            compared = LongWork(self).carry_out(
                word("waiting_compare"),
                lambda checkpoint, _: history.compare_versions(session, older, newer, checkpoint),
                lambda _: None,
            )
        except (JobCancelled, StoreEndedError):
            return
        except HyokaError as error:
            tell_error(self, error)
        else:
            self._show(older, newer, compared)

    def _show(self, older: NamedVersion, newer: NamedVersion | None, compared: ComparedVersions) -> None:
        before = (older.name, compared.before)
        after = (word("now") if newer is None else newer.name, compared.after)
        dialog = ComparisonDialog(self, self._workplace, before, after, compared.comparison)
        dialog.exec()
        if dialog.wanted is not None:
            self.accept()
            self._go_to(dialog.wanted)

    def _rename(self) -> None:
        (version,) = self._chosen()
        dialog = VersionName(self, version.name, version.note)
        if dialog.exec():
            name, note = dialog.name.text().strip(), dialog.note.text().strip()
            history.rename_version(self._workplace.session, version, name, note)
            self._fill()

    def _remove(self) -> None:
        (version,) = self._chosen()
        history.forget_version(self._workplace.session, version)
        self._fill()

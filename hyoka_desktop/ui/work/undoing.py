"""What the window does to take back and repeat: typing in the field first, then the newest command of the session."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from hyoka_desktop.domain.changes import Edit
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.messages.window import undo_text
from hyoka_desktop.services.session import Session
from hyoka_desktop.ui.naming import subject_name
from hyoka_desktop.ui.plain import plain_tip

if TYPE_CHECKING:
    from hyoka_desktop.ui.window import Window


class UndoingWork:
    """Carry out undo and redo, and name them."""

    def __init__(self, window: "Window") -> None:
        self._window = window

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Tell what is done for each action."""
        return {"undo": self.undo, "redo": self.redo}

    def undo(self) -> None:
        """Take back typing in the field first, then the newest command."""
        self._in_field_or("take_back", self.undo_command)

    def redo(self) -> None:
        """Repeat typing in the field first, then the command taken back last."""
        self._in_field_or("repeat", self.redo_command)

    def undo_command(self) -> None:
        """Take back the newest command."""
        self._with_session(lambda session: session.undo())

    def redo_command(self) -> None:
        """Repeat the command taken back last."""
        self._with_session(lambda session: session.redo())

    def name_actions(self, undo: QAction, redo: QAction) -> None:
        """Let both say what they would do, for example 「実績の入力を元に戻す」."""
        desk = self._window.desk
        if desk is not None:
            session = desk.workplace.session
            self._name(undo, session.form, session.undoable, redo=False)
            self._name(redo, session.form, session.redoable, redo=True)

    def _in_field_or(self, method: str, otherwise: Callable[[], None]) -> None:
        act = getattr(self._window.focusWidget(), method, None)
        if act is not None:
            act()
        else:
            otherwise()

    def _with_session(self, act: Callable[[Session], object]) -> None:
        desk = self._window.desk
        if desk is not None:
            desk.commit()
            act(desk.workplace.session)

    def _name(self, action: QAction, form: FormDefinition, edit: Edit | None, *, redo: bool) -> None:
        if edit is None:
            action.setToolTip(plain_tip(action.iconText()))
        else:
            action.setToolTip(plain_tip(undo_text(edit.action.value, subject_name(form, edit.subject), redo=redo)))

"""Offer what was on the screen when the program ended last and never became final."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from hyoka_desktop.messages.window import word
from hyoka_desktop.services import drafts as keeping
from hyoka_desktop.services.drafts import Draft
from hyoka_desktop.services.places import place_name
from hyoka_desktop.ui.dialogs.notice import tell
from hyoka_desktop.ui.dialogs.tables import INSTEAD, recovery_dialog
from hyoka_desktop.ui.workplace import Workplace

_PAUSE_MS = 200
_NAMED = 3


class RecoveredDrafts(QObject):
    """Offer the drafts of the last time as long as a report is open; those of final items again when these are freed.

    It is a child of the workplace and ends with it.
    """

    def __init__(self, window: QWidget, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._window = window
        self._workplace = workplace
        self._held: tuple[Draft, ...] = ()
        self._later = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._later.timeout.connect(self._offer_freed)
        workplace.changed.connect(self._look)

    def offer(self) -> None:
        """Show drafts, before and after; take them in or drop them as the person says, else they wait in the file."""
        self._offer(keeping.offered(self._workplace.session))

    def take(self) -> None:
        """Take in what was being typed a moment ago in another file; anything else is offered."""
        found = keeping.offered(self._workplace.session)
        self._hold(self._take([draft for draft in found if draft.is_of_now]))
        self._offer([draft for draft in found if not draft.is_of_now])

    def _offer(self, drafts: Sequence[Draft]) -> None:
        session = self._workplace.session
        keeping.drop_idle(session)
        left = drafts
        while left:
            dialog = recovery_dialog(self._window, session.form, self._workplace.view, left)
            answer = dialog.exec()
            dialog.deleteLater()
            if answer == QDialog.DialogCode.Accepted:
                before, left = left, self._hold(self._take(left))
                if {draft.text for draft in left} == {draft.text for draft in before}:
                    self._tell_left("recover_left", left)
                    return
                continue
            if answer == INSTEAD:
                keeping.drop(session, left)
            else:
                keeping.set_aside(session, left)
            return

    def _take(self, drafts: Sequence[Draft]) -> Sequence[Draft]:
        """Take in what the report lets; tell what is left."""
        session, year = self._workplace.session, self._workplace.year
        left = self._workplace.attempt(lambda: keeping.take_in(session, year, drafts))
        return left if left is not None else keeping.set_aside(session, drafts)

    def _hold(self, left: Sequence[Draft]) -> Sequence[Draft]:
        """Say which drafts wait for their item to be freed; tell the others."""
        session = self._workplace.session
        held = tuple(draft for draft in left if keeping.is_held(session, draft))
        self._held += held
        if held:
            self._tell_left("recover_held", held)
        return [draft for draft in left if draft not in held]

    def _tell_left(self, said: str, drafts: Sequence[Draft]) -> None:
        names = [place_name(self._workplace.form, self._workplace.view, draft.address) for draft in drafts]
        places = "、".join(names[:_NAMED]) + (word("recover_more") if len(names) > _NAMED else "")
        tell(self._window, word("recover_title"), word(said, count=len(drafts), places=places))

    def _look(self) -> None:
        if self._freed():
            self._later.start()

    def _freed(self) -> Sequence[Draft]:
        return [draft for draft in self._held if not keeping.is_held(self._workplace.session, draft)]

    def _offer_freed(self) -> None:
        """Offer drafts whose items are final no more, when no dialog is in hand."""
        if QApplication.activeModalWidget() is not None:
            self._later.start()
            return
        freed = self._freed()
        self._held = tuple(draft for draft in self._held if draft not in freed)
        self._offer([draft for draft in keeping.offered(self._workplace.session) if draft in freed])

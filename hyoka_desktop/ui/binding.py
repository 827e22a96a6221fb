"""Bind a field editor to its address in the report: drafts at each keystroke, a command when the field is left."""

from PySide6.QtCore import QObject, Signal

from hyoka_desktop.domain.changes import Action, ChangeSet, Edit, ValueChange
from hyoka_desktop.domain.report import Address, NodeKind
from hyoka_desktop.domain.work import WORK_STATE, without_states
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.session import clean_text
from hyoka_desktop.ui.editors.base import FieldEditor
from hyoka_desktop.ui.quoting import FieldQuotes
from hyoka_desktop.ui.workplace import Workplace


class FieldBinding(QObject):
    """Keep one editor and one field of one node equal. It is a child of the editor and ends with it.

    `shown` tells that a text of the report was put into the editor, `lock_changed` whether an approved plan is locked
    from now on.
    """

    lock_changed = Signal(bool)
    shown = Signal()

    def __init__(self, workplace: Workplace, editor: FieldEditor, node: int) -> None:
        super().__init__(editor)
        self._workplace = workplace
        self._editor = editor
        self._node = node
        self._name = f"editor {id(self)}"
        self._changes_plan = False
        self._settled = ""
        self._has_draft = False
        self.is_locked = False
        editor.attach(workplace.documents, FieldQuotes(workplace, lambda: self._node), self._is_newest)
        editor.typed.connect(self._keep_draft)
        editor.walked.connect(self._retrace)
        editor.finished.connect(self.commit_field)
        editor.undo_wanted.connect(workplace.undo_wanted)
        editor.redo_wanted.connect(workplace.redo_wanted)
        editor.cleaned.connect(workplace.cleaned)
        editor.refused.connect(self._say_why_locked)
        workplace.changed.connect(self._follow)
        workplace.typed.connect(self._follow_table)
        self.show_field()

    @property
    def address(self) -> Address:
        """Tell the address that the editor writes."""
        if self._changes_plan:
            return Address(self._node, self._editor.field.id, self._workplace.year)
        return self._workplace.view.address(self._node, self._editor.field.id)

    def point_at(self, node: int) -> None:
        """Edit the same field of another node; what was typed or composed is final first."""
        self.finish()
        self._node = node
        self.show_field()

    def finish(self) -> None:
        """Make final what was typed, and what is being composed too."""
        self._editor.finish_composition()
        self.commit_field()

    def show_field(self) -> None:
        """Show the text as it stands, with what was typed and not yet final."""
        self._changes_plan = False
        self._editor.turn_to(self.address)
        self._editor.show_text(self._workplace.live_view.text(self._node, self._editor.field.id))
        self._settle()
        self.shown.emit()

    def unlock(self, *, changes_plan: bool) -> None:
        """Let a locked plan be edited once; with `changes_plan` the earlier years keep their text."""
        self._changes_plan = changes_plan
        self._lock(locked=False)
        self._editor.setFocus()

    def commit_field(self) -> None:
        """Make the text on the screen a command, if it differs from what was last shown or made final."""
        if self._editor.is_composing or self._node not in self._workplace.session.snapshot.tree.nodes:
            return
        text = self._editor.text()
        if text != self._settled:
            self._workplace.attempt(lambda: self._write(text))
        elif self._has_draft:
            self._workplace.session.put_draft(self.address, None)
        self._changes_plan = False
        self._settle()

    def _write(self, text: str) -> None:
        session, field, year = self._workplace.session, self._editor.field.id, self._workplace.year
        if self._changes_plan:
            session.change_plan(year, self._node, field, text, self._name)
        else:
            goes_on = self._editor.was_walked_back
            session.set_text(year, self._node, field, text, self._name, continues=goes_on)
        if clean_text(text).changed:
            self.show_field()

    def _settle(self) -> None:
        """Take what the editor shows as final."""
        self._editor.settle()
        self._settled = self._editor.text()
        self._has_draft = False
        self._lock_as_it_stands()

    def _lock_as_it_stands(self) -> None:
        """Lock an approved plan, unless it is being changed."""
        if self._node in self._workplace.session.snapshot.tree.nodes and not self._changes_plan:
            approved = self._workplace.view.text(self._node, self._editor.field.id)
            self._lock(locked=self._editor.field.locked and bool(approved))

    def _keep_draft(self, text: str) -> None:
        self._has_draft = True
        self._workplace.keep_draft(self.address, text)

    def _is_newest(self) -> bool:
        """Tell whether the newest command wrote this field alone, so that its typing is what undo takes back."""
        return self._only_change(self._workplace.session.undoable) is not None

    def _retrace(self) -> None:
        """Take back or repeat the command, where undo of typing came to where it began, or redo to where it ended."""
        session, text = self._workplace.session, self._editor.text()
        undoable, redoable = self._only_change(session.undoable), self._only_change(session.redoable)
        if undoable is not None and (undoable.before or "") == text:
            session.undo(self._name)
        elif redoable is not None and (redoable.after or "") == text:
            session.redo(self._name)
        else:
            return
        self._settle()

    def _only_change(self, edit: Edit | None) -> ValueChange | None:
        """Tell what an edit does as a whole, where it writes nothing but this field, with the state that follows."""
        if edit is None or edit.action is not Action.SET_TEXT:
            return None
        texts = without_states(edit)
        changes = [change for change in texts if isinstance(change, ValueChange)]
        if len(changes) < len(texts) or {change.address for change in changes} != {self.address}:
            return None
        return ValueChange(self.address, changes[0].before, changes[-1].after)

    def _follow_table(self, address: Address) -> None:
        """Show in prose what is being typed into the table of indicators."""
        node = self._workplace.session.snapshot.tree.nodes.get(address.node)
        if node is not None and node.kind is NodeKind.ACHIEVEMENT:
            self._editor.refresh_values()

    def _follow(self, changes: ChangeSet) -> None:
        """Show what somebody else wrote here; one's own change is on the screen already."""
        self._editor.refresh_values()
        if WORK_STATE in changes.fields:
            self._lock_as_it_stands()
        if changes.initiator == self._name:
            return
        if (self._node, self._editor.field.id) in changes.texts and (
            self.address in changes.addresses or not self._is_in_hand
        ):
            self.show_field()

    @property
    def _is_in_hand(self) -> bool:
        """Tell whether something is being written here that is not final; a change of another year leaves it alone."""
        return self._editor.is_composing or self._editor.text() != self._settled

    def _say_why_locked(self) -> None:
        """Say quietly why nothing can be written here, and what to do."""
        if self._workplace.is_read_only:
            self._workplace.said.emit(word("locked_copy"))
        else:
            self._workplace.said.emit(word("locked_tip" if self.is_locked else "locked_final"))

    def _lock(self, *, locked: bool) -> None:
        """Lock the editor; where nothing can be changed at all, no plan offers to be unlocked."""
        workplace = self._workplace
        here = Address(self._node, self._editor.field.id, workplace.year)
        self.is_locked = locked and not workplace.is_read_only and not workplace.is_locked(here)
        self._editor.set_locked(locked or workplace.is_read_only or workplace.is_locked(self.address))
        self.lock_changed.emit(self.is_locked)

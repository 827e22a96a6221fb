"""Know the values that the texts of a report quote, for the editors: what chips show, what can be chosen."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QTextCursor

from hyoka_desktop.domain.livevalues import LiveValue, LiveValues, has_live_values, split_live_values
from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.quoting import live_values
from hyoka_desktop.ui.editors.chips import insert_stored
from hyoka_desktop.ui.editors.units import units_of
from hyoka_desktop.ui.workplace import Workplace


class FieldQuotes:
    """Know the values that the text of one field quotes; `node` tells whose field it is."""

    def __init__(self, workplace: Workplace, node: Callable[[], int]) -> None:
        self._workplace = workplace
        self._node = node

    def shown(self, stored: str) -> str:
        """Tell the value that a chip shows."""
        live = _live(stored)
        return stored if live is None else self._values().shown(live, self._node())

    def printed(self, text: str) -> str:
        """Tell a stored text as it prints."""
        return self._values().printed(text, self._node()) if has_live_values(text) else text

    def bound(self, text: str) -> str:
        """Bind the live values of a text that comes from outside."""
        return self._values().bound(text, self._node()) if has_live_values(text) else text

    def tip(self, stored: str) -> str:
        """Say where the value of a chip comes from."""
        live = _live(stored)
        if live is None:
            return ""
        key = "value_lacking_tip" if self._values().lacking(stored, self._node()) else "value_tip"
        return word(key, name=live.name, field=live.field)

    def take_typed(self, cursor: QTextCursor) -> None:
        """Make a chip of a live value that was typed out before a cursor."""
        before = cursor.block().text()[: cursor.positionInBlock()].replace("｛", "{").replace("｝", "}")
        parts = list(split_live_values(before))
        if not parts or not isinstance(parts[-1], LiveValue) or "{{" in before:
            return
        typed = units_of(str(parts[-1]))
        cursor.setPosition(cursor.position() - typed, QTextCursor.MoveMode.KeepAnchor)
        insert_stored(cursor, self.bound(str(parts[-1])))

    def choices(self) -> Sequence[tuple[str, str]]:
        """Tell all values that can be quoted, those of the own item first: what is shown, and what is stored."""
        values, home = self._values(), self._node()
        tree = self._workplace.session.snapshot.tree
        item = tree.ancestor(home, NodeKind.ITEM)
        sources = sorted(values.sources, key=lambda source: item is None or source.item != item.id)
        found = []
        for source in sources:
            for field in values.words:
                live = values.written(source, field, home)
                value = values.value(source, field) or word("value_none")
                found.append((word("value_choice", name=live.name, field=live.field, value=value), str(live)))
        return found

    def _values(self) -> LiveValues:
        return live_values(self._workplace.form, self._workplace.live_view)


def _live(stored: str) -> LiveValue | None:
    return next((part for part in split_live_values(stored) if isinstance(part, LiveValue)), None)

"""Keep the text documents of fields by address, so that undo of typing survives going to another item and back."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextDocument

from hyoka_desktop.domain.report import Address
from hyoka_desktop.ui.editors.chips import ChipPainter
from hyoka_desktop.ui.theme import LINE_HEIGHT_PERCENT

_MOST: Final = 120
"""So many documents cost some ten megabytes; a person who goes through a whole report seldom edits more fields."""


@dataclass(slots=True)
class KeptDocument:
    """Hold a document with what paints its chips. It lives as long as the memory or an editor holds it.

    `is_showing` is set while a text of the report is put into it: all editors that show it know that nobody types.
    """

    document: QTextDocument
    painter: ChipPainter
    is_showing: bool = False


class DocumentMemory:
    """Remember the documents that were used last."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._kept: OrderedDict[Address, KeptDocument] = OrderedDict()

    def document(self, address: Address) -> KeptDocument:
        """Tell the document of a field, an empty one where none is remembered."""
        kept = self._kept.get(address) or new_document()
        self._kept[address] = kept
        self._kept.move_to_end(address)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return kept


def space_lines(document: QTextDocument) -> None:
    """Set lines apart; what is typed behind them inherits it, and it cannot be undone."""
    spacing = QTextBlockFormat()
    spacing.setLineHeight(LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.mergeBlockFormat(spacing)
    document.clearUndoRedoStacks()


def new_document() -> KeptDocument:
    """Make an empty document that can show chips."""
    document = QTextDocument()
    space_lines(document)
    return KeptDocument(document, ChipPainter(document))

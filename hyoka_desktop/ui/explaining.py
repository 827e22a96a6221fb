"""Explain what a field is: on hover, to those who hear the window, and by a key."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QTableView, QTabWidget, QWhatsThis, QWidget

from hyoka_desktop.formdef.model import FieldDefinition, Owner
from hyoka_desktop.messages.glossary import explanation
from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.plain import plain_tip


def explanation_tip(label: str) -> str:
    """Tell the tooltip for a caption, empty where its term is not explained."""
    return plain_tip(explanation(label))


def explain_label(label: QLabel) -> None:
    """Let a caption explain its term on hover; a dotted line under it says so."""
    tip = explanation_tip(label.text())
    if tip:
        label.setToolTip(tip)
        label.setProperty("explained", "true")
        # A label with a line around it would move its text.
        label.setIndent(0)


def describe(place: QWidget, field: FieldDefinition) -> None:
    """Say to those who hear the window who writes a field, how, and what its term means."""
    owner = word(f"owner_{field.owner.value}") if field.owner is not Owner.AGENCY else ""
    parts = (part for part in (owner, field.tip, explanation(field.label)) if part)
    place.setAccessibleDescription("\n".join(parts))


def explanation_at(widget: QWidget | None) -> str:
    """Tell what is explained where the cursor is: the column of a table, the field, the tab."""
    match widget:
        case QTableView() if widget.currentIndex().isValid():
            head = widget.model().headerData(widget.currentIndex().column(), Qt.Orientation.Horizontal)
            return explanation(str(head))
        case None:
            return ""
    tabs = widget.parentWidget()
    if isinstance(tabs, QTabWidget):
        return explanation(tabs.tabText(tabs.currentIndex()))
    return widget.accessibleDescription() or explanation(widget.accessibleName())


def show_explanation(widget: QWidget | None) -> bool:
    """Show what is explained where the cursor is; False where nothing is."""
    text = explanation_at(widget)
    if widget is None or not text:
        return False
    QWhatsThis.showText(widget.mapToGlobal(QPoint(0, widget.height())), plain_tip(text), widget)
    return True

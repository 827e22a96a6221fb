"""Make the editor for a field of a form: the one place that knows which kind is edited how."""

from hyoka_desktop.formdef.model import FieldDefinition, FieldKind, FormDefinition
from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.editors.base import FieldEditor
from hyoka_desktop.ui.editors.choice import ChoiceEditor, FlagEditor, letter_editor
from hyoka_desktop.ui.editors.line import CountEditor, DateEditor, LineEditor
from hyoka_desktop.ui.editors.text import TextEditor


def make_editor(form: FormDefinition, field: FieldDefinition) -> FieldEditor:
    """Make the editor of a field."""
    match field.kind:
        case FieldKind.TEXT | FieldKind.LINES:
            return TextEditor(field)
        case FieldKind.LINE | FieldKind.QUANTITY:
            return LineEditor(field)
        case FieldKind.COUNT:
            return CountEditor(field)
        case FieldKind.DATE:
            return DateEditor(field)
        case FieldKind.LETTER:
            return letter_editor(field, form.letters)
        case FieldKind.CHOICE:
            return ChoiceEditor(field, field.choices, word("choice_none"))
        case FieldKind.FLAG:
            return FlagEditor(field)

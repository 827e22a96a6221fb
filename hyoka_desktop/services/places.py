"""Name the place of a field in the words of the form: 「Ⅰ-1 主要な業務実績」."""

from hyoka_desktop.domain import fields
from hyoka_desktop.domain.comments import COMMENT_TEXT
from hyoka_desktop.domain.report import Address, NodeKind, YearView
from hyoka_desktop.domain.work import WORK_FIELDS
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.messages.window import word


def place_name(form: FormDefinition, view: YearView, address: Address) -> str:
    """Tell item number and caption of a field."""
    item = view.snapshot.tree.ancestor(address.node, NodeKind.ITEM)
    number = view.text(item.id, fields.ITEM_NUMBER) if item is not None else ""
    return f"{number} {_label(form, address.field)}".strip()


def _label(form: FormDefinition, field: str) -> str:
    """Tell the caption of a field of the form, or the word of one that the application keeps for itself."""
    if field in form.fields:
        return form.fields[field].label
    if field == COMMENT_TEXT:
        return word("place_rewriting")
    return word(field) if field in WORK_FIELDS else field

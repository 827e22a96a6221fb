"""Name the place of a field in the words of the form: 「Ⅰ-1 主要な業務実績」."""

from hyoka_desktop.domain import fields
from hyoka_desktop.domain.report import Address, NodeKind, YearView
from hyoka_desktop.formdef.model import FormDefinition


def place_name(form: FormDefinition, view: YearView, address: Address) -> str:
    """Tell item number and caption of a field."""
    item = view.snapshot.tree.ancestor(address.node, NodeKind.ITEM)
    number = view.text(item.id, fields.ITEM_NUMBER) if item is not None else ""
    label = form.fields[address.field].label if address.field in form.fields else address.field
    return f"{number} {label}".strip()

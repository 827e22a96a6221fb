"""Name the place of a field in the words of the form: 「Ⅰ-1 主要な業務実績」, and the parts of a report."""

from collections.abc import Callable
from typing import Final

from hyoka_desktop.domain import fields
from hyoka_desktop.domain.comments import COMMENT_TEXT
from hyoka_desktop.domain.report import ROOT, Address, Node, NodeKind, Tree, YearView
from hyoka_desktop.domain.work import WORK_FIELDS
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.messages.window import word

NAMED_BY: Final = (fields.SECTION_TITLE, fields.ITEM_TITLE, fields.INDICATOR_NAME, fields.ACHIEVEMENT_LABEL)
"""The fields that hold what a part is called."""


def place_name(form: FormDefinition, view: YearView, address: Address) -> str:
    """Tell item number and caption of a field."""
    item = view.snapshot.tree.ancestor(address.node, NodeKind.ITEM)
    number = view.text(item.id, fields.ITEM_NUMBER) if item is not None else ""
    return f"{number} {_label(form, address.field)}".strip()


def part_name(view: YearView, node: Node) -> str:
    """Tell the number of its item, or of a 区分 its own, the kind of a part, and what it is called."""
    tree = view.snapshot.tree
    item = tree.ancestor(node.id, NodeKind.ITEM) if node.id in tree.nodes else None
    if node.kind is NodeKind.SECTION:
        number = view.text(node.id, fields.SECTION_NUMBER)
    else:
        number = view.text(item.id, fields.ITEM_NUMBER) if item is not None else ""
    named = next((text for field in NAMED_BY if (text := view.text(node.id, field))), "")
    return " ".join(filter(None, (number, word(f"node_{node.kind.value}"), named)))


def part_position(tree: Tree, node: Node, above: str, name: Callable[[Node], str]) -> str:
    """Say below what a part stands, whose name is given, and behind which of its kind."""
    order = tree.children(node.parent or ROOT, node.kind)
    place = [one.id for one in order].index(node.id)
    if not place:
        return word("part_first", above=above)
    return word("part_behind", above=above, behind=name(order[place - 1]))


def _label(form: FormDefinition, field: str) -> str:
    """Tell the caption of a field of the form, or the word of one that the application keeps for itself."""
    if field in form.fields:
        return form.fields[field].label
    if field == COMMENT_TEXT:
        return word("place_rewriting")
    return word(field) if field in WORK_FIELDS else field

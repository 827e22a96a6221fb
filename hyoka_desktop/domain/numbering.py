"""Propose 項目番号 that follow the order of the tree, such as Ⅰ-1 and Ⅰ-2."""

from hyoka_desktop.domain.report import ROOT, NodeKind, YearView

_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"


def section_number(position: int) -> str:
    """Tell the number of a 区分 by its place from 0: Ⅰ to Ⅻ, then digits."""
    return _ROMAN[position] if position < len(_ROMAN) else str(position + 1)


def renumbered(view: YearView, number_field: str, section_field: str) -> dict[int, str]:
    """Tell the items whose number would change, with the new number, if each followed its place in the tree.

    The prefix is the number of the 区分 as written.
    """
    changed: dict[int, str] = {}
    for section in view.children(ROOT, NodeKind.SECTION):
        prefix = view.text(section.id, section_field)
        for place, item in enumerate(view.children(section.id, NodeKind.ITEM), start=1):
            number = f"{prefix}-{place}"
            if view.text(item.id, number_field) != number:
                changed[item.id] = number
    return changed


def next_item_number(view: YearView, section: int, number_field: str, section_field: str) -> str:
    """Tell a number for a new item at the end of a 区分 that no item has yet."""
    taken = {view.text(item.id, number_field) for item in view.items}
    place = len(view.children(section, NodeKind.ITEM)) + 1
    prefix = view.text(section, section_field)
    while f"{prefix}-{place}" in taken:
        place += 1
    return f"{prefix}-{place}"

"""Admit a command to the report: nothing changes a final item, and states follow what is written."""

from hyoka_desktop.domain import era, fields, work
from hyoka_desktop.domain.changes import Edit
from hyoka_desktop.domain.report import YearView
from hyoka_desktop.errors import InputError


def admitted(edit: Edit, view: YearView) -> Edit:
    """Tell the edit as it is to be written; InputError where it would change a final item, or free one unasked."""
    if work.unfounded(edit):
        raise InputError("unlock_without_reason")
    reach = work.reach_of(edit, view)
    locked = work.locked_by(edit, view, reach)
    if locked:
        first = locked[0]
        number = view.in_year(first.year).text(first.item, fields.ITEM_NUMBER)
        raise InputError("item_locked", item=number, year=era.format_fiscal_year(first.year))
    return work.with_states(edit, view, reach)

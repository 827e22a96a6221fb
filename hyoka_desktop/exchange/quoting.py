"""Bind the live values of texts that were read: in a file they quote by id, outside of it by name."""

from dataclasses import replace

from hyoka_desktop.domain.changes import Change, Edit, ValueChange, apply_changes
from hyoka_desktop.domain.livevalues import LiveValues, has_live_values
from hyoka_desktop.domain.report import YearView
from hyoka_desktop.exchange.joining import empty_snapshot
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.formdef.named_fields import holds_prose, labels_of_values


def bound_edit(edit: Edit, form: FormDefinition) -> Edit:
    """Tell the edit that fills an empty report with its live values bound; a text of the period reads the last year."""
    snapshot = apply_changes(empty_snapshot(), edit.changes)
    labels = labels_of_values(form)
    values = {year: LiveValues(YearView(snapshot, year, form.period_fields), labels) for year in snapshot.years}

    def bound(change: ValueChange, text: str | None) -> str | None:
        if text is None or not has_live_values(text):
            return text
        year = change.address.year if change.address.year in values else snapshot.years[-1]
        return values[year].bound(text, change.address.node)

    def with_bound(change: Change) -> Change:
        if not isinstance(change, ValueChange) or not holds_prose(form, change.address.field):
            return change
        return replace(change, before=bound(change, change.before), after=bound(change, change.after))

    return replace(edit, changes=tuple(with_bound(change) for change in edit.changes))

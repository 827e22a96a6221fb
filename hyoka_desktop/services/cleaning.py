"""Clean what a command would write, whoever made it: the one border between what people give and the file."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from hyoka_desktop.domain.changes import Change, Edit, ValueChange
from hyoka_desktop.domain.versions import VERSION_NAME
from hyoka_desktop.domain.work import WORK_FIELDS
from hyoka_desktop.formdef.model import FieldKind, FormDefinition
from hyoka_desktop.text.normaliser import normalise

_OWN_LINES: Final = WORK_FIELDS | {VERSION_NAME}
"""Fields of the application's own that have one line; its others are prose."""


@dataclass(frozen=True, slots=True)
class CleanEdit:
    """Hold a clean command, None where nothing of it is left, and how many characters of each kind were changed."""

    edit: Edit | None
    changed: Mapping[str, int]


def clean_edit(form: FormDefinition, edit: Edit) -> CleanEdit:
    """Clean every text of a command and its reason; a text that then is what stands there already is left out."""
    counts: Counter[str] = Counter()
    changes = [(change, _clean_change(form, change, counts)) for change in edit.changes]
    reason = normalise(edit.reason)
    counts.update(reason.changed)
    if not counts and all(clean is change for change, clean in changes):
        return CleanEdit(edit, {})
    kept = tuple(clean for change, clean in changes if clean is change or not _is_idle(clean))
    done = replace(edit, changes=kept, reason=_one_line(reason.text))
    return CleanEdit(done if kept else None, counts)


def clean_field(form: FormDefinition, field: str, text: str) -> str:
    """Clean a text; a field of one line has no line ends, a list of lines no empty lines."""
    return _fitted(form, field, normalise(text).text)


def _clean_change(form: FormDefinition, change: Change, counts: Counter[str]) -> Change:
    if not isinstance(change, ValueChange) or change.after is None:
        return change
    clean = normalise(change.after)
    counts.update(clean.changed)
    text = _fitted(form, change.address.field, clean.text)
    return change if text == change.after else replace(change, after=text)


def _is_idle(change: Change) -> bool:
    return isinstance(change, ValueChange) and (change.before or "") == change.after


def _fitted(form: FormDefinition, field: str, text: str) -> str:
    if "\n" not in text:
        return text
    kind = form.fields[field].kind if field in form.fields else FieldKind.TEXT
    if kind is FieldKind.LINES:
        return "\n".join(line for line in text.split("\n") if line.strip())
    return text if kind is FieldKind.TEXT and field not in _OWN_LINES else _one_line(text)


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))

"""Merge the texts of a report with those that somebody wrote elsewhere, field by field, against what both began with.

Pure: it decides nothing that a person must decide. What both wrote about the same sentence waits for a choice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from hyoka_desktop.domain.livevalues import live_value_places
from hyoka_desktop.domain.report import Address
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.formdef.named_fields import holds_prose
from hyoka_desktop.text.merging import (
    Agreed,
    Conflict,
    Side,
    Stretch,
    both_texts,
    merge_texts,
    merge_whole,
)

Texts = Mapping[Address, str]


class Outcome(StrEnum):
    """Name what came of a field that is not the same in all three."""

    TAKEN = "taken"
    KEPT = "kept"
    SAME = "same"
    COMBINED = "combined"
    CONFLICT = "conflict"


class Take(StrEnum):
    """Choose a side; both stand behind each other, ours first."""

    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Written:
    """Choose a text of one's own."""

    text: str


Choice = Take | Written


class Place(NamedTuple):
    """Name what a choice is for: the conflict of a field by its number from 0, or the whole field (None)."""

    address: Address
    conflict: int | None = None


Choices = Mapping[Place, Choice]


@dataclass(frozen=True, slots=True)
class FieldMerge:
    """Hold one field of which somebody changed the text, and what comes of it.

    What is no prose, for example a rating, can be ours or theirs or another, but not both.
    """

    address: Address
    base: str
    ours: str
    theirs: str
    outcome: Outcome
    stretches: tuple[Stretch, ...]
    is_prose: bool = True

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Tell what waits for a choice, in order."""
        return tuple(stretch for stretch in self.stretches if isinstance(stretch, Conflict))

    @property
    def is_theirs(self) -> bool:
        """Tell whether they changed the field at all."""
        return self.theirs != self.base


_WHOLE: Final = {Take.OURS: "ours", Take.THEIRS: "theirs"}


def merge_fields(form: FormDefinition, base: Texts, ours: Texts, theirs: Texts) -> tuple[FieldMerge, ...]:
    """Merge all fields that `theirs` tells of, in its order; those that are the same everywhere are left out.

    A text that is absent counts as empty. What is no prose is merged as a whole.
    """
    merged = (
        merge_field(form, address, base.get(address, ""), ours.get(address, ""), text)
        for address, text in theirs.items()
    )
    return tuple(field for field in merged if field is not None)


def merge_field(form: FormDefinition, address: Address, base: str, ours: str, theirs: str) -> FieldMerge | None:
    """Merge one field; None where nobody changed it."""
    if base == ours == theirs:
        return None
    is_prose = holds_prose(form, address.field)
    stretches = merge_texts(base, ours, theirs, live_value_places) if is_prose else merge_whole(base, ours, theirs)
    return FieldMerge(address, base, ours, theirs, _outcome(base, ours, theirs, stretches), stretches, is_prose)


def undecided(field: FieldMerge, choices: Choices) -> Iterator[Place]:
    """Yield the conflicts of a field for which no choice was made that the field can have."""
    whole = choices.get(Place(field.address))
    for number in range(len(field.conflicts)):
        place = Place(field.address, number)
        choice = whole or choices.get(place)
        if choice is None or (choice is Take.BOTH and not field.is_prose):
            yield place


def chosen_text(field: FieldMerge, choices: Choices) -> str:
    """Tell the text that a field gets; what is undecided stays as it is here."""
    whole = choices.get(Place(field.address))
    if isinstance(whole, Written):
        return whole.text
    if whole in _WHOLE:
        return str(getattr(field, _WHOLE[whole]))
    texts = []
    number = 0
    for stretch in field.stretches:
        if isinstance(stretch, Agreed):
            texts.append(stretch.text)
            continue
        choice = whole or choices.get(Place(field.address, number), Take.OURS)
        texts.append(choice.text if isinstance(choice, Written) else _side(stretch, choice))
        number += 1
    return "".join(texts)


def _side(conflict: Conflict, take: Take) -> str:
    return {Take.OURS: conflict.ours, Take.THEIRS: conflict.theirs}.get(take) or (
        both_texts(conflict) if take is Take.BOTH else ""
    )


def _outcome(base: str, ours: str, theirs: str, stretches: tuple[Stretch, ...]) -> Outcome:
    if ours == theirs:
        return Outcome.SAME
    if base in (ours, theirs):
        return Outcome.TAKEN if ours == base else Outcome.KEPT
    if any(isinstance(stretch, Conflict) for stretch in stretches):
        return Outcome.CONFLICT
    sides = {stretch.side for stretch in stretches if isinstance(stretch, Agreed)}
    return Outcome.COMBINED if Side.THEIRS in sides else Outcome.KEPT

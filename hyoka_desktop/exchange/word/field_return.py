"""Take the text of one field from what came back, under the rule of its slot."""

import unicodedata
from dataclasses import dataclass
from typing import Final

from hyoka_desktop.domain import era
from hyoka_desktop.exchange.word.expected import Rule, Slot
from hyoka_desktop.exchange.word.live_return import with_quotes
from hyoka_desktop.exchange.word.notes import NoteCode, ReturnNote
from hyoka_desktop.text.normaliser import normalise


@dataclass(frozen=True, slots=True)
class Taken:
    """Hold what a field came back as: None where it could not be taken. `is_kept` where it is what it was."""

    slot: Slot
    text: str | None
    is_kept: bool
    notes: tuple[ReturnNote, ...] = ()


def kept(slot: Slot) -> Taken:
    """Say that a field is as it was."""
    return Taken(slot, slot.stored, is_kept=True)


def refused(slot: Slot, code: NoteCode, place: str, after: str) -> Taken:
    """Say why a field was not taken."""
    return Taken(slot, None, is_kept=False, notes=(ReturnNote(code, place, slot.address, slot.printed, after),))


def taken(slot: Slot, text: str, place: str) -> Taken:
    """Take a field whose printed text came back as another, if its rule lets it."""
    text = _without_guidance(slot, text) if slot.is_guidance else text
    if text == ("" if slot.is_guidance else slot.printed):
        return kept(slot)
    if slot.rule in _NEVER:
        return refused(slot, _NEVER[slot.rule], place, text)
    read = _as_stored(slot, text)
    if read is None:
        code = NoteCode.NOT_A_CHOICE if slot.rule is Rule.CHOICE else NoteCode.NOT_A_DATE
        return refused(slot, code, place, text)
    return _changed(slot, read, place)


_NEVER: Final = {Rule.LOCKED: NoteCode.LOCKED, Rule.LATER: NoteCode.LATER_YEAR}


def _as_stored(slot: Slot, text: str) -> str | None:
    """Tell a printed text as it would be stored; None where it is none of the kind."""
    if slot.rule is Rule.CHOICE:
        allowed = {"": "", **{unicodedata.normalize("NFKC", choice): choice for choice in slot.choices}}
        return allowed.get(unicodedata.normalize("NFKC", text).strip())
    if slot.rule is Rule.WRITTEN:
        day = era.parse_date(text)
        return day.isoformat() if day is not None else None if text.strip() else ""
    return text


def _changed(slot: Slot, text: str, place: str) -> Taken:
    clean = normalise(text)
    stored, lost = with_quotes(slot, clean.text)
    notes = [ReturnNote(NoteCode.VALUE_WRITTEN_OVER, place, slot.address, value, clean.text) for value in lost]
    if clean.changed:
        oddities = " ".join(f"{oddity.value}={count}" for oddity, count in clean.changed.items())
        notes.append(ReturnNote(NoteCode.CLEANED, place, slot.address, oddities, clean.text))
    return Taken(slot, stored, is_kept=stored == slot.stored, notes=tuple(notes))


def _without_guidance(slot: Slot, text: str) -> str:
    """Take the guidance off that somebody left where they wrote."""
    return text.removeprefix(slot.printed).removesuffix(slot.printed).strip("\n")

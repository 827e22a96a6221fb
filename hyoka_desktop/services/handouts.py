"""Hand out items to departments, as documents for Word or as packets, and keep the board of what is where."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from hyoka_desktop.domain import edits, era, fields, handouts, work
from hyoka_desktop.domain.changes import Action, ChangeSet, apply_changes
from hyoka_desktop.domain.handouts import Handout, HandoutFormat, Passport, Standing
from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.errors import InputError, WorldError
from hyoka_desktop.services.author import current_author, now
from hyoka_desktop.services.export import ExportRequest, export, prepare
from hyoka_desktop.services.files import make_folder, safe_name
from hyoka_desktop.services.outputs import OutputSet, PassportKind
from hyoka_desktop.services.packets import write_packet
from hyoka_desktop.services.session import Session

_PATIENCE_SECONDS: Final = 3.0
_LONGEST_NAME: Final = 40
_SUFFIXES: Final = {HandoutFormat.WORD: ".docx", HandoutFormat.PACKET: ".hyoka"}
_SHEETS: Final = OutputSet("handout", "handout", parts=("sheets",), passport=PassportKind.PRINTED)


@dataclass(frozen=True, slots=True)
class Order:
    """Say what is to be handed out: which items to whom, until when (ISO date or empty), as what."""

    items: tuple[int, ...]
    to: str
    due: str = ""
    format: HandoutFormat = HandoutFormat.WORD


@dataclass(frozen=True, slots=True)
class HandedOut:
    """Hold a file that was made, and the fact of it."""

    path: Path
    handout: Handout


@dataclass(frozen=True, slots=True)
class BoardLine:
    """Hold one handout for the board: how far it is, and the numbers of its items."""

    handout: Handout
    standing: Standing
    numbers: tuple[str, ...]


def orders_by_department(session: Session, year: int, due: str, handout_format: HandoutFormat) -> tuple[Order, ...]:
    """Tell one order for each department that is in charge of items, in the order of the document."""
    view = session.view(year)
    groups: dict[str, list[int]] = {}
    for item in view.items:
        groups.setdefault(work.in_charge(view, item.id, work.DEPARTMENT), []).append(item.id)
    return tuple(Order(tuple(items), to, due, handout_format) for to, items in groups.items() if to)


def hand_out(session: Session, year: int, orders: Sequence[Order], folder: Path) -> tuple[HandedOut, ...]:
    """Make the files of all orders, then record them in one step; where one cannot be made, none stays.

    A file that is there already is never written over.
    """
    if not session.flush(_PATIENCE_SECONDS):
        raise WorldError("backup_waits", path=str(session.path))
    anchor, first = session.anchor(), session.snapshot.next_node
    planned = [
        Handout(
            first + place,
            Passport(anchor, year, order.items),
            " ".join(order.to.split()),
            order.format,
            order.due,
            current_author().person,
            now(),
        )
        for place, order in enumerate(orders)
    ]
    make_folder(folder)
    made = [HandedOut(path, one) for path, one in zip(_names(session, folder, planned), planned, strict=True)]
    with contextlib.ExitStack() as undo:
        for one in made:
            undo.callback(_drop, one.path)
            _WRITERS[one.handout.format](session, one)
        _record(session, planned)
        undo.pop_all()
    return tuple(made)


def mark_returned(session: Session, handout: Handout) -> ChangeSet | None:
    """Record that a handout came back, before anything of it is taken."""
    return session.do(handouts.changed_handout(session.snapshot, replace(handout, returned=handout.returned or now())))


def forget(session: Session, handout: Handout) -> ChangeSet | None:
    """Take a handout from the board; undo brings it back."""
    return session.do(handouts.forget_handout(session.snapshot, handout.node))


def board(session: Session) -> tuple[BoardLine, ...]:
    """Tell all handouts with how far they are today, oldest first."""
    today = now()[:10]
    lines = []
    for handout in handouts.handouts_of(session.snapshot):
        view = session.view(handout.passport.year)
        numbers = tuple(view.text(item, fields.ITEM_NUMBER) for item in handout.passport.items)
        lines.append(BoardLine(handout, handout.standing(today), numbers))
    return tuple(lines)


def _record(session: Session, planned: Sequence[Handout]) -> None:
    after, facts = session.snapshot, []
    for handout in planned:
        facts.append(handouts.new_handout(after, handout))
        after = apply_changes(after, facts[-1].changes)
    session.do(edits.joined(facts, Action.HAND_OUT, NodeKind.HANDOUT.value))


def _names(session: Session, folder: Path, planned: Sequence[Handout]) -> list[Path]:
    """Tell a name for each file, each once; InputError where one is there already."""
    names: list[str] = []
    for handout in planned:
        # A dot would let Windows take what stands before it for a device, such as NUL.
        words = (session.path.stem, handout.to, era.format_fiscal_year(handout.passport.year))
        stem = "_".join(safe_name(word.replace(".", "_"))[:_LONGEST_NAME].strip() for word in words)
        suffix = _SUFFIXES[handout.format]
        taken = {name.casefold() for name in names}
        tries = (f"{stem}{f'_{number}' if number else ''}{suffix}" for number in range(len(planned) + 1))
        names.append(next(name for name in tries if name.casefold() not in taken))
    paths = [folder / name for name in names]
    for path in paths:
        if path.exists():
            raise InputError("file_exists", path=str(path))
    return paths


def _write_word(session: Session, one: HandedOut) -> None:
    """Make the sheets of the items as a document for Word, with the passport printed at the foot of each page."""
    passport = one.handout.passport
    view = session.view(passport.year)
    request = ExportRequest(docx=one.path, output=_SHEETS, items=passport.items, anchor=passport.anchor)
    export(prepare(session.form, view, request), request)


def _write_packet(session: Session, one: HandedOut) -> None:
    write_packet(one.path, session.form_text, session.snapshot, one.handout)


_WRITERS: Final[Mapping[HandoutFormat, Callable[[Session, HandedOut], None]]] = {
    HandoutFormat.WORD: _write_word,
    HandoutFormat.PACKET: _write_packet,
}


def _drop(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()

"""Hand out items to departments, as documents for Word or as packets, and keep the board of what is where."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from hyoka_desktop.domain import edits, era, fields, handouts, work
from hyoka_desktop.domain.changes import Action, ChangeSet, apply_changes
from hyoka_desktop.domain.handouts import Handout, HandoutFormat, Passport, Standing
from hyoka_desktop.domain.report import NodeKind, Snapshot, YearView
from hyoka_desktop.errors import InputError, WorldError
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.services.author import current_author, now
from hyoka_desktop.services.export import ExportRequest, export, prepare
from hyoka_desktop.services.files import make_folder, safe_name
from hyoka_desktop.services.outputsets import OutputSet, PassportKind
from hyoka_desktop.services.packets import write_packet
from hyoka_desktop.services.session import Session
from hyoka_desktop.store.repository import FormText

_PATIENCE_SECONDS: Final = 3.0
_LONGEST_NAME: Final = 40
_SUFFIXES: Final = {HandoutFormat.WORD: ".docx", HandoutFormat.PACKET: ".hyoka"}
SHEETS: Final = OutputSet("handout", "handout", parts=("sheets",), passport=PassportKind.PRINTED)
"""What a document shows that is handed out for Word."""


@dataclass(frozen=True, slots=True)
class Order:
    """Say what is to be handed out: which items to whom, until when (ISO date or empty), as what."""

    items: tuple[int, ...]
    to: str
    due: str = ""
    format: HandoutFormat = HandoutFormat.WORD


@dataclass(frozen=True, slots=True)
class HandedOut:
    """Hold a file that is to be made or was, and what goes out in it; the fact gets an id of its own when recorded."""

    path: Path
    handout: Handout


@dataclass(frozen=True)
class Plan:
    """Hold all that the files of some handouts are made of; what is written meanwhile does not get into them."""

    form: FormDefinition
    form_text: FormText
    snapshot: Snapshot
    files: tuple[HandedOut, ...]


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
    """Make the files of all orders, then record them in one step; where one cannot be made, none stays."""
    plan = plan_handouts(session, year, orders, folder)
    make_files(plan)
    record(session, plan)
    return plan.files


def plan_handouts(session: Session, year: int, orders: Sequence[Order], folder: Path) -> Plan:
    """Fix the state that goes out, and the names of the files; InputError where one is there already.

    WorldError where something typed is not on the disk yet.
    """
    if not session.flush(_PATIENCE_SECONDS):
        raise WorldError("handout_waits")
    anchor, snapshot = session.anchor(), session.snapshot
    person, at = current_author().person, now()
    planned = [
        Handout(
            snapshot.next_node,
            Passport(anchor, year, order.items),
            _one_line(order.to),
            order.format,
            order.due,
            person,
            at,
        )
        for order in orders
    ]
    paths = file_paths(session, year, orders, folder)
    there = already_there(paths)
    if there:
        raise InputError("file_exists", path=str(there[0]))
    files = tuple(HandedOut(path, one) for path, one in zip(paths, planned, strict=True))
    return Plan(session.form, session.form_text, snapshot, files)


def make_files(
    plan: Plan, checkpoint: Callable[[], None] = lambda: None, progress: Callable[[int], None] = lambda _: None
) -> None:
    """Make all files of a plan, on any thread; where one cannot be made, or `checkpoint` gives up, none stays.

    `progress` hears how many are made.
    """
    with contextlib.ExitStack() as undo:
        for count, one in enumerate(plan.files):
            progress(count)
            checkpoint()
            make_folder(one.path.parent)
            _WRITERS[one.handout.format](plan, one, checkpoint)
            # Each writer leaves all or nothing; only what was made here is taken away again.
            undo.callback(_drop, one.path)
        undo.pop_all()


def record(session: Session, plan: Plan) -> ChangeSet | None:
    """Record in one step what was handed out."""
    after, facts = session.snapshot, []
    for file in plan.files:
        facts.append(handouts.new_handout(after, replace(file.handout, node=after.next_node)))
        after = apply_changes(after, facts[-1].changes)
    return session.do(edits.joined(facts, Action.HAND_OUT, NodeKind.HANDOUT.value))


def word_request(passport: Passport, path: Path) -> ExportRequest:
    """Say how a document is made that is handed out for Word; it asks Word to track changes."""
    return ExportRequest(docx=path, output=SHEETS, items=passport.items, anchor=passport.anchor, tracked=True)


def discard(plan: Plan) -> None:
    """Take away files that were made and are not wanted."""
    for one in plan.files:
        _drop(one.path)


def already_there(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Tell which files are there already; slow where the folder is far away."""
    found = []
    for path in paths:
        # A name that the system cannot even look up is no file; writing it tells why.
        with contextlib.suppress(OSError):
            found += [path] if path.exists() else []
    return tuple(found)


def file_paths(session: Session, year: int, orders: Sequence[Order], folder: Path) -> tuple[Path, ...]:
    """Tell where the file of each order will stand, each name once."""
    names: list[str] = []
    for order in orders:
        # A dot would let Windows take what stands before it for a device, such as NUL.
        words = (session.path.stem, _one_line(order.to), era.format_fiscal_year(year))
        stem = "_".join(safe_name(word.replace(".", "_"))[:_LONGEST_NAME].strip() for word in words)
        suffix = _SUFFIXES[order.format]
        taken = {name.casefold() for name in names}
        tries = (f"{stem}{f'_{number}' if number else ''}{suffix}" for number in range(len(orders) + 1))
        names.append(next(name for name in tries if name.casefold() not in taken))
    return tuple(folder / name for name in names)


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


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _write_word(plan: Plan, one: HandedOut, checkpoint: Callable[[], None]) -> None:
    """Make the sheets of the items as a document for Word, with the passport printed at the foot of each page."""
    passport = one.handout.passport
    view = YearView(plan.snapshot, passport.year, plan.form.period_fields)
    request = word_request(passport, one.path)
    prepared = prepare(plan.form, view, request, checkpoint=checkpoint)
    export(prepared, request, checkpoint=checkpoint)


def _write_packet(plan: Plan, one: HandedOut, checkpoint: Callable[[], None]) -> None:
    write_packet(one.path, plan.form_text, plan.snapshot, one.handout, checkpoint)


_WRITERS: Final[Mapping[HandoutFormat, Callable[[Plan, HandedOut, Callable[[], None]], None]]] = {
    HandoutFormat.WORD: _write_word,
    HandoutFormat.PACKET: _write_packet,
}


def _drop(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()

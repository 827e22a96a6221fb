"""Tell and set how far the work of a year is: by item, by 区分, by department; who set a state and when."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from hyoka_desktop.domain import comments, fields, work
from hyoka_desktop.domain.changes import ChangeSet
from hyoka_desktop.domain.report import NodeKind, YearView
from hyoka_desktop.domain.work import WorkState
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.services.session import Session
from hyoka_desktop.store import history
from hyoka_desktop.store.history import Command
from hyoka_desktop.store.repository import Repository

Stamps = Mapping[int, Command]
"""The command that gave each item its state, by node; absent where nobody has set one."""


@dataclass(frozen=True, slots=True)
class ItemProgress:
    """Hold how far one item is."""

    node: int
    section: int
    number: str
    title: str
    department: str
    assignee: str
    state: WorkState
    letter: str
    open_comments: int


def items_progress(form: FormDefinition, view: YearView) -> tuple[ItemProgress, ...]:
    """Tell how far each item of the year is, in the order of the document."""
    counts = comments.open_counts(view)

    def known(node: int, field: str) -> str:
        return view.text(node, field) if field in form.fields else ""

    return tuple(
        ItemProgress(
            node=item.id,
            section=section.id,
            number=known(item.id, fields.ITEM_NUMBER),
            title=known(item.id, fields.ITEM_TITLE),
            department=work.in_charge(view, item.id, work.DEPARTMENT),
            assignee=work.in_charge(view, item.id, work.ASSIGNEE),
            state=work.state_of(view, item.id),
            letter=known(item.id, fields.SELF_RATING),
            open_comments=counts.get(item.id, 0),
        )
        for section in view.sections
        for item in view.children(section.id, NodeKind.ITEM)
    )


def state_counts(view: YearView) -> Mapping[WorkState, int]:
    """Tell the number of items in each state."""
    return Counter(work.state_of(view, item.id) for item in view.items)


def grouped_counts(items: Sequence[ItemProgress], key: str) -> Mapping[object, Mapping[WorkState, int]]:
    """Count the items in each state by 区分 (`section`) or department (`department`), in the order of the items."""
    groups: dict[object, Counter[WorkState]] = {}
    for item in items:
        groups.setdefault(getattr(item, key), Counter())[item.state] += 1
    return groups


def stamps_of(session: Session, year: int) -> "Future[Stamps]":
    """Ask who gave each item its state in a year, and when; from the log alone."""

    def ask(repository: Repository) -> Stamps:
        entries = repository.read(lambda db: history.newest_of_field(db, work.WORK_STATE, year))
        return {entry.address.node: entry.command for entry in entries if entry.after is not None}

    return session.ask(ask)


def stamp_of(session: Session, year: int, item: int) -> "Future[Command | None]":
    """Ask who gave one item its state in a year, and when; None where nobody has set one."""

    def ask(repository: Repository) -> Command | None:
        entries = repository.read(lambda db: history.history_of_text(db, item, work.WORK_STATE))
        newest = next((entry for entry in entries if entry.address.year == year), None)
        return newest.command if newest is not None and newest.after is not None else None

    return session.ask(ask)


def set_state(
    session: Session, year: int, items: Iterable[int], state: WorkState, reason: str = ""
) -> ChangeSet | None:
    """Set the state of items in one step."""
    return session.do(work.set_states(session.view(year), items, state, reason))


def set_in_charge(session: Session, year: int, items: Iterable[int], field: str, text: str) -> ChangeSet | None:
    """Set the department or the person in charge of items in one step."""
    clean = " ".join(text.split())
    return session.do(work.set_in_charge(session.view(year), items, field, clean))


def names_in_charge(view: YearView, field: str) -> Sequence[str]:
    """Tell the departments or persons that are named so far, for choosing."""
    return sorted({name for item in view.items if (name := work.in_charge(view, item.id, field))})


def section_name(form: FormDefinition, view: YearView, section: int) -> str:
    """Tell number and title of a 区分."""
    known = [name for name in (fields.SECTION_NUMBER, fields.SECTION_TITLE) if name in form.fields]
    return " ".join(view.text(section, name) for name in known).strip()

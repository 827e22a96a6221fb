"""The commands that hand items out to departments, take them back, and merge copies of a report."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

from hyoka_desktop.console import DONE, WRONG_USE, complain, say
from hyoka_desktop.domain import era
from hyoka_desktop.domain.handouts import HandoutFormat
from hyoka_desktop.errors import HyokaError, InputError, WorldError
from hyoka_desktop.exchange.merging import Take
from hyoka_desktop.messages import commandline as words
from hyoka_desktop.services import circulation, handouts
from hyoka_desktop.services.backups import places_of
from hyoka_desktop.services.circulation import Decisions
from hyoka_desktop.services.export import items_named
from hyoka_desktop.services.handouts import Order
from hyoka_desktop.services.receipts import proposal_text, receipt_text
from hyoka_desktop.services.session import Session, open_session
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.services.sharing import is_shared
from hyoka_desktop.services.taking import take

_PATIENCE_SECONDS: Final = 30.0


def hand_out(parsed: argparse.Namespace) -> int:
    """Make the files for one department, or for each that is in charge of items, and record them."""
    due = _day(parsed.due) if parsed.due else ""
    kind = HandoutFormat.PACKET if parsed.packet else HandoutFormat.WORD
    with working(parsed.file) as session:
        year = _year_of(session, parsed.year)
        if parsed.to and parsed.items:
            items = items_named(session.view(year), [number.strip() for number in parsed.items.split(",")])
            orders = [Order(tuple(dict.fromkeys(items)), parsed.to, due, kind)]
        elif parsed.to or parsed.items:
            complain(words.wrong_use(f"the following arguments are required: {'--items' if parsed.to else '--to'}"))
            return WRONG_USE
        else:
            orders = list(handouts.orders_by_department(session, year, due, kind))
        if not orders:
            raise InputError("handout_nothing")
        for made in handouts.hand_out(session, year, orders, parsed.out):
            say(words.HANDED_OUT.format(to=made.handout.to, path=made.path))
    return DONE


def take_back(parsed: argparse.Namespace) -> int:
    """Say what files that came back would change; with `--apply` take it, where nothing waits for a decision."""
    code = DONE
    with working(parsed.file) as session:
        for path in parsed.returned:
            code = max(code, _take_one(session, path, parsed))
    return code


def _take_one(session: Session, path: Path, parsed: argparse.Namespace) -> int:
    proposal = circulation.take_back(session, path)
    decisions = circulation.all_by(proposal, Take(parsed.take)) if parsed.take else Decisions()
    waiting = circulation.open_questions(proposal, decisions)
    if not parsed.apply or waiting:
        say(proposal_text(session, proposal, decisions))
    if not parsed.apply:
        return DONE
    if waiting:
        complain(words.UNDECIDED.format(path=path, count=len(waiting)))
        return WRONG_USE
    say(receipt_text(session.form, take(session, proposal, decisions, places_of(Settings()))))
    return DONE


class _Heard:
    """Keep what the disk refuses, to be told as the fault of the command."""

    def __init__(self) -> None:
        self.fault: BaseException | None = None

    def written(self) -> None:
        """Hear that all is saved."""

    def short_of_room(self) -> None:
        """Hear that all is saved, in the room that was set aside."""

    def failed(self, error: HyokaError) -> None:
        """Keep what the world refused."""
        self.fault = error

    def broken(self, error: BaseException) -> None:
        """Keep a fault of ours."""
        self.fault = error


@contextmanager
def working(path: Path) -> Iterator[Session]:
    """Open a report to work on; what was done is on the disk at the end, or the fault is raised."""
    if is_shared(path, Settings()):
        raise InputError("file_is_shared", path=str(path))
    heard = _Heard()
    session = open_session(path, heard)
    try:
        yield session
        is_saved = session.flush(_PATIENCE_SECONDS)
    finally:
        session.close()
    if not is_saved:
        raise heard.fault or WorldError("command_unsaved", path=str(path))


def _year_of(session: Session, year: int | None) -> int:
    years = session.snapshot.years
    if year is not None and year not in years:
        raise InputError("year_unknown", year=year, known="・".join(map(era.format_fiscal_year, years)))
    return year or session.newest_year


def _day(text: str) -> str:
    """Read a date in either calendar; InputError where it is none."""
    day = era.parse_date(text)
    if day is None:
        try:
            day = date.fromisoformat(text.strip())
        except ValueError:
            raise InputError("date_written", value=text) from None
    return day.isoformat()

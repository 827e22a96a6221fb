"""Where texts are read and compared, quotes of indicators stand as they print, and no quote changes unseen."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from hyoka_desktop.domain.report import Address, NodeKind, YearView
from hyoka_desktop.services import backups, recovery
from hyoka_desktop.services.backups import Places, Reason
from hyoka_desktop.services.comparing import compare
from hyoka_desktop.services.quoting import printed_at, printed_pair
from hyoka_desktop.services.session import Session

YEAR = 2024
NAME = "点検診断の実施施設数"


@dataclass(frozen=True)
class Place:
    """Hold the first 業務実績 with the entry of its first indicator."""

    address: Address
    entry: int

    @property
    def quoted(self) -> str:
        return f"実施は{{指標:{NAME}.実績#{self.entry}}}"


@pytest.fixture
def place(session: Session) -> Place:
    view = session.view(YEAR)
    row = view.children(view.items[0].id, NodeKind.ROW)[0].id
    indicator = view.children(row, NodeKind.INDICATOR)[0].id
    return Place(Address(row, "results", YEAR), view.children(indicator, NodeKind.ACHIEVEMENT)[0].id)


def pair(session: Session, place: Place, before: str | None, after: str | None) -> tuple[str, str]:
    view = session.view(YEAR)
    return printed_pair(session.form, place.address, (view, before), (view, after))


def test_a_quote_is_told_by_its_value(session: Session, place: Place) -> None:
    assert printed_at(session.form, session.view(YEAR), place.address, place.quoted) == "実施は301施設"
    assert printed_at(session.form, session.view(YEAR), place.address, None) == ""
    assert pair(session, place, None, place.quoted) == ("", "実施は301施設")


def test_the_value_is_that_of_the_year_of_the_text_whatever_year_is_in_hand(session: Session, place: Place) -> None:
    session.set_text(YEAR - 1, place.entry, "actual", "299施設")
    earlier = Address(place.address.node, "results", YEAR - 1)
    assert printed_at(session.form, session.view(YEAR), earlier, place.quoted) == "実施は299施設"


def test_a_quote_that_took_the_place_of_the_very_same_value_is_told_by_its_name(session: Session, place: Place) -> None:
    assert pair(session, place, "実施は301施設", place.quoted) == ("実施は301施設", f"実施は{{指標:{NAME}.実績}}")


def test_a_field_that_holds_no_prose_is_told_as_it_is(session: Session, place: Place) -> None:
    address = Address(place.entry, "actual", YEAR)
    assert printed_at(session.form, session.view(YEAR), address, place.quoted) == place.quoted


def test_a_backup_and_the_report_are_told_each_with_its_own_values(
    session: Session, place: Place, tmp_path: Path
) -> None:
    session.set_text(YEAR, place.address.node, "results", place.quoted)
    made = backups.back_up(session, Places(tmp_path / "backups"), Reason.TIMER).backup
    assert made is not None
    session.set_text(YEAR, place.entry, "actual", "305施設")
    session.set_text(YEAR, place.address.node, "results", place.quoted + "である")
    inside = backups.look_inside(session, made)
    (text,) = (one for one in compare(inside.snapshot, inside.now).texts if one.address == place.address)
    before, after = (YearView(one, YEAR, session.form.period_fields) for one in (inside.snapshot, inside.now))
    told = printed_pair(session.form, text.address, (before, text.before), (after, text.after))
    assert told == ("実施は301施設", "実施は305施設である")


def test_the_list_of_a_damaged_report_tells_texts_as_they_print(session: Session, place: Place, tmp_path: Path) -> None:
    session.set_text(YEAR, place.address.node, "results", place.quoted)
    assert session.close()
    with closing(sqlite3.connect(session.path)) as connection:
        connection.execute(f"UPDATE value SET text = '偽' WHERE node = {place.address.node} AND field = 'results'")
        connection.commit()
    found = recovery.examine(session.path, Places(tmp_path / "backups"))
    assert "実施は301施設" in [line.text for line in found.lines()]
    assert f"#{place.entry}" not in recovery.record_text(found)

"""What was handed out is a fact like any other: it stands in the report, is found again, and can be taken back."""

from dataclasses import replace

import pytest

from hyoka_desktop.domain.changes import apply_changes
from hyoka_desktop.domain.handouts import (
    Handout,
    HandoutFormat,
    Passport,
    Standing,
    changed_handout,
    forget_handout,
    handout_for,
    handouts_of,
    new_handout,
)
from hyoka_desktop.domain.report import Snapshot, YearView
from hyoka_desktop.domain.work import reach_of

SENT = "2024-06-28T10:00:00+09:00"


def handout(snapshot: Snapshot, *items: int) -> Handout:
    passport = Passport("7-0123456789abcdef", 2024, items)
    return Handout(snapshot.next_node, passport, "総務課", HandoutFormat.PACKET, "2024-07-10", "山田", SENT)


def test_a_handout_is_read_as_it_was_written(sample_snapshot: Snapshot) -> None:
    made = replace(handout(sample_snapshot, 4, 9), returned=SENT, imported=SENT, added=((90, 91), (92, 95)))
    after = apply_changes(sample_snapshot, new_handout(sample_snapshot, made).changes)
    assert handouts_of(after) == (made,)
    assert made.passport.sequence == 7


def test_what_became_of_a_handout_is_written_over_what_stood_there(sample_snapshot: Snapshot) -> None:
    made = handout(sample_snapshot, 4)
    after = apply_changes(sample_snapshot, new_handout(sample_snapshot, made).changes)
    edit = changed_handout(after, replace(made, returned=SENT))
    assert edit is not None
    assert handouts_of(apply_changes(after, edit.changes)) == (replace(made, returned=SENT),)
    assert changed_handout(after, made) is None


def test_a_forgotten_handout_leaves_nothing_behind(sample_snapshot: Snapshot) -> None:
    made = handout(sample_snapshot, 4)
    after = apply_changes(sample_snapshot, new_handout(sample_snapshot, made).changes)
    left = apply_changes(after, forget_handout(after, made.node).changes)
    assert (left.tree, left.values) == (sample_snapshot.tree, sample_snapshot.values)


def test_handing_out_touches_no_item_and_so_no_state(sample_view: YearView) -> None:
    edit = new_handout(sample_view.snapshot, handout(sample_view.snapshot, sample_view.items[0].id))
    assert reach_of(edit, sample_view).states == {}


@pytest.mark.parametrize(
    ("returned", "imported", "today", "standing"),
    [
        ("", "", "2024-07-10", Standing.SENT),
        ("", "", "2024-07-11", Standing.LATE),
        (SENT, "", "2024-07-11", Standing.RETURNED),
        (SENT, SENT, "2024-07-11", Standing.IMPORTED),
    ],
)
def test_a_handout_is_late_from_the_day_after_it_is_due_until_it_is_back(
    returned: str, imported: str, today: str, standing: Standing, sample_snapshot: Snapshot
) -> None:
    made = replace(handout(sample_snapshot, 4), returned=returned, imported=imported)
    assert made.standing(today) is standing
    assert replace(made, due="").standing(today) is (Standing.SENT if standing is Standing.LATE else standing)


def test_a_passport_finds_the_newest_handout_of_its_state_with_its_items(sample_snapshot: Snapshot) -> None:
    first = handout(sample_snapshot, 4, 9)
    second = replace(first, node=first.node + 1, passport=replace(first.passport, items=(9,)))
    known = (first, second)
    assert handout_for(known, replace(first.passport, items=(9,))) == second
    assert handout_for(known, first.passport) == first
    assert handout_for(known, replace(first.passport, items=(4, 5))) is None
    assert handout_for(known, replace(first.passport, anchor="8-0123456789abcdef")) is None
    assert handout_for(known, replace(first.passport, year=2023)) is None

"""Merging fields and structure: what comes of each, what waits for a choice, and that theirs alone gives theirs."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hyoka_desktop.domain import edits
from hyoka_desktop.domain.changes import NodeChange, ValueChange, apply_changes
from hyoka_desktop.domain.report import PARENT_KIND, ROOT, Address, NodeKind, Snapshot, YearView
from hyoka_desktop.exchange.joining import empty_snapshot
from hyoka_desktop.exchange.merging import (
    Choice,
    FieldMerge,
    Outcome,
    Place,
    Take,
    Written,
    chosen_text,
    merge_field,
    merge_fields,
    undecided,
)
from hyoka_desktop.exchange.merging_nodes import Deed, NodeMerge, ThreeTrees, edit_of, merge_nodes, same_elsewhere
from hyoka_desktop.exchange.packets import packet_edit, restricted
from hyoka_desktop.formdef.model import FormDefinition
from tests.domain.test_random_edits import random_edit

PROSE = Address(9, "results", 2024)
VALUE = Address(9, "actual", 2024)
LETTER = Address(9, "self_rating", 2024)


@pytest.mark.parametrize(
    ("address", "base", "ours", "theirs", "outcome"),
    [
        (PROSE, "一。", "一。", "壱。", Outcome.TAKEN),
        (PROSE, "一。", "壱。", "一。", Outcome.KEPT),
        (PROSE, "一。", "壱。", "壱。", Outcome.SAME),
        (PROSE, "一。二。", "壱。二。", "一。弐。", Outcome.COMBINED),
        (PROSE, "一。", "壱。", "いち。", Outcome.CONFLICT),
        (PROSE, "一。間。二。", "壱。間。二。", "いち。間。弐。", Outcome.CONFLICT),
        (PROSE, "一。二。", "壱。弐。", "一。弐。", Outcome.KEPT),
        (VALUE, "95.0%", "96.0%", "95.0%", Outcome.KEPT),
        (VALUE, "95.0%", "96.0%", "97.0%", Outcome.CONFLICT),
        (LETTER, "B", "A", "S", Outcome.CONFLICT),
        (LETTER, "B", "B", "A", Outcome.TAKEN),
    ],
)
def test_each_field_has_its_outcome(
    address: Address, base: str, ours: str, theirs: str, outcome: Outcome, iaa: FormDefinition
) -> None:
    merged = merge_field(iaa, address, base, ours, theirs)
    assert merged is not None
    assert merged.outcome is outcome
    assert bool(merged.conflicts) == (outcome is Outcome.CONFLICT)
    assert merged.is_theirs == (theirs != base)


def test_a_number_is_never_mixed_of_two(iaa: FormDefinition) -> None:
    merged = merge_field(iaa, VALUE, "10件。5件。", "11件。5件。", "10件。6件。")
    assert merged is not None
    assert merged.outcome is Outcome.CONFLICT


def test_only_what_they_tell_of_and_somebody_changed_is_merged(iaa: FormDefinition) -> None:
    other = PROSE._replace(node=10)
    texts = {PROSE: "一。", VALUE: "1", other: "二。"}
    assert merge_fields(iaa, texts, texts, texts) == ()
    (merged,) = merge_fields(iaa, texts, {**texts, other: "弐。"}, {PROSE: "壱。", VALUE: "1"})
    assert merged.address == PROSE


CONFLICTS = ("一。間。二。", "壱。間。弐。", "いち。間。に。")


@pytest.mark.parametrize(
    ("choices", "text"),
    [
        ({0: Take.OURS, 1: Take.THEIRS}, "壱。間。に。"),
        ({0: Take.BOTH, 1: Written("ふたつ。")}, "壱。いち。間。ふたつ。"),
        ({None: Take.THEIRS}, "いち。間。に。"),
        ({None: Take.OURS}, "壱。間。弐。"),
        ({None: Take.BOTH}, "壱。いち。間。弐。に。"),
        ({None: Take.BOTH, 0: Take.OURS, 1: Take.THEIRS}, "壱。いち。間。弐。に。"),
        ({None: Written("別。"), 0: Take.OURS}, "別。"),
    ],
)
def test_choices_make_the_text(choices: Mapping[int | None, Choice], text: str, iaa: FormDefinition) -> None:
    merged = _conflicting(iaa)
    made = {Place(PROSE, number): choice for number, choice in choices.items()}
    assert list(undecided(merged, made)) == []
    assert chosen_text(merged, made) == text


def test_a_rating_cannot_be_both(iaa: FormDefinition) -> None:
    merged = merge_field(iaa, LETTER, "B", "A", "S")
    assert merged is not None
    for place in (Place(LETTER), Place(LETTER, 0)):
        assert list(undecided(merged, {place: Take.BOTH})) == [Place(LETTER, 0)]
        assert chosen_text(merged, {place: Take.THEIRS}) == "S"
    assert list(undecided(merged, {Place(LETTER): Take.BOTH, Place(LETTER, 0): Take.OURS})) == [Place(LETTER, 0)]


def test_who_chooses_the_side_that_took_a_sentence_away_gets_none_of_the_other(iaa: FormDefinition) -> None:
    for ours, theirs, away in (("二。", "壱。二。", Take.OURS), ("壱。二。", "二。", Take.THEIRS)):
        merged = merge_field(iaa, PROSE, "一。二。", ours, theirs)
        assert merged is not None
        assert merged.outcome is Outcome.CONFLICT
        assert chosen_text(merged, {Place(PROSE, 0): away}) == "二。"
        assert chosen_text(merged, {Place(PROSE, 0): Take.BOTH}) == "壱。二。"


def test_what_is_undecided_is_told_and_stays_ours(iaa: FormDefinition) -> None:
    merged = _conflicting(iaa)
    assert list(undecided(merged, {})) == [Place(PROSE, 0), Place(PROSE, 1)]
    assert list(undecided(merged, {Place(PROSE, 1): Take.THEIRS})) == [Place(PROSE, 0)]
    assert chosen_text(merged, {Place(PROSE, 1): Take.THEIRS}) == "壱。間。に。"


def _conflicting(form: FormDefinition) -> FieldMerge:
    merged = merge_field(form, PROSE, *CONFLICTS)
    assert merged is not None
    return merged


@st.composite
def changed(draw: st.DrawFn, view: YearView) -> Snapshot:
    """Make a few edits to a report, as somebody elsewhere does."""
    for _ in range(draw(st.integers(0, 6))):
        edit = random_edit(draw, view)
        if edit is not None and not any(not isinstance(change, NodeChange | ValueChange) for change in edit.changes):
            view = YearView(apply_changes(view.snapshot, edit.changes), view.year, view.period_fields)
    return view.snapshot


def merged_structure(base: Snapshot, ours: Snapshot, theirs: Snapshot, view: YearView) -> Snapshot:
    """Take all that they did with the structure."""
    ids = same_elsewhere(base, ours, theirs, {})
    parts = merge_nodes(ThreeTrees(base, ours, theirs, ids))
    coming = [part.node.id for part in parts if part.deed is Deed.ADDED]
    ids |= {their: ours.next_node + place for place, their in enumerate(coming)}
    for part in parts:
        edit = edit_of(YearView(ours, view.year, view.period_fields), part, ids)
        if edit is not None:
            after = apply_changes(ours, edit.changes)
            assert apply_changes(after, edit.inverse().changes).tree.nodes == ours.tree.nodes
            ours = after
    return ours


def shape(view: YearView, above: int = ROOT) -> list[object]:
    """Tell the structure of a year without ids, with the texts that tell nodes apart."""
    return [
        (kind, view.text(node.id, "results"), shape(view, node.id))
        for kind in PARENT_KIND
        for node in view.children(above, kind)
    ]


def test_what_moved_into_a_new_part_moves_after_it(sample_view: YearView) -> None:
    added = edits.add_node(sample_view, sample_view.items[0].id, NodeKind.ROW, 0)
    after = YearView(apply_changes(sample_view.snapshot, added.changes), sample_view.year, sample_view.period_fields)
    indicator = next(node for node in after.snapshot.tree.nodes.values() if node.kind is NodeKind.INDICATOR)
    moved = edits.move_node(after, indicator.id, sample_view.snapshot.next_node, 0)
    assert moved is not None
    theirs = apply_changes(after.snapshot, moved.changes)
    result = merged_structure(sample_view.snapshot, sample_view.snapshot, theirs, sample_view)
    assert _order(result, sample_view.snapshot, sample_view) == _order(theirs, sample_view.snapshot, sample_view)


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_what_only_they_did_with_the_structure_gives_theirs(data: st.DataObject, sample_view: YearView) -> None:
    base = sample_view.snapshot
    theirs = data.draw(changed(sample_view))
    result = merged_structure(base, base, theirs, sample_view)
    assert _order(result, base, sample_view) == _order(theirs, base, sample_view)


def _order(snapshot: Snapshot, base: Snapshot, at: YearView, above: int = ROOT) -> list[object]:
    """Tell the structure of a year, new parts by what they say instead of their ids."""
    view = YearView(snapshot, at.year, at.period_fields)
    return [
        (node.id if node.id in base.tree.nodes else view.text(node.id, "results"), _order(snapshot, base, at, node.id))
        for kind in PARENT_KIND
        for node in view.children(above, kind)
    ]


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_what_they_did_is_done_once(data: st.DataObject, sample_view: YearView) -> None:
    base = sample_view.snapshot
    ours, theirs = data.draw(changed(sample_view)), data.draw(changed(sample_view))
    once = merged_structure(base, ours, theirs, sample_view)
    ids = same_elsewhere(base, once, theirs, {})
    again = merge_nodes(ThreeTrees(base, once, theirs, ids))
    assert [part.deed for part in again if part.deed is Deed.ADDED] == []


def test_a_packet_is_what_its_items_are_and_fills_an_empty_file(sample_view: YearView) -> None:
    items = [sample_view.items[0].id, sample_view.items[-1].id]
    packet = restricted(sample_view.snapshot, items)
    made = apply_changes(empty_snapshot(), packet_edit(packet).changes)
    assert (made.tree, made.values, made.years) == (packet.tree, packet.values, packet.years)
    view = YearView(made, sample_view.year, sample_view.period_fields)
    assert [item.id for item in view.items] == items
    for item in items:
        assert shape(view, item) == shape(sample_view, item)
    assert view.text(ROOT, "procedures") == ""


def test_a_node_that_is_not_here_is_neither_removed_nor_moved(sample_view: YearView) -> None:
    item = sample_view.items[0]
    gone = apply_changes(sample_view.snapshot, edits.remove_node(sample_view.in_year(2023), item.id).changes)
    view = YearView(gone, sample_view.year, sample_view.period_fields)
    for deed in (Deed.REMOVED, Deed.MOVED):
        assert edit_of(view, NodeMerge(deed, item, {}), {}) is None


def test_nothing_is_moved_to_a_part_that_is_not_here(sample_view: YearView) -> None:
    item = sample_view.items[0]
    gone = replace(item, parent=sample_view.snapshot.next_node)
    assert edit_of(sample_view, NodeMerge(Deed.MOVED, gone, {}), {}) is None


@pytest.fixture
def ended(sample_view: YearView) -> tuple[YearView, list[int]]:
    """Tell a year with four new items of a section, the second of which ended the year before, and their ids."""
    section, view, items = sample_view.sections[0].id, sample_view.in_year(2023), []
    for place in range(4):
        items.append(view.snapshot.next_node)
        last = len(view.children(section, NodeKind.ITEM))
        added = edits.add_node(view, section, NodeKind.ITEM, last, {"results": f"{place}"})
        view = replace(view, snapshot=apply_changes(view.snapshot, added.changes))
    view = view.in_year(2024)
    return replace(view, snapshot=apply_changes(view.snapshot, edits.remove_node(view, items[1]).changes)), items


def test_what_came_behind_a_part_that_has_ended_stands_behind_it_here_too(ended: tuple[YearView, list[int]]) -> None:
    view, (first, second, third, fourth) = ended
    section = view.snapshot.tree.nodes[first].parent
    assert section is not None
    added = replace(view.snapshot.tree.nodes[first], id=view.snapshot.next_node)
    edit = edit_of(view, NodeMerge(Deed.ADDED, added, {}, (second, first)), {added.id: added.id})
    assert edit is not None
    order = [node.id for node in apply_changes(view.snapshot, edit.changes).tree.children(section, NodeKind.ITEM)]
    assert order[-5:] == [first, second, added.id, third, fourth]


def test_what_moved_behind_a_part_that_has_ended_stands_behind_the_one_before_that(
    ended: tuple[YearView, list[int]],
) -> None:
    view, (first, second, third, fourth) = ended
    edit = edit_of(view, NodeMerge(Deed.MOVED, view.snapshot.tree.nodes[fourth], {}, (second, first)), {})
    assert edit is not None
    after = replace(view, snapshot=apply_changes(view.snapshot, edit.changes))
    section = after.snapshot.tree.nodes[first].parent
    assert section is not None
    assert [node.id for node in after.children(section, NodeKind.ITEM)][-3:] == [first, fourth, third]


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "ends"),
    [
        (None, None, 2023, 2023),
        (2024, 2024, 2023, 2023),
        (None, 2024, 2023, 2023),
        (None, 2023, 2023, None),
        (None, 2022, 2023, None),
        (2023, 2023, None, None),
        (2023, 2023, 2024, None),
    ],
)
def test_a_part_is_removed_there_only_where_it_ends_earlier_than_before_and_here(
    base: int | None, ours: int | None, theirs: int | None, ends: int | None, sample_view: YearView
) -> None:
    """Who takes back that it was removed, or has it end later, has not removed it."""
    item = sample_view.items[0]

    def ending(year: int | None) -> Snapshot:
        return apply_changes(sample_view.snapshot, [NodeChange(item, replace(item, last_year=year))])

    parts = merge_nodes(ThreeTrees(ending(base), ending(ours), ending(theirs), {}))
    assert [(part.deed, part.node.id, part.ends) for part in parts] == ([(Deed.REMOVED, item.id, ends)] if ends else [])


def deeds(base: Snapshot, ours: Snapshot, theirs: Snapshot) -> list[tuple[Deed, int]]:
    return [(part.deed, part.node.id) for part in merge_nodes(ThreeTrees(base, ours, theirs, {}))]


def test_a_part_that_is_gone_there_is_told_once_for_all_below_it(sample_view: YearView) -> None:
    item = sample_view.snapshot.next_node
    added = edits.add_node(sample_view, sample_view.sections[0].id, NodeKind.ITEM, 0)
    base = replace(sample_view, snapshot=apply_changes(sample_view.snapshot, added.changes))
    base = replace(base, snapshot=apply_changes(base.snapshot, edits.add_node(base, item, NodeKind.ROW, 0).changes))
    theirs = apply_changes(base.snapshot, edits.remove_node(base, item).changes)
    assert deeds(base.snapshot, base.snapshot, theirs) == [(Deed.REMOVED, item)]
    assert deeds(base.snapshot, theirs, theirs) == []
    assert deeds(base.snapshot, theirs, base.snapshot) == [], "what we removed nobody there has added"
    assert item not in merged_structure(base.snapshot, base.snapshot, theirs, base).tree.nodes


def test_a_part_is_told_to_be_moved_only_where_they_moved_it_and_we_did_not(
    ended: tuple[YearView, list[int]],
) -> None:
    view, (_, _, third, fourth) = ended
    section = view.snapshot.tree.nodes[fourth].parent
    assert section is not None
    edit = edits.move_node(view, fourth, section, 0)
    assert edit is not None
    base, moved = view.snapshot, apply_changes(view.snapshot, edit.changes)
    assert deeds(base, base, moved) == [(Deed.MOVED, fourth)]
    assert deeds(base, moved, moved) == []
    assert deeds(base, moved, base) == []
    other = edits.move_node(view, third, view.sections[-1].id, 0)
    assert other is not None
    assert deeds(base, apply_changes(base, other.changes), moved) == [(Deed.MOVED, fourth)]


def with_items(view: YearView, *texts: str) -> tuple[Snapshot, list[int]]:
    """Add items to the first section that say something each; tell their ids too."""
    items = []
    for text in texts:
        items.append(view.snapshot.next_node)
        added = edits.add_node(view, view.sections[0].id, NodeKind.ITEM, 0, {"results": text})
        view = replace(view, snapshot=apply_changes(view.snapshot, added.changes))
    return view.snapshot, items


def test_of_what_both_added_each_is_the_same_as_one_at_most(sample_view: YearView) -> None:
    base = sample_view.snapshot
    (ours, (here,)), (theirs, (one, other)) = with_items(sample_view, "同じ"), with_items(sample_view, "同じ", "同じ")
    found = same_elsewhere(base, ours, theirs, {})
    assert list(found.values()) == [here]
    assert found.keys() < {one, other}
    for known in (one, other):
        assert same_elsewhere(base, ours, theirs, {known: here}) == {known: here}
    found = same_elsewhere(base, ours, theirs, {one: here + 100})
    assert list(found.values()) == [here], "what came once is here no more"
    assert same_elsewhere(base, with_items(sample_view, "異なる")[0], theirs, {}) == {}


def test_what_they_added_below_a_part_that_is_not_here_any_more_has_no_place_with_all_below_it(
    sample_view: YearView,
) -> None:
    base, (item,) = with_items(sample_view, "消えるもの")
    view = replace(sample_view, snapshot=base)
    ours = apply_changes(base, edits.remove_node(view, item).changes)
    row = base.next_node
    theirs = apply_changes(base, edits.add_node(view, item, NodeKind.ROW, 0).changes)
    below = edits.add_node(replace(view, snapshot=theirs), row, NodeKind.INDICATOR, 0)
    theirs = apply_changes(theirs, below.changes)
    assert deeds(base, ours, theirs) == [(Deed.ORPHANED, row), (Deed.ORPHANED, row + 1)]
    assert deeds(base, base, theirs) == [(Deed.ADDED, row), (Deed.ADDED, row + 1)]

"""Every edit is a change of a snapshot that can be taken back exactly."""

from collections.abc import Callable, Iterator

import pytest

from hyoka_desktop.domain import edits
from hyoka_desktop.domain.changes import Action, ChangeSet, Edit, apply_changes
from hyoka_desktop.domain.comments import add_comment
from hyoka_desktop.domain.handouts import Handout, HandoutFormat, Passport, new_handout
from hyoka_desktop.domain.numbering import next_item_number, renumbered, section_number
from hyoka_desktop.domain.report import (
    ROOT,
    SINCE_START,
    Address,
    Node,
    NodeKind,
    Snapshot,
    Tree,
    YearView,
)
from hyoka_desktop.domain.versions import name_version
from hyoka_desktop.domain.work import DEPARTMENT, WorkState, set_in_charge, set_states

Make = Callable[[YearView], Edit | None]


def facts(snapshot: Snapshot) -> tuple[object, ...]:
    """Tell all but the next id, which never goes back."""
    return snapshot.tree, snapshot.values, snapshot.years


def section(view: YearView, place: int = 0) -> Node:
    return view.children(ROOT, NodeKind.SECTION)[place]


def rows(view: YearView, place: int = 0) -> tuple[Node, ...]:
    return view.children(view.items[place].id, NodeKind.ROW)


def indicator(view: YearView) -> Node:
    nodes = view.snapshot.tree.nodes.values()
    return next(node for node in nodes if node.kind is NodeKind.INDICATOR and node.lives_in(view.year))


EDITS: dict[str, Make] = {
    "set a yearly text": lambda view: edits.set_text(view, ROOT, "procedures", "新"),
    "set a text of the period": lambda view: edits.set_text(view, view.items[0].id, "item_title", "新"),
    "set an empty text": lambda view: edits.set_text(view, ROOT, "procedures", ""),
    "set a text that was never given": lambda view: edits.set_text(view, view.items[0].id, "difficulty_reason", "新"),
    "set a block": lambda view: edits.set_block(
        view, {view.address(item.id, "item_title"): f"題{item.id}" for item in view.items}
    ),
    **{
        action.value: lambda view, action=action: edits.set_block(
            view, {view.address(ROOT, "procedures"): "新"}, action
        )
        for action in (Action.PASTE, Action.FILL, Action.CLEAR, Action.TAKE_CELLS, Action.MERGE)
    },
    "change a plan": lambda view: edits.change_plan(view, rows(view)[0].id, "mid_term_plan", "変更後"),
    "add a section": lambda view: edits.add_node(view, ROOT, NodeKind.SECTION, 1, {"section_title": "新"}),
    "add an item at the end": lambda view: edits.add_node(view, section(view).id, NodeKind.ITEM, 99),
    "add a row first": lambda view: edits.add_node(view, view.items[0].id, NodeKind.ROW, 0, {"annual_plan": "新"}),
    "add an achievement": lambda view: edits.add_node(
        view, indicator(view).id, NodeKind.ACHIEVEMENT, 0, {"actual": "1"}
    ),
    "remove a section": lambda view: edits.remove_node(view, section(view).id),
    "remove an item": lambda view: edits.remove_node(view, view.items[2].id),
    "remove a row": lambda view: edits.remove_node(view, rows(view)[0].id),
    "remove an indicator": lambda view: edits.remove_node(view, indicator(view).id),
    "remove two rows": lambda view: edits.remove_nodes(view, [row.id for row in rows(view)[:2]]),
    "remove an item and a row": lambda view: edits.remove_nodes(view, [view.items[2].id, rows(view)[0].id]),
    "remove a minister": lambda view: edits.remove_node(view, view.children(ROOT, NodeKind.MINISTER)[0].id),
    "move an item down": lambda view: edits.move_node(view, view.items[0].id, section(view).id, 2),
    "move an item up": lambda view: edits.move_node(view, view.items[2].id, section(view).id, 0),
    "move an item to another section": lambda view: edits.move_node(view, view.items[1].id, section(view, 1).id, 1),
    "move a row to another item": lambda view: edits.move_node(view, rows(view)[0].id, view.items[3].id, 0),
    "renumber items": lambda view: edits.renumber(view, {view.items[0].id: "Ⅰ-9"}, "item_number"),
    "add a later year": lambda view: edits.add_year(view, 2025),
    "add an earlier year": lambda view: edits.add_year(view, 2020),
    "restore texts of the past": lambda view: edits.restore(
        view.snapshot, {Address(ROOT, "procedures", 2024): "前", Address(ROOT, "other_matters", 2024): None}
    ),
    "replace texts": lambda view: edits.replace_texts(
        view.snapshot, {view.address(ROOT, "procedures"): (view.text(ROOT, "procedures"), "新")}
    ),
    "name a version": lambda view: name_version(view.snapshot, "提出版", "", 3, "山田", "2024-06-28T10:00:00+09:00"),
    "set a state": lambda view: set_states(view, [view.items[0].id], WorkState.FINAL),
    "set who is in charge": lambda view: set_in_charge(view, [view.items[0].id], DEPARTMENT, "総務課"),
    "comment on a field": lambda view: add_comment(
        view, view.address(rows(view)[0].id, "results"), "？", "山田", "2024-06-28T10:00:00+09:00"
    ),
    "hand out": lambda view: new_handout(
        view.snapshot,
        Handout(
            view.snapshot.next_node,
            Passport("1-0123456789abcdef", view.year, (view.items[0].id,)),
            "総務課",
            HandoutFormat.PACKET,
            "2024-07-10",
            "山田",
            "2024-06-28T10:00:00+09:00",
        ),
    ),
    "join two edits": lambda view: edits.joined(
        [edits.set_text(view, ROOT, "procedures", "新"), None, edits.set_text(view, ROOT, "other_matters", "新")],
        Action.SET_BLOCK,
        "",
    ),
}


@pytest.mark.parametrize("year", [2023, 2024])
@pytest.mark.parametrize("name", EDITS)
def test_undo_gives_back_exactly_what_was_there(
    name: str, year: int, sample_view: YearView, sample_snapshot: Snapshot
) -> None:
    edit = EDITS[name](sample_view.in_year(year))
    assert edit is not None
    after = apply_changes(sample_snapshot, edit.changes)
    assert facts(after) != facts(sample_snapshot)
    assert facts(apply_changes(after, edit.inverse().changes)) == facts(sample_snapshot)
    assert facts(apply_changes(sample_snapshot, edit.inverse().inverse().changes)) == facts(after)


def test_every_edit_function_and_every_action_is_among_the_edits_that_are_undone(sample_view: YearView) -> None:
    made = {make(sample_view).action for make in EDITS.values()}  # type: ignore[union-attr]
    assert made == set(Action) - {Action.CREATE, Action.IMPORT}


@pytest.mark.parametrize(
    "make",
    [
        lambda view: edits.set_text(view, ROOT, "procedures", view.text(ROOT, "procedures")),
        lambda view: edits.set_text(view, view.items[0].id, "difficulty_reason", ""),
        lambda view: edits.set_block(view, {Address(ROOT, "procedures", 2024): view.text(ROOT, "procedures")}),
        lambda view: edits.set_block(view, {}),
        lambda view: edits.change_plan(view, view.items[0].id, "item_title", view.text(view.items[0].id, "item_title")),
        lambda view: edits.move_node(view, view.items[1].id, section(view).id, 1),
        lambda view: edits.renumber(view, {}, "item_number"),
        lambda view: edits.add_year(view, 2023),
        lambda view: edits.joined([None, None], Action.SET_BLOCK, ""),
    ],
)  # fmt: skip
def test_an_edit_that_changes_nothing_is_none(make: Make, sample_view: YearView) -> None:
    assert make(sample_view) is None


def test_undo_restores_the_deleted_row_at_its_place(sample_view: YearView) -> None:
    view = sample_view.in_year(2023)
    item = next(item for item in view.items if len(view.children(item.id, NodeKind.ROW)) > 1)
    before = [node.id for node in view.children(item.id, NodeKind.ROW)]
    edit = edits.remove_node(view, before[0])
    after = apply_changes(view.snapshot, edit.changes)
    left = YearView(after, 2023, view.period_fields).children(item.id, NodeKind.ROW)
    assert [(node.id, node.position) for node in left] == [(node, place) for place, node in enumerate(before[1:])]
    back = YearView(apply_changes(after, edit.inverse().changes), 2023, view.period_fields)
    assert [node.id for node in back.children(item.id, NodeKind.ROW)] == before


def test_a_row_removed_in_the_second_year_stays_in_the_first(sample_view: YearView) -> None:
    row = rows(sample_view)[0]
    after = apply_changes(sample_view.snapshot, edits.remove_node(sample_view, row.id).changes)
    view = YearView(after, 2024, sample_view.period_fields)
    assert row.id not in {node.id for node in rows(view)}
    assert row.id in {node.id for node in rows(view.in_year(2023))}
    assert view.in_year(2023).text(row.id, "annual_plan") == sample_view.in_year(2023).text(row.id, "annual_plan")


def test_a_row_added_in_the_second_year_is_not_in_the_first(sample_view: YearView) -> None:
    edit = edits.add_node(sample_view, sample_view.items[0].id, NodeKind.ROW, 0)
    view = YearView(apply_changes(sample_view.snapshot, edit.changes), 2024, sample_view.period_fields)
    assert len(rows(view)) == len(rows(sample_view)) + 1
    assert rows(view)[0].id == sample_view.snapshot.next_node
    assert rows(view.in_year(2023)) != rows(view)
    assert [node.id for node in rows(view.in_year(2023))] == [node.id for node in rows(sample_view.in_year(2023))]


def test_a_changed_plan_holds_from_its_year_on(sample_view: YearView) -> None:
    row, field = rows(sample_view)[0].id, "mid_term_plan"
    edit = edits.change_plan(sample_view, row, field, "変更後")
    assert edit is not None
    view = YearView(apply_changes(sample_view.snapshot, edit.changes), 2024, sample_view.period_fields)
    assert [view.in_year(year).text(row, field) for year in (2022, 2023, 2024, 2025)] == [
        *[sample_view.text(row, field)] * 2,
        *["変更後"] * 2,
    ]
    assert view.address(row, field).year == 2024
    assert view.in_year(2023).address(row, field).year == SINCE_START


def test_an_index_counts_the_siblings_that_live_in_the_year(sample_view: YearView) -> None:
    first = section(sample_view)
    ended = apply_changes(sample_view.snapshot, edits.remove_node(sample_view, sample_view.items[0].id).changes)
    view = YearView(ended, 2024, sample_view.period_fields)
    added = apply_changes(ended, edits.add_node(view, first.id, NodeKind.ITEM, 1).changes)
    living = YearView(added, 2024, view.period_fields).children(first.id, NodeKind.ITEM)
    assert living[1].id == ended.next_node


def test_a_change_set_tells_what_it_touches(sample_view: YearView) -> None:
    text = EDITS["set a yearly text"](sample_view)
    moved = EDITS["move an item down"](sample_view)
    assert text is not None
    assert moved is not None
    assert ChangeSet(1, text).addresses == {Address(ROOT, "procedures", 2024)}
    assert not ChangeSet(1, text).changes_structure
    assert ChangeSet(1, text).initiator == ""
    assert ChangeSet(1, moved).changes_structure
    assert ChangeSet(1, moved).addresses == frozenset()


def test_numbers_that_do_not_follow_the_tree_are_proposed_anew(sample_view: YearView) -> None:
    assert renumbered(sample_view, "item_number", "section_number") == {}
    moved = edits.move_node(sample_view, sample_view.items[0].id, section(sample_view).id, 1)
    assert moved is not None
    view = YearView(apply_changes(sample_view.snapshot, moved.changes), 2024, sample_view.period_fields)
    proposed = {sample_view.items[1].id: "Ⅰ-1", sample_view.items[0].id: "Ⅰ-2"}
    assert renumbered(view, "item_number", "section_number") == proposed


def test_sections_are_numbered_in_roman_up_to_twelve() -> None:
    assert [section_number(place) for place in (0, 3, 11, 12)] == ["Ⅰ", "Ⅳ", "Ⅻ", "13"]


def test_a_new_item_gets_the_number_behind_the_last_that_no_item_has(sample_view: YearView) -> None:
    first = section(sample_view)
    count = len(sample_view.children(first.id, NodeKind.ITEM))
    assert next_item_number(sample_view, first.id, "item_number", "section_number") == f"Ⅰ-{count + 1}"
    taken = edits.renumber(sample_view, {sample_view.items[0].id: f"Ⅰ-{count + 1}"}, "item_number")
    assert taken is not None
    view = YearView(apply_changes(sample_view.snapshot, taken.changes), 2024, sample_view.period_fields)
    assert next_item_number(view, first.id, "item_number", "section_number") == f"Ⅰ-{count + 2}"
    freed = edits.renumber(sample_view, {sample_view.items[count - 2].id: "Ⅰ-99"}, "item_number")
    assert freed is not None
    view = YearView(apply_changes(sample_view.snapshot, freed.changes), 2024, sample_view.period_fields)
    assert next_item_number(view, first.id, "item_number", "section_number") == f"Ⅰ-{count + 1}"


def test_a_node_knows_what_stands_above_it(sample_view: YearView) -> None:
    tree = sample_view.snapshot.tree
    first, item, row = section(sample_view), sample_view.items[0], rows(sample_view)[0]
    assert tree.ancestor(row.id, NodeKind.ROW) == row
    assert tree.ancestor(row.id, NodeKind.ITEM) == item
    assert tree.ancestor(row.id, NodeKind.SECTION) == first
    assert tree.ancestor(row.id, NodeKind.REPORT) == tree.nodes[ROOT]
    assert tree.ancestor(item.id, NodeKind.ROW) is None
    assert tree.ancestor(ROOT, NodeKind.MINISTER) is None


def in_order(tree: Tree, node_id: int) -> Iterator[int]:
    yield node_id
    for kind in NodeKind:
        for child in tree.children(node_id, kind):
            yield from in_order(tree, child.id)


def test_a_subtree_is_the_node_and_all_below_it_parents_first(sample_view: YearView) -> None:
    tree = sample_view.snapshot.tree
    below = [node.id for node in tree.subtree(ROOT)]
    assert sorted(below) == sorted(tree.nodes)
    assert below == list(in_order(tree, ROOT))
    assert all(node.parent is None or below.index(node.parent) < below.index(node.id) for node in tree.nodes.values())


def test_an_edit_tells_where_the_eye_should_go(sample_view: YearView) -> None:
    item = sample_view.items[0]
    wanted = {
        "set a yearly text": Address(ROOT, "procedures", 2024),
        "set a text of the period": Address(item.id, "item_title", SINCE_START),
        "set a block": Address(item.id, "item_title", SINCE_START),
        "change a plan": Address(rows(sample_view)[0].id, "mid_term_plan", 2024),
        "add a section": Address(sample_view.snapshot.next_node, "", 2024),
        "remove an item": Address(sample_view.items[2].id, "", 2024),
        "move an item down": Address(item.id, "", 2024),
        "renumber items": Address(item.id, "item_number", SINCE_START),
        "join two edits": Address(ROOT, "procedures", 2024),
    }
    made = {name: EDITS[name](sample_view) for name in wanted}
    assert {name: edit and edit.focus for name, edit in made.items()} == wanted


@pytest.mark.parametrize(("index", "place"), [(0, 0), (1, 1), (99, -1), (-1, -1)])
def test_a_node_is_added_and_moved_to_the_place_that_was_asked_for(
    index: int, place: int, sample_view: YearView
) -> None:
    first = section(sample_view)
    added = edits.add_node(sample_view, first.id, NodeKind.ITEM, index)
    moved = edits.move_node(sample_view, sample_view.items[2].id, first.id, index)
    assert moved is not None
    for edit, node in ((added, sample_view.snapshot.next_node), (moved, sample_view.items[2].id)):
        view = YearView(apply_changes(sample_view.snapshot, edit.changes), 2024, sample_view.period_fields)
        items = view.children(first.id, NodeKind.ITEM)
        assert items[place].id == node
        assert [item.position for item in items] == list(range(len(items)))


def test_several_nodes_go_in_one_step_and_the_rest_closes_up(sample_view: YearView) -> None:
    view = sample_view.in_year(2023)
    items = [item.id for item in view.children(section(view).id, NodeKind.ITEM)]
    edit = edits.remove_nodes(view, [items[0], items[2]])
    assert edit is not None
    left = YearView(apply_changes(view.snapshot, edit.changes), 2023, view.period_fields)
    rest = left.children(section(view).id, NodeKind.ITEM)
    assert [node.id for node in rest] == [items[1], *items[3:]]
    assert [node.position for node in rest] == list(range(len(rest)))


def test_the_section_that_an_item_left_closes_up(sample_view: YearView) -> None:
    one, other = sample_view.sections[:2]
    before = [item.id for item in sample_view.children(one.id, NodeKind.ITEM)]
    edit = edits.move_node(sample_view, before[0], other.id, 0)
    assert edit is not None
    view = YearView(apply_changes(sample_view.snapshot, edit.changes), 2024, sample_view.period_fields)
    left, got = (view.children(place.id, NodeKind.ITEM) for place in (one, other))
    assert [item.id for item in left] == before[1:]
    assert got[0].id == before[0]
    for items in (left, got):
        assert [item.position for item in items] == list(range(len(items)))

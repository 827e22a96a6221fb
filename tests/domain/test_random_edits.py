"""Random edits, undone in turn, give the first report; the file follows each step."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hyoka_desktop.domain import edits
from hyoka_desktop.domain.changes import Action, Edit, NodeChange, Origin, YearChange, apply_changes
from hyoka_desktop.domain.report import PARENT_KIND, ROOT, Node, NodeKind, Snapshot, Tree, YearView
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.repository import FormText, Repository


def facts(snapshot: Snapshot) -> tuple[object, ...]:
    """Tell all but the next id, which never goes back."""
    return snapshot.tree, snapshot.values, snapshot.years


def seen(view: YearView, above: int) -> Iterator[Node]:
    """Yield the nodes that a person sees below one."""
    for kind in PARENT_KIND:
        for node in view.children(above, kind):
            yield node
            yield from seen(view, node.id)


def random_edit(draw: st.DrawFn, view: YearView) -> Edit | None:  # noqa: PLR0911
    """Make one edit that a person could make in this view."""
    nodes = list(seen(view, ROOT))
    node = draw(st.sampled_from(nodes)) if nodes else None
    what = draw(st.sampled_from(["text", "plan", "add", "remove", "move", "year"])) if node else "add"
    if node is None or what == "add":
        parent = node or view.snapshot.tree.nodes[ROOT]
        kinds = [kind for kind, above in PARENT_KIND.items() if above is parent.kind]
        if not kinds:
            return None
        texts = {"results": draw(st.sampled_from(["", "文"]))}
        return edits.add_node(view, parent.id, draw(st.sampled_from(kinds)), draw(st.integers(-1, 5)), texts)
    match what:
        case "text":
            field = draw(st.sampled_from(["results", "item_title", "mid_term_plan"]))
            return edits.set_text(view, node.id, field, draw(st.text("あいう", max_size=3)))
        case "plan":
            return edits.change_plan(view, node.id, "mid_term_plan", draw(st.text("あいう", max_size=3)))
        case "remove":
            return edits.remove_node(view, node.id)
        case "move":
            parents = [
                other for other in [*nodes, view.snapshot.tree.nodes[ROOT]] if other.kind is PARENT_KIND[node.kind]
            ]
            return edits.move_node(view, node.id, draw(st.sampled_from(parents)).id, draw(st.integers(-1, 5)))
        case _:
            return edits.add_year(view, draw(st.integers(2021, 2026)))


@st.composite
def edit_sequences(draw: st.DrawFn, start: Snapshot, form: FormDefinition) -> list[Edit]:
    snapshot, made = start, []
    for _ in range(draw(st.integers(1, 12))):
        year = draw(st.sampled_from(snapshot.years))
        edit = random_edit(draw, YearView(snapshot, year, form.period_fields))
        if edit is not None:
            made.append(edit)
            snapshot = apply_changes(snapshot, edit.changes)
    return made


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_any_edits_undone_in_turn_give_the_first_report_and_the_file_follows_each_step(
    data: st.DataObject, small: Snapshot, iaa: FormDefinition, carried: FormText, tmp_path: Path, author: Author
) -> None:
    made = data.draw(edit_sequences(small, iaa))
    path = tmp_path / "random.hyoka"
    path.unlink(missing_ok=True)
    repository = Repository.create(path, carried, author, lambda: "2024-06-28T00:00:00+09:00")
    try:
        repository.apply(Edit(Action.CREATE, "", _from_nothing(small)))
        snapshot = small
        for edit in made:
            repository.apply(edit)
            snapshot = apply_changes(snapshot, edit.changes)
            assert repository.snapshot() == snapshot
            _assert_well_formed(snapshot)
        for edit in reversed(made):
            repository.apply(edit.inverse(), origin=Origin.UNDO)
            snapshot = apply_changes(snapshot, edit.inverse().changes)
        assert facts(snapshot) == facts(small)
        assert repository.snapshot() == snapshot
        repository.check_facts()
        repository.check_log()
    finally:
        repository.close()


def _assert_well_formed(snapshot: Snapshot) -> None:
    """Every node stands under a living parent of the right kind, and every text belongs to a node."""
    nodes = snapshot.tree.nodes
    for node in nodes.values():
        above = nodes[node.parent].kind if node.parent is not None else None
        assert above is PARENT_KIND[node.kind]
    assert {node for node, _ in snapshot.values} <= set(nodes)
    assert snapshot.next_node > max(nodes)


def _from_nothing(snapshot: Snapshot) -> tuple[object, ...]:
    years = tuple(YearChange(year, after=True) for year in snapshot.years)
    nodes = tuple(NodeChange(None, node) for node in snapshot.tree.nodes.values() if node.id != ROOT)
    return (*years, *nodes)


@pytest.fixture(scope="session")
def small() -> Snapshot:
    """Make a report of two years with few nodes, one of which ended after the first."""
    nodes = [
        Node(ROOT, NodeKind.REPORT, None, 0),
        Node(2, NodeKind.SECTION, ROOT, 0),
        Node(3, NodeKind.SECTION, ROOT, 1),
        Node(4, NodeKind.ITEM, 2, 0),
        Node(5, NodeKind.ITEM, 2, 1, None, 2023),
        Node(6, NodeKind.ITEM, 2, 2, 2024),
        Node(7, NodeKind.ROW, 4, 0),
        Node(8, NodeKind.ROW, 4, 1),
    ]
    return Snapshot(Tree({node.id: node for node in nodes}), {}, (2023, 2024), 9)

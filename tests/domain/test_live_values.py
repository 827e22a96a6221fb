"""Values of indicators in prose: found by id or by name, printed as the table says, and never silently wrong."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyoka_desktop.domain import edits
from hyoka_desktop.domain.changes import Edit, apply_changes
from hyoka_desktop.domain.livevalues import LiveValue, LiveValues, split_live_values
from hyoka_desktop.domain.report import ROOT, SINCE_START, Node, NodeKind, Snapshot, Tree, YearView

LABELS = {"target": "計画値", "actual": "実績値"}
PERIOD = frozenset({"section_number", "item_number", "indicator_name", "achievement_label"})
ITEM_1, ROW_1, ITEM_2, ROW_2 = 11, 12, 21, 22
RATE_1, ENTRY_1, COUNT_1, ENTRY_2A, ENTRY_2B = 31, 32, 33, 34, 35
RATE_2, ENTRY_3 = 41, 42


def _view() -> YearView:
    """Make a report of two items that both have a 応答率; the first also has a 件数 in two parts."""
    nodes = [
        Node(ROOT, NodeKind.REPORT, None, 0),
        Node(10, NodeKind.SECTION, ROOT, 0),
        Node(ITEM_1, NodeKind.ITEM, 10, 0),
        Node(ROW_1, NodeKind.ROW, ITEM_1, 0),
        Node(ITEM_2, NodeKind.ITEM, 10, 1),
        Node(ROW_2, NodeKind.ROW, ITEM_2, 0),
        Node(RATE_1, NodeKind.INDICATOR, ROW_1, 0),
        Node(ENTRY_1, NodeKind.ACHIEVEMENT, RATE_1, 0),
        Node(COUNT_1, NodeKind.INDICATOR, ROW_1, 1),
        Node(ENTRY_2A, NodeKind.ACHIEVEMENT, COUNT_1, 0),
        Node(ENTRY_2B, NodeKind.ACHIEVEMENT, COUNT_1, 1),
        Node(RATE_2, NodeKind.INDICATOR, ROW_2, 0),
        Node(ENTRY_3, NodeKind.ACHIEVEMENT, RATE_2, 0),
    ]
    texts = {
        (ITEM_1, "item_number"): "Ⅰ-1",
        (ITEM_2, "item_number"): "Ⅰ-2",
        (RATE_1, "indicator_name"): "応答率",
        (COUNT_1, "indicator_name"): "件数",
        (ENTRY_2A, "achievement_label"): "東",
        (ENTRY_2B, "achievement_label"): "西",
        (RATE_2, "indicator_name"): "応答率",
    }
    values = {key: {SINCE_START: text} for key, text in texts.items()}
    actuals = {ENTRY_1: "98.5%", ENTRY_2A: "１２件", ENTRY_2B: "", ENTRY_3: "70%"}
    values |= {(node, "actual"): {2024: text} for node, text in actuals.items()}
    values[(ENTRY_1, "target")] = {2024: "95%以上"}
    tree = Tree({node.id: node for node in nodes})
    return YearView(Snapshot(tree, values, (2024, 2025), 100), 2024, PERIOD)


def _changed(view: YearView, edit: Edit | None) -> YearView:
    assert edit is not None
    return replace(view, snapshot=apply_changes(view.snapshot, edit.changes))


def _of(view: YearView) -> LiveValues:
    return LiveValues(view, LABELS)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("応答率は{指標:応答率.実績}であった。", "応答率は98.5%であった。"),
        ("{指標:応答率.計画}、{指標:応答率.達成度}", "95%以上、103.6%"),
        ("{指標:応答率.実績値}{指標:応答率.actual}", "98.5%98.5%"),
        ("{内訳:件数／東.実績}", "１２件"),
        ("{指標：応答率．実績}", "98.5%"),
        ("{指標:Ⅰ-2／応答率.実績}", "70%"),
        (f"{{指標:何か.実績#{ENTRY_3}}}", "70%"),
        ("{{指標:応答率.実績}}と書く", "{指標:応答率.実績}と書く"),
        ("{ただの括弧}", "{ただの括弧}"),
        ("{指標:応答率}", "{指標:応答率}"),
    ],
)
def test_prose_prints_what_the_table_says(text: str, printed: str) -> None:
    assert _of(_view()).printed(text, ROW_1) == printed


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{指標:満足度.実績}", "【？満足度.実績】"),
        ("{指標:応答率.基準}", "【？応答率.基準】"),
        ("{内訳:件数／西.実績}", "【？件数／西.実績】"),
        ("{指標:満足度.実績#999}", "【？満足度.実績】"),
    ],
)
def test_what_is_missing_or_empty_prints_a_mark_and_is_told(text: str, printed: str) -> None:
    values = _of(_view())
    assert values.printed(text, ROW_1) == printed
    assert len(values.lacking(text, ROW_1)) == 1


def test_a_name_is_looked_for_in_the_own_item_first_and_never_guessed() -> None:
    values = _of(_view())
    assert values.printed("{指標:応答率.実績}", ROW_2) == "70%"
    assert values.printed("{指標:応答率.実績}", ROOT) == "【？応答率.実績】", "two indicators have that name"
    assert values.printed("{内訳:件数／東.実績}", ROOT) == "１２件", "one in the whole report"


def test_a_bound_value_survives_another_name_another_number_and_the_next_year() -> None:
    view = _view()
    text = _of(view).bound("{指標:応答率.実績}", ROW_1)
    assert text == f"{{指標:応答率.実績#{ENTRY_1}}}"
    view = _changed(view, edits.set_text(view, RATE_1, "indicator_name", "電話応答率"))
    view = _changed(view, edits.set_text(view, ITEM_1, "item_number", "Ⅱ-9"))
    assert _of(view).printed(text, ROW_1) == "98.5%"
    following = view.in_year(2025)
    following = _changed(following, edits.set_text(following, ENTRY_1, "actual", "99%"))
    assert _of(following).printed(text, ROW_1) == "99%"
    assert _of(following).unbound(text, ROW_1) == "{指標:電話応答率.実績}", "readers get the name of today"


def test_an_indicator_that_was_removed_prints_the_mark() -> None:
    view = _view()
    text = _of(view).bound("{指標:Ⅰ-2／応答率.実績}", ROW_1)
    gone = _changed(view, edits.remove_node(view, RATE_2))
    assert _of(gone).printed(text, ROW_1).startswith("【？")


def test_an_id_from_another_file_is_not_trusted() -> None:
    values = _of(_view())
    assert values.bound(f"{{指標:応答率.実績#{ENTRY_2A}}}", ROW_1) == f"{{指標:応答率.実績#{ENTRY_1}}}"
    assert values.bound(f"{{指標:満足度.実績#{ENTRY_2A}}}", ROW_1) == "{指標:満足度.実績}"


def test_an_id_of_that_very_name_decides_between_namesakes() -> None:
    values = _of(_view())
    assert values.bound(f"{{指標:応答率.実績#{ENTRY_3}}}", ROOT) == f"{{指標:Ⅰ-2／応答率.実績#{ENTRY_3}}}"


@pytest.mark.parametrize("home", [ROOT, ITEM_1, ROW_1, ROW_2, 999])
@pytest.mark.parametrize("entry", [ENTRY_1, ENTRY_2A, ENTRY_2B, ENTRY_3])
def test_a_text_comes_back_from_outside_bound_as_it_was(home: int, entry: int) -> None:
    values = _of(_view())
    source = next(source for source in values.sources if source.node == entry)
    bound = str(values.written(source, "actual", home))
    outside = values.unbound(bound, home)
    assert "#" not in outside
    assert values.bound(outside, home) == bound


def test_namesakes_in_one_row_have_names_of_their_own() -> None:
    view = _view()
    view = _changed(view, edits.set_text(view, COUNT_1, "indicator_name", "応答率"))
    view = _changed(view, edits.remove_node(view, ENTRY_2B))
    values = _of(view)
    for source in values.sources:
        outside = values.unbound(str(values.written(source, "actual", ROW_1)), ROW_1)
        live = next(part for part in split_live_values(outside) if isinstance(part, LiveValue))
        found = values.find(live, ROW_1)
        assert found is not None
        assert found[0] is source


def test_braces_and_line_ends_in_a_name_do_not_break_it() -> None:
    view = _view()
    view = _changed(view, edits.set_text(view, RATE_1, "indicator_name", "応答{率}\n(5.0)"))
    values = _of(view)
    text = values.unbound(f"{{指標:x.実績#{ENTRY_1}}}", ROW_1)
    assert text == "{指標:応答（率） (5.0).実績}"
    assert values.bound(text, ROW_1).endswith(f"#{ENTRY_1}}}")


@given(st.text(st.sampled_from("{}指標内訳:.応答率実績#12\n"), max_size=40))
def test_any_text_goes_out_and_comes_back_the_same(text: str) -> None:
    values = _of(_view())
    outside = values.unbound(text, ROW_1)
    assert values.unbound(values.bound(outside, ROW_1), ROW_1) == outside
    assert "".join(str(part) for part in split_live_values(text)).replace("：", ":") == text.replace("：", ":")


def test_the_printed_places_are_where_values_and_braces_stand_on_paper() -> None:
    values = LiveValues(_view(), LABELS)
    text = "率は{指標:応答率.実績#32}、{{指標:件数.実績}}は文字、{指標:なし.実績}。"
    printed = values.printed(text, ROW_1)
    assert [(printed[start:end], written) for start, end, written in values.printed_places(text, ROW_1)] == [
        ("98.5%", "{指標:応答率.実績#32}"),
        ("{指標:件数.実績}", "{{指標:件数.実績}}"),
        ("【？なし.実績】", "{指標:なし.実績}"),
    ]
    assert values.printed_places("値のない文", ROW_1) == ()

"""Two years of one report in one file: matched, nothing lost, nothing guessed."""

import contextlib
import json
from collections.abc import Callable
from typing import Any

import pytest

from hyoka_desktop.domain.report import NodeKind, Snapshot, YearView
from hyoka_desktop.errors import InputError
from hyoka_desktop.exchange.interchange_writer import dump_interchange
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.messages.errors import message_of

Documents = list[dict[str, Any]]
Joined = Callable[..., Snapshot]
Alter = Callable[[dict[str, Any]], object]


def item(document: dict[str, Any], section: int = 0, place: int = 0) -> dict[str, Any]:
    return document["sections"][section]["items"][place]


def row(document: dict[str, Any]) -> dict[str, Any]:
    return item(document)["sheet"]["rows"][0]


def _empty_policy(document: dict[str, Any]) -> None:
    item(document)["policy"] = ""


def _no_importance_reason(document: dict[str, Any]) -> None:
    del item(document)["importance_reason"]


def _empty_mid_term_plan(document: dict[str, Any]) -> None:
    row(document)["mid_term_plan"] = ""


def _changed_mid_term_plan(document: dict[str, Any]) -> None:
    row(document)["mid_term_plan"] = "変更後の中期計画"


def _other_flag(document: dict[str, Any]) -> None:
    item(document)["high_importance"] = not item(document)["high_importance"]


def _other_title(document: dict[str, Any]) -> None:
    item(document)["title"] = "名称を変えた項目"


def _no_ministers(document: dict[str, Any]) -> None:
    document["overview"]["ministers"] = []


def _one_minister(document: dict[str, Any]) -> None:
    del document["overview"]["ministers"][1]


def _other_order_of_indicators(document: dict[str, Any]) -> None:
    _row_of_two_indicators(document)["indicators"].reverse()


def _other_order_of_outputs(document: dict[str, Any]) -> None:
    item(document)["outputs"].reverse()


def _new_output_first(document: dict[str, Any]) -> None:
    new = {"name": "新しい指標", "target": "", "baseline": "", "years": {}, "note": ""}
    item(document)["outputs"].insert(0, new)


def _no_outputs(document: dict[str, Any]) -> None:
    del item(document)["outputs"]


def _no_indicators(document: dict[str, Any]) -> None:
    row(document)["indicators"] = []


def _emptied_year(document: dict[str, Any]) -> None:
    row(document).update(annual_plan="", results="", self_evaluation="", viewpoints=[])


def _row_of_two_indicators(document: dict[str, Any]) -> dict[str, Any]:
    return next(
        row
        for section in document["sections"]
        for item in section["items"]
        for row in item["sheet"]["rows"]
        if len(row["indicators"]) > 1
    )


@pytest.mark.parametrize(
    "alter",
    [
        _empty_policy,
        _no_importance_reason,
        _empty_mid_term_plan,
        _changed_mid_term_plan,
        _other_flag,
        _other_title,
        _no_ministers,
        _one_minister,
        _new_output_first,
        _no_outputs,
        _no_indicators,
        _emptied_year,
    ],
    ids=lambda alter: alter.__name__.strip("_"),
)
def test_what_the_second_year_changes_comes_back_in_both_years(
    alter: Alter, sample_documents: Documents, joined: Joined, iaa: FormDefinition
) -> None:
    alter(sample_documents[1])
    snapshot = joined(*sample_documents)
    for document in sample_documents:
        view = YearView(snapshot, document["fiscal_year"], iaa.period_fields)
        assert json.loads(dump_interchange(iaa, view)) == document


def _other_order_of_sections(document: dict[str, Any]) -> None:
    document["sections"].reverse()


def _other_order_of_items(document: dict[str, Any]) -> None:
    document["sections"][0]["items"].reverse()


@pytest.mark.parametrize(
    "alter",
    [_other_order_of_sections, _other_order_of_items, _other_order_of_indicators, _other_order_of_outputs],
    ids=lambda alter: alter.__name__.strip("_"),
)
def test_another_order_in_the_second_year_is_kept_or_refused_but_not_lost(
    alter: Alter, sample_documents: Documents, joined: Joined, iaa: FormDefinition
) -> None:
    alter(sample_documents[1])
    with contextlib.suppress(InputError):
        snapshot = joined(*sample_documents)
        dumped = dump_interchange(iaa, YearView(snapshot, 2024, iaa.period_fields))
        assert json.loads(dumped) == sample_documents[1]


def test_items_and_rows_of_two_years_are_the_same_nodes(sample_snapshot: Snapshot, sample_documents: Documents) -> None:
    items = sum(len(section["items"]) for section in sample_documents[0]["sections"])
    kinds = [node.kind for node in sample_snapshot.tree.nodes.values()]
    assert kinds.count(NodeKind.ITEM) == items
    assert kinds.count(NodeKind.SECTION) == len(sample_documents[0]["sections"])


def test_an_achievement_that_is_missing_in_the_second_year_stays_in_the_first(
    sample_documents: Documents, joined: Joined, iaa: FormDefinition
) -> None:
    changed = _row_of_two_indicators(sample_documents[1])
    name = changed["indicators"].pop()["name"]
    snapshot = joined(*sample_documents)
    lives = {
        node.last_year
        for node in snapshot.tree.nodes.values()
        if node.kind is NodeKind.INDICATOR and snapshot.values[node.id, "indicator_name"].get(0) == name
    }
    assert lives == {2023}


def _other_number(document: dict[str, Any]) -> None:
    item(document, 1)["number"] = "Ⅸ-9"


def _other_objective(document: dict[str, Any]) -> None:
    row(document)["mid_term_objective"] = "別の中期目標"


def _long_objective(document: dict[str, Any]) -> None:
    row(document)["mid_term_objective"] = "あ" * 31


def _objective_of_thirty(document: dict[str, Any]) -> None:
    row(document)["mid_term_objective"] = "あ" * 30


def _one_item_less(document: dict[str, Any]) -> None:
    document["sections"][0]["items"].pop(0)


def _one_row_less(document: dict[str, Any]) -> None:
    item(document)["sheet"]["rows"].clear()


def _no_sections(document: dict[str, Any]) -> None:
    document["sections"] = []


def _other_staff_of_2023(document: dict[str, Any]) -> None:
    item(document)["years"]["2023"]["staff"] = 9999


@pytest.mark.parametrize(
    ("alter", "sentence"),
    [
        (_other_number, "「1.json」 sections[1].items[0]: 前の年度に対応するものがありません（Ⅸ-9）。"),
        (
            _other_objective,
            "「1.json」 sections[0].items[0].sheet.rows[0]: 前の年度に対応するものがありません（別の中期目標）。",
        ),
        (
            _long_objective,
            f"「1.json」 sections[0].items[0].sheet.rows[0]: 前の年度に対応するものがありません（{'あ' * 30}…）。",
        ),
        (
            _objective_of_thirty,
            f"「1.json」 sections[0].items[0].sheet.rows[0]: 前の年度に対応するものがありません（{'あ' * 30}）。",
        ),
        (_one_item_less, "「1.json」 sections[0]: 前の年度にある「Ⅰ-1」がありません。"),
        (_no_sections, "「1.json」 sections: 前の年度にある「Ⅰ」がありません。"),
        (
            _other_staff_of_2023,
            "「1.json」 sections[0].items[0].years.2023.staff: 2023年度の値が、その年度のファイルと違います。",
        ),
    ],
    ids=lambda value: value.__name__.strip("_") if callable(value) else "",
)
def test_what_cannot_be_matched_is_refused_with_its_path(
    alter: Alter, sentence: str, sample_documents: Documents, joined: Joined
) -> None:
    alter(sample_documents[1])
    with pytest.raises(InputError) as refusal:
        joined(*sample_documents)
    assert message_of(refusal.value).what == sentence


def test_a_sheet_that_lost_its_rows_is_refused(sample_documents: Documents, joined: Joined) -> None:
    _one_row_less(sample_documents[1])
    with pytest.raises(InputError) as refusal:
        joined(*sample_documents)
    assert (refusal.value.code, refusal.value.parameters["path"]) == ("json_left_over", "sections[0].items[0]")


def test_two_files_of_one_year_are_refused(sample_documents: Documents, joined: Joined) -> None:
    with pytest.raises(InputError) as refusal:
        joined(sample_documents[0], sample_documents[0])
    assert message_of(refusal.value).what == "「1.json」と同じ年度（2023）のファイルが二つあります。"


def test_a_text_that_one_node_alone_had_is_emptied_by_a_year_that_does_not_say_it(
    sample_documents: Documents, joined: Joined, iaa: FormDefinition
) -> None:
    for document in sample_documents:
        for section in document["sections"]:
            for one in section["items"]:
                one.pop("importance_reason", None)
    item(sample_documents[0])["importance_reason"] = "この項目だけの理由"
    snapshot = joined(*sample_documents)
    for document in sample_documents:
        view = YearView(snapshot, document["fiscal_year"], iaa.period_fields)
        assert json.loads(dump_interchange(iaa, view)) == document


def test_a_value_of_an_earlier_year_that_was_empty_is_filled_by_a_later_file(
    sample_documents: Documents, joined: Joined
) -> None:
    item(sample_documents[0])["years"]["2022"] = {"staff": ""}
    item(sample_documents[1])["years"]["2022"] = {"staff": 12}
    snapshot = joined(*sample_documents)
    staff = [years[2022] for (_, field), years in snapshot.values.items() if field == "staff" and 2022 in years]
    assert "12" in staff
    assert "" not in staff


def test_a_value_of_an_earlier_year_that_a_later_file_leaves_empty_stays(
    sample_documents: Documents, joined: Joined
) -> None:
    item(sample_documents[0])["years"]["2022"] = {"staff": 12}
    item(sample_documents[1])["years"]["2022"] = {"staff": ""}
    snapshot = joined(*sample_documents)
    staff = [years[2022] for (_, field), years in snapshot.values.items() if field == "staff" and 2022 in years]
    assert "12" in staff
    assert "" not in staff


@pytest.mark.parametrize(
    ("alter", "path"),
    [(_other_order_of_sections, "sections[1]"), (_other_order_of_items, "sections[0].items[1]")],
    ids=["sections", "items"],
)
def test_another_order_of_what_is_fixed_is_refused_at_the_first_that_comes_too_late(
    alter: Alter, path: str, sample_documents: Documents, joined: Joined
) -> None:
    alter(sample_documents[1])
    with pytest.raises(InputError) as refusal:
        joined(*sample_documents)
    assert (refusal.value.code, refusal.value.parameters["path"]) == ("json_order", path)

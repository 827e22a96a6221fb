"""What is imported begins where the work stands: an item with something written is 作成中, one with plans alone not."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from hyoka_desktop.domain import fields
from hyoka_desktop.domain.report import YearView
from hyoka_desktop.domain.work import WorkState, state_of
from hyoka_desktop.services.reports import dump_report, import_reports, read_report

YEAR = 2024
NUMBER = "Ⅰ-1"
Document = dict[str, Any]


def imported(folder: Path, *documents: Document) -> YearView:
    """Import documents, one a year; tell the newest year."""
    paths = [folder / f"{place}.json" for place in range(len(documents))]
    for path, document in zip(paths, documents, strict=True):
        path.write_text(json.dumps(document), encoding="utf-8")
    import_reports(folder / "report.hyoka", paths)
    return read_report(folder / "report.hyoka").view(None)


def states(view: YearView) -> dict[str, WorkState]:
    return {view.text(item.id, fields.ITEM_NUMBER): state_of(view, item.id) for item in view.items}


def with_plans_alone(document: Document) -> Document:
    """Tell a document in whose first item nothing but plans, names and targets is left."""
    made = copy.deepcopy(document)
    item = made["sections"][0]["items"][0]
    item["sheet"]["results_note"] = ""
    for part in ("self_evaluation", "minister_evaluation"):
        item["sheet"][part] = dict.fromkeys(item["sheet"][part], "")
    item["sheet"]["reference"] = ""
    item["sheet"].pop("fields", None)
    item.pop("fields", None)
    for row in item["sheet"]["rows"]:
        row["results"] = row["self_evaluation"] = ""
        for indicator in row["indicators"]:
            for achievement in indicator["achievements"]:
                achievement["actual"] = ""
    return made


def test_items_with_something_written_are_begun_in_each_of_their_years(
    sample_documents: list[Document], tmp_path: Path
) -> None:
    view = imported(tmp_path, *sample_documents)
    assert set(states(view).values()) == {WorkState.DRAFTING}
    assert set(states(view.in_year(YEAR - 1)).values()) == {WorkState.DRAFTING}


def test_an_item_with_plans_names_and_targets_alone_is_not_begun(
    sample_documents: list[Document], tmp_path: Path
) -> None:
    found = states(imported(tmp_path, with_plans_alone(sample_documents[1])))
    assert found.pop(NUMBER) is WorkState.NOT_STARTED
    assert set(found.values()) == {WorkState.DRAFTING}


@pytest.mark.parametrize(
    "place", ["results", "self_evaluation", "actual", "rating"], ids=["prose", "self-evaluation", "a value", "a letter"]
)
def test_one_thing_written_begins_an_item(place: str, sample_documents: list[Document], tmp_path: Path) -> None:
    document = with_plans_alone(sample_documents[1])
    sheet = document["sections"][0]["items"][0]["sheet"]
    if place == "rating":
        sheet["self_evaluation"]["rating"] = "B"
    elif place == "actual":
        next(row for row in sheet["rows"] if row["indicators"])["indicators"][0]["achievements"][0]["actual"] = "3件"
    else:
        sheet["rows"][0][place] = "書いた文章"
    assert states(imported(tmp_path, document))[NUMBER] is WorkState.DRAFTING


def test_an_earlier_year_that_is_empty_is_not_begun_by_the_later_one(
    sample_documents: list[Document], tmp_path: Path
) -> None:
    later = sample_documents[1]
    item = later["sections"][0]["items"][0]
    item["years"] = {str(YEAR): item["years"][str(YEAR)]}
    for achievement in (one for row in item["sheet"]["rows"] for i in row["indicators"] for one in i["achievements"]):
        achievement.pop("years", None)
    view = imported(tmp_path, with_plans_alone(sample_documents[0]), later)
    assert states(view)[NUMBER] is WorkState.DRAFTING
    assert states(view.in_year(YEAR - 1))[NUMBER] is WorkState.NOT_STARTED


def test_the_state_does_not_travel_with_the_texts(sample_documents: list[Document], tmp_path: Path) -> None:
    imported(tmp_path, *sample_documents)
    assert "drafting" not in dump_report(tmp_path / "report.hyoka", YEAR)

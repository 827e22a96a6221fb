"""Import then dump gives the same document."""

import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from interchange_documents import YEAR, documents

from hyoka_desktop.domain.changes import ValueChange, apply_changes
from hyoka_desktop.domain.report import Address, NodeKind, Snapshot, YearView
from hyoka_desktop.errors import InputError
from hyoka_desktop.exchange.interchange_writer import dump_interchange
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.formdef.stored import read_form
from hyoka_desktop.paths import forms_folder
from hyoka_desktop.services.reports import dump_report, import_reports

FORMS = {name: read_form(forms_folder() / f"{name}.json").definition for name in ("iaa-annual", "jlis-annual")}
Joined = Callable[..., Snapshot]


def dumped(snapshot: Snapshot, form: FormDefinition, year: int) -> dict[str, Any]:
    return json.loads(dump_interchange(form, YearView(snapshot, year, form.period_fields)))


def imported(document: dict[str, Any], tmp_path: Path) -> dict[str, Any]:
    """Bring one document through a real file."""
    source, target = tmp_path / "source.json", tmp_path / "report.hyoka"
    source.write_text(json.dumps(document), encoding="utf-8")
    import_reports(target, [source])
    return json.loads(dump_report(target, None))


def test_the_model_document_comes_back_as_it_was(model_path: Path, model_json: dict[str, Any], tmp_path: Path) -> None:
    import_reports(tmp_path / "model.hyoka", [model_path])
    assert json.loads(dump_report(tmp_path / "model.hyoka", None)) == model_json


@pytest.mark.parametrize("place", [0, 1])
def test_each_year_of_the_joined_sample_comes_back_as_it_was(
    place: int, sample_documents: list[dict[str, Any]], sample_paths: list[Path], tmp_path: Path
) -> None:
    import_reports(tmp_path / "sample.hyoka", list(reversed(sample_paths)))
    year = sample_documents[place]["fiscal_year"]
    assert json.loads(dump_report(tmp_path / "sample.hyoka", year)) == sample_documents[place]


def test_the_newest_year_is_dumped_where_none_is_given(
    sample_file: Path, sample_documents: list[dict[str, Any]]
) -> None:
    assert json.loads(dump_report(sample_file, None)) == sample_documents[-1]


@settings(max_examples=80)
@given(st.one_of([documents(form) for form in FORMS.values()]))
def test_any_document_of_a_form_comes_back_as_it_was(joined: Joined, document: dict[str, Any]) -> None:
    assert dumped(joined(document), FORMS[document["form"]], YEAR) == document


def test_a_dump_of_a_dump_is_the_same_text(sample_file: Path, tmp_path: Path) -> None:
    first = dump_report(sample_file, 2023)
    (tmp_path / "first.json").write_text(first, encoding="utf-8")
    import_reports(tmp_path / "second.hyoka", [tmp_path / "first.json"])
    assert dump_report(tmp_path / "second.hyoka", 2023) == first


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("あ" * 100_000, id="100,000 characters"),
        pytest.param("\ue000外字\uf8ff\U000f0000", id="private use"),
        pytest.param("葛\U000e0100葛", id="variation selector"),
        pytest.param("ｶﾞﾊﾟ か\u3099", id="half-width and decomposed kana"),
        pytest.param("𠮷野家𩸽", id="outside the basic plane"),
        pytest.param("\t字下げ\n\n\n空行\n", id="tab and empty lines"),
        pytest.param("<b>&amp;</b> {policy} %s \\n ' \"", id="markup"),
        pytest.param("\u200b\u00ad\u3000", id="invisible"),
    ],
)
def test_an_odd_text_is_kept_exactly(text: str, sample_documents: list[dict[str, Any]], tmp_path: Path) -> None:
    document = sample_documents[0]
    document["sections"][0]["items"][0]["sheet"]["rows"][0]["results"] = text
    document["overview"]["procedures"] = text
    assert imported(document, tmp_path) == document


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\x00b\x07c\x1bd\x7fe\x9ff", "abcdef"),
        ("a\r\nb\rc\x0bd\x0ce\u2028f\u2029g\x85h", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("lone \ud800 and \udfff", "lone \ufffd and \ufffd"),
        ("\ufeffmark \ufffe \uffff \ufdd0", "mark   "),
        ("left \u202e right \u2066 mark \u200f", "left \u2426 right \u2426 mark \u2426"),
    ],
    ids=["controls", "line ends", "lone surrogates", "noncharacters", "direction"],
)
def test_a_text_that_xml_cannot_hold_is_cleaned_and_told(
    text: str, clean: str, sample_documents: list[dict[str, Any]], tmp_path: Path
) -> None:
    document = sample_documents[0]
    document["overview"]["procedures"] = text
    (tmp_path / "odd.json").write_text(json.dumps(document), encoding="utf-8")
    told = import_reports(tmp_path / "odd.hyoka", [tmp_path / "odd.json"])
    document["overview"]["procedures"] = clean
    assert json.loads(dump_report(tmp_path / "odd.hyoka", None)) == document
    assert list(told) == ["odd.json overview.procedures"]


def test_a_viewpoint_of_control_characters_alone_leaves_no_empty_line(
    sample_documents: list[dict[str, Any]], joined: Joined, iaa: FormDefinition
) -> None:
    document = sample_documents[0]
    row = document["sections"][0]["items"][0]["sheet"]["rows"][0]
    row["viewpoints"] = ["一つ目", "\x07", "二つ目"]
    snapshot = joined(document)
    stored = [text for (_, field), years in snapshot.values.items() if field == "viewpoints" for text in years.values()]
    assert not [text for text in stored if "\n\n" in text]


@pytest.mark.parametrize("key", ["importance_reason", "policy_evaluation"])
def test_an_empty_optional_key_that_the_form_lacks_is_kept_or_refused_but_not_lost(
    key: str, joined: Joined, jlis: FormDefinition, sample_documents: list[dict[str, Any]]
) -> None:
    document = _without_iaa_fields(sample_documents[0])
    document["sections"][0]["items"][0][key] = ""
    with contextlib.suppress(InputError):
        assert dumped(joined(document), jlis, 2023) == document


@pytest.mark.parametrize("key", ["importance_reason", "policy_evaluation"])
def test_a_text_for_a_field_that_the_form_lacks_is_refused_with_its_path(
    key: str, joined: Joined, sample_documents: list[dict[str, Any]]
) -> None:
    document = _without_iaa_fields(sample_documents[0])
    document["sections"][0]["items"][0][key] = "理由"
    with pytest.raises(InputError) as refusal:
        joined(document)
    assert refusal.value.code == "json_undeclared_field"
    assert refusal.value.parameters["path"] == f"sections[0].items[0].{key}"


def _without_iaa_fields(document: dict[str, Any]) -> dict[str, Any]:
    document["form"] = "jlis-annual"
    for minister in document["overview"]["ministers"]:
        del minister["inspection_bureau"], minister["inspection_officer"]
    for section in document["sections"]:
        for item in section["items"]:
            for key in ("importance_reason", "difficulty_reason", "policy_evaluation", "outputs", "inputs"):
                item.pop(key, None)
    return document


def test_what_was_cleaned_in_a_line_of_a_list_is_told_by_its_place(
    sample_documents: list[dict[str, Any]], tmp_path: Path
) -> None:
    document = sample_documents[0]
    document["sections"][0]["items"][0]["sheet"]["rows"][0]["viewpoints"] = ["一つ目", "二つ\x07目"]
    (tmp_path / "odd.json").write_text(json.dumps(document), encoding="utf-8")
    told = import_reports(tmp_path / "odd.hyoka", [tmp_path / "odd.json"])
    assert list(told) == ["odd.json sections[0].items[0].sheet.rows[0].viewpoints[1]"]


def test_a_dump_is_text_that_a_person_can_read(sample_file: Path) -> None:
    text = dump_report(sample_file, 2023)
    lines = text.splitlines()
    assert lines[:4] == ["{", ' "format": "hyoka-interchange",', ' "version": 1,', ' "form": "iaa-annual",']
    assert list(json.loads(text))[3:6] == ["organization", "period", "fiscal_year"]
    assert text.endswith("}\n")
    assert "\\u" not in text


def test_no_text_comes_of_keys_that_the_form_has_no_field_for(
    joined: Joined, jlis: FormDefinition, sample_documents: list[dict[str, Any]]
) -> None:
    snapshot = joined(_without_iaa_fields(sample_documents[0]))
    assert {field for _, field in snapshot.values} - set(jlis.fields) == set()


def test_a_year_of_an_output_that_lacks_a_value_is_dumped_with_an_empty_one(
    sample_snapshot: Snapshot, iaa: FormDefinition
) -> None:
    nodes = sample_snapshot.tree.nodes.values()
    output = next(node for node in nodes if node.kind is NodeKind.OUTPUT)
    address = Address(output.id, "output_actual", 2024)
    emptied = apply_changes(sample_snapshot, [ValueChange(address, sample_snapshot.stored(address), None)])
    items = [item for section in dumped(emptied, iaa, 2024)["sections"] for item in section["items"]]
    years = next(item["outputs"][0]["years"]["2024"] for item in items if "outputs" in item)
    assert (years["actual"], years["planned"] != "") == ("", True)

"""The published JSON Schema and the importer say the same."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from interchange_documents import documents
from jsonschema import Draft202012Validator
from refused_documents import BEYOND_THE_SCHEMA, HEAD, STRUCTURAL, Refused, altered

from hyoka_desktop.exchange import shape
from hyoka_desktop.formdef.stored import read_form
from hyoka_desktop.paths import forms_folder

SCHEMA = json.loads((Path(shape.__file__).parent / "interchange.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
FORMS = [read_form(forms_folder() / f"{name}.json").definition for name in ("iaa-annual", "jlis-annual")]
Documents = list[dict[str, Any]]


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """Follow the reference of a schema."""
    if "$ref" not in schema:
        return schema
    return {**schema, **resolved(SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")])}


def test_the_schema_is_itself_valid() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("place", [0, 1])
def test_the_schema_accepts_the_sample(place: int, sample_documents: Documents) -> None:
    assert [error.json_path for error in VALIDATOR.iter_errors(sample_documents[place])] == []


def test_the_schema_accepts_the_model_document(model_json: dict[str, Any]) -> None:
    assert [error.json_path for error in VALIDATOR.iter_errors(model_json)] == []


@settings(max_examples=40)
@given(st.one_of([documents(form) for form in FORMS]))
def test_the_schema_accepts_what_the_importer_accepts(document: dict[str, Any]) -> None:
    assert [error.json_path for error in VALIDATOR.iter_errors(document)] == []


@pytest.mark.parametrize("refused", STRUCTURAL, ids=lambda refused: refused.name)
def test_the_schema_refuses_what_the_importer_refuses(refused: Refused, sample_documents: Documents) -> None:
    assert not VALIDATOR.is_valid(refused.document(sample_documents[0]))


@pytest.mark.parametrize(("key", "value"), [(key, value) for key, value, _ in HEAD])
def test_the_schema_refuses_a_file_of_another_kind(key: str, value: object, sample_documents: Documents) -> None:
    assert not VALIDATOR.is_valid(altered(sample_documents[0], key, value))


@pytest.mark.parametrize("refused", BEYOND_THE_SCHEMA, ids=lambda refused: refused.name)
def test_what_only_the_form_or_another_value_refuses_is_beyond_the_schema(
    refused: Refused, sample_documents: Documents
) -> None:
    assert VALIDATOR.is_valid(refused.document(sample_documents[0]))


@pytest.mark.parametrize("path", ["fiscal_year", "sections[0].items[0].years.2022.staff"])
def test_a_whole_number_with_a_decimal_point_is_treated_alike(
    path: str, sample_documents: Documents, joined: Any
) -> None:
    """JSON Schema counts 2023.0 as an integer, so the importer must take it too."""
    document = altered(sample_documents[0], path, float)
    assert VALIDATOR.is_valid(document)
    assert joined(document).years == (2023,)


def test_the_schema_has_exactly_the_keys_of_the_shape() -> None:
    assert set(SCHEMA["properties"]) == {*shape.REPORT.keys, "format", "version", "form", "fiscal_year"}
    _compare(shape.REPORT, SCHEMA)


def _compare(expected: shape.Shape, schema: dict[str, Any]) -> None:
    found = resolved(schema)
    head = {"format", "version", "form", "fiscal_year"} if expected is shape.REPORT else set()
    optional = {name for name, key in expected.keys.items() if _may_lack(key)}
    assert set(found["properties"]) - head == set(expected.keys)
    assert set(found["required"]) == head | (set(expected.keys) - optional)
    assert found["additionalProperties"] is False
    for name, key in expected.keys.items():
        _compare_key(key, resolved(found["properties"][name]))


def _compare_key(key: shape.Key, schema: dict[str, Any]) -> None:
    match key:
        case shape.ObjectKey(inner):
            _compare(inner, schema)
        case shape.NodesKey(_, inner, optional):
            assert schema.get("minItems", 0) == int(optional)
            _compare(inner, schema["items"])
        case shape.YearsKey(keys, optional=optional):
            entry = schema["additionalProperties"]
            assert set(entry["properties"]) == set(keys)
            assert schema.get("minProperties", 0) == int(optional)
        case shape.TextKey():
            assert schema["type"] == "string"
        case shape.FlagKey():
            assert schema["type"] == "boolean"
        case shape.LinesKey():
            assert schema["type"] == "array"
        case shape.SeriesKey() | shape.InputsKey() | shape.FieldsKey():
            assert schema["type"] == "object"


def _may_lack(key: shape.Key) -> bool:
    return getattr(key, "optional", False) or isinstance(key, shape.FieldsKey | shape.InputsKey)


def test_every_key_of_the_schema_has_a_title() -> None:
    assert [path for path, entry in _properties(SCHEMA, "$") if not entry.get("title")] == []


def _properties(schema: Any, path: str) -> list[tuple[str, dict[str, Any]]]:
    if isinstance(schema, list):
        return [found for entry in schema for found in _properties(entry, path)]
    if not isinstance(schema, dict):
        return []
    own = [(f"{path}.{name}", entry) for name, entry in schema.get("properties", {}).items()]
    return own + [found for name, entry in schema.items() for found in _properties(entry, f"{path}.{name}")]

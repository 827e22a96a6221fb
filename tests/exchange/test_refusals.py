"""What the importer refuses, with the path and the sentence, and that nothing is left behind."""

import json
from pathlib import Path
from typing import Any

import pytest
from refused_documents import BEYOND_THE_SCHEMA, HEAD, STRUCTURAL, Refused, altered

from hyoka_desktop.errors import InputError
from hyoka_desktop.messages.errors import message_of
from hyoka_desktop.services.reports import import_reports

Documents = list[dict[str, Any]]


def refusal_of(text: str | bytes, folder: Path) -> InputError:
    """Import a file that must be refused; nothing but the source may be left in the folder."""
    source = folder / "year.json"
    source.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    with pytest.raises(InputError) as refusal:
        import_reports(folder / "report.hyoka", [source])
    assert sorted(folder.iterdir()) == [source]
    return refusal.value


@pytest.mark.parametrize("refused", [*STRUCTURAL, *BEYOND_THE_SCHEMA], ids=lambda refused: refused.name)
def test_a_faulty_value_is_refused_with_its_path_in_japanese(
    refused: Refused, sample_documents: Documents, tmp_path: Path
) -> None:
    refusal = refusal_of(json.dumps(refused.document(sample_documents[0])), tmp_path)
    assert message_of(refusal).line.startswith(f"「year.json」 {refused.told_path}: {refused.sentence}")


@pytest.mark.parametrize(("key", "value", "sentence"), HEAD)
def test_a_file_of_another_kind_is_refused(
    key: str, value: object, sentence: str, sample_documents: Documents, tmp_path: Path
) -> None:
    refusal = refusal_of(json.dumps(altered(sample_documents[0], key, value)), tmp_path)
    assert message_of(refusal).what == sentence


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "json_broken"),
        ("{", "json_broken"),
        ('{"format": "hyoka-interchange", "format": "hyoka-interchange"}', "json_broken"),
        ('{"format": "hyoka-interchange", "version": 1, "version": 1}', "json_broken"),
        ("[" * 100_000, "json_too_deep"),
        ('{"a":' * 100_000, "json_too_deep"),
        ("9" * 5000, "json_broken"),
        ("[]", "json_other_format"),
        ("null", "json_other_format"),
        ('"hyoka-interchange"', "json_other_format"),
        ("NaN", "json_other_format"),
        ("評価書".encode("cp932"), "json_not_text"),
        ('{"format": "hyoka-interchange"}'.encode("utf-16"), "json_not_text"),
        (b"\xff\xfe\x00", "json_not_text"),
    ],
    ids=["empty", "cut", "twin", "twin version", "deep list", "deep object", "long number", "list", "null", "string",
         "NaN", "cp932", "utf-16", "binary"],
)  # fmt: skip
def test_a_text_that_is_no_interchange_file_is_refused(text: str | bytes, code: str, tmp_path: Path) -> None:
    refusal = refusal_of(text, tmp_path)
    assert refusal.code == code
    assert message_of(refusal).what.startswith("「year.json」")


def test_a_duplicate_key_deep_inside_is_refused(sample_documents: Documents, tmp_path: Path) -> None:
    text = json.dumps(sample_documents[0]).replace('"results_note":', '"reference": "twin", "results_note":', 1)
    assert refusal_of(text, tmp_path).code == "json_broken"


def test_an_unknown_form_is_refused(sample_documents: Documents, tmp_path: Path) -> None:
    refusal = refusal_of(json.dumps(altered(sample_documents[0], "form", "no-such-form")), tmp_path)
    assert message_of(refusal).what == "様式「no-such-form」がありません。"


def test_a_form_id_with_a_path_in_it_finds_no_form(sample_documents: Documents, tmp_path: Path) -> None:
    refusal = refusal_of(json.dumps(altered(sample_documents[0], "form", "../forms/iaa-annual")), tmp_path)
    assert refusal.code == "form_unknown"


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "year.json").open("wb") as file:
        file.truncate(64 * 1024 * 1024 + 1)
    with pytest.raises(InputError) as refusal:
        import_reports(tmp_path / "report.hyoka", [tmp_path / "year.json"])
    assert refusal.value.code == "json_too_large"
    assert not (tmp_path / "report.hyoka").exists()


@pytest.mark.parametrize("name", ["missing.json", "folder"])
def test_a_source_that_cannot_be_read_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError) as refusal:
        import_reports(tmp_path / "report.hyoka", [tmp_path / name])
    assert refusal.value.code == "cannot_read"
    assert not (tmp_path / "report.hyoka").exists()


def test_one_faulty_year_keeps_the_other_out_too(
    sample_documents: Documents, sample_paths: list[Path], tmp_path: Path
) -> None:
    (tmp_path / "bad.json").write_text(json.dumps(altered(sample_documents[1], "cover.date", "明日")), encoding="utf-8")
    with pytest.raises(InputError):
        import_reports(tmp_path / "report.hyoka", [sample_paths[0], tmp_path / "bad.json"])
    assert [path.name for path in tmp_path.iterdir()] == ["bad.json"]


def test_years_of_different_forms_are_refused(
    sample_documents: Documents, sample_paths: list[Path], tmp_path: Path
) -> None:
    (tmp_path / "other.json").write_text(
        json.dumps(altered(sample_documents[1], "form", "jlis-annual")), encoding="utf-8"
    )
    with pytest.raises(InputError) as refusal:
        import_reports(tmp_path / "report.hyoka", [sample_paths[0], tmp_path / "other.json"])
    assert "iaa-annual・jlis-annual" in message_of(refusal.value).what


def test_a_file_that_is_there_is_not_overwritten(sample_paths: list[Path], tmp_path: Path) -> None:
    (tmp_path / "report.hyoka").write_bytes(b"precious")
    with pytest.raises(InputError) as refusal:
        import_reports(tmp_path / "report.hyoka", sample_paths)
    assert refusal.value.code == "file_exists"
    assert (tmp_path / "report.hyoka").read_bytes() == b"precious"


def test_a_byte_order_mark_before_the_document_is_accepted(sample_paths: list[Path], tmp_path: Path) -> None:
    (tmp_path / "bom.json").write_bytes(b"\xef\xbb\xbf" + sample_paths[0].read_bytes())
    import_reports(tmp_path / "report.hyoka", [tmp_path / "bom.json"])
    assert (tmp_path / "report.hyoka").is_file()

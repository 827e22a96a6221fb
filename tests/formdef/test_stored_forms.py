"""Finding forms: installed ones first, the user's own behind them, never replaced."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from hyoka_desktop.errors import HyokaError, InputError
from hyoka_desktop.formdef.stored import StoredForm, available_forms, form_named, read_form
from hyoka_desktop.messages.errors import message_of
from hyoka_desktop.paths import forms_folder, user_forms_folder
from hyoka_desktop.services.forms import add_form, carried_form, find_form, installed_forms
from hyoka_desktop.store.repository import FormText


def own_form(stored_forms: Mapping[str, StoredForm], folder: Path, form_id: str) -> Path:
    form = json.loads(stored_forms["jlis-annual"].text)
    form["id"] = form_id
    path = folder / "own.json"
    path.write_text(json.dumps(form, ensure_ascii=False), encoding="utf-8")
    return path


def test_an_added_form_is_found_among_the_installed_ones(
    stored_forms: Mapping[str, StoredForm], tmp_path: Path
) -> None:
    add_form(own_form(stored_forms, tmp_path, "ministry-annual"))
    assert list(installed_forms()) == ["iaa-annual", "jlis-annual", "ministry-annual"]
    assert find_form("ministry-annual").definition.name == stored_forms["jlis-annual"].definition.name


def test_an_installed_form_is_never_replaced(stored_forms: Mapping[str, StoredForm], tmp_path: Path) -> None:
    before = (forms_folder() / "iaa-annual.json").read_bytes()
    with pytest.raises(InputError) as refusal:
        add_form(own_form(stored_forms, tmp_path, "iaa-annual"))
    assert refusal.value.code == "form_installed"
    assert (forms_folder() / "iaa-annual.json").read_bytes() == before
    assert not user_forms_folder().exists()


@pytest.mark.parametrize(
    "form_id", ["../escaped", "a/b", "", ".", "..\\escaped", "NUL", "CON.x", "a:b", "x" * 300, "a\x00b"]
)
def test_a_form_whose_id_is_no_plain_name_is_refused_and_written_nowhere(
    form_id: str, stored_forms: Mapping[str, StoredForm], tmp_path: Path, user_folder: Path
) -> None:
    with pytest.raises(InputError) as refusal:
        add_form(own_form(stored_forms, tmp_path, form_id))
    message_of(refusal.value)
    assert [path for path in user_folder.rglob("*") if path.is_file()] == []


def test_a_faulty_form_of_the_user_does_not_hide_the_others(user_folder: Path) -> None:
    (user_folder / "forms").mkdir(parents=True)
    (user_folder / "forms" / "broken.json").write_text("{", encoding="utf-8")
    assert list(installed_forms()) == ["iaa-annual", "jlis-annual"]


def test_a_user_form_cannot_hide_an_installed_one(user_folder: Path) -> None:
    (user_folder / "forms").mkdir(parents=True)
    (user_folder / "forms" / "iaa-annual.json").write_text("{", encoding="utf-8")
    assert available_forms(forms_folder(), user_forms_folder())["iaa-annual"].parent == forms_folder()


def test_a_form_that_says_another_id_than_its_file_is_refused(
    stored_forms: Mapping[str, StoredForm], tmp_path: Path
) -> None:
    own_form(stored_forms, tmp_path, "other")
    with pytest.raises(InputError) as refusal:
        form_named("own", tmp_path)
    assert message_of(refusal.value).what == "様式ファイル「own.json」の id が「other」になっています。"


@pytest.mark.parametrize(
    ("content", "code"), [("様式".encode("cp932"), "form_not_text"), (b"{", "form_not_json"), (None, "cannot_read")]
)
def test_a_form_file_that_cannot_be_read_is_refused(content: bytes | None, code: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "form.json").write_bytes(content)
    with pytest.raises(HyokaError) as refusal:
        read_form(tmp_path / "form.json")
    assert refusal.value.code == code


def test_a_carried_form_that_was_altered_is_refused(stored_forms: Mapping[str, StoredForm]) -> None:
    form = stored_forms["iaa-annual"]
    assert carried_form(FormText("iaa-annual", form.text, form.sha256)).definition == form.definition
    with pytest.raises(InputError) as refusal:
        carried_form(FormText("iaa-annual", form.text + " ", form.sha256))
    assert refusal.value.code == "form_altered"


def test_a_form_that_nobody_has_is_unknown() -> None:
    with pytest.raises(InputError) as refusal:
        find_form("nobody-annual")
    assert message_of(refusal.value).what == "様式「nobody-annual」がありません。"

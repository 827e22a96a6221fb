"""Form files: the shipped ones load, and every fault names the file and the key in Japanese."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.errors import InputError
from hyoka_desktop.formdef.loader import load_form
from hyoka_desktop.formdef.model import BlocksPart, ContentsPart, FieldKind, FormDefinition, Scope, SheetsPart
from hyoka_desktop.formdef.stored import StoredForm
from hyoka_desktop.messages.errors import message_of

REMOVED = object()
CELL = "sheets.1-1-4-1.blocks[1].rows[1].cells[1]"
TABLE = "sheets.1-1-4-1.blocks[1]"


def altered(stored: StoredForm, path: str, value: object) -> str:
    """Put a value at a path of a shipped form, or take the key away."""
    form = json.loads(stored.text)
    place: Any = form
    steps = [part for part in path.replace("[", ".[").split(".") if part]
    for step in steps[:-1]:
        place = place[_key(step)]
    if value is REMOVED:
        del place[_key(steps[-1])]
    elif steps[-1] == "[+]":
        place.append(value)
    else:
        place[_key(steps[-1])] = value
    return json.dumps(form)


def _key(step: str) -> str | int:
    return int(step[1:-1]) if step.startswith("[") else step


@pytest.mark.parametrize("form_id", ["jlis-annual", "iaa-annual"])
def test_a_shipped_form_loads(form_id: str, stored_forms: Mapping[str, StoredForm]) -> None:
    form = stored_forms[form_id].definition
    assert form.id == form_id
    assert set(form.sheets) == set(form.fields["sheet_form"].choices)
    assert [type(part) for part in form.parts] == [
        BlocksPart,
        ContentsPart,
        BlocksPart,
        BlocksPart,
        BlocksPart,
        SheetsPart,
    ]


@pytest.mark.parametrize("form_id", ["jlis-annual", "iaa-annual"])
def test_every_field_of_a_shipped_form_has_a_place_on_the_screen(
    form_id: str, stored_forms: Mapping[str, StoredForm]
) -> None:
    form = stored_forms[form_id].definition
    tabs = {tab.id for tab in (*form.tabs, *form.pages)}
    assert {field.tab for field in form.fields.values()} <= tabs
    assert all(field.label for field in form.fields.values())


def test_a_form_tells_its_fields_by_owner_tab_and_scope(iaa: FormDefinition) -> None:
    assert [field.id for field in iaa.fields_on(NodeKind.SECTION)] == ["section_number", "section_title", "sheet_form"]
    assert iaa.fields_on(NodeKind.ITEM, "minister")[0].id == "minister_rating"
    assert "mid_term_plan" in iaa.period_fields
    assert "results" not in iaa.period_fields
    assert iaa.fields["results"].per is Scope.YEAR
    assert iaa.fields["viewpoints"].kind is FieldKind.LINES


def test_paper_is_turned_for_landscape(stored_forms: Mapping[str, StoredForm]) -> None:
    stored = stored_forms["jlis-annual"]
    assert (stored.definition.paper.width_mm, stored.definition.paper.height_mm) == (297, 210)
    upright = load_form("x.json", altered(stored, "paper.landscape", value=False))
    assert (upright.paper.width_mm, upright.paper.height_mm) == (210, 297)
    larger = load_form("x.json", altered(stored, "paper.size", "A3"))
    assert (larger.paper.width_mm, larger.paper.height_mm) == (420, 297)


def test_a_new_caption_and_a_new_field_need_no_code(stored_forms: Mapping[str, StoredForm]) -> None:
    new = {"id": "risk", "on": "row", "per": "year", "kind": "text", "label": "リスク", "tab": "results"}
    form = load_form("x.json", altered(stored_forms["jlis-annual"], "fields[+]", new))
    assert form.fields["risk"].label == "リスク"


FAULTS = [
    ("id", REMOVED, "id", "必要なキーがありません。"),
    ("id", 5, "id", "文字列が必要です（数値でした）。"),
    ("name", None, "name", "文字列が必要です（nullでした）。"),
    ("colour", "red", "colour", "定義にないキーです。"),
    ("paper", [], "paper", "オブジェクトが必要です（配列でした）。"),
    ("paper.size", "B5", "paper.size", "「B5」は使えない語です。"),
    ("paper.top_mm", "17", "paper.top_mm", "数値が必要です（文字列でした）。"),
    ("paper.top_mm", True, "paper.top_mm", "数値が必要です（真偽値でした）。"),
    ("paper.left_mm", REMOVED, "paper.left_mm", "必要なキーがありません。"),
    ("paper.left_mm", 150, "paper", "余白が用紙A4に対して大き過ぎるか、負の値です。"),
    ("paper.left_mm", -1, "paper", "余白が用紙A4に対して大き過ぎるか、負の値です。"),
    ("paper.landscape", "yes", "paper.landscape", "真偽値が必要です（文字列でした）。"),
    ("fonts.text.file", REMOVED, "fonts.text.file", "必要なキーがありません。"),
    ("fonts", [], "fonts", "オブジェクトが必要です（配列でした）。"),
    ("styles.body.font", "gothic", "styles.body.font", "書体「gothic」は宣言されていません。"),
    ("styles.body.size_pt", "10", "styles.body.size_pt", "数値が必要です（文字列でした）。"),
    ("styles.body.align", "left", "styles.body.align", "「left」は使えない語です。"),
    ("styles.body.bold", True, "styles.body.bold", "定義にないキーです。"),
    ("styles.heading_1", REMOVED, "styles.heading_1", "必要なキーがありません。"),
    ("styles.page_number", REMOVED, "styles.page_number", "必要なキーがありません。"),
    ("page_number", "- page -", "page_number", "差し込み「- page -」の書き方が正しくありません。"),
    ("letters", REMOVED, "letters", "必要なキーがありません。"),
    ("letters.choices", "SABCD", "letters.choices", "配列が必要です（文字列でした）。"),
    ("letters.choices[1]", 1, "letters.choices[1]", "文字列が必要です（数値でした）。"),
    ("tabs[0].id", REMOVED, "tabs[0].id", "必要なキーがありません。"),
    ("tabs[4].beside[0]", "nothing", "tabs[4].beside", "欄「nothing」は宣言されていません。"),
    ("pages[0].title", "x", "pages[0].title", "定義にないキーです。"),
    ("fields", {}, "fields", "配列が必要です（オブジェクトでした）。"),
    ("fields[0]", "organization_name", "fields[0]", "オブジェクトが必要です（文字列でした）。"),
    ("fields[0].on", "agency", "fields[0].on", "「agency」は使えない語です。"),
    ("fields[0].per", "month", "fields[0].per", "「month」は使えない語です。"),
    ("fields[0].kind", "html", "fields[0].kind", "「html」は使えない語です。"),
    ("fields[0].owner", "nobody", "fields[0].owner", "「nobody」は使えない語です。"),
    ("fields[0].tab", "nowhere", "fields[0].tab", "タブ「nowhere」は宣言されていません。"),
    ("fields[0].id", "法人名", "fields[0].id", "欄の id「法人名」には半角の英数字と下線だけが使えます。"),
    ("fields[0].id", "a b", "fields[0].id", "欄の id「a b」には半角の英数字と下線だけが使えます。"),
    ("fields[0].lable", "x", "fields[0].lable", "定義にないキーです。"),
    ("fields[1].id", "organization_name", "fields", "欄「organization_name」が二度宣言されています。"),
    ("fields[4].initial", "{fiscal", "fields[4].initial", "差し込み「{」の書き方が正しくありません。"),
    ("fields[4].initial", "{results}", "fields[4].initial", "「results」はこの場所では使えません。"),
    ("fields[4].initial", "{year:week}", "fields[4].initial", "差し込み「week」の書き方が正しくありません。"),
    ("sheets.1-1-4-1.label", REMOVED, "sheets.1-1-4-1.label", "必要なキーがありません。"),
    ("sheets.1-1-4-1.tabs[0]", "nowhere", "sheets.1-1-4-1.tabs", "タブ「nowhere」は宣言されていません。"),
    ("sheets.1-1-4-1.blocks[0].level", "2", "sheets.1-1-4-1.blocks[0].level", "数値が必要です（文字列でした）。"),
    ("sheets.1-1-4-1.blocks[0].level", 1e999, "sheets.1-1-4-1.blocks[0].level", None),
    ("sheets.1-1-4-1.blocks[0].heading", "{unknown}", "sheets.1-1-4-1.blocks[0].heading",
     "欄「unknown」は宣言されていません。"),
    ("sheets.1-1-4-1.blocks[0].heading", "{results}", "sheets.1-1-4-1.blocks[0].heading",
     "「results」はこの場所では使えません。"),
    (f"{TABLE}.columns[0]", "42", f"{TABLE}.columns[0]", "数値が必要です（文字列でした）。"),
    (f"{TABLE}.columns[0]", {"mm": 3}, f"{TABLE}.columns[0].each_year_total_mm", "必要なキーがありません。"),
    (f"{TABLE}.rows[0]", [], f"{TABLE}.rows[0]", "オブジェクトが必要です（配列でした）。"),
    (f"{TABLE}.rows[0].cells[0].colspan", "all", f"{TABLE}.rows[0].cells[0].colspan", "「all」は使えない語です。"),
    (f"{TABLE}.rows[2].cells[1].colspan", 9, f"{TABLE}.rows[2]", "行の幅が表の2列を超えています。"),
    (f"{CELL}.text", "{item_title", f"{CELL}.text", "差し込み「{」の書き方が正しくありません。"),
    (f"{CELL}.text", "{no_such}", f"{CELL}.text", "欄「no_such」は宣言されていません。"),
    (f"{CELL}.text", "{annual_plan}", f"{CELL}.text", "「annual_plan」はこの場所では使えません。"),
    (f"{CELL}.text", 5, f"{CELL}.text", "配列が必要です（数値でした）。"),
    (f"{CELL}.text", [5], f"{CELL}.text[0]", "オブジェクトが必要です（数値でした）。"),
    (f"{CELL}.text", [{"each": "indicator", "text": []}], f"{CELL}.text[0].each",
     "「indicator」はこの場所では使えません。"),
    (f"{CELL}.text", [{"each": "chapter", "text": []}], f"{CELL}.text[0].each", "「chapter」は使えない語です。"),
    (f"{CELL}.text", [{"letter": "nothing"}], f"{CELL}.text[0].letter", "欄「nothing」は宣言されていません。"),
    (f"{CELL}.text", [{"link": "{nothing}"}], f"{CELL}.text[0].link", "欄「nothing」は宣言されていません。"),
    (f"{CELL}.text", [{"text": "x", "bold": True}], f"{CELL}.text[0].bold", "定義にないキーです。"),
    (f"{CELL}.style", "fancy", f"{CELL}.style", "書式「fancy」は宣言されていません。"),
    (f"{CELL}.align", "left", f"{CELL}.align", "「left」は使えない語です。"),
    (f"{CELL}.share_above", "nothing", f"{CELL}.share_above", "欄「nothing」は宣言されていません。"),
    (f"{CELL}.border", 1, f"{CELL}.border", "定義にないキーです。"),
    ("parts[0].blocks[0].text[0]", "{item_title}", "parts[0].blocks[0].text[0]",
     "「item_title」はこの場所では使えません。"),
    ("parts[0].blocks[0].style", "fancy", "parts[0].blocks[0].style", "書式「fancy」は宣言されていません。"),
    ("parts[1].contents", 5, "parts[1].contents", "文字列が必要です（数値でした）。"),
    ("parts[1].depth", 2, "parts[1].depth", "定義にないキーです。"),
    ("parts[5].sheets.section_entry", "{item_title}", "parts[5].sheets.section_entry",
     "「item_title」はこの場所では使えません。"),
    ("parts", {}, "parts", "配列が必要です（オブジェクトでした）。"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "value", "key", "sentence"), FAULTS, ids=[f"{path}={str(value)[:20]}" for path, value, _, _ in FAULTS]
)
def test_a_fault_names_the_file_and_the_key_in_japanese(
    path: str, value: object, key: str, sentence: str | None, stored_forms: Mapping[str, StoredForm]
) -> None:
    with pytest.raises(InputError) as refusal:
        load_form("様式.json", altered(stored_forms["jlis-annual"], path, value))
    message = message_of(refusal.value).what
    assert message.startswith(f"様式ファイル「様式.json」の {key}: ")
    if sentence is not None:
        assert message == f"様式ファイル「様式.json」の {key}: {sentence}"


@pytest.mark.parametrize(
    "text",
    ["", "{", "{'id': 1}", "\ufeff{}", "[" * 100_000, '{"id": "a", "id": "b"}'],
    ids=["empty", "cut", "single quotes", "byte order mark", "too deep", "twin"],
)
def test_a_text_that_is_no_json_is_refused_with_the_file(text: str) -> None:
    with pytest.raises(InputError) as refusal:
        load_form("様式.json", text)
    assert refusal.value.code == "form_not_json"
    assert message_of(refusal.value).what.startswith("様式ファイル「様式.json」が JSON として読み取れません（")


@pytest.mark.parametrize("text", ["[]", "null", "5", '"form"'])
def test_a_json_that_is_no_object_is_refused_with_a_whole_sentence(text: str) -> None:
    with pytest.raises(InputError) as refusal:
        load_form("様式.json", text)
    assert refusal.value.code == "form_value"
    assert "オブジェクトが必要です" in message_of(refusal.value).what


def test_a_field_called_as_the_year_of_a_column_is_refused_since_no_caption_could_name_it(
    stored_forms: Mapping[str, StoredForm],
) -> None:
    new = {"id": "year", "on": "report", "per": "year", "kind": "line", "label": "年", "tab": "cover"}
    with pytest.raises(InputError):
        load_form("様式.json", altered(stored_forms["jlis-annual"], "fields[+]", new))


@pytest.mark.parametrize("name", ["work_state", "work_department", "comment_text", "version_name"])
def test_a_field_that_the_application_keeps_for_itself_is_refused(
    name: str, stored_forms: Mapping[str, StoredForm]
) -> None:
    new = {"id": name, "on": "item", "per": "year", "kind": "line", "label": "状態"}
    with pytest.raises(InputError) as refusal:
        load_form("様式.json", altered(stored_forms["jlis-annual"], "fields[+]", new))
    assert refusal.value.code == "form_own_field"

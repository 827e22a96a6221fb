"""Documents that the importer must refuse, each as a change to the first year of the sample, with path and sentence."""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Document = dict[str, Any]
ROW = "sections[0].items[0].sheet.rows[0]"
ITEM = "sections[0].items[0]"


class _Removed:
    def __repr__(self) -> str:
        return "removed"


REMOVED = _Removed()


@dataclass(frozen=True)
class Refused:
    """Hold a fault: where, what to put there, and the sentence behind the path."""

    path: str
    value: object
    sentence: str
    at: str = ""

    @property
    def told_path(self) -> str:
        return self.at or self.path

    @property
    def name(self) -> str:
        """Name the case, the same in every process."""
        shown = self.value.__name__ if callable(self.value) else f"{self.value!r:.40}"
        return f"{self.told_path}={shown}"

    def document(self, sample: Document) -> Document:
        """Make the faulty document."""
        document = copy.deepcopy(sample)
        return altered(document, self.path, self.value)


def altered(document: Document, path: str, value: object) -> Document:
    """Put a value at a path, or take the key away."""
    steps = path.replace("[", ".[").split(".")
    place: Any = document
    for step in steps[:-1]:
        place = place[_key(step)]
    if value is REMOVED:
        del place[_key(steps[-1])]
    else:
        place[_key(steps[-1])] = value(place.get(steps[-1])) if callable(value) else value
    return document


def _key(step: str) -> str | int:
    return int(step[1:-1]) if step.startswith("[") else step


def _twice(items: list[Document]) -> list[Document]:
    return [items[0], copy.deepcopy(items[0])]


def wanted(expected: str, found: str) -> str:
    return f"{expected}が必要です（{found} でした）。"


UNKNOWN, MISSING, EMPTY = "定義にないキーです。", "必要なキーがありません。", "空のままでは置けません。"
ONE_LINE = "改行のない、空でない一行が必要です。"


def _year(value: str) -> str:
    return f"「{value}」は年度（西暦4桁）ではありません。"


STRUCTURAL = [
    Refused(f"{ROW}.annual_plan", 12, wanted("文字列", "数値 12")),
    Refused(f"{ROW}.annual_plan", 1.5, wanted("文字列", "数値 1.5")),
    Refused(f"{ROW}.annual_plan", None, wanted("文字列", "null")),
    Refused(f"{ROW}.annual_plan", True, wanted("文字列", "真偽値 True")),
    Refused(f"{ROW}.results", ["一", "二"], wanted("文字列", "配列")),
    Refused(f"{ROW}.results", {"text": ""}, wanted("文字列", "オブジェクト")),
    Refused("organization.name", None, wanted("文字列", "null")),
    Refused("organization", "機構", wanted("オブジェクト", "文字列")),
    Refused("cover", [], wanted("オブジェクト", "配列")),
    Refused("sections", {}, wanted("配列", "オブジェクト")),
    Refused("sections[0]", "Ⅰ", wanted("オブジェクト", "文字列")),
    Refused(f"{ITEM}.sheet.rows", None, wanted("配列", "null")),
    Refused(f"{ITEM}.high_importance", "true", wanted("真偽値", "文字列")),
    Refused(f"{ITEM}.high_importance", 1, wanted("真偽値", "数値 1")),
    Refused(f"{ITEM}.prioritized", None, wanted("真偽値", "null")),
    Refused(f"{ROW}.viewpoints", "一つ", wanted("配列", "文字列")),
    Refused(f"{ROW}.viewpoints", ["一", 2], wanted("文字列", "数値 2"), f"{ROW}.viewpoints[1]"),
    Refused(f"{ROW}.viewpoints", ["一", ""], ONE_LINE, f"{ROW}.viewpoints[1]"),
    Refused(f"{ROW}.viewpoints", ["一\n二"], ONE_LINE, f"{ROW}.viewpoints[0]"),
    Refused(f"{ROW}.viewpoints", ["一\u2028二"], ONE_LINE, f"{ROW}.viewpoints[0]"),
    Refused(f"{ROW}.viewpoints", ["一\r"], ONE_LINE, f"{ROW}.viewpoints[0]"),
    Refused("overview.ministers", ["大臣"], wanted("オブジェクト", "文字列"), "overview.ministers[0]"),
    Refused("overall.history", [], wanted("オブジェクト", "配列")),
    Refused("overall.history", {"2022": 3}, wanted("文字列", "数値 3"), "overall.history.2022"),
    Refused("overall.history", {"22": "B"}, _year("22"), "overall.history.22"),
    Refused("overall.history", {"２０２２": "B"}, _year("２０２２"), "overall.history.２０２２"),
    Refused("overall.history", {"2022\n": "B"}, _year("2022 "), "overall.history.2022 "),
    Refused("overall.history", {"1899": "B"}, _year("1899"), "overall.history.1899"),
    Refused(f"{ITEM}.years", {"R4": {"staff": 1}}, _year("R4"), f"{ITEM}.years.R4"),
    Refused(f"{ITEM}.years", {"2022": {}}, EMPTY, f"{ITEM}.years.2022"),
    Refused(f"{ITEM}.years", {"2022": {"budget": "1"}}, UNKNOWN, f"{ITEM}.years.2022.budget"),
    Refused(f"{ITEM}.years", {"2022": {"staff": -1}}, wanted("0以上の整数", "数値 -1"), f"{ITEM}.years.2022.staff"),
    Refused(f"{ITEM}.years", {"2022": {"staff": 1.5}}, wanted("0以上の整数", "数値 1.5"), f"{ITEM}.years.2022.staff"),
    Refused(f"{ITEM}.years", {"2022": {"staff": "30"}}, wanted("0以上の整数", "文字列"), f"{ITEM}.years.2022.staff"),
    Refused(f"{ITEM}.years", {"2022": {"staff": True}}, wanted("0以上の整数", "真偽値 True"),
            f"{ITEM}.years.2022.staff"),
    Refused(f"{ITEM}.outputs", [], EMPTY),
    Refused(f"{ITEM}.outputs[0].years", {"2022": {"planned": "1"}}, MISSING, f"{ITEM}.outputs[0].years.2022.actual"),
    Refused(f"{ITEM}.outputs[0].years", [], wanted("オブジェクト", "配列")),
    Refused(f"{ITEM}.inputs", {}, EMPTY),
    Refused(f"{ITEM}.inputs", {"budget": {}}, EMPTY, f"{ITEM}.inputs.budget"),
    Refused(f"{ITEM}.inputs", {"budget": {"2022": 5}}, wanted("文字列", "数値 5"), f"{ITEM}.inputs.budget.2022"),
    Refused(f"{ITEM}.inputs", {"budget": {"x": "5"}}, _year("x"), f"{ITEM}.inputs.budget.x"),
    Refused(f"{ITEM}.fields", {}, EMPTY),
    Refused(f"{ITEM}.sheet.fields", {}, EMPTY),
    Refused(f"{ROW}.fields", [], wanted("オブジェクト", "配列")),
    Refused("fields", {}, EMPTY),
    Refused(f"{ROW}.indicators", [{"name": "", "lead": "", "achievements": [{"label": "", "actual": ""}]}],
            MISSING, f"{ROW}.indicators[0].achievements[0].target"),
    Refused(f"{ROW}.indicators", [{"name": "", "lead": "", "achievements": [
        {"label": "", "actual": "", "target": "", "years": {}}]}], EMPTY, f"{ROW}.indicators[0].achievements[0].years"),
    Refused("sections[0].number", REMOVED, MISSING),
    Refused("organization.name", REMOVED, MISSING),
    Refused("cover", REMOVED, MISSING),
    Refused("sections", REMOVED, MISSING),
    Refused(f"{ITEM}.sheet", REMOVED, MISSING),
    Refused(f"{ITEM}.prioritized", REMOVED, MISSING),
    Refused(f"{ROW}.viewpoints", REMOVED, MISSING),
    Refused(f"{ROW}.note", "", UNKNOWN),
    Refused("note", "", UNKNOWN),
    Refused("overview.note", None, UNKNOWN),
    Refused(f"{ITEM}.sheet.self_evaluation.other", "", UNKNOWN),
    Refused("fiscal_year", "2023", wanted("数値", "文字列")),
    Refused("fiscal_year", True, wanted("数値", "真偽値 True")),
    Refused("fiscal_year", 2023.5, wanted("数値", "数値 2023.5")),
    Refused("fiscal_year", 23, _year("23")),
    Refused("fiscal_year", 12023, _year("12023")),
    Refused("fiscal_year", REMOVED, wanted("数値", "null")),
]  # fmt: skip
"""Faults of the shape alone: the published schema refuses them too."""

HEAD = [
    ("format", "other", "「year.json」は評価書の交換形式（hyoka-interchange）ではありません。"),
    ("format", REMOVED, "「year.json」は評価書の交換形式（hyoka-interchange）ではありません。"),
    ("version", 2, "「year.json」の交換形式は版2で、このプログラムでは読めません（読めるのは版1）。"),
    ("version", "1", "「year.json」の交換形式は版1で、このプログラムでは読めません（読めるのは版1）。"),
    ("version", True, "「year.json」の交換形式は版Trueで、このプログラムでは読めません（読めるのは版1）。"),
    ("form", 3, "「year.json」 form: 文字列が必要です（数値 3 でした）。"),
    ("form", REMOVED, "「year.json」 form: 文字列が必要です（null でした）。"),
]

BEYOND_THE_SCHEMA = [
    Refused("cover.heading", "一\n二", ONE_LINE),
    Refused("cover.date", "令和6年8月30日", "日付は 2024-06-28 の形が必要です。"),
    Refused("cover.date", "2024-02-30", "日付は 2024-06-28 の形が必要です。"),
    Refused("cover.date", "20240830", "日付は 2024-06-28 の形が必要です。"),
    Refused("period.start", "2022-4-1", "日付は 2024-06-28 の形が必要です。"),
    Refused("sections[0].sheet_form", "1-1-4-3", "次のどれかが必要です：1-1-4-1・1-1-4-2。"),
    Refused("sections[0].sheet_form", "", "次のどれかが必要です：1-1-4-1・1-1-4-2。"),
    Refused(f"{ITEM}.inputs", {"profit": {"2022": "1"}}, "この様式にない欄です。", f"{ITEM}.inputs.profit"),
    Refused(f"{ITEM}.inputs", {"staff": {"2022": "1"}}, "この様式にない欄です。", f"{ITEM}.inputs.staff"),
    Refused(f"{ITEM}.inputs", {"results": {"2022": "1"}}, "この様式にない欄です。", f"{ITEM}.inputs.results"),
    Refused(f"{ITEM}.fields", {"policy": "x"}, "この様式にない欄です。", f"{ITEM}.fields.policy"),
    Refused(f"{ROW}.fields", {"extra": "x"}, "この様式にない欄です。", f"{ROW}.fields.extra"),
    Refused("fields", {"budget": "x"}, "この様式にない欄です。", "fields.budget"),
    Refused("overall.history", {"2023": "B"}, "評価対象年度の値はここには置けません。", "overall.history.2023"),
    Refused("overall.history", {"2024": "B"}, "「2024」は評価対象年度より後です。", "overall.history.2024"),
    Refused(f"{ITEM}.years", {"2023": {"rating": "B"}}, "評価対象年度の値はここには置けません。",
            f"{ITEM}.years.2023.rating"),
    Refused(f"{ITEM}.years", {"2024": {"staff": 1}}, "「2024」は評価対象年度より後です。", f"{ITEM}.years.2024"),
    Refused("sections[0].items", _twice, "「Ⅰ-1」が二度あります。", "sections[0].items[1].number"),
]  # fmt: skip
"""Faults that only the form or a comparison of two values shows; the description of the schema names these kinds."""

Alter = Callable[[Document], Document]

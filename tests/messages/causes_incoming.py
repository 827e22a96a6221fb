"""What brings about the errors of what comes in: interchange files and workbooks."""

import copy
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from causing import YEAR, Causes, Stage

from hyoka_desktop.services import indicator_return, indicator_sheet
from hyoka_desktop.services.session import Session

CAUSES = Causes()
_ITEM: tuple[str | int, ...] = ("sections", 0, "items", 0)
_REMOVED = object()
_FAULTS: dict[str, tuple[tuple[str | int, ...], object]] = {
    "json_other_format": (("format",), "other"),
    "json_other_version": (("version",), 2),
    "json_type": (("organization", "name"), 5),
    "json_unknown_key": (("note",), ""),
    "json_missing_key": (("cover",), _REMOVED),
    "json_undeclared_field": ((*_ITEM, "fields"), {"policy": "x"}),
    "json_year": (("overall", "history"), {"22": "B"}),
    "json_later_year": (("overall", "history"), {"2199": "B"}),
    "json_empty": ((*_ITEM, "inputs"), {}),
    "json_one_line": (("cover", "heading"), "一\n二"),
    "json_date": (("cover", "date"), "令和6年8月30日"),
    "json_choice": (("sections", 0, "sheet_form"), "1-1-4-3"),
}
"""The codes of faults of one file, with the place in the document and what stands there."""


def _import(stage: Stage, *documents: dict[str, Any] | bytes) -> None:
    paths = [stage.folder / f"{place}.json" for place in range(len(documents))]
    for path, document in zip(paths, documents, strict=True):
        path.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
    stage.command("import", *paths, "-o", stage.folder / "x.hyoka")


def _altered(document: dict[str, Any], steps: tuple[str | int, ...], value: object) -> dict[str, Any]:
    made = copy.deepcopy(document)
    place: Any = made
    for step in steps[:-1]:
        place = place[step]
    if value is _REMOVED:
        del place[steps[-1]]
    else:
        place[steps[-1]] = value
    return made


def _faulty(code: str) -> Callable[[Stage], None]:
    return lambda stage: _import(stage, _altered(stage.documents[0], *_FAULTS[code]))


for _code in _FAULTS:
    CAUSES.of(_code)(_faulty(_code))


@CAUSES.of("json_broken")
def _(stage: Stage) -> None:
    _import(stage, b"{")


@CAUSES.of("json_too_deep")
def _(stage: Stage) -> None:
    _import(stage, b"[" * 100_000)


@CAUSES.of("json_not_text")
def _(stage: Stage) -> None:
    _import(stage, "評価書".encode("cp932"))


@CAUSES.of("json_too_large")
def _(stage: Stage) -> None:
    path = stage.folder / "大きい.json"
    with path.open("wb") as file:
        file.truncate(64 * 1024 * 1024 + 1)
    stage.command("import", path, "-o", stage.folder / "x.hyoka")


@CAUSES.of("json_current_year")
def _(stage: Stage) -> None:
    document = stage.documents[0]
    _import(stage, _altered(document, ("overall", "history"), {str(document["fiscal_year"]): "B"}))


@CAUSES.of("json_twice")
def _(stage: Stage) -> None:
    item = stage.documents[0]["sections"][0]["items"][0]
    _import(stage, _altered(stage.documents[0], _ITEM[:-1], [item, item]))


@CAUSES.of("json_other_form")
def _(stage: Stage) -> None:
    _import(stage, stage.documents[0], _altered(stage.documents[1], ("form",), "jlis-annual"))


@CAUSES.of("json_same_year")
def _(stage: Stage) -> None:
    _import(stage, stage.documents[0], stage.documents[0])


@CAUSES.of("json_unmatched")
def _(stage: Stage) -> None:
    _import(stage, stage.documents[0], _altered(stage.documents[1], (*_ITEM, "number"), "Ⅰ-99"))


@CAUSES.of("json_order")
def _(stage: Stage) -> None:
    items = stage.documents[1]["sections"][0]["items"]
    _import(stage, stage.documents[0], _altered(stage.documents[1], _ITEM[:-1], items[::-1]))


@CAUSES.of("json_left_over")
def _(stage: Stage) -> None:
    items = stage.documents[1]["sections"][0]["items"]
    _import(stage, stage.documents[0], _altered(stage.documents[1], _ITEM[:-1], items[:-1]))


@CAUSES.of("json_conflict")
def _(stage: Stage) -> None:
    """Have the later year say another rating for the earlier one than that year itself."""
    earlier, later = stage.documents
    rating = earlier["overall"]["rating"]
    told = {str(earlier["fiscal_year"]): "S" if rating != "S" else "D"}
    _import(stage, earlier, _altered(later, ("overall", "history"), told))


@CAUSES.of("package_damaged")
def _(stage: Stage) -> None:
    _take_in(stage, _bytes(stage, b"a,b\n"))


@CAUSES.of("package_old_or_locked")
def _(stage: Stage) -> None:
    _take_in(stage, _bytes(stage, b"\xd0\xcf\x11\xe0" + bytes(100)))


@CAUSES.of("package_too_large")
def _(stage: Stage) -> None:
    _take_in(stage, _packed(stage, {f"{place}.xml": "" for place in range(3000)}))


@CAUSES.of("package_macros")
def _(stage: Stage) -> None:
    _take_in(stage, _packed(stage, {"xl/vbaProject.bin": ""}))


@CAUSES.of("package_document_type")
def _(stage: Stage) -> None:
    _take_in(stage, _packed(stage, {"_rels/.rels": '<!DOCTYPE a [<!ENTITY b "b">]><a/>'}))


@CAUSES.of("package_not_a_workbook")
def _(stage: Stage) -> None:
    _take_in(stage, _packed(stage, {"_rels/.rels": "<a/>"}))


@CAUSES.of("indicators_no_keys")
def _(stage: Stage) -> None:
    path = stage.folder / "ただの表.xlsx"
    openpyxl.Workbook().save(path)
    _take_in(stage, path)


@CAUSES.of("indicators_other_report")
def _(stage: Stage) -> None:
    wording = indicator_sheet.Wording("指標", ("項目番号", "項目名", "行"), lambda column: column.field.label)
    session = stage.session()
    path = stage.folder / "指標.xlsx"
    path.write_bytes(
        indicator_sheet.write_indicators(session.form, session.view(YEAR), f"{indicator_sheet.MARK} other", wording)
    )
    _take_in(stage, path, session)


def _bytes(stage: Stage, content: bytes) -> Path:
    path = stage.folder / "外.xlsx"
    path.write_bytes(content)
    return path


def _packed(stage: Stage, parts: dict[str, str]) -> Path:
    path = stage.folder / "外.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def _take_in(stage: Stage, path: Path, session: Session | None = None) -> None:
    """Plan to take indicators from a workbook."""
    session = session or stage.session()
    mark = indicator_sheet.mark_of(session)
    indicator_return.plan_return(path, session.form, session.view(YEAR), mark, session.clean)

"""What brings about the errors of form files: one fault each in a copy of a shipped form."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from causing import YEAR, Causes, Stage

CAUSES = Causes()
_SHIPPED = "jlis-annual"
_CELL = ("sheets", "1-1-4-1", "blocks", 1, "rows", 1, "cells", 1)
_ROW = _CELL[:-2]
_REMOVED = object()
_FAULTS: dict[str, tuple[tuple[str | int, ...], object]] = {
    "form_value": (("name",), 5),
    "form_choice": (("paper", "size"), "B5"),
    "form_unknown_key": (("colour",), "red"),
    "form_missing_key": (("name",), _REMOVED),
    "form_template": ((*_CELL, "text"), "{item_title"),
    "form_unknown_field": ((*_CELL, "text"), "{no_such}"),
    "form_out_of_reach": ((*_CELL, "text"), "{annual_plan}"),
    "form_unknown_style": ((*_CELL, "style"), "fancy"),
    "form_unknown_font": (("styles", "body", "font"), "gothic"),
    "form_unknown_tab": (("fields", 0, "tab"), "nowhere"),
    "form_field_id": (("fields", 0, "id"), "法人名"),
    "form_own_field": (("fields", 0, "id"), "work_state"),
    "form_form_id": (("id",), "../escaped"),
    "form_twice": (("fields", 1, "id"), "organization_name"),
    "form_margins": (("paper", "left_mm"), 150),
    "form_row_width": ((*_CELL, "colspan"), 9),
    "form_header_span": (_ROW, {"header": True, "cells": [{"text": "見出し", "rowspan": 9}]}),
}
"""The codes of faults that `forms check` finds, with the place in the form and what stands there."""


def _written(stage: Stage, name: str, alter: Callable[[dict[str, Any]], None] = lambda _: None) -> Path:
    form = json.loads(stage.forms[_SHIPPED].text)
    alter(form)
    path = stage.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(form, ensure_ascii=False), encoding="utf-8")
    return path


def _check(code: str) -> Callable[[Stage], None]:
    steps, value = _FAULTS[code]

    def alter(form: dict[str, Any]) -> None:
        place: Any = form
        for step in steps[:-1]:
            place = place[step]
        if value is _REMOVED:
            del place[steps[-1]]
        else:
            place[steps[-1]] = value

    return lambda stage: stage.command("forms", "check", _written(stage, "様式.json", alter))


for _code in _FAULTS:
    CAUSES.of(_code)(_check(_code))


@CAUSES.of("form_not_text")
def _(stage: Stage) -> None:
    path = stage.folder / "様式.json"
    path.write_bytes("様式".encode("cp932"))
    stage.command("forms", "check", path)


@CAUSES.of("form_not_json")
def _(stage: Stage) -> None:
    path = stage.folder / "様式.json"
    path.write_text("{")
    stage.command("forms", "check", path)


@CAUSES.of("form_installed")
def _(stage: Stage) -> None:
    stage.command("forms", "add", _written(stage, "様式.json"))


@CAUSES.of("form_unknown")
def _(stage: Stage) -> None:
    _new(stage, "nobody-annual")


@CAUSES.of("form_other_id")
def _(stage: Stage) -> None:
    """Put a form under a name that is not its id among those of the user."""
    stage.patch.setenv("HYOKA_DESKTOP_HOME", str(stage.folder / "home"))
    _written(stage, "home/forms/renamed.json")
    _new(stage, "renamed")


@CAUSES.of("font_missing")
def _(stage: Stage) -> None:
    def alter(form: dict[str, Any]) -> None:
        form["id"] = "own-annual"
        for font in form["fonts"].values():
            font["file"] = "Nowhere.ttf"

    stage.patch.setenv("HYOKA_DESKTOP_HOME", str(stage.folder / "home"))
    _written(stage, "home/forms/own-annual.json", alter)
    report = _new(stage, "own-annual", is_refused=False)
    stage.command("export", report, "--pdf", stage.folder / "x.pdf")


def _new(stage: Stage, form: str, *, is_refused: bool = True) -> Path:
    path = stage.folder / "new.hyoka"
    give = stage.command if is_refused else stage.done
    give("new", path, "--form", form, "--year", YEAR, "--organization", "機構")
    return path

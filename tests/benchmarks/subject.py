"""The report that is measured: the model document where it is at hand, else the sample; also many times longer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from hyoka_desktop.compose.report import compose_report
from hyoka_desktop.document.model import Document
from hyoka_desktop.domain.changes import apply_changes
from hyoka_desktop.domain.report import Snapshot, YearView
from hyoka_desktop.exchange.interchange_reader import read_interchange
from hyoka_desktop.exchange.joining import empty_snapshot, import_edit
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.paths import resource
from hyoka_desktop.services.forms import find_form

_MODEL: Final = Path(__file__).resolve().parents[3] / "shared" / "model" / "jlis-r5.json"
_SHORTEST_TURNED: Final = 9


@dataclass(frozen=True)
class Subject:
    """Hold a report of one year, its interchange file and its form."""

    path: Path
    data: Mapping[str, Any]
    form: FormDefinition

    @cached_property
    def snapshot(self) -> Snapshot:
        """Tell its facts."""
        return apply_changes(
            empty_snapshot(), import_edit([read_interchange(self.path.name, self.data, self.form)]).changes
        )

    @property
    def view(self) -> YearView:
        """Read its year."""
        return self.view_of(self.snapshot)

    def view_of(self, snapshot: Snapshot) -> YearView:
        """Read the year of a changed snapshot."""
        return YearView(snapshot, snapshot.years[-1], self.form.period_fields)

    def document(self) -> Document:
        """Compose it."""
        return compose_report(self.form, self.view)

    def grown(self, times: int) -> "Subject":
        """Tell a report with so many times the items; no line of text stands in it twice that did not before."""
        sections = [
            {**section, "items": [_turned_item(item, turn) for turn in range(times) for item in section["items"]]}
            for section in self.data["sections"]
        ]
        return Subject(self.path, {**self.data, "sections": sections}, self.form)


def chosen_subject() -> Subject:
    """Tell the report to measure."""
    path = _MODEL if _MODEL.is_file() else max(resource("sample").glob("*.json"))
    data = json.loads(path.read_text(encoding="utf-8"))
    return Subject(path, data, find_form(data["form"]).definition)


def _turned_item(item: Mapping[str, Any], turn: int) -> dict[str, Any]:
    turned: dict[str, Any] = _turned(item, turn)
    return {**turned, "number": f"{item['number']}{'・' + str(turn) if turn else ''}"}


def _turned(value: Any, turn: int) -> Any:
    """Move the beginning of each long line to its end, so that the line is as long but another one."""
    match value:
        case dict():
            return {key: _turned(part, turn) for key, part in value.items()}
        case list():
            return [_turned(part, turn) for part in value]
        case str() if len(value) >= _SHORTEST_TURNED:
            return "\n".join(line[turn:] + line[:turn] for line in value.split("\n"))
        case _:
            return value

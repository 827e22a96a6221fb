"""What was read from an interchange file, before it becomes part of a report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.text.normaliser import Oddity


@dataclass(frozen=True, slots=True)
class IncomingText:
    """Hold one text with its place in the file and the year that it is for.

    `explicit` texts (those of a year by name) are kept even where empty.
    """

    field: str
    year: int
    text: str
    path: str
    explicit: bool = False


@dataclass(frozen=True, slots=True)
class IncomingNode:
    """Hold one node with its texts and children."""

    kind: NodeKind
    path: str
    texts: Sequence[IncomingText]
    children: Sequence["IncomingNode"]

    def text(self, field: str) -> str:
        """Tell the first text given for a field, empty where there is none."""
        return next((text.text for text in self.texts if text.field == field), "")


@dataclass(frozen=True, slots=True)
class IncomingReport:
    """Hold one year of a report; `cleaned` counts what the normaliser changed, by path.

    `period_fields` are the fields of the form whose values belong to the period.
    """

    file: str
    form_id: str
    period_fields: frozenset[str]
    year: int
    root: IncomingNode
    cleaned: Mapping[str, Mapping[Oddity, int]]

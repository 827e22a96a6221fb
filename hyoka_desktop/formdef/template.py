"""Parse the text templates of a form: captions with places for fields.

`{policy}` is the text of a field, `{label|name}` the first filled of several, `{cover_date:date}` a value in a format,
`{target?【計画：%】}` a pattern
printed only where the field is filled (a flag: is set), `%` standing for its text. `{year}` is the fiscal
year of the column, or of the report, `{rate}` the 達成度. `{{` and `}}` are braces.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

COLUMN_YEAR: Final = "year"
"""The placeholder for the fiscal year in which a cell is read."""
RATE: Final = "rate"
"""The placeholder for the 達成度 of an achievement in the year in which a cell is read."""
COMPUTED: Final = frozenset({COLUMN_YEAR, RATE})

_TOKEN = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|([{}])")
_PLACE = re.compile(r"([A-Za-z0-9_]+(?:\|[A-Za-z0-9_]+)*)(?::([a-z_]+))?(?:\?(.*))?", re.DOTALL)


class Format(StrEnum):
    """Name how a stored value is written on paper."""

    DATE = "date"
    FISCAL_YEAR = "fiscal_year"
    FISCAL_YEAR_IN_TWO_LINES = "fiscal_year_lines"


@dataclass(frozen=True, slots=True)
class Place:
    """Stand for the text of the first filled field among `names`."""

    names: tuple[str, ...]
    format: Format | None = None
    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """Hold literal texts and places in order."""

    parts: tuple[str | Place, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Tell all names that the places mention, in order."""
        return tuple(name for part in self.parts if isinstance(part, Place) for name in part.names)


def parse_template(source: str) -> Template:
    """Read a template; ValueError with the faulty piece where it is not one."""
    parts: list[str | Place] = []
    end = 0
    for token in _TOKEN.finditer(source):
        parts.append(source[end : token.start()])
        end = token.end()
        if token[0] in {"{{", "}}"}:
            parts.append(token[0][0])
        elif token[1] is None:
            raise ValueError(token[0])
        else:
            parts.append(_parse_place(token[1]))
    parts.append(source[end:])
    return Template(tuple(part for part in parts if part != ""))


def _parse_place(source: str) -> Place:
    found = _PLACE.fullmatch(source)
    if found is None:
        raise ValueError("{" + source + "}")
    try:
        written = Format(found[2]) if found[2] else None
    except ValueError:
        raise ValueError(found[2]) from None
    return Place(tuple(found[1].split("|")), written, found[3])

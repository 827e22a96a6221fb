"""Decide which columns a table of nodes has, from the form alone.

What the form declares before the first yearly field of the lowest kind stands first, then the years, the newest first;
what it declares behind them stands at the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from hyoka_desktop.domain import fields
from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.formdef.model import FieldDefinition, FormDefinition, Scope

YEARS_SHOWN: Final = 5


class Computed(Enum):
    """Name the columns that nobody writes."""

    RATE = auto()
    TREND = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """Describe a column: a field of a kind of node in a year, or what is computed for a year."""

    kind: NodeKind
    year: int
    field: FieldDefinition | None = None
    computed: Computed | None = None

    @property
    def is_rate(self) -> bool:
        """Tell whether the column holds the computed rate."""
        return self.computed is Computed.RATE

    @property
    def is_trend(self) -> bool:
        """Tell whether the column holds the line of all years."""
        return self.computed is Computed.TREND

    @property
    def is_yearly(self) -> bool:
        """Tell whether the column belongs to one year."""
        return self.is_rate or (self.field is not None and self.field.per is Scope.YEAR)


def shown_years(year: int) -> tuple[int, ...]:
    """Tell the years that a table shows, the newest first."""
    return tuple(range(year, year - YEARS_SHOWN, -1))


def made_columns(form: FormDefinition, kinds: Sequence[NodeKind], year: int) -> list[Column]:
    """Tell the columns of a table of nodes of some kinds, the upper first."""
    leaf = kinds[-1]
    upper = [(kind, field) for kind in kinds[:-1] for field in form.fields_on(kind)]
    own = form.fields_on(leaf)
    yearly = [field for field in own if field.per is Scope.YEAR]
    first = own.index(yearly[0]) if yearly else len(own)
    columns = [Column(kind, year, field) for kind, field in upper if field.per is Scope.PERIOD]
    columns += [Column(leaf, year, field) for field in own[:first]]
    has_rate = {fields.TARGET, fields.ACTUAL} <= {field.id for field in yearly}
    for shown in shown_years(year):
        columns += [Column(leaf, shown, field) for field in yearly]
        columns += [Column(leaf, shown, computed=Computed.RATE)] if has_rate else []
        columns += [Column(leaf, shown, computed=Computed.TREND)] if has_rate and shown == year else []
    columns += [Column(leaf, year, field) for field in own[first:] if field.per is Scope.PERIOD]
    return columns + [Column(kind, year, field) for kind, field in upper if field.per is Scope.YEAR]

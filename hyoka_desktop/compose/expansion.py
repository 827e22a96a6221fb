"""Expand the templates of a form: find each field from where the template stands, and write its value for paper."""

from dataclasses import dataclass, replace
from datetime import date

from hyoka_desktop.compose.options import MinisterCells, Options
from hyoka_desktop.domain import era, fields
from hyoka_desktop.domain.achievement import achievement, format_rate
from hyoka_desktop.domain.livevalues import LiveValues, has_live_values
from hyoka_desktop.domain.measuring import measure_of
from hyoka_desktop.domain.report import ROOT, Address, NodeKind, YearView
from hyoka_desktop.formdef.model import FieldDefinition, FieldKind, FormDefinition, Owner
from hyoka_desktop.formdef.named_fields import holds_prose, labels_of_values
from hyoka_desktop.formdef.template import COLUMN_YEAR, COMPUTED, RATE, Format, Place, Template

_MOST_YEARS = 10
_USUAL_YEARS = 5


@dataclass(frozen=True)
class Context:
    """Say where a template stands: the form, the year of the report, the node, and the year of the column."""

    form: FormDefinition
    view: YearView
    node: int
    column_year: int
    options: Options

    def at(self, node: int) -> "Context":
        """Stand at another node."""
        return replace(self, node=node)

    def in_column(self, year: int) -> "Context":
        """Stand in the column of a year."""
        return replace(self, column_year=year)

    def children(self, kind: NodeKind) -> tuple["Context", ...]:
        """Stand at each child of a kind."""
        return tuple(self.at(node.id) for node in self.view.children(self.node, kind))

    def owner(self, field: FieldDefinition) -> int:
        """Find the node here or above that a field belongs to."""
        owner = self.view.snapshot.tree.ancestor(self.node, field.on)
        assert owner is not None, "the loader checks that every field is within reach"
        return owner.id

    def address(self, field_id: str) -> Address:
        """Tell the address of a field as read from here."""
        field = self.form.fields[field_id]
        return self.view.in_year(self.column_year).address(self.owner(field), field_id)

    def value(self, field_id: str) -> str:
        """Tell the text of a field as it prints, read from here; years after that of the report are blank."""
        if self.column_year > self.view.year or self.is_withheld(self.form.fields[field_id]):
            return ""
        text = self.view.snapshot.stored(self.address(field_id)) or ""
        return self._with_values(text, field_id) if has_live_values(text) else text

    def _with_values(self, text: str, field_id: str) -> str:
        """Put the values of indicators into prose, those of the year that is read."""
        if not holds_prose(self.form, field_id):
            return text
        values = LiveValues(self.view.in_year(self.column_year), labels_of_values(self.form))
        return values.printed(text, self.owner(self.form.fields[field_id]))

    def is_withheld(self, field: FieldDefinition) -> bool:
        """Tell whether a field is not to be shown: an internal note, or what the ministry has yet to write."""
        if field.internal and not self.options.notes:
            return True
        blank = self.options.minister is not MinisterCells.FILLED
        return blank and field.owner is Owner.BUREAU and self.column_year == self.view.year

    def rate(self) -> str:
        """Tell the 達成度 of the achievement here in the year of the column; empty where it cannot be computed."""
        measure = measure_of(self.view.in_year(self.column_year), self.owner(self.form.fields[fields.TARGET]))
        rate = achievement(self.value(fields.TARGET), self.value(fields.ACTUAL), measure).rate
        return "" if rate is None else format_rate(rate)

    def is_set(self, flag: str) -> bool:
        """Tell whether a flag field is set."""
        return self.value(flag) == fields.TRUE


@dataclass(frozen=True, slots=True)
class Expansion:
    """Hold the text of a template, whether any field in it was filled, and the first field that it names."""

    text: str
    filled: bool
    source: Address | None


def expand(template: Template, context: Context) -> Expansion:
    """Write a template; a template without places counts as filled.

    Where every field is empty and the first has guidance, the guidance stands instead.
    """
    parts = [part if isinstance(part, str) else _place_text(part, context) for part in template.parts]
    named = [name for name in template.names if name != COLUMN_YEAR]
    filled = not named or any(_shown(name, context) for name in named)
    stored = next((name for name in named if name not in COMPUTED), None)
    source = context.address(stored) if stored is not None else None
    if not filled and context.options.guidance and stored is not None and context.form.fields[stored].guidance:
        return Expansion(context.form.fields[stored].guidance, filled=False, source=source)
    return Expansion("".join(parts), filled, source)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Say where in the text of a template a field stands; `is_written` where it is stored otherwise than it prints."""

    start: int
    end: int
    field: str
    is_written: bool


def stretches(template: Template, context: Context) -> tuple[Stretch, ...]:
    """Tell where the fields of a template stand in its text, those that are empty too.

    A flag, an empty field that would print a pattern, and what is computed have no place in it.
    """
    found, end = [], 0
    for part in template.parts:
        text = part if isinstance(part, str) else _place_text(part, context)
        stretch = None if isinstance(part, str) else _stretch(part, text, context)
        if stretch is not None:
            found.append(replace(stretch, start=stretch.start + end, end=stretch.end + end))
        end += len(text)
    return tuple(found)


def years_of_period(view: YearView) -> tuple[int, ...]:
    """Tell the fiscal years of the 中期目標期間; where its dates are missing, five years that include the report's."""
    start = _iso_date(view.text(ROOT, fields.PERIOD_START))
    end = _iso_date(view.text(ROOT, fields.PERIOD_END))
    if start is None or end is None or end < start:
        first = min((*view.snapshot.years, view.year))
        return tuple(range(first, max(first + _USUAL_YEARS, view.year + 1)))[-_MOST_YEARS:]
    first, last = era.fiscal_year_of(start), era.fiscal_year_of(end)
    return tuple(range(first, last + 1))[:_MOST_YEARS]


def _place_text(place: Place, context: Context) -> str:
    for name in place.names:
        text = _written(str(context.column_year), place.format) if name == COLUMN_YEAR else _shown(name, context)
        if text:
            if name != COLUMN_YEAR and place.format is not None:
                text = _written(text, place.format)
            return place.pattern.replace("%", text) if place.pattern is not None else text
    return ""


def _stretch(place: Place, text: str, context: Context) -> Stretch | None:
    named = next((name for name in place.names if name != COLUMN_YEAR and _shown(name, context)), place.names[0])
    if named in COMPUTED or context.form.fields[named].kind is FieldKind.FLAG:
        return None
    before, found, after = (place.pattern if place.pattern is not None else "%").partition("%")
    if not found or "%" in after or (not text and place.pattern is not None):
        return None
    outside = (len(before), len(after)) if text else (0, 0)
    return Stretch(outside[0], len(text) - outside[1], named, place.format is not None)


def _shown(name: str, context: Context) -> str:
    """Tell the text of a field for paper: a flag that is not set shows nothing."""
    if name == RATE:
        return context.rate()
    text = context.value(name)
    if context.form.fields[name].kind is FieldKind.FLAG and text != fields.TRUE:
        return ""
    return text


def _written(text: str, written: Format | None) -> str:
    """Write a stored value in a format; what cannot be read as such stays as it is."""
    match written:
        case Format.DATE:
            day = _iso_date(text)
            return era.format_date(day) if day else text
        case Format.FISCAL_YEAR:
            return era.format_fiscal_year(int(text)) if text.isdigit() else text
        case Format.FISCAL_YEAR_IN_TWO_LINES:
            year = era.format_fiscal_year(int(text)) if text.isdigit() else text
            return f"{year[:2]}\n{year[2:]}"
        case None:
            return text


def _iso_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

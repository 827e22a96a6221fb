"""Draw the achievements of an item as small charts: a bar for each year, and a line at its target."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from hyoka_desktop.compose.expansion import Context, years_of_period
from hyoka_desktop.compose.styles import StyleSheet
from hyoka_desktop.document.length import Length
from hyoka_desktop.document.model import Align, Area, Figure, Label, Paragraph, Run, Stroke
from hyoka_desktop.domain import era, fields
from hyoka_desktop.domain.quantity import parse_quantity
from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.formdef.model import ChartsBlock

_GAP_MM = 4.0
_BAR = 0.56
_TINT = 0.72
_NEWEST_TINT = 0.45
_AXIS = Length.of_pt(0.5)
_TARGET = Length.of_pt(1.5)

Shape = Area | Stroke | Label


@dataclass(frozen=True, slots=True)
class _Year:
    """Hold one year of an achievement: its label, the texts as written, and the numbers in them."""

    label: str
    actual_text: str
    target_text: str
    actual: Decimal | None
    target: Decimal | None


@dataclass(frozen=True, slots=True)
class _Series:
    """Hold one achievement over the years, with the field that its values are in."""

    name: str
    years: tuple[_Year, ...]

    @property
    def top(self) -> Decimal:
        """Tell the largest number."""
        numbers = [n for year in self.years for n in (year.actual, year.target) if n is not None]
        return max(numbers, default=Decimal(0))


def compose_charts(block: ChartsBlock, context: Context, sheet: StyleSheet) -> Iterator[Figure]:
    """Yield a figure for each row of charts; an achievement without any number has none."""
    series = [one for one in _all_series(context) if one.top > 0]
    page = sheet.page
    width = (page.text_width.mm - (block.columns - 1) * _GAP_MM) / block.columns
    for start in range(0, len(series), block.columns):
        drawing = _Drawing(sheet, width, block.height_mm * sheet.fit)
        beside = series[start : start + block.columns]
        shapes = [s for n, one in enumerate(beside) for s in drawing.chart(one, n * (width + _GAP_MM))]
        style = sheet.styles["cell"]
        description = tuple(Paragraph((Run(_spoken(one)),), style, Align.START) for one in beside)
        yield Figure(Length.of_mm(drawing.height), tuple(shapes), description)


def _all_series(context: Context) -> Iterator[_Series]:
    for row in context.children(NodeKind.ROW):
        for indicator in row.children(NodeKind.INDICATOR):
            for achievement in indicator.children(NodeKind.ACHIEVEMENT):
                name = _first_text(achievement, NodeKind.ACHIEVEMENT) or _first_text(indicator, NodeKind.INDICATOR)
                yield _Series(name, tuple(_years(achievement)))


def _first_text(context: Context, kind: NodeKind) -> str:
    """Tell what a node is called: its first field."""
    fields_here = context.form.fields_on(kind)
    return context.value(fields_here[0].id) if fields_here else ""


def _years(achievement: Context) -> Iterator[_Year]:
    for year in years_of_period(achievement.view):
        if year <= achievement.view.year:
            here = achievement.in_column(year)
            actual, target = here.value(fields.ACTUAL), here.value(fields.TARGET)
            yield _Year(era.format_short_fiscal_year(year), actual, target, _number(actual), _number(target))


def _number(text: str) -> Decimal | None:
    quantity = parse_quantity(text)
    return None if quantity is None or quantity.number < 0 else quantity.number


def _spoken(series: _Series) -> str:
    values = " / ".join(
        f"{year.label} {year.actual_text or '-'}" + (f" ({year.target_text})" if year.target_text else "")
        for year in series.years
    )
    return f"{series.name} {values}"


class _Drawing:
    """Draw charts of one size: name, value, bar, axis and year, from top to bottom."""

    def __init__(self, sheet: StyleSheet, width_mm: float, height_mm: float) -> None:
        self._style = sheet.styles["chart"] if "chart" in sheet.styles else sheet.styles["cell"]
        self._width = width_mm
        self._line = self._style.leading.mm
        self._bars = height_mm
        self.height = height_mm + 3 * self._line

    def chart(self, series: _Series, left: float) -> Iterator[Shape]:
        """Yield the shapes of one chart whose left edge is at `left`."""
        yield self._label(series.name, left, 0.0, self._width, Align.START)
        bottom = 2 * self._line + self._bars
        yield Stroke(*_box(left, bottom, left + self._width, bottom), _AXIS)
        step = self._width / max(len(series.years), 1)
        for number, year in enumerate(series.years):
            newest = number == len(series.years) - 1
            yield from self._year(year, series.top, left + number * step, step, newest=newest)

    def _year(self, year: _Year, top: Decimal, left: float, step: float, *, newest: bool) -> Iterator[Shape]:
        bottom = 2 * self._line + self._bars
        inset = step * (1 - _BAR) / 2
        yield self._label(year.label, left, bottom, step, Align.CENTER)
        if year.actual is not None:
            height = float(year.actual / top) * self._bars
            tint = _NEWEST_TINT if newest else _TINT
            yield Area(*_box(left + inset, bottom - height, step - 2 * inset, height), tint)
        shown = float(max(year.actual or 0, year.target or 0) / top) * self._bars
        yield self._label(year.actual_text, left, bottom - shown - self._line, step, Align.CENTER)
        if year.target is not None:
            y = bottom - float(year.target / top) * self._bars
            yield Stroke(*_box(left + inset / 2, y, left + step - inset / 2, y), _TARGET)

    def _label(self, text: str, left: float, top: float, width: float, align: Align) -> Label:
        paragraph = Paragraph((Run(text),), self._style, align)
        return Label(paragraph, Length.of_mm(left), Length.of_mm(top), Length.of_mm(width))


def _box(*values: float) -> tuple[Length, Length, Length, Length]:
    """Tell four millimetre values as lengths."""
    first, second, third, fourth = (Length.of_mm(value) for value in values)
    return first, second, third, fourth

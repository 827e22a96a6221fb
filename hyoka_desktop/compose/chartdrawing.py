"""Draw an achievement over the years: as a chart of bars with a line at each target, or as a line of a list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from hyoka_desktop.document.length import Length
from hyoka_desktop.document.model import Align, Area, Label, Paragraph, Run, Stroke, Style
from hyoka_desktop.text.markers import width_in_em

_BAR = 0.56
_TINT = 0.72
_NEWEST_TINT = 0.45
_AXIS = Length.of_pt(0.5)
_TARGET = Length.of_pt(1.5)
_NAME_LINES = 3
_LOOSE = 1.1
"""Lines of a name are not filled to the end."""
_SPACE_BELOW = 0.4
"""Of a line, under the years."""
_NAME_SHARE = 0.56
"""Of the width of a line of the list: the name; the years have the rest."""
_NEWEST_SHARE = 2
"""The newest year has so many times the width of another, since its target stands there too."""
_ZERO = Decimal(0)

Shape = Area | Stroke | Label


@dataclass(frozen=True, slots=True)
class YearOfSeries:
    """Hold one year of an achievement: its label, the texts as written, and the numbers in them."""

    label: str
    actual_text: str
    target_text: str
    actual: Decimal | None
    target: Decimal | None

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """Tell the numbers of the year."""
        return tuple(number for number in (self.actual, self.target) if number is not None)


@dataclass(frozen=True, slots=True)
class Series:
    """Hold one achievement over the years with its whole name."""

    name: str
    years: tuple[YearOfSeries, ...]

    @property
    def has_values(self) -> bool:
        """Tell whether anything is written in any year."""
        return any(year.actual_text or year.target_text for year in self.years)

    @property
    def highest(self) -> Decimal:
        """Tell the largest number, at least zero, where the bars begin."""
        return max((number for year in self.years for number in year.numbers), default=_ZERO).max(_ZERO)

    @property
    def lowest(self) -> Decimal:
        """Tell the smallest number, at most zero, where the bars begin."""
        return min((number for year in self.years for number in year.numbers), default=_ZERO).min(_ZERO)


class ChartDrawing:
    """Draw charts of one size: name, value, bar, zero line and year, from top to bottom.

    Charts beside each other have as many lines for their names as the longest needs, at most three.
    """

    def __init__(self, style: Style, width_mm: float, bars_mm: float, beside: Sequence[Series]) -> None:
        self._style = style
        self._width = width_mm
        self._line = style.leading.mm
        longest = max((width_in_em(series.name) for series in beside), default=0.0) * style.size.mm
        self._name_lines = 1 if longest <= width_mm else min(ceil(longest * _LOOSE / width_mm), _NAME_LINES)
        self._top = (self._name_lines + 1) * self._line
        self._bars = bars_mm
        self.height = self._top + bars_mm + (1 + _SPACE_BELOW) * self._line

    def shapes(self, series: Series, left: float) -> Iterator[Shape]:
        """Yield the shapes of one chart whose left edge is at `left`."""
        yield _label(series.name, self._style, (left, 0.0, self._width), Align.START, self._name_lines)
        zero = self._level(series, _ZERO)
        yield Stroke(*_box(left, zero, left + self._width, zero), _AXIS)
        step = self._width / max(len(series.years), 1)
        for number, year in enumerate(series.years):
            tint = _NEWEST_TINT if number == len(series.years) - 1 else _TINT
            yield from self._year(series, year, (left + number * step, step), tint)

    def _year(self, series: Series, year: YearOfSeries, place: tuple[float, float], tint: float) -> Iterator[Shape]:
        left, step = place
        inset = step * (1 - _BAR) / 2
        yield _label(year.label, self._style, (left, self._top + self._bars, step), Align.CENTER)
        zero = self._level(series, _ZERO)
        if year.actual is not None:
            end = self._level(series, year.actual)
            yield Area(*_box(left + inset, min(zero, end), step - 2 * inset, abs(zero - end)), tint)
        above = self._level(series, max((_ZERO, *year.numbers))) - self._line
        yield _label(year.actual_text, self._style, (left, above, step), Align.CENTER)
        if year.target is not None:
            y = self._level(series, year.target)
            yield Stroke(*_box(left + inset / 2, y, left + step - inset / 2, y), _TARGET)

    def _level(self, series: Series, number: Decimal) -> float:
        """Tell how far down a number stands."""
        span = series.highest - series.lowest
        share = (series.highest - number) / span if span else Decimal(1)
        return self._top + float(share) * self._bars


class ListDrawing:
    """Write achievements in a line each: the name, and what was reached in each year, with the newest target."""

    def __init__(self, style: Style, width_mm: float) -> None:
        self._style = style
        self._width = width_mm
        self.height = style.leading.mm

    def shapes(self, series: Series, left: float) -> Iterator[Shape]:
        """Yield the labels of one line whose left edge is at `left`."""
        name = self._width * _NAME_SHARE
        yield _label(series.name, self._style, (left, 0.0, name), Align.START)
        step = (self._width - name) / max(len(series.years) - 1 + _NEWEST_SHARE, 1)
        for number, year in enumerate(series.years):
            newest = number == len(series.years) - 1
            place = (left + name + number * step, 0.0, step * (_NEWEST_SHARE if newest else 1))
            target = f" ({year.target_text})" if newest and year.target_text else ""
            yield _label(f"{year.label} {year.actual_text or '-'}{target}", self._style, place, Align.START)


def _label(text: str, style: Style, place: tuple[float, float, float], align: Align, lines: int = 1) -> Label:
    left, top, width = (Length.of_mm(value) for value in place)
    return Label(Paragraph((Run(text),), style, align), left, top, width, lines)


def _box(*values: float) -> tuple[Length, Length, Length, Length]:
    """Tell four millimetre values as lengths."""
    first, second, third, fourth = (Length.of_mm(value) for value in values)
    return first, second, third, fourth

"""Tell the achievements of an item over the years, and have them drawn as small charts or in lines."""

from collections.abc import Iterator
from decimal import Decimal

from hyoka_desktop.compose.chartdrawing import ChartDrawing, ListDrawing, Series, YearOfSeries
from hyoka_desktop.compose.expansion import Context, years_of_period
from hyoka_desktop.compose.styles import StyleSheet
from hyoka_desktop.document.length import Length
from hyoka_desktop.document.model import Align, Figure, Paragraph, Run
from hyoka_desktop.domain import era, fields
from hyoka_desktop.domain.quantity import parse_quantity
from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.formdef.model import ChartsBlock

_GAP_MM = 4.0
_OF_INDICATOR = "："


def compose_charts(block: ChartsBlock, context: Context, sheet: StyleSheet) -> Iterator[Figure]:
    """Yield a figure for each row of charts; an achievement without any value has none.

    Where the sheet asks for a list, each figure is a line of it.
    """
    series = [one for one in _all_series(context) if one.has_values]
    columns = _columns(block, len(series), sheet)
    width = (sheet.page.text_width.mm - (columns - 1) * _GAP_MM) / columns
    style = sheet.styles["chart"] if "chart" in sheet.styles else sheet.styles["cell"]
    for start in range(0, len(series), columns):
        beside = series[start : start + columns]
        drawing: ChartDrawing | ListDrawing = ListDrawing(style, width)
        if not sheet.charts.as_list:
            drawing = ChartDrawing(style, width, block.height_mm * sheet.fit * sheet.charts.height, beside)
        shapes = [shape for n, one in enumerate(beside) for shape in drawing.shapes(one, n * (width + _GAP_MM))]
        description = tuple(Paragraph((Run(_spoken(one)),), sheet.styles["cell"], Align.START) for one in beside)
        yield Figure(Length.of_mm(drawing.height), tuple(shapes), description)


def _columns(block: ChartsBlock, charts: int, sheet: StyleSheet) -> int:
    """Tell how many stand beside each other; charts that all stand in one row have no need to be narrower."""
    if sheet.charts.as_list:
        return round(sheet.charts.beside)
    return block.columns if charts <= block.columns else round(block.columns * sheet.charts.beside)


def _all_series(context: Context) -> Iterator[Series]:
    for row in context.children(NodeKind.ROW):
        for indicator in row.children(NodeKind.INDICATOR):
            for achievement in indicator.children(NodeKind.ACHIEVEMENT):
                yield Series(_name(indicator, achievement), tuple(_years(achievement)))


def _name(indicator: Context, achievement: Context) -> str:
    """Tell what an achievement is called: by its indicator, and by its own name where it has one."""
    names = (_first_text(indicator, NodeKind.INDICATOR), _first_text(achievement, NodeKind.ACHIEVEMENT))
    return _OF_INDICATOR.join(name for name in names if name)


def _first_text(context: Context, kind: NodeKind) -> str:
    """Tell what a node is called: its first field."""
    fields_here = context.form.fields_on(kind)
    return " ".join(context.value(fields_here[0].id).split("\n")) if fields_here else ""


def _years(achievement: Context) -> Iterator[YearOfSeries]:
    for year in years_of_period(achievement.view):
        if year <= achievement.view.year:
            here = achievement.in_column(year)
            actual, target = here.value(fields.ACTUAL), here.value(fields.TARGET)
            yield YearOfSeries(era.format_short_fiscal_year(year), actual, target, _number(actual), _number(target))


def _number(text: str) -> Decimal | None:
    quantity = parse_quantity(text)
    return None if quantity is None else quantity.number


def _spoken(series: Series) -> str:
    values = " / ".join(
        f"{year.label} {year.actual_text or '-'}" + (f" ({year.target_text})" if year.target_text else "")
        for year in series.years
    )
    return f"{series.name} {values}"

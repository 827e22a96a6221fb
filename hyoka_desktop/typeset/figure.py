"""Place a figure on a page: its areas, lines and labels become tints, rules and texts like any others."""

from hyoka_desktop.document.model import Area, Figure, Label, Stroke
from hyoka_desktop.typeset.frames import Element, Fill, PageFrame, Rule
from hyoka_desktop.typeset.paragraph import LineBreaker


def place_figure(
    figure: Figure, breaker: LineBreaker, page: PageFrame, left: float, top: float, element: Element
) -> None:
    """Draw a figure as an element, its top left corner given in points; a label too long for its width is cut short."""
    for shape in figure.shapes:
        match shape:
            case Area(x, y, width, height, tint):
                page.fills.append(Fill(left + x.pt, top + y.pt, width.pt, height.pt, tint))
            case Stroke(x0, y0, x1, y1, thickness):
                page.rules.append(Rule(left + x0.pt, top + y0.pt, left + x1.pt, top + y1.pt, thickness.pt))
            case Label(paragraph, x, y, width):
                line = breaker.lines(paragraph, width.pt)[0]
                breaker.place(page, line, left + x.pt, top + y.pt, width.pt, element)

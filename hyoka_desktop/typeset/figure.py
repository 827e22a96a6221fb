"""Place a figure on a page: its areas, lines and labels become tints, rules and texts like any others."""

from hyoka_desktop.document.model import Area, Figure, Label, Stroke
from hyoka_desktop.typeset.frames import Element, Fill, PageFrame, Rule
from hyoka_desktop.typeset.paragraph import LineBreaker

_ROOM = 2.0
"""Between labels that stand beside each other, in points."""


def place_figure(
    figure: Figure, breaker: LineBreaker, page: PageFrame, left: float, top: float, element: Element
) -> None:
    """Draw a figure from its top left corner in points; a label too long for its width is set smaller."""
    for shape in figure.shapes:
        match shape:
            case Area(x, y, width, height, tint):
                page.fills.append(Fill(left + x.pt, top + y.pt, width.pt, height.pt, tint))
            case Stroke(x0, y0, x1, y1, thickness):
                page.rules.append(Rule(left + x0.pt, top + y0.pt, left + x1.pt, top + y1.pt, thickness.pt))
            case Label(paragraph, x, y, width, most):
                for number, line in enumerate(breaker.fitting_lines(paragraph, width.pt - _ROOM, most)):
                    y_of_line = top + y.pt + number * paragraph.style.leading.pt
                    breaker.place(page, line, left + x.pt, y_of_line, width.pt, element)

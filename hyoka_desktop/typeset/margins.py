"""Place what stands in the margins of every page: date, stamp and marking above, the page number below."""

from hyoka_desktop.document.model import Align, Document, PageMark
from hyoka_desktop.typeset.frames import PageFrame, Rule, Text
from hyoka_desktop.typeset.paragraph import LineBreaker

_ROOM = 4.0
"""Between the marks and the text, in points; also between a stamp and its box."""
_BOX = 1.0


def page_head(document: Document, breaker: LineBreaker) -> PageFrame:
    """Set the marks of a document once: they are the same on every page."""
    head = PageFrame(None)
    for mark in document.head:
        _place(mark, document, breaker, head)
    return head


def page_foot(document: Document, breaker: LineBreaker, number: int) -> Text:
    """Set the number of a page, in the middle of the margin below."""
    style, page = document.page_number_style, document.page
    line = breaker.single_line(document.page_number.replace("{page}", str(number)), style)
    top = page.height.pt - page.bottom.pt / 2 - style.leading.pt / 2
    foot = PageFrame(None)
    breaker.place(foot, line, page.left.pt, top, page.text_width.pt)
    return foot.texts[0]


def _place(mark: PageMark, document: Document, breaker: LineBreaker, head: PageFrame) -> None:
    page = document.page
    line = breaker.fitting_line(mark.paragraph, page.text_width.pt / len(document.head) - 4 * _ROOM)
    style = line.style
    width = line.width + (2 * _ROOM if mark.boxed else 0.0)
    room = page.text_width.pt - width
    share = {Align.CENTER: 0.5, Align.END: 1.0}.get(mark.paragraph.align, 0.0)
    left = page.left.pt + room * share
    top = page.top.pt - style.leading.pt - _ROOM
    if not mark.boxed:
        breaker.place(head, line, left, top, line.width)
        return
    breaker.place(head, line, left + _ROOM, top, line.width)
    right, bottom = left + width, top + style.leading.pt
    for x0, y0, x1, y1 in (
        (left, top, right, top),
        (left, bottom, right, bottom),
        (left, top, left, bottom),
        (right, top, right, bottom),
    ):
        head.rules.append(Rule(x0, y0, x1, y1, _BOX))

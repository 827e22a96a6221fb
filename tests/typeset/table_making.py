"""Make tables and documents directly from the nodes of the model, and read frames back by the source of their lines."""

from collections import defaultdict

from hypothesis import strategies as st

from hyoka_desktop.document.length import Length
from hyoka_desktop.document.model import (
    Align,
    Cell,
    Document,
    Font,
    Page,
    Paragraph,
    Row,
    Run,
    Section,
    Style,
    Table,
    TableStyle,
)

FONT = Font("BIZUDMincho-Regular.ttf", "ＭＳ 明朝", "")
ZERO = Length(0)
LEADING = 14.0
PADDING = 2.0
STYLE = Style("cell", FONT, Length.of_pt(10), Length.of_pt(LEADING), Align.START, ZERO, ZERO, ZERO)
LOOK = TableStyle(
    Length.of_pt(1.8), Length.of_pt(PADDING), Length.of_pt(0.5), 0.93, Length.of_pt(LEADING), Length.of_pt(6)
)
PAPER = Page(*(Length.of_mm(mm) for mm in (297, 210, 17, 17, 15, 15)))
LINES_OF_A_PAGE = int((PAPER.text_height.pt - 2 * PADDING) // LEADING)
EM = 10.0
MM = 72 / 25.4


def paragraphs(text, source, *, align=Align.START):
    """Make the paragraphs of a text, one for each of its lines."""
    return tuple(Paragraph((Run(line),), STYLE, align, source) for line in text.split("\n"))


def cell(row, column, text, *, colspan=1, rowspan=1, label=False):
    """Make a cell whose lines know their row and column."""
    source = (row, column)
    align = Align.CENTER if label else Align.START
    return Cell(column, colspan, rowspan, paragraphs(text, source, align=align), label, source)


def table(rows, widths=(60.0, 60.0, 60.0), headers=0, title="表"):
    """Make a table of rows of cells."""
    made = tuple(Row(tuple(cells), header=index < headers) for index, cells in enumerate(rows))
    return Table(title, tuple(Length.of_mm(width) for width in widths), made, LOOK)


def document_of(*blocks, page=PAPER):
    """Make a document of one numbered section."""
    return Document("題", "者", page, {"cell": STYLE}, "- {page} -", STYLE, (Section("s", blocks, numbered=True),))


def full_page_text(pages, column_mm=60.0):
    """Tell a text that fills a column of the page so many times over."""
    characters = int((column_mm * MM - 3.6) // EM)
    line = "評価業務実績令和年度計画目標達成国民支援機構情報永" * 4
    return "".join(line[:characters] for _ in range(int(pages * LINES_OF_A_PAGE)))


def lines_by_source(layout, *, artifacts=False):
    """Tell the lines of each source in order as (page, line)."""
    found = defaultdict(list)
    for number, page in enumerate(layout.pages):
        texts = [text for text in page.texts if isinstance(text.source, tuple) and (text.element is None) is artifacts]
        for text in sorted(texts, key=lambda text: (text.baseline, text.x)):
            found[text.source].append((number, text))
    return found


@st.composite
def random_tables(draw):
    """Tell a table with merged cells and at most two header rows, its texts from nothing to several pages."""
    widths = draw(st.lists(st.sampled_from([20.0, 30.0, 50.0, 60.0]), min_size=1, max_size=4))
    headers = draw(st.integers(0, 2))
    count = draw(st.integers(1, 8))
    taken = set()
    rows = []
    for row in range(headers + count):
        last = headers if row < headers else headers + count
        cells = []
        column = 0
        while column < len(widths):
            if (row, column) in taken:
                column += 1
                continue
            free = next((c for c in range(column, len(widths)) if (row, c) in taken), len(widths)) - column
            colspan = draw(st.integers(1, free))
            rowspan = min(draw(st.sampled_from([1, 1, 1, 2, 3, 9])), last - row)
            taken |= {(r, c) for r in range(row, row + rowspan) for c in range(column, column + colspan)}
            text = draw(_header_texts if row < headers else _texts)
            cells.append(cell(row, column, text, colspan=colspan, rowspan=rowspan, label=draw(st.booleans())))
            column += colspan
        rows.append(cells)
    return table(rows, widths, headers)


_KANJI = "評価業務実績令和年度計画目標"
_header_texts = st.text(_KANJI, max_size=20)
_texts = st.one_of(
    st.text(_KANJI, max_size=30),
    st.text(_KANJI + "、。「」12A ", max_size=60),
    st.tuples(st.integers(50, 1500), st.text(_KANJI, min_size=5, max_size=9)).map(lambda t: (t[1] * 300)[: t[0]]),
    st.lists(st.text(_KANJI, max_size=40), max_size=12).map("\n".join),
)

"""Make documents of small tables, and texts that a spreadsheet would take for something else."""

from dataclasses import replace

from hyoka_desktop.document.length import Length
from hyoka_desktop.document.model import Align, Cell, Paragraph, Row, Run, Section, Table

FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    '=HYPERLINK("http://x","y")',
    "=cmd|'/C calc'!A0",
    "\t=1+1",
    "＝1+1",
    "'quoted",
    "-",
    "+",
    "=",
    "- 箇条",
)
ODD_TEXTS = (
    "#N/A",
    "#REF!",
    "TRUE",
    "1e5",
    "1E5",
    "1/2",
    "4-1",
    "1-1-4-1",
    "令和6年4月1日",
    "12:30",
    "95%",
    "¥100",
    "(1)",
    "007",
    "00",
    "-0",
    "-0.0",
    "+5",
    "１２",
    "１，２３４",
    "1,23",
    "12,34",
    ",123",
    "1,2345",
    "1.",
    ".5",
    "1.2.3",
    "١٢",
    "1234567890123456",
    "0.1234567890123456",
    " 12",
    "12 ",
    "12\n",
    "1 2",
    "12人",
    "−5",
    "▲5",
    "",
    "\n",
    " ",
    "\t",
    "<b>&amp;</b>",
    "]]>",
    "_x0041_",
    "_x000D_",
    "_x005F_x0041_",
    "_x12_",
    "𠮟る",
    "葛󠄀城",
    "a\n\nb",
    " 前後 ",
)
NUMBERS = {
    "0": 0,
    "5": 5,
    "2024": 2024,
    "-5": -5,
    "1,234": 1234,
    "-12,345,678": -12345678,
    "123456789012345": 123456789012345,
    "0.5": 0.5,
    "1.10": 1.1,
    "-0.05": -0.05,
    "1,234.50": 1234.5,
    "0.0": 0,
}


def table_of(document, rows, title="表", headers=0, widths=(60, 60)):
    """Make a table of texts under the styles of a document."""
    style = document.styles["cell"]
    made = [
        Row(tuple(cell_of(style, column, text) for column, text in enumerate(row)), header=index < headers)
        for index, row in enumerate(rows)
    ]
    look = next(block for section in document.sections for block in section.blocks if isinstance(block, Table)).style
    return Table(title, tuple(Length.of_mm(width) for width in widths), tuple(made), look)


def cell_of(style, column, text, colspan=1, rowspan=1):
    paragraphs = tuple(Paragraph((Run(line),), style, Align.START) for line in text.split("\n"))
    return Cell(column, colspan, rowspan, paragraphs)


def document_of(document, *blocks):
    return replace(document, sections=(Section("s", blocks, numbered=True),))

"""Write a block of cells for the clipboard, and read one, as spreadsheets do.

Excel reads a pasted text as if it had been typed: `=` begins a formula, `1-2` becomes a day, `007` loses its zeros.
So two flavours go out. The HTML one, which Excel prefers, marks such cells as text. In the plain one, tab-separated, a
text that would be a formula gets an apostrophe in front, which is taken off again when it is read here. Numbers with a
sign stay numbers.
"""

import re
from collections.abc import Sequence
from html import escape
from typing import Final

Block = Sequence[Sequence[str]]

_QUOTED: Final = re.compile('["\t\r\n]')
_FORMULA: Final = re.compile(r"'*[=+\-@＝＋－＠]")
_GUARDED: Final = re.compile(r"'+[=+\-@＝＋－＠]")
_NUMBER: Final = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?", re.ASCII)
_PLAIN_NUMBER: Final = re.compile(r"-?(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,14})(?:\.\d+)?%?", re.ASCII)
_PARTS: Final = re.compile(r'"((?:[^"]|"")*)"(?=[\t\r\n]|\Z)|([^\t\r\n]*)')
_END: Final = re.compile(r"\t|\r\n|\r|\n|\Z")


def write_cells(block: Block) -> str:
    """Write a block tab-separated; a cell with a tab, a line end or a quote is quoted."""
    return "\r\n".join("\t".join(_quoted(_guarded(cell)) for cell in row) for row in block)


def write_html_cells(block: Block) -> str:
    """Write a block as a table in which whatever is no plain number is marked as text."""
    rows = "".join(f"<tr>{''.join(map(_html_cell, row))}</tr>" for row in block)
    return f'<html><head><meta charset="utf-8"></head><body><table>{rows}</table></body></html>'


def read_cells(text: str) -> list[list[str]]:
    """Read tab-separated cells, as Excel puts them on the clipboard; the line end behind the last row is none."""
    rows: list[list[str]] = [[]]
    place = 0
    while True:
        found = _PARTS.match(text, place)
        assert found is not None, "an empty cell is one too"
        quoted = found[1]
        rows[-1].append(_unguarded(quoted.replace('""', '"') if quoted is not None else found[2]))
        end = _END.match(text, found.end())
        assert end is not None, "a cell ends at one of these"
        place = end.end()
        if not end[0] or (end[0] != "\t" and place == len(text)):
            return rows
        if end[0] != "\t":
            rows.append([])


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell


def _guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell


def _html_cell(cell: str) -> str:
    if _PLAIN_NUMBER.fullmatch(cell):
        return f"<td>{cell}</td>"
    lines = escape(cell).replace("\n", '<br style="mso-data-placement:same-cell">')
    return f"<td style='mso-number-format:\"\\@\"'>{lines}</td>"

"""Read the cells of a workbook (.xlsx) from outside as people see them; formulas by their last result.

Nothing is calculated, followed or carried out. Source: ECMA-376 Part 1, 18.3 (sheets), 18.4 (shared strings).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element

from hyoka_desktop.errors import InputError
from hyoka_desktop.exchange.number_formats import is_day, shown_number
from hyoka_desktop.exchange.package_guard import Package, open_package
from hyoka_desktop.exchange.package_parts import Relations, main_part, parts_of_kind, relations_of

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_PLACE = re.compile("([A-Z]{1,3})([0-9]{1,7})")
_LARGEST_EXPONENT: Final = 308


class CellFault(StrEnum):
    """Say why a cell has no text to take."""

    UNCALCULATED = "uncalculated"
    ERROR = "error"
    DAY = "day"


_FAULTS: Final = {"e": CellFault.ERROR, "d": CellFault.DAY}
_MOST_DIGITS: Final = 9
"""Of a number that counts something in the package."""


@dataclass(frozen=True, slots=True)
class ReadCell:
    """Hold the text of a cell as it is shown, or why there is none."""

    text: str
    fault: CellFault | None = None


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """Hold the cells of a sheet that are not empty, by row and column from 1."""

    name: str
    cells: Mapping[tuple[int, int], ReadCell]

    def text(self, row: int, column: int) -> str:
        """Tell the text of a cell, empty where there is none."""
        cell = self.cells.get((row, column))
        return cell.text if cell is not None else ""


def read_workbook(path: Path) -> Sequence[ReadSheet]:
    """Read all sheets; InputError says why a file cannot be taken."""
    package = open_package(path)
    main = main_part(package)
    if main is None:
        raise InputError("package_not_a_workbook", path=str(path))
    workbook = package.xml(main)
    parts = relations_of(package, main)
    strings = [_string(item) for item in _optional(package, parts, "sharedStrings", "{*}si")]
    formats = _formats(package, parts)
    return [
        ReadSheet(sheet.get("name", ""), _cells(package.xml(parts[key][1]), strings, formats))
        for sheet in workbook.iterfind("{*}sheets/{*}sheet")
        if (key := _relation(sheet)) in parts and parts[key][0] == "worksheet"
    ]


_Formats = Sequence[tuple[int, str | None]]


def _relation(sheet: Element) -> str:
    return next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")


def _optional(package: Package, parts: Relations, kind: str, path: str) -> list[Element]:
    target = next(parts_of_kind(package, parts, kind), None)
    return [] if target is None else package.xml(target).findall(path)


def _formats(package: Package, parts: Relations) -> _Formats:
    """Tell number and code of the format of each style of cells."""
    codes = {
        _number(entry.get("numFmtId")): entry.get("formatCode", "")
        for entry in _optional(package, parts, "styles", "{*}numFmts/{*}numFmt")
    }
    styles = _optional(package, parts, "styles", "{*}cellXfs/{*}xf")
    numbers = [_number(style.get("numFmtId")) for style in styles]
    return [(number, codes.get(number)) for number in numbers]


def _cells(sheet: Element, strings: Sequence[str], formats: _Formats) -> dict[tuple[int, int], ReadCell]:
    cells: dict[tuple[int, int], ReadCell] = {}
    row_number = 0
    for row in sheet.iterfind("{*}sheetData/{*}row"):
        row_number = _number(row.get("r")) or row_number + 1
        column = 0
        for cell in row.iterfind("{*}c"):
            place = _PLACE.fullmatch(cell.get("r", ""))
            column = _column(place[1]) if place is not None else column + 1
            read = _cell(cell, strings, formats)
            if read is not None:
                cells[row_number, column] = read
    return cells


def _cell(cell: Element, strings: Sequence[str], formats: _Formats) -> ReadCell | None:
    """Read a cell; None where it holds nothing."""
    kind, value, is_formula = cell.get("t", "n"), cell.findtext("{*}v"), cell.find("{*}f") is not None
    if kind == "inlineStr":
        inline = cell.find("{*}is")
        return ReadCell(_string(inline)) if inline is not None else None
    if value is None or (not value and kind == "n"):
        return ReadCell("", CellFault.UNCALCULATED) if is_formula else None
    return _valued(kind, value, strings, formats, _number(cell.get("s")))


def _valued(kind: str, value: str, strings: Sequence[str], formats: _Formats, style: int) -> ReadCell:
    if kind == "s":
        number = _number(value)
        return ReadCell(strings[number]) if number < len(strings) else ReadCell("", CellFault.ERROR)
    if kind == "b":
        return ReadCell("TRUE" if value == "1" else "FALSE")
    if kind in _FAULTS:
        return ReadCell(value, _FAULTS[kind])
    return ReadCell(_unescaped(value)) if kind == "str" else _number_cell(value, formats, style)


def _number_cell(value: str, formats: _Formats, style: int) -> ReadCell:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return ReadCell(value, CellFault.ERROR)
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST_EXPONENT:
        return ReadCell(value, CellFault.ERROR)
    number_id, code = formats[style] if style < len(formats) else (0, None)
    if is_day(code, number_id):
        return ReadCell(value, CellFault.DAY)
    return ReadCell(shown_number(number, code, number_id))


def _string(item: Element) -> str:
    """Tell the text of a string, without the reading that stands over it (ふりがな)."""
    parts = [*item.iterfind("{*}t"), *item.iterfind("{*}r/{*}t")]
    return "".join(_unescaped(part.text or "") for part in parts)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _number(text: str | None) -> int:
    whole = text is not None and text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if whole and text is not None else 0


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number

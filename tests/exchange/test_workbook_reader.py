"""Workbooks from outside: read as people see them, and refused where they are not to be trusted."""

import io
import zipfile
from decimal import Decimal

import pytest
from openpyxl import Workbook

from hyoka_desktop.errors import InputError, WorldError
from hyoka_desktop.exchange import package_guard
from hyoka_desktop.exchange.number_formats import is_day, shown_number
from hyoka_desktop.exchange.workbook_reader import CellFault, ReadCell, read_workbook

_TYPES = "http://schemas.openxmlformats.org"
_RELATIONS = (
    '<Relationships xmlns="{0}/package/2006/relationships"><Relationship Id="a" Type="{0}/x/{1}" Target="{2}"/>'
    "{3}</Relationships>"
)
_SHEET = f'<worksheet xmlns="{_TYPES}/spreadsheetml/2006/main"><sheetData>{{}}</sheetData></worksheet>'


def _parts(rows: str, strings: str = "") -> dict[str, bytes | str]:
    more = f'<Relationship Id="s" Type="{_TYPES}/x/sharedStrings" Target="/xl/strings.xml"/>' if strings else ""
    return {
        "_rels/.rels": _RELATIONS.format(_TYPES, "officeDocument", "xl/workbook.xml", ""),
        "xl/workbook.xml": f'<workbook xmlns="{_TYPES}/x" xmlns:r="{_TYPES}/r"><sheets>'
        '<sheet name="表" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _RELATIONS.format(_TYPES, "worksheet", "sheets/one.xml", more),
        "xl/sheets/one.xml": _SHEET.format(rows),
        **({"xl/strings.xml": f"<sst>{strings}</sst>"} if strings else {}),
    }


@pytest.fixture
def packed(tmp_path):
    def pack(parts: dict[str, bytes | str]):
        path = tmp_path / "外.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in parts.items():
                package.writestr(name, content)
        return path

    return pack


def _cells(path) -> dict[tuple[int, int], ReadCell]:
    return dict(read_workbook(path)[0].cells)


def test_cells_of_every_kind_are_read(packed) -> None:
    path = packed(
        _parts(
            '<row r="2"><c r="B2" t="s"><v>1</v></c><c t="str"><f>A1</f><v>計</v></c><c r="E2" t="b"><v>1</v></c></row>'
            '<row><c t="inlineStr"><is><t>一_x000A_二</t></is></c><c><v>12.5</v></c><c t="e"><v>#N/A</v></c>'
            '<c><f>1+1</f></c><c t="d"><v>2024-06-28</v></c><c><f>SUM(A1)</f><v>7</v></c><c s="4"/></row>',
            "<si><t>零</t></si><si><r><t>漢</t></r><r><t>字</t></r><rPh><t>カンジ</t></rPh></si>",
        )
    )
    assert _cells(path) == {
        (2, 2): ReadCell("漢字"),
        (2, 3): ReadCell("計"),
        (2, 5): ReadCell("TRUE"),
        (3, 1): ReadCell("一\n二"),
        (3, 2): ReadCell("12.5"),
        (3, 3): ReadCell("#N/A", CellFault.ERROR),
        (3, 4): ReadCell("", CellFault.UNCALCULATED),
        (3, 5): ReadCell("2024-06-28", CellFault.DAY),
        (3, 6): ReadCell("7"),
    }


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        ("0.95", "0%", "95%"), ("0.9995", "0.0%", "100.0%"), ("1234567", "#,##0", "1,234,567"),
        ("1234.5", '#,##0"千円"', "1,235千円"), ("-3", '#,##0;"▲"#,##0', "▲3"), ("-1234", "#,##0;[赤]△#,##0", "△1,234"),
        ("-3", "0.0", "-3.0"), ("1234567", '#,##0,"千円"', "1,235千円"), ("7", "000", "007"), ("0.5", "0.##", "0.5"),
        ("12", "@", "12"), ("12.30", "General", "12.3"), ("-0.4", "0", "0"), ("0.30000000000000004", "General", "0.3"),
        ("5", '"約"0"件"', "約5件"), ("1E+20", "General", "100000000000000000000"), ("-0.05", "0%;▲0%", "▲5%"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_its_format_shows_it(number: str, code: str, shown: str) -> None:
    assert shown_number(Decimal(number), code, 164) == shown


@pytest.mark.parametrize(("number_id", "shown"), [(0, "0.95"), (9, "95%"), (10, "95.00%"), (2, "0.95"), (99, "0.95")])
def test_the_formats_that_every_workbook_knows_need_no_code(number_id: int, shown: str) -> None:
    assert shown_number(Decimal("0.95"), None, number_id) == shown


@pytest.mark.parametrize(
    ("number_id", "shown"),
    [(1, "-1235"), (2, "-1234.57"), (3, "-1,235"), (4, "-1,234.57"), (37, "-1,235"), (38, "-1,235"),
     (39, "-1,234.57"), (40, "-1,234.57"), (41, "-1234.567")],
)  # fmt: skip
def test_a_number_below_nought_is_shown_by_those_formats_too(number_id: int, shown: str) -> None:
    assert shown_number(Decimal("-1234.567"), None, number_id) == shown


@pytest.mark.parametrize(
    ("code", "number_id", "day"),
    [("yyyy/m/d", 164, True), ('[$-411]ggge"年"m"月"', 164, True), (None, 14, True), (None, 57, True),
     ('0"yen"', 164, False), ("#,##0;[Red]0", 164, False), (None, 3, False), ("General", 0, False),
     ("h:mm", 164, True)],
)  # fmt: skip
def test_days_are_told_from_numbers(code: str | None, number_id: int, day: bool) -> None:
    assert is_day(code, number_id) is day


def test_a_workbook_of_openpyxl_is_read_with_its_formats(tmp_path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    sheet["A1"], sheet["B1"], sheet["C1"] = 0.95, "=A1*2", "文"
    sheet["A1"].number_format = "0%"
    workbook.save(tmp_path / "表.xlsx")
    assert _cells(tmp_path / "表.xlsx") == {
        (1, 1): ReadCell("95%"), (1, 2): ReadCell("", CellFault.UNCALCULATED), (1, 3): ReadCell("文"),
    }  # fmt: skip


def _refusal(path) -> str:
    with pytest.raises((InputError, WorldError)) as caught:
        read_workbook(path)
    return caught.value.code


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "package_damaged"), (b"PK\x03\x04xx", "package_damaged"), (b"a,b\n", "package_damaged"),
     (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "package_old_or_locked")],
)  # fmt: skip
def test_what_is_no_package_is_refused(tmp_path, content: bytes, code: str) -> None:
    path = tmp_path / "外.xlsx"
    path.write_bytes(content)
    assert _refusal(path) == code


_BOMB = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>'
_HOSTILE = {
    "macros": ({"xl/vbaProject.bin": b"x"}, "package_macros"),
    "a document type": ({"xl/sheets/one.xml": _BOMB + _SHEET.format("")}, "package_document_type"),
    "a document type in UTF-16": (
        {"xl/sheets/one.xml": ('<?xml version="1.0" encoding="UTF-16"?>' + _BOMB + "<a/>").encode("utf-16")},
        "package_document_type",
    ),
    "an encoding that hides": (
        {"xl/sheets/one.xml": b'<?xml version="1.0" encoding="utf-7"?>+ADw-a/+AD4-'}, "package_damaged"
    ),
    "broken XML": ({"xl/sheets/one.xml": "<worksheet><row>"}, "package_damaged"),
    "no sheet at its place": ({"xl/_rels/workbook.xml.rels": _RELATIONS.format(_TYPES, "worksheet", "x.xml", "")},
                              "package_damaged"),
    "no workbook": ({"_rels/.rels": _RELATIONS.format(_TYPES, "thumbnail", "xl/workbook.xml", "")},
                    "package_not_a_workbook"),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "code"), _HOSTILE.values(), ids=_HOSTILE)
def test_a_package_that_is_not_to_be_trusted_is_refused(packed, parts, code: str) -> None:
    assert _refusal(packed({**_parts(""), **parts})) == code


def test_a_package_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(packed, monkeypatch) -> None:
    monkeypatch.setattr(package_guard, "LARGEST_CONTENT", 900_000)
    path = packed({**_parts(""), "xl/sheets/one.xml": b" " * 900_001})
    assert path.stat().st_size < package_guard.LARGEST_FILE
    assert _refusal(path) == "package_too_large"


def test_a_part_that_lies_about_its_size_is_not_unpacked_beyond_it(packed, tmp_path) -> None:
    content = packed({**_parts(""), "xl/sheets/one.xml": b" " * 5_000_000}).read_bytes()
    size = (5_000_000).to_bytes(4, "little")
    path = tmp_path / "偽.xlsx"
    path.write_bytes(content.replace(size, (100).to_bytes(4, "little")))
    assert _refusal(path) == "package_damaged"


def test_too_many_parts_and_too_large_files_are_refused(packed, monkeypatch) -> None:
    path = packed({**_parts(""), **{f"x{n}": b"" for n in range(package_guard.MOST_PARTS)}})
    assert _refusal(path) == "package_too_large"
    monkeypatch.setattr(package_guard, "LARGEST_FILE", 10)
    assert _refusal(path) == "package_too_large"


def test_a_file_that_cannot_be_read_is_a_fault_of_the_world(tmp_path) -> None:
    assert _refusal(tmp_path / "ない.xlsx") == "cannot_read"


def test_what_lies_outside_the_package_is_not_followed(packed) -> None:
    outside = '<Relationship Id="b" Type="x/worksheet" Target="file:///etc/passwd" TargetMode="External"/>'
    parts = _parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    parts["xl/_rels/workbook.xml.rels"] = _RELATIONS.format(_TYPES, "worksheet", "../xl/sheets/one.xml", outside)
    assert _cells(packed(parts)) == {(1, 1): ReadCell("1")}


@pytest.mark.parametrize("value", ["1E+999999999", "NaN", "Infinity", "x", "1e-400000"])
def test_a_number_that_no_spreadsheet_writes_is_a_fault(packed, value: str) -> None:
    cells = _cells(packed(_parts(f'<row r="1"><c r="A1"><v>{value}</v></c></row>')))
    assert cells[1, 1].fault is CellFault.ERROR


def test_a_zip_of_something_else_is_refused(tmp_path) -> None:
    path = tmp_path / "外.xlsx"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("_rels/.rels", "<a/>")
    path.write_bytes(target.getvalue())
    assert _refusal(path) == "package_not_a_workbook"

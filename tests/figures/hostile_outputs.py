"""Write hostile texts into documents, and read these back with programs that had no part in writing them."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pymupdf
from lxml import etree

from hyoka_desktop.domain.changes import Action, Edit, ValueChange
from hyoka_desktop.domain.report import Address, NodeKind
from hyoka_desktop.services import reports
from hyoka_desktop.services.export import ExportRequest, export, prepare
from hyoka_desktop.services.forms import find_form
from hyoka_desktop.services.session import open_session
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.repository import Repository
from tests.figures.hostile_texts import BEGIN, END, HOSTILE, Hostile
from tests.figures.quiet import Quiet

YEAR: Final = 2024
_FIELD: Final = "results"
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
_EXCEL: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}t"


def filled_report(path: Path, raw: Hostile | None = None) -> None:
    """Make a report with each text in a row of its own, or one text that is written past the normaliser."""
    reports.new_report(path, find_form("iaa-annual"), YEAR, "見本機構")
    session = open_session(path, Quiet())
    section = session.view(YEAR).sections[0].id
    rows = []
    for hostile in HOSTILE if raw is None else [raw]:
        item = session.add_item(YEAR, section)
        rows.append(session.view(YEAR).children(item, NodeKind.ROW)[0].id)
        if raw is None:
            session.set_text(YEAR, rows[-1], _FIELD, hostile.given)
    session.close()
    if raw is not None:
        address = Address(rows[0], _FIELD, YEAR)
        repository = Repository.open(path, Author("", ""), lambda: "")
        repository.apply(Edit(Action.SET_TEXT, _FIELD, (ValueChange(address, None, raw.given),)))
        repository.close()


def export_faults(path: Path, folder: Path, texts: Sequence[Hostile] = HOSTILE) -> Iterator[tuple[str, str]]:
    """Export a report; tell the texts that a document lacks or holds otherwise."""
    read = reports.read_report(path)
    request = ExportRequest(folder / "out.docx", folder / "out.pdf", folder / "out.xlsx")
    prepared = prepare(read.form, read.view(YEAR), request)
    export(prepared, request)
    missing = "".join(entry.characters for entry in prepared.missing)
    found = {
        "Word": _texts(folder / "out.docx", r"word/document\.xml", _WORD),
        "Excel": _unescaped(_texts(folder / "out.xlsx", r"xl/(worksheets/sheet\d+|sharedStrings)\.xml", _EXCEL)),
    }
    for hostile in texts:
        yield from ((way, hostile.name) for way, text in found.items() if _flat(hostile.kept) not in text)
    paper = _paper(folder / "out.pdf")
    for hostile in texts:
        lacking = {c for c in _flat(hostile.kept) if c not in paper and c not in missing and c.isprintable()}
        if lacking or paper.count(BEGIN) < len(texts) or paper.count(END) < len(texts):
            yield "PDF", f"{hostile.name} {lacking}"


def _texts(path: Path, parts: str, tag: str) -> str:
    with zipfile.ZipFile(path) as package:
        trees = [etree.fromstring(package.read(name)) for name in package.namelist() if re.fullmatch(parts, name)]
    return _flat("".join(element.text or "" for tree in trees for element in tree.iter(tag)))


def _unescaped(text: str) -> str:
    """Read the escapes of Excel."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)


def _paper(path: Path) -> str:
    with pymupdf.open(path) as document:
        return "".join(str(page.get_text()) for page in document)


def _flat(text: str) -> str:
    """Leave out spaces and line ends, which documents set in their own ways."""
    return "".join(text.split())

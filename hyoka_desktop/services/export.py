"""Make the Word and PDF documents of a report, with progress and cancel."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from hyoka_desktop.compose.options import Options
from hyoka_desktop.compose.report import compose_report
from hyoka_desktop.document.model import Document
from hyoka_desktop.domain import fields
from hyoka_desktop.domain.report import Address, YearView
from hyoka_desktop.errors import InputError
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.paths import resource
from hyoka_desktop.services.files import write_file
from hyoka_desktop.services.places import place_name
from hyoka_desktop.services.systemfonts import system_fonts
from hyoka_desktop.typeset.coverage import missing_characters
from hyoka_desktop.typeset.fonts import FontLibrary
from hyoka_desktop.typeset.pages import Typesetter
from hyoka_desktop.writers.docx import write_docx
from hyoka_desktop.writers.pdf import write_pdf

_SUPPLEMENTS = "HyokaSupplement*.ttf"


class Stage(StrEnum):
    """Name the steps of an export, for progress."""

    COMPOSE = "compose"
    TYPESET = "typeset"
    PDF = "pdf"
    DOCX = "docx"
    SAVE = "save"


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """Say what to make: the paths of the documents, and the items (node ids) or None for the whole report.

    With `guidance` a cell that is still empty prints its guidance text.
    """

    docx: Path | None = None
    pdf: Path | None = None
    items: Sequence[int] | None = None
    guidance: bool = True


@dataclass(frozen=True, slots=True)
class MissingCharacters:
    """Hold the characters of one field that no font has: they would print as blank boxes."""

    place: str
    characters: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """Hold a document ready to be written, and what a person should know before."""

    document: Document
    fonts: FontLibrary
    missing: tuple[MissingCharacters, ...]


@dataclass(frozen=True, slots=True)
class ExportResult:
    """Tell what was made: files and pages."""

    files: tuple[Path, ...]
    pages: int


def shipped_fonts() -> FontLibrary:
    """Open the bundled fonts, and those of this computer for what the bundled ones lack."""
    folder = resource("fonts")
    bundled = sorted(path.name for path in folder.glob(_SUPPLEMENTS))
    return FontLibrary(folder, (*bundled, *system_fonts()))


def prepare(form: FormDefinition, view: YearView, request: ExportRequest) -> Prepared:
    """Compose the document, and find the characters that no font has."""
    fonts = shipped_fonts()
    document = compose_report(form, view, Options(guidance=request.guidance), request.items)
    missing = tuple(
        MissingCharacters(place_name(form, view, source) if isinstance(source, Address) else "", characters)
        for source, characters in missing_characters(document, fonts).items()
    )
    return Prepared(document, fonts, missing)


def export(
    prepared: Prepared,
    request: ExportRequest,
    progress: Callable[[Stage], None] = lambda _: None,
    checkpoint: Callable[[], None] = lambda: None,
) -> ExportResult:
    """Make the documents. Both are made before any is written; `checkpoint` may raise to give up; then nothing is."""
    progress(Stage.TYPESET)
    document, fonts = prepared.document, prepared.fonts
    layout = Typesetter(fonts).set(document, checkpoint)
    made: list[tuple[Path, bytes]] = []
    if request.pdf is not None:
        progress(Stage.PDF)
        made.append((request.pdf, write_pdf(layout, fonts, checkpoint)))
    if request.docx is not None:
        progress(Stage.DOCX)
        made.append((request.docx, write_docx(document, layout.page_numbers())))
    checkpoint()
    progress(Stage.SAVE)
    for path, content in made:
        write_file(path, content)
    return ExportResult(tuple(path for path, _ in made), len(layout.pages))


def items_named(view: YearView, numbers: Sequence[str]) -> list[int]:
    """Find items by 項目番号; InputError names one that is not there."""
    by_number = {view.text(item.id, fields.ITEM_NUMBER): item.id for item in view.items}
    for number in numbers:
        if number not in by_number:
            raise InputError("item_unknown", number=number)
    return [by_number[number] for number in numbers]

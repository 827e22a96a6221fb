"""Make the Word and PDF documents of a report, with progress and cancel."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from hyoka_desktop.compose.expansion import Options
from hyoka_desktop.compose.report import compose_report
from hyoka_desktop.domain import fields
from hyoka_desktop.domain.report import YearView
from hyoka_desktop.errors import InputError
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.paths import resource
from hyoka_desktop.services.files import write_file
from hyoka_desktop.typeset.fonts import FontLibrary
from hyoka_desktop.typeset.pages import Typesetter
from hyoka_desktop.writers.docx import write_docx
from hyoka_desktop.writers.pdf import write_pdf


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
class ExportResult:
    """Tell what was made: files, pages, and the characters that the fonts lack."""

    files: tuple[Path, ...]
    pages: int
    missing: tuple[str, ...]


def shipped_fonts() -> FontLibrary:
    """Open the bundled fonts."""
    return FontLibrary(resource("fonts"))


def export(
    form: FormDefinition,
    view: YearView,
    request: ExportRequest,
    progress: Callable[[Stage], None] = lambda _: None,
    checkpoint: Callable[[], None] = lambda: None,
) -> ExportResult:
    """Make the documents. Both are made before any is written; `checkpoint` may raise to give up; then nothing is."""
    fonts = shipped_fonts()
    progress(Stage.COMPOSE)
    document = compose_report(form, view, Options(guidance=request.guidance), request.items)
    progress(Stage.TYPESET)
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
    return ExportResult(tuple(path for path, _ in made), len(layout.pages), fonts.missing())


def items_named(view: YearView, numbers: Sequence[str]) -> list[int]:
    """Find items by 項目番号; InputError names one that is not there."""
    by_number = {view.text(item.id, fields.ITEM_NUMBER): item.id for item in view.items}
    for number in numbers:
        if number not in by_number:
            raise InputError("item_unknown", number=number)
    return [by_number[number] for number in numbers]

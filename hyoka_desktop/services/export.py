"""Make the Word and PDF documents of a report, with progress and cancel."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from hyoka_desktop.compose.report import ReportComposer, SectionMemory
from hyoka_desktop.document.model import Document, Passport
from hyoka_desktop.domain import fields
from hyoka_desktop.domain.report import Address, YearView
from hyoka_desktop.errors import InputError, WorldError
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.paths import resource
from hyoka_desktop.services.files import write_file
from hyoka_desktop.services.outputsets import AS_FILLED, OutputSet, PassportKind
from hyoka_desktop.services.places import place_name
from hyoka_desktop.services.quoting import LackingValue, lacking_values
from hyoka_desktop.services.systemfonts import system_fonts
from hyoka_desktop.typeset.coverage import missing_characters
from hyoka_desktop.typeset.fonts import FontLibrary
from hyoka_desktop.typeset.frames import Layout
from hyoka_desktop.typeset.pages import Typesetter
from hyoka_desktop.writers.docx import write_docx
from hyoka_desktop.writers.pdf import PdfKind, write_pdf
from hyoka_desktop.writers.pdf_memory import PdfMemory

_SUPPLEMENTS = "HyokaSupplement*.ttf"


class Stage(StrEnum):
    """Name the steps of an export, for progress."""

    COMPOSE = "compose"
    TYPESET = "typeset"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    SAVE = "save"


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """Say what to make: the paths of the documents, the output set, and the items (node ids) or None for all.

    `anchor` stands for the state of the file, for the passport; a document with one is `tracked` where Word shall note
    who changes what.
    """

    docx: Path | None = None
    pdf: Path | None = None
    xlsx: Path | None = None
    output: OutputSet = AS_FILLED
    items: Sequence[int] | None = None
    anchor: str = ""
    tracked: bool = False

    @property
    def paths(self) -> tuple[Path, ...]:
        """Tell the files that are to be made."""
        return tuple(path for path in (self.docx, self.pdf, self.xlsx) if path is not None)


@dataclass(frozen=True, slots=True)
class MissingCharacters:
    """Hold the characters of one field that no font has: they would print as blank boxes."""

    place: str
    characters: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """Hold a document ready to be written, and what a person should know before."""

    document: Document
    layout: Layout
    fonts: FontLibrary
    missing: tuple[MissingCharacters, ...]
    memory: "ExportMemory"
    lacking: tuple[LackingValue, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportResult:
    """Tell what was made: files and pages."""

    files: tuple[Path, ...]
    pages: int


class ExportMemory:
    """Remember what the last exports of an open report were made of, so that the next one after an edit costs little.

    The bytes are those that would be made without it. One export uses it at a time.
    """

    def __init__(self) -> None:
        self.fonts = shipped_fonts()
        self.typesetter = Typesetter(self.fonts)
        self.sections = SectionMemory()
        self.pdf = PdfMemory()

    def let_go(self) -> None:
        """Forget everything bit by bit, on a thread that nobody waits for."""
        self.pdf.let_go()
        self.typesetter.let_go()
        self.sections.let_go()


def shipped_fonts() -> FontLibrary:
    """Open the bundled fonts; those of this computer are sought only for what the bundled ones lack."""
    folder = resource("fonts")
    bundled = sorted(path.name for path in folder.glob(_SUPPLEMENTS))
    return FontLibrary(folder, bundled, system_fonts)


def prepare(
    form: FormDefinition,
    view: YearView,
    request: ExportRequest,
    progress: Callable[[Stage], None] = lambda _: None,
    checkpoint: Callable[[], None] = lambda: None,
    memory: ExportMemory | None = None,
) -> Prepared:
    """Compose and set the document, and find what would print as a mark; `checkpoint` may raise to give up.

    With a `memory` that is given again, only what changed since the last time is made anew.
    """
    progress(Stage.COMPOSE)
    memory = memory or ExportMemory()
    document = composed(form, view, request, checkpoint, memory)
    progress(Stage.TYPESET)
    layout = memory.typesetter.set(document, checkpoint)
    missing = tuple(
        MissingCharacters(place_name(form, view, source) if isinstance(source, Address) else "", characters)
        for source, characters in missing_characters(document, memory.fonts).items()
    )
    return Prepared(document, layout, memory.fonts, missing, memory, lacking_values(form, view, document))


def composed(
    form: FormDefinition,
    view: YearView,
    request: ExportRequest,
    checkpoint: Callable[[], None] = lambda: None,
    memory: ExportMemory | None = None,
) -> Document:
    """Compose the document that a request asks for, not yet set."""
    memory = memory or ExportMemory()
    typesetter = memory.typesetter
    composer = ReportComposer(
        form,
        view,
        request.output.options(form),
        memory.sections,
        fits=lambda page: len(typesetter.set(page, checkpoint).pages) == 1,
        definition=request.output.definition(form),
    )
    document = composer.document(request.output.selection(form, request.items))
    return replace(document, passport=_passport(form, view, request))


def _passport(form: FormDefinition, view: YearView, request: ExportRequest) -> Passport | None:
    """Tell the passport: form, year and state of the file."""
    kind = PassportKind.NONE if request.output.public or not request.anchor else request.output.passport
    if kind is PassportKind.NONE:
        return None
    text = f"{form.id} {view.year} {request.anchor}"
    return Passport(text, printed=kind is PassportKind.PRINTED, tracked=request.tracked)


def export(
    prepared: Prepared,
    request: ExportRequest,
    progress: Callable[[Stage], None] = lambda _: None,
    checkpoint: Callable[[], None] = lambda: None,
) -> ExportResult:
    """Make the documents. All are made before any is written; `checkpoint` may raise to give up; then nothing is.

    WorldError tells of the first that cannot be written, and which ones are written already.
    """
    document, layout = prepared.document, prepared.layout
    made: list[tuple[Path, bytes]] = []
    if request.pdf is not None:
        progress(Stage.PDF)
        kind = PdfKind.ARCHIVAL if request.output.archival else PdfKind.PLAIN
        written = write_pdf(layout, prepared.fonts, checkpoint, kind=kind, memory=prepared.memory.pdf)
        made.append((request.pdf, written))
    if request.docx is not None:
        progress(Stage.DOCX)
        figures = prepared.memory.typesetter.figures(document)
        made.append((request.docx, write_docx(document, layout.page_numbers(), figures)))
    checkpoint()
    if request.xlsx is not None:
        progress(Stage.XLSX)
        made.append((request.xlsx, _xlsx(document)))
    checkpoint()
    progress(Stage.SAVE)
    _write_all(made)
    return ExportResult(tuple(path for path, _ in made), len(layout.pages))


def _write_all(made: Sequence[tuple[Path, bytes]]) -> None:
    """Write one after the other; a fault says what stands there anew before it."""
    for number, (path, content) in enumerate(made):
        try:
            write_file(path, content)
        except WorldError as fault:
            if not number:
                raise
            written = "、".join(earlier.name for earlier, _ in made[:number])
            raise WorldError("export_partly", path=str(path), written=written) from fault


def _xlsx(document: Document) -> bytes:
    """Write the tables of a document as a workbook; openpyxl is loaded only here, since few exports need it."""
    from hyoka_desktop.writers.xlsx import write_xlsx

    return write_xlsx(document)


def items_named(view: YearView, numbers: Sequence[str]) -> list[int]:
    """Find items by 項目番号; InputError names one that is not there."""
    by_number = {view.text(item.id, fields.ITEM_NUMBER): item.id for item in view.items}
    for number in numbers:
        if number not in by_number:
            raise InputError("item_unknown", number=number)
    return [by_number[number] for number in numbers]

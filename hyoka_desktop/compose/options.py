"""Choose how a document is made of a report: what is filled, what is marked, and how it looks."""

from dataclasses import dataclass
from enum import StrEnum

from hyoka_desktop.formdef.model import Paper


class MinisterCells(StrEnum):
    """Say what the cells of the ministry show in the evaluated year: what is in them, nothing, or a shade."""

    FILLED = "filled"
    BLANK = "blank"
    SHADED = "shaded"


class Typeface(StrEnum):
    """Choose the fonts of the form, or one style of them for everything."""

    FORM = "form"
    MINCHO = "mincho"
    GOTHIC = "gothic"


class WordFonts(StrEnum):
    """Choose the families that Word is told: those that every PC has, or those that the PDF embeds."""

    USUAL = "usual"
    EMBEDDED = "embedded"


@dataclass(frozen=True, slots=True)
class Look:
    """Choose paper, fonts and sizes; None and 1.0 are those of the form."""

    paper: Paper | None = None
    typeface: Typeface = Typeface.FORM
    word_fonts: WordFonts = WordFonts.USUAL
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Marks:
    """Hold what stands at the head of every page, empty where nothing does.

    `stamp` is boxed (案), `marking` is the 機密性 marking, `date` a line such as 「令和6年6月28日時点」.
    """

    stamp: str = ""
    marking: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """Choose how a document is made.

    With `guidance` a cell that is still empty prints its guidance; with `notes` internal notes are printed.
    """

    guidance: bool = True
    minister: MinisterCells = MinisterCells.FILLED
    notes: bool = False
    page_numbers: bool = True
    marks: Marks = Marks()
    look: Look = Look()

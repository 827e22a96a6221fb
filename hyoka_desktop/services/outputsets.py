"""Output sets: named choices of what is made of a report for whom, shipped ones and the person's own."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any, Final

from hyoka_desktop.compose.options import Look, Marks, MinisterCells, Options, Typeface, WordFonts
from hyoka_desktop.compose.report import Selection
from hyoka_desktop.errors import InputError
from hyoka_desktop.formdef.model import DocumentDefinition, FormDefinition, Paper
from hyoka_desktop.formdef.parts import PAPER_SIZES
from hyoka_desktop.messages.outputsets import DRAFT_STAMP, SET_NAMES
from hyoka_desktop.services.settings import Settings

_SETTING = "output_sets"
_SMALLEST, _LARGEST = 0.5, 2.0
HEARING: Final = "hearing"
"""The id of the document that a form lays out for hearings."""


class PassportKind(StrEnum):
    """Say whether a document names the state of the report that it shows: not, in its properties, or printed too."""

    NONE = "none"
    PROPERTIES = "properties"
    PRINTED = "printed"


@dataclass(frozen=True, slots=True)
class OutputSet:
    """Hold one named choice.

    `document` is the id of a document of the form, empty for the report; `parts` are ids of its parts, None for all.
    An empty `paper` and a `landscape` of None are those of the form. What is `public` never holds internal notes nor a
    passport, whatever else is chosen.
    """

    id: str
    name: str
    document: str = ""
    parts: tuple[str, ...] | None = None
    guidance: bool = False
    minister: MinisterCells = MinisterCells.FILLED
    notes: bool = False
    page_numbers: bool = True
    stamp: str = ""
    marking: str = ""
    date: str = ""
    paper: str = ""
    landscape: bool | None = None
    typeface: Typeface = Typeface.FORM
    word_fonts: WordFonts = WordFonts.USUAL
    scale: float = 1.0
    passport: PassportKind = PassportKind.PROPERTIES
    archival: bool = True
    public: bool = False

    def options(self, form: FormDefinition) -> Options:
        """Tell how a document is composed under a form."""
        return Options(
            guidance=self.guidance,
            minister=self.minister,
            notes=self.notes and not self.public,
            page_numbers=self.page_numbers,
            marks=Marks(self.stamp, self.marking, self.date),
            look=Look(self._paper(self.definition(form)), self.typeface, self.word_fonts, self.scale),
        )

    def definition(self, form: FormDefinition) -> DocumentDefinition:
        """Tell the document of a form that is made; InputError where the form has none of that id."""
        if not self.document:
            return form.report
        if self.document not in form.documents:
            raise InputError("document_unknown", document=self.document, form=form.id)
        return form.documents[self.document]

    def selection(self, form: FormDefinition, items: Sequence[int] | None) -> Selection:
        """Tell what is composed; parts that the form does not have are left out."""
        known = {part.id for part in self.definition(form).parts}
        parts = None if self.parts is None else frozenset(self.parts) & known
        return Selection(parts, None if items is None else tuple(items))

    def as_data(self) -> Mapping[str, Any]:
        """Tell the choice as plain data for the settings."""
        return asdict(self)

    def with_choices(self, **choices: str | float | bool | Sequence[str] | None) -> "OutputSet":
        """Tell the set with some choices changed, given as plain data; what is not understood is as usual."""
        changed = output_set_of({**self.as_data(), **choices})
        assert changed is not None, "a set has a name"
        return changed

    def _paper(self, definition: DocumentDefinition) -> Paper | None:
        """Tell the paper where it is not that of the form; the margins stay."""
        usual = definition.paper
        if not self.paper and self.landscape is None:
            return None
        sides = PAPER_SIZES.get(self.paper) or (
            min(usual.width_mm, usual.height_mm),
            max(usual.width_mm, usual.height_mm),
        )
        landscape = usual.width_mm > usual.height_mm if self.landscape is None else self.landscape
        width, height = (sides[1], sides[0]) if landscape else sides
        return replace(usual, width_mm=width, height_mm=height)


SHIPPED: Final = (
    OutputSet("submission", SET_NAMES["submission"], minister=MinisterCells.SHADED),
    OutputSet("hearing", SET_NAMES["hearing"], document=HEARING, minister=MinisterCells.BLANK),
    OutputSet("publication", SET_NAMES["publication"], passport=PassportKind.NONE, public=True),
    OutputSet(
        "inquiry",
        SET_NAMES["inquiry"],
        parts=("sheets",),
        guidance=True,
        notes=True,
        stamp=DRAFT_STAMP,
        passport=PassportKind.PRINTED,
    ),
)
"""提出用, ヒアリング用, 公表用, 照会用."""
AS_FILLED: Final = OutputSet("all", SET_NAMES["all"], guidance=True)
"""The whole report as it stands, with guidance in what is empty."""


def output_set_of(data: Mapping[str, Any]) -> OutputSet | None:
    """Read a set from the settings; what is not understood is as usual, and None is told where there is no name."""
    if not isinstance(data.get("id"), str) or not isinstance(data.get("name"), str):
        return None
    known: dict[str, Any] = {}
    usual = OutputSet(data["id"], data["name"])
    for field in fields(OutputSet):
        value, default = data.get(field.name), getattr(usual, field.name)
        if isinstance(default, StrEnum):
            kind = type(default)
            known[field.name] = kind(value) if value in set(kind) else default
        elif field.name == "parts":
            known["parts"] = tuple(map(str, value)) if isinstance(value, list | tuple) else None
        elif field.name == "landscape":
            known["landscape"] = value if isinstance(value, bool) else None
        elif isinstance(default, float):
            known[field.name] = value if isinstance(value, float) and _SMALLEST <= value <= _LARGEST else default
        else:
            known[field.name] = value if isinstance(value, type(default)) else default
    return OutputSet(**known)


def own_output_sets(settings: Settings) -> tuple[OutputSet, ...]:
    """Tell the sets that the person saved."""
    return _sets_of(settings.records(_SETTING))


def save_output_set(settings: Settings, output: OutputSet) -> None:
    """Keep a set under its name, in place of an earlier one of that name."""
    settings.change_records(_SETTING, lambda records: [*_without(records, output.name), output.as_data()])


def remove_output_set(settings: Settings, name: str) -> None:
    """Forget a set that the person saved."""
    settings.change_records(_SETTING, lambda records: _without(records, name))


def _without(records: Sequence[Mapping[str, Any]], name: str) -> list[Mapping[str, Any]]:
    return [known.as_data() for known in _sets_of(records) if known.name != name]


def _sets_of(records: Sequence[Mapping[str, Any]]) -> tuple[OutputSet, ...]:
    return tuple(known for data in records if (known := output_set_of(data)) is not None)


def find_output_set(name: str, own: Sequence[OutputSet] = ()) -> OutputSet:
    """Find a set by id or name; InputError where there is none."""
    for known in (*own, *SHIPPED, AS_FILLED):
        if name in {known.id, known.name}:
            return known
    raise InputError("output_set_unknown", name=name)

"""Read a form definition from its JSON text; every fault names the file and the key."""

import json
import re
from collections.abc import Mapping

from hyoka_desktop.domain import fields
from hyoka_desktop.domain.ownfields import OWN_FIELDS
from hyoka_desktop.domain.report import PARENT_KIND, NodeKind
from hyoka_desktop.errors import InputError
from hyoka_desktop.formdef.layout import LayoutReader
from hyoka_desktop.formdef.model import (
    USUAL_LATIN_SPACE_EM,
    Align,
    FieldDefinition,
    FieldKind,
    FontChoice,
    FormDefinition,
    Letters,
    Owner,
    Scope,
    Sheet,
    StyleDefinition,
    Tab,
)
from hyoka_desktop.formdef.parts import read_documents, read_paper, read_part
from hyoka_desktop.formdef.reading import ObjectReader, reading
from hyoka_desktop.formdef.template import COLUMN_YEAR, COMPUTED, Template, parse_template

_LONGEST_ID = 60
_FORM_ID = re.compile(rf"[A-Za-z0-9][A-Za-z0-9_-]{{0,{_LONGEST_ID - 1}}}")
_RESERVED_NAMES = frozenset(
    {"CON", "PRN", "AUX", "NUL", *(f"COM{n}" for n in range(10)), *(f"LPT{n}" for n in range(10))}
)
"""File names that Windows keeps for devices."""
_NEEDED_STYLES = ("body", "cell", "contents_title", "contents_1", "contents_2", "page_number", "heading_1", "heading_2")


def load_form(file: str, text: str) -> FormDefinition:
    """Read a form; InputError names the key that is wrong, and `file`."""
    try:
        value = json.loads(text, object_pairs_hook=_without_twins)
    except (ValueError, RecursionError) as fault:
        raise InputError("form_not_json", file=file, why=str(fault)) from None
    with reading(file, "", value) as keys:
        return _form(file, keys)


def _without_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Make an object of its pairs, refusing a key that stands twice."""
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"duplicate key {next(name for name in names if names.count(name) > 1)!r}")
    return made


def _form(file: str, keys: ObjectReader) -> FormDefinition:
    fonts = keys.mapping_of("fonts", lambda _, path, entry: _font(file, path, entry))
    styles = keys.mapping_of("styles", lambda _, path, entry: _style(file, path, entry, fonts))
    for name in _NEEDED_STYLES:
        if name not in styles:
            raise keys.refused(f"styles.{name}", "missing_key", name)
    tabs = keys.list_of("tabs", lambda path, entry: _tab(file, path, entry))
    pages = keys.list_of("pages", lambda path, entry: _tab(file, path, entry))
    places = {tab.id for tab in tabs} | {page.id for page in pages}
    declared: dict[str, FieldDefinition] = {}
    for field in keys.list_of("fields", lambda path, entry: _field(file, path, entry, places)):
        if field.id in declared:
            raise keys.refused("fields", "twice", field.id)
        declared[field.id] = field
    tab_ids = frozenset(tab.id for tab in tabs)
    paper = read_paper(file, keys.at("paper"), keys.raw("paper"))
    layout = LayoutReader(file, declared, frozenset(styles))
    return FormDefinition(
        id=_form_id(keys),
        name=keys.text("name"),
        paper=paper,
        fonts=fonts,
        styles=styles,
        page_number=_page_number(keys),
        letters=_letters(file, keys.at("letters"), keys.raw("letters")),
        fields=declared,
        tabs=_beside_checked(keys, tabs, declared),
        pages=pages,
        sheets=keys.mapping_of("sheets", lambda name, _, entry: _sheet(file, name, entry, layout, tab_ids)),
        parts=keys.list_of("parts", lambda path, entry: read_part(file, path, entry, layout)),
        documents=read_documents(keys, paper, styles, declared, lambda path, entry: _style(file, path, entry, fonts)),
    )


def _form_id(keys: ObjectReader) -> str:
    """Read the id of the form, which is also the name of its file."""
    form_id = keys.text("id")
    if _FORM_ID.fullmatch(form_id) is None or form_id.upper() in _RESERVED_NAMES:
        raise keys.refused("id", "form_id", form_id[:_LONGEST_ID])
    return form_id


def _page_number(keys: ObjectReader) -> str:
    pattern = keys.text("page_number")
    if "{page}" not in pattern:
        raise keys.refused("page_number", "template", pattern)
    return pattern


def _beside_checked(
    keys: ObjectReader, tabs: tuple[Tab, ...], declared: Mapping[str, FieldDefinition]
) -> tuple[Tab, ...]:
    for index, tab in enumerate(tabs):
        for name in tab.beside:
            if name not in declared:
                raise keys.refused(f"tabs[{index}].beside", "unknown_field", name)
    return tabs


def _field(file: str, path: str, value: object, places: set[str]) -> FieldDefinition:
    with reading(file, path, value) as keys:
        field = FieldDefinition(
            id=keys.text("id"),
            on=keys.choice("on", NodeKind),
            per=keys.choice("per", Scope),
            kind=keys.choice("kind", FieldKind),
            label=keys.text("label"),
            owner=keys.choice("owner", Owner, Owner.AGENCY),
            tab=keys.text("tab", ""),
            locked=keys.flag("locked"),
            guidance=keys.text("guidance", ""),
            tip=keys.text("tip", ""),
            choices=keys.texts("choices"),
            initial=_initial(keys) if keys.has("initial") else None,
            internal=keys.flag("internal"),
        )
        if field.tab and field.tab not in places:
            raise keys.refused("tab", "unknown_tab", field.tab)
        if field.on not in PARENT_KIND:
            raise keys.refused("on", "choice", field.on.value)
        if not field.id.isidentifier() or not field.id.isascii() or field.id in COMPUTED:
            raise keys.refused("id", "field_id", field.id)
        if field.id in OWN_FIELDS:
            raise keys.refused("id", "own_field", field.id)
        return field


def _initial(keys: ObjectReader) -> Template:
    source = keys.text("initial")
    try:
        template = parse_template(source)
    except ValueError as fault:
        raise keys.refused("initial", "template", str(fault)) from None
    for name in template.names:
        if name not in {COLUMN_YEAR, fields.ORGANIZATION_NAME}:
            raise keys.refused("initial", "out_of_reach", name)
    return template


def _tab(file: str, path: str, value: object) -> Tab:
    with reading(file, path, value) as keys:
        return Tab(keys.text("id"), keys.text("label"), keys.texts("beside"))


def _font(file: str, path: str, value: object) -> FontChoice:
    with reading(file, path, value) as keys:
        return FontChoice(
            keys.text("file"),
            keys.text("word"),
            keys.text("word_alternative", ""),
            keys.text("own", ""),
            keys.text("own_alternative", ""),
        )


def _style(file: str, path: str, value: object, fonts: Mapping[str, FontChoice]) -> StyleDefinition:
    with reading(file, path, value) as keys:
        font = keys.text("font")
        if font not in fonts:
            raise keys.refused("font", "unknown_font", font)
        return StyleDefinition(
            font,
            keys.number("size_pt"),
            keys.number("leading_pt"),
            keys.choice("align", Align, Align.START),
            keys.number("before_pt", 0),
            keys.number("after_pt", 0),
            keys.number("indent_pt", 0),
            keys.number("latin_space_em", USUAL_LATIN_SPACE_EM),
            keys.text("label", ""),
        )


def _letters(file: str, path: str, value: object) -> Letters:
    with reading(file, path, value) as keys:
        return Letters(keys.texts("choices"), keys.text("inactive"))


def _sheet(file: str, name: str, value: object, layout: LayoutReader, tabs: frozenset[str]) -> Sheet:
    with reading(file, f"sheets.{name}", value) as keys:
        for tab in keys.texts("tabs"):
            if tab not in tabs:
                raise keys.refused("tabs", "unknown_tab", tab)
        return Sheet(
            name,
            keys.text("label"),
            keys.texts("tabs"),
            keys.list_of("blocks", lambda at, entry: layout.block(at, entry, NodeKind.ITEM)),
        )

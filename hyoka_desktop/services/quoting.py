"""Tell what quotes of indicators in prose print, and which of them have nothing to print."""

from dataclasses import dataclass

from hyoka_desktop.document.model import Document
from hyoka_desktop.domain.livevalues import LiveValues, has_live_values
from hyoka_desktop.domain.report import SINCE_START, Address, YearView
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.formdef.named_fields import holds_prose, labels_of_values
from hyoka_desktop.services.places import place_name
from hyoka_desktop.typeset.coverage import paragraphs_of


@dataclass(frozen=True, slots=True)
class LackingValue:
    """Name a live value of one field that has nothing to print: 「応答率.実績」."""

    place: str
    name: str


def live_values(form: FormDefinition, view: YearView) -> LiveValues:
    """Read the values that texts of a year quote."""
    return LiveValues(view, labels_of_values(form))


def printed_text(form: FormDefinition, view: YearView, node: int, field: str) -> str:
    """Tell the text of a field as it prints."""
    text = view.text(node, field)
    if not has_live_values(text) or not holds_prose(form, field):
        return text
    return live_values(form, view).printed(text, node)


def printed_at(form: FormDefinition, view: YearView, address: Address, text: str | None) -> str:
    """Tell a text that stands or stood at an address as it prints with the values that the view has of its year."""
    if not text or not has_live_values(text) or not holds_prose(form, address.field):
        return text or ""
    return live_values(form, _in_year_of(view, address)).printed(text, address.node)


def printed_pair(
    form: FormDefinition, address: Address, before: tuple[YearView, str | None], after: tuple[YearView, str | None]
) -> tuple[str, str]:
    """Tell two texts of an address as they print, each by its own view, for showing how they differ.

    Where both print the same and yet differ in what they quote, the quotes are told by their names.
    """
    one, other = (printed_at(form, view, address, text) for view, text in (before, after))
    if one != other or (before[1] or "") == (after[1] or ""):
        return one, other
    named = [
        live_values(form, _in_year_of(view, address)).unbound(text or "", address.node)
        for view, text in (before, after)
    ]
    return named[0], named[1]


def _in_year_of(view: YearView, address: Address) -> YearView:
    return view.in_year(address.year) if address.year != SINCE_START else view


def lacking_values(form: FormDefinition, view: YearView, document: Document) -> tuple[LackingValue, ...]:
    """Tell the live values in the texts of a document that have nothing to print, in order of the document."""
    values = live_values(form, view)
    sources = dict.fromkeys(
        paragraph.source for paragraph in paragraphs_of(document) if isinstance(paragraph.source, Address)
    )
    return tuple(
        LackingValue(place_name(form, view, address), f"{live.name}.{live.field}")
        for address in sources
        if has_live_values(view.snapshot.stored(address) or "") and holds_prose(form, address.field)
        for live in values.lacking(view.snapshot.stored(address) or "", address.node)
    )

"""List the facts of a damaged report that are not simply intact: texts, drafts, parts whose place nothing proves."""

from collections.abc import Iterator
from dataclasses import dataclass

from hyoka_desktop.domain import era
from hyoka_desktop.domain.draftkeys import read_key
from hyoka_desktop.domain.report import ROOT, Address, Node, YearView
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.places import NAMED_BY, part_name, part_position, place_name
from hyoka_desktop.services.quoting import printed_at
from hyoka_desktop.store.salvage import Salvaged
from hyoka_desktop.store.weighing import PROVED, Standing


@dataclass(frozen=True, slots=True)
class FactLine:
    """Hold one fact of the list: where it belongs, how it stands, its text as it prints.

    `is_left_out` tells that it has no place in the new file.
    """

    where: str
    standing: Standing
    text: str
    is_left_out: bool = False


def fact_lines(form: FormDefinition, salvaged: Salvaged) -> tuple[FactLine, ...]:
    """Tell every fact that is not simply intact or does not get into the new file, the worst first."""
    found = (*_of_texts(form, salvaged), *_of_drafts(form, salvaged), *_of_parts(form, salvaged))
    lines = [line for line in found if line.standing is not Standing.INTACT or line.is_left_out]
    order = list(reversed(Standing))
    return tuple(sorted(lines, key=lambda line: order.index(line.standing)))


def doubted_parts(salvaged: Salvaged) -> tuple[Node, ...]:
    """Tell the parts of the new file of which nothing proves that they were there, and there."""
    return tuple(node for node in salvaged.snapshot.tree.subtree(ROOT) if salvaged.nodes[node.id] not in PROVED)


def _of_texts(form: FormDefinition, salvaged: Salvaged) -> Iterator[FactLine]:
    for address, standing in salvaged.texts.items():
        where, stray = _where(form, salvaged, address), salvaged.strays.get(address)
        text = salvaged.snapshot.stored(address) if stray is None else stray
        printed = printed_at(form, _view_of(form, salvaged, address.year), address, text)
        if stray is None:
            yield FactLine(where, standing, printed)
        else:
            yield FactLine(word("damage_stray", place=where), standing, printed, is_left_out=True)


def _of_drafts(form: FormDefinition, salvaged: Salvaged) -> Iterator[FactLine]:
    for address, draft in salvaged.drafts.items():
        where = word("damage_draft", place=_where(form, salvaged, read_key(address).address))
        yield FactLine(where, draft.standing, draft.text)


def _of_parts(form: FormDefinition, salvaged: Salvaged) -> Iterator[FactLine]:
    """Tell parts whose existence or place nothing proves with the place that they have now, and those without one."""
    view, tree = _view_of(form, salvaged), salvaged.snapshot.tree

    def name(node: Node) -> str:
        return part_name(view, node)

    for node in doubted_parts(salvaged):
        position = part_position(tree, node, name(tree.nodes[node.parent or ROOT]), name)
        yield FactLine(word("damage_part_place", part=name(node)), salvaged.nodes[node.id], position)
    for node in salvaged.unplaced.values():
        called = next((text for field in NAMED_BY if (text := _stray_text(salvaged, node, field))), "")
        named = f"{word(f'node_{node.kind.value}')} {called}".strip()
        yield FactLine(word("damage_stray", place=named), Standing.LOST, called, is_left_out=True)


def _stray_text(salvaged: Salvaged, node: Node, field: str) -> str:
    return next((text for place, text in salvaged.strays.items() if (place.node, place.field) == (node.id, field)), "")


def _where(form: FormDefinition, salvaged: Salvaged, address: Address) -> str:
    if address.node in salvaged.snapshot.tree.nodes:
        name = place_name(form, _view_of(form, salvaged, address.year), address)
    else:
        label = form.fields[address.field].label if address.field in form.fields else address.field
        name = f"{word('damage_no_place')} {label}"
    return f"{era.format_fiscal_year(address.year)} {name}" if address.year else name


def _view_of(form: FormDefinition, salvaged: Salvaged, year: int = 0) -> YearView:
    """Read the year of a text; the newest for what belongs to the period."""
    return YearView(salvaged.snapshot, year or salvaged.snapshot.years[-1], form.period_fields)

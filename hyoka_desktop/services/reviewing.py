"""Keep the state of a review of what came back: its lines, what is decided, what is open. It knows no window."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hyoka_desktop.domain.report import Address
from hyoka_desktop.exchange.merging import (
    Choice,
    Outcome,
    Place,
    Take,
    Written,
    chosen_text,
    undecided,
)
from hyoka_desktop.exchange.merging_nodes import ASKED, Deed
from hyoka_desktop.formdef.model import FieldKind
from hyoka_desktop.services.circulation import Decisions, Proposal, all_by, own_items_only
from hyoka_desktop.services.receipts import Names
from hyoka_desktop.services.reviewlines import Line, made_lines
from hyoka_desktop.services.reviewparts import Columns, part_columns
from hyoka_desktop.services.session import Session
from hyoka_desktop.services.taking import REFUSED, Fate, Foresight, foresee
from hyoka_desktop.text.merging import Agreed, both_texts

__all__ = ["Choice", "Columns", "Line", "LineState", "Proposal", "Review", "Spot", "Take", "Written"]
_CHOSEN_KINDS: Final = frozenset({FieldKind.LETTER, FieldKind.FLAG, FieldKind.CHOICE})
"""Fields that are not written but chosen from a list."""
_PROPOSED: Final = {Outcome.TAKEN: Take.THEIRS, Outcome.COMBINED: Take.BOTH}
"""What happens where nobody says otherwise."""
_PARTS_TAKEN: Final = frozenset({Fate.ADDED, Fate.REMOVED, Fate.MOVED})
_TEXTS_TAKEN: Final = frozenset({Fate.TAKEN, Fate.COMBINED, Fate.DECIDED})


class LineState(StrEnum):
    """Tell what a line needs: a decision, none, or that it is not taken whatever somebody says."""

    OPEN = "open"
    DECIDED = "decided"
    CLEAR = "clear"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Spot:
    """Say where somebody is: a line by its number, and there one conflict, or all of it (None)."""

    line: int
    conflict: int | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """Count what taking would do now; `dropped` names the items that go back to be drafted."""

    texts: int
    parts: int
    remarks: int
    kept: int
    refused: int
    dropped: tuple[str, ...]


@dataclass(frozen=True)
class _Plans:
    """Hold what would become of texts by address, of parts by their id, and of remarks in their order."""

    foreseen: Foresight
    texts: Mapping[Address, Fate]
    parts: Mapping[int, Fate]
    remarks: Sequence[Fate]


class Review:
    """Hold a proposal and what is decided of it so far. Made and asked on any thread, one at a time."""

    def __init__(self, session: Session, proposal: Proposal) -> None:
        self.proposal: Final = proposal
        self._session = session
        self._names = Names(session.form, session.snapshot, proposal)
        self._texts: dict[Place, Choice] = {}
        self._nodes: dict[int, Take] = {}
        self._decide_the_locked()
        self._unasked: Final = self.decisions
        self.lines: Final = tuple(made_lines(proposal, self._names))
        self._foreseen: _Plans | None = None

    # What is decided

    @property
    def decisions(self) -> Decisions:
        """Tell what is decided so far."""
        return Decisions(dict(self._texts), dict(self._nodes))

    @property
    def is_begun(self) -> bool:
        """Tell whether a person decided anything yet."""
        return self.decisions != self._unasked

    @property
    def open_spots(self) -> tuple[Spot, ...]:
        """Tell all that waits for a decision, from top to bottom."""
        return tuple(spot for number in range(len(self.lines)) for spot in self._open_in(number))

    def next_open(self, spot: Spot, step: int = 1) -> Spot | None:
        """Tell the next place that waits behind (or with -1, before) another, round the end; None where none does."""
        waiting = self.open_spots
        if not waiting:
            return None
        here = _order(spot)
        if step > 0:
            return next((one for one in waiting if _order(one) > here), waiting[0])
        return next((one for one in reversed(waiting) if _order(one) < here), waiting[-1])

    def state(self, number: int) -> LineState:
        """Tell what a line needs."""
        line = self.lines[number]
        if self.plan(number) in REFUSED:
            return LineState.REFUSED
        if any(True for _ in self._open_in(number)):
            return LineState.OPEN
        if line.part is not None:
            return LineState.DECIDED if line.part.node.id in self._nodes else LineState.CLEAR
        is_decided = line.field is not None and any(place.address == line.field.address for place in self._texts)
        return LineState.DECIDED if is_decided else LineState.CLEAR

    def may_take(self, spot: Spot) -> frozenset[Take]:
        """Tell the sides that can be chosen at a place; none where nothing can."""
        line = self.lines[spot.line]
        if self.state(spot.line) is LineState.REFUSED:
            return frozenset()
        if line.part is not None:
            return frozenset({Take.OURS, Take.THEIRS})
        if line.field is None or line.fate is not None or line.field.outcome is Outcome.SAME:
            return frozenset()
        is_mixable = line.field.is_prose and line.field.outcome in {
            Outcome.COMBINED,
            Outcome.CONFLICT,
        }
        return frozenset({Take.OURS, Take.THEIRS, *([Take.BOTH] if is_mixable else [])})

    def may_write(self, number: int) -> bool:
        """Tell whether a line can get a text of one's own."""
        line, form = self.lines[number], self._session.form
        return (
            line.field is not None
            and bool(self.may_take(Spot(number)))
            and line.field.address.field in form.fields
            and form.fields[line.field.address.field].kind not in _CHOSEN_KINDS
        )

    def choice(self, spot: Spot) -> Choice | None:
        """Tell what was chosen at a place, None where nothing was."""
        line = self.lines[spot.line]
        if line.part is not None:
            return self._nodes.get(line.part.node.id)
        if line.field is None:
            return None
        whole = self._texts.get(Place(line.field.address))
        return whole if whole is not None else self._texts.get(Place(line.field.address, spot.conflict))

    def side(self, spot: Spot) -> Take | None:
        """Tell whose text a place gives as it is decided now, None where nobody's alone, or where it is open."""
        choice, line = self.choice(spot), self.lines[spot.line]
        if choice is not None:
            return choice if isinstance(choice, Take) else None
        if line.field is not None:
            return _PROPOSED.get(line.field.outcome)
        return Take.THEIRS if line.part is not None and line.part.deed is Deed.ADDED else None

    def take(self, spot: Spot, take: Take) -> None:
        """Choose a side at a place; on a conflict it leaves what was decided on the others of its field."""
        assert take in self.may_take(spot), "nothing else is offered"
        line = self.lines[spot.line]
        if line.part is not None:
            self._nodes[line.part.node.id] = take
        elif line.field is not None:
            if spot.conflict is not None:
                self._texts.pop(Place(line.field.address), None)
            self._texts[Place(line.field.address, spot.conflict)] = take
        self._foreseen = None

    def write(self, number: int, text: str) -> None:
        """Give the text of a line words of one's own; those that stood there unasked answer nothing."""
        line = self.lines[number]
        assert line.field is not None, "only texts can be written"
        if text == self.result(number):
            return
        whole = Place(line.field.address)
        self._texts.pop(whole, None)
        if text != chosen_text(line.field, self._texts):
            self._texts[whole] = Written(text)
        self._foreseen = None

    def propose_again(self, number: int) -> None:
        """Forget what was decided on a line."""
        line = self.lines[number]
        if line.part is not None:
            self._nodes.pop(line.part.node.id, None)
        if line.field is not None:
            for place in [place for place in self._texts if place.address == line.field.address]:
                del self._texts[place]
        self._foreseen = None

    @property
    def foreign(self) -> Decisions:
        """Tell what would keep ours outside of the items that were handed out; empty where they stayed inside."""
        found = own_items_only(self.proposal, self._session, self.proposal.incoming.passport.items)
        theirs = {one.address for one in self.proposal.fields if one.is_theirs}
        return Decisions({place: take for place, take in found.texts.items() if place.address in theirs}, found.nodes)

    def keep_own_items(self) -> None:
        """Keep ours everywhere outside of the items that were handed out; what is decided inside stays."""
        self._texts.update(self.foreign.texts)
        self._nodes.update(self.foreign.nodes)
        self._foreseen = None

    # What is to be seen

    def result(self, number: int) -> str:
        """Tell the text that will stand here as far as it is decided; what is refused stays as it is."""
        field = self.lines[number].field
        if field is None:
            return ""
        return field.ours if self.plan(number) in REFUSED else chosen_text(field, self._texts)

    def passage(self, spot: Spot) -> tuple[int, int] | None:
        """Tell where a conflict stands in the result; None where all of the text was chosen or written at once."""
        field = self.lines[spot.line].field
        if field is None or spot.conflict is None or Place(field.address) in self._texts:
            return None
        start, number = 0, 0
        for stretch in field.stretches:
            if isinstance(stretch, Agreed):
                start += len(stretch.text)
                continue
            choice = self._texts.get(Place(field.address, number), Take.OURS)
            sides = {Take.OURS: stretch.ours, Take.THEIRS: stretch.theirs, Take.BOTH: both_texts(stretch)}
            text = choice.text if isinstance(choice, Written) else sides[choice]
            if number == spot.conflict:
                return start, start + len(text)
            start, number = start + len(text), number + 1
        return None

    def columns(self, spot: Spot) -> Columns:
        """Tell what stood there when it went out, what stands here, and what they made of it."""
        line = self.lines[spot.line]
        if line.field is not None:
            if spot.conflict is not None:
                conflict = line.field.conflicts[spot.conflict]
                return Columns(conflict.base, conflict.ours, conflict.theirs)
            return Columns(line.field.base, line.field.ours, line.field.theirs)
        if line.part is not None:
            return part_columns(self._session, self.proposal, self._names, line.part)
        if line.remark is not None:
            said = [line.remark, *line.remark.replies]
            return Columns("", "", "\n".join(f"{one.person}　{one.text}" for one in said))
        return Columns("", "", line.note)

    def plan(self, number: int) -> Fate:
        """Tell what would become of a line if all were taken as it is decided now."""
        line = self.lines[number]
        if line.fate is not None:
            return line.fate
        if line.part is not None:
            return self._plans.parts[line.part.node.id]
        if line.remark is not None:
            return self._plans.remarks[self.proposal.remarks.index(line.remark)]
        assert line.field is not None, "a line is of one of these kinds"
        return self._plans.texts.get(line.field.address, Fate.KEPT)

    @property
    def summary(self) -> Summary:
        """Count what taking would do now."""
        foreseen = self._plans.foreseen
        fates = Counter(entry.fate for entry in foreseen.entries)

        def count(kinds: frozenset[Fate]) -> int:
            return sum(fates[kind] for kind in kinds)

        return Summary(
            count(_TEXTS_TAKEN),
            count(_PARTS_TAKEN),
            fates[Fate.REMARK],
            count(frozenset({Fate.KEPT, Fate.LEFT})),
            count(REFUSED),
            tuple(self._names.item(Address(place.item, "", place.year)) for place in foreseen.dropped),
        )

    def renewed(self, proposal: Proposal) -> "Review":
        """Review another proposal of the same file; what was decided stays where the three texts are the same.

        Only what a person decided: an item that was final may no longer be.
        """
        other, unasked = Review(self._session, proposal), self._unasked
        same = {line.field for line in self.lines if line.field is not None}
        still = {line.field.address for line in other.lines if line.field in same and line.field is not None}
        parts = {line.part.node.id for line in other.lines if line.part is not None}
        texts = {place: choice for place, choice in self._texts.items() if unasked.texts.get(place) != choice}
        nodes = {node: take for node, take in self._nodes.items() if unasked.nodes.get(node) != take}
        other._texts.update({place: choice for place, choice in texts.items() if place.address in still})
        other._nodes.update({node: take for node, take in nodes.items() if node in parts})
        other._foreseen = None
        return other

    @property
    def _plans(self) -> _Plans:
        if self._foreseen is None:
            self._foreseen = _sorted_plans(foresee(self._session, self.proposal, self.decisions))
        return self._foreseen

    def _open_in(self, number: int) -> Iterator[Spot]:
        line = self.lines[number]
        if line.field is not None and line.fate is None:
            yield from (Spot(number, place.conflict) for place in undecided(line.field, self._texts))
        if line.part is not None and line.part.deed in ASKED and line.part.node.id not in self._nodes:
            yield Spot(number)

    def _decide_the_locked(self) -> None:
        """Ask nobody about what is final here: it is refused by name whatever they would say."""
        whole = all_by(self.proposal, Take.THEIRS)
        refused = [entry for entry in foresee(self._session, self.proposal, whole).entries if entry.fate is Fate.LOCKED]
        texts = {entry.address for entry in refused if entry.node is None}
        nodes = {entry.node.id for entry in refused if entry.node is not None}
        self._texts = {place: take for place, take in whole.texts.items() if place.address in texts}
        self._nodes = {node: take for node, take in whole.nodes.items() if node in nodes}


def _order(spot: Spot) -> tuple[int, int]:
    return spot.line, -1 if spot.conflict is None else spot.conflict


def _sorted_plans(foreseen: Foresight) -> _Plans:
    said = {Fate.REMARK, Fate.REMARK_LOST}
    told = {Fate.CLEANED, Fate.YEAR, Fate.NOTED, Fate.UNTAKEN, *said}
    entries = foreseen.entries
    return _Plans(
        foreseen,
        {entry.address: entry.fate for entry in entries if entry.node is None and entry.fate not in told},
        {entry.node.id: entry.fate for entry in entries if entry.node is not None},
        [entry.fate for entry in entries if entry.fate in said],
    )

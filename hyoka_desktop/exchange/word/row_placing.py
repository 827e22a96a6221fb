"""Find the rows of a table that came back: by the bookmarks of their captions, then by what is written in them."""

from collections.abc import Sequence
from typing import Final

from hyoka_desktop.exchange.word.aligning import Pairs, aligned
from hyoka_desktop.exchange.word.document import ReadCell, ReadRow
from hyoka_desktop.exchange.word.expected import ExpectedCell, ExpectedRow, Rule

_ANCHORED: Final = 50
_LABEL, _LONG, _SHORT, _LIKE = 2, 3, 1, 1
_LONG_TEXT: Final = 8
"""Characters that two texts do not share by chance."""


def placed_rows(expected: Sequence[ExpectedRow], returned: Sequence[ReadRow]) -> Pairs:
    """Tell which rows belong together; rows between them that nothing tells apart belong together by their order."""
    if len(expected) == len(returned) and all(map(_is_same, expected, returned)):
        return tuple((number, number) for number in range(len(expected)))
    anchors = {cell.anchor for row in expected for cell in row.cells if cell is not None and cell.anchor}
    known = [frozenset(row.bookmarks) & anchors for row in returned]
    pairs = aligned(
        len(expected),
        len(returned),
        lambda one, other: _likeness(expected[one], returned[other], known[other]),
    )
    return _with_gaps(pairs, expected, returned)


def has_shape(expected: ExpectedRow, returned: ReadRow) -> bool:
    """Tell whether a row still has its cells, merged as they were."""
    return [cell is None for cell in expected.cells] == [cell.goes_on for cell in returned.cells]


def is_like(one: ExpectedCell, other: ReadCell) -> bool:
    """Tell whether a text that should be locked is the same but for a stretch of it."""
    before, after = one.text, other.text
    shorter = min(len(before), len(after))
    head = next((place for place in range(shorter) if before[place] != after[place]), shorter)
    tail = next((place for place in range(shorter - head) if before[-1 - place] != after[-1 - place]), shorter - head)
    return 2 * (head + tail) >= len(before)


def _is_same(expected: ExpectedRow, returned: ReadRow) -> bool:
    """Tell whether all words of the form in a row and some text are as they were."""
    if not has_shape(expected, returned):
        return False
    pairs = [(one, other) for one, other in zip(expected.cells, returned.cells, strict=True) if one is not None]
    fixed = [(one, other) for one, other in pairs if one.label or one.is_locked]
    return bool(_evidence(pairs)) and all(one.text == other.text for one, other in fixed)


def _likeness(expected: ExpectedRow, returned: ReadRow, known: frozenset[str]) -> int:
    own = {cell.anchor for cell in expected.cells if cell is not None and cell.anchor}
    if known:
        return _ANCHORED + len(own & known) if own & known else 0
    if not has_shape(expected, returned):
        return 0
    pairs = [(one, other) for one, other in zip(expected.cells, returned.cells, strict=True) if one is not None]
    if any(one.is_locked for one, _ in pairs) and not any(
        one.is_locked and is_like(one, other) for one, other in pairs
    ):
        return 0
    return _evidence(pairs)


def _evidence(pairs: Sequence[tuple[ExpectedCell, ReadCell]]) -> int:
    """Add up what is still as it was."""
    found = 0
    for one, other in pairs:
        text = one.text.rstrip("\n")
        if text and text == other.text:
            found += _LABEL if one.label else _LONG if len(text) >= _LONG_TEXT else _SHORT
        elif one.is_locked and is_like(one, other):
            found += _LIKE
    return found


def _with_gaps(pairs: Pairs, expected: Sequence[ExpectedRow], returned: Sequence[ReadRow]) -> Pairs:
    """Add the rows between known ones where as many were there as came back, of one shape and without locked texts."""
    found: list[tuple[int, int]] = []
    done = (-1, -1)
    for pair in (*pairs, (len(expected), len(returned))):
        one, other = range(done[0] + 1, pair[0]), range(done[1] + 1, pair[1])
        between = list(zip(one, other, strict=False))
        if len(one) == len(other) and all(_may_be(expected[a], returned[b]) for a, b in between):
            found += between
        found.append(pair)
        done = pair
    return tuple(found[:-1])


def _may_be(expected: ExpectedRow, returned: ReadRow) -> bool:
    """Tell whether a row could have become another in which nothing is as it was.

    Where captions or plans tell what a field is, it is not taken when they are all others.
    """
    cells = [cell for cell in expected.cells if cell is not None]
    tells = any(cell.is_locked or (cell.label and cell.text) for cell in cells)
    holds = any(slot.rule is not Rule.LOCKED for cell in cells for slot in cell.slots)
    return has_shape(expected, returned) and not (tells and holds)

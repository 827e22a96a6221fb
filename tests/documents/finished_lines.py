"""Judge the lines of a finished page: where each paragraph was broken, and whether a legal place was passed over.

The rules are read off JLReq (3.1.7 and Appendix A), not off the package.
"""

import itertools
from collections.abc import Iterator, Sequence

NOT_FIRST = frozenset(
    "、。，．・：；？！゛゜ヽヾゝゞ々〻ー」』）］｝〉》】〕〙〗’”ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％℃)]},.:;?!%"
)
NOT_LAST = frozenset("「『（［｛〈《【〔〘〖‘“([{￥＄№")
INSEPARABLE = frozenset("―…‥")
SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))


def is_word(char: str) -> bool:
    """Tell whether a character belongs to a Latin word or a number."""
    return char.isascii() and (char.isalnum() or char in ".,_-/:@&=+%'")


def is_legal(before: str, after: str) -> bool:
    """Tell whether a line may end between two characters."""
    if after in NOT_FIRST or before in NOT_LAST or after in SELECTORS:
        return False
    if is_word(before) and is_word(after):
        return False
    return not (before == after and before in INSEPARABLE)


def has_legal_place(line: str) -> bool:
    """Tell whether a line could have been ended earlier."""
    return any(is_legal(before, after) for before, after in itertools.pairwise(line))


def paragraphs_of(lines: Sequence[str], paragraphs: Sequence[str]) -> list[list[str]]:
    """Group the lines of a column by the paragraphs that they were broken from."""
    grouped: list[list[str]] = []
    left = list(lines)
    for paragraph in paragraphs:
        taken: list[str] = []
        while len("".join(taken)) < len(paragraph):
            taken.append(left.pop(0))
        assert "".join(taken) == paragraph
        grouped.append(taken)
    assert not left
    return grouped


def violations(lines: Sequence[str]) -> Iterator[str]:
    """Yield each break of one paragraph that breaks the rules though the line had a legal place."""
    for line, following in itertools.pairwise(lines):
        if not is_legal(line[-1], following[0]) and has_legal_place(line):
            yield f"{line[-6:]}|{following[:6]}"
        elif following[0] in SELECTORS:
            yield f"{line[-6:]}|U+{ord(following[0]):04X}"

"""Tidy what is pasted from Word, Excel or a PDF: bullets, cells, line ends inside sentences; and say what was done.

The rules only touch what those programs are known to leave behind. Typographic quotes, no-break spaces and 外字 stay.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import pairwise
from typing import Final

from hyoka_desktop.text.markers import list_mark, width_in_em


class Tidying(StrEnum):
    """Name what was tidied."""

    SOFT_HYPHEN = "soft_hyphen"
    BULLET = "bullet"
    CELL = "cell"
    JOINED_LINE = "joined_line"
    JOINED_WORD = "joined_word"


@dataclass(frozen=True, slots=True)
class Tidied:
    """Hold the tidy text and how often each thing was tidied."""

    text: str
    changed: Mapping[Tidying, int]


_CELL: Final = re.compile(r'"((?:[^"]|"")*)"\n?')
_BULLET: Final = re.compile(
    "^([ \u3000]*)(?:[\uf000-\uf0ff][ \t\u00a0]*|[•·▪‣◦∙●○■□o§][\t\u00a0][ \t\u00a0]*)(?=\\S)", re.MULTILINE
)
_STOPS: Final = tuple("。．！？!?：:")
_BROKEN_WORD: Final = re.compile("[A-Za-z]{2}-$")
_LATIN: Final = re.compile("[!-~]")
_LEAST_BROKEN: Final = 2
_LEAST_WIDTH: Final = 15.0
_SPREAD: Final = 2.0
"""How many ems the lines of a PDF differ in width: a line breaks early for a closing bracket or a Latin word."""


_Counts = Mapping[Tidying, int]


def tidy(text: str, *, is_cell: bool = False) -> Tidied:
    """Tidy a pasted text whose line ends are line feeds; `is_cell` tells that it comes from a spreadsheet."""
    changed: dict[Tidying, int] = {}
    for rule in (partial(_cell, is_cell=is_cell), _soft_hyphens, _bullets, _lines):
        text, counts = rule(text)
        changed |= {tidying: count for tidying, count in counts.items() if count}
    return Tidied(text, changed)


def _cell(text: str, *, is_cell: bool) -> tuple[str, _Counts]:
    """Take one cell as a spreadsheet copies it: quoted where it has line ends or quotes, with a line end behind it."""
    quoted = _CELL.fullmatch(text)
    if quoted is not None and ("\n" in quoted[1] or '""' in quoted[1]):
        return quoted[1].replace('""', '"'), {Tidying.CELL: 1}
    if is_cell and text.count("\n") == 1 and text.endswith("\n") and "\t" not in text:
        return text[:-1], {Tidying.CELL: 1}
    return text, {}


def _soft_hyphens(text: str) -> tuple[str, _Counts]:
    return text.replace("\u00ad", ""), {Tidying.SOFT_HYPHEN: text.count("\u00ad")}


def _bullets(text: str) -> tuple[str, _Counts]:
    """Write the bullets of Word, which are glyphs of fonts of symbols, as 「・」."""
    text, count = _BULLET.subn(r"\1・", text)
    return text, {Tidying.BULLET: count}


def _lines(text: str) -> tuple[str, _Counts]:
    """Join the lines that a PDF broke inside sentences."""
    blocks = [_block(block.split("\n")) for block in text.split("\n\n")]
    counts = {kind: sum(counted[kind] for _, counted in blocks) for kind in (Tidying.JOINED_LINE, Tidying.JOINED_WORD)}
    return "\n\n".join(block for block, _ in blocks), counts


def _block(lines: Sequence[str]) -> tuple[str, _Counts]:
    """Join the broken lines of a block without empty lines; one line alone proves nothing."""
    widest = max(width_in_em(line.rstrip()) for line in lines)
    broken = [_is_broken(line, following, widest) for line, following in pairwise(lines)]
    counts = {Tidying.JOINED_LINE: 0, Tidying.JOINED_WORD: 0}
    if sum(broken) < _LEAST_BROKEN:
        return "\n".join(lines), counts
    joined = [lines[0]]
    for is_broken, following in zip(broken, lines[1:], strict=True):
        if not is_broken:
            joined.append(following)
            continue
        counts[Tidying.JOINED_WORD if _is_in_a_word(joined[-1], following) else Tidying.JOINED_LINE] += 1
        joined[-1] = _together(joined[-1].rstrip(), following.lstrip(" "))
    return "\n".join(joined), counts


def _is_broken(line: str, following: str, widest: float) -> bool:
    """Tell whether a line ends because it was full: as long as the others, without a stop, and with text to follow."""
    line = line.rstrip()
    return (
        widest - _SPREAD <= width_in_em(line) >= _LEAST_WIDTH
        and not line.endswith(_STOPS)
        and bool(following.strip())
        and not following.startswith("\u3000")
        and not list_mark(following)
    )


def _is_in_a_word(line: str, following: str) -> bool:
    return _BROKEN_WORD.search(line.rstrip()) is not None and following.lstrip(" ")[:1].islower()


def _together(line: str, following: str) -> str:
    """Join two lines; a Latin word that was broken loses its hyphen, two Latin words get a space."""
    if _is_in_a_word(line, following):
        return line[:-1] + following
    between = " " if _LATIN.fullmatch(line[-1]) and _LATIN.fullmatch(following[0]) else ""
    return line + between + following

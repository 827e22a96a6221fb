"""Find words or a regular expression in a text, loosely or to the letter, and work out what a replacement gives.

A pattern of a person can take forever on a harmless text: matching ends after a while and says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import regex

from hyoka_desktop.errors import InputError
from hyoka_desktop.text.folding import Folded, as_written, fold, folded

_SECONDS: Final = 2.0
_GROUP: Final = regex.compile(r"\\(\\|[0-9]|g<([^>]+)>|n)")


@dataclass(frozen=True, slots=True)
class Match:
    """Hold where a pattern was found (as places in the text) and what stands in its place after a replacement."""

    start: int
    end: int
    replacement: str


class Pattern:
    """Find something; `loosely` takes width, kana and case as the same."""

    def __init__(self, wanted: str, *, is_regex: bool = False, loosely: bool = True) -> None:
        self._is_regex = is_regex
        self._loosely = loosely
        flags = regex.VERSION1 | regex.MULTILINE | (regex.IGNORECASE if loosely else 0)
        try:
            self._expression = regex.compile(self._source(wanted), flags)
        except regex.error as fault:
            raise InputError("pattern_wrong", fault=str(fault)) from fault

    def holds(self, text: str) -> bool:
        """Tell whether the pattern is in a text."""
        return next(self.matches(text), None) is not None

    def matches(self, text: str, replacement: str = "") -> Iterator[Match]:
        """Yield all places from left to right, none of them empty; InputError where matching takes too long."""
        prepared = folded(text) if self._loosely else as_written(text)
        try:
            for found in self._expression.finditer(prepared.text, timeout=_SECONDS, concurrent=True):
                if found.end() > found.start():
                    start, end = prepared.original(found.start(), found.end())
                    yield Match(start, end, self._filled(replacement, found, prepared, text))
        except TimeoutError as fault:
            raise InputError("pattern_slow") from fault

    def replaced(self, text: str, replacement: str) -> str:
        """Tell a text with all that was found replaced."""
        parts, place = [], 0
        for match in self.matches(text, replacement):
            if match.start >= place:
                parts += [text[place : match.start], match.replacement]
                place = match.end
        return "".join((*parts, text[place:]))

    def _source(self, wanted: str) -> str:
        if not self._is_regex:
            return str(regex.escape(fold(wanted) if self._loosely else wanted))
        # A full-width bracket in a pattern is a bracket to be found, not a group.
        return "".join(_folded_sign(sign) for sign in wanted) if self._loosely else wanted

    def _filled(self, replacement: str, found: "regex.Match[str]", prepared: Folded, text: str) -> str:
        """Put the groups of a regular expression into a replacement, as they are written in the text."""
        if not self._is_regex:
            return replacement

        def group(sign: "regex.Match[str]") -> str:
            if sign[1] in ("\\", "n"):
                return "\n" if sign[1] == "n" else "\\"
            name = sign[2] or sign[1]
            try:
                start, end = found.span(int(name) if name.isdigit() else name)
            except IndexError as fault:
                raise InputError("pattern_group", name=name) from fault
            return "" if start < 0 else text[slice(*prepared.original(start, end))]

        return str(_GROUP.sub(group, replacement))


def _folded_sign(sign: str) -> str:
    same = fold(sign)
    return sign if same == sign else str(regex.escape(same))

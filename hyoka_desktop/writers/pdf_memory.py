"""Remember what a PDF was made of, so that the next one of nearly the same layout costs little.

What is remembered follows from what it was made from alone, so the bytes are the same with a memory and without.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from hyoka_desktop.garbage import let_go
from hyoka_desktop.typeset.frames import Element
from hyoka_desktop.writers.pdf_font import FontCodes, FontProgram
from hyoka_desktop.writers.pdf_objects import Block

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """Keep values by the identity of their source and by a key of all else that they depend on."""

    def __init__(self) -> None:
        self._before: dict[int, tuple[object, object, Value]] = {}
        self._now: dict[int, tuple[object, object, Value]] = {}

    def value(self, source: object, key: object, make: Callable[[], Value]) -> Value:
        """Tell the known value, or a new one where the key is another one than the last time."""
        known = self._now.get(id(source)) or self._before.get(id(source))
        if known is None or known[1] != key:
            known = (source, key, make())
        # The source is kept with the value: its identity cannot pass to another object meanwhile.
        self._now[id(source)] = known
        return known[2]

    def forget_unused(self) -> None:
        """Forget what was not asked for since the last call."""
        unused, self._before, self._now = self._before, self._now, {}
        let_go(unused)

    def let_go(self) -> None:
        """Forget everything, bit by bit."""
        let_go(self._before)
        let_go(self._now)


@dataclass(frozen=True, slots=True)
class PageContent:
    """Hold the finished content of a page: the compressed stream, and the element of each of its marks."""

    stream: bytes
    marks: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class PdfMemory:
    """Hold what was made for the last files: of pages by their texts, of fonts by their faces, of sections."""

    characters: Remembered[Mapping[str, frozenset[str]]] = field(default_factory=Remembered)
    contents: Remembered[PageContent] = field(default_factory=Remembered)
    codes: Remembered[FontCodes] = field(default_factory=Remembered)
    programs: Remembered[FontProgram] = field(default_factory=Remembered)
    elements: Remembered[Sequence[Element]] = field(default_factory=Remembered)
    blocks: Remembered[Block] = field(default_factory=Remembered)

    def forget_unused(self) -> None:
        """Forget what the last file had no use for."""
        for kept in self._all:
            kept.forget_unused()

    def let_go(self) -> None:
        """Forget everything, bit by bit."""
        for kept in self._all:
            kept.let_go()

    @property
    def _all(self) -> "tuple[Remembered[Any], ...]":
        return self.characters, self.contents, self.codes, self.programs, self.elements, self.blocks

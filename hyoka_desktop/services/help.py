"""Read the pages of the help from their folder: texts, contents, which screen a page explains, and words in them."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hyoka_desktop.errors import WorldError
from hyoka_desktop.paths import resource
from hyoka_desktop.services.matching import around, fits_words
from hyoka_desktop.text.folding import fold_all, folded

CONTENTS: Final = "contents.json"
PICTURES: Final = "pictures"
_INSERTED: Final = re.compile(r"\{(\w+)\}")
_MARKUP: Final = re.compile(r"!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|[*`#|\[]|^[-:| ]+", re.MULTILINE)
_WRAPPED: Final = re.compile(r"(?<=[^\x00-\x7f])\n *(?=[^\x00-\x7f])")
"""A line end inside of a Japanese sentence, which Markdown takes for a space."""


@dataclass(frozen=True, slots=True)
class HelpPage:
    """Hold one page: its Markdown, and the names of the screens that it explains."""

    id: str
    text: str
    screens: tuple[str, ...]

    @property
    def title(self) -> str:
        """Tell the heading of the page."""
        return self.text.partition("\n")[0].removeprefix("#").strip()

    @property
    def plain(self) -> str:
        """Tell what the page says, without the signs of Markdown."""
        return _MARKUP.sub("", self.text)


@dataclass(frozen=True, slots=True)
class HelpBook:
    """Hold the pages in the order of the contents; the first one is where a stranger begins."""

    folder: Path
    pages: tuple[HelpPage, ...]

    def page(self, page_id: str) -> HelpPage | None:
        """Tell a page, None where there is none of the name."""
        return next((page for page in self.pages if page.id == page_id), None)

    def page_for(self, screens: Iterable[str]) -> HelpPage:
        """Tell the page of the first of some screens, the innermost first, that any page explains."""
        owners = {screen: page for page in self.pages for screen in page.screens}
        return next((owners[screen] for screen in screens if screen in owners), self.pages[0])

    def find(self, words: str) -> list[tuple[HelpPage, str]]:
        """Tell the pages that hold all words, each with the first place in it."""
        found = [page for page in self.pages if fits_words(words, page.plain)]
        return [(page, _place(words, page.plain)) for page in found]


def shipped_help(inserted: Mapping[str, str]) -> HelpBook:
    """Read the help that comes with the program."""
    return read_help(resource("help"), inserted)


def read_help(folder: Path, inserted: Mapping[str, str]) -> HelpBook:
    """Read all pages; `{name}` in a text stands for what is inserted, for example the name and key of an action.

    WorldError where the contents or a page cannot be read.
    """
    try:
        contents = json.loads((folder / CONTENTS).read_text(encoding="utf-8"))
        texts = {entry["page"]: (folder / f"{entry['page']}.md").read_text(encoding="utf-8") for entry in contents}
    except (OSError, ValueError) as fault:
        raise WorldError("help_missing", path=str(folder)) from fault
    return HelpBook(
        folder,
        tuple(
            HelpPage(
                entry["page"],
                _INSERTED.sub(lambda found: inserted[found[1]], _WRAPPED.sub("", texts[entry["page"]])),
                tuple(entry.get("screens", ())),
            )
            for entry in contents
        ),
    )


def _place(words: str, text: str) -> str:
    """Tell the first place of the first word with what is around it."""
    first = fold_all(words).split()[:1]
    whole = folded(text)
    start = whole.text.casefold().find(first[0]) if first else -1
    return around(text, *whole.original(start, start + len(first[0]))) if start >= 0 else ""

"""Find the passport of a document in whichever of its three places it is left: property, keywords, foot of the page."""

import re
from collections.abc import Iterator
from typing import Final

from hyoka_desktop.exchange.package_guard import Package
from hyoka_desktop.exchange.package_parts import Relations, parts_of_kind, relations_of
from hyoka_desktop.exchange.word.runs import name_of, plain_text

PASSPORT_PROPERTY: Final = "HyokaPassport"
"""The name of the custom property that holds it."""
_PASSPORT: Final = re.compile(r"\S{1,80} [0-9]{4} \S[^\n]{0,240}")
"""Form, year and state; other things stand in keywords and feet too."""


def read_passports(package: Package, relations: Relations) -> tuple[str, ...]:
    """Tell the different passports that are found, the most trusted first; `relations` are those of the document."""
    found = (text.strip() for text in _candidates(package, relations))
    return tuple(dict.fromkeys(text for text in found if _PASSPORT.fullmatch(text)))


def _candidates(package: Package, relations: Relations) -> Iterator[str]:
    own = relations_of(package, "")
    for name in parts_of_kind(package, own, "custom-properties"):
        for entry in package.xml(name):
            if entry.get("name") == PASSPORT_PROPERTY:
                yield "".join(entry.itertext())
    for name in parts_of_kind(package, own, "core-properties"):
        yield package.xml(name).findtext("{*}keywords") or ""
    for name in parts_of_kind(package, relations, "footer"):
        for element in package.xml(name).iter():
            if name_of(element) == "p":
                yield plain_text(element)

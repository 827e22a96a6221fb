"""Name the drafts of a report that are not the text of a field on the screen, in the field part of their address.

A draft of a field has the address of the field. What is being said about it, what is being written for it while a file
that came back is reviewed, and an older draft that waits for a decision, would lie in its way there.
"""

from collections.abc import Collection
from enum import Enum
from itertools import count
from typing import Final, NamedTuple

from hyoka_desktop.domain.comments import COMMENT_TEXT
from hyoka_desktop.domain.report import Address

_COMMENT: Final = "comment:"
_TAKING: Final = "taking:"
_ASIDE: Final = "aside:"


class DraftKind(Enum):
    """Tell where a draft was being written: in its field, in a comment on it, or in the review of a returned file."""

    FIELD = ""
    COMMENT = _COMMENT
    TAKING = _TAKING


class DraftKey(NamedTuple):
    """Say what a draft is: of which field, where it was being written, and whether it was set aside."""

    address: Address
    kind: DraftKind
    is_aside: bool


def read_key(key: Address) -> DraftKey:
    """Read the address under which a draft is kept."""
    field, is_aside = key.field, key.field.startswith(_ASIDE)
    if is_aside:
        field = field.removeprefix(_ASIDE).partition(":")[2]
    kind = next(
        (kind for kind in (DraftKind.COMMENT, DraftKind.TAKING) if field.startswith(kind.value)), DraftKind.FIELD
    )
    return DraftKey(key._replace(field=field.removeprefix(kind.value)), kind, is_aside)


def is_of_field(key: Address) -> bool:
    """Tell whether a draft is the text of a field on the screen."""
    return not key.field.startswith((_ASIDE, _COMMENT, _TAKING))


def comment_key(place: Address) -> Address:
    """Name the comment that is being written on a field, or the answer to the comment of that node."""
    return place._replace(field=_COMMENT + place.field)


def taking_key(place: Address) -> Address:
    """Name the words of one's own for a field that are being written in the review of a returned file."""
    return place._replace(field=_TAKING + place.field)


def rewriting_key(remark: int, year: int) -> Address:
    """Name the other words in which a remark is being said."""
    return comment_key(Address(remark, COMMENT_TEXT, year))


def aside_key(key: Address, taken: Collection[Address]) -> Address:
    """Name a draft that was set aside, where no typing reaches it; `taken` are the names that are in use."""
    named = (key._replace(field=f"{_ASIDE}{number}:{key.field}") for number in count(1))
    return next(name for name in named if name not in taken)

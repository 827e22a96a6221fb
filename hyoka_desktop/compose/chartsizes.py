"""Say how small the charts of an item are drawn where an item has to stand on one page."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ChartSize:
    """Give the size of charts as multiples of what the form asks for; `as_list` writes the values in lines instead.

    More than a row of charts stands in `beside` times as many columns; a list stands in `beside` columns.
    """

    beside: float = 1.0
    height: float = 1.0
    as_list: bool = False


USUAL: Final = ChartSize()
_CLOSER: Final = ChartSize(1.5, 0.7)
_CLOSEST: Final = ChartSize(1.5, 0.45)
_LIST: Final = ChartSize(as_list=True)
_LIST_IN_TWO: Final = ChartSize(2.0, as_list=True)

FITS: Final = (
    *((fit, USUAL) for fit in (1.0, 0.94, 0.88, 0.82, 0.76, 0.7)),
    *((fit, _CLOSER) for fit in (0.76, 0.7, 0.64)),
    *((fit, _CLOSEST) for fit in (0.7, 0.64, 0.58, 0.52)),
    *((fit, _LIST) for fit in (0.58, 0.52)),
    *((fit, _LIST_IN_TWO) for fit in (0.58, 0.52, 0.46, 0.4)),
    (0.52, USUAL),
)
"""How much smaller a page may be set, and how its charts, so that an item stands on one page: the best first.

The last one goes on to further pages in type that can still be read.
"""

"""Measure lengths on paper exactly: English Metric Units, as Office Open XML has them (914,400 to the inch).

A millimetre is 36,000 and a point 12,700 of them, so both are whole numbers.
"""

from typing import Final, Self

_PER_POINT: Final = 12700
_PER_MM: Final = 36000
_PER_TWIP: Final = 635


class Length(int):
    """Hold a length in EMU; made with `pt` or `mm`."""

    @classmethod
    def of_pt(cls, points: float) -> Self:
        """Make a length of points (1/72 inch)."""
        return cls(round(points * _PER_POINT))

    @classmethod
    def of_mm(cls, millimetres: float) -> Self:
        """Make a length of millimetres."""
        return cls(round(millimetres * _PER_MM))

    @property
    def pt(self) -> float:
        """Tell the length in points."""
        return self / _PER_POINT

    @property
    def mm(self) -> float:
        """Tell the length in millimetres."""
        return self / _PER_MM

    @property
    def twips(self) -> int:
        """Tell the length in twentieths of a point, rounded, as WordprocessingML counts."""
        return round(self / _PER_TWIP)

    @property
    def half_points(self) -> int:
        """Tell the length in half points, rounded, as WordprocessingML counts font sizes."""
        return round(self / _PER_POINT * 2)

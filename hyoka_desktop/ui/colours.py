"""The colours of the window as data: light, dark, high contrast. The only place in `ui` where a colour is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final


@dataclass(frozen=True, slots=True)
class Colours:
    """Name the colours by what they are for.

    `line` only divides; `edge` is the border of what can be used. What stands on `sheet` is printed paper: it is white
    with black ink in every theme.
    """

    name: str
    window: str
    paper: str
    text: str
    faint: str
    disabled: str
    line: str
    edge: str
    accent: str
    accent_soft: str
    accent_text: str
    good: str
    warning: str
    bad: str
    locked: str
    desk: str
    sheet: str = "#ffffff"
    sheet_ink: str = "#000000"
    sheet_edge: str = "#b9b5aa"
    sheet_fold: str = "#9aa1a8"
    sheet_accent: str = "#1f5f8b"
    mark_field: str = "#e9f1f7"
    mark_match: str = "#fff0a8"
    mark_current: str = "#ffc65c"
    mark_edge: str = "#8a5a00"


LIGHT: Final = Colours(
    name="light",
    window="#f4f3ef",
    paper="#ffffff",
    text="#22262b",
    faint="#555e67",
    disabled="#868c93",
    line="#d9d6cd",
    edge="#868a8c",
    accent="#1f5f8b",
    accent_soft="#e3edf4",
    accent_text="#ffffff",
    good="#22713f",
    warning="#8a5a00",
    bad="#a3262a",
    locked="#f7f6f2",
    desk="#dcdad3",
)
DARK: Final = Colours(
    name="dark",
    window="#202327",
    paper="#292d32",
    text="#e9e7e2",
    faint="#b3bac1",
    disabled="#858c94",
    line="#3f454c",
    edge="#828a92",
    accent="#86bfe6",
    accent_soft="#2d4152",
    accent_text="#10181f",
    good="#83d09c",
    warning="#e6b94a",
    bad="#ff9a92",
    locked="#24282c",
    desk="#17191c",
)
CONTRAST: Final = Colours(
    name="contrast",
    window="#000000",
    paper="#000000",
    text="#ffffff",
    faint="#f0f0f0",
    disabled="#a6a6a6",
    line="#9a9a9a",
    edge="#ffffff",
    accent="#ffe14d",
    accent_soft="#00306b",
    accent_text="#000000",
    good="#7dff9b",
    warning="#ffd24d",
    bad="#ffa59d",
    locked="#000000",
    desk="#000000",
)


class Scheme(Enum):
    """Name what a person can choose; SYSTEM is what the system shows."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


THEMES: Final[Mapping[Scheme, Colours]] = {
    Scheme.LIGHT: LIGHT,
    Scheme.DARK: DARK,
    Scheme.CONTRAST: CONTRAST,
}

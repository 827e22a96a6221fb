"""What is shown now: the theme and the scale of texts. Qt's palette and font are global, and so is this beside them."""

from typing import Final

from hyoka_desktop.ui.colours import LIGHT, Colours

_PERCENT: Final = 100


class Shown:
    """Tell each colour of the theme that is shown by its name."""

    def __init__(self) -> None:
        self._colours: Colours | None = None
        self._percent = _PERCENT

    def __getattr__(self, name: str) -> str:
        return str(getattr(self._colours or LIGHT, name))

    @property
    def scale(self) -> float:
        """Tell the scale of texts."""
        return self._percent / _PERCENT

    def shows(self, colours: Colours, percent: int) -> bool:
        """Tell whether this is shown already."""
        return (self._colours, self._percent) == (colours, percent)

    def show(self, colours: Colours, percent: int) -> None:
        """Show another theme, or texts of another size."""
        self._colours, self._percent = colours, percent


NOW: Final = Shown()

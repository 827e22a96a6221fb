"""What the window does about its looks: colours, size of text, explanations of terms; kept in the settings."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from hyoka_desktop.messages.window import word
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.ui.colours import Scheme
from hyoka_desktop.ui.explaining import show_explanation
from hyoka_desktop.ui.theme import TEXT_SIZES, look

if TYPE_CHECKING:
    from hyoka_desktop.ui.window import Window

_COLOURS: Final = "colours"
_TEXT_SIZE: Final = "text_size"
_USUAL: Final = 100


class AppearanceWork(QObject):
    """Carry out the actions about how the window looks."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        look().choose(*kept_look(window.settings))
        look().changed.connect(self._rebuild)
        self._size = look().text_size

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Tell what is done for each action."""
        return {
            **{f"colours_{scheme.value}": self._colours_action(scheme) for scheme in Scheme},
            **{f"text_{percent}": self._size_action(percent) for percent in TEXT_SIZES},
            "explain": self._explain,
        }

    def check_actions(self) -> None:
        """Tick in the menus what is chosen."""
        shown = look()
        for name in (f"colours_{shown.scheme.value}", f"text_{shown.text_size}"):
            self._window.actions_[name].setChecked(True)

    def _colours_action(self, scheme: Scheme) -> Callable[[], None]:
        return lambda: self._choose(scheme, look().text_size)

    def _size_action(self, percent: int) -> Callable[[], None]:
        return lambda: self._choose(look().scheme, percent)

    def _choose(self, scheme: Scheme, percent: int) -> None:
        self._window.settings.remember({_COLOURS: scheme.value, _TEXT_SIZE: str(percent)})
        look().choose(scheme, percent)
        for window in self._window.windows.all:
            window.appearance.check_actions()

    def _rebuild(self) -> None:
        """Build the pages anew for texts of another size, whose rows and columns were measured once."""
        if look().text_size != self._size:
            self._size = look().text_size
            self._window.fit_texts()

    def _explain(self) -> None:
        if not show_explanation(self._window.focusWidget()):
            self._window.say(word("explain_none"))


def kept_look(settings: Settings) -> tuple[Scheme, int]:
    """Tell the scheme and the size of text that the person chose, or the usual ones."""
    chosen = settings.text(_COLOURS)
    scheme = next((scheme for scheme in Scheme if scheme.value == chosen), Scheme.SYSTEM)
    percent = next((size for size in TEXT_SIZES if str(size) == settings.text(_TEXT_SIZE)), _USUAL)
    return scheme, percent

"""The look of the running window: which theme and which size of text it has now, and how it changes while it runs."""

from pathlib import Path
from typing import Final, cast

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication, QWidget

from hyoka_desktop.ui.colours import CONTRAST, DARK, LIGHT, THEMES, Colours, Scheme
from hyoka_desktop.ui.icons import recolour
from hyoka_desktop.ui.shown import NOW
from hyoka_desktop.ui.style import POINT_SIZE, SEARCH_PATH, style_sheet

FONT_FAMILY: Final = "BIZ UDGothic"
UNIT: Final = 8
"""The grid of the layout in pixels."""
LINE_HEIGHT_PERCENT: Final = 160
TEXT_SIZES: Final = (90, 100, 110, 125, 150, 175)
"""The sizes of text that can be chosen, in percent."""
_OF_THE_SYSTEM: Final = ("QMenu", "QMenuBar", "QAbstractItemView", "QTipLabel", "QMessageBox")
"""What Windows has fonts of its own for: with the first style sheet Qt gives them these, smaller ones, once more."""
COLOURS: Final = cast("Colours", NOW)
"""The colours of the theme that is shown: read them when you paint, keep none."""


class Look(QObject):
    """Dress the application; `changed` tells that colours or the size of text are others now."""

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._keeper = _keep_style_caches()
        self.scheme = Scheme.SYSTEM
        self.text_size = 100
        hints = application.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        if hasattr(hints, "accessibility"):
            # Qt tells the wish for contrast since 6.10.
            hints.accessibility().contrastPreferenceChanged.connect(self._follow_system)
        application.screenAdded.connect(lambda _: recolour(application))
        self._dress()

    def choose(self, scheme: Scheme, text_size: int) -> None:
        """Show a scheme, or what the system shows, with texts of a size in percent."""
        if (scheme, text_size) == (self.scheme, self.text_size):
            return
        self.scheme, self.text_size = scheme, text_size
        self._tell_system()
        self._dress()

    def _follow_system(self) -> None:
        if self.scheme is Scheme.SYSTEM:
            self._dress()

    def _tell_system(self) -> None:
        """Have frame and title of the window, which the system draws, go with the scheme."""
        hints = self._application.styleHints()
        if self.scheme is Scheme.SYSTEM:
            hints.unsetColorScheme()
        else:
            hints.setColorScheme(Qt.ColorScheme.Light if self.scheme is Scheme.LIGHT else Qt.ColorScheme.Dark)

    def _dress(self) -> None:
        colours = THEMES.get(self.scheme) or system_colours(self._application.styleHints())
        if NOW.shows(colours, self.text_size):
            return
        NOW.show(colours, self.text_size)
        self._dress_widgets(colours)
        recolour(self._application)
        self.changed.emit()

    def _dress_widgets(self, colours: Colours) -> None:
        # Without the old style sheet everything is dressed once, with it three times: 130 ms instead of 340.
        self._application.setStyleSheet("")
        font = QFont(FONT_FAMILY)
        font.setPointSizeF(POINT_SIZE * NOW.scale)
        self._application.setFont(font)
        self._application.setPalette(_palette(colours))
        self._application.setStyleSheet(style_sheet(colours, NOW.scale))
        # PySide takes text here, whatever its stubs say.
        if any(QApplication.font(kind) != font for kind in _OF_THE_SYSTEM):  # type: ignore[call-overload]
            self._application.setFont(font)


def _keep_style_caches() -> QWidget:
    """Make a widget with a style sheet of its own; as long as it lives, Qt knows which of its remembered widgets died.

    WORKAROUND: Qt remembers style rules by the address of a widget and forgets them when that is destroyed. Without any
    style sheet it gives up listening, but a widget that was asked for a measure and never shown counts as listened to;
    after its death the next style sheet follows its address: a segmentation fault.
    """
    keeper = QWidget()
    keeper.setStyleSheet("* {}")
    keeper.ensurePolished()
    return keeper


def dress(application: QApplication, fonts_folder: Path, icons_folder: Path) -> Look:
    """Give the application its style and fonts, and the look of the system."""
    for path in sorted(fonts_folder.glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))
    QDir.setSearchPaths(SEARCH_PATH, [str(icons_folder)])
    application.setStyle("Fusion")
    return Look(application)


def look() -> Look:
    """Tell the look of the application."""
    application = QApplication.instance()
    found = application.findChild(Look) if application is not None else None
    assert isinstance(found, Look), "the application was dressed"
    return found


def system_colours(hints: QStyleHints) -> Colours:
    """Tell the theme that goes with what the system shows."""
    if hasattr(hints, "accessibility"):
        preference = hints.accessibility().contrastPreference()
        if preference is Qt.ContrastPreference.HighContrast:
            return CONTRAST
    return DARK if hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT


def scaled(pixels: int) -> int:
    """Tell a length that grows with the text."""
    return round(pixels * NOW.scale)


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, colours.window),
        (roles.Base, colours.paper),
        (roles.AlternateBase, colours.locked),
        (roles.Text, colours.text),
        (roles.WindowText, colours.text),
        (roles.Button, colours.paper),
        (roles.ButtonText, colours.text),
        (roles.BrightText, colours.text),
        (roles.Light, colours.line),
        (roles.Midlight, colours.line),
        (roles.Mid, colours.edge),
        (roles.Dark, colours.edge),
        (roles.Shadow, colours.edge),
        (roles.Highlight, colours.accent),
        (roles.Accent, colours.accent),
        (roles.HighlightedText, colours.accent_text),
        (roles.Link, colours.accent),
        (roles.LinkVisited, colours.accent),
        (roles.PlaceholderText, colours.faint),
        (roles.ToolTipBase, colours.paper),
        (roles.ToolTipText, colours.text),
    ):
        palette.setColor(role, QColor(colour))
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.disabled))
    return palette

"""The composition root of the window: makes the application, dresses it, and hands everything over."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from hyoka_desktop import __version__
from hyoka_desktop.messages.window import APPLICATION, word
from hyoka_desktop.paths import resource
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.ui.collecting import Collector
from hyoka_desktop.ui.dialogs.notice import tell
from hyoka_desktop.ui.editors.inputfocus import InputFocus
from hyoka_desktop.ui.help.asking import HelpKey
from hyoka_desktop.ui.interpreter import prepare_interpreter
from hyoka_desktop.ui.tasks import wait_for_the_last
from hyoka_desktop.ui.theme import dress
from hyoka_desktop.ui.window import Window
from hyoka_desktop.ui.windows import Windows

_PICTURE_WAIT_MS = 2500


def run_window(path: Path | None) -> int:
    """Open the window, with a report if one is named; tell the exit code of the application."""
    application = make_application()
    window = make_window()
    sys.excepthook = CrashTeller(window.windows)
    application.commitDataRequest.connect(lambda _: _save_all())
    window.show()
    if path is not None:
        QTimer.singleShot(0, lambda: window.open_file(path))
    code = application.exec()
    wait_for_the_last()
    return code


def picture_of_window(path: Path, target: Path) -> None:
    """Open a report in a window without showing it to anybody, and save a picture of it."""
    # The platform without a screen complains of what only a screen can do.
    qInstallMessageHandler(lambda *_: None)
    application = make_application(headless=True)
    window = make_window()
    window.show()
    window.open_file(path)

    def take() -> None:
        window.grab().save(str(target))
        window.close()
        application.quit()

    QTimer.singleShot(_PICTURE_WAIT_MS, take)
    application.exec()


def make_application(*, headless: bool = False) -> QApplication:
    """Make the application, or take the one that is there."""
    known = QApplication.instance()
    if isinstance(known, QApplication):
        return known
    prepare_interpreter()
    arguments = ["hyoka-desktop", *(["-platform", "offscreen"] if headless else [])]
    application = QApplication(arguments)
    application.setApplicationName(APPLICATION)
    application.setApplicationVersion(__version__)
    QLocale.setDefault(QLocale(QLocale.Language.Japanese, QLocale.Country.Japan))
    _translate_dialogs(application)
    dress(application, resource("fonts"), resource("icons"))
    HelpKey(application)
    InputFocus(application)
    Collector(application).exempt_what_is_there()
    return application


def make_window(settings: Settings | None = None) -> Window:
    """Make a window on the start page; it can make others. Its settings are written before the program ends."""
    if settings is None:
        settings = Settings(later=ThreadPoolExecutor(1, "settings").submit)
    return Windows(settings, resource("fonts"), __version__).another()


def _translate_dialogs(application: QApplication) -> None:
    """Let Qt's own dialogs speak Japanese, where the translation is installed."""
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(), "qtbase", "_", folder):
        application.installTranslator(translator)


def _save_all() -> None:
    """Write everything in all windows, because the computer is shutting down."""
    windows = [window for window in QApplication.topLevelWidgets() if isinstance(window, Window)]
    for window in windows:
        window.save_now()
        window.backups.hurry()


class CrashTeller:
    """Tell a fault of ours in words without contents of the report; what is saved is safe already.

    It is told when the loop turns next, since it may have come in the middle of painting; what comes until it was read
    is only logged. Any window that is open shows it, or the dialog in hand.
    """

    def __init__(self, windows: Windows) -> None:
        self._windows = windows
        self._is_telling = False

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log it, and have it told."""
        sys.__excepthook__(kind, error, trace)
        if not self._is_telling:
            self._is_telling = True
            QTimer.singleShot(0, lambda: self._tell(kind.__name__))

    def _tell(self, kind: str) -> None:
        shown = QApplication.activeModalWidget() or QApplication.activeWindow() or next(iter(self._windows.all), None)
        try:
            if shown is not None:
                tell(shown, word("crash_title"), word("crash_text", kind=kind))
        finally:
            self._is_telling = False

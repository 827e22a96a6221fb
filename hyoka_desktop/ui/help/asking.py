"""Open the help at the page of the screen in hand, from the window and, by F1, from every dialog."""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from hyoka_desktop.errors import WorldError
from hyoka_desktop.messages.window import action_text, word
from hyoka_desktop.services.help import HelpBook, shipped_help
from hyoka_desktop.ui.actions import ACTION_DEFINITIONS, ActionDefinition
from hyoka_desktop.ui.dialogs.notice import tell_error
from hyoka_desktop.ui.help.window import HelpWindow
from hyoka_desktop.ui.plain import shown_caption

_KEY = "F1"
_MARK = "hyoka_help_key"


def read_book() -> HelpBook:
    """Read the shipped help, with the names and keys that the actions have now."""
    return shipped_help(inserted_texts())


def ask_help(place: QWidget, page_id: str = "") -> None:
    """Show the help beside the window of a place: a page by its name, or the page of the place."""
    asking = place.window()
    try:
        book = read_book()
    except WorldError as error:
        tell_error(asking, error)
        return
    shown = asking if isinstance(asking, HelpWindow) else asking.findChild(HelpWindow)
    if shown is None:
        shown = HelpWindow(asking, book)
        shown.finished.connect(shown.deleteLater)
    shown.show_page(book.page(page_id) or book.page_for(screens_of(place)))
    shown.show()
    shown.raise_()
    shown.activateWindow()
    shown.browser.setFocus()


def screens_of(place: QWidget) -> Iterator[str]:
    """Name the screens that a place is in, the innermost first: its own name, then its kinds."""
    at: QObject | None = place
    while at is not None:
        if at.objectName():
            yield at.objectName()
        yield from (kind.__name__ for kind in type(at).__mro__)
        at = at.parent()


def inserted_texts() -> Mapping[str, str]:
    """Tell what stands for `{name}` in the help: name and key of each action, and the list of all keys."""
    named = {definition.name: _named(definition) for definition in ACTION_DEFINITIONS}
    return {**named, "keys": "\n".join(_key_table())}


class HelpKey(QObject):
    """Give every dialog the key for help: a modal one lets no key through to the window."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        application.focusChanged.connect(self._equip)

    def _equip(self, _: QWidget | None, now: QWidget | None) -> None:
        dialog = now.window() if now is not None else None
        if isinstance(dialog, QDialog) and not dialog.property(_MARK):
            dialog.setProperty(_MARK, True)  # noqa: FBT003 - Qt's signature
            QShortcut(QKeySequence(_KEY), dialog).activated.connect(self._ask)

    def _ask(self) -> None:
        """Show the help for the place in hand; no dialog is held, so that each can go when it is done."""
        place = QApplication.focusWidget() or QApplication.activeModalWidget()
        if place is not None:
            ask_help(place)


def _named(definition: ActionDefinition) -> str:
    name = f"「{action_text(definition.name).removesuffix('…')}」"
    return f"{name}（{definition.key}）" if definition.key else name


def _key_table() -> Iterator[str]:
    """Write the table of all keys, menu by menu."""
    yield f"| {word('shortcut_menu')} | {word('shortcut_action')} | {word('shortcut_key')} |"
    yield "|---|---|---|"
    menus = list(dict.fromkeys(definition.menu for definition in ACTION_DEFINITIONS))
    for definition in sorted(ACTION_DEFINITIONS, key=lambda one: menus.index(one.menu)):
        menu = shown_caption(word(f"menu_{definition.menu}"))
        yield f"| {menu} | {action_text(definition.name).removesuffix('…')} | {definition.key} |"

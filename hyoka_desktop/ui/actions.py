"""The registry of actions: every function of the window with its key, icon and place in the menus."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar, QWidget

from hyoka_desktop.messages.window import action_text, word
from hyoka_desktop.ui.colours import Scheme
from hyoka_desktop.ui.icons import icon
from hyoka_desktop.ui.plain import keyed_caption, shown_caption
from hyoka_desktop.ui.theme import TEXT_SIZES


@dataclass(frozen=True, slots=True)
class ActionDefinition:
    """Declare one action; `letter` chooses it in its menu, as other programs of Windows have it where they agree.

    Those that need an open report are off on the start page, those that change it are off where it is only read. The
    key of what belongs `to_tree` works there alone: in a text it has a meaning of its own.
    """

    name: str
    menu: str
    letter: str
    key: str = ""
    icon: str = ""
    needs_report: bool = True
    changes_report: bool = False
    begins_group: bool = False
    to_tree: bool = False


ACTION_DEFINITIONS: Final = (
    ActionDefinition("new", "file", "N", "Ctrl+N", "file-plus", needs_report=False),
    ActionDefinition("open", "file", "O", "Ctrl+O", "folder-open", needs_report=False),
    ActionDefinition("recent", "file", "R", "Ctrl+R", "history", needs_report=False),
    ActionDefinition("new_window", "file", "W", "Ctrl+Alt+N", needs_report=False),
    ActionDefinition("sample", "file", "M", "Ctrl+Shift+O", "book-2", needs_report=False),
    ActionDefinition("import", "file", "I", "Ctrl+Shift+I", "notebook", needs_report=False),
    ActionDefinition("export", "file", "E", "Ctrl+E", "file-export", begins_group=True),
    ActionDefinition("print", "file", "P", "Ctrl+P", "printer"),
    ActionDefinition("backup", "file", "B", "Ctrl+Shift+B", "file-text"),
    ActionDefinition("save", "file", "S", "Ctrl+S"),
    ActionDefinition("indicators_out", "file", "L", "Ctrl+Shift+L", "table", begins_group=True),
    ActionDefinition("indicators_in", "file", "K", "Ctrl+Shift+K", "", changes_report=True),
    ActionDefinition("publish", "file", "U", "Ctrl+Shift+S", "file-export", changes_report=True, begins_group=True),
    ActionDefinition("publish_at_closing", "file", "T", "Ctrl+Alt+P", needs_report=False),
    ActionDefinition("mark_shared", "file", "F", "Ctrl+Alt+M", changes_report=True),
    ActionDefinition("reopen", "file", "A", "F5"),
    ActionDefinition("backups", "file", "V", "Ctrl+Alt+B"),
    ActionDefinition("start", "file", "C", "Ctrl+W", "", begins_group=True),
    ActionDefinition("quit", "file", "X", "Ctrl+Q", "x", needs_report=False),
    ActionDefinition("undo", "edit", "U", "Ctrl+Z", "arrow-back-up", changes_report=True),
    ActionDefinition("redo", "edit", "R", "Ctrl+Y", "arrow-forward-up", changes_report=True),
    ActionDefinition("cut", "edit", "T", "Ctrl+X", begins_group=True),
    ActionDefinition("copy", "edit", "C", "Ctrl+C"),
    ActionDefinition("paste", "edit", "P", "Ctrl+V"),
    ActionDefinition("select_all", "edit", "A", "Ctrl+A"),
    ActionDefinition("context_menu", "edit", "M", "Shift+F10"),
    ActionDefinition("find_in_item", "edit", "F", "Ctrl+F", "search", begins_group=True),
    ActionDefinition("replace", "edit", "E", "Ctrl+H", "replace"),
    ActionDefinition("go_to_item", "edit", "G", "Ctrl+K", "target-arrow"),
    ActionDefinition("add_comment", "edit", "N", "Ctrl+Alt+C", "message-plus", begins_group=True, changes_report=True),
    ActionDefinition("next_comment", "edit", "X", "Shift+F7"),
    ActionDefinition("insert_value", "edit", "I", "Ctrl+Shift+V", begins_group=True, changes_report=True),
    ActionDefinition("add_item", "item", "A", "Ctrl+Shift+N", "plus", changes_report=True),
    ActionDefinition("add_section", "item", "G", "Ctrl+Shift+G", "list-tree", changes_report=True),
    ActionDefinition(
        "move_up", "item", "U", "Ctrl+Shift+Up", "arrow-up", begins_group=True, changes_report=True, to_tree=True
    ),
    ActionDefinition("move_down", "item", "W", "Ctrl+Shift+Down", "arrow-down", changes_report=True, to_tree=True),
    ActionDefinition("renumber", "item", "R", "Ctrl+Shift+R", "list-numbers", changes_report=True),
    ActionDefinition("remove_node", "item", "D", "Ctrl+Shift+Del", "trash", changes_report=True),
    ActionDefinition("previous_item", "item", "P", "Ctrl+PgUp", "", begins_group=True),
    ActionDefinition("next_item", "item", "N", "Ctrl+PgDown"),
    ActionDefinition("previous_tab", "item", "B", "Ctrl+Shift+Tab"),
    ActionDefinition("next_tab", "item", "T", "Ctrl+Tab"),
    ActionDefinition("state_forward", "item", "F", "Ctrl+Shift+PgDown", "", begins_group=True, changes_report=True),
    ActionDefinition("state_back", "item", "K", "Ctrl+Shift+PgUp", changes_report=True),
    ActionDefinition("unlock_item", "item", "L", "Ctrl+Alt+U", "lock-open", changes_report=True),
    ActionDefinition("add_year", "item", "Y", "Ctrl+Shift+Y", "calendar-plus", begins_group=True, changes_report=True),
    ActionDefinition("toggle_preview", "view", "P", "F9", "eye", begins_group=True),
    ActionDefinition("toggle_comments", "view", "M", "F7", "message"),
    ActionDefinition("progress", "view", "R", "Ctrl+Alt+G", "progress-check"),
    ActionDefinition("zoom_in", "view", "I", "Ctrl++", "zoom-in", begins_group=True),
    ActionDefinition("zoom_out", "view", "O", "Ctrl+-", "zoom-out"),
    ActionDefinition("fit_page", "view", "F", "Ctrl+0"),
    ActionDefinition("actual_size", "view", "A", "Ctrl+1"),
    ActionDefinition("fit_width", "view", "W", "Ctrl+2"),
    ActionDefinition("two_up", "view", "T", "Ctrl+3", "layout-columns"),
    ActionDefinition("thumbnails", "view", "L", "F4", "layout-sidebar"),
    ActionDefinition("previous_page", "view", "B", "Alt+PgUp", "chevron-left", begins_group=True),
    ActionDefinition("next_page", "view", "N", "Alt+PgDown", "chevron-right"),
    ActionDefinition("go_to_page", "view", "G", "Ctrl+G"),
    ActionDefinition("find_on_page", "view", "E", "Ctrl+Shift+F", "search"),
    ActionDefinition("toggle_past", "view", "Y", "Alt+L", "layout-columns", begins_group=True),
    ActionDefinition("toggle_history", "history", "R", "F8", "history"),
    ActionDefinition("state_history", "history", "T", "Shift+F8"),
    ActionDefinition("search_history", "history", "F", "Ctrl+Shift+H"),
    ActionDefinition(
        "record_version", "history", "S", "Ctrl+Alt+S", "bookmark", begins_group=True, changes_report=True
    ),
    ActionDefinition("versions", "history", "V", "Ctrl+Alt+V", "versions"),
    ActionDefinition("hand_out", "circulation", "D", "Ctrl+Shift+D", "send", changes_report=True),
    ActionDefinition("take_back", "circulation", "T", "Ctrl+Shift+T", "inbox", changes_report=True),
    ActionDefinition("handouts", "circulation", "S", "Ctrl+Alt+D", "", begins_group=True),
    ActionDefinition("help", "help", "H", "F1", "book-2", needs_report=False),
    ActionDefinition("tour", "help", "T", "Alt+F1", needs_report=False),
    ActionDefinition("palette", "help", "P", "Ctrl+Shift+P", "command", needs_report=False),
    ActionDefinition("shortcuts", "help", "K", "Ctrl+/", "keyboard", needs_report=False),
    *(
        ActionDefinition(f"colours_{scheme.value}", "colours", letter, f"Ctrl+Alt+{number}", needs_report=False)
        for number, (scheme, letter) in enumerate(zip(Scheme, "SLDH", strict=True), start=1)
    ),
    *(
        ActionDefinition(f"text_{percent}", "text_size", letter, f"Ctrl+Alt+{number % 10}", needs_report=False)
        for number, (percent, letter) in enumerate(zip(TEXT_SIZES, ascii_uppercase, strict=False), len(Scheme) + 1)
    ),
    ActionDefinition("explain", "help", "E", "Ctrl+F1", "book-2", needs_report=False),
    ActionDefinition("about", "help", "A", "Shift+F1", "info-circle", needs_report=False),
)
PAGE_ACTIONS: Final = (
    *("zoom_in", "zoom_out", "fit_page", "actual_size", "fit_width", "two_up", "thumbnails"),
    *("previous_page", "next_page", "go_to_page", "find_on_page"),
)
"""What is done on the pages in sight."""
SIDE_ACTIONS: Final[Mapping[str, str]] = {
    "toggle_preview": "preview",
    "toggle_history": "history",
    "toggle_comments": "comments",
}
"""What shows or hides a panel of the right side, by action."""
_OF_TREE: Final = frozenset(
    {
        *("add_item", "add_section", "move_up", "move_down", "renumber", "remove_node"),
        *("state_forward", "state_back", "unlock_item"),
    }
)
"""What the menu of a line of the tree offers."""
_MENUS: Final = ("file", "edit", "item", "history", "circulation", "view", "help")
_CHOICES: Final[Mapping[str, str]] = {"colours": "view", "text_size": "view"}
"""Menus inside of menus, in which one action is chosen."""


class Actions:
    """Make the actions of a window and put them into its menus."""

    def __init__(self, window: QMainWindow, handlers: Mapping[str, Callable[[], None]]) -> None:
        self._by_name: dict[str, QAction] = {}
        bar = window.menuBar()
        menus = {name: bar.addMenu(word(f"menu_{name}")) for name in _MENUS}
        groups: dict[str, QActionGroup] = {}
        for name, parent in _CHOICES.items():
            menus[name] = QMenu(word(f"menu_{name}"), window)
            groups[name] = QActionGroup(window)
            menus[parent].addMenu(menus[name])
        for definition in ACTION_DEFINITIONS:
            text = action_text(definition.name)
            action = QAction(keyed_caption(text, definition.letter), window)
            action.setObjectName(definition.name)
            action.setIconText(text)
            action.setToolTip(text)
            if definition.icon:
                action.setIcon(icon(definition.icon))
            if definition.key:
                action.setShortcut(QKeySequence(definition.key))
            if definition.to_tree:
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            handler = handlers[definition.name]
            action.triggered.connect(lambda _=False, act=handler: act())
            if definition.begins_group:
                menus[definition.menu].addSeparator()
            menus[definition.menu].addAction(action)
            if definition.menu in groups:
                action.setCheckable(True)
                groups[definition.menu].addAction(action)
            self._by_name[definition.name] = action
        _keep_native_bar_off(bar)

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def by_menu(self) -> list[tuple[str, QAction]]:
        """Tell all actions in the order of the menus, each with the name of its menu."""
        menus = (*_MENUS, *_CHOICES)
        names = {name: shown_caption(word(f"menu_{name}")) for name in menus}
        ordered = sorted(ACTION_DEFINITIONS, key=lambda definition: menus.index(definition.menu))
        return [(names[definition.menu], self._by_name[definition.name]) for definition in ordered]

    def serve_tree(self, tree: QWidget, menu: QMenu) -> None:
        """Have a tree take the keys that belong to it alone, and fill its menu."""
        for definition in (one for one in ACTION_DEFINITIONS if one.name in _OF_TREE):
            if definition.begins_group:
                menu.addSeparator()
            menu.addAction(self._by_name[definition.name])
        tree.addActions([self._by_name[definition.name] for definition in ACTION_DEFINITIONS if definition.to_tree])

    def set_report_open(self, is_open: bool, *, changeable: bool = True) -> None:  # noqa: FBT001 - a Qt-like setter
        """Let the actions that need a report work, or not."""
        for definition in ACTION_DEFINITIONS:
            if definition.needs_report:
                works = is_open and (changeable or not definition.changes_report)
                self._by_name[definition.name].setEnabled(works)


def _keep_native_bar_off(bar: QMenuBar) -> None:
    bar.setNativeMenuBar(False)

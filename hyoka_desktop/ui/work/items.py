"""What the window does with 区分, 項目 and years: add, remove, move, renumber."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from hyoka_desktop.domain import era, fields
from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.backups import Reason
from hyoka_desktop.ui.dialogs.notice import ask, tell
from hyoka_desktop.ui.dialogs.tables import renumber_dialog
from hyoka_desktop.ui.holding import with_held
from hyoka_desktop.ui.tree_model import Entry

if TYPE_CHECKING:
    from hyoka_desktop.ui.desk import Desk
    from hyoka_desktop.ui.window import Window


class ItemWork:
    """Carry out the item actions of a window."""

    def __init__(self, window: "Window") -> None:
        self._window = window

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Tell what is done for each action."""
        return {
            "add_item": self.add_item,
            "add_section": self.add_section,
            "move_up": lambda: self.move(-1),
            "move_down": lambda: self.move(1),
            "renumber": self.renumber,
            "remove_node": self.remove,
            "add_year": self.add_year,
        }

    def add_item(self) -> None:
        """Add an item at the end of the 区分 in hand, and go to its title."""
        desk = self._window.desk
        if desk is None:
            return
        desk.commit()
        section = self._section(desk)
        if section is None:
            section = desk.workplace.session.add_section(desk.workplace.year)
        item = desk.workplace.session.add_item(desk.workplace.year, section)
        desk.go_to(desk.workplace.view.address(item, fields.ITEM_TITLE))

    def add_section(self) -> None:
        """Add a 区分 at the end, and go to it."""
        desk = self._window.desk
        if desk is not None:
            desk.commit()
            section = desk.workplace.session.add_section(desk.workplace.year)
            desk.tree.choose(Entry("", node=section, kind=NodeKind.SECTION))

    def move(self, by: int) -> None:
        """Move the item or 区分 in hand by one place; an item goes over into the neighbouring 区分."""
        desk = self._window.desk
        entry = desk.entry if desk is not None else None
        if desk is None or entry is None or entry.node is None:
            return
        desk.commit()
        desk.workplace.session.step_node(desk.workplace.year, entry.node, by)

    def remove(self) -> None:
        """Ask, and remove the item or 区分 in hand."""
        desk = self._window.desk
        entry = desk.entry if desk is not None else None
        if desk is None or entry is None or entry.node is None:
            return
        desk.commit()
        label = next((known.label for known in desk.model.entries() if known.same_place(entry)), entry.label)
        kind = word(f"node_{entry.kind.value}") if entry.kind is not None else ""
        what = word("remove_what", kind=kind, label=label)
        text = with_held("remove_text", what, desk.workplace.view, entry.node)
        if ask(self._window, word("remove_title"), text, word("remove_do"), destroys=True):
            desk.workplace.session.remove_node(desk.workplace.year, entry.node)

    def renumber(self) -> None:
        """Show the new numbers, and write them."""
        desk = self._window.desk
        if desk is None:
            return
        desk.commit()
        workplace = desk.workplace
        numbers = workplace.session.renumbering(workplace.year)
        if not numbers:
            tell(self._window, word("renumber_title"), word("renumber_none"))
        elif renumber_dialog(self._window, workplace.view, numbers).exec():
            workplace.session.renumber(workplace.year)

    def add_year(self) -> None:
        """Ask, add the year after the newest, and show it."""
        desk = self._window.desk
        if desk is None:
            return
        desk.commit()
        year = desk.workplace.session.newest_year + 1
        text = word("add_year_text", year=era.format_fiscal_year(year))
        if ask(self._window, word("add_year_title"), text, word("add_year_do")) and self._window.backups.backup_before(
            Reason.YEAR
        ):
            desk.workplace.session.add_year(year)
            desk.workplace.choose_year(year)
            self._window.say(word("add_year_done", year=era.format_fiscal_year(year)))

    def _section(self, desk: "Desk") -> int | None:
        """Tell the 区分 in hand, or the last one."""
        if desk.entry is not None and desk.entry.node is not None:
            section = desk.workplace.session.snapshot.tree.ancestor(desk.entry.node, NodeKind.SECTION)
            if section is not None:
                return section.id
        sections = desk.workplace.view.sections
        return sections[-1].id if sections else None

"""The desk for one open report: tree at the left, pages in the middle, preview and panels at the right."""

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from hyoka_desktop.domain.report import ROOT, Address, Node, NodeKind
from hyoka_desktop.formdef.model import Tab
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.preview import Target, part_of_page
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.ui.attention import Attention
from hyoka_desktop.ui.breathing import breathe
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.pages.pages import ItemPage
from hyoka_desktop.ui.pages.stack import PageStack
from hyoka_desktop.ui.paper.findbar import FindBar
from hyoka_desktop.ui.paper.pane import PreviewPane
from hyoka_desktop.ui.search.itembar import ItemFindBar
from hyoka_desktop.ui.search.treefilter import TreeFilter
from hyoka_desktop.ui.side.bar import PREVIEW, SideBar
from hyoka_desktop.ui.side.comments import CommentsPanel
from hyoka_desktop.ui.side.history import HistoryPanel
from hyoka_desktop.ui.side.panels import PANELS
from hyoka_desktop.ui.sight import Sight
from hyoka_desktop.ui.tasks import CpuQueue
from hyoka_desktop.ui.theme import UNIT, scaled
from hyoka_desktop.ui.tree_model import Entry, ReportTreeModel
from hyoka_desktop.ui.tree_view import ReportTree
from hyoka_desktop.ui.wayback import WayBack
from hyoka_desktop.ui.workplace import Workplace

_WIDTHS = (260, 640, 460)


class Desk(QWidget):
    """Show and edit one report, from `begin` on."""

    def __init__(
        self, workplace: Workplace, queue: CpuQueue, fonts_folder: Path, settings: Settings, *, with_side: bool
    ) -> None:
        super().__init__()
        self._settings = settings
        self.workplace = workplace
        # Qt keeps a connected lambda, and what it holds, until the sender ends; the workplace ends with its desk.
        workplace.setParent(self)
        self._entry: Entry | None = None
        self.model = ReportTreeModel(workplace, self)
        breathe()
        self.tree = ReportTree()
        self.preview = PreviewPane(workplace, queue, fonts_folder, settings, "preview")
        self._made_computed_preview = partial(PreviewPane, workplace, queue, fonts_folder, settings, "computed")
        self.side = SideBar(workplace, self.preview, PANELS)
        self._side_wanted = with_side
        self._stack = PageStack(workplace)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._tree_side())
        self.splitter.addWidget(self._middle())
        self.splitter.addWidget(self.side)
        self.side.setVisible(with_side)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([scaled(width) for width in _WIDTHS])
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.splitter)
        self.tree.chosen.connect(self.show_entry)
        self.tree.activated.connect(self.enter_page)
        self.preview.field_wanted.connect(self.go_to)
        self.side.turned.connect(self._show_preview)
        self.side.place_wanted.connect(self.go_to)
        workplace.year_changed.connect(self._follow_year)
        workplace.changed.connect(lambda _: self._leave_vanished_year())
        workplace.taken_back.connect(self._return_to)
        workplace.settling.connect(self.commit)
        workplace.talk_wanted.connect(lambda: self.show_panel(CommentsPanel.name))
        workplace.states_wanted.connect(self.show_states)
        self._attention = Attention(workplace, self)
        self._sight = Sight(self)
        self._way_back = WayBack(self, (self.tree, self._stack, self.preview.area))
        for bar in (self.find_bar, self.preview.find_bar):
            self._lead_back_from(bar)

    def begin(self) -> None:
        """Show the tree and the first item."""
        self.tree.show_model(self.model)
        breathe()
        self.tree.setCurrentIndex(self._first_item())
        self.tree.setFocus()

    @property
    def entry(self) -> Entry | None:
        """Tell what is shown."""
        return self._entry

    @property
    def item(self) -> int | None:
        """Tell the item that is shown, None where something else is."""
        entry = self._entry
        return entry.node if entry is not None and entry.kind is NodeKind.ITEM else None

    @property
    def target(self) -> Target | None:
        """Tell what the pages show."""
        entry = self._entry
        if entry is None or entry.part is not None:
            return Target(part=entry.part) if entry is not None else None
        return self._target_of(entry)

    @property
    def page(self) -> QWidget | None:
        """Tell the page that is shown."""
        return self._stack.currentWidget()

    def commit(self) -> None:
        """Make final everything that was typed, and what is being composed too."""
        if self._stack.writing is not None:
            self._stack.writing.commit()

    def show_entry(self, entry: Entry) -> None:
        """Show the page of a line of the tree."""
        self.commit()
        self._entry = entry
        if entry.part is None:
            self._stack.turn_to(entry)
        else:
            self._stack.bring(self._computed)
        self.workplace.enter(entry.node)
        self.side.setVisible(entry.part is None and self._side_wanted)
        if entry.part is None:
            self._show_preview()
        else:
            self._computed_preview.show_target(Target(part=entry.part))

    def go_to(self, address: Address) -> None:
        """Go to the field of an address, whichever page it is on."""
        tree = self.workplace.session.snapshot.tree
        if address.node not in tree.nodes:
            return
        entry = self._entry_of(tree.nodes[address.node], address)
        if entry is None:
            return
        self.tree.choose(entry)
        if self._stack.writing is not None:
            self._stack.writing.show_field(address)
            self._sight.look_at(self.window().focusWidget())

    def step_item(self, by: int) -> None:
        """Go to the next or the previous item."""
        items = [entry for entry in self.model.entries() if entry.kind is NodeKind.ITEM]
        if not items:
            return
        place = next((place for place, entry in enumerate(items) if entry.same_place(self._entry)), None)
        self.tree.choose(items[0] if place is None else items[(place + by) % len(items)])

    def step_tab(self, by: int) -> None:
        """Turn to the next or the previous tab of an item."""
        if isinstance(self.page, ItemPage):
            self.page.step_tab(by)

    def enter_page(self) -> None:
        """Put the cursor into the page that is shown."""
        if self._stack.writing is not None:
            self._stack.writing.begin()

    def toggle_panel(self, name: str) -> None:
        """Show the preview or a panel of the right side; hide the side where it is shown already."""
        is_shown = self._side_wanted and self.side.shown == name
        has_cursor = self._has_cursor(self.side)
        self._side_wanted = not is_shown
        if not is_shown:
            self.side.show_panel(name)
        self.side.setVisible(self._side_wanted and not self._is_computed)
        self._show_preview()
        if is_shown and has_cursor:
            self._way_back.go()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the work with Escape from the right side."""
        if event.key() == Qt.Key.Key_Escape and self._has_cursor(self.side):
            self._way_back.go()
        else:
            super().keyPressEvent(event)

    def _has_cursor(self, part: QWidget) -> bool:
        return part.isAncestorOf(self.window().focusWidget())

    @property
    def side_shown(self) -> str:
        """Tell what the right side shows, also while a computed table takes its place; empty where it is hidden."""
        return self.side.shown if self._side_wanted else ""

    def hide_side(self) -> None:
        """Hide the right side, where it is not hidden already."""
        if self._side_wanted:
            self.toggle_panel(self.side.shown)

    def show_panel(self, name: str) -> None:
        """Show a panel of the right side, where it is not shown already."""
        if not (self._side_wanted and self.side.shown == name):
            self.toggle_panel(name)

    def show_states(self) -> None:
        """Show what states the item in hand had, who gave them and why."""
        if self.item is None:
            self.workplace.said.emit(word("history_no_item"))
            return
        # With no field in hand the panel speaks of the item.
        self.workplace.enter(self.item)
        self.show_panel(HistoryPanel.name)

    def act_on_pages(self, name: str) -> None:
        """Carry out an action on the pages; they are shown first where they are hidden."""
        if not self._is_computed:
            self.show_panel(PREVIEW)
        (self._computed_preview if self._is_computed else self.preview).act(name)

    def close_report(self) -> Callable[[], None]:
        """Make everything final and hear no more of the report; tell how to close it, on any thread."""
        self.commit()
        self._attention.end()
        self._sight.end()
        self._way_back.end()
        self.preview.keep_state()
        if "_computed" in vars(self):
            self._computed_preview.keep_state()
        return self.workplace.close()

    @property
    def _is_computed(self) -> bool:
        """Tell whether the pages of a computed table take the middle, where nothing can be edited."""
        return self._entry is not None and self._entry.part is not None

    def _show_preview(self) -> None:
        """Let the preview show what is in hand, where it can be seen."""
        if self._side_wanted and self.side.shown == PREVIEW and self._entry is not None and not self._is_computed:
            self.preview.show_target(self._target_of(self._entry))
            self._attention.look()

    def _target_of(self, entry: Entry) -> Target | None:
        if entry.page is not None:
            return Target(part=part_of_page(self.workplace.form, entry.page))
        if entry.kind is NodeKind.ITEM:
            return Target(item=entry.node)
        first = next(iter(self.workplace.view.children(entry.node or ROOT, NodeKind.ITEM)), None)
        return Target(item=first.id) if first else None

    def _entry_of(self, node: Node, address: Address) -> Entry | None:
        tree = self.workplace.session.snapshot.tree
        item = tree.ancestor(node.id, NodeKind.ITEM)
        if item is not None:
            return Entry("", node=item.id, kind=NodeKind.ITEM)
        if node.kind is NodeKind.SECTION:
            return Entry("", node=node.id, kind=NodeKind.SECTION)
        field = self.workplace.form.fields.get(address.field)
        pages: list[Tab] = [page for page in self.workplace.form.pages if field and page.id == field.tab]
        return Entry("", page=pages[0].id) if pages else None

    @cached_property
    def _computed_preview(self) -> PreviewPane:
        return self._made_computed_preview()

    @cached_property
    def _computed(self) -> QWidget:
        """Make the page of computed tables when the first one is shown."""
        page = QWidget(self._stack)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        note = plain_label(word("computed"), "caption")
        note.setWordWrap(True)
        note.setContentsMargins(UNIT * 2, UNIT * 2, UNIT * 2, 0)
        column.addWidget(note)
        column.addWidget(self._computed_preview)
        self._computed_preview.field_wanted.connect(self.go_to)
        self._lead_back_from(self._computed_preview.find_bar)
        self._stack.addWidget(page)
        return page

    def _lead_back_from(self, bar: FindBar) -> None:
        """Have a bar that is closed give the focus back to where the person worked."""
        self._way_back.pass_over(bar)
        bar.closed.connect(self._way_back.go)

    def _middle(self) -> QWidget:
        """Put the line that finds in the item above the pages."""
        self.find_bar = ItemFindBar(self.workplace, self.go_to, word("find_in_item"))
        self.find_bar.setContentsMargins(UNIT, UNIT, UNIT, 0)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.find_bar)
        column.addWidget(self._stack)
        return middle

    def _tree_side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, UNIT, 0, 0)
        self.filter = TreeFilter(self.workplace, self._settings)
        self.filter.wanted.connect(self.tree.show_only)
        self.filter.left.connect(self.tree.setFocus)
        column.addWidget(self.filter)
        column.addWidget(self.tree)
        return side

    def _first_item(self) -> QModelIndex:
        entries = self.model.entries()
        first = next((entry for entry in entries if entry.kind is NodeKind.ITEM), entries[0] if entries else None)
        return self.model.index_of(first) if first else self.model.index(0, 0)

    def _follow_year(self) -> None:
        breathe()
        if self._entry is not None:
            self.show_entry(self._entry)

    def build_anew(self) -> None:
        """Build the pages anew, for texts of another size. The tab stays."""
        self._stack.let_go()
        if self._entry is not None:
            self.show_entry(self._entry)

    def _leave_vanished_year(self) -> None:
        """Show the newest year where the shown one was taken back."""
        years = self.workplace.session.snapshot.years
        if self.workplace.year not in years:
            self.workplace.choose_year(years[-1])

    def _return_to(self, place: Address) -> None:
        """Go to what was taken back or repeated, in its year."""
        if place.year in self.workplace.session.snapshot.years:
            self.workplace.choose_year(place.year)
        self.go_to(place)

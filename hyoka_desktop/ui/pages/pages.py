"""The pages for what is chosen in the tree: a page of the report, a 区分, an 項目, a computed table."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTabWidget, QToolButton, QVBoxLayout, QWidget

from hyoka_desktop.domain import fields
from hyoka_desktop.domain.changes import ChangeSet
from hyoka_desktop.domain.report import ROOT, Address, NodeKind
from hyoka_desktop.domain.work import WORK_STATE
from hyoka_desktop.formdef.model import FieldDefinition, Tab
from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.explaining import explanation_tip
from hyoka_desktop.ui.icons import icon
from hyoka_desktop.ui.pages.column import FieldColumn, clear_layout, scrolling, separator
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.pages.statechip import FinalSign, StateChip
from hyoka_desktop.ui.pages.tab import ItemTab
from hyoka_desktop.ui.plain import plain_caption
from hyoka_desktop.ui.theme import UNIT, scaled
from hyoka_desktop.ui.workplace import Workplace

_WIDEST = 860
_TITLE_WIDTH = 150


class ReportPage(QWidget):
    """Edit the fields of one page of the report; 主務大臣 are blocks that can be added and removed."""

    def __init__(self, workplace: Workplace, page: Tab, parent: QWidget) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._page = page
        form = workplace.form
        self._minister_fields = form.fields_on(NodeKind.MINISTER, page.id)
        self._ministers: dict[int, FieldColumn] = {}
        self._turns = workplace.turns
        self._minister_box = QVBoxLayout()
        content = _content(self)
        self._fields = FieldColumn(workplace, form.fields_on(NodeKind.REPORT, page.id), ROOT, content)
        column = QVBoxLayout(content)
        column.setContentsMargins(UNIT * 3, UNIT * 2, UNIT * 3, UNIT * 3)
        column.addWidget(plain_label(page.label, "title"))
        column.addSpacing(UNIT)
        column.addWidget(self._fields)
        column.addLayout(self._minister_box)
        if self._minister_fields:
            column.addWidget(self._add_button(), alignment=Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        self._fill_ministers()
        workplace.changed.connect(self._follow)

    def show_year(self) -> None:
        """Show the chosen year, where another one was chosen since."""
        if self._turns == self._workplace.turns:
            return
        self._turns = self._workplace.turns
        self._fields.point_at(ROOT)
        self._fill_ministers()
        for minister, column in self._ministers.items():
            column.point_at(minister)

    def begin(self) -> None:
        """Put the cursor into the first field."""
        self._fields.begin()

    def commit(self) -> None:
        """Make final what was typed, and what is being composed too."""
        for column in (self._fields, *self._ministers.values()):
            column.commit()

    def show_field(self, address: Address) -> bool:
        """Put the cursor into a field of this page; False where the page does not have it."""
        return _focus((self._fields, *self._ministers.values()), address)

    def _add_button(self) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon("plus"))
        button.setText(word("add_minister"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.clicked.connect(self._add_minister)
        self._workplace.withhold(button)
        return button

    def _add_minister(self) -> None:
        self._workplace.settle()
        index = len(self._workplace.view.children(ROOT, NodeKind.MINISTER))
        self._workplace.session.add_node(self._workplace.year, ROOT, NodeKind.MINISTER, index)

    def _remove_minister(self, minister: int) -> None:
        self._workplace.settle()
        self._workplace.session.remove_node(self._workplace.year, minister)

    def _follow(self, changes: ChangeSet) -> None:
        if changes.changes_structure:
            self._fill_ministers()

    def _fill_ministers(self) -> None:
        """Show the ministers that there are; whoever edits one keeps the cursor when other things come or go."""
        ministers = [node.id for node in self._workplace.view.children(ROOT, NodeKind.MINISTER)]
        if not self._minister_fields or ministers == list(self._ministers):
            return
        clear_layout(self._minister_box)
        self._ministers = {}
        for number, minister in enumerate(ministers, start=1):
            self._minister_box.addWidget(self._minister_block(minister, number))

    def _minister_block(self, minister: int, number: int) -> QWidget:
        block = QWidget(self._fields.parentWidget())
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        name = word("minister_number", number=number)
        head.addWidget(plain_label(name, "heading"))
        head.addStretch()
        remove = QToolButton()
        remove.setIcon(icon("trash"))
        remove.setToolTip(word("remove_minister"))
        remove.setAccessibleName(word("of_block", block=name, name=word("remove_minister")))
        remove.clicked.connect(lambda: self._remove_minister(minister))
        head.addWidget(remove)
        self._workplace.withhold(remove)
        fields_of_minister = FieldColumn(self._workplace, self._minister_fields, minister, block)
        self._ministers[minister] = fields_of_minister
        for shown in fields_of_minister.blocks:
            shown.name_within(name)
        column.addWidget(separator())
        column.addLayout(head)
        column.addWidget(fields_of_minister)
        return block


class SectionPage(QWidget):
    """Edit a 区分."""

    def __init__(self, workplace: Workplace, section: int, parent: QWidget) -> None:
        super().__init__(parent)
        content = _content(self)
        self._fields = FieldColumn(workplace, workplace.form.fields_on(NodeKind.SECTION), section, content)
        column = QVBoxLayout(content)
        column.setContentsMargins(UNIT * 3, UNIT * 2, UNIT * 3, UNIT * 3)
        column.addWidget(plain_label(word("node_section"), "title"))
        column.addSpacing(UNIT)
        column.addWidget(self._fields)
        column.addStretch()

    def point_at(self, section: int) -> None:
        """Show another 区分."""
        self._fields.point_at(section)

    def begin(self) -> None:
        """Put the cursor into the first field."""
        self._fields.begin()

    def commit(self) -> None:
        """Make final what was typed, and what is being composed too."""
        self._fields.commit()

    def show_field(self, address: Address) -> bool:
        """Put the cursor into a field of this page; False where the page does not have it."""
        return _focus((self._fields,), address)


class ItemPage(QWidget):
    """Edit an 項目 in the tabs that the form names for its 調書."""

    def __init__(self, workplace: Workplace, tabs: Iterable[Tab], item: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._item = item
        self._number = plain_label("", "heading")
        self._title = QLabel()
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setProperty("role", "heading")
        self._title.setWordWrap(True)
        self._title.setMinimumWidth(scaled(_TITLE_WIDTH))
        self._badge_line = QWidget()
        self._badges = QHBoxLayout(self._badge_line)
        self._badges.setContentsMargins(UNIT * 2, 0, UNIT * 2, UNIT)
        self._badges.setSpacing(UNIT)
        self.state = StateChip(workplace, item)
        self.final = FinalSign(workplace, item)
        head = QHBoxLayout()
        head.setContentsMargins(UNIT * 2, UNIT * 2, UNIT * 2, UNIT)
        head.setSpacing(UNIT)
        head.addLayout(self._name(), stretch=1)
        head.addWidget(self.state, alignment=Qt.AlignmentFlag.AlignTop)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setUsesScrollButtons(True)
        self.tabs.tabBar().setDrawBase(False)
        self._tabs = list(tabs)
        self._pages: dict[int, ItemTab] = {}
        self._row: int | None = None
        self._rooms: list[QVBoxLayout] = []
        for tab in self._tabs:
            room = QWidget()
            self._rooms.append(QVBoxLayout(room))
            self._rooms[-1].setContentsMargins(0, 0, 0, 0)
            self.tabs.addTab(room, plain_caption(tab.label))
            self.tabs.setTabToolTip(len(self._rooms) - 1, explanation_tip(tab.label))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._badge_line)
        column.addWidget(self.final)
        column.addWidget(self.tabs, stretch=1)
        self._show_tab()
        self.tabs.currentChanged.connect(self._change_tab)
        self._show_head()
        workplace.changed.connect(self._show_head)

    def _name(self) -> QVBoxLayout:
        """Lay number and title on one line, in the middle of the head; a longer title goes on below its own start."""
        line = QHBoxLayout()
        line.setSpacing(UNIT)
        line.addWidget(self._number, alignment=Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._title, stretch=1)
        column = QVBoxLayout()
        column.addStretch()
        column.addLayout(line)
        column.addStretch()
        return column

    def point_at(self, item: int) -> None:
        """Show another item, or the chosen year; the tab stays."""
        self.commit()
        self._item = item
        self._show_tab()
        self._show_head()
        self.state.point_at(item)
        self.final.point_at(item)

    @property
    def tab_id(self) -> str:
        """Tell the id of the tab in front."""
        return self._tabs[self.tabs.currentIndex()].id

    def show_tab(self, tab_id: str) -> None:
        """Bring the tab of an id to the front, where this page has it."""
        for place, tab in enumerate(self._tabs):
            if tab.id == tab_id:
                self.tabs.setCurrentIndex(place)

    def begin(self) -> None:
        """Put the cursor on the first thing to write in on the tab in front."""
        self._front.begin()

    def step_tab(self, by: int) -> None:
        """Turn to the next or the previous tab, and enter it from wherever the cursor is."""
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % self.tabs.count())
        focus = self.window().focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            self.begin()

    def commit(self) -> None:
        """Make final what was typed, and what is being composed too."""
        for page in self._pages.values():
            page.commit()

    def show_field(self, address: Address) -> bool:
        """Go to the tab of a field and put the cursor there, or to a row or the state; False where no tab has it."""
        if not address.field:
            row = self._workplace.session.snapshot.tree.ancestor(address.node, NodeKind.ROW)
            self._row = row.id if row is not None else self._row
            return self._pages[self.tabs.currentIndex()].show_field(address)
        if address.field == WORK_STATE:
            self.state.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        field = self._workplace.form.fields.get(address.field)
        for place, tab in enumerate(self._tabs):
            if field is not None and field.tab == tab.id:
                self.tabs.setCurrentIndex(place)
                return self._pages[place].show_field(address)
        return False

    def _change_tab(self) -> None:
        self.commit()
        if self._front.rows is not None:
            self._row = self._front.rows.row
        self._show_tab()
        if self._front.rows is not None and self._row is not None:
            self._front.rows.choose(self._row)

    def _show_tab(self) -> None:
        """Build the tab in front where it is new, and let it show the item; the others wait until they are wanted."""
        place = self.tabs.currentIndex()
        page = self._pages.get(place)
        if page is None:
            page = self._pages[place] = ItemTab(self._workplace, self._tabs[place], self._item, self.tabs.widget(place))
            self._rooms[place].addWidget(page)
            # A layout shows a new widget only later, and the cursor could not go there at once.
            page.show()
            room = page.parentWidget()
            if room is not None and room.hasFocus():
                # Qt gave the cursor to the room while it was empty.
                page.begin()
        else:
            page.point_at(self._item)
        self._front = page

    def _show_head(self) -> None:
        view = self._workplace.view
        if self._item not in view.snapshot.tree.nodes:
            return
        self._number.setText(self._known(fields.ITEM_NUMBER))
        self._title.setText(self._known(fields.ITEM_TITLE) or word("item_untitled"))
        clear_layout(self._badges)
        for flag in (fields.HIGH_IMPORTANCE, fields.HIGH_DIFFICULTY, fields.PRIORITIZED):
            if self._known(flag) == fields.TRUE:
                self._badges.addWidget(self._badge(self._label(flag)))
        letter = self._known(fields.SELF_RATING)
        if letter:
            self._badges.addWidget(self._badge(f"{self._label(fields.SELF_RATING)} {letter}"))
        self._badge_line.setVisible(self._badges.count() > 0)
        self._badges.addStretch()

    def _badge(self, text: str) -> QLabel:
        badge = plain_label(text, "badge")
        badge.setToolTip(explanation_tip(text))
        return badge

    def _known(self, field: str) -> str:
        return self._workplace.view.text(self._item, field) if field in self._workplace.form.fields else ""

    def _label(self, field: str) -> str:
        definition: FieldDefinition = self._workplace.form.fields[field]
        return definition.label


def _content(page: QWidget) -> QWidget:
    """Lay an empty widget into a page that scrolls; what is put into it then has its place already."""
    content = QWidget()
    content.setMaximumWidth(scaled(_WIDEST))
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(scrolling(content, page))
    return content


def _focus(columns: Iterable[FieldColumn], address: Address) -> bool:
    for block in (block for column in columns for block in column.blocks):
        if block.field.id == address.field and block.node == address.node:
            block.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
    return False

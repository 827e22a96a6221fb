"""The tree of the report: its pages, its computed tables, 区分 and 項目, with drag and drop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from hyoka_desktop.domain import fields
from hyoka_desktop.domain.changes import Action, ChangeSet
from hyoka_desktop.domain.comments import open_counts
from hyoka_desktop.domain.report import ROOT, NodeKind, YearView
from hyoka_desktop.domain.work import WORK_STATE, WorkState, state_of
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.preview import computed_parts, letter_of_summary
from hyoka_desktop.ui.explaining import explanation_tip
from hyoka_desktop.ui.plain import plain_tip
from hyoka_desktop.ui.statesigns import state_word
from hyoka_desktop.ui.workplace import Workplace

Index = QModelIndex | QPersistentModelIndex
_Place = tuple[str | None, int | None, int | None]
_Signs = Mapping[int, str | bool | WorkState]
MIME: Final = "application/x-hyoka-node"
LETTER_ROLE: Final = Qt.ItemDataRole.UserRole + 1
MARKS_ROLE: Final = Qt.ItemDataRole.UserRole + 2
UNDERLINE_ROLE: Final = Qt.ItemDataRole.UserRole + 3
STATE_ROLE: Final = Qt.ItemDataRole.UserRole + 4
COMMENTS_ROLE: Final = Qt.ItemDataRole.UserRole + 5
"""Marks as in the 総括表: ○ and 重 beside the letter, the letter underlined for a difficult item; how far the item is,
and how many comments on it are open."""
_LABELS: Final = frozenset({fields.SECTION_NUMBER, fields.SECTION_TITLE, fields.ITEM_NUMBER, fields.ITEM_TITLE})
_NO_INDEX: Final = QModelIndex()
_MANY_LINES: Final = 40
"""So many changed lines are laid out anew all together; the view measures single ones one by one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Name what a line of the tree stands for; exactly one of page, part and node is set."""

    label: str
    page: str | None = None
    part: int | None = None
    node: int | None = None
    kind: NodeKind | None = None
    parent: int | None = None

    @property
    def place(self) -> _Place:
        """Tell what the line stands for, whatever it is called."""
        return self.page, self.part, self.node

    def same_place(self, other: "Entry | None") -> bool:
        """Tell whether two entries stand for the same thing, whatever they are called."""
        return other is not None and self.place == other.place


class ReportTreeModel(QAbstractItemModel):
    """Show the report as a tree; ids are places in a list of entries, counted from 1."""

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._letter = letter_of_summary(workplace.form)
        signs = {fields.SELF_RATING, self._letter.underline, *(mark.flag for mark in self._letter.marks), WORK_STATE}
        self._shown_fields: Final = signs | _LABELS
        self._entries: list[Entry] = []
        self._children: dict[int, list[int]] = {}
        self._rows: dict[int, int] = {}
        self._places: dict[_Place, int] = {}
        self._signs: dict[int, _Signs] = {}
        self._comments: Mapping[int, int] = {}
        self._fill()
        workplace.changed.connect(self._follow)
        workplace.year_changed.connect(self.refill)

    def refill(self) -> None:
        """Read everything anew."""
        self.beginResetModel()
        self._fill()
        self.endResetModel()

    def entry(self, index: Index) -> Entry | None:
        """Tell what a line stands for."""
        return self._entries[index.internalId() - 1] if index.isValid() else None

    def entries(self) -> Sequence[Entry]:
        """Tell all lines in the order of the tree."""
        return self._entries

    def index_of(self, entry: Entry) -> QModelIndex:
        """Find the line of an entry."""
        place = self._places.get(entry.place)
        return self.createIndex(self._rows[place], 0, place) if place is not None else QModelIndex()

    def index(self, row: int, column: int, parent: Index = _NO_INDEX) -> QModelIndex:
        """Tell the index of a child."""
        children = self._children.get(parent.internalId() if parent.isValid() else 0, [])
        if column != 0 or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, 0, children[row])

    def parent(self, index: Index = _NO_INDEX) -> QModelIndex:  # type: ignore[override]  # Qt has two of this name
        """Tell the index above."""
        entry = self.entry(index)
        if entry is None or not entry.parent:
            return QModelIndex()
        return self.createIndex(self._rows[entry.parent], 0, entry.parent)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Tell the number of children."""
        return len(self._children.get(parent.internalId() if parent.isValid() else 0, []))

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """Tell that there is one column."""
        del parent
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Tell label, letter and marks of a line."""
        entry = self.entry(index)
        if entry is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.label
        if entry.kind is NodeKind.ITEM and entry.node is not None:
            return self._item_data(entry, entry.node, role)
        if role == Qt.ItemDataRole.ToolTipRole:
            return (explanation_tip(entry.label) or None) if entry.node is None else None
        return entry.label if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _item_data(self, entry: Entry, item: int, role: int) -> str | bool | int | WorkState | None:
        """Tell letter, marks and underline of an item, as the 総括表 has them, and how far the work on it is."""
        if role in self._signs[item]:
            return self._signs[item][role]
        if role == COMMENTS_ROLE:
            return self._comments.get(item, 0)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._spoken(entry, item))
        return self._spoken(entry, item) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _spoken(self, entry: Entry, item: int) -> str:
        """Say label, state and open comments, for who does not see the signs."""
        said = [entry.label, word("state_name", state=state_word(state_of(self._workplace.view, item)))]
        count = self._comments.get(item, 0)
        return "　".join([*said, word("comments_count_tip", count=count)] if count else said)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Tell that 区分 and 項目 can be dragged, and dropped where they belong."""
        entry = self.entry(index)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._workplace.is_read_only:
            return Qt.ItemFlag.NoItemFlags if entry is None else flags
        if entry is None:
            return Qt.ItemFlag.ItemIsDropEnabled
        if entry.node is not None:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags | Qt.ItemFlag.ItemIsDropEnabled if entry.kind is NodeKind.SECTION else flags

    def supportedDropActions(self) -> Qt.DropAction:
        """Tell that lines are moved, never copied."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Tell what is dragged."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Carry the id of the dragged node, and of the report that it is from."""
        data = QMimeData()
        entry = self.entry(indexes[0]) if indexes else None
        if entry is not None and entry.node is not None:
            data.setData(MIME, f"{id(self._workplace)}:{entry.node}".encode("ascii"))
        return data

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Move the dragged node; the view must not remove anything itself, so this tells False."""
        del column
        if action is not Qt.DropAction.MoveAction or not data.hasFormat(MIME):
            return False
        report, _, node = bytes(data.data(MIME).data()).decode("ascii", "replace").partition(":")
        if report == str(id(self._workplace)) and node.isdecimal():
            self._workplace.settle()
            self.drop_node(int(node), row, self.entry(parent))
        return False

    def drop_node(self, node_id: int, row: int, target: Entry | None) -> None:
        """Move a 項目 into a 区分 (before line `row` of it, -1 for the end), or a 区分 among its like."""
        node = self._workplace.session.snapshot.tree.nodes.get(node_id)
        if node is None:
            return
        if node.kind is NodeKind.ITEM and target is not None and target.kind is NodeKind.SECTION and target.node:
            parent, before = target.node, row
        elif node.kind is NodeKind.SECTION and target is None:
            first = next((place for place, entry in enumerate(self._top()) if entry.kind is NodeKind.SECTION), 0)
            parent, before = ROOT, max(row - first, 0) if row >= 0 else -1
        else:
            return
        siblings = [sibling.id for sibling in self._workplace.view.children(parent, node.kind)]
        index = len(siblings) if before < 0 else before
        if node_id in siblings and siblings.index(node_id) < index:
            index -= 1
        move, year = self._workplace.session.move_node, self._workplace.year
        self._workplace.attempt(lambda: move(year, node_id, parent, index))

    def _top(self) -> list[Entry]:
        return [self._entries[place - 1] for place in self._children.get(0, [])]

    def _fill(self) -> None:
        self._entries, self._children, self._rows, self._places, self._signs = [], {}, {}, {}, {}
        form, view = self._workplace.form, self._workplace.view
        self._comments = open_counts(view)
        for page in form.pages:
            self._add(Entry(page.label, page=page.id))
        for part in computed_parts(form, view):
            self._add(Entry(part.label, part=part.index))
        for section in view.children(ROOT, NodeKind.SECTION):
            label = self._section_label(view, section.id)
            place = self._add(Entry(label, node=section.id, kind=NodeKind.SECTION))
            for item in view.children(section.id, NodeKind.ITEM):
                self._signs[item.id] = self._signs_of(view, item.id)
                self._add(Entry(self._item_label(view, item.id), node=item.id, kind=NodeKind.ITEM, parent=place))

    def _section_label(self, view: YearView, section: int) -> str:
        label = (
            f"{self._known(view, section, fields.SECTION_NUMBER)} {self._known(view, section, fields.SECTION_TITLE)}"
        )
        return label.strip() or word("section_untitled")

    def _item_label(self, view: YearView, item: int) -> str:
        number, title = self._known(view, item, fields.ITEM_NUMBER), self._known(view, item, fields.ITEM_TITLE)
        return f"{number} {title or word('item_untitled')}".strip()

    def _signs_of(self, view: YearView, item: int) -> _Signs:
        """Tell what stands beside a title; it is kept, since Qt asks for each of them at each painting."""
        marks, underline = self._letter.marks, self._letter.underline
        return {
            LETTER_ROLE: self._known(view, item, fields.SELF_RATING),
            MARKS_ROLE: "".join(mark.text for mark in marks if self._known(view, item, mark.flag) == fields.TRUE),
            UNDERLINE_ROLE: bool(underline) and self._known(view, item, underline) == fields.TRUE,
            STATE_ROLE: state_of(view, item),
        }

    def _add(self, entry: Entry) -> int:
        self._entries.append(entry)
        place = len(self._entries)
        siblings = self._children.setdefault(entry.parent or 0, [])
        self._rows[place] = len(siblings)
        self._places[entry.place] = place
        siblings.append(place)
        return place

    def _follow(self, changes: ChangeSet) -> None:
        """Show what changed: everything where the structure did, else the lines that a change touched."""
        before, view = self._comments, self._workplace.view
        is_talk = changes.edit.action is Action.COMMENT
        if is_talk:
            self._comments = open_counts(view)
        if changes.changes_structure and not is_talk:
            self.refill()
            return
        nodes = {address.node for address in changes.addresses if address.field in self._shown_fields}
        nodes |= {node for node in {*before, *self._comments} if before.get(node) != self._comments.get(node)}
        places = sorted(self._places[None, None, node] for node in nodes if (None, None, node) in self._places)
        for place in places:
            self._renew(view, place)
        if len(places) > _MANY_LINES:
            self.layoutAboutToBeChanged.emit()
            self.layoutChanged.emit()
            return
        for place in places:
            index = self.createIndex(self._rows[place], 0, place)
            self.dataChanged.emit(index, index)

    def _renew(self, view: YearView, place: int) -> None:
        """Read one line anew."""
        entry = self._entries[place - 1]
        node = entry.node or ROOT
        if entry.kind is NodeKind.ITEM:
            self._signs[node] = self._signs_of(view, node)
            label = self._item_label(view, node)
        else:
            label = self._section_label(view, node)
        self._entries[place - 1] = replace(entry, label=label)

    def _known(self, view: YearView, node: int, field: str) -> str:
        return view.text(node, field) if field in self._workplace.form.fields else ""

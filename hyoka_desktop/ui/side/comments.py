"""The comments on the field in hand and on its item: read, answer, close, write anew, go there."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout

from hyoka_desktop.domain import era
from hyoka_desktop.domain.comments import Comment, Remark, comments_of
from hyoka_desktop.domain.draftkeys import rewriting_key
from hyoka_desktop.domain.report import Address, NodeKind
from hyoka_desktop.messages.window import word
from hyoka_desktop.services import commenting
from hyoka_desktop.services.places import place_name
from hyoka_desktop.ui.dialogs.rewriting import ask_text
from hyoka_desktop.ui.editors.remark import RemarkEdit
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.side.panel import SidePanel
from hyoka_desktop.ui.side.remarkdraft import RemarkDraft
from hyoka_desktop.ui.theme import UNIT
from hyoka_desktop.ui.workplace import Workplace

_LINES = 4
_BESIDE = 2


@dataclass(frozen=True, slots=True)
class _Line:
    """One remark of the list, with the comment that it belongs to."""

    comment: Comment
    remark: Remark

    @property
    def is_reply(self) -> bool:
        return self.remark.node != self.comment.node


class CommentsPanel(SidePanel):
    """Show the comments of the field in hand first, then the others of its item; write another one below them."""

    name = "comments"

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._lines: list[_Line] = []
        self._draft = RemarkDraft(workplace)
        self._heading = plain_label("", "caption")
        self._heading.setWordWrap(True)
        self.list = QListWidget()
        self.list.setProperty("role", "entries")
        self.list.setAccessibleName(word("comments_list"))
        self.list.setWordWrap(True)
        self.list.itemSelectionChanged.connect(self._follow)
        self.list.itemActivated.connect(lambda _: self._go())
        self.with_closed = QCheckBox(word("comments_show_closed"))
        self.with_closed.setChecked(True)
        self.with_closed.toggled.connect(lambda _: self.refresh())
        self.text = RemarkEdit()
        self.text.setAccessibleName(word("comments_new"))
        self.text.setPlaceholderText(word("comments_hint"))
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * _LINES + UNIT * 2)
        self.text.typed.connect(self._follow)
        self.text.said.connect(self._say)
        self.buttons = {
            "comments_add": self._button("comments_add", self._add),
            "comments_reply": self._button("comments_reply", self._reply),
            "comments_close": self._button("comments_close", self._turn),
            "comments_go": self._button("comments_go", self._go),
            "comments_edit": self._button("comments_edit", self._rewrite),
            "comments_remove": self._button("comments_remove", self._remove),
        }
        changing = [button for name, button in self.buttons.items() if name != "comments_go"]
        workplace.withhold(self.text, *changing)
        self._lay_out()

    def begin(self) -> None:
        """Put the cursor where a comment is written."""
        self.refresh()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self) -> None:
        """Show the comments as they stand; what was chosen stays so."""
        place, chosen = self._place, self._chosen()
        view = self.workplace.view
        name = place_name(self.workplace.form, view, place) if place is not None else ""
        self._heading.setText(word("comments_here", place=name) if place is not None else word("comments_no_field"))
        self._lines = [
            line
            for comment in self._comments(place)
            for line in (_Line(comment, comment.remark), *(_Line(comment, reply) for reply in comment.replies))
        ]
        with QSignalBlocker(self.list):
            self._fill(place, chosen.remark.node if chosen is not None else None)
        self._follow()

    def _fill(self, place: Address | None, chosen: int | None) -> None:
        self.list.clear()
        for line in self._lines:
            self._add_line(line, place, is_chosen=line.remark.node == chosen)
        if not self._lines:
            none = QListWidgetItem(word("comments_none"))
            none.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(none)

    @property
    def _place(self) -> Address | None:
        """Tell the field in hand, in the year that is shown."""
        address = self.address
        return Address(address.node, address.field, self.workplace.year) if address is not None else None

    @property
    def _place_to_say(self) -> Address | None:
        """Tell what the text in the box would be said of: the chosen comment, or the field in hand."""
        line, year = self._chosen(), self.workplace.year
        return self._place if line is None else Address(line.comment.node, line.comment.place.field, year)

    def _comments(self, place: Address | None) -> list[Comment]:
        """Tell the comments of the field in hand, then those of its item, the open ones first."""
        tree = self.workplace.session.snapshot.tree

        def item_of(node: int | None) -> int | None:
            item = tree.ancestor(node, NodeKind.ITEM) if node is not None else None
            return item.id if item is not None else None

        here = item_of(place.node if place is not None else self.node)
        found = [
            comment
            for comment in comments_of(self.workplace.view)
            if item_of(comment.place.node) == here and (comment.is_open or self.with_closed.isChecked())
        ]
        return sorted(found, key=lambda comment: (comment.place != place, not comment.is_open, comment.node))

    def _add_line(self, line: _Line, place: Address | None, *, is_chosen: bool) -> None:
        said = {
            "who": line.remark.person or word("comments_unknown"),
            "at": era.format_moment(line.remark.at),
            "text": line.remark.text,
        }
        if line.is_reply:
            text = word("comments_reply_entry", **said)
        else:
            where = place_name(self.workplace.form, self.workplace.view, line.comment.place)
            state = word("comments_open" if line.comment.is_open else "comments_closed")
            mark = "● " if line.comment.is_open else "○ "
            text = mark + word("comments_entry", place=where, state=state, **said)
        item = QListWidgetItem(text)
        if line.comment.place == place:
            font = item.font()
            font.setBold(not line.is_reply and line.comment.is_open)
            item.setFont(font)
        self.list.addItem(item)
        item.setSelected(is_chosen)
        if is_chosen:
            self.list.setCurrentItem(item)

    def _chosen(self) -> _Line | None:
        rows = [self.list.row(item) for item in self.list.selectedItems()]
        return self._lines[rows[0]] if rows and rows[0] < len(self._lines) else None

    def _follow(self) -> None:
        """Let the buttons work that have something to work on, and keep what is being written."""
        on_screen = self.text.on_screen()
        self._draft.keep(on_screen, self._place_to_say)
        line, has_text = self._chosen(), bool(on_screen.strip())
        self.buttons["comments_add"].setEnabled(self._place is not None and has_text)
        self.buttons["comments_reply"].setEnabled(line is not None and has_text)
        self.buttons["comments_close"].setEnabled(line is not None)
        self.buttons["comments_go"].setEnabled(line is not None)
        is_open = line is None or line.comment.is_open
        self.buttons["comments_close"].setText(word("comments_close" if is_open else "comments_reopen"))
        self.buttons["comments_edit"].setEnabled(line is not None and commenting.is_own(line.remark))
        removable = line is not None and commenting.is_removable(line.comment, line.remark)
        self.buttons["comments_remove"].setEnabled(removable)
        self.text.setPlaceholderText(word("comments_reply_hint" if line is not None else "comments_hint"))

    def _say(self) -> None:
        """Answer the chosen comment; where none is chosen, begin one."""
        if self._chosen() is not None:
            self._reply()
        else:
            self._add()

    def _add(self) -> None:
        place = self._place
        if place is not None:
            self.workplace.settle()
            self._done(commenting.add_comment(self.workplace.session, self.workplace.year, place, self._typed()))

    def _reply(self) -> None:
        line = self._chosen()
        if line is not None:
            done = commenting.add_reply(self.workplace.session, self.workplace.year, line.comment, self._typed())
            self._done(done)

    def _done(self, done: object) -> None:
        if done is not None:
            self.text.clear()
            self.refresh()
            # The text box would keep Ctrl+Z to itself, and the remark could not be taken back at once.
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> str:
        self.text.finish_composition()
        return self.text.toPlainText()

    def _turn(self) -> None:
        line = self._chosen()
        if line is not None:
            is_open = not line.comment.is_open
            commenting.set_open(self.workplace.session, self.workplace.year, line.comment, is_open=is_open)
            self.refresh()

    def _rewrite(self) -> None:
        line = self._chosen()
        if line is None:
            return
        keep = partial(self.workplace.keep_remark, rewriting_key(line.remark.node, self.workplace.year))
        text = ask_text(self, word("comments_edit_title"), line.remark.text, keep)
        if text is not None:
            commenting.rewrite(self.workplace.session, self.workplace.year, line.comment, line.remark, text)
            self.refresh()
        keep(None)

    def _remove(self) -> None:
        line = self._chosen()
        if line is not None:
            commenting.remove(self.workplace.session, self.workplace.year, line.comment, line.remark)
            self.refresh()

    def _go(self) -> None:
        line = self._chosen()
        if line is not None:
            self.place_wanted.emit(line.comment.place)

    def _button(self, name: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(word(name))
        button.clicked.connect(act)
        return button

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(UNIT)
        for place, name in enumerate(("comments_close", "comments_go", "comments_edit", "comments_remove")):
            grid.addWidget(self.buttons[name], place // _BESIDE, place % _BESIDE)
        below = QGridLayout()
        below.setSpacing(UNIT)
        below.addWidget(self.buttons["comments_add"], 0, 0)
        below.addWidget(self.buttons["comments_reply"], 0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT * 2, UNIT * 2, UNIT * 2, UNIT * 2)
        column.setSpacing(UNIT)
        column.addWidget(self._heading)
        column.addWidget(self.list, stretch=1)
        column.addWidget(self.with_closed)
        column.addLayout(grid)
        column.addWidget(self.text)
        column.addLayout(below)

"""Find and replace over all items and years: a list to look at first, and one step that undo takes back."""

from collections.abc import Callable
from dataclasses import replace as with_other

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QWidget,
)

from hyoka_desktop.domain import era, fields
from hyoka_desktop.domain.report import SINCE_START, Address, YearView
from hyoka_desktop.errors import HyokaError
from hyoka_desktop.messages.errors import message_of
from hyoka_desktop.messages.window import spoken, word
from hyoka_desktop.services.places import place_name
from hyoka_desktop.services.quoting import printed_pair
from hyoka_desktop.services.search import Hit, Query, excerpt, replacement, search
from hyoka_desktop.ui.breathing import breathe
from hyoka_desktop.ui.dialogs.frame import add_foot, dialog_column, open_with
from hyoka_desktop.ui.difference import DifferenceView
from hyoka_desktop.ui.linelist import LineList
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.progressline import ProgressLine
from hyoka_desktop.ui.tasks import CpuQueue, Job
from hyoka_desktop.ui.theme import UNIT
from hyoka_desktop.ui.workplace import Workplace
from hyoka_desktop.ui.wrapping import WrappingLine

_SIZE = (1000, 680)
_KIND = "find and replace"
_PAUSE_MS = 200


class ReplaceDialog(QDialog):
    """Stay beside the window: find, look at each place, replace those that are ticked.

    The list follows what stands in the lines; nothing is replaced before it does.
    """

    def __init__(
        self,
        parent: QWidget,
        workplace: Workplace,
        queue: CpuQueue,
        item: int | None,
        go_to: Callable[[Address], object],
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._queue = queue
        self._go_to = go_to
        self._hits: tuple[Hit, ...] = ()
        self._found: Query | None = None
        self._job: Job | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.search)
        self.setWindowTitle(word("replace_title"))
        open_with(self, *_SIZE)
        self.words = QLineEdit()
        self.words.setAccessibleName(word("replace_find"))
        self.new = QLineEdit()
        self.new.setAccessibleName(word("replace_with"))
        self.loosely = QCheckBox(word("replace_loosely"))
        self.loosely.setChecked(True)
        self.regex = QCheckBox(word("replace_regex"))
        self.year = self._year_choice()
        self.item = self._item_choice(item)
        self.count = plain_label(word("replace_wait"), "caption")
        self.count.setWordWrap(True)
        self.searching = ProgressLine(word("replace_searching"))
        self.searching.stop_wanted.connect(self._stop)
        self.list = self._list_of_hits()
        self.difference = DifferenceView()
        self.search_button = QPushButton(word("history_search_do"))
        self.search_button.setDefault(True)
        self.search_button.clicked.connect(self.search)
        self.replace_button = QPushButton()
        self.replace_button.setAutoDefault(False)
        self.replace_button.clicked.connect(self.replace)
        self.go_button = QPushButton(word("replace_go"))
        self.go_button.setAutoDefault(False)
        self.go_button.clicked.connect(self.go)
        self._lay_out()
        self._connect()
        workplace.withhold(self.replace_button, self.new)
        self._follow()

    def _list_of_hits(self) -> LineList:
        heads = ("replace_column_text", "replace_column_where", "replace_column_year", "replace_column_count")
        lines = LineList([word(head) for head in heads])
        lines.setAccessibleName(word("replace_column_text"))
        lines.chosen_changed.connect(self._show_difference)
        lines.ticked.connect(self._follow)
        lines.activated.connect(lambda _: self.go())
        return lines

    def _year_choice(self) -> QComboBox:
        choice = QComboBox()
        choice.setAccessibleName(word("replace_year"))
        this_year = era.format_fiscal_year(self._workplace.year)
        choice.addItem(word("replace_this_year", year=this_year), self._workplace.year)
        choice.addItem(word("replace_all_years"), None)
        return choice

    def _item_choice(self, item: int | None) -> QComboBox:
        choice = QComboBox()
        choice.setAccessibleName(word("replace_item"))
        choice.addItem(word("replace_all_items"), None)
        if item is not None:
            number = self._workplace.view.text(item, fields.ITEM_NUMBER)
            choice.addItem(word("replace_this_item", number=number), item)
        return choice

    def search(self) -> None:
        """Find what is asked for, away from the window's thread."""
        self._give_up()
        query = self._query()
        if not query.wanted:
            self._show_hits((), query, self._workplace.view)
            self.count.setText(word("replace_wait"))
            return
        self._workplace.settle()
        form, view = self._workplace.form, self._workplace.view
        self.count.setText(word("replace_searching"))
        self.searching.begin()

        def work(checkpoint: Callable[[], None], tell: Callable[[object], None]) -> tuple[Hit, ...]:
            return search(form, view.snapshot, query, checkpoint, tell)

        self._job = self._queue.submit(
            Job(
                _KIND,
                work,
                lambda hits: self._show_hits(hits, query, view),
                lambda fault: self._show_fault(fault, query, view),
                self.searching.show_share,
            )
        )

    def replace(self) -> None:
        """Write the ticked replacements in one step; what changed meanwhile stays."""
        self._workplace.settle()
        ticked = self.ticked
        session = self._workplace.session
        edit = replacement(session.snapshot, ticked)
        breathe()
        changes = self._workplace.attempt(lambda: session.do(edit))
        if changes is None and edit is not None:
            return
        done = len(changes.addresses & {hit.address for hit in ticked}) if changes is not None else 0
        said = [word("replace_deleted" if self._deletes else "replace_done", fields=done)] if done else []
        if done < len(ticked):
            said.append(word("replace_stale", count=len(ticked) - done))
        breathe()
        self.search()
        self._workplace.said.emit("　".join(said))

    def go(self) -> None:
        """Go to the field of the chosen line; the dialog stays."""
        hit = self._chosen()
        if hit is not None and hit.address.node in self._workplace.session.snapshot.tree.nodes:
            self._go_to(hit.address)

    @property
    def ticked(self) -> list[Hit]:
        """Tell the hits that are to be replaced."""
        return [hit for hit, ticked in zip(self._hits, self.list.lines.ticks, strict=True) if ticked]

    def done(self, result: int) -> None:
        """Give up what is being searched when the dialog is left."""
        self._give_up()
        super().done(result)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(word("replace_find"), self.words)
        form.addRow(word("replace_with"), self.new)
        options = WrappingLine(UNIT * 2)
        for widget in (self.year, self.item, self.loosely, self.regex):
            options.addWidget(widget)
        options.add_at_end(self.search_button)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.list)
        splitter.addWidget(self.difference)
        splitter.setSizes([_SIZE[1] * 3 // 5, _SIZE[1] * 2 // 5])
        buttons = QDialogButtonBox()
        buttons.addButton(self.replace_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.go_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(word("close"), QDialogButtonBox.ButtonRole.RejectRole).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = dialog_column(self, UNIT)
        column.addLayout(form)
        column.addLayout(options)
        column.addLayout(self._line_of_state())
        column.addWidget(splitter, stretch=1)
        add_foot(self, buttons)

    def _line_of_state(self) -> QHBoxLayout:
        """Lay out what is said of the search, as high with the bar behind it as without."""
        line = QHBoxLayout()
        line.setSpacing(UNIT * 2)
        line.addWidget(self.count, stretch=1)
        line.addWidget(self.searching, stretch=2)
        self.count.setMinimumHeight(self.searching.sizeHint().height())
        return line

    def _connect(self) -> None:
        for line in (self.words, self.new):
            line.returnPressed.connect(self.search)
            line.textChanged.connect(lambda _: self._outdate())
        for box in (self.loosely, self.regex):
            box.toggled.connect(lambda _: self.search())
        for choice in (self.year, self.item):
            choice.activated.connect(lambda _: self.search())

    def _query(self) -> Query:
        return Query(
            self.words.text(),
            self.new.text(),
            is_regex=self.regex.isChecked(),
            loosely=self.loosely.isChecked(),
            year=self.year.currentData(),
            item=self.item.currentData(),
        )

    def _outdate(self) -> None:
        """Search again in a moment, and replace nothing till then: the list is of other words."""
        self._pause.start()
        self._follow()

    def _show_hits(self, hits: tuple[Hit, ...], query: Query, view: YearView) -> None:
        """Show what a state of the report has; where only the new words are others, ticks and chosen line stay."""
        self.searching.end()
        same = self._found is not None and with_other(self._found, replacement=query.replacement) == query
        ticked, chosen = {hit.address for hit in self.ticked}, self._chosen()
        known = {hit.address for hit in self._hits} if same else set()
        self._hits, self._found = hits, query
        ticks = [hit.address in ticked if hit.address in known else self._is_usual(hit) for hit in hits]
        with QSignalBlocker(self.list):
            self.list.fill_from(len(hits), lambda number: self._line(hits[number], view), ticks)
            for row, hit in enumerate(hits):
                if same and chosen is not None and hit.address == chosen.address:
                    self.list.selectRow(row)
        self._tell_found()
        self._show_difference()
        self._follow()

    def _tell_found(self) -> None:
        hits = self._hits
        places = sum(len(hit.matches) for hit in hits)
        said = [word("replace_found", fields=len(hits), count=places) if hits else word("replace_found_none")]
        if any(not self._is_usual(hit) for hit in hits):
            said.append(word("replace_locked_note"))
        self.count.setText("".join(said))

    def _show_fault(self, fault: BaseException, query: Query, view: YearView) -> None:
        self._show_hits((), query, view)
        if not isinstance(fault, HyokaError):
            raise fault
        self.count.setText(spoken(message_of(fault)))

    def _line(self, hit: Hit, view: YearView) -> tuple[str, str, str, str]:
        """Tell a line of the list from the state that was searched: its part may be gone when the line is seen."""
        then = view.in_year(hit.address.year) if hit.address.year else view
        where = place_name(self._workplace.form, then, hit.address)
        if hit.is_locked:
            where = f"{where} {word('replace_locked')}"
        year = "" if hit.address.year == SINCE_START else era.format_fiscal_year(hit.address.year)
        return excerpt(self._workplace.form, view, hit), where, year, str(len(hit.matches))

    def _is_usual(self, hit: Hit) -> bool:
        """Tell whether a hit is ticked at first: no approved plan, and of the year in hand or of the period."""
        return not hit.is_locked and hit.address.year in (SINCE_START, self._workplace.year)

    def _chosen(self) -> Hit | None:
        lines = self.list.chosen_lines
        return self._hits[lines[0]] if len(lines) == 1 and lines[0] < len(self._hits) else None

    def _show_difference(self) -> None:
        hit = self._chosen()
        self.go_button.setEnabled(hit is not None)
        if hit is None:
            self.difference.show_nothing("")
        else:
            form, view = self._workplace.form, self._workplace.view
            self.difference.show_texts(*printed_pair(form, hit.address, (view, hit.text), (view, hit.replaced)))

    @property
    def _deletes(self) -> bool:
        """Tell whether nothing takes the place of what is found."""
        return not self.new.text()

    def _follow(self) -> None:
        count = sum(self.list.lines.ticks)
        name = "replace_delete" if self._deletes else "replace_do"
        self.replace_button.setText(word(name, count=count) if count else word("replace_none"))
        self.replace_button.setEnabled(count > 0 and self._found == self._query())

    def _stop(self) -> None:
        """Give up the search that goes on; the list stays as it is."""
        self._give_up()
        self.count.setText(word("replace_stopped"))

    def _give_up(self) -> None:
        self._pause.stop()
        self.searching.end()
        if self._job is not None:
            self._job.cancel()
            self._job = None

"""Go to an item by its number, its name or words of its text."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from hyoka_desktop.domain.report import Address
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.matching import in_arabic
from hyoka_desktop.services.places import place_name
from hyoka_desktop.services.search import Hit, Query, excerpt, search
from hyoka_desktop.ui.search.quickpick import Pick, QuickPick
from hyoka_desktop.ui.tasks import CpuQueue, Job
from hyoka_desktop.ui.tree_model import Entry
from hyoka_desktop.ui.workplace import Workplace

_PAUSE_MS = 200
_LEAST = 2
"""Fewer characters are in every text."""
_KIND = "find in texts"


class GoTo(QuickPick):
    """List all lines of the tree, and behind them the texts in which the words are found."""

    def __init__(
        self,
        parent: QWidget,
        workplace: Workplace,
        queue: CpuQueue,
        entries: list[Entry],
        go: tuple[Callable[[Entry], object], Callable[[Address], object]],
    ) -> None:
        self._workplace = workplace
        self._queue = queue
        self._go_to_entry, self._go_to_address = go
        picks = [Pick(entry.label, "", self._entry_act(entry), in_arabic(entry.label)) for entry in entries]
        super().__init__(parent, word("go_to_title"), word("go_to_hint"), word("go_to_none"), picks)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.wanted.connect(self._await)
        self._job: Job | None = None
        self.finished.connect(lambda _: self._give_up())

    def _await(self, words: str) -> None:
        """Search in a moment, and say so at once: that nothing is found is known only then."""
        self._give_up()
        if len(words) >= _LEAST:
            self.state.setText(word("go_to_searching"))
            self._pause.start()

    def _search(self) -> None:
        words = self.line.text().strip()
        form, snapshot = self._workplace.form, self._workplace.session.snapshot
        query = Query(words, year=self._workplace.year)

        def work(checkpoint: Callable[[], None], _: Callable[[object], None]) -> tuple[Hit, ...]:
            return search(form, snapshot, query, checkpoint)

        self._job = self._queue.submit(Job(_KIND, work, self._show_hits, lambda _: self.show_more(())))

    def _show_hits(self, hits: tuple[Hit, ...]) -> None:
        form, view = self._workplace.form, self._workplace.view
        picks = []
        for hit in hits:
            hint = excerpt(form, view, hit)
            picks.append(Pick(place_name(form, view, hit.address), hint, self._address_act(hit.address)))
        self.show_more(picks)

    def _give_up(self) -> None:
        self._pause.stop()
        if self._job is not None:
            self._job.cancel()

    def _entry_act(self, entry: Entry) -> Callable[[], object]:
        return lambda: self._go_to_entry(entry)

    def _address_act(self, address: Address) -> Callable[[], object]:
        return lambda: self._go_to_address(address)

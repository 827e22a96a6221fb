"""Keep a remark that is being written as a draft, at the place that it would be said of."""

from hyoka_desktop.domain.draftkeys import comment_key
from hyoka_desktop.domain.report import ROOT, Address
from hyoka_desktop.ui.workplace import Workplace


class RemarkDraft:
    """Keep the text of one box in the file, at each keystroke, until it is said or emptied."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._key: Address | None = None
        self._text = ""
        workplace.changed.connect(lambda _: self._stay_in_report())

    def keep(self, text: str, place: Address | None) -> None:
        """Keep what is in the box; with no field in hand it stays where it was begun, else with the page that is shown.

        A text without a word is none.
        """
        key = self._key_at(place) if text.strip() else None
        if (key, text) == (self._key, self._text):
            return
        before, self._key, self._text = self._key, key, text
        if key is not None:
            self._workplace.keep_remark(key, text)
        if before is not None and before != key:
            self._workplace.keep_remark(before, None)

    def _stay_in_report(self) -> None:
        """Keep the text with the page that is shown where its place was taken back, whether the box is seen or not."""
        if self._key is not None and not self._is_there(self._key):
            self.keep(self._text, None)

    def _key_at(self, place: Address | None) -> Address:
        if place is not None and self._is_there(place):
            return comment_key(place)
        if self._key is not None and self._is_there(self._key):
            return self._key
        snapshot, shown, year = self._workplace.session.snapshot, self._workplace.entered_node, self._workplace.year
        node = shown if shown is not None and shown in snapshot.tree.nodes else ROOT
        return comment_key(Address(node, "", year if year in snapshot.years else snapshot.years[-1]))

    def _is_there(self, place: Address) -> bool:
        """Tell whether the report has the node and the year of a place."""
        snapshot = self._workplace.session.snapshot
        return place.node in snapshot.tree.nodes and place.year in snapshot.years

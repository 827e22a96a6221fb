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

    def _key_at(self, place: Address | None) -> Address:
        nodes = self._workplace.session.snapshot.tree.nodes
        if place is not None:
            return comment_key(place)
        if self._key is not None and self._key.node in nodes:
            return self._key
        shown = self._workplace.entered_node
        return comment_key(Address(shown if shown is not None and shown in nodes else ROOT, "", self._workplace.year))

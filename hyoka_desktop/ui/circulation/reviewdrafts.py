"""Keep the words of one's own that are being written in a review as drafts, until they are taken or given up."""

from collections.abc import Iterable

from hyoka_desktop.domain.draftkeys import taking_key
from hyoka_desktop.domain.report import Address
from hyoka_desktop.services.reviewing import Review, Spot, Written
from hyoka_desktop.ui.workplace import Workplace


class ReviewDrafts:
    """Keep what stands in the box of a result, at each keystroke, where it is nobody else's text.

    A review that is left can be gone on with, and so its drafts stay in the file; they go when it is taken.
    """

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def keep(self, review: Review, number: int, on_screen: str) -> None:
        """Keep what is to be seen as the result of a line, unless it is one of the texts that are on offer."""
        field = review.lines[number].field
        if field is None:
            return
        is_own = isinstance(review.choice(Spot(number)), Written) or on_screen != review.result(number)
        if is_own:
            self._keep(field.address, on_screen)
        else:
            self.give_up((field.address,))

    def give_up(self, places: Iterable[Address]) -> None:
        """Drop what was written for some texts: somebody else's is chosen."""
        for place in places:
            self._keep(place, None)

    def end(self, review: Review) -> None:
        """Drop all: what was written is in the report."""
        self.give_up(line.field.address for line in review.lines if line.field is not None)

    def _keep(self, place: Address, text: str | None) -> None:
        key, session = taking_key(place), self._workplace.session
        if session.typed.get(key) != text:
            self._workplace.keep_remark(key, text)

"""Hold the drafts of the last time about which nothing is decided yet."""

from collections.abc import Sequence

from hyoka_desktop.domain.report import Address
from hyoka_desktop.messages.window import word
from hyoka_desktop.store.drafts import KeptDraft, doubted_among
from hyoka_desktop.store.repository import Repository


class LastDrafts:
    """Hold their texts by the key that the file has for them (see `draftkeys`), the oldest first.

    The text of one that is not as it was written begins with a mark that says so, wherever it goes from here.
    """

    def __init__(self, kept: Sequence[KeptDraft]) -> None:
        self.texts = {draft.address: _marked(draft) for draft in kept}
        self.doubted = doubted_among(kept)

    @classmethod
    def of(cls, repository: Repository) -> "LastDrafts":
        """Read those of a file; those in a copy belong to who is typing them."""
        return cls(repository.kept_drafts() if repository.copied_at is None else ())

    def settle(self, key: Address, aside: Address | None) -> str:
        """Give one up, or keep it under another key; tell its text."""
        text = self.texts.pop(key)
        if aside is not None:
            self.texts[aside] = text
            self.doubted |= {aside} if key in self.doubted else frozenset()
        return text


def _marked(draft: KeptDraft) -> str:
    return draft.text if draft.is_proved else word("mark_draft") + draft.text

"""Fixtures of the typesetting tests."""

from collections.abc import Mapping

import pytest

from hyoka_desktop.paths import resource
from hyoka_desktop.typeset.fonts import FontLibrary


@pytest.fixture(scope="session")
def fonts():
    """The shipped fonts, opened once."""
    return FontLibrary(resource("fonts"))


class AdvanceWidths(Mapping):
    """The widths of a font, with a short name in the reports of hypothesis."""

    def __init__(self, widths):
        self._widths = widths

    def __getitem__(self, char):
        return self._widths[char]

    def __iter__(self):
        return iter(self._widths)

    def __len__(self):
        return len(self._widths)

    def __repr__(self):
        return "the widths of the text font"


@pytest.fixture(scope="session")
def widths(fonts):
    """The advance widths of the text font."""
    return AdvanceWidths(fonts.widths("BIZUDMincho-Regular.ttf"))

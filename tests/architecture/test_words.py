"""Words of the window: each key stands in one area, so that none hides another."""

from collections import Counter

from hyoka_desktop.messages import window


def test_no_word_of_an_area_hides_that_of_another() -> None:
    keys = Counter(key for area in window._AREAS for key in area.WORDS)
    assert [key for key, count in keys.items() if count > 1] == []

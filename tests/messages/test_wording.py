"""The words of the window agree with each other: one spelling of a word, and buttons called by their captions."""

from hyoka_desktop.messages import window
from hyoka_desktop.messages.actions import ACTIONS
from hyoka_desktop.messages.outputsets import SET_TIPS
from hyoka_desktop.messages.window import word


def _all_words() -> list[str]:
    return [*(text for area in window._AREAS for text in area.WORDS.values()), *ACTIONS.values(), *SET_TIPS.values()]


def test_a_word_has_one_spelling() -> None:
    assert [text for text in _all_words() if "いまの" in text] == []


def test_the_text_on_backups_calls_the_button_by_its_caption() -> None:
    assert f"「{word('backup_restore')}」" in word("backups_text")


def test_an_action_that_asks_nothing_has_no_dots() -> None:
    assert not ACTIONS["backup"].endswith("…")


def test_names_of_states_that_are_compared_stand_in_brackets_without_spaces() -> None:
    assert " " not in word("comparison_title", before="前", after="後")

"""Every note on a return from Word can be said in Japanese, whatever texts it holds."""

import re

import pytest

from hyoka_desktop.exchange.word.document import Oddment
from hyoka_desktop.exchange.word.notes import REFUSALS, NoteCode
from hyoka_desktop.messages.returned import NOTES, note_sentence


def test_every_remark_has_a_sentence_and_every_sentence_a_remark():
    assert set(NOTES) == {code.value for code in NoteCode}
    assert {kind.value for kind in Oddment} <= set(NOTES)


@pytest.mark.parametrize("code", NoteCode)
def test_a_sentence_survives_any_text(code):
    said = note_sentence(code.value, "Ⅰ-1 {x}", "{0}\n%s" * 40, "", 3)
    assert said.endswith("。")
    assert "\n" not in said
    assert len(said) < 260
    assert not re.search(r"\{(place|before|after|row)\}", said)


@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_what_was_not_taken_is_said_not_to_have_been_taken(code):
    assert re.search("取り込んでいません|取り込まず|ままとして扱います", NOTES[code.value])


def test_long_texts_are_cut_and_empty_ones_named():
    said = note_sentence("locked", "Ⅰ-1 中期計画", "あ" * 100, " \n ", 0)
    assert "あ" * 59 + "…" in said
    assert "（空）" in said


def test_what_the_normaliser_changed_is_said_in_words():
    said = note_sentence("cleaned", "Ⅰ-1", "control=2 direction=1", "文", 0)
    assert "制御文字 2、文字の向きの制御 1" in said


def test_a_remark_without_a_place_is_about_the_body():
    assert note_sentence("lines_added", "", "", "文", 0).startswith("「本文」")

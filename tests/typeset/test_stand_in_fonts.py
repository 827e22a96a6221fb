"""A character that a font lacks is set in the first font that has it; what no font has is told with its field."""

import pytest
from table_making import STYLE, cell, document_of, table

from hyoka_desktop.document.model import Align, Paragraph, Run
from hyoka_desktop.services.export import shipped_fonts
from hyoka_desktop.typeset.coverage import missing_characters
from hyoka_desktop.typeset.frames import PageFrame
from hyoka_desktop.typeset.paragraph import LineBreaker

MINCHO, GOTHIC = "BIZUDMincho-Regular.ttf", "BIZUDGothic-Regular.ttf"
MINCHO_SUPPLEMENT, GOTHIC_SUPPLEMENT = "HyokaSupplementMincho-Regular.ttf", "HyokaSupplementGothic-Regular.ttf"
UNKNOWN = "\u0e01"


@pytest.fixture(scope="module")
def all_fonts():
    return shipped_fonts()


def placed(fonts, text, *runs, width=400.0):
    page, breaker = PageFrame(None), LineBreaker(fonts)
    for line in breaker.lines(Paragraph((Run(text), *runs), STYLE, Align.START), width):
        breaker.place(page, line, 0.0, 0.0, width)
    return page.texts


def test_a_rare_character_is_set_in_the_supplement_of_the_same_style(all_fonts):
    assert [(t.x, t.font, t.text) for t in placed(all_fonts, "株式会社𠮷野家")] == [
        (0, MINCHO, "株式会社"),
        (40, MINCHO_SUPPLEMENT, "𠮷"),
        (50, MINCHO, "野家"),
    ]
    assert all_fonts.spans(GOTHIC, "𠮷") == [(GOTHIC_SUPPLEMENT, "𠮷")]


def test_a_variation_is_looked_for_in_all_fonts_before_the_plain_character_stands_for_it(all_fonts):
    own, other, unknown = "葛\U000e0100", "邉\U000e0103", "評\U000e01ef"
    assert all_fonts.spans(MINCHO, own) == [(MINCHO, own)]
    assert all_fonts.spans(MINCHO, other) == [(MINCHO_SUPPLEMENT, other)]
    assert all_fonts.spans(MINCHO, unknown) == [(MINCHO, unknown)]
    assert all_fonts.missing(MINCHO, own + other + unknown) == frozenset()


def test_fonts_and_runs_may_change_at_different_places(all_fonts):
    texts = placed(all_fonts, "高𠮷", Run("𠮷田", underline=True))
    assert [(t.font, t.text) for t in texts] == [
        (MINCHO, "高"),
        (MINCHO_SUPPLEMENT, "𠮷"),
        (MINCHO_SUPPLEMENT, "𠮷"),
        (MINCHO, "田"),
    ]
    assert [t.x for t in texts] == [0, 10, 20, 30]


def test_what_no_font_has_is_told_with_its_source(all_fonts):
    made = table([[cell(0, 0, "評価"), cell(0, 1, f"実績{UNKNOWN}と{UNKNOWN}", label=True), cell(0, 2, "𠮷")]])
    assert missing_characters(document_of(made), all_fonts) == {(0, 1): UNKNOWN}

"""Values of indicators stay values in a text that came back where they stand untouched, and are text where not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyoka_desktop.domain.report import Address
from hyoka_desktop.exchange.word.expected import Quote, Rule, Slot
from hyoka_desktop.exchange.word.live_return import with_quotes

PRINTED = "応答率は98.5%で、件数は12件だった。"
QUOTES = (Quote(4, 9, "{率}"), Quote(14, 17, "{数}"))


def slot(printed=PRINTED, quotes=QUOTES):
    return Slot(0, len(printed), Address(1, "a", 2024), "a", Rule.PROSE, "", printed, quotes=quotes)


@pytest.mark.parametrize(
    ("after", "stored", "lost"),
    [
        (PRINTED, "応答率は{率}で、件数は{数}だった。", ()),
        ("今年度の" + PRINTED, "今年度の応答率は{率}で、件数は{数}だった。", ()),
        ("応答率は99.5%で、件数は12件だった。", "応答率は99.5%で、件数は{数}だった。", ("98.5%",)),
        ("応答率は198.5%で、件数は12件だった。", "応答率は198.5%で、件数は{数}だった。", ("98.5%",)),
        ("応答率は、98.5%で、件数は12件だった。", "応答率は、{率}で、件数は{数}だった。", ()),
        ("応答率はA98.5%で、件数は12件だった。", "応答率はA98.5%で、件数は{数}だった。", ("98.5%",)),
        ("比べて98.5%となった、件数は12件だった。", "比べて{率}となった、件数は{数}だった。", ()),
        ("件数は12件だった。", "件数は{数}だった。", ("98.5%",)),
        ("書き直した。", "書き直した。", ("98.5%", "12件")),
        ("", "", ("98.5%", "12件")),
    ],
)
def test_a_value_is_kept_where_it_stands_as_it_was_printed(after, stored, lost):
    assert with_quotes(slot(), after) == (stored, lost)


def test_a_value_alone_in_its_text_is_kept():
    alone = slot("95%", (Quote(0, 3, "{率}"),))
    assert with_quotes(alone, "95%") == ("{率}", ())
    assert with_quotes(alone, "195%") == ("195%", ("95%",))
    assert with_quotes(alone, "計95%") == ("計{率}", ())
    assert with_quotes(alone, "95%以上") == ("{率}以上", ())
    assert with_quotes(alone, "95%5") == ("95%5", ("95%",))


def test_a_value_is_kept_behind_a_letter_that_stood_there_before():
    behind = slot("計画はNo.5件、実績はA95%", (Quote(6, 7, "{数}"), Quote(13, 16, "{率}")))
    assert with_quotes(behind, "今年の計画はNo.5件、実績はA95%") == ("今年の計画はNo.{数}件、実績はA{率}", ())
    assert with_quotes(behind, "計画はNo.15件、実績はB95%") == ("計画はNo.15件、実績はB95%", ("5", "95%"))


def test_a_short_value_is_not_found_by_chance_in_another_text():
    short = slot("達成は5件", (Quote(3, 4, "{数}"),))
    assert with_quotes(short, "平成25年度の話") == ("平成25年度の話", ("5",))


@given(st.text("応答率は98.5%で、件数12だった。", max_size=30))
def test_whatever_came_back_reads_as_it_did(after):
    stored, _ = with_quotes(slot(), after)
    assert stored.replace("{率}", "98.5%").replace("{数}", "12件") == after

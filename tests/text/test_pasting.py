"""What Word, Excel and PDFs leave in a text is tidied, and it is said; everything else stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyoka_desktop.text.pasting import Tidying, tidy

JAPANESE = st.text(st.sampled_from("目標を達成した。の12.Ab“”\u00a0\u3000\ue000「」（）、"), max_size=80)
PDF = (
    "当機構は、中期計画に基づき、港湾施設の点検及び診\n断を行い、令和６年度においては三百二十の施設を対\n"
    "象として実施した。"
)
ENGLISH = (
    "The agency carried out inspections of harbour fa-\ncilities and gave advice to the local governments\n"
    "in charge, as the annual plan required of it."
)


@given(JAPANESE)
def test_a_line_of_prose_stays_as_it_is(text: str) -> None:
    assert tidy(text).text == text
    assert tidy(text).changed == {}


@given(st.lists(JAPANESE.map(lambda text: text[:14]), max_size=6))
def test_short_lines_stay_as_they_are(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert tidy(text).text == text


@pytest.mark.parametrize(
    ("pasted", "clean", "changed"),
    [
        ("点\u00ad検", "点検", {Tidying.SOFT_HYPHEN: 1}),
        ("\uf0b7\t研修\n\uf0a7\t助言", "・研修\n・助言", {Tidying.BULLET: 2}),
        ("•\t研修", "・研修", {Tidying.BULLET: 1}),
        ("·\u00a0\u00a0\u00a0研修", "・研修", {Tidying.BULLET: 1}),
        ("o\t研修", "・研修", {Tidying.BULLET: 1}),
        ("  \uf0d8 研修", "  ・研修", {Tidying.BULLET: 1}),
        ("“研修”を‘実施’", "“研修”を‘実施’", {}),
        ("外\ue000字と\uf0b7印", "外\ue000字と\uf0b7印", {}),
        ("・研修", "・研修", {}),
        ('"一行目\n二行目"\n', "一行目\n二行目", {Tidying.CELL: 1}),
        ('"「""印""」"\n', '「"印"」', {Tidying.CELL: 1}),
        ('"引用"と"引用"', '"引用"と"引用"', {}),
        ("一行\n", "一行\n", {}),
    ],
)
def test_what_programs_leave_behind(pasted: str, clean: str, changed: dict[Tidying, int]) -> None:
    assert (tidy(pasted).text, tidy(pasted).changed) == (clean, changed)


def test_a_cell_of_a_spreadsheet_loses_its_line_end() -> None:
    assert tidy("98.5%\n", is_cell=True).text == "98.5%"
    assert tidy("一\t二\n", is_cell=True).text == "一\t二\n", "several cells are no text of one"


def test_lines_that_a_pdf_broke_are_joined() -> None:
    found = tidy(PDF)
    assert found.text == PDF.replace("\n", "")
    assert found.changed == {Tidying.JOINED_LINE: 2}


def test_a_latin_word_that_a_pdf_broke_is_mended() -> None:
    found = tidy(ENGLISH)
    assert "harbour facilities and gave advice to the local governments in charge" in found.text
    assert found.changed == {Tidying.JOINED_WORD: 1, Tidying.JOINED_LINE: 1}


@pytest.mark.parametrize(
    "text",
    [
        PDF.replace("診\n断", "診。\n断"),  # a sentence ends
        "・" + PDF.replace("\n", "\n・"),  # a list
        PDF.replace("\n", "\n\u3000"),  # paragraphs that are indented
        PDF.replace("\n", "\n\n"),  # paragraphs with lines between
        PDF[: PDF.rindex("\n")],  # one line end alone proves nothing
    ],
    ids=["stop", "list", "indent", "empty lines", "one"],
)
def test_line_ends_that_mean_something_stay(text: str) -> None:
    assert tidy(text).text == text


@given(JAPANESE, st.lists(st.integers(0, 60), max_size=5))
def test_tidying_only_takes_away_line_ends_hyphens_and_spaces(text: str, places: list[int]) -> None:
    for place in places:
        text = f"{text[:place]}\n{text[place:]}"

    def visible(source: str) -> str:
        return "".join(source.split()).replace("-", "")

    assert visible(tidy(text).text) == visible(text)

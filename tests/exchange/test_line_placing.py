"""The lines of a cell go back to the pieces that it was printed of, and never to the wrong one."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hyoka_desktop.domain.report import Address
from hyoka_desktop.exchange.word.cell_return import cell_return
from hyoka_desktop.exchange.word.document import ReadParagraph
from hyoka_desktop.exchange.word.expected import Piece, Rule, Slot
from hyoka_desktop.exchange.word.line_placing import Fate, placed_lines
from hyoka_desktop.exchange.word.notes import NoteCode


def field(name, text, before="", after="", rule=Rule.PROSE, shown=True):
    slot = Slot(len(before), len(before) + len(text), Address(1, name, 2024), name, rule, text, text)
    return Piece(before + text + after, (slot,), shown=shown)


def fixed(text):
    return Piece(text)


def read(pieces, *lines):
    found = cell_return(pieces, [ReadParagraph(line) for line in lines], "")
    return (
        {one.slot.address.field: one.text for one in found.taken if not one.is_kept},
        [(note.code, note.after) for note in found.notes],
    )


CELL = (fixed("＜根拠＞"), field("a", "一\n二"), fixed("＜課題＞"), field("b", "三"))


@pytest.mark.parametrize(
    ("lines", "texts", "notes"),
    [
        (("＜根拠＞", "一", "二", "＜課題＞", "三"), {}, []),
        (("＜根拠＞", "一", "二", "＜課題＞", "三", "", ""), {}, []),
        (("＜根拠＞", "改", "＜課題＞", "三"), {"a": "改"}, []),
        (("＜根拠＞", "＜課題＞", "三"), {"a": ""}, []),
        (("＜根拠＞", "一", "二", "＜課題＞", "三", "四"), {"b": "三\n四"}, []),
        (("＜根拠＞", "一", "二", "三"), {}, [(NoteCode.WORDS_MISSING, "")]),
        (("＜根拠＞", "一", "二", "＜課題と対応＞", "三"), {}, [(NoteCode.WORDS_CHANGED, "＜課題と対応＞")]),
        (("＜根拠＞", "改", "＜課題と対応＞", "三"), {"a": None},
         [(NoteCode.DOUBTFUL, "＜根拠＞\n改\n＜課題と対応＞\n三")]),
        (("前書き", "＜根拠＞", "一", "二", "＜課題＞", "三"), {}, [(NoteCode.LINES_ADDED, "前書き")]),
        (("＜根拠＞", "一", "二", "＜課題＞", "＜課題＞", "三"), {"a": None, "b": None},
         [(NoteCode.DOUBTFUL, "＜根拠＞\n一\n二\n＜課題＞\n＜課題＞\n三")] * 2),
        ((), {"b": "", "a": ""}, [(NoteCode.WORDS_MISSING, ""), (NoteCode.WORDS_MISSING, "")]),
    ],
)  # fmt: skip
def test_words_of_the_form_keep_fields_apart(lines, texts, notes):
    assert read(CELL, *lines) == (texts, notes)


def test_a_line_between_two_fields_with_nothing_between_them_is_in_doubt():
    pieces = (field("a", "一"), field("b", "二"))
    assert read(pieces, "一", "二") == ({}, [])
    assert read(pieces, "改", "二") == ({"a": "改"}, [])
    assert read(pieces, "前", "一", "二") == ({"a": "前\n一"}, [])
    texts, notes = read(pieces, "一", "中", "二")
    assert texts == {"a": None, "b": None}
    assert {code for code, _ in notes} == {NoteCode.DOUBTFUL}


def test_words_before_and_behind_a_field_in_its_line_stay_the_forms():
    pieces = (field("a", "12", "計", "人"), field("b", "高い", "根拠："))
    assert read(pieces, "計13人", "根拠：高い\n続き") == ({"a": "13", "b": "高い\n続き"}, [])
    assert read(pieces, "13人", "根拠：高い") == ({"a": None}, [(NoteCode.WORDS_CHANGED, "13人")])
    assert read((field("a", "人", "人", "人"),), "人") == ({"a": None}, [(NoteCode.WORDS_CHANGED, "人")])


def test_a_field_of_one_line_takes_no_more():
    pieces = (field("a", "名", "・", rule=Rule.LINE), field("b", "二", "・", rule=Rule.LINE))
    assert read(pieces, "・名", "・新", "・二") == ({}, [(NoteCode.LINES_ADDED, "・新")])
    assert read(pieces, "・改", "・二") == ({"a": "改"}, [])


def test_an_empty_field_that_printed_nothing_takes_what_is_written_in_its_place():
    pieces = (fixed("＜実績＞"), field("a", "", "（", "）", shown=False))
    assert read(pieces, "＜実績＞") == ({}, [])
    assert read(pieces, "＜実績＞", "書いた") == ({"a": "書いた"}, [])
    assert read(pieces, "＜実績＞", "（書いた）") == ({"a": "書いた"}, [])


def test_bullets_of_the_form_are_taken_off_each_line():
    slot = Slot(0, 5, Address(1, "a", 2024), "a", Rule.LINES, "一\n二", "一\n二")
    piece = Piece("・一\n・二", (slot,), bullet="・")
    assert read((piece,), "・一", "・二") == ({}, [])
    assert read((piece,), "・一", "・新", "二") == ({"a": "一\n新\n二"}, [])


def test_more_lines_than_can_be_compared_are_in_doubt_and_not_waited_for():
    placed = placed_lines((*CELL, *CELL), ["行"] * 20_000)
    assert {piece.fate for piece in placed.pieces} == {Fate.DOUBTFUL}


LINES = st.lists(st.sampled_from(["甲", "乙", "", "丙丁"]), max_size=4).map("\n".join)


@given(st.lists(LINES, min_size=1, max_size=4), st.lists(st.booleans(), min_size=4, max_size=4), st.data())
def test_what_is_written_into_one_field_never_lands_in_another(texts, divided, data):
    pieces = []
    for number, text in enumerate(texts):
        if divided[number]:
            pieces.append(fixed(f"＜{number}＞"))
        pieces.append(field(f"f{number}", text))
    changed = data.draw(st.integers(0, len(texts) - 1))
    other = data.draw(LINES)
    lines = []
    for piece in pieces:
        is_it = bool(piece.slots) and piece.slots[0].address.field == f"f{changed}"
        lines += (other if is_it else piece.text).split("\n")
    taken, _ = read(pieces, *lines)
    certain = {name: text for name, text in taken.items() if text is not None}
    bare = {name: text.strip("\n") for name, text in certain.items()}
    assert bare in ({}, {f"f{changed}": other.strip("\n")})


def costs_of(piece, lines):
    """Tell the fates that a piece could have had as some lines, with their costs."""
    printed, slots = list(piece.lines), piece.slots
    if list(lines) == printed:
        yield 0, Fate.SAME
    if slots:
        before, after = (piece.text[: slots[0].start], piece.text[slots[0].end :]) if piece.shown else ("", "")
        if not lines and piece.shown and not before and not after:
            yield 2, Fate.CHANGED
        fits = bool(lines) and (slots[0].rule is not Rule.LINE or len(lines) == 1)
        framed = fits and lines[0].startswith(before) and lines[-1].endswith(after)
        if framed and (len(lines) > 1 or len(lines[0]) >= len(before + after)):
            yield 2, Fate.CHANGED
    if printed:
        yield 5, Fate.BROKEN if lines else Fate.MISSING


def divisions(pieces, lines):
    """Yield every way to divide lines among pieces, with its cost, by trying all."""
    for skipped in range(len(lines) + 1):
        extra = 3 if any(line.strip() for line in lines[:skipped]) else 0
        rest = lines[skipped:]
        if not pieces:
            if not rest:
                yield extra, ()
            continue
        for length in range(len(rest) + 1):
            for cost, fate in costs_of(pieces[0], rest[:length]):
                for more, others in divisions(pieces[1:], rest[length:]):
                    yield extra + cost + more, ((fate, "\n".join(rest[:length]).strip("\n")), *others)


BULLET = field("e", "丙", "・", rule=Rule.LINE)
PIECES = st.lists(
    st.sampled_from(
        [
            fixed("甲"),
            fixed("乙"),
            field("a", "丙"),
            field("b", "甲\n丙"),
            field("c", "丙", "乙"),
            field("d", "", shown=False),
            BULLET,
        ]
    ),
    min_size=1,
    max_size=3,
)


@given(PIECES, st.lists(st.sampled_from(["甲", "乙", "丙", "乙丙", "・丙", "・丁", ""]), max_size=4))
@example([BULLET, BULLET], ["甲", "・丁", "", "・丙"])
def test_what_is_told_of_a_piece_holds_in_every_cheapest_division(pieces, lines):
    every = list(divisions(pieces, lines))
    least = min(cost for cost, _ in every)
    best = [fates for cost, fates in every if cost == least]
    for number, placed in enumerate(placed_lines(pieces, lines).pieces):
        fates = {fates[number] for fates in best}
        told = "\n".join(lines[placed.start : placed.end]).strip("\n")
        if placed.fate in {Fate.SAME, Fate.CHANGED}:
            assert fates == {(placed.fate, told)}
        elif placed.fate is not Fate.DOUBTFUL:
            assert {fate for fate, _ in fates} <= {Fate.BROKEN, Fate.MISSING}
            assert {text for _, text in fates} == {told}

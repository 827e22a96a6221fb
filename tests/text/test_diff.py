"""The differences of two texts, by sentence and then by character."""

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyoka_desktop.text.clusters import clusters
from hyoka_desktop.text.diff import Piece, PieceKind, differences

SOME = st.text(
    st.sampled_from("目標を達成した。の\n12.Ab\u3099葛\U000e0100\U000e0101👩\u200d👧。\ufe01ｶﾞ\ud842\udfb7"), max_size=50
)
ANY = st.text(st.characters(codec=None), max_size=30)
SHORT_MARKS = {PieceKind.SAME: "", PieceKind.REMOVED: "-", PieceKind.ADDED: "+"}


def marked(before: str, after: str) -> str:
    """Write differences as 「同じ[-前][+後]」."""
    return "".join(
        piece.text if piece.kind is PieceKind.SAME else f"[{SHORT_MARKS[piece.kind]}{piece.text}]"
        for piece in differences(before, after)
    )


@given(st.one_of(SOME, ANY), st.one_of(SOME, ANY))
def test_pieces_rebuild_both_texts(before: str, after: str) -> None:
    pieces = differences(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind is not PieceKind.ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.kind is not PieceKind.REMOVED) == after


@given(SOME, SOME)
def test_no_piece_ends_inside_a_character(before: str, after: str) -> None:
    pieces = differences(before, after)
    for text, other in ((before, PieceKind.ADDED), (after, PieceKind.REMOVED)):
        kept = [cluster for piece in pieces if piece.kind is not other for cluster in clusters(piece.text)]
        assert kept == clusters(text)


@given(SOME, SOME)
def test_pieces_are_never_empty_and_neighbours_differ_in_kind(before: str, after: str) -> None:
    pieces = differences(before, after)
    assert all(piece.text for piece in pieces)
    kinds = [piece.kind for piece in pieces]
    assert all(one is not other for one, other in itertools.pairwise(kinds))
    assert (PieceKind.ADDED, PieceKind.REMOVED) not in itertools.pairwise(kinds)


@given(SOME)
def test_equal_texts_are_one_piece(text: str) -> None:
    assert differences(text, text) == ((Piece(PieceKind.SAME, text),) if text else ())


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("応答率は12.5%である。", "応答率は13.5%である。", "応答率は[-12.5][+13.5]%である。"),
        ("１，２３４件", "１，３３４件", "[-１，２３４][+１，３３４]件"),
        ("AI技術", "AIS技術", "[-AI][+AIS]技術"),
        ("研修を行った。", "研修を3回行った。", "研修を[+3回]行った。"),
        ("一文目。二文目。三文目。", "一文目。三文目。", "一文目。[-二文目。]三文目。"),
        ("前。\n後。", "前。\n間。\n後。", "前。\n[+間。\n]後。"),
        ("葛\U000e0100城", "葛\U000e0101城", "[-葛\U000e0100][+葛\U000e0101]城"),
        ("か\u3099く", "かく", "[-か\u3099][+か]く"),
        ("研修を行った。", "研修を行った。点検を行った。", "研修を行った。[+点検を行った。]"),
        ("・研修した。\n・点検した。", "・点検した。", "[-・研修した。\n]・点検した。"),
        ("研修を3回行った。", "研修を5回行った。点検もした。", "研修を[-3][+5]回行った。[+点検もした。]"),
        ("", "新しい。", "[+新しい。]"),
        ("消した。", "", "[-消した。]"),
        ("目標は「達成。」とする。", "目標は「未達。」とする。", "目標は「[-達成][+未達]。」とする。"),
    ],
)
def test_differences_read_as_a_person_would_mark_them(before: str, after: str, expected: str) -> None:
    assert marked(before, after) == expected


def test_a_sentence_that_was_rewritten_is_not_marked_in_crumbs() -> None:
    assert marked("相談の件数は前年度より増加した。", "全国の窓口で相談を受け付けた。") == (
        "[-相談の件数は前年度より増加し][+全国の窓口で相談を受け付け]た。"
    )


LONG = "".join(f"第{number}回の研修を行い、参加者は{number * 7 % 100}人であった。" for number in range(180))[:4000]


@pytest.mark.parametrize(
    "after",
    [
        LONG[::-1],
        "".join(character if place % 20 else "新" for place, character in enumerate(LONG)),
        LONG.replace("。", "、"),
        "。" * 4000,
        "".join(chr(0x4E00 + place * 7919 % 5000) for place in range(4000)),
    ],
    ids=["reversed", "a change each 20", "one sentence", "only stops", "another text"],
)
def test_two_texts_of_4000_characters_are_compared_while_one_blinks(after: str) -> None:
    # 7 to 30 ms on a quiet machine; a busy one takes twice that, an algorithm that tries all pairs takes seconds.
    quickest = min(_seconds(LONG, after) for _ in range(5))
    assert quickest < 0.15


def _seconds(before: str, after: str) -> float:
    start = time.process_time()
    differences(before, after)
    return time.process_time() - start


def test_very_long_texts_are_compared_by_sentence_and_the_rest_counts_as_rewritten() -> None:
    pieces = differences("あ。" * 30_000, "同。" + "い" * 60_000)
    assert [piece.kind for piece in pieces] == [PieceKind.REMOVED, PieceKind.ADDED]

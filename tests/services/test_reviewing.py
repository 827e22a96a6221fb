"""A review of what came back: every thing has a line, every question an answer, and the result is what is taken."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hyoka_desktop.domain.handouts import HandoutFormat
from hyoka_desktop.domain.report import Address, NodeKind
from hyoka_desktop.domain.work import WorkState
from hyoka_desktop.exchange.merging import Outcome, Take
from hyoka_desktop.exchange.merging_nodes import Deed
from hyoka_desktop.services import commenting, progress
from hyoka_desktop.services.backups import Places
from hyoka_desktop.services.circulation import open_questions, take_back
from hyoka_desktop.services.handouts import Order, hand_out
from hyoka_desktop.services.reviewing import LineState, Review, Spot
from hyoka_desktop.services.session import Session, open_session
from hyoka_desktop.services.taking import Fate, take

YEAR = 2024
Work = Callable[[Session], object]


class Bench:
    """Hand items out, work here and elsewhere, and review what comes back."""

    def __init__(self, session: Session, heard: object, folder: Path) -> None:
        self.session = session
        self._heard = heard
        self._folder = folder
        view = session.view(YEAR)
        self.items = [item.id for item in view.items[:2]]
        self.row = view.children(self.items[0], NodeKind.ROW)[0].id
        self.results = Address(self.row, "results", YEAR)
        session.set_text(YEAR, self.row, "results", "一。二。三。四。")
        self.path = folder

    def send(self) -> None:
        order = Order(tuple(self.items), "総務課", "", HandoutFormat.PACKET)
        (made,) = hand_out(self.session, YEAR, [order], self._folder / "out")
        self.path = made.path

    def away(self, work: Work) -> None:
        other = open_session(self.path, self._heard)  # type: ignore[arg-type]
        work(other)
        assert other.close()

    def writes(self, text: str, field: str = "results", node: int | None = None) -> Work:
        return lambda session: session.set_text(YEAR, self.row if node is None else node, field, text)

    def review(self) -> Review:
        return Review(self.session, take_back(self.session, self.path))

    def both(self, ours: str, theirs: str) -> Review:
        self.send()
        self.away(self.writes(theirs))
        self.writes(ours)(self.session)
        return self.review()

    def take(self, review: Review) -> list[Fate]:
        receipt = take(self.session, review.proposal, review.decisions, Places(self._folder / "backups"))
        return [entry.fate for entry in receipt.entries]

    @property
    def stored(self) -> str | None:
        return self.session.snapshot.stored(self.results)


@pytest.fixture
def bench(session: Session, heard: object, tmp_path: Path) -> Bench:
    return Bench(session, heard, tmp_path)


def test_what_only_they_changed_needs_no_decision(bench: Bench) -> None:
    review = bench.both("一。二。三。四。", "一。二。三！四。")
    assert [(line.place, review.state(number)) for number, line in enumerate(review.lines)] == [
        ("Ⅰ-1 主要な業務実績（令和6年度）", LineState.CLEAR)
    ]
    assert (review.open_spots, review.plan(0), review.result(0)) == ((), Fate.TAKEN, "一。二。三！四。")
    assert bench.take(review) == [Fate.TAKEN]


def test_each_conflict_of_a_text_is_a_question_of_its_own(bench: Bench) -> None:
    review = bench.both("甲。二。三。乙。", "子。二。三。丑。")
    assert review.open_spots == (Spot(0, 0), Spot(0, 1))
    assert review.state(0) is LineState.OPEN
    assert [review.columns(spot) for spot in review.open_spots] == [
        type(review.columns(Spot(0)))("一。", "甲。", "子。"),
        type(review.columns(Spot(0)))("四。", "乙。", "丑。"),
    ]
    review.take(Spot(0, 1), Take.THEIRS)
    assert review.open_spots == (Spot(0, 0),)
    review.take(Spot(0, 0), Take.BOTH)
    assert review.result(0) == "甲。子。二。三。丑。"
    assert [review.result(0)[slice(*(review.passage(Spot(0, one)) or ()))] for one in (0, 1)] == ["甲。子。", "丑。"]
    assert review.state(0) is LineState.DECIDED
    assert bench.take(review) == [Fate.DECIDED]
    assert bench.stored == "甲。子。二。三。丑。"


@pytest.mark.parametrize(
    ("side", "text"),
    [(Take.OURS, "甲。二。三。四。"), (Take.THEIRS, "子。二。三。四。"), (Take.BOTH, "甲。子。二。三。四。")],
)
def test_a_whole_text_can_be_chosen_at_once(bench: Bench, side: Take, text: str) -> None:
    review = bench.both("甲。二。三。四。", "子。二。三。四。")
    review.take(Spot(0), side)
    assert (review.open_spots, review.result(0), review.passage(Spot(0, 0))) == ((), text, None)
    bench.take(review)
    assert bench.stored == text


def test_words_of_ones_own_replace_what_was_chosen_and_can_be_given_up(bench: Bench) -> None:
    review = bench.both("甲。二。三。四。", "子。二。三。四。")
    review.write(0, "甲と子。二。三。四。")
    assert (review.result(0), review.open_spots) == ("甲と子。二。三。四。", ())
    review.propose_again(0)
    assert (review.result(0), review.open_spots) == ("甲。二。三。四。", (Spot(0, 0),))
    review.write(0, review.result(0))
    assert review.open_spots == (Spot(0, 0),), "what is written as it was answers nothing"
    review.write(0, "甲と。二。三。四。")
    review.write(0, "甲。二。三。四。")
    assert review.open_spots == (Spot(0, 0),), "nor does what was typed and taken back"
    review.write(0, "甲と子。二。三。四。")
    assert bench.take(review) == [Fate.DECIDED]
    assert bench.stored == "甲と子。二。三。四。"


def test_combined_changes_can_still_be_refused(bench: Bench) -> None:
    review = bench.both("甲。二。三。四。", "一。二。三。丑。")
    assert review.lines[0].field is not None
    assert review.lines[0].field.outcome is Outcome.COMBINED
    assert review.may_take(Spot(0)) == frozenset(Take)
    assert review.result(0) == "甲。二。三。丑。"
    review.take(Spot(0), Take.OURS)
    assert review.plan(0) is Fate.KEPT
    bench.take(review)
    assert bench.stored == "甲。二。三。四。"


def test_letters_are_chosen_and_never_mixed_or_written(bench: Bench) -> None:
    bench.send()
    item = bench.items[0]
    bench.away(bench.writes("S", "self_rating", item))
    bench.writes("C", "self_rating", item)(bench.session)
    review = bench.review()
    assert review.open_spots == (Spot(0, 0),)
    assert review.may_take(Spot(0, 0)) == {Take.OURS, Take.THEIRS}
    assert not review.may_write(0)


def test_the_next_question_is_found_round_the_end_in_both_directions(bench: Bench) -> None:
    bench.send()
    first, second = bench.items
    bench.away(lambda other: [bench.writes(text, "self_issues", node)(other) for node, text in
                              ((first, "子。"), (second, "丑。"))])  # fmt: skip
    for node, text in ((first, "甲。"), (second, "乙。")):
        bench.writes(text, "self_issues", node)(bench.session)
    review = bench.review()
    one, two = review.open_spots
    assert review.next_open(one) == two
    assert review.next_open(two) == one
    assert review.next_open(one, -1) == two
    review.take(two, Take.OURS)
    assert review.next_open(one) == one
    review.take(one, Take.OURS)
    assert review.next_open(one) is None


def test_nobody_is_asked_about_a_final_item_which_is_refused_by_name(bench: Bench) -> None:
    bench.send()
    bench.away(bench.writes("子。二。三。四。"))
    bench.writes("甲。二。三。四。")(bench.session)
    progress.set_state(bench.session, YEAR, [bench.items[0]], WorkState.FINAL)
    review = bench.review()
    assert (review.open_spots, review.state(0), review.plan(0)) == ((), LineState.REFUSED, Fate.LOCKED)
    assert review.may_take(Spot(0)) == frozenset()
    assert not review.may_write(0)
    assert review.summary.refused == 1
    assert bench.take(review) == [Fate.LOCKED]
    assert bench.stored == "甲。二。三。四。"


def test_parts_are_asked_about_shown_and_taken_as_decided(bench: Bench) -> None:
    rows = [row.id for row in bench.session.view(YEAR).children(bench.items[0], NodeKind.ROW)]
    if len(rows) < 2:
        rows.append(bench.session.add_node(YEAR, bench.items[0], NodeKind.ROW, 1, {"results": "もう一つの行。"}))
    bench.send()

    def work(other: Session) -> None:
        other.remove_node(YEAR, rows[0])
        other.add_node(YEAR, bench.items[0], NodeKind.ROW, 1, {"results": "新しい行。"})

    bench.away(work)
    review = bench.review()
    deeds = {line.part.deed: number for number, line in enumerate(review.lines) if line.part is not None}
    assert review.state(deeds[Deed.ADDED]) is LineState.CLEAR
    assert "新しい行。" in review.columns(Spot(deeds[Deed.ADDED])).theirs
    gone = Spot(deeds[Deed.REMOVED])
    assert review.open_spots == (gone,)
    assert "一。二。三。四。" in review.columns(gone).ours
    assert review.columns(gone).theirs == ""
    review.take(gone, Take.OURS)
    assert (review.plan(gone.line), review.state(gone.line)) == (Fate.LEFT, LineState.DECIDED)
    review.take(gone, Take.THEIRS)
    assert review.plan(gone.line) is Fate.REMOVED
    assert review.summary.parts == 2
    assert set(bench.take(review)) == {Fate.ADDED, Fate.REMOVED}
    assert rows[0] not in [row.id for row in bench.session.view(YEAR).children(bench.items[0], NodeKind.ROW)]


def test_a_moved_part_says_where_it_stood_and_stands(bench: Bench) -> None:
    rows = [row.id for row in bench.session.view(YEAR).children(bench.items[0], NodeKind.ROW)]
    while len(rows) < 3:
        rows.append(bench.session.add_node(YEAR, bench.items[0], NodeKind.ROW, len(rows), {"results": "行。"}))
    bench.send()
    bench.away(lambda other: other.move_node(YEAR, rows[2], bench.items[0], 0))
    review = bench.review()
    (spot,) = review.open_spots
    columns = review.columns(spot)
    assert columns.base == columns.ours != columns.theirs
    assert "先頭" in columns.theirs
    review.take(spot, Take.THEIRS)
    assert bench.take(review) == [Fate.MOVED]


def test_remarks_have_lines_and_are_counted_at_their_texts(bench: Bench) -> None:
    bench.send()

    def work(other: Session) -> None:
        bench.writes("子。二。三。四。")(other)
        commenting.add_comment(other, YEAR, bench.results, "根拠を確かめてください。")

    bench.away(work)
    review = bench.review()
    assert [line.remarks for line in review.lines] == [1, 0]
    assert "根拠を確かめてください。" in review.columns(Spot(1)).theirs
    assert (review.plan(1), review.summary.remarks, review.may_take(Spot(1))) == (Fate.REMARK, 1, frozenset())
    assert bench.take(review) == [Fate.TAKEN, Fate.REMARK]


def test_what_has_no_place_any_more_is_listed_with_its_text(bench: Bench) -> None:
    bench.send()
    bench.away(bench.writes("子。二。三。四。"))
    bench.session.remove_node(YEAR, bench.row)
    review = bench.review()
    assert [review.state(number) for number in range(len(review.lines))] == [LineState.REFUSED]
    assert review.columns(Spot(0)).theirs == "子。二。三。四。"
    assert review.lines[0].place == "Ⅰ-1 主要な業務実績（令和6年度）"
    assert bench.take(review) == [Fate.HOMELESS]


def test_checked_items_that_drop_back_are_foreseen(bench: Bench) -> None:
    bench.send()
    bench.away(bench.writes("子。二。三。四。"))
    progress.set_state(bench.session, YEAR, [bench.items[0]], WorkState.DIVISION_CHECK)
    assert bench.review().summary.dropped == ("Ⅰ-1",)


def test_what_they_wrote_outside_of_their_items_can_be_left_at_once(bench: Bench) -> None:
    bench.send()
    bench.away(bench.writes("子。二。三。四。"))
    review = bench.review()
    assert not review.foreign.texts
    items, own = bench.items, bench.items[1:]
    passport = review.proposal.incoming.passport
    object.__setattr__(passport, "items", tuple(own))
    assert set(review.foreign.texts) == {(bench.results, None)}
    review.keep_own_items()
    assert review.plan(0) is Fate.KEPT
    object.__setattr__(passport, "items", tuple(items))


def test_a_new_proposal_keeps_what_was_decided_where_the_texts_are_the_same(bench: Bench) -> None:
    bench.send()
    first, second = bench.items
    bench.away(lambda other: [bench.writes(text, "self_issues", node)(other) for node, text in
                              ((first, "子。"), (second, "丑。"))])  # fmt: skip
    for node, text in ((first, "甲。"), (second, "乙。")):
        bench.writes(text, "self_issues", node)(bench.session)
    review = bench.review()
    for spot in review.open_spots:
        review.take(spot, Take.THEIRS)
    bench.writes("丙。", "self_issues", second)(bench.session)
    renewed = review.renewed(take_back(bench.session, bench.path))
    assert [renewed.state(number) for number in (0, 1)] == [LineState.DECIDED, LineState.OPEN]
    assert renewed.columns(Spot(1, 0)).ours == "丙。"


def test_what_was_refused_unasked_is_asked_about_when_the_item_is_free_again(bench: Bench) -> None:
    bench.send()
    bench.away(bench.writes("子。二。三。四。"))
    bench.writes("甲。二。三。四。")(bench.session)
    progress.set_state(bench.session, YEAR, [bench.items[0]], WorkState.FINAL)
    review = bench.review()
    assert not review.is_begun
    progress.set_state(bench.session, YEAR, [bench.items[0]], WorkState.DRAFTING, "数値の修正")
    renewed = review.renewed(take_back(bench.session, bench.path))
    assert renewed.open_spots == (Spot(0, 0),)
    assert not renewed.is_begun
    renewed.take(Spot(0, 0), Take.OURS)
    assert renewed.is_begun


def test_a_review_agrees_with_the_engine_on_what_is_open(bench: Bench) -> None:
    review = bench.both("甲。二。三。乙。", "子。二。三。丑。")
    for spot in (*review.open_spots, None):
        assert len(open_questions(review.proposal, review.decisions)) == len(review.open_spots)
        if spot is not None:
            review.take(spot, Take.OURS)

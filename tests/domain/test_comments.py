"""People talk about fields: comments, replies, open and closed, each taken back exactly and living in one year."""

import pytest

from hyoka_desktop.domain import comments, edits
from hyoka_desktop.domain.changes import Edit, apply_changes
from hyoka_desktop.domain.comments import Comment, CommentState
from hyoka_desktop.domain.report import ROOT, Address, NodeKind, YearView
from tests.domain.test_undo_of_edits import facts, rows

AT = "2024-06-28T10:00:00+09:00"
LATER = "2024-06-28T11:00:00+09:00"


def after(view: YearView, edit: Edit | None) -> YearView:
    assert edit is not None
    done = apply_changes(view.snapshot, edit.changes)
    assert facts(apply_changes(done, edit.inverse().changes)) == facts(view.snapshot)
    return YearView(done, view.year, view.period_fields)


@pytest.fixture
def place(sample_view: YearView) -> Address:
    return sample_view.address(rows(sample_view)[0].id, "results")


@pytest.fixture
def talked(sample_view: YearView, place: Address) -> YearView:
    """Tell a view with one comment and one reply of somebody else."""
    view = after(sample_view, comments.add_comment(sample_view, place, "数値は？", "山田", AT))
    return after(view, comments.add_reply(view, only(view), "直しました", "佐藤", LATER))


def only(view: YearView) -> Comment:
    (comment,) = comments.comments_of(view)
    return comment


def test_a_comment_tells_where_who_when_and_its_replies(talked: YearView, place: Address) -> None:
    comment = only(talked)
    assert (comment.place, comment.is_open) == (place, True)
    assert (comment.remark.text, comment.remark.person, comment.remark.at) == ("数値は？", "山田", AT)
    assert [(reply.text, reply.person, reply.at) for reply in comment.replies] == [("直しました", "佐藤", LATER)]


def test_a_comment_is_closed_and_opened_again(talked: YearView) -> None:
    item = talked.items[0].id
    assert comments.open_counts(talked) == {item: 1}
    closed = after(talked, comments.set_comment_state(talked, only(talked), CommentState.CLOSED))
    assert (only(closed).is_open, comments.open_counts(closed)) == (False, {})
    assert comments.set_comment_state(closed, only(closed), CommentState.CLOSED) is None
    opened = after(closed, comments.set_comment_state(closed, only(closed), CommentState.OPEN))
    assert only(opened).is_open


def test_a_remark_is_said_in_other_words_and_taken_away(talked: YearView) -> None:
    comment = only(talked)
    view = after(talked, comments.rewrite(talked, comment, comment.replies[0], "直しました。"))
    assert only(view).replies[0].text == "直しました。"
    assert comments.rewrite(view, only(view), only(view).replies[0], "直しました。") is None
    alone = after(view, comments.remove_remark(view, only(view), only(view).replies[0]))
    assert only(alone).replies == ()
    assert comments.comments_of(after(alone, comments.remove_remark(alone, only(alone), only(alone).remark))) == ()


def test_a_comment_with_all_replies_goes_in_one_step(talked: YearView) -> None:
    gone = after(talked, comments.remove_remark(talked, only(talked), only(talked).remark))
    assert comments.comments_of(gone) == ()
    assert not [node for node in gone.snapshot.tree.nodes.values() if node.kind is NodeKind.REPLY]


def test_one_takes_away_only_what_nobody_else_has_answered(talked: YearView) -> None:
    comment = only(talked)
    assert not comment.can_be_removed_by("山田")
    alone = after(talked, comments.remove_remark(talked, comment, comment.replies[0]))
    assert only(alone).can_be_removed_by("山田")
    assert not only(alone).can_be_removed_by("佐藤")


def test_a_comment_is_in_its_year_only_and_a_new_year_does_not_carry_it(talked: YearView) -> None:
    assert comments.comments_of(talked.in_year(2023)) == ()
    added = after(talked, edits.add_year(talked, 2025))
    assert comments.comments_of(added.in_year(2025)) == ()
    assert len(comments.comments_of(added)) == 1


def test_a_comment_goes_with_its_row_and_comes_back_with_it(sample_view: YearView) -> None:
    view = sample_view.in_year(2023)
    row = rows(view)[0].id
    view = after(view, comments.add_comment(view, view.address(row, "results"), "？", "山田", AT))
    assert comments.comments_of(after(view, edits.remove_node(view, row))) == ()


def test_a_comment_on_a_row_that_ended_is_not_shown(talked: YearView, place: Address) -> None:
    ended = after(talked, edits.remove_node(talked, place.node))
    assert (comments.comments_of(ended), comments.open_counts(ended)) == ((), {})


def test_pages_of_the_report_have_comments_too_but_count_for_no_item(sample_view: YearView) -> None:
    place = Address(ROOT, "procedures", 2024)
    view = after(sample_view, comments.add_comment(sample_view, place, "？", "", AT))
    assert (only(view).place, only(view).remark.person, comments.open_counts(view)) == (place, "", {})

"""Find and replace over the whole report: in the order of the document, in one step, and never over newer work."""

import pytest

from hyoka_desktop.domain.changes import Action
from hyoka_desktop.domain.report import ROOT, Address, NodeKind
from hyoka_desktop.services.comparing import compare
from hyoka_desktop.services.search import Query, replacement, search
from hyoka_desktop.services.session import Session


def row_of(session: Session, place: int) -> int:
    view = session.view(2024)
    return view.children(view.items[place].id, NodeKind.ROW)[0].id


@pytest.fixture
def marked(session: Session) -> Session:
    session.set_text(2024, row_of(session, 3), "results", "目印Ａは３件。目印aもある。")
    session.set_text(2024, row_of(session, 0), "results", "目印Ａ")
    session.set_text(2023, ROOT, "procedures", "目印Ａ（前年度）")
    return session


def test_hits_come_in_the_order_of_the_document_with_all_their_places(marked: Session) -> None:
    hits = search(marked.form, marked.snapshot, Query("目印a", "印", year=2024))
    assert [hit.address.node for hit in hits] == [row_of(marked, 0), row_of(marked, 3)]
    assert [len(hit.matches) for hit in hits] == [1, 2]
    assert hits[1].replaced == "印は３件。印もある。"


def test_all_years_or_one_item_are_searched_as_asked(marked: Session) -> None:
    everywhere = search(marked.form, marked.snapshot, Query("目印A"))
    assert Address(ROOT, "procedures", 2023) in {hit.address for hit in everywhere}
    item = marked.view(2024).items[3].id
    assert [hit.address.node for hit in search(marked.form, marked.snapshot, Query("目印A", item=item))] == [
        row_of(marked, 3)
    ]
    assert search(marked.form, marked.snapshot, Query("")) == ()


def test_replacing_is_one_step_and_undo_brings_all_back(marked: Session) -> None:
    before = marked.snapshot
    hits = search(marked.form, before, Query("目印A", "印"))
    changes = marked.do(replacement(before, hits))
    assert changes is not None
    assert changes.edit.action is Action.REPLACE
    assert len(changes.addresses) == 3
    assert search(marked.form, marked.snapshot, Query("目印A")) == ()
    marked.undo()
    assert compare(before, marked.snapshot).is_empty


def test_what_changed_after_it_was_found_is_left_alone(marked: Session) -> None:
    hits = search(marked.form, marked.snapshot, Query("目印A", "印", year=2024))
    marked.set_text(2024, row_of(marked, 0), "results", "目印Ａを書き直した")
    changes = marked.do(replacement(marked.snapshot, hits))
    assert changes is not None
    assert {address.node for address in changes.addresses} == {row_of(marked, 3)}
    assert replacement(marked.snapshot, hits[:1]) is None


def test_an_approved_plan_is_told_as_locked(session: Session) -> None:
    word = session.view(2024).text(row_of(session, 0), "mid_term_plan")[:6]
    hits = search(session.form, session.snapshot, Query(word))
    assert any(hit.is_locked for hit in hits)
    assert all(hit.is_locked == session.form.fields[hit.address.field].locked for hit in hits)


def test_a_search_tells_how_far_it_is(session: Session) -> None:
    shares: list[float] = []
    search(session.form, session.snapshot, Query("あ"), tell_share=shares.append)
    assert shares == sorted(shares)
    assert 90 <= len(shares) <= 200
    assert 0 < shares[0] <= 0.02
    assert 0.98 <= shares[-1] <= 1


def test_a_search_can_be_given_up(session: Session) -> None:
    class Enough(Exception):
        pass

    def give_up() -> None:
        raise Enough

    with pytest.raises(Enough):
        search(session.form, session.snapshot, Query("あ"), give_up)


def test_a_quoted_value_of_an_indicator_is_not_found_and_not_changed(marked: Session) -> None:
    row = row_of(marked, 0)
    marked.set_text(2024, row, "results", "実績は{指標:目印の数.実績#12}、実績である。")
    hits = search(marked.form, marked.snapshot, Query("実績", "成果", year=2024, item=row))
    assert [hit.replaced for hit in hits] == ["成果は{指標:目印の数.実績#12}、成果である。"]

"""Items go out to a department as a packet, come back, and are merged: taken, asked about or refused by name."""

import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from hyoka_desktop.domain import comments, edits
from hyoka_desktop.domain.handouts import HandoutFormat, Standing
from hyoka_desktop.domain.livevalues import LiveValues
from hyoka_desktop.domain.report import ROOT, Address, NodeKind
from hyoka_desktop.domain.work import DEPARTMENT, WorkState, set_in_charge, state_of
from hyoka_desktop.errors import InputError, WorldError
from hyoka_desktop.exchange.merging import Outcome, Place, Take, Written
from hyoka_desktop.exchange.merging_nodes import Deed
from hyoka_desktop.formdef.named_fields import labels_of_values
from hyoka_desktop.services import commenting, handouts, progress, reports
from hyoka_desktop.services.backups import Places, Reason, find_backups
from hyoka_desktop.services.circulation import (
    Decisions,
    Incoming,
    all_by,
    open_questions,
    own_items_only,
    propose,
    take_back,
)
from hyoka_desktop.services.forms import find_form
from hyoka_desktop.services.handouts import Order, board, hand_out
from hyoka_desktop.services.packets import Source
from hyoka_desktop.services.receipts import proposal_text, receipt_text
from hyoka_desktop.services.session import Session, open_session
from hyoka_desktop.services.taking import Fate, Receipt, take

YEAR = 2024
Edit = Callable[[Session], object]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "backups")


@pytest.fixture
def field(session: Session) -> Address:
    """Tell the results of the first row of the first item, of three sentences."""
    view = session.view(YEAR)
    row = view.children(view.items[0].id, NodeKind.ROW)[0]
    session.set_text(YEAR, row.id, "results", "一。二。三。")
    return Address(row.id, "results", YEAR)


def item_of(session: Session, place: int = 0) -> int:
    return session.view(YEAR).items[place].id


def packet(session: Session, folder: Path, *items: int, to: str = "総務課") -> Path:
    (made,) = hand_out(session, YEAR, [Order(items or (item_of(session),), to, "", HandoutFormat.PACKET)], folder)
    return made.path


@pytest.fixture
def away(heard: object) -> Callable[[Path, Edit], None]:
    """Work on a file as somebody elsewhere does."""

    def work_on(path: Path, work: Edit) -> None:
        other = open_session(path, heard)  # type: ignore[arg-type]
        work(other)
        assert other.close()

    return work_on


def fates(receipt: Receipt) -> list[Fate]:
    return [entry.fate for entry in receipt.entries]


def write(address: Address, text: str) -> Edit:
    return lambda session: session.set_text(address.year, address.node, address.field, text)


def stored(session: Session, address: Address) -> str | None:
    return session.snapshot.stored(address)


def test_a_packet_that_nobody_touched_changes_nothing(session: Session, places: Places, tmp_path: Path) -> None:
    proposal = take_back(session, packet(session, tmp_path / "out"))
    assert proposal.changes_nothing
    before = session.snapshot.values
    receipt = take(session, proposal, Decisions(), places)
    assert receipt.entries == ()
    changed = {key[1] for key in session.snapshot.values if before.get(key) != session.snapshot.values[key]}
    assert changed == {"handout_returned", "handout_imported"}


def test_a_packet_holds_its_items_alone_and_no_trace_of_any_other_text(
    session: Session, tmp_path: Path, field: Address
) -> None:
    content = packet(session, tmp_path / "out").read_bytes()
    tree, own = session.snapshot.tree, item_of(session)
    others = {
        text
        for (node, _), years in session.snapshot.values.items()
        for text in years.values()
        if (item := tree.ancestor(node, NodeKind.ITEM)) is not None and item.id != own and len(text) > 8
    } | {session.view(YEAR).text(ROOT, "procedures")}
    mine = {text for (node, _), years in session.snapshot.values.items() for text in years.values() if node == own}
    assert len(others) > 100
    assert {text for text in others - mine if text.encode() in content} - _common(session, own) == set()
    assert "一。二。三。".encode() in content


def _common(session: Session, own: int) -> set[str]:
    """Tell the texts of the item and those below it, and of what stands above."""
    tree = session.snapshot.tree
    inside = {node.id for node in tree.subtree(own)} | {tree.nodes[own].parent, ROOT}
    below = {t for (node, _), years in session.snapshot.values.items() if node in inside for t in years.values()}
    return {text for text in below if text != session.view(YEAR).text(ROOT, "procedures")}


def test_a_packet_is_a_sound_report_file_that_can_be_exported(session: Session, tmp_path: Path) -> None:
    path = packet(session, tmp_path / "out", item_of(session), item_of(session, 2))
    reports.verify_report(path)
    view = reports.read_report(path).view(YEAR)
    assert [item.id for item in view.items] == [item_of(session), item_of(session, 2)]
    assert view.text(ROOT, "organization_name") == session.view(YEAR).text(ROOT, "organization_name")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM command").fetchone() == (1,)


def test_what_only_the_department_changed_is_taken_in_one_step_after_a_backup(
    session: Session, places: Places, tmp_path: Path, field: Address, away: Callable[..., None]
) -> None:
    path = packet(session, tmp_path / "out")
    away(path, write(field, "一。弐。三。"))
    proposal = take_back(session, path)
    assert [one.outcome for one in proposal.fields] == [Outcome.TAKEN]
    assert stored(session, field) == "一。二。三。", "nothing is written before it was decided"
    before = session.snapshot
    receipt = take(session, proposal, Decisions(), places)
    assert fates(receipt) == [Fate.TAKEN]
    assert stored(session, field) == "一。弐。三。"
    assert [one.reason for one in find_backups(session, places)] == [Reason.MERGE]
    session.undo()
    assert (session.snapshot.tree, session.snapshot.values) == (before.tree, before.values)


def test_changes_of_different_sentences_are_combined_and_taking_again_changes_nothing(
    session: Session, places: Places, tmp_path: Path, field: Address, away: Callable[..., None]
) -> None:
    path = packet(session, tmp_path / "out")
    away(path, write(field, "一。弐。三。"))
    write(field, "一。二。三。四。")(session)
    receipt = take(session, take_back(session, path), Decisions(), places)
    assert fates(receipt) == [Fate.COMBINED]
    assert stored(session, field) == "一。弐。三。四。"
    sequence = session.sequence
    again = take_back(session, path)
    assert [one.outcome for one in again.fields] == [Outcome.KEPT]
    take(session, again, Decisions(), places)
    assert session.sequence <= sequence + 1, "at most the handout is noted anew"
    assert stored(session, field) == "一。弐。三。四。"


@pytest.mark.parametrize(
    ("choice", "text"),
    [
        (Take.OURS, "一。ニ！三。"),
        (Take.THEIRS, "一。弐。三。"),
        (Take.BOTH, "一。ニ！弐。三。"),
        (Written("第二。"), "一。第二。三。"),
    ],
)
def test_a_conflict_waits_and_gets_what_was_chosen(
    choice: Take | Written,
    text: str,
    session: Session,
    places: Places,
    tmp_path: Path,
    field: Address,
    away: Callable[..., None],
) -> None:
    path = packet(session, tmp_path / "out")
    away(path, write(field, "一。弐。三。"))
    write(field, "一。ニ！三。")(session)
    proposal = take_back(session, path)
    place = Place(field, 0)
    assert open_questions(proposal, Decisions()) == (place,)
    with pytest.raises(InputError) as refusal:
        take(session, proposal, Decisions(), places)
    assert (refusal.value.code, refusal.value.parameters["count"]) == ("merge_undecided", 1)
    assert find_backups(session, places) == ()
    receipt = take(session, proposal, Decisions({place: choice}), places)
    assert fates(receipt) == [Fate.KEPT if choice is Take.OURS else Fate.DECIDED]
    assert stored(session, field) == text


def test_a_choice_for_a_whole_field_goes_before_what_was_merged(
    session: Session, places: Places, tmp_path: Path, field: Address, away: Callable[..., None]
) -> None:
    path = packet(session, tmp_path / "out")
    away(path, write(field, "一。弐。三。"))
    receipt = take(session, take_back(session, path), Decisions({Place(field): Take.OURS}), places)
    assert (fates(receipt), stored(session, field)) == ([Fate.KEPT], "一。二。三。")
    assert "一。弐。三。" in receipt_text(session.form, receipt), "what is nowhere in the report stands in the receipt"


def test_a_final_item_is_refused_by_name_and_the_others_are_taken(
    session: Session, places: Places, tmp_path: Path, field: Address, away: Callable[..., None]
) -> None:
    other = item_of(session, 1)
    path = packet(session, tmp_path / "out", item_of(session), other)
    away(path, write(field, "一。弐。三。"))
    away(path, lambda there: there.set_text(YEAR, other, "item_title", "別の題"))
    progress.set_state(session, YEAR, [item_of(session)], WorkState.FINAL)
    receipt = take(session, take_back(session, path), Decisions(), places)
    assert sorted(fates(receipt)) == [Fate.LOCKED, Fate.TAKEN]
    assert stored(session, field) == "一。二。三。"
    assert session.view(YEAR).text(other, "item_title") == "別の題"
    text = receipt_text(session.form, receipt)
    assert "「確定」のため取り込みませんでした\n　　一。弐。三。" in text
    assert "取り込まなかったもの：1件" in text


def test_what_was_added_to_a_final_item_is_refused_with_all_that_hangs_on_it(
    session: Session, places: Places, tmp_path: Path, away: Callable[..., None]
) -> None:
    item = item_of(session)
    path = packet(session, tmp_path / "out", item)

    def add(there: Session) -> None:
        row = there.add_node(YEAR, item, NodeKind.ROW, 99, {"annual_plan": "加えた計画"})
        there.add_node(YEAR, row, NodeKind.INDICATOR, 0, {"indicator_name": "加えた指標"})
        commenting.add_comment(there, YEAR, Address(row, "annual_plan", YEAR), "行を足しました。")

    away(path, add)
    progress.set_state(session, YEAR, [item], WorkState.FINAL)
    before = session.snapshot.tree
    receipt = take(session, take_back(session, path), Decisions(), places)
    assert fates(receipt) == [Fate.LOCKED, Fate.ORPHANED, Fate.REMARK_LOST]
    assert session.snapshot.tree.nodes == before.nodes
    text = receipt_text(session.form, receipt)
    assert all(said in text for said in ("加えた計画", "加えた指標", "行を足しました。", "取り込まなかったもの：3件"))


def test_a_checked_item_drops_back_and_the_receipt_says_so(
    session: Session, places: Places, tmp_path: Path, field: Address, away: Callable[..., None]
) -> None:
    path = packet(session, tmp_path / "out")
    away(path, write(field, "一。弐。三。"))
    progress.set_state(session, YEAR, [item_of(session)], WorkState.DIVISION_CHECK)
    receipt = take(session, take_back(session, path), Decisions(), places)
    assert fates(receipt) == [Fate.TAKEN, Fate.DROPPED]
    assert state_of(session.view(YEAR), item_of(session)) is WorkState.DRAFTING
    assert "「作成中」に戻しました" in receipt_text(session.form, receipt)


def test_a_row_that_was_added_comes_with_its_texts_and_only_once(
    session: Session, places: Places, tmp_path: Path, away: Callable[..., None]
) -> None:
    path = packet(session, tmp_path / "out")
    item = item_of(session)
    count = len(session.view(YEAR).children(item, NodeKind.ROW))
    away(path, lambda there: there.add_node(YEAR, item, NodeKind.ROW, 1, {"annual_plan": "加えた計画"}))
    session.add_node(YEAR, item, NodeKind.ROW, 0, {"annual_plan": "こちらの計画"})
    receipt = take(session, take_back(session, path), Decisions(), places)
    assert fates(receipt) == [Fate.ADDED]
    view = session.view(YEAR)
    plans = [view.text(row.id, "annual_plan") for row in view.children(item, NodeKind.ROW)]
    assert (len(plans), plans[0], plans[2]) == (count + 2, "こちらの計画", "加えた計画")
    session.set_text(YEAR, view.children(item, NodeKind.ROW)[2].id, "annual_plan", "書き直した計画")
    again = take_back(session, path)
    assert again.nodes == ()
    assert [one.outcome for one in again.fields] == [Outcome.CONFLICT], "never a silent choice"


def test_what_quotes_an_added_indicator_quotes_it_here_too(
    session: Session, places: Places, tmp_path: Path, field: Address, away: Callable[..., None]
) -> None:
    path = packet(session, tmp_path / "out")

    def add(there: Session) -> None:
        top = there.add_branch(YEAR, field.node, [NodeKind.INDICATOR, NodeKind.ACHIEVEMENT], 0)
        there.set_text(YEAR, top, "indicator_name", "新指標")
        there.set_text(YEAR, top + 1, "actual", "42件")
        quoted = f"{{指標:新指標.実績#{top + 1}}}。"
        there.set_text(YEAR, field.node, "results", f"一。{quoted}三。")
        there.add_node(YEAR, item_of(there), NodeKind.ROW, 99, {"results": quoted})

    away(path, add)
    session.add_branch(YEAR, field.node, [NodeKind.INDICATOR, NodeKind.ACHIEVEMENT], 0)
    take(session, take_back(session, path), Decisions(), places)
    view = session.view(YEAR)
    values = LiveValues(view, labels_of_values(session.form))
    rows = (field.node, _rows(session, item_of(session))[-1])
    assert [values.printed(view.text(row, "results"), row) for row in rows] == ["一。42件。三。", "42件。"]
    ids = [int(found) for row in rows for found in re.findall(r"#(\d+)", view.text(row, "results"))]
    assert [view.text(node, "actual") for node in ids] == ["42件", "42件"], "by the id, not only by the name"


def test_what_was_removed_there_is_asked_about_and_never_goes_by_itself(
    session: Session, places: Places, tmp_path: Path, away: Callable[..., None]
) -> None:
    item = next(item.id for item in session.view(YEAR).items if len(_rows(session, item.id)) > 1)
    path = packet(session, tmp_path / "out", item)
    row = _rows(session, item)[0]
    away(path, lambda there: there.remove_node(YEAR, row))
    proposal = take_back(session, path)
    assert [part.deed for part in proposal.nodes] == [Deed.REMOVED]
    assert open_questions(proposal, Decisions()) == proposal.nodes
    assert fates(take(session, proposal, all_by(proposal, Take.OURS), places)) == [Fate.LEFT]
    assert row in _rows(session, item)
    proposal = take_back(session, path)
    assert fates(take(session, proposal, all_by(proposal, Take.THEIRS), places)) == [Fate.REMOVED]
    assert row not in _rows(session, item)
    assert take_back(session, path).nodes == ()


def test_a_receipt_names_what_came_and_what_went_by_item_and_kind(
    session: Session, places: Places, tmp_path: Path, away: Callable[..., None]
) -> None:
    item = next(item.id for item in session.view(YEAR).items if len(_rows(session, item.id)) > 1)
    number = session.view(YEAR).text(item, "item_number")
    path = packet(session, tmp_path / "out", item)
    row, other = _rows(session, item)[:2]

    def work(there: Session) -> None:
        there.remove_node(YEAR, row)
        added = there.add_node(YEAR, other, NodeKind.INDICATOR, 0, {"indicator_name": "新しい指標"})
        place = Address(added, "indicator_name", YEAR)
        there.do(comments.add_comment(there.view(YEAR), place, "新設です。", "佐藤", "2024-07-01T09:00:00+09:00"))

    away(path, work)
    session.add_node(YEAR, item, NodeKind.ROW, 0)
    proposal = take_back(session, path)
    decisions = all_by(proposal, Take.THEIRS)
    for text in (
        proposal_text(session, proposal, decisions),
        receipt_text(session.form, take(session, proposal, decisions, places)),
    ):
        assert f"・{number} 行：" in text
        assert f"・{number} 指標 新しい指標：" in text
        assert re.search(rf"・{number} [^：]+（令和6年度）：コメント", text)


def _rows(session: Session, item: int) -> list[int]:
    return [row.id for row in session.view(YEAR).children(item, NodeKind.ROW)]


def test_rows_that_were_moved_there_are_asked_about(
    session: Session, places: Places, tmp_path: Path, away: Callable[..., None]
) -> None:
    item = next(item.id for item in session.view(YEAR).items if len(_rows(session, item.id)) > 1)
    path = packet(session, tmp_path / "out", item)
    before = _rows(session, item)
    away(path, lambda there: there.step_node(YEAR, before[0], 1))
    proposal = take_back(session, path)
    assert [part.deed for part in proposal.nodes] == [Deed.MOVED]
    take(session, proposal, all_by(proposal, Take.THEIRS), places)
    assert _rows(session, item) == [before[1], before[0], *before[2:]]
    assert take_back(session, path).changes_nothing


def test_a_text_of_a_row_that_is_gone_here_is_told_with_all_its_words(
    session: Session, places: Places, tmp_path: Path, field: Address, away: Callable[..., None]
) -> None:
    path = packet(session, tmp_path / "out")
    away(path, write(field, "一。弐。三。"))
    away(path, lambda there: there.add_node(YEAR, field.node, NodeKind.INDICATOR, 0, {"indicator_name": "新指標"}))
    session.do(edits.remove_node(session.view(2023), field.node))
    proposal = take_back(session, path)
    receipt = take(session, proposal, all_by(proposal, Take.OURS), places)
    assert sorted(fates(receipt)) == [Fate.HOMELESS, Fate.ORPHANED]
    text = receipt_text(session.form, receipt)
    assert "一。弐。三。" in text
    assert "新指標" in text


def test_what_was_written_outside_of_the_items_is_told_and_not_taken(
    session: Session, places: Places, tmp_path: Path, away: Callable[..., None]
) -> None:
    path = packet(session, tmp_path / "out")
    name = session.view(YEAR).text(ROOT, "organization_name")
    away(path, lambda there: there.set_text(YEAR, ROOT, "organization_name", "別の法人"))
    away(path, lambda there: there.add_year(2025))
    proposal = take_back(session, path)
    assert "別の法人" in proposal_text(session, proposal, Decisions())
    receipt = take(session, proposal, Decisions(), places)
    assert fates(receipt) == [Fate.OUTSIDE, Fate.YEAR]
    assert session.view(YEAR).text(ROOT, "organization_name") == name
    assert session.snapshot.years == (2023, 2024)


def test_comments_and_answers_come_along_once_in_the_names_of_those_who_said_them(
    session: Session, places: Places, tmp_path: Path, field: Address, away: Callable[..., None]
) -> None:
    commenting.add_comment(session, YEAR, field, "根拠は？")
    path = packet(session, tmp_path / "out")

    def talk(there: Session) -> None:
        known = comments.comments_of(there.view(YEAR))[0]
        there.do(comments.add_reply(there.view(YEAR), known, "調査の結果です。", "佐藤", "2024-07-01T09:00:00+09:00"))
        said = comments.add_comment(there.view(YEAR), field, "直しました。", "佐藤", "2024-07-01T09:01:00+09:00")
        there.do(said)
        mine = comments.comments_of(there.view(YEAR))[1]
        there.do(comments.add_reply(there.view(YEAR), mine, "二度。", "鈴木", "2024-07-01T09:02:00+09:00"))

    away(path, talk)
    proposal = take_back(session, path)
    assert "直しました。" in proposal_text(session, proposal, Decisions())
    assert fates(take(session, proposal, Decisions(), places)) == [Fate.REMARK, Fate.REMARK]
    first, second = comments.comments_of(session.view(YEAR))
    assert [(reply.text, reply.person) for reply in first.replies] == [("調査の結果です。", "佐藤")]
    assert (second.remark.text, second.remark.person, second.place) == ("直しました。", "佐藤", field)
    assert [reply.person for reply in second.replies] == ["鈴木"]
    assert take_back(session, path).changes_nothing


def test_texts_and_remarks_of_any_source_need_only_a_passport(
    session: Session, places: Places, tmp_path: Path, field: Address
) -> None:
    (made,) = hand_out(session, YEAR, [Order((item_of(session),), "総務課")], tmp_path / "out")
    assert made.path.suffix == ".docx"
    texts = {field: "一。弐。\x07三。"}
    proposal = propose(session, Incoming(made.path, Source.WORD, made.handout.passport, texts))
    assert proposal.handout == board(session)[0].handout
    receipt = take(session, proposal, Decisions(), places)
    assert fates(receipt) == [Fate.TAKEN, Fate.CLEANED]
    assert stored(session, field) == "一。弐。三。"
    assert board(session)[0].standing is Standing.IMPORTED


def test_a_copy_of_the_file_is_merged_from_where_the_two_parted(
    session: Session, places: Places, tmp_path: Path, field: Address, away: Callable[..., None]
) -> None:
    copy = tmp_path / "copy.hyoka"
    session.backup(copy).result()
    away(copy, write(field, "一。弐。三。"))
    away(copy, lambda there: there.set_text(YEAR, ROOT, "procedures", "写しの手続"))
    write(field, "零。一。二。三。")(session)
    proposal = take_back(session, copy)
    assert proposal.incoming.source is Source.COPY
    assert [one.outcome for one in proposal.fields] == [Outcome.TAKEN, Outcome.COMBINED]
    kept = own_items_only(proposal, session, [item_of(session)])
    assert fates(take(session, proposal, kept, places)) == [Fate.KEPT, Fate.COMBINED]
    assert stored(session, field) == "零。一。弐。三。"
    assert session.view(YEAR).text(ROOT, "procedures") != "写しの手続"


def test_parts_added_in_a_copy_and_here_with_one_id_are_told_apart(
    session: Session, places: Places, tmp_path: Path, away: Callable[..., None]
) -> None:
    copy, item = tmp_path / "copy.hyoka", item_of(session)
    session.backup(copy).result()
    away(copy, lambda there: there.add_node(YEAR, item, NodeKind.ROW, 0, {"annual_plan": "写しの計画"}))
    session.add_node(YEAR, item, NodeKind.ROW, 0, {"annual_plan": "こちらの計画"})
    take(session, take_back(session, copy), Decisions(), places)
    view = session.view(YEAR)
    plans = {view.text(row, "annual_plan") for row in _rows(session, item)}
    assert {"写しの計画", "こちらの計画"} <= plans
    assert take_back(session, copy).changes_nothing


def test_a_file_of_another_report_is_refused(session: Session, tmp_path: Path) -> None:
    other = tmp_path / "other.hyoka"
    reports.make_sample(other)
    assert _refusal(session, other) == "return_other_report"
    (tmp_path / "other.docx").write_bytes(b"PK")
    assert _refusal(session, tmp_path / "other.pdf") == "return_unknown_kind"
    (tmp_path / "broken.hyoka").write_bytes(b"x")
    assert _refusal(session, tmp_path / "broken.hyoka") == "file_not_ours"


def test_a_packet_of_another_report_with_the_same_items_is_refused(
    session: Session, tmp_path: Path, heard: object
) -> None:
    other = tmp_path / "other.hyoka"
    reports.make_sample(other)
    with closing(open_session(other, heard)) as there:  # type: ignore[arg-type]
        path = packet(there, tmp_path / "out")
    assert _refusal(session, path) == "return_other_report"


def test_a_file_of_another_form_is_refused(session: Session, tmp_path: Path) -> None:
    other = tmp_path / "other.hyoka"
    reports.new_report(other, find_form("jlis-annual"), YEAR, "見本機構")
    assert _refusal(session, other) == "return_other_form"


def _refusal(session: Session, path: Path) -> str:
    with pytest.raises((InputError, WorldError)) as refusal:
        take_back(session, path)
    return refusal.value.code


def test_a_proposal_is_stale_once_the_report_has_changed(
    session: Session, places: Places, tmp_path: Path, field: Address
) -> None:
    proposal = take_back(session, packet(session, tmp_path / "out"))
    write(field, "別。")(session)
    with pytest.raises(InputError) as refusal:
        take(session, proposal, Decisions(), places)
    assert refusal.value.code == "merge_stale"


def test_what_somebody_is_typing_is_never_overwritten(
    session: Session, places: Places, tmp_path: Path, field: Address, away: Callable[..., None]
) -> None:
    path = packet(session, tmp_path / "out")
    away(path, write(field, "一。弐。三。"))
    session.put_draft(field, "一。入力中")
    with pytest.raises(InputError) as refusal:
        take(session, take_back(session, path), Decisions(), places)
    assert refusal.value.code == "merge_typing"
    assert session.typed == {field: "一。入力中"}
    session.put_draft(field, None)
    take(session, take_back(session, path), Decisions(), places)
    assert stored(session, field) == "一。弐。三。"


def test_without_a_backup_nothing_is_taken(
    session: Session, tmp_path: Path, field: Address, away: Callable[..., None]
) -> None:
    path = packet(session, tmp_path / "out")
    away(path, write(field, "一。弐。三。"))
    (tmp_path / "taken").write_bytes(b"")
    with pytest.raises(WorldError):
        take(session, take_back(session, path), Decisions(), Places(tmp_path / "taken"))
    assert stored(session, field) == "一。二。三。"


def test_one_action_hands_out_all_items_by_department_and_undo_takes_the_facts_back(
    session: Session, tmp_path: Path
) -> None:
    session.do(set_in_charge(session.view(YEAR), [item_of(session), item_of(session, 2)], DEPARTMENT, "総務課"))
    session.do(set_in_charge(session.view(YEAR), [item_of(session, 1)], DEPARTMENT, "NUL.企画/課"))
    orders = handouts.orders_by_department(session, YEAR, "2000-01-01", HandoutFormat.PACKET)
    assert [(order.to, len(order.items)) for order in orders] == [("総務課", 2), ("NUL.企画/課", 1)]
    made = hand_out(session, YEAR, orders, tmp_path / "out")
    assert [one.path.name for one in made] == [
        "sample_総務課_令和6年度.hyoka",
        "sample_NUL_企画課_令和6年度.hyoka",
    ]
    assert [(line.standing, line.numbers) for line in board(session)] == [
        (Standing.LATE, ("Ⅰ-1", "Ⅰ-3")),
        (Standing.LATE, ("Ⅰ-2",)),
    ]
    handouts.mark_returned(session, made[0].handout)
    assert board(session)[0].standing is Standing.RETURNED
    handouts.forget(session, board(session)[1].handout)
    assert len(board(session)) == 1
    for _ in range(3):
        session.undo()
    assert board(session) == ()
    assert take_back(session, made[0].path).handout is None, "a file that went out can come back all the same"


def test_of_two_packets_of_one_state_each_comes_back_for_its_own_department(session: Session, tmp_path: Path) -> None:
    orders = [Order((item_of(session),), to, "", HandoutFormat.PACKET) for to in ("総務課", "企画課")]
    made = hand_out(session, YEAR, orders, tmp_path / "out")
    returned = [take_back(session, one.path).handout for one in made]
    assert [one.to for one in returned if one is not None] == ["総務課", "企画課"]


def test_what_is_written_while_the_files_are_made_is_not_in_them_and_still_there_after(
    session: Session, places: Places, tmp_path: Path, field: Address
) -> None:
    order = Order((item_of(session),), "総務課", "", HandoutFormat.PACKET)
    plan = handouts.plan_handouts(session, YEAR, [order], tmp_path / "out")
    write(field, "一。弐。三。")(session)
    commenting.add_comment(session, YEAR, field, "まだ途中。")
    handouts.make_files(plan)
    handouts.record(session, plan)
    proposal = take_back(session, plan.files[0].path)
    assert proposal.handout == board(session)[0].handout
    assert [one.outcome for one in proposal.fields] == [Outcome.KEPT]
    take(session, proposal, Decisions(), places)
    assert stored(session, field) == "一。弐。三。"


def test_two_departments_whose_names_give_one_file_name_get_two_files(session: Session, tmp_path: Path) -> None:
    orders = [Order((item_of(session),), to, "", HandoutFormat.PACKET) for to in ("A課", "a課", "A?課")]
    names = [one.path.name for one in hand_out(session, YEAR, orders, tmp_path / "out")]
    assert len({name.casefold() for name in names}) == 3


def test_where_one_file_cannot_be_made_none_stays_and_nothing_is_recorded(session: Session, tmp_path: Path) -> None:
    out = tmp_path / "out"
    packet(session, out, to="総務課")
    orders = [Order((item_of(session),), to, "", HandoutFormat.PACKET) for to in ("企画課", "総務課")]
    with pytest.raises(InputError) as refusal:
        hand_out(session, YEAR, orders, out)
    assert refusal.value.code == "file_exists"
    assert [path.name for path in out.iterdir()] == ["sample_総務課_令和6年度.hyoka"]
    assert len(board(session)) == 1


def test_a_failing_second_file_takes_the_first_along(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []

    def fail_later(_: object, one: handouts.HandedOut, _checkpoint: object) -> None:
        if made:
            raise WorldError("disk_full", path=str(one.path))
        made.append(one.path)
        one.path.write_bytes(b"first")

    monkeypatch.setitem(handouts._WRITERS, HandoutFormat.PACKET, fail_later)  # type: ignore[arg-type]
    orders = [Order((item_of(session),), to, "", HandoutFormat.PACKET) for to in ("企画課", "総務課")]
    with pytest.raises(WorldError):
        hand_out(session, YEAR, orders, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []
    assert board(session) == ()


def test_a_damaged_packet_is_refused(session: Session, tmp_path: Path) -> None:
    path = packet(session, tmp_path / "out")
    copy = Path(shutil.copy(path, tmp_path / "cut.hyoka"))
    copy.write_bytes(copy.read_bytes()[:-4096])
    assert _refusal(session, copy) == "copy_torn"

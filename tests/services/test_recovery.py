"""A damaged report is read as far as it can be, every text says how it stands, and a new file is made of it."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from hyoka_desktop.domain.report import ROOT, Address
from hyoka_desktop.errors import InputError, WorldError
from hyoka_desktop.messages.window import word
from hyoka_desktop.services import backups, recovery
from hyoka_desktop.services.backups import Places, Reason
from hyoka_desktop.services.forms import find_form
from hyoka_desktop.services.recovery import Standing
from hyoka_desktop.services.reports import new_report, read_report, verify_report
from hyoka_desktop.services.session import Session, open_session
from hyoka_desktop.store.worker import Listener

PLACE = Address(ROOT, "procedures", 2024)
PAGE = 4096


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "backups")


@pytest.fixture
def damaged(session: Session) -> Path:
    """Write twice and close; what a test then does to the file is the damage."""
    session.set_text(2024, ROOT, "procedures", "初めの文章")
    session.set_text(2024, ROOT, "procedures", "今の文章")
    assert session.close()
    return session.path


def tamper(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def zero_pages_with(path: Path, wanted: bytes) -> None:
    """Empty every page that holds some bytes."""
    content = bytearray(path.read_bytes())
    place = content.find(wanted)
    assert place >= 0
    while place >= 0:
        page = place // PAGE * PAGE
        content[page : page + PAGE] = bytes(PAGE)
        place = content.find(wanted, page + PAGE)
    path.write_bytes(content)


def test_a_wrong_text_is_mended_from_the_log_and_the_log_goes_on(damaged: Path, places: Places) -> None:
    anchor = verify_report(damaged)
    tamper(damaged, "UPDATE value SET text = '偽の文章' WHERE field = 'procedures' AND year = 2024")
    before = damaged.read_bytes()
    found = recovery.examine(damaged, places)
    assert [(line.standing, line.text) for line in found.lines()] == [(Standing.RESTORED, "今の文章")]
    target = recovery.recovered_path(damaged, lambda: "2024-06-28T17:05:00+09:00")
    assert target.name == "sample（復旧 20240628 1705）.hyoka"
    assert recovery.recover(found, target) is None
    assert verify_report(target) == anchor, "the same commands by the same persons at the same times"
    assert damaged.read_bytes() == before


def test_a_file_without_its_first_page_gives_everything_back(damaged: Path, places: Places) -> None:
    anchor = verify_report(damaged)
    damaged.write_bytes(bytes(PAGE) + damaged.read_bytes()[PAGE:])
    found = recovery.examine(damaged, places)
    assert found.salvaged.is_whole
    target = damaged.with_name("new.hyoka")
    recovery.recover(found, target)
    assert verify_report(target) == anchor


def test_a_damaged_log_leaves_all_texts_intact(damaged: Path, places: Places) -> None:
    before = read_report(damaged).snapshot
    tamper(damaged, "UPDATE change SET after = 'x' WHERE command = 2")
    found = recovery.examine(damaged, places)
    assert found.salvaged.is_whole
    assert not found.salvaged.log_is_whole
    assert set(found.counts) == {Standing.INTACT}
    target = damaged.with_name("new.hyoka")
    record = recovery.recover(found, target)
    assert read_report(target).snapshot.values == before.values
    assert record is not None
    assert "変更履歴は失われました" in record.read_text(encoding="utf-8-sig")


def empty_index_page(_: bytes) -> bytes:
    """Tell a sound page of an index that has no entry (SQLite database file format, 1.6)."""
    return bytes([10, 0, 0, 0, 0, *PAGE.to_bytes(2, "big"), 0]).ljust(PAGE, b"\0")


DAMAGE_OF_PAGE = {
    "zeros": lambda _: bytes(PAGE),
    "ones": lambda _: b"\xff" * PAGE,
    "an empty page": empty_index_page,
    "its bytes turned round": lambda page: page[::-1],
}


@pytest.mark.parametrize("damage", DAMAGE_OF_PAGE)
def test_where_only_an_index_is_damaged_all_is_recovered_as_it_was(
    damage: str, damaged: Path, places: Places, heard: Listener
) -> None:
    before, anchor = read_report(damaged).snapshot, verify_report(damaged)
    with closing(sqlite3.connect(damaged)) as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'change_by_field'"
        start = (connection.execute(query).fetchone()[0] - 1) * PAGE
        history = connection.execute("SELECT * FROM change ORDER BY rowid").fetchall()
    content = damaged.read_bytes()
    page = DAMAGE_OF_PAGE[damage](content[start : start + PAGE])
    assert len(page) == PAGE
    content = content[:start] + page + content[start + PAGE :]
    damaged.write_bytes(content)
    with pytest.raises(WorldError) as refusal:
        open_session(damaged, heard)
    assert recovery.is_damage(refusal.value)

    found = recovery.examine(damaged, places)
    assert found.salvaged.is_whole
    assert found.salvaged.log_is_whole
    assert set(found.counts) == {Standing.INTACT}
    assert found.lines() == ()
    assert word("damage_whole") in recovery.summary(found)
    assert word("damage_whole_log") in recovery.summary(found)
    target = damaged.with_name("new.hyoka")
    assert recovery.recover(found, target) is None, "there is nothing to record"

    assert verify_report(target) == anchor
    made = read_report(target).snapshot
    assert (made.values, made.tree, made.years) == (before.values, before.tree, before.years)
    assert "要確認" not in str(made.values)
    with closing(sqlite3.connect(target)) as connection:
        assert connection.execute("SELECT * FROM change ORDER BY rowid").fetchall() == history
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert damaged.read_bytes() == content


def test_what_no_page_proves_is_marked_in_the_new_file(damaged: Path, places: Places) -> None:
    """The text and the command that wrote it are both gone; the log still knows the text before."""
    tamper(
        damaged,
        "DELETE FROM change WHERE command = 3",
        "DELETE FROM value WHERE field = 'procedures' AND year = 2024",
    )
    found = recovery.examine(damaged, places)
    assert found.salvaged.texts[PLACE] is Standing.UNPROVED
    target = damaged.with_name("new.hyoka")
    recovery.recover(found, target)
    assert read_report(target).snapshot.stored(PLACE) == "【要確認：復旧】初めの文章"


@pytest.fixture
def with_item(session: Session) -> Path:
    """Add an item with a title, write below it and once more, and close."""
    item = session.add_item(2024, session.view(2024).sections[0].id)
    session.set_text(2024, item, "item_title", "新しい項目")
    session.set_text(2024, ROOT, "procedures", "今の文章")
    assert session.close()
    return session.path


def test_a_part_whose_place_nothing_proves_is_named_with_the_place_that_it_has_now(
    with_item: Path, places: Places
) -> None:
    tamper(with_item, "UPDATE node SET position = 0 WHERE id = (SELECT max(id) FROM node WHERE kind = 'item')")
    tamper(with_item, "UPDATE command SET person = 'x' WHERE sequence = 4", "DELETE FROM head")
    found = recovery.examine(with_item, places)
    doubted = [line for line in found.lines() if line.where.endswith("項目 新しい項目（位置）")]
    assert [(line.standing, line.is_left_out) for line in doubted] == [(Standing.UNPROVED, False)]
    assert doubted[0].text.startswith("「Ⅰ 区分 業務の質の向上に関する事項」")
    tree = found.salvaged.snapshot.tree
    parts = [line for line in found.lines() if line.where.endswith("（位置）")]
    assert len(parts) == len(tree.nodes) - 1, "all but the report itself: any may have been moved by the lost command"
    assert f"項目・行・指標など{len(parts)}件は、あったことと、その位置を確かめられません" in recovery.summary(found)
    record = recovery.recover(found, with_item.with_name("new.hyoka"))
    assert record is not None
    assert "項目 新しい項目（位置）（最新か確かめられない（要確認））" in record.read_text(encoding="utf-8-sig")


def test_a_part_that_hangs_on_one_that_is_lost_is_named_as_left_out(with_item: Path, places: Places) -> None:
    tamper(with_item, "PRAGMA foreign_keys = OFF", "DELETE FROM node WHERE kind = 'section'", "DELETE FROM head")
    tamper(with_item, "DELETE FROM change WHERE kind = 'node' AND after LIKE '%section%'")
    found = recovery.examine(with_item, places)
    left_out = {line.where: line for line in found.lines() if line.is_left_out}
    line = left_out["項目 新しい項目（置き場所が失われたため、ファイルには入りません）"]
    assert line.standing is Standing.LOST
    nodes = {node.kind.value for node in found.salvaged.unplaced.values()}
    assert {"item", "row", "indicator"} <= nodes
    assert f"項目・行・指標など{len(found.salvaged.unplaced)}件は、置き場所が失われたため" in recovery.summary(found)
    texts = [one for one in left_out.values() if "主要な業務実績" in one.where]
    assert texts, "a text that is intact is told too where it has no place in the new file"


@pytest.mark.parametrize(("found", "instead"), [('"position": 0', '"position": 0.5'), ('"id": 2', '"id": 1e9')])
def test_a_part_of_which_the_log_says_what_no_log_holds_does_not_keep_the_rest_from_being_recovered(
    found: str, instead: str, with_item: Path, places: Places
) -> None:
    """A wrong byte can make a number with a point of a whole one, and then the log can be read all the same."""
    tamper(with_item, f"UPDATE change SET after = replace(after, '{found}', '{instead}') WHERE kind = 'node'")
    tamper(with_item, "PRAGMA foreign_keys = OFF", "DELETE FROM node WHERE kind = 'section'", "DELETE FROM head")
    target = with_item.with_name("new.hyoka")
    recovery.recover(recovery.examine(with_item, places), target)
    assert verify_report(target)
    made = read_report(target).snapshot
    assert made.stored(PLACE) == "【要確認：復旧】今の文章"
    assert all(isinstance(number, int) for node in made.tree.nodes.values() for number in (node.id, node.position))


@pytest.mark.parametrize("year", [-3, 1899, 2200, 26024])
def test_no_year_that_no_report_has_is_taken_from_a_damaged_log(year: int, damaged: Path, places: Places) -> None:
    tamper(
        damaged, f"UPDATE change SET year = {year} WHERE kind = 'year' AND year = 2023", "UPDATE head SET facts = '0'"
    )
    assert recovery.examine(damaged, places).salvaged.snapshot.years == (2023, 2024)


def test_no_part_is_said_to_be_doubtful_where_all_are_proved(with_item: Path, places: Places) -> None:
    tamper(with_item, "UPDATE node SET position = 0 WHERE id = (SELECT max(id) FROM node WHERE kind = 'item')")
    found = recovery.examine(with_item, places)
    assert found.lines() == ()
    assert "位置" not in recovery.summary(found)


def test_a_text_that_only_the_lost_command_can_have_written_is_intact(damaged: Path, places: Places) -> None:
    tamper(damaged, "DELETE FROM change WHERE command = 3", "UPDATE head SET facts = '0'")
    found = recovery.examine(damaged, places)
    assert not found.salvaged.is_whole
    assert found.salvaged.texts[PLACE] is Standing.INTACT
    assert found.salvaged.snapshot.stored(PLACE) == "今の文章"


def test_a_missing_text_is_filled_from_the_log_where_the_sum_shows_that_it_was_so(
    damaged: Path, places: Places
) -> None:
    before = read_report(damaged).snapshot
    tamper(damaged, "DELETE FROM change WHERE command = 3", "DELETE FROM value WHERE field = 'item_title'")
    found = recovery.examine(damaged, places)
    assert found.salvaged.is_whole
    assert found.salvaged.snapshot.values == before.values
    assert {line.standing for line in found.lines()} == {Standing.RESTORED}


def test_one_wrong_text_leaves_no_doubt_of_the_others(damaged: Path, places: Places) -> None:
    """Its hash stands for it in the sum; the log does not know it any more, so it alone is in doubt."""
    tamper(damaged, "DELETE FROM change WHERE command = 3", "UPDATE value SET text = '偽' WHERE field = 'procedures'")
    found = recovery.examine(damaged, places)
    assert found.salvaged.texts[PLACE] is Standing.UNPROVED
    assert not found.salvaged.is_whole
    others = {standing for address, standing in found.salvaged.texts.items() if address.field != "procedures"}
    assert others == {Standing.INTACT}


def test_the_rest_is_taken_from_the_newest_backup_with_its_time(session: Session, places: Places) -> None:
    session.set_text(2024, ROOT, "procedures", "控えた文章")
    clock = "2024-06-28T15:30:00+09:00"
    backups.back_up(session, places, Reason.TIMER, lambda: clock)
    session.set_text(2024, ROOT, "procedures", "失われる文章")
    session.close()
    zero_pages_with(session.path, "失われる文章".encode())
    found = recovery.examine(session.path, places)
    assert found.backup is not None
    assert found.salvaged.texts[PLACE] in {Standing.FROM_BACKUP, Standing.UNPROVED}
    target = session.path.with_name("new.hyoka")
    recovery.recover(found, target)
    assert read_report(target).snapshot.stored(PLACE) == "【要確認：令和6年6月28日 15:30の控え】控えた文章"
    assert "令和6年6月28日 15:30の控え" in recovery.summary(found)


def test_a_file_that_holds_nothing_is_taken_whole_from_the_backup(session: Session, places: Places) -> None:
    backups.back_up(session, places, Reason.TIMER)
    before = session.snapshot
    session.close()
    session.path.write_bytes(b"\x00" * len(session.path.read_bytes()))
    found = recovery.examine(session.path, places)
    assert set(found.counts) == {Standing.FROM_BACKUP}
    assert found.salvaged.snapshot.values == before.values


def test_without_a_backup_such_a_file_is_said_to_hold_nothing(damaged: Path, places: Places) -> None:
    damaged.write_bytes(bytes(100_000))
    with pytest.raises(WorldError) as fault:
        recovery.examine(damaged, places)
    assert fault.value.code == "salvage_nothing"


def test_a_recovery_never_writes_over_a_file(damaged: Path, places: Places) -> None:
    tamper(damaged, "UPDATE value SET text = 'x' WHERE field = 'procedures'")
    with pytest.raises(InputError):
        recovery.recover(recovery.examine(damaged, places), damaged)


def test_a_lost_form_is_replaced_by_the_very_same_one(damaged: Path, places: Places) -> None:
    tamper(damaged, "UPDATE form SET text = text || ' '")
    found = recovery.examine(damaged, places)
    assert found.salvaged.is_whole
    assert found.form.sha256 == found.salvaged.form_hash


def test_a_form_that_is_wholly_lost_is_known_again_by_the_sum(damaged: Path, places: Places) -> None:
    anchor = verify_report(damaged)
    tamper(damaged, "DELETE FROM form")
    found = recovery.examine(damaged, places)
    assert (found.salvaged.is_whole, found.form_is_guessed) == (True, False)
    target = damaged.with_name("new.hyoka")
    recovery.recover(found, target)
    assert verify_report(target) == anchor


def test_a_form_that_nothing_proves_is_said_to_be_guessed(damaged: Path, places: Places) -> None:
    tamper(damaged, "DELETE FROM form", "UPDATE head SET facts = '0'", "DELETE FROM change WHERE command = 2")
    found = recovery.examine(damaged, places)
    assert found.form_is_guessed
    assert found.form.definition.id == "iaa-annual"
    assert "推定しました" in recovery.summary(found)


@pytest.mark.parametrize("name", ["new.hyoka", "new.txt"])
def test_a_recovery_touches_nothing_that_lies_beside_its_place(damaged: Path, places: Places, name: str) -> None:
    zero_pages_with(damaged, "今の文章".encode())
    found = recovery.examine(damaged, places)
    target = damaged.with_name(name)
    own = {target.with_name(f"{name}.part"): b"mine", damaged.with_name("new.txt.part"): b"mine too"}
    if name != "new.txt":
        own[damaged.with_name("new.txt")] = b"my notes"
    for path, content in own.items():
        path.write_bytes(content)
    record = recovery.recover(found, target)
    assert {path: path.read_bytes() for path in own} == own
    assert record == damaged.with_name("new (2).txt")
    assert verify_report(target)
    assert "失われ" in record.read_text(encoding="utf-8-sig")


def test_the_journal_of_another_file_does_no_harm_to_what_can_be_recovered(damaged: Path, places: Places) -> None:
    with closing(sqlite3.connect(damaged, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 2")
        connection.execute("BEGIN")
        connection.execute("UPDATE value SET text = text || 'x'")
        stale = damaged.with_name(f"{damaged.name}-journal").read_bytes()
        connection.execute("ROLLBACK")
    other = damaged.with_name("other.hyoka")
    new_report(other, find_form("iaa-annual"), 2024, "別の法人")
    zero_pages_with(other, b"node_by_parent")
    as_it_lies = recovery.examine(other, places)
    other.with_name("other.hyoka-journal").write_bytes(stale)
    found = recovery.examine(other, places)
    assert found.salvaged == as_it_lies.salvaged


DAMAGE = ("UPDATE change SET after = 'x' WHERE command = 2", "DROP INDEX node_by_parent")


@pytest.mark.parametrize("statement", DAMAGE)
def test_what_was_being_typed_is_carried_over_as_it_was_written(
    statement: str, session: Session, places: Places, heard: Listener
) -> None:
    session.set_text(2024, ROOT, "procedures", "確定した文章")
    session.put_draft(PLACE, "下書き一時間分の文章")
    session.close()
    tamper(session.path, statement)
    found = recovery.examine(session.path, places)
    assert (found.lines(), found.salvaged.is_whole) == ((), True)
    assert "入力の途中だった文章1件は、書かれたとおり" in recovery.summary(found)
    target = session.path.with_name("new.hyoka")
    recovery.recover(found, target)
    again = open_session(target, heard)
    assert (again.recovered, again.doubted) == ({PLACE: "下書き一時間分の文章"}, frozenset())
    again.close()


@pytest.mark.parametrize("statement", DAMAGE)
def test_what_was_being_typed_and_is_not_as_it_was_written_is_carried_over_with_a_mark_and_said(
    statement: str, session: Session, places: Places, heard: Listener
) -> None:
    session.set_text(2024, ROOT, "procedures", "確定した文章")
    session.put_draft(PLACE, "下書き一時間分の原文")
    session.close()
    tamper(session.path, statement, "UPDATE draft SET text = '下書き一時間分の文章'")
    found = recovery.examine(session.path, places)
    assert [(line.standing, line.text) for line in found.lines()] == [(Standing.UNPROVED, "下書き一時間分の文章")]
    assert "下書き" not in found.lines()[0].where
    assert "入力の途中だった文章1件" in recovery.summary(found)
    target = session.path.with_name("new.hyoka")
    record = recovery.recover(found, target)
    assert record is not None
    assert "下書き一時間分の文章" in record.read_text(encoding="utf-8-sig")
    again = open_session(target, heard)
    assert again.recovered == {PLACE: "【要確認：復旧】下書き一時間分の文章"}
    assert again.snapshot.stored(PLACE) == "確定した文章"
    again.close()


def test_a_draft_whose_place_is_lost_is_in_the_record(session: Session, places: Places) -> None:
    node = session.add_item(2024, session.view(2024).sections[0].id)
    session.put_draft(Address(node, "results", 2024), "置き場所のない下書き")
    session.close()
    tamper(session.path, "PRAGMA foreign_keys = OFF", f"DELETE FROM node WHERE id = {node} OR parent = {node}")
    tamper(session.path, "DELETE FROM command WHERE sequence = 2", "DELETE FROM change WHERE command = 2")
    found = recovery.examine(session.path, places)
    assert "置き場所のない下書き" in recovery.record_text(found)
    assert not found.salvaged.is_whole


def test_nothing_is_said_to_be_as_before_where_drafts_cannot_be_proved(damaged: Path, places: Places) -> None:
    tamper(damaged, "DROP INDEX node_by_parent")
    said = recovery.summary(recovery.examine(damaged, places))
    assert "同じ" not in said
    assert "入力の途中だった文章は見つかりませんでした" in said


def test_the_backup_of_the_file_itself_goes_before_a_newer_one_of_its_copy(
    session: Session, places: Places, heard: Listener
) -> None:
    session.set_text(2024, ROOT, "procedures", "共通の文章")
    session.flush()
    copy = open_session(Path(shutil.copy(session.path, session.path.with_name("copy.hyoka"))), heard)
    for one, text, hour in ((session, "原本の文章", 9), (copy, "写しの文章", 10)):
        one.set_text(2024, ROOT, "procedures", text)
        backups.back_up(one, places, Reason.ASKED, lambda hour=hour: f"2024-06-28T{hour:02}:00:00+09:00")
        one.close()
    zero_pages_with(session.path, "原本の文章".encode())
    found = recovery.examine(session.path, places)
    assert found.salvaged.snapshot.stored(PLACE) == "原本の文章"
    assert "copy" not in found.taken_at


def test_what_comes_from_a_copy_says_whose_it_is(session: Session, places: Places, heard: Listener) -> None:
    session.flush()
    copy = open_session(Path(shutil.copy(session.path, session.path.with_name("copy.hyoka"))), heard)
    copy.set_text(2024, ROOT, "other_matters", "写しの文章")
    backups.back_up(copy, places, Reason.ASKED)
    copy.close()
    session.set_text(2024, ROOT, "procedures", "原本の文章")
    session.set_text(2024, ROOT, "procedures", "原本の新しい文章")
    session.close()
    tamper(
        session.path,
        "DELETE FROM head",
        "DELETE FROM command WHERE sequence > 1",
        "DELETE FROM value WHERE year = 2023",
    )
    tamper(session.path, "DELETE FROM change WHERE ordinal % 2")
    found = recovery.examine(session.path, places)
    assert found.backup is not None
    said = recovery.summary(found)
    assert "「copy」の" in said
    assert "別の写しか、別の評価書のもの" in said


def test_nothing_is_taken_from_a_backup_of_another_report_that_lay_at_the_same_place(
    session: Session, places: Places
) -> None:
    backups.back_up(session, places, Reason.ASKED)
    session.close()
    session.path.unlink()
    new_report(session.path, find_form("iaa-annual"), 2024, "別の法人")
    tamper(session.path, "DELETE FROM value WHERE field = 'organization_name'", "DELETE FROM change WHERE ordinal > 5")
    found = recovery.examine(session.path, places)
    assert found.backup is None
    assert "港湾" not in repr(found.salvaged.snapshot.values)


def test_a_journal_at_the_place_of_a_recovered_file_is_put_aside(damaged: Path, places: Places) -> None:
    zero_pages_with(damaged, "今の文章".encode())
    target = damaged.with_name("recovered.hyoka")
    journal = target.with_name("recovered.hyoka-journal")
    journal.write_bytes(b"of a file that stood here")
    recovery.recover(recovery.examine(damaged, places), target)
    assert not journal.exists()
    assert target.with_name("recovered.hyoka-journal.old").read_bytes() == b"of a file that stood here"
    assert verify_report(target)

"""Files that cannot be opened: each is said in three sentences, and the window stays as it was."""

import shutil
import sqlite3
import struct
from contextlib import closing
from pathlib import Path

import pytest
from window_driver import close_message

from hyoka_desktop.domain.report import Address
from hyoka_desktop.messages.window import word
from hyoka_desktop.store import repository as store
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.repository import Repository


def _altered(path: Path, at: int, content: bytes) -> Path:
    data = bytearray(path.read_bytes())
    data[at : at + len(content)] = content
    path.write_bytes(bytes(data))
    return path


def _not_ours(path: Path) -> Path:
    path.write_bytes(b"PK\x03\x04" + b"word document" * 100)
    return path


def _other_database(path: Path) -> Path:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (a)")
        connection.commit()
    return path


def _empty(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def _damaged(path: Path) -> Path:
    return _altered(path, 4096 * 3, b"\x00" * 4096 * 2)


def _cut(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:20000])
    return path


def _tampered(path: Path) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE value SET text = '改ざん' WHERE rowid = (SELECT min(rowid) FROM value)")
        connection.commit()
    return path


def _folder(path: Path) -> Path:
    path.unlink()
    path.mkdir()
    return path


def _missing(path: Path) -> Path:
    path.unlink()
    return path


_FRAME = (word("error_title"), word("damage_title"), word("close"))
BAD = {
    "not ours": (_not_ours, "評価書ファイルではありません"),
    "another database": (_other_database, "評価書ファイルではありません"),
    "empty": (_empty, "空のファイルです"),
    "newer": (lambda path: _altered(path, 60, struct.pack(">I", 99)), "より新しい版"),
    "damaged": (_damaged, "壊れています"),
    "cut": (_cut, "壊れています"),
    "tampered": (_tampered, "一致しません"),
    "a folder": (_folder, "開けません"),
    "missing": (_missing, "ありません"),
}


@pytest.mark.parametrize("opened", [True, False], ids=["report open", "start page"])
def test_a_file_that_cannot_be_opened_is_said_and_changes_nothing(open_window, dialogs, sample, opened, subtests):
    driver = open_window(sample if opened else None)
    title, desk = driver.window.windowTitle(), driver.window.desk
    good = sample.with_name("よい写し")
    shutil.copy(sample, good)
    for name, (spoil, said) in BAD.items():
        with subtests.test(name):
            bad = spoil(Path(shutil.copy(good, sample.with_name(f"悪い{name}.hyoka"))))
            before = bad.read_bytes() if bad.is_file() else None
            dialogs.seen.clear()
            with dialogs.expect(close_message):
                assert not driver.window.open_file(bad)
            message = dialogs.seen[0]
            sentences = [line for line in message.splitlines() if line not in _FRAME]
            assert said in message
            assert bad.name in message
            assert len(sentences) == 3, sentences
            assert all(sentence.endswith("。") for sentence in sentences)
            assert driver.window.desk is desk
            assert driver.window.windowTitle() == title
            assert (bad.read_bytes() if bad.is_file() else None) == before
            assert bad not in driver.window.settings.recent_files
            assert not list(sample.parent.glob(".~lock.悪い*")), "no lock stays behind"
    if opened:
        driver.go_item("Ⅰ-1", "results")
        driver.type("results", "まだ書ける")
        driver.leave()
        driver.wait_saved()
        assert driver.value_on_disk(driver.row_ids("Ⅰ-1")[0], "results", 2024).endswith("まだ書ける")


def test_a_file_in_use_names_who_holds_it(open_window, dialogs, sample):
    holder = Repository.open(sample, Author("佐藤 花子", "PC-77"), lambda: "2025-04-01T09:00:00+09:00")
    try:
        driver = open_window()
        with dialogs.expect(close_message):
            assert not driver.window.open_file(sample)
    finally:
        holder.close()
    assert "佐藤 花子さん（PC-77）" in dialogs.seen[0]
    assert driver.window.open_file(sample), "it opens when it is free"


def test_a_file_that_is_read_only_is_said(open_window, dialogs, sample, monkeypatch):
    sample.chmod(0o444)
    # A superuser may write everything; an ordinary user sees what the mode says.
    monkeypatch.setattr(store.os, "access", lambda path, mode: bool(Path(path).stat().st_mode & 0o200))
    driver = open_window()
    with dialogs.expect(close_message):
        assert not driver.window.open_file(sample)
    assert "読み取り専用" in dialogs.seen[0]


def test_an_altered_form_inside_the_file_is_said(open_window, dialogs, sample):
    with closing(sqlite3.connect(sample)) as connection:
        connection.execute("UPDATE form SET text = replace(text, '中期目標', '長期目標')")
        connection.commit()
    driver = open_window()
    with dialogs.expect(close_message):
        assert not driver.window.open_file(sample)
    assert "様式" in dialogs.seen[0]


def test_opening_another_report_keeps_what_was_typed_in_the_first(driver, open_window, sample):
    other = Path(shutil.copy(sample, sample.with_name("別.hyoka")))
    driver.go_item("Ⅰ-1", "results")
    row = driver.row_ids("Ⅰ-1")[0]
    driver.type("results", "閉じる前の加筆")
    assert driver.window.open_file(other)
    assert driver.path == other
    rows = [Address(row, "results", 2024)]
    again = open_window(sample)
    assert again.snapshot.stored(rows[0]).endswith("閉じる前の加筆")

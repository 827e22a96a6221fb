"""A session: clean text, drafts after a crash, backups, and files that cannot be opened."""

import contextlib
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hyoka_desktop.domain.report import ROOT, Address, NodeKind
from hyoka_desktop.errors import InputError, WorldError
from hyoka_desktop.services import drafts
from hyoka_desktop.services.reports import dump_report, import_reports, new_report, read_report
from hyoka_desktop.services.session import Session, open_session
from hyoka_desktop.store.repository import Repository

WAIT = 20.0
FIELD = "procedures"
ADDRESS = Address(ROOT, FIELD, 2024)
DOUBTED = "【要確認：下書き】入力の途中に"
Open = Callable[[Path], Repository]


def text(session: Session, year: int = 2024) -> str:
    return session.view(year).text(ROOT, FIELD)


def test_text_is_cleaned_on_its_way_in(session: Session, sample_file: Path, open_file: Open) -> None:
    session.set_text(2024, ROOT, FIELD, "一\r\n二\x07\u2028三\ud800\ufeff\u202e")
    assert text(session) == "一\n二\n三\ufffd\u2426"
    session.put_draft(ADDRESS, "途中\x00\ud800")
    session.close()
    assert open_file(sample_file).drafts() == {ADDRESS: "途中\ufffd"}


def test_whatever_is_written_into_a_field_of_one_line_can_be_dumped_and_imported(
    session: Session, sample_file: Path, tmp_path: Path
) -> None:
    item = session.view(2024).items[0].id
    session.set_text(2024, item, "item_title", "二行の\n項目名")
    session.close()
    (tmp_path / "dump.json").write_text(dump_report(sample_file, 2024), encoding="utf-8")
    import_reports(tmp_path / "again.hyoka", [tmp_path / "dump.json"])


def test_writing_what_is_there_already_drops_the_draft(session: Session, sample_file: Path, open_file: Open) -> None:
    session.put_draft(ADDRESS, "途中")
    session.set_text(2024, ROOT, FIELD, text(session))
    session.close()
    assert open_file(sample_file).drafts() == {}


_CRASH = """
import os, sys, threading
from pathlib import Path
from hyoka_desktop.domain.report import Address
from hyoka_desktop.services.session import open_session

class Listener:
    def __init__(self): self.saved = threading.Event()
    def written(self): self.saved.set()
    def failed(self, error): os._exit(1)
    broken = failed

listener = Listener()
session = open_session(Path(sys.argv[1]), listener)
session.set_text(2024, 1, "other_matters", "確定した文")
session.put_draft(Address(1, "procedures", 2024), "入力の途中で")
while session.has_unsaved:
    listener.saved.wait(0.1)
os._exit(9)
"""


@pytest.fixture
def damaged_draft(session: Session, sample_file: Path) -> Path:
    """Tell a file of which one draft of two was damaged."""
    session.put_draft(ADDRESS, "入力の途中で")
    session.put_draft(Address(ROOT, "other_matters", 2024), "別の途中")
    session.close()
    with contextlib.closing(sqlite3.connect(sample_file)) as connection:
        connection.execute("UPDATE draft SET text = '入力の途中に' WHERE field = ?", [FIELD])
        connection.commit()
    return sample_file


def test_a_draft_that_is_not_as_it_was_written_is_offered_with_a_mark(damaged_draft: Path, heard: Any) -> None:
    session = open_session(damaged_draft, heard)
    assert session.doubted == {ADDRESS}
    doubtful, sound = sorted(drafts.offered(session), key=lambda draft: draft.is_of_now)
    assert (doubtful.text, doubtful.is_doubtful, doubtful.is_of_now) == (DOUBTED, True, False)
    assert (sound.text, sound.is_doubtful, sound.is_of_now) == ("別の途中", False, True)
    session.close()


def test_the_mark_stays_with_such_a_draft_wherever_it_is_kept(damaged_draft: Path, heard: Any) -> None:
    session = open_session(damaged_draft, heard)
    (aside,) = drafts.set_aside(session, [one for one in drafts.offered(session) if one.is_doubtful])
    assert (aside.text, aside.is_doubtful) == (DOUBTED, True)
    session.close()
    again = open_session(damaged_draft, heard)
    assert again.recovered[aside.key] == DOUBTED
    assert not any(one.is_of_now for one in drafts.offered(again) if one.key == aside.key), "it is asked about again"
    again.close()


def test_such_a_draft_is_taken_in_with_its_mark(damaged_draft: Path, heard: Any) -> None:
    session = open_session(damaged_draft, heard)
    assert drafts.take_in(session, 2024, drafts.offered(session)) == ()
    assert text(session) == DOUBTED
    session.close()


@pytest.mark.parametrize("change", ["field = 'procedurez'", "field = 'results'", "year = 1999"])
def test_such_a_draft_whose_place_is_no_field_is_not_taken_in_and_stays(
    change: str, damaged_draft: Path, heard: Any
) -> None:
    with contextlib.closing(sqlite3.connect(damaged_draft)) as connection:
        connection.execute(f"UPDATE draft SET {change} WHERE field = ?", [FIELD])
        connection.commit()
    session = open_session(damaged_draft, heard)
    before = session.snapshot.values
    (left,) = drafts.take_in(session, 2024, [one for one in drafts.offered(session) if one.is_doubtful])
    assert (left.text, left.is_doubtful) == (DOUBTED, True)
    assert session.snapshot.values == before
    session.close()


def test_drafts_of_a_program_that_crashed_are_found_again(sample_file: Path, heard: Any) -> None:
    run = subprocess.run([sys.executable, "-c", _CRASH, sample_file], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (9, "")
    session = open_session(sample_file, heard)
    assert dict(session.recovered) == {ADDRESS: "入力の途中で"}
    assert session.view(2024).text(ROOT, "other_matters") == "確定した文"
    session.set_text(2024, ROOT, FIELD, session.recovered[ADDRESS])
    assert session.close() is True
    again = open_session(sample_file, heard)
    assert dict(again.recovered) == {}
    assert text(again) == "入力の途中で"
    again.close()


def test_a_backup_holds_all_that_was_done_before(session: Session, tmp_path: Path, open_file: Open) -> None:
    session.set_text(2024, ROOT, FIELD, "写しの前")
    done = session.backup(tmp_path / "copy.hyoka")
    session.set_text(2024, ROOT, FIELD, "写しの後")
    done.result(WAIT)
    assert open_file(tmp_path / "copy.hyoka").snapshot().stored(ADDRESS) == "写しの前"


def test_a_backup_that_fails_tells_who_asked(session: Session, sample_file: Path) -> None:
    with pytest.raises(InputError):
        session.backup(sample_file).result(WAIT)
    assert session.anchor().startswith("1-")


def test_nothing_is_unsaved_once_the_listener_has_heard_of_it(session: Session, heard: Any) -> None:
    heard.saved.clear()
    session.set_text(2024, ROOT, FIELD, "文")
    session.anchor()
    assert heard.saved.wait(WAIT)
    assert not session.has_unsaved


def test_a_file_that_cannot_be_opened_gives_its_fault_and_is_left_free(sample_file: Path, heard: Any) -> None:
    held = open_session(sample_file, heard)
    with pytest.raises(WorldError):
        open_session(sample_file, heard)
    held.close()
    assert open_session(sample_file, heard).close() is True


def test_a_file_with_an_altered_form_is_refused_and_left_free(sample_file: Path, heard: Any, open_file: Open) -> None:
    repository = open_file(sample_file)
    repository._db.execute("UPDATE form SET text = text || ' '")
    repository.close()
    for _ in range(2):
        with pytest.raises(InputError) as refusal:
            open_session(sample_file, heard)
        assert refusal.value.code == "form_altered"


@pytest.mark.parametrize("form_id", ["iaa-annual", "jlis-annual"])
def test_a_new_report_has_one_of_each_to_begin_with(form_id: str, stored_forms: dict, tmp_path: Path) -> None:
    new_report(tmp_path / "new.hyoka", stored_forms[form_id], 2025, "試験機構")
    view = read_report(tmp_path / "new.hyoka").view(None)
    (section,) = view.children(ROOT, NodeKind.SECTION)
    (item,) = view.children(section.id, NodeKind.ITEM)
    assert len(view.children(item.id, NodeKind.ROW)) == len(view.children(ROOT, NodeKind.MINISTER)) == 1
    assert view.text(ROOT, "organization_name") == "試験機構"
    assert view.text(ROOT, "cover_subject") == "試験機構の\n令和7年度の業務の実績に関する評価"
    assert (view.text(item.id, "item_number"), view.text(section.id, "sheet_form")) == ("Ⅰ-1", "1-1-4-1")

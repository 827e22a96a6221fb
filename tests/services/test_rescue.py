"""A report whose file cannot be written any more goes to another place: with its history, or at least its texts."""

import sys
from pathlib import Path

import pytest

from hyoka_desktop.domain.report import ROOT, Address
from hyoka_desktop.errors import HyokaError, InputError, WorldError
from hyoka_desktop.services import drafts, history
from hyoka_desktop.services.rescue import rescue
from hyoka_desktop.services.session import Session, open_session
from hyoka_desktop.store import worker
from hyoka_desktop.store.repository import Repository

FIELD = Address(ROOT, "procedures", 2024)
DRAFT = Address(ROOT, "other_matters", 2024)


@pytest.fixture
def stranded(session: Session, heard, monkeypatch: pytest.MonkeyPatch):
    """Take the file away while someone works; a command and a draft wait."""
    if sys.platform == "win32":
        pytest.skip("Windows removes no open file")
    monkeypatch.setattr(worker, "_RETRY_SECONDS", 0.01)
    session.set_text(2024, ROOT, FIELD.field, "まだ書けた")
    assert session.flush()
    session.path.unlink()
    session.set_text(2024, ROOT, FIELD.field, "もう書けない")
    session.put_draft(DRAFT, "入力中")
    assert not session.flush(0.2)
    yield session
    session.close()
    assert {error.code for error in heard.errors} == {"file_gone"}
    heard.errors.clear()


def test_all_texts_and_the_history_come_along(stranded: Session, heard, tmp_path: Path) -> None:
    target = tmp_path / "退避.hyoka"
    assert rescue(stranded, target)
    kept = open_session(target, heard)
    assert kept.view(2024).text(ROOT, FIELD.field) == "もう書けない"
    assert kept.snapshot == stranded.snapshot
    assert kept.recovered == {DRAFT: "入力中"}
    texts = [entry.after for entry in history.history_of(kept, FIELD).result()]
    assert texts[:2] == ["もう書けない", "まだ書けた"]
    assert kept.close()


def test_where_the_old_file_cannot_even_be_read_the_texts_come_along(
    stranded: Session, heard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(*_: object) -> None:
        raise WorldError("file_unreachable", path="")

    monkeypatch.setattr(Repository, "backup", unreadable)
    target = tmp_path / "退避.hyoka"
    assert not rescue(stranded, target)
    kept = open_session(target, heard)
    assert kept.view(2024).text(ROOT, FIELD.field) == "もう書けない"
    assert (kept.snapshot.values, kept.snapshot.tree.nodes) == (stranded.snapshot.values, stranded.snapshot.tree.nodes)
    assert kept.recovered == {DRAFT: "入力中"}
    assert kept.close()


def test_a_file_that_is_there_is_never_written_over(stranded: Session, tmp_path: Path) -> None:
    target = tmp_path / "ほか.hyoka"
    target.write_bytes(b"precious")
    with pytest.raises(InputError):
        rescue(stranded, target)
    assert target.read_bytes() == b"precious"


def test_a_place_that_cannot_be_written_leaves_nothing_there(stranded: Session, tmp_path: Path) -> None:
    with pytest.raises(HyokaError):
        rescue(stranded, tmp_path / "ない" / "退避.hyoka")
    assert not (tmp_path / "ない").exists()


def test_the_work_goes_on_where_it_was_when_the_disk_is_back(session: Session, heard, monkeypatch) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows moves no open file")
    monkeypatch.setattr(worker, "_RETRY_SECONDS", 0.01)
    away = session.path.with_name("よそ.hyoka")
    session.path.rename(away)
    session.set_text(2024, ROOT, FIELD.field, "待っている")
    assert not session.flush(0.2)
    away.rename(session.path)
    assert session.flush()
    heard.errors.clear()


def test_a_store_that_broke_down_still_gives_its_texts(
    session: Session, heard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(type(heard), "broken", lambda *_: None)
    with monkeypatch.context() as patch:
        patch.setattr(Repository, "apply", fail)
        session.set_text(2024, ROOT, FIELD.field, "故障の文")
        session.put_draft(DRAFT, "入力中")
        assert not session.flush()
    target = tmp_path / "退避.hyoka"
    assert rescue(session, target) is False
    kept = open_session(target, heard)
    assert kept.view(2024).text(ROOT, FIELD.field) == "故障の文"
    assert kept.recovered == {DRAFT: "入力中"}
    assert kept.close()


def test_a_file_that_is_there_already_is_never_given_up(stranded: Session, tmp_path: Path) -> None:
    there = tmp_path / "大事.hyoka"
    there.write_bytes(b"precious")
    with pytest.raises(InputError):
        rescue(stranded, there)
    assert there.read_bytes() == b"precious"


@pytest.mark.parametrize("is_set_aside", [False, True])
def test_a_store_that_broke_down_still_gives_the_drafts_of_the_last_time(
    session: Session, heard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_set_aside: bool
) -> None:
    session.put_draft(DRAFT, "前回の入力")
    path = session.path
    assert session.close()
    again = open_session(path, heard)
    if is_set_aside:
        drafts.set_aside(again, drafts.offered(again))
    assert again.flush()
    monkeypatch.setattr(type(heard), "broken", lambda *_: None)
    with monkeypatch.context() as patch:
        patch.setattr(Repository, "apply", lambda *_, **__: 1 / 0)
        again.set_text(2024, ROOT, FIELD.field, "故障の文")
        assert not again.flush()
    assert rescue(again, tmp_path / "退避.hyoka") is False
    kept = open_session(tmp_path / "退避.hyoka", heard)
    assert list(kept.recovered.values()) == ["前回の入力"]
    assert kept.close()

"""A session on a copy of a file in use reads, and refuses every command."""

from pathlib import Path

import pytest

from hyoka_desktop.domain.report import ROOT, Address
from hyoka_desktop.services.session import ReadOnlySessionError, Session, open_copy

FIELD = Address(ROOT, "procedures", 2024)


def test_a_copy_shows_what_the_holder_made_final_and_none_of_the_drafts(session: Session, heard) -> None:
    session.set_text(2024, ROOT, FIELD.field, "確定した文")
    session.put_draft(Address(ROOT, "other_matters", 2024), "入力中の文")
    assert session.flush()
    copy = open_copy(session.path, heard)
    assert copy.snapshot == session.snapshot
    assert copy.anchor() == session.anchor()
    assert (copy.recovered, copy.path) == ({}, session.path)
    assert copy.copied_at is not None
    assert session.copied_at is None
    assert copy.close() is True


def test_a_command_to_a_copy_is_a_fault_of_ours_and_a_draft_is_nothing(session: Session, heard, tmp_path: Path) -> None:
    copy = open_copy(session.path, heard)
    before = copy.snapshot
    with pytest.raises(ReadOnlySessionError):
        copy.set_text(2024, ROOT, FIELD.field, "写しへの文")
    with pytest.raises(ReadOnlySessionError):
        copy.add_section(2024)
    copy.put_draft(FIELD, "写しへの下書き")
    assert (copy.undo(), copy.redo()) == (None, None)
    assert copy.snapshot is before
    assert copy.live_view(2024).text(ROOT, FIELD.field) == copy.view(2024).text(ROOT, FIELD.field)
    assert not copy.has_unsaved
    copy.backup(tmp_path / "kept.hyoka").result()
    assert copy.close() is True
    session.set_text(2024, ROOT, FIELD.field, "持ち主は続ける")

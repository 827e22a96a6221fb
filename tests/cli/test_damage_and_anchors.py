"""The command line finds earlier anchors again, tells damage, and recovers a damaged file into a new one."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from docx import Document

from hyoka_desktop.domain import edits
from hyoka_desktop.domain.report import ROOT, Address, YearView
from hyoka_desktop.store.repository import Repository

Run = Any


def write(repository: Repository, text: str) -> str:
    """Write a text; tell the anchor after it."""
    view = YearView(repository.snapshot(), 2024, frozenset())
    repository.apply(edits.set_text(view, ROOT, "procedures", text))
    return repository.anchor


def damage(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE value SET text = '偽' WHERE field = 'self_rating'")
        connection.commit()


def test_an_anchor_of_an_earlier_state_is_found_with_its_time(run: Run, repository: Repository) -> None:
    earlier = write(repository, "提出した文章")
    later = write(repository, "その後の文章")
    path = repository.path
    repository.close()
    told = run("verify", path, "--anchor", earlier)
    assert told.code == 0
    assert "2024-06-28 00:00 の内容と一致します。その後に1件の変更があります。" in told.out
    assert "今の内容と一致します" in run("verify", path, "--anchor", later).out
    assert "今の内容と一致します" in run("verify", path, "--anchor", f"iaa-annual 2024 {later}").out


def test_a_draft_that_is_not_as_it_was_written_is_told_though_all_facts_are_right(
    run: Run, repository: Repository
) -> None:
    anchor, path = repository.anchor, repository.path
    repository.put_drafts({Address(ROOT, "procedures", 2024): "書きかけ", Address(ROOT, "staff", 2024): "五人"})
    repository.close()
    assert "異常ありません。" in run("verify", path).out
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE draft SET text = '書きカケ' WHERE field = 'procedures'")
        connection.commit()
    told = run("verify", path, "--anchor", anchor)
    assert told.code == 3
    assert "異常ありません" not in told.out
    assert f"保存済みの内容と変更履歴に異常はありません。控えの印: {anchor}" in told.out
    assert "入力の途中だった文章 1 件が、書かれたときと違っています" in told.err
    assert "書き" not in told.err.replace("下書き", ""), "no contents"


def test_an_anchor_that_was_never_of_this_file_is_told(run: Run, sample_file: Path) -> None:
    assert run("verify", sample_file, "--anchor", "9-0123456789abcdef").code == 3
    odd = run("verify", sample_file, "--anchor", "提出版")
    assert odd.code == 2
    assert "控えの印として読み取れません" in odd.err


def test_the_anchor_in_an_exported_document_is_the_one_that_verify_finds(
    run: Run, sample_file: Path, tmp_path: Path
) -> None:
    run("export", sample_file, "--docx", tmp_path / "a.docx", "--set", "提出用")
    passport = Document(str(tmp_path / "a.docx")).core_properties.keywords
    assert run("verify", sample_file, "--anchor", passport).code == 0
    run("export", sample_file, "--docx", tmp_path / "b.docx", "--set", "公表用")
    assert Document(str(tmp_path / "b.docx")).core_properties.keywords == ""


def test_a_damaged_file_is_recovered_beside_itself(run: Run, sample_file: Path) -> None:
    anchor = re.search(r"控えの印: (\S+)", run("verify", sample_file).out)
    assert anchor is not None
    damage(sample_file)
    before = sample_file.read_bytes()
    assert run("verify", sample_file).code == 3
    outcome = run("recover", sample_file)
    assert outcome.code == 0
    assert "保存済みの内容は、すべて確かめられました" in outcome.out
    (new,) = [path for path in sample_file.parent.glob("*.hyoka") if path != sample_file]
    assert re.fullmatch(r"sample（復旧 \d{8} \d{4}）\.hyoka", new.name)
    assert run("verify", new, "--anchor", anchor[1]).code == 0
    assert sample_file.read_bytes() == before


def test_what_could_not_be_proved_gives_another_code_and_a_record(run: Run, sample_file: Path, tmp_path: Path) -> None:
    damage(sample_file)
    with closing(sqlite3.connect(sample_file)) as connection:
        connection.execute("DELETE FROM change WHERE field = 'self_rating'")
        connection.commit()
    outcome = run("recover", sample_file, "-o", tmp_path / "new.hyoka")
    assert outcome.code == 1
    assert "失われた欄" in outcome.out
    assert "失われた" in (tmp_path / "new.txt").read_text(encoding="utf-8-sig")
    assert run("verify", tmp_path / "new.hyoka").code == 0


def test_a_sound_file_is_not_recovered(run: Run, sample_file: Path) -> None:
    outcome = run("recover", sample_file)
    assert (outcome.code, "復旧の必要はありません" in outcome.out) == (0, True)
    assert list(sample_file.parent.glob("*.hyoka")) == [sample_file]


def test_a_recovery_never_writes_over_a_file(run: Run, sample_file: Path) -> None:
    damage(sample_file)
    before = sample_file.read_bytes()
    assert run("recover", sample_file, "-o", sample_file).code == 2
    assert sample_file.read_bytes() == before

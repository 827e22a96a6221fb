"""Hand out, take back and merge from the command line."""

import re
from pathlib import Path
from typing import Any

import pytest

from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.domain.work import DEPARTMENT, set_in_charge
from hyoka_desktop.services import reports
from hyoka_desktop.services.session import open_session
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.services.sharing import mark_shared
from tests.figures.quiet import Quiet

Run = Any


def write(path: Path, text: str) -> None:
    """Write the results of the first row of the first item, as somebody does in the window."""
    session = open_session(path, Quiet())
    view = session.view(2024)
    session.set_text(2024, view.children(view.items[0].id, NodeKind.ROW)[0].id, "results", text)
    assert session.close()


def results(path: Path) -> str:
    view = reports.read_report(path).view(2024)
    return view.text(view.children(view.items[0].id, NodeKind.ROW)[0].id, "results")


@pytest.fixture
def packet(run: Run, sample_file: Path, tmp_path: Path) -> Path:
    write(sample_file, "一。二。三。")
    order = ("--items", "Ⅰ-1", "--to", "総務課", "--due", "令和6年7月10日", "--packet")
    made = run("handout", sample_file, *order, "--out", tmp_path / "out")
    path = tmp_path / "out" / "sample_総務課_令和6年度.hyoka"
    assert (made.code, made.err) == (0, "")
    assert made.out == f"依頼用のファイルを作りました: 総務課 {path}\n"
    return path


def test_without_apply_a_return_only_says_what_would_change(run: Run, sample_file: Path, packet: Path) -> None:
    write(packet, "一。弐。三。")
    before = sample_file.read_bytes()
    outcome = run("return", sample_file, packet)
    assert (outcome.code, outcome.err) == (0, "")
    assert "先方だけが変更" in outcome.out
    assert "前：一。二。三。" in outcome.out
    assert "後：一。弐。三。" in outcome.out
    assert sample_file.read_bytes() == before


def test_with_apply_it_is_taken_and_the_receipt_is_printed(run: Run, sample_file: Path, packet: Path) -> None:
    write(packet, "一。弐。三。")
    outcome = run("return", sample_file, packet, "--apply")
    assert outcome.code == 0
    assert re.search(r"取り込みの控え\nファイル：.*\n依頼先：総務課\n取り込み：.*\n・.*：取り込みました\n", outcome.out)
    assert results(sample_file) == "一。弐。三。"
    assert run("verify", sample_file).code == 0
    again = run("return", sample_file, packet, "--apply")
    assert (again.code, results(sample_file)) == (0, "一。弐。三。")


def test_a_conflict_without_a_choice_is_refused_and_listed(run: Run, sample_file: Path, packet: Path) -> None:
    write(packet, "一。弐。三。")
    write(sample_file, "一。ニ！三。")
    outcome = run("return", sample_file, packet, "--apply")
    assert outcome.code == 2
    assert outcome.err.count("\n") == 1
    assert "決まっていない所が1件" in outcome.err
    for line in ("依頼時：二。", "こちら：ニ！", "先方　：弐。"):
        assert line in outcome.out
    assert results(sample_file) == "一。ニ！三。"


@pytest.mark.parametrize(("side", "text"), [("ours", "一。ニ！三。"), ("theirs", "一。弐。三。")])
def test_a_conflict_is_decided_by_the_side_that_is_given(
    side: str, text: str, run: Run, sample_file: Path, packet: Path
) -> None:
    write(packet, "一。弐。三。")
    write(sample_file, "一。ニ！三。")
    assert run("return", sample_file, packet, "--take", side, "--apply").code == 0
    assert results(sample_file) == text


def test_of_several_files_those_without_questions_are_taken(
    run: Run, sample_file: Path, packet: Path, tmp_path: Path
) -> None:
    run("handout", sample_file, "--items", "Ⅰ-2", "--to", "企画課", "--out", tmp_path / "out", "--packet")
    write(packet, "一。弐。三。")
    write(sample_file, "一。ニ！三。")
    other = tmp_path / "out" / "sample_企画課_令和6年度.hyoka"
    write(other, "企画課の実績。")
    outcome = run("return", sample_file, packet, other, "--apply")
    assert outcome.code == 2
    view = reports.read_report(sample_file).view(2024)
    assert view.text(view.children(view.items[1].id, NodeKind.ROW)[0].id, "results") == "企画課の実績。"
    assert results(sample_file) == "一。ニ！三。"


def test_a_copy_of_the_same_report_is_merged(run: Run, sample_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.hyoka"
    assert run("backup", sample_file, "-o", copy).code == 0
    write(copy, "写しで書いた。")
    assert run("merge", sample_file, copy, "--apply").code == 0
    assert results(sample_file) == "写しで書いた。"


def test_word_documents_are_made_for_each_department_in_charge(run: Run, sample_file: Path, tmp_path: Path) -> None:
    refused = run("handout", sample_file, "--out", tmp_path / "out")
    assert (refused.code, refused.out) == (2, "")
    session = open_session(sample_file, Quiet())
    view = session.view(2024)
    session.do(set_in_charge(view, [view.items[0].id], DEPARTMENT, "総務課"))
    session.do(set_in_charge(session.view(2024), [view.items[1].id], DEPARTMENT, "企画課"))
    assert session.close()
    outcome = run("handout", sample_file, "--out", tmp_path / "out")
    assert outcome.code == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "sample_企画課_令和6年度.docx",
        "sample_総務課_令和6年度.docx",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--items", "Ⅰ-1"], "（--to が必要です）"),
        (["--to", "総務課"], "（--items が必要です）"),
        (["--items", "Ⅸ-9", "--to", "総務課"], "Ⅸ-9"),
        (["--items", "Ⅰ-1", "--to", "総務課", "--due", "来週"], "「来週」は日付として読み取れません。"),
        (["--items", "Ⅰ-1", "--to", "総務課", "--year", "1999"], "1999"),
    ],
)
def test_a_wrong_handout_is_refused_in_one_line_and_makes_nothing(
    arguments: list[str], said: str, run: Run, sample_file: Path, tmp_path: Path
) -> None:
    before = sample_file.read_bytes()
    outcome = run("handout", sample_file, *arguments, "--out", tmp_path / "out")
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert said in outcome.err
    assert not (tmp_path / "out").exists()
    assert sample_file.read_bytes() == before


def test_a_foreign_file_is_refused(run: Run, sample_file: Path, tmp_path: Path) -> None:
    reports.make_sample(tmp_path / "other.hyoka")
    outcome = run("return", sample_file, tmp_path / "other.hyoka", "--apply")
    assert (outcome.code, outcome.out) == (2, "")
    assert "この評価書から作られたファイルではありません" in outcome.err
    assert run("return", sample_file, tmp_path / "missing.hyoka").code == 3


def test_a_report_that_somebody_has_open_is_not_written(run: Run, sample_file: Path, packet: Path) -> None:
    session = open_session(sample_file, Quiet())
    outcome = run("return", sample_file, packet, "--apply")
    session.close()
    assert outcome.code == 3


def test_a_report_on_a_share_is_not_written(run: Run, sample_file: Path, packet: Path) -> None:
    mark_shared(sample_file.parent, Settings())
    outcome = run("return", sample_file, packet, "--apply")
    assert outcome.code == 2
    assert "共有フォルダー" in outcome.err

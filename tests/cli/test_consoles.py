"""The command line as a process: consoles that are not UTF-8, long and Japanese paths, odd environments."""

import gc
import json
import os
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from hyoka_desktop.cli import main

Run = Any
Documents = list[dict[str, Any]]


def test_every_command_works_on_a_japanese_windows_console(
    process: Run, sample_file: Path, sample_paths: list[Path], tmp_path: Path, stored_forms: Any
) -> None:
    own = tmp_path / "own.json"
    own.write_text(stored_forms["iaa-annual"].text.replace('"iaa-annual"', '"own"', 1), encoding="utf-8")
    new = ("new", "新.hyoka", "--form", "jlis-annual", "--year", "2024", "--organization", "機構𠮷")
    for arguments in (
        ("--version",),
        ("--help",),
        new,
        ("import", *sample_paths, "-o", "取込.hyoka"),
        ("export", "sample.hyoka", "--docx", "出力𠮷.docx", "--pdf", "出力.pdf", "--items", "Ⅰ-1"),
        ("check", "sample.hyoka"),
        ("check", "sample.hyoka", "--json"),
        ("verify", "sample.hyoka"),
        ("backup", "sample.hyoka", "-o", "写し.hyoka"),
        ("forms",),
        ("forms", "check", own),
        ("forms", "add", own),
    ):
        outcome = process(*arguments, encoding="cp932")
        assert (outcome.code, outcome.err) == (0, ""), arguments


@pytest.mark.parametrize("encoding", ["cp932", "ascii", "utf-8"])
def test_a_dump_on_any_console_can_be_loaded_again(
    encoding: str, run: Run, process: Run, sample_documents: Documents, tmp_path: Path
) -> None:
    document = sample_documents[0]
    document["overview"]["procedures"] = "𠮷野家～―①㌽\ue000葛\U000e0100 ｶﾞ\n二行目"
    (tmp_path / "a.json").write_text(json.dumps(document), encoding="utf-8")
    assert run("import", tmp_path / "a.json", "-o", tmp_path / "a.hyoka").code == 0
    assert json.loads(process("dump", "a.hyoka", encoding=encoding).out) == document


@pytest.mark.parametrize("encoding", ["cp932", "utf-8"])
def test_a_fault_is_told_on_any_console(encoding: str, process: Run) -> None:
    outcome = process(
        "new", "x.hyoka", "--form", "無い𠮷", "--year", "2024", "--organization", "機構", encoding=encoding
    )
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("様式「無い")


@pytest.mark.skipif(sys.platform == "win32", reason="on Windows there is always a display")
def test_demo_makes_file_documents_and_a_picture_where_there_is_no_display(process: Run, tmp_path: Path) -> None:
    outcome = process("demo", "--out", "見本", encoding="cp932")
    assert outcome.code == 0
    made = {path.name for path in (tmp_path / "見本").iterdir()}
    assert made == {"sample.hyoka", "sample.docx", "sample.pdf", "window.png"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows takes longer paths only where it is set so")
def test_a_path_of_more_than_250_characters_with_spaces_and_japanese_works(
    run: Run, sample_file: Path, sample_documents: Documents
) -> None:
    folder = sample_file.parent / "独立行政法人の 評価" / ("ab c" * 45)
    folder.mkdir(parents=True)
    path = folder / f"評価書 {'最終' * 5}.hyoka"
    assert len(str(path)) > 250
    shutil.move(sample_file, path)
    assert json.loads(run("dump", path).out) == sample_documents[1]
    assert run("dump", path, "-o", folder / "出 力.json").code == 0
    assert run("verify", path).code == 0
    assert run("backup", path).code == 0
    assert run("import", folder / "出 力.json", "-o", folder / "再 取込.hyoka").code == 0
    assert len(list(folder.iterdir())) == 4


@pytest.mark.skipif(sys.platform == "win32", reason="the bound of bytes is of SQLite on Linux")
def test_a_path_that_is_too_long_for_the_database_is_told_in_one_line(process: Run, sample_file: Path) -> None:
    folder = sample_file.parent / ("評価" * 40) / ("評価" * 40)
    folder.mkdir(parents=True)
    path = Path(shutil.move(sample_file, folder / "sample.hyoka"))
    assert len(str(path).encode()) > 512
    outcome = process("dump", path)
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (3, "", 1)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_a_path_that_sqlite_could_read_as_options_is_a_plain_name(process: Run, sample_file: Path) -> None:
    path = sample_file.rename(sample_file.with_name("a?mode=ro#100%25 &x.hyoka"))
    assert process("dump", path).code == 0
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


@pytest.mark.skipif(sys.platform == "win32", reason="names of Windows are always text")
def test_a_user_whose_name_is_no_utf8_can_work(process: Run, sample_file: Path) -> None:
    name = os.fsdecode(b"taro\xff")
    assert process("dump", sample_file, environment={"USER": name, "USERNAME": name}).code == 0
    new = ("new", "x.hyoka", "--form", "iaa-annual", "--year", "2024", "--organization", "機構")
    assert process(*new, environment={"USER": name, "USERNAME": name}).code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="names of Windows are always text")
def test_a_file_whose_name_is_no_utf8_is_opened(process: Run, sample_file: Path) -> None:
    path = sample_file.rename(sample_file.with_name(os.fsdecode(b"sample\xff.hyoka")))
    assert process("dump", path).code == 0


def test_a_user_folder_that_is_a_file_is_told_in_one_line(process: Run, tmp_path: Path, stored_forms: Any) -> None:
    (tmp_path / "home").write_text("", encoding="utf-8")
    own = tmp_path / "own.json"
    own.write_text(stored_forms["iaa-annual"].text.replace('"iaa-annual"', '"own"', 1), encoding="utf-8")
    outcome = process("forms", "add", own, environment={"HYOKA_DESKTOP_HOME": str(tmp_path / "home")})
    assert (outcome.code, outcome.err.count("\n")) == (3, 1)


def test_the_program_collects_garbage_seldom(run: Run) -> None:
    before = gc.get_threshold()
    try:
        run("--version")
        assert gc.get_threshold()[0] == 10_000
    finally:
        gc.set_threshold(*before)


@pytest.mark.parametrize(("arguments", "code"), [(["forms"], 0), (["verify", "missing.hyoka"], 3), (["fly"], 2)])
def test_a_program_without_any_console_ends_as_well(
    arguments: list[str], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The windowed program of Windows has neither output."""
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    try:
        found = main(arguments)
    except SystemExit as end:
        found = end.code
    assert found == code


@pytest.mark.parametrize("name", ["評価書.hyoka", "C:/共有/R6.HYOKA", "missing.hyoka"])
def test_a_report_alone_is_opened_in_the_window(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path | None] = []
    window = SimpleNamespace(run_window=lambda path: opened.append(path) or 0)
    monkeypatch.setitem(sys.modules, "hyoka_desktop.app", window)
    assert main([name]) == 0
    assert main([]) == 0
    assert opened == [Path(name), None]


@pytest.mark.parametrize("arguments", [["評価書.docx"], ["fly"], ["a.hyoka", "b.hyoka"], ["-x.hyoka"]])
def test_anything_else_alone_is_wrong_use(arguments: list[str], run: Run) -> None:
    assert run(*arguments).code == 2

"""Whatever is given to the command line: one Japanese line, the right exit code, nothing left behind, no traceback."""

import errno
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hyoka_desktop.services import files

Run = Any
_ON_LINUX = pytest.mark.skipif(sys.platform == "win32", reason="/proc is of Linux")
MAKE = ("--form", "iaa-annual", "--organization", "機構")


def assert_one_line(outcome: Any, code: int) -> None:
    assert (outcome.code, outcome.out) == (code, "")
    assert outcome.err.count("\n") == 1
    assert outcome.err.endswith("。\n")
    assert re.search("[ぁ-ん]", outcome.err)


@pytest.mark.parametrize(
    "arguments",
    [
        ("fly",),
        ("dump",),
        ("dump", "x.hyoka", "y.hyoka"),
        ("new", "x.hyoka"),
        ("new", "x.hyoka", *MAKE),
        ("new", "x.hyoka", *MAKE, "--year", "来年"),
        ("new", "x.hyoka", *MAKE, "--year", "24"),
        ("new", "x.hyoka", *MAKE, "--year", "9" * 5000),
        ("new", "x.hyoka", *MAKE, "--year", "令和0年度"),
        ("new", "x.hyoka", *MAKE, "--year", "\u1369"),
        ("new", "x.hyoka", "--form", "nobody", "--year", "2024", "--organization", "機構"),
        ("new", "no-folder/x.hyoka", *MAKE, "--year", "2024"),
        ("import", "missing.json", "-o", "x.hyoka"),
        ("import", "-o", "x.hyoka"),
        ("import", "sample.hyoka", "-o", "x.hyoka"),
        ("export", "sample.hyoka"),
        ("export", "sample.hyoka", "--pdf", "x.pdf", "--items", "Ⅸ-9"),
        ("export", "sample.hyoka", "--pdf", "x.pdf", "--items", ","),
        ("export", "sample.hyoka", "--pdf", "x.pdf", "--year", "2022"),
        ("export", "sample.hyoka", "--pdf"),
        ("dump", "sample.hyoka", "--year", "2030"),
        ("check", "sample.hyoka", "--year", "1999"),
        ("check", "sample.hyoka", "--unknown"),
        ("check", "--jso", "sample.hyoka"),
        ("backup", "sample.hyoka", "-o", "sample.hyoka"),
        ("forms", "delete", "x.json"),
        ("forms", "add"),
        ("forms", "add", "missing.json"),
        ("forms", "check", "sample.hyoka"),
        ("dump", "empty.hyoka"),
        ("dump", "text.hyoka"),
        ("verify", "text.hyoka"),
        ("dump", "sample.hyoka", "-o", "sample.hyoka"),
        ("export", "sample.hyoka", "--pdf", "sample.hyoka"),
        ("export", "sample.hyoka", "--docx", "sample.hyoka"),
        ("export", "sample.hyoka", "--docx", "x.out", "--pdf", "x.out"),
    ],
    ids=lambda arguments: " ".join(arguments)[:60],
)
def test_wrong_use_and_bad_input_end_with_two(
    arguments: tuple[str, ...], run: Run, sample_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = sample_file.parent
    (folder / "empty.hyoka").touch()
    (folder / "text.hyoka").write_text("評価書" * 100, encoding="utf-8")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    monkeypatch.chdir(folder)
    outcome = run(*arguments)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert_one_line(outcome, 2)


@pytest.mark.parametrize(
    "arguments",
    [
        ("dump", "missing.hyoka"),
        ("verify", "no-folder/missing.hyoka"),
        ("dump", "folder"),
        ("dump", ""),
        ("dump", "cut.hyoka"),
        ("dump", "sample.hyoka", "-o", "no-folder/x.json"),
        ("dump", "sample.hyoka", "-o", "sample.hyoka/x.json"),
        ("dump", "sample.hyoka", "-o", "folder"),
        ("dump", "sample.hyoka", "-o", "."),
        ("dump", "sample.hyoka", "-o", "/"),
        ("dump", "sample.hyoka", "-o", "x" * 300),
        ("export", "sample.hyoka", "--pdf", "no-folder/x.pdf"),
        ("export", "sample.hyoka", "--docx", "folder"),
        ("backup", "sample.hyoka", "-o", "no-folder/x.hyoka"),
        ("backup", "sample.hyoka", "-o", "x" * 300),
        ("new", "x" * 300, *MAKE, "--year", "2024"),
        ("import", "year.json", "-o", "x" * 300),
        pytest.param(("import", "year.json", "-o", "/proc/x.hyoka"), marks=_ON_LINUX),
        ("demo", "--out", "sample.hyoka"),
        pytest.param(("demo", "--out", "/proc/x"), marks=_ON_LINUX),
        ("dump", "/"),
        ("verify", "/"),
        ("backup", "/"),
    ],
    ids=lambda arguments: " ".join(arguments)[:60],
)
def test_what_the_world_refuses_ends_with_three_or_two_and_one_line(
    arguments: tuple[str, ...], run: Run, sample_file: Path, sample_paths: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = sample_file.parent
    (folder / "folder").mkdir()
    (folder / "cut.hyoka").write_bytes(sample_file.read_bytes()[:9000])
    (folder / "year.json").write_bytes(sample_paths[0].read_bytes())
    before = sorted(path.name for path in folder.rglob("*"))
    monkeypatch.chdir(folder)
    outcome = run(*arguments)
    assert sorted(path.name for path in folder.rglob("*")) == before
    assert_one_line(outcome, 2 if arguments[0] in {"new", "import"} and outcome.code == 2 else 3)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (OSError(errno.ENOSPC, "full"), "ディスクの空きがなく"),
        (PermissionError(errno.EACCES, "held open in Word"), "Word や PDF の画面で開いていれば閉じてください"),
        (OSError(errno.EIO, "broken"), "書き出せません"),
    ],
    ids=["disk full", "held open", "broken"],
)
@pytest.mark.parametrize("stage", ["fsync", "replace"])
def test_an_output_that_cannot_be_written_leaves_the_old_one_and_ends_with_three(
    fault: OSError, words: str, stage: str, run: Run, sample_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = sample_file.with_name("out.json")
    out.write_text("old", encoding="utf-8")

    def fail(*_: object) -> None:
        raise fault

    if stage == "fsync":
        monkeypatch.setattr(files.os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    outcome = run("dump", sample_file, "-o", out)
    monkeypatch.undo()
    assert_one_line(outcome, 3)
    assert words in outcome.err
    assert out.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in out.parent.iterdir()) == ["out.json", "sample.hyoka"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("verify", "NUL"),
        ("dump", "con.hyoka"),
        ("dump", "sample.hyoka", "-o", "aux"),
        ("export", "sample.hyoka", "--pdf", "報告:最終.pdf"),
        ("export", "sample.hyoka", "--docx", "NUL.docx"),
        ("backup", "sample.hyoka", "-o", "控え:一.hyoka"),
        ("new", "COM1.hyoka", *MAKE, "--year", "2024"),
        ("import", "year.json", "-o", "評価?.hyoka"),
    ],
    ids=" ".join,
)
def test_a_name_that_windows_gives_to_no_file_ends_there_with_two_and_one_line(
    arguments: tuple[str, ...], run: Run, sample_file: Path, sample_paths: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hyoka_desktop.store.names.IS_WINDOWS", True)
    monkeypatch.chdir(sample_file.parent)
    Path("year.json").write_bytes(sample_paths[0].read_bytes())
    if sys.platform != "win32":
        for name in ("NUL", "con.hyoka"):
            Path(name).write_bytes(sample_file.read_bytes())
    before = sorted(path.name for path in Path().iterdir())
    outcome = run(*arguments)
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert "ファイルの名前にできません" in outcome.err
    assert sorted(path.name for path in Path().iterdir()) == before


@_ON_LINUX
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is of Linux")
def test_a_full_disk_behind_the_standard_output_is_no_traceback(sample_file: Path) -> None:
    assert_quiet_end(sample_file, "/dev/full", {3})


@pytest.mark.skipif(os.name == "nt", reason="pipes are closed as on Unix")
def test_a_reader_that_closes_the_pipe_is_no_traceback(sample_file: Path) -> None:
    assert_quiet_end(sample_file, None, {0, 3, 141, -13})


def assert_quiet_end(sample_file: Path, out: str | None, codes: set[int]) -> None:
    """Dump into an output that fails, in a process of its own."""
    root = Path(__file__).resolve().parents[2]
    read_end, write_end = os.pipe()
    os.close(read_end)
    if out is not None:
        os.close(write_end)
        write_end = os.open(out, os.O_WRONLY)
    found = subprocess.run(
        [sys.executable, "-m", "hyoka_desktop", "dump", str(sample_file)],
        stdout=write_end,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"},
    )
    os.close(write_end)
    assert "Traceback" not in found.stderr
    assert "Exception ignored" not in found.stderr
    assert found.returncode in codes


@pytest.mark.parametrize("name", ["A\x0bB", "機構\n二行目", "\ud800", "\u202e機構", "<b>&", "{x}%s"])
def test_any_name_of_an_organization_gives_a_report_that_travels(name: str, run: Run, tmp_path: Path) -> None:
    """One normaliser stands at every border: what was made can be dumped, imported, exported."""
    path = tmp_path / "r.hyoka"
    made = run("new", path, "--form", "iaa-annual", "--year", "2024", "--organization", name)
    if made.code == 2:
        assert_one_line(made, 2)
        return
    assert made.code == 0
    (tmp_path / "d.json").write_text(run("dump", path).out, encoding="utf-8")
    again = run("import", tmp_path / "d.json", "-o", tmp_path / "again.hyoka")
    assert (again.code, again.err) == (0, "")
    assert run("export", path, "--docx", tmp_path / "r.docx", "--pdf", tmp_path / "r.pdf").code == 0
    assert json.loads(run("dump", path).out)["fiscal_year"] == 2024

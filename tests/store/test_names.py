"""Names that Windows gives to no file are refused there before anything is written or read."""

import errno
from collections.abc import Callable
from pathlib import Path, PureWindowsPath

import pytest

from hyoka_desktop.errors import InputError, WorldError
from hyoka_desktop.store import names
from hyoka_desktop.store.names import is_device, is_too_long, is_windows_name, refuse_impossible, refuse_nameless
from hyoka_desktop.store.repository import Repository

Open = Callable[[Path], Repository]


@pytest.fixture
def on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "IS_WINDOWS", True)


@pytest.mark.parametrize(
    "name",
    [
        *("NUL", "nul.pdf", "Con.tar.gz", "AUX .txt", "COM1.hyoka", "lpt9", "COM².txt", "CONOUT$", "NUL:x"),
        *("報告:最終.pdf", "a?b", "a*b", "a|b", 'a"b', "<a>", "a\tb", "報告.", "報告 "),
    ],
)
def test_a_name_that_windows_gives_to_no_file_is_known(name: str) -> None:
    assert not is_windows_name(name)


@pytest.mark.parametrize(
    "name", ["報告.pdf", "NULL.txt", "CONTENTS", "COM10.txt", "COM", "評価書 (2).hyoka", ".~lock.x", "a.NUL", "console"]
)
def test_an_ordinary_name_is_let_be(name: str) -> None:
    assert is_windows_name(name)
    assert not is_device(name)


@pytest.mark.parametrize(
    "path",
    ["C:/報告/NUL.pdf", "C:/aux/報告.pdf", "報告:最終.pdf", "C:/報告:最終.pdf", "//server/share/con/x.pdf", "x."],
)
def test_a_new_file_of_windows_without_a_possible_name_is_refused(path: str, on_windows: None) -> None:
    with pytest.raises(InputError) as refusal:
        refuse_impossible(_windows(path))
    assert refusal.value.code == "name_impossible"
    assert refusal.value.parameters["path"] == str(PureWindowsPath(path))


@pytest.mark.parametrize("path", ["C:/報告/x.pdf", "//server/share/x.pdf", "../x.pdf", "./x.pdf", "C:x", "//?/C:/x"])
def test_a_new_file_of_windows_may_stand_anywhere(path: str, on_windows: None) -> None:
    refuse_impossible(_windows(path))


@pytest.mark.parametrize("path", ["NUL", "C:/x/con.hyoka", "//server/share/aux.hyoka"])
def test_no_report_of_windows_is_read_from_a_device(path: str, on_windows: None) -> None:
    with pytest.raises(InputError) as refusal:
        refuse_nameless(_windows(path))
    assert refusal.value.code == "name_impossible"


def test_no_report_is_the_top_of_a_disk(tmp_path: Path) -> None:
    with pytest.raises(WorldError) as refusal:
        refuse_nameless(Path(tmp_path.anchor))
    assert refusal.value.code == "file_unreachable"


def test_other_systems_give_a_file_any_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "IS_WINDOWS", False)
    refuse_impossible(tmp_path / "NUL.pdf")
    refuse_nameless(tmp_path / "a:b")


def _windows(path: str) -> Path:
    """Make a path of Windows on any system; no file is looked at."""
    return PureWindowsPath(path)  # type: ignore[return-value]


class _WindowsFault(FileNotFoundError):
    winerror = 206


@pytest.mark.parametrize("fault", [FileNotFoundError(2, "no such file"), OSError(22, "invalid")])
def test_a_path_beyond_what_windows_takes_is_too_long_there_whatever_it_says(
    fault: OSError, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("深" * 100) / ("い" * 100) / "評価書.hyoka"
    wide = tmp_path / ("名" * 256)
    for windows in (True, False):
        monkeypatch.setattr(names, "IS_WINDOWS", windows)
        assert [is_too_long(fault, path) for path in (deep, wide)] == [windows, windows]
        assert not is_too_long(fault, tmp_path / "評価書.hyoka")


def test_what_the_system_itself_calls_too_long_is_so_and_other_faults_are_not(tmp_path: Path, on_windows: None) -> None:
    assert is_too_long(OSError(errno.ENAMETOOLONG, "too long"), tmp_path)
    assert is_too_long(_WindowsFault(2, "too long"), tmp_path)
    assert not is_too_long(PermissionError(13, "in use"), tmp_path / ("深" * 300))


def test_a_report_that_is_not_found_at_a_place_too_long_for_windows_is_told_so(
    sample_file: Path, open_file: Open, on_windows: None
) -> None:
    for name, code in (("x" * 240, "name_too_long"), ("x", "file_missing")):
        with pytest.raises(WorldError) as refusal:
            open_file(sample_file.with_name(name))
        assert refusal.value.code == code

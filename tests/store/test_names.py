"""Names that Windows gives to no file are refused there before anything is written or read."""

from pathlib import Path, PureWindowsPath

import pytest

from hyoka_desktop.errors import InputError, WorldError
from hyoka_desktop.store import names
from hyoka_desktop.store.names import is_device, is_windows_name, refuse_impossible, refuse_nameless


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

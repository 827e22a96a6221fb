"""The settings of the person: shared by several programs, readable whatever is in them, told where they do not last."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hyoka_desktop.errors import WorldError
from hyoka_desktop.services import backups, sharing
from hyoka_desktop.services import settings as settings_module
from hyoka_desktop.services.itemquery import own_searches, save_search
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.store.lock import taking_turns

_REMEMBER_MUCH = """
import sys
from pathlib import Path
from hyoka_desktop.services.itemquery import save_search
from hyoka_desktop.services.settings import Settings
file, name, times = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
settings = Settings(file)
sys.stdin.readline()
for number in range(times):
    settings.remember({f"{name}{number}": str(number)})
    save_search(settings, f"{name}{number}", "line")
settings.confirm()
"""
_TIMES = 200


def test_two_programs_that_write_at_the_same_time_lose_nothing(file: Path) -> None:
    line = [sys.executable, "-c", _REMEMBER_MUCH, str(file)]
    programs = [
        subprocess.Popen([*line, name, str(_TIMES)], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for name in ("a", "b")
    ]
    for program in programs:
        program.stdin.write("\n")
        program.stdin.flush()
    assert [program.communicate(timeout=240)[1] for program in programs] == ["", ""]
    settings = Settings(file)
    names = {f"{name}{number}": str(number) for name in "ab" for number in range(_TIMES)}
    assert {name: settings.text(name) for name in names} == names
    assert {search.name for search in own_searches(settings)} == set(names)


def test_while_another_program_writes_on_and_on_nobody_waits_long_and_nothing_is_lost(file: Path) -> None:
    Settings(file).remember({"colours": "dark"})
    settings = Settings(file)
    with taking_turns(file):
        begun = time.monotonic()
        settings.remember({"text_size": "125"})
        assert time.monotonic() - begun < 1.0
        assert (settings.text("text_size"), settings.text("colours")) == ("125", "dark")
        assert Settings(file).text("text_size") == ""
        with pytest.raises(WorldError) as fault:
            settings.confirm()
        assert fault.value.code == "settings_failed"
    settings.confirm()
    assert Settings(file).text("text_size") == "125"


def test_what_waits_is_done_to_what_others_wrote_meanwhile(file: Path) -> None:
    file.parent.mkdir()
    settings, other = Settings(file), Settings(file)
    with taking_turns(file):
        save_search(settings, "mine", "line")
    save_search(other, "theirs", "line")
    settings.confirm()
    assert [search.name for search in own_searches(Settings(file))] == ["theirs", "mine"]


def test_a_file_that_cannot_be_read_for_a_moment_is_not_taken_for_empty(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Settings(file).remember({"colours": "dark"})
    settings = Settings(file)

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "in use")

    with monkeypatch.context() as busy:
        busy.setattr(Path, "read_bytes", refuse)
        settings.remember({"text_size": "125"})
        assert settings.text("text_size") == "125"
    settings.confirm()
    assert (Settings(file).text("colours"), Settings(file).text("text_size")) == ("dark", "125")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings" / "settings.json"


def test_two_programs_keep_each_others_values(file: Path, tmp_path: Path) -> None:
    one, other = Settings(file), Settings(file)
    backups.choose_second_place(other, tmp_path)
    sharing.mark_shared(tmp_path, other)
    one.remember_file(tmp_path / "a.hyoka")
    other.remember_file(tmp_path / "b.hyoka")
    one.remember({"colours": "dark"})
    for settings in (one, other, Settings(file)):
        assert backups.places_of(settings).second == tmp_path
        assert sharing.is_shared(tmp_path / "x.hyoka", settings)
        assert settings.recent_files == [tmp_path / "b.hyoka", tmp_path / "a.hyoka"]
        assert settings.text("colours") == "dark"


def test_a_value_that_another_program_changed_is_not_brought_back(file: Path) -> None:
    one, other = Settings(file), Settings(file)
    one.remember({"colours": "dark"})
    other.remember({"colours": "light"})
    one.remember({"text_size": "125"})
    assert Settings(file).text("colours") == "light"


def test_what_cannot_be_written_holds_until_the_end_and_a_choice_says_so(tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_bytes(b"")
    settings = Settings(blocked / "settings.json")
    settings.remember({"colours": "dark"})
    assert settings.text("colours") == "dark"
    for choose in (
        lambda: backups.choose_second_place(settings, tmp_path),
        lambda: sharing.mark_shared(tmp_path, settings),
    ):
        with pytest.raises(WorldError) as fault:
            choose()
        assert fault.value.code == "settings_failed"
    assert backups.places_of(settings).second == tmp_path
    blocked.unlink()
    settings.remember({"text_size": "125"})
    again = Settings(blocked / "settings.json")
    assert (again.text("colours"), backups.places_of(again).second) == ("dark", tmp_path)


class _Later:
    """Keep what is to be done later until a test wants it done, on a thread of its own."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def __call__(self, act: Callable[[], None]) -> None:
        self.waiting.append(act)

    def do_all(self) -> None:
        while self.waiting:
            thread = threading.Thread(target=self.waiting.pop(0))
            thread.start()
            thread.join(10)
            assert not thread.is_alive()


def test_what_is_written_later_holds_at_once_and_keeps_nobody_waiting(file: Path) -> None:
    later = _Later()
    settings = Settings(file, later)
    settings.remember({"colours": "dark"})
    assert settings.text("colours") == "dark"
    assert not file.exists()
    later.do_all()
    assert Settings(file).text("colours") == "dark"


def test_what_is_remembered_while_the_file_is_written_is_not_lost(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later = _Later()
    settings = Settings(file, later)
    really = settings_module.write_file

    def write(path: Path, content: bytes) -> None:
        monkeypatch.setattr(settings_module, "write_file", really)
        settings.remember({"text_size": "125"})
        really(path, content)

    settings.remember({"colours": "dark"})
    monkeypatch.setattr(settings_module, "write_file", write)
    later.waiting.pop(0)()
    assert (Settings(file).text("colours"), Settings(file).text("text_size")) == ("dark", "")
    assert (settings.text("colours"), settings.text("text_size")) == ("dark", "125")
    later.do_all()
    assert (Settings(file).text("colours"), Settings(file).text("text_size")) == ("dark", "125")


def test_a_choice_is_confirmed_when_it_is_written_though_nothing_was_written_yet(file: Path) -> None:
    later = _Later()
    settings = Settings(file, later)
    settings.remember({"colours": "dark"})
    settings.confirm()
    assert Settings(file).text("colours") == "dark"
    changed = file.stat().st_mtime_ns
    later.do_all()
    assert file.stat().st_mtime_ns == changed, "there is nothing left to write"


ODD = {
    "deep": b"[" * 100_000,
    "deep inside": b'{"recent_files": ' + b"[" * 100_000,
    "no text": b"\xff\xfe{",
    "NUL": b'{"recent_files": ["\\u0000"], "shared_folders": [{"path": "/\\u0000"}], "backup_second_place": "\\u0000"}',
    "a surrogate": b'{"recent_files": ["\\ud800"], "shared_folders": [{"path": "/\\ud800"}], '
    b'"backup_second_place": "/\\ud800"}',
    "wrong kinds": b'{"recent_files": [1, {}], "shared_folders": [{"path": 1}, 2], "backup_second_place": []}',
}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows takes lone surrogates in names")
@pytest.mark.parametrize("name", ODD)
def test_whatever_is_in_the_file_counts_as_nothing(name: str, file: Path, tmp_path: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(ODD[name])
    settings = Settings(file)
    assert settings.recent_files == []
    assert backups.places_of(settings).second is None
    assert not sharing.is_shared(tmp_path / "x.hyoka", settings)
    settings.remember({"colours": "dark"})
    assert Settings(file).text("colours") == "dark"


@pytest.mark.skipif(sys.platform == "win32", reason="a file of Windows has a name of proper text")
def test_a_name_that_is_no_text_is_remembered(file: Path, tmp_path: Path) -> None:
    odd = tmp_path / os.fsdecode(b"\xff\xe3.hyoka")
    settings = Settings(file)
    settings.remember({"colours": "濃い"})
    settings.remember_file(odd)
    assert Settings(file).recent_files == [odd]
    assert Settings(file).text("colours") == "濃い"
    assert json.loads(file.read_bytes())

"""Fixtures of the window tests: one application without a screen, a driven window a test, a watch on dialogs.

Every window and every session is closed at the end of its test, and a dialog that nobody answers fails the test.
"""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from other_threads import qt_objects_of
from PySide6.QtWidgets import QApplication
from window_driver import DialogWatch, Driver

from hyoka_desktop.app import make_application, make_window
from hyoka_desktop.services import reports
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.store.worker import StoreThread
from hyoka_desktop.ui.tasks import _Worker

SMALL_SCREEN = (1366, 768)
_PLUGIN_NOISE = (
    # The platform without a screen cannot hand size limits to a window manager, and there is none.
    r"^This plugin does not support propagateSizeHints\(\)$",
    # It cannot raise a window either; only the order on a real screen would change.
    r"^This plugin does not support raise\(\)$",
    # The list of a choice wants the keyboard to itself, which a platform without windows cannot give.
    r"^This plugin does not support grabbing the keyboard$",
)


def pytest_itemcollected(item: pytest.Item) -> None:
    item.add_marker(pytest.mark.qt_log_ignore(*_PLUGIN_NOISE))


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """Dress the one application as the program does."""
    return make_application()


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a home of its own, with a folder for documents."""
    folder = tmp_path_factory.mktemp("person")
    (folder / "Documents").mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERNAME", "試験者")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    monkeypatch.setenv("HYOKA_DESKTOP_HOME", str(folder / "hyoka"))
    return folder


_TO_OTHER_THREADS = (
    (threading.Thread, "start"),
    (_Worker, "order"),
    (StoreThread, "ask"),
    (StoreThread, "ask_first"),
    (Executor, "submit"),
    (Future, "add_done_callback"),
)
"""Wherever the program hands a function to another thread."""


@pytest.fixture(autouse=True)
def threads_hold_no_widget(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[list[object]]:
    """Fail a test in which another thread was given what keeps a Qt object alive; looking takes time of its own."""
    held: list[object] = []
    if request.node.get_closest_marker("alone"):
        yield held
        return

    def watch(owner: type, name: str) -> None:
        hand_over = getattr(owner, name)

        @wraps(hand_over)
        def watched(one: object, *given: Any, **named: Any) -> Any:
            work = (one._target, one._args, one._kwargs) if isinstance(one, threading.Thread) else (given, named)
            held.extend((owner.__name__, name, found) for found in qt_objects_of(lambda: work))
            return hand_over(one, *given, **named)

        monkeypatch.setattr(owner, name, watched)

    for owner, name in _TO_OTHER_THREADS:
        watch(owner, name)
    yield held
    assert held == [], "another thread holds what Qt sends events to"


@pytest.fixture
def release() -> Iterator[threading.Event]:
    """Hold work up until this is set; at the end it always is."""
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture
def dialogs(qapp: QApplication) -> Iterator[DialogWatch]:
    """Answer dialogs as they come up; one that nobody expects is closed and fails the test."""
    watch = DialogWatch()
    yield watch
    watch.stop()
    assert watch.unexpected == [], "dialogs that nobody expected"


@pytest.fixture
def open_window(qtbot, dialogs: DialogWatch, tmp_path: Path) -> Iterator[Callable[..., Driver]]:
    """Open windows, each with settings of its own folder; they are closed at the end whatever happens."""
    opened: list[Driver] = []

    def open_one(path: Path | None = None, size: tuple[int, int] = SMALL_SCREEN) -> Driver:
        window = make_window(Settings(tmp_path / "settings" / "settings.json"))
        window.resize(*size)
        driver = Driver(window, qtbot, dialogs)
        opened.append(driver)
        with qtbot.waitActive(window):
            window.show()
        if path is not None:
            assert window.open_file(path)
        return driver

    yield open_one
    for driver in opened:
        driver.close()


@pytest.fixture(scope="session")
def _window_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("window-sample") / "見本.hyoka"
    reports.make_sample(path)
    return path


@pytest.fixture
def sample(_window_sample: Path, tmp_path: Path) -> Path:
    """Tell the path of a sample report of one's own, with the years 2023 and 2024."""
    return Path(shutil.copy(_window_sample, tmp_path / "見本.hyoka"))


@pytest.fixture
def driver(open_window: Callable[..., Driver], sample: Path, request: pytest.FixtureRequest) -> Driver:
    """Open the sample in a window, on its first item; a module may name another `WINDOW` size than a small screen."""
    return open_window(sample, getattr(request.module, "WINDOW", SMALL_SCREEN))

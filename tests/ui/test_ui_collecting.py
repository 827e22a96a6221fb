"""Garbage is looked for between two events of the window's thread alone, and kept away from what lives long."""

import gc
import shutil
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from window_driver import Driver

from hyoka_desktop.ui.collecting import Collector, collector, made_in_numbers
from hyoka_desktop.ui.tasks import CpuQueue, Job


class Circle:
    """Stay until garbage is collected."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collections() -> Iterator[list[threading.Thread]]:
    """Note on which thread each collection happens."""
    seen: list[threading.Thread] = []

    def note(phase: str, _info: object) -> None:
        if phase == "start":
            seen.append(threading.current_thread())

    gc.callbacks.append(note)
    yield seen
    gc.callbacks.remove(note)


@pytest.fixture
def calm(qapp) -> Iterator[Collector]:
    """Let a collector of its own look only when it is told to."""
    parent = QObject()
    made = Collector(parent)
    made._timer.stop()
    gc.collect()
    yield made
    parent.deleteLater()
    gc.unfreeze()
    gc.collect()
    collector().exempt_what_is_there()


def test_python_collects_nothing_by_itself(qapp, qtbot, collections: list[threading.Thread]) -> None:
    def work(*_: object) -> int:
        return len([Circle() for _ in range(30_000)])

    queue, done = CpuQueue(), []
    queue.submit(Job("circles", work, done.append, done.append))
    work()
    assert not collections, "many circles on this thread"
    qtbot.waitUntil(lambda: done == [30_000])
    queue.close()
    assert all(thread is threading.main_thread() for thread in collections)


def test_circles_go_when_enough_objects_are_new(calm: Collector) -> None:
    circle = Circle()
    gone = weakref.ref(circle)
    del circle
    calm.look()
    assert gone() is not None, "too few for a collection"
    kept = [[number] for number in range(15_000)]
    calm.look()
    assert gone() is None
    assert len(kept) == 15_000


def test_so_many_objects_that_they_stay_are_passed_over(calm: Collector) -> None:
    before = gc.get_freeze_count()
    kept = [[number] for number in range(60_000)]
    calm.look()
    assert gc.get_freeze_count() - before >= len(kept)


def test_nothing_is_looked_for_while_many_objects_are_made(calm: Collector) -> None:
    circle = Circle()
    gone = weakref.ref(circle)
    del circle
    with made_in_numbers():
        kept = [[number] for number in range(15_000)]
        calm.look()
        assert gone() is not None
    calm.look()
    assert gone() is None
    assert len(kept) == 15_000


@pytest.mark.parametrize("look", [Collector.look, Collector.collect_what_a_report_left])
def test_a_few_objects_are_left_alone(calm: Collector, look: Callable[[Collector], None]) -> None:
    calm.exempt_what_is_there()
    before = gc.get_freeze_count()
    kept = [[number] for number in range(100)]
    look(calm)
    assert gc.get_freeze_count() == before
    assert len(kept) == 100


def test_a_report_whose_objects_were_passed_over_goes_when_it_is_closed(driver: Driver) -> None:
    workplace = weakref.ref(driver.workplace)
    kept = [[number] for number in range(60_000)]
    collector().look()
    assert driver.window.show_start()
    driver.qtbot.waitUntil(lambda: workplace() is None)
    assert len(kept) == 60_000


def test_a_report_whose_objects_could_not_yet_be_passed_over_goes_when_it_is_closed(driver: Driver) -> None:
    """A job that goes on puts the looks off; the next one would pass over what the closed report left."""
    workplace = weakref.ref(driver.workplace)
    kept = [[number] for number in range(60_000)]
    with made_in_numbers():
        collector().look()
    assert driver.window.show_start()
    driver.qtbot.waitUntil(lambda: workplace() is None)
    assert len(kept) == 60_000


def test_a_report_goes_that_was_passed_over_while_another_one_was_closed(
    driver: Driver, open_window: Callable[..., Driver], sample: Path
) -> None:
    other = open_window(Path(shutil.copy(sample, sample.with_name("別の評価書.hyoka"))))
    kept = [[number] for number in range(60_000)]
    with made_in_numbers():
        collector().look()
    first, second = weakref.ref(driver.workplace), weakref.ref(other.workplace)
    assert driver.window.show_start()
    driver.qtbot.waitUntil(lambda: first() is None)
    assert other.window.show_start()
    driver.qtbot.waitUntil(lambda: second() is None)
    assert len(kept) == 60_000

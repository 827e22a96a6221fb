"""The collector of garbage: off while somebody needs it off, and kept away from what lives long."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from window_driver import Driver

from hyoka_desktop.ui.interpreter import made_in_numbers, nothing_collected


@pytest.fixture(autouse=True)
def _collector() -> Iterator[None]:
    yield
    gc.enable()
    gc.unfreeze()


def test_the_collector_stays_off_until_the_last_who_wanted_it_so_has_ended() -> None:
    first, second = nothing_collected(), nothing_collected()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert not gc.isenabled()
    second.__exit__(None, None, None)
    assert gc.isenabled()


def test_many_objects_that_stay_are_exempt_from_collections() -> None:
    before = gc.get_freeze_count()
    with made_in_numbers():
        kept = [[number] for number in range(40_000)]

    assert gc.get_freeze_count() - before >= len(kept)


def test_a_few_objects_are_collected_as_ever() -> None:
    gc.collect()
    before = gc.get_freeze_count()
    with made_in_numbers():
        kept = [[number] for number in range(100)]

    assert gc.get_freeze_count() == before
    assert len(kept) == 100


def test_a_report_whose_objects_were_exempt_goes_when_it_is_closed(driver: Driver) -> None:
    workplace = weakref.ref(driver.workplace)
    with made_in_numbers():
        kept = [[number] for number in range(40_000)]

    assert driver.window.show_start()

    driver.qtbot.waitUntil(lambda: workplace() is None)
    assert len(kept) == 40_000

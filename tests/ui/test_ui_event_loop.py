"""The window stays awake: on a report of 500 項目 × 5 years nothing holds its event loop up for more than 50 ms.

A step counts as slow only if it was in each of three rounds, and a round is repeated only where one was. What the probe
takes off, and what not, stands in `tests/loop_probe.py`. Closing the report is not measured: what it held is collected
then, which takes longer.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hyoka_desktop.app import make_window
from hyoka_desktop.services.settings import Settings
from tests.big_report import make_big_report
from tests.loop_probe import LIMIT_MS, LoopProbe
from tests.loop_steps import LoopSteps, hold_the_interpreter, told

pytestmark = pytest.mark.alone
_ROUNDS = 3
_BUSY = 3


@pytest.fixture(scope="module")
def big_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_big_report(tmp_path_factory.mktemp("big") / "大きな評価書.hyoka")


@pytest.fixture
def probe(qapp) -> Iterator[LoopProbe]:
    probe = LoopProbe()
    yield probe
    probe.end()


@pytest.fixture
def quiet_enough() -> None:
    """Give up, aloud, where other programs have the machine: then a gap tells of them."""
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    if load > _BUSY * cores:
        pytest.skip(f"the machine is too busy to measure gaps: load {load:.1f} on {cores} cores")


@pytest.fixture
def steps(quiet_enough: None, probe: LoopProbe, tmp_path: Path) -> Iterator[LoopSteps]:
    window = make_window(Settings(tmp_path / "settings.json"))
    window.resize(1366, 768)
    window.show()
    yield LoopSteps(window, probe)
    window.close()
    window.deleteLater()


def in_rounds(probe: LoopProbe, work: Callable[[], None]) -> None:
    """Work until no step is slow, three times at most."""
    for _ in range(_ROUNDS):
        work()
        if not probe.long_gaps():
            return
    pytest.fail(f"slow in all {_ROUNDS} rounds: {probe.long_gaps()}\n{told(probe)}")


def test_the_probe_sees_a_block_of_80_ms(probe: LoopProbe) -> None:
    with probe.step("block"):
        time.sleep(0.08)
    with probe.step("nothing"):
        pass

    assert probe.long_gaps().keys() == {"block"}
    assert probe.gaps["block"][0] == pytest.approx(80, abs=20)


def test_the_probe_sees_another_thread_that_holds_the_interpreter(probe: LoopProbe) -> None:
    with probe.step("held"):
        hold_the_interpreter()

    assert probe.gaps["held"][0] > LIMIT_MS


def test_nothing_holds_the_window_up_in_a_day_of_work_on_a_long_report(
    steps: LoopSteps, probe: LoopProbe, big_report: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(big_report, tmp_path / "大きな評価書.hyoka"))

    def work() -> None:
        steps.work(path)
        steps.leave()
        for copy in tmp_path.glob("大きな評価書.2*.hyoka"):
            copy.unlink()

    in_rounds(probe, work)


def test_the_window_stays_awake_while_a_long_report_is_exported(
    steps: LoopSteps, probe: LoopProbe, big_report: Path, tmp_path: Path
) -> None:
    steps.open(Path(shutil.copy(big_report, tmp_path / "大きな評価書.hyoka")))

    in_rounds(probe, steps.export)

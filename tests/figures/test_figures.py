"""Each figure of safety, taken small, meets its target, and its control does not."""

import re
from pathlib import Path

import pytest

from hyoka_desktop.paths import resource
from tests.figures.figure import CannotRunHere, Figure, Size, figures

FIGURES = figures()
_OF_TIME = {"R3", "R4"}
"""They measure time, or what a busy machine is late for."""


@pytest.fixture(params=[pytest.param(name, marks=pytest.mark.alone) if name in _OF_TIME else name for name in FIGURES])
def figure(request: pytest.FixtureRequest) -> Figure:
    return FIGURES[request.param]


def test_a_figure_meets_its_target(figure: Figure, tmp_path: Path) -> None:
    try:
        result = figure.run(Size.SMALL, tmp_path)
    except CannotRunHere as reason:
        pytest.skip(str(reason))
    assert result.met, f"{figure.TITLE}: {result.found}; target: {figure.TARGET}"


def test_without_the_protection_the_same_count_misses_the_target(figure: Figure, tmp_path: Path) -> None:
    try:
        result = figure.control(Size.SMALL, tmp_path)
    except CannotRunHere as reason:
        pytest.skip(str(reason))
    assert not result.met, f"{figure.TITLE}: {result.found}; this measures nothing"


def _cells_of(name: str) -> list[str]:
    """Tell the lines of the tables for users that tell of a figure."""
    page = resource("help", "safety.md").read_text(encoding="utf-8")
    return [line for line in page.splitlines() if line.startswith(f"| {name} |")]


@pytest.mark.parametrize("name", FIGURES)
def test_the_page_for_users_tells_the_target_and_the_counts_of_a_figure(name: str) -> None:
    figure, counts = _cells_of(name)
    wanted = re.findall(r"\d[\d,]*", FIGURES[name].TARGET)
    assert set(wanted) <= set(re.findall(r"\d[\d,]*", figure)), FIGURES[name].TARGET
    assert counts.count("|") == 4

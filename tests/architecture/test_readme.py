"""What the README names is there: files and folders, the commands of `run.py`, every package with its licence."""

import re
import runpy
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
_ENDINGS = (".py", ".md", ".json", ".toml", ".txt", ".spec")
_MADE = ("artifacts/", "dist/", "hyoka-demo/")
"""What runs of the program make, and no checkout has."""
_OF_THE_PERSON = {"settings.json", "contents.json", "index.html"}
"""Names of files that lie in another folder, which is said beside them."""
_NAME_OF_PACKAGE = re.compile(r"[\w-]+")


def named_paths() -> list[str]:
    """Tell what stands in backticks and looks like a path."""
    found = re.findall(r"`([\w./*-]+)`", README)
    paths = [one for one in found if "/" in one or one.endswith(_ENDINGS)]
    return sorted({one for one in paths if not one.startswith(_MADE)} - _OF_THE_PERSON)


def is_there(name: str) -> bool:
    """Tell whether a path is in the checkout or in the package; a star stands for any name."""
    return any(any(folder.glob(name.rstrip("/"))) for folder in (ROOT, ROOT / "hyoka_desktop"))


def test_the_readme_is_read_at_all() -> None:
    assert {"forms/", "ui/actions.py", "tests/architecture"} <= set(named_paths())
    assert not is_there("ui/gone.py")


@pytest.mark.parametrize("name", named_paths())
def test_a_path_that_the_readme_names_is_there(name: str) -> None:
    assert is_there(name)


def test_the_readme_tells_of_every_command_of_the_script_and_of_no_other() -> None:
    commands = set(runpy.run_path(str(ROOT / "run.py"))["COMMANDS"]) - {"demo"}
    told = {one.removesuffix(" ARGS") for one in re.findall(r"\| `python3 run\.py ([^`]+)` \|", README)} | {"test"}
    assert told == commands


def test_every_package_is_named_with_its_licence_and_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = [one for group in project["project"]["optional-dependencies"].values() for one in group]
    peers = (ROOT / "tests" / "benchmarks" / "peers.txt").read_text(encoding="utf-8").splitlines()
    pinned = [*project["project"]["dependencies"], *project["build-system"]["requires"], *extras, *peers]
    names = {found[0] for one in pinned if (found := _NAME_OF_PACKAGE.match(one))}
    rows = [line for line in README.splitlines() if re.match(r"\| [^|]+ \([^|]+\)[^|]* \| [^|]+ \|$", line)]
    assert {name for name in names if not any(re.search(rf"\b{re.escape(name)}\b", row) for row in rows)} == set()

"""Find the facts of a package: its dataclasses, but for the few that are made piece by piece."""

import pkgutil
from collections.abc import Collection
from dataclasses import FrozenInstanceError, fields, is_dataclass
from importlib import import_module

import pytest


def facts_of(package: str, made_in_pieces: Collection[str] = ()) -> list[type]:
    """Tell the dataclasses of a package by name that hold something, without those that are made in pieces."""
    folder = import_module(f"hyoka_desktop.{package}")
    modules = [import_module(found.name) for found in pkgutil.walk_packages(folder.__path__, f"{folder.__name__}.")]
    found = {
        one
        for module in modules
        for one in vars(module).values()
        if isinstance(one, type) and is_dataclass(one) and one.__module__ == module.__name__ and fields(one)
    }
    assert set(made_in_pieces) <= {one.__name__ for one in found}, "an exception that is none"
    return sorted((one for one in found if one.__name__ not in made_in_pieces), key=lambda one: one.__name__)


def assert_never_changes_in_place(kind: type) -> None:
    """See that no value of a fact can be set."""
    fact = object.__new__(kind)
    with pytest.raises(FrozenInstanceError):
        setattr(fact, fields(kind)[0].name, None)

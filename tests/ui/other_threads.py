"""See what of Qt a function holds that another thread is to carry out: it may be the last to let go of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from types import CellType, FunctionType, MethodType
from typing import Any

from PySide6.QtCore import QObject

from hyoka_desktop.services.session import Session
from hyoka_desktop.ui.letterbox import _Letterbox

_OURS = "hyoka_desktop"


def qt_objects_of(act: Callable[..., Any]) -> list[QObject]:
    """Tell the Qt objects that a function would keep alive: what it is bound to, encloses or was given, and so on.

    A session is passed over, which hears no window any more once that is closed, and so is the letterbox, which lasts
    as long as the program.
    """
    found: list[QObject] = []
    seen: set[int] = set()
    left: list[object] = [act]
    while left:
        one = left.pop()
        if id(one) in seen or isinstance(one, (Session, _Letterbox, type)):
            continue
        seen.add(id(one))
        if isinstance(one, QObject):
            found.append(one)
        else:
            left += _parts(one)
    return found


def _parts(one: object) -> Iterator[object]:
    if isinstance(one, FunctionType):
        yield from (*(one.__closure__ or ()), *(one.__defaults__ or ()), *(one.__kwdefaults__ or {}).values())
    elif isinstance(one, CellType):
        yield from _inside(one)
    elif isinstance(one, MethodType):
        yield from (one.__self__, one.__func__)
    elif isinstance(one, partial):
        yield from (one.func, *one.args, *one.keywords.values())
    elif isinstance(one, Mapping) and len(one) < _MANY:
        yield from one.values()
    elif isinstance(one, (list, tuple, set, frozenset)) and len(one) < _MANY:
        yield from one
    elif type(one).__module__.startswith(_OURS):
        yield from _attributes(one)


_MANY = 100
"""What holds more is the report's, and holds no widget."""


def _inside(cell: CellType) -> Iterable[object]:
    try:
        return [cell.cell_contents]
    except ValueError:
        return []


def _attributes(one: object) -> Iterator[object]:
    yield from getattr(one, "__dict__", {}).values()
    for kind in type(one).__mro__:
        for name in getattr(kind, "__slots__", ()):
            if hasattr(one, name):
                yield getattr(one, name)

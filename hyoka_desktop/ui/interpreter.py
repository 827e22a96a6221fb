"""Set the Python interpreter up for a window: quick switches between threads, constants that cannot be used up."""

import ctypes
import sys
from typing import Final

_SWITCH_INTERVAL_SECONDS: Final = 0.0005
_ENOUGH_REFERENCES: Final = 1 << 40
_FIRST_WITH_IMMORTALS: Final = (3, 12)


def prepare_interpreter() -> None:
    """Make the settings; calling it again does no harm."""
    # A worker in Python holds the interpreter; a short interval keeps typing quick beside it.
    sys.setswitchinterval(_SWITCH_INTERVAL_SECONDS)
    if sys.version_info < _FIRST_WITH_IMMORTALS:
        for constant in (None, True, False):
            _keep_alive(constant)


def _keep_alive(constant: object) -> None:
    """Give a constant more references than any program can lose.

    WORKAROUND: on CPython before 3.12, where None, True and False are not immortal (PEP 683), calls of PySide6 6.12.0
    that return nothing take a reference of None away, and some overrides one of True; painting uses up all of them in
    a minute, and the interpreter aborts with "none_dealloc". Measured: 6.8.3 and 6.11.3 do not.
    """
    references = ctypes.c_ssize_t.from_address(id(constant))
    if references.value < _ENOUGH_REFERENCES:
        references.value += _ENOUGH_REFERENCES

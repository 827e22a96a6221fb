"""Set the Python interpreter up for a window: quick switches between threads, and a None that cannot be used up."""

import ctypes
import sys
from typing import Final

_SWITCH_INTERVAL_SECONDS: Final = 0.0005
_ENOUGH_REFERENCES: Final = 1 << 40
_FIRST_WITH_IMMORTAL_NONE: Final = (3, 12)


def prepare_interpreter() -> None:
    """Make the settings; calling it again does no harm."""
    # A worker in Python holds the interpreter; a short interval keeps typing quick beside it.
    sys.setswitchinterval(_SWITCH_INTERVAL_SECONDS)
    if sys.version_info < _FIRST_WITH_IMMORTAL_NONE:
        _keep_none_alive()


def _keep_none_alive() -> None:
    """Give None more references than any program can lose.

    WORKAROUND: on CPython before 3.12, where None is not immortal (PEP 683), each call of PySide6 6.12.0 that returns
    nothing takes a reference of None away; painting uses up all of them in a minute, and the interpreter aborts with
    "none_dealloc". Measured: 6.8.3 and 6.11.3 do not.
    """
    references = ctypes.c_ssize_t.from_address(id(None))
    if references.value < _ENOUGH_REFERENCES:
        references.value += _ENOUGH_REFERENCES

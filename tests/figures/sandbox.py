"""Have the system kill this process as soon as it asks for a socket that is not of this computer alone (AF_UNIX).

A filter of seccomp, written out by hand: it stays until the process ends, for all its threads and children.
"""

import ctypes
import errno
import os
import platform
import socket
import sys
from typing import Final

from tests.figures.figure import CannotRunHere

_SOCKET_CALL: Final = {"x86_64": (41, 0xC000003E), "aarch64": (198, 0xC00000B7)}
"""The number of `socket` and the mark of the architecture in <linux/audit.h>."""
_PR_SET_SECCOMP: Final = 22
_PR_SET_NO_NEW_PRIVS: Final = 38
_FILTER: Final = 2
_KILL: Final = 0x80000000
_ALLOW: Final = 0x7FFF0000
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER_AT, _ARCHITECTURE_AT, _FIRST_ARGUMENT_AT = 0, 4, 16
_OTHER_NUMBERS: Final = 0x40000000
"""From here on x86_64 numbers the calls of another convention (x32)."""


class _Instruction(ctypes.Structure):
    _fields_ = (
        *(("code", ctypes.c_ushort), ("if_true", ctypes.c_ubyte), ("if_false", ctypes.c_ubyte)),
        ("value", ctypes.c_uint),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.POINTER(_Instruction)))


def require_sandbox() -> None:
    """Say where there is no such filter."""
    if not sys.platform.startswith("linux") or platform.machine() not in _SOCKET_CALL:
        raise CannotRunHere("seccomp is of Linux on x86_64 and aarch64")


def forbid_sockets() -> None:
    """Set the filter."""
    require_sandbox()
    number, architecture = _SOCKET_CALL[platform.machine()]
    lines = (
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_EQUAL, 0, 6, architecture),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_AT_LEAST, 4, 0, _OTHER_NUMBERS),
        (_EQUAL, 0, 2, number),
        (_LOAD, 0, 0, _FIRST_ARGUMENT_AT),
        (_EQUAL, 0, 1, int(socket.AF_UNIX)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _KILL),
    )
    instructions = (_Instruction * len(lines))(*(_Instruction(*line) for line in lines))
    program = _Program(len(lines), instructions)
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    if prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or prctl(_PR_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0):
        raise CannotRunHere(f"seccomp: {os.strerror(ctypes.get_errno() or errno.ENOSYS)}")

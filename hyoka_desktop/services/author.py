"""Tell who works here and what time it is, from the environment alone.

`getpass` needs `pwd` and `platform.node` opens the socket module on Windows, so neither is used.
"""

import os
from datetime import datetime

from hyoka_desktop.store.log import Author


def current_author() -> Author:
    """Tell the person and the computer as the system names them; empty where it does not say."""
    person = os.environ.get("USERNAME") or os.environ.get("USER") or ""
    computer = os.environ.get("COMPUTERNAME") or (os.uname().nodename if hasattr(os, "uname") else "")
    return Author(_as_text(person), _as_text(computer))


def _as_text(name: str) -> str:
    """Tell a name of the system as proper text; bytes that are none become question marks."""
    return name.encode("utf-8", "replace").decode("utf-8")


def now() -> str:
    """Tell the local time with its offset, ISO 8601, to the second."""
    return datetime.now().astimezone().isoformat(timespec="seconds")

"""Know where the shipped forms and resources and the user's own files lie.

The shipped folders stand at the top level of a checkout and inside the package in a wheel and in the Windows kit
(`_forms`, `_resources`); this is the one place that knows.
"""

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_APPLICATION_FOLDER = "hyoka_desktop"


def forms_folder() -> Path:
    """Tell the folder of the installed form definitions."""
    return _shipped("forms")


def resource(*names: str) -> Path:
    """Tell the path of a shipped resource, for example `resource("fonts", "BIZUDMincho-Regular.ttf")`."""
    return _shipped("resources").joinpath(*names)


def user_folder() -> Path:
    """Tell the folder for the user's own forms, settings and logs; it may not exist yet.

    `HYOKA_DESKTOP_HOME` overrides it, for a portable kit on a USB stick and for tests.
    """
    override = os.environ.get("HYOKA_DESKTOP_HOME")
    if override:
        return Path(override)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return (Path(base) if base else Path.home() / "AppData" / "Local") / _APPLICATION_FOLDER
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / _APPLICATION_FOLDER


def user_forms_folder() -> Path:
    """Tell the folder of forms that the user added."""
    return user_folder() / "forms"


def _shipped(name: str) -> Path:
    inside = _PACKAGE / f"_{name}"
    return inside if inside.is_dir() else _PACKAGE.parent / name

"""Find fonts of this computer that may stand in for what the bundled ones lack: 外字 of names and of registers.

Only fonts with TrueType outlines serve, since the PDF embeds those; others (CFF outlines, such as Noto CJK) are passed
over, and what they alone have is told before the export as a character that no font has.
"""

import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

_NAMES: Final = ("ipamjm.ttf", "ipaexm.ttf", "msmincho.ttc", "msgothic.ttc", "yumin.ttf", "ipaexg.ttf")
"""文字情報技術促進協議会's IPAmj first: it has every character of the family registers."""
_DEEPEST: Final = 3


@cache
def system_fonts() -> tuple[str, ...]:
    """Tell the paths of the known fonts that are here, the best first."""
    found: dict[str, str] = {}
    for folder in _folders():
        for path in _fonts_below(folder, _DEEPEST):
            if path.name.lower() in _NAMES:
                found.setdefault(path.name.lower(), str(path))
    return tuple(found[name] for name in _NAMES if name in found)


def _folders() -> list[Path]:
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        own = [Path(local) / "Microsoft" / "Windows" / "Fonts"] if local else []
        return [Path(os.environ.get("SYSTEMROOT", "C:\\Windows")) / "Fonts", *own]
    return [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts"]


def _fonts_below(folder: Path, depth: int) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    for entry in entries:
        if entry.suffix.lower() in {".ttf", ".ttc"}:
            yield entry
        elif depth and entry.is_dir():
            yield from _fonts_below(entry, depth - 1)

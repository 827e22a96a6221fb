"""Take pictures of every screen of the window, to be looked at: `python -m tests.pictures [FOLDER]`.

The sample report is shown offscreen, on a screen of 1366×768, in every theme and at 100% and 150%. Each theme and scale
runs as a program of its own, since Qt takes the scale at its start; `index.html` shows all pictures side by side.
"""

import html
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import chain, product
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from hyoka_desktop.app import make_application, make_window
from hyoka_desktop.services import reports
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.ui.window import Window
from tests.ui.screens import dialogs, menus, pages, panels

SCHEMES = ("light", "dark", "contrast")
SCALES = ("1", "1.5")
_SETTLE_MS = 500
_SLOW_MS = 3000
_SLOW = frozenset({"dialog-print"})
_SCREEN = (1366, 768)
_STYLE = "body{font-family:sans-serif}th{text-align:left;padding:12px 0 2px}img{width:430px;border:1px solid #888}"


def main(folder: Path) -> int:
    """Take the pictures of all themes and scales, and write the sheet that shows them."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    for scheme, scale in product(SCHEMES, SCALES):
        done = subprocess.run(
            [sys.executable, "-m", "tests.pictures", str(folder / _name(scheme, scale)), scheme, scale],
            env={**environment, "QT_SCALE_FACTOR": scale},
            check=False,
        )
        if done.returncode != 0:
            return done.returncode
    (folder / "index.html").write_text(contact_sheet(folder), encoding="utf-8")
    return 0


def contact_sheet(folder: Path) -> str:
    """Tell a page that shows each screen in all themes and scales."""
    kinds = [_name(*kind) for kind in product(SCHEMES, SCALES)]
    names = sorted({path.name for kind in kinds for path in (folder / kind).glob("*.png")})
    rows = "\n".join(_row(name, kinds) for name in names)
    head = f'<!doctype html><html lang="ja"><meta charset="utf-8"><title>画面の写真</title><style>{_STYLE}</style>'
    return f"{head}<table>{rows}</table></html>\n"


def _row(name: str, kinds: list[str]) -> str:
    cells = "".join(
        f'<td><a href="{kind}/{html.escape(name)}"><img alt="{kind}" src="{kind}/{html.escape(name)}"></a></td>'
        for kind in kinds
    )
    return f'<tr><th colspan="{len(kinds)}">{html.escape(name)}</th></tr><tr>{cells}</tr>'


def _name(scheme: str, scale: str) -> str:
    return f"{scheme}-{round(float(scale) * 100)}"


def take_all(folder: Path, scheme: str, scale: float) -> None:
    """Take all pictures in one theme, at the scale that Qt was started with."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    make_application()
    with tempfile.TemporaryDirectory() as place:
        sample = Path(place) / "見本.hyoka"
        reports.make_sample(sample)
        settings = Settings(Path(place) / "settings.json")
        settings.remember({"colours": scheme})
        window = make_window(settings)
        window.resize(round(_SCREEN[0] / scale), round(_SCREEN[1] / scale))
        window.show()
        _take(window, folder / "start.png")
        window.open_file(sample)
        for name, widget in _screens(window):
            widget.show()
            _take(widget, folder / f"{name}.png", _SLOW_MS if name in _SLOW else _SETTLE_MS)
            if widget is not window:
                widget.close()
        window.show_start()
        _take(window, folder / "start-recent.png")
        window.close()


def _screens(window: Window) -> Iterator[tuple[str, QWidget]]:
    """Bring every page, tab, panel, menu and dialog to the front, one after the other."""
    for name in chain(pages(window), panels(window)):
        yield name, window
    yield from menus(window)
    yield from dialogs(window)


def _take(widget: QWidget, target: Path, wait: int = _SETTLE_MS) -> None:
    loop = QEventLoop()
    QTimer.singleShot(wait, loop.quit)
    loop.exec()
    widget.grab().save(str(target))


if __name__ == "__main__":
    if len(sys.argv) > 3:
        take_all(Path(sys.argv[1]), sys.argv[2], float(sys.argv[3]))
    else:
        sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "artifacts/pictures")))

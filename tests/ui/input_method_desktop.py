"""A screen of its own with a window manager and a Japanese input method, for keys as a keyboard sends them."""

import ctypes.util
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

NEEDED = {
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "openbox": "openbox",
    "dbus-daemon": "dbus",
    "ibus-daemon": "ibus",
}
ENGINES = {"anthy": "ibus-anthy", "mozc-jp": "ibus-mozc"}
_COMPONENTS = Path("/usr/share/ibus/component")
_SCREEN = "1366x768x24"
_KEYS_A_SECOND = 20
_AS_SOMEBODY = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
"""Mozc does not work for root; a name space of users makes somebody else of root."""
_ACTIVE_MOZC = 'engines {\n  name : "mozc-jp"\n  longname : "Mozc"\n  layout : "default"\n}\nactive_on_launch: True\n'
_PRELOAD = "[desktop/ibus/general]\npreload-engines=['{engine}']\nuse-system-keyboard-layout=true\n"


def lacking(engine: str) -> str:
    """Tell what this machine lacks for a desktop with an engine; empty where it has all."""
    packages = [package for program, package in NEEDED.items() if shutil.which(program) is None]
    if not (_COMPONENTS / f"{engine.removesuffix('-jp')}.xml").is_file():
        packages.append(ENGINES[engine])
    if ctypes.util.find_library("xcb-cursor") is None:
        packages.append("libxcb-cursor0")
    if packages:
        return f"no input method on this machine (Debian: {' '.join(packages)})"
    if _prefix(engine) and subprocess.run([*_AS_SOMEBODY, "true"], capture_output=True, check=False).returncode:
        return "Mozc does not work for root, and this machine gives root no name space of users"
    return ""


class Desktop:
    """Hold the screen: press keys and buttons on it, start programs on it."""

    def __init__(self, environment: dict[str, str], prefix: Sequence[str]) -> None:
        self.environment = environment
        self._prefix = tuple(prefix)

    def start(self, *command: str, **more: object) -> subprocess.Popen[str]:
        """Start a program beside the input method."""
        return subprocess.Popen([*self._prefix, *command], env=self.environment, text=True, **more)

    def type(self, letters: str) -> None:
        """Press the keys of letters one after the other, as a good typist does."""
        self._xdotool("type", "--delay", str(1000 // _KEYS_A_SECOND), letters)

    def press(self, *keys: str) -> None:
        """Press keys, by their names in X."""
        self._xdotool("key", "--delay", str(1000 // _KEYS_A_SECOND), *keys)

    def click(self, place: Sequence[int]) -> None:
        """Click on a place of the screen."""
        self._xdotool("mousemove", str(place[0]), str(place[1]), "click", "1")

    def activate(self, window: int) -> None:
        """Give the keyboard to a window, as the task bar does."""
        self._xdotool("windowactivate", str(window))

    def _xdotool(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=self.environment, check=True, timeout=120)


@contextmanager
def desktop(folder: Path, engine: str) -> Iterator[Desktop]:
    """Start the screen, the bus, the window manager and the input method; all of them end with the context."""
    running: list[subprocess.Popen[str]] = []
    prefix = _prefix(engine)
    try:
        display = _screen(running)
        environment = _environment(folder, engine, display)
        made = Desktop(environment, prefix)
        bus = made.start("dbus-daemon", "--session", "--nofork", "--print-address=1", **_SILENT | _TELLING)
        running.append(bus)
        assert bus.stdout is not None, "it was asked for"
        environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        running.append(made.start("openbox", **_SILENT))
        running.append(made.start("ibus-daemon", "--replace", "--config=disable", **_SILENT))
        yield made
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait(20)
            if process.stdout is not None:
                process.stdout.close()
        _end_what_stayed(folder)


_SILENT = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
_TELLING = {"stdout": subprocess.PIPE}


def _prefix(engine: str) -> tuple[str, ...]:
    return _AS_SOMEBODY if engine == "mozc-jp" and os.geteuid() == 0 else ()


def _screen(running: list[subprocess.Popen[str]]) -> str:
    """Start a screen; its number is whichever is free."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", _SCREEN, "-nolisten", "tcp"]
    running.append(subprocess.Popen(command, pass_fds=[writing], text=True, **_SILENT))
    os.close(writing)
    with os.fdopen(reading) as told:
        return f":{told.readline().strip()}"


def _environment(folder: Path, engine: str, display: str) -> dict[str, str]:
    """Tell an environment in which nothing of the person who tests is read or written."""
    settings = folder / ".config" / "glib-2.0" / "settings"
    for made in (settings, folder / ".config" / "mozc", folder / "run"):
        made.mkdir(parents=True)
    (folder / "run").chmod(0o700)
    (settings / "keyfile").write_text(_PRELOAD.format(engine=engine), encoding="utf-8")
    (folder / ".config" / "mozc" / "ibus_config.textproto").write_text(_ACTIVE_MOZC, encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "DBUS_", "QT_", "GTK_"))}
    # The engines are written for the Python of the system, which is to be found before any other.
    return {
        **kept,
        "PATH": os.pathsep.join(["/usr/sbin", "/usr/bin", "/sbin", "/bin"]),
        "DISPLAY": display,
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / ".config"),
        "XDG_CACHE_HOME": str(folder / ".cache"),
        "XDG_DATA_HOME": str(folder / ".local"),
        "XDG_RUNTIME_DIR": str(folder / "run"),
        "GSETTINGS_BACKEND": "keyfile",
        "NO_AT_BRIDGE": "1",
        "QT_QPA_PLATFORM": "xcb",
        "QT_IM_MODULE": "ibus",
        "LANG": "C.UTF-8",
    }


def _end_what_stayed(folder: Path) -> None:
    """End what an engine put into the background; it is known by its home."""
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            with suppress(OSError):
                if f"HOME={folder}".encode() in (place / "environ").read_bytes().split(b"\0"):
                    os.kill(int(place.name), signal.SIGKILL)

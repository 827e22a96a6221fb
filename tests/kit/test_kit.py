"""The kit that PyInstaller builds: it has no code for a network, and its two programs do their work."""

import importlib.metadata
import importlib.util
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from hyoka_desktop import __version__
from hyoka_desktop.paths import resource
from hyoka_desktop.store.engine import sqlite3

REPOSITORY = Path(__file__).resolve().parents[2]
SUFFIX = ".exe" if sys.platform == "win32" else ""
WINDOWED, CONSOLE = f"hyoka_desktop{SUFFIX}", f"hyoka-desktop{SUFFIX}"
NETWORK_FILE = re.compile(
    r"socket|_ssl|libssl|libcrypto|network|/tls/|qt6(qml|quick|pdf)|gssapi|krb5|avahi|gnutls", re.IGNORECASE
)
OTHER_TOOLKIT = re.compile(r"lib(gtk|gdk|gio|atk|pango|cairo|p11-kit|nettle|readline)|eglfs|linuxfb", re.IGNORECASE)
NETWORK_MODULES = {"socket", "_socket", "ssl", "_ssl", "multiprocessing", "asyncio", "PySide6.QtNetwork"}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("kit"),
    pytest.mark.skipif(importlib.util.find_spec("PyInstaller") is None, reason="PyInstaller is not installed"),
]


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the kit once and tell its folder."""
    folder = tmp_path_factory.mktemp("kit")
    built = subprocess.run(
        [
            *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"),
            *("--distpath", str(folder / "dist"), "--workpath", str(folder / "build")),
            str(REPOSITORY / "build_installer.spec"),
        ],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if "Python library not found" in built.stderr or "objdump" in built.stderr:
        pytest.skip(f"PyInstaller lacks a part of the system: {built.stderr.splitlines()[-1]}")
    assert built.returncode == 0, built.stderr
    return folder / "dist" / "hyoka_desktop"


def test_no_file_of_the_kit_is_there_for_a_network(kit: Path) -> None:
    names = [path.relative_to(kit).as_posix() for path in kit.rglob("*") if path.is_file()]
    assert len(names) > 100
    assert [name for name in names if NETWORK_FILE.search(name)] == []


@pytest.mark.parametrize("program", [WINDOWED, CONSOLE])
def test_no_module_in_its_archives_is_there_for_a_network(kit: Path, program: str) -> None:
    modules = set(_packed_modules(kit, kit / program))
    assert "hyoka_desktop.cli" in modules
    assert not modules & NETWORK_MODULES
    assert not [name for name in modules if name.startswith(("multiprocessing.", "asyncio."))]


def test_its_reports_are_written_by_the_sqlite_that_the_tests_use(kit: Path, tmp_path: Path) -> None:
    made = _run(kit / CONSOLE, "import", *_sample_sources(), "-o", "report.hyoka", folder=tmp_path)
    assert made.returncode == 0, made.stderr
    writer = int.from_bytes((tmp_path / "report.hyoka").read_bytes()[96:100], "big")
    major, minor, patch = sqlite3.sqlite_version_info
    assert writer == major * 1_000_000 + minor * 1_000 + patch


def test_it_brings_no_library_of_another_toolkit(kit: Path) -> None:
    names = [path.relative_to(kit).as_posix() for path in kit.rglob("*")]
    assert [name for name in names if OTHER_TOOLKIT.search(name)] == []


def test_it_brings_the_licence_of_each_package_in_it(kit: Path) -> None:
    folder = kit / "_internal" / "licences"
    there = {path.name.rpartition("-")[0] for path in folder.iterdir() if any(path.iterdir())}
    assert {"sqlite-utils", "pysqlite3", "reportlab", "python-docx", "lxml", "openpyxl", "uharfbuzz", "regex"} <= there
    packed = {name.partition(".")[0] for name in _packed_modules(kit, kit / CONSOLE)}
    providers = importlib.metadata.packages_distributions()
    packages = {name for module in packed for name in providers.get(module, ())}
    ours, of_qt = {"hyoka-desktop"}, {"PySide6_Essentials", "shiboken6"}
    assert packages - there - ours == of_qt, "theirs are among the resources"


def test_it_carries_forms_fonts_and_licences(kit: Path) -> None:
    package = kit / "_internal" / "hyoka_desktop"
    for folder in ("forms", "resources"):
        ours = {path.relative_to(REPOSITORY / folder) for path in (REPOSITORY / folder).rglob("*") if path.is_file()}
        theirs = package / f"_{folder}"
        assert {path.relative_to(theirs) for path in theirs.rglob("*") if path.is_file()} == ours
    assert (kit / "_internal" / "LICENSE").is_file()
    licences = package / "_resources" / "licences"
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (licences / "LGPL-3.0.txt").read_text(encoding="utf-8")
    assert "GNU GENERAL PUBLIC LICENSE" in (licences / "GPL-3.0.txt").read_text(encoding="utf-8")
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in (licences / "Python.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("program", [WINDOWED, CONSOLE])
def test_its_programs_tell_the_version(kit: Path, program: str, tmp_path: Path) -> None:
    done = _run(kit / program, "--version", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    if program == CONSOLE or sys.platform != "win32":
        assert done.stdout.strip() == f"hyoka-desktop {__version__}"


def test_a_report_goes_in_and_comes_out_as_word_and_pdf(kit: Path, tmp_path: Path) -> None:
    made = _run(kit / CONSOLE, "import", *_sample_sources(), "-o", "report.hyoka", folder=tmp_path)
    assert made.returncode == 0, made.stderr
    written = _run(
        kit / CONSOLE, "export", "report.hyoka", "--docx", "report.docx", "--pdf", "report.pdf", folder=tmp_path
    )
    assert written.returncode == 0, written.stderr
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")
    assert zipfile.is_zipfile(tmp_path / "report.docx")


@pytest.mark.skipif(sys.platform == "win32", reason="a window would open there and stay")
def test_its_window_starts_without_a_screen_and_quits(kit: Path, tmp_path: Path) -> None:
    done = _run(kit / WINDOWED, "demo", "--out", "demo", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "demo" / "window.png").read_bytes().startswith(b"\x89PNG")


def _sample_sources() -> list[str]:
    return [str(path) for path in sorted(resource("sample").glob("*.json"))]


def _packed_modules(kit: Path, program: Path) -> Iterator[str]:
    """Tell the modules that are packed into a program and into the folder's own library."""
    from PyInstaller.archive.readers import CArchiveReader  # noqa: PLC0415 - only where it is installed

    archive = CArchiveReader(str(program))
    for name, entry in archive.toc.items():
        if entry[-1] == "z":
            yield from archive.open_embedded_archive(name).toc
    with zipfile.ZipFile(kit / "_internal" / "base_library.zip") as library:
        yield from (
            name.removesuffix(".pyc").replace("/", ".").removesuffix(".__init__") for name in library.namelist()
        )


def _run(program: Path, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program of the kit as on a machine that has neither a screen nor Python."""
    unwanted = {"DISPLAY", "WAYLAND_DISPLAY", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    environment = {name: value for name, value in os.environ.items() if name not in unwanted}
    return subprocess.run(
        [str(program), *arguments],
        cwd=folder,
        env={**environment, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=120,
        check=False,
    )

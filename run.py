"""Set up and run hyoka_desktop from a checkout; needs Python 3.11 or newer and nothing else.

`python3 run.py` shows the program, `python3 run.py test` checks it; `python3 run.py --help` names the rest. The first
run makes `.venv` beside this script, later ones find it ready. On Debian and Ubuntu, as root, missing system packages
are installed; anyone else is told the line to run.
"""

from __future__ import annotations

import ctypes.util
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PROJECT = ROOT / "pyproject.toml"
CONSTRAINTS = ROOT / ".ci" / "constraints.txt"
PEERS = ROOT / "tests" / "benchmarks" / "peers.txt"
WINDOWS = sys.platform == "win32"
LINUX = sys.platform.startswith("linux")
WRONG_USE = 2
INTERRUPTED = 130
NO_TESTS = 5
"""What pytest ends with where no test was chosen."""

USAGE = """\
python3 run.py [demo]        見本の評価書を作って開く / make the sample report and open it
python3 run.py test [ARGS]   すべての検査 (ARGS は pytest へ; --slow で遅い試験も) / all checks
python3 run.py bench         速さの比較 / compare the speed
python3 run.py kit           配布用の一式を dist に作る / build the kit in dist
python3 run.py pictures      画面の画像を作る / take pictures of the window
python3 run.py figures       安全の数値を目標と並べて出す (R1 … --full) / the figures of safety beside their targets
python3 run.py help-pictures 使い方のページの画像を作り直す / take the pictures of the help anew
python3 run.py mutants       試験が誤りに気付くか測る / measure whether the tests notice faults"""

QT_LIBRARIES = (
    *("libdbus-1-3", "libegl1", "libfontconfig1", "libgl1", "libglib2.0-0", "libxkbcommon0", "libxkbcommon-x11-0"),
    *("libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-render-util0"),
    *("libxcb-shape0", "libxcb-xinerama0"),
)
TEST_PROGRAMS = {
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "xauth": "xauth",
    "pdftotext": "poppler-utils",
    "qpdf": "qpdf",
    "soffice": "libreoffice-writer-nogui",
    "java": "default-jre-headless",
}
SHARE_PROGRAMS = {"smbd": "samba", "smbnetfs": "smbnetfs"}
INPUT_METHOD_FILES = {
    "/usr/bin/openbox": "openbox",
    "/usr/bin/dbus-daemon": "dbus",
    "/usr/bin/ibus-daemon": "ibus",
    "/usr/share/ibus/component/anthy.xml": "ibus-anthy",
    "/usr/share/ibus/component/mozc.xml": "ibus-mozc",
}
TEST_FILES = {
    "/usr/lib/libreoffice/program/libsclo.so": "libreoffice-calc-nogui",
    "/usr/share/java/preflight.jar": "libpdfbox2-java",
    "/usr/share/java/javax.activation.jar": "libactivation-java",
    "/usr/share/java/jaxb-api.jar": "libjaxb-api-java",
}
READY = VENV / "ready"
START_QT = "from PySide6.QtWidgets import QApplication; QApplication([])"
SLOW_PATIENCE = ("-o", "faulthandler_timeout=3600")
"""A slow test may take so many seconds; pyproject.toml says how long the others may."""
COVERAGE = ("--cov=hyoka_desktop", "--cov-branch", "--cov-report=term")
"""It more than doubles the time of the tests (measured: 36 s and 82 s), so the everyday run does without."""
LOAD_SHARED_PYTHON = """\
import ctypes, sysconfig
if sysconfig.get_config_var("Py_ENABLE_SHARED"):
    ctypes.CDLL(sysconfig.get_config_var("INSTSONAME"))"""


class Stopped(Exception):
    """Say in Japanese and in English why the script cannot go on."""

    def __init__(self, japanese: str, english: str) -> None:
        super().__init__(f"{japanese}\n{english}")


class Command(NamedTuple):
    """Say what a command does and what it needs: extras of the project, more requirements, system packages.

    `lacking` tells the system packages that are not there; the command does less without them. `on_screen` is set where
    it opens a window for a person, if there is a screen.
    """

    action: Callable[[Sequence[str]], int]
    extras: str = ""
    requirements: Path | None = None
    lacking: Callable[[], list[str]] = list
    on_screen: bool = False


class Step(NamedTuple):
    """Hold one check: its name and its command line."""

    name: str
    arguments: Sequence[str]


def main(arguments: Sequence[str]) -> int:
    """Run one command and tell its exit code."""
    _make_output_safe()
    try:
        _require_python()
        return _run(arguments)
    except Stopped as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def _make_output_safe() -> None:
    """Let a console that cannot show Japanese show question marks."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _require_python() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - this script is what tells people so
        found = ".".join(map(str, sys.version_info[:2]))
        raise Stopped(
            f"Python 3.11 以上が必要です (これは {found})。例: python3.11 run.py",
            f"Python 3.11 or newer is needed (this is {found}), for example: python3.11 run.py",
        )


def _run(arguments: Sequence[str]) -> int:
    name = arguments[0] if arguments else "demo"
    if name in {"-h", "--help", "help"}:
        print(USAGE)
        return 0
    command = COMMANDS.get(name)
    if command is None:
        print(USAGE, file=sys.stderr)
        return WRONG_USE
    rest = list(arguments[1:])
    if name == "test" and "--slow" in rest:
        name, command = SLOW_TEST, COMMANDS[SLOW_TEST]
    _prepare(name, command)
    return command.action(rest)


# What the commands do


def _demo(arguments: Sequence[str]) -> int:
    wanted = list(arguments) or ["--out", str(ROOT / "hyoka-demo")]
    return subprocess.run([_program("hyoka-desktop"), "demo", *wanted], check=False).returncode


def _test(arguments: Sequence[str]) -> int:
    """Run every check, the tests last, so that their summary closes the output."""
    python = str(_python())
    earlier = (
        Step("ruff check", [python, "-m", "ruff", "check", "."]),
        Step("ruff format --check", [python, "-m", "ruff", "format", "--check", "."]),
        Step("mypy", [python, "-m", "mypy"]),
    )
    failed = [step.name for step in earlier if not _passes(step)]
    coverage, patience = (COVERAGE, SLOW_PATIENCE) if "--slow" in arguments else ((), ())
    alone = Step(
        "pytest: what measures time", [python, "-m", "pytest", "-m", "alone", "-n", "0", *patience, *arguments]
    )
    if not _passes(alone, NO_TESTS):
        failed.append(alone.name)
    # Where a worker crashed, xdist's loadgroup waits for ever for what it had in hand; so a crash ends the run.
    parallel = ["-n", "2", "--dist=loadgroup", "--max-worker-restart=0", "-m", "not alone"]
    tests = Step("pytest", [python, "-m", "pytest", *parallel, *coverage, *patience, *arguments])
    if failed:
        print(_failure_line(failed), flush=True)
        _run_with_note(tests, _failure_line(failed))
        return 1
    return 0 if _passes(tests) else 1


def _bench(arguments: Sequence[str]) -> int:
    return _module("tests.benchmarks", arguments)


def _kit(arguments: Sequence[str]) -> int:
    lacking = _lacking_for_kit()
    if lacking:
        _require_packages(lacking)
    folders = ["--distpath", str(ROOT / "dist"), "--workpath", str(ROOT / "build")]
    spec = str(ROOT / "build_installer.spec")
    return _module("PyInstaller", ["--noconfirm", "--log-level", "WARN", *folders, *arguments, spec])


def _pictures(arguments: Sequence[str]) -> int:
    return _module("tests.pictures", arguments or [str(ROOT / "artifacts" / "pictures")])


def _figures(arguments: Sequence[str]) -> int:
    return _module("tests.figures", arguments)


def _help_pictures(arguments: Sequence[str]) -> int:
    return _module("tests.help_pictures", arguments)


def _mutants(arguments: Sequence[str]) -> int:
    return _module("tests.mutants", arguments)


def _module(name: str, arguments: Sequence[str]) -> int:
    return subprocess.run([str(_python()), "-m", name, *arguments], cwd=ROOT, env=_offscreen(), check=False).returncode


def _passes(step: Step, *also: int) -> bool:
    """Run a step; tell whether it ended well, or with one of some other codes."""
    print(f"── {step.name}", flush=True)
    return subprocess.run(step.arguments, cwd=ROOT, env=_offscreen(), check=False).returncode in {0, *also}


def _run_with_note(step: Step, note: str) -> None:
    """Run a step and put a line before the last one that it prints."""
    print(f"── {step.name}", flush=True)
    with subprocess.Popen(
        step.arguments, cwd=ROOT, env=_offscreen(), stdout=subprocess.PIPE, encoding="utf-8", errors="replace"
    ) as process:
        assert process.stdout is not None, "it was asked for"
        held = ""
        for line in process.stdout:
            print(held, end="", flush=True)
            held = line
        print(note)
        print(held, end="", flush=True)


def _failure_line(failed: Sequence[str]) -> str:
    return f"✗ 失敗 / failed: {', '.join(failed)}"


def _offscreen() -> dict[str, str]:
    """Tell an environment in which Qt needs no screen."""
    return {"QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8", **os.environ}


# The virtual environment


def _prepare(name: str, command: Command) -> None:
    pins = _pins()
    ready = _ready_commands(pins)
    if name not in ready:
        _make_venv()
        READY.unlink(missing_ok=True)
        _install(command)
        _require_qt(dict(os.environ) if command.on_screen and _has_screen() else _offscreen())
        READY.write_text("\n".join([pins, *ready, name]), encoding="utf-8")
    _offer_packages(command.lacking())


def _ready_commands(pins: str) -> list[str]:
    """Tell which commands the environment has been made ready for, under the same pins."""
    lines = READY.read_text(encoding="utf-8").splitlines() if READY.is_file() and _python().is_file() else []
    return lines[1:] if lines[:1] == [pins] else []


def _pins() -> str:
    """Stand for all that decides what is installed, and where."""
    digest = hashlib.sha256(f"{sys.version} {ROOT}".encode())
    for path in (PROJECT, CONSTRAINTS, PEERS):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _make_venv() -> None:
    if _works([str(_python()), "-c", f"import pip, sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"]):
        return
    if VENV.exists() and not (VENV / "pyvenv.cfg").is_file() and any(VENV.iterdir()):
        raise Stopped(
            f"{VENV} は仮想環境ではありません。移動してください。", f"{VENV} is no virtual environment; move it away."
        )
    _require_ensurepip()
    _tell("環境を作ります (初回のみ、数分) / making the environment (once, some minutes)")
    if not _works([sys.executable, "-m", "venv", "--clear", str(VENV)], quiet=False):
        raise Stopped(f"{VENV} を作れません。", f"{VENV} cannot be made.")


def _install(command: Command) -> None:
    """Install the pinned build first, so that nothing comes from outside the constraints."""
    project = f"{ROOT}[{command.extras}]" if command.extras else str(ROOT)
    more = ["-r", str(command.requirements)] if command.requirements else []
    _pip(["hatchling", "editables"])
    _pip(["--no-build-isolation", "-e", project, *more])


def _pip(arguments: Sequence[str]) -> None:
    pip = [str(_python()), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    if not _works([*pip, "--constraint", str(CONSTRAINTS), *arguments], quiet=False):
        raise Stopped(
            "部品を入れられません (上の行が理由)。通信とディスクの空きを確かめて、もう一度実行してください。",
            "pip failed (see above). Check network and disk, then run this again.",
        )


def _python() -> Path:
    return VENV / "Scripts" / "python.exe" if WINDOWS else VENV / "bin" / "python"


def _program(name: str) -> str:
    return str(_python().with_name(f"{name}.exe" if WINDOWS else name))


def _works(arguments: Sequence[str], *, quiet: bool = True) -> bool:
    output = subprocess.DEVNULL if quiet else None
    try:
        return subprocess.run(arguments, cwd=ROOT, stdout=output, stderr=output, check=False).returncode == 0
    except OSError:
        return False


# What the system must have


def _require_ensurepip() -> None:
    if not _has_ensurepip():
        _require_packages([f"python3.{sys.version_info.minor}-venv", *QT_LIBRARIES])
        importlib.invalidate_caches()
        if not _has_ensurepip():
            raise Stopped("Python に venv がありません。", "This Python has no venv module.")


def _has_ensurepip() -> bool:
    return all(importlib.util.find_spec(name) is not None for name in ("venv", "ensurepip"))


def _require_qt(environment: Mapping[str, str]) -> None:
    """See whether Qt starts; on Debian install what it lacks."""
    fault = _qt_fault(environment)
    if fault and LINUX:
        _require_packages(QT_LIBRARIES)
        fault = _qt_fault(environment)
    if fault:
        raise Stopped(f"Qt が動きません: {fault}", f"Qt does not start: {fault}")


def _qt_fault(environment: Mapping[str, str]) -> str:
    """Tell what Qt complains of, empty where it starts."""
    tried = subprocess.run(
        [str(_python()), "-c", START_QT],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    lines = [line for line in tried.stderr.splitlines() if line.strip()]
    return "" if tried.returncode == 0 else (lines[-1] if lines else f"exit code {tried.returncode}")


def _has_screen() -> bool:
    return not LINUX or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _lacking_for_tests() -> list[str]:
    """Newer Java lacks two libraries that the PDF/A validator uses."""
    if not LINUX:
        return []
    programs = [package for program, package in TEST_PROGRAMS.items() if shutil.which(program) is None]
    return programs + [package for file, package in TEST_FILES.items() if not Path(file).is_file()]


def _lacking_for_share() -> list[str]:
    """A server for a share on loopback; where services start by themselves, installing one would open it to others."""
    if not LINUX or Path("/run/systemd/system").is_dir():
        return []
    return [package for program, package in SHARE_PROGRAMS.items() if shutil.which(program) is None]


def _lacking_for_input_method() -> list[str]:
    """A desktop with a Japanese input method, for the tests that type as a person does."""
    if not LINUX:
        return []
    libraries = [] if ctypes.util.find_library("xcb-cursor") else list(QT_LIBRARIES)
    return libraries + [package for file, package in INPUT_METHOD_FILES.items() if not Path(file).is_file()]


def _lacking_for_slow_tests() -> list[str]:
    return _lacking_for_tests() + _lacking_for_share() + _lacking_for_input_method() + _lacking_for_kit()


def _lacking_for_kit() -> list[str]:
    """PyInstaller reads libraries with objdump and packs Python's own, which Debian keeps in a package apart."""
    if not LINUX:
        return []
    tools = [] if shutil.which("objdump") else ["binutils"]
    shared = [] if _works([str(_python()), "-c", LOAD_SHARED_PYTHON]) else [f"libpython3.{sys.version_info.minor}"]
    return tools + shared


def _offer_packages(packages: Sequence[str]) -> None:
    """Install what some tests use, or name it: those tests skip without."""
    if not packages or (_may_install() and _apt_install(packages)):
        return
    _tell(f"一部の試験を省きます。全部行うには / some tests will be skipped; for all of them: {_apt_line(packages)}")


def _require_packages(packages: Sequence[str]) -> None:
    if _may_install() and _apt_install(packages):
        return
    if shutil.which("apt-get") is None:
        raise Stopped(
            f"次のもの (Debian での名) を入れてから、もう一度実行してください: {' '.join(packages)}",
            "Install these (by their names in Debian), then run this again.",
        )
    raise Stopped(
        "次の行を実行してから、もう一度実行してください。",
        f"Run the next line, then this again.\n{_apt_line(packages)}",
    )


def _may_install() -> bool:
    return LINUX and shutil.which("apt-get") is not None and os.geteuid() == 0


def _apt_line(packages: Sequence[str]) -> str:
    sudo = "sudo " if shutil.which("sudo") else ""
    return f"{sudo}apt-get install -y --no-install-recommends {' '.join(packages)}"


def _apt_install(packages: Sequence[str]) -> bool:
    _tell(f"システムの部品を入れます / installing system packages: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    for line in (["apt-get", "update", "-qq"], install):
        done = subprocess.run(
            line, env=environment, capture_output=True, encoding="utf-8", errors="replace", check=False
        )
    if done.returncode != 0:
        _tell(done.stderr.strip() or "apt-get failed")
    return done.returncode == 0


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


SLOW_TEST = "test --slow"
COMMANDS: Mapping[str, Command] = {
    "demo": Command(_demo, on_screen=True),
    "test": Command(_test, "dev", None, _lacking_for_tests),
    SLOW_TEST: Command(_test, "dev,kit", None, _lacking_for_slow_tests),
    "bench": Command(_bench, "dev", PEERS),
    "kit": Command(_kit, "kit"),
    "pictures": Command(_pictures, "dev"),
    "figures": Command(_figures, "dev"),
    "help-pictures": Command(_help_pictures, "dev"),
    "mutants": Command(_mutants, "dev"),
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The table of allowed imports of the architecture, enforced on every import in the source, lazy ones too."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

PACKAGE: Final = Path(__file__).resolve().parents[2] / "hyoka_desktop"
NAME: Final = "hyoka_desktop"
LIBRARIES = {"errors", "domain", "formdef", "text"}
CORE = {*LIBRARIES, "paths", "store", "checks", "document", "compose", "typeset", "writers", "exchange"}
OURS: Final = {
    "__init__": set(),
    "errors": set(),
    "garbage": set(),
    "paths": set(),
    "messages": {"errors"},
    "domain": {"errors"},
    "text": {"errors"},
    "formdef": {"errors", "domain"},
    "store": {"errors", "domain"},
    "checks": LIBRARIES,
    "document": {"errors"},
    "compose": {*LIBRARIES, "document", "checks", "garbage"},
    "typeset": {"errors", "document", "garbage"},
    "writers": {"errors", "document", "typeset", "garbage"},
    "exchange": LIBRARIES,
    "services": CORE | {"messages"},
    "ui": {"errors", "messages", "domain", "formdef", "typeset", "services"},
    "app": CORE | {"messages", "services", "ui", "__init__"},
    "console": set(),
    "cli_circulation": CORE | {"messages", "services", "console"},
    "cli": CORE | {"messages", "services", "ui", "app", "garbage", "__init__", "console", "cli_circulation"},
    "__main__": {"cli"},
}
"""Which parts of ours a part may import; every part may import itself."""
THIRD_PARTIES: Final = {
    "text": {"regex"},
    "store": {"sqlite_utils", "pysqlite3"},
    "typeset": {"uharfbuzz"},
    "writers": {"docx", "lxml", "reportlab", "uharfbuzz", "openpyxl"},
    "exchange": {"docx", "lxml", "openpyxl"},
    "ui": {"PySide6", "shiboken6"},
    "app": {"PySide6"},
}
FORBIDDEN: Final = {
    "socket",
    "ssl",
    "_socket",
    "_ssl",
    "multiprocessing",
    "asyncio",
    "logging.handlers",
    "urllib.request",
    "importlib.metadata",
    "getpass",
    "platform",
    "http",
    "ftplib",
    "smtplib",
    "socketserver",
    "xmlrpc",
    "PySide6.QtNetwork",
}
LONGEST_MODULE: Final = 400
MODULES = sorted(PACKAGE.rglob("*.py"))
IDS = [str(path.relative_to(PACKAGE)) for path in MODULES]


def imports_of(path: Path) -> list[tuple[str, int]]:
    """Tell every module that a file imports, as `a.b` for `from a import b` too, with the line."""
    found: list[tuple[str, int]] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import hides what it imports"
            found += [(f"{node.module}.{alias.name}", node.lineno) for alias in node.names]
        elif isinstance(node, ast.Call) and _called(node) in {"__import__", "import_module"}:
            found += [(str(a.value), node.lineno) for a in node.args[:1] if isinstance(a, ast.Constant)]
    return found


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def part_of(path: Path) -> str:
    """Tell the part of the architecture that a file belongs to."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported_part(module: str) -> str:
    steps = module.split(".")
    known = len(steps) > 1 and ((PACKAGE / steps[1]).is_dir() or (PACKAGE / f"{steps[1]}.py").is_file())
    return steps[1] if known else "__init__"


def test_the_table_knows_every_part_of_the_package() -> None:
    assert {part_of(path) for path in MODULES} <= set(OURS)


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_a_module_imports_only_the_parts_below_it(path: Path) -> None:
    part = part_of(path)
    wrong = [
        f"{path.name}:{line} imports {module}"
        for module, line in imports_of(path)
        if module.split(".")[0] == NAME and imported_part(module) not in OURS[part] | {part}
    ]
    assert wrong == []


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_a_module_imports_only_the_third_parties_of_its_part(path: Path) -> None:
    allowed = {NAME, *sys.stdlib_module_names, *THIRD_PARTIES.get(part_of(path), set())}
    wrong = [
        f"{path.name}:{line} imports {module}"
        for module, line in imports_of(path)
        if module.split(".")[0] not in allowed
    ]
    assert wrong == []


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_a_module_imports_nothing_of_the_network_nor_of_one_system_alone(path: Path) -> None:
    wrong = [
        f"{path.name}:{line} imports {module}"
        for module, line in imports_of(path)
        if any(module == banned or module.startswith(f"{banned}.") for banned in FORBIDDEN)
    ]
    assert wrong == []


def test_qt_is_imported_by_ui_and_app_alone() -> None:
    importers = {
        part_of(path)
        for path in MODULES
        for module, _ in imports_of(path)
        if module.split(".")[0].startswith(("PySide", "shiboken"))
    }
    assert importers <= {"ui", "app"}


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_a_module_stays_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


_IMPORT_ALL = """
import importlib, sys
for name in ("fcntl", "pwd", "grp", "resource", "termios"):
    sys.modules[name] = None
for module in sys.argv[1:]:
    importlib.import_module(module)
print(*sorted(name for name, module in sys.modules.items() if module is not None))
"""
NETWORK: Final = {
    *("socket", "ssl", "asyncio", "multiprocessing", "urllib.request", "http", "http.client", "ftplib", "smtplib"),
    *("socketserver", "xmlrpc", "xmlrpc.client"),
}
WINDOWLESS: Final = [
    ".".join((NAME, *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
    for path in MODULES
    if part_of(path) not in {"ui", "app", "__main__"}
]


def loaded_with(modules: list[str]) -> set[str]:
    """Tell all modules that a new process has after importing these, where those of Unix alone are missing."""
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    run = subprocess.run(
        [sys.executable, "-c", _IMPORT_ALL, *modules], capture_output=True, text=True, check=False, env=environment
    )
    assert run.stderr == ""
    return set(run.stdout.split())


def test_everything_but_the_window_can_be_imported_without_qt_and_without_a_network() -> None:
    """Also what the libraries import by themselves, and what openpyxl imports when it saves."""
    loaded = loaded_with([*WINDOWLESS, "openpyxl.packaging.extended"])
    assert f"{NAME}.writers.xlsx" in loaded
    assert "PySide6" not in loaded, "Qt came in without the window"
    assert loaded & NETWORK == set()


def test_openpyxl_which_is_slow_to_import_comes_in_with_a_workbook_alone() -> None:
    loaded = loaded_with([module for module in WINDOWLESS if not module.startswith(f"{NAME}.writers.xlsx")])
    assert f"{NAME}.services.export" in loaded
    assert not {module for module in loaded if module.split(".")[0] == "openpyxl"}


JAPANESE = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u3005\u3400-\u4dbf\u4e00-\u9fff]")
"""Letters only: marks such as the middle dot that joins a list are no words."""
WHERE_JAPANESE_IS_DATA: Final = {
    "messages": "the sentences for users",
    "domain/era.py": "names of eras and the writing of dates",
    "domain/measuring.py": "the words of directions that forms offer",
    "domain/quantity.py": "words and scales of quantities",
    "text/markers.py": "marks at the head of list items",
    "typeset/clusters.py": "pairs of JIS X 0213",
    "text/lists.py": "series by which lists are numbered",
    "text/words.py": "kinds of characters that words are made of",
    "domain/livevalues.py": "the words of a live value, which a person may type",
    "typeset/linebreak.py": "kinsoku sets",
    "typeset/spacing.py": "classes of characters",
    "writers/docx_styles.py": "names of styles and kinsoku sets in Word",
    "writers/xlsx_names.py": "a name that Excel keeps for itself",
}


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_japanese_for_users_stands_in_messages_and_forms_alone(path: Path) -> None:
    relative = path.relative_to(PACKAGE).as_posix()
    if relative in WHERE_JAPANESE_IS_DATA or relative.split("/")[0] in WHERE_JAPANESE_IS_DATA:
        return
    assert japanese_literals(path) == []


def japanese_literals(path: Path) -> list[str]:
    """Tell the string literals with Japanese in them, docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        f"{path.name}:{node.lineno} {node.value!r}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and JAPANESE.search(node.value)
        and id(node) not in documentation
    ]


@pytest.mark.parametrize("name", [name for name in WHERE_JAPANESE_IS_DATA if name.endswith(".py")])
def test_the_list_of_exceptions_holds_no_module_without_japanese(name: str) -> None:
    assert japanese_literals(PACKAGE / name) != []

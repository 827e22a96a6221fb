"""No label, message or tooltip of the window may guess that a text is markup: what is made says that it is plain."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

UI: Final = Path(__file__).resolve().parents[2] / "hyoka_desktop" / "ui"
MODULES: Final = sorted(UI.rglob("*.py"))
IDS: Final = [path.relative_to(UI).as_posix() for path in MODULES]
GUESSING: Final = {"QLabel", "QMessageBox"}
TIPS: Final = {"setToolTip", "setTabToolTip", "setStatusTip", "setWhatsThis"}
SAFE: Final = {"plain_tip", "explanation_tip", "word", "action_text"}
"""What makes a tip: data go through `plain_tip`; the others tell words of our own."""


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _calls(node: ast.AST) -> Iterator[ast.Call]:
    return (found for found in ast.walk(node) if isinstance(found, ast.Call))


def guessing_functions(source: str) -> list[str]:
    """Tell the functions that make a label or a message and do not say that its text is plain."""
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    return [
        f"{function.name}:{function.lineno}"
        for function in functions
        if {_name(call) for call in _calls(function)} & GUESSING
        and "setTextFormat" not in {_name(call) for call in _calls(function)}
        and not all(_tells_words(call) for call in _calls(function) if _name(call) in GUESSING)
    ]


def _tells_words(call: ast.Call) -> bool:
    """Tell whether a label shows nothing but fixed words of ours."""
    return bool(call.args) and isinstance(call.args[0], ast.Call) and _name(call.args[0]) == "word"


def guessing_tips(source: str) -> list[int]:
    """Tell the lines that give a tooltip a text which may hold data as it is."""
    return [
        call.lineno
        for call in _calls(ast.parse(source))
        if _name(call) in TIPS and isinstance(call.args[-1], ast.Call) and _name(call.args[-1]) not in SAFE | {"text"}
    ]


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_whatever_shows_text_says_that_it_is_plain(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert guessing_functions(source) == []
    assert guessing_tips(source) == []


def test_a_label_that_guesses_is_found() -> None:
    assert guessing_functions("def show(text):\n    return QLabel(text)") == ["show:1"]
    assert guessing_functions("def show(text):\n    label = QLabel(text)\n    label.setTextFormat(PLAIN)") == []
    assert guessing_tips("label.setToolTip(describe(node))") == [1]
    assert guessing_tips("label.setToolTip(plain_tip(node))") == []

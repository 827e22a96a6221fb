"""Every error that the package raises can be said in Japanese, in three whole parts."""

import ast
import re
from pathlib import Path

import pytest

import hyoka_desktop
from hyoka_desktop.errors import HyokaError, InputError
from hyoka_desktop.messages import commandline
from hyoka_desktop.messages import errors as catalogue
from hyoka_desktop.messages.errors import error_codes, message_of
from hyoka_desktop.services.files import _code_of as code_of_export
from hyoka_desktop.store.faults import _CODES
from hyoka_desktop.text.normaliser import Oddity

PACKAGE = Path(hyoka_desktop.__file__).parent
_RAISED = {"InputError", "WorldError"}
_COMPOSED = {"refused": "form_", "_refuse": "json_", "_refused": "json_"}
JAPANESE = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")


def codes_in_source() -> dict[str, str]:
    """Collect the codes that stand literally in the source, with where."""
    found: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                for code in _codes_of(node):
                    found.setdefault(code, f"{path.relative_to(PACKAGE)}:{node.lineno}")
    return found


def _codes_of(call: ast.Call) -> list[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    texts = [
        argument.value
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]
    if name in _RAISED:
        return texts[:1]
    if name in _COMPOSED:
        place = 2 if isinstance(call.func, ast.Name) else 1
        why = call.args[place] if len(call.args) > place else None
        return [_COMPOSED[name] + str(why.value)] if isinstance(why, ast.Constant) else []
    return []


EXPORT_FAULTS = (
    OSError(28, ""),
    FileNotFoundError(2, ""),
    NotADirectoryError(20, ""),
    PermissionError(13, ""),
    OSError(5, ""),
)
CODES = {
    **codes_in_source(),
    **{code: "store/faults.py" for _, code in _CODES},
    **{code_of_export(fault, Path("x")): "services/files.py" for fault in EXPORT_FAULTS},
}


def test_the_source_is_read_at_all() -> None:
    assert {"file_newer", "form_unknown_font", "json_one_line", "json_unmatched", "disk_full"} <= set(CODES)
    assert len(CODES) > 50


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_code_that_is_raised_has_a_message(code: str) -> None:
    assert code in error_codes(), f"raised at {CODES[code]}"


@pytest.mark.parametrize("code", sorted(error_codes()))
def test_a_message_says_what_happened_what_is_safe_and_what_to_do(code: str) -> None:
    message = message_of(InputError(code))
    for part in (message.what, message.safe, message.do):
        assert part.endswith("。")
        assert JAPANESE.search(part)
        assert "\n" not in part
    assert message.line == message.what + message.safe + message.do


@pytest.mark.parametrize("code", sorted(error_codes()))
def test_a_message_survives_any_parameter(code: str) -> None:
    names = {name for part in catalogue._CATALOGUE[code] for name in re.findall(r"(?<!\{)\{(\w+)\}", part)}
    message = message_of(InputError(code, **dict.fromkeys(names, "{x}%s\n{0!r}")))
    assert "\n" not in message.line
    assert not names or "{x}%s {0!r}" in message.line


def test_a_code_that_nobody_raises_has_no_message_to_go_stale() -> None:
    assert sorted(error_codes() - set(CODES)) == []


def test_the_catalogue_asks_for_no_parameter_that_no_raiser_gives() -> None:
    given = _parameters_in_source()
    missing = {
        (code, name)
        for code in given
        if code in error_codes()
        for part in catalogue._CATALOGUE[code]
        for name in re.findall(r"(?<!\{)\{(\w+)\}", part)
        if name not in given[code]
    }
    assert missing == set()


def _parameters_in_source() -> dict[str, set[str]]:
    """Collect the parameters of errors whose code stands literally; only those that every raiser gives."""
    given: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in _RAISED and _codes_of(node):
                names = {keyword.arg or "" for keyword in node.keywords}
                code = _codes_of(node)[0]
                given[code] = given.get(code, names) & names
    for _, code in _CODES:
        given[code] = given.get(code, {"path"}) & {"path"}
    return given


def test_an_unknown_code_is_a_fault_of_ours() -> None:
    with pytest.raises(KeyError):
        message_of(HyokaError("no_such_code"))


def test_every_oddity_of_the_normaliser_has_a_word() -> None:
    assert set(commandline.ODDITIES) == {oddity.value for oddity in Oddity}


@pytest.mark.parametrize(
    ("complaint", "detail"),
    [
        ("the following arguments are required: FILE", "（FILE が必要です）"),
        ("unrecognized arguments: --x", "（--x は使えません）"),
        ("argument {demo}: invalid choice: 'x' (choose from 'demo')", "（「x」という命令はありません）"),
        ("argument --year: expected one argument", "（--year に値が必要です）"),
        ("something else", ""),
    ],
)
def test_what_argparse_complains_of_is_said_in_japanese(complaint: str, detail: str) -> None:
    assert commandline.wrong_use(complaint) == commandline.WRONG_USE.format(detail=detail)

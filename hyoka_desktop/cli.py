"""The command line: the same services as the window. With no command it opens the window."""

import argparse
import contextlib
import io
import json
import os
import sys
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NoReturn

from hyoka_desktop import __version__, cli_circulation
from hyoka_desktop.console import DONE, ENVIRONMENT, FINDINGS, WRONG_USE
from hyoka_desktop.console import complain as _complain
from hyoka_desktop.console import say as _say
from hyoka_desktop.domain import era
from hyoka_desktop.errors import Blame, HyokaError, InputError, WorldError
from hyoka_desktop.formdef.stored import read_form
from hyoka_desktop.garbage import collect_seldom
from hyoka_desktop.messages import commandline as words
from hyoka_desktop.messages.errors import message_of
from hyoka_desktop.messages.window import word
from hyoka_desktop.services import reports
from hyoka_desktop.services.backups import Reason, back_up, find_backups_of_file, places_of
from hyoka_desktop.services.checking import check_report
from hyoka_desktop.services.export import ExportRequest, export, items_named, prepare
from hyoka_desktop.services.files import make_folder, refuse_report, write_file
from hyoka_desktop.services.forms import add_form, find_form, installed_forms
from hyoka_desktop.services.outputsets import AS_FILLED, find_output_set, own_output_sets
from hyoka_desktop.services.recovery import examine, is_damage, recover, recovered_path, spoken_time, summary
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.store.faults import world_errors
from hyoka_desktop.store.scratch import sweep

_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2199
"""The years that the interchange format knows."""
_COMMANDS = (
    *("demo", "new", "import", "dump", "export", "check", "verify", "backup", "recover", "handout", "return", "merge"),
    "forms",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and tell its exit code; every foreseen fault is one Japanese line on the error output."""
    _make_output_safe()
    collect_seldom()
    given = list(sys.argv[1:] if arguments is None else arguments)
    sweep()
    try:
        parsed = _report_alone(given) or _parser().parse_args(given)
        action: Callable[[argparse.Namespace], int] = parsed.action
        code = action(parsed)
        sys.stdout.flush()
        return code
    except OSError as fault:
        return _output_fault(fault)
    except HyokaError as error:
        _complain(message_of(error).line)
        return ENVIRONMENT if error.blame is Blame.ENVIRONMENT else WRONG_USE


def _report_alone(given: Sequence[str]) -> argparse.Namespace | None:
    """Tell of a report that is named without any command, as a double click on it does."""
    if len(given) != 1 or Path(given[0]).suffix.lower() != ".hyoka" or given[0].startswith("-"):
        return None
    return argparse.Namespace(action=_open_window, file=Path(given[0]))


def _output_fault(fault: OSError) -> int:
    """End quietly where the reader of the output has gone, with one line where the output cannot be written."""
    with contextlib.suppress(OSError):
        # What is still buffered would be written once more at the end of the program.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(fault, BrokenPipeError):
        return ENVIRONMENT
    _complain(message_of(WorldError("output_failed")).line)
    return ENVIRONMENT


def _make_output_safe() -> None:
    """Let characters that the console cannot show (cp932) be replaced instead of ending the program.

    The windowed program of Windows has no output at all; nobody reads what it says.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, io.StringIO())
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


class _Parser(argparse.ArgumentParser):
    """Complain in Japanese."""

    def error(self, message: str) -> NoReturn:
        _complain(words.wrong_use(message))
        sys.exit(WRONG_USE)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="hyoka-desktop", description=words.HELP["program"], allow_abbrev=False)
    parser.add_argument(
        "--version", action="version", version=f"hyoka-desktop {__version__}", help=words.HELP["version"]
    )
    parser.set_defaults(action=_open_window, file=None)
    commands = parser.add_subparsers(metavar="|".join(_COMMANDS), parser_class=_Parser)
    for name, action, options in (
        ("demo", _demo, ("--out",)),
        ("new", _new, ("file", "--form!", "--year!", "--organization!")),
        ("import", _import, ("sources", "--out!")),
        ("dump", _dump, ("file", "--year", "--out")),
        (
            "export",
            _export,
            ("file", "--year", "--docx", "--pdf", "--xlsx", "--items", "--set", "--document", "--blank"),
        ),
        ("check", _check, ("file", "--year", "--json", "--rules")),
        ("verify", _verify, ("file", "--anchor")),
        ("backup", _backup, ("file", "--out", "--keep", "--list")),
        ("recover", _recover, ("file", "--out")),
        (
            "handout",
            cli_circulation.hand_out,
            ("file", "--items", "--to", "--due", "--year", "--out!", "--packet"),
        ),
        ("return", cli_circulation.take_back, ("file", "returned", "--take", "--apply")),
        ("merge", cli_circulation.take_back, ("file", "other", "--take", "--apply")),
    ):
        command = commands.add_parser(name, help=words.HELP[name], description=words.HELP[name], allow_abbrev=False)
        command.set_defaults(action=action)
        for option in options:
            _add_option(command, option)
    _add_forms_command(commands)
    return parser


def _add_option(command: argparse.ArgumentParser, option: str) -> None:
    name = option.strip("-!")
    required = option.endswith("!")
    said = words.HELP.get(f"{command.prog.split()[-1]}_{name}", words.HELP.get(name, ""))
    match name:
        case "file":
            command.add_argument("file", type=Path, help=words.HELP["file"])
        case "returned" | "other":
            command.add_argument(
                "returned", type=Path, nargs="+" if name == "returned" else 1, metavar="FILE", help=words.HELP[name]
            )
        case "take":
            command.add_argument("--take", choices=("ours", "theirs"), help=words.HELP["take"])
        case "sources":
            command.add_argument("sources", type=Path, nargs="+", metavar="SRC", help=words.HELP["sources"])
        case "out":
            command.add_argument("-o", "--out", type=Path, required=required, help=words.HELP["out"])
        case "docx" | "pdf" | "xlsx":
            command.add_argument(f"--{name}", type=Path, help=words.HELP[name])
        case "year":
            command.add_argument("--year", type=_year, required=required, help=words.HELP["year"])
        case "json" | "blank" | "packet" | "apply" | "keep" | "list":
            command.add_argument(f"--{name}", action="store_true", help=words.HELP[name])
        case _:
            command.add_argument(f"--{name}", required=required, help=said)


def _add_forms_command(commands: "argparse._SubParsersAction[_Parser]") -> None:
    forms = commands.add_parser("forms", help=words.HELP["forms"], description=words.HELP["forms"])
    forms.add_argument("verb", choices=("add", "check"), nargs="?", help=words.HELP["forms"])
    forms.add_argument("file", type=Path, nargs="?", help=words.HELP["form_file"])
    forms.set_defaults(action=_forms)


def _year(text: str) -> int:
    folded = unicodedata.normalize("NFKC", text)
    year = int(folded) if folded.isdigit() else era.parse_fiscal_year(folded)
    if year is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise InputError("year_written", value=text)
    return year


def _open_window(parsed: argparse.Namespace) -> int:
    from hyoka_desktop.app import run_window

    return run_window(parsed.file)


def _demo(parsed: argparse.Namespace) -> int:
    folder: Path = parsed.out or Path("hyoka-demo")
    make_folder(folder)
    sample = folder / "sample.hyoka"
    if not sample.exists():
        reports.make_sample(sample)
        _say(words.MADE.format(path=sample))
    _make_documents(sample, ExportRequest(folder / "sample.docx", folder / "sample.pdf"), None)
    from hyoka_desktop.app import picture_of_window, run_window

    if _has_display():
        return run_window(sample)
    picture = folder / "window.png"
    picture_of_window(sample, picture)
    _say(words.MADE.format(path=picture))
    _say(words.NO_DISPLAY)
    return DONE


def _has_display() -> bool:
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _new(parsed: argparse.Namespace) -> int:
    reports.new_report(parsed.file, find_form(parsed.form), parsed.year, parsed.organization)
    _say(words.MADE.format(path=parsed.file))
    return DONE


def _import(parsed: argparse.Namespace) -> int:
    cleaned = reports.import_reports(parsed.out, parsed.sources)
    for path, counts in cleaned.items():
        details = "、".join(f"{words.ODDITIES[kind]} {count}" for kind, count in counts.items())
        _complain(words.CLEANED.format(path=path, details=details))
    _say(words.MADE.format(path=parsed.out))
    return DONE


def _dump(parsed: argparse.Namespace) -> int:
    _check_outputs(parsed.file, parsed.out)
    text = reports.dump_report(parsed.file, parsed.year, _tell_copy)
    if parsed.out is not None:
        write_file(parsed.out, text.encode("utf-8"))
    elif _writes_unicode():
        sys.stdout.write(text)
    else:
        sys.stdout.write(json.dumps(json.loads(text), indent=1) + "\n")
    return DONE


def _writes_unicode() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"


def _export(parsed: argparse.Namespace) -> int:
    output = find_output_set(parsed.set, own_output_sets(Settings())) if parsed.set else AS_FILLED
    if parsed.document is not None:
        output = replace(output, document=parsed.document, parts=None)
    if parsed.blank:
        output = replace(output, guidance=False)
    request = ExportRequest(parsed.docx, parsed.pdf, parsed.xlsx, output)
    if not request.paths:
        _complain(words.NO_DOCUMENT)
        return WRONG_USE
    return _make_documents(parsed.file, request, parsed.year, parsed.items)


def _make_documents(path: Path, request: ExportRequest, year: int | None, items: str | None = None) -> int:
    _check_outputs(path, *request.paths)
    report = reports.read_report(path, _tell_copy)
    view = report.view(year)
    chosen = items_named(view, [number.strip() for number in items.split(",")]) if items else None
    wanted = replace(request, items=chosen, anchor=report.anchor)
    prepared = prepare(report.form, view, wanted)
    for missing in prepared.missing:
        _complain(words.MISSING.format(place=missing.place, characters=" ".join(missing.characters)))
    for lacking in prepared.lacking:
        _complain(words.LACKING.format(place=lacking.place, name=lacking.name))
    result = export(prepared, wanted)
    for made in result.files:
        _say(words.EXPORTED.format(path=made, pages=result.pages))
    return DONE


def _check_outputs(report: Path, *outputs: Path | None) -> None:
    """Refuse to write over the report or another one, or twice to one place."""
    places = [output.absolute() for output in outputs if output is not None]
    for place in places:
        if _is_same_file(place, report):
            raise InputError("output_is_report", path=str(place))
        refuse_report(place)
    if len(set(places)) != len(places):
        raise InputError("outputs_same", path=str(places[0]))


def _is_same_file(place: Path, report: Path) -> bool:
    try:
        return place == report.absolute() or place.samefile(report)
    except OSError:
        return False


def _check(parsed: argparse.Namespace) -> int:
    outcome = check_report(parsed.file, parsed.year, parsed.rules, _tell_copy)
    if parsed.json:
        _say(json.dumps({"rules": list(outcome.rules), "findings": outcome.as_data()}, indent=1))
    elif not outcome.rules:
        _say(words.NO_RULES)
    else:
        _say(words.FINDINGS.format(count=len(outcome.findings)))
    return FINDINGS if outcome.has_errors else DONE


def _verify(parsed: argparse.Namespace) -> int:
    verified = reports.look_through(parsed.file, _tell_copy)
    state = reports.find_anchor(parsed.file, parsed.anchor, _tell_copy) if parsed.anchor is not None else None
    if parsed.anchor is not None and state is None:
        _complain(words.ANCHOR_DIFFERS.format(found=verified.anchor, given=parsed.anchor))
        return ENVIRONMENT
    _say((words.VERIFIED_FACTS if verified.doubted else words.VERIFIED).format(anchor=verified.anchor))
    if state is not None:
        _say(words.anchor_found(state.at, state.followed_by))
    if verified.doubted:
        _complain(words.DRAFTS_DOUBTED.format(count=verified.doubted))
        return ENVIRONMENT
    return DONE


def _backup(parsed: argparse.Namespace) -> int:
    if parsed.list:
        return _list_backups(parsed.file)
    if parsed.keep:
        return _keep_backup(parsed.file)
    target: Path = parsed.out or reports.backup_path(parsed.file)
    reports.backup_report(parsed.file, target, _tell_copy)
    _say(words.MADE.format(path=target))
    return DONE


def _keep_backup(path: Path) -> int:
    """Do what the window does every half hour: back up what changed, prove that, and thin the older ones."""
    with cli_circulation.working(path) as session:
        outcome = back_up(session, places_of(Settings()), Reason.ASKED)
    _say(words.MADE.format(path=outcome.backup.path) if outcome.backup is not None else words.BACKUP_UNCHANGED)
    if outcome.second_fault is not None:
        raise outcome.second_fault
    return DONE


def _list_backups(path: Path) -> int:
    with world_errors(path):
        path.stat()
    for backup in find_backups_of_file(path, places_of(Settings())):
        reason = word(f"backup_reason_{backup.reason.value}")
        _say(words.BACKUP_LINE.format(time=spoken_time(backup.at), reason=reason, path=backup.path))
    return DONE


def _recover(parsed: argparse.Namespace) -> int:
    try:
        reports.verify_report(parsed.file)
    except HyokaError as error:
        if not is_damage(error):
            raise
        _complain(message_of(error).line)
    else:
        _say(words.NOT_DAMAGED.format(path=parsed.file))
        return DONE
    found = examine(parsed.file, places_of(Settings()))
    target: Path = parsed.out or recovered_path(parsed.file)
    record = recover(found, target)
    _say(summary(found))
    _say(words.RECOVERED.format(path=target))
    if record is not None:
        _say(words.RECORDED.format(path=record))
    return DONE if found.salvaged.is_whole else FINDINGS


def _forms(parsed: argparse.Namespace) -> int:
    if parsed.verb is None:
        for form_id, form in installed_forms().items():
            _say(words.FORM_LINE.format(id=form_id, name=form.definition.name))
        return DONE
    if parsed.file is None:
        _complain(words.wrong_use("the following arguments are required: FILE"))
        return WRONG_USE
    sentences: Mapping[str, str] = {"add": words.FORM_ADDED, "check": words.FORM_GOOD}
    form = add_form(parsed.file) if parsed.verb == "add" else read_form(parsed.file)
    _say(sentences[parsed.verb].format(id=form.definition.id, name=form.definition.name))
    return DONE


def _tell_copy(person: str, at: str) -> None:
    _complain(words.copy_read(person, at))

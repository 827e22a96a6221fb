"""R7: how many hostile texts break something, or are altered without a word, on their way in and out.

In: typed and pasted in the window, given to a session as a command and as a draft, imported, loaded from a file that
another program wrote, taken from a packet that comes back. Out: Word, PDF, Excel, the interchange format and the log.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, closing, nullcontext
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from hyoka_desktop.domain.changes import Action, Edit, ValueChange
from hyoka_desktop.domain.handouts import HandoutFormat
from hyoka_desktop.domain.report import ROOT, Address, NodeKind
from hyoka_desktop.paths import resource
from hyoka_desktop.services import reports, session
from hyoka_desktop.services.backups import Places
from hyoka_desktop.services.circulation import Decisions, take_back
from hyoka_desktop.services.forms import find_form
from hyoka_desktop.services.handouts import Order, hand_out
from hyoka_desktop.services.session import open_session
from hyoka_desktop.services.taking import Fate, take
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.repository import Repository
from hyoka_desktop.text.normaliser import Normalised, normalise
from hyoka_desktop.text.pasting import Tidied, tidy
from tests.figures.children import finish
from tests.figures.figure import Result, Size
from tests.figures.hostile_outputs import YEAR, export_faults, filled_report
from tests.figures.hostile_texts import HOSTILE, Hostile
from tests.figures.quiet import Quiet
from tests.figures.r02_power_cuts import without_flushing

TITLE: Final = "hostile texts on every way"
TARGET: Final = "0 exceptions, 0 unannounced changes of 37 texts or more"
_FIELD: Final = Address(ROOT, "procedures", YEAR)
_CLEANED: Final = {"command", "log", "draft", "import", "packet", "Word", "PDF", "Excel"}
"""The ways on which the normaliser stands."""
Fault = tuple[str, str]
"""The way and the text on it."""


def run(size: Size, folder: Path) -> Result:
    """Send each text on each way; small, only some are loaded, since each of those is exported by itself."""
    loaded = size.pick(3, len(HOSTILE))
    faults = [*_service_faults(folder, nullcontext(), loaded), *_window_faults(folder)]
    return _result(faults)


def control(size: Size, folder: Path) -> Result:
    """Send them without the normaliser, but for the window; it measures nothing where a way does not need that."""
    faults = list(_service_faults(folder, _without_normaliser(), 0))
    return Result(_result(faults).found, met=not {way for way, _ in faults} >= _CLEANED)


def _result(faults: list[Fault]) -> Result:
    shown = "; ".join(f"{way}: {name}" for way, name in faults[:8])
    return Result(f"{len(faults)} faults of {len(HOSTILE)} texts on each way {shown}".rstrip(), met=not faults)


def _without_normaliser() -> AbstractContextManager[object]:
    """Take it from every module that has it, wherever cleaning is done by now."""
    stack = ExitStack()
    holders = [one for one in list(sys.modules.values()) if getattr(one, "normalise", None) is normalise]
    for module in holders:
        stack.enter_context(patch.object(module, "normalise", lambda text: Normalised(text, {})))
    return stack


def _service_faults(folder: Path, setting: AbstractContextManager[object], loaded: int) -> Iterator[Fault]:
    with setting, without_flushing():  # which tells nothing here, and takes minutes on a slow disk
        yield from _session_faults(folder / "session.hyoka")
        yield from _import_faults(folder)
        yield from _load_faults(folder / "load.hyoka", loaded)
        yield from _packet_faults(folder)
        path = folder / "out.hyoka"
        try:
            filled_report(path)
            yield from export_faults(path, folder)
        except (ValueError, AssertionError, TypeError, KeyError) as fault:
            yield "export", type(fault).__name__


def _session_faults(path: Path) -> Iterator[Fault]:
    """Give each text as a command and as a draft; look at the session, the file and the log."""
    reports.new_report(path, find_form("iaa-annual"), YEAR, "見本機構")
    heard = Quiet()
    for hostile in HOSTILE:
        opened = session.open_session(path, heard)
        opened.set_text(YEAR, ROOT, _FIELD.field, hostile.given)
        opened.put_draft(_FIELD, hostile.given)
        seen = opened.view(YEAR).text(ROOT, _FIELD.field)
        if not opened.close() or seen != hostile.kept:
            yield "command", hostile.name
        repository = Repository.open(path, Author("", ""), lambda: "")
        repository.check_log()
        logged = repository._db.execute("SELECT after FROM change ORDER BY command DESC, ordinal DESC").fetchone()
        if logged != (hostile.kept,) or repository.snapshot().stored(_FIELD) != hostile.kept:
            yield "log", hostile.name
        if repository.drafts() != {_FIELD: hostile.kept}:
            yield "draft", hostile.name
        repository.close()
        if heard.errors:
            yield "session", f"{hostile.name} {heard.errors.pop()!r}"


def _import_faults(folder: Path) -> Iterator[Fault]:
    """Import each text, and dump it again."""
    document: dict[str, Any] = json.loads((resource("sample") / f"sample-{YEAR}.json").read_text(encoding="utf-8"))
    for place, hostile in enumerate(HOSTILE):
        document["overview"]["procedures"] = hostile.given
        source, path = folder / f"{place}.json", folder / f"{place}.hyoka"
        source.write_text(json.dumps(document), encoding="utf-8")
        try:
            told = reports.import_reports(path, [source])
            dumped = json.loads(reports.dump_report(path, YEAR))["overview"]["procedures"]
        except (ValueError, TypeError) as fault:
            yield "import", f"{hostile.name} {type(fault).__name__}"
            continue
        if dumped != hostile.kept or bool(told) != hostile.is_told:
            yield "import", hostile.name


def _load_faults(path: Path, count: int) -> Iterator[Fault]:
    """Load each text from a file whose writer knew no normaliser: it is read as it is, and can be exported."""
    altered = [hostile for hostile in HOSTILE if hostile.given != hostile.kept and _is_storable(hostile)]
    for hostile in altered[:count]:
        path.unlink(missing_ok=True)
        filled_report(path, raw=hostile)
        try:
            list(export_faults(path, path.parent, [hostile]))
        except (ValueError, TypeError, AssertionError) as fault:
            yield "load", f"{hostile.name} {type(fault).__name__}"
        stored = reports.read_report(path).snapshot.values
        if not any(hostile.given in years.values() for years in stored.values()):
            yield "load", hostile.name


def _packet_faults(folder: Path) -> Iterator[Fault]:
    """Write each text into a packet past the normaliser, and take the packet back."""
    path, storable = folder / "handed-out.hyoka", [hostile for hostile in HOSTILE if _is_storable(hostile)]
    heard = Quiet()
    reports.new_report(path, find_form("iaa-annual"), YEAR, "見本機構")
    with closing(open_session(path, heard)) as opened:
        items = [opened.add_item(YEAR, opened.view(YEAR).sections[0].id) for _ in storable]
        rows = [opened.view(YEAR).children(item, NodeKind.ROW)[0].id for item in items]
        texts = {Address(row, "results", YEAR): hostile for row, hostile in zip(rows, storable, strict=True)}
        order = Order(tuple(items), "総務課", "", HandoutFormat.PACKET)
        (made,) = hand_out(opened, YEAR, [order], folder / "packets")
        with closing(Repository.open(made.path, Author("", ""), lambda: "")) as packet:
            raw = tuple(ValueChange(address, None, hostile.given) for address, hostile in texts.items())
            packet.apply(Edit(Action.SET_TEXT, "results", raw))
        proposal = take_back(opened, made.path)
        receipt = take(opened, proposal, Decisions(), Places(folder / "backups"))
        told = {entry.address for entry in receipt.entries if entry.fate is Fate.CLEANED}
        for address, hostile in texts.items():
            if opened.snapshot.stored(address) != hostile.kept or (hostile.is_told and address not in told):
                yield "packet", hostile.name
            if hostile.given == hostile.kept and address in told:
                yield "packet told", hostile.name
    if heard.errors:
        yield "packet", repr(heard.errors.pop())


def _is_storable(hostile: Hostile) -> bool:
    """Tell whether SQLite can hold a text at all."""
    return hostile.name != "lone surrogate"


def _window_faults(folder: Path) -> Iterator[Fault]:
    path = folder / "window.hyoka"
    reports.new_report(path, find_form("iaa-annual"), YEAR, "見本機構")
    done = finish(folder, "tests.figures.hostile_window", str(path))
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    known = {hostile.name: hostile for hostile in HOSTILE}
    for name, way, stored, told in map(json.loads, done.stdout.splitlines()):
        # What is pasted is tidied as well, and that is told too.
        tidied = tidy(known[name].kept) if way == "pasted" else Tidied(known[name].kept, {})
        if stored != tidied.text or told != (known[name].is_told or bool(tidied.changed)):
            yield way, name

"""Make report files: empty, from interchange files, from the sample; and read them without changing them."""

import contextlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hyoka_desktop.compose.expansion import Context, expand
from hyoka_desktop.compose.options import Options
from hyoka_desktop.domain import era, fields
from hyoka_desktop.domain.changes import Action, Edit, NodeChange, ValueChange, YearChange, apply_changes
from hyoka_desktop.domain.report import ROOT, SINCE_START, Address, Node, NodeKind, Snapshot, YearView
from hyoka_desktop.domain.work import with_work_begun
from hyoka_desktop.errors import InputError, WorldError
from hyoka_desktop.exchange.incoming import IncomingReport
from hyoka_desktop.exchange.interchange_reader import form_id_of, parse_interchange, read_interchange
from hyoka_desktop.exchange.interchange_writer import dump_interchange
from hyoka_desktop.exchange.joining import empty_snapshot, import_edit
from hyoka_desktop.exchange.quoting import bound_edit
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.formdef.named_fields import fields_of_work
from hyoka_desktop.formdef.stored import StoredForm
from hyoka_desktop.paths import resource
from hyoka_desktop.services.author import current_author, now
from hyoka_desktop.services.forms import as_carried, carried_form, find_form
from hyoka_desktop.services.newfiles import make_report_file
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.services.sharing import is_shared
from hyoka_desktop.store.copying import IN_USE, RepositoryCopy
from hyoka_desktop.store.drafts import doubted_among
from hyoka_desktop.store.handles import read_file
from hyoka_desktop.store.hashing import anchor_of
from hyoka_desktop.store.history import moment_of
from hyoka_desktop.store.lock import FileLock
from hyoka_desktop.store.repository import Repository
from hyoka_desktop.text.normaliser import Oddity, normalise

Cleaned = Mapping[str, Mapping[Oddity, int]]
"""How many characters of each kind were changed in an import, by path."""
TellCopy = Callable[[str, str], None]
"""Hears that a file is in use and a copy is read: the person who holds it, where known, and the time of the copy."""
_ANCHOR = re.compile(r"(\d{1,18})-[0-9a-f]{16}$")
_LARGEST_INTERCHANGE = 64 * 1024 * 1024
_READING_SHARE = 0.25
"""What reading takes of an import; joining takes as much, and writing the rest."""


@dataclass(frozen=True)
class ReadReport:
    """Hold a report read from a file, to export or dump it; `anchor` stands for the state of the file."""

    form: FormDefinition
    snapshot: Snapshot
    anchor: str

    def view(self, year: int | None) -> YearView:
        """Read one year, the newest by default; InputError where the file has no such year."""
        years = self.snapshot.years
        if not years or (year is not None and year not in years):
            known = "・".join(era.format_fiscal_year(known) for known in years)
            raise InputError("year_unknown", year=str(year or ""), known=known)
        return YearView(self.snapshot, year or years[-1], self.form.period_fields)


def new_report(path: Path, form: StoredForm, year: int, organization: str) -> None:
    """Make an empty report of one year, with one 区分, one 項目 and one row to begin with."""
    parents = ((NodeKind.MINISTER, ROOT), (NodeKind.SECTION, ROOT), (NodeKind.ITEM, 3), (NodeKind.ROW, 4))
    nodes = [Node(ROOT, NodeKind.REPORT, None, 0)]
    nodes += [Node(number, kind, parent, 0) for number, (kind, parent) in enumerate(parents, start=2)]
    name = " ".join(normalise(organization).text.split("\n"))
    named = ValueChange(_first_address(form.definition, ROOT, fields.ORGANIZATION_NAME, year), None, name)
    snapshot = apply_changes(
        empty_snapshot(), (YearChange(year, after=True), *(NodeChange(None, node) for node in nodes[1:]), named)
    )
    context = Context(form.definition, YearView(snapshot, year, form.definition.period_fields), ROOT, year, Options())
    initial = [
        ValueChange(_first_address(form.definition, node.id, field.id, year), None, expand(field.initial, context).text)
        for node in nodes
        for field in form.definition.fields_on(node.kind)
        if field.initial is not None
    ]
    added = [NodeChange(None, node) for node in nodes[1:]]
    make_report_file(
        path, as_carried(form), Edit(Action.CREATE, "", (YearChange(year, after=True), *added, named, *initial))
    )


def import_reports(
    path: Path,
    sources: Sequence[Path],
    checkpoint: Callable[[], None] = lambda: None,
    tell_share: Callable[[float], None] = lambda _: None,
) -> Cleaned:
    """Make a report from interchange files, one a year; tell what the normaliser changed, by path.

    Nothing is made where any of them is faulty, or where `checkpoint` raises to give up. `tell_share` hears how much
    is done, from 0 to 1. An item with something written begins as 作成中 in that year.
    """
    documents = [(source, parse_interchange(source.name, _read_text(source))) for source in sources]
    checkpoint()
    form_ids = {form_id_of(source.name, document) for source, document in documents}
    if len(form_ids) > 1:
        raise InputError("json_other_form", file=sources[-1].name, forms="・".join(sorted(form_ids)))
    form = find_form(form_ids.pop())
    incoming: list[IncomingReport] = []
    for number, (source, document) in enumerate(documents, start=1):
        incoming.append(read_interchange(source.name, document, form.definition))
        checkpoint()
        tell_share(_READING_SHARE * number / len(documents))
    edit = bound_edit(import_edit(incoming), form.definition)
    checkpoint()
    tell_share(2 * _READING_SHARE)
    made = apply_changes(empty_snapshot(), edit.changes)
    begun = with_work_begun(edit, made, fields_of_work(form.definition))
    make_report_file(path, as_carried(form), begun, checkpoint)
    return {f"{report.file} {place}": counts for report in incoming for place, counts in report.cleaned.items()}


def make_sample(path: Path) -> None:
    """Make the sample report of an invented agency."""
    import_reports(path, sorted(resource("sample").glob("*.json")))


def read_report(path: Path, tell_copy: TellCopy | None = None) -> ReadReport:
    """Read a report file once and close it again; a file in use is read from a copy, where somebody hears it."""
    with _reading(path, tell_copy) as repository:
        form = carried_form(repository.form()).definition
        return ReadReport(form, repository.snapshot(), repository.anchor)


def dump_report(path: Path, year: int | None, tell_copy: TellCopy | None = None) -> str:
    """Tell one year of a report file as interchange JSON."""
    report = read_report(path, tell_copy)
    return dump_interchange(report.form, report.view(year))


@dataclass(frozen=True, slots=True)
class Verified:
    """Hold what a check found: the anchor of the facts, and how many drafts are not as they were written."""

    anchor: str
    doubted: int


def look_through(path: Path, tell_copy: TellCopy | None = None) -> Verified:
    """Check header, database, facts and the whole log of a file, and its drafts, which are no facts."""
    with _reading(path, tell_copy) as repository:
        repository.check_log()
        return Verified(repository.anchor, len(doubted_among(repository.kept_drafts())))


def verify_report(path: Path, tell_copy: TellCopy | None = None) -> str:
    """Check header, database, facts and the whole log of a file; tell its anchor."""
    return look_through(path, tell_copy).anchor


@dataclass(frozen=True, slots=True)
class AnchoredState:
    """Hold the state that an anchor stands for: the command and its time, and how many commands followed."""

    at: str
    followed_by: int


def find_anchor(path: Path, anchor: str, tell_copy: TellCopy | None = None) -> AnchoredState | None:
    """Find the state of a file that an anchor stands for, now or earlier; None where the file never was so.

    The anchor may be the whole mark of a document, of which it is the last word; InputError where it is none. The log
    is checked throughout.
    """
    wanted = _ANCHOR.search(anchor.strip().lower())
    if wanted is None:
        raise InputError("anchor_unreadable", anchor=anchor)
    sequence = int(wanted[1])
    with _reading(path, tell_copy) as repository:
        repository.check_log()
        moment = repository.read(lambda db: moment_of(db, sequence))
        if moment is None or anchor_of(sequence, moment.chain) != wanted[0]:
            return None
        return AnchoredState(moment.at, repository.sequence - sequence)


def backup_report(path: Path, target: Path, tell_copy: TellCopy | None = None) -> None:
    """Copy a report file by SQLite's backup, and check the copy; a file in use is only read, so it is copied too."""
    with _reading(path, tell_copy) as repository:
        repository.backup(target)
    verify_report(target)


@contextlib.contextmanager
def _reading(path: Path, tell_copy: TellCopy | None) -> Iterator[Repository]:
    repository = _opened(path, tell_copy)
    try:
        yield repository
    finally:
        repository.close()


def _opened(path: Path, tell_copy: TellCopy | None) -> Repository:
    if tell_copy is not None and is_shared(path, Settings()):
        return _opened_on_share(path, tell_copy)
    try:
        return Repository.open(path, current_author(), now)
    except WorldError as error:
        if tell_copy is None or error.code not in IN_USE:
            raise
        copy = RepositoryCopy.take(path, current_author(), now)
        tell_copy(str(error.parameters.get("person", "")), copy.copied_at)
        return copy


def _opened_on_share(path: Path, tell_copy: TellCopy) -> Repository:
    """Copy a file on a share, where no database is ever opened; say who has it checked out."""
    copy = RepositoryCopy.take(path, current_author(), now)
    with contextlib.suppress(OSError):
        holder = FileLock(path).current_holder()
        if holder is not None:
            tell_copy(holder.person, copy.copied_at)
    return copy


def _read_text(source: Path) -> str:
    try:
        if source.stat().st_size > _LARGEST_INTERCHANGE:
            raise InputError("json_too_large", file=source.name)
        return read_file(source).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("json_not_text", file=source.name) from None
    except OSError as fault:
        raise InputError("cannot_read", path=str(source)) from fault


def _first_address(form: FormDefinition, node: int, field: str, year: int) -> Address:
    return Address(node, field, SINCE_START if field in form.period_fields else year)


def backup_path(path: Path, at: str | None = None) -> Path:
    """Tell the place of a new backup beside a file: its name with a time (ISO text), by default with that of now."""
    stamp = (at or now())[:19].replace(":", "").replace("-", "").replace("T", "-")
    return path.parent / f"{path.stem}.{stamp}.hyoka"

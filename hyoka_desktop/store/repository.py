"""Read and write the facts of a report file: one write path, in which each command is one transaction.

A repository lives on one thread; `worker` gives it that thread.
"""

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar, Final, Self, TypeVar

from sqlite_utils import Database

from hyoka_desktop.domain.changes import Change, ChangeSet, Edit, NodeChange, Origin, ValueChange, YearChange
from hyoka_desktop.domain.report import ROOT, Address, Node, NodeKind, Snapshot, Tree
from hyoka_desktop.errors import HyokaError, InputError, WorldError
from hyoka_desktop.store.drafts import KeptDraft, drop_draft, drop_drafts_of, kept_drafts, put_draft
from hyoka_desktop.store.engine import sqlite3
from hyoka_desktop.store.faults import world_errors
from hyoka_desktop.store.hashing import EMPTY_CHAIN, FactSum, anchor_of, value_hash
from hyoka_desktop.store.journals import has_journal, journal_of, put_journal_aside
from hyoka_desktop.store.lock import FileLock, Holder, in_use
from hyoka_desktop.store.log import Author, LogEntry, first_broken_link, write_entry
from hyoka_desktop.store.names import refuse_impossible, refuse_nameless
from hyoka_desktop.store.opening import connected, copy_whole, read_header, same_pages
from hyoka_desktop.store.schema import SCHEMA_VERSION
from hyoka_desktop.store.scratch import Scratch
from hyoka_desktop.store.standing import Reserve, Standing
from hyoka_desktop.store.trial import NOT_WHOLE, Proved, settle

T = TypeVar("T")
Clock = Callable[[], str]
"""Tells the time as ISO text; comes from above so that tests can set it."""
_PUT_VALUE: Final = (
    "INSERT INTO value (node, field, year, text, hash) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (node, field, year) DO UPDATE SET text = excluded.text, hash = excluded.hash"
)


@dataclass(frozen=True, slots=True)
class FormText:
    """Hold the form definition that a file carries."""

    form_id: str
    text: str
    sha256: str


class StaleEditError(Exception):
    """Report an edit that was worked out on something other than what the file holds: a fault of ours."""


class Repository:
    """Hold an open report file; `copied_at` tells the time of a copy that can only be read."""

    copied_at: str | None = None
    keeps_reserve: ClassVar = True
    is_tried_first: ClassVar = True

    def __init__(self, path: Path, db: Database, lock: FileLock, author: Author, clock: Clock) -> None:
        self.path: Final = path
        self._db = db
        self._lock = lock
        self._author = author
        self._clock = clock
        self._checked: Snapshot | None = None
        with world_errors(path):
            self._sequence, self._chain, self._facts = _read_head(db, path)
            self._standing = Standing(path, self._is_own)
        self._reserve = Reserve(path)
        if self.keeps_reserve:
            self._reserve.take()

    @classmethod
    def create(cls, path: Path, form: FormText, author: Author, clock: Clock) -> Self:
        """Make a new file with a form and an empty report; InputError where a file is there."""
        if path.exists():
            raise InputError("file_exists", path=str(path))
        put_journal_aside(path)
        with _locked(path, author, clock) as lock, connected(path, new=True) as db:
            with world_errors(path), db.atomic():
                root = Node(ROOT, NodeKind.REPORT, None, 0)
                facts = FactSum.of(Snapshot(Tree({ROOT: root}), {}, (), ROOT + 1), form.sha256)
                db.table("form").insert({"id": 1, "form_id": form.form_id, "text": form.text, "sha256": form.sha256})
                db.table("node").insert(_node_row(root))
                db.table("head").insert({"id": 1, "sequence": 0, "chain": EMPTY_CHAIN, "facts": str(facts)})
            return cls(path, db, lock, author, clock)

    @classmethod
    def open(cls, path: Path, author: Author, clock: Clock) -> Self:
        """Open a file by the protocol; WorldError or InputError say why it cannot be."""
        refuse_nameless(path)
        with world_errors(path):
            path.stat()
        if not os.access(path, os.W_OK):
            raise WorldError("file_read_only", path=str(path))
        with _locked(path, author, clock) as lock:
            # Only now: to look at a file that this program has open already would give up SQLite's locks on it.
            header = read_header(path)
            if cls.is_tried_first and (has_journal(path) or header.schema_version < SCHEMA_VERSION):
                settle(path, _try)
            return cls._opened(path, lock, author, clock)

    @classmethod
    def _opened(cls, path: Path, lock: FileLock, author: Author, clock: Clock) -> Self:
        with connected(path) as db:
            repository = cls(path, db, lock, author, clock)
            with contextlib.ExitStack() as undo:
                undo.callback(repository._reserve.give)
                undo.callback(repository._standing.close)
                repository.check_facts()
                undo.pop_all()
            return repository

    @property
    def sequence(self) -> int:
        """Tell the number of the newest command."""
        return self._sequence

    @property
    def anchor(self) -> str:
        """Tell what stands for the whole file: the number of commands and the head of the chain, 16 hex digits."""
        return anchor_of(self._sequence, self._chain)

    def form(self) -> FormText:
        """Tell the form that the file carries; WorldError where there is none."""
        with world_errors(self.path):
            row = self._db.execute("SELECT form_id, text, sha256 FROM form").fetchone()
        if row is None:
            raise WorldError("file_damaged", path=str(self.path))
        return FormText(*row)

    def snapshot(self) -> Snapshot:
        """Read all facts; those that were just read to be checked are not read again."""
        checked, self._checked = self._checked, None
        return checked or self._read_facts(lambda *_: None)

    def _read_facts(self, hear: Callable[[Address, str, bytes], object]) -> Snapshot:
        """Read all facts; each text is told with the hash that lies beside it."""
        with world_errors(self.path):
            nodes = {
                row[0]: Node(row[0], NodeKind(row[1]), *row[2:])
                for row in self._db.execute("SELECT id, kind, parent, position, first_year, last_year FROM node")
            }
            values: dict[tuple[int, str], dict[int, str]] = {}
            for node, field, year, text, stored in self._db.execute("SELECT node, field, year, text, hash FROM value"):
                hear(Address(node, field, year), text, stored)
                values.setdefault((node, field), {})[year] = text
            years = tuple(row[0] for row in self._db.execute("SELECT year FROM report_year ORDER BY year"))
            (logged,) = self._db.execute("SELECT max(node) FROM change").fetchone()
        return Snapshot(Tree(nodes), values, years, max(*nodes, logged or 0, ROOT) + 1)

    def read(self, question: Callable[[Database], T]) -> T:
        """Have the tables answer a question that only reads."""
        with world_errors(self.path):
            return question(self._db)

    def kept_drafts(self) -> tuple[KeptDraft, ...]:
        """Tell what was on the screen and never became a command, the oldest first, proved or not."""
        with world_errors(self.path):
            return kept_drafts(self._db)

    def drafts(self) -> Mapping[Address, str]:
        """Tell the texts of all drafts; only `kept_drafts` tells which of them are as they were written."""
        return {draft.address: draft.text for draft in self.kept_drafts()}

    def apply(
        self, edit: Edit, *, origin: Origin = Origin.DO, reverts: int | None = None, initiator: str = ""
    ) -> ChangeSet:
        """Write one command in one transaction: the facts, the log, the head; drafts of its fields end with it.

        StaleEditError where a text or node is not what the edit thinks it was; then nothing is written.
        """
        return self._with_reserve(lambda: self._apply(edit, origin, reverts, initiator))

    def _apply(self, edit: Edit, origin: Origin, reverts: int | None, initiator: str) -> ChangeSet:
        self._checked = None
        changes = ChangeSet(self._sequence + 1, edit, origin, initiator)
        facts = self._facts.changed(edit.changes)
        with world_errors(self.path), self._db.atomic():
            for change in edit.changes:
                self._write(change)
            entry = LogEntry(changes, self._author, self._clock(), reverts, edit.reason)
            chain = write_entry(self._db, entry, self._chain, str(facts))
            self._db.table("head").update(1, {"sequence": changes.sequence, "chain": chain, "facts": str(facts)})
        self._sequence, self._chain, self._facts = changes.sequence, chain, facts
        return changes

    def put_drafts(self, drafts: Mapping[Address, str | None]) -> None:
        """Keep what is on the screen, in one transaction; None drops a draft."""
        self._with_reserve(lambda: self._put_drafts(drafts))

    def _put_drafts(self, drafts: Mapping[Address, str | None]) -> None:
        with world_errors(self.path), self._db.atomic():
            for address, text in drafts.items():
                drop_draft(self._db, address)
                if text is not None and self._node_exists(address.node):
                    put_draft(self._db, address, text, self._clock())

    def check_facts(self) -> None:
        """Compare all facts with the sum in the head, and the newest command with the chain; WorldError otherwise."""
        with world_errors(self.path):
            self._check_facts()

    def _check_facts(self) -> None:
        hashes: list[bytes] = []

        def check(address: Address, text: str, stored: bytes) -> None:
            hashes.append(value_hash(address, text))
            if hashes[-1] != bytes(stored):
                raise WorldError("file_facts_differ", path=str(self.path))

        snapshot = self._read_facts(check)
        structure = FactSum.of(replace(snapshot, values={}), self.form().sha256)
        if ROOT not in snapshot.tree.nodes or str(structure.plus(hashes)) != str(self._facts):
            raise WorldError("file_facts_differ", path=str(self.path))
        self._checked = snapshot
        self.check_log(since=max(self._sequence, 1))

    def check_log(self, *, since: int = 1) -> None:
        """Compare the logged commands from one on with the chain, and the newest with the head; WorldError if not."""
        with world_errors(self.path):
            self._check_log(since)

    def _check_log(self, since: int) -> None:
        newest = self._db.execute("SELECT sequence, facts, chain FROM command ORDER BY sequence DESC").fetchone()
        at_head = newest is None or (newest[0], newest[1], bytes(newest[2])) == (
            self._sequence,
            str(self._facts),
            self._chain,
        )
        if not at_head or (newest is None and self._sequence) or first_broken_link(self._db, since=since) is not None:
            raise WorldError("file_log_differs", path=str(self.path))

    def backup(self, target: Path) -> None:
        """Copy the file as it stands, through SQLite's backup; the target appears whole or not at all.

        InputError where something is there, or it can be no file; WorldError where it cannot be written, or the file is
        no longer ours.
        """
        refuse_impossible(target)
        with world_errors(target):
            taken = target.exists()
        if taken:
            raise InputError("file_exists", path=str(target))
        with world_errors(target):
            self._standing.check_bytes()
            copy_whole(self._db, target)

    def check_standing(self) -> None:
        """Raise WorldError where the file is no longer the one that was opened, as it was left."""
        with world_errors(self.path):
            self._standing.check()

    @property
    def has_reserve(self) -> bool:
        """Tell whether there is still room set aside for the last save; it is taken again where there is room."""
        return not self.keeps_reserve or self._reserve.take()

    def _with_reserve(self, write: Callable[[], T]) -> T:
        """Write to the file that was opened and to no other; on a full disk with the room that was set aside."""
        self.check_standing()
        try:
            return write()
        except WorldError as error:
            if error.code != "disk_full" or not self._reserve.give():
                raise
            return write()
        finally:
            self._standing.renew()

    def _is_own(self, content: bytes) -> bool:
        """Tell whether bytes of the file are what SQLite holds of it, and as a whole what was written last."""
        try:
            with Scratch() as folder, world_errors(self.path):
                seen = Path(folder) / "seen.hyoka"
                copy_whole(self._db, seen)
                is_seen = same_pages(seen.read_bytes(), content)
            return is_seen and _try(content).anchor == self.anchor
        except OSError as fault:
            raise WorldError("copy_no_place") from fault
        except HyokaError as error:
            if error.code not in NOT_WHOLE:
                raise
            return False

    def close(self) -> None:
        """Close the file and give the lock back; no journal stays behind."""
        self._reserve.give()
        with contextlib.suppress(sqlite3.Error):
            self._db.execute("PRAGMA journal_mode = DELETE")
        self._db.close()
        self._standing.close()
        self._lock.release()

    def _write(self, change: Change) -> None:
        match change:
            case ValueChange(address, before, after):
                self._write_value(address, before, after)
                drop_draft(self._db, address)
            case NodeChange(before_node, after_node):
                self._write_node(before_node, after_node)
            case YearChange(year, exists):
                if exists:
                    self._db.table("report_year").insert({"year": year})
                else:
                    self._db.table("report_year").delete(year)

    def _write_value(self, address: Address, before: str | None, after: str | None) -> None:
        row = self._db.execute("SELECT text FROM value WHERE node = ? AND field = ? AND year = ?", address).fetchone()
        if (row[0] if row else None) != before:
            raise StaleEditError(f"value of field {address.field} of node {address.node}")
        if after is None:
            self._db.table("value").delete(tuple(address))
        else:
            # Not by `upsert`, which looks at the tables anew for each row: an import has a hundred thousand of them.
            self._db.execute(_PUT_VALUE, [*address, after, value_hash(address, after)])

    def _write_node(self, before: Node | None, after: Node | None) -> None:
        node_id = after.id if after else before.id if before else 0
        row = self._db.execute(
            "SELECT id, kind, parent, position, first_year, last_year FROM node WHERE id = ?", [node_id]
        ).fetchone()
        if (Node(row[0], NodeKind(row[1]), *row[2:]) if row else None) != before:
            raise StaleEditError(f"node {node_id}")
        table = self._db.table("node")
        if after is None:
            drop_drafts_of(self._db, node_id)
            table.delete(node_id)
        elif before is None:
            table.insert(_node_row(after))
        else:
            table.update(node_id, _node_row(after))

    def _node_exists(self, node: int) -> bool:
        return self._db.execute("SELECT 1 FROM node WHERE id = ?", [node]).fetchone() is not None


class _Trial(Repository):
    """Hold a copy that is only made to see whether it can be opened."""

    keeps_reserve = False
    is_tried_first = False


def _try(content: bytes, journal: bytes = b"") -> Proved:
    """Open bytes of a report file as a copy and check all of it; HyokaError where it is not whole."""
    try:
        with Scratch() as folder:
            path = Path(folder) / "trial.hyoka"
            path.write_bytes(content)
            journal_of(path).write_bytes(journal)
            with contextlib.closing(_Trial.open(path, Author("", ""), lambda: "")) as trial:
                trial.check_log()
                links = trial.read(lambda db: db.execute("SELECT sequence, chain FROM command").fetchall())
                return Proved(trial.sequence, {sequence: bytes(chain) for sequence, chain in links})
    except OSError as fault:
        raise WorldError("copy_no_place") from fault
    except WorldError as fault:
        if fault.code in NOT_WHOLE:
            raise
        raise WorldError("copy_no_place") from fault


@contextlib.contextmanager
def _locked(path: Path, author: Author, clock: Clock) -> Iterator[FileLock]:
    """Take the lock of a file; it is given back where what follows fails."""
    lock = FileLock(path)
    with world_errors(path):
        holder = lock.take(Holder(author.person, author.computer, clock()))
    if holder is not None:
        raise in_use(path, holder)
    try:
        yield lock
    except BaseException:
        lock.release()
        raise


def _read_head(db: Database, path: Path) -> tuple[int, bytes, FactSum]:
    row = db.execute("SELECT sequence, chain, facts FROM head").fetchone()
    if row is None:
        return 0, EMPTY_CHAIN, FactSum()
    try:
        return row[0], bytes(row[1]), FactSum.parse(row[2])
    except ValueError as fault:
        raise WorldError("file_facts_differ", path=str(path)) from fault


def _node_row(node: Node) -> dict[str, int | str | None]:
    return {
        "id": node.id,
        "kind": node.kind.value,
        "parent": node.parent,
        "position": node.position,
        "first_year": node.first_year,
        "last_year": node.last_year,
    }

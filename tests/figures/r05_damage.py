"""R5: how many wrong values come out of damaged files and torn copies without being marked."""

import random
import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hyoka_desktop.domain import edits
from hyoka_desktop.domain.report import Address, NodeKind, Snapshot, Tree, YearView
from hyoka_desktop.errors import HyokaError
from hyoka_desktop.services import reports
from hyoka_desktop.services.forms import find_form
from hyoka_desktop.store.history import TextEntry, history_of_text
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.readings import readings_of
from hyoka_desktop.store.repository import Repository
from hyoka_desktop.store.salvage import BackupState, salvage
from hyoka_desktop.store.weighing import PROVED
from tests.figures.figure import Result, Size

TITLE: Final = "damaged files and torn copies"
TARGET: Final = "0 wrong values in silence of 3,000 damaged files and 1,000 torn copies"
_PAGE: Final = 4096
_INDEX_PAGES: Final = frozenset({0x02, 0x0A})
_YEAR: Final = 2024
_COMMANDS: Final = 12
_FIELDS: Final = ("self_rating_reason", "results", "self_issues", "item_note")


@dataclass(frozen=True)
class _Answers:
    """Hold what an open file answers out of its indexes: the id of the next node, what was written to a field."""

    next_node: int
    history: Sequence[TextEntry]


@dataclass(frozen=True)
class _Told:
    """Hold what is told of a file without any mark: texts, drafts, all nodes where the whole is said to be proved."""

    texts: Mapping[Address, str]
    drafts: Mapping[Address, str]
    tree: Tree | None = None
    marks: int = 0
    answers: _Answers | None = None


_Read = Callable[[Path, BackupState | None], _Told | None]


@dataclass(frozen=True)
class _Truth:
    """Hold a report after each of some commands, all drafts that it ever had, its files then, a backup half-way."""

    states: Sequence[Snapshot]
    answers: Sequence[_Answers]
    drafts: frozenset[tuple[Address, str]]
    files: Sequence[bytes]
    backup: BackupState


def run(size: Size, folder: Path) -> Result:
    """Damage files in many ways and tear copies; read each as the program does."""
    return _count(size.pick(60, 3000), size.pick(20, 1000), folder, _read)


def control(size: Size, folder: Path) -> Result:
    """Read such files as a program does that asks nobody but SQLite."""
    return _count(size.pick(60, 300), size.pick(20, 100), folder, _believe)


def _count(damaged: int, torn: int, folder: Path, read: _Read) -> Result:
    truth = _truth(folder)
    draw = random.Random(5)
    silent = marked = nothing = 0
    for number in range(damaged + torn):
        place = folder / f"damaged-{number}.hyoka"
        place.write_bytes(_damaged(truth.files[-1], draw) if number < damaged else _torn(truth.files, draw))
        told = read(place, truth.backup if number % 2 else None)
        place.unlink(missing_ok=True)
        nothing += told is None
        marked += told is not None and told.marks > 0
        silent += told is not None and not _is_honest(told, truth)
    found = f"{silent} with wrong values in silence of {damaged:,} damaged and {torn:,} torn files"
    return Result(f"{found} ({marked:,} read with marks, {nothing:,} refused)", met=silent == 0)


def _is_honest(told: _Told, truth: _Truth) -> bool:
    """Tell whether what is told without a mark was so at one moment, of the whole all of it; of drafts, ever."""
    if not told.drafts.items() <= truth.drafts:
        return False
    if told.tree is None:
        return any(told.texts.items() <= _texts(state).items() for state in truth.states)
    return any(
        told.texts == _texts(state) and told.tree.nodes == state.tree.nodes and told.answers in (None, answers)
        for state, answers in zip(truth.states, truth.answers, strict=True)
    )


def _read(path: Path, backup: BackupState | None) -> _Told | None:
    """Open a file; where that is refused, salvage it."""
    try:
        repository = _open(path)
        with closing(repository):
            repository.check_log()
            snapshot, kept, answers = repository.snapshot(), repository.kept_drafts(), _answers(repository)
        drafts = {draft.address: draft.text for draft in kept if draft.is_proved}
        return _Told(_texts(snapshot), drafts, snapshot.tree, len(kept) - len(drafts), answers)
    except HyokaError:
        return _salvaged(path, backup)


def _answers(repository: Repository) -> _Answers:
    snapshot = repository.snapshot()
    history = repository.read(
        lambda db: [entry for node in sorted(snapshot.tree.nodes) for entry in history_of_text(db, node, _FIELDS[0])]
    )
    return _Answers(snapshot.next_node, tuple(history))


def _salvaged(path: Path, backup: BackupState | None) -> _Told | None:
    try:
        found = salvage(path, readings_of(path), backup)
    except HyokaError:
        return None
    texts = _texts(found.snapshot)
    drafts = {address: draft.text for address, draft in found.drafts.items() if draft.is_proved}
    if found.is_whole:
        return _Told(texts, drafts, found.snapshot.tree)
    proved = {address: text for address, text in texts.items() if found.texts[address] in PROVED}
    return _Told(proved, drafts, marks=len(found.texts) - len(proved) + len(found.drafts) - len(drafts))


def _believe(path: Path, backup: BackupState | None) -> _Told | None:
    """Read a file with no check but that of SQLite."""
    del backup
    try:
        with closing(sqlite3.connect(path)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                return None
            texts, drafts = (
                {
                    Address(*row[:3]): row[3]
                    for row in connection.execute(f"SELECT node, field, year, text FROM {table}")
                }
                for table in ("value", "draft")
            )
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return None
    return _Told(texts, drafts)


def _truth(folder: Path) -> _Truth:
    path = folder / "sample.hyoka"
    reports.make_sample(path)
    periods = find_form("iaa-annual").definition.period_fields
    draw = random.Random(12)
    states, answers, files, backup = [], [], [], None
    written: set[tuple[Address, str]] = set()
    with closing(_open(path)) as repository:
        for number in range(_COMMANDS):
            view = YearView(repository.snapshot(), _YEAR, periods)
            # Each command writes a part of the fields anew, so that old and new pages can be mixed.
            nodes = draw.sample([node.id for node in view.snapshot.tree.nodes.values()], 20)
            block = {Address(node, _FIELDS[number % 4], _YEAR): f"{number}回目の文章。" * 20 for node in nodes}
            repository.apply(edits.set_block(view, block))
            if number % 3 == 0:
                view = YearView(repository.snapshot(), _YEAR, periods)
                repository.apply(edits.add_node(view, view.sections[0].id, NodeKind.ITEM, 0, {"item_title": "新設"}))
            drafts = {Address(node, "results", _YEAR): f"{number}度目の下書きの文章。" * number for node in nodes[:8]}
            repository.put_drafts(drafts)
            written |= drafts.items()
            states.append(repository.snapshot())
            answers.append(_answers(repository))
            files.append(path.read_bytes())
            if number == _COMMANDS // 2:
                backup = BackupState(repository.snapshot(), repository.form(), repository.anchor)
    assert backup is not None, "one was made half-way"
    return _Truth(states, answers, frozenset(written), files, backup)


def _damaged(content: bytes, draw: random.Random) -> bytes:
    """Damage a file in one of the ways in which disks, cables and people do."""
    data = bytearray(content)
    pages = len(data) // _PAGE
    for _ in range(draw.choice((1, 1, 2, 5))):
        page = draw.randrange(pages) * _PAGE
        match draw.randrange(8):
            case 0:
                data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
            case 1:
                data[page : page + _PAGE] = bytes(_PAGE)
            case 2:
                data[page : page + _PAGE] = draw.randbytes(_PAGE)
            case 3:
                other = draw.randrange(pages) * _PAGE
                data[page : page + _PAGE] = data[other : other + _PAGE]
            case 4:
                data[draw.randrange(_PAGE, len(data)) :] = b""
                pages = max(1, len(data) // _PAGE)
            case 5:
                _alter_text(data, "文章", "文書", draw)
            case 6:
                _alter_text(data, "下書き", "上書き", draw)
            case 7:
                whole = range(0, len(data) - _PAGE + 1, _PAGE)
                index = draw.choice([at for at in whole if data[at] in _INDEX_PAGES] or [page])
                data[index + draw.randrange(_PAGE)] ^= 1 << draw.randrange(8)
    return bytes(data)


def _alter_text(data: bytearray, word: str, other: str, draw: random.Random) -> None:
    """Make one character of some text another one, as a flipped bit of a good disk would."""
    found = [match.start() for match in re.finditer(re.escape(word.encode()), data)]
    if found:
        place = draw.choice(found)
        data[place : place + len(other.encode())] = other.encode()


def _torn(files: Sequence[bytes], draw: random.Random) -> bytes:
    """Take some pages of one state and the rest of a later one."""
    first, second = sorted(draw.sample(range(len(files)), 2))
    older, newer = files[first], files[second]
    size = max(len(older), len(newer))
    border = draw.randrange(1, size // _PAGE)
    by_page = draw.random() < 0.5
    parts = []
    for page in range(size // _PAGE):
        source = newer if (draw.random() < 0.5 if by_page else page >= border) else older
        parts.append((source if len(source) > page * _PAGE else newer)[page * _PAGE : (page + 1) * _PAGE])
    return b"".join(parts)


def _texts(snapshot: Snapshot) -> dict[Address, str]:
    return {
        Address(node, field, year): text
        for (node, field), years in snapshot.values.items()
        for year, text in years.items()
    }


def _open(path: Path) -> Repository:
    return Repository.open(path, Author("", ""), lambda: "2024-06-28T00:00:00+09:00")

"""What was changed behind the program's back, by hand or by chance, is noticed."""

import contextlib
import hashlib
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from hyoka_desktop.domain import edits
from hyoka_desktop.domain.report import ROOT, Snapshot, YearView
from hyoka_desktop.errors import HyokaError, WorldError
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.services import recovery
from hyoka_desktop.services.backups import Places
from hyoka_desktop.services.forms import carried_form
from hyoka_desktop.store.history import history_of_text
from hyoka_desktop.store.repository import FormText, Repository

Open = Callable[[Path], Repository]
PAGE, INDEX_LEAF = 4096, 0x0A


def tamper(path: Path, *statements: str) -> None:
    """Change a file with plain sqlite3, foreign keys off."""
    other = sqlite3.connect(path)
    for statement in statements:
        other.execute(statement)
    other.commit()
    other.close()


def noticed(path: Path, open_file: Open) -> str:
    """Open and verify a file; tell the code of the fault that was noticed."""
    with pytest.raises(WorldError) as fault:
        open_file(path).check_log()
    return fault.value.code


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE value SET text = text || 'x' WHERE rowid = (SELECT min(rowid) FROM value)", "file_facts_differ"),
        ("UPDATE value SET year = 1999 WHERE field = 'staff' AND year = 2023", "file_facts_differ"),
        ("UPDATE value SET text = replace(text, 'B', 'A') WHERE field = 'self_rating'", "file_facts_differ"),
        ("UPDATE value SET hash = zeroblob(16) WHERE field = 'self_rating'", "file_facts_differ"),
        ("DELETE FROM value WHERE field = 'self_rating' AND year = 2024", "file_facts_differ"),
        ("INSERT INTO value SELECT 1, 'results', 2024, 'x', zeroblob(16)", "file_facts_differ"),
        ("UPDATE node SET position = position + 1 WHERE kind = 'item'", "file_facts_differ"),
        ("UPDATE node SET last_year = 2023 WHERE kind = 'row'", "file_facts_differ"),
        ("UPDATE node SET kind = 'section' WHERE kind = 'output'", "file_facts_differ"),
        ("INSERT INTO node VALUES (9999, 'section', 1, 9, NULL, NULL)", "file_facts_differ"),
        ("INSERT INTO report_year VALUES (2030)", "file_facts_differ"),
        ("DELETE FROM report_year WHERE year = 2023", "file_facts_differ"),
        ("DELETE FROM head", "file_facts_differ"),
        ("UPDATE head SET facts = '0'", "file_facts_differ"),
        ("UPDATE head SET sequence = sequence - 1", "file_log_differs"),
        ("UPDATE head SET chain = zeroblob(32)", "file_log_differs"),
        ("UPDATE command SET person = 'x' WHERE sequence = 2", "file_log_differs"),
        ("UPDATE command SET person = 'x' WHERE sequence = 1", "file_log_differs"),
        ("UPDATE command SET at = '2020-01-01' WHERE sequence = 2", "file_log_differs"),
        ("UPDATE command SET reason = 'x' WHERE sequence = 2", "file_log_differs"),
        ("UPDATE command SET chain = zeroblob(32) WHERE sequence = 2", "file_log_differs"),
        ("UPDATE command SET facts = '00' WHERE sequence = 2", "file_log_differs"),
        ("UPDATE change SET after = 'x' WHERE command = 2", "file_log_differs"),
        ("UPDATE change SET before = 'x' WHERE command = 3", "file_log_differs"),
        ("DELETE FROM change WHERE command = 2", "file_log_differs"),
        ("DELETE FROM change WHERE command = 1 AND ordinal = 5", "file_log_differs"),
        ("UPDATE change SET ordinal = ordinal + 10000 WHERE command = 1 AND ordinal = 5", "file_log_differs"),
    ],
)
def test_a_fact_changed_behind_its_back_is_noticed(
    statement: str, code: str, logged_file: Path, open_file: Open
) -> None:
    tamper(logged_file, statement)
    assert noticed(logged_file, open_file) == code


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE command SET person = 'x' WHERE sequence = 3",
        "UPDATE change SET after = 'x' WHERE command = 3",
        "UPDATE head SET chain = zeroblob(32)",
    ],
)
def test_a_newest_command_that_was_changed_is_noticed_at_opening(
    statement: str, logged_file: Path, open_file: Open
) -> None:
    tamper(logged_file, statement)
    with pytest.raises(WorldError) as fault:
        open_file(logged_file)
    assert fault.value.code == "file_log_differs"


def test_a_file_that_is_refused_has_nothing_left_beside_it(logged_file: Path, open_file: Open) -> None:
    tamper(logged_file, "UPDATE value SET text = 'x'")
    with pytest.raises(WorldError):
        open_file(logged_file)
    assert list(logged_file.parent.iterdir()) == [logged_file]


def test_the_only_command_of_a_file_is_looked_at_when_it_is_opened(sample_file: Path, open_file: Open) -> None:
    tamper(sample_file, "UPDATE command SET person = 'x' WHERE sequence = 1")
    with pytest.raises(WorldError) as fault:
        open_file(sample_file)
    assert fault.value.code == "file_log_differs"


def test_a_file_without_a_form_is_told_to_be_damaged(logged_file: Path, open_file: Open) -> None:
    tamper(logged_file, "DELETE FROM form")
    with pytest.raises(WorldError) as fault:
        open_file(logged_file)
    assert fault.value.code == "file_damaged"


@pytest.mark.parametrize("sequence", [1, 2, 3])
def test_a_command_that_is_missing_is_noticed(sequence: int, logged_file: Path, open_file: Open) -> None:
    tamper(
        logged_file,
        f"DELETE FROM change WHERE command = {sequence}",
        f"DELETE FROM command WHERE sequence = {sequence}",
    )
    assert noticed(logged_file, open_file) == "file_log_differs"


def test_a_command_that_was_never_given_is_noticed(logged_file: Path, open_file: Open) -> None:
    tamper(
        logged_file,
        "INSERT INTO command SELECT 4, action, subject, origin, reverts, person, computer, at, reason, facts, chain"
        " FROM command WHERE sequence = 3",
    )
    assert noticed(logged_file, open_file) == "file_log_differs"


def test_a_changed_form_is_noticed(logged_file: Path, open_file: Open) -> None:
    tamper(logged_file, "UPDATE form SET text = replace(text, '業務実績', '実績')")
    with pytest.raises(HyokaError) as fault:
        carried_form(open_file(logged_file).form())
    assert fault.value.code == "form_altered"


def test_a_changed_form_is_noticed_even_where_its_own_hash_was_mended(
    logged_file: Path, open_file: Open, carried: FormText
) -> None:
    """The head of the chain stands for the whole file; the form is part of it."""
    text = carried.text.replace("業務実績", "実績")
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    tamper(logged_file, f"UPDATE form SET text = '{text.replace(chr(39), chr(39) * 2)}', sha256 = '{digest}'")
    assert noticed(logged_file, open_file) in {"file_log_differs", "file_facts_differ"}


def test_the_anchor_differs_after_a_change_that_mends_every_hash(
    repository: Repository, sample_snapshot: Snapshot, iaa: FormDefinition
) -> None:
    before = repository.anchor
    view = YearView(sample_snapshot, 2024, iaa.period_fields)
    repository.apply(edits.set_text(view, ROOT, "procedures", "別の文"))
    assert repository.anchor != before
    assert repository.anchor.startswith("2-")


def test_bytes_flipped_anywhere_are_noticed_or_harmless(
    logged_file: Path, open_file: Open, iaa: FormDefinition
) -> None:
    """Flip one byte at 200 places: every file either gives exactly what was saved, or an error that has a message."""
    good = logged_file.read_bytes()
    expected = _content(open_file(logged_file))
    draw = random.Random(20240628)
    places = sorted(draw.sample(range(len(good)), 200))
    wrong = []
    for place in places:
        damaged = bytearray(good)
        damaged[place] ^= draw.randrange(1, 256)
        path = logged_file.with_name(f"damaged-{place}.hyoka")
        path.write_bytes(damaged)
        try:
            with contextlib.closing(open_file(path)) as repository:
                repository.check_log()
                carried_form(repository.form())
                outcome = "same" if _content(repository) == expected else "silently different"
        except HyokaError as fault:
            outcome = "refused" if fault.code != "file_unreachable" else "said to be a network fault"
        except Exception as fault:  # noqa: BLE001 - what came out is what the test reports
            outcome = type(fault).__name__
        if outcome not in {"same", "refused"}:
            wrong.append((place, outcome))
        path.unlink()
    assert wrong == []


def _content(repository: Repository) -> tuple[Snapshot, str]:
    content = repository.snapshot(), repository.form().text
    repository.close()
    return content


@pytest.fixture
def logged_file(sample_file: Path, open_file: Open, iaa: FormDefinition) -> Path:
    """Give the sample two more commands in its log."""
    repository = open_file(sample_file)
    for text in ("一回目", "二回目"):
        view = YearView(repository.snapshot(), 2024, iaa.period_fields)
        repository.apply(edits.set_text(view, ROOT, "procedures", text))
    repository.close()
    return sample_file


@pytest.mark.parametrize("damage", ["g", "_", " ", "A"])
def test_a_sum_in_the_head_that_is_no_sum_is_damage_and_can_be_recovered(
    damage: str, sample_file: Path, open_file: Callable[[Path], Repository]
) -> None:
    with contextlib.closing(sqlite3.connect(sample_file)) as other:
        other.execute("UPDATE head SET facts = substr(facts, 1, 3) || ? || substr(facts, 5)", [damage])
        other.commit()
    with pytest.raises(WorldError) as refusal:
        open_file(sample_file)
    assert refusal.value.code == "file_facts_differ"
    target = sample_file.with_name("new.hyoka")
    found = recovery.examine(sample_file, Places(sample_file.with_name("backups")))
    recovery.recover(found, target)
    assert found.salvaged.is_whole
    assert open_file(target).sequence == 1


def index_pages(content: bytes, wanted: bytes) -> list[int]:
    """Tell where the pages of indexes lie that hold some bytes."""
    leaves = [place for place in range(0, len(content), PAGE) if content[place] == INDEX_LEAF]
    return [place for place in leaves if wanted in content[place : place + PAGE]]


def test_an_index_that_answers_for_another_table_is_noticed(logged_file: Path, open_file: Open) -> None:
    content = logged_file.read_bytes()
    for place in index_pages(content, b"procedures"):
        page = content[place : place + PAGE].replace(b"procedures", b"procedurez")
        content = content[:place] + page + content[place + PAGE :]
    logged_file.write_bytes(content)
    with contextlib.closing(sqlite3.connect(logged_file)) as connection:
        assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
    assert noticed(logged_file, open_file) == "file_damaged"


def answers(repository: Repository) -> tuple[object, ...]:
    """Tell what an open file says of itself: all facts with the id of the next node, and all of its history."""
    snapshot = repository.snapshot()
    history = repository.read(lambda db: [history_of_text(db, node, field) for node, field in sorted(snapshot.values)])
    return snapshot, history


def test_no_wrong_byte_of_an_index_makes_an_open_file_say_anything_else(logged_file: Path, open_file: Open) -> None:
    with contextlib.closing(open_file(logged_file)) as repository:
        true = answers(repository)
    content = logged_file.read_bytes()
    draw, pages, refused = random.Random(17), index_pages(content, b""), 0
    for _ in range(150):
        place = draw.choice(pages) + draw.randrange(PAGE)
        damaged = bytearray(content)
        damaged[place] ^= 1 << draw.randrange(8)
        logged_file.write_bytes(damaged)
        try:
            with contextlib.closing(open_file(logged_file)) as repository:
                assert answers(repository) == true, f"byte {place}"
        except HyokaError:
            refused += 1
    assert refused > 50

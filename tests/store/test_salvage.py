"""What is left of a file is weighed: what proves a fact, what only lets it be believed, and what is never said."""

import random
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest

from hyoka_desktop.domain import edits
from hyoka_desktop.domain.report import ROOT, Address, Snapshot, YearView
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.store.hashing import value_hash
from hyoka_desktop.store.readings import readings_of
from hyoka_desktop.store.remains import FoundDraft, Head, Remains
from hyoka_desktop.store.repository import FormText, Repository
from hyoka_desktop.store.salvage import BackupState, Salvaged, salvage
from hyoka_desktop.store.weighing import PROVED, Standing

Open = Callable[[Path], Repository]
Write = Callable[..., Remains]
FIELD = Address(ROOT, "procedures", 2024)
OTHER = Address(ROOT, "other_matters", 2024)
EARLIER, BETWEEN, NEWEST = "初めの文章", "次の文章", "今の文章"


@pytest.fixture
def write(sample_file: Path, open_file: Open, iaa: FormDefinition) -> Write:
    """Write texts into the sample, a command each, and tell what is found in the file."""

    def written(*texts: tuple[Address, str]) -> Remains:
        repository = open_file(sample_file)
        for address, text in texts:
            view = YearView(repository.snapshot(), address.year, iaa.period_fields)
            edit = edits.set_text(view, address.node, address.field, text)
            assert edit is not None
            repository.apply(edit)
        repository.close()
        (remains,) = readings_of(sample_file)
        return remains

    return written


@pytest.fixture
def remains(write: Write) -> Remains:
    """Tell what is found in a sound file of three commands, the last two of which wrote the same field."""
    return write((FIELD, EARLIER), (FIELD, NEWEST))


@pytest.fixture
def five(write: Write) -> Remains:
    """Tell what is found in a sound file of five commands, the last of which wrote another field than those before."""
    return write((FIELD, EARLIER), (FIELD, BETWEEN), (FIELD, NEWEST), (OTHER, NEWEST))


@pytest.fixture
def truth(five: Remains) -> Snapshot:
    """Tell what that file holds."""
    return salvaged(five).snapshot


def salvaged(*readings: Remains, backup: BackupState | None = None) -> Salvaged:
    return salvage(Path("damaged.hyoka"), readings, backup)


def lose_command(remains: Remains, sequence: int) -> None:
    remains.commands.pop(sequence, None)
    remains.changes.pop(sequence, None)


def lose_changes(remains: Remains, sequence: int) -> None:
    """Leave a command of which only the time and the person are known."""
    del remains.changes[sequence]


def lose_sum(remains: Remains) -> None:
    remains.heads[:] = [replace(head, facts="0") for head in remains.heads]


def lose_text(remains: Remains, address: Address) -> str:
    return min(remains.texts.pop(address))


def spoil_text(remains: Remains, address: Address) -> None:
    """Leave the hash of a text, which itself is another now."""
    remains.wrong[address] = {value_hash(address, lose_text(remains, address))}


def test_all_of_a_sound_file_is_intact(remains: Remains) -> None:
    found = salvaged(remains)
    assert (found.is_whole, found.log_is_whole, found.sequence) == (True, True, 3)
    assert {*found.texts.values(), *found.nodes.values()} == {Standing.INTACT}


def test_a_part_that_only_the_log_has_is_restored(remains: Remains) -> None:
    lost = max(remains.nodes)
    del remains.nodes[lost]
    found = salvaged(remains)
    assert found.is_whole
    assert {node for node, standing in found.nodes.items() if standing is not Standing.INTACT} == {lost}
    assert found.nodes[lost] is Standing.RESTORED


def test_without_a_head_the_log_is_believed_where_the_tables_hold_just_what_it_gives(remains: Remains) -> None:
    remains.heads.clear()
    found = salvaged(remains)
    assert (found.is_whole, found.log_is_whole) == (True, True)


def test_without_a_head_a_text_that_the_log_does_not_know_shows_that_commands_followed(remains: Remains) -> None:
    """How many followed is not known, so the text may be of the last but one."""
    remains.heads.clear()
    remains.texts[FIELD] = {"その後の文章"}
    found = salvaged(remains)
    assert (found.is_whole, found.log_is_whole) == (False, False)
    assert (found.snapshot.stored(FIELD), found.texts[FIELD]) == ("その後の文章", Standing.UNPROVED)


def test_without_a_head_a_text_that_does_not_fit_its_hash_shows_the_same(remains: Remains) -> None:
    remains.heads.clear()
    place = Address(max(remains.nodes), "results", 2024)
    remains.wrong[place] = {bytes(16)}
    found = salvaged(remains)
    assert (found.is_whole, found.log_is_whole) == (False, False)
    assert found.texts[place] is Standing.LOST


def test_a_text_that_only_the_newest_command_can_have_written_is_intact_where_a_head_counts_the_commands(
    remains: Remains,
) -> None:
    lose_command(remains, 3)
    lose_sum(remains)
    assert salvaged(remains).texts[FIELD] is Standing.INTACT
    remains.heads.clear()
    assert salvaged(remains).texts[FIELD] is Standing.UNPROVED


def test_a_text_that_another_lost_command_can_have_written_before_is_not_said_to_be_the_newest(five: Remains) -> None:
    """The page is of before: the fourth command, which is proved, wrote another text, and the fifth wrote elsewhere."""
    lose_changes(five, 2)
    lose_changes(five, 5)
    lose_sum(five)
    five.texts[FIELD] = {EARLIER}
    assert salvaged(five).texts[FIELD] is Standing.UNPROVED


def test_a_text_that_the_log_tells_of_without_proof_is_the_newest_only_where_no_later_command_is_lost(
    five: Remains,
) -> None:
    lose_sum(five)
    del five.commands[4]
    lose_text(five, OTHER)
    assert salvaged(five).texts[FIELD] is Standing.UNPROVED, "the fifth may have written it too, and the page be older"
    lose_command(five, 5)
    five.heads[:] = [replace(head, sequence=4) for head in five.heads]
    assert salvaged(five).texts[FIELD] is Standing.INTACT


def test_where_pages_contradict_each_other_the_last_text_that_the_log_proves_is_taken_with_doubt(five: Remains) -> None:
    lose_changes(five, 5)
    five.texts[FIELD] = {EARLIER, BETWEEN}
    found = salvaged(five)
    assert (found.snapshot.stored(FIELD), found.texts[FIELD]) == (NEWEST, Standing.UNPROVED)


def test_the_place_of_a_part_has_no_hash_so_that_a_lost_command_does_not_prove_it(remains: Remains) -> None:
    lose_changes(remains, 3)
    number = max(remains.nodes)
    (node,) = remains.nodes[number]
    remains.nodes[number] = {replace(node, position=node.position + 1)}
    assert salvaged(remains).nodes[number] is Standing.UNPROVED


def test_tables_that_give_the_sum_of_an_older_head_are_not_the_newest(remains: Remains) -> None:
    """Pages of before may lie in a file, with the head of then."""
    remains.heads[:] = [remains.commands[2][1]]
    remains.texts[FIELD] = {EARLIER}
    lose_changes(remains, 3)
    found = salvaged(remains)
    assert not found.is_whole
    assert found.sequence == 3


def test_a_text_of_which_the_hash_is_known_is_proved_by_the_log(remains: Remains) -> None:
    lose_changes(remains, 3)
    text = remains.texts[OTHER]
    spoil_text(remains, OTHER)
    found = salvaged(remains)
    assert ({found.snapshot.stored(OTHER)}, found.texts[OTHER]) == (text, Standing.RESTORED)
    assert found.is_whole


def test_one_text_that_is_proved_by_its_hash_does_not_prove_another(remains: Remains) -> None:
    lose_changes(remains, 3)
    spoil_text(remains, OTHER)
    spoil_text(remains, FIELD)
    found = salvaged(remains)
    assert (found.texts[OTHER], found.texts[FIELD]) == (Standing.RESTORED, Standing.UNPROVED)
    assert found.snapshot.stored(FIELD) == EARLIER
    assert not found.is_whole


@pytest.mark.parametrize("damage", [lambda remains: None, lose_sum], ids=["with the sum", "without"])
def test_a_text_that_only_a_hash_is_left_of_is_told_to_be_lost(damage: Callable[[Remains], None], write: Write) -> None:
    place = Address(ROOT, "unheard_of", 2024)
    remains = write((FIELD, EARLIER), (place, NEWEST))
    lose_changes(remains, 3)
    spoil_text(remains, place)
    damage(remains)
    found = salvaged(remains)
    assert (found.snapshot.stored(place), found.texts[place]) == (None, Standing.LOST)
    assert not found.is_whole


def test_a_missing_text_is_never_filled_in_for_the_sum_where_another_one_is_wrong(remains: Remains) -> None:
    """The sum would come out, with the hash for the wrong text, and that text would silently be gone."""
    lose_changes(remains, 3)
    lose_text(remains, OTHER)
    spoil_text(remains, FIELD)
    found = salvaged(remains)
    assert not found.is_whole
    assert (found.snapshot.stored(FIELD), found.texts[FIELD]) == (EARLIER, Standing.UNPROVED)


def test_where_no_year_is_left_the_texts_tell_the_years(remains: Remains) -> None:
    remains.years.clear()
    remains.changes.clear()
    found = salvaged(remains)
    assert {2023, 2024} < set(found.snapshot.years), "and those before, of which texts tell too"


def test_a_year_that_was_taken_away_again_stays_away(
    sample_file: Path, open_file: Open, iaa: FormDefinition, write: Write
) -> None:
    repository = open_file(sample_file)
    edit = edits.add_year(YearView(repository.snapshot(), 2024, iaa.period_fields), 2025)
    assert edit is not None
    repository.apply(edit)
    repository.apply(edit.inverse())
    repository.close()
    remains = write()
    assert salvaged(remains).log_is_whole
    lose_sum(remains)
    lose_changes(remains, 1)
    assert salvaged(remains).snapshot.years == (2023, 2024)


def state_of(path: Path, open_file: Open, anchor: str = "") -> BackupState:
    """Tell a file as a backup holds it, perhaps under the anchor of another."""
    repository = open_file(path)
    state = BackupState(repository.snapshot(), repository.form(), anchor or repository.anchor)
    repository.close()
    return state


@pytest.mark.parametrize(
    ("anchor", "told"),
    [("", (EARLIER, Standing.FROM_BACKUP)), ("2-0123456789abcdef", (None, Standing.UNPROVED))],
    ids=["its own", "another"],
)
def test_only_a_backup_of_this_very_file_counts_as_a_state_of_it(
    anchor: str, told: tuple[str | None, Standing], write: Write, sample_file: Path, open_file: Open
) -> None:
    (before,) = write().texts[FIELD]
    write((FIELD, EARLIER))
    backup = state_of(sample_file, open_file, anchor)
    remains = write((FIELD, NEWEST))
    lose_command(remains, 3)
    lose_changes(remains, 2)
    lose_sum(remains)
    lose_text(remains, FIELD)
    found = salvaged(remains, backup=backup)
    text, standing = told
    assert (found.snapshot.stored(FIELD), found.texts[FIELD]) == (text or before, standing)


def test_a_backup_proves_what_the_commands_before_it_wrote_whatever_is_lost_of_them(
    write: Write, sample_file: Path, open_file: Open
) -> None:
    write((FIELD, EARLIER))
    backup = state_of(sample_file, open_file)
    remains = write((OTHER, NEWEST))
    lose_changes(remains, 2)
    lose_sum(remains)
    lose_text(remains, FIELD)
    found = salvaged(remains, backup=backup)
    assert (found.snapshot.stored(FIELD), found.texts[FIELD]) == (EARLIER, Standing.RESTORED)


def test_the_form_of_the_file_goes_before_that_of_the_backup(
    remains: Remains, sample_snapshot: Snapshot, carried: FormText
) -> None:
    lose_sum(remains)
    lose_changes(remains, 3)
    other = FormText("other", "{}", "0" * 64)
    assert salvaged(remains, backup=BackupState(sample_snapshot, other, "1-0")).form == carried
    remains.forms.clear()
    assert salvaged(remains, backup=BackupState(sample_snapshot, other, "1-0")).form == other


def test_the_facts_are_proved_also_where_only_the_hash_of_the_form_is_left(remains: Remains, carried: FormText) -> None:
    remains.forms.clear()
    found = salvaged(remains)
    assert (found.is_whole, found.form, found.form_hash) == (True, None, carried.sha256)


def test_of_several_drafts_of_a_field_the_proved_one_is_taken(remains: Remains) -> None:
    remains.drafts[FIELD] = {FoundDraft(True, "2024", "正"), FoundDraft(False, "2025", "誤")}
    assert salvaged(remains).drafts[FIELD].text == "正"
    remains.drafts[FIELD].add(FoundDraft(True, "2026", "より新しい"))
    assert salvaged(remains).drafts[FIELD].text == "より新しい"


def test_a_draft_that_says_what_stands_there_anyway_is_none(remains: Remains) -> None:
    empty = Address(ROOT, "unheard_of", 2024)
    remains.drafts = {FIELD: {FoundDraft(True, "2024", NEWEST)}, empty: {FoundDraft(False, "2024", "")}}
    found = salvaged(remains)
    assert found.drafts == {}
    assert found.is_whole


def test_a_draft_of_a_part_that_is_not_there_is_no_loss_of_the_facts_but_told(remains: Remains) -> None:
    gone = Address(max(remains.nodes) + 1, "results", 2024)
    remains.drafts[gone] = {FoundDraft(True, "2024", "置き場所のない下書き")}
    found = salvaged(remains)
    assert found.drafts == {}
    assert found.strays == {gone: "置き場所のない下書き"}
    assert found.texts[gone] is Standing.INTACT
    assert not found.is_whole, "the new file cannot hold it"


def test_the_reading_that_proves_more_is_taken_in_whatever_order_they_come(remains: Remains) -> None:
    worse = replace(remains, heads=[Head(9, bytes(32), "0")], commands={})
    for readings in ((remains, worse), (worse, remains)):
        assert salvaged(*readings).is_whole


def lose_heads(remains: Remains, draw: random.Random) -> None:
    remains.heads[:] = draw.choice([[], [replace(head, facts="0") for head in remains.heads]])


def lose_rows_of_the_log(remains: Remains, draw: random.Random) -> None:
    for changes in remains.changes.values():
        for ordinal in draw.sample(sorted(changes), draw.randrange(len(changes) + 1)):
            del changes[ordinal]


def spoil_rows_of_the_log(remains: Remains, draw: random.Random) -> None:
    changes = remains.changes.get(draw.choice([2, 3, 4, 5]), {})
    for ordinal, row in changes.items():
        changes[ordinal] = (*row[:-1], "異なる文章")


def lose_a_command(remains: Remains, draw: random.Random) -> None:
    lose_command(remains, draw.choice([1, 2, 3, 4]))


def lose_only_the_command(remains: Remains, draw: random.Random) -> None:
    remains.commands.pop(draw.choice([1, 2, 3, 4]), None)


def lose_texts(remains: Remains, draw: random.Random) -> None:
    for address in draw.sample(sorted(remains.texts), 5):
        lose_text(remains, address)


def spoil_texts(remains: Remains, draw: random.Random) -> None:
    for address in draw.sample(sorted(remains.texts), 2):
        spoil_text(remains, address)


def lose_parts(remains: Remains, draw: random.Random) -> None:
    for number in draw.sample(sorted(remains.nodes), 2):
        del remains.nodes[number]


def turn_back_a_page(remains: Remains, draw: random.Random) -> None:
    remains.texts[FIELD] = {draw.choice([EARLIER, BETWEEN])}


def add_an_old_page(remains: Remains, draw: random.Random) -> None:
    remains.texts.setdefault(FIELD, set()).add(draw.choice([EARLIER, BETWEEN]))


LOSSES = (
    lose_heads,
    lose_rows_of_the_log,
    spoil_rows_of_the_log,
    lose_a_command,
    lose_only_the_command,
    lose_texts,
    spoil_texts,
    lose_parts,
    turn_back_a_page,
    add_an_old_page,
)


def test_whatever_is_lost_nothing_is_said_to_be_proved_but_the_truth(five: Remains, truth: Snapshot) -> None:
    for seed in range(60):
        draw, damaged = random.Random(seed), deepcopy(five)
        for lose in draw.sample(LOSSES, draw.randrange(1, 5)):
            lose(damaged, draw)
        found = salvaged(damaged)
        texts = {place: found.strays.get(place, found.snapshot.stored(place)) for place in found.texts}
        told = {place: text for place, text in texts.items() if found.texts[place] in PROVED}
        assert told == {place: truth.stored(place) for place in told}, f"seed {seed}"
        nodes = {**found.unplaced, **found.snapshot.tree.nodes}
        parts = {number: nodes[number] for number, standing in found.nodes.items() if standing in PROVED}
        assert parts == {number: truth.tree.nodes[number] for number in parts}, f"seed {seed}"
        if found.is_whole:
            assert (found.snapshot.values, found.snapshot.tree) == (truth.values, truth.tree), f"seed {seed}"

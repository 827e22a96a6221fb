"""Recover a damaged report: examine it, say how every fact stands, make a new file. The damaged one is not touched."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from hyoka_desktop.domain import era
from hyoka_desktop.errors import HyokaError, InputError, WorldError
from hyoka_desktop.formdef.stored import StoredForm
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.author import current_author, now
from hyoka_desktop.services.backups import Backup, Places, find_backups_of_file
from hyoka_desktop.services.files import free_path, write_file
from hyoka_desktop.services.forms import as_carried, carried_form, installed_forms
from hyoka_desktop.services.recoverylines import FactLine, doubted_parts, fact_lines
from hyoka_desktop.store.backups import report_name
from hyoka_desktop.store.copying import RepositoryCopy
from hyoka_desktop.store.journals import put_in_place
from hyoka_desktop.store.kinship import Kinship, kinship
from hyoka_desktop.store.readings import identity_in, readings_of
from hyoka_desktop.store.rebuilding import rebuild
from hyoka_desktop.store.remains import Remains
from hyoka_desktop.store.repository import Clock
from hyoka_desktop.store.salvage import BackupState, Salvaged, salvage
from hyoka_desktop.store.weighing import PROVED, Standing

__all__ = ["PROVED", "FactLine", "Standing"]
_DAMAGE: Final = frozenset(
    {"file_damaged", "file_facts_differ", "file_log_differs", "form_altered", "copy_torn", "file_not_ours"}
)


@dataclass(frozen=True)
class Chosen:
    """Hold the backup that is taken from, and how near it is to the damaged file."""

    backup: Backup
    state: BackupState
    kinship: Kinship


@dataclass(frozen=True)
class Recovery:
    """Hold what an examination found; `chosen` is the backup that was taken from, the form perhaps guessed."""

    path: Path
    salvaged: Salvaged
    form: StoredForm
    chosen: Chosen | None
    form_is_guessed: bool = False

    @property
    def counts(self) -> Mapping[Standing, int]:
        """Tell how many texts stand how."""
        return Counter([*self.salvaged.texts.values(), *(draft.standing for draft in self.salvaged.drafts.values())])

    @property
    def taken_at(self) -> str:
        """Tell the time of the backup, as people say it; of one that is perhaps of another report, also whose it is."""
        if self.chosen is None:
            return ""
        time = spoken_time(self.chosen.backup.at)
        if self.chosen.kinship is Kinship.OWN:
            return time
        return word("damage_of_other", name=report_name(self.chosen.backup), time=time)

    @property
    def backup(self) -> Backup | None:
        """Tell the backup that was taken from."""
        return self.chosen.backup if self.chosen is not None else None

    def lines(self) -> tuple[FactLine, ...]:
        """Tell every fact that is not simply intact or does not get into the new file, the worst first."""
        return fact_lines(self.form.definition, self.salvaged)


def is_damage(error: HyokaError) -> bool:
    """Tell whether a file could not be opened because of what is in it."""
    return error.code in _DAMAGE - {"file_not_ours"}


def examine(path: Path, places: Places) -> Recovery:
    """Read what a damaged file still proves, and the newest whole backup; WorldError where nothing is left of it."""
    readings = readings_of(path)
    chosen = _nearest_whole(path, places, readings)
    state = chosen.state if chosen is not None else None
    installed = list(installed_forms().values())
    salvaged = salvage(path, readings, state, [as_carried(form) for form in installed])
    if not salvaged.snapshot.years:
        raise WorldError("salvage_nothing", path=str(path))
    form, is_guessed = _form_of(path, salvaged, installed)
    return Recovery(path, salvaged, form, chosen, is_guessed)


def recover(recovery: Recovery, target: Path, clock: Clock = now) -> Path | None:
    """Make the new file and beside it a record of what was found, where not everything was; tell that record.

    Nothing that stands there already is touched.
    """
    if target.exists():
        raise InputError("file_exists", path=str(target))
    mark_time = recovery.taken_at

    def mark(standing: Standing, text: str) -> str:
        return word(f"mark_{standing.value}", time=mark_time) + text if text else text

    partial = free_path(target.with_name(f"{target.name}.part"))
    try:
        rebuild(partial, recovery.salvaged, as_carried(recovery.form), current_author(), clock, mark)
        put_in_place(partial, target)
    finally:
        partial.unlink(missing_ok=True)
    if recovery.salvaged.is_whole and recovery.salvaged.log_is_whole:
        return None
    record = free_path(target.with_suffix(".txt"))
    write_file(record, ("\ufeff" + record_text(recovery)).replace("\n", "\r\n").encode("utf-8"))
    return record


def recovered_path(path: Path, clock: Clock = now) -> Path:
    """Tell the place of the new file: 「名前（復旧 日時）.hyoka」 beside the damaged one."""
    time = clock()[:16].replace("-", "").replace(":", "").replace("T", " ")
    return path.with_name(word("damage_file", name=path.stem, time=time))


def summary(recovery: Recovery) -> str:
    """Say how the whole stands."""
    salvaged = recovery.salvaged
    counts = recovery.counts
    sentences = [word("damage_whole") if salvaged.is_whole else word("damage_part")]
    sentences.append(word("damage_whole_log") if salvaged.log_is_whole else word("damage_no_log"))
    sentences += _said_of_drafts(salvaged)
    parts = len(doubted_parts(salvaged))
    sentences += [word("damage_parts", count=parts)] if parts else []
    sentences += [word("damage_unplaced", count=len(salvaged.unplaced))] if salvaged.unplaced else []
    if not salvaged.is_whole:
        sentences.append(_said_of_backup(recovery))
    if recovery.form_is_guessed:
        sentences.append(word("damage_form_guessed", form=recovery.form.definition.name))
    sentences.append(word("damage_kept", name=recovery.path.name))
    numbers = word("damage_counts", **{standing.value: counts.get(standing, 0) for standing in Standing})
    return "\n".join([*sentences, numbers])


def _said_of_drafts(salvaged: Salvaged) -> list[str]:
    """Say how many drafts come along as they were written, and how many with a mark."""
    proved = sum(draft.is_proved for draft in salvaged.drafts.values())
    doubted = len(salvaged.drafts) - proved
    said = [word("damage_drafts_proved", count=proved)] if proved else []
    said += [word("damage_drafts", count=doubted)] if doubted else []
    return said or [word("damage_no_drafts")]


def _said_of_backup(recovery: Recovery) -> str:
    """Say whether a backup was taken from, or only compared with."""
    if recovery.backup is None:
        return word("damage_no_backup")
    key = "damage_backup" if recovery.counts.get(Standing.FROM_BACKUP) else "damage_backup_compared"
    said = word(key, time=recovery.taken_at)
    is_own = recovery.chosen is not None and recovery.chosen.kinship is Kinship.OWN
    return said if is_own else said + word("damage_backup_unsure")


def record_text(recovery: Recovery) -> str:
    """Tell the list as a text to be kept."""
    lines = [summary(recovery), ""]
    for line in recovery.lines():
        lines += [word("damage_record_line", where=line.where, standing=word(f"standing_{line.standing.value}"))]
        lines += [line.text, ""]
    return "\n".join(lines)


def spoken_time(at: datetime) -> str:
    """Say a time as people do."""
    return era.format_moment(at.isoformat())


def _nearest_whole(path: Path, places: Places, readings: Sequence[Remains]) -> Chosen | None:
    """Tell the backup to take from: the newest state of this very file, otherwise of what is next to it.

    One that the log shows to be of another report is never taken from.
    """
    identity, made_here = identity_in(readings), find_backups_of_file(path, places)
    found = dict.fromkeys([*made_here, *(find_backups_of_file(path, places, identity) if identity else ())])
    whole = [chosen for chosen in (_read(readings, backup) for backup in found) if chosen is not None]

    def nearness(one: Chosen) -> tuple[Kinship, int, bool, datetime]:
        sequence = one.state.sequence if one.kinship is Kinship.OWN else 0
        return one.kinship, sequence, one.backup in made_here, one.backup.at

    return max((one for one in whole if one.kinship is not Kinship.STRANGER), key=nearness, default=None)


def _read(readings: Sequence[Remains], backup: Backup) -> Chosen | None:
    try:
        copy = RepositoryCopy.take(backup.path, current_author(), now)
    except HyokaError:
        return None
    try:
        links = copy.read(lambda db: dict(db.execute("SELECT sequence, chain FROM command").fetchall()))
        state = BackupState(copy.snapshot(), copy.form(), copy.anchor)
        return Chosen(backup, state, kinship(readings, {sequence: bytes(chain) for sequence, chain in links.items()}))
    finally:
        copy.close()


def _form_of(path: Path, salvaged: Salvaged, installed: Sequence[StoredForm]) -> tuple[StoredForm, bool]:
    """Tell the form of the report, and whether it was guessed: the installed one that knows most of the fields."""
    if salvaged.form is not None:
        return carried_form(salvaged.form), False
    same = [form for form in installed if form.sha256 == salvaged.form_hash]
    if same:
        return same[0], False
    names = [address.field for address in salvaged.texts]
    best = max(installed, key=lambda form: sum(name in form.definition.fields for name in names), default=None)
    if best is None:
        raise WorldError("salvage_no_form", path=str(path))
    return best, True

"""Thinning keeps what it promises: all of two days, then the last of 12 days, 10 weeks and 9 months."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyoka_desktop.store.backups import Backup, Reason, backup_name, backups_in, kept_of, thin

NOW = datetime(2024, 6, 28, 17, 0, 0)
MINUTES_OF_TWO_YEARS = 2 * 365 * 24 * 60
times = st.lists(
    st.integers(-60, MINUTES_OF_TWO_YEARS).map(lambda minutes: NOW - timedelta(minutes=minutes)), max_size=60
)


@given(times)
def test_the_newest_always_stays(moments: list[datetime]) -> None:
    assert not moments or max(moments) in kept_of(moments, NOW)


@given(times)
def test_nothing_of_the_last_two_days_goes(moments: list[datetime]) -> None:
    assert {moment for moment in moments if NOW - moment < timedelta(days=2)} <= kept_of(moments, NOW)


@given(times)
def test_what_stays_was_there_and_stays_when_it_is_thinned_again(moments: list[datetime]) -> None:
    kept = kept_of(moments, NOW)
    assert kept <= set(moments)
    assert kept_of(kept, NOW) == kept


@given(times)
def test_of_the_twelve_newest_days_before_that_the_last_backup_stays(moments: list[datetime]) -> None:
    kept = kept_of(moments, NOW)
    older = [moment for moment in moments if NOW - moment >= timedelta(days=2) and moment != max(moments)]
    days = sorted({moment.date() for moment in older}, reverse=True)[:12]
    for day in days:
        assert max(moment for moment in older if moment.date() == day) in kept


def test_a_year_of_work_is_thinned_to_a_number_that_can_be_told() -> None:
    """Work every half hour from 9 to 17 for two years, thinned after each backup."""
    kept: frozenset[datetime] = frozenset()
    for day in range(2 * 365, -1, -1):
        for half_hour in range(16):
            moment = NOW.replace(hour=9) - timedelta(days=day) + timedelta(minutes=30 * half_hour)
            kept = kept_of([*kept, moment], moment)
    old = [moment for moment in kept if NOW - moment >= timedelta(days=2)]
    assert len(old) in range(12 + 10 + 9, 12 + 10 + 9 + 2)
    assert NOW - min(kept) > timedelta(days=300)


def test_thinning_a_folder_leaves_foreign_files_alone(tmp_path: Path) -> None:
    anchor = "3-0123456789abcdef"
    for hours in range(24 * 30):
        (tmp_path / backup_name(NOW - timedelta(hours=hours), Reason.TIMER, anchor)).touch()
    (tmp_path / "メモ.txt").touch()
    (tmp_path / "20240101-999999-timer-1-0123456789abcdef.hyoka").touch()
    gone = thin(tmp_path, NOW)
    assert len(backups_in(tmp_path)) + len(gone) == 24 * 30
    assert {path.name for path in tmp_path.iterdir()} >= {"メモ.txt", "20240101-999999-timer-1-0123456789abcdef.hyoka"}
    assert backups_in(tmp_path)[0] == Backup(
        tmp_path / backup_name(NOW, Reason.TIMER, anchor), NOW, Reason.TIMER, anchor
    )


@pytest.mark.parametrize("word", ["timer", "closing", "asked", "import", "merge", "year"])
def test_a_backup_of_each_reason_is_known_by_the_name_that_it_was_given(word: str, tmp_path: Path) -> None:
    """A word of a name never changes: what was kept before would not be found any more."""
    (tmp_path / f"20240628-170000-{word}-12-0123456789abcdef.hyoka").write_bytes(b"contents")
    (found,) = backups_in(tmp_path)
    assert (found.at, found.reason.value, found.anchor) == (NOW, word, "12-0123456789abcdef")

"""A report is written to the file that was opened and to no other; on a full disk the room set aside takes the last."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hyoka_desktop.domain import edits
from hyoka_desktop.domain.report import ROOT, Address, YearView
from hyoka_desktop.errors import WorldError
from hyoka_desktop.messages.errors import message_of
from hyoka_desktop.store.repository import Repository
from hyoka_desktop.store.standing import Reserve

FIELD = Address(ROOT, "procedures", 2024)
Open = Callable[[Path], Repository]


def write(repository: Repository, text: str) -> None:
    edit = edits.set_text(YearView(repository.snapshot(), 2024, frozenset()), ROOT, FIELD.field, text)
    assert edit is not None
    repository.apply(edit)


def refused(repository: Repository) -> str:
    """Have both kinds of writing refused for the same reason; tell it."""
    codes = set()
    for attempt in (lambda: write(repository, "届かない"), lambda: repository.put_drafts({FIELD: "届かない"})):
        with pytest.raises(WorldError) as refusal:
            attempt()
        codes.add(refusal.value.code)
        assert message_of(refusal.value).do
    (code,) = codes
    return code


def test_a_file_that_was_removed_is_not_written_to(repository: Repository, sample_file: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows removes no open file")
    away = sample_file.with_name("よそ.hyoka")
    sample_file.rename(away)
    assert refused(repository) == "file_gone"
    away.rename(sample_file)
    write(repository, "戻った")
    assert repository.snapshot().stored(FIELD) == "戻った"


def test_a_file_that_was_replaced_keeps_what_the_other_put_there(repository: Repository, sample_file: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows replaces no open file")
    other = sample_file.with_name("よそ.hyoka")
    shutil.copy(sample_file, other)
    content = other.read_bytes()
    other.replace(sample_file)
    assert refused(repository) == "file_replaced"
    assert sample_file.read_bytes() == content


def test_room_is_set_aside_while_a_file_is_open_and_given_back(repository: Repository, sample_file: Path) -> None:
    reserves = [path for path in sample_file.parent.iterdir() if path.name.startswith(".~reserve")]
    # Windows counts no blocks, and makes no holes in what is written.
    rooms = [getattr(path.stat(), "st_blocks", path.stat().st_size / 512) * 512 for path in reserves]
    assert [room >= 4 << 20 for room in rooms] == [True]
    assert repository.has_reserve
    repository.close()
    assert list(sample_file.parent.iterdir()) == [sample_file]


def test_the_room_that_a_crash_left_is_taken_over(sample_file: Path, open_file: Open) -> None:
    left = Reserve(sample_file)
    assert left.take()
    repository = open_file(sample_file)
    assert repository.has_reserve
    repository.close()
    assert not left.path.exists()


@pytest.mark.parametrize("is_linked", [False, True], ids=["a file", "a link to one"])
def test_what_somebody_keeps_under_the_name_of_the_room_stays(
    is_linked: bool, sample_file: Path, open_file: Open
) -> None:
    if is_linked and sys.platform == "win32":
        pytest.skip("links need rights on Windows")
    place, own = Reserve(sample_file).path, sample_file.with_name("own.txt")
    own.write_bytes(b"mine")
    if is_linked:
        place.symlink_to(own)
    else:
        place.write_bytes(b"mine")
    repository = open_file(sample_file)
    assert repository.has_reserve
    assert repository._reserve.give()
    repository.close()
    assert (place.read_bytes(), own.read_bytes()) == (b"mine", b"mine")
    assert {path.name for path in sample_file.parent.iterdir()} == {sample_file.name, place.name, own.name}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of 12 MB, where that is allowed."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "none", str(place)], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("a small disk can be mounted by root on Linux only")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(place: Path) -> Path:
    """Write to a disk until it is full."""
    filler = place / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return filler


def test_the_last_save_on_a_full_disk_takes_the_room_that_was_set_aside(
    small_disk: Path, sample_file: Path, open_file: Open
) -> None:
    path = Path(shutil.copy(sample_file, small_disk / "見本.hyoka"))
    repository = open_file(path)
    filler = fill(small_disk)
    text = "満杯の時の文章" * 4000
    write(repository, text)
    assert repository.snapshot().stored(FIELD) == text
    fill(small_disk)
    with pytest.raises(WorldError) as refusal:
        write(repository, text * 20)
    assert refusal.value.code == "disk_full"
    assert repository.snapshot().stored(FIELD) == text
    assert not repository.has_reserve
    filler.unlink()
    assert repository.has_reserve
    write(repository, "空きができた")
    repository.close()
    again = open_file(path)
    assert again.snapshot().stored(FIELD) == "空きができた"


def test_without_the_room_the_same_save_is_refused(small_disk: Path, sample_file: Path, open_file: Open) -> None:
    path = Path(shutil.copy(sample_file, small_disk / "見本.hyoka"))
    repository = open_file(path)
    repository._reserve.give()
    fill(small_disk)
    with pytest.raises(WorldError) as refusal:
        write(repository, "満杯の時の文章" * 4000)
    assert refusal.value.code == "disk_full"

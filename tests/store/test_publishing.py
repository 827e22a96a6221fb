"""Publishing, stopped at any step by a fault or by the end of the program, leaves the old file whole or the new one."""

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from unfinished_commits import set_text

from hyoka_desktop.errors import WorldError
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.publishing import Place, Publication, anchor_in, publish, put_beside
from hyoka_desktop.store.repository import Repository

Clock = Callable[[], str]
PREVIOUS = "sample（前の版）.hyoka"


class _Died(BaseException):
    """End the program at once."""


class Faults:
    """Count what is done to the share, and fail at one step: once, or from then on, as a program that has ended."""

    def __init__(self, share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._share = share
        self.steps = 0
        self.fails_at = 0
        self.dies = False
        for name in ("open", "replace", "unlink", "read_bytes", "stat"):
            self._wrap(Path, name, monkeypatch)
        fsync = os.fsync
        monkeypatch.setattr(os, "fsync", lambda handle: (self._step(), fsync(handle)))

    def arm(self, step: int, *, dies: bool) -> None:
        self.steps, self.fails_at, self.dies = 0, step, dies

    def _wrap(self, owner: type, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        plain = getattr(owner, name)

        def counted(path: Path, *arguments: Any, **options: Any) -> Any:
            if self._share in path.parents:
                try:
                    self._step()
                except BaseException:
                    if name == "open" and arguments == ("wb",) and self.steps == self.fails_at:
                        # What was being written is there in part.
                        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC))
                    raise
            return plain(path, *arguments, **options)

        monkeypatch.setattr(owner, name, counted)

    def _step(self) -> None:
        self.steps += 1
        if self.dies and self.fails_at and self.steps >= self.fails_at:
            raise _Died
        if self.steps == self.fails_at:
            raise OSError(5, "the share has gone")


@pytest.fixture
def share(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    return folder


@pytest.fixture
def old(sample_file: Path) -> bytes:
    return sample_file.read_bytes()


@pytest.fixture
def new(old: bytes, sample_file: Path, open_file: Callable[[Path], Repository]) -> bytes:
    assert old
    repository = open_file(sample_file)
    set_text(repository, "新しい文" * 500)
    repository.close()
    return sample_file.read_bytes()


@pytest.fixture
def place(share: Path, author: Author, clock: Clock, old: bytes) -> Place:
    (share / "sample.hyoka").write_bytes(old)
    return Place(share / "sample.hyoka", share / PREVIOUS, author, clock)


@pytest.fixture
def publication(place: Place, old: bytes, new: bytes) -> Publication:
    anchors = [anchor_in(content, place.author, place.clock) for content in (old, new)]
    return Publication(new, anchors[1], frozenset({anchors[0]}))


def _files(share: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in share.iterdir()}


def test_the_new_file_takes_the_place_and_the_old_one_is_kept(
    place: Place, publication: Publication, share: Path, old: bytes, new: bytes
) -> None:
    publish(publication, place)
    assert _files(share) == {"sample.hyoka": new, PREVIOUS: old}


@pytest.mark.parametrize("dies", [False, True], ids=["a fault", "the end of the program"])
def test_a_stop_at_any_step_leaves_one_whole_file_and_the_old_one_somewhere(
    dies: bool, place: Place, publication: Publication, share: Path, old: bytes, new: bytes, monkeypatch
) -> None:
    faults = Faults(share, monkeypatch)
    faults.arm(0, dies=dies)
    publish(publication, place, lambda _: None)
    seen = set()
    for step in range(1, faults.steps + 1):
        faults.arm(0, dies=False)
        for path in list(share.iterdir()):
            path.unlink()
        place.target.write_bytes(old)
        faults.arm(step, dies=dies)
        with contextlib.suppress(WorldError, _Died):
            publish(publication, place, lambda _: None)
        faults.arm(0, dies=False)
        files = _files(share)
        seen.add(files["sample.hyoka"] == new)
        assert files["sample.hyoka"] in {old, new}
        assert old in {files["sample.hyoka"], files.get(PREVIOUS)}
        if files["sample.hyoka"] == old:
            publish(publication, place, lambda _: None)
        assert _files(share) == {"sample.hyoka": new, PREVIOUS: old}, "what was left is no hindrance and goes"
    assert seen == {True, False}, "steps before the replacement and after it were tried"


def test_a_file_that_somebody_replaced_is_left_and_nothing_else_appears(
    place: Place, publication: Publication, share: Path, new: bytes
) -> None:
    stranger = publication.content[:-1] + b"x"
    for content in (new, b"no report at all", stranger):
        place.target.write_bytes(content)
        with pytest.raises(WorldError) as refusal:
            publish(publication, place)
        assert refusal.value.code == "published_changed"
        assert _files(share) == {"sample.hyoka": content}


def test_a_file_replaced_while_the_new_one_is_written_is_left(
    place: Place, publication: Publication, share: Path, new: bytes, monkeypatch
) -> None:
    fsync = os.fsync

    def replaced_meanwhile(handle: int) -> None:
        fsync(handle)
        (share / "other").write_bytes(b"a stranger's")
        (share / "other").replace(place.target)

    monkeypatch.setattr(os, "fsync", replaced_meanwhile)
    with pytest.raises(WorldError) as refusal:
        publish(publication, place)
    assert refusal.value.code == "published_changed"
    assert place.target.read_bytes() == b"a stranger's"
    assert not any(name.startswith(".~publish") for name in _files(share))


def test_a_file_or_a_share_that_has_gone_is_told_apart(place: Place, publication: Publication, share: Path) -> None:
    place.target.unlink()
    with pytest.raises(WorldError) as refusal:
        publish(publication, place)
    assert refusal.value.code == "published_gone"
    share.rmdir()
    with pytest.raises(WorldError) as refusal:
        publish(publication, place)
    assert refusal.value.code == "share_away"


def test_content_that_is_not_what_it_is_called_never_reaches_the_share(
    place: Place, publication: Publication, share: Path, old: bytes
) -> None:
    with pytest.raises(WorldError) as refusal:
        publish(Publication(publication.content, "1-0000000000000000", publication.expected), place)
    assert refusal.value.code == "published_unverified"
    assert _files(share) == {"sample.hyoka": old}


def test_a_share_that_stores_something_else_is_noticed_before_the_old_file_goes(
    place: Place, publication: Publication, share: Path, old: bytes, monkeypatch
) -> None:
    fsync = os.fsync

    def truncating(handle: int) -> None:
        os.ftruncate(handle, 4096)
        fsync(handle)

    monkeypatch.setattr(os, "fsync", truncating)
    with pytest.raises(WorldError) as refusal:
        publish(publication, place)
    assert refusal.value.code == "published_unverified"
    assert _files(share) == {"sample.hyoka": old}


def test_somebody_who_just_reads_the_file_is_waited_for(
    place: Place, publication: Publication, new: bytes, monkeypatch
) -> None:
    replace, refused, pauses = Path.replace, [], []

    def in_the_way(path: Path, target: Path) -> Path:
        if target == place.target and len(refused) < 3:
            refused.append(path)
            raise PermissionError(13, "in use")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", in_the_way)
    publish(publication, place, pauses.append)
    assert (place.target.read_bytes(), len(pauses)) == (new, 3)


def test_a_file_put_beside_never_takes_the_place_of_another(share: Path, new: bytes) -> None:
    put_beside(new, share / "b.hyoka")
    assert _files(share) == {"b.hyoka": new}
    with pytest.raises(WorldError):
        put_beside(b"x", share / "b.hyoka")
    assert _files(share) == {"b.hyoka": new}

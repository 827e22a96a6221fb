"""Two people, a stranger, crashes and lost connections in any order: what was once published is lost in no way."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hyoka_desktop.domain.report import ROOT, Address
from hyoka_desktop.errors import HyokaError, WorldError
from hyoka_desktop.services import reports
from hyoka_desktop.services.author import now
from hyoka_desktop.services.session import Session
from hyoka_desktop.services.sharing import SharedSession, open_shared, open_working_copy
from hyoka_desktop.services.workingcopies import unpublished_copies
from hyoka_desktop.store.copying import RepositoryCopy
from hyoka_desktop.store.log import Author

FIELD = Address(ROOT, "procedures", 2024)
PEOPLE = ("花子", "太郎")
STALE = [
    *((PEOPLE[0], step) for step in ("open", "write", "crash")),
    *((PEOPLE[1], step) for step in ("open", "write", "publish", "close")),
    *((PEOPLE[0], step) for step in ("open", "publish")),
]
"""Work that a crash left behind is published when somebody else has published meanwhile."""
STEPS = st.lists(
    st.tuples(
        st.sampled_from(PEOPLE), st.sampled_from(("open", "resume", "write", "publish", "close", "crash", "net"))
    ),
    max_size=25,
)


class _Deaf:
    def written(self) -> None:
        pass

    def failed(self, error: HyokaError) -> None:
        pass

    def broken(self, error: BaseException) -> None:
        raise error


class _Office:
    """Let people work on one published file, and keep what each has published."""

    def __init__(self, folder: Path, content: bytes, patch: pytest.MonkeyPatch) -> None:
        self.share = folder / "share"
        self.away = folder / "away"
        self.share.mkdir(parents=True)
        self.file = self.share / "評価書.hyoka"
        self.file.write_bytes(content)
        self.sessions: dict[str, SharedSession] = {}
        self.texts: list[str] = []
        self.waiting: dict[str, str] = {}
        self._folder = folder
        self._patch = patch

    def act(self, person: str, step: str) -> None:
        self._patch.setenv("USER", person)
        self._patch.setenv("HYOKA_DESKTOP_HOME", str(self._folder / person))
        with contextlib.suppress(WorldError):
            getattr(self, step)(person)

    def open(self, person: str) -> None:
        if person not in self.sessions:
            self._begun(person, open_shared(self.file, _Deaf(), "1"))

    def resume(self, person: str) -> None:
        if person not in self.sessions:
            for copy in unpublished_copies():
                self._begun(person, open_working_copy(copy, _Deaf(), "1"))

    def _begun(self, person: str, session: SharedSession) -> None:
        self.sessions[person] = session
        if person in self.waiting:
            assert session.snapshot.stored(FIELD) == self.waiting[person], "unpublished work is found again"

    def write(self, person: str) -> None:
        if person in self.sessions:
            self.waiting[person] = f"{person}の文 {sum(map(len, self.waiting.values()))}{len(self.texts)}"
            self.sessions[person].set_text(2024, ROOT, FIELD.field, self.waiting[person])
            assert self.sessions[person].flush()

    def publish(self, person: str) -> None:
        session = self.sessions.get(person)
        if session is not None and session.has_unpublished:
            session.publish()
            self.texts.append(self.waiting.pop(person))

    def close(self, person: str) -> None:
        if person in self.sessions:
            assert self.sessions.pop(person).close()

    def crash(self, person: str) -> None:
        session = self.sessions.pop(person, None)
        if session is not None:
            Session.close(session)
            session.checkout.end(is_published=False)

    def net(self, _: str) -> None:
        if self.share.exists():
            self.share.rename(self.away)
        else:
            self.away.rename(self.share)

    def history(self) -> list[str]:
        """Tell all texts that the published file's log ever held."""
        folder = self.share if self.share.exists() else self.away
        copy = RepositoryCopy.of((folder / self.file.name).read_bytes(), Author("", ""), now)
        with contextlib.closing(copy):
            rows = copy.read(lambda db: db.execute("SELECT after FROM change WHERE field = 'procedures'").fetchall())
        return [row[0] for row in rows]


@contextlib.contextmanager
def _office(folder: Path, content: bytes) -> Iterator[_Office]:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("USERNAME", raising=False)
        office = _Office(folder, content, patch)
        try:
            yield office
        finally:
            for session in office.sessions.values():
                session.close()


@pytest.fixture(scope="module")
def sample_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("made") / "sample.hyoka"
    reports.make_sample(path)
    return path.read_bytes()


@settings(max_examples=25)
@example(steps=STALE)
@given(steps=STEPS)
def test_in_any_order_of_events_no_published_text_and_no_unpublished_one_is_lost(
    steps: list[tuple[str, str]], sample_bytes: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with _office(tmp_path_factory.mktemp("office"), sample_bytes) as office:
        for person, step in steps:
            office.act(person, step)
            history = office.history()
            assert [text for text in office.texts if text not in history] == []
        assert not any(name.name.startswith(".~publish") for name in office.share.glob("*"))

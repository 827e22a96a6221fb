"""A session on the sample file, and a listener that keeps what the store tells."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from hyoka_desktop.errors import HyokaError
from hyoka_desktop.services.session import Session, open_session


class Heard:
    """Keep what the store tells."""

    def __init__(self) -> None:
        self.saved = threading.Event()
        self.errors: list[BaseException] = []

    def written(self) -> None:
        self.saved.set()

    def short_of_room(self) -> None:
        self.saved.set()

    def failed(self, error: HyokaError) -> None:
        self.errors.append(error)

    def broken(self, error: BaseException) -> None:
        self.errors.append(error)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def session(sample_file: Path, heard: Heard) -> Iterator[Session]:
    session = open_session(sample_file, heard)
    yield session
    session.close()
    assert heard.errors == []

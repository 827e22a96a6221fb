"""Fixtures for all tests: folders of their own, forms, the sample report, real files in a temporary folder, a clock."""

import gc
import json
import logging
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

from hyoka_desktop.domain.changes import apply_changes
from hyoka_desktop.domain.report import Snapshot, YearView
from hyoka_desktop.exchange.interchange_reader import parse_interchange, read_interchange
from hyoka_desktop.exchange.joining import empty_snapshot, import_edit
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.formdef.stored import StoredForm, read_form
from hyoka_desktop.paths import forms_folder, resource
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.repository import FormText, Repository

REPOSITORY_FOLDER = Path(__file__).resolve().parent.parent
MODEL = REPOSITORY_FOLDER.parent / "shared" / "model" / "jlis-r5.json"

settings.register_profile(
    "everyday",
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
)
settings.register_profile(
    "mutants",
    settings.get_profile("everyday"),
    max_examples=30,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
)
settings.load_profile("everyday")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run the tests that take minutes too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--slow"):
        return
    skip = pytest.mark.skip(reason="takes minutes; give --slow to run it")
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(skip)


_MANY_OBJECTS = 50_000


@pytest.fixture(autouse=True)
def _garbage() -> Iterator[None]:
    """Collect between tests where a window was made, which ends Python's own collections."""
    yield
    if not gc.isenabled() and gc.get_count()[0] > _MANY_OBJECTS:
        gc.collect()


@pytest.fixture(autouse=True)
def user_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a user folder of its own, which does not exist yet."""
    folder = tmp_path_factory.mktemp("user") / "home"
    monkeypatch.setenv("HYOKA_DESKTOP_HOME", str(folder))
    return folder


class _Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def log_lines() -> Iterator[list[logging.LogRecord]]:
    """Fail a test that leaves log lines at WARNING or above; one that expects them reads and clears this list."""
    handler = _Lines()
    logging.getLogger().addHandler(handler)
    yield handler.records
    logging.getLogger().removeHandler(handler)
    assert [record.getMessage() for record in handler.records] == [], "unexpected log lines"


class FakeClock:
    """Tell a time that moves on by a second at each look."""

    def __init__(self) -> None:
        self.seconds = 0

    def __call__(self) -> str:
        self.seconds += 1
        return f"2024-06-28T{self.seconds // 3600:02}:{self.seconds // 60 % 60:02}:{self.seconds % 60:02}+09:00"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def author() -> Author:
    return Author("評価 太郎", "PC-01")


@pytest.fixture(scope="session")
def stored_forms() -> Mapping[str, StoredForm]:
    """Read the shipped forms with their texts, by id."""
    return {path.stem: read_form(path) for path in sorted(forms_folder().glob("*.json"))}


@pytest.fixture(scope="session")
def jlis(stored_forms: Mapping[str, StoredForm]) -> FormDefinition:
    return stored_forms["jlis-annual"].definition


@pytest.fixture(scope="session")
def iaa(stored_forms: Mapping[str, StoredForm]) -> FormDefinition:
    return stored_forms["iaa-annual"].definition


@pytest.fixture(scope="session")
def carried(stored_forms: Mapping[str, StoredForm]) -> FormText:
    """Tell the form of the sample as a report file carries it."""
    form = stored_forms["iaa-annual"]
    return FormText(form.definition.id, form.text, form.sha256)


@pytest.fixture(scope="session")
def _sample_texts() -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8") for path in sorted(resource("sample").glob("*.json")))


@pytest.fixture
def sample_documents(_sample_texts: tuple[str, ...]) -> list[dict[str, Any]]:
    """Tell the interchange documents of the sample, the older year first; free to alter."""
    return [json.loads(text) for text in _sample_texts]


@pytest.fixture(scope="session")
def sample_paths() -> list[Path]:
    return sorted(resource("sample").glob("*.json"))


@pytest.fixture(scope="session")
def model_path() -> Path:
    """Tell the path of the model document, which is not part of the repository."""
    if not MODEL.is_file():
        pytest.skip("the model document is absent (../shared/model/jlis-r5.json beside the repository)")
    return MODEL


@pytest.fixture
def model_json(model_path: Path) -> dict[str, Any]:
    """Tell the model document; free to alter."""
    return json.loads(model_path.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def joined(stored_forms: Mapping[str, StoredForm]) -> Callable[..., Snapshot]:
    """Make a snapshot from interchange documents, one a year."""

    def join(*documents: dict[str, Any]) -> Snapshot:
        form = stored_forms[documents[0]["form"]].definition
        incoming = [
            read_interchange(
                f"{place}.json",
                parse_interchange(f"{place}.json", json.dumps(document)),
                stored_forms[form.id].definition,
            )
            for place, document in enumerate(documents)
        ]
        return apply_changes(empty_snapshot(), import_edit(incoming).changes)

    return join


@pytest.fixture(scope="session")
def sample_snapshot(joined: Callable[..., Snapshot], _sample_texts: tuple[str, ...]) -> Snapshot:
    """Tell the sample report with its two years."""
    return joined(*(json.loads(text) for text in _sample_texts))


@pytest.fixture(scope="session")
def sample_view(sample_snapshot: Snapshot, iaa: FormDefinition) -> YearView:
    """Read the newest year of the sample."""
    return YearView(sample_snapshot, sample_snapshot.years[-1], iaa.period_fields)


@pytest.fixture(scope="session")
def _sample_once(tmp_path_factory: pytest.TempPathFactory, carried: FormText, _sample_texts: tuple[str, ...]) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.hyoka"
    repository = Repository.create(path, carried, Author("見本", "PC-00"), FakeClock())
    form = read_form(forms_folder() / "iaa-annual.json").definition
    incoming = [read_interchange(f"{place}.json", json.loads(text), form) for place, text in enumerate(_sample_texts)]
    repository.apply(import_edit(incoming))
    repository.close()
    return path


@pytest.fixture
def sample_file(_sample_once: Path, tmp_path: Path) -> Path:
    """Tell the path of a report file of one's own that holds the sample."""
    return Path(shutil.copy(_sample_once, tmp_path / "sample.hyoka"))


@pytest.fixture
def open_file(author: Author, clock: FakeClock) -> Iterator[Callable[[Path], Repository]]:
    """Open report files; what is still open at the end of the test is closed."""
    opened: list[Repository] = []

    def open_one(path: Path) -> Repository:
        opened.append(Repository.open(path, author, clock))
        return opened[-1]

    yield open_one
    for repository in opened:
        repository.close()


@pytest.fixture
def repository(sample_file: Path, open_file: Callable[[Path], Repository]) -> Repository:
    """Open the sample report with a fake clock."""
    return open_file(sample_file)

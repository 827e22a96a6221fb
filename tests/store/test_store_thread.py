"""The store's thread: order, coalesced drafts, a failing disk, and what is lost at the end."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from hyoka_desktop.domain.changes import Action, ChangeSet, Edit, Origin, ValueChange
from hyoka_desktop.domain.report import ROOT, Address
from hyoka_desktop.errors import HyokaError, WorldError
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.repository import Repository, StaleEditError
from hyoka_desktop.store.worker import StoreEndedError, StoreThread

WAIT = 20.0
FIELD = Address(ROOT, "procedures", 2024)
OTHER = Address(ROOT, "other_matters", 2024)


def edit(text: str, address: Address = FIELD) -> Edit:
    return Edit(Action.SET_TEXT, address.field, (ValueChange(address, None, text),), address)


class FakeDisk:
    """Stand for a repository: keep what is written, hold it up at a gate, fail when told to."""

    has_reserve = True

    def __init__(self) -> None:
        self.written: list[object] = []
        self.drafts: dict[Address, str] = {}
        self.fault: Exception | None = None
        self.gate = threading.Event()
        self.gate.set()
        self.reached = threading.Event()
        self.closed = threading.Event()

    def apply(self, edit: Edit, **how: Any) -> ChangeSet:
        self._pass()
        self.written.append(edit.changes[0].after)
        for change in edit.changes:
            self.drafts.pop(change.address, None)
        return ChangeSet(len(self.written), edit)

    def put_drafts(self, drafts: Mapping[Address, str | None]) -> None:
        self._pass()
        self.written.append(dict(drafts))
        self.drafts.update(drafts)

    def _pass(self) -> None:
        self.reached.set()
        assert self.gate.wait(WAIT)
        if self.fault is not None:
            raise self.fault

    def check_standing(self) -> None:
        """Stand as it was left: the thread asks whenever it had nothing to do for two seconds, as on a busy PC."""

    def close(self) -> None:
        self.closed.set()


class Heard:
    """Keep what the thread tells."""

    def __init__(self) -> None:
        self.saved = threading.Event()
        self.failure = threading.Event()
        self.bug = threading.Event()
        self.errors: list[BaseException] = []

    def written(self) -> None:
        self.saved.set()

    def short_of_room(self) -> None:
        self.saved.set()

    def failed(self, error: HyokaError) -> None:
        self.errors.append(error)
        self.failure.set()

    def broken(self, error: BaseException) -> None:
        self.errors.append(error)
        self.bug.set()


@pytest.fixture
def disk() -> FakeDisk:
    return FakeDisk()


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def store(disk: FakeDisk, heard: Heard, monkeypatch: pytest.MonkeyPatch) -> Iterator[StoreThread]:
    monkeypatch.setattr("hyoka_desktop.store.worker._RETRY_SECONDS", 0.01)
    thread = StoreThread(lambda: disk, heard)  # type: ignore[arg-type, return-value]
    yield thread
    disk.gate.set()
    thread.close(WAIT)


def settle(store: StoreThread) -> None:
    """Wait until all that was given so far is done."""
    store.ask(lambda _: None).result(WAIT)


def test_commands_are_written_in_the_order_in_which_they_were_given(store: StoreThread, disk: FakeDisk) -> None:
    disk.gate.clear()
    for number in range(50):
        store.apply(edit(str(number)))
    disk.gate.set()
    settle(store)
    assert disk.written == [str(number) for number in range(50)]


def test_of_many_drafts_the_newest_is_written(store: StoreThread, disk: FakeDisk) -> None:
    disk.gate.clear()
    store.put_draft(FIELD, "あ")
    assert disk.reached.wait(WAIT)
    for text in ("あい", "あいう", "あいうえ"):
        store.put_draft(FIELD, text)
    store.put_draft(OTHER, "別")
    disk.gate.set()
    assert store.close(WAIT)
    assert disk.written == [{FIELD: "あ"}, {FIELD: "あいうえ", OTHER: "別"}]


def test_a_waiting_draft_is_dropped_by_the_command_that_carries_its_end(store: StoreThread, disk: FakeDisk) -> None:
    disk.gate.clear()
    store.apply(edit("先"))
    assert disk.reached.wait(WAIT)
    store.put_draft(FIELD, "途中")
    store.put_draft(OTHER, "別")
    store.apply(edit("終わり"))
    disk.gate.set()
    assert store.close(WAIT)
    assert disk.written == ["先", "終わり", {OTHER: "別"}]


def test_a_draft_typed_again_while_the_same_draft_is_being_written_is_not_lost(
    store: StoreThread, disk: FakeDisk
) -> None:
    disk.gate.clear()
    store.put_draft(FIELD, "同じ")
    assert disk.reached.wait(WAIT)
    store.apply(edit("終わり"))
    store.put_draft(FIELD, "同じ")
    disk.gate.set()
    assert store.close(WAIT)
    assert disk.drafts == {FIELD: "同じ"}


def test_the_listener_hears_when_everything_is_on_the_disk(store: StoreThread, disk: FakeDisk, heard: Heard) -> None:
    disk.gate.clear()
    store.apply(edit("文"))
    assert store.has_waiting
    assert not heard.saved.is_set()
    disk.gate.set()
    assert heard.saved.wait(WAIT)
    assert not store.has_waiting


def test_a_failed_command_is_tried_again_and_nothing_overtakes_it(
    store: StoreThread, disk: FakeDisk, heard: Heard
) -> None:
    disk.fault = WorldError("disk_full", path="x")
    store.apply(edit("一"))
    store.apply(edit("二"))
    store.put_draft(OTHER, "途中")
    assert heard.failure.wait(WAIT)
    assert (disk.written, store.has_waiting) == ([], True)
    disk.fault = None
    assert heard.saved.wait(WAIT)
    assert disk.written == ["一", "二", {OTHER: "途中"}]


def test_a_failed_draft_is_tried_again_with_its_newest_text(store: StoreThread, disk: FakeDisk, heard: Heard) -> None:
    disk.fault = WorldError("disk_full", path="x")
    store.put_draft(FIELD, "一")
    assert heard.failure.wait(WAIT)
    store.put_draft(FIELD, "一二")
    disk.fault = None
    assert heard.saved.wait(WAIT)
    assert disk.drafts == {FIELD: "一二"}


@pytest.mark.parametrize(
    "give", [lambda s: s.apply(edit("x")), lambda s: s.put_draft(FIELD, "x")], ids=["command", "draft"]
)
def test_closing_on_a_failing_disk_says_that_work_is_lost(
    give: Callable[[StoreThread], None], store: StoreThread, disk: FakeDisk, heard: Heard
) -> None:
    disk.fault = WorldError("disk_full", path="x")
    give(store)
    assert heard.failure.wait(WAIT)
    assert store.close(WAIT) is False
    assert disk.closed.is_set()


def test_closing_writes_what_waits(store: StoreThread, disk: FakeDisk) -> None:
    disk.gate.clear()
    store.apply(edit("一"))
    store.apply(edit("二"))
    store.put_draft(OTHER, "途中")
    with ThreadPoolExecutor(1) as closing:
        closed = closing.submit(store.close, WAIT)
        disk.gate.set()
        assert closed.result(WAIT) is True
    assert disk.written == ["一", "二", {OTHER: "途中"}]
    assert disk.closed.is_set()


def test_closing_in_time_says_that_a_hanging_disk_did_not_take_it(store: StoreThread, disk: FakeDisk) -> None:
    disk.gate.clear()
    store.apply(edit("一"))
    assert disk.reached.wait(WAIT)
    assert store.close(0.05) is False


def test_a_question_is_answered_after_all_that_was_given_before(store: StoreThread, disk: FakeDisk) -> None:
    store.apply(edit("一"))
    assert store.ask(lambda repository: list(repository.written)).result(WAIT) == ["一"]


def test_a_question_that_fails_hands_its_fault_to_who_asked_and_the_thread_goes_on(
    store: StoreThread, disk: FakeDisk
) -> None:
    def fail(_: Repository) -> None:
        raise WorldError("file_exists", path="x")

    with pytest.raises(WorldError):
        store.ask(fail).result(WAIT)
    store.apply(edit("一"))
    settle(store)
    assert disk.written == ["一"]


def test_a_question_that_nobody_waits_for_any_more_does_not_stop_the_thread(
    store: StoreThread, disk: FakeDisk, heard: Heard
) -> None:
    disk.gate.clear()
    store.apply(edit("一"))
    store.ask(lambda _: None).cancel()
    store.apply(edit("二"))
    disk.gate.set()
    assert store.close(WAIT) is True
    assert (disk.written, heard.errors) == (["一", "二"], [])


def test_a_fault_of_ours_is_told_and_closes_the_file(store: StoreThread, disk: FakeDisk, heard: Heard) -> None:
    disk.fault = StaleEditError("x")
    store.apply(edit("一"))
    assert heard.bug.wait(WAIT)
    assert disk.closed.wait(WAIT)
    assert store.close(WAIT) is False
    assert isinstance(heard.errors[0], StaleEditError)


def test_a_question_after_the_thread_has_ended_is_answered_with_a_fault_and_not_never(
    store: StoreThread, disk: FakeDisk, heard: Heard
) -> None:
    disk.fault = StaleEditError("x")
    store.apply(edit("一"))
    assert disk.closed.wait(WAIT)
    answered = threading.Event()
    try:
        store.ask(lambda _: None).add_done_callback(lambda _: answered.set())
    except (HyokaError, RuntimeError):
        return
    assert answered.wait(1.0)


def test_a_fault_in_opening_reaches_who_wanted_to_open(heard: Heard) -> None:
    def fail() -> Repository:
        raise WorldError("file_damaged", path="x")

    with pytest.raises(WorldError):
        StoreThread(fail, heard)


def test_a_real_file_takes_commands_and_drafts_through_the_thread(
    sample_file: Path, author: Author, clock: Callable[[], str], heard: Heard
) -> None:
    store = StoreThread(lambda: Repository.open(sample_file, author, clock), heard)
    before = store.ask(lambda repository: repository.snapshot().stored(FIELD)).result(WAIT)
    store.apply(Edit(Action.SET_TEXT, "procedures", (ValueChange(FIELD, before, "文"),)), Origin.DO)
    store.put_draft(OTHER, "途中")
    assert store.close(WAIT)
    repository = Repository.open(sample_file, author, clock)
    assert repository.snapshot().stored(FIELD) == "文"
    assert repository.drafts() == {OTHER: "途中"}
    repository.close()


def test_a_command_of_several_fields_drops_the_waiting_drafts_of_them_all(store: StoreThread, disk: FakeDisk) -> None:
    disk.gate.clear()
    store.apply(edit("先"))
    assert disk.reached.wait(WAIT)
    store.put_draft(FIELD, "途中")
    store.put_draft(OTHER, "途中")
    changes = (ValueChange(OTHER, None, "一"), ValueChange(FIELD, None, "二"))
    store.apply(Edit(Action.SET_BLOCK, "", changes))
    disk.gate.set()
    assert store.close(WAIT)
    assert disk.written == ["先", "一"], "and no draft behind them"


def test_questions_that_wait_behind_a_fault_of_ours_are_answered(store: StoreThread, disk: FakeDisk) -> None:
    disk.gate.clear()
    disk.fault = StaleEditError("x")
    store.apply(edit("一"))
    waiting = store.ask(lambda _: None)
    given_up = store.ask(lambda _: None)
    given_up.cancel()
    disk.gate.set()
    with pytest.raises(StoreEndedError):
        waiting.result(WAIT)


def test_flushing_waits_until_all_is_on_the_disk(store: StoreThread, disk: FakeDisk) -> None:
    disk.gate.clear()
    store.apply(edit("一"))
    store.put_draft(OTHER, "途中")
    assert store.flush(0.01) is False
    disk.gate.set()
    assert store.flush(WAIT) is True
    assert disk.written == ["一", {OTHER: "途中"}]


def test_flushing_on_a_failing_disk_tries_at_once_and_does_not_wait_for_its_end(
    store: StoreThread, disk: FakeDisk, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hyoka_desktop.store.worker._RETRY_SECONDS", WAIT * 2)
    disk.fault = WorldError("disk_full", path="x")
    store.apply(edit("一"))
    assert heard.failure.wait(WAIT)
    began = time.monotonic()
    assert store.flush(WAIT) is False
    assert time.monotonic() - began < WAIT / 2
    disk.fault = None
    assert store.flush(WAIT) is True
    assert disk.written == ["一"]

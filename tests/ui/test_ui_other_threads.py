"""Other threads: what they tell arrives on the window's thread, and they hold nothing that Qt sends events to."""

import subprocess
import sys
import textwrap
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from traceback import walk_tb

import pytest
from other_threads import qt_objects_of
from PySide6.QtCore import QObject
from PySide6.QtTest import QTest
from window_driver import Driver

from hyoka_desktop.errors import WorldError
from hyoka_desktop.services.session import Session
from hyoka_desktop.ui.answers import Answers
from hyoka_desktop.ui.letterbox import Line
from hyoka_desktop.ui.tasks import CpuQueue, Job, wait_for_the_last


class Receiver:
    def __init__(self) -> None:
        self.heard: list[tuple[int, int]] = []
        self.threads: set[threading.Thread] = set()

    def hear(self, thread: int, number: int) -> None:
        self.heard.append((thread, number))
        self.threads.add(threading.current_thread())


class QtReceiver(QObject):
    def hear(self) -> None:
        raise AssertionError("it has ended")


def carried_out_elsewhere(act: Callable[[], object]) -> None:
    thread = threading.Thread(target=act)
    thread.start()
    thread.join(5)
    assert not thread.is_alive()


def test_letters_of_several_threads_come_in_order_on_the_thread_of_the_window(qapp: object) -> None:
    receiver = Receiver()
    line = Line(receiver)

    def tell(thread: int) -> None:
        for number in range(500):
            line.post(partial(Receiver.hear, thread=thread, number=number))

    threads = [threading.Thread(target=tell, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert receiver.heard == []
    QTest.qWait(0)

    assert receiver.threads == {threading.main_thread()}
    for thread in range(4):
        assert [number for told, number in receiver.heard if told == thread] == list(range(500))


def test_a_letter_on_the_thread_of_the_window_is_opened_at_once(qapp: object) -> None:
    receiver = Receiver()
    Line(receiver).post(lambda told: told.hear(0, 1))
    assert receiver.heard == [(0, 1)]


def test_who_has_ended_hears_nothing(qapp: object) -> None:
    receiver, child, parent = Receiver(), QtReceiver(), QObject()
    child.setParent(parent)
    lines = Line(receiver), Line(child)
    gone = weakref.ref(receiver)
    carried_out_elsewhere(lambda: lines[0].post(lambda told: told.hear(0, 0)))
    carried_out_elsewhere(lambda: lines[1].post(lambda told: told.hear()))
    del receiver, parent
    assert gone() is None, "a letter on its way holds nobody"
    QTest.qWait(0)


def test_a_letter_that_fails_keeps_none_behind_it(qapp: object, qtbot) -> None:
    receiver = Receiver()
    line = Line(receiver)

    def fail(_: Receiver) -> None:
        raise ValueError

    def tell() -> None:
        line.post(fail)
        line.post(lambda told: told.hear(0, 1))

    with qtbot.captureExceptions() as faults:
        carried_out_elsewhere(tell)
        QTest.qWait(0)
    assert [kind for kind, *_ in faults] == [ValueError]
    assert receiver.heard == [(0, 1)]


def test_a_queue_that_was_left_goes_at_once_on_the_thread_of_the_window(qapp: object, release: threading.Event) -> None:
    """A queue that ended on its own thread was told news by Qt just then: a segmentation fault."""
    began, queue = threading.Event(), CpuQueue()

    def work(*_: object) -> None:
        began.set()
        release.wait()

    queue.submit(Job("left", work, lambda _: None, lambda _: None))
    assert began.wait(5)
    thread = next(one for one in threading.enumerate() if one.name == "cpu" and one.is_alive())
    gone = weakref.ref(queue)
    queue.close()
    del queue
    assert gone() is None
    release.set()
    thread.join(5)
    QTest.qWait(0)


@pytest.fixture
def slow_to_come_back(monkeypatch: pytest.MonkeyPatch, release: threading.Event) -> None:
    """Hold a worker up that has just told its news."""
    post = Line.post

    def post_and_wait(line: Line, letter: Callable[..., object]) -> None:
        post(line, letter)
        del letter
        if threading.current_thread() is not threading.main_thread():
            release.wait()

    monkeypatch.setattr(Line, "post", post_and_wait)


class WorkFault(Exception):
    pass


def test_a_worker_that_told_a_fault_holds_nothing_of_it(qapp: object, qtbot, slow_to_come_back: None) -> None:
    """Raised again on the window's thread a fault holds the widgets of who caught it, and ended on the worker's."""
    told: list[weakref.ref[BaseException]] = []
    queue = CpuQueue()

    def fail(*_: object) -> None:
        raise WorkFault

    queue.submit(Job("fails", fail, lambda _: None, lambda fault: told.append(weakref.ref(fault))))
    qtbot.waitUntil(lambda: bool(told))
    assert told[0]() is None
    queue.close()


def test_a_worker_that_told_what_came_holds_nothing_of_the_work(qapp: object, qtbot, slow_to_come_back: None) -> None:
    held, told, queue = Receiver(), list[int](), CpuQueue()
    gone = weakref.ref(held)
    queue.submit(Job("made", partial(lambda one, *_: len(one.heard), held), told.append, pytest.fail))
    del held
    qtbot.waitUntil(lambda: bool(told))
    assert gone() is None
    queue.close()


def test_a_fault_of_the_store_that_is_told_holds_no_widget(qapp: object) -> None:
    parent, told, asked = QObject(), list[BaseException](), Future[int]()
    answers = Answers(parent)
    answers.failed.connect(told.append)
    answers.when(asked, parent, lambda _: None)
    asked.set_exception(raised_fault())
    (fault,) = told
    held = [one for frame, _ in walk_tb(fault.__traceback__) for one in frame.f_locals.values()]
    assert [one for one in held if one is answers] == []


def raised_fault() -> WorldError:
    try:
        raise WorldError("file_missing", path="")
    except WorldError as fault:
        return fault


def test_a_window_that_is_closed_is_held_by_no_session(driver: Driver) -> None:
    session, window = driver.session, driver.window
    assert subscribers(session)
    driver.close()
    assert window.desk is None
    assert subscribers(session) == []


def subscribers(session: Session) -> list[object]:
    return list(session._subscribers)


def test_the_control_a_function_that_holds_a_qt_object_is_seen(qapp: object) -> None:
    held, answers = QObject(), Answers(QObject())

    class Holder:
        def __init__(self, one: object) -> None:
            self.one = one

    assert qt_objects_of(lambda: held) == [held]
    assert qt_objects_of(partial(print, [held])) == [held]
    assert qt_objects_of(answers.end) == [answers]
    Holder.__module__ = "hyoka_desktop.some"
    holder = Holder({"one": lambda: held})
    assert qt_objects_of(lambda: holder) == [held]
    assert qt_objects_of(lambda: Line(held)) == [held]
    line = Line(held)
    assert qt_objects_of(lambda: line) == []


def test_the_control_a_job_that_holds_a_qt_object_is_told(qapp: object, threads_hold_no_widget: list[object]) -> None:
    held, queue = QObject(), CpuQueue()
    queue.submit(Job("holding", lambda *_: held.objectName(), lambda _: None, lambda _: None))
    queue.close()
    assert [found for _, _, found in threads_hold_no_widget] == [held]
    threads_hold_no_widget.clear()


def test_who_asked_for_a_job_that_was_cancelled_is_held_no_more_while_it_goes_on(
    qapp: object, release: threading.Event
) -> None:
    queue, began = CpuQueue(), threading.Event()

    def work(*_: object) -> None:
        began.set()
        release.wait()

    def submitted() -> weakref.ref[Receiver]:
        listener = Receiver()
        queue.submit(Job("goes on", work, lambda _: listener.hear(0, 0), pytest.fail))
        return weakref.ref(listener)

    first = submitted()
    assert began.wait(5)
    second = submitted()
    assert first() is None, "a newer job of its kind cancelled it"
    queue.cancel_all()
    assert second() is None
    queue.close()


def test_a_window_closes_while_a_job_goes_on(driver: Driver, release: threading.Event) -> None:
    ended = threading.Event()

    def work(*_: object) -> None:
        release.wait()
        ended.set()

    driver.window.queue.submit(Job("hangs", work, lambda _: None, lambda _: None))
    driver.window.close()
    assert not driver.window.isVisible()
    assert not ended.is_set()
    threading.Timer(0.2, release.set).start()
    wait_for_the_last()
    assert ended.is_set()


def test_the_program_ends_when_what_is_being_written_is_whole(tmp_path: Path) -> None:
    program = f"""
        import time
        from pathlib import Path

        from PySide6.QtCore import QTimer

        from hyoka_desktop import app
        from hyoka_desktop.ui.tasks import Job

        make_window = app.make_window

        def work(*_):
            time.sleep(1)
            Path({str(tmp_path / "done")!r}).touch()

        def made():
            window = make_window()
            window.queue.submit(Job("writes", work, print, print))
            QTimer.singleShot(0, window.close)
            return window

        app.make_window = made
        raise SystemExit(app.run_window(None))
    """
    command = [sys.executable, "-W", "error", "-c", textwrap.dedent(program)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert (tmp_path / "done").exists()

"""Make the documents of a hundred reports in one process, and see whether memory stays what it was."""

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hyoka_desktop.compose.report import compose_report
from hyoka_desktop.domain.changes import ValueChange, apply_changes
from hyoka_desktop.domain.report import NodeKind, Snapshot
from hyoka_desktop.garbage import collect_seldom
from hyoka_desktop.paths import resource
from hyoka_desktop.typeset.fonts import FontLibrary
from hyoka_desktop.typeset.pages import Typesetter
from hyoka_desktop.writers.docx import write_docx
from hyoka_desktop.writers.pdf import write_pdf
from tests.benchmarks.subject import Subject, chosen_subject
from tests.benchmarks.timing import ordinary_environment

_REPORTS: Final = 100
_FIRST: Final = 10
_FIELD: Final = "results"
_REPOSITORY: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class ManyReports:
    """Hold how many reports of how many sheets were made, how long it took, and by how much memory grew."""

    reports: int
    sheets: int
    seconds: float
    growth: float


def measure_many(subject: Subject) -> ManyReports:
    """Make all reports in a process of their own; compare its largest memory after ten and after all of them."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "tests.benchmarks.many"]
    done = subprocess.run(command, cwd=_REPOSITORY, env=ordinary_environment(), capture_output=True, check=True)
    first, last = json.loads(done.stdout)
    return ManyReports(_REPORTS, len(subject.view.items), time.perf_counter() - start, last / first)


def _make_all() -> list[int]:
    """Make each report, all with other texts; tell the largest memory after the first ones and after all."""
    import resource as usage  # noqa: PLC0415 - only this process asks, and Windows has none

    collect_seldom()
    subject = chosen_subject()
    largest = []
    for number in range(_REPORTS):
        view = subject.view_of(_other_texts(subject, number))
        fonts = FontLibrary(resource("fonts"))
        document = compose_report(subject.form, view)
        layout = Typesetter(fonts).set(document)
        write_pdf(layout, fonts)
        write_docx(document, layout.page_numbers())
        if number + 1 in {_FIRST, _REPORTS}:
            largest.append(usage.getrusage(usage.RUSAGE_SELF).ru_maxrss)
    return largest


def _other_texts(subject: Subject, number: int) -> Snapshot:
    view = subject.view
    changes = []
    for item in view.items:
        for row in view.children(item.id, NodeKind.ROW):
            address = view.address(row.id, _FIELD)
            text = view.text(row.id, _FIELD)
            changes.append(ValueChange(address, text, f"{text}\n追記{number}。"))
    return apply_changes(subject.snapshot, changes)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_make_all()))

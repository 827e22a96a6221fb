"""Measure our own path: its stages, one edit against a full run, ten times the document, the command line."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from hyoka_desktop.compose.report import SectionMemory, compose_report
from hyoka_desktop.domain.changes import ValueChange, apply_changes
from hyoka_desktop.domain.report import NodeKind, Snapshot
from hyoka_desktop.paths import resource
from hyoka_desktop.services.reports import import_reports
from hyoka_desktop.typeset.fonts import FontLibrary
from hyoka_desktop.typeset.pages import Typesetter
from hyoka_desktop.writers.docx import write_docx
from hyoka_desktop.writers.pdf import write_pdf
from hyoka_desktop.writers.pdf_memory import PdfMemory
from tests.benchmarks.characters import characters_of
from tests.benchmarks.subject import Subject
from tests.benchmarks.timing import Timing, ordinary_environment, timed

_TIMES: Final = 10
_EDITED_FIELD: Final = "results"


@dataclass(frozen=True)
class Growth:
    """Hold how many times the time the long document took, and how many times the characters it has."""

    factor: Timing
    characters: float


def stages(subject: Subject, rounds: int) -> dict[str, Timing]:
    """Time each stage alone, fonts open, no line remembered."""
    fonts = FontLibrary(resource("fonts"))
    document = subject.document()
    layout = Typesetter(fonts).set(document)
    numbers = layout.page_numbers()
    return timed(
        {
            "compose": subject.document,
            "typeset": lambda: Typesetter(fonts).set(document),
            "write PDF": lambda: write_pdf(layout, fonts),
            "write .docx": lambda: write_docx(document, numbers),
        },
        rounds,
    )


def one_edit(subject: Subject, rounds: int) -> dict[str, Timing]:
    """Time a full run, and one after the text of one cell changed, the other sheets remembered."""
    fonts = FontLibrary(resource("fonts"))
    remembering, memory, pdf_memory = Typesetter(fonts), SectionMemory(), PdfMemory()
    edits = _edited_snapshots(subject)

    def run(snapshot: Snapshot, typesetter: Typesetter, *, to_pdf: bool) -> None:
        sheets = memory if typesetter is remembering else None
        layout = typesetter.set(compose_report(subject.form, subject.view_of(snapshot), memory=sheets))
        if to_pdf:
            write_pdf(layout, fonts, memory=pdf_memory if typesetter is remembering else None)

    return timed(
        {
            "full run": lambda: run(subject.snapshot, Typesetter(fonts), to_pdf=False),
            "one edit": lambda: run(next(edits), remembering, to_pdf=False),
            "full run to PDF": lambda: run(subject.snapshot, Typesetter(fonts), to_pdf=True),
            "one edit to PDF": lambda: run(next(edits), remembering, to_pdf=True),
        },
        rounds,
    )


def growth(subject: Subject, rounds: int) -> Growth:
    """Time both files from the facts, for the document and for one ten times as long."""
    long = subject.grown(_TIMES)
    taken = timed({"once": lambda: _make_both(subject), "long": lambda: _make_both(long)}, rounds)
    sizes = [characters_of(each.document()).total() for each in (subject, long)]
    return Growth(taken["long"].over(taken["once"]), sizes[1] / sizes[0])


def command_line(subject: Subject, rounds: int) -> Timing:
    """Time the whole process that exports both files."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.hyoka"
        import_reports(report, [subject.path])
        targets = ["--docx", str(report.with_suffix(".docx")), "--pdf", str(report.with_suffix(".pdf"))]
        command = [sys.executable, "-m", "hyoka_desktop", "export", str(report), *targets]
        environment = ordinary_environment()
        taken = timed(
            {"export": lambda: subprocess.run(command, env=environment, capture_output=True, check=True)}, rounds
        )
    return taken["export"]


def _make_both(subject: Subject) -> None:
    fonts = FontLibrary(resource("fonts"))
    document = subject.document()
    layout = Typesetter(fonts).set(document)
    write_pdf(layout, fonts)
    write_docx(document, layout.page_numbers())


def _edited_snapshots(subject: Subject) -> Iterator[Snapshot]:
    """Give the longest 主要な業務実績 one more sentence, another one each time."""
    snapshot, view = subject.snapshot, subject.view
    rows = [row for item in view.items for row in view.children(item.id, NodeKind.ROW)]
    longest = max(rows, key=lambda row: len(view.text(row.id, _EDITED_FIELD)))
    address, text = view.address(longest.id, _EDITED_FIELD), view.text(longest.id, _EDITED_FIELD)
    for number in count(1):
        yield apply_changes(snapshot, [ValueChange(address, text, f"{text}追記{number}。")])

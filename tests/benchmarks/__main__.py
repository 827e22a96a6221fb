"""Print the table of figures: `python run.py bench`, or with fewer rounds `python run.py bench --rounds 3`.

Targets are ratios inside one run on one machine; milliseconds are for information.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hyoka_desktop.garbage import collect_seldom
from tests.benchmarks import ourselves
from tests.benchmarks.loop import longest_gap
from tests.benchmarks.many import ManyReports, measure_many
from tests.benchmarks.peers import MAKERS, Measured, measure_makers
from tests.benchmarks.subject import chosen_subject
from tests.benchmarks.timing import Timing
from tests.benchmarks.window import WindowFigures, measure_window
from tests.loop_probe import LIMIT_MS

_COMPARED: Final = (
    ("our_docx", "naive_docx", 50.0),
    ("our_docx", "template_docx", 1.0),
    ("our_plain_pdf", "platypus_pdf", 5.0),
    ("our_pdf", "platypus_pdf", 4.0),
    ("our_plain_pdf", "typst_pdf", 1.0),
    ("our_pdf", "typst_pdf", 1.0),
)
_EDIT_SHARE: Final = 1 / 3
_GROWTH: Final = 10.5 / 10
_COMMAND_LINE_MS: Final = 600.0
_WINDOW_ROUNDS: Final = 3
_MEMORY_GROWTH: Final = 1.1


@dataclass(frozen=True)
class Verdict:
    """Hold one figure, by medians and by best runs, beside its target; the medians decide."""

    what: str
    found: str
    target: str
    met: bool


def main(arguments: Sequence[str]) -> None:
    """Measure everything and print it, with the collector of garbage set as the program sets it."""
    collect_seldom()
    parser = argparse.ArgumentParser(prog="run.py bench")
    parser.add_argument("--rounds", type=int, default=7)
    rounds: int = parser.parse_args(arguments).rounds
    subject = chosen_subject()
    document = subject.document()
    _say(f"{subject.path.name}, median of {rounds}, Python {sys.version.split()[0]}, {sys.platform}\n")
    makers = measure_makers(document, rounds)
    _print_makers(makers)
    _print_timings(ourselves.stages(subject, rounds))
    edit = ourselves.one_edit(subject, rounds)
    _print_timings(edit)
    verdicts = [
        *_compared(makers),
        *_edit_verdicts(edit),
        _growth_verdict(ourselves.growth(subject, rounds)),
        _command_line_verdict(ourselves.command_line(subject, rounds)),
        _memory_verdict(measure_many(subject)),
        *_window_verdicts(measure_window(subject, min(rounds, _WINDOW_ROUNDS))),
        _loop_verdict(*longest_gap()),
    ]
    for verdict in verdicts:
        _say(f"{'ok  ' if verdict.met else 'MISS'}  {verdict.what:<56} {verdict.found:>18}  target {verdict.target}")


def _print_makers(makers: Mapping[str, Measured | str]) -> None:
    _say(f"{'milliseconds, median (best)':<36} {'warm':>18} {'cold':>18}")
    for name, title in MAKERS.items():
        taken = makers[name]
        _say(f"{title:<36} {taken if isinstance(taken, str) else _figure(taken.warm) + ' ' + _figure(taken.cold)}")
    _say("")


def _print_timings(taken: Mapping[str, Timing]) -> None:
    for name, timing in taken.items():
        _say(f"{name:<36} {_figure(timing)}")
    _say("")


def _figure(timing: Timing) -> str:
    return f"{timing.median * 1000:9.1f} {f'({timing.best * 1000:.1f})':>8}"


def _compared(makers: Mapping[str, Measured | str]) -> Iterator[Verdict]:
    for ours, theirs, target in _COMPARED:
        our, their = makers[ours], makers[theirs]
        if isinstance(our, Measured) and isinstance(their, Measured):
            ratio = their.warm.over(our.warm)
            what = f"{MAKERS[ours]} against {MAKERS[theirs]}, warm"
            yield Verdict(what, _times(ratio), f">= {target:g}x", ratio.median >= target)


def _edit_verdicts(taken: Mapping[str, Timing]) -> Iterator[Verdict]:
    for ending in ("", " to PDF"):
        share = taken[f"one edit{ending}"].over(taken[f"full run{ending}"])
        found = f"{share.median:.2f} ({share.best:.2f})"
        yield Verdict(f"one edit{ending} against a full run", found, "<= 0.33", share.median <= _EDIT_SHARE)


def _growth_verdict(growth: ourselves.Growth) -> Verdict:
    what = f"both files of {growth.characters:.1f} times the characters, time"
    met = growth.factor.median <= _GROWTH * growth.characters
    return Verdict(what, _times(growth.factor), "<= 10.5x for 10x", met)


def _command_line_verdict(taken: Timing) -> Verdict:
    what = "both files from the command line, whole process"
    met = taken.median * 1000 <= _COMMAND_LINE_MS
    return Verdict(what, f"{_figure(taken).strip()} ms", f"<= {_COMMAND_LINE_MS:.0f} ms", met)


def _memory_verdict(many: ManyReports) -> Verdict:
    what = f"memory of {many.reports} reports of {many.sheets} sheets in one run, against a tenth of them"
    found = f"{many.growth:.2f}x, {many.seconds:.0f} s"
    return Verdict(what, found, f"<= {_MEMORY_GROWTH:g}x", many.growth <= _MEMORY_GROWTH)


def _window_verdicts(window: WindowFigures) -> Iterator[Verdict]:
    for what, found, most in (
        ("window painted after start, whole process", window.start, 1000.0),
        ("opening the report in the window", window.opening, 150.0),
        ("keystroke to end of event loop, 95%, preview working", window.keystroke_p95, 16.0),
        ("keystroke to end of event loop, longest, preview working", window.keystroke_max, 50.0),
    ):
        yield Verdict(what, f"{found:.1f} ms", f"<= {most:.0f} ms", found <= most)


def _loop_verdict(step: str, gap: float) -> Verdict:
    what = f"longest gap of the event loop, 500 items x 5 years ({step})"
    return Verdict(what, f"{gap:.1f} ms", f"<= {LIMIT_MS:.0f} ms", gap <= LIMIT_MS)


def _times(ratio: Timing) -> str:
    return f"{ratio.median:.1f}x ({ratio.best:.1f}x)"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])

"""Say in words what a review is of, what a line will become, and what taking will do."""

from hyoka_desktop.messages.window import word
from hyoka_desktop.services.reviewing import LineState, Proposal, Review


def heading_text(proposal: Proposal) -> str:
    """Name the file, what it is, and who it was handed out to."""
    incoming = proposal.incoming
    source = word(f"source_{incoming.source.value}")
    if proposal.handout is None:
        return word("review_from", name=incoming.path.name, source=source)
    return word("review_from_to", name=incoming.path.name, source=source, to=proposal.handout.to)


def line_text(review: Review, number: int) -> str:
    """Say where a line stands, what it needs, and what it is."""
    line = review.lines[number]
    what = _what(review, number)
    if line.remarks:
        what += word("review_line_remarks", count=line.remarks)
    if line.is_cleaned:
        what += word("review_line_cleaned")
    return word("review_line", place=line.place, state=word(f"review_{review.state(number).value}"), what=what)


def plan_text(review: Review, number: int) -> str:
    """Say what becomes of a line as it is decided now."""
    is_open = review.state(number) is LineState.OPEN
    return word("plan_open" if is_open else f"plan_{review.plan(number).value}")


def summary_text(review: Review) -> str:
    """Say how many questions are open, or what taking will do."""
    waiting = len(review.open_spots)
    first = word("review_waiting", count=waiting) if waiting else word("review_ready")
    if not review.lines:
        return word("review_nothing")
    summary = review.summary
    counts = {"texts": summary.texts, "parts": summary.parts, "remarks": summary.remarks}
    written = "・".join(word(f"review_will_{name}", count=count) for name, count in counts.items() if count)
    things = [word("review_will_write", what=written) if written else word("review_will_nothing")]
    if summary.kept:
        things.append(word("review_will_keep", count=summary.kept))
    if summary.refused:
        things.append(word("review_will_refuse", count=summary.refused))
    if summary.dropped:
        things.append(word("review_will_drop", items="・".join(summary.dropped)))
    return first if waiting else "\n".join((first, word("review_will", things="、".join(things))))


def _what(review: Review, number: int) -> str:
    line = review.lines[number]
    if line.fate is not None and line.part is None:
        return word(f"told_{line.fate.value}")
    if line.field is not None:
        return word(f"outcome_{line.field.outcome.value}")
    if line.part is not None:
        return word(f"review_part_{line.part.deed.value}")
    person = line.remark.person if line.remark is not None else ""
    return word("review_remark", person=person or word("history_unknown"))

"""What brings about the errors of working on a report: search, and items that are final."""

from causing import YEAR, Causes, Stage

from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.domain.work import WorkState, set_states
from hyoka_desktop.services.search import Query, search
from hyoka_desktop.services.session import Session
from hyoka_desktop.text import pattern

CAUSES = Causes()


@CAUSES.of("pattern_wrong")
def _(stage: Stage) -> None:
    _search(stage, Query("(", is_regex=True))


@CAUSES.of("pattern_group")
def _(stage: Stage) -> None:
    _search(stage, Query("(施設)", r"\2", is_regex=True))


@CAUSES.of("pattern_slow")
def _(stage: Stage) -> None:
    stage.patch.setattr(pattern, "_SECONDS", 0.01)
    _search(stage, Query("(a|a|b?)*?(a|aa)+(?<!x)c", is_regex=True), "a" * 5000)


def _search(stage: Stage, query: Query, text: str = "三つの施設") -> None:
    session = stage.session()
    session.set_text(YEAR, _first_row(session), "results", text)
    search(session.form, session.snapshot, query)


@CAUSES.of("item_locked")
def _(stage: Stage) -> None:
    session = stage.session()
    _set_state(session, WorkState.FINAL)
    session.set_text(YEAR, _first_row(session), "results", "確定の後の文")


@CAUSES.of("unlock_without_reason")
def _(stage: Stage) -> None:
    session = stage.session()
    _set_state(session, WorkState.FINAL)
    _set_state(session, WorkState.DRAFTING)


def _set_state(session: Session, state: WorkState) -> None:
    view = session.view(YEAR)
    session.do(set_states(view, [view.items[0].id], state))


def _first_row(session: Session) -> int:
    view = session.view(YEAR)
    return view.children(view.items[0].id, NodeKind.ROW)[0].id

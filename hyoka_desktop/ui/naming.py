"""Put commands and reports into words: what was done to what, by whom, and what a report is called."""

from hyoka_desktop.domain import era, fields
from hyoka_desktop.domain.changes import Origin
from hyoka_desktop.domain.report import NodeKind, YearView
from hyoka_desktop.domain.work import WORK_STATE
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.messages.window import APPLICATION, done_text, word
from hyoka_desktop.services.history import Command, TextEntry, texts_of
from hyoka_desktop.services.progress import state_counts
from hyoka_desktop.services.session import Session
from hyoka_desktop.ui.statesigns import counts_text

_TAKEN_BACK = {Origin.UNDO: "history_undone", Origin.REDO: "history_redone"}


def subject_name(form: FormDefinition, subject: str) -> str:
    """Call what a command speaks of by its name: the label of a field, the kind of a node."""
    if subject in form.fields:
        return form.fields[subject].label
    return word(f"node_{subject}") if subject in set(NodeKind) else subject


def who(command: Command) -> str:
    """Name the person and the computer of a command."""
    person = command.person or word("history_unknown")
    return word("history_who", person=person, computer=command.computer) if command.computer else person


def entry_text(form: FormDefinition, entry: TextEntry) -> str:
    """Say what a command did to a text, for example 「実績の入力（元に戻した）」, or to a state 「確定 → 作成中」."""
    command, is_state = entry.command, entry.address.field == WORK_STATE
    if is_state:
        before, after = texts_of(entry)
        what = word("history_state", before=before, after=after)
    else:
        what = done_text(command.action, subject_name(form, command.subject))
    if command.origin in _TAKEN_BACK:
        what = word(_TAKEN_BACK[command.origin], what=what)
    if not entry.after and not is_state:
        what += word("history_emptied")
    return word("history_reason", what=what, reason=command.reason) if command.reason else what


def progress_text(form: FormDefinition, view: YearView) -> str:
    """Say how far the items of a year are, and how many have a rating."""
    if not view.items:
        return word("progress_none")
    said = [counts_text(state_counts(view))]
    if fields.SELF_RATING in form.fields:
        done = sum(bool(view.text(item.id, fields.SELF_RATING)) for item in view.items)
        said.append(word("progress", done=done, all=len(view.items)))
    return "　｜　".join(said)


def window_title(session: Session) -> str:
    """Name the report; of a copy its time, of a version its name and time too."""
    heading, at = session.path.stem, session.copied_at
    if at is None:
        return word("window_title", heading=heading, application=APPLICATION)
    if session.version is None:
        return word("copy_title", heading=heading, time=at[11:16], application=APPLICATION)
    name, moment = session.version, era.format_moment(at)
    return word("version_title", heading=heading, name=name, at=moment, application=APPLICATION)

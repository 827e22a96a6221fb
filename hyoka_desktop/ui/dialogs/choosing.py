"""Ask where a file is to be written: the one dialog for it, which knows what is there already."""

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QWidget

from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.dialogs.notice import ask
from hyoka_desktop.ui.longwork import LongWork
from hyoka_desktop.ui.tasks import JobCancelled

_FILTERS: Final = {".hyoka": "filter_hyoka", ".xlsx": "filter_xlsx", ".txt": "filter_txt"}
_NEVER_REPLACED: Final = ".hyoka"


def choose_target(parent: QWidget, title: str, proposed: Path, suffix: str) -> Path | None:
    """Ask for a place and give it its suffix; None where the person would rather not.

    The system's dialog asks before a file is replaced whose name was chosen as it is. Where the suffix came to the
    name, nobody has asked yet. A report is never replaced; who writes one says so.
    """
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(proposed), word(_FILTERS[suffix]))
    if not chosen:
        return None
    if chosen.endswith(suffix):
        return Path(chosen)
    target = Path(f"{chosen}{suffix}")
    if suffix == _NEVER_REPLACED:
        return target
    try:
        is_there = LongWork(parent).look(word("waiting_look", name=target.name), target.exists)
    except JobCancelled:
        return None
    question = word("replace_file", name=target.name)
    return target if not is_there or ask(parent, title, question, word("replace_file_do")) else None

"""What the window does with files: new, open, sample, import, export, copy."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from hyoka_desktop.domain import era
from hyoka_desktop.errors import HyokaError
from hyoka_desktop.messages.commandline import MADE
from hyoka_desktop.messages.window import action_text, word
from hyoka_desktop.services import reports
from hyoka_desktop.services.forms import find_form, installed_forms
from hyoka_desktop.ui.breathing import breathe
from hyoka_desktop.ui.dialogs.choosing import choose_target
from hyoka_desktop.ui.dialogs.export import ExportDialog
from hyoka_desktop.ui.dialogs.new_report import NewReportDialog
from hyoka_desktop.ui.dialogs.notice import tell, tell_error
from hyoka_desktop.ui.dialogs.printing import PrintDialog
from hyoka_desktop.ui.tasks import JobCancelled

if TYPE_CHECKING:
    from hyoka_desktop.ui.window import Window


class FileWork:
    """Carry out the file actions of a window."""

    def __init__(self, window: "Window") -> None:
        self._window = window

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Tell what is done for each action."""
        return {
            "new": self.new,
            "open": self.open,
            "sample": self.sample,
            "import": self.import_data,
            "export": self.export,
            "print": self.print_pages,
            "backup": self.backup,
            "save": self.save,
        }

    def begin(self, name: str) -> None:
        """Carry out one of the four ways to begin."""
        self.handlers()[name]()

    def new(self) -> None:
        """Ask for the answers, make an empty report and open it."""
        this_year = era.fiscal_year_of(date.today())
        dialog = NewReportDialog(self._window, installed_forms(), this_year, self._folder())
        if dialog.exec():
            answers = dialog.answers()
            self._make_and_open(
                answers.path,
                lambda path: reports.new_report(path, answers.form, answers.year, answers.organization),
            )

    def open(self) -> None:
        """Choose a report and open it."""
        chosen, _ = QFileDialog.getOpenFileName(
            self._window, action_text("open"), str(self._folder()), word("filter_hyoka")
        )
        if chosen:
            self._window.open_file(Path(chosen))

    @property
    def sample_path(self) -> Path:
        """Tell where the sample is, or will be."""
        return self._folder() / word("sample_file")

    def sample(self) -> None:
        """Open the sample; it is made the first time, and what was changed in it is kept."""
        path = self.sample_path
        if self._is(path.exists, path):
            self._window.open_file(path)
        else:
            self._make_and_open(path, reports.make_sample)

    def form_names(self) -> Mapping[str, str]:
        """Tell the names of the installed forms by id."""
        return {form_id: form.definition.name for form_id, form in installed_forms().items()}

    def empty_form(self, form_id: str) -> None:
        """Open an empty report of a form; it is made the first time."""
        path = self._folder() / word("empty_file", form=form_id)
        if self._is(path.exists, path):
            self._window.open_file(path)
            return
        year = era.fiscal_year_of(date.today()) - 1
        self._make_and_open(path, lambda new: reports.new_report(new, find_form(form_id), year, ""))

    def import_data(self) -> None:
        """Choose interchange files and a place, make a report of them and open it."""
        chosen, _ = QFileDialog.getOpenFileNames(
            self._window, action_text("import"), str(self._folder()), word("filter_json")
        )
        if chosen:
            self.import_files([Path(name) for name in chosen])

    def import_files(self, sources: Sequence[Path]) -> None:
        """Choose a place, make a report of interchange files there and open it."""
        proposed = sources[0].with_suffix(".hyoka")
        path = choose_target(self._window, word("new_file"), proposed, ".hyoka")
        if path is not None:
            self._import(path, sources)

    def export(self) -> None:
        """Open the export dialog."""
        desk = self._window.desk
        if desk is not None:
            desk.commit()
            dialog = ExportDialog(self._window, desk.workplace, self._window.queue, self._window.settings, desk.item)
            breathe()
            dialog.exec()
            dialog.deleteLater()

    def print_pages(self) -> None:
        """Open the print window."""
        desk = self._window.desk
        if desk is not None:
            desk.commit()
            window = self._window
            dialog = PrintDialog(
                window, desk.workplace, window.queue, window.settings, window.fonts_folder, shown=desk.target
            )
            if dialog.exec():
                window.say(dialog.outcome)
            dialog.deleteLater()

    def save(self) -> None:
        """Write what is not yet written, and say that this happens by itself; a fault shows above the desk."""
        if self._window.desk is not None:
            self._window.saving.write_now()
            self._window.say(word("saves_itself"))

    def backup(self) -> None:
        """Make a copy of the report beside it."""
        desk = self._window.desk
        if desk is None:
            return
        if not self._window.saving.write_now():
            tell(self._window, word("error_title"), word("backup_unsaved"))
            return
        session = desk.workplace.session

        def copy() -> Path:
            target = reports.backup_path(session.path, session.copied_at)
            session.backup(target).result()
            return target

        try:
            target = self._window.long_work.carry_out(word("waiting_copying"), lambda *_: copy())
        except HyokaError as error:
            tell_error(self._window, error)
        else:
            self._window.say(MADE.format(path=target))

    def _import(self, path: Path, sources: Sequence[Path]) -> None:
        """Take in interchange files; what is given up leaves no file."""
        try:
            cleaned = self._window.long_work.carry_out(
                word("waiting_import", name=path.name),
                lambda checkpoint, tell: reports.import_reports(path, sources, checkpoint, tell),
            )
        except JobCancelled:
            return
        except HyokaError as error:
            tell_error(self._window, error)
            return
        self._tell_cleaned(cleaned)
        self._window.open_file(path)

    def _tell_cleaned(self, cleaned: reports.Cleaned) -> None:
        """Say what the normaliser changed in an import."""
        counts: Counter[str] = Counter()
        for changed in cleaned.values():
            counts.update(changed)
        if counts:
            self._window.tell_cleaned(counts)

    def _make_and_open(self, path: Path, make: Callable[[Path], object]) -> None:
        """Make a small report and open it."""
        try:
            self._window.long_work.carry_out(word("waiting_make", name=path.name), lambda *_: make(path))
        except HyokaError as error:
            tell_error(self._window, error)
            return
        self._window.open_file(path)

    def _folder(self) -> Path:
        desk = self._window.desk
        if desk is not None:
            return desk.workplace.session.path.parent
        recent = self._window.settings.recent_files
        if recent and self._is(recent[0].parent.is_dir, recent[0].parent):
            return recent[0].parent
        documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        return documents if documents.is_dir() else Path.home()

    def _is(self, question: Callable[[], bool], path: Path) -> bool:
        """Ask something of a path that may lie on a share; who gives that up goes on without it."""
        try:
            return self._window.long_work.look(word("waiting_look", name=path.name), question)
        except JobCancelled:
            return False

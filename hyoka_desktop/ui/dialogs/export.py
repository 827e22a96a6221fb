"""Export to Word and PDF: choose what, watch the progress, cancel."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hyoka_desktop.domain import fields
from hyoka_desktop.errors import HyokaError
from hyoka_desktop.messages.errors import message_of
from hyoka_desktop.messages.window import spoken, word
from hyoka_desktop.services.export import (
    ExportRequest,
    ExportResult,
    MissingCharacters,
    Prepared,
    Stage,
    export,
    prepare,
)
from hyoka_desktop.services.files import safe_name
from hyoka_desktop.ui.dialogs.notice import ask
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.tasks import CpuQueue, Job
from hyoka_desktop.ui.theme import UNIT
from hyoka_desktop.ui.workplace import Workplace

_MOST_NAMED = 12


class ExportDialog(QDialog):
    """Ask what to export, and do it on the worker thread."""

    def __init__(self, parent: QWidget, workplace: Workplace, queue: CpuQueue, item: int | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(word("export_title"))
        self.setMinimumWidth(600)
        self._workplace = workplace
        self._queue = queue
        self._job: Job | None = None
        self._made: tuple[Path, ...] = ()
        self.word_box = QCheckBox(word("export_word"))
        self.pdf_box = QCheckBox(word("export_pdf"))
        self.word_box.setChecked(True)
        self.pdf_box.setChecked(True)
        self.range = QComboBox()
        self.range.addItem(word("export_all"), None)
        if item is not None:
            number = workplace.view.text(item, fields.ITEM_NUMBER)
            self.range.addItem(word("export_item", number=number), item)
        self.guidance = QCheckBox(word("export_guidance"))
        self.guidance.setChecked(True)
        self.folder = QLineEdit(str(workplace.session.path.parent))
        self.state = plain_label("", "caption")
        self.state.setWordWrap(True)
        self.bar = QProgressBar(maximum=len(Stage), value=0, textVisible=False)
        self.bar.hide()
        self._lay_out()

    def start(self) -> None:
        """Begin the export."""
        if not (self.word_box.isChecked() or self.pdf_box.isChecked()):
            self.state.setText(word("export_need_kind"))
            return
        if not self.folder.text().strip():
            self.state.setText(word("export_need_folder"))
            return
        request = self._request()
        if not self._may_replace(request):
            return
        view, form = self._workplace.live_view, self._workplace.form
        self._start_button.setEnabled(False)
        self._open.hide()
        self.bar.show()
        self._show_stage(Stage.COMPOSE)
        self._job = self._queue.submit(
            Job(
                "prepare",
                lambda _checkpoint, _progress: prepare(form, view, request),
                lambda prepared: self._go_on(prepared, request),
                self._show_fault,
            )
        )

    def _go_on(self, prepared: Prepared, request: ExportRequest) -> None:
        """Write what was prepared; ask first where a character would print as a blank box."""
        if prepared.missing and not self._accepts_missing(prepared.missing):
            self._end(word("export_cancelled"))
            return
        self._job = self._queue.submit(
            Job(
                "export",
                lambda checkpoint, progress: export(prepared, request, progress, checkpoint),
                self._show_done,
                self._show_fault,
                self._show_stage,
            )
        )

    def _accepts_missing(self, missing: Sequence[MissingCharacters]) -> bool:
        lines = [f"{entry.place}：{' '.join(entry.characters)}" for entry in missing[:_MOST_NAMED]]
        more = [word("export_missing_more", count=len(missing) - _MOST_NAMED)] if len(missing) > _MOST_NAMED else []
        text = word("export_missing", places="\n".join(lines + more))
        return ask(self, word("export_title"), text, word("export_missing_do"))

    def reject(self) -> None:
        """Cancel a running export; close otherwise."""
        if self._job is not None:
            self._job.cancel()
            self._end(word("export_cancelled"))
            return
        super().reject()

    def _may_replace(self, request: ExportRequest) -> bool:
        """Ask before a document that is there is replaced."""
        there = [path.name for path in (request.docx, request.pdf) if path is not None and path.is_file()]
        if not there:
            return True
        text = word("export_replace", names="、".join(there))
        return ask(self, word("export_title"), text, word("export_replace_do"))

    def _request(self) -> ExportRequest:
        item = self.range.currentData()
        stem = self._workplace.session.path.stem
        if item is not None:
            stem = f"{stem}_{safe_name(self._workplace.view.text(item, fields.ITEM_NUMBER))}"
        folder = Path(self.folder.text())
        return ExportRequest(
            folder / f"{stem}.docx" if self.word_box.isChecked() else None,
            folder / f"{stem}.pdf" if self.pdf_box.isChecked() else None,
            None if item is None else [item],
            guidance=self.guidance.isChecked(),
        )

    def _lay_out(self) -> None:
        kinds = QHBoxLayout()
        kinds.addWidget(self.word_box)
        kinds.addWidget(self.pdf_box)
        kinds.addStretch()
        choose = QPushButton(word("choose"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose_folder)
        place = QHBoxLayout()
        place.addWidget(self.folder)
        place.addWidget(choose)
        questions = QFormLayout()
        questions.setSpacing(UNIT)
        questions.addRow(word("export_kind"), kinds)
        questions.addRow(word("export_range"), self.range)
        questions.addRow("", self.guidance)
        questions.addRow(word("export_folder"), place)
        buttons = QDialogButtonBox()
        self._start_button = buttons.addButton(word("export_start"), QDialogButtonBox.ButtonRole.ActionRole)
        self._start_button.setDefault(True)
        self._start_button.clicked.connect(self.start)
        self._open = buttons.addButton(word("export_open_folder"), QDialogButtonBox.ButtonRole.ActionRole)
        self._open.clicked.connect(self._open_folder)
        self._open.hide()
        self._cancel = buttons.addButton(word("close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT * 3, UNIT * 3, UNIT * 3, UNIT * 2)
        column.setSpacing(UNIT * 2)
        column.addLayout(questions)
        column.addWidget(self.bar)
        column.addWidget(self.state)
        column.addWidget(buttons)

    def _show_stage(self, stage: object) -> None:
        if isinstance(stage, Stage):
            self._cancel.setText(word("cancel"))
            self.bar.setValue(list(Stage).index(stage))
            self.state.setText(word(f"stage_{stage.value}"))

    def _show_done(self, result: ExportResult) -> None:
        self._made = result.files
        lines = [word("export_done", pages=result.pages), *(str(path) for path in result.files)]
        self._end("\n".join(lines))
        self._open.show()

    def _show_fault(self, error: BaseException) -> None:
        if not isinstance(error, HyokaError):
            self._end(word("crash_text", kind=type(error).__name__))
            raise error
        self._end(spoken(message_of(error)))

    def _end(self, text: str) -> None:
        self._job = None
        self.bar.hide()
        self.state.setText(text)
        self._cancel.setText(word("close"))
        self._start_button.setEnabled(True)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, word("export_folder"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _open_folder(self) -> None:
        if self._made:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._made[0].parent)))

"""Export to Word, PDF and Excel: choose an output set and what it takes in, watch the progress, cancel."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QProgressBar,
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
from hyoka_desktop.services.quoting import LackingValue
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.ui.breathing import breathe
from hyoka_desktop.ui.dialogs.frame import add_foot, dialog_column, keep_width
from hyoka_desktop.ui.dialogs.making import FolderLine, MakingButtons
from hyoka_desktop.ui.dialogs.notice import ask
from hyoka_desktop.ui.dialogs.output_picker import OutputPicker
from hyoka_desktop.ui.longwork import LongWork
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.tasks import CpuQueue, Job, JobCancelled
from hyoka_desktop.ui.theme import UNIT, scaled
from hyoka_desktop.ui.workplace import Workplace

_MOST_NAMED = 12
_WIDTH = 720


class ExportDialog(QDialog):
    """Ask what to export, and do it on the worker thread."""

    def __init__(
        self, parent: QWidget, workplace: Workplace, queue: CpuQueue, settings: Settings, item: int | None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(word("export_title"))
        keep_width(self, scaled(_WIDTH))
        self._workplace = workplace
        self._queue = queue
        self._job: Job | None = None
        self._is_writing = False
        self.picker = OutputPicker(workplace.form, workplace.view, settings, item)
        self.range = self.picker.range.items_of
        breathe()
        self.word_box, self.pdf_box, self.excel_box = (
            QCheckBox(word(name)) for name in ("export_word", "export_pdf", "export_excel")
        )
        self.word_box.setChecked(True)
        self.pdf_box.setChecked(True)
        self._place = FolderLine(workplace.session.path.parent, word("export_folder"))
        self.folder = self._place.written
        self.buttons = MakingButtons(self, word("export_start"), word("export_open_folder"), self.start)
        self._start_button, self._open, self._cancel = self.buttons.start, self.buttons.open, self.buttons.cancel
        self.state = plain_label("", "caption")
        self.state.setWordWrap(True)
        self.bar = QProgressBar(maximum=len(Stage), value=0, textVisible=False)
        self.bar.hide()
        self._lay_out()

    def start(self) -> None:
        """Begin the export."""
        boxes = (self.word_box, self.pdf_box, self.excel_box)
        if not any(box.isChecked() for box in boxes):
            self.state.setText(word("export_need_kind"))
            return
        if not self.folder.text().strip():
            self.state.setText(word("export_need_folder"))
            return
        if self.picker.is_empty():
            self.state.setText(word("export_need_range"))
            return
        request = self._request()
        if self._may_replace(request):
            self._prepare(request)

    def reject(self) -> None:
        """Cancel a running export; close otherwise. Files that are being written are there in a moment."""
        if self._is_writing:
            return
        if self._job is not None:
            self._job.cancel()
            self._end(word("export_cancelled"))
            return
        super().reject()

    def _prepare(self, request: ExportRequest) -> None:
        """Compose and set the document on the worker thread."""
        view, form, session = self._workplace.live_view, self._workplace.form, self._workplace.session
        memory = self._workplace.export_memory
        self._start_button.setEnabled(False)
        self._open.hide()
        self.bar.show()
        self._job = self._queue.submit(
            Job(
                "export",
                lambda checkpoint, progress: prepare(
                    form, view, replace(request, anchor=session.anchor_soon()), progress, checkpoint, memory
                ),
                lambda prepared: self._go_on(prepared, request),
                self._show_fault,
                self._show_stage,
            )
        )

    def _go_on(self, prepared: Prepared, request: ExportRequest) -> None:
        """Write what was prepared; ask first where a character has no glyph, or an indicator no value."""
        refused = prepared.missing and not self._accepts_missing(prepared.missing)
        if refused or (prepared.lacking and not self._accepts_lacking(prepared.lacking)):
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

    def _accepts_lacking(self, lacking: Sequence[LackingValue]) -> bool:
        lines = [f"{entry.place}：{entry.name}" for entry in lacking[:_MOST_NAMED]]
        more = [word("export_missing_more", count=len(lacking) - _MOST_NAMED)] if len(lacking) > _MOST_NAMED else []
        text = word("export_lacking", places="\n".join(lines + more))
        return ask(self, word("export_title"), text, word("export_missing_do"))

    def _may_replace(self, request: ExportRequest) -> bool:
        """Ask before a document that is there is replaced."""
        said = word("waiting_look", name=request.paths[0].parent.name)
        try:
            there = LongWork(self).look(said, lambda: [path.name for path in request.paths if path.is_file()])
        except JobCancelled:
            return False
        if not there:
            return True
        text = word("export_replace", names="、".join(there))
        return ask(self, word("export_title"), text, word("export_replace_do"))

    def _request(self) -> ExportRequest:
        output, items = self.picker.chosen(), self.picker.range.chosen_items()
        folder, stem = Path(self.folder.text()), self._stem()
        return ExportRequest(
            folder / f"{stem}.docx" if self.word_box.isChecked() else None,
            folder / f"{stem}.pdf" if self.pdf_box.isChecked() else None,
            folder / f"{stem}.xlsx" if self.excel_box.isChecked() else None,
            output,
            items,
        )

    def _stem(self) -> str:
        """Tell the name of the files: that of the report, with the document and the item that are made."""
        names = [self._workplace.session.path.stem]
        if self.picker.chosen().document:
            names.append(safe_name(self.picker.document_name()))
        items = self.picker.range.chosen_items()
        if items is not None and self.picker.range.is_single_item():
            names.append(safe_name(self._workplace.view.text(items[0], fields.ITEM_NUMBER)))
        return "_".join(names)

    def _lay_out(self) -> None:
        kinds = QHBoxLayout()
        for box in (self.word_box, self.pdf_box, self.excel_box):
            kinds.addWidget(box)
        kinds.addStretch()
        questions = QFormLayout()
        questions.setSpacing(UNIT)
        questions.addRow(word("export_kind"), kinds)
        questions.addRow(word("export_folder"), self._place)
        column = dialog_column(self, UNIT)
        column.addWidget(self.picker)
        column.addLayout(questions)
        column.addWidget(self.bar)
        column.addWidget(self.state)
        add_foot(self, self.buttons)

    def _show_stage(self, stage: object) -> None:
        if isinstance(stage, Stage):
            self._is_writing = stage is Stage.SAVE
            self._cancel.setText(word("cancel"))
            self._cancel.setEnabled(not self._is_writing)
            self.bar.setValue(list(Stage).index(stage))
            self.state.setText(word(f"stage_{stage.value}"))

    def _show_done(self, result: ExportResult) -> None:
        lines = [word("export_done", pages=result.pages), *(str(path) for path in result.files)]
        self._end("\n".join(lines))
        self.buttons.show_made(result.files)

    def _show_fault(self, error: BaseException) -> None:
        if not isinstance(error, HyokaError):
            self._end(word("crash_text", kind=type(error).__name__))
            raise error
        self._end(spoken(message_of(error)))

    def _end(self, text: str) -> None:
        self._job = None
        self._is_writing = False
        self.bar.hide()
        self.state.setText(text)
        self._cancel.setText(word("close"))
        self._cancel.setEnabled(True)
        self._start_button.setEnabled(True)

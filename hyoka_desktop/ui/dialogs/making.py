"""What dialogs have that make files in a folder: the line with the folder, and the buttons below."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QHBoxLayout, QLineEdit, QPushButton

from hyoka_desktop.messages.window import word


class FolderLine(QHBoxLayout):
    """Let a folder be written or chosen; `title` is what it is called."""

    def __init__(self, folder: Path, title: str) -> None:
        super().__init__()
        self._title = title
        self.written = QLineEdit(str(folder))
        self.written.setAccessibleName(title)
        choose = QPushButton(word("choose"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        self.addWidget(self.written)
        self.addWidget(choose)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self.parentWidget(), self._title, self.written.text())
        if chosen:
            self.written.setText(chosen)


class MakingButtons(QDialogButtonBox):
    """Offer to make the files, to open their folder when they are there, and to close the dialog."""

    def __init__(self, dialog: QDialog, make: str, open_folder: str, start: Callable[[], object]) -> None:
        super().__init__()
        self.made: tuple[Path, ...] = ()
        self.start = self.addButton(make, QDialogButtonBox.ButtonRole.ActionRole)
        self.start.setDefault(True)
        self.start.clicked.connect(start)
        self.open = self.addButton(open_folder, QDialogButtonBox.ButtonRole.ActionRole)
        self.open.clicked.connect(self._open_folder)
        self.open.hide()
        self.cancel = self.addButton(word("close"), QDialogButtonBox.ButtonRole.RejectRole)
        self.rejected.connect(dialog.reject)

    def show_made(self, files: Sequence[Path]) -> None:
        """Offer to open the folder of files that were made."""
        self.made = tuple(files)
        self.open.show()

    def _open_folder(self) -> None:
        if self.made:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.made[0].parent)))

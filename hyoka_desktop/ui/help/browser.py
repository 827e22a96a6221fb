"""Show one page of the help; nothing is read but pictures in the folder of the help, and no link leads elsewhere."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import (
    QFont,
    QImage,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextImageFormat,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser

from hyoka_desktop.services.help import HelpPage
from hyoka_desktop.ui.theme import UNIT

_LINE_HEIGHT_PERCENT = 150.0
_IMAGE = QTextDocument.ResourceType.ImageResource.value


class HelpBrowser(QTextBrowser):
    """Show a page; `page_wanted` names the page of a link that was followed."""

    page_wanted = Signal(str)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder.resolve()
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.document().setDocumentMargin(UNIT * 3)
        self.anchorClicked.connect(self._follow)

    def show_page(self, page: HelpPage, words: str = "") -> None:
        """Show a page from its head, or from the first of some words."""
        self.document().setMarkdown(page.text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        self._dress()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        for word in words.split()[:1]:
            self.find(word)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Read a picture in the folder of the help, and nothing else."""
        written = name.toString() if isinstance(name, QUrl) else name
        path = (self._folder / written).resolve()
        if kind != _IMAGE or not path.is_relative_to(self._folder):
            return None
        return QImage(str(path))

    def _follow(self, link: QUrl) -> None:
        if link.isRelative() and link.path().endswith(".md"):
            self.page_wanted.emit(link.path().removesuffix(".md"))

    def _dress(self) -> None:
        """Give lines and tables their room; Markdown itself says nothing of looks."""
        cursor = QTextCursor(self.document())
        block = self.document().begin()
        while block.isValid():
            cursor.setPosition(block.position())
            form = QTextBlockFormat()
            form.setNonBreakableLines(False)
            form.setLineHeight(_LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            if block.blockFormat().headingLevel():
                form.setTopMargin(UNIT * 2)
                form.setBottomMargin(UNIT)
            else:
                self._colour_strong(block, cursor)
                cursor.setPosition(block.position())
            if _holds_picture(block.text()):
                form.setLineHeight(0, QTextBlockFormat.LineHeightTypes.SingleHeight.value)
            cursor.mergeBlockFormat(form)
            block = block.next()
        self._dress_tables()
        self._fit_pictures()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let pictures be no wider than the page."""
        super().resizeEvent(event)
        self._fit_pictures()

    def _fit_pictures(self) -> None:
        room = self.viewport().width() - 2 * self.document().documentMargin()
        cursor = QTextCursor(self.document())
        for place, form in list(_pictures(self.document())):
            picture = self.document().resource(_IMAGE, QUrl(form.name()))
            form.setWidth(min(picture.width(), room))
            cursor.setPosition(place)
            cursor.setPosition(place + 1, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(form)

    def _dress_tables(self) -> None:
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                form = frame.format()
                form.setCellPadding(UNIT / 2)
                form.setBorder(1)
                form.setRightMargin(1)
                form.setBorderCollapse(True)
                form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                form.setBorderBrush(self.palette().placeholderText())
                frame.setFormat(form)
                self._shade_head(frame)

    def _shade_head(self, table: QTextTable) -> None:
        """Markdown tables have their heads in the first row."""
        for column in range(table.columns()):
            cell = table.cellAt(0, column)
            form = cell.format().toTableCellFormat()
            form.setBackground(self.palette().window())
            cell.setFormat(form)

    def _colour_strong(self, block: QTextBlock, cursor: QTextCursor) -> None:
        """The font has one weight only; what is strong stands out by its colour."""
        pieces = block.begin()
        places = []
        while not pieces.atEnd():
            piece = pieces.fragment()
            if piece.charFormat().fontWeight() >= QFont.Weight.Bold:
                places.append((piece.position(), piece.length()))
            pieces += 1
        form = QTextCharFormat()
        form.setForeground(self.palette().highlight())
        for start, length in places:
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(form)


def _pictures(document: QTextDocument) -> Iterator[tuple[int, QTextImageFormat]]:
    """Tell place and format of each picture."""
    block = document.begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            form = pieces.fragment().charFormat()
            if form.isImageFormat():
                yield pieces.fragment().position(), form.toImageFormat()
            pieces += 1
        block = block.next()


def _holds_picture(text: str) -> bool:
    return "\N{OBJECT REPLACEMENT CHARACTER}" in text

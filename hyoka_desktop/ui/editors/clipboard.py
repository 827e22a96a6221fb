"""Carry text over the clipboard: as it prints for others, as it is stored for this program."""

from typing import Final

from PySide6.QtCore import QMimeData

_STORED: Final = "application/x-hyoka-text"
_SPREADSHEET: Final = ("schemas-microsoft-com:office:excel", "ProgId content=Excel", 'content="LibreOffice Calc')


def copied(stored: str, printed: str) -> QMimeData:
    """Make what goes to the clipboard."""
    data = QMimeData()
    data.setText(printed)
    if stored != printed:
        data.setData(_STORED, stored.encode("utf-8", "surrogatepass"))
    return data


def stored_in(data: QMimeData) -> str | None:
    """Tell the stored text that this program put there; None where it comes from elsewhere, or was plain."""
    if not data.hasFormat(_STORED):
        return None
    return bytes(data.data(_STORED).data()).decode("utf-8", "replace")


def is_cell(data: QMimeData) -> bool:
    """Tell whether a spreadsheet put the text there."""
    return data.hasHtml() and any(mark in data.html() for mark in _SPREADSHEET)

"""The look of the window: colours, fonts, spacing. Calm and paper-like; one accent colour."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDir
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

FONT_FAMILY: Final = "BIZ UDGothic"
SEARCH_PATH: Final = "icons"
"""The prefix under which Qt finds the icons."""
UNIT: Final = 8
"""The grid of the layout in pixels."""
LINE_HEIGHT_PERCENT: Final = 160
_POINT_SIZE: Final = 10.5


@dataclass(frozen=True, slots=True)
class Colours:
    """Name the colours by what they are for."""

    window: str = "#f4f3ef"
    paper: str = "#ffffff"
    text: str = "#22262b"
    faint: str = "#5c6670"
    line: str = "#d9d6cd"
    accent: str = "#1f5f8b"
    accent_soft: str = "#e3edf4"
    accent_text: str = "#ffffff"
    good: str = "#22713f"
    warning: str = "#8a5a00"
    bad: str = "#a3262a"
    locked: str = "#f7f6f2"
    desk: str = "#dcdad3"


COLOURS: Final = Colours()

_STYLE: Final = """
QWidget {{ color: {text}; }}
QMainWindow, QDialog {{ background: {window}; }}
QToolTip {{ background: {paper}; color: {text}; border: 1px solid {line}; padding: 4px; }}
QMenuBar {{ background: {window}; padding: 2px 8px; }}
QMenuBar::item:selected, QMenu::item:selected {{ background: {accent_soft}; color: {text}; }}
QMenu {{ background: {paper}; border: 1px solid {line}; padding: 4px; }}
QMenu::item {{ padding: 6px 28px 6px 24px; }}
QMenu::item:disabled {{ color: #9aa1a8; }}
QToolBar {{ background: {window}; border: none; border-bottom: 1px solid {line}; spacing: 6px; padding: 6px 10px; }}
QToolButton {{ border: 1px solid transparent; border-radius: 4px; padding: 5px 9px; }}
QToolButton:hover {{ background: {accent_soft}; }}
QToolButton:focus {{ border-color: {accent}; }}
QToolButton:checked {{ background: {accent_soft}; color: {accent}; }}
QToolButton:disabled {{ color: #9aa1a8; }}
QStatusBar {{ background: {window}; border-top: 1px solid {line}; }}
QStatusBar::item {{ border: none; }}
QTreeView {{ background: {window}; border: none; outline: none; show-decoration-selected: 0; }}
QTreeView::branch:selected, QTreeView::item:selected {{ background: {accent_soft}; }}
QScrollBar {{ background: transparent; border: none; margin: 0; }}
QScrollBar:vertical {{ width: 11px; }}
QScrollBar:horizontal {{ height: 11px; }}
QScrollBar::handle {{ background: #bdb9ae; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: #8f8b80; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QLineEdit, QTextEdit, QComboBox, QSpinBox {{
  background: {paper}; border: 1px solid {line}; border-radius: 4px; padding: 5px 7px;
  selection-background-color: {accent}; selection-color: {accent_text};
}}
QLineEdit:focus, QTextEdit:focus, QComboBox:focus {{ border: 1px solid {accent}; }}
QLineEdit[wrong="true"] {{ border: 1px solid {bad}; }}
QTextEdit:read-only, QLineEdit:read-only {{ background: {locked}; }}
QTextEdit[role="reading"] {{
  background: transparent; border: none; border-left: 2px solid transparent; border-radius: 0; padding: 0;
}}
QTextEdit[role="reading"]:focus {{ border-left-color: {accent}; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox::down-arrow {{ image: url("{arrow}"); width: 14px; height: 14px; }}
QComboBox QAbstractItemView {{ background: {paper}; border: 1px solid {line};
  selection-background-color: {accent_soft}; selection-color: {text}; }}
QPushButton {{ background: {paper}; border: 1px solid {line}; border-radius: 4px; padding: 6px 14px; }}
QPushButton:hover, QPushButton:focus {{ border-color: {accent}; }}
QPushButton:default {{ background: {accent}; border-color: {accent}; color: {accent_text}; }}
QPushButton:disabled {{ color: #9aa1a8; background: {window}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {line}; }}
QTabBar {{ background: transparent; }}
QTabBar::tab {{ padding: 8px 16px; border: none; border-bottom: 3px solid transparent; color: {faint}; }}
QTabBar[role="rows"]::tab {{ padding: 6px 8px; min-width: 15px; }}
QTabBar::tear {{ width: 0; border: none; }}
QTabBar QToolButton {{ padding: 0; background: {window}; }}
QTabBar::tab:selected {{ color: {text}; border-bottom: 3px solid {accent}; }}
QTabBar::tab:hover {{ color: {text}; }}
QTabBar::tab:focus {{ color: {accent}; background: {accent_soft}; }}
QScrollArea {{ border: none; background: transparent; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
QTextEdit[role="difference"] {{ background: {paper}; border: 1px solid {line}; border-radius: 4px; padding: 6px; }}
QTextEdit[role="difference"]:focus {{ border-color: {accent}; }}
QListWidget[role="entries"]::item {{ padding: 6px 8px; border-bottom: 1px solid {line}; }}
QListWidget[role="entries"]::item:selected, LineList::item:selected {{ background: {accent_soft}; color: {text}; }}
LineList::item {{ padding: 2px 6px; }}
QScrollArea[role="paper"] {{ background: {desk}; border: 1px solid {desk}; }}
QScrollArea[role="paper"]:focus {{ border: 1px solid {accent}; }}
QListView[role="thumbnails"] {{ background: {desk}; border: none; border-right: 1px solid {line}; outline: none; }}
QListView[role="thumbnails"]:focus {{ border-right: 2px solid {accent}; }}
QToolBar[role="paper"] {{ border: none; spacing: 0; padding: 4px 6px; }}
QToolBar[role="paper"] QToolButton {{ padding: 4px 5px; }}
QToolBar[role="paper"] QToolButton::menu-indicator {{ image: url("{arrow}"); width: 12px; height: 12px;
  subcontrol-origin: padding; subcontrol-position: right center; right: 4px; }}
QSplitter::handle {{ background: {line}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}
QHeaderView::section {{ background: {window}; border: none; border-right: 1px solid {line};
  border-bottom: 1px solid {line}; padding: 5px 7px; color: {faint}; }}
QTableView {{ background: {paper}; border: 1px solid {line}; gridline-color: {line};
  selection-background-color: {accent_soft}; selection-color: {text}; }}
QTableView:focus {{ border-color: {accent}; }}
QTableView QLineEdit {{ border-radius: 0; padding: 0 4px; }}
QTableView QTableCornerButton::section {{ background: {window}; border: none; }}
QProgressBar {{ border: 1px solid {line}; border-radius: 4px; background: {paper}; height: 10px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
QCheckBox {{ spacing: 8px; padding: 3px; }}
QLabel[role="title"] {{ font-size: 15pt; }}
QLabel[role="heading"] {{ font-size: 12pt; }}
QLabel[role="caption"] {{ color: {faint}; }}
QLabel[role="faint"] {{ color: {faint}; font-size: 9pt; }}
QLabel[role="wrong"] {{ color: {bad}; font-size: 9pt; }}
QLabel[role="badge"] {{ border: 1px solid {line}; border-radius: 9px; padding: 1px 9px; background: {paper}; }}
QFrame[role="trouble"] {{ background: {paper}; border-bottom: 2px solid {bad}; }}
QFrame[role="card"] {{ background: {paper}; border: 1px solid {line}; border-radius: 6px; }}
QFrame[role="line"] {{ background: {line}; max-height: 1px; border: none; }}
"""


def dress(application: QApplication, fonts_folder: Path, icons_folder: Path) -> None:
    """Give the application its style, fonts and colours."""
    for path in sorted(fonts_folder.glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))
    application.setStyle("Fusion")
    font = QFont(FONT_FAMILY)
    font.setPointSizeF(_POINT_SIZE)
    application.setFont(font)
    application.setPalette(_palette(COLOURS))
    names = {name: getattr(COLOURS, name) for name in Colours.__dataclass_fields__}
    QDir.setSearchPaths(SEARCH_PATH, [str(icons_folder)])
    application.setStyleSheet(_STYLE.format(arrow=f"{SEARCH_PATH}:chevron-down.svg", **names))


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, colours.window),
        (roles.Base, colours.paper),
        (roles.AlternateBase, colours.locked),
        (roles.Text, colours.text),
        (roles.WindowText, colours.text),
        (roles.Button, colours.paper),
        (roles.ButtonText, colours.text),
        (roles.Highlight, colours.accent),
        (roles.HighlightedText, colours.accent_text),
        (roles.PlaceholderText, colours.faint),
        (roles.ToolTipBase, colours.paper),
        (roles.ToolTipText, colours.text),
    ):
        palette.setColor(role, QColor(colour))
    return palette

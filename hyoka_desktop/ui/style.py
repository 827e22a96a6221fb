"""The style sheet of the window: shapes and borders, with the colours and sizes of a theme put in."""

from dataclasses import asdict
from typing import Final

from hyoka_desktop.ui.colours import Colours

SEARCH_PATH: Final = "icons"
"""The prefix under which Qt finds the icons."""
POINT_SIZE: Final = 10.5
_SIZES: Final = {"title": 15.0, "heading": 12.0, "small": 9.0}
_ICON, _BOX, _RING, _DIGITS = 16, 14, 4, 15
_SHEET: Final = """
QWidget {{ color: {text}; }}
QMainWindow, QDialog {{ background: {window}; }}
QToolTip {{ background: {paper}; color: {text}; border: 1px solid {edge}; padding: 4px; }}
QMenuBar {{ background: {window}; padding: 2px 8px; }}
QMenuBar::item {{ padding: 4px 8px; border: 1px solid transparent; border-radius: 4px; }}
QMenuBar::item:selected, QMenu::item:selected {{
  background: {accent_soft}; color: {text}; border: 1px solid {accent}; border-radius: 4px; }}
QMenu {{ background: {paper}; border: 1px solid {edge}; padding: 4px; }}
QMenu::separator {{ background: {line}; height: 1px; margin: 4px 8px; }}
QMenu::item {{ padding: 5px 28px 5px 24px; border: 1px solid transparent; }}
QMenu::item:disabled {{ color: {disabled}; }}
QToolBar {{ background: {window}; border: none; border-bottom: 1px solid {line}; spacing: 6px; padding: 6px 10px; }}
QToolButton {{ border: 1px solid transparent; border-radius: 4px; padding: 5px 9px; }}
QToolButton:hover {{ background: {accent_soft}; }}
QToolButton:focus {{ border-color: {accent}; }}
QToolButton:checked {{ background: {accent_soft}; color: {accent}; border-color: {accent}; }}
QToolButton:disabled {{ color: {disabled}; }}
QToolButton#qt_toolbar_ext_button {{ padding: 0; image: url("{arrow}"); }}
QToolButton, QPushButton {{ icon-size: {icon}px; }}
QStatusBar {{ background: {window}; border-top: 1px solid {line}; }}
QStatusBar::item {{ border: none; }}
QTreeView {{ background: {window}; border: none; outline: none; show-decoration-selected: 0; }}
QTreeView::branch:selected, QTreeView::item:selected {{ background: {accent_soft}; }}
QScrollBar {{ background: transparent; border: none; margin: 0; }}
QScrollBar:vertical {{ width: 11px; }}
QScrollBar:horizontal {{ height: 11px; }}
QScrollBar::handle {{ background: {edge}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:disabled {{ background: transparent; }}
QScrollBar::handle:hover {{ background: {faint}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QLineEdit, QTextEdit, QComboBox, QSpinBox {{
  background: {paper}; border: 1px solid {edge}; border-radius: 4px; padding: 5px 7px;
  selection-background-color: {accent}; selection-color: {accent_text};
}}
QLineEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus {{
  border: 2px solid {accent}; padding: 4px 6px;
}}
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled {{ color: {disabled}; border-color: {line}; }}
QLineEdit[wrong="true"] {{ border: 2px dashed {bad}; padding: 4px 6px; }}
QTextEdit:read-only, QLineEdit:read-only {{ background: {locked}; border-style: dotted; }}
QTextEdit[role="reading"] {{
  background: transparent; border: none; border-left: 3px solid transparent; border-radius: 0; padding: 0;
}}
QTextEdit[role="reading"]:focus {{ border-left-color: {accent}; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox::down-arrow {{ image: url("{arrow}"); width: 14px; height: 14px; }}
QComboBox QAbstractItemView {{ background: {paper}; border: 1px solid {edge};
  selection-background-color: {accent}; selection-color: {accent_text}; }}
QPushButton {{ background: {paper}; border: 1px solid {edge}; border-radius: 4px; padding: 6px 14px; }}
QPushButton:hover {{ border-color: {accent}; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 5px 13px; }}
QPushButton:default {{ background: {accent}; border-color: {accent}; color: {accent_text}; }}
QPushButton:default:focus {{ border: 2px solid {text}; }}
QPushButton:checked {{ background: {accent_soft}; border: 2px solid {accent}; padding: 5px 13px; }}
QPushButton:disabled {{ color: {disabled}; background: {window}; border-color: {line}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {line}; }}
QTabBar {{ background: transparent; }}
QTabBar::tab {{ padding: 7px 15px; border: 1px solid transparent; border-bottom: 3px solid transparent;
  color: {faint}; }}
QTabBar[role="rows"]::tab {{ padding: 5px 7px; min-width: {digits}px; }}
QTabBar::tear {{ width: 0; border: none; }}
QTabBar QToolButton {{ padding: 0; background: {window}; }}
QTabBar::tab:selected {{ color: {text}; border-bottom: 3px solid {accent}; }}
QTabBar::tab:hover {{ color: {text}; }}
QTabBar::tab:selected:focus {{ background: {accent_soft}; border: 1px solid {accent}; border-bottom-width: 3px; }}
QScrollArea {{ border: none; background: transparent; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
QListWidget {{ background: {paper}; border: 1px solid {edge}; border-radius: 4px; padding: 2px; outline: none; }}
QListWidget:focus {{ border: 2px solid {accent}; padding: 1px; }}
QListWidget::item:selected {{ background: {accent_soft}; color: {text}; border: 1px solid {accent}; }}
QTextEdit[role="difference"] {{ background: {paper}; border: 1px solid {edge}; border-radius: 4px; padding: 6px; }}
QTextEdit[role="difference"]:focus {{ border: 2px solid {accent}; padding: 5px; }}
QListWidget[role="entries"]::item {{ padding: 6px 8px; border: 1px solid transparent; border-left-width: 3px;
  border-bottom-color: {line}; }}
QListWidget[role="entries"]::item:selected {{ background: {accent_soft}; color: {text};
  border-left: 3px solid {accent}; }}
QTableWidget::item {{ padding: 4px 5px; }}
QTableWidget::item:!selected:focus, LineList::item:!selected:focus {{ background: {accent_soft}; color: {text}; }}
QTableWidget[role="texts"]::item {{ padding: 0; }}
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
QTableView {{ background: {paper}; border: 1px solid {edge}; gridline-color: {line};
  selection-background-color: {accent}; selection-color: {accent_text}; }}
QTableView:focus {{ border-color: {accent}; }}
QTableView QLineEdit {{ border-radius: 0; padding: 0 4px; }}
QTableView QTableCornerButton::section {{ background: {window}; border: none; }}
QProgressBar {{ border: 1px solid {edge}; border-radius: 4px; background: {paper}; height: 10px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
QCheckBox, QRadioButton {{ spacing: 8px; padding: 2px; border: 1px solid transparent; border-radius: 4px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {accent}; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {disabled}; }}
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {{ width: {box}px; height: {box}px;
  border: 1px solid {edge}; border-radius: 3px; background: {paper}; }}
QRadioButton::indicator {{ border-radius: {round}px; }}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {{
  background: {accent}; border-color: {accent}; image: url("{check}"); }}
QRadioButton::indicator:checked {{ border: {ring}px solid {accent}; background: {accent_text};
  width: {dot}px; height: {dot}px; }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ border-color: {line}; }}
QLabel[role="title"] {{ font-size: {title}pt; }}
QLabel[role="heading"] {{ font-size: {heading}pt; }}
QLabel[role="caption"] {{ color: {faint}; }}
QLabel[role="faint"] {{ color: {faint}; font-size: {small}pt; }}
QLabel[role="wrong"] {{ color: {bad}; font-size: {small}pt; }}
QLabel[explained="true"] {{ border: none; border-bottom: 1px dashed {edge}; }}
QLabel[role="badge"] {{ border: 1px solid {edge}; border-radius: 9px; padding: 1px 9px; background: {paper}; }}
QTableView[role="frozen"] {{ border: none; border-right: 2px solid {line}; }}
QFrame[role="trouble"] {{ background: {paper}; border-bottom: 2px solid {bad}; }}
QFrame[role="card"] {{ background: {paper}; border: 1px solid {line}; border-radius: 6px; }}
QToolButton[role="state"] {{ border: 1px solid {edge}; background: {paper}; padding: 3px 22px 3px 8px; }}
QToolButton[role="state"]:focus {{ border-color: {accent}; }}
QToolButton[role="state"]::menu-indicator {{ image: url("{arrow}"); width: 12px; height: 12px;
  subcontrol-origin: padding; subcontrol-position: right center; right: 6px; }}
QFrame[role="final"] {{ background: {locked}; border-top: 1px solid {line}; }}
QFrame[role="line"] {{ background: {line}; max-height: 1px; border: none; }}
"""


def style_sheet(colours: Colours, scale: float) -> str:
    """Tell the style sheet of a theme, with texts of a scale."""
    sizes = {name: f"{size * scale:g}" for name, size in _SIZES.items()}
    pictures = {name: f"{SEARCH_PATH}:{name}-{colours.name}.svg" for name in ("arrow", "check")}
    box, ring = round(_BOX * scale), round(_RING * scale)
    boxes = {
        "digits": round(_DIGITS * scale),
        "icon": round(_ICON * scale),
        "box": box,
        "ring": ring,
        "dot": box + 2 - 2 * ring,
        "round": box // 2 + 1,
    }
    return _SHEET.format(**asdict(colours), **sizes, **pictures, **boxes)

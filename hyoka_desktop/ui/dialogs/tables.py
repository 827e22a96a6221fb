"""Dialogs that show a table before something is done: recovered drafts, new 項目番号."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from hyoka_desktop.domain import era, fields
from hyoka_desktop.domain.draftkeys import DraftKind
from hyoka_desktop.domain.report import YearView
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.drafts import Draft
from hyoka_desktop.services.places import place_name
from hyoka_desktop.services.quoting import printed_pair
from hyoka_desktop.ui.dialogs.frame import add_foot, answer_buttons, dialog_column, open_with
from hyoka_desktop.ui.pages.fieldblock import plain_label

INSTEAD: Final = 2
"""The result of a dialog whose third answer was given; Qt has 0 and 1 for the others."""
_SIZE: Final = (760, 440)


class TableDialog(QDialog):
    """Show rows of text and ask whether to go on."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        text: str,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        answers: Sequence[str],
    ) -> None:
        """Ask with two answers, yes and no, or with a third one whose result is `INSTEAD`; Esc always says no."""
        super().__init__(parent)
        self.setWindowTitle(title)
        open_with(self, *_SIZE)
        explanation = plain_label(text)
        explanation.setWordWrap(True)
        table = QTableWidget(len(rows), len(heads))
        table.setAccessibleName(title)
        table.setHorizontalHeaderLabels(list(heads))
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setWordWrap(True)
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for line, row in enumerate(rows):
            for place, cell in enumerate(row):
                item = QTableWidgetItem(cell)
                item.setTextAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                table.setItem(line, place, item)
        keep_rows_whole(table)
        buttons, _ = answer_buttons(self, *answers[:2])
        for instead in answers[2:]:
            third = buttons.addButton(instead, QDialogButtonBox.ButtonRole.DestructiveRole)
            third.setAutoDefault(False)
            third.clicked.connect(lambda: self.done(INSTEAD))
        column = dialog_column(self)
        column.addWidget(explanation)
        column.addWidget(table)
        add_foot(self, buttons)


def keep_rows_whole(table: QTableWidget) -> None:
    """Keep the rows of a table as high as their texts need, whatever the widths of its columns are."""
    table.setProperty("role", "texts")
    table.setVerticalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
    fitting = QTimer(table, singleShot=True, interval=0)
    fitting.timeout.connect(table.resizeRowsToContents)
    table.horizontalHeader().sectionResized.connect(lambda *_: fitting.start())


def recovery_dialog(parent: QWidget, form: FormDefinition, view: YearView, drafts: Sequence[Draft]) -> TableDialog:
    """Show drafts that never became final, before and after. Taking them accepts it, dropping them is `INSTEAD`.

    Those that are not as they were written are said to be so.
    """
    rows = []
    for draft in drafts:
        place, year = place_name(form, view, draft.address), draft.address.year
        if year and len(view.snapshot.years) > 1:
            place = word("recover_in_year", place=place, year=era.format_fiscal_year(year))
        if draft.is_comment:
            rows.append((word("recover_comment", place=place), "", draft.text))
            continue
        if draft.kind is DraftKind.TAKING:
            place = word("recover_taking", place=place)
        # As it held: a plan that was being changed for its year stands since an earlier one.
        saved = view.in_year(year or view.year).text(draft.address.node, draft.address.field)
        rows.append((place, *printed_pair(form, draft.address, (view, saved), (view, draft.text))))
    heads = (word("recover_where"), word("recover_before"), word("recover_after"))
    answers = (word("recover_take"), word("recover_later"), word("recover_drop"))
    text, doubted = word("recover_text"), sum(draft.is_doubtful for draft in drafts)
    if doubted:
        text += "\n" + word("recover_doubted", count=doubted)
    return TableDialog(parent, word("recover_title"), text, heads, rows, answers)


def renumber_dialog(parent: QWidget, view: YearView, numbers: Mapping[int, str]) -> TableDialog:
    """Show which 項目番号 would change."""
    rows = [
        (view.text(node, fields.ITEM_NUMBER), number, view.text(node, fields.ITEM_TITLE))
        for node, number in numbers.items()
    ]
    heads = (word("renumber_from"), word("renumber_to"), word("renumber_item"))
    return TableDialog(
        parent, word("renumber_title"), word("renumber_text"), heads, rows, (word("renumber_do"), word("cancel"))
    )

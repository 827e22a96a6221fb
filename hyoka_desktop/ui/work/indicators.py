"""What the window does with the indicators of the whole report: send them to Excel, and take them back."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QFileDialog

from hyoka_desktop.domain.era import format_fiscal_year
from hyoka_desktop.errors import HyokaError
from hyoka_desktop.messages.window import action_text, word
from hyoka_desktop.services import indicator_return, indicator_sheet
from hyoka_desktop.services.backups import Reason
from hyoka_desktop.services.files import safe_name, write_file
from hyoka_desktop.services.indicator_return import ReturnPlan
from hyoka_desktop.ui.dialogs.choosing import choose_target
from hyoka_desktop.ui.dialogs.indicator_return import IndicatorReturnDialog, column_caption
from hyoka_desktop.ui.dialogs.notice import tell_error
from hyoka_desktop.ui.longwork import Checkpoint, Tell
from hyoka_desktop.ui.tasks import JobCancelled

if TYPE_CHECKING:
    from hyoka_desktop.ui.window import Window
    from hyoka_desktop.ui.workplace import Workplace


T = TypeVar("T")


class IndicatorWork:
    """Carry out both ways; the workbook is made and read away from the window's thread."""

    def __init__(self, window: "Window") -> None:
        self._window = window

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Tell what is done for each action."""
        return {"indicators_out": self.send_out, "indicators_in": self.take_back}

    def send_out(self) -> None:
        """Ask for a place, and write the workbook there."""
        workplace = self._settled()
        if workplace is None:
            return
        path = workplace.session.path
        name = word("indicators_file", stem=path.stem, year=format_fiscal_year(workplace.year))
        title = action_text("indicators_out")
        target = choose_target(self._window, title, path.parent / safe_name(name), ".xlsx")
        if target is None:
            return
        session, form, view = workplace.session, workplace.form, workplace.view
        heads = (word("indicators_number"), word("indicators_item"), word("indicators_row"))
        wording = indicator_sheet.Wording(word("indicators_title"), heads, column_caption)

        def work(checkpoint: Callable[[], None], _progress: Callable[[object], None]) -> Path:
            content = indicator_sheet.write_indicators(form, view, indicator_sheet.mark_of(session), wording)
            checkpoint()
            write_file(target, content)
            return target

        if self._carried_out(word("indicators_working"), work) is not None:
            self._window.say(word("indicators_written", path=str(target)))

    def take_back(self) -> None:
        """Ask for a workbook, show what it would change, and take what is agreed to."""
        workplace = self._settled()
        if workplace is None:
            return
        chosen, _ = QFileDialog.getOpenFileName(
            self._window, action_text("indicators_in"), str(workplace.session.path.parent), word("filter_xlsx")
        )
        if not chosen:
            return
        session, form, view = workplace.session, workplace.form, workplace.view

        def work(_checkpoint: Callable[[], None], _progress: Callable[[object], None]) -> ReturnPlan:
            return indicator_return.plan_return(
                Path(chosen), form, view, indicator_sheet.mark_of(session), session.clean
            )

        plan = self._carried_out(word("indicators_reading"), work)
        if plan is not None:
            self._propose(workplace, plan)

    def _propose(self, workplace: "Workplace", plan: ReturnPlan) -> None:
        desk = self._window.desk
        assert desk is not None, "nothing closes the report while the workbook is read"
        dialog = IndicatorReturnDialog(self._window, plan)
        agreed = dialog.exec()
        chosen = dialog.chosen if plan.proposals else ()
        dialog.deleteLater()
        if agreed and chosen:
            if not self._window.backups.backup_before(Reason.IMPORT):
                return
            session, year = workplace.session, workplace.year
            if workplace.attempt(lambda: indicator_return.take(session, year, chosen)) is None:
                return
            self._window.say(word("indicators_taken", count=len(chosen)))

    def _carried_out(self, said: str, work: Callable[[Checkpoint, Tell], T]) -> T | None:
        """Do it away from the window; None where it was given up, or a fault was told."""
        try:
            return self._window.long_work.carry_out(said, work)
        except JobCancelled:
            return None
        except HyokaError as error:
            tell_error(self._window, error)
            return None

    def _settled(self) -> "Workplace | None":
        desk = self._window.desk
        if desk is None:
            return None
        desk.commit()
        return desk.workplace

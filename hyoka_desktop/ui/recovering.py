"""Offer what was on the screen when the program ended last and never became final."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from hyoka_desktop.domain.report import Address
from hyoka_desktop.services.session import Session
from hyoka_desktop.ui.dialogs.tables import recovery_dialog
from hyoka_desktop.ui.workplace import Workplace


def offer_recovered(parent: QWidget, workplace: Workplace) -> None:
    """Show drafts of the last time, before and after; take them in or drop them as the person says."""
    session = workplace.session
    drafts = _drafts(session)
    wanted = drafts and recovery_dialog(parent, session.form, workplace.view, drafts).exec()
    if not wanted or _taken_in(workplace, drafts):
        _drop(session)


def take_recovered(workplace: Workplace) -> None:
    """Take in what was being typed a moment ago in another file."""
    session = workplace.session
    drafts = _drafts(session)
    if not drafts or _taken_in(workplace, drafts):
        _drop(session)


def _taken_in(workplace: Workplace, drafts: Mapping[Address, str]) -> bool:
    """Write drafts in one step; where a final item refuses them they stay, to be offered again."""
    session = workplace.session
    return workplace.attempt(lambda: session.set_block(drafts, workplace.year)) is not None


def _drafts(session: Session) -> Mapping[Address, str]:
    """Tell the drafts that differ from what is saved, of fields that are still there."""
    return {
        address: text
        for address, text in session.recovered.items()
        if address.node in session.snapshot.tree.nodes and text != (session.snapshot.stored(address) or "")
    }


def _drop(session: Session) -> None:
    for address in session.recovered:
        session.put_draft(address, None)

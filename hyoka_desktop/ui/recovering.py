"""Offer what was on the screen when the program ended last and never became final."""

from PySide6.QtWidgets import QWidget

from hyoka_desktop.ui.dialogs.tables import recovery_dialog
from hyoka_desktop.ui.workplace import Workplace


def offer_recovered(parent: QWidget, workplace: Workplace) -> None:
    """Show drafts of the last time, before and after; take them in or drop them as the person says."""
    session = workplace.session
    drafts = {
        address: text
        for address, text in session.recovered.items()
        if address.node in session.snapshot.tree.nodes and text != (session.snapshot.stored(address) or "")
    }
    if drafts and recovery_dialog(parent, session.form, workplace.view, drafts).exec():
        session.set_block(drafts, workplace.year)
    for address in session.recovered:
        session.put_draft(address, None)

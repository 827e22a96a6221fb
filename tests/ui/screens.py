"""Bring every screen of a window to the front: its pages and tabs, its panels, its menus and dialogs."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QDialog, QMenu, QMessageBox

from hyoka_desktop.domain import fields
from hyoka_desktop.domain.handouts import HandoutFormat
from hyoka_desktop.domain.report import Address, NodeKind
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.backups import Places, back_up, places_of
from hyoka_desktop.services.circulation import all_by, take_back
from hyoka_desktop.services.commenting import add_comment
from hyoka_desktop.services.comparing import compare
from hyoka_desktop.services.drafts import Draft
from hyoka_desktop.services.forms import installed_forms
from hyoka_desktop.services.handouts import Order, hand_out
from hyoka_desktop.services.history import name_version
from hyoka_desktop.services.indicator_return import Doubt, Proposal, Refusal, ReturnPlan
from hyoka_desktop.services.indicator_sheet import written_columns
from hyoka_desktop.services.preview import Target
from hyoka_desktop.services.receipts import receipt_text
from hyoka_desktop.services.recovery import Recovery, examine
from hyoka_desktop.services.reviewing import Review, Take
from hyoka_desktop.services.session import Session, open_session
from hyoka_desktop.services.taking import take
from hyoka_desktop.store.backups import Reason
from hyoka_desktop.ui.circulation.board import HandoutBoard
from hyoka_desktop.ui.circulation.handout import HandoutDialog
from hyoka_desktop.ui.circulation.receipt import ReceiptDialog
from hyoka_desktop.ui.circulation.review import ReviewDialog
from hyoka_desktop.ui.dialogs.backups import BackupsDialog
from hyoka_desktop.ui.dialogs.comparison import ComparisonDialog
from hyoka_desktop.ui.dialogs.damage import DamageDialog
from hyoka_desktop.ui.dialogs.export import ExportDialog
from hyoka_desktop.ui.dialogs.history_search import HistorySearch
from hyoka_desktop.ui.dialogs.indicator_return import IndicatorReturnDialog
from hyoka_desktop.ui.dialogs.new_report import NewReportDialog
from hyoka_desktop.ui.dialogs.notice import _box
from hyoka_desktop.ui.dialogs.printing import PrintDialog
from hyoka_desktop.ui.dialogs.progress import ProgressBoard
from hyoka_desktop.ui.dialogs.reason import NameDialog, ReasonDialog
from hyoka_desktop.ui.dialogs.rewriting import RewriteDialog
from hyoka_desktop.ui.dialogs.shortcuts import ShortcutList
from hyoka_desktop.ui.dialogs.tables import recovery_dialog, renumber_dialog
from hyoka_desktop.ui.dialogs.versions import VersionName, VersionsDialog
from hyoka_desktop.ui.dialogs.waiting import WaitingDialog
from hyoka_desktop.ui.help.asking import read_book
from hyoka_desktop.ui.help.window import HelpWindow
from hyoka_desktop.ui.pages.pages import ItemPage
from hyoka_desktop.ui.search.goto import GoTo
from hyoka_desktop.ui.search.quickpick import Pick, QuickPick
from hyoka_desktop.ui.search.replacing import ReplaceDialog
from hyoka_desktop.ui.side.panels import PANELS
from hyoka_desktop.ui.window import Window
from tests.deaf import Deaf

_PAGE = 4096


def pages(window: Window) -> Iterator[str]:
    """Go through the pages of the report, a 区分, and the tabs of one item of each kind of 調書; tell their names."""
    desk = window.desk
    assert desk is not None
    entries = desk.model.entries()
    for number, entry in enumerate(entries):
        if entry.page or entry.part is not None:
            desk.tree.choose(entry)
            yield f"page-{number}"
    desk.tree.choose(next(entry for entry in entries if entry.kind is NodeKind.SECTION))
    yield "section"
    seen: set[int] = set()
    for entry in (entry for entry in entries if entry.kind is NodeKind.ITEM):
        desk.tree.choose(entry)
        page = desk.page
        assert isinstance(page, ItemPage)
        if id(page) in seen:
            continue
        seen.add(id(page))
        for place in range(page.tabs.count()):
            page.tabs.setCurrentIndex(place)
            yield f"item-{len(seen)}-{place}-{page.tabs.tabText(place)}"


def panels(window: Window) -> Iterator[str]:
    """Show each panel of the right side beside an item; tell their names."""
    desk = window.desk
    assert desk is not None
    desk.tree.choose(next(entry for entry in desk.model.entries() if entry.kind is NodeKind.ITEM))
    first = desk.side.shown
    for name in PANELS:
        if desk.side.shown != name or not desk.side.isVisible():
            desk.toggle_panel(name)
        yield f"panel-{name}"
    if desk.side.shown != first:
        desk.toggle_panel(first)
    desk.act_on_pages("thumbnails")
    desk.act_on_pages("find_on_page")
    yield "panel-pages-with-strip-and-search"
    desk.act_on_pages("thumbnails")


def _recovery(session: Session, path: Path) -> Recovery:
    """Damage a copy of the report, and tell what is still proved of it."""
    session.backup(path).result()
    content = bytearray(path.read_bytes())
    content[_PAGE * 3 : _PAGE * 9] = bytes(_PAGE * 6)
    path.write_bytes(content)
    return examine(path, Places(path.parent / "backups"))


def _plan(session: Session, year: int) -> ReturnPlan:
    """Propose another actual value for the first 内訳, as a workbook would, and leave out a line."""
    view = session.view(year)
    node = next(node.id for node in view.snapshot.tree.nodes.values() if node.kind is NodeKind.ACHIEVEMENT)
    column = next(one for one in written_columns(session.form, year) if one.field and one.field.id == fields.ACTUAL)
    address = view.address(node, fields.ACTUAL)
    proposal = Proposal(address, "Ⅰ-1 点検診断の実施施設数", column, view.text(node, fields.ACTUAL), "３２１施設")
    return ReturnPlan([proposal], [Refusal(9, "応答率", Doubt.UNKNOWN_ROW)])


def returned_packet(session: Session, year: int, folder: Path) -> Path:
    """Hand out two items, write into them elsewhere and here, and tell the file that came back."""
    items = [item.id for item in session.view(year).items[:2]]
    row = session.view(year).children(items[0], NodeKind.ROW)[0].id
    before = session.view(year).text(row, "results")
    order = Order(tuple(items), "点検課", "2020-07-10", HandoutFormat.PACKET)
    (made,) = hand_out(session, year, [order], folder)
    other = open_session(made.path, Deaf())
    other.set_text(year, row, "results", before.replace("301施設", "３１０施設") + "先方の追加の文。")
    other.set_text(year, items[0], "self_issues", "点検の日程を見直す。人員を増やす。")
    other.set_text(year, items[1], "self_issues", "先方だけが書いた文。")
    add_comment(other, year, Address(row, "results", year), "数値の根拠を確かめてください。")
    other.close()
    session.set_text(year, row, "results", before.replace("301施設", "302施設"))
    session.set_text(year, items[0], "self_issues", "点検の日程を見直し、支所の間で機器を融通する。")
    return made.path


def circulation(window: Window, folder: Path) -> Iterator[tuple[str, QDialog]]:
    """Yield the dialogs of circulation: hand out, review, receipt, board."""
    desk = window.desk
    assert desk is not None
    workplace, session = desk.workplace, desk.workplace.session
    yield "dialog-handout", HandoutDialog(window, workplace, window.queue, workplace.view.items[0].id)
    path = returned_packet(session, workplace.year, folder)
    places = Places(folder / "backups")
    proposal = take_back(session, path)
    yield "dialog-review", ReviewDialog(window, workplace, window.queue, Review(session, proposal), places)
    yield "dialog-board", HandoutBoard(window, workplace, lambda _: None)
    receipt = take(session, proposal, all_by(proposal, Take.BOTH), places)
    yield "dialog-receipt", ReceiptDialog(window, receipt_text(workplace.form, receipt), path)


def menus(window: Window) -> Iterator[tuple[str, QMenu]]:
    """Yield the menus, with those inside of them."""
    bar = window.menuBar()
    found = [menu for menu in window.findChildren(QMenu) if menu.parent() in (bar, window) and menu.title()]
    for menu in found:
        # Some are filled only when they are opened, of which `show` tells nothing.
        menu.aboutToShow.emit()
        yield f"menu-{menu.title().partition('(')[0]}", menu


def dialogs(window: Window) -> Iterator[tuple[str, QDialog]]:
    """Yield the dialogs."""
    desk = window.desk
    assert desk is not None
    workplace = desk.workplace
    item = workplace.view.items[0].id
    address = Address(item, "self_issues", workplace.year)
    drafts = [Draft(address, address, "入力の途中の文章")]
    numbers = {node.id: f"Ⅰ-{place + 2}" for place, node in enumerate(workplace.view.items[:4])}
    yield "dialog-new", NewReportDialog(window, installed_forms(), workplace.year, Path("書類"))
    yield "dialog-export", ExportDialog(window, workplace, window.queue, window.settings, item)
    shown = Target(item=item)
    fonts = window.fonts_folder
    yield "dialog-print", PrintDialog(window, workplace, window.queue, window.settings, fonts, shown=shown)
    yield "dialog-recovery", recovery_dialog(window, workplace.form, workplace.view, drafts)
    yield "dialog-renumber", renumber_dialog(window, workplace.view, numbers)
    session = workplace.session
    before = session.snapshot
    session.set_text(workplace.year, item, "self_issues", "点検の日程を見直し、支所の間で機器を融通する。")
    name_version(session, "部内確認", "")
    yield "dialog-history-search", HistorySearch(window, workplace, lambda _: None)
    yield "dialog-version", VersionName(window)
    yield "dialog-versions", VersionsDialog(window, workplace, lambda _: None, lambda _: None)
    compared = ("部内確認", before), ("今の内容", session.snapshot)
    yield "dialog-comparison", ComparisonDialog(window, workplace, *compared, compare(before, session.snapshot))
    go = (desk.tree.choose, desk.go_to)
    yield "dialog-go-to", GoTo(window, workplace, window.queue, list(desk.model.entries()), go)
    functions = window.actions_.by_menu()
    picks = [Pick(action.iconText(), menu, action.trigger) for menu, action in functions]
    words = [word(f"palette_{name}") for name in ("title", "hint", "none")]
    yield "dialog-palette", QuickPick(window, *words, picks)
    yield "dialog-shortcuts", ShortcutList(window, functions)
    yield "dialog-replace", ReplaceDialog(window, workplace, window.queue, item, desk.go_to)
    yield "dialog-progress", ProgressBoard(window, workplace, lambda _: None)
    yield "dialog-reason", ReasonDialog(window)
    yield "dialog-name", NameDialog(window, "担当部課", ["点検課", "総務課"], "点検課")
    yield "dialog-rewrite", RewriteDialog(window, "コメントの書き直し", "数値の根拠を確かめてください。")
    yield "dialog-indicators", IndicatorReturnDialog(window, _plan(session, workplace.year))
    back_up(session, places_of(window.settings), Reason.ASKED)
    yield "dialog-backups", BackupsDialog(window, workplace, window.settings)
    with tempfile.TemporaryDirectory() as folder:
        yield "dialog-damage", DamageDialog(window, _recovery(session, Path(folder) / "見本.hyoka"))
    yield "dialog-waiting", WaitingDialog(window, word("waiting_import", name="見本.hyoka"))
    with tempfile.TemporaryDirectory() as folder:
        yield from circulation(window, Path(folder))
    yield "dialog-help", HelpWindow(window, read_book())
    text = "「見本.hyoka」は壊れています。\n保存済みの内容は無事です。\n写しを開いてください。"
    yield "dialog-message", _box(window, "できませんでした", text, QMessageBox.Icon.Warning)

"""The help: a page for every screen and function, links and pictures that are there, search, keys, and nothing else."""

import importlib
import json
import pkgutil
import re
import shutil
from itertools import chain
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QPushButton, QWidget
from screens import dialogs as dialogs_of
from screens import pages, panels
from window_driver import ALT, CTRL, close_message, type_text

import hyoka_desktop.ui
from hyoka_desktop.errors import WorldError
from hyoka_desktop.formdef.stored import read_form
from hyoka_desktop.messages.window import WORDS, action_text, word
from hyoka_desktop.paths import forms_folder, resource
from hyoka_desktop.services.help import PICTURES, HelpBook, read_help
from hyoka_desktop.ui.actions import ACTION_DEFINITIONS
from hyoka_desktop.ui.dialogs.export import ExportDialog
from hyoka_desktop.ui.help.asking import ask_help, inserted_texts, read_book, screens_of
from hyoka_desktop.ui.help.window import HelpWindow
from hyoka_desktop.ui.plain import shown_caption
from hyoka_desktop.ui.side.panel import SidePanel

FOLDER = resource("help")
LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")
MOST_BYTES = 1_500_000
KNOWN_EVERYWHERE = {"OK", *(word(name) for name in ("cancel", "tour_next", "help_back", "help_forward"))}
"""Buttons that say all of themselves; the page on the help has the keys of the last two."""
SIGNS_ALONE = {"saved_search_tip", "comments_count_tip", "start_new"}
"""Tips of buttons without a caption, which the pages call by their place, and one with the name of its function."""
VARYING = re.compile(r"^\d+%$|^.{1,2}へスクロール$| (?:Alt\+.|F2)$|[\d○]+(?=欄)|(?<=欄を)「[^」]+」")
"""A zoom, Qt's own buttons beside tabs, the key behind a caption, a count or a name within it."""
NAME_WITH_KEY = re.compile(r"「([^「」]+)」（((?:Ctrl|Alt|Shift|F[1-9]|Delete)[^）、]*)）")
TABLE_KEYS = (("grid_clear", "Delete"), ("grid_fill_down", "Ctrl+D"), ("grid_fill_right", "Ctrl+R"))
OF_THE_PROGRAM = {
    "StartPage",
    "ReportPage",
    "SectionPage",
    "ItemPage",
    "PreviewPane",
    "ReportTree",
    "TroubleBar",
    "TourPane",
}
"""The pages and panes that are no dialogs and no panels of the right side."""


def classes_below(kind: type) -> set[type]:
    """Collect the kinds of dialogs or panels that the window has, wherever they are written."""
    for module in pkgutil.walk_packages(hyoka_desktop.ui.__path__, "hyoka_desktop.ui."):
        importlib.import_module(module.name)
    found: set[type] = set()
    left = [kind]
    while left:
        below = left.pop().__subclasses__()
        found |= {one for one in below if one.__module__.startswith("hyoka_desktop.")}
        left += below
    return found


@pytest.fixture(scope="module")
def book() -> HelpBook:
    return read_book()


def sources() -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.md"))}


def opened(driver, page=""):
    """Open the help beside the window, and wait until keys reach it."""
    ask_help(driver.window, page)
    shown = driver.window.findChild(HelpWindow)
    shown.activateWindow()
    driver.qtbot.waitUntil(lambda: QApplication.activeWindow() is shown)
    return shown


def links_in(text: str, *, pictures: bool) -> list[str]:
    return [target for mark, target in LINK.findall(text) if bool(mark) is pictures]


def test_every_page_stands_in_the_contents_with_a_title_of_its_own(book):
    assert {page.id for page in book.pages} == set(sources())
    titles = [page.title for page in book.pages]
    assert all(titles)
    assert len(set(titles)) == len(titles)


def test_every_dialog_panel_and_page_has_a_page_of_help(book):
    covered = {screen for page in book.pages for screen in page.screens}
    screens = {kind.__name__ for kind in classes_below(QDialog) | classes_below(SidePanel)} | OF_THE_PROGRAM
    assert {"ExportDialog", "HistoryPanel"} <= screens
    assert sorted(screens - covered) == []


def test_every_tab_of_the_shipped_forms_has_a_page_of_help(book):
    covered = {screen for page in book.pages for screen in page.screens}
    tabs = {f"tab_{tab.id}" for path in forms_folder().glob("*.json") for tab in read_form(path).definition.tabs}
    assert sorted(tabs - covered) == []


def test_the_contents_name_no_screen_that_is_gone_and_none_twice(book):
    named = [screen for page in book.pages for screen in page.screens]
    assert len(set(named)) == len(named)
    known = {kind.__name__ for kind in classes_below(QWidget)} | {"QMessageBox", "QFileDialog"}
    tabs = {f"tab_{tab.id}" for path in forms_folder().glob("*.json") for tab in read_form(path).definition.tabs}
    assert sorted(set(named) - known - tabs) == []


@pytest.mark.parametrize("name", [definition.name for definition in ACTION_DEFINITIONS])
def test_every_function_of_the_menus_is_told_of_on_a_page(name):
    assert [page for page, text in sources().items() if f"{{{name}}}" in text], f"no page says {{{name}}}"


def test_a_key_that_is_told_with_a_name_is_the_key_of_that_function():
    readme = Path(__file__).resolve().parents[2].joinpath("README.md").read_text(encoding="utf-8")
    texts = (re.sub(r"\n *", "", text) for text in (*sources().values(), *WORDS.values(), readme))
    told = [pair for text in texts for pair in NAME_WITH_KEY.findall(text)]
    keys = {(action_text(definition.name).removesuffix("…"), definition.key) for definition in ACTION_DEFINITIONS}
    keys |= {(action_text(name), key) for name, key in TABLE_KEYS} | {(word("past_show"), "Alt+L")}
    keys |= {(word(f"review_{name}"), key) for name, key in (("again", "Alt+0"), ("write", "F2"))}
    keys |= {(word(f"review_{name}"), key) for name, key in (("next", "Alt+↓"), ("previous", "Alt+↑"))}
    assert len(told) > 20
    assert set(told) - keys == set()


def captions(root: QWidget) -> set[str]:
    """Tell what the buttons and boxes to tick of a screen are called: their text, else their tip."""
    buttons = [button for button in root.findChildren(QAbstractButton) if not button.objectName().startswith("qt_")]
    texts = {shown_caption(button.text()) or button.toolTip() for button in buttons}
    return {VARYING.sub("", text).removesuffix("…") for text in texts} - {""}


def untold(book: HelpBook, root: QWidget) -> list[str]:
    """Tell which buttons of a screen no page calls by their names."""
    text = VARYING.sub("", "".join(page.text for page in book.pages))
    signs = {word(name, count=0) for name in SIGNS_ALONE}
    forms = [read_form(path).definition for path in forms_folder().glob("*.json")]
    of_forms = {form.name for form in forms} | {field.label for form in forms for field in form.fields.values()}
    return sorted(one for one in captions(root) - KNOWN_EVERYWHERE - signs - of_forms if one not in text)


def test_every_button_of_the_pages_and_panels_is_called_by_its_name_in_the_help(driver, book, subtests):
    for name in chain(pages(driver.window), panels(driver.window)):
        QApplication.processEvents()
        with subtests.test(screen=name):
            assert untold(book, driver.window) == []


def test_every_button_of_the_dialogs_is_called_by_its_name_in_the_help(driver, book, subtests):
    for name, dialog in dialogs_of(driver.window):
        dialog.show()
        QApplication.processEvents()
        with subtests.test(dialog=name):
            assert untold(book, dialog) == []
        dialog.close()
        QApplication.processEvents()


def test_a_button_that_no_page_names_would_be_found(driver, book):
    QPushButton("だれも知らないボタン…", driver.desk)
    assert untold(book, driver.window) == ["だれも知らないボタン"]


def test_the_table_of_keys_has_every_function(book):
    page = book.page("keys")
    for definition in ACTION_DEFINITIONS:
        assert f"| {action_text(definition.name).removesuffix('…')} | {definition.key} |" in page.text


def test_every_link_leads_to_a_page_of_the_help(book):
    for name, text in sources().items():
        for target in links_in(text, pictures=False):
            assert target.endswith(".md"), f"{name} leads out of the help: {target}"
            assert book.page(target.removesuffix(".md")) is not None, f"{name}: {target}"


def test_the_pictures_are_those_that_the_pages_show_and_no_others():
    shown = {target for text in sources().values() for target in links_in(text, pictures=True)}
    there = {f"{PICTURES}/{path.name}" for path in (FOLDER / PICTURES).iterdir()}
    assert shown == there
    assert sum(path.stat().st_size for path in (FOLDER / PICTURES).iterdir()) < MOST_BYTES


def test_no_page_says_a_network_address_or_markup_of_html():
    for name, text in sources().items():
        assert not re.search(r"https?:|<[a-z/!]", text), name


def test_a_page_is_shown_with_its_pictures(driver, book):
    for page in book.pages:
        ask_help(driver.window, page.id)
        shown = driver.window.findChild(HelpWindow)
        document = shown.browser.document()
        pictures = links_in(page.text, pictures=True)
        assert document.toPlainText().count("\N{OBJECT REPLACEMENT CHARACTER}") == len(pictures)
        for picture in pictures:
            assert not shown.browser.loadResource(2, QUrl(picture)).isNull()
        assert "{" not in document.toPlainText()
    shown.close()


@pytest.mark.parametrize("width", [900, 560])
def test_pictures_are_no_wider_than_the_page(driver, book, width):
    ask_help(driver.window)
    shown = driver.window.findChild(HelpWindow)
    shown.resize(width, 600)
    for page in book.pages:
        ask_help(driver.window, page.id)
        QApplication.processEvents()
        assert shown.browser.horizontalScrollBar().maximum() == 0, page.id
    shown.close()


def test_nothing_is_read_from_outside_of_the_help(driver, tmp_path):
    ask_help(driver.window)
    browser = driver.window.findChild(HelpWindow).browser
    outside = shutil.copy(FOLDER / PICTURES / "start.png", tmp_path / "outside.png")
    for name in (f"file://{outside}", str(outside), "../icons/x.svg", "http://example.invalid/x.png"):
        picture = browser.loadResource(2, QUrl(name))
        assert picture is None or picture.isNull(), name
    assert browser.loadResource(1, QUrl("begin.md")) is None


def test_a_link_out_of_the_help_leads_nowhere(driver):
    ask_help(driver.window, "begin")
    shown = driver.window.findChild(HelpWindow)
    for link in ("http://example.invalid/", "file:///etc/hosts", "nowhere.md"):
        shown.browser.anchorClicked.emit(QUrl(link))
        assert shown.page.id == "begin"
    shown.browser.anchorClicked.emit(QUrl("tree.md"))
    assert shown.page.id == "tree"


@pytest.mark.parametrize(
    ("tab", "page"), [("indicators", "indicators"), ("self", "selfeval"), ("results", "write"), ("plan", "write")]
)
def test_the_key_opens_the_page_of_the_tab_in_hand(driver, tab, page):
    driver.go_item("Ⅰ-1", tab)
    driver.page.begin()
    driver.key(Qt.Key.Key_F1)
    assert driver.window.findChild(HelpWindow).page.id == page


def test_the_key_opens_the_page_of_the_tree_the_preview_and_the_start(driver, open_window):
    driver.desk.tree.setFocus()
    driver.key(Qt.Key.Key_F1)
    shown = driver.window.findChild(HelpWindow)
    assert shown.page.id == "tree"
    driver.desk.preview.view.setFocus()
    driver.trigger("help")
    assert shown.page.id == "preview", "the window that is there turns to the page"
    empty = open_window()
    empty.trigger("help")
    assert empty.window.findChild(HelpWindow).page.id == "begin"


def test_the_key_works_in_a_dialog_that_lets_nothing_through(driver, dialogs):
    def ask(dialog):
        assert isinstance(dialog, ExportDialog)
        dialog.activateWindow()
        driver.qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        dialog.folder.setFocus()
        QTest.keyClick(dialog.folder, Qt.Key.Key_F1)
        shown = dialog.findChild(HelpWindow)
        assert shown.page.id == "export"
        assert shown.isVisible()
        driver.qtbot.waitUntil(lambda: QApplication.activeWindow() is shown)
        QTest.keyClick(shown.browser, Qt.Key.Key_Escape)
        assert not shown.isVisible()
        dialog.reject()

    with dialogs.expect(ask):
        driver.trigger("export")


def test_a_screen_that_no_page_knows_opens_the_first_page(book):
    assert book.page_for(screens_of(QWidget())).id == "begin"


def test_words_are_sought_in_all_pages_and_the_place_is_shown(driver):
    shown = opened(driver)
    QTest.keyClick(shown.browser, Qt.Key.Key_F, CTRL)
    assert shown.line.hasFocus()
    type_text(shown.line, "冊子")
    titles = [shown.list.item(row).text() for row in range(shown.list.count())]
    assert [title.split("\n")[0] for title in titles] == ["印刷"]
    assert "冊子" in titles[0].split("\n")[1]
    QTest.keyClick(shown.line, Qt.Key.Key_Return)
    assert shown.page.id == "print"
    assert shown.browser.textCursor().selectedText() == "冊子"
    shown.line.setText("ここにない言葉")
    assert shown.list.count() == 0
    assert shown.none.isVisible()


def test_one_goes_back_and_forward_by_keys(driver):
    shown = opened(driver, "begin")
    assert not shown.back.isEnabled()
    shown.list.setFocus()
    QTest.keyClick(shown.list, Qt.Key.Key_Down)
    QTest.keyClick(shown.list, Qt.Key.Key_Down)
    assert shown.page.id == "write"
    QTest.keyClick(shown.browser, Qt.Key.Key_Left, ALT)
    assert shown.page.id == "tree"
    assert shown.list.currentItem().text() == shown.page.title
    QTest.keyClick(shown.browser, Qt.Key.Key_Right, ALT)
    assert shown.page.id == "write"
    assert not shown.forward.isEnabled()


def test_a_help_that_is_missing_is_said_and_the_work_goes_on(driver, dialogs, monkeypatch, tmp_path):
    monkeypatch.setattr("hyoka_desktop.services.help.resource", lambda *_: tmp_path / "nothing")
    with dialogs.expect(close_message):
        driver.trigger("help")
    assert "使い方のページを読み込めません" in dialogs.seen[0]
    assert driver.window.findChild(HelpWindow) is None
    driver.go_item("Ⅰ-2")


def test_a_page_that_is_missing_is_named_by_its_code(tmp_path):
    (tmp_path / "contents.json").write_text(json.dumps([{"page": "gone"}]), encoding="utf-8")
    with pytest.raises(WorldError) as fault:
        read_help(tmp_path, {})
    assert fault.value.code == "help_missing"


def test_a_line_end_inside_of_a_japanese_sentence_leaves_no_gap(tmp_path):
    (tmp_path / "contents.json").write_text(json.dumps([{"page": "p"}]), encoding="utf-8")
    (tmp_path / "p.md").write_text("# 題\n\n- 一つの\n  文です。\n- 二つ目\n", encoding="utf-8")
    assert read_help(tmp_path, {}).pages[0].text == "# 題\n\n- 一つの文です。\n- 二つ目\n"


def test_names_and_keys_in_the_help_are_those_of_the_menus():
    assert inserted_texts()["export"] == "「書き出し」（Ctrl+E）"

"""Search in the window: items and functions by name, words in an item, find and replace, items by conditions."""

import html
import re
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window_driver import CTRL, LEFT, cell_texts, has_tick, press_box, press_button, type_text

from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.messages.window import action_text, word
from hyoka_desktop.services.itemquery import ItemQuery, saved_searches
from hyoka_desktop.ui.actions import ACTION_DEFINITIONS
from hyoka_desktop.ui.plain import shown_caption
from hyoka_desktop.ui.search import goto
from hyoka_desktop.ui.search import replacing as replacing_module
from hyoka_desktop.ui.search.replacing import ReplaceDialog
from hyoka_desktop.ui.tasks import Job


def enter(dialog):
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)


def shown_items(driver):
    tree, model = driver.desk.tree, driver.desk.model
    shown = []
    for entry in model.entries():
        index = model.index_of(entry)
        if entry.kind is NodeKind.ITEM and not tree.isRowHidden(index.row(), index.parent()):
            shown.append(driver.workplace.view.text(entry.node, "item_number"))
    return shown


def test_an_item_is_reached_by_a_part_of_its_name(driver, dialogs):
    def pick(dialog):
        type_text(dialog.line, "水深")
        assert dialog.list.count() >= 1
        enter(dialog)

    with dialogs.expect(pick):
        driver.key(Qt.Key.Key_K, CTRL)
    assert driver.desk.item == driver.item_id("Ⅰ-3")


@pytest.mark.parametrize(("written", "number"), [("1-2", "Ⅰ-2"), ("２－１", "Ⅱ-1"), ("I-2", "Ⅰ-2"), ("Ⅱ-1", "Ⅱ-1")])
def test_an_item_is_reached_by_its_number_in_any_digits(driver, dialogs, written, number):
    def pick(dialog):
        type_text(dialog.line, written)
        enter(dialog)

    with dialogs.expect(pick):
        driver.trigger("go_to_item")
    assert driver.desk.item == driver.item_id(number)


@pytest.mark.parametrize(
    ("written", "action"), [("PDF", "export"), ("もどす", "undo"), ("設定", "text_125"), ("バックアップ", "backups")]
)
def test_a_function_is_found_by_what_else_it_is_called(driver, dialogs, written, action):
    def look(dialog):
        type_text(dialog.line, written)
        names = [dialog.list.item(row).text().split("　　")[0] for row in range(dialog.list.count())]
        assert shown_caption(driver.window.actions_[action].text()) in names
        dialog.reject()

    with dialogs.expect(look):
        driver.trigger("palette")


def test_an_item_is_reached_by_words_of_its_text(driver, dialogs, qtbot):
    row = driver.row_ids("Ⅱ-2")[0]
    driver.session.set_text(2024, row, "results", "ここにだけある言葉")

    def pick(dialog):
        type_text(dialog.line, "ここにだけ")
        qtbot.waitUntil(lambda: dialog.list.count() == 1)
        assert "ここにだけある言葉" in dialog.list.item(0).text()
        enter(dialog)

    with dialogs.expect(pick):
        driver.trigger("go_to_item")
    assert driver.desk.item == driver.item_id("Ⅱ-2")
    assert driver.window.focusWidget() is driver.edit("results")


def test_the_arrow_keys_choose_while_one_writes_and_escape_leaves(driver, dialogs):
    before = driver.desk.entry

    def choose(dialog):
        type_text(dialog.line, "Ⅰ")
        QTest.keyClick(dialog.line, Qt.Key.Key_Down)
        assert dialog.list.currentRow() == 1
        assert dialog.line.text() == "Ⅰ"
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    with dialogs.expect(choose):
        driver.trigger("go_to_item")
    assert driver.desk.entry is before


def test_what_is_sought_in_texts_is_said_from_the_first_key_on(driver, dialogs, qtbot, held_search):
    held_search(goto)

    def look(dialog):
        type_text(dialog.line, "ないないない")
        assert dialog.state.text() == word("go_to_searching"), "that there is none nobody knows yet"
        qtbot.waitUntil(held_search.begun.is_set)
        assert dialog.state.text() == word("go_to_searching")
        held_search.release.set()
        qtbot.waitUntil(lambda: dialog.state.text() == word("go_to_none"))
        dialog.reject()

    with dialogs.expect(look):
        driver.trigger("go_to_item")


def test_what_was_sought_before_is_not_shown_for_other_words(driver, dialogs, qtbot, held_search):
    driver.session.set_text(2024, driver.row_ids("Ⅱ-2")[0], "results", "ここにだけある言葉")
    held_search(goto)

    def look(dialog):
        type_text(dialog.line, "ここにだけ")
        qtbot.waitUntil(held_search.begun.is_set)
        dialog.line.setText("ﾍ")
        held_search.release.set()
        qtbot.waitUntil(held_search.ended.is_set)
        await_queue(driver, qtbot)
        assert not [row for row in range(dialog.list.count()) if "ここにだけ" in dialog.list.item(row).text()]
        dialog.reject()

    with dialogs.expect(look):
        driver.trigger("go_to_item")


def test_what_is_nowhere_is_said(driver, dialogs, qtbot):
    def look(dialog):
        type_text(dialog.line, "ないないない")
        qtbot.waitUntil(lambda: dialog.state.text() == word("go_to_none"))
        dialog.reject()

    with dialogs.expect(look):
        driver.trigger("go_to_item")


def test_every_function_that_works_now_is_in_the_palette_and_is_carried_out(driver, dialogs):
    listed = []

    def pick(dialog):
        listed.extend(dialog.list.item(row).text() for row in range(dialog.list.count()))
        type_text(dialog.line, "プレビュー")
        enter(dialog)

    was = driver.desk.preview.isVisible()
    with dialogs.expect(pick):
        driver.trigger("palette")
    names = {line.split("　　")[0] for line in listed}
    for definition in ACTION_DEFINITIONS:
        if driver.window.actions_[definition.name].isEnabled():
            assert action_text(definition.name) in names, definition.name
    assert driver.desk.preview.isVisible() is not was


@pytest.mark.parametrize(
    ("called", "action"),
    [("担当課", "progress"), ("ダーク", "colours_dark"), ("名前を付けて保存", "backup"), ("差し戻し", "state_back"),
     ("比較", "versions"), ("並べ替え", "renumber"), ("昨年度", "toggle_past"), ("ロック", "unlock_item"),
     ("年度更新", "add_year"), ("回収", "take_back"), ("復元", "toggle_history"), ("書出し", "export")],
)  # fmt: skip
def test_a_function_is_found_under_what_people_call_it(driver, dialogs, called, action):
    driver.window.actions_[action].setEnabled(True)
    found = []

    def look(dialog):
        dialog.line.setText(called)
        found.extend(dialog.list.item(row).text().split("　　")[0] for row in range(dialog.list.count()))
        dialog.reject()

    with dialogs.expect(look):
        driver.trigger("palette")
    assert action_text(action) in found


def test_every_action_has_a_key_of_its_own_and_stands_in_the_list(driver, dialogs):
    keys = [driver.window.actions_[one.name].shortcut().toString() for one in ACTION_DEFINITIONS]
    assert all(keys), [one.name for one, key in zip(ACTION_DEFINITIONS, keys, strict=True) if not key]
    assert len(set(keys)) == len(keys), sorted(key for key in keys if keys.count(key) > 1)

    def look(dialog):
        assert [line[2] for line in cell_texts(dialog.list)].count("") == 0
        assert dialog.list.lines.rowCount() == len(ACTION_DEFINITIONS)
        dialog.reject()

    with dialogs.expect(look):
        driver.trigger("shortcuts")


def test_words_are_found_from_field_to_field_of_an_item(driver, qtbot):
    row = driver.row_ids("Ⅰ-1")[0]
    driver.session.set_text(2024, row, "annual_plan", "目印は計画にある。")
    driver.session.set_text(2024, row, "results", "𠮷の目印は、二つの目印。")
    driver.go_item("Ⅰ-1", "results")
    driver.trigger("find_in_item")
    bar = driver.desk.find_bar
    type_text(bar.line, "目印")
    assert bar.count.text() == word("find_count", current=0, found=3)
    seen = []
    for _ in range(3):
        QTest.keyClick(bar.line, Qt.Key.Key_Return)
        assert bar.line.hasFocus()
        seen.append(bar.count.text())
    assert seen == [word("find_count", current=number, found=3) for number in (1, 2, 3)]
    QTest.keyClick(bar.line, Qt.Key.Key_Return, CTRL)
    edit = driver.edit("results")
    assert driver.window.focusWidget() is edit
    assert edit.textCursor().selectedText() == "目印"
    assert edit.textCursor().selectionEnd() == len("𠮷の目印は、二つの目印") + 1


def await_queue(driver, qtbot):
    """Wait until all that was asked of the worker has been handed over."""
    heard = []
    driver.window.queue.submit(Job("nothing", lambda *_: True, heard.append, heard.append))
    qtbot.waitUntil(lambda: bool(heard))


class HeldSearch:
    """Hold the search of a module up half way until it is released or given up."""

    def __init__(self, monkeypatch):
        self._monkeypatch = monkeypatch
        self.begun, self.release, self.ended = threading.Event(), threading.Event(), threading.Event()

    def __call__(self, module):
        real = module.search

        def held(form, snapshot, query, checkpoint, tell_share=lambda _: None):
            try:
                tell_share(0.5)
                self.begun.set()
                while not self.release.wait(0.005):
                    checkpoint()
                return real(form, snapshot, query, checkpoint)
            finally:
                self.ended.set()

        self._monkeypatch.setattr(module, "search", held)


@pytest.fixture
def held_search(monkeypatch):
    held = HeldSearch(monkeypatch)
    yield held
    held.release.set()


@pytest.fixture
def replacing(driver, qtbot):
    """Write some words into two items and have them found."""
    driver.session.set_text(2024, driver.row_ids("Ⅰ-1")[0], "results", "旧い語。旧い語。")
    driver.session.set_text(2024, driver.row_ids("Ⅰ-2")[0], "results", "旧い語")
    driver.session.set_text(2023, driver.row_ids("Ⅰ-3")[0], "results", "旧い語")
    driver.trigger("replace")
    dialog = driver.window.findChild(ReplaceDialog)
    type_text(dialog.words, "旧い語")
    type_text(dialog.new, "新しい語")
    QTest.keyClick(dialog.new, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.list.lines.rowCount() == 2)
    yield dialog
    dialog.close()


def test_a_long_search_shows_how_far_it_is_and_given_up_leaves_the_list(driver, replacing, qtbot, held_search):
    press_box(replacing.list, 1)
    assert not replacing.searching.isVisible()
    held_search(replacing_module)
    replacing.words.setText("珍しい語")
    qtbot.waitUntil(replacing.searching.isVisible)
    qtbot.waitUntil(lambda: replacing.searching.bar.value() == 500)
    assert replacing.searching.bar.maximum() == 1000
    QTest.mouseClick(replacing.searching.stop, LEFT)
    assert held_search.ended.wait(5), "the work itself ends"
    await_queue(driver, qtbot)
    assert not replacing.searching.isVisible()
    assert replacing.count.text() == word("replace_stopped")
    assert replacing.list.lines.rowCount() == 2
    assert not has_tick(replacing.list, 1)
    assert not replacing.replace_button.isEnabled(), "the list is of other words"
    held_search.release.set()
    QTest.mouseClick(replacing.search_button, LEFT)
    qtbot.waitUntil(lambda: replacing.list.lines.rowCount() == 0)
    assert replacing.count.text() == word("replace_found_none")
    assert not replacing.searching.isVisible()


def test_a_short_search_shows_no_bar(replacing, qtbot):
    replacing.words.setText("珍しい語")
    replacing.search()
    qtbot.waitUntil(lambda: replacing.list.lines.rowCount() == 0)
    assert not replacing.searching.isVisible()
    assert not replacing.searching._patience.isActive(), "nor will it come later"


def test_only_what_is_ticked_is_replaced_in_one_step(driver, replacing, qtbot):
    press_box(replacing.list, 1)
    assert replacing.replace_button.text() == word("replace_do", count=1)
    press_button(word("replace_do", count=1))(replacing)
    assert driver.stored(driver.row_ids("Ⅰ-1")[0], "results") == "新しい語。新しい語。"
    assert driver.stored(driver.row_ids("Ⅰ-2")[0], "results") == "旧い語"
    qtbot.waitUntil(lambda: replacing.list.lines.rowCount() == 1)
    driver.session.undo()
    assert driver.stored(driver.row_ids("Ⅰ-1")[0], "results") == "旧い語。旧い語。"


def test_words_typed_after_the_search_are_what_stands_there_afterwards(driver, replacing, qtbot):
    press_box(replacing.list, 1)
    replacing.list.selectRow(1)
    replacing.new.clear()
    type_text(replacing.new, "別の語")
    assert not replacing.replace_button.isEnabled(), "the list speaks of other words"
    qtbot.waitUntil(replacing.replace_button.isEnabled)
    assert replacing.replace_button.text() == word("replace_do", count=1), "the ticks stay"
    assert replacing.list.chosen_lines == [1], "the chosen line stays"
    assert "別の語" in replacing.difference.toPlainText()
    press_button(word("replace_do", count=1))(replacing)
    assert driver.stored(driver.row_ids("Ⅰ-1")[0], "results") == "別の語。別の語。"
    assert driver.stored(driver.row_ids("Ⅰ-2")[0], "results") == "旧い語"


def test_other_words_to_find_are_searched_before_anything_is_replaced(driver, replacing, qtbot):
    driver.session.set_text(2024, driver.row_ids("Ⅱ-2")[0], "results", "珍しい語")
    replacing.words.setText("珍しい語")
    assert not replacing.replace_button.isEnabled()
    qtbot.waitUntil(lambda: replacing.list.lines.rowCount() == 1)
    press_button(word("replace_do", count=1))(replacing)
    assert driver.stored(driver.row_ids("Ⅱ-2")[0], "results") == "新しい語"
    assert driver.stored(driver.row_ids("Ⅰ-1")[0], "results") == "旧い語。旧い語。"


def test_a_deletion_is_called_so_and_shown_struck_out(driver, replacing, qtbot):
    replacing.new.clear()
    qtbot.waitUntil(replacing.replace_button.isEnabled)
    assert replacing.replace_button.text() == word("replace_delete", count=2)
    cursor = replacing.difference.document().find("旧い語")
    assert cursor.charFormat().fontStrikeOut()
    press_button(word("replace_delete", count=2))(replacing)
    assert driver.stored(driver.row_ids("Ⅰ-2")[0], "results") == ""
    assert driver.window.statusBar().currentMessage() == word("replace_deleted", fields=2)


def test_other_years_are_found_where_wanted_and_not_ticked_at_first(driver, replacing, qtbot):
    replacing.year.setCurrentIndex(1)
    replacing.year.activated.emit(1)
    qtbot.waitUntil(lambda: replacing.list.lines.rowCount() == 3)
    ticks = {line[2]: has_tick(replacing.list, row) for row, line in enumerate(cell_texts(replacing.list))}
    assert not ticks["令和5年度"]
    assert list(ticks.values()).count(True) == 1
    assert word("replace_locked_note") in replacing.count.text()


def test_a_pattern_that_is_none_is_told_in_the_dialog(replacing, qtbot):
    replacing.words.setText("（")
    replacing.regex.setChecked(True)
    replacing.words.setText("(")
    replacing.search()
    qtbot.waitUntil(lambda: "正規表現として読み取れません" in replacing.count.text())
    assert not replacing.replace_button.isEnabled()
    assert replacing.replace_button.text() == word("replace_none"), "of no field at all nothing is counted"


def test_a_line_of_the_list_leads_to_its_field(driver, replacing):
    replacing.list.selectRow(1)
    press_button(word("replace_go"))(replacing)
    assert driver.desk.item == driver.item_id("Ⅰ-2")


def test_a_line_that_is_seen_when_its_item_is_gone_tells_what_was_found(driver, replacing):
    found = cell_texts(replacing.list)
    driver.session.remove_node(driver.year, driver.item_id("Ⅰ-2"))
    replacing.list.lines.ask_anew([0])
    assert cell_texts(replacing.list) == found


def test_the_tree_shows_the_items_that_fit_and_follows_the_work(driver):
    item = driver.item_id("Ⅰ-2")
    type_text(driver.desk.filter.line, "自己評定=空")
    assert shown_items(driver) == []
    driver.session.set_text(2024, item, "self_rating", "")
    assert shown_items(driver) == ["Ⅰ-2"]
    driver.desk.filter.line.clear()
    assert len(shown_items(driver)) == len(driver.workplace.view.items)


def test_a_saved_search_is_chosen_from_the_menu(driver):
    filter_ = driver.desk.filter
    filter_.menu.aboutToShow.emit()
    names = [action.text() for action in filter_.menu.actions()]
    for search in saved_searches(driver.window.settings, driver.workplace.form):
        assert search.name in names
    next(action for action in filter_.menu.actions() if action.text() == "自己評価がＡ以上").trigger()
    view = driver.workplace.view
    expected = [
        view.text(item.id, "item_number") for item in view.items if view.text(item.id, "self_rating") in ("S", "A")
    ]
    QApplication.processEvents()
    assert shown_items(driver) == expected


def test_a_condition_that_is_none_is_called_wrong(driver):
    line = driver.desk.filter.line
    for written in ("評定=", "存在しない欄=空", "達成度<高い", "前年度の=空"):
        line.clear()
        type_text(line, written)
        assert driver.desk.filter._unread.isVisible()
        assert driver.desk.filter._unread.text() == word("filter_unread", term=written)
    for written in ("自己評定=空", "達成度<100", "水深", ""):
        line.clear()
        type_text(line, written)
        assert not driver.desk.filter._unread.isVisible(), written


def test_escape_clears_the_filter_and_the_arrow_down_goes_to_the_tree(driver):
    line = driver.desk.filter.line
    line.setFocus()
    type_text(line, "水深")
    QTest.keyClick(line, Qt.Key.Key_Down)
    assert driver.desk.tree.hasFocus()
    assert shown_items(driver) == ["Ⅰ-3"]
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == ""
    assert len(shown_items(driver)) == len(driver.workplace.view.items)


@pytest.mark.parametrize("form_id", ["iaa-annual", "jlis-annual"])
def test_the_conditions_that_the_tip_gives_for_example_are_read_in_the_form_in_hand(driver, form_id):
    driver.window.files.empty_form(form_id)
    tip = html.unescape(driver.desk.filter.line.toolTip())
    examples = re.findall("「([^」]+)」", tip)
    assert len(examples) == 3
    for line in examples:
        assert ItemQuery(driver.workplace.form, line).unread == [], line

"""Another year: the pages stay and show it, the cursor stays, nothing that was typed goes into the wrong year."""

from PySide6.QtWidgets import QApplication
from window_driver import compose, type_text

from hyoka_desktop.domain.report import ROOT, Address, NodeKind
from hyoka_desktop.ui.pages.past import PastText


def test_the_page_and_the_cursor_stay_when_another_year_is_shown(driver):
    driver.go_item("Ⅰ-1", "results")
    page, edit = driver.page, driver.focus("results")
    driver.workplace.choose_year(2023)
    assert driver.page is page
    assert edit.hasFocus()
    row = driver.row_ids("Ⅰ-1")[0]
    assert edit.plain() == driver.snapshot.stored(Address(row, "results", 2023))


def test_what_is_being_composed_is_kept_for_its_year(driver):
    driver.go_item("Ⅰ-1", "results")
    row = driver.row_ids("Ⅰ-1")[0]
    before = driver.snapshot.stored(Address(row, "results", 2023))
    compose(driver.focus("results"), "変換の途中")
    driver.workplace.choose_year(2023)
    assert driver.snapshot.stored(Address(row, "results", 2024)).endswith("変換の途中")
    assert driver.snapshot.stored(Address(row, "results", 2023)) == before


def test_what_is_typed_into_the_page_of_another_year_goes_there(driver):
    driver.go_item("Ⅰ-1", "results")
    row = driver.row_ids("Ⅰ-1")[0]
    this_year = driver.snapshot.stored(Address(row, "results", 2024))
    edit = driver.focus("results")
    driver.workplace.choose_year(2023)
    type_text(edit, "加筆")
    driver.leave()
    assert "加筆" in driver.snapshot.stored(Address(row, "results", 2023))
    assert driver.snapshot.stored(Address(row, "results", 2024)) == this_year


def test_the_row_in_hand_stays_when_another_year_is_shown(driver):
    driver.go_item("Ⅰ-1", "results")
    driver.session.add_node(2024, driver.desk.item, NodeKind.ROW, 0)
    second = driver.row_ids("Ⅰ-1")[1]
    driver.tab.rows.choose(second)
    driver.workplace.choose_year(2023)
    assert driver.tab.rows.row == second
    assert driver.edit("results").plain() == driver.snapshot.stored(Address(second, "results", 2023))


def test_tabs_that_were_behind_show_the_year_when_they_come_to_the_front(driver):
    driver.go_item("Ⅰ-1", "self")
    driver.go_tab("results")
    driver.workplace.choose_year(2023)
    driver.go_tab("self")
    item = driver.desk.item
    assert driver.edit("self_grounds").plain() == (driver.snapshot.stored(Address(item, "self_grounds", 2023)) or "")


def test_the_earlier_text_goes_where_there_is_none_and_is_offered_again(driver):
    driver.go_item("Ⅰ-1", "results")
    block = driver.block("results")
    block.toggle_past()
    QApplication.processEvents()
    assert isinstance(block.past, PastText)
    assert block.past.isVisible()
    driver.workplace.choose_year(2023)
    assert not block.past.isVisible()
    driver.workplace.choose_year(2024)
    block.toggle_past()
    assert block.past.isVisible()


def test_a_page_of_the_report_shows_the_texts_of_its_year(driver):
    page = next(tab for tab in driver.workplace.form.pages if driver.workplace.form.fields_on(NodeKind.REPORT, tab.id))
    driver.go_page(page.id)
    yearly = next(
        field
        for field in driver.workplace.form.fields_on(NodeKind.REPORT, page.id)
        if field.id not in driver.workplace.form.period_fields
    )
    driver.session.set_text(2023, ROOT, yearly.id, "令和5年度の文")
    driver.workplace.choose_year(2023)
    assert driver.workplace.view.text(ROOT, yearly.id) in driver.block(yearly.id, ROOT).editor.text()
    driver.go_item("Ⅰ-1")
    driver.workplace.choose_year(2024)
    driver.go_page(page.id)
    assert driver.block(yearly.id, ROOT).editor.text() == driver.workplace.view.text(ROOT, yearly.id)


def test_a_page_that_was_behind_while_its_texts_changed_shows_those_of_the_year(driver):
    driver.go_item("Ⅰ-1", "results")
    row = driver.row_ids("Ⅰ-1")[0]
    this_year = driver.edit("results").plain()
    driver.go_tab("self")
    driver.workplace.choose_year(2023)
    driver.session.set_text(2023, row, "results", "令和5年度に書き換えた文")
    driver.workplace.choose_year(2024)
    driver.go_tab("results")
    assert driver.edit("results").plain() == this_year


def test_what_is_being_written_stays_when_the_text_of_another_year_is_written(driver):
    driver.go_item("Ⅰ-1", "results")
    row = driver.row_ids("Ⅰ-1")[0]
    driver.type("results", "打っている途中")
    driver.session.set_text(2023, row, "results", "令和5年度の文")
    driver.leave()
    assert driver.snapshot.stored(Address(row, "results", 2024)).endswith("打っている途中")
    assert driver.session.typed == {}

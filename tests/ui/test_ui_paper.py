"""The pages beside the editors: zoom, columns, strip, page number, search, and the way from field to page and back."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from window_driver import ALT, CTRL, NONE, SHIFT, type_text

from hyoka_desktop.domain.report import Address, NodeKind
from hyoka_desktop.messages.window import action_text, word
from hyoka_desktop.ui.paper.area import STEPS, Fit
from hyoka_desktop.ui.paper.view import MarkKind

LEFT = Qt.MouseButton.LeftButton
_NOT_READING_MS = 1600


@pytest.fixture
def paper(driver, qtbot):
    """Show the pages of the first item, all laid out."""
    driver.go_item("Ⅰ-1", "basic")
    driver.wait_preview("定量的指標は四つの全てで")
    return driver.desk.preview


def fields_marked(pane):
    return [mark for mark in pane.view.marks if mark.kind is MarkKind.FIELD]


def seen(pane, area):
    """Tell whether an area of the view is to be seen in its beginning."""
    window = QRectF(-pane.view.pos().x(), -pane.view.pos().y(), pane.area.width(), pane.area.viewport().height())
    return window.contains(area.topLeft())


def wheel(area, notches, modifiers, at):
    event = QWheelEvent(
        QPointF(at),
        QPointF(area.viewport().mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(area.viewport(), event)


def button(pane, name):
    return next(one for one in pane.findChildren(QToolButton) if one.accessibleName() == action_text(name))


# Zoom


def test_pages_fit_the_width_at_first_and_follow_the_pane(paper, driver):
    assert paper.area.fit is Fit.WIDTH
    assert paper.view.placing.view_width == paper.area.viewport().width()
    before = paper.view.zoom
    driver.desk.splitter.setSizes([200, 400, 700])
    QApplication.processEvents()
    assert paper.view.placing.view_width == paper.area.viewport().width()
    assert paper.view.zoom > before


def test_the_keys_zoom_in_steps_and_stop_at_the_ends(paper, driver):
    driver.window.actions_["actual_size"].trigger()
    assert paper.area.factor == pytest.approx(1.0)
    for _ in range(20):
        driver.window.actions_["zoom_in"].trigger()
    assert paper.area.factor == pytest.approx(STEPS[-1])
    for _ in range(20):
        driver.window.actions_["zoom_out"].trigger()
    assert paper.area.factor == pytest.approx(STEPS[0])


def test_actual_size_is_that_of_the_paper(paper):
    paper.act("actual_size")
    box = paper.view.placing.box(0)
    assert box[2] == pytest.approx(297 / 25.4 * paper.logicalDpiX(), abs=1)


def test_a_whole_page_fits(paper):
    paper.act("fit_page")
    *_, width, height = paper.view.placing.box(0)
    assert width <= paper.area.viewport().width()
    assert height <= paper.area.viewport().height()


def test_the_wheel_with_ctrl_zooms_about_the_pointer(paper):
    paper.act("actual_size")
    at = QPoint(200, 150)
    x, y, width, height = paper.view.placing.box(0)
    point = paper.view.mapFrom(paper.area.viewport(), at)
    share = ((point.x() - x) / width, (point.y() - y) / height)
    wheel(paper.area, 3, CTRL, at)
    assert paper.area.factor > 1.3
    x, y, width, height = paper.view.placing.box(0)
    point = paper.view.mapFrom(paper.area.viewport(), at)
    assert (point.x() - x) / width == pytest.approx(share[0], abs=0.003)
    assert (point.y() - y) / height == pytest.approx(share[1], abs=0.003)


def test_the_wheel_alone_scrolls(paper):
    before = paper.area.verticalScrollBar().value()
    wheel(paper.area, -2, NONE, QPoint(100, 100))
    assert paper.area.verticalScrollBar().value() > before
    assert paper.area.fit is Fit.WIDTH


def test_zooming_keeps_the_page_in_hand(paper):
    paper.area.go_to_page(2)
    for name in ("actual_size", "zoom_in", "fit_page", "fit_width"):
        paper.act(name)
        assert paper.area.page == 2, name


def test_the_zoom_is_told_in_percent_with_what_it_follows(paper):
    assert action_text("fit_width") in paper.bar.zoom.accessibleName()
    paper.act("actual_size")
    assert paper.bar.zoom.text() == "100%"


@pytest.mark.parametrize("zoom", [0.5, 1.0, 4.0])
def test_rules_are_sharp_at_any_zoom(paper, zoom):
    """Along a table's edge one column of pixels is all dark, and the ones beside it are not: no grey blur."""
    paper.area.set_factor(zoom)
    paper.area.go_to_page(0)
    box = paper.view.pages[0].boxes[0]
    place = paper.view.area_in_view(0, QRectF(box.x, box.y, box.width, box.height))
    picture = paper.view.grab(QRectF(place.left() - 6, place.center().y(), 12, 1).toRect()).toImage()
    shades = [picture.pixelColor(x, 0).lightness() for x in range(picture.width())]
    ink = min(shades)
    assert ink < 200
    assert all(shade in {ink} or shade > 225 for shade in shades), shades


def test_zooming_keeps_the_field_in_hand_in_sight(paper, driver):
    driver.go_tab("self")
    driver.focus("self_grounds")
    mark = fields_marked(paper)[0]
    for name in ("actual_size", "zoom_in", "zoom_in", "zoom_in"):
        paper.act(name)
        area = paper.view.area_in_view(mark.page, mark.area)
        assert seen(paper, area), name
        assert area.left() >= paper.area.horizontalScrollBar().value(), name


# Columns, strip, numbers


def test_two_pages_stand_beside_each_other_and_under_each_other_again(paper):
    paper.act("two_up")
    first, second, third = (paper.view.placing.box(number) for number in range(3))
    assert first[1] == second[1]
    assert first[0] + first[2] < second[0]
    assert third[1] > first[1]
    assert paper.bar.two_up.isChecked()
    paper.act("two_up")
    assert paper.view.placing.box(1)[0] == paper.view.placing.box(0)[0]


def test_the_page_number_follows_the_scroll_to_the_last_page(paper):
    assert paper.bar.page.text() == "1"
    bar = paper.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert paper.bar.page.text() == str(paper.view.sides)
    bar.setValue(0)
    assert paper.bar.page.text() == "1"


@pytest.mark.parametrize(("written", "page"), [("3", 3), ("３", 3), ("99", 5), ("0", 1), ("x", 1), ("", 1)])
def test_a_written_number_goes_to_the_page(paper, driver, written, page):
    assert paper.view.sides == 5
    driver.window.actions_["go_to_page"].trigger()
    assert paper.bar.page.hasFocus()
    type_text(paper.bar.page, written) if written else paper.bar.page.clear()
    QTest.keyClick(paper.bar.page, Qt.Key.Key_Return)
    assert paper.area.page == page - 1
    assert paper.bar.page.text() == str(page)


def test_next_and_previous_page_by_key(paper, driver):
    driver.key(Qt.Key.Key_PageDown, ALT)
    assert paper.area.page == 1
    driver.key(Qt.Key.Key_PageUp, ALT)
    assert paper.area.page == 0
    assert not button(paper, "previous_page").isEnabled()


def test_home_and_end_go_to_the_ends(paper):
    QTest.keyClick(paper.area, Qt.Key.Key_End)
    assert paper.area.page == paper.view.sides - 1
    QTest.keyClick(paper.area, Qt.Key.Key_Home)
    assert (paper.area.page, paper.area.verticalScrollBar().value()) == (0, 0)


def test_the_strip_shows_every_page_painted_lazily(paper, qtbot):
    assert not paper.thumbnails.isVisible()
    assert paper.thumbnails._pictures == {}, "nothing is painted before it is wanted"
    paper.act("thumbnails")
    strip = paper.thumbnails
    assert strip.model().rowCount() == paper.view.sides
    qtbot.waitUntil(lambda: len(strip._pictures) == paper.view.sides)
    picture = strip.picture(0).toImage()
    shades = {picture.pixelColor(x, y).lightness() for x in range(picture.width()) for y in range(picture.height())}
    assert len(shades) > 20, "there is something on it"


def test_a_page_that_stays_the_same_is_not_painted_again(paper, driver, qtbot):
    paper.act("thumbnails")
    strip = paper.thumbnails
    qtbot.waitUntil(lambda: len(strip._pictures) == paper.view.sides)
    before = {page: picture.cacheKey() for page, (_, picture) in strip._pictures.items()}
    driver.go_tab("self")
    driver.type("self_grounds", "書き足した文")
    driver.wait_preview("書き足した文")
    changed = next(
        number
        for number, page in enumerate(paper.view.pages)
        if any("書き足した文" in text.text for text in page.texts)
    )
    assert changed > 0
    qtbot.waitUntil(lambda: strip._pictures[changed][1].cacheKey() != before[changed])
    qtbot.waitUntil(lambda: not strip._wanted)
    assert strip._pictures[0][1].cacheKey() == before[0]


def test_the_strip_leads_to_a_page_by_mouse_and_by_key(paper):
    paper.act("thumbnails")
    QApplication.processEvents()
    strip = paper.thumbnails
    QTest.mouseClick(strip.viewport(), LEFT, NONE, strip.visualRect(strip.model().index(2)).center())
    assert paper.area.page == 2
    QTest.keyClick(strip, Qt.Key.Key_Down)
    assert paper.area.page == 3
    paper.area.go_to_page(0)
    assert strip.currentIndex().row() == 0
    assert strip.model().data(strip.currentIndex(), Qt.ItemDataRole.AccessibleTextRole) == word(
        "page_of", page=1, pages=5
    )


# Search


def test_what_is_found_is_marked_and_come_to(paper, driver):
    driver.key(Qt.Key.Key_F, CTRL | SHIFT)
    assert paper.find_bar.line.hasFocus()
    type_text(paper.find_bar.line, "緊急対応")
    matches = paper.search.matches
    assert len(matches) > 1
    assert paper.find_bar.count.text() == word("find_count", current=1, found=len(matches))
    page, area = next(paper.search.areas(matches[0]))
    assert seen(paper, paper.view.area_in_view(page, area))
    kinds = [mark.kind for mark in paper.view.marks]
    assert kinds.count(MarkKind.CURRENT) == len(matches[0])


def test_enter_steps_through_the_places_and_wraps(paper):
    paper.act("find_on_page")
    line = paper.find_bar.line
    line.setText("待ち期間")
    found = len(paper.search.matches)
    assert found > 1
    QTest.keyClick(line, Qt.Key.Key_Return, SHIFT)
    assert paper.search.place == found - 1
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert paper.search.place == 0
    QTest.keyClick(line, Qt.Key.Key_F3)
    assert paper.search.place == 1


def test_a_text_in_another_width_is_found_over_the_end_of_a_line(paper, driver):
    text = driver.stored(driver.item_id("Ⅰ-1"), "self_grounds")
    wanted = text[: text.index("120%") + 4].replace("120%", "１２０％")
    paper.act("find_on_page")
    paper.find_bar.line.setText(wanted)
    (match,) = paper.search.matches
    assert len(match) > 1, "it runs over a line"
    areas = list(paper.search.areas(match))
    for (page, area), span in zip(areas, match, strict=True):
        assert area.left() >= span.text.x - 0.01
        assert area.right() <= span.text.x + span.text.width + 0.5
        assert page == span.page
    assert areas[0][1].width() == pytest.approx(
        match[0].text.width * (match[0].end - match[0].start) / len(match[0].text.text), rel=0.2
    )


def test_what_is_not_there_is_said(paper):
    paper.act("find_on_page")
    paper.find_bar.line.setText("どこにもない語")
    assert paper.find_bar.count.text() == word("find_none")
    assert not paper.find_bar.buttons["find_next"].isEnabled()


def test_escape_ends_the_search_and_its_marks(paper):
    paper.area.setFocus()
    paper.act("find_on_page")
    paper.find_bar.line.setText("施設")
    QTest.keyClick(paper.find_bar.line, Qt.Key.Key_Escape)
    assert not paper.find_bar.isVisible()
    assert [mark for mark in paper.view.marks if mark.kind is not MarkKind.FIELD] == []
    assert paper.area.hasFocus()


def test_the_search_follows_what_is_typed(paper, driver):
    paper.act("find_on_page")
    paper.find_bar.line.setText("新語彙")
    assert paper.search.matches == ()
    driver.go_tab("reference")
    driver.type("reference", "新語彙を入れる")
    driver.wait_preview("新語彙を入れる")
    assert len(paper.search.matches) == 1


def test_ctrl_enter_goes_to_the_field_of_what_was_found(paper, driver):
    paper.act("find_on_page")
    paper.find_bar.line.setText("定量的指標は四つの全てで")
    QTest.keyClick(paper.find_bar.line, Qt.Key.Key_Return, CTRL)
    assert driver.tab.tab.id == "self"
    assert driver.edit("self_grounds").hasFocus()


# Field and page


def test_the_page_comes_to_the_field_that_gets_the_focus(paper, driver):
    driver.go_tab("reference")
    driver.focus("reference")
    (mark,) = fields_marked(paper)
    assert mark.page == paper.view.sides - 1
    assert seen(paper, paper.view.area_in_view(mark.page, mark.area))
    texts = [text for text in paper.view.pages[mark.page].texts if getattr(text.source, "field", "") == "reference"]
    assert texts
    assert all(mark.area.contains(QPointF(text.x, text.baseline - 1)) for text in texts)


def test_the_mark_follows_a_field_that_moves(paper, driver, qtbot):
    driver.go_tab("reference")
    driver.focus("reference")
    before = fields_marked(paper)
    driver.type("reference", "長い文章です。" * 60)
    qtbot.waitUntil(lambda: fields_marked(paper) != before, timeout=5000)


def test_a_row_that_is_chosen_is_come_to(paper, driver):
    driver.go_tab("plan")
    rows = driver.row_ids("Ⅰ-1")
    assert len(rows) > 1
    driver.tab.rows.choose(rows[-1])
    marked = fields_marked(paper)
    assert marked
    sources = [
        text.source
        for mark in marked
        for text in paper.view.pages[mark.page].texts
        if mark.area.contains(QPointF(text.x + 1, text.baseline - 1))
    ]
    assert rows[-1] in {source.node for source in sources if isinstance(source, Address)}


def test_a_cell_of_the_table_of_indicators_is_come_to(paper, driver):
    driver.go_tab("indicators")
    grid = next(one for one in driver.tab._grids if len(one._kinds) == 2)
    achievement = driver.workplace.view.children(
        driver.workplace.view.children(driver.row_ids("Ⅰ-1")[0], NodeKind.INDICATOR)[0].id, NodeKind.ACHIEVEMENT
    )[0]
    driver.activate()
    grid.table.setFocus()
    assert grid.show_field(Address(achievement.id, "actual", driver.year))
    assert fields_marked(paper)


def test_the_page_stays_where_a_person_reads(paper, driver):
    driver.go_tab("reference")
    wheel(paper.area, -1, NONE, QPoint(100, 100))
    before = paper.area.verticalScrollBar().value()
    driver.focus("reference")
    assert paper.area.verticalScrollBar().value() == before
    assert fields_marked(paper), "it is marked all the same"


def test_the_page_comes_again_when_the_person_has_read(paper, driver):
    wheel(paper.area, -1, NONE, QPoint(100, 100))
    before = paper.area.verticalScrollBar().value()
    QTest.qWait(_NOT_READING_MS)
    driver.go_tab("reference")
    driver.focus("reference")
    assert paper.area.verticalScrollBar().value() > before


def test_the_page_comes_back_to_a_field_that_is_entered_again(paper, driver):
    driver.go_tab("reference")
    driver.focus("reference")
    there = paper.area.verticalScrollBar().value()
    driver.leave()
    paper.area.go_to_page(0)
    assert there > paper.area.verticalScrollBar().value()
    driver.focus("reference")
    assert paper.area.verticalScrollBar().value() == pytest.approx(there, abs=100)


def test_pages_that_are_shown_again_mark_the_field_in_hand(driver, qtbot):
    driver.go_item("Ⅰ-1", "reference")
    driver.trigger("toggle_preview")
    driver.focus("reference")
    driver.trigger("toggle_preview")
    qtbot.waitUntil(lambda: bool(fields_marked(driver.desk.preview)), timeout=5000)


def test_the_next_item_comes_at_the_same_field(paper, driver, qtbot):
    driver.go_tab("reference")
    driver.focus("reference")
    driver.key(Qt.Key.Key_PageDown, CTRL)
    address = Address(driver.item_id("Ⅰ-2"), "reference", driver.year)
    assert paper._attended == address
    qtbot.waitUntil(lambda: bool(fields_marked(paper)), timeout=5000)
    assert paper.area.page > 0


def test_a_click_on_a_page_leads_to_the_field_and_the_page_stays(paper, driver):
    paper.area.go_to_page(2)
    before = paper.area.verticalScrollBar().value()
    text = next(one for one in paper.view.pages[2].texts if getattr(one.source, "field", "") == "self_grounds")
    at = paper.view.area_in_view(2, QRectF(text.x + 2, text.baseline - 3, 1, 1)).topLeft()
    QTest.mouseClick(paper.view, LEFT, NONE, at.toPoint())
    assert driver.edit("self_grounds").hasFocus()
    assert paper.area.verticalScrollBar().value() == before


def test_going_to_a_field_of_another_item_brings_its_pages_and_its_place(paper, driver, qtbot):
    item = driver.item_id("Ⅱ-1")
    driver.desk.go_to(Address(item, "self_grounds", driver.year))
    qtbot.waitUntil(lambda: bool(fields_marked(paper)), timeout=5000)
    mark = fields_marked(paper)[0]
    assert driver.stored(item, "self_grounds")[:8] in driver.preview_text()
    assert seen(paper, paper.view.area_in_view(mark.page, mark.area))


def test_another_item_is_shown_from_its_first_page_on(paper, driver, qtbot):
    paper.area.go_to_page(3)
    driver.go_item("Ⅰ-2")
    driver.wait_preview(driver.stored(driver.item_id("Ⅰ-2"), "item_title"))
    assert paper.area.page == 0


def test_typing_does_not_move_the_pages(paper, driver):
    driver.go_tab("self")
    driver.focus("self_grounds")
    paper.area.go_to_page(0)
    driver.type("self_grounds", "書き足した文")
    paper.area.go_to_page(0)
    driver.wait_preview("書き足した文")
    assert paper.area.verticalScrollBar().value() == 0


# Everywhere


def test_the_actions_work_on_the_summary_table_too(driver, qtbot):
    driver.go_computed()
    qtbot.waitUntil(lambda: "総括表" in driver.computed_text(), timeout=5000)
    driver.window.actions_["actual_size"].trigger()
    assert driver.desk._computed_preview.area.factor == pytest.approx(1.0)
    driver.window.actions_["find_on_page"].trigger()
    driver.desk._computed_preview.find_bar.line.setText("調書")
    assert driver.desk._computed_preview.search.matches


def test_a_search_shows_the_pages_where_they_are_hidden(driver):
    driver.trigger("toggle_preview")
    assert not driver.desk.preview.isVisible()
    driver.window.actions_["find_on_page"].trigger()
    assert driver.desk.preview.isVisible()
    assert driver.desk.preview.find_bar.line.hasFocus()


def test_everything_over_the_pages_has_a_name_and_takes_the_focus(paper):
    paper.act("find_on_page")
    paper.act("thumbnails")
    widgets = [paper.area, paper.thumbnails, paper.bar.page, paper.bar.zoom, paper.find_bar.line]
    widgets += [one for one in paper.findChildren(QToolButton) if one.isVisible() and one.objectName() == ""]
    for widget in widgets:
        assert widget.accessibleName() or widget.objectName(), widget
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus or not widget.isEnabled(), widget.accessibleName()
    assert paper.area.accessibleDescription() == word("page_of", page=1, pages=5)

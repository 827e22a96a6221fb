"""The export dialog: output sets picked, changed and kept; parts and items chosen; missing characters told."""

import openpyxl
import pymupdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog
from window_driver import press_button

from hyoka_desktop.messages.window import word
from hyoka_desktop.services.outputsets import MinisterCells, PassportKind, find_output_set, own_output_sets
from hyoka_desktop.ui.dialogs import export as export_dialog
from hyoka_desktop.ui.dialogs.export import ExportDialog

UNKNOWN = "\u0e01"


def export(driver, dialogs, act):
    with dialogs.expect(act):
        driver.trigger("export")


def wait_end(dialog, qtbot):
    qtbot.waitUntil(lambda: dialog._job is None, timeout=20000)


def pick(dialog: ExportDialog, name: str):
    picker = dialog.picker
    picker.sets.setCurrentIndex(picker.sets.findText(name))
    picker.sets.activated.emit(picker.sets.currentIndex())


def choose(combo, value):
    combo.setCurrentIndex(combo.findData(value))
    combo.activated.emit(combo.currentIndex())


@pytest.mark.parametrize("name", ["作成中の全体", "提出用", "ヒアリング用", "公表用", "照会用"])
def test_a_set_that_is_picked_and_left_as_it_is_is_what_is_made(driver, dialogs, name):
    def act(dialog: ExportDialog):
        pick(dialog, name)
        assert dialog.picker.chosen() == find_output_set(name)
        dialog.reject()

    export(driver, dialogs, act)


def test_what_is_to_be_published_offers_neither_notes_nor_a_passport(driver, dialogs):
    def act(dialog: ExportDialog):
        pick(dialog, "公表用")
        assert not dialog.picker.choices.notes.isEnabled()
        assert not dialog.picker.choices.passport.isEnabled()
        pick(dialog, "照会用")
        assert dialog.picker.choices.notes.isEnabled()
        dialog.reject()

    export(driver, dialogs, act)


def test_every_choice_reaches_the_set(driver, dialogs):
    def act(dialog: ExportDialog):
        choices = dialog.picker.choices
        for combo, value in (
            (choices.minister, "blank"),
            (choices.passport, "printed"),
            (choices.paper, "A3"),
            (choices.landscape, "portrait"),
            (choices.typeface, "gothic"),
            (choices.word_fonts, "embedded"),
            (choices.scale, "1.25"),
        ):
            choose(combo, value)
        for box in (choices.guidance, choices.notes, choices.archival, choices.page_numbers):
            box.click()
        choices.stamp.setText("未定稿")
        choices.marking.setText("機密性２")
        choices.date.setText("令和6年6月28日時点")
        made = dialog.picker.chosen()
        assert (made.minister, made.passport, made.paper) == (MinisterCells.BLANK, PassportKind.PRINTED, "A3")
        assert (made.landscape, made.typeface, made.word_fonts, made.scale) == (False, "gothic", "embedded", 1.25)
        assert (made.guidance, made.notes, made.archival, made.page_numbers) == (False, True, False, False)
        assert (made.stamp, made.marking, made.date) == ("未定稿", "機密性２", "令和6年6月28日時点")
        dialog.reject()

    export(driver, dialogs, act)


def test_a_set_of_ones_own_is_kept_under_its_name_and_forgotten(driver, dialogs, monkeypatch):
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("理事会用", True))

    def act(dialog: ExportDialog):
        pick(dialog, "提出用")
        dialog.picker.choices.stamp.setText("案")
        dialog.picker.keep.click()
        assert dialog.picker.sets.currentText() == "理事会用"
        (mine,) = own_output_sets(driver.window.settings)
        assert (mine.name, mine.stamp, mine.minister) == ("理事会用", "案", MinisterCells.SHADED)
        pick(dialog, "提出用")
        assert not dialog.picker.forget.isEnabled()
        assert dialog.picker.choices.stamp.text() == ""
        pick(dialog, "理事会用")
        dialog.picker.forget.click()
        assert own_output_sets(driver.window.settings) == ()
        assert dialog.picker.sets.currentText() == "作成中の全体"
        dialog.reject()

    export(driver, dialogs, act)


def test_the_name_of_a_shipped_set_is_not_taken(driver, dialogs, monkeypatch):
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("公表用", True))

    def act(dialog: ExportDialog):
        dialog.picker.keep.click()
        assert own_output_sets(driver.window.settings) == ()
        dialog.reject()

    export(driver, dialogs, act)


def test_parts_and_items_are_chosen_one_by_one(driver, dialogs, qtbot, tmp_path):
    def act(dialog: ExportDialog):
        chosen = dialog.picker.range
        for place in range(chosen.parts.count()):
            part = chosen.parts.item(place)
            part.setCheckState(Qt.CheckState.Checked if "調書" in part.text() else Qt.CheckState.Unchecked)
        choose(chosen.items_of, "some")
        assert chosen.items.isEnabled()
        for place in range(chosen.items.count()):
            chosen.items.item(place).setCheckState(
                Qt.CheckState.Checked if place in {1, 3} else Qt.CheckState.Unchecked
            )
        dialog.word_box.click()
        dialog.folder.setText(str(tmp_path))
        press_button(word("export_start"))(dialog)
        wait_end(dialog, qtbot)
        dialog.reject()

    export(driver, dialogs, act)
    with pymupdf.open(tmp_path / "見本.pdf") as pdf:
        text = "".join(page.get_text() for page in pdf).replace(" ", "")
    assert "港湾の災害予防及び応急復旧の支援" in text
    assert "港湾施設の点検・診断の支援" not in text


def test_nothing_chosen_makes_nothing_and_says_so(driver, dialogs, tmp_path):
    def act(dialog: ExportDialog):
        for place in range(dialog.picker.range.parts.count()):
            dialog.picker.range.parts.item(place).setCheckState(Qt.CheckState.Unchecked)
        dialog.folder.setText(str(tmp_path))
        press_button(word("export_start"))(dialog)
        assert dialog.state.text() == word("export_need_range")
        dialog.reject()

    export(driver, dialogs, act)
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_list_is_made_as_a_workbook_under_its_own_name(driver, dialogs, qtbot, tmp_path):
    def act(dialog: ExportDialog):
        choose(dialog.picker.document, "indicators")
        for box in (dialog.word_box, dialog.pdf_box, dialog.excel_box):
            box.click()
        dialog.folder.setText(str(tmp_path))
        press_button(word("export_start"))(dialog)
        wait_end(dialog, qtbot)
        dialog.reject()

    export(driver, dialogs, act)
    book = openpyxl.load_workbook(tmp_path / "見本_指標一覧.xlsx")
    assert "点検診断の実施施設数" in {cell.value for row in book.active.iter_rows() for cell in row}


@pytest.mark.parametrize("goes_on", [True, False])
def test_a_character_that_no_font_has_is_told_with_its_field_before_anything_is_written(
    driver, dialogs, qtbot, tmp_path, monkeypatch, goes_on
):
    driver.go_item("Ⅰ-1", "results")
    driver.type("results", f"{UNKNOWN}の文字")
    asked = []

    def answer(_parent, _title, text, _yes):
        asked.append(text)
        assert not list(tmp_path.glob("見本*.pdf"))
        return goes_on

    monkeypatch.setattr(export_dialog, "ask", answer)

    def act(dialog: ExportDialog):
        choose(dialog.range, "item")
        dialog.word_box.click()
        dialog.folder.setText(str(tmp_path))
        press_button(word("export_start"))(dialog)

        wait_end(dialog, qtbot)
        dialog.reject()

    export(driver, dialogs, act)
    assert f"Ⅰ-1 主要な業務実績：{UNKNOWN}" in asked[0]
    assert bool(list(tmp_path.glob("見本*.pdf"))) is goes_on


def test_an_indicator_without_a_value_is_told_with_its_field_before_anything_is_written(
    driver, dialogs, qtbot, tmp_path, monkeypatch
):
    driver.session.set_text(2024, driver.row_ids("Ⅰ-1")[0], "results", "実施は{指標:ない指標.実績}であった。")
    driver.go_item("Ⅰ-1", "results")
    asked = []

    def answer(_parent, _title, text, _yes):
        asked.append(text)
        return False

    monkeypatch.setattr(export_dialog, "ask", answer)

    def act(dialog: ExportDialog):
        choose(dialog.range, "item")
        dialog.folder.setText(str(tmp_path))
        press_button(word("export_start"))(dialog)
        wait_end(dialog, qtbot)
        dialog.reject()

    export(driver, dialogs, act)
    assert "Ⅰ-1 主要な業務実績：ない指標.実績" in asked[0]
    assert not list(tmp_path.glob("見本*.pdf"))

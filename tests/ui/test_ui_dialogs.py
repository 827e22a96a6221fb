"""The dialogs, each on the real one: new, sample, import, export, recovery, renumber, year, copy."""

import json
import threading
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit
from window_driver import button_of, close_message, paste, press_button, said, table_texts, type_text

from hyoka_desktop.domain.report import ROOT
from hyoka_desktop.messages.window import WORDS, word
from hyoka_desktop.paths import resource
from hyoka_desktop.services import export as exporting
from hyoka_desktop.services import reports
from hyoka_desktop.services.export import Stage
from hyoka_desktop.ui.dialogs import export as export_dialog
from hyoka_desktop.ui.dialogs.export import ExportDialog
from hyoka_desktop.ui.dialogs.new_report import NewReportDialog


def _choose_file(path):
    """Answer a file dialog by typing a path."""

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, QFileDialog)
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        line.setText(str(path))
        dialog.accept()

    return answer


# New


def test_a_new_report_is_made_from_the_start_page_by_keys(open_window, dialogs, home):
    driver = open_window()
    made = home / "Documents" / "新しい法人 令和6年度.hyoka"

    def fill(dialog):
        assert isinstance(dialog, NewReportDialog)
        assert not dialog._make.isEnabled(), "the name of the organization is missing"
        dialog.year.setCurrentIndex(dialog.year.findText("令和6年度"))
        assert dialog.focusWidget() is dialog.organization, "the one thing that must be typed"
        type_text(dialog.organization, "新しい法人")
        assert Path(dialog.path.text()) == made
        QTest.keyClick(dialog.organization, Qt.Key.Key_Return)

    button = button_of(driver.window.start_page, word("start_new"))
    button.setFocus()
    with dialogs.expect(fill):
        QTest.keyClick(button, Qt.Key.Key_Space)
    assert driver.path == made
    assert driver.year == 2024
    assert driver.stored(ROOT, "organization_name") == "新しい法人"
    assert [driver.stored(item.id, "item_number") for item in driver.workplace.view.items] == ["Ⅰ-1"]
    assert driver.window.windowTitle().startswith(made.stem)
    assert driver.window.settings.recent_files == [made]
    driver.go_item("Ⅰ-1", "plan")
    driver.type("mid_term_objective", "最初の目標")
    driver.leave()
    driver.wait_saved()


def test_an_organization_of_blanks_is_no_name(open_window, dialogs):
    driver = open_window()

    def fill(dialog):
        type_text(dialog.organization, " 　 ")
        assert not dialog._make.isEnabled()
        press_button(word("cancel"))(dialog)

    with dialogs.expect(fill):
        driver.trigger("new")
    assert driver.window.desk is None


@pytest.mark.parametrize("path", ["/", ".", "/no/such/folder/x", "a\x00b"])
def test_a_place_where_nothing_can_be_made_is_said(open_window, dialogs, path, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    driver = open_window()

    def fill(dialog):
        type_text(dialog.organization, "法人")
        dialog.path.selectAll()
        paste(dialog.path, path)
        press_button(word("new_make"))(dialog)

    with dialogs.expect(fill, close_message):
        driver.trigger("new")
    assert driver.window.desk is None
    assert len(dialogs.seen[1].splitlines()) >= 3


def test_a_report_that_is_there_is_never_written_over(open_window, dialogs, sample):
    before = sample.read_bytes()
    driver = open_window()

    def fill(dialog):
        type_text(dialog.organization, "法人")
        dialog.path.selectAll()
        type_text(dialog.path, str(sample))
        press_button(word("new_make"))(dialog)

    with dialogs.expect(fill, close_message):
        driver.trigger("new")
    assert "既にあります" in dialogs.seen[1]
    assert sample.read_bytes() == before


def test_a_name_with_signs_that_no_file_may_have_is_made_safe(open_window, dialogs, home):
    driver = open_window()

    def fill(dialog):
        type_text(dialog.organization, 'A/B\\C:D*E?F"G<H>I|J')
        assert Path(dialog.path.text()).parent == home / "Documents"
        assert Path(dialog.path.text()).name.startswith("ABCDEFGHIJ")
        press_button(word("cancel"))(dialog)

    with dialogs.expect(fill):
        driver.trigger("new")


def test_a_path_typed_by_hand_is_kept_when_the_name_changes(open_window, dialogs, tmp_path):
    driver = open_window()

    def fill(dialog):
        dialog.path.setFocus()
        type_text(dialog.path, str(tmp_path / "自分の名前"))
        type_text(dialog.organization, "法人")
        assert dialog.path.text() == str(tmp_path / "自分の名前")
        press_button(word("new_make"))(dialog)

    with dialogs.expect(fill):
        driver.trigger("new")
    assert driver.path == tmp_path / "自分の名前.hyoka"


# Sample and import


def test_the_sample_is_made_once_and_what_is_written_into_it_stays(open_window, home):
    driver = open_window()
    QTest.mouseClick(button_of(driver.window.start_page, word("start_sample")), Qt.MouseButton.LeftButton)
    assert driver.path == home / "Documents" / word("sample_file")
    driver.go_item("Ⅰ-1", "reference")
    driver.type("reference", "見本への加筆")
    driver.trigger("start")
    QApplication.processEvents()
    QTest.mouseClick(button_of(driver.window.start_page, word("start_sample")), Qt.MouseButton.LeftButton)
    assert driver.stored(driver.item_id("Ⅰ-1"), "reference").endswith("見本への加筆")


def test_choosing_the_sample_while_it_is_open_stays_there(open_window):
    driver = open_window()
    driver.window.files.sample()
    path = driver.path
    driver.window.files.sample()
    assert driver.path == path


def test_interchange_files_of_two_years_become_one_report(open_window, dialogs, tmp_path):
    driver = open_window()
    sources = sorted(resource("sample").glob("*.json"))
    names = " ".join(f'"{source}"' for source in sources)
    with dialogs.expect(_choose_file(names), _choose_file(tmp_path / "取り込み.hyoka")):
        driver.trigger("import")
    assert driver.path == tmp_path / "取り込み.hyoka"
    assert driver.snapshot.years == (2023, 2024)


def test_an_imported_report_gets_its_suffix(open_window, dialogs, tmp_path):
    driver = open_window()
    source = sorted(resource("sample").glob("*.json"))[0]
    with dialogs.expect(_choose_file(source), _choose_file(tmp_path / "取り込み")):
        driver.trigger("import")
    assert driver.path == tmp_path / "取り込み.hyoka"


@pytest.mark.parametrize("fault", ["broken", "unknown key", "wrong type", "not text", "another format"])
def test_a_faulty_file_is_said_and_nothing_is_made(open_window, dialogs, tmp_path, fault):
    document = json.loads(sorted(resource("sample").glob("*.json"))[0].read_text(encoding="utf-8"))
    source = tmp_path / "データ.json"
    if fault == "unknown key":
        document["sections"][0]["items"][0]["<b>knwon</b>"] = 1
    elif fault == "wrong type":
        document["sections"][0]["items"][0]["title"] = 3
    elif fault == "another format":
        document["format"] = "other"
    text = json.dumps(document, ensure_ascii=False)
    content = {"broken": text[:-20].encode(), "not text": text.encode("cp932", "replace")}.get(fault, text.encode())
    source.write_bytes(content)
    target = tmp_path / "作らない.hyoka"
    driver = open_window()
    with dialogs.expect(_choose_file(source), _choose_file(target), close_message):
        driver.trigger("import")
    message = dialogs.seen[2]
    assert "データ.json" in message
    assert "何も取り込んでいません。" in message
    assert driver.window.desk is None
    assert [path.name for path in tmp_path.iterdir() if path.name not in ("データ.json", "settings")] == []


def test_what_an_import_cleaned_is_said(open_window, dialogs, tmp_path):
    document = json.loads(sorted(resource("sample").glob("*.json"))[0].read_text(encoding="utf-8"))
    document["sections"][0]["items"][0]["policy"] = "政策\x0b\x02施策"
    source = tmp_path / "データ.json"
    source.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    driver = open_window()
    with dialogs.expect(_choose_file(source), _choose_file(tmp_path / "取り込み.hyoka")):
        driver.trigger("import")
    assert driver.stored(driver.item_id("Ⅰ-1"), "policy") == "政策\n施策"
    assert "制御文字" in driver.window.statusBar().currentMessage()


def test_a_report_is_opened_by_its_dialog(open_window, dialogs, sample):
    driver = open_window()
    with dialogs.expect(_choose_file(sample)):
        driver.trigger("open")
    assert driver.path == sample


def test_a_recent_report_is_opened_from_the_start_page(driver, sample):
    driver.trigger("start")
    QApplication.processEvents()
    QTest.mouseClick(button_of(driver.window.start_page, sample.name), Qt.MouseButton.LeftButton)
    assert driver.path == sample


def test_a_recent_report_that_is_gone_is_said(driver, dialogs, sample):
    driver.trigger("start")
    QApplication.processEvents()
    sample.unlink()
    with dialogs.expect(press_button(word("recent_keep"))):
        QTest.mouseClick(button_of(driver.window.start_page, sample.name), Qt.MouseButton.LeftButton)
    assert driver.window.desk is None


# Export


def _export(driver, dialogs, act):
    with dialogs.expect(act):
        driver.trigger("export")


def _wait_end(dialog, qtbot):
    qtbot.waitUntil(lambda: dialog._job is None, timeout=20000)


def test_an_item_is_exported_to_both_documents_with_progress(driver, dialogs, qtbot, tmp_path):
    driver.go_item("Ⅰ-4", "results")
    driver.type("results", "書き出す直前の加筆")
    told = []

    def act(dialog: ExportDialog):
        dialog.folder.setText(str(tmp_path))
        dialog.range.setCurrentIndex(1)
        show = dialog._show_stage
        dialog._show_stage = lambda stage: (told.append(stage), show(stage))
        press_button(word("export_start"))(dialog)
        assert not dialog._start_button.isEnabled()
        assert dialog.bar.isVisible()
        _wait_end(dialog, qtbot)
        assert dialog.state.text().startswith("書き出しました（")
        press_button(word("close"))(dialog)

    _export(driver, dialogs, act)
    assert told == [stage for stage in Stage if stage is not Stage.XLSX]
    made = sorted(path.name for path in tmp_path.glob("見本_*"))
    assert made == ["見本_Ⅰ-4.docx", "見本_Ⅰ-4.pdf"]
    text = "".join(c.text for t in docx.Document(tmp_path / made[0]).tables for c in t._cells)
    assert "書き出す直前の加筆" in text
    assert not list(tmp_path.glob("*.part"))


def test_an_export_is_cancelled_and_leaves_nothing(driver, dialogs, qtbot, tmp_path, monkeypatch):
    holding = threading.Event()
    real = export_dialog.export

    def slow(prepared, request, progress, checkpoint):
        holding.wait(5)
        return real(prepared, request, progress, checkpoint)

    monkeypatch.setattr(export_dialog, "export", slow)

    def act(dialog: ExportDialog):
        dialog.folder.setText(str(tmp_path))
        press_button(word("export_start"))(dialog)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        holding.set()
        assert dialog.isVisible(), "the first Escape ends the export, not the dialog"
        assert dialog.state.text() == word("export_cancelled")
        assert dialog._start_button.isEnabled()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    _export(driver, dialogs, act)
    holding.set()
    QTest.qWait(300)
    assert not list(tmp_path.glob("*.docx")) + list(tmp_path.glob("*.pdf")) + list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("folder", ["ない/フォルダー", "見本.hyoka"])
def test_an_export_to_where_there_is_no_folder_is_said_and_can_be_repeated(driver, dialogs, qtbot, tmp_path, folder):
    driver.go_item("Ⅰ-4")

    def act(dialog: ExportDialog):
        dialog.range.setCurrentIndex(1)
        dialog.folder.setText(str(tmp_path / folder))
        press_button(word("export_start"))(dialog)
        _wait_end(dialog, qtbot)
        assert len(dialog.state.text().splitlines()) == 3
        assert "書き出し先のフォルダーがありません" in dialog.state.text()
        dialog.folder.setText(str(tmp_path))
        press_button(word("export_start"))(dialog)
        _wait_end(dialog, qtbot)
        assert dialog.state.text().startswith("書き出しました（")
        press_button(word("close"))(dialog)

    _export(driver, dialogs, act)


def test_an_export_without_a_folder_writes_nothing_anywhere(driver, dialogs, qtbot, tmp_path, monkeypatch):
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)

    def act(dialog: ExportDialog):
        dialog.range.setCurrentIndex(1)
        dialog.folder.setText("")
        press_button(word("export_start"))(dialog)
        if dialog._job is not None:
            _wait_end(dialog, qtbot)
        press_button(word("close"))(dialog)

    _export(driver, dialogs, act)
    assert list(work.iterdir()) == []


def test_an_export_whose_files_are_being_written_is_not_said_to_be_cancelled(
    driver, dialogs, qtbot, tmp_path, monkeypatch
):
    holding = threading.Event()
    real = exporting.write_file

    def slow(path, content):
        holding.wait(5)
        real(path, content)

    monkeypatch.setattr(exporting, "write_file", slow)

    def act(dialog: ExportDialog):
        dialog.excel_box.setChecked(False)
        dialog.folder.setText(str(tmp_path))
        press_button(word("export_start"))(dialog)
        qtbot.waitUntil(lambda: dialog.state.text() == word("stage_save"), timeout=20_000)
        assert not button_of(dialog, word("cancel")).isEnabled()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.state.text() == word("stage_save")
        holding.set()
        qtbot.waitUntil(dialog._start_button.isEnabled)
        assert str(tmp_path / "見本.pdf") in dialog.state.text()
        press_button(word("close"))(dialog)

    _export(driver, dialogs, act)
    assert (tmp_path / "見本.docx").exists()


def test_an_export_of_no_kind_says_what_is_missing(driver, dialogs):
    def act(dialog: ExportDialog):
        dialog.word_box.click()
        dialog.pdf_box.click()
        press_button(word("export_start"))(dialog)
        assert dialog.state.text() == word("export_need_kind")
        press_button(word("close"))(dialog)

    _export(driver, dialogs, act)


def test_an_export_over_a_document_that_is_there_asks_first(driver, dialogs, qtbot, tmp_path):
    driver.go_item("Ⅰ-4")
    old = tmp_path / "見本_Ⅰ-4.pdf"
    old.write_bytes(b"hand-made")

    def act(dialog: ExportDialog):
        dialog.word_box.click()
        dialog.range.setCurrentIndex(1)
        dialog.folder.setText(str(tmp_path))
        asked = []
        QTimer.singleShot(50, lambda: (asked.append(QApplication.activeModalWidget()), asked[0].reject()))
        press_button(word("export_start"))(dialog)
        assert asked[0] is not dialog
        dialog.reject()

    _export(driver, dialogs, act)
    assert old.read_bytes() == b"hand-made"


def test_the_name_of_an_export_holds_no_sign_that_a_file_may_not_have(driver, dialogs, subtests):
    item = driver.item_id("Ⅰ-4")
    for number in ("Ⅰ:4", "Ⅰ*4?", 'Ⅰ"4"', "Ⅰ\\4", "Ⅰ|4", "<Ⅰ>"):
        with subtests.test(number):
            driver.session.set_text(2024, item, "item_number", number)
            names = []

            def act(dialog: ExportDialog, names=names):
                dialog.range.setCurrentIndex(1)
                names.append(dialog._request().pdf.name)
                press_button(word("close"))(dialog)

            driver.go_item(number)
            _export(driver, dialogs, act)
            assert not set(names[0]) & set('\\/:*?"<>|')


# Others


def test_renumbering_shows_what_will_change_before_it_happens(driver, dialogs):
    moved = driver.item_id("Ⅰ-2")
    driver.session.step_node(2024, moved, 1)

    def look(dialog):
        assert [row[:2] for row in table_texts(dialog)] == [["Ⅰ-3", "Ⅰ-2"], ["Ⅰ-2", "Ⅰ-3"]]
        press_button(word("cancel"))(dialog)

    with dialogs.expect(look):
        driver.trigger("renumber")
    assert driver.stored(moved, "item_number") == "Ⅰ-2"
    with dialogs.expect(press_button(word("renumber_do"))):
        driver.trigger("renumber")
    assert driver.stored(moved, "item_number") == "Ⅰ-3"
    with dialogs.expect(close_message):
        driver.trigger("renumber")
    assert word("renumber_none") in dialogs.seen[-1]


def test_a_year_is_added_after_a_question_and_begins_empty(driver, dialogs):
    driver.go_item("Ⅰ-1", "results")
    with dialogs.expect(press_button(word("add_year_do"))):
        driver.trigger("add_year")
    assert "令和7年度" in dialogs.seen[0]
    assert driver.year == 2025
    assert driver.window.statusBar().currentMessage() == word("add_year_done", year="令和7年度")
    assert driver.window._year.currentText() == "令和7年度"
    row = driver.row_ids("Ⅰ-1")[0]
    assert driver.stored(row, "results") == ""
    assert driver.stored(row, "mid_term_plan")


def test_a_copy_is_made_beside_and_can_be_opened(driver, open_window):
    driver.go_item("Ⅰ-1", "reference")
    driver.type("reference", "写しの直前")
    driver.trigger("backup")
    copies = list(driver.path.parent.glob("見本.*.hyoka"))
    assert len(copies) == 1
    assert copies[0].name in driver.window.statusBar().currentMessage()
    report = reports.read_report(copies[0])
    assert report.view(2024).text(driver.item_id("Ⅰ-1"), "reference").endswith("写しの直前")


def test_the_words_about_the_product_are_shown(driver, dialogs):
    with dialogs.expect(close_message):
        driver.trigger("about")
    assert "MIT" in dialogs.seen[0]


def test_dialogs_that_are_done_with_do_not_stay_behind(driver, dialogs, qtbot):
    def dialogs_alive():
        QApplication.processEvents()
        return len(driver.window.findChildren(QDialog))

    before = dialogs_alive()
    for _ in range(3):
        _export(driver, dialogs, press_button(word("close")))
        with dialogs.expect(close_message):
            driver.trigger("about")
    assert dialogs_alive() <= before + 1


def test_all_buttons_of_dialogs_speak_japanese(driver, dialogs):
    heard = []

    def listen(dialog):
        heard.append(said(dialog))
        dialog.reject()

    with dialogs.expect(listen, listen, listen):
        driver.trigger("export")
        driver.trigger("new")
        driver.trigger("add_year")
    assert heard
    assert not any(name in text for text in heard for name in ("Cancel", "OK\n", "{", "}"))
    assert all(WORDS.values())

"""Printing, to a printer that writes a PDF: the sheets, their order, the places of texts, what the window says."""

import os
import subprocess
import sys
import textwrap
import unicodedata

import pymupdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from window_driver import button_of, press_button, type_text

from hyoka_desktop.messages.window import word
from hyoka_desktop.services.export import ExportRequest, prepare
from hyoka_desktop.services.imposition import Arrangement, Binding, Paper, Request, booklet_order
from hyoka_desktop.services.outputsets import find_output_set
from hyoka_desktop.services.preview import Target
from hyoka_desktop.ui.dialogs.printchoices import Sides
from hyoka_desktop.ui.dialogs.printing import PrintDialog
from hyoka_desktop.ui.paper.printing import Printers

MM = 72 / 25.4
PRINTER = "試験用の複合機"
_PLACE_PT = 0.6
"""How far a text on paper may stand from its frame, in points."""


class PdfPrinters(Printers):
    """One printer that writes a PDF, as if it were paper; Qt's PDF engine forgets how the paper is turned."""

    def __init__(self, target, *, duplex=True):
        self.target = target
        self.duplex = duplex
        self.turned = None

    def names(self):
        return [PRINTER]

    def can_duplex(self, name):
        assert name == PRINTER
        return self.duplex

    def make(self, name):
        assert name == PRINTER
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.target))
        printer.setDuplex = self._turn
        return printer

    def _turn(self, mode):
        self.turned = mode


class NoPrinters(Printers):
    def names(self):
        return []


class BrokenPrinters(PdfPrinters):
    """A printer that cannot be written to."""

    def make(self, name):
        printer = super().make(name)
        printer.setOutputFileName("/does/not/exist/paper.pdf")
        return printer


@pytest.fixture
def open_dialog(driver, tmp_path, qtbot):
    """Open the print window on one 調書, or the whole report, and wait for its sheets."""
    opened = []

    def open_one(printers=None, *, whole=False):
        driver.go_item("Ⅰ-1", "basic")
        window = driver.window
        dialog = PrintDialog(
            window,
            driver.workplace,
            window.queue,
            window.settings,
            window.fonts_folder,
            shown=Target(item=driver.item_id("Ⅰ-1")),
            printers=printers or PdfPrinters(tmp_path / "paper.pdf"),
        )
        opened.append(dialog)
        if not whole:
            dialog.choices.range.setCurrentIndex(1)
        dialog.show()
        qtbot.waitUntil(lambda: dialog.area.view.sides > 0, timeout=10_000)
        qtbot.waitUntil(lambda: not dialog.progress.isVisible() and dialog._has_asked)
        return dialog

    yield open_one
    for dialog in opened:
        dialog.close()
        dialog.deleteLater()


def choose(dialog, **choices):
    for name, value in choices.items():
        box = getattr(dialog.choices, name)
        box.setCurrentIndex(box.findData(value))


def print_all(dialog, qtbot):
    """Press the button, wait for the end, and read the paper."""
    with qtbot.waitSignal(dialog.accepted, timeout=8_000):
        QTest.mouseClick(button_of(dialog, word("print_start")), Qt.MouseButton.LeftButton)
    return pymupdf.open(dialog._printers.target)


def lines_of(page):
    """Tell the texts on a sheet with where their first character stands."""
    found = []
    for block in page.get_text("rawdict")["blocks"]:
        for line in block.get("lines", []):
            for span in line["spans"]:
                found += [(c["c"], *c["origin"]) for c in span["chars"]]
    return found


def assert_stands(paper, text, x, y):
    """Assert that the first character of a text stands on a sheet at a place."""
    first = text.text.strip()[0]
    lead = len(text.text) - len(text.text.lstrip())
    near = [
        character
        for character, cx, cy in lines_of(paper)
        if abs(cy - y) < _PLACE_PT and abs(cx - x) < _PLACE_PT + lead * text.size
    ]
    assert first in near, f"{text.text[:10]} at {x:.1f}, {y:.1f}: {near}"


def marker(page):
    """Tell a text that stands on this page alone: the longest one."""
    return max((text for text in page.texts if text.source is not None), key=lambda text: len(text.text))


def test_every_page_is_printed_on_a_sheet_of_its_own_with_its_texts_in_place(open_dialog, qtbot):
    dialog = open_dialog()
    pages = dialog._layout.pages
    paper = print_all(dialog, qtbot)
    assert paper.page_count == len(pages) == 5
    for sheet, page in zip(paper, pages, strict=True):
        assert (round(sheet.rect.width / MM), round(sheet.rect.height / MM)) == (297, 210)
        for text in [one for one in page.all_texts() if one.text.strip()][::7]:
            assert_stands(sheet, text, text.x, text.baseline)


def test_lines_that_are_filled_are_printed_filled(open_dialog, qtbot):
    """The last character of a justified line stands at the right edge: its gaps are printed."""
    dialog = open_dialog()
    pages = dialog._layout.pages
    paper = print_all(dialog, qtbot)
    tried = 0
    for sheet, page in zip(paper, pages, strict=True):
        for text in page.texts:
            if sum(text.gaps) > 1 and unicodedata.east_asian_width(text.text[-1]) == "W" and not text.gaps[-1]:
                tried += 1
                x = text.x + text.width - text.size
                near = [c for c, cx, cy in lines_of(sheet) if abs(cx - x) < 1 and abs(cy - text.baseline) < 1]
                assert text.text[-1] in near, text.text
    assert tried > 5


def test_an_output_set_is_printed_as_it_would_be_exported(open_dialog, qtbot, driver):
    dialog = open_dialog(whole=True)
    before = len(dialog._layout.pages)
    place = dialog.choices.output.findText(find_output_set("hearing").name)
    dialog.choices.output.setCurrentIndex(place)
    assert not button_of(dialog, word("print_start")).isEnabled(), "the pages are being made"
    qtbot.waitUntil(lambda: button_of(dialog, word("print_start")).isEnabled(), timeout=10_000)
    assert len(dialog._layout.pages) != before
    expected = prepare(
        driver.workplace.form, driver.workplace.view, ExportRequest(output=find_output_set("hearing"))
    ).layout
    assert [text.text for page in dialog._layout.pages for text in page.texts] == [
        text.text for page in expected.pages for text in page.texts
    ]


def test_a_character_that_no_font_has_is_told_with_its_field(driver, open_dialog, qtbot):
    driver.go_item("Ⅰ-1", "reference")
    driver.type("reference", "\U0001f9a5")
    driver.leave()
    dialog = open_dialog()
    assert "\U0001f9a5" in dialog.state.text()
    assert button_of(dialog, word("print_start")).isEnabled(), "it may be printed all the same"


def test_the_texts_are_printed_as_text_in_the_fonts_of_the_pages(open_dialog, qtbot):
    paper = print_all(open_dialog(), qtbot)
    assert {font[3] for page in paper for font in page.get_fonts()} <= {"BIZUDMincho-Regular", "BIZUDGothic-Regular"}
    assert all(page.get_fonts() for page in paper)
    assert all(not page.get_images() for page in paper)


def test_the_whole_report_is_printed(open_dialog, qtbot, driver):
    dialog = open_dialog(whole=True)
    pages = dialog._layout.pages
    paper = print_all(dialog, qtbot)
    assert paper.page_count == len(pages) > 20
    everything = "".join(character for page in paper for character, *_ in lines_of(page))
    for item in driver.workplace.view.items:
        title = driver.stored(item.id, "item_title")
        assert title[:6] in everything


@pytest.mark.parametrize(("written", "numbers"), [("1-3,5", [1, 2, 3, 5]), ("２", [2]), ("5-4", [5, 4])])
def test_only_the_wanted_pages_are_printed_in_the_order_written(open_dialog, qtbot, written, numbers):
    dialog = open_dialog()
    dialog.choices.pages.setText(written)
    pages = dialog._layout.pages
    paper = print_all(dialog, qtbot)
    assert paper.page_count == len(numbers)
    for sheet, number in zip(paper, numbers, strict=True):
        text = marker(pages[number - 1])
        assert_stands(sheet, text, text.x, text.baseline)


@pytest.mark.parametrize(("written", "fault"), [("x", "unreadable"), ("9", "outside")])
def test_a_wrong_range_is_said_at_its_line_and_nothing_can_be_printed(open_dialog, written, fault):
    dialog = open_dialog()
    dialog.choices.pages.setText(written)
    assert dialog.choices.complaint.isVisible()
    assert dialog.choices.complaint.text() == word(f"print_{fault}", pages=5)
    assert not button_of(dialog, word("print_start")).isEnabled()
    dialog.choices.pages.setText("1")
    assert not dialog.choices.complaint.isVisible()
    assert button_of(dialog, word("print_start")).isEnabled()


def test_two_pages_on_a_sheet_of_a3_stand_above_each_other_at_full_size(open_dialog, qtbot):
    dialog = open_dialog()
    choose(dialog, arrangement=Arrangement.TWO_UP, paper=Paper.A3)
    pages = dialog._layout.pages
    paper = print_all(dialog, qtbot)
    assert paper.page_count == 3
    assert (round(paper[0].rect.width / MM), round(paper[0].rect.height / MM)) == (297, 420)
    upper, lower = marker(pages[0]), marker(pages[1])
    assert_stands(paper[0], upper, upper.x, upper.baseline)
    assert_stands(paper[0], lower, lower.x, lower.baseline + 210 * MM)


@pytest.mark.parametrize("binding", list(Binding))
def test_a_booklet_is_printed_in_the_order_of_its_leaves(open_dialog, qtbot, binding):
    dialog = open_dialog()
    choose(dialog, arrangement=Arrangement.BOOKLET, paper=Paper.A3, binding=binding)
    assert dialog.choices.chosen_sides is Sides.DUPLEX, "a booklet is proposed on both sides"
    pages, imposed = dialog._layout.pages, dialog._imposed
    paper = print_all(dialog, qtbot)
    order = booklet_order(len(pages))
    assert paper.page_count == len(order) == 4
    for sheet, places, side in zip(paper, order, imposed.sides, strict=True):
        assert [placement.page for placement in side] == [place for place in places if place is not None]
        for placement in side:
            text = marker(pages[placement.page])
            assert_stands(
                sheet, text, placement.x + text.x * placement.scale, placement.y + text.baseline * placement.scale
            )
    assert dialog._printers.turned is QPrinter.DuplexMode.DuplexShortSide


def test_fronts_and_backs_are_printed_one_after_the_other_by_hand(open_dialog, qtbot, tmp_path):
    seen = {}
    for sides in (Sides.FRONTS, Sides.BACKS, Sides.BACKS_REVERSED):
        dialog = open_dialog(PdfPrinters(tmp_path / f"{sides}.pdf", duplex=False))
        choose(dialog, sides=sides)
        assert dialog.choices.hint.text() == word("print_by_hand")
        pages = dialog._layout.pages
        paper = print_all(dialog, qtbot)
        seen[sides] = [len(lines_of(sheet)) for sheet in paper]
    counts = [sum(1 for text in page.all_texts() for c in text.text if not c.isspace()) for page in pages]
    assert len(seen[Sides.FRONTS]) == len(seen[Sides.BACKS]) == 3
    assert seen[Sides.BACKS][-1] == 0, "the last back is blank"
    assert seen[Sides.BACKS_REVERSED] == seen[Sides.BACKS][::-1]
    assert [n > 0 for n in seen[Sides.FRONTS]] == [True] * 3
    assert len(counts) == 5


def test_copies_follow_each_other_whole(open_dialog, qtbot):
    dialog = open_dialog()
    dialog.choices.pages.setText("1-3")
    choose(dialog, sides=Sides.DUPLEX)
    dialog.choices.copies._choose(2)
    pages = dialog._layout.pages
    paper = print_all(dialog, qtbot)
    assert paper.page_count == 8, "the last back of a copy is left blank, so that the next begins on a front"
    assert lines_of(paper[3]) == []
    text = marker(pages[0])
    assert_stands(paper[4], text, text.x, text.baseline)


def test_copies_are_written_in_any_width(open_dialog):
    dialog = open_dialog()
    field = dialog.choices.copies
    field.setFocus()
    type_text(field, "３")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.value == 3
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.value == 4
    assert "20" in dialog.summary.text()


def test_the_window_shows_the_sheets_as_they_will_be(open_dialog):
    dialog = open_dialog()
    assert dialog.area.view.sides == 5
    choose(dialog, arrangement=Arrangement.TWO_UP, paper=Paper.A3)
    assert dialog.area.view.sides == 3
    assert dialog.area.view.side_size == pytest.approx((297 * MM, 420 * MM))
    assert dialog.summary.text() == word(
        "print_summary", paper="A3", orientation=word("portrait"), percent=100, leaves=3
    )
    choose(dialog, sides=Sides.FRONTS)
    assert dialog.area.view.sides == 2
    picture = dialog.area.view.grab().toImage()
    shades = {picture.pixelColor(x, 200).lightness() for x in range(picture.width())}
    assert min(shades) < 120, "there is ink on the sheets"


@pytest.mark.parametrize(
    ("arrangement", "edge"),
    [
        (Arrangement.SINGLE, QPrinter.DuplexMode.DuplexShortSide),
        (Arrangement.TWO_UP, QPrinter.DuplexMode.DuplexLongSide),
        (Arrangement.BOOKLET, QPrinter.DuplexMode.DuplexShortSide),
    ],
)
def test_paper_is_turned_at_the_left_edge_of_what_is_read(open_dialog, qtbot, arrangement, edge):
    dialog = open_dialog()
    choose(dialog, arrangement=arrangement, sides=Sides.DUPLEX)
    print_all(dialog, qtbot)
    assert dialog._printers.turned is edge


def test_one_side_is_printed_where_nothing_else_is_chosen(open_dialog, qtbot):
    dialog = open_dialog()
    print_all(dialog, qtbot)
    assert dialog._printers.turned is QPrinter.DuplexMode.DuplexNone


def test_the_binding_is_asked_for_a_booklet_only(open_dialog):
    dialog = open_dialog()
    assert not dialog.choices.binding.isVisible()
    choose(dialog, arrangement=Arrangement.BOOKLET)
    assert dialog.choices.binding.isVisible()
    assert word("print_fold") in dialog.choices.hint.text()


def test_a_printer_that_cannot_turn_paper_is_told(open_dialog, tmp_path):
    dialog = open_dialog(PdfPrinters(tmp_path / "paper.pdf", duplex=False))
    choose(dialog, sides=Sides.DUPLEX)
    assert dialog.choices.hint.text() == word("print_no_duplex")


def test_without_a_printer_it_is_said_in_one_sentence_and_the_sheets_are_shown(open_dialog):
    dialog = open_dialog(NoPrinters())
    assert dialog.state.text() == word("print_no_printer")
    assert dialog.area.view.sides == 5
    assert not button_of(dialog, word("print_start")).isEnabled()


def test_a_printer_that_fails_is_told_and_the_window_stays(open_dialog, tmp_path, qtbot, qtlog):
    dialog = open_dialog(BrokenPrinters(tmp_path / "paper.pdf"))
    with qtlog.disabled():
        QTest.mouseClick(button_of(dialog, word("print_start")), Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: dialog.state.text() == word("print_failed"))
    assert dialog.isVisible()
    assert button_of(dialog, word("print_start")).isEnabled()


def test_printing_is_cancelled_between_two_sheets(open_dialog, qtbot):
    dialog = open_dialog(whole=True)
    QTest.mouseClick(button_of(dialog, word("print_start")), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.progress.value() > 2)
    assert dialog.progress.isVisible()
    QTest.mouseClick(button_of(dialog, word("cancel")), Qt.MouseButton.LeftButton)
    assert dialog.isVisible(), "the first press ends the printing, not the window"
    assert dialog.state.text() == word("print_cancelled")
    done = dialog.progress.value()
    QTest.qWait(50)
    assert dialog.progress.value() == done


def test_printing_that_is_let_go_in_the_middle_does_not_end_the_program(tmp_path):
    """Qt follows a painter to the printer that it began on, also where that is gone: a segmentation fault."""
    program = """
        import sys

        from PySide6.QtCore import QCoreApplication, QObject
        from PySide6.QtPrintSupport import QPrinter

        from hyoka_desktop.app import make_application
        from hyoka_desktop.paths import resource
        from hyoka_desktop.services.export import shipped_fonts
        from hyoka_desktop.services.imposition import Imposition, Paper
        from hyoka_desktop.ui.paper.glyphs import GlyphSetter
        from hyoka_desktop.ui.paper.painting import PagePainter
        from hyoka_desktop.ui.paper.printing import PrintOrder, PrintRun

        application = make_application()
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(sys.argv[1])
        empty = ((), (), ())
        order = PrintOrder((), Paper.A4, Imposition(595, 842, empty), empty, 1, False, "")
        painter, parent = PagePainter(GlyphSetter(resource("fonts"), shipped_fonts())), QObject()
        run = PrintRun(printer, order, painter, parent)
        run.start()
        del printer
        QCoreApplication.processEvents()
        assert 0 < run._done < len(run.sides)
        del run, parent
        print("alive")
    """
    command = [sys.executable, "-c", textwrap.dedent(program), str(tmp_path / "未完.pdf")]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, "alive\n"), done.stderr


def test_closing_while_the_pages_are_being_made_cancels_that(driver, open_dialog):
    window = driver.window
    dialog = PrintDialog(window, driver.workplace, window.queue, window.settings, window.fonts_folder)
    dialog.show()
    job = dialog._job
    dialog.reject()
    assert job.cancelled.is_set()
    assert not dialog.isVisible()
    dialog.deleteLater()


def test_ctrl_p_opens_the_window_and_says_what_was_sent(driver, dialogs, monkeypatch, tmp_path, qtbot):
    driver.go_item("Ⅰ-1", "basic")
    target = tmp_path / "paper.pdf"
    monkeypatch.setattr("hyoka_desktop.ui.dialogs.printing.Printers", lambda: PdfPrinters(target))

    def answer(dialog):
        dialog.choices.range.setCurrentIndex(1)
        assert dialog.choices.target == Target(item=driver.item_id("Ⅰ-1"))
        qtbot.waitUntil(lambda: button_of(dialog, word("print_start")).isEnabled(), timeout=10_000)
        press_button(word("print_start"))(dialog)

    with dialogs.expect(answer):
        driver.key(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
        QApplication.processEvents()
    qtbot.waitUntil(target.is_file)
    assert driver.window.statusBar().currentMessage() == word("print_done", printer=PRINTER, leaves=5)


def test_what_was_chosen_is_proposed_again_the_next_time(driver, dialogs, monkeypatch, tmp_path, qtbot):
    monkeypatch.setattr("hyoka_desktop.ui.dialogs.printing.Printers", lambda: PdfPrinters(tmp_path / "paper.pdf"))
    driver.go_computed()
    seen = []

    def print_once(dialog):
        assert dialog.choices.target is None
        dialog.choices.range.setCurrentIndex(1)
        assert dialog.choices.target == Target(part=driver.desk.entry.part), "the table that is shown"
        choose(dialog, arrangement=Arrangement.BOOKLET, paper=Paper.B4, binding=Binding.TOP, sides=Sides.FRONTS)
        qtbot.waitUntil(lambda: button_of(dialog, word("print_start")).isEnabled(), timeout=10_000)
        press_button(word("print_start"))(dialog)

    def look(dialog):
        seen.append((dialog.choices.request, dialog.choices.chosen_sides))
        dialog.reject()

    for answer in (print_once, look):
        with dialogs.expect(answer):
            driver.trigger("print")
    assert seen == [(Request(Arrangement.BOOKLET, Paper.B4, Binding.TOP), Sides.FRONTS)]


def test_everything_in_the_print_window_has_a_name(open_dialog):
    dialog = open_dialog()
    for widget in [*dialog.findChildren(QComboBox), *dialog.findChildren(QLineEdit), dialog.area]:
        if widget.isVisible():
            assert widget.accessibleName(), type(widget).__name__

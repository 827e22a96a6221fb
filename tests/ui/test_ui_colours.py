"""The themes keep the contrast that WCAG asks for, hold all colours, and change while the window runs."""

import os
import re
import subprocess
import sys
import textwrap
from dataclasses import FrozenInstanceError
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from hyoka_desktop.paths import resource
from hyoka_desktop.ui import theme
from hyoka_desktop.ui.colours import CONTRAST, DARK, LIGHT, THEMES, Scheme
from hyoka_desktop.ui.icons import _pixels, icon
from hyoka_desktop.ui.style import POINT_SIZE
from hyoka_desktop.ui.theme import COLOURS, TEXT_SIZES, look, system_colours

UI = Path(theme.__file__).parent
TEXTS = [
    *product(("text", "faint"), ("window", "paper", "locked", "accent_soft")),
    *product(("text", "faint", "accent"), ("desk",)),
    *product(("accent", "good", "warning", "bad"), ("window", "paper")),
    ("accent", "accent_soft"),
    ("accent_text", "accent"),
]
"""What is written on what."""
SHAPES = [
    *product(("edge", "accent", "bad"), ("window", "paper")),
    ("accent", "accent_soft"),
    ("accent", "desk"),
    ("faint", "window"),
    ("faint", "paper"),
    ("disabled", "window"),
    ("disabled", "paper"),
]
"""Borders, rings, bars, icons, and what they stand on. What is off needs no contrast, but is read all the same."""
SHEET_TEXTS = [*product(("sheet_ink",), ("sheet", "mark_field", "mark_match", "mark_current"))]
SHEET_SHAPES = [("sheet_accent", "sheet"), ("mark_edge", "mark_current"), ("mark_edge", "sheet")]


def contrast(one: str, other: str) -> float:
    """Tell the contrast ratio of WCAG 2.2."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.fixture
def usual_look(qapp):
    """Give back the look of the other tests."""
    yield look()
    look().choose(Scheme.SYSTEM, 100)


def test_contrast_is_reckoned_as_wcag_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", THEMES.values(), ids=lambda colours: colours.name)
def test_texts_and_shapes_stand_out_from_what_they_are_on(colours):
    text = 7 if colours is CONTRAST else 4.5
    wanted = [(*pair, text) for pair in TEXTS]
    wanted += [(*pair, 3) for pair in SHAPES]
    wanted += [(*pair, 7) for pair in SHEET_TEXTS] + [(*pair, 3) for pair in SHEET_SHAPES]
    found = {
        f"{one} on {other}": round(contrast(getattr(colours, one), getattr(colours, other)), 2)
        for one, other, least in wanted
        if contrast(getattr(colours, one), getattr(colours, other)) < least
    }
    assert found == {}


def test_paper_is_white_with_black_ink_in_every_theme():
    for colours in THEMES.values():
        assert (colours.sheet, colours.sheet_ink) == ("#ffffff", "#000000")


def test_a_theme_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        LIGHT.text = "#123456"


def test_no_other_module_of_the_window_writes_a_colour():
    colour = re.compile(r"#[0-9a-fA-F]{3,8}\b|QColor\(\s*[\"\d]|GlobalColor\.(?!transparent)")
    found = [
        f"{path.relative_to(UI)}: {line.strip()}"
        for path in UI.rglob("*.py")
        if path.name != "colours.py"
        for line in path.read_text(encoding="utf-8").splitlines()
        if colour.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("colours", THEMES.values(), ids=lambda colours: colours.name)
def test_the_arrow_of_a_choice_has_the_colour_of_its_theme(colours):
    drawing = (resource("icons") / f"arrow-{colours.name}.svg").read_text(encoding="ascii")
    assert f'stroke="{colours.faint}"' in drawing


class _Hints:
    def __init__(self, scheme, preference=None):
        self.colorScheme = lambda: scheme
        if preference is not None:
            self.accessibility = lambda: self
            self.contrastPreference = lambda: preference


def test_the_system_decides_unless_the_person_does(qapp):
    assert system_colours(_Hints(Qt.ColorScheme.Unknown)) is LIGHT
    assert system_colours(_Hints(Qt.ColorScheme.Light)) is LIGHT
    assert system_colours(_Hints(Qt.ColorScheme.Dark)) is DARK


@pytest.mark.skipif(not hasattr(Qt, "ContrastPreference"), reason="Qt tells it since 6.10")
def test_a_wish_of_the_system_for_contrast_goes_before_light_and_dark(qapp):
    assert system_colours(_Hints(Qt.ColorScheme.Light, Qt.ContrastPreference.HighContrast)) is CONTRAST
    assert system_colours(_Hints(Qt.ColorScheme.Dark, Qt.ContrastPreference.NoPreference)) is DARK


def test_the_window_changes_colours_while_it_runs(driver, usual_look):
    for scheme, colours in THEMES.items():
        driver.trigger(f"colours_{scheme.value}")
        QApplication.processEvents()
        picture = driver.window.grab().toImage()
        assert picture.pixelColor(
            driver.desk.tree.mapTo(driver.window, driver.desk.tree.rect().bottomLeft())
        ).name() in {
            colours.window,
            colours.line,
        }
        assert QApplication.palette().color(QPalette.ColorRole.Base).name() == colours.paper
        assert COLOURS.text == colours.text
        assert driver.window.actions_[f"colours_{scheme.value}"].isChecked()


def test_paper_stays_white_in_the_dark(driver, usual_look):
    driver.wait_preview("港湾")
    driver.trigger("colours_dark")
    view = driver.desk.preview.view
    x, y, *_ = view.placing.box(0)
    assert view.grab().toImage().pixelColor(round(x) + 6, round(y) + 6).name() == "#ffffff"


def _inks(made: QIcon, size: int) -> set[str]:
    image = made.pixmap(QSize(size, size), 1.0).toImage()
    pixels = (image.pixelColor(x, y) for x, y in product(range(image.width()), range(image.height())))
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


def test_icons_of_buttons_and_menus_take_the_colour_of_the_theme(driver, usual_look):
    driver.trigger("colours_contrast")
    print_action = driver.window.actions_["print"]
    assert _inks(print_action.icon(), 18) == {CONTRAST.faint}
    driver.trigger("colours_light")
    assert _inks(print_action.icon(), 18) == {LIGHT.faint}
    assert print_action.icon().cacheKey() == icon("printer").cacheKey()


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_an_icon_is_drawn_for_each_pixel_and_never_stretched(qapp, monkeypatch, ratio):
    screen = SimpleNamespace(devicePixelRatio=lambda: ratio)
    monkeypatch.setattr("hyoka_desktop.ui.icons.QGuiApplication.screens", lambda: [screen])
    assert {round(size * ratio) for size in (16, 18, 20)} <= set(_pixels())


@pytest.mark.parametrize("percent", TEXT_SIZES)
def test_texts_grow_in_the_window_and_are_kept_for_the_next_time(driver, usual_look, percent, tmp_path):
    driver.go_item("Ⅰ-1", "results")
    before = driver.edit("results", driver.row_ids("Ⅰ-1")[0]).fontMetrics().height()
    driver.trigger(f"text_{percent}")
    now = driver.edit("results", driver.row_ids("Ⅰ-1")[0]).fontMetrics().height()
    assert now == pytest.approx(before * percent / 100, abs=1.5)
    assert driver.tab.tab.id == "results", "the tab stays"
    assert driver.window.settings.text("text_size") == str(percent)


def test_what_was_typed_survives_another_size_of_text(driver, usual_look):
    driver.go_item("Ⅰ-1", "results")
    row = driver.row_ids("Ⅰ-1")[0]
    driver.type("results", "追記。", row)
    driver.trigger("text_150")
    assert driver.stored(row, "results").endswith("追記。")
    assert driver.edit("results", row).hasFocus(), "the cursor stays in the field"


def test_the_chosen_look_comes_back_with_the_next_window(open_window, usual_look):
    first = open_window()
    first.trigger("colours_dark")
    first.trigger("text_125")
    first.close()
    look().choose(Scheme.SYSTEM, 100)
    second = open_window()
    assert (look().scheme, look().text_size) == (Scheme.DARK, 125)
    assert second.window.actions_["colours_dark"].isChecked()
    assert second.window.actions_["text_125"].isChecked()


def test_a_damaged_setting_counts_as_the_usual_look(open_window, usual_look, tmp_path):
    (tmp_path / "settings").mkdir()
    (tmp_path / "settings" / "settings.json").write_text('{"colours": "pink", "text_size": "9999"}', encoding="utf-8")
    open_window()
    assert (look().scheme, look().text_size) == (Scheme.SYSTEM, 100)


def test_a_theme_can_change_after_a_widget_died_that_was_measured_and_never_shown():
    """Freed memory is filled with junk (glibc), so that an address that Qt kept by mistake ends the program."""
    program = """
        import shiboken6
        from PySide6.QtWidgets import QPushButton, QStyle

        from hyoka_desktop.app import make_application
        from hyoka_desktop.ui.colours import Scheme
        from hyoka_desktop.ui.theme import look

        application = make_application()
        buttons = [QPushButton() for _ in range(50)]
        for scheme in (Scheme.DARK, Scheme.LIGHT):
            for button in buttons:
                button.style().pixelMetric(QStyle.PixelMetric.PM_ButtonMargin, None, button)
            look().choose(scheme, 100)
        for button in buttons:
            button.style().pixelMetric(QStyle.PixelMetric.PM_ButtonMargin, None, button)
            shiboken6.delete(button)
        application.setStyleSheet("QLabel { padding: 5px; }")
        print("alive")
    """
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "MALLOC_PERTURB_": "165"}
    command = [sys.executable, "-c", textwrap.dedent(program)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, "alive\n"), done.stderr


def test_menus_and_lists_have_the_chosen_font_where_the_system_has_fonts_of_its_own_for_them(
    usual_look, qapp, monkeypatch
) -> None:
    """On Windows Qt gives them the system's fonts anew whenever a first style sheet is set."""
    set_sheet = QApplication.setStyleSheet

    def as_on_windows(application: QApplication, sheet: str) -> None:
        set_sheet(application, sheet)
        for kind in ("QMenu", "QMenuBar", "QAbstractItemView", "QTipLabel", "QMessageBox"):
            QApplication.setFont(QFont("MS Shell Dlg", 8), kind)

    monkeypatch.setattr(QApplication, "setStyleSheet", as_on_windows)
    look().choose(Scheme.DARK, 125)
    chosen = QApplication.font()
    assert chosen.pointSizeF() == pytest.approx(POINT_SIZE * 1.25, abs=0.1)
    assert {QApplication.font(kind) == chosen for kind in ("QMenu", "QAbstractItemView", "QMessageBox")} == {True}

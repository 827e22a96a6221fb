"""Texts in glyphs: at the places that the typesetter gave them, at any zoom, and the right shapes."""

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from hyoka_desktop.paths import resource
from hyoka_desktop.services.export import ExportRequest, prepare, shipped_fonts
from hyoka_desktop.typeset.frames import Fill, PageFrame, Rule, Text
from hyoka_desktop.ui.paper.glyphs import GlyphSetter
from hyoka_desktop.ui.paper.painting import PagePainter

MINCHO = "BIZUDMincho-Regular.ttf"
SIZE = 10.0


@pytest.fixture
def setter(qapp):
    return GlyphSetter(resource("fonts"), shipped_fonts())


def text(written, **more):
    return Text(20, 30, SIZE * len(written), MINCHO, SIZE, written, **more)


def starts(setter, written, zoom=1.0):
    return [point.x() for point in setter.run(written, zoom).positions()]


def test_kanji_stand_a_full_width_apart_at_any_zoom(setter):
    assert starts(setter, text("評価書")) == pytest.approx([0, 10, 20])
    assert starts(setter, text("評価書"), 2.5) == pytest.approx([0, 25, 50])


def test_latin_letters_and_digits_are_narrower(setter):
    assert starts(setter, text("A1書")) == pytest.approx([0, 5, 10], abs=1.5)


def test_gaps_move_what_follows(setter):
    spaced = text("評価A書", gaps=(0.0, 2.5, 1.0, 0.0))
    plain = starts(setter, text("評価A書"))
    assert starts(setter, spaced) == pytest.approx([plain[0], plain[1], plain[2] + 2.5, plain[3] + 3.5])


def test_a_variation_is_one_glyph_of_its_own(setter):
    plain, varied = setter.run(text("葛城"), 1.0), setter.run(text("葛\U000e0100城"), 1.0)
    assert len(varied.glyphIndexes()) == 2
    assert [point.x() for point in varied.positions()] == [point.x() for point in plain.positions()]
    assert varied.glyphIndexes()[1] == plain.glyphIndexes()[1]


def test_a_character_beyond_the_first_plane_is_one_glyph(setter):
    run = setter.run(text("𠮟る"), 1.0)
    assert len(run.glyphIndexes()) == 2
    assert all(run.glyphIndexes())


def test_a_character_that_the_font_lacks_keeps_its_place(setter):
    assert starts(setter, text("前\U0001f600後")) == pytest.approx([0, 10, 20])


@pytest.mark.parametrize(
    ("written", "start", "end", "extent"),
    [
        ("評価書", 0, 3, (0, 30)),
        ("評価書", 1, 2, (10, 20)),
        ("葛\U000e0100城市", 0, 2, (0, 10)),
        ("葛\U000e0100城市", 2, 3, (10, 20)),
        ("𠮟る", 1, 2, (10, 20)),
    ],
)
def test_the_extent_of_some_characters_is_known(setter, written, start, end, extent):
    assert setter.extent(text(written), start, end) == pytest.approx(extent)


def test_the_extent_counts_gaps(setter):
    assert setter.extent(text("評価書", gaps=(3.0, 0.0, 0.0)), 1, 2) == pytest.approx((13, 23))


def test_every_text_of_the_sample_is_as_wide_as_the_typesetter_made_it(setter, iaa, sample_view):
    pages = prepare(iaa, sample_view, ExportRequest()).layout.pages
    texts = [one for page in pages for one in page.all_texts() if one.text == one.text.strip()]
    assert len(texts) > 2000
    assert any(one.gaps for one in texts)
    wrong = [
        (one.text, one.width, end)
        for one in texts
        if abs((end := setter.extent(one, 0, len(one.text))[1]) - one.width) > 0.05
    ]
    assert wrong == []


def painted(setter, page, zoom, ratio=1.0):
    image = QImage(round(100 * zoom * ratio), round(60 * zoom * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("white"))
    painter = QPainter(image)
    PagePainter(setter).paint(painter, page, zoom)
    painter.end()
    return image


def dark_columns(image):
    return [
        x for x in range(image.width()) if any(image.pixelColor(x, y).lightness() < 128 for y in range(image.height()))
    ]


@pytest.mark.parametrize("zoom", [2.0, 6.0, 12.0])
@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_ink_is_where_the_text_stands_on_any_screen(setter, zoom, ratio):
    page = PageFrame(None, texts=[text("口口")])
    columns = dark_columns(painted(setter, page, zoom, ratio))
    scale = zoom * ratio
    assert 20 * scale <= columns[0] < 23 * scale
    assert 37 * scale < columns[-1] <= 40 * scale


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("place", [10.0, 10.3, 10.77])
def test_a_rule_is_whole_pixels_on_any_screen(setter, ratio, place):
    page = PageFrame(None, rules=[Rule(place, 5, place, 40, 1.0)])
    image = painted(setter, page, 1.0, ratio)
    row = [image.pixelColor(x, image.height() // 2).lightness() for x in range(image.width())]
    inked = [shade for shade in row if shade < 255]
    assert len(inked) == max(round(ratio), 1)
    assert len(set(inked)) == 1


def test_a_tint_is_painted_under_the_text(setter):
    page = PageFrame(None, texts=[text("口")], fills=[Fill(0, 0, 100, 60, 0.9)])
    image = painted(setter, page, 4.0)
    assert image.pixelColor(2, 2).lightness() == pytest.approx(230, abs=1)
    assert dark_columns(image)


def test_what_is_not_exposed_is_not_painted(setter):
    page = PageFrame(None, texts=[text("口"), Text(20, 50, SIZE, MINCHO, SIZE, "口")])
    image = QImage(100, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    PagePainter(setter).paint(painter, page, 1.0, exposed=image.rect().adjusted(0, 0, 0, -22).toRectF())
    painter.end()
    rows = [y for y in range(60) if any(image.pixelColor(x, y).lightness() < 200 for x in range(100))]
    assert rows
    assert max(rows) < 40

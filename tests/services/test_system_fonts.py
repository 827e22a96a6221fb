"""Fonts of the computer stand in for what the bundled ones lack, and only for that."""

import shutil

import pytest

from hyoka_desktop.paths import resource
from hyoka_desktop.services import systemfonts
from hyoka_desktop.services.export import shipped_fonts
from hyoka_desktop.typeset.fonts import FontLibrary

MINCHO = "BIZUDMincho-Regular.ttf"
RARE = "𠮷"


@pytest.fixture
def fonts_of_this_computer(tmp_path, monkeypatch):
    """A folder of fonts in which one known font and one that nobody asked for lie."""
    folder = tmp_path / "fonts" / "日本語"
    folder.mkdir(parents=True)
    for name in ("IPAmjm.ttf", "unknown.ttf"):
        shutil.copy(resource("fonts", "HyokaSupplementMincho-Regular.ttf"), folder / name)
    monkeypatch.setattr(systemfonts, "_folders", lambda: [tmp_path / "fonts", tmp_path / "none"])
    systemfonts.system_fonts.cache_clear()
    yield folder
    systemfonts.system_fonts.cache_clear()


def test_known_fonts_are_found_by_name_wherever_they_lie(fonts_of_this_computer):
    assert systemfonts.system_fonts() == (str(fonts_of_this_computer / "IPAmjm.ttf"),)


def test_a_font_of_the_computer_sets_what_the_bundled_ones_lack(fonts_of_this_computer):
    library = FontLibrary(resource("fonts"), systemfonts.system_fonts())
    own = str(fonts_of_this_computer / "IPAmjm.ttf")
    assert library.spans(MINCHO, f"評価{RARE}野") == [(MINCHO, "評価"), (own, RARE), (MINCHO, "野")]
    assert library.missing(MINCHO, RARE) == frozenset()
    assert FontLibrary(resource("fonts")).missing(MINCHO, RARE) == {RARE}


def test_the_bundled_supplement_comes_before_the_fonts_of_the_computer(fonts_of_this_computer):
    supplement = "HyokaSupplementMincho-Regular.ttf"
    library = FontLibrary(resource("fonts"), (supplement, *systemfonts.system_fonts()))
    assert library.spans(MINCHO, RARE) == [(supplement, RARE)]


def test_the_computer_is_searched_only_when_a_character_is_in_no_bundled_font(tmp_path, monkeypatch):
    searched = []

    def folders():
        searched.append(1)
        return [tmp_path]

    monkeypatch.setattr(systemfonts, "_folders", folders)
    systemfonts.system_fonts.cache_clear()
    library = shipped_fonts()
    assert library.missing(MINCHO, f"評価書の業務実績{RARE}\t①") == frozenset()
    assert not searched
    assert library.missing(MINCHO, "\U000f0000\U000f0001") == {"\U000f0000", "\U000f0001"}
    assert searched == [1]
    systemfonts.system_fonts.cache_clear()

"""A document that comes back as it was handed out changes nothing, whatever was taken out of it on its way."""

import re

import pytest
from office import convert
from returned_files import PASSPORT, WordFile, hand_out, read, with_texts

from hyoka_desktop.compose.options import MinisterCells, Options
from hyoka_desktop.compose.report import compose_report
from hyoka_desktop.exchange.word.notes import NoteCode
from hyoka_desktop.exchange.word.reader import passports_of
from hyoka_desktop.exchange.word.return_reader import read_returned
from hyoka_desktop.services.handout_cells import expected_of
from hyoka_desktop.writers.docx import write_docx
from hyoka_desktop.writers.docx_markup import BOOKMARK

NAMES = ("sample", "model", "empty-iaa-annual", "empty-jlis-annual", "stress-iaa-annual", "stress-jlis-annual")
HIDDEN = ("bookmarks", "properties", "styles", "footer")
_CAPTION = re.compile(f"{BOOKMARK}[a-z]+[0-9]+_c[0-9]+")
HARD = (
    "\u00ad軟\u00ad\u2011硬-\u2010\u2012\u2013\u2014\u2015～〜\u301c−",
    "  先頭と末尾の空白  \t\tタブ\t",
    "か\u3099\u304c゛ ｶﾞ葛\U000e0100\u845b 𠮟\ue000\uf8ff",
    "e\u0301é 👨\u200d👩\u200d👧 ①㈱㍻\u00a0\u3000|",
    "<w:p>&amp;]]>\"'_x0041_ {policy} =1+1 %s\\",
    "\n\n途中\n\n\n空行\n",
    "・箇条\n１．番号\n(1) 括弧\n　字下げ",
    "\U0001f1ef\U0001f1f5 ‼⁉ ｱｲｳ ﷺ العربية עברית",
)


@pytest.fixture(scope="session")
def handed(build_by_name):
    """Hand a report out as a whole, once."""
    made = {}

    def by_name(name):
        if name not in made:
            built = build_by_name(name)
            made[name] = hand_out(built.form, built.view)
        return made[name]

    return by_name


@pytest.fixture(scope="session")
def hard(build_by_name):
    """Hand a sample out in which every prose field holds a text that formats are likely to break."""
    built = build_by_name("sample")
    hidden = hand_out(built.form, built.view)
    prose = sorted(a for a in hidden.expected.addresses if built.form.fields[a.field].kind.value == "text")
    texts = {address: HARD[place % len(HARD)] for place, address in enumerate(prose)}
    return hand_out(built.form, with_texts(built.view, texts))


def assert_nothing_changed(handed, returned):
    assert handed.changes(returned) == {}
    assert returned.unplaced == frozenset()
    assert [(r.code, r.place, r.before, r.after) for r in returned.notes] == []
    assert (returned.revisions, returned.comments) == ((), ())
    assert returned.texts.keys() == handed.expected.addresses
    assert returned.passport == PASSPORT


@pytest.mark.parametrize("name", NAMES)
def test_what_comes_back_untouched_changes_nothing(handed, tmp_path, name):
    assert_nothing_changed(handed(name), read(handed(name), WordFile(handed(name).docx), tmp_path))


def test_texts_that_formats_are_likely_to_break_come_back_as_they_were(hard, tmp_path):
    assert_nothing_changed(hard, read(hard, WordFile(hard.docx), tmp_path))


def test_what_libreoffice_saved_again_changes_nothing(handed, hard, tmp_path):
    sent = {name: handed(name) for name in NAMES} | {"hard": hard}
    (tmp_path / "sent").mkdir()
    for name, one in sent.items():
        (tmp_path / "sent" / f"{name}.docx").write_bytes(one.docx)
    convert(tmp_path, [f"sent/{name}.docx" for name in sent], "docx")
    for name, one in sent.items():
        assert_nothing_changed(one, read_returned(tmp_path / f"{name}.docx", one.expected))


@pytest.mark.parametrize("kinds", [*((kind,) for kind in HIDDEN), HIDDEN], ids="+".join)
@pytest.mark.parametrize("name", NAMES)
def test_with_hidden_data_taken_out_the_fields_are_still_placed(handed, tmp_path, name, kinds, record_property):
    one, word = handed(name), WordFile(handed(name).docx)
    word.clean(*kinds)
    returned = read(one, word, tmp_path)
    share = len(returned.texts) / len(one.expected.addresses)
    record_property("placed", f"{share:.1%}")
    assert share >= 0.95
    assert one.changes(returned) == {}
    if "bookmarks" not in kinds:
        assert share == 1


def test_a_file_without_any_passport_says_so(handed, tmp_path):
    one, word = handed("sample"), WordFile(handed("sample").docx)
    word.clean(*HIDDEN)
    returned = read(one, word, tmp_path)
    assert returned.passport == ""
    assert NoteCode.NO_PASSPORT in {note.code for note in returned.notes}


@pytest.mark.parametrize("left", ["properties", "footer", "keywords"])
def test_any_one_place_of_the_passport_is_enough(handed, tmp_path, left):
    word = WordFile(handed("sample").docx)
    if left != "footer":
        word.clean("footer")
    if left == "footer":
        word.clean("properties")
    if left == "properties":
        word.parts["docProps/core.xml"] = word.parts["docProps/core.xml"].replace(PASSPORT.encode(), b"")
    if left == "keywords":
        word.parts.pop("docProps/custom.xml")
    assert passports_of(word.saved(tmp_path / "a.docx")) == (PASSPORT,)


def test_a_passport_of_another_hand_out_is_told(handed, tmp_path):
    one, word = handed("sample"), WordFile(handed("sample").docx)
    other = PASSPORT.replace("依頼1", "依頼2")
    word.parts = {name: part.replace(PASSPORT.encode(), other.encode()) for name, part in word.parts.items()}
    returned = read(one, word, tmp_path)
    assert [(r.code, r.before, r.after) for r in returned.notes] == [(NoteCode.OTHER_PASSPORT, PASSPORT, other)]


def test_every_bookmark_that_is_expected_stands_in_the_document_at_its_caption(handed):
    for name in NAMES:
        one = handed(name)
        word = WordFile(one.docx)
        found = {
            mark.get(f"{{{mark.nsmap['w']}}}name"): mark.getparent() for mark in word.body.iter("{*}bookmarkStart")
        }
        captions = {cell.anchor: cell for _, table in one.expected.tables for cell in table.cells if cell.anchor}
        assert captions.keys() == {name for name in found if _CAPTION.fullmatch(name)}
        for anchor, cell in captions.items():
            assert "".join(t.text for t in found[anchor].iter("{*}t")) == cell.lines[0]


def test_what_the_ministry_wrote_and_was_not_shown_is_not_taken_for_deleted(build_by_name, tmp_path):
    built = build_by_name("sample")
    options = Options(minister=MinisterCells.BLANK)
    document = compose_report(built.form, built.view, options)
    (tmp_path / "a.docx").write_bytes(write_docx(document, {}))
    returned = read_returned(tmp_path / "a.docx", expected_of(document, built.form, built.view, options))
    stored = {address: built.view.snapshot.stored(address) or "" for address in returned.texts}
    assert returned.texts == stored
    assert any(text and address.field == "minister_rating" for address, text in stored.items())

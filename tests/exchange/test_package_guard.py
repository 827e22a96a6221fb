"""Packages of Office from outside are measured before any parser sees them, and refused by name."""

import io
import zipfile

import pytest

from hyoka_desktop.errors import InputError
from hyoka_desktop.exchange import package_guard
from hyoka_desktop.exchange.package_guard import open_package

PLAIN = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<a><b c='1'/></a>"}


@pytest.fixture
def packed(tmp_path):
    def pack(parts, compression=zipfile.ZIP_DEFLATED):
        path = tmp_path / "外.docx"
        with zipfile.ZipFile(path, "w", compression) as package:
            for name, content in parts.items():
                package.writestr(name, content)
        return path

    return pack


def refusal(path, name="word/document.xml"):
    with pytest.raises(InputError) as caught:
        open_package(path).xml(name)
    assert caught.value.parameters == {"path": str(path)}
    return caught.value.code


def test_a_plain_package_is_read(packed):
    package = open_package(packed(PLAIN))
    assert [child.attrib for child in package.xml("word/document.xml")] == [{"c": "1"}]
    assert package.has("word/document.xml")
    assert not package.has("word/comments.xml")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_part_in_an_encoding_of_office_is_read(packed, encoding):
    declared = "UTF-16" if encoding == "utf-16" else "UTF-8"
    text = f'<?xml version="1.0" encoding="{declared}"?>\n<a>項目</a>'
    assert open_package(packed({"a.xml": text.encode(encoding)})).xml("a.xml").text == "項目"


@pytest.mark.parametrize(
    "name",
    [
        "../outside.xml",
        "word/../../x.xml",
        "/etc/x.xml",
        "C:/x.xml",
        "word\\..\\x.xml",
        "WORD/document.xml",
        "a\x01.xml",
    ],
)
def test_a_name_that_leads_out_or_stands_twice_is_refused(packed, name):
    assert refusal(packed({**PLAIN, name: "<a/>"})) == "package_names"


def test_a_name_of_two_entries_is_refused(tmp_path, recwarn):
    path = tmp_path / "外.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<a/>")
        package.writestr("word/document.xml", "<b/>")
    recwarn.clear()
    assert refusal(path) == "package_names"


@pytest.mark.parametrize(
    "parts",
    [
        {"word/vbaProject.bin": b"x"},
        {"word/VBAPROJECT.BIN": b"x"},
        {"[Content_Types].xml": '<Types><Default ContentType="application/vnd.macroEnabled.main+xml"/></Types>'},
        {"[Content_Types].xml": '<?xml version="1.0"?><Types a="macroEnabled"/>'.encode("utf-16")},
    ],
)  # fmt: skip
def test_macros_are_refused_however_they_are_declared(packed, parts):
    assert refusal(packed({**PLAIN, **parts})) == "package_macros"


def test_a_part_that_is_packed_too_far_is_refused_before_it_is_unpacked(packed):
    assert refusal(packed({**PLAIN, "word/media/a.bin": bytes(package_guard.SMALL * 2)})) == "package_too_large"


def test_a_small_part_may_be_packed_as_far_as_it_likes(packed):
    content = b"<a>" + b" " * (package_guard.SMALL - 7) + b"</a>"
    assert open_package(packed({"a.xml": content})).xml("a.xml").tag == "a"


def test_parts_that_are_too_much_together_are_refused(packed, monkeypatch):
    monkeypatch.setattr(package_guard, "LARGEST_CONTENT", 1_000)
    assert refusal(packed({**PLAIN, "a.bin": bytes(range(250)) * 4})) == "package_too_large"


def test_a_part_that_is_too_much_xml_is_refused_before_it_is_read(packed, monkeypatch):
    monkeypatch.setattr(package_guard, "LARGEST_XML", 5)
    assert refusal(packed({"word/document.xml": "<abcd/>"})) == "package_too_large"


@pytest.mark.parametrize(("limit", "most"), [("MOST_TAGS", 1), ("MOST_MARKUP", 2)])
def test_too_many_tags_and_attributes_are_refused_before_any_parser(packed, monkeypatch, limit, most):
    monkeypatch.setattr(package_guard, limit, most)
    monkeypatch.setattr(package_guard.ElementTree, "XMLParser", None)
    assert refusal(packed(PLAIN)) == "package_too_large"


def test_a_directory_of_very_many_entries_is_refused_before_it_is_read(packed, monkeypatch):
    path = packed(PLAIN)
    path.write_bytes(path.read_bytes() + package_guard._ENTRY_MARK * (package_guard._MOST_MARKS + 1))
    monkeypatch.setattr(package_guard.zipfile, "ZipFile", None)
    assert refusal(path) == "package_too_large"


def test_elements_that_stand_in_each_other_very_deep_do_not_break_the_parser(packed):
    deep = 100_000
    assert open_package(packed({"a.xml": "<a>" * deep + "</a>" * deep})).xml("a.xml").tag == "a"


def test_an_encrypted_entry_is_refused(packed):
    content = bytearray(packed(PLAIN).read_bytes())
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        content[content.index(mark) + place] |= 1
    path = packed(PLAIN)
    path.write_bytes(content)
    assert refusal(path) == "package_old_or_locked"


@pytest.mark.parametrize("declaration", ["<!DOCTYPE a>", '<!DOCTYPE a [<!ENTITY b "c">]>'])
def test_a_document_type_is_refused(packed, declaration):
    assert refusal(packed({"word/document.xml": declaration + "<a/>"})) == "package_document_type"


def test_a_zip_whose_end_is_cut_off_is_refused(tmp_path, packed):
    path = packed(PLAIN)
    path.write_bytes(path.read_bytes()[:-30])
    assert refusal(path) == "package_damaged"


def test_a_part_whose_bytes_were_changed_is_refused(packed):
    path = packed(PLAIN, zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"<b c", b"<d c"))
    assert refusal(path) == "package_damaged"


def test_what_is_asked_for_and_not_there_is_a_damaged_package(packed):
    assert refusal(packed(PLAIN), "word/none.xml") == "package_damaged"


def test_a_package_in_a_package_counts_as_one_part(packed):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
    assert open_package(packed({**PLAIN, "word/embeddings/a.xlsx": inner.getvalue()})).has("word/embeddings/a.xlsx")

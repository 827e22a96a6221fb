"""The words of WordprocessingML that several parts of a .docx share (ECMA-376 transitional)."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from hyoka_desktop.document.model import Align
from hyoka_desktop.writers.package import escaped

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES: Final = f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TABLE_STYLE: Final = "HyokaTable"
JUSTIFICATION: Final[Mapping[Align, str]] = {
    Align.START: "left",
    Align.CENTER: "center",
    Align.END: "right",
    Align.JUSTIFY: "both",
    Align.DISTRIBUTE: "distribute",
}


BOOKMARK: Final = "_Hyoka_"
"""Begins the names of our bookmarks; Word hides those that begin with an underscore."""


def label_anchor(section: str, number: int) -> str:
    """Name the place of a caption in a table by its number in its section, captions without text left out."""
    return f"{section}_c{number}"


def quoteattr(text: str) -> str:
    """Write an attribute value with its quotes."""
    return f'"{escaped(text)}"'


@cache
def style_id(name: str) -> str:
    """Tell the id in Word of one of our styles."""
    return "Hyoka" + "".join(part.capitalize() for part in name.split("_"))


def field(instruction: str, result: str) -> str:
    """Write a complex field with its cached result."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t xml:space="preserve">{escaped(result)}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def plain_run(text: str, properties: str = "") -> str:
    """Write a run of text with the properties given as markup."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'

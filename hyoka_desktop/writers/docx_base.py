"""The parts of a .docx around its text: a slim package for python-docx to open, with real styles and clean metadata.

ECMA-376 transitional. The order of elements is that of the schema.
"""

import io
import zipfile
from collections.abc import Mapping
from typing import Final

from hyoka_desktop.document.model import Align, Document, Font, Style, TableStyle
from hyoka_desktop.typeset.linebreak import NOT_AT_LINE_END, NOT_AT_LINE_START
from hyoka_desktop.writers.package import FIXED_ZIP_TIME, escaped

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES: Final = f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
FOOTER_RELATION: Final = "rIdFooter"
TABLE_STYLE: Final = "HyokaTable"
JUSTIFICATION: Final[Mapping[Align, str]] = {
    Align.START: "left",
    Align.CENTER: "center",
    Align.END: "right",
    Align.JUSTIFY: "both",
    Align.DISTRIBUTE: "distribute",
}

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_HEADINGS: Final[Mapping[str, tuple[str, int]]] = {"heading_1": ("heading 1", 0), "heading_2": ("heading 2", 1)}
_EIGHTHS_PER_POINT = 8


def quoteattr(text: str) -> str:
    """Write an attribute value with its quotes."""
    return f'"{escaped(text)}"'


def style_id(name: str) -> str:
    """Tell the id in Word of one of our styles."""
    return "Hyoka" + "".join(part.capitalize() for part in name.split("_"))


def base_package(document: Document, table: TableStyle) -> io.BytesIO:
    """Build the package without its text."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/_rels/document.xml.rels": _relations(
            {
                "rIdStyles": ("styles", "styles.xml"),
                "rIdSettings": ("settings", "settings.xml"),
                "rIdFonts": ("fontTable", "fontTable.xml"),
                FOOTER_RELATION: ("footer", "footer1.xml"),
            }
        ),
        "word/document.xml": f"{_HEAD}<w:document {NAMESPACES}><w:body><w:p/></w:body></w:document>",
        "word/styles.xml": _styles(document, table),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _font_table({style.font for style in document.styles.values()}),
        "word/footer1.xml": _footer(document),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name, FIXED_ZIP_TIME), text)
    target.seek(0)
    return target


def field(instruction: str, result: str, run_properties: str = "") -> str:
    """Write a complex field with its cached result."""
    run = f"<w:r>{run_properties}"
    return (
        f'{run}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'{run}<w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'{run}<w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run}<w:t xml:space="preserve">{escaped(result)}</w:t></w:r>'
        f'{run}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def _styles(document: Document, table: TableStyle) -> str:
    body = document.styles["body"]
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_run_properties(body)}"
        '<w:lang w:val="en-US" w:eastAsia="ja-JP" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:widowControl/><w:kinsoku/><w:overflowPunct w:val="0"/><w:autoSpaceDE/>'
        '<w:autoSpaceDN/><w:snapToGrid w:val="0"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{_spacing(body)}</w:pPr></w:style>"
    )
    named = "".join(_style(name, style) for name, style in document.styles.items())
    return f"{_HEAD}<w:styles {NAMESPACES}>{defaults}{normal}{_table_styles(table)}{named}</w:styles>"


def _style(name: str, style: Style) -> str:
    word_name, level = _HEADINGS.get(name, (f"評価書 {name}", None))
    heading = level is not None
    return (
        f'<w:style w:type="paragraph"{"" if heading else " w:customStyle=" + quoteattr("1")}'
        f' w:styleId="{style_id(name)}"><w:name w:val={quoteattr(word_name)}/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{'<w:keepNext/>' if heading else ''}{_latin_space(style)}{_spacing(style)}{_indent(style)}"
        f'<w:jc w:val="{JUSTIFICATION[style.align]}"/>'
        f"{f'<w:outlineLvl w:val={quoteattr(str(level))}/>' if heading else ''}</w:pPr>"
        f"<w:rPr>{_run_properties(style)}</w:rPr></w:style>"
    )


def _spacing(style: Style) -> str:
    return (
        f'<w:spacing w:before="{style.before.twips}" w:after="{style.after.twips}"'
        f' w:line="{style.leading.twips}" w:lineRule="exact"/>'
    )


def _latin_space(style: Style) -> str:
    """Write the space between Japanese and Latin text, which Word measures by itself, where the style has none."""
    return "" if style.latin_space else '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'


def _indent(style: Style) -> str:
    return f'<w:ind w:left="{style.indent.twips}"/>' if style.indent else ""


def _run_properties(style: Style) -> str:
    font = quoteattr(style.font.word)
    size = style.size.half_points
    return (
        f"<w:rFonts w:ascii={font} w:hAnsi={font} w:eastAsia={font} w:cs={font}/>"
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    )


def _table_styles(table: TableStyle) -> str:
    rule = round(table.rule.pt * _EIGHTHS_PER_POINT)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="{rule}" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    x, y = table.padding_x.twips, table.padding_y.twips
    margins = (
        f'<w:tblCellMar><w:top w:w="{y}" w:type="dxa"/><w:left w:w="{x}" w:type="dxa"/>'
        f'<w:bottom w:w="{y}" w:type="dxa"/><w:right w:w="{x}" w:type="dxa"/></w:tblCellMar>'
    )
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority'
        ' w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{TABLE_STYLE}"><w:name w:val="評価書 表"/>'
        '<w:basedOn w:val="TableNormal"/><w:tblPr>'
        f"<w:tblBorders>{borders}</w:tblBorders>{margins}</w:tblPr></w:style>"
    )


def _settings() -> str:
    start = quoteattr("".join(sorted(NOT_AT_LINE_START)))
    end = quoteattr("".join(sorted(NOT_AT_LINE_END)))
    return (
        f'{_HEAD}<w:settings {NAMESPACES}><w:defaultTabStop w:val="840"/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:noLineBreaksAfter w:lang="ja-JP" w:val={end}/><w:noLineBreaksBefore w:lang="ja-JP" w:val={start}/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        ' w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="ja-JP"/></w:settings>'
    )


def _font_table(fonts: set[Font]) -> str:
    entries = "".join(
        f"<w:font w:name={quoteattr(font.word)}>"
        + (f"<w:altName w:val={quoteattr(font.word_alternative)}/>" if font.word_alternative else "")
        + '<w:charset w:val="80"/></w:font>'
        for font in sorted(fonts, key=lambda font: font.word)
    )
    return f"{_HEAD}<w:fonts {NAMESPACES}>{entries}</w:fonts>"


def _footer(document: Document) -> str:
    before, _, after = document.page_number.partition("{page}")
    style = style_id(document.page_number_style.name)
    text = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    return (
        f'{_HEAD}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f"{text.format(escaped(before))}{field('PAGE', '1')}{text.format(escaped(after))}</w:p></w:ftr>"
    )


def _content_types() -> str:
    kinds = {"document": "document.main", "styles": "styles", "settings": "settings"}
    kinds |= {"fontTable": "fontTable", "footer1": "footer"}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_PART}{kind}+xml"/>' for name, kind in kinds.items()
    )
    return (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(relations: Mapping[str, tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="{name}" Type="{_RELATION}{kind}" Target="{target}"/>'
        for name, (kind, target) in relations.items()
    )
    return (
        f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{entries}</Relationships>"
    )

"""Styles, settings and fonts of a .docx (ECMA-376 transitional). The order of elements is that of the schema."""

from collections.abc import Mapping
from typing import Final

from hyoka_desktop.document.model import Document, Font, Style, TableStyle
from hyoka_desktop.typeset.linebreak import NOT_AT_LINE_END, NOT_AT_LINE_START
from hyoka_desktop.writers.docx_markup import HEAD, JUSTIFICATION, NAMESPACES, TABLE_STYLE, quoteattr, style_id

_HEADINGS: Final[Mapping[str, tuple[str, int]]] = {"heading_1": ("heading 1", 0), "heading_2": ("heading 2", 1)}
_EIGHTHS_PER_POINT = 8


def styles_part(document: Document, table: TableStyle) -> str:
    """Write the styles: an agency can change them in Word."""
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
    return f"{HEAD}<w:styles {NAMESPACES}>{defaults}{normal}{_table_styles(table)}{named}</w:styles>"


def _style(name: str, style: Style) -> str:
    word_name, level = _HEADINGS.get(name, (f"評価書 {style.label or name}", None))
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


def settings_part(*, tracked: bool) -> str:
    """Write the settings: line breaking by our own sets, no 互換モード, and whether changes are tracked."""
    tracking = "<w:trackRevisions/>" if tracked else ""
    start = quoteattr("".join(sorted(NOT_AT_LINE_START)))
    end = quoteattr("".join(sorted(NOT_AT_LINE_END)))
    return (
        f'{HEAD}<w:settings {NAMESPACES}>{tracking}<w:defaultTabStop w:val="840"/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:noLineBreaksAfter w:lang="ja-JP" w:val={end}/><w:noLineBreaksBefore w:lang="ja-JP" w:val={start}/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        ' w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="ja-JP"/></w:settings>'
    )


def fonts_part(fonts: set[Font]) -> str:
    """Write the font table, with the other names by which a PC may know a family."""
    entries = "".join(
        f"<w:font w:name={quoteattr(font.word)}>"
        + (f"<w:altName w:val={quoteattr(font.word_alternative)}/>" if font.word_alternative else "")
        + '<w:charset w:val="80"/></w:font>'
        for font in sorted(fonts, key=lambda font: font.word)
    )
    return f"{HEAD}<w:fonts {NAMESPACES}>{entries}</w:fonts>"

"""Build a .docx package without its text, slim and with clean metadata, for python-docx to open."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Final

from hyoka_desktop.document.model import Document, Passport, TableStyle
from hyoka_desktop.writers.docx_margins import MarginPart, margin_parts
from hyoka_desktop.writers.docx_markup import HEAD, NAMESPACES
from hyoka_desktop.writers.docx_styles import fonts_part, settings_part, styles_part
from hyoka_desktop.writers.package import FIXED_ZIP_TIME, escaped, property_of

PASSPORT_PROPERTY: Final = "HyokaPassport"
"""The name of the custom property that holds the passport."""

_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_CUSTOM_PART = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_CUSTOM_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUE_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CUSTOM_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The format id of custom properties (ECMA-376, 22.3.2)."""
_CUSTOM_FILE = "docProps/custom.xml"


def base_package(document: Document, table: TableStyle) -> io.BytesIO:
    """Build the package without its text."""
    margins = margin_parts(document)
    parts = {
        "[Content_Types].xml": _content_types(margins, document.passport),
        "_rels/.rels": _relations(_root_relations(document.passport)),
        "word/_rels/document.xml.rels": _relations(
            {
                "rIdStyles": ("styles", "styles.xml"),
                "rIdSettings": ("settings", "settings.xml"),
                "rIdFonts": ("fontTable", "fontTable.xml"),
                **{part.relation: (part.kind, part.file) for part in margins},
            }
        ),
        "word/document.xml": f"{HEAD}<w:document {NAMESPACES}><w:body><w:p/></w:body></w:document>",
        "word/styles.xml": styles_part(document, table),
        "word/settings.xml": settings_part(tracked=document.passport is not None and document.passport.tracked),
        "word/fontTable.xml": fonts_part({style.font for style in document.styles.values()}),
        **{f"word/{part.file}": f"{HEAD}{part.xml}" for part in margins},
    }
    if document.passport is not None:
        parts[_CUSTOM_FILE] = _custom_properties(document.passport)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name, FIXED_ZIP_TIME), text)
    target.seek(0)
    return target


def _content_types(margins: Sequence[MarginPart], passport: Passport | None) -> str:
    kinds = {"document": "document.main", "styles": "styles", "settings": "settings", "fontTable": "fontTable"}
    overrides = {f"/word/{name}.xml": f"{_PART}{kind}+xml" for name, kind in kinds.items()}
    overrides |= {f"/word/{part.file}": f"{_PART}{part.kind}+xml" for part in margins}
    if passport is not None:
        overrides[f"/{_CUSTOM_FILE}"] = _CUSTOM_PART
    entries = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{entries}</Types>'
    )


def _root_relations(passport: Passport | None) -> Mapping[str, tuple[str, str]]:
    relations = {"rId1": ("officeDocument", "word/document.xml")}
    return relations if passport is None else {**relations, "rIdCustom": ("custom-properties", _CUSTOM_FILE)}


def _relations(relations: Mapping[str, tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="{name}" Type="{_RELATION}{kind}" Target="{target}"/>'
        for name, (kind, target) in relations.items()
    )
    return (
        f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{entries}</Relationships>"
    )


def _custom_properties(passport: Passport) -> str:
    return (
        f'{HEAD}<Properties xmlns="{_CUSTOM_NAMESPACE}" xmlns:vt="{_VALUE_NAMESPACE}">'
        f'<property fmtid="{_CUSTOM_FORMAT}" pid="2" name="{PASSPORT_PROPERTY}">'
        f"<vt:lpwstr>{escaped(property_of(passport.text))}</vt:lpwstr></property></Properties>"
    )

"""Hold packages against the transitional schemas of ECMA-376, which lie beside the repository, part by part.

A part is told by its root element: its namespace names the schema. Dublin Core, which the schema of the core properties
imports from the network, is given here as far as ECMA-376 uses it.
"""

import io
import zipfile
from collections.abc import Mapping

import pytest
from built_reports import SHARED
from lxml import etree

FOLDER = SHARED / "schemas" / "ecma376"
OFFICE = "http://schemas.openxmlformats.org"
SCHEMAS = {
    f"{OFFICE}/wordprocessingml/2006/main": "wml.xsd",
    f"{OFFICE}/spreadsheetml/2006/main": "sml.xsd",
    f"{OFFICE}/drawingml/2006/main": "dml-main.xsd",
    f"{OFFICE}/officeDocument/2006/extended-properties": "shared-documentPropertiesExtended.xsd",
    f"{OFFICE}/officeDocument/2006/custom-properties": "shared-documentPropertiesCustom.xsd",
    f"{OFFICE}/package/2006/content-types": "opc-xsd/opc-contentTypes.xsd",
    f"{OFFICE}/package/2006/relationships": "opc-xsd/opc-relationships.xsd",
    f"{OFFICE}/package/2006/metadata/core-properties": "opc-xsd/opc-coreProperties.xsd",
}
DUBLIN_CORE = {
    "dc.xsd": """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="http://purl.org/dc/elements/1.1/"
        targetNamespace="http://purl.org/dc/elements/1.1/" elementFormDefault="qualified">
      <xs:import namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="hyoka:xml.xsd"/>
      <xs:complexType name="SimpleLiteral"><xs:simpleContent><xs:extension base="xs:string">
        <xs:attribute ref="xml:lang"/></xs:extension></xs:simpleContent></xs:complexType>
      <xs:element name="creator" type="SimpleLiteral"/><xs:element name="description" type="SimpleLiteral"/>
      <xs:element name="identifier" type="SimpleLiteral"/><xs:element name="language" type="SimpleLiteral"/>
      <xs:element name="subject" type="SimpleLiteral"/><xs:element name="title" type="SimpleLiteral"/>
    </xs:schema>""",
    "dcterms.xsd": """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="http://purl.org/dc/terms/"
        targetNamespace="http://purl.org/dc/terms/" elementFormDefault="qualified">
      <xs:complexType name="Date" abstract="true">
        <xs:simpleContent><xs:extension base="xs:anySimpleType"/></xs:simpleContent></xs:complexType>
      <xs:complexType name="W3CDTF"><xs:simpleContent><xs:restriction base="Date"><xs:simpleType>
        <xs:union memberTypes="xs:gYear xs:gYearMonth xs:date xs:dateTime"/></xs:simpleType></xs:restriction>
      </xs:simpleContent></xs:complexType>
      <xs:element name="created" type="Date"/><xs:element name="modified" type="Date"/>
    </xs:schema>""",
}


class _DublinCore(etree.Resolver):
    """Give the schemas that are named by an address of the network, and nothing else from there."""

    def resolve(self, system_url, public_id, context):
        name = system_url.rsplit("/", 1)[-1].removeprefix("hyoka:")
        if system_url.startswith("http://dublincore.org/"):
            return self.resolve_string(DUBLIN_CORE[name], context, base_url=system_url)
        if system_url.endswith("hyoka:xml.xsd"):
            return self.resolve_filename(str(FOLDER / "xml.xsd"), context)
        return None


class Schemas:
    """The schemas, each read when the first part needs it."""

    def __init__(self) -> None:
        self._read: dict[str, etree.XMLSchema] = {}
        self._parser = etree.XMLParser(no_network=True)
        self._parser.resolvers.add(_DublinCore())

    def faults(self, package: bytes) -> Mapping[str, list[str]]:
        """Tell what is wrong with each part of a package but its pictures; a valid one is named with nothing."""
        with zipfile.ZipFile(io.BytesIO(package)) as opened:
            names = [name for name in opened.namelist() if not name.endswith(".emf")]
            return {name: self.faults_of_part(opened.read(name)) for name in names}

    def faults_of_part(self, content: bytes) -> list[str]:
        """Tell what is wrong with one part; KeyError for a vocabulary that nobody expects here."""
        root = etree.fromstring(content)
        schema = self._schema(SCHEMAS[etree.QName(root).namespace])
        schema.validate(root)
        return [f"line {error.line}: {error.message}" for error in schema.error_log]

    def _schema(self, name: str) -> etree.XMLSchema:
        if name not in self._read:
            self._read[name] = etree.XMLSchema(etree.parse(FOLDER / name, self._parser))
        return self._read[name]


def schemas_or_skip() -> Schemas:
    """Read the schemas; skip where they are absent."""
    if not FOLDER.is_dir():
        pytest.skip("the ECMA-376 schemas are absent (../shared/schemas/ecma376 beside the repository)")
    return Schemas()

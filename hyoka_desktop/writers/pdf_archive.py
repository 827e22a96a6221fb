"""Say what a PDF/A-1b file (ISO 19005-1) must say of itself: XMP metadata that agree with Info, and its colours."""

import re
from functools import cache
from typing import Final

from hyoka_desktop.typeset.frames import Layout
from hyoka_desktop.writers.package import escaped, legal
from hyoka_desktop.writers.pdf_objects import PdfFile, packed, pdf_dictionary, pdf_name, pdf_text
from hyoka_desktop.writers.pdf_profile import srgb_profile

LANGUAGE: Final = "ja-JP"
_CONTROLS: Final = re.compile("[\t\r\n]+")
_PROGRAM: Final = "hyoka_desktop"
_COLOURS: Final = "sRGB IEC61966-2.1"
_PACKET: Final = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
{described}</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreatorTool>{program}</xmp:CreatorTool>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>{program}</pdf:Producer>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>1</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
_TITLE: Final = '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:title>\n'
_AUTHOR: Final = "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>\n"


def add_info(file: PdfFile, layout: Layout) -> str:
    """Add the document information. There is no date in it: the same report gives the same file on any day."""
    told = {"Title": _told(layout.title), "Author": _told(layout.author), "Creator": _PROGRAM, "Producer": _PROGRAM}
    return file.add(pdf_dictionary({key: pdf_text(value) for key, value in told.items() if value}))


def add_metadata(file: PdfFile, layout: Layout) -> str:
    """Add the same as XMP (6.7), not compressed."""
    described = "".join(
        form.format(escaped(told))
        for form, told in ((_TITLE, _told(layout.title)), (_AUTHOR, _told(layout.author)))
        if told
    )
    packet = _PACKET.format(language=LANGUAGE, described=described, program=_PROGRAM)
    return file.add_bare(packet.encode(), {"Type": pdf_name("Metadata"), "Subtype": pdf_name("XML")})


def add_output_intent(file: PdfFile) -> str:
    """Add what the colours of the document mean (6.2.2)."""
    profile = file.add_packed(_packed_profile(), {"N": 3})
    return file.add(
        pdf_dictionary(
            {
                "Type": pdf_name("OutputIntent"),
                "S": pdf_name("GTS_PDFA1"),
                "OutputConditionIdentifier": pdf_text(_COLOURS),
                "RegistryName": pdf_text("http://www.color.org"),
                "Info": pdf_text(_COLOURS),
                "DestOutputProfile": profile,
            }
        )
    )


def _told(text: str) -> str:
    """Tell a text as Info and XMP can both hold it: XML has its own ends of lines, and no other control characters."""
    return legal(_CONTROLS.sub(" ", text))


@cache
def _packed_profile() -> bytes:
    return packed(srgb_profile())

"""Put the figures of a document into a .docx as pictures made of the frames that the PDF has, told in words too."""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Final

from docx.document import Document as Package
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from hyoka_desktop.document.model import Document, Figure
from hyoka_desktop.typeset.frames import PageFrame
from hyoka_desktop.writers.docx_markup import quoteattr
from hyoka_desktop.writers.emf import write_emf

_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"
_EMF: Final = "image/x-emf"


class Pictures:
    """Write the figures of a document in their order, from the frames that they were set in."""

    def __init__(self, package: Package, document: Document, frames: Sequence[PageFrame]) -> None:
        self._package = package
        self._width = document.page.text_width
        self._families = _Families({style.font.file: style.font.word for style in document.styles.values()})
        self._frames: Iterator[PageFrame] = iter(frames)
        self._numbers = count(1)

    def paragraph(self, figure: Figure) -> str:
        """Write a figure as a paragraph of its own, as high as the picture."""
        number = next(self._numbers)
        content = write_emf(next(self._frames), self._width.pt, figure.height.pt, self._families)
        name = PackURI(f"/word/media/figure{number}.emf")
        relation = self._package.part.relate_to(
            Part(name, _EMF, content, self._package.part.package), RELATIONSHIP_TYPE.IMAGE
        )
        told = quoteattr(" / ".join(paragraph.text for paragraph in figure.description))
        size = f'cx="{int(self._width)}" cy="{int(figure.height)}"'
        return (
            '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
            '<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:pPr>'
            '<w:r><w:rPr><w:sz w:val="2"/></w:rPr><w:drawing>'
            f'<wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent {size}/><wp:docPr id="{number}" name="Figure {number}" descr={told}/>'
            f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
            f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr id="{number}" name="Figure {number}"/>'
            f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/>'
            f'</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r></w:p>"
        )


class _Families(dict[str, str]):
    """Call a font that only stands in for what others lack by the first family."""

    def __missing__(self, file: str) -> str:
        return next(iter(self.values()))

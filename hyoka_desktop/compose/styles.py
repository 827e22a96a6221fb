"""Make the styles and the page of a document from the measures of a form and the look that is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from hyoka_desktop.compose.chartsizes import USUAL, ChartSize
from hyoka_desktop.compose.options import Look, Typeface, WordFonts
from hyoka_desktop.document.length import Length
from hyoka_desktop.document.model import Align, Font, Page, Style, TableStyle
from hyoka_desktop.formdef.model import DocumentDefinition, FontChoice, Paper, StyleDefinition

_PADDING_X_PT = 1.8
_PADDING_Y_PT = 2.0
_RULE_PT = 0.5
_TINT = 0.93
_SHADE = 0.85
_GAP_PT = 6.0
_PAGE_MARK = "page_mark"
_FALLBACK_MARK = "page_number"
_USUAL_LOOK = Look()


@dataclass(frozen=True)
class StyleSheet:
    """Look up the styles of a document, set as its look asks.

    `fit` makes one page smaller than the others, `charts` its charts.
    """

    document: DocumentDefinition
    fonts: Mapping[str, FontChoice]
    look: Look = _USUAL_LOOK
    fit: float = 1.0
    charts: ChartSize = USUAL

    def fitted(self, fit: float, charts: ChartSize) -> "StyleSheet":
        """Tell the same styles, smaller; their names say by how much, since Word knows styles by name."""
        return replace(self, fit=fit, charts=charts)

    @cached_property
    def styles(self) -> Mapping[str, Style]:
        """Tell all styles by name."""
        return {name: self._style(name, style) for name, style in self.document.styles.items()}

    @cached_property
    def page_mark(self) -> Style:
        """Tell the style of what stands at the head of every page."""
        return self.styles.get(_PAGE_MARK, self.styles[_FALLBACK_MARK])

    @cached_property
    def table(self) -> TableStyle:
        """Tell the look of tables; one leading serves the whole table, so that a row is a number of lines."""
        return TableStyle(
            padding_x=Length.of_pt(_PADDING_X_PT),
            padding_y=Length.of_pt(_PADDING_Y_PT),
            rule=Length.of_pt(_RULE_PT),
            tint=_TINT,
            leading=self.styles["cell"].leading,
            gap=Length.of_pt(_GAP_PT),
            shade=_SHADE,
        )

    @cached_property
    def page(self) -> Page:
        """Tell paper and margins."""
        paper = self._paper
        return Page(
            width=Length.of_mm(paper.width_mm),
            height=Length.of_mm(paper.height_mm),
            top=Length.of_mm(paper.top_mm),
            bottom=Length.of_mm(paper.bottom_mm),
            left=Length.of_mm(paper.left_mm),
            right=Length.of_mm(paper.right_mm),
        )

    @cached_property
    def width_scale(self) -> float:
        """Tell by how much columns are wider than the form says, where another paper was chosen."""
        return _text_width(self._paper) / _text_width(self.document.paper)

    @property
    def _paper(self) -> Paper:
        return self.look.paper or self.document.paper

    def _style(self, name: str, style: StyleDefinition) -> Style:
        scale = self.look.scale * self.fit
        return Style(
            name=name if self.fit == 1 else f"{name}_{round(self.fit * 100)}",
            font=self._font(self.fonts[style.font]),
            size=Length.of_pt(round(style.size_pt * scale * 2) / 2),
            leading=Length.of_pt(round(style.leading_pt * scale * 2) / 2),
            align=Align(style.align.value),
            before=Length.of_pt(style.before_pt * scale),
            after=Length.of_pt(style.after_pt * scale),
            indent=Length.of_pt(style.indent_pt * scale),
            latin_space=style.latin_space_em,
            label=style.label if self.fit == 1 else f"{style.label or name} {round(self.fit * 100)}%",
        )

    def _font(self, choice: FontChoice) -> Font:
        if self.look.typeface is not Typeface.FORM:
            same = (font for font in self.fonts.values() if self.look.typeface.value in font.file.lower())
            choice = next(same, choice)
        if self.look.word_fonts is WordFonts.EMBEDDED and choice.own:
            return Font(choice.file, choice.own, choice.own_alternative)
        return Font(choice.file, choice.word, choice.word_alternative)


def _text_width(paper: Paper) -> float:
    return paper.width_mm - paper.left_mm - paper.right_mm

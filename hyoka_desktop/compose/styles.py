"""Make the styles and the page of a document from the measures of a form."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from hyoka_desktop.document.length import Length
from hyoka_desktop.document.model import Align, Font, Page, Style, TableStyle
from hyoka_desktop.formdef.model import FormDefinition

_PADDING_X_PT = 1.8
_PADDING_Y_PT = 2.0
_RULE_PT = 0.5
_TINT = 0.93
_GAP_PT = 6.0


@dataclass(frozen=True)
class StyleSheet:
    """Look up the styles that a form declares."""

    form: FormDefinition

    @cached_property
    def styles(self) -> Mapping[str, Style]:
        """Tell all styles by name."""
        fonts = {
            name: Font(choice.file, choice.word, choice.word_alternative) for name, choice in self.form.fonts.items()
        }
        return {
            name: Style(
                name=name,
                font=fonts[style.font],
                size=Length.of_pt(style.size_pt),
                leading=Length.of_pt(style.leading_pt),
                align=Align(style.align.value),
                before=Length.of_pt(style.before_pt),
                after=Length.of_pt(style.after_pt),
                indent=Length.of_pt(style.indent_pt),
                latin_space=style.latin_space_em,
            )
            for name, style in self.form.styles.items()
        }

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
        )

    @cached_property
    def page(self) -> Page:
        """Tell paper and margins."""
        paper = self.form.paper
        return Page(
            width=Length.of_mm(paper.width_mm),
            height=Length.of_mm(paper.height_mm),
            top=Length.of_mm(paper.top_mm),
            bottom=Length.of_mm(paper.bottom_mm),
            left=Length.of_mm(paper.left_mm),
            right=Length.of_mm(paper.right_mm),
        )

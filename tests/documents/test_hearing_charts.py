"""The charts of a hearing page: every value is drawn, named without doubt, and all of an item stands on one page."""

import pytest
from built_reports import FORMS, minimal_report, shipped_form, view_of

from hyoka_desktop.document.model import Area, Figure, Label, Stroke
from hyoka_desktop.services.export import ExportRequest, prepare
from hyoka_desktop.services.outputsets import find_output_set

LONG = "全国の市区町村における窓口業務の標準化に係る研修を修了した職員の満足度の平均値"


def indicator(name, *achievements):
    return {
        "name": name,
        "lead": "",
        "achievements": [
            {"label": label, "actual": actual, "target": target} for label, actual, target in achievements
        ],
    }


@pytest.fixture(params=FORMS)
def hearing(request):
    form = shipped_form(request.param)

    def made(indicators, grounds=""):
        report = minimal_report(form.definition.id)
        sheet = report["sections"][0]["items"][0]["sheet"]
        sheet["rows"][0]["indicators"] = indicators
        sheet["self_evaluation"]["grounds"] = grounds
        return prepare(form.definition, view_of(form, report), ExportRequest(output=find_output_set("ヒアリング用")))

    return made


def figures_of(made):
    return [block for section in made.document.sections for block in section.blocks if isinstance(block, Figure)]


def shapes_of(made, kind):
    return [shape for figure in figures_of(made) for shape in figure.shapes if isinstance(shape, kind)]


def printed(made):
    return "".join(text.text for page in made.layout.pages for text in page.texts)


@pytest.mark.parametrize("count", [1, 4, 5, 14, 24, 40, 60])
def test_an_item_with_many_indicators_with_long_names_stands_on_one_page(hearing, count):
    made = hearing([indicator(f"{n:03}{LONG}", ("", f"{n}.5％", "90％以上")) for n in range(count)], "根拠。" * 150)
    assert len(made.layout.pages) == 1
    told = printed(made)
    assert all(f"{n:03}{LONG}" in told and f"{n}.5％" in told for n in range(count))


@pytest.mark.parametrize("count", [14, 24, 40])
def test_no_text_of_a_page_is_too_small_to_be_read(hearing, count):
    made = hearing([indicator(f"{n:03}{LONG}", ("", f"{n}.5％", "90％以上")) for n in range(count)], "根拠。" * 150)
    assert min(text.size for page in made.layout.pages for text in page.texts) >= 4.5


def test_what_is_below_zero_stands_under_the_zero_line(hearing):
    made = hearing([indicator("収支差", ("", "△120百万円", "50百万円"))])
    (bar,) = shapes_of(made, Area)
    zero, target = shapes_of(made, Stroke)
    assert bar.y == pytest.approx(zero.y0, abs=2)
    assert target.y0 < zero.y0
    years = [label for label in shapes_of(made, Label) if label.paragraph.text.startswith("R")]
    assert all(bar.y + bar.height <= label.y + 2 for label in years)
    assert "△120百万円" in printed(made)


def test_a_bar_above_zero_stands_on_the_line_at_the_foot(hearing):
    made = hearing([indicator("件数", ("", "120件", "240件以上"))])
    (bar,) = shapes_of(made, Area)
    zero, target = shapes_of(made, Stroke)
    assert bar.y + bar.height == pytest.approx(zero.y0, abs=2)
    assert bar.height == pytest.approx((zero.y0 - target.y0) / 2, abs=2)


def test_a_reached_zero_is_drawn_and_what_has_no_value_is_not(hearing):
    made = hearing([indicator("重大事故", ("", "0件", "0件")), indicator("空", ("", "", ""))])
    assert "0件" in printed(made)
    assert "空" not in printed(made)


def test_a_value_in_words_is_told_over_the_line(hearing):
    made = hearing([indicator("計画の策定", ("", "策定済", "策定"))])
    assert "策定済" in printed(made)
    assert shapes_of(made, Area) == []


def test_a_breakdown_is_called_by_its_indicator_too(hearing):
    made = hearing([indicator("研修の受講者数", ("集合", "10人", "9人"), ("遠隔", "20人", "18人"))])
    told = printed(made)
    assert "研修の受講者数：集合" in told
    assert "研修の受講者数：遠隔" in told
    (figure,) = figures_of(made)
    assert [p.text.split(" ")[0] for p in figure.description] == ["研修の受講者数：集合", "研修の受講者数：遠隔"]


def test_labels_stay_within_the_height_and_width_of_their_figure(hearing):
    made = hearing([indicator(f"{n:03}{LONG}", ("", f"{n}.5％", "△90％")) for n in range(14)])
    width = made.document.page.text_width
    for figure in figures_of(made):
        for label in (shape for shape in figure.shapes if isinstance(shape, Label)):
            assert label.y >= 0
            assert label.y + label.lines * label.paragraph.style.leading <= figure.height + 2
            assert label.x + label.width <= width + 100


def test_a_character_of_a_chart_that_no_font_has_is_told_before_the_export(hearing):
    made = hearing([indicator("\U000f0000率", ("", "1件", ""))])
    assert [missing.characters for missing in made.missing] == ["\U000f0000"]

"""What compose works out: letters with their marks, years, guidance, flags in templates, links to the sheets."""

import pytest
from built_reports import build, minimal_item, minimal_report, shipped_form, view_of
from paper_against_model import pair_tables, text_of
from pdf_reading import read_pdf

from hyoka_desktop.compose.options import Options
from hyoka_desktop.compose.report import compose_report
from hyoka_desktop.document.dump import dump_document
from hyoka_desktop.document.model import Heading, Table
from hyoka_desktop.domain.report import YearView

SUMMARY = {"iaa-annual": "項目別評定総括表", "jlis-annual": "項目別評価総括表"}
PERIODS = {3: ("2022-04-01", "2025-03-31"), 5: ("2022-04-01", "2027-03-31"), 7: ("2022-04-01", "2029-03-31")}


def composed(report, options=None):
    form = shipped_form(report["form"])
    return compose_report(form.definition, view_of(form, report), options)


def tables_named(document, title):
    return [b for s in document.sections for b in s.blocks if isinstance(b, Table) and b.title == title]


def rated(letter, **flags):
    item = minimal_item("Ⅰ-1", "項目の名") | flags
    item["sheet"]["minister_evaluation"]["rating"] = letter
    report = minimal_report("iaa-annual")
    report["sections"][0]["items"] = [item]
    return report


def letter_cells(report):
    """Tell the cells of the years of the only item in the 総括表."""
    (table,) = tables_named(composed(report), SUMMARY[report["form"]])
    return table.rows[-1].cells[1:-2]


@pytest.mark.parametrize(
    ("flags", "text", "underlined"),
    [
        ({}, "A", ""),
        ({"high_importance": True}, "A○", ""),
        ({"prioritized": True}, "A重", ""),
        ({"high_importance": True, "prioritized": True}, "A○重", ""),
        ({"high_difficulty": True}, "A", "A"),
        ({"high_importance": True, "high_difficulty": True, "prioritized": True}, "A○重", "A"),
    ],
)
def test_the_letter_bears_the_marks_of_importance_priority_and_difficulty(flags, text, underlined):
    cell = letter_cells(rated("A", **flags))[2]
    assert text_of(cell.paragraphs) == text
    assert "".join(run.text for p in cell.paragraphs for run in p.runs if run.underline) == underlined


def test_an_item_without_activity_has_a_dash_and_no_marks():
    cell = letter_cells(rated("-", high_importance=True, high_difficulty=True, prioritized=True))[2]
    assert [run.text for p in cell.paragraphs for run in p.runs] == ["-"]
    assert not any(run.underline for p in cell.paragraphs for run in p.runs)


def test_an_item_that_the_minister_has_not_rated_is_blank_in_the_evaluated_year():
    report = rated("")
    report["sections"][0]["items"][0]["sheet"]["self_evaluation"]["rating"] = "S"
    assert [text_of(cell.paragraphs) for cell in letter_cells(report)] == [""] * 5


def test_the_letters_of_earlier_years_stand_in_their_own_columns():
    report = rated("A")
    report["sections"][0]["items"][0]["years"] = {
        "2022": {"staff": 1, "rating": "B"},
        "2023": {"staff": 2, "rating": "C"},
    }
    assert [text_of(cell.paragraphs) for cell in letter_cells(report)] == ["B", "C", "A", "", ""]


@pytest.mark.parametrize("form", sorted(SUMMARY))
def test_the_number_of_each_sheet_leads_to_its_own_section(form):
    report = minimal_report(form)
    report["sections"][0]["items"] = [minimal_item(f"Ⅰ-{n}", f"項目{n}") for n in (1, 2, 3)]
    document = composed(report)
    (table,) = tables_named(document, SUMMARY[form])
    links = {
        run.text: run.link for row in table.rows for c in row.cells for p in c.paragraphs for run in p.runs if run.link
    }
    assert set(links) == {"Ⅰ-1", "Ⅰ-2", "Ⅰ-3"}
    for number, anchor in links.items():
        (section,) = [section for section in document.sections if section.key == anchor]
        assert any(isinstance(block, Heading) and block.anchor == anchor for block in section.blocks)
        assert number in {
            text_of(c.paragraphs) for b in section.blocks if isinstance(b, Table) for r in b.rows for c in r.cells
        }


def test_years_after_that_of_the_report_are_blank_though_the_file_has_them(sample):
    newest = sample.view.year
    assert newest - 1 in sample.view.snapshot.years
    earlier = YearView(sample.view.snapshot, newest - 1, sample.form.period_fields)
    place = newest - 2022
    (now,) = tables_named(sample.document, SUMMARY["iaa-annual"])
    assert any(text_of(row.cells[1 + place - 1].paragraphs) for row in now.rows[3:] if len(row.cells) > 7)
    document = compose_report(sample.form, earlier)
    (then,) = tables_named(document, SUMMARY["iaa-annual"])
    assert not any(text_of(row.cells[1 + place].paragraphs) for row in then.rows[2:] if len(row.cells) > 7)
    for table in tables_named(document, "主要なインプット情報"):
        assert not any(text_of(row.cells[1 + place].paragraphs) for row in table.rows[2:])


def test_the_first_year_of_reiwa_is_written_gannen():
    report = minimal_report("iaa-annual", 2020, ("2019-04-01", "2024-03-31"))
    dump = dump_document(composed(report))
    assert "令和元年度" in dump
    assert "令和1年" not in dump
    assert "平成31年度" not in dump
    assert "平成31年4月1日" in dump


@pytest.mark.parametrize("years", PERIODS)
@pytest.mark.parametrize("form", sorted(SUMMARY))
def test_a_period_of_any_length_shares_the_same_width(form, years):
    report = minimal_report(form, period=PERIODS[years])
    stored = shipped_form(form)
    built = build("period", stored, view_of(stored, report))
    (table,) = tables_named(built.document, SUMMARY[form])
    assert len(table.widths) == years + 3
    assert [w.mm for w in table.widths[1:-2]] == pytest.approx([100 / years] * years, abs=0.001)
    header = [text_of(cell.paragraphs) for cell in table.rows[1].cells]
    assert header == [f"令和{n}年度" for n in range(4, 4 + years)]
    for paired in pair_tables(built.document, read_pdf(built.pdf)):
        assert sum(w.mm for w in paired.table.widths) == pytest.approx(267, abs=0.01)


@pytest.mark.parametrize("end", ["2023-03-31", "2024-03-31", "2025-03-31", "2027-03-31", "2029-03-31"])
@pytest.mark.parametrize("form", sorted(SUMMARY))
def test_no_caption_or_text_is_dropped_however_short_the_period_is(form, end):
    report = minimal_report(form, 2022, ("2022-04-01", end))
    report["sections"][0]["items"][0] |= {"policy": "政策の文", "legal_basis": "根拠の文"}
    dump = dump_document(composed(report))
    captions = ("業務に関連する", "政策・施策", "当該事業実施に係る根拠", "（個別法条文など）")
    for text in (*captions, "政策の文", "根拠の文"):
        assert text in dump


def test_guidance_stands_in_empty_cells_or_they_are_left_blank_as_asked():
    report = minimal_report("iaa-annual")
    report["overview"]["other_matters"] = "組織の変更はない。"
    form = shipped_form("iaa-annual").definition
    shown = dump_document(composed(report, Options(guidance=True)))
    blank = dump_document(composed(report, Options(guidance=False)))
    guided = {field.id: field.guidance for field in form.fields.values() if field.guidance}
    for field, guidance in guided.items():
        assert (guidance in shown) == (field != "other_matters"), field
        assert guidance not in blank
    assert "組織の変更はない。" in shown


@pytest.mark.parametrize("is_set", [True, False])
def test_a_flag_prints_its_pattern_only_where_it_is_set(is_set):
    item = {"high_importance": is_set, "high_difficulty": is_set}
    if is_set:
        item |= {"importance_reason": "重要な理由", "difficulty_reason": "困難な理由"}
    dump = dump_document(composed(rated("A", **item)))
    assert ("重要度：「高」（重要な理由）" in dump) == is_set
    assert ("困難度：「高」（困難な理由）" in dump) == is_set
    assert "true" not in dump
    assert "false" not in dump


def test_only_the_sheets_of_the_wanted_items_are_made(sample):
    wanted = [sample.view.items[2].id, sample.view.items[0].id]
    document = compose_report(sample.form, sample.view, items=wanted)
    assert {section.key for section in document.sections} == {f"item{item}" for item in wanted}

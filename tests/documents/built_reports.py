"""Build reports and their documents for the tests, once each, without going through the window or the command line."""

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hyoka_desktop.compose.options import Options
from hyoka_desktop.compose.report import compose_report
from hyoka_desktop.document.model import Document, Heading, Section
from hyoka_desktop.domain.changes import apply_changes
from hyoka_desktop.domain.report import YearView
from hyoka_desktop.exchange.interchange_reader import parse_interchange, read_interchange
from hyoka_desktop.exchange.joining import empty_snapshot, import_edit
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.formdef.stored import StoredForm, parse_form, read_form
from hyoka_desktop.paths import forms_folder
from hyoka_desktop.services.export import shipped_fonts
from hyoka_desktop.services.reports import make_sample, new_report, read_report
from hyoka_desktop.typeset.coverage import missing_characters
from hyoka_desktop.typeset.frames import Layout
from hyoka_desktop.typeset.pages import Typesetter
from hyoka_desktop.writers.docx import write_docx
from hyoka_desktop.writers.pdf import write_pdf

Json = dict[str, Any]
REPOSITORY = Path(__file__).resolve().parents[2]
SHARED = REPOSITORY.parent / "shared"
MODEL = SHARED / "model" / "jlis-r5.json"
FORMS = ("iaa-annual", "jlis-annual")


@dataclass(frozen=True)
class Built:
    """Hold a report with all that is made of it."""

    name: str
    form: FormDefinition
    form_json: Json
    view: YearView
    document: Document
    layout: Layout
    pdf: bytes
    docx: bytes
    missing: Mapping[Any, str]


def shipped_form(form_id: str) -> StoredForm:
    """Read one of the installed forms, whatever forms the user of this machine has."""
    return read_form(forms_folder() / f"{form_id}.json")


def form_of(definition: Json) -> StoredForm:
    """Read a form that a test wrote."""
    return parse_form(f"{definition['id']}.json", json.dumps(definition, ensure_ascii=False))


def form_json(form_id: str) -> Json:
    """Tell the file of an installed form as data that a test may alter."""
    return json.loads(shipped_form(form_id).text)


def view_of(form: StoredForm, *years: Mapping[str, Any]) -> YearView:
    """Read interchange documents, one a year, and view the newest."""
    reports = []
    for number, year in enumerate(years):
        name = f"{number}.json"
        document = parse_interchange(name, json.dumps(year, ensure_ascii=False))
        reports.append(read_interchange(name, document, form.definition))
    snapshot = apply_changes(empty_snapshot(), import_edit(reports).changes)
    return YearView(snapshot, snapshot.years[-1], form.definition.period_fields)


def build(name: str, form: StoredForm, view: YearView, options: Options | None = None) -> Built:
    """Make document, layout, PDF and .docx of a report."""
    fonts = shipped_fonts()
    document = compose_report(form.definition, view, options)
    layout = Typesetter(fonts).set(document)
    pdf = write_pdf(layout, fonts)
    docx = write_docx(document, layout.page_numbers())
    missing = missing_characters(document, fonts)
    return Built(name, form.definition, json.loads(form.text), view, document, layout, pdf, docx, missing)


def build_sample(folder: Path) -> Built:
    """Build the sample that ships with the program."""
    path = folder / "sample.hyoka"
    make_sample(path)
    report = read_report(path)
    return build("sample", shipped_form(report.form.id), report.view(None))


def build_empty(folder: Path, form_id: str) -> Built:
    """Build a new report as the command `new` makes it."""
    form = shipped_form(form_id)
    path = folder / f"{form_id}.hyoka"
    new_report(path, form, 2024, "独立行政法人試験用機構")
    return build(f"empty-{form_id}", form, read_report(path).view(None))


def build_model() -> Built:
    """Build the model document, which lies beside the repository."""
    form = shipped_form("jlis-annual")
    return build("model", form, view_of(form, json.loads(MODEL.read_text(encoding="utf-8"))))


def build_stress(form_id: str, seed: int = 2024) -> Built:
    """Build a report of many items whose every free text is random and hostile."""
    form = shipped_form(form_id)
    return build(f"stress-{form_id}", form, view_of(form, stress_report(form_id, random.Random(seed))))


def minimal_report(form_id: str, year: int = 2024, period: tuple[str, str] = ("2022-04-01", "2027-03-31")) -> Json:
    """Tell an interchange document with one item and one row, all texts empty, for tests to fill."""
    return {
        "format": "hyoka-interchange",
        "version": 1,
        "form": form_id,
        "organization": {"name": "独立行政法人試験用機構"},
        "period": {"label": "第1期", "start": period[0], "end": period[1]},
        "fiscal_year": year,
        "cover": {"heading": "評価書", "subject": "件名", "date": f"{year + 1}-06-30", "issuer": "発行者"},
        "overview": {"fiscal_year_text": "対象年度", "ministers": [], "procedures": "", "other_matters": ""},
        "overall": {
            "rating": "",
            "grounds": "",
            "history": {},
            "corporate_evaluation": "",
            "special_considerations": "",
            "issues_pointed_out": "",
            "other_improvements": "",
            "improvement_orders": "",
            "auditor_opinions": "",
            "other_remarks": "",
        },
        "sections": [{"number": "Ⅰ", "title": "区分", "sheet_form": "1-1-4-1", "items": [minimal_item("Ⅰ-1")]}],
    }


HOSTILE = (
    *("<w:p>", "&amp;", "]]>", "\"'", "<!-- -->", "  空白  ", "\t", "\n", "{policy}", "%s", "𠮟\U000e0100", "_x0041_"),
    *("=1+1", "+1", "-1", "@SUM(A1)", "#N/A", "007", "1,234.50", "評価", "業務の実績、", "ABC ", "！" * 20, "あ" * 200),
)
"""Pieces of texts that some format has a meaning of its own for, and plain ones between them."""


def stress_report(form_id: str, chance: random.Random) -> Json:
    """Tell an interchange document of several sections and items with random texts and shared cells."""

    def text(most: int = 8) -> str:
        return "".join(chance.choices(HOSTILE, k=chance.randint(0, most)))

    def line() -> str:
        return text(3).replace("\n", "")

    report = minimal_report(form_id)
    report["organization"]["name"] = "独立行政法人<&\"'>機構"
    report["cover"] |= {"heading": line(), "subject": text(), "issuer": line()}
    report["overview"] |= {key: text() for key in ("procedures", "other_matters")}
    report["overall"] |= {key: text() for key in report["overall"] if key not in {"rating", "history"}}
    report["sections"] = []
    for number in ("Ⅰ", "Ⅱ", "Ⅲ"):
        items = [minimal_item(f"{number}-{place}", line()) for place in range(1, 6)]
        report["sections"].append({"number": number, "title": line(), "sheet_form": "1-1-4-1", "items": items})
        for item in items:
            item |= {"policy": text(), "legal_basis": text(), "high_importance": chance.random() < 0.5}
            item["sheet"] |= {
                "reference": text(),
                "rows": [_stress_row(text, line) for _ in range(chance.randint(1, 5))],
            }
            item["sheet"]["self_evaluation"] = {"rating": chance.choice("SABCD"), "grounds": text(), "issues": text()}
    return report


def _stress_row(text: Callable[[], str], line: Callable[[], str]) -> Json:
    achievements = [{"label": line(), "actual": line(), "target": line()}]
    indicators = [{"name": name, "lead": line(), "achievements": achievements} for name in (line(), line()) if name]
    texts = {key: text() for key in minimal_row() if key not in {"indicators", "viewpoints"}}
    return minimal_row() | texts | {"indicators": indicators, "viewpoints": ["視点" + line()]}


def minimal_item(number: str, title: str = "項目") -> Json:
    """Tell an item with one empty row."""
    return {
        "number": number,
        "title": title,
        "high_importance": False,
        "high_difficulty": False,
        "prioritized": False,
        "policy": "",
        "legal_basis": "",
        "years": {},
        "sheet": {
            "results_note": "",
            "self_evaluation": {"rating": "", "grounds": "", "issues": ""},
            "minister_evaluation": {"rating": "", "grounds": "", "issues": "", "other": ""},
            "rows": [minimal_row()],
            "reference": "",
        },
    }


def minimal_row(objective: str = "") -> Json:
    """Tell a row with nothing but perhaps its 中期目標."""
    return {
        "mid_term_objective": objective,
        "mid_term_plan": "",
        "annual_plan": "",
        "indicators": [],
        "viewpoints": [],
        "results": "",
        "self_evaluation": "",
    }


def heading_of(section: Section) -> str:
    """Tell the text of the first heading of a section, empty where it has none."""
    return next((block.paragraph.text for block in section.blocks if isinstance(block, Heading)), "")

"""A form that nobody has seen: its own fields, captions and a further column come out on paper without any code."""

import random

import pytest
from built_reports import build, form_json, form_of, minimal_item, minimal_report, minimal_row, view_of
from docx_reading import read_docx
from paper_against_model import pair_tables
from pdf_reading import read_pdf

from hyoka_desktop.document.dump import dump_document
from hyoka_desktop.document.model import Table

SYLLABLES = "アイウエオ評価目標計画山川海空東西南北甲乙丙丁AbC12"
MAIN_TABLE = "業務に係る目標、計画、業務実績、自己評価及び主務大臣による評価"
NEW_COLUMN_MM = 20


class Unseen:
    """A form with random ids and captions, made from an installed one, and a report under it."""

    def __init__(self, seed):
        self._chance = random.Random(seed)
        self.form_id = f"unseen-{seed}"
        self.ids = {kind: f"field_{self._chance.randrange(10**9):x}" for kind in ("report", "item", "row")}
        self.place = self._chance.randrange(4)
        self.caption = self._word()
        self.captions = {kind: self._word() for kind in self.ids}
        self.json = form_json("jlis-annual") | {"id": self.form_id, "name": self._word()}
        for kind, field in self.ids.items():
            tab = "cover" if kind == "report" else "plan"
            self.json["fields"].append(
                {"id": field, "on": kind, "per": "year", "kind": "text", "label": self._word(), "tab": tab}
            )
        self._add_rows()
        for sheet in self.json["sheets"].values():
            self._add_column(next(block for block in sheet["blocks"] if block.get("title") == MAIN_TABLE))
        self.texts = {"report": self._word(), "item": self._word()}
        self.rows = ["\n".join(self._word() for _ in range(self._chance.randint(1, 4))) for _ in range(5)]

    def _word(self):
        return "".join(self._chance.choices(SYLLABLES, k=self._chance.randint(3, 25)))

    def _add_rows(self):
        caption = {"text": self.captions["report"], "label": True, "style": "label"}
        overview = next(part for part in self.json["parts"] if part.get("blocks", [{}])[0].get("contents_number"))
        overview["blocks"][1]["rows"].append({"cells": [caption, {"text": f"{{{self.ids['report']}}}", "colspan": 2}]})
        for sheet in self.json["sheets"].values():
            label = {"text": self.captions["item"], "label": True, "style": "label"}
            cells = [label, {"text": f"{{{self.ids['item']}}}", "colspan": "rest"}]
            sheet["blocks"][1]["rows"].append({"cells": cells})

    def _add_column(self, table):
        table["columns"][4] -= NEW_COLUMN_MM
        table["columns"].insert(self.place, NEW_COLUMN_MM)
        _, captions, _, first, _, each = table["rows"]
        captions["cells"].insert(self.place, {"text": self.caption, "label": True, "style": "label", "rowspan": 2})
        first["cells"][0]["colspan"] = 5
        each["rows"][0]["cells"].insert(self.place, f"{{{self.ids['row']}}}")

    def build(self):
        report = minimal_report("jlis-annual") | {
            "form": self.form_id,
            "fields": {self.ids["report"]: self.texts["report"]},
        }
        item = minimal_item("Ⅰ-1")
        item["sheet"]["fields"] = {self.ids["item"]: self.texts["item"]}
        item["sheet"]["rows"] = [
            minimal_row(f"目標{n}") | {"fields": {self.ids["row"]: text}} for n, text in enumerate(self.rows)
        ]
        report["sections"][0]["items"] = [item]
        form = form_of(self.json)
        return build(self.form_id, form, view_of(form, report))


@pytest.fixture(scope="module", params=range(4))
def unseen(request):
    made = Unseen(request.param)
    made.built = made.build()
    return made


def test_the_texts_and_captions_of_an_unseen_form_are_in_the_dump(unseen):
    dump = dump_document(unseen.built.document)
    for text in (unseen.caption, *unseen.captions.values(), *unseen.texts.values()):
        if text != unseen.captions["row"]:
            assert text in dump
    assert all(line in dump for text in unseen.rows for line in text.split("\n"))


def test_the_new_column_holds_its_texts_in_the_pdf(unseen):
    pages = read_pdf(unseen.built.pdf)
    paired = [p for p in pair_tables(unseen.built.document, pages) if p.table.title == MAIN_TABLE]
    assert [p.text((unseen.place, unseen.place + 1)) for p in paired] == ["".join(unseen.rows).replace("\n", "")]
    header = [box for box in paired[0].parts[0].boxes if box.text == unseen.caption]
    assert len(header) == 1
    assert header[0].x1 - header[0].x0 == pytest.approx(NEW_COLUMN_MM / 25.4 * 72, abs=0.5)


def test_the_new_column_holds_its_texts_in_word(unseen):
    tables = [b for s in unseen.built.document.sections for b in s.blocks if isinstance(b, Table)]
    read = read_docx(unseen.built.docx).tables[[t.title for t in tables].index(MAIN_TABLE)]
    cells = {row: texts for (row, column), (_, _, texts) in read.cells.items() if column == unseen.place}
    assert cells[1] == [unseen.caption]
    assert [cells[row] for row in range(5, 10)] == [text.split("\n") for text in unseen.rows]


def test_the_fields_of_report_and_item_stand_beside_their_captions(unseen):
    read = read_docx(unseen.built.docx).tables
    for kind in ("report", "item"):
        beside = [
            table.cells[row, 1][2]
            for table in read
            for (row, column), (_, _, texts) in table.cells.items()
            if column == 0 and texts == [unseen.captions[kind]]
        ]
        assert beside == [[unseen.texts[kind]]]

"""Values of indicators in prose, on paper and through the interchange."""

import json
from dataclasses import replace

import pytest
from built_reports import FORMS, minimal_report, shipped_form, view_of

from hyoka_desktop.compose.report import SectionMemory, compose_report
from hyoka_desktop.document.dump import dump_document
from hyoka_desktop.domain import edits
from hyoka_desktop.domain.achievement import format_rate
from hyoka_desktop.domain.changes import apply_changes
from hyoka_desktop.domain.measuring import achievement_of
from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.exchange.interchange_writer import dump_interchange
from hyoka_desktop.services.export import ExportRequest, prepare
from hyoka_desktop.services.quoting import LackingValue, live_values
from hyoka_desktop.services.reports import import_reports, read_report

QUOTE = "応答率は{指標:応答率.実績}であった。"


@pytest.fixture(params=FORMS)
def form(request):
    return shipped_form(request.param)


def rows_of(item):
    return item["sheet"]["rows"]


def with_indicator(form, text, actual="98.5%"):
    report = minimal_report(form.definition.id)
    row = rows_of(report["sections"][0]["items"][0])[0]
    row["indicators"] = [
        {
            "name": "応答率",
            "lead": "",
            "achievements": [{"label": "", "target": "95%以上", "actual": actual}],
        }
    ]
    row["results"] = text
    return report


def entry_of(view):
    row = view.children(view.items[0].id, NodeKind.ROW)[0]
    indicator = view.children(row.id, NodeKind.INDICATOR)[0]
    return row.id, view.children(indicator.id, NodeKind.ACHIEVEMENT)[0].id


def changed(view, node, field, text):
    return replace(view, snapshot=apply_changes(view.snapshot, edits.set_text(view, node, field, text).changes))


def test_prose_prints_the_value_of_the_table_and_follows_it(form):
    view = view_of(form, with_indicator(form, QUOTE))
    memory = SectionMemory()
    assert "応答率は98.5%であった。" in dump_document(compose_report(form.definition, view, memory=memory))
    view = changed(view, entry_of(view)[1], "actual", "99%")
    assert "応答率は99%であった。" in dump_document(compose_report(form.definition, view, memory=memory))


def test_a_rate_in_prose_is_that_of_the_table_in_whatever_direction_the_indicator_says(form):
    view = view_of(form, with_indicator(form, "達成度は{指標:応答率.達成度}。", actual="8日"))
    _, entry = entry_of(view)
    view = changed(view, entry, "target", "10日")
    memory = SectionMemory()
    assert "達成度は80.0%。" in dump_document(compose_report(form.definition, view, memory=memory))
    for direction, baseline, rate in (("小さい方が良い", "", "125.0%"), ("基準値から減らす", "20日", "120.0%")):
        view = changed(view, entry, "direction", direction)
        view = changed(view, entry, "baseline", baseline) if baseline else view
        assert format_rate(achievement_of(view, entry).rate) == rate, "as the table has it"
        assert f"達成度は{rate}。" in dump_document(compose_report(form.definition, view, memory=memory))
    view = changed(view, entry, "direction", "定性")
    assert "達成度は【？応答率.達成度】。" in dump_document(compose_report(form.definition, view, memory=memory))


def test_an_item_that_quotes_another_is_composed_anew_when_the_other_changes(form):
    report = with_indicator(form, "")
    report["sections"][0]["items"].append(json.loads(json.dumps(report["sections"][0]["items"][0])))
    first, second = report["sections"][0]["items"]
    rows_of(first)[0] |= {"indicators": [], "results": QUOTE}
    second["number"] = "Ⅰ-2"
    view = view_of(form, report)
    memory = SectionMemory()
    compose_report(form.definition, view, memory=memory)
    row = view.children(view.items[1].id, NodeKind.ROW)[0]
    indicator = view.children(row.id, NodeKind.INDICATOR)[0]
    entry = view.children(indicator.id, NodeKind.ACHIEVEMENT)[0]
    view = changed(view, entry.id, "actual", "12%")
    assert "応答率は12%であった。" in dump_document(compose_report(form.definition, view, memory=memory))


def test_a_value_that_is_missing_is_marked_and_told_before_the_export(form):
    view = view_of(form, with_indicator(form, QUOTE, actual=""))
    prepared = prepare(form.definition, view, ExportRequest())
    assert "応答率は【？応答率.実績】であった。" in dump_document(prepared.document)
    label = form.definition.fields["results"].label
    assert prepared.lacking == (LackingValue(f"Ⅰ-1 {label}", "応答率.実績"),)


def test_a_quote_is_bound_on_import_and_dumped_by_name(form, tmp_path):
    source = tmp_path / "report.json"
    source.write_text(dump_interchange(form.definition, view_of(form, with_indicator(form, QUOTE))), encoding="utf-8")
    import_reports(tmp_path / "one.hyoka", [source])
    report = read_report(tmp_path / "one.hyoka")
    view = report.view(None)
    row, entry = entry_of(view)
    assert view.text(row, "results") == f"応答率は{{指標:応答率.実績#{entry}}}であった。"
    assert dump_interchange(report.form, view) == source.read_text(encoding="utf-8")
    view = changed(view, view.snapshot.tree.nodes[entry].parent, "indicator_name", "電話応答率")
    assert "{指標:電話応答率.実績}" in dump_interchange(report.form, view), "another name goes out with the text"
    assert live_values(report.form, view).printed(view.text(row, "results"), row) == "応答率は98.5%であった。"

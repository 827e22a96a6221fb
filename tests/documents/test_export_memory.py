"""Exports of an open report remember the last one: an edit costs little, and the bytes are those without memory."""

from dataclasses import replace

import pytest

from hyoka_desktop.compose import report as composing
from hyoka_desktop.domain import fields
from hyoka_desktop.domain.changes import ValueChange, apply_changes
from hyoka_desktop.services.export import ExportMemory, ExportRequest, export, prepare
from hyoka_desktop.services.outputsets import AS_FILLED, SHIPPED
from hyoka_desktop.writers import pdf


def edited(view, text):
    """Tell a view in which the title of the third item is another one."""
    address = view.address(view.items[2].id, fields.ITEM_TITLE)
    change = ValueChange(address, view.snapshot.stored(address), text)
    return replace(view, snapshot=apply_changes(view.snapshot, [change]))


def made(sample, view, output, folder, memory):
    request = ExportRequest(folder / "a.docx", folder / "a.pdf", folder / "a.xlsx", output=output, anchor="1-0123")
    files = export(prepare(sample.form, view, request, memory=memory), request).files
    return [path.read_bytes() for path in files]


def test_every_set_one_after_the_other_comes_out_as_without_a_memory(sample, tmp_path):
    memory = ExportMemory()
    outputs = [*SHIPPED, AS_FILLED, replace(AS_FILLED, document="ratings"), replace(AS_FILLED, scale=1.25), AS_FILLED]
    for output in outputs:
        remembered = made(sample, sample.view, output, tmp_path, memory)
        assert remembered == made(sample, sample.view, output, tmp_path, None), output.id


def test_an_edit_comes_out_as_without_a_memory_and_composes_and_writes_one_sheet_anew(sample, tmp_path, monkeypatch):
    memory = ExportMemory()
    made(sample, sample.view, AS_FILLED, tmp_path, memory)
    composed, written = [], []
    section, body = composing.ReportComposer._new_item_section, pdf.body_content
    monkeypatch.setattr(
        composing.ReportComposer,
        "_new_item_section",
        lambda self, item: composed.append(item.id) or section(self, item),
    )
    monkeypatch.setattr(pdf, "body_content", lambda page, *more: written.append(page) or body(page, *more))
    view = edited(sample.view, "別の題名")
    remembered = made(sample, view, AS_FILLED, tmp_path, memory)
    assert composed == [sample.view.items[2].id]
    assert 0 < len(written) < len(sample.layout.pages) / 2
    assert remembered == made(sample, view, AS_FILLED, tmp_path, None)


def test_an_export_that_was_given_up_leaves_a_memory_that_still_serves(sample, tmp_path):
    memory, calls = ExportMemory(), []

    def give_up():
        calls.append(1)
        if len(calls) > 30:
            raise InterruptedError

    request = ExportRequest(pdf=tmp_path / "a.pdf", output=AS_FILLED)
    with pytest.raises(InterruptedError):
        export(prepare(sample.form, sample.view, request, checkpoint=give_up, memory=memory), request)
    assert made(sample, sample.view, AS_FILLED, tmp_path, memory) == made(
        sample, sample.view, AS_FILLED, tmp_path, None
    )

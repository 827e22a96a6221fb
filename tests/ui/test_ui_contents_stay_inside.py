"""What somebody writes stands in the report file and nowhere else: a canary is sought in all files that are left.

A fault of ours happens too, so that whatever a crash leaves behind is looked through as well.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QMessageBox
from window_driver import close_message

from hyoka_desktop.app import CrashTeller

CANARY = "籠鳥金糸雀9413"
WINDOW = (1000, 768)
"""Without room for the preview, which has tests of its own."""


@pytest.fixture
def temporary(tmp_path_factory, monkeypatch):
    """Give the program a folder for temporary files of its own."""
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def _holders(*folders: Path) -> list[str]:
    """Tell the files that hold the canary in any writing that a program could have chosen."""
    writings = [CANARY.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "cp932", "euc-jp")]
    writings.append(CANARY.encode("unicode_escape"))
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return sorted(path.name for path in files if any(writing in path.read_bytes() for writing in writings))


def _write_everywhere(driver) -> None:
    """Write the canary into every text of the first 項目, and leave one typed and not yet final."""
    item = driver.item_id("Ⅰ-1")
    for node in (item, *driver.row_ids("Ⅰ-1")):
        for field in driver.workplace.form.fields_on(driver.snapshot.tree.nodes[node].kind):
            if field.kind.value in {"text", "line", "lines"} and field.id != "item_number":
                driver.session.set_text(driver.year, node, field.id, CANARY)
    driver.go_item("Ⅰ-1", "results")
    driver.type("results", CANARY)


def test_a_canary_is_in_the_report_alone_after_typing_a_crash_and_closing(driver, dialogs, home, temporary, tmp_path):
    _write_everywhere(driver)
    driver.wait_saved()
    folders, report = (home, temporary, tmp_path), driver.path.name
    assert report in _holders(*folders), "the canary can be found where it is"
    with dialogs.expect(_look_for_the_canary):
        fault = ValueError(CANARY)
        CrashTeller(driver.window.windows)(type(fault), fault, fault.__traceback__)
    while_open = [name for name in _holders(*folders) if name != report and not name.endswith("-journal")]
    assert while_open == []
    driver.leave()
    driver.close()
    (backup,) = (path.name for path in (home / "hyoka" / "backups").rglob("*.hyoka"))
    assert _holders(*folders) == [backup, report], "a copy of the report holds what the report holds"


def _look_for_the_canary(dialog: QDialog) -> None:
    assert isinstance(dialog, QMessageBox)
    assert CANARY not in dialog.text() + dialog.informativeText() + dialog.detailedText()
    close_message(dialog)


def test_a_killed_program_leaves_the_canary_in_the_report_and_its_journal_alone(sample, temporary, home, tmp_path):
    code = """
import os, sys
from pathlib import Path
from hyoka_desktop.domain.report import ROOT, Address
from hyoka_desktop.services.session import open_session
class Silent:
    def written(self): pass
    def failed(self, error): raise error
    def broken(self, error): raise error
session = open_session(Path(sys.argv[1]), Silent())
session.set_text(2024, ROOT, "procedures", sys.argv[2])
session.put_draft(Address(ROOT, "other_matters", 2024), sys.argv[2])
assert session.flush()
os._exit(1)
"""
    killed = subprocess.run(
        [sys.executable, "-c", code, str(sample), CANARY],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2]), "HOME": str(home)},
        capture_output=True,
        check=False,
    )
    assert (killed.returncode, killed.stdout, killed.stderr) == (1, b"", b"")
    assert set(_holders(home, temporary, tmp_path)) <= {sample.name, f"{sample.name}-journal"}

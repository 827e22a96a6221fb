"""Each command of the command line, its output and its exit code."""

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from hyoka_desktop import __version__, cli
from hyoka_desktop.checks.engine import Finding, Rule, Severity
from hyoka_desktop.domain.report import ROOT, Address
from hyoka_desktop.messages import commandline as words
from hyoka_desktop.messages.window import word
from hyoka_desktop.paths import resource, user_folder
from hyoka_desktop.services import checking
from hyoka_desktop.services.backups import choose_second_place
from hyoka_desktop.services.settings import Settings

Run = Any
Documents = list[dict[str, Any]]


def test_a_new_report_is_made_and_verified(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "新しい 評価書.hyoka"
    made = run("new", path, "--form", "jlis-annual", "--year", "令和6年度", "--organization", "試験機構")
    assert (made.code, made.out, made.err) == (0, f"作成しました: {path}\n", "")
    document = json.loads(run("dump", path).out)
    assert document["organization"]["name"] == "試験機構"
    assert document["fiscal_year"] == 2024
    assert document["cover"]["heading"] == "令和6年度自己評価書"
    assert run("verify", path).code == 0


@pytest.mark.parametrize("year", ["2024", "２０２４", "令和6年度", "令和６年度"])
def test_a_year_is_given_in_either_calendar(year: str, run: Run, sample_file: Path) -> None:
    assert json.loads(run("dump", sample_file, "--year", year).out)["fiscal_year"] == 2024


def test_import_and_dump_give_the_same_document(
    run: Run, sample_paths: list[Path], sample_documents: Documents, tmp_path: Path
) -> None:
    target = tmp_path / "r.hyoka"
    assert run("import", *sample_paths, "-o", target).code == 0
    assert run("dump", target, "--year", "2023", "-o", tmp_path / "back.json").code == 0
    assert json.loads((tmp_path / "back.json").read_text(encoding="utf-8")) == sample_documents[0]
    assert json.loads(run("dump", target).out) == sample_documents[1]


def test_import_tells_what_the_normaliser_changed(run: Run, sample_documents: Documents, tmp_path: Path) -> None:
    sample_documents[0]["overview"]["procedures"] = "前\x07後\u202e\u2028"
    (tmp_path / "odd.json").write_text(json.dumps(sample_documents[0]), encoding="utf-8")
    outcome = run("import", tmp_path / "odd.json", "-o", tmp_path / "r.hyoka")
    assert outcome.code == 0
    assert (
        outcome.err
        == "文字を整えました: odd.json overview.procedures（特殊な改行 1、制御文字 1、文字の向きの制御 1）\n"
    )


def test_export_writes_word_and_pdf(run: Run, sample_file: Path, tmp_path: Path) -> None:
    docx, pdf = tmp_path / "出力 書.docx", tmp_path / "出力 書.pdf"
    outcome = run("export", sample_file, "--docx", docx, "--pdf", pdf)
    assert outcome.code == 0
    assert docx.read_bytes().startswith(b"PK")
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert re.search(r"書き出しました: .*出力 書\.pdf（\d+ページ）", outcome.out)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sample.hyoka", "出力 書.docx", "出力 書.pdf"]


def test_export_of_some_items_has_fewer_pages(run: Run, sample_file: Path, tmp_path: Path) -> None:
    def pages(*options: str) -> int:
        outcome = run("export", sample_file, "--pdf", tmp_path / "x.pdf", *options)
        assert outcome.code == 0
        return int(re.search(r"（(\d+)ページ）", outcome.out)[1])  # type: ignore[index]

    one, two = pages("--items", "Ⅰ-1"), pages("--items", "Ⅰ-1, Ⅰ-2")
    assert 0 < one < two < pages("--blank")


def test_check_without_rules_says_so_and_finds_nothing(run: Run, sample_file: Path) -> None:
    assert run("check", sample_file).code == 0
    assert json.loads(run("check", sample_file, "--json").out)["findings"] == []


@pytest.mark.parametrize(("severity", "code"), [(Severity.ERROR, 1), (Severity.WARNING, 0)])
def test_check_ends_with_one_only_where_it_finds_an_error(
    severity: Severity, code: int, run: Run, sample_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding = Finding("F01", severity, Address(ROOT, "procedures", 2024), 0, 2)
    monkeypatch.setattr(checking, "RULES", (Rule("F01", lambda _: [finding]), Rule("P01", lambda _: [])))
    outcome = run("check", sample_file, "--rules", "F", "--json")
    told = json.loads(outcome.out)
    assert (outcome.code, told["rules"]) == (code, ["F01"])
    assert told["findings"][0]["field"] == "procedures"
    assert run("check", sample_file).out == "指摘は1件です。\n"
    assert run("check", sample_file, "--rules", "P").code == 0


def test_verify_tells_the_anchor_and_compares_a_given_one(run: Run, sample_file: Path) -> None:
    outcome = run("verify", sample_file)
    anchor = re.search(r"控えの印: (1-[0-9a-f]{16})\n", outcome.out)
    assert outcome.code == 0
    assert anchor is not None
    assert run("verify", sample_file, "--anchor", anchor[1]).code == 0
    other = run("verify", sample_file, "--anchor", "1-0000000000000000")
    assert (other.code, other.out) == (3, "")
    assert "控えの印が一致しません" in other.err


def test_backup_makes_a_copy_with_the_time_in_its_name(run: Run, sample_file: Path) -> None:
    outcome = run("backup", sample_file)
    assert outcome.code == 0
    (copy,) = [path for path in sample_file.parent.iterdir() if path != sample_file]
    assert re.fullmatch(r"sample\.\d{8}-\d{6}\.hyoka", copy.name)
    assert run("dump", copy).out == run("dump", sample_file).out


def test_backup_keeps_what_the_window_keeps_and_lists_it(run: Run, sample_file: Path, tmp_path: Path) -> None:
    second = tmp_path / "stick"
    second.mkdir()
    choose_second_place(Settings(), second)
    kept = run("backup", sample_file, "--keep")
    assert kept.code == 0
    (first,) = (user_folder() / "backups").rglob("*.hyoka")
    assert kept.out == words.MADE.format(path=first) + "\n"
    (copy,) = second.rglob("*.hyoka")
    assert copy.name == first.name
    assert run("verify", first).code == 0
    assert run("backup", sample_file, "--keep").out == words.BACKUP_UNCHANGED + "\n"
    (listed,) = run("backup", sample_file, "--list").out.splitlines()
    assert listed.split("\t")[1:] == [word("backup_reason_asked"), str(first)]


def test_backups_of_a_file_that_is_not_there_are_not_listed(run: Run, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "none.hyoka", "--list").code == 3


def test_backup_to_a_place_that_is_taken_is_refused(run: Run, sample_file: Path, tmp_path: Path) -> None:
    (tmp_path / "there.hyoka").write_bytes(b"precious")
    assert run("backup", sample_file, "--out", tmp_path / "there.hyoka").code == 2
    assert (tmp_path / "there.hyoka").read_bytes() == b"precious"


def test_forms_lists_checks_and_adds(run: Run, tmp_path: Path, stored_forms: Any) -> None:
    listed = run("forms")
    assert [line.split("\t")[0] for line in listed.out.splitlines()] == ["iaa-annual", "jlis-annual"]
    own = tmp_path / "own.json"
    own.write_text(stored_forms["iaa-annual"].text.replace('"iaa-annual"', '"own-annual"', 1), encoding="utf-8")
    checked = run("forms", "check", own)
    assert (checked.code, "own-annual" in checked.out) == (0, True)
    assert "own-annual" not in run("forms").out
    assert run("forms", "add", own).code == 0
    assert "own-annual" in run("forms").out


def test_the_version_is_that_of_the_package(run: Run) -> None:
    outcome = run("--version")
    assert (outcome.code, outcome.out) == (0, f"hyoka-desktop {__version__}\n")


@pytest.mark.parametrize("command", ["", *cli._COMMANDS])
def test_help_is_in_japanese(command: str, run: Run) -> None:
    outcome = run(*([command] if command else []), "--help")
    assert outcome.code == 0
    assert re.search("[ぁ-ん]", outcome.out)


def test_an_option_is_explained_as_its_command_takes_it(run: Run) -> None:
    assert "指定しなければ全体" in run("export", "--help").out
    assert "指定しなければ全体" not in run("handout", "--help").out
    assert "様式のファイル" in run("forms", "--help").out


@pytest.mark.parametrize("command", cli._COMMANDS)
def test_the_page_on_commands_tells_of_each_with_all_its_options(command: str, run: Run) -> None:
    page = resource("help", "commands.md").read_text(encoding="utf-8")
    (line,) = (line for line in page.splitlines() if re.match(rf"\| `{command}\b", line))
    explained = page if command == "merge" else line
    options = set(re.findall(r"--[a-z]+", run(command, "--help").out)) - {"--help"}
    assert {option for option in options if option not in explained} == set()


def test_the_readme_names_every_command() -> None:
    readme = Path(__file__).resolve().parents[2].joinpath("README.md").read_text(encoding="utf-8")
    assert {command for command in cli._COMMANDS if f"`{command}`" not in readme} == set()


def test_an_output_of_an_earlier_run_is_replaced_or_left_while_somebody_reads_it(
    run: Run, sample_file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.json"
    out.write_text("old", encoding="utf-8")
    with out.open(encoding="utf-8") as held:
        outcome = run("dump", sample_file, "-o", out)
        assert held.read() == "old"
    if sys.platform == "win32":
        assert (outcome.code, outcome.err.count("\n"), out.read_text(encoding="utf-8")) == (3, 1, "old")
        assert "開いていれば閉じてください" in outcome.err
    else:
        assert (outcome.code, json.loads(out.read_text(encoding="utf-8"))["fiscal_year"]) == (0, 2024)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([out.name, sample_file.name])


@pytest.mark.parametrize("name", ["よその評価書.hyoka", "よその評価書.pdf", "壊れた評価書.hyoka"])
@pytest.mark.parametrize("command", [("dump", "-o"), ("export", "--pdf"), ("export", "--docx"), ("export", "--xlsx")])
def test_nothing_is_written_over_another_report_whatever_its_name(
    command: tuple[str, str], name: str, run: Run, sample_file: Path, tmp_path: Path
) -> None:
    other = tmp_path / name
    other.write_bytes(b"damaged" if name.startswith("壊れた") else sample_file.read_bytes())
    before = other.read_bytes()
    verb, option = command
    outcome = run(verb, sample_file, option, other)
    assert outcome.code == 2
    assert name in outcome.err
    assert "その上には書き出しません" in outcome.err
    assert other.read_bytes() == before

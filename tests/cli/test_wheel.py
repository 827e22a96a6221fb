"""The wheel holds all that the program needs, and works where it is installed."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from hyoka_desktop import __version__

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_the_wheel_holds_everything_and_works_in_an_empty_environment(tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", str(ROOT), "--no-deps", "-w", str(tmp_path)], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "hyoka_desktop/_forms/iaa-annual.json",
        "hyoka_desktop/_forms/jlis-annual.json",
        "hyoka_desktop/_resources/fonts/BIZUDMincho-Regular.ttf",
        "hyoka_desktop/_resources/fonts/BIZUDGothic-Regular.ttf",
        "hyoka_desktop/_resources/fonts/OFL.txt",
        "hyoka_desktop/_resources/fonts/HyokaSupplementMincho-Regular.ttf",
        "hyoka_desktop/_resources/fonts/HyokaSupplementGothic-Regular.ttf",
        "hyoka_desktop/_resources/fonts/OFL-HyokaSupplement.txt",
        "hyoka_desktop/_resources/sample/sample-2023.json",
        "hyoka_desktop/_resources/sample/sample-2024.json",
        "hyoka_desktop/exchange/interchange.schema.json",
    } <= names
    assert not [name for name in names if name.startswith("tests/") or "__pycache__" in name]
    venv.create(tmp_path / "venv", with_pip=True)
    folder = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([folder / "python", "-m", "pip", "install", str(wheel)], check=True, capture_output=True)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment["PYTHONIOENCODING"] = "utf-8"

    def run(*arguments: str) -> str:
        found = subprocess.run(
            [folder / "hyoka-desktop", *arguments], check=True, capture_output=True, cwd=tmp_path, env=environment
        )
        return found.stdout.decode("utf-8")

    assert run("--version").strip() == f"hyoka-desktop {__version__}"
    assert [line.split("\t")[0] for line in run("forms").splitlines()] == ["iaa-annual", "jlis-annual"]
    run("new", "x.hyoka", "--form", "jlis-annual", "--year", "2024", "--organization", "試験機構")
    run("export", "x.hyoka", "--pdf", "x.pdf")
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF-")

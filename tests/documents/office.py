"""LibreOffice as the tests run it: with the fonts of this repository in place of Word's, whatever the machine has."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
_FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
_LONGEST_SECONDS = 240
_FAMILIES = {
    "BIZ UDMincho": ("ＭＳ 明朝", "MS Mincho", "BIZ UD明朝 Medium"),
    "BIZ UDGothic": ("ＭＳ ゴシック", "MS Gothic", "BIZ UDゴシック"),
}
_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  {aliases}
</fontconfig>
"""
_ALIAS = """<match target="pattern"><test name="family" qual="any"><string>{name}</string></test>
  <edit name="family" mode="assign" binding="same"><string>{family}</string></edit></match>"""


def convert(folder, names, kind="pdf"):
    """Convert files of a folder in one run of the office program; skips where there is none."""
    if OFFICE is None:
        pytest.skip("LibreOffice is not installed: no soffice on the path")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [OFFICE, profile, "--headless", "--convert-to", kind, *names],
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=_LONGEST_SECONDS,
        env={**os.environ, "FONTCONFIG_FILE": str(_font_configuration(folder))},
    )


def _font_configuration(folder):
    """Let the office program see our fonts alone, under the names that Word knows."""
    aliases = "\n  ".join(
        _ALIAS.format(name=name, family=family) for family, names in _FAMILIES.items() for name in names
    )
    path = folder / "fonts.conf"
    path.write_text(_CONFIGURATION.format(fonts=_FONTS, cache=folder / "fontcache", aliases=aliases), encoding="utf-8")
    return path

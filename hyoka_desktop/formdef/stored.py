"""Find form definitions: the installed ones, which are read-only, and the user's own."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hyoka_desktop.errors import InputError
from hyoka_desktop.formdef.loader import load_form
from hyoka_desktop.formdef.model import FormDefinition


@dataclass(frozen=True)
class StoredForm:
    """Keep a form with the text that it was read from, since a report file carries that text."""

    text: str
    definition: FormDefinition

    @property
    def sha256(self) -> str:
        """Tell the SHA-256 of the text in hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()


def read_form(path: Path) -> StoredForm:
    """Read one form file; InputError where it cannot be read, or what is wrong in it."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise InputError("form_not_text", file=path.name) from None
    except OSError as fault:
        raise InputError("cannot_read", path=str(path)) from fault
    return StoredForm(text, load_form(path.name, text))


def parse_form(name: str, text: str) -> StoredForm:
    """Read a form from a text that came from elsewhere, for example from a report file."""
    return StoredForm(text, load_form(name, text))


def available_forms(*folders: Path) -> Mapping[str, Path]:
    """Tell the form files of some folders by form id, which is the name of the file; earlier folders win."""
    found: dict[str, Path] = {}
    for folder in folders:
        if folder.is_dir():
            for path in sorted(folder.glob("*.json")):
                found.setdefault(path.stem, path)
    return found


def form_named(form_id: str, *folders: Path) -> StoredForm:
    """Read the form of an id; InputError where no folder has it, or the file says another id."""
    path = available_forms(*folders).get(form_id)
    if path is None:
        raise InputError("form_unknown", form=form_id)
    form = read_form(path)
    if form.definition.id != form_id:
        raise InputError("form_other_id", file=path.name, found=form.definition.id)
    return form

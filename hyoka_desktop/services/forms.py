"""Find, check and add form definitions."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from hyoka_desktop.errors import InputError
from hyoka_desktop.formdef.stored import StoredForm, available_forms, form_named, parse_form, read_form
from hyoka_desktop.paths import forms_folder, user_forms_folder
from hyoka_desktop.services.files import make_folder, write_file
from hyoka_desktop.store.repository import FormText


def installed_forms() -> Mapping[str, StoredForm]:
    """Read all forms that can be used, the shipped ones first; a faulty one of the user's is left out."""
    forms: dict[str, StoredForm] = {}
    for form_id, path in available_forms(forms_folder(), user_forms_folder()).items():
        try:
            forms[form_id] = read_form(path)
        except InputError:
            if path.parent == forms_folder():
                raise
    return forms


def find_form(form_id: str) -> StoredForm:
    """Read the form of an id; InputError where there is none."""
    return form_named(form_id, forms_folder(), user_forms_folder())


def add_form(source: Path) -> StoredForm:
    """Check a form file and copy it to the user's forms; InputError where it is faulty or named as an installed one."""
    form = read_form(source)
    if form.definition.id in available_forms(forms_folder()):
        raise InputError("form_installed", form=form.definition.id)
    make_folder(user_forms_folder())
    write_file(user_forms_folder() / f"{form.definition.id}.json", form.text.encode("utf-8"))
    return form


def carried_form(carried: FormText) -> StoredForm:
    """Read the form that a report file carries; InputError where it was altered."""
    if hashlib.sha256(carried.text.encode("utf-8")).hexdigest() != carried.sha256:
        raise InputError("form_altered", form=carried.form_id)
    return parse_form(f"{carried.form_id}.json", carried.text)


def as_carried(form: StoredForm) -> FormText:
    """Tell a form as a report file carries it."""
    return FormText(form.definition.id, form.text, form.sha256)

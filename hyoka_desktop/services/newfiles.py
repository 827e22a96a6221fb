"""Make a new report file: beside its place, and moved there when it is whole."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from hyoka_desktop.domain.changes import Edit
from hyoka_desktop.errors import InputError, WorldError
from hyoka_desktop.services.author import current_author, now
from hyoka_desktop.store.journals import put_in_place
from hyoka_desktop.store.names import is_too_long, refuse_impossible
from hyoka_desktop.store.repository import FormText, Repository
from hyoka_desktop.store.scratch import Scratch


def make_report_file(path: Path, form: FormText, edit: Edit, checkpoint: Callable[[], None] = lambda: None) -> None:
    """Make a file with a form and what one command writes; a fault leaves nothing behind, nor does giving up.

    InputError where something stands there already, where there is no such folder, or where the name is none.
    `checkpoint` may raise to give up.
    """
    refuse_impossible(path)
    with _file_errors(path):
        taken = path.exists()
    if taken:
        raise InputError("file_exists", path=str(path))
    if not path.parent.is_dir():
        raise InputError("no_folder", path=str(path.parent))
    with _folder_beside(path) as folder:
        partial = folder / "new.hyoka"
        repository = Repository.create(partial, form, current_author(), now)
        try:
            repository.apply(edit)
        finally:
            repository.close()
        checkpoint()
        with _file_errors(path):
            put_in_place(partial, path)


@contextlib.contextmanager
def _folder_beside(path: Path) -> Iterator[Path]:
    with _file_errors(path):
        made = Scratch(path.parent)
    with made:
        yield made.path


@contextlib.contextmanager
def _file_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        code = "name_too_long" if is_too_long(fault, path) else "file_unreachable"
        raise WorldError(code, path=str(path)) from fault
    except ValueError as fault:
        raise InputError("name_impossible", path=str(path).replace("\0", "")) from fault

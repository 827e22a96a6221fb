"""Read a Word document from outside through the guard: body, comments, passport."""

from pathlib import Path

from hyoka_desktop.errors import InputError
from hyoka_desktop.exchange.package_guard import Package, open_package
from hyoka_desktop.exchange.package_parts import main_part, parts_of_kind, relations_of
from hyoka_desktop.exchange.word.body import read_body
from hyoka_desktop.exchange.word.comments import read_comments
from hyoka_desktop.exchange.word.document import ReadDocument
from hyoka_desktop.exchange.word.passport import read_passports
from hyoka_desktop.exchange.word.runs import Story, TooDeepError, TooLongError, child


def read_document(path: Path) -> ReadDocument:
    """Read all of a document; InputError says why a file cannot be taken."""
    package = open_package(path)
    main = main_part(package)
    body = child(package.xml(main), "body") if main is not None else None
    if main is None or body is None:
        raise InputError("package_not_a_document", path=str(path))
    relations, story = relations_of(package, main), Story(escapes=_is_of_libreoffice(package))
    try:
        blocks = read_body(body, story)
        comments = read_comments(package, relations)
    except TooDeepError as fault:
        raise InputError("package_too_deep", path=str(path)) from fault
    except TooLongError as fault:
        raise InputError("package_too_large", path=str(path)) from fault
    quoted = {comment: "".join(texts).strip("\n") for comment, texts in story.quoted.items()}
    return ReadDocument(blocks, comments, quoted, read_passports(package, relations))


def passports_of(path: Path) -> tuple[str, ...]:
    """Tell the passports of a document without reading its body; none where nothing is left of them.

    InputError where it is no document of Word.
    """
    package = open_package(path)
    main = main_part(package)
    if main is None:
        raise InputError("package_not_a_document", path=str(path))
    return read_passports(package, relations_of(package, main))


def _is_of_libreoffice(package: Package) -> bool:
    """Tell whether LibreOffice wrote the file."""
    names = parts_of_kind(package, relations_of(package, ""), "extended-properties")
    return any("LibreOffice" in (package.xml(name).findtext("{*}Application") or "") for name in names)

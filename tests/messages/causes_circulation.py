"""What brings about the errors of handing out, taking back and merging."""

import re
import shutil
import zipfile
from contextlib import closing
from pathlib import Path

from causing import YEAR, Causes, Stage

from hyoka_desktop.domain.handouts import HandoutFormat
from hyoka_desktop.domain.report import Address, NodeKind
from hyoka_desktop.services import reports
from hyoka_desktop.services.backups import Places
from hyoka_desktop.services.circulation import Decisions, take_back
from hyoka_desktop.services.forms import find_form
from hyoka_desktop.services.handouts import Order, hand_out
from hyoka_desktop.services.session import Session
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.services.sharing import mark_shared
from hyoka_desktop.services.taking import take

CAUSES = Causes()


@CAUSES.of("handout_nothing")
def _(stage: Stage) -> None:
    stage.command("handout", stage.report, "--out", stage.folder)


@CAUSES.of("handout_waits")
def _(stage: Stage) -> None:
    session = stage.session()
    stage.patch.setattr(session, "flush", lambda _: False)
    hand_out(session, YEAR, [], stage.folder)


@CAUSES.of("command_unsaved")
def _(stage: Stage) -> None:
    """Let the disk be slower than a command waits for."""
    stage.patch.setattr(Session, "flush", lambda *_: False)
    stage.command("merge", stage.report, shutil.copy(stage.report, stage.folder / "写し.hyoka"))


@CAUSES.of("date_written")
def _(stage: Stage) -> None:
    stage.command("handout", stage.report, "--items", "Ⅰ-1", "--to", "総務課", "--due", "いつか", "--out", stage.folder)


@CAUSES.of("return_unknown_kind")
def _(stage: Stage) -> None:
    path = stage.folder / "回答.txt"
    path.write_text("回答", encoding="utf-8")
    stage.command("return", stage.report, path)


@CAUSES.of("return_other_form")
def _(stage: Stage) -> None:
    other = stage.folder / "他.hyoka"
    reports.new_report(other, find_form("jlis-annual"), YEAR, "見本機構")
    stage.command("merge", stage.report, other)


@CAUSES.of("return_other_report")
def _(stage: Stage) -> None:
    other = stage.folder / "他.hyoka"
    reports.make_sample(other)
    stage.command("merge", stage.report, other)


@CAUSES.of("return_not_handed_out")
def _(stage: Stage) -> None:
    """Take back what was exported of the same report, with the mark of its state."""
    document = stage.folder / "照会.docx"
    stage.done("export", stage.report, "--set", "照会用", "--docx", document)
    take_back(stage.session(), document)


@CAUSES.of("return_when")
def _(stage: Stage) -> None:
    session = stage.session()
    _hand_out(session, stage.folder / "一度目")
    session.set_text(YEAR, 1, "procedures", "その後の変更")
    path = _hand_out(session, stage.folder / "二度目")
    take_back(session, _without(path, "docProps/", "footer"))


@CAUSES.of("returned_other_document")
def _(stage: Stage) -> None:
    session = stage.session()
    path = _hand_out(session, stage.folder / "依頼")
    take_back(session, _with_body(path, "<w:p><w:r><w:t>ほかの文書</w:t></w:r></w:p>"))


@CAUSES.of("package_not_a_document")
def _(stage: Stage) -> None:
    take_back(stage.session(), _packed(stage, "_rels/.rels", "<a/>"))


@CAUSES.of("package_names")
def _(stage: Stage) -> None:
    take_back(stage.session(), _packed(stage, "../外.xml", "<a/>"))


@CAUSES.of("package_too_deep")
def _(stage: Stage) -> None:
    session = stage.session()
    path = _hand_out(session, stage.folder / "依頼")
    take_back(session, _with_body(path, "<w:sdt>" * 300 + "</w:sdt>" * 300))


@CAUSES.of("file_is_shared")
def _(stage: Stage) -> None:
    mark_shared(stage.report.parent, Settings())
    stage.command("handout", stage.report, "--items", "Ⅰ-1", "--to", "総務課", "--out", stage.folder)


@CAUSES.of("merge_stale")
def _(stage: Stage) -> None:
    session, path = _changed_elsewhere(stage, "先方の文。")
    proposal = take_back(session, path)
    session.set_text(YEAR, 1, "procedures", "その間の変更")
    take(session, proposal, Decisions(), Places(stage.folder / "控え"))


@CAUSES.of("merge_undecided")
def _(stage: Stage) -> None:
    session, path = _changed_elsewhere(stage, "先方の文。")
    session.set_text(YEAR, _row(session), "results", "こちらの文。")
    take(session, take_back(session, path), Decisions(), Places(stage.folder / "控え"))


@CAUSES.of("merge_typing")
def _(stage: Stage) -> None:
    session, path = _changed_elsewhere(stage, "先方の文。")
    session.put_draft(Address(_row(session), "results", YEAR), "入力の途中")
    take(session, take_back(session, path), Decisions(), Places(stage.folder / "控え"))


def _changed_elsewhere(stage: Stage, text: str) -> tuple[Session, Path]:
    """Hand a packet out, and have somebody write into it."""
    session = stage.session()
    session.set_text(YEAR, _row(session), "results", "元の文。")
    path = _hand_out(session, stage.folder / "依頼", HandoutFormat.PACKET)
    with closing(stage.session(path)) as there:
        there.set_text(YEAR, _row(there), "results", text)
    return session, path


def _hand_out(session: Session, folder: Path, kind: HandoutFormat = HandoutFormat.WORD) -> Path:
    (made,) = hand_out(session, YEAR, [Order((session.view(YEAR).items[0].id,), "総務課", "", kind)], folder)
    return made.path


def _without(path: Path, *names: str) -> Path:
    """Take parts out of a document, as files are cleaned on their way."""
    target = path.with_name("清められた.docx")
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(target, "w") as clean:
        for name in package.namelist():
            if not any(part in name for part in names):
                clean.writestr(name, package.read(name))
    return target


def _with_body(path: Path, body: str) -> Path:
    """Put other text into a document; its marks stay."""
    target = path.with_name("書き換えられた.docx")
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(target, "w") as other:
        for name in package.namelist():
            content = package.read(name)
            if name == "word/document.xml":
                content = re.sub(rb"(?s)<w:body>.*</w:body>", f"<w:body>{body}</w:body>".encode(), content)
            other.writestr(name, content)
    return target


def _packed(stage: Stage, name: str, content: str) -> Path:
    path = stage.folder / "外.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<a/>")
        package.writestr(name, content)
    return path


def _row(session: Session) -> int:
    view = session.view(YEAR)
    return view.children(view.items[0].id, NodeKind.ROW)[0].id

"""Items go out as documents for Word, are edited there, come back, and are merged with what was written here."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from returned_files import WordFile, fragment, run

from hyoka_desktop.domain import comments
from hyoka_desktop.domain.report import Address, NodeKind
from hyoka_desktop.errors import InputError
from hyoka_desktop.exchange.merging import Outcome, Take
from hyoka_desktop.services.backups import Places
from hyoka_desktop.services.circulation import Decisions, all_by, take_back
from hyoka_desktop.services.handouts import Order, board, hand_out
from hyoka_desktop.services.receipts import proposal_text, receipt_text
from hyoka_desktop.services.reports import make_sample
from hyoka_desktop.services.session import Session, open_session
from hyoka_desktop.services.taking import Fate, take

YEAR = 2024


class Silent:
    """Hear nothing of the store."""

    def written(self) -> None: ...
    def short_of_room(self) -> None: ...
    def failed(self, error: object) -> None: ...
    def broken(self, error: object) -> None: ...


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    path = tmp_path / "見本.hyoka"
    make_sample(path)
    opened = open_session(path, Silent())
    yield opened
    opened.close()


@pytest.fixture
def field(session: Session) -> Address:
    """Tell the results of the first row of the first item, of three sentences."""
    view = session.view(YEAR)
    row = view.children(view.items[0].id, NodeKind.ROW)[0]
    session.set_text(YEAR, row.id, "results", "一つ目の文。二つ目の文。三つ目の文。")
    return Address(row.id, "results", YEAR)


def sent(session: Session, folder: Path, *places: int, to: str = "総務課") -> Path:
    items = tuple(session.view(YEAR).items[place].id for place in places or (0,))
    (made,) = hand_out(session, YEAR, [Order(items, to)], folder)
    return made.path


def edited(path: Path, **others: str) -> WordFile:
    word = WordFile(path.read_bytes())
    for text, other in others.items():
        word.type(text, other)
    return word


def test_an_untouched_document_changes_nothing(session: Session, tmp_path: Path) -> None:
    path = sent(session, tmp_path / "out", 0, 1, 2)
    proposal = take_back(session, path)
    assert proposal.changes_nothing, proposal_text(session, proposal, Decisions())
    assert proposal.handout is not None
    assert proposal.handout.to == "総務課"


def test_word_is_asked_to_track_changes(session: Session, tmp_path: Path) -> None:
    with zipfile.ZipFile(sent(session, tmp_path / "out")) as package:
        assert b"<w:trackRevisions/>" in package.read("word/settings.xml")


def test_sentences_of_both_sides_are_combined_in_one_step(session: Session, field: Address, tmp_path: Path) -> None:
    path = sent(session, tmp_path / "out")
    edited(path, **{session.snapshot.stored(field) or "": "一つ目の文。二つ目の文。三つ目を直した文。"}).saved(path)
    session.set_text(YEAR, field.node, "results", "一つ目をこちらで直した文。二つ目の文。三つ目の文。")
    proposal = take_back(session, path)
    assert [one.outcome for one in proposal.fields if one.is_theirs] == [Outcome.COMBINED]
    receipt = take(session, proposal, Decisions(), Places(tmp_path / "backups"))
    assert session.snapshot.stored(field) == "一つ目をこちらで直した文。二つ目の文。三つ目を直した文。"
    assert Fate.COMBINED in [entry.fate for entry in receipt.entries]
    assert board(session)[0].handout.imported
    session.undo()
    assert session.snapshot.stored(field) == "一つ目をこちらで直した文。二つ目の文。三つ目の文。"


def test_the_same_sentence_waits_for_a_decision(session: Session, field: Address, tmp_path: Path) -> None:
    path = sent(session, tmp_path / "out")
    edited(path, **{session.snapshot.stored(field) or "": "一つ目の文。先方の文。三つ目の文。"}).saved(path)
    session.set_text(YEAR, field.node, "results", "一つ目の文。こちらの文。三つ目の文。")
    proposal = take_back(session, path)
    with pytest.raises(InputError, match="merge_undecided"):
        take(session, proposal, Decisions(), Places(tmp_path / "backups"))
    take(session, proposal, all_by(proposal, Take.THEIRS), Places(tmp_path / "backups"))
    assert session.snapshot.stored(field) == "一つ目の文。先方の文。三つ目の文。"


def test_of_several_documents_of_one_state_each_is_known(session: Session, tmp_path: Path) -> None:
    items = [item.id for item in session.view(YEAR).items]
    orders = [Order((items[0],), "総務課"), Order((items[1], items[2]), "業務課"), Order((items[1],), "監査室")]
    made = hand_out(session, YEAR, orders, tmp_path / "out")
    for one, order in zip(made, orders, strict=True):
        proposal = take_back(session, one.path)
        assert proposal.handout is not None
        assert (proposal.handout.to, proposal.handout.passport.items) == (order.to, order.items)
        assert proposal.changes_nothing


@pytest.mark.parametrize("kinds", [("properties",), ("footer",), ("properties", "footer", "bookmarks", "styles")])
def test_a_document_without_its_marks_is_known_by_what_is_seen(
    session: Session, field: Address, tmp_path: Path, kinds: tuple[str, ...]
) -> None:
    path = sent(session, tmp_path / "out")
    word = edited(path, **{session.snapshot.stored(field) or "": "直した文。"})
    word.clean(*kinds)
    proposal = take_back(session, word.saved(path))
    assert [(one.address, one.theirs) for one in proposal.fields if one.is_theirs] == [(field, "直した文。")]


def test_without_marks_two_states_of_the_same_items_are_not_guessed(session: Session, tmp_path: Path) -> None:
    sent(session, tmp_path / "first")
    session.set_text(YEAR, 1, "procedures", "その後の変更")
    path = sent(session, tmp_path / "second")
    word = WordFile(path.read_bytes())
    assert take_back(session, path).handout == board(session)[1].handout
    word.clean("properties", "footer", "bookmarks", "styles")
    with pytest.raises(InputError, match="return_when"):
        take_back(session, word.saved(path))


def test_a_document_that_was_not_handed_out_is_refused(session: Session, tmp_path: Path) -> None:
    other = tmp_path / "他.hyoka"
    make_sample(other)
    there = open_session(other, Silent())
    path = sent(there, tmp_path / "out")
    there.close()
    with pytest.raises(InputError, match="return_not_handed_out"):
        take_back(session, path)


def test_what_is_no_text_of_a_field_is_told_and_stands_in_the_receipt(
    session: Session, field: Address, tmp_path: Path
) -> None:
    path = sent(session, tmp_path / "out")
    word = WordFile(path.read_bytes())
    text = session.snapshot.stored(field) or ""
    row = word.row(text)
    inserted = '<w:ins w:id="5" w:author="総務 花子" w:date="2025-05-02T10:00:00Z">'
    word.rewrite(text, f"{run(text)}{inserted}{run('加えた文。')}</w:ins>")
    row.addnext(fragment("<w:tr><w:tc><w:p><w:r><w:t>勝手な行</w:t></w:r></w:p></w:tc></w:tr>"))
    proposal = take_back(session, word.saved(path))
    told = proposal_text(session, proposal, Decisions())
    assert "勝手な行" in told
    assert "総務 花子 2025-05-02 挿入「加えた文。」" in told
    receipt = take(session, proposal, Decisions(), Places(tmp_path / "backups"))
    assert session.snapshot.stored(field) == text + "加えた文。"
    assert "勝手な行" in receipt_text(session.form, receipt)


def test_comments_come_as_comments_on_the_field(session: Session, field: Address, tmp_path: Path) -> None:
    path = sent(session, tmp_path / "out")
    word = WordFile(path.read_bytes())
    text = session.snapshot.stored(field) or ""
    begin, end = '<w:commentRangeStart w:id="1"/>', '<w:commentRangeEnd w:id="1"/>'
    mark = '<w:r><w:commentReference w:id="1"/></w:r>'
    word.rewrite(text, f"{begin}{run(text[:6])}{end}{mark}{run(text[6:])}")
    word.comment(
        '<w:comment w:id="1" w:author="総務 花子" w:date="2025-05-02T10:00:00Z">'
        f'<w:p w14:paraId="1">{run("数値を示してください。")}</w:p></w:comment>'
    )
    proposal = take_back(session, word.saved(path))
    take(session, proposal, Decisions(), Places(tmp_path / "backups"))
    (comment,) = comments.comments_of(session.view(YEAR))
    assert (comment.place, comment.remark.person) == (field, "総務 花子")
    assert comment.remark.text == f"「{text[:6]}」について：数値を示してください。"
    assert take_back(session, path).changes_nothing, "nothing is said twice"


def test_a_document_that_is_none_is_refused(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "文書.docx"
    path.write_bytes(b"PK")
    with pytest.raises(InputError, match="package_damaged"):
        take_back(session, path)

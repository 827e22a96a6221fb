"""Files for departments are made away from the window and recorded afterwards; taking is foreseen before it is done."""

from pathlib import Path

import pytest

from hyoka_desktop.domain.changes import Action, Edit, ValueChange
from hyoka_desktop.domain.handouts import HandoutFormat
from hyoka_desktop.domain.report import Address, NodeKind
from hyoka_desktop.domain.work import WorkState
from hyoka_desktop.exchange.merging import Take
from hyoka_desktop.services import handouts, progress
from hyoka_desktop.services import session as session_module
from hyoka_desktop.services.backups import Places
from hyoka_desktop.services.circulation import Decisions, take_back
from hyoka_desktop.services.cleaning import CleanEdit
from hyoka_desktop.services.handouts import Order, board, discard, file_paths, make_files, plan_handouts, record
from hyoka_desktop.services.receipts import receipt_text
from hyoka_desktop.services.session import Session, open_session
from hyoka_desktop.services.taking import Fate, foresee, take

YEAR = 2024


def orders(session: Session, *names: str, kind: HandoutFormat = HandoutFormat.PACKET) -> list[Order]:
    items = session.view(YEAR).items
    return [Order((items[place].id,), to, "", kind) for place, to in enumerate(names)]


def away(path: Path, heard: object, write: object) -> None:
    """Work on a file as somebody elsewhere does."""
    other = open_session(path, heard)  # type: ignore[arg-type]
    write(other)  # type: ignore[operator]
    assert other.close()


def test_the_names_are_told_before_and_are_those_of_the_files(session: Session, tmp_path: Path) -> None:
    asked = orders(session, "総務課", "総務課", "点検課")
    told = file_paths(session, YEAR, asked, tmp_path)
    assert len(set(told)) == 3
    assert not any(path.exists() for path in told)
    made = handouts.hand_out(session, YEAR, asked, tmp_path)
    assert tuple(one.path for one in made) == told
    assert all(path.is_file() for path in told)


def test_nothing_is_on_the_board_before_it_is_recorded(session: Session, tmp_path: Path) -> None:
    steps: list[int] = []
    made = plan_handouts(session, YEAR, orders(session, "総務課", "点検課"), tmp_path)
    make_files(made, progress=steps.append)
    assert (board(session), steps) == ((), [0, 1])
    record(session, made)
    assert [line.handout.to for line in board(session)] == ["総務課", "点検課"]


@pytest.mark.parametrize("kind", HandoutFormat)
def test_giving_up_midway_leaves_no_file(session: Session, tmp_path: Path, kind: HandoutFormat) -> None:
    calls = iter(range(100))

    def give_up() -> None:
        if next(calls) > 0:
            raise KeyboardInterrupt

    folder = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        make_files(plan_handouts(session, YEAR, orders(session, "総務課", "点検課", kind=kind), folder), give_up)
    assert list(folder.iterdir()) == []


def test_what_is_discarded_is_gone(session: Session, tmp_path: Path) -> None:
    made = plan_handouts(session, YEAR, orders(session, "総務課"), tmp_path)
    make_files(made)
    assert made.files[0].path.exists()
    discard(made)
    assert not made.files[0].path.exists()


def test_what_is_foreseen_is_what_is_done(session: Session, tmp_path: Path, heard: object) -> None:
    item, locked = (one.id for one in session.view(YEAR).items[:2])
    order = Order((item, locked), "総務課", "", HandoutFormat.PACKET)
    (made,) = handouts.hand_out(session, YEAR, [order], tmp_path)

    def write(other: Session) -> None:
        other.set_text(YEAR, item, "self_issues", "先方の文。")
        other.set_text(YEAR, locked, "self_issues", "先方の文。")

    away(made.path, heard, write)
    progress.set_state(session, YEAR, [item], WorkState.DIVISION_CHECK)
    progress.set_state(session, YEAR, [locked], WorkState.FINAL)
    proposal, before = take_back(session, made.path), session.snapshot
    foreseen = foresee(session, proposal, Decisions())
    assert session.snapshot is before
    assert [entry.fate for entry in foreseen.entries] == [Fate.TAKEN, Fate.LOCKED]
    assert [place.item for place in foreseen.dropped] == [item]
    receipt = take(session, proposal, Decisions(), Places(tmp_path / "backups"))
    assert tuple(entry for entry in receipt.entries if entry.fate is not Fate.DROPPED) == foreseen.entries


def test_a_part_that_is_declined_after_its_text_was_cleaned_is_named(
    session: Session, tmp_path: Path, heard: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = session.view(YEAR).items[0].id
    (made,) = handouts.hand_out(session, YEAR, [Order((item,), "総務課", "", HandoutFormat.PACKET)], tmp_path)
    added: list[int] = []

    def write(other: Session) -> None:
        added.append(other.add_node(YEAR, item, NodeKind.ROW, 0))
        # As a program of somebody else might write it, which cleans nothing.
        address = Address(added[0], "results", YEAR)
        with monkeypatch.context() as patch:
            patch.setattr(session_module, "clean_edit", lambda _, edit: CleanEdit(edit, {}))
            other.do(Edit(Action.SET_TEXT, "results", (ValueChange(address, None, "全\u202e文"),)))

    away(made.path, heard, write)
    proposal = take_back(session, made.path)
    assert len(proposal.cleaned) == 1
    receipt = take(session, proposal, Decisions(nodes={added[0]: Take.OURS}), Places(tmp_path / "backups"))
    assert {entry.fate for entry in receipt.entries} == {Fate.LEFT, Fate.CLEANED}
    assert "Ⅰ-1" in receipt_text(session.form, receipt)

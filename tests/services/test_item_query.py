"""Lines that choose items: words, captions of the form, letters, achievement rates, the year before."""

from pathlib import Path

import pytest

from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.domain.work import DEPARTMENT, WorkState
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.services import progress
from hyoka_desktop.services.itemquery import ItemQuery, forget_search, save_search, saved_searches, shipped_searches
from hyoka_desktop.services.session import Session
from hyoka_desktop.services.settings import Settings


def chosen(session: Session, line: str) -> list[str]:
    view = session.view(2024)
    query = ItemQuery(session.form, line)
    return [view.text(item.id, "item_number") for item in view.items if query.fits(view, item.id)]


def numbers(session: Session) -> list[str]:
    view = session.view(2024)
    return [view.text(item.id, "item_number") for item in view.items]


def test_words_are_sought_in_number_and_title_whatever_their_width(session: Session) -> None:
    assert chosen(session, "") == numbers(session)
    assert "Ⅰ-3" in chosen(session, "水深")
    assert chosen(session, "Ⅰ－3　水深") == ["Ⅰ-3"]
    assert chosen(session, "ない言葉") == []


def test_an_empty_field_chooses_its_item(session: Session) -> None:
    item = session.view(2024).items[2]
    session.set_text(2024, item.id, "self_rating", "")
    assert chosen(session, "自己評定=空") == ["Ⅰ-3"]
    assert chosen(session, "自己評定≠空") == [number for number in numbers(session) if number != "Ⅰ-3"]


def test_a_field_of_rows_is_empty_where_no_row_has_anything(session: Session) -> None:
    view = session.view(2024)
    rows = view.children(view.items[1].id, NodeKind.ROW)
    assert "Ⅰ-2" not in chosen(session, "主要な業務実績=空")
    for row in rows:
        session.set_text(2024, row.id, "results", "")
    assert chosen(session, "主要な業務実績=空") == ["Ⅰ-2"]


@pytest.mark.parametrize("sign", [">=", "≧", ">", "<=", "<", "="])
def test_letters_are_compared_by_their_rank(session: Session, sign: str) -> None:
    view = session.view(2024)
    ranks = {letter: rank for rank, letter in enumerate(session.form.letters.choices)}
    border = ranks["A"]
    fits = {
        ">=": lambda rank: rank <= border,
        "≧": lambda rank: rank <= border,
        ">": lambda rank: rank < border,
        "<=": lambda rank: rank >= border,
        "<": lambda rank: rank > border,
        "=": lambda rank: rank == border,
    }[sign]
    expected = [
        view.text(item.id, "item_number") for item in view.items if fits(ranks[view.text(item.id, "self_rating")])
    ]
    assert chosen(session, f"自己評定{sign}Ａ") == expected


def test_a_missed_indicator_with_a_good_letter_is_found(session: Session) -> None:
    item = session.view(2024).items[0]
    achievement = next(node for node in session.snapshot.tree.subtree(item.id) if node.kind is NodeKind.ACHIEVEMENT)
    session.set_text(2024, achievement.id, "target", "100件")
    session.set_text(2024, achievement.id, "actual", "９９件")
    session.set_text(2024, item.id, "self_rating", "B")
    assert "Ⅰ-1" in chosen(session, "達成度<100 自己評定>=B")
    session.set_text(2024, item.id, "self_rating", "C")
    assert "Ⅰ-1" not in chosen(session, "達成度<100 自己評定>=B")


def test_a_rate_is_worked_out_in_the_direction_that_the_indicator_says(session: Session) -> None:
    item = session.view(2024).items[0]
    for node in session.snapshot.tree.subtree(item.id):
        if node.kind is NodeKind.ACHIEVEMENT:
            session.set_text(2024, node.id, "target", "10日")
            session.set_text(2024, node.id, "actual", "8日")
            session.set_text(2024, node.id, "direction", "小さい方が良い")
    assert "Ⅰ-1" not in chosen(session, "達成度<100")
    assert "Ⅰ-1" in chosen(session, "達成度=125")


def test_a_rate_is_compared_as_the_table_shows_it(session: Session) -> None:
    """The unit and the direction of an indicator count, and where there is no rate whether it was met."""
    item = session.view(2024).items[0]
    node = next(node for node in session.snapshot.tree.subtree(item.id) if node.kind is NodeKind.ACHIEVEMENT)
    for field, text in (("target", "100件"), ("actual", "120件")):
        session.set_text(2024, node.id, field, text)
    assert "Ⅰ-1" not in chosen(session, "達成度<100")
    session.set_text(2024, node.id, "direction", "小さい方が良い")
    assert "Ⅰ-1" in chosen(session, "達成度<100")
    session.set_text(2024, node.id, "direction", "節目")
    session.set_text(2024, node.id, "target", "令和7年3月31日")
    session.set_text(2024, node.id, "actual", "令和7年4月1日")
    assert "Ⅰ-1" in chosen(session, "達成度<100"), "missed"
    session.set_text(2024, node.id, "actual", "令和7年3月1日")
    assert "Ⅰ-1" not in chosen(session, "達成度<100"), "kept"


def test_items_are_chosen_by_the_state_of_their_work_and_by_who_is_in_charge(session: Session) -> None:
    items = [item.id for item in session.view(2024).items]
    progress.set_state(session, 2024, items, WorkState.DRAFTING)
    progress.set_state(session, 2024, items[:1], WorkState.FINAL)
    progress.set_state(session, 2024, items[1:2], WorkState.DIVISION_CHECK)
    progress.set_in_charge(session, 2024, items[:2], DEPARTMENT, "企画課")
    everything = numbers(session)
    assert chosen(session, "状態＝確定") == everything[:1]
    assert chosen(session, "状態<確定") == chosen(session, "状態≠確定") == everything[1:]
    assert chosen(session, "状態>=課内確認") == everything[:2]
    assert chosen(session, "担当課=企画課 状態<確定") == everything[1:2]
    assert chosen(session, "担当課:企画") == everything[:2]
    assert chosen(session, "担当課=空") == everything[2:]
    assert chosen(session, "担当者≠空") == []


def test_the_issues_of_the_year_before_without_an_answer_are_found(session: Session) -> None:
    item = session.view(2024).items[0].id
    session.set_text(2023, item, "minister_issues", "体制の強化")
    session.set_text(2024, item, "self_issues", "")
    line = "前年度の今後の課題≠空 課題と対応=空"
    assert "Ⅰ-1" in chosen(session, line)
    session.set_text(2024, item, "self_issues", "強化した。")
    assert "Ⅰ-1" not in chosen(session, line)


def test_words_in_a_named_field_are_found(session: Session) -> None:
    item = session.view(2024).items[4].id
    session.set_text(2024, item, "internal_note", "要確認：数値")
    assert chosen(session, "内部メモ:要確認") == ["Ⅰ-5"]


@pytest.mark.parametrize("form_name", ["iaa", "jlis"])
def test_every_shipped_search_is_read_as_conditions(form_name: str, request, tmp_path: Path) -> None:
    form: FormDefinition = request.getfixturevalue(form_name)
    searches = saved_searches(Settings(tmp_path / "settings.json"), form)
    assert len(searches) >= 5
    for search in searches:
        assert "{" not in search.line
        for term in search.line.split():
            name = term.split("=")[0].split("≠")[0].split("<")[0].split(">")[0].removeprefix("前年度の")
            assert name in {"達成度", "状態"} or any(field.label == name for field in form.fields.values()), term


@pytest.mark.parametrize("form_name", ["iaa", "jlis"])
def test_searches_that_come_with_the_program_are_in_the_captions_of_the_form(form_name: str, request) -> None:
    form: FormDefinition = request.getfixturevalue(form_name)
    for search in shipped_searches(form):
        assert ItemQuery(form, search.line).unread == [], search.line


def test_own_searches_are_kept_renewed_and_let_go(iaa: FormDefinition, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    save_search(settings, "確認", "内部メモ≠空")
    save_search(settings, "確認", "内部メモ:要確認")
    again = Settings(tmp_path / "settings.json")
    assert [(one.name, one.line) for one in saved_searches(again, iaa)][-1] == ("確認", "内部メモ:要確認")
    forget_search(again, "確認")
    assert "確認" not in {one.name for one in saved_searches(again, iaa)}

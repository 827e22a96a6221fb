"""Names and numbers that stand in report files, and those by which forms are known, stay as they are."""

import pytest

from hyoka_desktop.domain import achievement, comments, draftkeys, handouts, versions, work
from hyoka_desktop.domain import fields as known_fields
from hyoka_desktop.domain.changes import Action, Origin
from hyoka_desktop.domain.report import ROOT, SINCE_START, Address, NodeKind
from hyoka_desktop.formdef.model import FormDefinition
from tests.facts import assert_never_changes_in_place, facts_of


def test_the_names_that_the_log_of_a_file_holds_never_change() -> None:
    assert " ".join(Action) == (
        "create import set_text change_plan set_block add remove move renumber add_year restore name_version replace "
        "paste fill clear take_cells set_state assign comment hand_out merge"
    ), "a file of today must read tomorrow; a new action is added behind the others"
    assert " ".join(Origin) == "do undo redo"
    assert " ".join(NodeKind) == (
        "report minister section item row indicator achievement output comment reply version handout"
    )
    assert (SINCE_START, ROOT) == (0, 1)


def test_the_names_of_what_the_application_keeps_for_itself_in_a_file_never_change() -> None:
    assert sorted(comments.COMMENT_FIELDS) == [
        *("comment_field", "comment_person", "comment_state", "comment_text", "comment_time"),
    ]
    assert sorted(versions.VERSION_FIELDS) == [
        *("version_name", "version_note", "version_person", "version_sequence", "version_time"),
    ]
    assert sorted(handouts.HANDOUT_FIELDS) == [
        *("handout_added", "handout_anchor", "handout_due", "handout_format", "handout_imported", "handout_items"),
        *("handout_person", "handout_returned", "handout_sent", "handout_to", "handout_year"),
    ]
    assert sorted(work.WORK_FIELDS) == ["work_assignee", "work_department", "work_state"]
    assert " ".join(comments.CommentState) == "open closed"
    assert " ".join(work.WorkState) == "not_started drafting division_check department_check final"
    assert " ".join(handouts.HandoutFormat) == "word packet"
    assert " ".join(achievement.Direction) == "larger smaller reduction range yes_no milestone qualitative"


def test_the_names_of_drafts_that_a_file_holds_never_change() -> None:
    place = Address(7, "results", 2024)
    assert draftkeys.comment_key(place) == Address(7, "comment:results", 2024)
    assert draftkeys.taking_key(place) == Address(7, "taking:results", 2024)
    assert draftkeys.rewriting_key(9, 2024) == Address(9, "comment:comment_text", 2024)
    assert draftkeys.aside_key(place, ()) == Address(7, "aside:1:results", 2024)
    assert draftkeys.aside_key(place, {Address(7, "aside:1:results", 2024)}) == Address(7, "aside:2:results", 2024)


@pytest.mark.parametrize("form", ["iaa", "jlis"])
def test_the_fields_that_the_program_knows_by_meaning_are_those_of_the_forms(
    form: str, request: pytest.FixtureRequest
) -> None:
    definition: FormDefinition = request.getfixturevalue(form)
    known = {value for name, value in vars(known_fields).items() if name.isupper()} - {"true", "false"}
    assert len(known) > 10
    assert known - set(definition.fields) == set()


@pytest.mark.parametrize("kind", facts_of("domain"), ids=lambda kind: kind.__name__)
def test_a_fact_never_changes_in_place(kind: type) -> None:
    assert_never_changes_in_place(kind)

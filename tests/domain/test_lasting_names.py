"""Names and numbers that stand in report files, and those by which forms are known, stay as they are."""

from dataclasses import FrozenInstanceError, fields, is_dataclass

import pytest

from hyoka_desktop.domain import achievement, changes, era, quantity, report
from hyoka_desktop.domain import fields as known_fields
from hyoka_desktop.domain.changes import Action, Origin
from hyoka_desktop.domain.report import ROOT, SINCE_START, NodeKind
from hyoka_desktop.formdef.model import FormDefinition

FACTS = sorted(
    {
        found
        for module in (achievement, changes, era, quantity, report)
        for found in vars(module).values()
        if isinstance(found, type) and is_dataclass(found)
    },
    key=lambda found: found.__name__,
)


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


@pytest.mark.parametrize("form", ["iaa", "jlis"])
def test_the_fields_that_the_program_knows_by_meaning_are_those_of_the_forms(
    form: str, request: pytest.FixtureRequest
) -> None:
    definition: FormDefinition = request.getfixturevalue(form)
    known = {value for name, value in vars(known_fields).items() if name.isupper()} - {"true", "false"}
    assert len(known) > 10
    assert known - set(definition.fields) == set()


@pytest.mark.parametrize("kind", FACTS, ids=lambda kind: kind.__name__)
def test_a_fact_never_changes_in_place(kind: type) -> None:
    fact = object.__new__(kind)
    with pytest.raises(FrozenInstanceError):
        setattr(fact, fields(kind)[0].name, None)

"""What was read from a file that came back never changes in place, whoever holds it."""

import pytest

from tests.facts import assert_never_changes_in_place, facts_of


@pytest.mark.parametrize("kind", facts_of("exchange", {"CellReturn", "ReadParagraph"}), ids=lambda kind: kind.__name__)
def test_a_fact_never_changes_in_place(kind: type) -> None:
    assert_never_changes_in_place(kind)

"""What was read from a report file never changes in place, whichever thread holds it."""

import pytest

from tests.facts import assert_never_changes_in_place, facts_of


@pytest.mark.parametrize("kind", facts_of("store", {"Remains"}), ids=lambda kind: kind.__name__)
def test_a_fact_never_changes_in_place(kind: type) -> None:
    assert_never_changes_in_place(kind)

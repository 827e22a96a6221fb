"""What the toolkit does to the interpreter, and what keeps it alive."""

import sys

import pytest

from hyoka_desktop.ui.interpreter import prepare_interpreter

_ENOUGH = 1 << 39


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="from Python 3.12 on the constants are immortal (PEP 683)")
def test_the_constants_have_more_references_than_any_window_can_lose():
    prepare_interpreter()
    prepare_interpreter()
    assert [constant for constant in (None, True, False) if sys.getrefcount(constant) < _ENOUGH] == []

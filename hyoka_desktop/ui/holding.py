"""Say what goes with a part of the report that is removed."""

from hyoka_desktop.domain.report import YearView
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.holding import held_in


def with_held(name: str, what: str, view: YearView, node: int) -> str:
    """Word the removal of a node by a message and its sister `_with`, which speaks of what the node holds too."""
    held = [word(f"held_{kind.value}", count=count) for kind, count in held_in(view, node).items()]
    return word(f"{name}_with", what=what, held="、".join(held)) if held else word(name, what=what)

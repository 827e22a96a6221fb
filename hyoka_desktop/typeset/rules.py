"""Join the rules of neighbouring cells, so that a line of the table is drawn once."""

from collections.abc import Iterable

from hyoka_desktop.typeset.frames import Rule

_NEAR = 0.05


def merged_rules(rules: Iterable[Rule]) -> list[Rule]:
    """Tell the same picture with overlapping and touching rules joined."""
    lines: dict[tuple[bool, float, float], list[tuple[float, float]]] = {}
    for rule in rules:
        vertical = rule.x0 == rule.x1
        place = round(rule.x0 if vertical else rule.y0, 1)
        span = (rule.y0, rule.y1) if vertical else (rule.x0, rule.x1)
        lines.setdefault((vertical, place, rule.thickness), []).append(span)
    joined: list[Rule] = []
    for (vertical, place, thickness), spans in lines.items():
        for start, end in _united(sorted(spans)):
            if vertical:
                joined.append(Rule(place, start, place, end, thickness))
            else:
                joined.append(Rule(start, place, end, place, thickness))
    return joined


def _united(spans: list[tuple[float, float]]) -> Iterable[tuple[float, float]]:
    start, end = spans[0]
    for next_start, next_end in spans[1:]:
        if next_start <= end + _NEAR:
            end = max(end, next_end)
        else:
            yield start, end
            start, end = next_start, next_end
    yield start, end

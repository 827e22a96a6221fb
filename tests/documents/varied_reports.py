"""Vary the sample: the same report with its prose cut, repeated and shuffled by the sentence."""

import json
import random
import re
from typing import Any

from built_reports import Built, Json, build, shipped_form, view_of

from hyoka_desktop.paths import resource

_PROSE = frozenset(
    {
        *("policy", "legal_basis", "importance_reason", "difficulty_reason", "procedures", "other_matters"),
        *("mid_term_objective", "mid_term_plan", "annual_plan", "results_note", "results", "self_evaluation"),
        *("grounds", "issues", "other", "reference", "corporate_evaluation"),
    }
)
_SENTENCE = re.compile(r"[^。\n]*(?:。|\n|$)")


def build_variant(seed: int) -> Built:
    """Build the variant of a seed."""
    form = shipped_form("iaa-annual")
    return build(f"variant-{seed}", form, view_of(form, varied_report(seed)))


def varied_report(seed: int) -> Json:
    """Tell the newest year of the sample with other texts of the same kind."""
    newest = sorted(resource("sample").glob("*.json"))[-1]
    report: Json = json.loads(newest.read_text(encoding="utf-8"))
    return _varied(report, random.Random(seed))


def _varied(value: Any, chance: random.Random, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _varied(inner, chance, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_varied(inner, chance, key) for inner in value]
    return _varied_text(value, chance) if isinstance(value, str) and key in _PROSE else value


def _varied_text(text: str, chance: random.Random) -> str:
    sentences = [sentence for sentence in _SENTENCE.findall(text) if sentence]
    if not sentences:
        return text
    count = max(round(len(sentences) * chance.uniform(0.4, 2.2)), 1)
    return "".join(chance.choices(sentences, k=count)).strip("\n")

"""The shape of the interchange format, version 1: which key of which object holds which field.

Reader, writer and JSON Schema are driven by this one table, so that import and dump cannot drift apart. A required key
is always written, an optional one and a field of the form's own only where there is text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.formdef.model import Scope

FORMAT: Final = "hyoka-interchange"
VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class TextKey:
    """Hold the text of a field."""

    field: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class FlagKey:
    """Hold a flag as true or false."""

    field: str


@dataclass(frozen=True, slots=True)
class LinesKey:
    """Hold a field of lines as a list of texts, none empty."""

    field: str


@dataclass(frozen=True, slots=True)
class ObjectKey:
    """Hold more keys of the same node."""

    shape: "Shape"


@dataclass(frozen=True, slots=True)
class NodesKey:
    """Hold child nodes in order; an optional list is never empty."""

    kind: NodeKind
    shape: "Shape"
    optional: bool = False


@dataclass(frozen=True, slots=True)
class YearsKey:
    """Hold values of several years: year, key, value.

    `current` says whether the year of the document itself may stand there; where it may not, its values have a place
    of their own. `partial` says whether keys may be missing in a year.
    """

    keys: Mapping[str, str]
    counts: frozenset[str] = frozenset()
    not_current: frozenset[str] = frozenset()
    partial: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class SeriesKey:
    """Hold one field over several earlier years: year, value."""

    field: str


@dataclass(frozen=True, slots=True)
class InputsKey:
    """Hold yearly fields that only the form knows: field, year, value."""


@dataclass(frozen=True, slots=True)
class FieldsKey:
    """Hold further fields that the form declares: field, value; of one scope, or of both."""

    scope: Scope | None = None


Key = TextKey | FlagKey | LinesKey | ObjectKey | NodesKey | YearsKey | SeriesKey | InputsKey | FieldsKey


@dataclass(frozen=True, slots=True)
class Shape:
    """Map the keys of one JSON object."""

    keys: Mapping[str, Key]


def _texts(**fields: str) -> dict[str, Key]:
    return {key: TextKey(field) for key, field in fields.items()}


_ACHIEVEMENT = Shape(
    {
        **_texts(label="achievement_label", actual="actual", target="target"),
        "years": YearsKey(
            {"actual": "actual", "target": "target"}, not_current=frozenset({"actual", "target"}), optional=True
        ),
        "fields": FieldsKey(),
    }
)
_INDICATOR = Shape(
    {
        **_texts(name="indicator_name", lead="indicator_lead"),
        "achievements": NodesKey(NodeKind.ACHIEVEMENT, _ACHIEVEMENT),
        "fields": FieldsKey(),
    }
)
_ROW = Shape(
    {
        **_texts(mid_term_objective="mid_term_objective", mid_term_plan="mid_term_plan", annual_plan="annual_plan"),
        "indicators": NodesKey(NodeKind.INDICATOR, _INDICATOR),
        "viewpoints": LinesKey("viewpoints"),
        **_texts(results="results", self_evaluation="self_evaluation"),
        "fields": FieldsKey(),
    }
)
_SHEET = Shape(
    {
        **_texts(results_note="results_note"),
        "self_evaluation": ObjectKey(Shape(_texts(rating="self_rating", grounds="self_grounds", issues="self_issues"))),
        "minister_evaluation": ObjectKey(
            Shape(
                _texts(
                    rating="minister_rating",
                    grounds="minister_grounds",
                    issues="minister_issues",
                    other="minister_other",
                )
            )
        ),
        "rows": NodesKey(NodeKind.ROW, _ROW),
        **_texts(reference="reference"),
        "fields": FieldsKey(Scope.YEAR),
    }
)
_OUTPUT = Shape(
    {
        **_texts(name="output_name", target="output_target", baseline="output_baseline"),
        "years": YearsKey({"planned": "planned", "actual": "output_actual", "rate": "output_rate"}),
        **_texts(note="output_note"),
        "fields": FieldsKey(),
    }
)
_ITEM = Shape(
    {
        **_texts(number="item_number", title="item_title"),
        "high_importance": FlagKey("high_importance"),
        "high_difficulty": FlagKey("high_difficulty"),
        "prioritized": FlagKey("prioritized"),
        "importance_reason": TextKey("importance_reason", optional=True),
        "difficulty_reason": TextKey("difficulty_reason", optional=True),
        **_texts(policy="policy", legal_basis="legal_basis"),
        "policy_evaluation": TextKey("policy_evaluation", optional=True),
        "years": YearsKey(
            {"staff": "staff", "rating": "minister_rating"},
            counts=frozenset({"staff"}),
            not_current=frozenset({"rating"}),
            partial=True,
        ),
        "outputs": NodesKey(NodeKind.OUTPUT, _OUTPUT, optional=True),
        "inputs": InputsKey(),
        "sheet": ObjectKey(_SHEET),
        "fields": FieldsKey(Scope.PERIOD),
    }
)
_SECTION = Shape(
    {
        **_texts(number="section_number", title="section_title", sheet_form="sheet_form"),
        "items": NodesKey(NodeKind.ITEM, _ITEM),
        "fields": FieldsKey(),
    }
)
_MINISTER = Shape(
    {
        **_texts(minister="minister", bureau="bureau", officer="officer"),
        "inspection_bureau": TextKey("inspection_bureau", optional=True),
        "inspection_officer": TextKey("inspection_officer", optional=True),
        "fields": FieldsKey(),
    }
)
_OVERALL = Shape(
    {
        **_texts(rating="overall_rating", grounds="overall_grounds"),
        "history": SeriesKey("overall_rating"),
        **_texts(
            corporate_evaluation="corporate_evaluation",
            special_considerations="special_considerations",
            issues_pointed_out="issues_pointed_out",
            other_improvements="other_improvements",
            improvement_orders="improvement_orders",
            auditor_opinions="auditor_opinions",
            other_remarks="other_remarks",
        ),
    }
)
REPORT: Final = Shape(
    {
        "organization": ObjectKey(Shape(_texts(name="organization_name"))),
        "period": ObjectKey(Shape(_texts(label="period_label", start="period_start", end="period_end"))),
        "cover": ObjectKey(
            Shape(_texts(heading="cover_heading", subject="cover_subject", date="cover_date", issuer="cover_issuer"))
        ),
        "overview": ObjectKey(
            Shape(
                {
                    **_texts(fiscal_year_text="fiscal_year_text"),
                    "ministers": NodesKey(NodeKind.MINISTER, _MINISTER),
                    **_texts(procedures="procedures", other_matters="other_matters"),
                }
            )
        ),
        "overall": ObjectKey(_OVERALL),
        "sections": NodesKey(NodeKind.SECTION, _SECTION),
        "fields": FieldsKey(),
    }
)


def _named(shape: Shape) -> set[str]:
    names: set[str] = set()
    for key in shape.keys.values():
        match key:
            case TextKey(field) | FlagKey(field) | LinesKey(field) | SeriesKey(field):
                names.add(field)
            case ObjectKey(inner) | NodesKey(_, inner):
                names |= _named(inner)
            case YearsKey(keys):
                names |= set(keys.values())
            case InputsKey() | FieldsKey():
                pass
    return names


NAMED_FIELDS: Final = frozenset(_named(REPORT))
"""All field ids that the format has a key for; others travel under `inputs` (yearly quantities) or `fields`."""


def travels_as_input(kind: str, on: NodeKind, field: str) -> bool:
    """Tell whether a form's own field travels under `inputs`: a quantity of an item (経年データ②)."""
    return on is NodeKind.ITEM and kind == "quantity" and field not in NAMED_FIELDS

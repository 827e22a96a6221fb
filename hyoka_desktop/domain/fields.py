"""Name the fields that rules, tree and interchange know by meaning; a form may declare any others.

Field ids are unique within a form. What an id means for the printed page is said by the form alone.
"""

from typing import Final

ORGANIZATION_NAME: Final = "organization_name"
SECTION_NUMBER: Final = "section_number"
SECTION_TITLE: Final = "section_title"
SHEET_FORM: Final = "sheet_form"
ITEM_NUMBER: Final = "item_number"
ITEM_TITLE: Final = "item_title"
HIGH_IMPORTANCE: Final = "high_importance"
HIGH_DIFFICULTY: Final = "high_difficulty"
PRIORITIZED: Final = "prioritized"
SELF_RATING: Final = "self_rating"
MINISTER_RATING: Final = "minister_rating"
OVERALL_RATING: Final = "overall_rating"
PERIOD_START: Final = "period_start"
PERIOD_END: Final = "period_end"
COVER_HEADING: Final = "cover_heading"
INDICATOR_NAME: Final = "indicator_name"
ACHIEVEMENT_LABEL: Final = "achievement_label"
TARGET: Final = "target"
ACTUAL: Final = "actual"
UNIT: Final = "unit"
DIRECTION: Final = "direction"
BASELINE: Final = "baseline"

TRUE: Final = "true"
FALSE: Final = "false"

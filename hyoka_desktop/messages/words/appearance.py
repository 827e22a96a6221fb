"""The words about the looks of the window and about explanations."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "menu_colours": "配色(&C)",
    "menu_text_size": "文字の大きさ(&S)",
    "explain_none": "ここに説明のある用語はありません。欄に移ってから、もう一度押してください。",
    "reading_name": "{name}（参照）",
    "picks": "候補",
    "of_block": "{block} {name}",
}

"""Say what is wrong with a command on an item that is final."""

from collections.abc import Mapping
from typing import Final

WORK: Final[Mapping[str, tuple[str, str, str]]] = {
    "item_locked": (
        "{year}の項目「{item}」は「確定」なので、変更できません。",
        "内容は元のままです。",
        "変更するときは、その項目で「確定を解除…」を選び、理由を入力してください。",
    ),
    "unlock_without_reason": (
        "「確定」を解除するには、理由が必要です。",
        "状態は元のままです。",
        "「確定を解除…」から理由を入力してください。",
    ),
}

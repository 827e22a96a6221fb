"""What is hashed is JSON: of a text with its address at once, of a long command in pieces, which comes to the same."""

import hashlib
import json

import pytest

from hyoka_desktop.domain.report import Address
from hyoka_desktop.store.hashing import EMPTY_CHAIN, link, value_hash

COMMAND = (7, "import", "", "do", None, "評価 太郎", "PC-01", "2024-06-28T10:00:00+09:00", "")


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 250])
def test_a_link_is_the_hash_of_the_json_of_command_changes_and_facts(count: int) -> None:
    changes = [("value", number, "results", 2024, None, f"文「{number}」\ud800\n") for number in range(count)]
    whole = json.dumps([list(COMMAND), [list(change) for change in changes], "0f"], ensure_ascii=False)

    assert link(EMPTY_CHAIN, COMMAND, iter(changes), "0f") == (
        hashlib.sha256(EMPTY_CHAIN + whole.encode("utf-8", "surrogatepass")).digest()
    )


@pytest.mark.parametrize("text", ["", "文「」\n", "\ud800"])
def test_the_hash_of_a_text_is_that_of_its_json(text: str) -> None:
    whole = json.dumps(["value", 7, "results", 2024, text], ensure_ascii=False)

    assert value_hash(Address(7, "results", 2024), text) == (
        hashlib.blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    )

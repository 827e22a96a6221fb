"""Every message of the catalogue is brought about for real, and the person reads its three sentences filled."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import causes_circulation
import causes_commands
import causes_forms
import causes_incoming
import causes_opening
import causes_saving
import causes_working
import pytest
from causing import Cause, Stage, shown

from hyoka_desktop.formdef.stored import StoredForm
from hyoka_desktop.messages import errors
from hyoka_desktop.messages.errors import error_codes, message_of

_AREAS = (
    causes_circulation,
    causes_commands,
    causes_forms,
    causes_incoming,
    causes_opening,
    causes_saving,
    causes_working,
)
CAUSES: Mapping[str, Cause] = {code: cause for area in _AREAS for code, cause in area.CAUSES.items()}
_PLACEHOLDER = re.compile(r"(?<!\{)\{(\w+)\}")


@pytest.fixture
def stage(
    tmp_path_factory: pytest.TempPathFactory,
    sample_file: Path,
    stored_forms: Mapping[str, StoredForm],
    sample_documents: list[dict[str, Any]],
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Stage]:
    with pytest.MonkeyPatch.context() as patch:
        made = Stage(tmp_path_factory.mktemp("stage"), sample_file, stored_forms, sample_documents, patch, capsys)
        with made.closing:
            yield made


def test_every_message_has_a_cause_and_every_cause_a_message() -> None:
    assert sorted(error_codes() - set(CAUSES)) == [], "messages that no test shows"
    assert sorted(set(CAUSES) - error_codes()) == [], "causes of nothing"
    assert len(CAUSES) == sum(len(area.CAUSES) for area in _AREAS), "a code has one cause"


@pytest.mark.parametrize("code", sorted(error_codes() & set(CAUSES)))
def test_a_message_is_shown_with_all_that_it_tells(code: str, stage: Stage) -> None:
    told = shown(CAUSES[code], stage)
    assert told.error.code == code, told.line
    sentences = errors._CATALOGUE[code]
    wanted = {name for sentence in sentences for name in _PLACEHOLDER.findall(sentence)}
    empty = {name for name in wanted if not str(told.error.parameters.get(name, "")).strip()}
    assert empty == set(), "a place in the sentence stays empty"
    message = message_of(told.error)
    assert told.line == message.what + message.safe + message.do
    for said, sentence in zip((message.what, message.safe, message.do), sentences, strict=True):
        assert _fits(said, sentence), said


def _fits(said: str, sentence: str) -> bool:
    """Tell whether a line is the sentence with something in each of its places."""
    literal = [re.escape(part.replace("{{", "{").replace("}}", "}")) for part in re.split(r"(?<!\{)\{\w+\}", sentence)]
    return re.fullmatch(".+".join(literal), said) is not None

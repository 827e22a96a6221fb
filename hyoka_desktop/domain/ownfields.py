"""Gather the fields that the application keeps for itself, so that no form declares one of them."""

from typing import Final

from hyoka_desktop.domain.comments import COMMENT_FIELDS
from hyoka_desktop.domain.handouts import HANDOUT_FIELDS
from hyoka_desktop.domain.versions import VERSION_FIELDS
from hyoka_desktop.domain.work import WORK_FIELDS

OWN_FIELDS: Final = WORK_FIELDS | COMMENT_FIELDS | VERSION_FIELDS | HANDOUT_FIELDS

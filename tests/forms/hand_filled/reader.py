"""The reader under test, with the shipped dictionary and the words of the built-in kit."""

from __future__ import annotations

import json

import resources
from forms.checks.settings import SharedWords
from forms.hand_filled.head_words import HeadWords
from forms.hand_filled.reading import TableFinder
from models.domain.kit_json import record_from_json
from resources.builtin_kits import base_check_settings

WORDS = HeadWords.from_json(
    json.loads(resources.path("hand_filled", "heads.json").read_text(encoding="utf-8"))
)
SHARED = record_from_json(SharedWords, dict(base_check_settings()["shared"]), "公用词表")
FINDER = TableFinder(WORDS, SHARED)

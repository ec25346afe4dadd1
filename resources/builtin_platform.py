"""The shipped mappings of the integrated platform (内置一体化对照表): one file of `platform/` a workbook."""

from __future__ import annotations

import json
from functools import cache

import resources
from models.domain.kit_json import record_from_json
from models.domain.platform_mapping import PlatformMapping

_FOLDER = "platform"


@cache
def builtin_platform() -> tuple[PlatformMapping, ...]:
    """Every shipped mapping by its id; read once."""
    found = (
        record_from_json(PlatformMapping, json.loads(path.read_text(encoding="utf-8")), path.name)
        for path in resources.path(_FOLDER).glob("*.json")
    )
    return tuple(sorted(found, key=lambda mapping: mapping.mapping_id))

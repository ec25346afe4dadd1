"""Kinds of evidence files a kit allows (允许的佐证材料种类): read and written as people list them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from forms.checks.evidence_settings import EvidenceSetting
from forms.checks.settings import CheckSettings
from models.domain.errors import InputError
from models.domain.evidence import EXECUTABLE_ENDINGS, LONGEST_ENDING
from models.domain.kit import ParameterKit
from models.domain.money import plain_text

_BETWEEN = re.compile(r"[\s,;/、，；]+")
_WHERE = "佐证材料种类"


def evidence_kinds(kit: ParameterKit) -> tuple[str, ...]:
    """Endings a kit allows, without dots; none when it says nothing of evidence."""
    setting = CheckSettings(kit).find(EvidenceSetting)
    return setting.kinds if setting else ()


def with_evidence_kinds(kit: ParameterKit, text: str) -> ParameterKit:
    """The kit with other kinds. InputError for an empty list, what is no ending, and programs."""
    kinds = tuple(dict.fromkeys(_kinds(plain_text(text).lower())))
    if not kinds:
        raise InputError("没有填文件种类", "请至少填一种，如 pdf、jpg", _WHERE)
    settings = {key: dict(record) for key, record in kit.check_settings.items()}
    settings[EvidenceSetting.KEY]["kinds"] = list(kinds)
    return replace(kit, check_settings=settings)


def _kinds(text: str) -> Sequence[str]:
    """Each ending of a list; dots and stars before it (*.pdf) do not matter."""
    found = []
    for part in _BETWEEN.split(text):
        kind = part.lstrip("*.")
        if not kind:
            continue
        if not (kind.isascii() and kind.isalnum()) or len(kind) > LONGEST_ENDING:
            raise InputError(f"“{part[:20]}”不是文件种类", "请填文件名最后的几个字母，如 pdf", _WHERE)
        if kind in EXECUTABLE_ENDINGS:
            raise InputError(f"“{kind}”是程序或网页，不能作为佐证材料", "请删去这一种", _WHERE)
        found.append(kind)
    return found

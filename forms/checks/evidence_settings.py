"""Settings of supporting evidence (佐证材料要求): what may be attached, how large, and what must be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forms.checks.setting_record import SettingRecord, Words


@dataclass(frozen=True)
class EvidenceSetting(SettingRecord):
    """What may be attached, and what must be (佐证材料要求).

    `kinds` are endings without dots. Sizes are whole MB: one file, all files of one package, and what
    sticks and mail take without trouble; `photo_offer_kilobytes` is from where making a picture smaller is
    offered, `photo_side` its longest side in pixels afterwards, `photo_quality` that of its JPEG (1…100).
    `evidence_required` names by form the first- or second-level codes whose rows need evidence;
    `mention_words` are words by which an answer speaks of an attachment (C45).
    """

    KEY = "evidence"
    LABEL = "佐证材料要求"
    kinds: Words
    picture_kinds: Words
    file_megabytes: int
    package_megabytes: int
    advised_megabytes: int
    photo_offer_kilobytes: int
    photo_side: int
    photo_quality: int
    evidence_required: Mapping[str, Words]
    mention_words: Words

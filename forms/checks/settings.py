"""Settings of the checks (校验参数): thresholds and word lists, read out of the kit into typed records.

Every number and word a check compares with is data of the kit (`check_settings`); nothing stands in
code. A kit that lacks a record, or spells it wrongly, silences the checks that need it, and they
are listed as 未检查; `setting_faults` tells the bureau before a kit is issued.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from forms.checks.adjustment_settings import ADJUSTMENT_RECORDS
from forms.checks.evidence_settings import EvidenceSetting
from forms.checks.ex_ante_settings import EX_ANTE_RECORDS
from forms.checks.library_settings import LibrarySetting
from forms.checks.monitoring_settings import MONITORING_RECORDS
from forms.checks.rectification_settings import RECTIFICATION_RECORDS
from forms.checks.self_evaluation_settings import SELF_EVALUATION_RECORDS
from forms.checks.setting_record import SettingRecord as SettingRecord  # noqa: PLC0414  # told here as well
from forms.checks.setting_record import Words as Words  # noqa: PLC0414
from forms.remembered import Made, Thing, by_identity
from models.domain.errors import KitProblem
from models.domain.kit import ParameterKit
from models.domain.kit_json import record_from_json


@dataclass(frozen=True)
class SharedWords(SettingRecord):
    """Words several checks share (公用词表): units, signs, level codes, telling parts of indicator names.

    `money_units` gives the 分 in one unit; `levels` the frame codes that stand for a role (cost,
    quantity, quality, timeliness, satisfaction), `level_words` what such a level is called where
    its name was pasted in as text.
    """

    KEY = "shared"
    LABEL = "公用词表"
    percent_units: Words
    wrong_percent_units: Words
    money_units: Mapping[str, int]
    known_units: Words
    time_units: Words
    count_units: Words
    rate_words: Words
    rate_endings: Words
    not_rate_words: Words
    growth_words: Words
    satisfaction_words: Words
    decrease_words: Words
    reverse_words: Words
    reverse_exceptions: Words
    levels: Mapping[str, Words]
    level_words: Mapping[str, Words]
    signs_before: Mapping[str, Words]
    signs_after: Mapping[str, Words]


@dataclass(frozen=True)
class CodeSegment:
    """A part of the project code (项目代码组成): so many digits, or letters."""

    name: str
    length: int
    is_letter: bool


@dataclass(frozen=True)
class ProjectCodeSetting(SettingRecord):
    """How a project code is built, and which part is the year (项目代码规则)."""

    KEY = "C2"
    LABEL = "项目代码规则"
    segments: tuple[CodeSegment, ...]
    year_segment: str


@dataclass(frozen=True)
class SumSetting(SettingRecord):
    """How far a total may leave the sum of its parts (合计允许误差), in the form's amount unit."""

    KEY = "C3"
    LABEL = "合计允许误差"
    tolerance: Decimal


@dataclass(frozen=True)
class UnitSlipSetting(SettingRecord):
    """The factor between 元 and 万元, and how near a ratio must come to it (单位错误判断), 0…1."""

    KEY = "C5"
    LABEL = "单位错误判断"
    factor: Decimal
    tolerance: Decimal


@dataclass(frozen=True)
class TargetTextSetting(SettingRecord):
    """Least length of a target text, and fillers that mean nothing was written (目标文字要求)."""

    KEY = "C6"
    LABEL = "目标文字要求"
    minimum_length: int
    fillers: Words


@dataclass(frozen=True)
class SimilaritySetting(SettingRecord):
    """From which similarity (0…1) texts count as copied, for texts how long (文字雷同判断)."""

    KEY = "C8"
    LABEL = "文字雷同判断"
    similarity: Decimal
    minimum_length: int
    compared_length: int


@dataclass(frozen=True)
class RequiredLevelSetting(SettingRecord):
    """The category under which required indicators of a unit's overall form stand (整体支出的必设指标)."""

    KEY = "C9"
    LABEL = "整体支出的必设指标"
    unit_category: str


@dataclass(frozen=True)
class SatisfactionSetting(SettingRecord):
    """Lowest and full percentage of satisfaction, and names that are no satisfaction (满意度界限)."""

    KEY = "C14"
    LABEL = "满意度界限"
    low: Decimal
    full: Decimal
    exceptions: Words


@dataclass(frozen=True)
class FullValueSetting(SettingRecord):
    """Which value counts as full, on more than what share of how many rows (满值过多判断)."""

    KEY = "C15"
    LABEL = "满值过多判断"
    value: Decimal
    share: Decimal
    minimum_rows: int


@dataclass(frozen=True)
class VagueWordSetting(SettingRecord):
    """Vague words, and what makes a text measurable all the same (模糊用语)."""

    KEY = "C16"
    LABEL = "模糊用语"
    words: Words
    measures: Words


@dataclass(frozen=True)
class RepetitionSetting(SettingRecord):
    """How often a value may stand, and values that may stand any number of times (重复判断)."""

    KEY = "C17"
    LABEL = "重复判断"
    minimum_rows: int
    ignored_values: tuple[Decimal, ...]
    graded_values: Words


@dataclass(frozen=True)
class TimelinessSetting(SettingRecord):
    """Words that name a date or period without a figure (时间用语)."""

    KEY = "C18"
    LABEL = "时间用语"
    time_words: Words


@dataclass(frozen=True)
class WeightSetting(SettingRecord):
    """How far a first level may leave its default, when equal weights and one heavy row count (分值界限)."""

    KEY = "C20"
    LABEL = "分值界限"
    first_level_tolerance: Decimal
    equal_minimum_rows: int
    single_share: Decimal


@dataclass(frozen=True)
class SubRowSetting(SettingRecord):
    """How the name of a row begins that only breaks down the one above (其中行)."""

    KEY = "C21"
    LABEL = "其中行"
    sub_row_prefixes: Words


@dataclass(frozen=True)
class ExAnteSetting(SettingRecord):
    """Project attributes the ex-ante rule is for; empty means all (事前绩效评估适用范围)."""

    KEY = "C22"
    LABEL = "事前绩效评估适用范围"
    project_attributes: Words


RECORDS: tuple[type[SettingRecord], ...] = (
    SharedWords,
    ProjectCodeSetting,
    SumSetting,
    UnitSlipSetting,
    TargetTextSetting,
    SimilaritySetting,
    RequiredLevelSetting,
    SatisfactionSetting,
    FullValueSetting,
    VagueWordSetting,
    RepetitionSetting,
    TimelinessSetting,
    WeightSetting,
    SubRowSetting,
    ExAnteSetting,
    LibrarySetting,
    EvidenceSetting,
    *MONITORING_RECORDS,
    *ADJUSTMENT_RECORDS,
    *RECTIFICATION_RECORDS,
    *SELF_EVALUATION_RECORDS,
    *EX_ANTE_RECORDS,
)
"""Every record a kit's `check_settings` holds."""

Setting = TypeVar("Setting", bound=SettingRecord)


KITS_REMEMBERED = 8
"""How many kits' records are kept read: the one in force, and those of late filings beside it."""


@by_identity(KITS_REMEMBERED)
def _records_of(_check_settings: Mapping[str, Any]) -> dict[type[SettingRecord], Any]:
    """What has been read of a kit so far; filings checked one after the other share it."""
    return {}


@by_identity(KITS_REMEMBERED)
def _made_of(_check_settings: Mapping[str, Any]) -> dict[tuple[int, object], tuple[object, Any]]:
    """What was made by a kit's records: by the maker, and the identity of the object, which is kept beside it."""
    return {}


_MOST_MADE = 64


class CheckSettings:
    """The records of one kit (校验参数集), each read when first asked for and remembered beyond one filing."""

    __slots__ = ("_read", "kit")

    def __init__(self, kit: ParameterKit) -> None:
        self.kit = kit
        self._read = _records_of(kit.check_settings)

    def find(self, record: type[Setting]) -> Setting | None:
        """The kit's record, None when the kit has none that can be read."""
        found: Setting | None = self._read.get(record)
        if found is None and record not in self._read:
            try:
                found = _record(self.kit, record)
            except KitProblem:
                found = None
            self._read[record] = found
        return found

    def get(self, record: type[Setting]) -> Setting:
        """The kit's record; only for checks that run because it is there."""
        found: Setting | None = self._read.get(record) or self.find(record)
        assert found is not None, record
        return found

    def made_of(self, thing: Thing, make: Callable[[Thing, CheckSettings], Made]) -> Made:
        """What a function makes of a frozen object by this kit's records, made once for all filings of the kit."""
        known = _made_of(self.kit.check_settings)
        entry = known.get((id(thing), make))
        if entry is None:
            if len(known) >= _MOST_MADE:
                known.clear()
            entry = known[id(thing), make] = (thing, make(thing, self))
        made: Made = entry[1]
        return made


def setting_faults(kit: ParameterKit) -> list[str]:
    """Names of the check settings a kit lacks or spells wrongly; empty when all is well."""
    settings = CheckSettings(kit)
    return [record.LABEL for record in RECORDS if settings.find(record) is None]


def _record(kit: ParameterKit, record: type[Setting]) -> Setting:
    """One record out of the kit; KitProblem when it is missing or wrong."""
    return record_from_json(record, kit.check_settings.get(record.KEY), f"校验参数“{record.LABEL}”")

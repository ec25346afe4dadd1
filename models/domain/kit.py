"""The task parameter kit (任务参数包): everything that differs by year and place, as data.

Tasks, registers, form versions, indicator frames, score schemes, required indicators, thresholds,
trust mode and certificates. Issued by the bureau, taken in by units; built-in kits (通用示范) let a
unit begin before its bureau has issued one.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from models.domain.errors import KitProblem
from models.domain.ex_ante_rule import ExAnteRule as ExAnteRule  # noqa: PLC0414 (a word of the kit: told here as well)
from models.domain.ex_ante_scheme import ExAnteScheme
from models.domain.indicator_library import LibraryIndicator
from models.domain.issue import RegisteredIssue
from models.domain.money import AmountUnit
from models.domain.monitoring_rule import MonitoringRule
from models.domain.platform_mapping import PlatformMapping
from models.domain.project import FilingTask, RegisterEntry, Unit, find_unit
from models.domain.rectification_rule import RectificationRule
from models.domain.repeated_task import find_task
from models.domain.review_rule import ReviewRule
from models.domain.score_rules import (
    DeviationDeduction,
    EnteredItem,
    EqualFormula,
    ExecutionRule,
    NotApplicable,
    OverAchievement,
    QualitativeBand,
    ReverseFormula,
    ScoreRule,
    TotalCap,
    ZeroTarget,
)
from models.domain.self_evaluation_rule import SelfEvaluationRule
from models.domain.target_review_rule import TargetReviewRule


class FrameLayout(enum.StrEnum):
    """Layout of the indicator block (指标区版式): one annual half, or medium-term beside annual."""

    ANNUAL = "annual"
    TWO_HALVES = "two_halves"


class TrustMode(enum.StrEnum):
    """How a unit's key comes to be trusted (签名信任方式): 简易 or 证书."""

    SIMPLE = "simple"
    CERTIFICATE = "certificate"

    @property
    def label(self) -> str:
        """简易 or 证书."""
        return "简易" if self is TrustMode.SIMPLE else "证书"


@dataclass(frozen=True, slots=True)
class SecondLevel:
    """A second-level indicator (二级指标) of a frame; `is_required` asks for at least one row (domain §1.2)."""

    code: str
    label: str
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class FirstLevel:
    """A first-level indicator (一级指标) with its second levels; `is_required` asks for at least one row."""

    code: str
    label: str
    seconds: tuple[SecondLevel, ...]
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class IndicatorFrame:
    """Indicator frame (指标框架): the tree, its layout, and which columns the place uses.

    `columns` are keys of the indicator table's columns (weight only shows where the score scheme
    sets weights at declaration).
    """

    frame_id: str
    name: str
    layout: FrameLayout
    columns: tuple[str, ...]
    firsts: tuple[FirstLevel, ...]

    def first(self, code: str) -> FirstLevel | None:
        """The first level of that code, if the frame has it."""
        return next((item for item in self.firsts if item.code == code), None)

    def second(self, first_code: str, code: str) -> SecondLevel | None:
        """The second level of that code under a first level, if the frame has it."""
        first = self.first(first_code)
        return next((item for item in first.seconds if item.code == code), None) if first else None


@dataclass(frozen=True, slots=True)
class GradeBand:
    """A grade (评价等级) and its lower bound, inclusive."""

    name: str
    lower: Decimal


@dataclass(frozen=True, slots=True)
class ScoreScheme:
    """Score scheme (计分方案), domain §1.4, §4.2 to §4.5 and §11.

    `declaration_total` is what third-level weights must sum to when set at declaration (90, 80, 70,
    100); `first_level_weights` the defaults by first-level code, tried in order: a scheme may give
    several alternatives (with cost, without cost, without satisfaction); none at all where the points
    are split freely. What follows `grades` says how points come about at self-evaluation
    (docs/scoring.md); `clause` is the circular the scheme stands on, `pass_share` the completion
    below which any quantitative indicator scores 0.
    """

    scheme_id: str
    name: str
    weights_at_declaration: bool
    declaration_total: Decimal
    execution_score: Decimal
    first_level_weights: tuple[Mapping[str, Decimal], ...]
    grades: tuple[GradeBand, ...]
    clause: str = ""
    score_decimals: int = 2
    execution: ExecutionRule = field(default_factory=ExecutionRule)
    reverse: ReverseFormula = ReverseFormula.QUOTIENT
    equal: EqualFormula = EqualFormula.LIKE_POSITIVE
    zero_target: ZeroTarget = ZeroTarget.BY_SIGN
    pass_share: Decimal = Decimal(0)
    bands: tuple[QualitativeBand, ...] = ()
    rules: tuple[ScoreRule, ...] = ()
    over_achievement: OverAchievement | None = None
    deviation: DeviationDeduction | None = None
    caps: tuple[TotalCap, ...] = ()
    not_applicable: NotApplicable = NotApplicable.OTHER_INDICATORS
    entered_items: tuple[EnteredItem, ...] = ()

    @property
    def full_total(self) -> Decimal:
        """What the table adds up to (总分值): indicators, execution and entered items, as a rule 100."""
        entered = sum((item.full_score for item in self.entered_items), Decimal(0))
        return self.declaration_total + self.execution_score + entered


@dataclass(frozen=True, slots=True)
class RequiredIndicators:
    """Second levels a project category must use (必设指标); `category` "" is the rule for all others."""

    category: str
    second_levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormSetting:
    """How this place uses a form for a budget year (表单设置); `budget_year` 0 is the default for all.

    `title` is what the place calls the form (财政支出事前论证报告), "" for the form's own title.
    """

    form_id: str
    form_version: str
    frame_id: str
    scheme_id: str
    amount_unit: AmountUnit
    budget_year: int = 0
    title: str = ""


@dataclass(frozen=True, slots=True)
class ParameterKit:
    """A task parameter kit (任务参数包); `check_settings` holds each check's thresholds by its code.

    `renewal_notice_days`: how many days before its end a signer's certificate is announced as such. `former_roots`
    are roots the bureau had before, `root_links` the certificates by which each of them announces the next.
    `same_scores_from`: from how many filings of one unit on the same points everywhere are worth a look.
    """

    kit_id: str
    name: str
    version: int
    division_code: str
    issuer_name: str
    working_year: int
    issued_on: date
    trust_mode: TrustMode
    tasks: tuple[FilingTask, ...]
    frames: tuple[IndicatorFrame, ...]
    schemes: tuple[ScoreScheme, ...]
    form_settings: tuple[FormSetting, ...]
    required_indicators: tuple[RequiredIndicators, ...]
    check_settings: Mapping[str, Mapping[str, Any]]
    ex_ante: ExAnteRule | None = None
    project_categories: tuple[str, ...] = ()
    fund_types: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()
    register: tuple[RegisterEntry, ...] = ()
    root_certificate: str = ""
    certificates: tuple[str, ...] = field(default=())
    revocation_list: str = ""
    indicator_library: tuple[LibraryIndicator, ...] = ()
    self_evaluation: SelfEvaluationRule | None = None
    monitoring: MonitoringRule | None = None
    platform_mappings: tuple[PlatformMapping, ...] = ()
    ex_ante_scheme: ExAnteScheme | None = None
    rectification: RectificationRule | None = None
    target_review: TargetReviewRule | None = None
    review: ReviewRule | None = None
    issues: tuple[RegisteredIssue, ...] = ()
    renewal_notice_days: int = 60
    former_roots: tuple[str, ...] = ()
    root_links: tuple[str, ...] = ()
    same_scores_from: int = 3
    is_builtin: bool = False
    is_practice: bool = False

    def task(self, task_id: str) -> FilingTask | None:
        """The task of that id, if this kit hands it out, a further time of a repeatable one included."""
        return find_task(self.tasks, task_id)

    def unit(self, code: str) -> Unit | None:
        """The unit or department of that code, if the register has or names it."""
        return find_unit(self.units, code)

    def form_setting(self, form_id: str, budget_year: int) -> FormSetting | None:
        """The setting for that budget year, else the form's default, else None."""
        found: FormSetting | None = None
        for setting in self.form_settings:
            if setting.form_id == form_id and setting.budget_year in (0, budget_year):
                found = setting if found is None or setting.budget_year > found.budget_year else found
        return found

    def form_title(self, form_id: str, budget_year: int, own_title: str) -> str:
        """What this place calls a form (表名), else the form's own title."""
        setting = self.form_setting(form_id, budget_year)
        return (setting.title if setting else "") or own_title

    def frame(self, frame_id: str) -> IndicatorFrame:
        """The frame of that id; raises KitProblem when the kit names one it does not carry."""
        for item in self.frames:
            if item.frame_id == frame_id:
                return item
        raise KitProblem(f"任务参数包缺少指标框架“{frame_id}”", "请向财政部门索取完整的任务参数包")

    def scheme(self, scheme_id: str) -> ScoreScheme:
        """The score scheme of that id; raises KitProblem when the kit names one it does not carry."""
        for item in self.schemes:
            if item.scheme_id == scheme_id:
                return item
        raise KitProblem(f"任务参数包缺少计分方案“{scheme_id}”", "请向财政部门索取完整的任务参数包")

    def required_for(self, category: str) -> tuple[str, ...]:
        """Second-level codes required for a project category, the general rule when it has none of its own."""
        by_category = {rule.category: rule.second_levels for rule in self.required_indicators}
        return by_category.get(category, by_category.get("", ()))

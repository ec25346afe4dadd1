"""Rules of scoring (计分规则), as data of a score scheme (domain §4.3, §4.4, §11).

Shares and rates are 0…1, points are points of the table. Every default is the commonest practice, so
that a kit issued before these rules existed still loads and scores in the usual way.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from decimal import Decimal

_ZERO = Decimal(0)
_ONE = Decimal(1)


class ScoreMethod(enum.StrEnum):
    """How one indicator is scored (计分方法); a row names one, or its sign and direction choose."""

    POSITIVE = "positive"
    REVERSE = "reverse"
    EQUAL = "equal"
    RANGE = "range"
    STEPS = "steps"
    DEDUCTION = "deduction"
    QUALITATIVE = "qualitative"
    YES_NO = "yes_no"
    TIMELINESS = "timeliness"
    ENTERED = "entered"


class ReverseFormula(enum.StrEnum):
    """Reverse indicators (反向指标), domain §11: B weight × planned ÷ actual, or A weight × (1 − excess ÷ planned)."""

    QUOTIENT = "quotient"
    DIFFERENCE = "difference"


class EqualFormula(enum.StrEnum):
    """Indicators with = (等于号指标): like a positive one, or every deviation to either side costs."""

    LIKE_POSITIVE = "like_positive"
    BOTH_WAYS = "both_ways"


class ZeroTarget(enum.StrEnum):
    """Planned value 0 (指标值为 0).

    by_sign: ≥0 and >0 ask for at least zero, everything else for nothing at all; none_allowed: an
    actual value above 0 scores 0 whatever the sign, as one provincial platform codes it (domain §11).
    """

    BY_SIGN = "by_sign"
    NONE_ALLOWED = "none_allowed"


class ZeroBudget(enum.StrEnum):
    """Full-year budget 0 (全年预算数为 0): no points, full points, or not scored and its points spread."""

    NO_POINTS = "no_points"
    FULL_POINTS = "full_points"
    NOT_SCORED = "not_scored"


class NotApplicable(enum.StrEnum):
    """Where the points of an indicator that does not apply go (不适用指标的分值).

    To the other indicators, execution keeping its own; to everything that is scored, execution too;
    or to the indicators of the same second level first, then of the same first level.
    """

    OTHER_INDICATORS = "other_indicators"
    EVERYTHING = "everything"
    SIBLINGS = "siblings"


class FundsBasis(enum.StrEnum):
    """Which money the execution rate counts (执行率口径): all of it, or the fiscal appropriation alone."""

    ALL_FUNDS = "all_funds"
    FISCAL_ONLY = "fiscal_only"


class StepBasis(enum.StrEnum):
    """What the bounds of a step table are compared with (分档依据).

    value      the actual value; percentages as a share (0.9 for 90 %)        lower bound, reached
    completion actual ÷ planned                                               lower bound, reached
    deviation  |actual − planned| ÷ planned, to both sides                    upper bound, not passed
    excess     (actual − planned) ÷ planned, only what is too much            upper bound, not passed
    """

    VALUE = "value"
    COMPLETION = "completion"
    DEVIATION = "deviation"
    EXCESS = "excess"


class OverAction(enum.StrEnum):
    """What follows when an indicator is far over-achieved (超额完成的处理)."""

    EXPLAIN = "explain"
    DEDUCT = "deduct"


@dataclass(frozen=True, slots=True)
class RuleStep:
    """One step of a table (分档): its bound, and the share of the full marks it gives.

    `share` None means by proportion within the step. Steps stand from the best to the worst.
    """

    bound: Decimal
    share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class QualitativeBand:
    """A grade of completion (定性指标完成档次) with its range of shares, e.g. 部分达成 80–60 %.

    `words` are its spellings, also beginnings of longer ones. The lower bound belongs to the band; the
    upper one only to the highest band. `default_share` counts until somebody gives the points.
    """

    name: str
    words: tuple[str, ...]
    upper: Decimal
    lower: Decimal
    default_share: Decimal


@dataclass(frozen=True, slots=True)
class ScoreRule:
    """A rule of the scheme for chosen indicators (指标计分规则), taken by a row that names `rule_id`.

    `second_levels` (codes or printed labels) take it unasked when their sign is numeric.
    steps: `basis` and `steps`. deduction: full marks up to `bound` (None: the planned value), then
    `share_per_step` of the full marks for every `step` beyond, below the bound unless `is_ceiling`;
    `counts_started` charges a begun step in full. yes_no: `words` mean yes, `no_words` no.
    `pass_share`: a completion below it scores 0.
    """

    rule_id: str
    name: str
    method: ScoreMethod
    clause: str = ""
    second_levels: tuple[str, ...] = ()
    basis: StepBasis = StepBasis.COMPLETION
    steps: tuple[RuleStep, ...] = ()
    bound: Decimal | None = None
    step: Decimal = _ONE
    share_per_step: Decimal = _ZERO
    is_ceiling: bool = False
    counts_started: bool = False
    words: tuple[str, ...] = ()
    no_words: tuple[str, ...] = ()
    pass_share: Decimal = _ZERO


@dataclass(frozen=True, slots=True)
class ExecutionRule:
    """How budget execution is scored (预算执行率计分): the adjusted full-year budget, capped at full marks.

    Without `steps` by proportion; else by the first step whose bound the rate reaches.
    """

    clause: str = ""
    funds: FundsBasis = FundsBasis.ALL_FUNDS
    steps: tuple[RuleStep, ...] = ()
    zero_budget: ZeroBudget = ZeroBudget.NO_POINTS


@dataclass(frozen=True, slots=True)
class TotalCap:
    """A ceiling on the total (总分封顶) for an execution rate below `rate_below` (0…1), domain §11."""

    rate_below: Decimal
    most: Decimal
    clause: str = ""


@dataclass(frozen=True, slots=True)
class OverAchievement:
    """Over-achievement (超额完成): beyond `threshold` over the planned value explain, or lose points by steps.

    A step's bound is the excess (0.5 = 50 % over), its share what is taken off the full marks; the
    last step that is passed counts.
    """

    threshold: Decimal
    action: OverAction = OverAction.EXPLAIN
    steps: tuple[RuleStep, ...] = ()
    clause: str = ""


@dataclass(frozen=True, slots=True)
class DeviationDeduction:
    """Points off for an actual value far from the planned one (偏离扣分), domain §11: 2 points from 30 % on.

    Per indicator, or once for the whole table; the sides say whether too little and too much count.
    """

    threshold: Decimal
    points: Decimal
    is_per_indicator: bool = True
    counts_shortfall: bool = True
    counts_excess: bool = True
    clause: str = ""


@dataclass(frozen=True, slots=True)
class EnteredItem:
    """A part of the total scored elsewhere and entered as it stands (录入项), e.g. Henan's 30 points of management."""

    item_id: str
    name: str
    full_score: Decimal
    clause: str = ""

"""Rules of self-evaluation, rectification and target review (自评、整改、目标审核的规定)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from forms import registry
from models.domain.errors import InputError
from models.domain.kit import GradeBand, ParameterKit, ScoreScheme
from models.domain.rectification_rule import RectificationRule
from models.domain.self_evaluation_rule import SelfEvaluationRule
from models.domain.target_review_rule import TargetReviewRule
from services.kit_rules import values
from services.kit_rules.line import RuleSpec, Write

EVALUATION, RECTIFYING, REVIEW = "绩效自评", "整改", "目标审核"
_REPORTED = ("self_evaluation", "overall_expenditure_self_evaluation")
_NONE = "不要求"


def _evaluation(kit: ParameterKit) -> SelfEvaluationRule:
    return kit.self_evaluation or SelfEvaluationRule()


def _rectifying(kit: ParameterKit) -> RectificationRule:
    return kit.rectification or RectificationRule()


def _review(kit: ParameterKit) -> TargetReviewRule:
    return kit.target_review or TargetReviewRule()


def _report_words(forms: tuple[str, ...]) -> str:
    return "、".join(registry.head(one).short_title for one in _REPORTED if one in forms) or _NONE


_REPORTS = {_report_words(forms): forms for forms in ((), (_REPORTED[0],), (_REPORTED[1],), _REPORTED)}
"""Which forms a report text (自评报告) goes with, in words."""


def _with_reports(kit: ParameterKit, text: str) -> ParameterKit:
    return replace(kit, self_evaluation=replace(_evaluation(kit), report_forms=_REPORTS[text]))


def _frames(kit: ParameterKit) -> tuple[str, ...]:
    return tuple(frame.name for frame in _evaluation(kit).overall_frames)


def _frame(kit: ParameterKit) -> str:
    found = _evaluation(kit).overall_frame
    return found.name if found else ""


def _with_frame(kit: ParameterKit, text: str) -> ParameterKit:
    rule = _evaluation(kit)
    frame = next(one for one in rule.overall_frames if one.name == text)
    return replace(kit, self_evaluation=replace(rule, overall_frame_id=frame.frame_id))


def _with_absent_words(kit: ParameterKit, text: str) -> ParameterKit:
    words = values.read_list(text, "不适用的写法")
    if not words:
        raise InputError("至少要有一种写法", "请填一个词，如“不适用”", "不适用的写法")
    return replace(kit, self_evaluation=replace(_evaluation(kit), not_applicable_words=words))


def _scheme(kit: ParameterKit) -> ScoreScheme | None:
    """The scheme projects are self-evaluated by."""
    setting = kit.form_setting("self_evaluation", 0)
    return next((one for one in kit.schemes if setting and one.scheme_id == setting.scheme_id), None)


def _grades(kit: ParameterKit) -> str:
    scheme = _scheme(kit)
    return values.bands_words([(one.name, one.lower) for one in scheme.grades]) if scheme else ""


def _with_grades(kit: ParameterKit, text: str) -> ParameterKit:
    """The same grades in every scheme of the kit: projects and units are graded alike."""
    grades = tuple(GradeBand(name, lower) for name, lower in values.read_bands(text, "评价等级"))
    return replace(kit, schemes=tuple(replace(one, grades=grades) for one in kit.schemes))


def _ruling(field: str, read: Callable[[str, str], Any], label: str) -> Write:
    def write(kit: ParameterKit, text: str) -> ParameterKit:
        return replace(kit, rectification=replace(_rectifying(kit), **{field: read(text, label)}))

    return write


def _origins(text: str, where: str) -> tuple[str, ...]:
    found = values.read_list(text, where)
    if not found:
        raise InputError("问题来源没有填", "请至少填一种，如“审计”", where)
    return found


def _with_review_grades(kit: ParameterKit, text: str) -> ParameterKit:
    """Other bounds and names of the review's grades; their number stays, each has its consequence."""
    rule, bands = _review(kit), values.read_bands(text, "审核等级")
    if len(bands) != len(rule.grades):
        raise InputError(f"审核等级要有 {len(rule.grades)} 个", "请只改名称和分数", "审核等级")
    pairs = zip(rule.grades, bands, strict=True)
    grades = tuple(replace(old, name=name, lower=lower) for old, (name, lower) in pairs)
    return replace(kit, target_review=replace(rule, grades=grades))


YEAR_END_RULES = (
    RuleSpec(
        EVALUATION, "评价等级和分数线", "分", _grades, _with_grades, is_there=lambda kit: bool(_grades(kit))
    ),
    RuleSpec(
        EVALUATION,
        "哪些自评表要附自评报告",
        "",
        lambda kit: _report_words(_evaluation(kit).report_forms),
        _with_reports,
        lambda _kit: tuple(_REPORTS),
    ),
    RuleSpec(
        EVALUATION,
        "整体自评的指标体系",
        "",
        _frame,
        _with_frame,
        _frames,
        is_there=lambda kit: bool(_frames(kit)),
    ),
    RuleSpec(
        EVALUATION,
        "指标不适用时实际完成值怎样写",
        "",
        lambda kit: values.list_words(_evaluation(kit).not_applicable_words),
        _with_absent_words,
    ),
    RuleSpec(
        REVIEW,
        "审核等级和分数线",
        "分",
        lambda kit: values.bands_words([(one.name, one.lower) for one in _review(kit).grades]),
        _with_review_grades,
        is_there=lambda kit: bool(_review(kit).grades),
    ),
    RuleSpec(
        RECTIFYING,
        "任务开始后多少天内整改完成",
        "天",
        lambda kit: str(_rectifying(kit).deadline_days),
        _ruling("deadline_days", lambda text, where: values.read_count(text, where, 730), "整改天数"),
    ),
    RuleSpec(
        RECTIFYING,
        "自评得分低于多少列为整改问题",
        "分",
        lambda kit: values.number_words(_rectifying(kit).low_score),
        _ruling("low_score", values.read_number, "自评得分"),
    ),
    RuleSpec(
        RECTIFYING,
        "问题来源有哪些",
        "",
        lambda kit: values.list_words(_rectifying(kit).origins),
        _ruling("origins", _origins, "问题来源"),
    ),
)
"""In the order of the year."""

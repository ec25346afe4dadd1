"""Reasons in a self-evaluation (偏差原因): C35 for what was not met, C37 for what went far beyond."""

from __future__ import annotations

from collections.abc import Iterator

from forms.checks.self_evaluation_lines import ScoredLine, is_blank_text
from forms.checks.self_evaluation_settings import LowTargetSetting, ReasonSetting
from forms.checks.settings import CheckSettings
from forms.checks.wording import clipped
from forms.findings import Finding, Severity
from forms.scoring.comparison import deviation
from forms.scoring.deadlines import is_late
from forms.scoring.wording import plain, share_text
from models.domain.indicator import Comparator

_WORDED = (Comparator.QUALITATIVE, Comparator.OTHER)
_WHY = "没有完成的要写清原因和改进措施，这是自评最有用的部分。"


def reason_findings(line: ScoredLine, settings: CheckSettings) -> Iterator[Finding]:
    """C35 and C37 of one row."""
    setting = settings.find(ReasonSetting)
    if setting is None or not line.is_counted or is_blank_text(line.row.actual_text):
        return
    yield from _not_met(line, setting)
    yield from _over_achieved(line, setting, settings.find(LowTargetSetting))


def says_nothing(reason: str, setting: ReasonSetting) -> bool:
    """Whether a reason is blank or still the form's own prompt."""
    return is_blank_text(reason) or any(prompt in reason for prompt in setting.prompts)


def _not_met(line: ScoredLine, setting: ReasonSetting) -> Iterator[Finding]:
    """C35: not met without a reason, or with one that says nothing; points lost although met."""
    is_short = line.stated.value is not None and line.stated.value < line.score.full_score
    is_short_by_rule = line.has_rule and not line.score.is_met
    is_missed = _is_late(line) or (is_short_by_rule and line.score.allowed[1] < line.score.full_score)
    if not is_missed and not is_short:
        return
    reason, state = line.reason.strip(), _state(line, is_missed)
    if says_nothing(reason, setting):
        severity = Severity.BLOCKING if is_missed else Severity.EXPLAIN
        remedy = "请填写偏差原因和改进措施" if is_missed else "请说明扣分的原因，或核对得分"
        yield _finding(line, severity, f"{state}，没有说明原因", remedy)
    elif is_missed and (reason in setting.fillers or len(reason) < setting.minimum_length):
        yield _finding(
            line,
            Severity.EXPLAIN,
            f"{state}，原因只写了“{clipped(reason)}”",
            f"请写清为什么没有完成、怎样改进，不少于 {setting.minimum_length} 个字",
        )
    if is_missed and line.improvement is not None and says_nothing(line.improvement, setting):
        yield _finding(line, Severity.EXPLAIN, f"{state}，没有写改进措施", "请填写改进措施", is_measure=True)


def _is_late(line: ScoredLine) -> bool:
    """Whether a time was missed: what that costs is for people to judge, the reason is not."""
    row = line.row
    return row.comparator in _WORDED and is_late(row.planned_text, row.actual_text)


def _state(line: ScoredLine, is_missed: bool) -> str:
    """What was planned, done and lost, in one half sentence."""
    planned, actual = clipped(line.row.planned_text), clipped(line.row.actual_text)
    if is_missed:
        return f"指标值“{planned}”，实际完成“{actual}”，没有达到"
    given = plain(line.stated.value) if line.stated.value is not None else "空"
    return f"实际完成“{actual}”，得分 {given} 分，比分值 {plain(line.score.full_score)} 分少"


def _over_achieved(
    line: ScoredLine, setting: ReasonSetting, low: LowTargetSetting | None
) -> Iterator[Finding]:
    """C37: far beyond the target without a word, or full marks for a target that was set too low."""
    if not line.has_rule:
        return
    gap = deviation(line.row)
    if gap is None:
        return
    if line.score.is_over_achieved and line.score.is_met and says_nothing(line.reason, setting):
        planned, actual = clipped(line.row.planned_text), clipped(line.row.actual_text)
        message = f"指标值“{planned}”，实际完成“{actual}”，超出 {share_text(gap)}，没有说明"
        yield _over(line, message, "请说明超额完成的原因；指标值定低了的，以后要定得合适")
    admits = low is not None and any(word in line.reason for word in low.low_target_words)
    if admits and line.stated.value is not None and line.stated.value >= line.score.full_score:
        message = f"说明是“{clipped(line.reason)}”，仍得满分 {plain(line.score.full_score)} 分"
        yield _over(line, message, "因指标值偏低而超额完成的，请按偏离程度核减得分")


def _over(line: ScoredLine, message: str, remedy: str) -> Finding:
    """A C37 finding."""
    over = line.score.deduction_rules.over
    clause = over.clause.rstrip("。") if over else ""
    return Finding(
        code="C37",
        severity=Severity.EXPLAIN,
        place=line.place(line.columns.reason),
        subject=line.subject,
        message=message,
        remedy=remedy,
        why=f"{clause}。" if clause else "超额太多多半是指标值定低了。",
        also=(line.place(line.columns.actual),),
        values=(("年度指标值", line.row.planned_text), ("实际完成值", line.row.actual_text)),
    )


def _finding(
    line: ScoredLine, severity: Severity, message: str, remedy: str, *, is_measure: bool = False
) -> Finding:
    """A C35 finding at the reason, or at the measure where that has a column of its own."""
    column = line.columns.improvement if is_measure and line.columns.improvement else line.columns.reason
    return Finding(
        code="C35",
        severity=severity,
        place=line.place(column),
        subject=f"{line.subject}的偏差原因",
        message=message,
        remedy=remedy,
        why=_WHY,
        also=(line.place(line.columns.actual), line.place(line.columns.score)),
        values=(("年度指标值", line.row.planned_text), ("实际完成值", line.row.actual_text)),
    )

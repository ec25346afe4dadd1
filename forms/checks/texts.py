"""Target texts (总体目标): C6 length and completeness, C7 annual against medium-term, C8 copied texts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from forms.checks.engine import CheckInput
from forms.checks.places import plain_label
from forms.checks.settings import SimilaritySetting, TargetTextSetting
from forms.checks.wording import percent_text
from forms.context import FormContext
from forms.findings import Finding, Place, Severity
from forms.kinds import written_length
from forms.text_similarity import core_text, may_be_copied, share_found_in, similarity

_ANNUAL = "annual_target"
_MEDIUM = "medium_term_target"
_WHY_TARGET = "总体目标要写明花这笔钱做成什么、做到什么程度，是设定绩效指标的依据。"


def target_texts(given: CheckInput) -> Iterator[Finding]:
    """C6: annual target missing or too short; medium-term target missing in a project of several years."""
    setting = given.settings.get(TargetTextSetting)
    yield from _annual_target(given, setting)
    start, end = given.year("period_from"), given.year("period_to")
    if given.spec(_MEDIUM) is None or start is None or end is None or end <= start:
        return
    if _is_written(given, _ANNUAL, setting) and not _is_written(given, _MEDIUM, setting):
        yield Finding(
            code="C6",
            severity=Severity.BLOCKING,
            place=Place(_MEDIUM),
            subject="中期目标",
            message=f"项目期是 {start} 年至 {end} 年，填了年度目标，没有填中期目标",
            remedy="请写明整个项目期要达到的目标",
            why="项目期超过一年的，年度目标要从整个项目期的目标分解而来。",
            also=(Place("period_to"), Place(_ANNUAL)),
            values=(("项目期", f"{start} 年至 {end} 年"),),
        )


def _annual_target(given: CheckInput, setting: TargetTextSetting) -> Iterator[Finding]:
    """C6 of the annual target alone."""
    spec = given.spec(_ANNUAL)
    if spec is None:
        return
    text = given.text(_ANNUAL)
    length = written_length(text)
    if given.is_blank(_ANNUAL):
        has_medium = given.spec(_MEDIUM) is not None and _is_written(given, _MEDIUM, setting)
        message = "填了中期目标，没有填年度目标" if has_medium else "还没有填写"
    elif text and (length < setting.minimum_length or text in setting.fillers):
        message = f"“{text}”只有 {length} 个字，至少要有 {setting.minimum_length} 个字"
    else:
        return
    yield Finding(
        code="C6",
        severity=Severity.BLOCKING,
        place=Place(_ANNUAL),
        subject=plain_label(spec),
        message=message,
        remedy="请写明这一年要做成什么，尽量带上数量和效果",
        why=_WHY_TARGET,
        values=(("字数", f"{length}，至少 {setting.minimum_length}"),),
    )


def _is_written(given: CheckInput, key: str, setting: TargetTextSetting) -> bool:
    """Whether a target is really there; a field that cannot be read counts, another check speaks of it."""
    return not given.is_blank(key) and given.text(key) not in setting.fillers


def same_targets(given: CheckInput) -> Iterator[Finding]:
    """C7: the annual target copied from the medium-term one in a project of several years."""
    start, end = given.year("period_from"), given.year("period_to")
    if start is None or end is None or end <= start:
        return
    annual, medium = core_text(given.text(_ANNUAL)), core_text(given.text(_MEDIUM))
    if not annual or annual != medium:
        return
    yield Finding(
        code="C7",
        severity=Severity.EXPLAIN,
        place=Place(_ANNUAL),
        subject="年度目标",
        message=f"与中期目标完全相同，而项目期是 {start} 年至 {end} 年",
        remedy="请只写这一年要达到的部分；确实每年相同的，请说明",
        why="年度目标是中期目标在这一年的分解，通常不会完全一样。",
        also=(Place(_MEDIUM),),
        values=(("项目期", f"{start} 年至 {end} 年"),),
    )


def has_comparable_text(context: FormContext) -> bool:
    """Whether there are duties or last year's answers to compare with."""
    return bool(context.unit.duties) or context.previous_answers is not None


def copied_texts(given: CheckInput) -> Iterator[Finding]:
    """C8: the annual target much like the unit's duties or last year's target."""
    setting = given.settings.get(SimilaritySetting)
    spec = given.spec(_ANNUAL)
    text = core_text(given.text(_ANNUAL))[: setting.compared_length]
    if spec is None or len(text) < setting.minimum_length:
        return
    found = [pair for pair in _likeness(given, text, setting) if pair[1] >= setting.similarity]
    for source, share in found[:1]:
        yield Finding(
            code="C8",
            severity=Severity.EXPLAIN,
            place=Place(_ANNUAL),
            subject=plain_label(spec),
            message=f"与{source}有 {percent_text(share)} 相同，达到或超过 {percent_text(setting.similarity)}",
            remedy=f"请写出 {given.context.budget_year} 年具体要做成的事；确实没有变化的，请说明",
            why="目标是这一年要达到的结果，照抄职责或上年文字就无法考核。",
            values=(("相同部分", percent_text(share)), ("界限", percent_text(setting.similarity))),
        )


def _likeness(given: CheckInput, text: str, setting: SimilaritySetting) -> Iterator[tuple[str, Decimal]]:
    """What the text is compared with, and how alike they are; what cannot be alike enough is not compared."""
    limit, least = setting.compared_length, setting.similarity
    previous = (given.context.previous_answers or {}).get(_ANNUAL)
    if isinstance(previous, str):
        before = core_text(previous)[:limit]
        if may_be_copied(text, before, least):
            yield "上年填报的目标", similarity(text, before)
    duties = core_text(given.context.unit.duties)[:limit]
    if may_be_copied(text, duties, least):
        yield "本单位职责", max(similarity(text, duties), share_found_in(text, duties))

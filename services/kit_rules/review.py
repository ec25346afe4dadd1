"""Rules of the review level by level (审核流程的规定): which forms a level looks at, who may send back, how long an answer takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from forms import registry
from models.domain.errors import InputError
from models.domain.kit import ParameterKit
from models.domain.review import ReviewLevel
from models.domain.review_rule import CannedOpinion, ReviewRule, ReviewStep
from services.kit_rules import values
from services.kit_rules.line import RuleSpec
from services.review.rules import review_rule

GROUP = "逐级审核"
_PRECEDENCE = {False: "不可以", True: "写明理由可以"}
_ALL, _NONE = "各表", "不设"
_RETURN, _DAYS, _OPINIONS = "哪些环节可以退回修改", "退回后几天内重新报送", "常用审核意见"
_MOST_DAYS = 90
_BETWEEN = "｜"
"""Between two sentences, which may hold commas and semicolons themselves."""


def _names_department(kit: ParameterKit) -> bool:
    return any(step.level is ReviewLevel.DEPARTMENT for step in review_rule(kit).steps)


def _with_precedence(kit: ParameterKit, text: str) -> ParameterKit:
    return _with(kit, replace(review_rule(kit), bureau_may_precede=text == _PRECEDENCE[True]))


def _with(kit: ParameterKit, rule: ReviewRule) -> ParameterKit:
    """The kit with another review. InputError where a form would have nobody at the bureau to decide."""
    for head in registry.heads():
        steps = rule.steps_for(head.form_id, has_department=False)
        if not steps:
            what = f"“{head.short_title}”在财政部门没有环节审核"
            raise InputError(what, "请至少让一个环节看这张表", GROUP)
        if not any(step.may_return for step in steps):
            what = f"“{head.short_title}”在财政部门没有环节可以退回修改"
            raise InputError(what, "请至少让一个环节可以退回", GROUP)
    return replace(kit, review=rule)


def _forms(level: ReviewLevel, kit: ParameterKit) -> str:
    """What a level looks at: 各表, 不设, or the forms by their short names."""
    step = _step(review_rule(kit).steps, level)
    if step is None:
        return _NONE
    known = [form_id for form_id in step.form_ids if registry.has(form_id)]
    return values.list_words([registry.head(form_id).short_title for form_id in known]) or _ALL


def _with_forms(level: ReviewLevel, kit: ParameterKit, text: str) -> ParameterKit:
    """The level left out, or looking at these forms; a new one stands at its place in the order of levels."""
    rule, plain = review_rule(kit), text.strip()
    others = [step for step in rule.steps if step.level is not level]
    if plain == _NONE:
        return _with(kit, replace(rule, steps=tuple(others)))
    names = () if plain == _ALL else values.read_list(plain, level.label)
    if not names and plain != _ALL:
        raise InputError("没有填", f"请填“{_ALL}”“{_NONE}”，或表的名称，用顿号分开", level.label)
    before = _step(rule.steps, level) or ReviewStep(level)
    others.append(replace(before, form_ids=tuple(_form(name, level) for name in names)))
    order = list(ReviewLevel)
    return _with(kit, replace(rule, steps=tuple(sorted(others, key=lambda step: order.index(step.level)))))


def _form(name: str, level: ReviewLevel) -> str:
    """The form of a short name or full title."""
    for head in registry.heads():
        if name in (head.short_title, head.title):
            return head.form_id
    known = "”“".join(head.short_title for head in registry.heads())
    raise InputError(f"没有“{name[:20]}”这张表", f"请从“{known}”里填，或填“{_ALL}”“{_NONE}”", level.label)


def _step(steps: Sequence[ReviewStep], level: ReviewLevel) -> ReviewStep | None:
    return next((step for step in steps if step.level is level), None)


def _returning(kit: ParameterKit) -> str:
    return values.list_words([step.level.label for step in review_rule(kit).steps if step.may_return])


def _with_returning(kit: ParameterKit, text: str) -> ParameterKit:
    """Only these levels may send a form back; every name must be that of a level of this review."""
    rule, named = review_rule(kit), values.read_list(text, _RETURN)
    known = [step.level.label for step in rule.steps]
    if unknown := [name for name in named if name not in known]:
        raise InputError(f"没有“{unknown[0][:20]}”这个环节", f"请从“{'”“'.join(known)}”里填", _RETURN)
    steps = tuple(replace(step, may_return=step.level.label in named) for step in rule.steps)
    return _with(kit, replace(rule, steps=steps))


def _with_days(kit: ParameterKit, text: str) -> ParameterKit:
    days = values.read_count(text, _DAYS, _MOST_DAYS)
    if not days:
        raise InputError("不能是 0 天", f"请填 1 到 {_MOST_DAYS} 之间的整数", _DAYS)
    return _with(kit, replace(review_rule(kit), answer_days=days))


def _with_opinions(kit: ParameterKit, text: str) -> ParameterKit:
    """These sentences; one that stood before stays with the forms it was meant for."""
    rule = review_rule(kit)
    before = {opinion.text: opinion for opinion in rule.opinions}
    parts = dict.fromkeys(
        part.strip() for part in text.replace("|", _BETWEEN).split(_BETWEEN) if part.strip()
    )
    if any(len(part) > values.LONGEST for part in parts):
        raise InputError(f"一条超过 {values.LONGEST} 字", "请写短一些，各条之间用竖线“｜”分开", _OPINIONS)
    made = tuple(before.get(part, CannedOpinion(part)) for part in parts)
    return _with(kit, replace(rule, opinions=made))


REVIEW_RULES = (
    *(
        RuleSpec(
            GROUP,
            f"{level.label}看哪些表",
            "",
            partial(_forms, level),
            partial(_with_forms, level),
            hint=f"填“{_ALL}”“{_NONE}”，或表的名称，用顿号分开，例如：绩效目标、事前绩效评估",
        )
        for level in ReviewLevel
    ),
    RuleSpec(GROUP, _RETURN, "", _returning, _with_returning, hint="环节的名称用顿号分开"),
    RuleSpec(
        GROUP,
        "主管部门审核前财政部门能否先行办理",
        "",
        lambda kit: _PRECEDENCE[review_rule(kit).bureau_may_precede],
        _with_precedence,
        lambda _kit: tuple(_PRECEDENCE.values()),
        is_there=_names_department,
    ),
    RuleSpec(GROUP, _DAYS, "天", lambda kit: str(review_rule(kit).answer_days), _with_days),
    RuleSpec(
        GROUP,
        _OPINIONS,
        "",
        lambda kit: _BETWEEN.join(opinion.text for opinion in review_rule(kit).opinions),
        _with_opinions,
        hint="审核时点一下就填进去的话，各条之间用竖线“｜”分开；原有的话仍只用于原来的表",
    ),
)
"""The levels of a place, in the order a filing goes through them."""

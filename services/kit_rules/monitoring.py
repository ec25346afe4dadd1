"""Rules of monitoring (运行监控的规定): key projects, answers to an alarm, lights, words of likelihood and causes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from models.domain.errors import InputError
from models.domain.kit import ParameterKit
from models.domain.monitoring_rule import LightBand, MonitoringRule
from services.kit_rules import values
from services.kit_rules.line import Read, RuleSpec, Write

GROUP = "运行监控"
_NATIONAL = {
    "likelihood_labels": {"certain": "确定能", "possible": "有可能", "impossible": "完全不可能"},
    "cause_labels": {
        "funds": "经费保障",
        "system": "制度保障",
        "staff": "人员保障",
        "hardware": "硬件条件保障",
        "other": "其他",
    },
}
"""The national form's words, by their codes; a place may have its own, in the same order."""


def _rule(kit: ParameterKit) -> MonitoringRule:
    return kit.monitoring or MonitoringRule()


def _ruling(field: str, read: Callable[[str, str], Any], label: str) -> Write:
    def write(kit: ParameterKit, text: str) -> ParameterKit:
        return replace(kit, monitoring=replace(_rule(kit), **{field: read(text, label)}))

    return write


def _words(field: str) -> Read:
    def read(kit: ParameterKit) -> str:
        own = getattr(_rule(kit), field)
        return values.list_words([own.get(code) or word for code, word in _NATIONAL[field].items()])

    return read


def _with_words(field: str, label: str) -> Write:
    def write(kit: ParameterKit, text: str) -> ParameterKit:
        national = _NATIONAL[field]
        given = values.read_list(text, label) or tuple(national.values())
        if len(given) != len(national):
            raise InputError(
                f"要有 {len(national)} 个说法", "请按原来的顺序逐个改，清空恢复原来的说法", label
            )
        pairs = zip(national.items(), given, strict=True)
        own: Any = {code: word for (code, usual), word in pairs if word != usual}
        return replace(kit, monitoring=replace(_rule(kit), **{field: own}))

    return write


def _lights(kit: ParameterKit) -> str:
    return "、".join(f"{band.light.label} {values.percent_words(band.lower)}" for band in _rule(kit).bands)


def _with_lights(kit: ParameterKit, text: str) -> ParameterKit:
    """Other bounds of the lights the kit has, from worst to best; nothing takes the lights out."""
    where, rule = "预警灯", _rule(kit)
    if not text.strip():
        return replace(kit, monitoring=replace(rule, bands=()))
    by_name = {band.light.label: band for band in rule.bands}
    found: list[LightBand] = []
    for part in values.read_list(text, where):
        name = next((name for name in by_name if part.startswith(name)), "")
        if not name:
            raise InputError(
                f"“{part[:20]}”看不懂", "请按“红灯 0、黄灯 60、绿灯 80、蓝灯 120”的样子填", where
            )
        lower = values.read_number(part.removeprefix(name), where) / 100
        found.append(replace(by_name[name], lower=lower))
    lowers = [band.lower for band in found]
    if lowers != sorted(set(lowers)) or lowers[0] != Decimal(0):
        raise InputError("各灯的界限要从 0 开始、由低到高、不重复", "请改正百分数", where)
    return replace(kit, monitoring=replace(rule, bands=tuple(found)))


MONITORING_RULES = (
    RuleSpec(
        GROUP,
        "多少金额的项目作为重点跟踪",
        "万元",
        lambda kit: values.amount_words(_rule(kit).key_amount_fen),
        _ruling("key_amount_fen", values.read_amount, "重点跟踪金额"),
        hint="其余项目简易跟踪；清空就是全部项目按同一张表监控",
    ),
    RuleSpec(
        GROUP,
        "重点跟踪金额包括本数",
        "",
        lambda kit: values.yes_words(_rule(kit).key_amount_is_inclusive),
        _ruling("key_amount_is_inclusive", values.read_yes, "重点跟踪金额包括本数"),
        lambda _kit: (values.YES, values.NO),
    ),
    RuleSpec(
        GROUP,
        "触发预警后单位要选的处理意见",
        "",
        lambda kit: values.list_words(_rule(kit).answers),
        _ruling("answers", values.read_list, "处理意见"),
        hint="如：继续执行、调剂、取消；清空就是不要求",
    ),
    RuleSpec(
        GROUP,
        "触发预警后几个工作日内答复",
        "天",
        lambda kit: str(_rule(kit).answer_days or ""),
        _ruling("answer_days", lambda text, where: values.read_count(text or "0", where, 365), "答复期限"),
    ),
    RuleSpec(
        GROUP,
        "比率指标也按序时进度看",
        "",
        lambda kit: values.yes_words(_rule(kit).rates_by_sequence),
        _ruling("rates_by_sequence", values.read_yes, "比率指标也按序时进度看"),
        lambda _kit: (values.YES, values.NO),
    ),
    RuleSpec(
        GROUP,
        "预警灯从序时进度的多少起",
        "%",
        _lights,
        _with_lights,
        is_there=lambda kit: bool(_rule(kit).bands),
        hint="清空就是不用预警灯",
    ),
    RuleSpec(
        GROUP,
        "完成目标可能性的说法",
        "",
        _words("likelihood_labels"),
        _with_words("likelihood_labels", "完成目标可能性"),
    ),
    RuleSpec(GROUP, "偏差原因的说法", "", _words("cause_labels"), _with_words("cause_labels", "偏差原因")),
)
"""In the order a bureau thinks of them."""

"""Rules of ex-ante evaluation (事前绩效评估的规定): growth, years, exemptions, veto line, conclusions, attachments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from models.domain.errors import InputError
from models.domain.ex_ante_rule import ExAnteRule, rule_in_force
from models.domain.ex_ante_scheme import ExAnteAttachment, ExAnteScheme
from models.domain.kit import ParameterKit
from services.kit_rules import values
from services.kit_rules.line import RuleSpec, Write

GROUP = "事前绩效评估"
_ATTRIBUTES = {"全部项目": (), "新增项目": ("new",), "延续项目": ("continuing",)}
_REQUIRED = "（必附）"


def _rule(kit: ParameterKit) -> ExAnteRule:
    found = rule_in_force(kit.ex_ante, kit.check_settings)
    assert found is not None, "asked only where there is a rule"
    return found


def _has_rule(kit: ParameterKit) -> bool:
    return kit.ex_ante is not None


def _has_scheme(kit: ParameterKit) -> bool:
    return kit.ex_ante_scheme is not None


def _scheme(kit: ParameterKit) -> ExAnteScheme:
    assert kit.ex_ante_scheme is not None, "asked only where there is a scheme"
    return kit.ex_ante_scheme


def _ruling(field: str, read: Callable[[str, str], Any], label: str) -> Write:
    def write(kit: ParameterKit, text: str) -> ParameterKit:
        return replace(kit, ex_ante=replace(_rule(kit), **{field: read(text, label)}))

    return write


def _scoring(field: str, read: Callable[[str, str], Any], label: str) -> Write:
    def write(kit: ParameterKit, text: str) -> ParameterKit:
        return replace(kit, ex_ante_scheme=replace(_scheme(kit), **{field: read(text, label)}))

    return write


def _attributes(kit: ParameterKit) -> str:
    known = _rule(kit).attributes
    return next((word for word, codes in _ATTRIBUTES.items() if codes == known), "全部项目")


def _with_attributes(kit: ParameterKit, text: str) -> ParameterKit:
    """Which projects the amount is for; older kits name them in the settings of C22, which gives way."""
    settings = {key: dict(record) for key, record in kit.check_settings.items()}
    settings.setdefault("C22", {})["project_attributes"] = []
    rule = replace(_rule(kit), attributes=_ATTRIBUTES[text])
    return replace(kit, ex_ante=rule, check_settings=settings)


def _years(text: str, where: str) -> int | None:
    if not text.strip():
        return None
    found = values.read_count(text, where, 30)
    if found < 1:
        raise InputError("年限至少是 1 年", "请填年数，不设年限的清空", where)
    return found


def _form_name(text: str, where: str) -> str:
    found = values.read_text(text, where)
    if not found:
        raise InputError("名称没有填", "请填写报告的名称", where)
    return found


def _with_conclusions(kit: ParameterKit, text: str) -> ParameterKit:
    """Other bounds of the conclusions; their number stays, since one of them means no support."""
    scheme = _scheme(kit)
    bands = values.read_bands(text, "评估结论")
    if len(bands) != len(scheme.bands):
        raise InputError(f"评估结论要有 {len(scheme.bands)} 种", "请只改名称和分数", "评估结论")
    changed = tuple(
        replace(old, conclusion=name, lower=lower)
        for old, (name, lower) in zip(scheme.bands, bands, strict=True)
    )
    return replace(kit, ex_ante_scheme=replace(scheme, bands=changed))


def _attachments(kit: ParameterKit) -> str:
    return values.list_words(
        [f"{one.name}{_REQUIRED if one.is_required else ''}" for one in _scheme(kit).attachments]
    )


def _with_attachments(kit: ParameterKit, text: str) -> ParameterKit:
    found = tuple(
        ExAnteAttachment(part.removesuffix(_REQUIRED).strip(), part.endswith(_REQUIRED))
        for part in values.read_list(text, "评估附件")
    )
    return replace(kit, ex_ante_scheme=replace(_scheme(kit), attachments=found))


EX_ANTE_RULES = (
    RuleSpec(
        GROUP,
        "金额界限适用于",
        "",
        _attributes,
        _with_attributes,
        lambda _kit: tuple(_ATTRIBUTES),
        _has_rule,
    ),
    RuleSpec(
        GROUP,
        "延续项目比上年增长多少要评估",
        "%",
        lambda kit: values.percent_words(_rule(kit).growth_share),
        _ruling("growth_share", values.read_percent, "增长比例"),
        is_there=_has_rule,
        hint="不按增长比例要求的清空",
    ),
    RuleSpec(
        GROUP,
        "延续项目比上年增加多少要评估",
        "万元",
        lambda kit: values.amount_words(_rule(kit).growth_fen),
        _ruling("growth_fen", values.read_amount, "增加金额"),
        is_there=_has_rule,
        hint="不按增加金额要求的清空",
    ),
    RuleSpec(
        GROUP,
        "增长界限包括本数",
        "",
        lambda kit: values.yes_words(_rule(kit).growth_inclusive),
        _ruling("growth_inclusive", values.read_yes, "增长界限包括本数"),
        lambda _kit: (values.YES, values.NO),
        _has_rule,
    ),
    RuleSpec(
        GROUP,
        "执行几年以上要评估",
        "年",
        lambda kit: str(_rule(kit).years or ""),
        _ruling("years", _years, "执行年限"),
        is_there=_has_rule,
        hint="不按年限要求的清空",
    ),
    RuleSpec(
        GROUP,
        "免予评估的情形",
        "",
        lambda kit: values.list_words(_rule(kit).exemptions),
        _ruling("exemptions", values.read_list, "免予评估的情形"),
        is_there=_has_rule,
        hint="各种情形之间用分号分开",
    ),
    RuleSpec(
        GROUP,
        "报告在校验提示里的名称",
        "",
        lambda kit: _rule(kit).form_name,
        _ruling("form_name", _form_name, "报告名称"),
        is_there=_has_rule,
    ),
    RuleSpec(
        GROUP,
        "评估结论和分数线",
        "分",
        lambda kit: values.bands_words([(one.conclusion, one.lower) for one in _scheme(kit).bands]),
        _with_conclusions,
        is_there=_has_scheme,
    ),
    RuleSpec(
        GROUP,
        "一票否决的维度低于本维度分值的多少",
        "%",
        lambda kit: values.percent_words(_scheme(kit).veto_share),
        _scoring("veto_share", lambda text, where: values.read_percent(text or "0", where), "否决线"),
        is_there=_has_scheme,
    ),
    RuleSpec(
        GROUP,
        "报告要附的材料",
        "",
        _attachments,
        _with_attachments,
        is_there=_has_scheme,
        hint=f"必须附的在后面写{_REQUIRED}",
    ),
)
"""In the order a bureau thinks of them."""

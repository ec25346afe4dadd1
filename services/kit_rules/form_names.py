"""Names, amount units and schemes of forms (表名、金额单位、计分方案): one set of lines per form the kit sets up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from forms import registry
from models.domain.kit import FormSetting, ParameterKit
from models.domain.money import AmountUnit
from services.kit_rules import values
from services.kit_rules.line import RuleSpec

GROUP = "各表"
_WHOLE = "overall_expenditure_self_evaluation"
_SCORED = ("performance_target", "self_evaluation")
_FRAMED = ("performance_target", "overall_expenditure_target")
_UNITS = {unit.label: unit for unit in AmountUnit}


def form_rules(kit: ParameterKit) -> Iterator[RuleSpec]:
    """The lines of every form the kit has a setting for."""
    for form_id in dict.fromkeys(setting.form_id for setting in kit.form_settings):
        if not registry.has(form_id):
            continue
        head = registry.head(form_id)
        yield RuleSpec(
            GROUP,
            f"{head.short_title}：本地叫什么名称",
            "",
            partial(_title, form_id),
            partial(_with_title, form_id),
            hint=f"清空就是“{head.title}”",
        )
        yield RuleSpec(
            GROUP,
            f"{head.short_title}：金额单位",
            "",
            partial(_unit, form_id),
            partial(_with_unit, form_id),
            lambda _kit: tuple(_UNITS),
        )
        if form_id in _FRAMED and len(kit.frames) > 1:
            yield _layout_rule(form_id, head.short_title)
        if form_id in _SCORED and len(_schemes(kit)) > 1:
            yield RuleSpec(
                GROUP,
                f"{head.short_title}：计分方案",
                "",
                partial(_scheme, form_id),
                partial(_with_scheme, form_id),
                lambda kit: tuple(_schemes(kit)),
            )


def _layout_rule(form_id: str, short_title: str) -> RuleSpec:
    """Which frame of the kit a form is laid out by."""
    return RuleSpec(
        GROUP,
        f"{short_title}：指标框架",
        "",
        partial(_frame, form_id),
        partial(_with_frame, form_id),
        lambda kit: tuple(frame.name for frame in kit.frames),
    )


def _frame(form_id: str, kit: ParameterKit) -> str:
    return kit.frame(_setting(form_id, kit).frame_id).name


def _with_frame(form_id: str, kit: ParameterKit, text: str) -> ParameterKit:
    frame = next(one for one in kit.frames if one.name == text)
    return _with(form_id, kit, frame_id=frame.frame_id)


def _setting(form_id: str, kit: ParameterKit) -> FormSetting:
    return next(setting for setting in kit.form_settings if setting.form_id == form_id)


def _with(form_id: str, kit: ParameterKit, **changes: object) -> ParameterKit:
    """Every setting of a form changed, whatever its budget year."""
    settings = tuple(
        replace(one, **changes) if one.form_id == form_id else one  # type: ignore[arg-type]
        for one in kit.form_settings
    )
    return replace(kit, form_settings=settings)


def _title(form_id: str, kit: ParameterKit) -> str:
    return _setting(form_id, kit).title or registry.head(form_id).title


def _with_title(form_id: str, kit: ParameterKit, text: str) -> ParameterKit:
    title = values.read_text(text, "表名")
    return _with(form_id, kit, title="" if title == registry.head(form_id).title else title)


def _unit(form_id: str, kit: ParameterKit) -> str:
    return _setting(form_id, kit).amount_unit.label


def _with_unit(form_id: str, kit: ParameterKit, text: str) -> ParameterKit:
    return _with(form_id, kit, amount_unit=_UNITS[text])


def _schemes(kit: ParameterKit) -> dict[str, str]:
    """Schemes a project may be scored by, ids by name; the one of units as a whole is not among them."""
    whole = {one.scheme_id for one in kit.form_settings if one.form_id == _WHOLE}
    return {one.name: one.scheme_id for one in kit.schemes if one.scheme_id not in whole}


def _scheme(form_id: str, kit: ParameterKit) -> str:
    wanted = _setting(form_id, kit).scheme_id
    return next((scheme.name for scheme in kit.schemes if scheme.scheme_id == wanted), "")


def _with_scheme(form_id: str, kit: ParameterKit, text: str) -> ParameterKit:
    return _with(form_id, kit, scheme_id=_schemes(kit)[text])

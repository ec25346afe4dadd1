"""C2 (项目代码): how the code is built, and its year against the project's first year."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from forms.checks.engine import CheckInput
from forms.checks.settings import CodeSegment, ProjectCodeSetting
from forms.checks.wording import clipped
from forms.findings import Finding, Place, Severity
from forms.remembered import by_identity
from models.domain.money import plain_text

_PLACE = Place("project_code")
_WHY = "项目代码按预算管理一体化系统的编码规则组成，写错了就和预算对不上。"


def project_code(given: CheckInput) -> Iterator[Finding]:
    """C2: a code of another build, a year that is not the project's first, or no code yet."""
    if given.spec("project_code") is None:
        return
    setting = given.settings.get(ProjectCodeSetting)
    if given.is_blank("project_code"):
        if not given.is_blank("project_name"):
            yield _no_code(given)
        return
    code = plain_text(given.text("project_code"))
    if not code:
        return
    year = _year_in(code, setting)
    if year is None:
        yield _wrong_build(code, setting)
        return
    first_year = given.year("period_from")
    if first_year is not None and first_year % 100 != int(year):
        yield _wrong_year(year, first_year)


def is_well_built(code: str, setting: ProjectCodeSetting) -> bool:
    """Whether a code is built as the rule says."""
    return _year_in(code, setting) is not None


def code_rule(setting: ProjectCodeSetting) -> str:
    """The rule in words: 6 位数字（区划）＋2 位数字（年度）…."""
    return "＋".join(_spelled(segment) for segment in setting.segments)


def _year_in(code: str, setting: ProjectCodeSetting) -> str | None:
    """The part of the code that is its year, None when it is built otherwise."""
    fullmatch, year = _build(setting)
    found = fullmatch(code) if year else None
    return found[year] if found is not None else None


@by_identity(16)
def _build(setting: ProjectCodeSetting) -> tuple[Callable[[str], re.Match[str] | None], int]:
    """What a code of a kit's rule looks like, and which part is the year, 0 for none; a part without any length is in
    no code."""
    pieces = (
        f"({'[A-Z]' if one.is_letter else '[0-9]'}{{{one.length}}})" if one.length > 0 else "((?!))"
        for one in setting.segments
    )
    names = [segment.name for segment in setting.segments]
    year = len(names) - names[::-1].index(setting.year_segment) if setting.year_segment in names else 0
    return re.compile("".join(pieces)).fullmatch, year


def _spelled(segment: CodeSegment) -> str:
    """One part in words: 6 位数字（区划）."""
    return f"{segment.length} 位{'大写字母' if segment.is_letter else '数字'}（{segment.name}）"


def _wrong_build(code: str, setting: ProjectCodeSetting) -> Finding:
    """A code that is not built as the rule says."""
    length = sum(segment.length for segment in setting.segments)
    rule = code_rule(setting)
    count = f"共 {len(code)} 位，应为 {length} 位" if len(code) != length else "组成不对"
    return Finding(
        code="C2",
        severity=Severity.EXPLAIN,
        place=_PLACE,
        subject="项目代码",
        message=f"“{clipped(code, 30)}”{count}：{rule}",
        remedy="请按一体化系统里的项目代码核对；确实是这样的，请写明原因",
        why=_WHY,
        values=(("填写的代码", clipped(code, 30)), ("位数", f"{len(code)}，应为 {length}")),
    )


def _wrong_year(year: str, first_year: int) -> Finding:
    """A code of another year than the project's first."""
    return Finding(
        code="C2",
        severity=Severity.EXPLAIN,
        place=_PLACE,
        subject="项目代码",
        message=f"代码中的年度是“{year}”，项目期起始年是 {first_year} 年，两者不一致",
        remedy="请核对代码和起始年；延续项目的起始年填第一次安排预算的年份",
        why="项目代码中的年度是项目第一次安排预算的年度。",
        also=(Place("period_from"),),
        values=(("代码中的年度", year), ("项目期起始年", str(first_year))),
    )


def _no_code(given: CheckInput) -> Finding:
    """No code yet: fine for a new project, a reminder for a continuing one."""
    if given.text("project_attribute") == "continuing":
        message, remedy = "延续项目还没有填项目代码", "请从一体化系统或上年批复中查到后填写"
    else:
        message, remedy = "还没有项目代码", "新项目可以先空着，一体化系统给出代码后补填"
    return Finding("C2", Severity.HINT, _PLACE, "项目代码", message, remedy, _WHY)

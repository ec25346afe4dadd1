"""C16 (模糊用语): values of vague words alone, with no grade scale or measure."""

from __future__ import annotations

from collections.abc import Iterable

from forms.checks.engine import RowInput
from forms.checks.indicator_line import IndicatorLine
from forms.checks.line_spelling import contains
from forms.checks.settings import VagueWordSetting
from forms.checks.wording import clipped
from forms.findings import Finding, Severity


def is_vague(line: IndicatorLine, setting: VagueWordSetting) -> bool:
    """Whether a value is words nobody can measure."""
    text = line.value
    if not text or line.amount is not None or any(char.isdigit() for char in text):
        return False
    return contains(text, setting.words) and not contains(text, setting.measures)


def vague_words(given: RowInput) -> Iterable[Finding]:
    """C16: 明显, 较好, 有效 and the like standing alone."""
    line = given.line
    if line.amount is not None or not line.value:
        return ()
    setting = given.settings.get(VagueWordSetting)
    return (_vague(line, setting),) if is_vague(line, setting) else ()


def _vague(line: IndicatorLine, setting: VagueWordSetting) -> Finding:
    """A C16 finding."""
    found = "、".join(sorted((word for word in setting.words if word in line.value), key=line.value.index))
    return Finding(
        code="C16",
        severity=Severity.EXPLAIN,
        place=line.place("planned_value"),
        subject=line.subject("planned_value"),
        message=f"“{clipped(line.value)}”只有“{found}”这样的说法，没有程度或档次",
        remedy="请换成数字，或写明分几档、怎样算达到，例如“优良中低差”",
        why="只写“明显”“有效”，年底无法判断完成了没有。",
        values=(("指标值", clipped(line.value)), ("模糊用语", found)),
    )

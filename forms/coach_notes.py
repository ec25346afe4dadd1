"""What the coach notices by itself (填写提醒): things no check speaks of, each with a way out.

A number in the name, a unit that does not fit it, a change with nothing to compare it with, a sentence copied out of the target, a
direction against the sign, and a goal below last year's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from typing import Any

from forms.checks.indicator_line import HIGHER_SIGNS
from forms.checks.line_spelling import contains
from forms.checks.wording import clipped, number_text
from forms.coach_proposals import CoachInput, Proposal, by_library, by_words
from forms.kinds import parse_number
from forms.text_similarity import core_text, share_found_in
from models.domain.filing import Answers
from models.domain.indicator import Comparator, Direction
from models.domain.indicator_coach import CoachWords, MeasureKind

_NUMBER_AT_END = re.compile(r"(\d+(?:\.\d+)?)\s*([^\d\s]{1,4})$")
_IN_BRACKETS_AT_END = re.compile(r"\s*[（(][^（()）]*[)）]\s*$")
_LOWER_SIGNS = frozenset({Comparator.AT_MOST.value, Comparator.LESS.value})


@dataclass(frozen=True, slots=True)
class CoachNote:
    """One thing noticed (提醒): the column, the sentence, and ways to write it."""

    column: str
    remark: str
    proposals: tuple[Proposal, ...]


def notes(given: CoachInput, answers: Answers) -> Iterator[CoachNote]:
    """Everything noticed about one row; nothing about a row that is not named yet."""
    if not given.line.name:
        return
    yield from _number_in_name(given)
    yield from _unit_of_another_kind(given)
    yield from _no_baseline(given)
    yield from _copied(given, answers)
    yield from _against_the_sign(given)
    yield from _below_last_year(given)


def _number_in_name(given: CoachInput) -> Iterator[CoachNote]:
    """村组干部230人: the number belongs into the value, the unit into its column."""
    line, words = given.line, given.words
    found = _NUMBER_AT_END.search(line.name)
    if found is None or found.group(2) not in given.shared.known_units:
        return
    number, unit = found.groups()
    bare = line.name[: found.start()].rstrip("约共达到 ")
    name = bare + words.count_names.get(unit, "数量") if bare else ""
    if not name:
        return
    changes: dict[str, Any] = {"third_level": name, "measure_unit": unit}
    if not line.value:
        changes["planned_value"] = number
    remark = f"名称里写了“{number}{unit}”，数字和单位应填在后面的栏目里"
    yield CoachNote("third_level", remark, (Proposal(changes, "名称只写考核什么"),))


def _unit_of_another_kind(given: CoachInput) -> Iterator[CoachNote]:
    """A length counted in 人: the unit does not measure what the name says. Of percentages the checks speak (C50)."""
    line = given.line
    unit = line.unit or line.written.unit
    if not unit or not line.is_numeric or unit in given.shared.percent_units:
        return
    name = _IN_BRACKETS_AT_END.sub("", line.name)
    kind = kind_of(name, given.words)
    if kind is None or kind.measures(unit):
        return
    found = (Proposal({"measure_unit": one}, f"{kind.label}的常用单位") for one in kind.offered)
    remark = f"“{clipped(name)}”说的是{kind.label}，计量单位却是“{unit}”"
    yield CoachNote("measure_unit", remark, tuple(found))


def kind_of(name: str, words: CoachWords) -> MeasureKind | None:
    """The kind of quantity a name ends with, by its longest ending; None for any other name."""
    fitting = [
        (len(ending), kind) for kind in words.kinds for ending in kind.endings if name.endswith(ending)
    ]
    return max(fitting, key=itemgetter(0))[1] if fitting else None


def _no_baseline(given: CoachInput) -> Iterator[CoachNote]:
    """增长、下降 that do not say against what."""
    line, words = given.line, given.words
    indicator = given.context.library_by_code.get(line.library_code)
    said = line.name + (indicator.explanation if indicator else "")
    if not line.is_numeric or line.amount is None or contains(said, words.baseline_words):
        return
    word = next((word for word in words.change_words if word in line.name), "")
    if not word:
        return
    before, _word, after = line.name.partition(word)
    before = next((before.removesuffix(one) for one in words.degree_words if before.endswith(one)), before)
    name = f"{before}{words.baseline_prefix}{word}{after}"
    remark = f"“{clipped(line.name)}”没有说明与什么时候相比，年底无法计算"
    yield CoachNote("third_level", remark, (Proposal({"third_level": name}, "写明比较的基数"),))


def _copied(given: CoachInput, answers: Answers) -> Iterator[CoachNote]:
    """A sentence out of the target or the unit's duties that names nothing to measure."""
    line, words = given.line, given.words
    name = core_text(line.name)
    if len(name) < words.copied_length or name.endswith(words.measure_endings):
        return
    sources = {
        "年度目标": answers.get("annual_target"),
        "中期目标": answers.get("medium_term_target"),
        "单位职责": given.context.unit.duties,
    }
    for label, text in sources.items():
        if isinstance(text, str) and share_found_in(name, core_text(text)) >= words.copied_share:
            proposals = (*by_words(given), *by_library(given))
            yield CoachNote("third_level", f"名称照抄了{label}，没有说明考核什么", proposals)
            return


def _against_the_sign(given: CoachInput) -> Iterator[CoachNote]:
    """正向 with ≤, 反向 with ≥, or no direction though the sign tells it."""
    line = given.line
    if not line.has("direction") or line.sign not in HIGHER_SIGNS | _LOWER_SIGNS:
        return
    wanted = Direction.NEGATIVE if line.sign in _LOWER_SIGNS else Direction.POSITIVE
    chosen = line.texts.get("direction", "")
    if chosen == wanted.value or "direction" in line.faults:
        return
    what = f"方向是“{Direction(chosen).label}”" if chosen in set(Direction) else "还没有选方向"
    remark = f"符号是“{line.sign}”，{what}，应为“{wanted.label}”"
    yield CoachNote("direction", remark, (Proposal({"direction": wanted.value}, "方向与符号一致"),))


def _below_last_year(given: CoachInput) -> Iterator[CoachNote]:
    """A goal that asks for less than last year's of the same name."""
    line, before = given.line, _last_year(given)
    if before is None or line.amount is None or line.sign not in HIGHER_SIGNS:
        return
    last = _number(before.get("planned_value"))
    same_unit = (before.get("measure_unit") or "") == (line.texts.get("measure_unit") or "")
    if last is None or not same_unit or line.amount >= last:
        return
    unit = line.texts.get("measure_unit", "")
    remark = f"上年申报的是 {number_text(last)}{unit}，今年填 {number_text(line.amount)}{unit}，低于上年"
    changes = {"planned_value": number_text(last)}
    yield CoachNote("planned_value", remark, (Proposal(changes, "不低于上年"),))


def _last_year(given: CoachInput) -> Mapping[str, Any] | None:
    """Last year's row of the same name, None when there is none."""
    rows = (given.context.previous_answers or {}).get(given.line.table.key)
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, Mapping) and core_text(str(row.get("third_level") or "")) == given.line.name_key:
            return row
    return None


def _number(value: Any) -> Decimal | None:
    """A kept value as a number, None when it is none."""
    return parse_number(value) if isinstance(value, str) else None

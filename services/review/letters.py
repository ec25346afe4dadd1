"""退回修改函 (return letters): the official letter beside what was returned, one a unit, worded by the bureau (F69).

The signed slip reopens the forms; the letter is what a unit files and its leader signs for. Its wording is the kit's
(`ReviewRule.return_letter`) until the desk words it otherwise (`letter_wording`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from forms.kinds import show_date
from models.domain.project import Unit
from models.domain.review import ReviewComment
from services.handed_out import HandedOut, handed_out
from services.ports.letters import Letter, LetterList
from services.review.letter_files import LetterFiles, LetterWish, worded
from services.review.return_slips import Returned, answer_days
from services.workspaces import Workspace

_HEAD = ("序号", "退回的项目和表", "位置", "审核意见", "修改要求")
_WIDTHS = (11, 41, 31, 43, 30)
_NAMED = 2
"""So many kinds of forms are named one by one."""


@dataclass(frozen=True, slots=True)
class UnitLetter:
    """The letter of one unit (一个单位的函), before it is drawn; `answer_by` when the unit has to answer."""

    unit: Unit
    items: tuple[Returned, ...]
    answer_by: date
    letter: Letter

    @property
    def remark_count(self) -> int:
        """意见条数: remarks and opinions in the list."""
        return sum(_remark_count(item) for item in self.items)


def letters(workspace: Workspace, items: Sequence[Returned], wish: LetterWish) -> tuple[UnitLetter, ...]:
    """One letter per unit, the units in order; KitProblem while there is no kit."""
    by_unit: dict[str, list[Returned]] = defaultdict(list)
    for item in items:
        by_unit[item.unit.code].append(item)
    known = handed_out(workspace)
    return tuple(_of_unit(workspace, known, of_unit, wish) for of_unit in by_unit.values())


RETURN_LETTERS = LetterFiles("退回修改函", "return_letter", letters)


def _of_unit(
    workspace: Workspace, known: HandedOut, items: Sequence[Returned], wish: LetterWish
) -> UnitLetter:
    unit = items[0].unit
    answer_by = max(_told_on(workspace, item) for item in items) + timedelta(days=answer_days(known, items))
    values = {
        "表名": _form_names(items),
        "年度": "、".join(str(year) for year in sorted({item.filing.budget_year for item in items})),
        "退回件数": str(len(items)),
        "意见条数": str(sum(_remark_count(item) for item in items)),
        "期限": show_date(answer_by),
        "审核单位": workspace.profile.unit.name,
    }
    enclosed = LetterList("退回修改清单", _HEAD, tuple(_rows(items)), _WIDTHS)
    return UnitLetter(unit, tuple(items), answer_by, worded(workspace, unit, wish, values, enclosed))


def _told_on(workspace: Workspace, item: Returned) -> date:
    """From when the unit's days count: when its slip was made, else today."""
    return workspace.local(item.told_at).date() if item.told_at else workspace.today


def _form_names(items: Sequence[Returned]) -> str:
    """What was returned in words: the forms' names, or how many kinds."""
    names = tuple(dict.fromkeys(item.title for item in items))
    return "和".join(names) if len(names) <= _NAMED else f"{names[0]}等{len(names)}种表"


def _rows(items: Sequence[Returned]) -> list[tuple[str, ...]]:
    """The list: each form with its opinion, then every remark; leading blanks go on with the form above."""
    rows: list[tuple[str, ...]] = []
    for number, item in enumerate(items, 1):
        said = [(one.label or "全表", one.text, _asked(one)) for one in item.comments]
        opinion = item.decision.opinion.strip()
        if opinion or not said:
            said.insert(0, ("总体意见", opinion or "请修改完善", "请修改后重新报送"))
        head = (str(number), f"{item.subject}\n{item.title}（第{item.filing.version}版）")
        rows += [(*(head if at == 0 else ("", "")), *words) for at, words in enumerate(said)]
    return rows


def _asked(comment: ReviewComment) -> str:
    """What the unit is to do about a remark."""
    asked = "请修改，或答复说明理由" if comment.is_compulsory else "供修改时参考"
    return f"建议改为：{comment.proposed}\n{asked}" if comment.proposed else asked


def _remark_count(item: Returned) -> int:
    return len(item.comments) + bool(item.decision.opinion.strip())

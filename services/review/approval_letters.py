"""批复函 (letters of approval): the official letter that tells a unit its approved targets, with every project's amount,
goal and indicators as 附件. The signed notice binds the programs; the letter is what a unit files (domain §0.3).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from forms import registry
from forms.indicator_table import joined_value
from models.domain.approval import Approval
from models.domain.money import AmountUnit, format_amount
from models.domain.project import Unit
from services.ports.letters import Letter, LetterList
from services.review.approval_messages import Approved
from services.review.letter_files import LetterFiles, LetterWish, worded
from services.workspaces import Workspace

_HEAD = ("序号", "项目和表", "批复金额（万元）", "绩效目标和指标", "目标内容和指标值")
_WIDTHS = (11, 36, 24, 33, 52)
_SHARED, _CENTRED = 3, (0, 2)
_GOALS = ("annual_target", "medium_term_target")
"""Keys of the goals in words, in a target's declaration."""


@dataclass(frozen=True, slots=True)
class ApprovalLetter:
    """The letter of one unit (一个单位的批复函), before it is drawn; `amount_fen` what it approves altogether."""

    unit: Unit
    items: tuple[Approved, ...]
    letter: Letter

    @property
    def amount_fen(self) -> int:
        """All approved amounts of the letter, in 分."""
        return _total(self.items)


def approval_letters(
    workspace: Workspace, items: Sequence[Approved], wish: LetterWish
) -> tuple[ApprovalLetter, ...]:
    """One letter per unit that got money, the units in order; a target that was adjusted is told once, as adjusted."""
    by_unit: dict[str, dict[tuple[str, int], Approved]] = defaultdict(dict)
    told = [
        item for item in items if item.result is None
    ]  # what was refused is not approved, nor without money
    for item in sorted(told, key=lambda one: one.approval is not None):
        by_unit[item.unit.code][item.filing.project_id, item.filing.budget_year] = item
    groups = [sorted(found.values(), key=_order) for _, found in sorted(by_unit.items())]
    return tuple(
        _of_unit(workspace, group, wish) for group in groups if any(one.approval is not None for one in group)
    )


APPROVAL_LETTERS = LetterFiles("绩效目标批复函", "approval_letter", approval_letters)


def _order(item: Approved) -> tuple[int, bool, str]:
    """By year, the unit as a whole first, what got no money where its name stands."""
    return item.filing.budget_year, bool(item.filing.project_id), item.subject


def _of_unit(workspace: Workspace, items: Sequence[Approved], wish: LetterWish) -> ApprovalLetter:
    unit = items[0].unit
    approvals = [item.approval for item in items if item.approval is not None]
    values = {
        "年度": "、".join(str(year) for year in sorted({item.filing.budget_year for item in items})),
        "批复文号": "、".join(dict.fromkeys(one.document_number for one in approvals)),
        "批复项数": str(len(approvals)),
        "批复金额": format_amount(_total(items), AmountUnit.WAN_YUAN),
        "批复单位": workspace.profile.unit.name,
    }
    enclosed = LetterList("绩效目标批复清单", _HEAD, tuple(_rows(items)), _WIDTHS, _SHARED, _CENTRED)
    return ApprovalLetter(unit, tuple(items), worded(workspace, unit, wish, values, enclosed))


def _total(items: Sequence[Approved]) -> int:
    """What is approved altogether, in 分; a unit's overall target repeats its projects' money and is left out beside them."""
    amounts = [(item.filing.project_id, item.approval.amount_fen or 0) for item in items if item.approval]
    of_projects = [amount for project_id, amount in amounts if project_id]
    return sum(of_projects) if of_projects else sum(amount for _, amount in amounts)


def _rows(items: Sequence[Approved]) -> Iterator[tuple[str, ...]]:
    """The list: each target with its amount, then its goals and indicators; leading blanks go on with the one above."""
    for number, item in enumerate(items, 1):
        head = (str(number), f"{item.subject}\n{item.title}", _amount(item.approval))
        told = list(_told(item.approval)) if item.approval is not None else [("—", "—")]
        for at, words in enumerate(told):
            yield (*(head if at == 0 else ("",) * len(head)), *words)


def _amount(approval: Approval | None) -> str:
    """The approved amount in 万元, or that there is none."""
    if approval is None:
        return "未安排预算"
    return "—" if approval.amount_fen is None else format_amount(approval.amount_fen, AmountUnit.WAN_YUAN)


def _told(approval: Approval) -> Iterator[tuple[str, str]]:
    """Goals and indicators of a target as approved: what it is called, and how it reads."""
    form, answers = registry.form(approval.form_id), approval.answers
    labels = {field.key: field.label for field in form.fields()}
    for key in _GOALS:
        text = str(answers.get(key) or "").strip()
        if key in labels and text:
            yield labels[key], text
    for table in form.tables():
        if table.is_indicator_table:
            for row in answers.get(table.key) or ():
                yield str(row.get("third_level") or "—"), joined_value(row) or "—"

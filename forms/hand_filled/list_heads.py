"""Heads of lists of projects (项目清单表头): one row a project, its money and what became of it beside the name.

The head may take two rows: 1—6月执行情况 over 执行数 and 执行率, 完成目标可能性 over 确定能, 有可能, 完全不可能.
"""

from __future__ import annotations

from decimal import Decimal

from forms.hand_filled.area import Area
from forms.hand_filled.funds import FUNDS, MONEY_LABELS, FundsHead
from forms.hand_filled.head_words import HeadMatch, HeadWords, pattern, plain_head
from forms.hand_filled.mapping import UNUSED, ColumnChoice, why_of
from forms.hand_filled.text_kinds import TextKind, row_kinds
from forms.kinds import parse_number

NAME = "project_name"
TEXT_ROLES = (
    NAME,
    "project_code",
    "implementing_unit",
    "supervising_department",
    "likelihood",
    "deviation_reason",
    "improvement",
    "annual_target",
    "remark",
)
"""Roles of a list beside its money and rates."""
_LONGEST = 40
_FEWEST = 2
_MOST_ROWS = 2


def find_list_head(area: Area, words: HeadWords, fewest: int = _FEWEST) -> FundsHead | None:
    """The first head that asks for the project's name beside `fewest` columns of money or rates."""
    kinds = row_kinds(area.grid, words)
    for row in area.rows():
        if kinds[row] & TextKind.LABEL and (head := _head_at(area, row, words, fewest)):
            return head
    return None


def _head_at(area: Area, row: int, words: HeadWords, fewest: int) -> FundsHead | None:
    """The head that begins in a row."""
    names = [column for column, text in area.beginning(row) if _role(words.column(text)) == NAME]
    if not names or any(parse_number(text) is not None for _, text in area.beginning(row)):
        return None
    bottom = min(_bottom(area, row, names[0], words), row + _MOST_ROWS)
    choices: dict[str, ColumnChoice] = {}
    others: list[ColumnChoice] = []
    for column in sorted({*area.columns(row), *area.columns(bottom)}):
        choice = _choice(area, row, bottom, column, words)
        if choice is None:
            continue
        known = choices.get(choice.role)
        is_other = choice.role == UNUSED or choice.option or known is not None
        if known is not None and choice.confidence > known.confidence:
            others.append(_unused(known))
            choices[choice.role] = choice
        elif is_other:
            others.append(choice if choice.option or choice.role == UNUSED else _unused(choice))
        else:
            choices[choice.role] = choice
    figures = [role for role in choices if role in MONEY_LABELS or role == "stated_rate"]
    if len(figures) < fewest or not any(role in MONEY_LABELS for role in figures):
        return None
    ordered = sorted((*choices.values(), *others), key=lambda choice: choice.column)
    return FundsHead(row, tuple(ordered), "", bottom)


def _bottom(area: Area, row: int, name: int, words: HeadWords) -> int:
    """Last row of the head: down to the end of its merges, or a row of columns under groups."""
    deepest = area.bottom_edge(row, name)
    if deepest > row:
        return deepest
    leaves = area.beginning(row + 1)
    known = sum(bool(words.fund_column(text) or plain_head(text) in words.likelihoods) for _, text in leaves)
    return row + 1 if known >= _FEWEST else row


def _choice(area: Area, top: int, bottom: int, column: int, words: HeadWords) -> ColumnChoice | None:
    """The choice of one column, None where nothing of the head stands or a merge goes on from the left."""
    leaf, group = area.text(bottom, column), area.text(top, column)
    leaf = leaf or group
    merge = area.grid.merge_at(bottom, column)
    if not leaf or len(leaf) > _LONGEST or (merge is not None and merge.left != column):
        return None
    group = "" if group == leaf else group
    if group and _role(words.column(group)) == "likelihood" and plain_head(leaf) in words.likelihoods:
        return ColumnChoice(
            FUNDS, column, "likelihood", leaf, Decimal(1), "完成可能性的一项", plain_head(leaf)
        )
    match = _match(leaf, group, words)
    if match is None:
        return ColumnChoice(FUNDS, column, UNUSED, leaf, Decimal(0), f"不认识表头“{plain_head(leaf)}”")
    return ColumnChoice(FUNDS, column, match.role, leaf, match.confidence, why_of(leaf, match))


def _match(leaf: str, group: str, words: HeadWords) -> HeadMatch | None:
    """What a column is: facts of the project by their own words, figures by those of the money."""
    told = words.column(leaf)
    if told is not None and told.role in TEXT_ROLES:
        return told
    money = words.fund_column(leaf)
    whole = words.fund_column(f"{group}{leaf}") if group else None
    if group and money is None and pattern(words.row_words.subtotal).fullmatch(plain_head(leaf)):
        money = words.fund_column(group)
    is_to_date = pattern(words.period_spending).search(plain_head(f"{group}{leaf}", keep_brackets=True))
    if is_to_date and money is not None and money.role == "annual_spending":
        return HeadMatch("spending_to_date", money.confidence)
    return money or whole or (told if told is not None and told.role == UNUSED else None)


def _role(match: HeadMatch | None) -> str:
    return match.role if match else ""


def _unused(choice: ColumnChoice) -> ColumnChoice:
    """A column whose role another one has."""
    why = f"与另一列“{plain_head(choice.head)}”像是同一项"
    return ColumnChoice(choice.block, choice.column, UNUSED, choice.head, Decimal(0), why)

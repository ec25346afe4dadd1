"""Flat lists of several projects (平铺清单): one row per indicator, one table per project, as Sichuan publishes them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from forms.hand_filled.funds import FundsReader
from forms.hand_filled.grid import GridCell
from forms.hand_filled.indicator_rows import BlockRows
from forms.hand_filled.labels import split_project, tidy
from forms.hand_filled.printed import Unreadable
from forms.hand_filled.stated import StatedFund, StatedIndicator, StatedNumber, StatedTable

_CARRIED = ("project_name", "project_code", "implementing_unit", "supervising_department", "annual_target")


@dataclass
class _Project:
    """The rows of one project."""

    facts: dict[str, str]
    indicators: list[StatedIndicator] = field(default_factory=list)


def divided(
    table: StatedTable, rows: BlockRows, money: FundsReader, unread: Unreadable
) -> tuple[StatedTable, ...]:
    """One table per project, in the order of the list; facts of a project are filled down."""
    projects: list[_Project] = []
    carried: dict[str, str] = {}
    for indicator, facts in zip(rows.indicators, rows.projects, strict=True):
        name = facts.get("project_name", "") or carried.get("project_name", "")
        if not projects or name != projects[-1].facts.get("project_name", ""):
            carried = {
                role: text
                for role, text in carried.items()
                if role in ("implementing_unit", "supervising_department")
            }
            projects.append(_Project({}))
        carried.update({role: text for role, text in facts.items() if text})
        projects[-1].facts.update(carried)
        projects[-1].indicators.append(indicator)
    return tuple(_table(table, project, money, unread) for project in projects)


def _table(table: StatedTable, project: _Project, money: FundsReader, unread: Unreadable) -> StatedTable:
    """The table of one project."""
    facts = project.facts
    code, name = split_project(facts.get("project_name", ""))
    where = project.indicators[0].where if project.indicators else table.cells
    amounts = {
        role: money.numbers.amount(GridCell(facts[role]), money.unit, where, label)
        for role, label in (
            ("initial_budget", "年初预算数"),
            ("annual_budget", "预算数"),
            ("annual_spending", "执行数"),
        )
        if facts.get(role)
    }
    fund = StatedFund(
        source="total",
        label="预算数",
        initial_budget_fen=amounts.get("initial_budget"),
        annual_budget_fen=amounts.get("annual_budget"),
        annual_spending_fen=amounts.get("annual_spending"),
        stated_rate=_rate(facts.get("stated_rate", ""), amounts, money, where),
        where=where,
    )
    return replace(
        table,
        project_name=name,
        project_code=tidy(facts.get("project_code", "")) or code,
        implementing_unit=tidy(facts.get("implementing_unit", "")) or table.implementing_unit,
        supervising_department=tidy(facts.get("supervising_department", "")) or table.supervising_department,
        funds=(fund,) if amounts else table.funds,
        targets=(facts.get("annual_target", "") or table.targets[0], facts.get("achieved_target", "")),
        indicators=tuple(project.indicators),
        unread=tuple(unread.found),
    )


def _rate(text: str, amounts: dict[str, int | None], money: FundsReader, where: str) -> StatedNumber:
    """The rate a project states, as a share."""
    budget, spent = amounts.get("annual_budget"), amounts.get("annual_spending")
    expected = Decimal(spent) / budget if budget and spent is not None else None
    return money.numbers.rate(GridCell(text), expected, where, "执行率", in_percent=False)

"""Flat lists of several projects (平铺清单): one row per indicator, one table per project, as Sichuan publishes them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from forms.hand_filled.funds import FundsReader
from forms.hand_filled.grid import GridCell
from forms.hand_filled.indicator_rows import BlockRows
from forms.hand_filled.labels import split_project, tidy
from forms.hand_filled.stated import StatedFund, StatedIndicator, StatedNumber, StatedTable, Unread

_CARRIED = ("project_name", "project_code", "implementing_unit", "supervising_department", "annual_target")


@dataclass
class _Project:
    """The rows of one project."""

    facts: dict[str, str]
    indicators: list[StatedIndicator] = field(default_factory=list)


def divided(table: StatedTable, rows: BlockRows, money: FundsReader) -> tuple[StatedTable, ...]:
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
    return tuple(_table(table, project, money) for project in projects)


def with_unread(tables: tuple[StatedTable, ...], unread: tuple[Unread, ...]) -> tuple[StatedTable, ...]:
    """The tables, each with what could not be read in its own rows; what belongs to no row stands in the first."""
    owners = {row: number for number, table in enumerate(tables) for row in _rows(table)}
    found: list[list[Unread]] = [[] for _ in tables]
    for item in unread:
        found[owners.get(_row(item.where), 0)].append(item)
    return tuple(replace(table, unread=tuple(own)) for table, own in zip(tables, found, strict=True))


def _rows(table: StatedTable) -> range:
    """Rows of the sheet a table takes."""
    places = [fund.where for fund in table.funds] if table.list_index is not None else []
    rows = [_row(where) for where in (*places, *(indicator.where for indicator in table.indicators))]
    return range(min(rows), max(rows) + 1) if rows else range(0)


def _row(where: str) -> int:
    """The row of a cell or range name; that of a range over several rows is none."""
    rows = {int(found) for found in re.findall(r"\d+", where)}
    return rows.pop() if len(rows) == 1 else 0


def _table(table: StatedTable, project: _Project, money: FundsReader) -> StatedTable:
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
    )


def _rate(text: str, amounts: dict[str, int | None], money: FundsReader, where: str) -> StatedNumber:
    """The rate a project states, as a share."""
    budget, spent = amounts.get("annual_budget"), amounts.get("annual_spending")
    expected = Decimal(spent) / budget if budget and spent is not None else None
    return money.numbers.rate(GridCell(text), expected, where, "执行率", in_percent=False)

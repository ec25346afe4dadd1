"""A bureau's list of problems out of a table: every fault has its line; units find theirs in 整改情况反馈表."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from models.domain.errors import InputError
from services import filings, issue_tables
from services.issue_tables import IssuePreview
from services.kit_differences import kit_differences
from tests.services.county import TOWN, County
from tests.services.year_forms import desk_with

HEAD = ("单位代码", "项目名称", "整改类型", "存在问题", "整改要求", "整改时限", "文号", "年度")


def preview(county: County, *rows: Sequence[str], head: Sequence[str] = HEAD) -> IssuePreview:
    path = county.tools.tables.put("整改问题清单.xlsx", head, *rows)
    return issue_tables.preview_issues(county.bureau, path, county.bureau.current_kit().kit)


def test_lines_become_problems_of_the_units(county):
    found = preview(
        county,
        (
            TOWN,
            "农村公路养护",
            "审计",
            "专项资金滞留",
            "年底前支付",
            "2026年8月31日",
            "示审〔2026〕3号",
            "2025年",
        ),
        (TOWN, "", "", "会计档案不全", "", "尽快", "", ""),
    )
    first, second = found.issues
    assert (first.origin, first.deadline_on, first.notice_number) == (
        "审计",
        date(2026, 8, 31),
        "示审〔2026〕3号",
    )
    assert (first.budget_year, second.budget_year) == (2025, county.bureau.profile.working_year - 1)
    assert second.origin == "其他检查"
    assert [(p.line, p.is_blocking) for p in found.problems] == [(3, False), (3, False)]
    assert "“尽快”不是日期" in found.problems[0].message


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (("", "", "", "没有单位", "", "", "", ""), "没有填"),
        ((TOWN, "", "", "", "", "", "文号", ""), "没有填"),
        (("999999", "", "", "别县的", "", "", "", ""), "不在单位名录里"),
        ((TOWN, "", "", "问题" * 300, "", "", "", ""), "超过 500 字"),
        ((TOWN, "", "", "年度不对", "", "", "", "去年"), "不是年份"),
    ],
)
def test_what_cannot_be_taken_in_is_said_with_its_line(county, row, says):
    found = preview(county, row)
    assert found.issues == ()
    (problem,) = found.problems
    assert problem.is_blocking
    assert says in problem.message


def test_one_problem_stands_once(county):
    row = (TOWN, "农村公路养护", "审计", "专项资金滞留", "", "", "", "")
    found = preview(county, row, row)
    assert len(found.issues) == 1
    assert "前面已有一行" in found.problems[-1].message


def test_a_table_without_problems_is_refused(county):
    with pytest.raises(InputError, match="存在问题"):
        preview(county, (TOWN, "农村公路养护"), head=("单位代码", "项目名称"))


def test_units_find_theirs_in_the_form(county):
    kit = county.bureau.current_kit().kit
    desk = desk_with(county, "rectification", year=2025)
    given = desk.current_kit().kit
    (issue,) = preview(county, (TOWN, "", "财政评价", "绩效档案不全", "补齐", "", "", "2025")).issues
    with_list = replace(given, version=given.version + 1, issues=(issue,))
    with desk.store.writing() as work:
        work.kits.add(with_list, "d" * 64, desk.tools.clock.now())
        work.commit()
    opened = filings.open_filing(desk, "rectification_2025")
    row = next(row for row in opened.filing.answers["problems"] if row["origin"] == "财政评价")
    assert (row["issue"], row["requirement"], row["project_name"]) == (
        "绩效档案不全",
        "补齐",
        desk.profile.unit.name,
    )
    told = list(kit_differences(given, with_list))
    assert any("整改问题清单" in sentence for sentence in told)
    assert kit.issues == ()

"""Summaries of a whole county: what was received stands in them, unit by unit, with sums that add up."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms import registry
from forms.answers import blank_answers
from models.domain.errors import InputError
from services import bureau_summaries
from services.bureau_summaries import SummaryChoice, summary_choices
from services.job import JobContext
from tests.services.county import OTHER, County
from tests.services.year_forms import filled_targets


def _choice(county: County) -> SummaryChoice:
    kit = county.bureau.current_kit().kit
    return next(one for one in summary_choices(kit.tasks) if one.form_id == "target_summary")


def test_every_year_asked_for_can_be_summed_up(county: County) -> None:
    words = [one.words for one in summary_choices(county.bureau.current_kit().kit.tasks)]
    assert "2027年绩效目标汇总表" in words
    assert len(set(words)) == len(words)


def test_all_units_stand_in_one_list(county: County, tmp_path: Path) -> None:
    choice = _choice(county)
    with pytest.raises(InputError, match="还没有收到"):
        bureau_summaries.write_summary(county.bureau, choice, tmp_path, JobContext())
    town, other = county.desk(), county.desk(OTHER)
    for desk in (town, other):
        (made,) = filled_targets(desk)
        county.accepted(desk, [made.filing.filing_id])
    written = bureau_summaries.write_summary(county.bureau, choice, tmp_path, JobContext())
    assert sorted(path.suffix for path in written) == [".pdf", ".xlsx"]
    assert all("绩效目标汇总表_2027年度" in path.name for path in written)

    context = bureau_summaries._context(county.bureau, choice)
    targets = [one for one in context.unit_filings if one.form_id == "performance_target"]
    assert {one.unit_code for one in targets} <= {town.profile.unit.code, other.profile.unit.code}
    answers = blank_answers(registry.form(choice.form_id), context)
    amounts = [row["annual_total_fen"] for row in answers["summary_rows"]]
    assert len(amounts) == len(targets) >= 2
    assert answers["total_sum_fen"] == sum(amounts)
    assert {row["unit_name"] for row in answers["summary_rows"]} == {one.unit_name for one in targets}
    found = bureau_summaries.summary_findings(county.bureau, choice)
    assert {one.code for one in found} == {"C54"}
    left = next(one for one in found if one.subject == town.profile.unit.name)
    names = {name for _, name in left.values}
    assert f"有 {len(names)} 个应报的项目没有列入绩效目标汇总表" in left.message
    assert not names & {one.project_name for one in targets if one.unit_code == town.profile.unit.code}

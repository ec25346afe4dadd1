"""Monitoring filed period after period: fed from the target and the period before, sealed, received, opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from forms.findings import Severity
from models.domain.filing import Answers
from models.domain.kit import FormSetting, ParameterKit
from models.domain.money import AmountUnit
from models.domain.project import FilingTask
from resources.builtin_kits import builtin_kits
from services import archive, filings, practice_last_year
from services.filings import OpenFiling
from services.intake_rows import IntakeOutcome
from services.kits import look_at_kit, take_kit
from services.workspaces import Workspace
from tests.services.county import TOWN, County

pytestmark = pytest.mark.wide

FORMS = ("monitoring", "overall_expenditure_monitoring")


def _task(form_id: str, month: int) -> FilingTask:
    return FilingTask(
        task_id=f"{form_id}_2026_{month:02d}",
        name=f"运行监控{month}",
        form_id=form_id,
        budget_year=2026,
        opens_on=date(2026, 1, 1),
        closes_on=date(2026, 12, 31),
        period=f"1—{month}月",
        period_month=month,
    )


def _setting(kit: ParameterKit, form_id: str) -> FormSetting:
    """As the target's of the same kind, under the form's own name."""
    of = "performance_target" if form_id == "monitoring" else "overall_expenditure_target"
    known = next(setting for setting in kit.form_settings if setting.form_id == of)
    return replace(known, form_id=form_id, form_version="1", amount_unit=AmountUnit.WAN_YUAN, budget_year=0)


@pytest.fixture
def desk(county: County) -> Workspace:
    """The town with last year's targets and a kit that asks for monitoring in March, July and October."""
    kit = county.bureau.current_kit().kit
    others = tuple(task for task in kit.tasks if task.form_id not in FORMS)
    tasks = tuple(_task(form_id, month) for form_id in FORMS for month in (3, 7, 10))
    settings = tuple(setting for setting in kit.form_settings if setting.form_id not in FORMS)
    template = replace(
        kit,
        form_settings=(*settings, *(_setting(kit, form_id) for form_id in FORMS)),
        monitoring=builtin_kits(2026)[0].monitoring,
    )
    path = county.issued(template=template, tasks=(*others, *tasks))
    desk = county.desk()
    practice_last_year.put_last_year(desk)
    take_kit(desk, look_at_kit(county.tools, path, desk.current_kit().kit))
    return desk


def _project(desk: Workspace) -> str:
    """A project of the town that had a target for 2026."""
    with desk.store.reading() as work:
        projects = work.projects.list(TOWN)
    for project in projects:
        if filings.open_filing(desk, "monitoring_2026_03", project.project_id).context.related:
            return project.project_id
    raise AssertionError("no project with a target")


def _filled(opened: OpenFiling, share: tuple[int, int]) -> Answers:
    """Every row as far as its share of the year says, money alike."""
    part, whole = share
    total, *parts = (row.get("initial_budget_fen") or 0 for row in opened.filing.answers["funds"])
    budgets = [total, *(parts if sum(parts) == total else [total, 0])]
    funds = [
        {
            **row,
            "initial_budget_fen": budget,
            "spending_to_date_fen": budget * part // whole,
            "forecast_spending_fen": budget,
        }
        for row, budget in zip(opened.filing.answers["funds"], budgets, strict=True)
    ]
    rows = [
        {**row, "value_to_date": _reached(row, part, whole), "forecast_value": _reached(row, 1, 1), "likelihood": "certain"}
        for row in opened.filing.answers["indicators"]
    ]  # fmt: skip
    people = {
        "preparer_name": "张敏",
        "reviewer_name": "李强",
        "unit_head_name": "王建国",
        "filled_on": "2026-08-15",
    }
    answers = {
        **opened.filing.answers,
        **people,
        "contact_phone": "0379-63331234",
        "funds": funds,
        "indicators": rows,
    }
    return opened.form.derive(opened.context, answers)


def _reached(row: Any, part: int, whole: int) -> str:
    """The planned value, or its share where it adds up; words stay words."""
    digits = "".join(char for char in row["planned_value"] if char.isdigit() or char == ".")
    if not digits or row["comparator"] not in ("≥", "=", ">") or row["measure_unit"] in ("%", "天"):
        return digits or row["planned_value"]
    return str(round(float(digits) * part / whole, 2))


def _saved(desk: Workspace, task_id: str, project_id: str, share: tuple[int, int]) -> OpenFiling:
    """A period filled in and saved, every question answered."""
    opened = filings.open_filing(desk, task_id, project_id)
    answers = _filled(opened, share)
    found = filings.check(opened, answers).findings
    assert [f.sentence for f in found if f.severity is Severity.BLOCKING] == []
    filings.save_draft(desk, opened, answers, {f.explanation_key: "已核实，属实。" for f in found})
    return filings.open_filing(desk, task_id, project_id)


def test_a_new_period_has_the_target_and_the_periods_before(desk: Workspace) -> None:
    project = _project(desk)
    march = _saved(desk, "monitoring_2026_03", project, (3, 12))
    assert march.context.periods == ()
    assert march.filing.answers["indicators"]
    assert all(row["target_row"] for row in march.filing.answers["indicators"])
    october = filings.open_filing(desk, "monitoring_2026_10", project)
    assert [period.month for period in october.context.periods] == [3]
    _saved(desk, "monitoring_2026_07", project, (7, 12))
    october = filings.open_filing(desk, "monitoring_2026_10", project)
    assert [(period.period, period.month) for period in october.context.periods] == [
        ("1—3月", 3),
        ("1—7月", 7),
    ]
    july = filings.open_filing(desk, "monitoring_2026_07", project)
    assert [period.month for period in july.context.periods] == [3], "later and own periods are none before"
    spent = [row["previous_spending_fen"] for row in july.filing.answers["funds"]]
    assert spent == [row["spending_to_date_fen"] for row in march.filing.answers["funds"]]


def test_a_task_without_a_period_asks_nobody(desk: Workspace) -> None:
    project = _project(desk)
    _saved(desk, "monitoring_2026_03", project, (3, 12))
    target = next(t for t in desk.current_kit().kit.tasks if t.form_id == "performance_target")
    assert filings.open_filing(desk, target.task_id, project).context.periods == ()


def test_values_that_fell_back_are_asked_about(desk: Workspace) -> None:
    project = _project(desk)
    _saved(desk, "monitoring_2026_03", project, (6, 12))
    july = filings.open_filing(desk, "monitoring_2026_07", project)
    codes = {finding.code for finding in filings.check(july, _filled(july, (5, 12))).findings}
    assert "C27" in codes


def test_both_forms_are_sealed_received_and_opened(county: County, desk: Workspace) -> None:
    project = _project(desk)
    _saved(desk, "monitoring_2026_03", project, (3, 12))
    filed = [
        _saved(desk, "monitoring_2026_07", project, (7, 12)),
        _saved(desk, "overall_expenditure_monitoring_2026_07", "", (7, 12)),
    ]
    march = filings.open_filing(desk, "monitoring_2026_03", project)
    ids = [opened.filing.filing_id for opened in (march, *filed)]
    path = county.sealed(desk, ids)
    county.receive(path)
    county.register()
    assert [row.outcome for row in county.receive(path).rows] == [IntakeOutcome.RECEIVED]
    for opened in filed:
        received = archive.open_received(county.bureau, opened.filing.filing_id)
        version = received.in_force
        assert version is not None
        assert version.answers["indicators"] == opened.filing.answers["indicators"]
        assert received.form.form_id == opened.form.form_id
        assert received.filing.unit_code == TOWN
    project_form = archive.open_received(county.bureau, ids[1])
    assert [period.month for period in project_form.context.periods] == [3]
    sheet = project_form.form.build_sheet(
        project_form.form,
        project_form.context,
        project_form.in_force.answers,  # type: ignore[union-attr]
    )
    assert sheet.title == "项目支出绩效目标执行监控表"

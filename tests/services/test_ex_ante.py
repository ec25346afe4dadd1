"""Ex-ante evaluations on the desks: who must file one, what C22 knows of it, and one sealed, sent and received."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.domain.filing import FilingStatus
from models.domain.kit import ExAnteRule, ParameterKit
from models.domain.project import FilingTask
from services import archive, filings, matrix, package_lines, projects, reporting_status
from services.evidence_places import row_words
from services.ex_ante import EX_ANTE_FORM, NO_RULE
from services.filings import OpenFiling
from services.kit_issue import draft_from
from services.kits import look_at_kit, take_kit
from services.matrix import MatrixCell
from services.projects import NewProject
from services.reporting_status import DueState
from services.workspaces import Workspace
from tests.forms.ex_ante_cases import REPORT, SHANGYOU, XIGONG, derived, xigong_kit
from tests.services.county import TOWN, County

TARGET_FORM = "performance_target"
WAN = 1_000_000
TASK = FilingTask(
    "ex_ante_2027", "事前论证〔2027年预算〕", EX_ANTE_FORM, 2027, date(2026, 6, 1), date(2026, 9, 30)
)


def with_task(kit: ParameterKit, rule: ExAnteRule | None) -> ParameterKit:
    """A kit that asks for ex-ante evaluations under a rule, in 西工区's words."""
    settings = {**kit.check_settings, "C22": {"project_attributes": []}}
    return replace(xigong_kit(kit), ex_ante=rule, check_settings=settings)


def desk_with(county: County, rule: ExAnteRule | None) -> Workspace:
    """The town's desk with the next kit of the county taken in."""
    desk = county.desk()
    draft = draft_from(county.bureau, county.bureau.current_kit().kit)
    others = [task for task in draft.tasks if task.form_id != EX_ANTE_FORM]
    path = county.issued(template=with_task(draft.template, rule), tasks=(*others, TASK))
    take_kit(desk, look_at_kit(desk.tools, path, desk.current_kit().kit))
    return desk


def added(desk: Workspace, name: str, fen: int | None, last_fen: int | None = None) -> str:
    """A project with a budget for 2027, and one for 2026 where given."""
    made = projects.add_project(desk, NewProject(name, 2027, budget_fen=fen))
    if last_fen is not None:
        with desk.store.writing() as work:
            work.projects.put_year(
                replace(work.projects.years(made.project_id)[0], budget_year=2026, budget_fen=last_fen)
            )
            work.commit()
    return made.project_id


def cell_of(desk: Workspace, project_id: str) -> MatrixCell:
    row = next(row for row in matrix.matrix(desk).rows if row.project_id == project_id)
    return next(cell for cell in row.cells if cell.task_id == TASK.task_id)


def report_for(opened: OpenFiling) -> dict[str, Any]:
    """The report of the tests as one of this project."""
    name = opened.context.project.name if opened.context.project else ""
    begun = {
        **REPORT,
        "project_name": name,
        "project_code": None,
        "ratings": opened.filing.answers["ratings"],
    }
    rows = [{**row, "rating": "优", "evidence_text": "会议纪要〔2026〕7号"} for row in begun["ratings"]]
    answers = derived(opened.context, {**begun, "ratings": rows})
    return {**answers, "filled_on": opened.context.task.opens_on.isoformat()}


def filled(desk: Workspace, project_id: str) -> OpenFiling:
    """The report of a project written and saved, whatever is to be explained explained."""
    opened = filings.open_filing(desk, TASK.task_id, project_id)
    answers = report_for(opened)
    found = filings.check(opened, answers).findings
    assert [f.sentence for f in found if f.severity.label == "必改"] == []
    return filings.save_draft(desk, opened, answers, {f.explanation_key: "已核实，属实。" for f in found})


def test_the_matrix_says_who_must_file_and_why(county: County) -> None:
    desk = desk_with(county, XIGONG)
    large, small, unknown = (
        added(desk, name, fen) for name, fen in (("大", 85 * WAN), ("小", 20 * WAN), ("未定", None))
    )
    needed = cell_of(desk, large)
    assert (needed.word, needed.is_due) == ("未填", True)
    assert needed.reason == "预算 85 万元，超过 20 万元，需要报送财政支出事前论证报告"
    not_needed = cell_of(desk, small)
    assert (not_needed.word, not_needed.status, not_needed.opens) == ("无需填报", FilingStatus.EXEMPT, True)
    assert "没有超过 20 万元" in not_needed.reason
    open_question = cell_of(desk, unknown)
    assert (open_question.word, open_question.is_due, open_question.opens) == ("待判断", False, True)
    assert "还没有预算数" in open_question.reason


def test_growth_is_measured_against_the_budget_of_the_year_before(county: County) -> None:
    desk = desk_with(county, SHANGYOU)
    grown, steady = added(desk, "涨", 130 * WAN, 100 * WAN), added(desk, "平", 120 * WAN, 100 * WAN)
    assert "比上年增加 30 万元（30%）" in cell_of(desk, grown).reason
    assert cell_of(desk, grown).is_due
    assert "还没有填写项目期" in cell_of(desk, steady).reason
    opened = filings.open_filing(desk, TASK.task_id, grown)
    assert opened.context.last_year_budget_fen == 100 * WAN
    assert opened.filing.answers["last_year_fen"] == 100 * WAN
    assert opened.filing.answers["project_attribute"] == "continuing"


def test_what_the_target_declares_settles_what_the_money_leaves_open(county: County) -> None:
    desk = desk_with(county, SHANGYOU)
    steady = added(desk, "平", 120 * WAN, 100 * WAN)
    assert cell_of(desk, steady).word == "待判断"
    target_task = next(t for t in desk.current_kit().kit.tasks if t.form_id == TARGET_FORM)
    opened = filings.open_filing(desk, target_task.task_id, steady)
    short = {
        **opened.filing.answers,
        "project_attribute": "continuing",
        "period_from": "2026",
        "period_to": "2027",
    }
    opened = filings.save_draft(desk, opened, short, {})
    assert cell_of(desk, steady).word == "无需填报"
    filings.save_draft(desk, opened, {**short, "period_to": "2029"}, {})
    assert cell_of(desk, steady).is_due


def test_where_no_rule_says_so_the_form_is_begun_when_somebody_asks(county: County) -> None:
    desk = desk_with(county, None)
    cell = cell_of(desk, added(desk, "项目", 900 * WAN))
    assert (cell.word, cell.is_due, cell.opens, cell.reason) == ("需要时填", False, True, NO_RULE)


def test_grounds_for_doing_without_come_with_the_kit(county: County) -> None:
    desk = desk_with(county, SHANGYOU)
    assert matrix.matrix(desk).exemptions == SHANGYOU.exemptions


@pytest.mark.parametrize("way", ["filled", "exempt"])
def test_the_target_knows_of_the_evaluation(county: County, way: str) -> None:
    desk = desk_with(county, XIGONG)
    project_id = added(desk, "农村公路养护工程", 128_400_000)
    target_task = next(t for t in desk.current_kit().kit.tasks if t.form_id == TARGET_FORM)

    def said() -> list[str]:
        opened = filings.open_filing(desk, target_task.task_id, project_id)
        findings = filings.check(opened, opened.filing.answers).findings
        return [f.message for f in findings if f.code == "C22"]

    assert said() == ["预算 128.40 万元，超过 20 万元，需要报送财政支出事前论证报告"]
    opened = filings.open_filing(desk, TASK.task_id, project_id)
    filings.save_draft(desk, opened, opened.filing.answers, {})
    assert said(), "a report just begun is none"
    if way == "filled":
        filled(desk, project_id)
    else:
        filings.exempt(desk, TASK, project_id, "应急、救灾等特殊事项：抢修水毁道路，柳政发〔2026〕9号")
        assert cell_of(desk, project_id).reason.startswith("应急")
    assert said() == []


def test_a_report_is_sealed_sent_and_received_under_its_local_name(county: County) -> None:
    desk = desk_with(county, XIGONG)
    project_id = added(desk, "农村公路养护工程", 128_400_000)
    kept = filled(desk, project_id)
    assert kept.title == "财政支出事前论证报告"
    county.accepted(desk, [kept.filing.filing_id])
    (line,) = package_lines.package_lines(county.bureau)
    assert line.contents == "2027年财政支出事前论证报告 1 份"
    town = next(s for s in reporting_status.reporting_status(county.bureau) if s.unit.code == TOWN)
    names = {item.form_name for item in town.items if item.task.form_id == EX_ANTE_FORM}
    assert names == {"财政支出事前论证报告"}
    received = archive.open_received(county.bureau, kept.filing.filing_id)
    assert received.filing.status is FilingStatus.RECEIVED
    answers = received.versions[0].answers
    assert (answers["total_score"], answers["reduced_fen"]) == ("100.00", 8_400_000)
    documents = archive.documents_of(county.bureau, received.versions[0])
    assert sorted(Path(name).suffix for name in documents) == [".pdf", ".xlsx"]
    assert cell_of(desk, project_id).word == "已封装"


def test_the_board_asks_only_those_the_rule_asks(county: County) -> None:
    desk_with(county, XIGONG)
    kit = county.bureau.current_kit().kit
    board = reporting_status.reporting_status(county.bureau)
    town = next(status for status in board if status.unit.code == TOWN)
    items = [item for item in town.items if item.task.task_id == TASK.task_id]
    assert items
    amounts = {e.project_code: e.budget_fen for e in kit.register if e.budget_year == 2027}
    for item in items:
        if item.state is DueState.MISSING:
            assert (amounts[item.project_code] or 0) > XIGONG.amount_fen
        elif item.remark.startswith("预算"):
            assert (amounts[item.project_code] or 0) <= XIGONG.amount_fen
    assert {item.state for item in items} >= {DueState.MISSING}


def test_a_file_of_the_list_of_attachments_is_named_by_its_material() -> None:
    assert row_words(REPORT, "attachments[a4]") == "材料“实施方案”"

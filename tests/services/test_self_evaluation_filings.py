"""Self-evaluations filed: fed from the approved target, scored, sealed, received, listed with score and grade."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from forms.answers import with_value
from forms.findings import FindingCounts, Place, Severity
from models.domain.background import ApprovedTarget
from models.domain.errors import InputError
from models.domain.filing import Answers, FilingStatus
from models.domain.kit import FormSetting, ParameterKit
from models.domain.project import FilingTask
from resources.builtin_kits import base_score_schemes, builtin_kits
from services import archive, exporting, filings, matrix, practice_last_year
from services.approvals import note_approval
from services.filings import OpenFiling
from services.intake_rows import IntakeOutcome
from services.kits import look_at_kit, take_kit
from services.platform import bringing
from services.ports.store import FilingQuery
from services.score_printouts import ScoredForm, save_breakdown, write_breakdown
from services.workspaces import Workspace
from tests.services.county import TOWN, County

pytestmark = pytest.mark.wide

FORMS = {
    "self_evaluation": "performance_target",
    "overall_expenditure_self_evaluation": "overall_expenditure_target",
}
YEAR = 2026


def _setting(kit: ParameterKit, form_id: str) -> FormSetting:
    known = next(setting for setting in kit.form_settings if setting.form_id == FORMS[form_id])
    scheme = "scheme_overall" if form_id.startswith("overall") else known.scheme_id
    return replace(known, form_id=form_id, form_version="1", scheme_id=scheme, budget_year=0)


@pytest.fixture
def desk(county: County) -> Workspace:
    """The town with the targets of 2026 and a kit that asks for their self-evaluation."""
    kit = county.bureau.current_kit().kit
    tasks = tuple(
        FilingTask(f"{form_id}_{YEAR}", "绩效自评", form_id, YEAR, date(2026, 1, 1), date(2026, 12, 31))
        for form_id in FORMS
    )
    overall = next(scheme for scheme in base_score_schemes() if scheme.scheme_id == "scheme_overall")
    schemes = tuple(scheme for scheme in kit.schemes if scheme.scheme_id != overall.scheme_id)
    settings = tuple(setting for setting in kit.form_settings if setting.form_id not in FORMS)
    template = replace(
        kit,
        schemes=(*schemes, overall),
        form_settings=(*settings, *(_setting(kit, form_id) for form_id in FORMS)),
        self_evaluation=builtin_kits(2026)[0].self_evaluation,
    )
    others = tuple(task for task in kit.tasks if task.form_id not in FORMS)
    path = county.issued(template=template, tasks=(*others, *tasks))
    desk = county.desk()
    practice_last_year.put_last_year(desk)
    take_kit(desk, look_at_kit(county.tools, path, desk.current_kit().kit))
    return desk


def _target(desk: Workspace) -> tuple[str, Answers]:
    """A project of the town with its target for 2026."""
    with desk.store.reading() as work:
        found = work.filings.find(FilingQuery(unit_code=TOWN, form_id="performance_target", budget_year=YEAR))
    filing = max(found, key=lambda one: len(one.answers["indicators"]))
    return filing.project_id, filing.answers


def _approved(desk: Workspace) -> str:
    project, answers = _target(desk)
    target = ApprovedTarget(answers, "示财预〔2026〕1号", date(2026, 2, 18), answers["annual_total_fen"])
    note_approval(desk, TOWN, project, YEAR, target)
    return project


def _filled(opened: OpenFiling) -> Answers:
    """Every indicator met exactly, or as its words ask, and everything spent but a little."""
    answers = opened.filing.answers
    for row in answers["indicators"]:
        words = row["comparator"] in ("qualitative", "other")
        value = "达成预期指标" if words else row["planned_value"]
        answers = with_value(answers, Place("indicators", row["row_id"], "actual_value"), value)
    for row in answers["funds"]:
        if row.get("annual_fen") and row["row_id"] != "total":
            spent = row["annual_fen"] * 95 // 100
            answers = with_value(answers, Place("funds", row["row_id"], "spending_fen"), spent)
    return opened.form.derive(opened.context, {**answers, "actual_result": "各项目标都已完成，群众满意。"})


def _ready(desk: Workspace, opened: OpenFiling) -> OpenFiling:
    """Filled in, everything asked explained, saved."""
    answers = _filled(opened)
    found = filings.check(opened, answers).findings
    assert [finding.sentence for finding in found if finding.severity is Severity.BLOCKING] == []
    told = {finding.explanation_key: "已核实，属实。" for finding in found}
    return filings.save_draft(desk, opened, answers, told, FindingCounts())


def test_the_approved_target_comes_in_and_its_document_with_it(desk: Workspace) -> None:
    project = _approved(desk)
    opened = filings.open_filing(desk, f"self_evaluation_{YEAR}", project)
    _project, target = _target(desk)
    rows = opened.filing.answers["indicators"]
    assert [row["third_level"] for row in rows] == [row["third_level"] for row in target["indicators"]]
    assert "示财预〔2026〕1号" in opened.form.table("indicators").note_in(opened.context)
    assert opened.context.related["performance_target"] == target


def test_without_an_approval_the_declared_target_is_proposed(desk: Workspace) -> None:
    project, target = _target(desk)
    desk.store.state.approvals.clear()  # type: ignore[attr-defined]
    opened = filings.open_filing(desk, f"self_evaluation_{YEAR}", project)
    assert opened.context.approved is None
    assert len(opened.filing.answers["indicators"]) == len(target["indicators"])
    assert not opened.form.table("indicators").has_fixed_rows(opened.context)


def test_sealed_received_and_listed_with_score_and_grade(county: County, desk: Workspace) -> None:
    opened = _ready(desk, filings.open_filing(desk, f"self_evaluation_{YEAR}", _approved(desk)))
    total = opened.filing.answers["total_score"]
    filing_id = opened.filing.filing_id
    county.accepted(desk, [filing_id])
    row = next(row for row in matrix.matrix(desk).rows if row.project_id == opened.filing.project_id)
    cell = next(cell for cell in row.cells if cell.task_id == f"self_evaluation_{YEAR}")
    assert cell.word == f"已封装 {total} 分 优"
    with county.bureau.store.reading() as work:
        (listed,) = work.filings.overview(FilingQuery(form_id="self_evaluation"))
    assert (listed.score, listed.grade, listed.status) == (total, "优", FilingStatus.RECEIVED)
    received = archive.open_received(county.bureau, filing_id)
    assert received.filing.answers["total_score"] == total


def test_altered_scores_are_found_at_the_bureau(county: County, desk: Workspace) -> None:
    opened = _ready(desk, filings.open_filing(desk, f"self_evaluation_{YEAR}", _approved(desk)))
    answers = {**opened.filing.answers, "total_score": "100.00"}
    rows = answers["indicators"]
    answers["indicators"] = [{**rows[0], "score": "99"}, *rows[1:]]
    codes = {finding.code for finding in filings.check(opened, answers).findings}
    assert {"C32"} <= codes
    county.accepted(desk, [opened.filing.filing_id])
    assert [row.outcome for row in county.receive(county.stick).rows].count(IntakeOutcome.UNCHANGED) >= 1


def test_the_breakdown_is_printed_beside_the_form(desk: Workspace) -> None:
    opened = _ready(desk, filings.open_filing(desk, f"self_evaluation_{YEAR}", _approved(desk)))
    scored = ScoredForm(opened.form, opened.context, opened.filing.answers)
    path = write_breakdown(desk, scored)
    assert path.parent.name == "打印"
    assert path.name.endswith("_项目支出绩效自评表_2026年度_得分说明.pdf")
    assert desk.tools.files.read_back(path)
    target = next(task for task in desk.current_kit().kit.tasks if task.form_id == "performance_target")
    other = filings.open_filing(desk, target.task_id, opened.filing.project_id)
    with pytest.raises(InputError, match="没有得分"):
        write_breakdown(desk, ScoredForm(other.form, other.context, other.filing.answers))


def test_the_breakdown_is_saved_out_as_pdf_and_workbook_and_never_goes_with_the_form(
    desk: Workspace, tmp_path: Path
) -> None:
    opened = _ready(desk, filings.open_filing(desk, f"self_evaluation_{YEAR}", _approved(desk)))
    scored = ScoredForm(opened.form, opened.context, opened.filing.answers)
    first, again = (save_breakdown(desk, scored, tmp_path) for _ in range(2))
    assert [path.suffix for path in first] == [".pdf", ".xlsx"]
    assert [path.stem.endswith("得分说明（2）") for path in again] == [True, True]
    assert all(desk.tools.files.read_back(path) for path in (*first, *again))
    names = exporting.documents_of(desk, opened)
    assert len(names) == 2
    assert not any("得分说明" in name for name in names)


def _evaluated(desk: Workspace) -> int:
    """Every project of the year self-evaluated; what their budgets add up to, in 分."""
    with desk.store.reading() as work:
        query = FilingQuery(unit_code=TOWN, form_id="performance_target", budget_year=YEAR)
        projects = [filing.project_id for filing in work.filings.find(query)]
    opened = [_ready(desk, filings.open_filing(desk, f"self_evaluation_{YEAR}", one)) for one in projects]
    return sum(one.form.amount_of(one.filing.answers) or 0 for one in opened)


def _whole(opened: OpenFiling, project_fen: int) -> Answers:
    """The unit's own evaluation, full marks wherever points are given."""
    answers = opened.filing.answers
    money = {"project": project_fen, "basic": 10_000_000}
    rows = [
        {**row, "initial_fen": fen, "annual_fen": fen, "spending_fen": fen * 98 // 100}
        if (fen := money.get(row["row_id"]))
        else row
        for row in answers["funds"]
    ]
    done = [{**row, "actual_value": row.get("actual_value") or "100%"} for row in answers["indicators"]]
    answers = opened.form.derive(opened.context, {**answers, "funds": rows, "indicators": done})
    reason = "实际数按部门决算填列，已与财务核对。"
    given = [
        {**row, "score": row["score"] or row["weight"], "deviation_reason": reason}
        for row in answers["indicators"]
    ]
    texts = {
        "expected_target": "保障全镇正常运转，改善人居环境。",
        "actual_result": "全年任务完成，群众满意。",
    }
    return opened.form.derive(opened.context, {**answers, **texts, "indicators": given})


def test_the_unit_as_a_whole_waits_for_its_projects_and_goes_by_the_kits_frame(
    county: County, desk: Workspace
) -> None:
    task = f"overall_expenditure_self_evaluation_{YEAR}"
    opened = filings.open_filing(desk, task)
    found = filings.check(opened, _whole(opened, 1)).findings
    assert {finding.code for finding in found if finding.severity is Severity.BLOCKING} == {"C42"}
    total = _evaluated(desk)
    opened = filings.open_filing(desk, task)
    answers = _whole(opened, total)
    assert sum(int(row["weight"]) for row in answers["indicators"]) == 100
    found = filings.check(opened, answers).findings
    assert [finding.sentence for finding in found if finding.severity is Severity.BLOCKING] == []
    told = {finding.explanation_key: "已核实，属实。" for finding in found}
    saved = filings.save_draft(desk, opened, answers, told, FindingCounts())
    county.accepted(desk, [saved.filing.filing_id])
    received = archive.open_received(county.bureau, saved.filing.filing_id)
    assert received.filing.answers["grade"] == answers["grade"] != ""


def _paid(desk: Workspace, county: County, code: str, amount: str) -> None:
    """A payment progress list of the treasury, taken in (支付进度表带入)."""
    titles = ("支付进度表（截至2026年10月底）", "单位：元")
    head = ("项目编码", "项目名称", "调整预算数", "累计支出数")
    path = county.tools.tables.put("支付进度.xlsx", head, [code, "", "", amount], titles=titles)
    preview = bringing.look_at(desk, path, YEAR, None)
    bringing.take_over(desk, preview, preview.lines, "")


def test_what_the_treasury_paid_comes_in_and_is_held_against_what_is_typed(
    county: County, desk: Workspace
) -> None:
    project = _approved(desk)
    opened = _ready(desk, filings.open_filing(desk, f"self_evaluation_{YEAR}", project))
    assert not [f for f in filings.check(opened, opened.filing.answers).findings if f.code == "C52"]
    row = next(row for row in opened.filing.answers["funds"] if row["row_id"] == "fiscal")
    paid = row["spending_fen"] + 1_000_000
    code = opened.context.project.project_code if opened.context.project else ""
    _paid(desk, county, code, f"{paid / 100:.2f}")

    again = filings.open_filing(desk, f"self_evaluation_{YEAR}", project)
    (finding,) = [f for f in filings.check(again, again.filing.answers).findings if f.code == "C52"]
    assert finding.place.path == "funds[fiscal].spending_fen"
    assert "支付进度表（支付进度.xlsx，截至2026年10月31日）" in finding.message
    assert "相差 1 万元" in finding.message
    taken = with_value(again.filing.answers, finding.place, paid)
    taken = again.form.derive(again.context, taken)
    assert not [f for f in filings.check(again, taken).findings if f.code == "C52"]


def test_a_form_begun_after_the_list_begins_with_what_was_paid(county: County, desk: Workspace) -> None:
    project = _approved(desk)
    with desk.store.reading() as work:
        code = next(p.project_code for p in work.projects.list(TOWN) if p.project_id == project)
    _paid(desk, county, code, "123456.78")
    opened = filings.open_filing(desk, f"self_evaluation_{YEAR}", project)
    row = next(row for row in opened.filing.answers["funds"] if row["row_id"] == "fiscal")
    assert row["spending_fen"] == 12_345_678

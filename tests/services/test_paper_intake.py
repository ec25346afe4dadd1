"""Workbooks of units without the program: proposed places, a preview by the same checks, taken in as unsigned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models.domain.desk_user import DeskUser, UserRole
from models.domain.errors import InputError
from models.domain.filing import FilingStatus
from models.domain.review import ReviewOutcome
from services.job import JobContext
from services.paper_intake import PaperFile, PaperPlace, look, paper_came, preview, take, unsigned
from services.ports.store import FilingFigures
from services.reporting_status import DueState, reporting_status
from services.review.deciding import DecisionDraft, decide
from services.review.queue import QueueFilter, QueueQuery, line_of, queue
from tests.services.county import County, kept
from tests.services.test_excel_import import book_at

ROADS = (
    ("项目支出绩效目标申报表（2027年度）",),
    ("项目名称", "农村公路养护", "实施单位", "示例县柳林镇人民政府"),
    ("年度资金总额", "24.80"),
    ("一级指标", "二级指标", "三级指标", "指标值"),
    ("产出指标", "数量指标", "养护里程", "≥12公里"),
    ("产出指标", "质量指标", "路面完好率", "≥95%"),
)
BOTH = DeskUser("U1", "李文", (UserRole.OFFICE_REVIEWER, UserRole.PERFORMANCE_REVIEWER))


@pytest.fixture
def file(county: County, tmp_path: Path) -> PaperFile:
    return look(county.bureau, book_at(tmp_path / "目标.xlsx", ROADS), JobContext())


def test_where_it_belongs_is_proposed_by_the_names_on_it(county: County, file: PaperFile):
    (table,) = file.tables
    assert table.title == "项目支出绩效目标申报表"
    place = table.place
    task = county.bureau.current_kit().kit.task(place.task_id)
    assert task is not None
    assert (task.form_id, task.budget_year) == ("performance_target", 2027)
    assert (place.unit_code, place.project_name) == ("820001", "农村公路养护")
    assert place.project_code


def test_previewed_checked_and_taken_in(county: County, file: PaperFile):
    shown = preview(county.bureau, file, 0, file.tables[0].place)
    assert shown.answers["annual_total_fen"] == 248_000_00
    assert shown.report.findings
    assert [row["row_id"] for row in shown.answers["indicators"]] == ["r1", "r2"]
    with county.bureau.store.reading() as work:
        assert not work.papers.all()
    filing = take(county.bureau, "李文", file, shown, None)
    assert (filing.status, filing.version, filing.unit_code) == (FilingStatus.RECEIVED, 1, "820001")
    (paper,) = unsigned(county.bureau)
    assert (paper.file_name, paper.paper_came_on, paper.taken_by) == ("目标.xlsx", None, "李文")
    copy = county.bureau.folder / "workbooks" / f"{file.sha256}.xlsx"
    assert copy.read_bytes() == file.path.read_bytes()
    assert paper_came(county.bureau, "李文", filing.filing_id, 1, date(2026, 8, 30)).paper_came_on is not None
    town = next(s for s in reporting_status(county.bureau) if s.unit.code == "820001")
    assert [i.name for i in town.items if i.filing_id == filing.filing_id and i.state is DueState.SENT] == [
        "农村公路养护"
    ]


def test_it_is_reviewed_like_the_rest_and_told_apart(county: County, file: PaperFile):
    filing = take(
        county.bureau, "李文", file, preview(county.bureau, file, 0, file.tables[0].place), date(2026, 8, 30)
    )
    (line,) = queue(county.bureau, QueueQuery(QueueFilter.UNSIGNED))
    assert (line.filing.filing_id, line.is_unsigned) == (filing.filing_id, True)
    decide(county.bureau, BOTH, filing.filing_id, 0, DecisionDraft(ReviewOutcome.RETURN, "请补充满意度指标"))
    again = take(county.bureau, "李文", file, preview(county.bureau, file, 0, file.tables[0].place), None)
    assert (again.filing_id, again.version, again.status) == (filing.filing_id, 2, FilingStatus.RECEIVED)
    with county.bureau.store.reading() as work:
        assert [paper.version for paper in work.papers.of(filing.filing_id)] == [2, 1]
        assert [version.version for version in work.filings.versions(filing.filing_id)] == [2, 1]


def test_what_is_here_already_is_not_taken_in_again(county: County, file: PaperFile):
    place = file.tables[0].place
    take(county.bureau, "李文", file, preview(county.bureau, file, 0, place), None)
    with pytest.raises(InputError, match="与已接收的第 1 版内容一样"):
        preview(county.bureau, file, 0, place)


def test_a_workbook_instead_of_a_signed_form_is_told(county: County, file: PaperFile):
    filing = take(county.bureau, "李文", file, preview(county.bureau, file, 0, file.tables[0].place), None)
    with county.bureau.store.writing() as work:  # as one that came in a package stands there: without a paper
        other = replace(filing, answers={**filing.answers, "reviewer": "另一人"}, version=2)
        work.filings.save(other, FilingFigures(), expected_revision=filing.revision)
        work.commit()
    shown = preview(county.bureau, file, 0, file.tables[0].place)
    assert (shown.version, shown.replaces_signed) == (3, True)


def test_a_project_nobody_has_listed(county: County, file: PaperFile):
    place = replace(file.tables[0].place, project_code="", project_name="名录外的项目")
    filing = take(county.bureau, "李文", file, preview(county.bureau, file, 0, place), None)
    with county.bureau.store.reading() as work:
        project = work.projects.get(filing.project_id)
    assert project is not None
    assert (project.name, project.project_code) == ("名录外的项目", "")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"unit_code": ""}, "没有选择填报单位"),
        ({"task_id": "none"}, "没有选择填报任务"),
        ({"project_name": " "}, "没有项目名称"),
    ],
)
def test_a_place_that_does_not_fit(county: County, file: PaperFile, changed: dict[str, str], words: str):
    place: PaperPlace = replace(file.tables[0].place, **changed)
    with pytest.raises(InputError, match=words):
        preview(county.bureau, file, 0, place)


def test_what_is_settled_is_not_written_over(county: County, file: PaperFile):
    place = file.tables[0].place
    first = preview(county.bureau, file, 0, place)
    filing = take(county.bureau, "李文", file, first, None)
    with pytest.raises(InputError, match="又收到了一版"):
        take(county.bureau, "李文", file, first, None)
    line = line_of(county.bureau, filing.filing_id)
    while line is not None and line.is_waiting:
        decide(
            county.bureau, BOTH, filing.filing_id, line.file.revision, DecisionDraft(ReviewOutcome.PASS, "")
        )
        line = line_of(county.bureau, filing.filing_id)
    with pytest.raises(InputError, match="已经审核通过"):
        preview(county.bureau, file, 0, place)
    assert kept(county.bureau, filing.filing_id).version == 1


def test_a_file_changed_after_it_was_looked_at(county: County, file: PaperFile):
    shown = preview(county.bureau, file, 0, file.tables[0].place)
    file.path.write_bytes(file.path.read_bytes() + b"x")
    with pytest.raises(InputError, match="又改过"):
        take(county.bureau, "李文", file, shown, None)


def test_days_to_come(county: County, file: PaperFile):
    shown = preview(county.bureau, file, 0, file.tables[0].place)
    with pytest.raises(InputError, match="晚于今天"):
        take(county.bureau, "李文", file, shown, date(2026, 9, 2))
    filing = take(county.bureau, "李文", file, shown, None)
    with pytest.raises(InputError, match="晚于今天"):
        paper_came(county.bureau, "李文", filing.filing_id, 1, date(2026, 9, 2))
    with pytest.raises(InputError, match="不是从 Excel"):
        paper_came(county.bureau, "李文", filing.filing_id, 9, date(2026, 8, 1))

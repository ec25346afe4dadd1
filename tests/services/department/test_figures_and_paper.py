"""At the department's desk: figures of its own units alone, and Excel forms of those that do not have the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.domain.errors import EnvironmentProblem, InputError
from services.department.forwarding import forwardable
from services.department.unsigned import put_out_books, unsigned_forms
from services.figures.reading import read_basis
from services.job import JobContext
from services.paper_intake import PaperPlace, look, preview, take
from services.review.queue import line_of
from tests.services.county import County, kept
from tests.services.department.desks import HEAD, SCHOOL, Chain, build_chain
from tests.services.test_excel_import import book_at

CLASSES = (
    ("项目支出绩效目标申报表（2027年度）",),
    ("项目名称", "小学课后服务补助", "实施单位", "示例县第一实验小学"),
    ("年度资金总额", "24.80"),
    ("一级指标", "二级指标", "三级指标", "指标值"),
    ("产出指标", "数量指标", "开课班级", "≥12个"),
)


@pytest.fixture
def chain(county: County) -> Chain:
    return build_chain(county)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return book_at(tmp_path / "目标.xlsx", CLASSES)


def test_figures_count_the_departments_units_alone(chain: Chain) -> None:
    desk = chain.department
    school = chain.unit(SCHOOL)
    (filing_id,) = chain.filled(school)
    chain.take_in(chain.county.sealed(school, [filing_id]))
    own = chain.filled(desk)
    if own:
        chain.county.sealed(desk, own)
    basis = read_basis(desk, kept(desk, filing_id).budget_year)
    assert [line.filing_id for line in basis.lines] == [filing_id]
    assert {line.belonging.unit_code for line in basis.due} == {HEAD, SCHOOL}
    whole = read_basis(chain.county.bureau, basis.budget_year)
    assert len({line.belonging.unit_code for line in whole.due}) > 2


def test_a_workbook_is_taken_in_reviewed_and_handed_up_beside_the_package(
    chain: Chain, book: Path, tmp_path: Path
) -> None:
    desk = chain.department
    file = look(desk, book, JobContext())
    assert file.tables[0].place.unit_code == SCHOOL
    filing = take(desk, "孙立", file, preview(desk, file, 0, file.tables[0].place), None)
    line = line_of(desk, filing.filing_id)
    assert line is not None
    assert (line.is_unsigned, line.is_waiting) == (True, True)
    chain.decide(filing.filing_id)
    assert forwardable(desk) == ()
    found = unsigned_forms(desk)
    assert [item.unit_name for item in found.lines] == ["示例县第一实验小学"]
    assert "不能随汇总报送文件上报" in found.sentence
    out = tmp_path / "out"
    out.mkdir()
    (written,) = put_out_books(desk, out, JobContext())
    assert written.name == "示例县第一实验小学_目标.xlsx"
    assert written.read_bytes() == book.read_bytes()
    bureau = chain.county.bureau
    again = look(bureau, written, JobContext())
    received = take(bureau, "李文", again, preview(bureau, again, 0, again.tables[0].place), None)
    beyond = line_of(bureau, received.filing_id)
    assert beyond is not None
    assert not beyond.awaits_department
    (desk.folder / "workbooks" / f"{file.sha256}.xlsx").unlink()
    with pytest.raises(EnvironmentProblem, match="不见了"):
        put_out_books(desk, out, JobContext())


def test_another_departments_workbook_has_no_place_here(chain: Chain, tmp_path: Path) -> None:
    roads = (*CLASSES[:1], ("项目名称", "农村公路养护", "实施单位", "示例县柳林镇人民政府"), *CLASSES[2:])
    file = look(chain.department, book_at(tmp_path / "镇.xlsx", roads), JobContext())
    assert file.tables[0].place.unit_code == ""
    task = file.tables[0].place.task_id
    with pytest.raises(InputError, match="没有选择填报单位"):
        preview(chain.department, file, 0, PaperPlace("820001", task, "", "农村公路养护"))


def test_nothing_unsigned_nothing_said(chain: Chain, tmp_path: Path) -> None:
    assert unsigned_forms(chain.department).sentence == ""
    with pytest.raises(InputError, match="没有从 Excel"):
        put_out_books(chain.department, tmp_path, JobContext())

"""A workbook on its way into a form: found, corrected, offered; corrected columns kept for the next file."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from forms import registry
from forms.hand_filled.mapping import UNUSED
from forms.offers import OfferKind
from models.domain.errors import InputError
from models.domain.money import AmountUnit
from services import excel_import, filings
from services.excel_import import WorkbookImport
from services.filings import OpenFiling
from services.job import JobContext
from services.workspaces import Workspace
from tests.forms.cases import KIT_101, context

LINES = (
    ("项目支出绩效目标申报表（2027年度）",),
    ("项目名称", "农村公路养护"),
    ("年度资金总额", "128.40"),
    ("一级指标", "二级指标", "三级指标", "测算口径", "指标值"),
    ("产出指标", "数量指标", "养护里程", "按台账", "≥12公里"),
)


@pytest.fixture
def opened(town: Workspace) -> OpenFiling:
    task = next(t for t in town.current_kit().kit.tasks if t.form_id == "performance_target")
    with town.store.reading() as work:
        project = work.projects.list(town.profile.unit.code)[0]
    return filings.open_filing(town, task.task_id, project.project_id)


def book_at(path: Path, *sheets: tuple[tuple[object, ...], ...]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, lines in enumerate(sheets, 1):
        sheet = book.create_sheet(f"表{number}")
        for line in lines:
            sheet.append(line)
    book.save(path)
    return path


def opened_at(town: Workspace, path: Path) -> WorkbookImport:
    return excel_import.open_workbook(town, path, JobContext())


def test_tables_of_all_sheets_with_form_and_project(town: Workspace, tmp_path: Path) -> None:
    other = (*LINES[:1], ("项目名称", "生活垃圾清运"), *LINES[2:])
    imported = opened_at(town, book_at(tmp_path / "表.xlsx", LINES, other))
    assert [(t.stated.sheet, t.stated.form, t.stated.project_name) for t in imported.tables] == [
        ("表1", "performance_target", "农村公路养护"),
        ("表2", "performance_target", "生活垃圾清运"),
    ]


def test_a_correction_reads_anew_and_leaves_the_first_reading_alone(town: Workspace, tmp_path: Path) -> None:
    imported = opened_at(town, book_at(tmp_path / "表.xlsx", LINES))
    (choice,) = [c for c in imported.mapping(0).choices if c.head == "测算口径"]
    changed = imported.with_role(0, choice.block, choice.column, "planned")
    assert imported.tables[0].stated.indicators[0].planned_text == "≥12公里"
    assert changed.tables[0].stated.indicators[0].planned_text == "按台账"
    assert {c.head: c.role for c in changed.mapping(0).choices}["指标值"] == UNUSED
    in_yuan = imported.with_unit(0, AmountUnit.YUAN)
    assert in_yuan.tables[0].stated.funds[0].annual_budget_fen == 12840


def test_only_corrected_columns_are_kept_and_they_come_back(town: Workspace, tmp_path: Path) -> None:
    imported = opened_at(town, book_at(tmp_path / "表.xlsx", LINES))
    assert excel_import.keep_mappings(town, imported) == 0
    assert excel_import.kept_mappings(town) == {}
    changed = imported.with_role(0, "indicators", 4, "planned")
    assert excel_import.keep_mappings(town, changed) == 1
    assert excel_import.keep_mappings(town, changed.with_role(0, "indicators", 4, UNUSED)) == 1
    assert len(excel_import.kept_mappings(town)) == 1
    assert excel_import.keep_mappings(town, changed) == 1
    again = opened_at(town, book_at(tmp_path / "下一份.xlsx", LINES))
    assert again.tables[0].stated.indicators[0].planned_text == "按台账"
    moved = (
        *LINES[:3],
        ("一级指标", "二级指标", "三级指标", "指标值"),
        ("产出指标", "数量指标", "里程", "≥1公里"),
    )
    fresh = opened_at(town, book_at(tmp_path / "别的.xlsx", moved))
    assert fresh.tables[0].stated.indicators[0].planned_text == "≥1公里"


def test_a_kept_mapping_that_cannot_be_read_is_passed_over(town: Workspace) -> None:
    with town.store.writing() as work:
        work.settings.put("excel_mappings", [{"fingerprint": "x"}])
        work.commit()
    assert excel_import.kept_mappings(town) == {}


def test_what_would_be_taken_over(town: Workspace, opened: OpenFiling, tmp_path: Path) -> None:
    imported = opened_at(town, book_at(tmp_path / "表.xlsx", LINES))
    found = excel_import.taking_over(
        opened.form, opened.context, opened.filing.answers, imported.tables[0].stated
    )
    kinds = {offer.place.field: offer.kind for offer in found.offers if offer.is_free}
    assert kinds["indicators"] is OfferKind.NEW_ROW
    assert kinds.get("annual_total_fen", OfferKind.VALUE) is OfferKind.VALUE


def test_another_form_and_no_form_at_all(town: Workspace, opened: OpenFiling, tmp_path: Path) -> None:
    task = next(t for t in town.current_kit().kit.tasks if t.form_id == "overall_expenditure_target")
    overall = filings.open_filing(town, task.task_id)
    imported = opened_at(town, book_at(tmp_path / "表.xlsx", LINES))
    with pytest.raises(InputError, match="不是现在打开的表"):
        excel_import.taking_over(overall.form, overall.context, {}, imported.tables[0].stated)
    with pytest.raises(InputError, match="没有找到绩效表的表头"):
        opened_at(town, book_at(tmp_path / "空.xlsx", (("姓名", "电话"), ("张三", "123"))))


@pytest.mark.parametrize("suffix", [".xls", ".et"])
def test_old_files_get_one_sentence(town: Workspace, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"表{suffix}"
    path.write_bytes(b"x")
    with pytest.raises(InputError, match="后再导入"):
        opened_at(town, path)


def test_a_form_without_indicators_comes_in_by_its_labels(town: Workspace, tmp_path: Path) -> None:
    lines = (
        ("整改情况反馈表",),
        ("（2025年度）",),
        ("单位名称", None, "示例县柳林镇人民政府", None, None, "整改通知文号", None, "示财绩〔2026〕3号"),
        ("序号", "项目名称", "存在问题", "整改意见（要求）", "整改措施", "整改完成情况", "完成时限", "责任人"),
        (1, "农村公路养护", "路况抽检不到位", "每季度抽检", "已列入养护计划", "正在整改", "2026年9月30日", "王建国"),
        (2, "生活垃圾清运", "台账不全", "补齐台账", "已补齐", "已完成", "2026年6月30日", "李强"),
    )  # fmt: skip
    imported = opened_at(town, book_at(tmp_path / "表.xlsx", lines))
    (table,) = imported.tables
    assert (table.stated.form, table.stated.implementing_unit) == ("rectification", "示例县柳林镇人民政府")
    form = registry.form("rectification")
    found = excel_import.taking_over(form, context(KIT_101, "rectification"), {}, table.stated)
    values = {offer.place.field: offer.value for offer in found.offers if offer.kind is OfferKind.VALUE}
    assert values["notice_number"] == "示财绩〔2026〕3号"
    rows = [offer.value for offer in found.offers if offer.kind is OfferKind.NEW_ROW]
    assert [(row["issue"], row["measure"], row["deadline_on"]) for row in rows] == [
        ("路况抽检不到位", "已列入养护计划", "2026-09-30"),
        ("台账不全", "已补齐", "2026-06-30"),
    ]

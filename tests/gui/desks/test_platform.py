"""The integrated platform at the clerk's and the bureau's desk: files looked at, taken, taken back, sent out."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents.tables import RegisterTableReader
from services import practice
from tests.gui.desks.county import TOWN
from tests.gui.pages.platform import PlatformPage
from ui.platform.bring_dialog import BringDialog
from ui.platform.send_dialog import SendDialog

CODE = "99000027T000000009001"


def put(folder: Path, name: str, *rows: list[str]) -> Path:
    path = folder / name
    path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8-sig")
    return path


@pytest.fixture
def platform(clerk) -> PlatformPage:
    clerk.go_to("项目")
    flow = clerk.desk._made["platform"]
    return PlatformPage(clerk, flow, clerk.desk.projects.list.platform, clerk.settle)


@pytest.fixture
def projects(tmp_path: Path) -> Path:
    head = ["预算年度", "单位编码", "项目编码", "项目名称", "项目类别", "预算数"]
    new = ["2027", TOWN, CODE, "河道清淤", "特定目标类", "1284000.00"]
    bad = ["2027", TOWN, "123", "编码不对的", "", "1"]
    return put(tmp_path, "项目.csv", head, new, bad)


def names(clerk) -> list[str]:
    model = clerk.desk.projects.list.table.records
    return [model.record(n)[0].name for n in range(model.rowCount())]


def test_projects_come_in_and_go_back(clerk, platform, projects):
    dialog = platform.bring(projects)
    assert platform.lines(dialog) == [
        ("河道清淤", "新增", "", "预算数 128.40 万元；类别 特定目标类"),
        ("编码不对的", "不能带入", "", ""),
    ]
    assert not dialog.number.isVisible()
    assert not dialog.year.isVisible()
    platform.accept(dialog)
    assert "河道清淤" in names(clerk)
    assert "带入 1 行" in clerk.notice()
    clerk.press_notice()
    assert "河道清淤" not in names(clerk)
    assert "已撤回" in clerk.notice()


def test_a_batch_is_taken_back_from_its_record(clerk, platform, projects):
    platform.accept(platform.bring(projects))
    record = platform.batches()
    record.table.selectRow(0)
    platform.accept(record)
    assert "河道清淤" not in names(clerk)
    again = platform.batches()
    again.table.selectRow(0)
    assert not again.accept_button.isEnabled()
    again.reject()


def test_an_approved_target_asks_for_its_document(clerk, platform, tmp_path):
    head = [
        "单位编码",
        "项目编码",
        "项目名称",
        "年度目标",
        "一级指标",
        "二级指标",
        "三级指标",
        "计算符号",
        "指标值",
        "计量单位",
    ]
    row = [TOWN, CODE, "河道清淤", "清淤 12 公里", "产出指标", "数量指标", "清淤长度", "≥", "12", "公里"]
    dialog = platform.bring(put(tmp_path, "目标.csv", head, row))
    assert dialog.number.isVisible()
    assert dialog.year.isVisible()
    platform.accept(dialog)
    assert "批复文号" in dialog.problem()
    dialog.year.choose(2026)
    clerk.settle()
    dialog.number.setText("示财预〔2026〕3号")
    platform.accept(dialog)
    assert not clerk.has_dialog(BringDialog)
    with clerk.workspace.store.reading() as work:
        assert [
            a.document_number
            for a in work.approvals.in_force(2026, TOWN)
            if a.answers["project_name"] == "河道清淤"
        ] == ["示财预〔2026〕3号"]


def test_a_foreign_table_is_refused_in_one_sentence(clerk, platform, tmp_path):
    path = put(tmp_path, "别的.csv", ["项目编码", "甲"], ["1", "2"])
    platform.flow.look_at(path)
    clerk.settle()
    assert not clerk.has_dialog(BringDialog)
    assert "缺少栏目" in clerk.notice()


def test_what_is_missing_leads_to_the_form_and_what_is_whole_goes_out(clerk, platform, tmp_path):
    practice.fill(clerk.workspace, limit=8)
    clerk.go_to("工作台")
    with clerk.workspace.store.reading() as work:
        project = next(p for p in work.projects.list(TOWN) if p.name == "柳编产业园道路硬化")
    clerk.desk.editor.open("performance_target_2027_first_round", project.project_id)
    clerk.settle()
    clerk.form.fill("annual_target", "只写了目标")
    clerk.wait_saved()
    clerk.leave_form()
    dialog = platform.send()
    platform.choose(dialog, "绩效目标申报〔2027", "平铺")
    free = [one for one in (dialog.model.record(n) for n in range(dialog.model.rowCount())) if not one.gaps]
    assert free
    assert dialog.model.rowCount() > len(free)
    platform.flow.write(dialog, dialog.chosen_choice(), dialog.model.chosen(), tmp_path / "出")
    clerk.settle()
    assert not clerk.has_dialog(SendDialog)
    (written,) = (tmp_path / "出").iterdir()
    heads = RegisterTableReader().read(written).rows[0]
    assert "*项目编码" in heads
    again = platform.send()
    platform.choose(again, "绩效目标申报〔2027", "平铺")
    again.gaps.record_opened.emit(again.gaps.records.record(0))
    clerk.settle()
    assert not clerk.has_dialog(SendDialog)
    assert clerk.page() == "filing"

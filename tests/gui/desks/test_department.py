"""The department's desk in the running program: in, reviewed, forwarded, figures, answers handed on, Excel beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from main import Adapters
from services import receipts
from services.department import forwarding
from services.package_lines import package_lines
from services.setup import write_registration_request
from tests.gui.desks.county import County
from tests.gui.pages.department import DepartmentPage, shown
from tests.gui.pages.desk_program import ProgramPage
from tests.services.county import County as Bureau
from tests.services.county_sample import PASSWORD
from tests.services.department.desks import SCHOOL, Chain, build_chain, with_department_key
from tests.services.department.test_figures_and_paper import CLASSES
from tests.services.test_excel_import import book_at
from ui.bureau.files_dialog import FilesDialog
from ui.desks.sealing_flow import SealingFlow


@pytest.fixture
def chain(county: County, tools: Adapters, tmp_path: Path) -> Chain:
    """A department with its desk closed, so that the program can open it."""
    bureau = county.bureau(tmp_path / "bureau", tools)
    (tmp_path / "stick").mkdir()
    made = build_chain(Bureau(tools, tmp_path, bureau, county.keys, county.kit_file))  # type: ignore[arg-type]
    made.department.close()
    return made


@pytest.fixture
def department(program: ProgramPage, chain: Chain) -> DepartmentPage:
    return DepartmentPage(program.open(chain.department.folder))


def test_up_and_down_again(chain: Chain, department: DepartmentPage, tmp_path: Path) -> None:
    county, clerk, workspace = chain.county, department.clerk, department.workspace
    school = chain.unit(SCHOOL)
    package = county.sealed(school, chain.filled(school))
    school.close()
    places = clerk.bars.places()
    assert places[4:9] == ["接收下级", "审核", "汇总", "汇总报送", "转交下级"]

    intake = department.take_in(package)
    assert intake.view.receipts_button.isHidden()
    (line,) = package_lines(workspace)
    assert (line.is_received, line.awaits_receipt, line.can_register) == (True, False, False)
    department.pass_all()
    view = department.flow("审核", type(clerk.desk._made["review"]), "review").view  # type: ignore[attr-defined]
    assert view.queue.binding_button.isHidden()
    assert "等主管部门" not in "".join(action.text() for action in view.queue.shown.menu().actions())
    up = department.forward(county.stick, PASSWORD)
    assert forwarding.forwardable(workspace) == ()
    assert department.summary() == ["示例县教育体育局本级", "示例县第一实验小学"]

    clerk.go_to("设置")
    assert clerk.desk.settings.view.key_card.registration_button.isVisible(), (
        "its slips ask for a certificate"
    )
    with_department_key(chain, write_registration_request(workspace, county.stick, PASSWORD).path)
    for _ in range(2):
        county.receive(up)
        county.register()
    answers = tmp_path / "answers"
    answers.mkdir()
    for record in receipts.without_receipt(county.bureau):
        receipts.issue_receipt(county.bureau, record, county.keys.bureau, answers)
    flow = department.take_down(answers)
    assert flow.view.notice.words.text() == "收下 1 份待转交，本部门的 1 份。"
    assert clerk.frame.navigation.button("pass_down").badge.text() == "1"
    assert shown(flow.view.table.ticks, 0, 0) == "示例县第一实验小学"
    flow.view.out_button.click()
    out = tmp_path / "out"
    out.mkdir()
    department.choose(out)
    department.until(lambda: clerk.has_dialog(FilesDialog))
    clerk.dialog(FilesDialog).accept()
    clerk.settle()
    (handed,) = (out / "205002 示例县第一实验小学").iterdir()
    assert handed.read_bytes() in {path.read_bytes() for path in answers.iterdir()}
    assert not flow.view.out_button.isEnabled()
    assert clerk.frame.navigation.button("pass_down").badge.isHidden()
    kit = [shown(flow.view.table.ticks, 0, column) for column in (0, 1, 3)]
    assert kit == ["全部下级单位", "任务参数包", "没有取出过"]

    sent = department.flow("报送", SealingFlow, "sealing").sent.table.records
    lines = [sent.record(row) for row in range(sent.rowCount())]
    (ours,) = [line for line in lines if line.what == "主管部门汇总报送文件（1 份报送文件）"]
    assert ours.received_at is not None
    assert ours.contents == ("示例县第一实验小学　1 份表",)


def test_excel_of_a_unit_without_the_program(
    chain: Chain, department: DepartmentPage, tools: Adapters, tmp_path: Path
) -> None:
    book = book_at(tmp_path / "目标.xlsx", CLASSES)
    department.take_book(book)
    department.pass_all()
    told, flow = department.books()
    assert told.startswith("另有 1 份从 Excel 接收的表没有签名")
    assert not flow.view.make_button.isEnabled()
    flow.view.notice.action.click()
    out = tmp_path / "out"
    out.mkdir()
    department.choose(out)
    department.until(lambda: department.clerk.has_dialog(FilesDialog))
    department.clerk.dialog(FilesDialog).accept()
    department.clerk.settle()
    assert (out / "示例县第一实验小学_目标.xlsx").read_bytes() == book.read_bytes()
    assert department.summary() == ["示例县教育体育局本级", "示例县第一实验小学"]

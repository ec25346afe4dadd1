"""The integrated platform at the bureau's desk: the register brought in line, and back; spending for every unit."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gui.bureau.conftest import KNOWN
from tests.gui.pages.bureau_desk import BureauDeskPage
from tests.gui.pages.platform import PlatformPage
from ui.platform.send_dialog import SendDialog

CODE = "99000027T000000009001"


@pytest.fixture
def platform(desk: BureauDeskPage) -> PlatformPage:
    view = desk.kit()
    return PlatformPage(desk, desk.desk._made["platform"], view.entries.platform, desk.settle)


def put(folder: Path, *rows: str) -> Path:
    path = folder / "导出.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def codes(desk: BureauDeskPage) -> set[str]:
    with desk.workspace.store.reading() as work:
        return {entry.project_code for entry in work.registers.entries(2027)}


def test_a_project_list_goes_into_the_register_and_out_again(
    desk: BureauDeskPage, platform: PlatformPage, tmp_path: Path
):
    before = codes(desk)
    head = "预算年度,单位编码,项目编码,项目名称,预算数"
    dialog = platform.bring(
        put(tmp_path, head, f"2027,{KNOWN},{CODE},河道清淤,1284000", "2027,777,99000027T000000009002,别处,1")
    )
    assert [line[:2] for line in platform.lines(dialog)] == [("河道清淤", "新增"), ("别处", "不能带入")]
    platform.accept(dialog)
    assert codes(desk) == before | {CODE}
    record = platform.batches()
    record.table.selectRow(0)
    platform.accept(record)
    assert codes(desk) == before


def test_spending_of_every_unit_is_kept(desk: BureauDeskPage, platform: PlatformPage, tmp_path: Path):
    with desk.workspace.store.reading() as work:
        entry = next(e for e in work.registers.entries(2027) if e.unit_code == KNOWN)
    path = put(tmp_path, "年度,项目编码,累计支出数", f"2027,{entry.project_code},1000.5")
    platform.accept(platform.bring(path))
    with desk.workspace.store.reading() as work:
        payment = work.payments.latest(KNOWN, entry.project_code, 2027)
    assert payment is not None
    assert payment.spending_fen == 100_050


def test_what_is_missing_is_the_units_to_fill_in(desk: BureauDeskPage, platform: PlatformPage):
    dialog = platform.send()
    assert isinstance(dialog, SendDialog)
    assert "由单位补齐" in dialog.intro.text()
    dialog.reject()

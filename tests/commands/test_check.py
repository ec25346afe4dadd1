"""`check`: exit status, JSON and human text over workbooks as offices hand them in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Run
from tests.commands.laid_out import save
from tests.forms.hand_filled import published as real
from tests.forms.hand_filled.clean_table import CLEAN
from tests.services.county import County

pytestmark = pytest.mark.wide


class TestStatus:
    def test_nothing_found(self, run: Run, tmp_path: Path) -> None:
        said = run("check", save(CLEAN, tmp_path))
        assert said.status == 0
        assert said.out.splitlines()[1:] == [
            "　工作表“Sheet”A1:I20　项目支出绩效自评表“农村公路养护”",
            "　　总分：表上 98.16，按规则 98.16 分（优）",
            "　　没有发现问题",
        ]

    def test_something_found(self, run: Run, tmp_path: Path) -> None:
        said = run("check", save(real.INSURANCE, tmp_path))
        assert said.status == 1
        lines = said.out.splitlines()
        assert lines[2] == "　　总分：表上 94，按规则 99.77 分（优）"
        assert (
            "　　[需说明] A11:I11　绩效指标第 1 行“全县参合人数”的得分：填的是 13 分，与计分规则不同，按规则应得 14.86 分"
            "（15 × 8676 ÷ 8755 = 14.86）。请按规则核对得分；另有评分依据的，请在偏差原因中说明。"
        ) in lines

    def test_one_unreadable_file_among_others(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "old.xls").write_bytes(b"x")
        said = run("check", save(CLEAN, tmp_path), tmp_path / "old.xls")
        assert said.status == 1
        assert (
            "　　[必改] 不能直接读取 .xls 文件。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后再检查。"
            in said.out
        )

    def test_no_file_could_be_read(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "old.xls").write_bytes(b"x")
        assert "不能直接读取 .xls 文件" in run("check", tmp_path / "old.xls").sentence
        sentence = run("check", tmp_path / "old.xls", tmp_path / "gone.xlsx", "--json").sentence
        assert "共 2 个文件，都读不出来" in sentence

    def test_an_empty_folder(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "inner").mkdir()
        assert "没有找到可以检查的文件" in run("check", tmp_path / "inner").sentence

    @pytest.mark.parametrize("name", ["gone.json", "kit.xlsx", "gone.asice"])
    def test_a_kit_that_is_none(self, run: Run, tmp_path: Path, name: str) -> None:
        if name == "kit.xlsx":
            (tmp_path / name).write_bytes(b"no kit")
        assert run("check", save(CLEAN, tmp_path), "--kit", tmp_path / name).sentence

    def test_usage(self, run: Run) -> None:
        assert "缺少 文件" in run("check").sentence


class TestOutput:
    def test_json_is_one_list_in_order(self, run: Run, tmp_path: Path) -> None:
        folder = tmp_path / "上报"
        folder.mkdir()
        for table in (real.INSURANCE, real.HERITAGE, CLEAN):
            save(table, folder)
        (folder / "old.et").write_bytes(b"x")
        said = run("check", folder, "--json")
        assert said.status == 1
        assert sorted((Path(one["file"]).name, one["form"]) for one in said.json) == [
            ("old.et", None),
            ("公路.xlsx", "self_evaluation"),
            ("医保.xlsx", "self_evaluation"),
            ("申遗.xlsx", "monitoring"),
        ]
        assert [one["file"] for one in said.json] == sorted(one["file"] for one in said.json)

    def test_a_package_with_the_kit_of_its_county(self, run: Run, county: County) -> None:
        desk = county.desk()
        path = county.sealed(desk, county.filled(desk))
        desk.close()
        said = run("check", path, "--kit", county.kit_file, "--json")
        (found,) = said.json
        assert found["file"] == str(path)
        assert found["form"] == "overall_expenditure_target"
        assert said.status == (1 if found["findings"] else 0)
        human = run("check", path, "--kit", county.kit_file)
        assert "　部门（单位）整体支出绩效目标申报表" in human.out.splitlines()[1]

    def test_a_workbook_with_nothing_we_know(self, run: Run, tmp_path: Path) -> None:
        from openpyxl import Workbook

        book = Workbook()
        book.active.append(["姓名", "电话"])
        book.save(tmp_path / "phones.xlsx")
        said = run("check", tmp_path / "phones.xlsx")
        assert said.status == 1
        assert "[必改] 没有找到绩效表的表头" in said.out

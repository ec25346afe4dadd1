"""`export` and `demo` as thin layers, and how failures leave."""

from __future__ import annotations

import errno
import json
from pathlib import Path
from typing import Any

import pytest

from commands import export, failures, usage
from commands.failures import sentence_of
from models.domain.errors import Cancelled, InputError
from services.workspaces import open_workspace
from tests.commands.conftest import Run
from tests.services.county import TOWN, County


@pytest.fixture
def unit(county: County) -> Path:
    desk = county.desk()
    county.filled(desk, 3)
    desk.close()
    return desk.folder


class TestExport:
    def test_names_every_file_it_wrote(self, county: County, run: Run, unit: Path) -> None:
        target = county.folder / "导出"
        words = ("export", "--workspace", unit, "--unit", TOWN, "--year", 2027, "--to", target)
        said = run(*words)
        assert said.status == 0
        assert sorted(said.out.splitlines()) == sorted(str(path) for path in target.iterdir())
        assert len(said.out.splitlines()) == 6
        assert not open_workspace(county.tools, unit).was_cut_off

    def test_into_one_file(self, county: County, run: Run, unit: Path) -> None:
        target = county.folder / "全部.xlsx"
        said = run("export", "--workspace", unit, "--unit", TOWN, "--year", 2027, "--to", target)
        assert (said.status, said.out) == (0, f"{target}\n")

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"--workspace": "{folder}/gone"}, "工作区文件夹不存在"),
            ({"--workspace": "{stick}"}, "没有工作区"),
            ({"--unit": "000000"}, "没有代码为 000000 的单位"),
            ({"--year": "2019"}, "没有单位 820001 2019年的填报件"),
            ({"--year": "abc"}, "--year 要写四位数的年度，不能写“abc”"),
            ({"--year": "9" * 30}, "--year 要写四位数的年度"),
            ({"--to": "{folder}/out.docx"}, "不能导出成 .docx 文件"),
            ({"--to": "{folder}/file"}, "不能在这里建文件夹"),
        ],
    )
    def test_what_cannot_be_done(
        self, county: County, run: Run, unit: Path, changes: dict[str, str], sentence: str
    ) -> None:
        (county.folder / "file").touch()
        given = {"--workspace": str(unit), "--unit": TOWN, "--year": "2027", "--to": "{folder}/out"} | changes
        words = ["export", *(word for pair in given.items() for word in pair)]
        words = [
            w.replace("{folder}", str(county.folder)).replace("{stick}", str(county.stick)) for w in words
        ]
        assert sentence in run(*words).sentence
        assert not (county.folder / "out").exists()


class TestDemo:
    @pytest.mark.wide
    def test_result_and_folders(self, county: County, run: Run, tmp_path: Path) -> None:
        folder = tmp_path / "demo"
        said = run("demo", folder)
        assert said.status == 0
        *told, last = said.out.splitlines()
        assert last.startswith("演示完成：")
        assert any("逐份核对签名" in line for line in told)
        assert sorted(path.name for path in folder.iterdir()) == [
            "bureau",
            "department",
            "department_stick",
            "documents",
            "result.json",
            "screens",
            "stick",
            "trust",
            "unit",
        ]
        result = json.loads((folder / "result.json").read_text("utf-8"))
        assert list(result) == ["packages", "filings", "screens", "passwords"]
        assert result["screens"] == ["一张.png"]
        assert {one["verdict"] for one in result["packages"]} == {"valid"}
        assert [one["file"] for one in result["packages"]] == [
            path.name for path in sorted((folder / "stick").iterdir(), key=_number_order)
        ]
        kinds = {one["message_type"] for one in result["packages"]}
        assert kinds == {
            "parameter_kit",
            "registration_request",
            "submission",
            "department_submission",
            "receipt",
            "return_slip",
            "approval",
        }

    @pytest.mark.wide
    def test_more_packages_for_measuring_can_be_received_with_the_root_alone(
        self, county: County, run: Run, tmp_path: Path
    ) -> None:
        folder = tmp_path / "demo"
        assert run("demo", folder, "--submissions", 3).status == 0
        kit = next((folder / "stick").glob("*_parameter_kit_1_*"))
        words = ("import", folder / "stick", "--workspace", tmp_path / "new", "--kit", kit)
        result = run(*words, "--trust", folder / "trust" / "root.pem", "--json").json
        assert result["received"] >= 3
        into = run("import", folder / "stick", "--workspace", folder / "bureau", "--json").json
        assert into["received"] == 3

    def test_a_folder_that_is_not_empty(self, county: County, run: Run) -> None:
        assert "不是空文件夹" in run("demo", county.stick).sentence
        assert "不是空文件夹" in run("demo", county.kit_file).sentence

    def test_usage(self, run: Run) -> None:
        assert "缺少 文件夹" in run("demo").sentence
        for wrong in ("viele", "-3", "9999999"):
            said = run("demo", "x", f"--submissions={wrong}").sentence
            assert f"--submissions 要写 0 到 99999 的整数，不能写“{wrong}”" in said


def _number_order(path: Path) -> list[Any]:
    from services.package_files import _in_number_order

    return _in_number_order(path)


class TestFailures:
    def test_a_mistake_of_ours_is_a_sentence_and_status_2(
        self, run: Run, county: County, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_given: object) -> int:
            raise KeyError("x")

        monkeypatch.setattr(export, "run", broken)
        said = run("export", "--workspace", "a", "--unit", "b", "--year", 2027, "--to", "c")
        assert said.sentence.startswith("程序内部出错（KeyError，test_export_and_demo.py 第 ")

    @pytest.mark.parametrize(
        ("error", "sentence"),
        [
            (InputError("错了", "请改正", "这里"), "这里：错了。请改正。"),
            (Cancelled(), "已取消。"),
            (KeyboardInterrupt(), "已停止。已经完成的部分保留，再运行一次可以继续。"),
            (OSError(errno.ENOSPC, "No space left", "/a/b"), "“/a/b”：磁盘空间不足，请清理后再试。"),
            (OSError(errno.EROFS, "x"), "存储介质是只读的，请换一个位置。"),
            (OSError("x"), "读写文件时出错，请检查路径和存储介质。"),
            (OSError(9999, "x"), "读写文件时出错，请检查路径和存储介质。"),
            (ValueError("x"), "程序内部出错（ValueError，位置不明），没有完成。请把这句话报给维护人员。"),
        ],
    )
    def test_sentences(self, error: BaseException, sentence: str) -> None:
        assert sentence_of(error) == sentence

    def test_no_english_but_names(self) -> None:
        texts = [*failures._SYSTEM.values(), *(said for _, said in usage._WRONG)]
        assert not any(char.isalpha() and char.isascii() for text in texts for char in text)

    def test_a_subcommand_nobody_knows(self, run: Run) -> None:
        assert "没有子命令“nonsense”" in run("nonsense").sentence

    def test_help_is_chinese(self, run: Run) -> None:
        for words in (["--help"], ["verify", "-h"], ["import", "--help"]):
            said = run(*words)
            assert said.status == 0
            assert said.out.startswith("用法：run ")
            assert "show this help" not in said.out

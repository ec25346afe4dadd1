"""Checking many files in one call: workbooks and packages, what cannot be read, whose kit counts."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from models.domain.errors import KitProblem
from models.domain.kit_json import kit_to_json
from resources.builtin_kits import builtin_kits
from services.checking import CheckedFile, check_files, files_in, kit_of_file
from services.job import JobContext
from services.ports.exchange import TrustMaterial
from tests.commands.laid_out import save, write
from tests.fakes.tools import FakeTools
from tests.forms.hand_filled import published as real
from tests.forms.hand_filled.clean_table import CLEAN, paid
from tests.services.county import County

pytestmark = pytest.mark.wide

KIT = builtin_kits(2026)[0]
_NO_TRUST = TrustMaterial()


def checked(tools: FakeTools, *paths: Path, kit: Path | None = None) -> list[CheckedFile]:
    return check_files(tools, paths, kit, JobContext())


def codes(file: CheckedFile) -> set[str]:
    return {finding["code"] for one in file.objects for finding in one["findings"]}


class TestFiles:
    def test_one_result_per_file_in_order(self, tools: FakeTools, tmp_path: Path) -> None:
        paths = [save(real.INSURANCE, tmp_path), save(CLEAN, tmp_path), tmp_path / "gone.xlsx"]
        found = checked(tools, *paths)
        assert [file.path for file in found] == paths
        assert [file.has_findings for file in found] == [True, False, True]
        assert [file.is_readable for file in found] == [True, True, False]

    def test_folders_are_walked_through_once(self, tmp_path: Path) -> None:
        inner = tmp_path / "城关镇"
        inner.mkdir()
        for name in ("b.XLSX", "a.xlsx", "old.xls", "c.asice", "notes.txt", "~$a.xlsx", ".~a.xlsx"):
            (inner / name).touch()
        named = tmp_path / "notes.txt"
        named.touch()
        found = list(files_in([inner, named, inner / "a.xlsx"]))
        assert [path.name for path in found] == ["a.xlsx", "b.XLSX", "c.asice", "old.xls", "notes.txt"]

    def test_progress_is_told_file_by_file(self, tools: FakeTools, tmp_path: Path) -> None:
        said: list[tuple[int, int, str]] = []
        paths = [save(CLEAN, tmp_path, f"{name}.xlsx") for name in "ab"]
        check_files(tools, paths, None, JobContext(lambda *step: said.append(step)))
        assert said == [(0, 2, "a.xlsx"), (1, 2, "b.xlsx"), (2, 2, "")]

    @pytest.mark.parametrize(
        ("name", "content", "says"),
        [
            ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "不能直接读取 .xls 文件"),
            ("wps.et", b"x", "不能直接读取 .et 文件"),
            ("broken.xlsx", b"no workbook", "文件已损坏，或不是 Excel 工作簿"),
            ("empty.xlsx", b"", "文件是空的"),
            ("notes.txt", b"text", "不认识这种文件"),
            ("broken.asice", b"nothing", "请让报送单位重新生成报送文件"),
        ],
    )
    def test_what_cannot_be_read_is_one_object(
        self, tools: FakeTools, tmp_path: Path, name: str, content: bytes, says: str
    ) -> None:
        path = tmp_path / name
        path.write_bytes(content)
        file = checked(tools, path)[0]
        assert not file.is_readable
        (found,) = file.objects
        assert list(found) == ["file", "form", "findings"]
        assert (found["file"], found["form"]) == (str(path), None)
        (finding,) = found["findings"]
        assert list(finding) == ["code", "severity", "where", "message", "remedy"]
        assert says in f"{finding['message']}。{finding['remedy']}"

    def test_a_workbook_without_a_known_form(self, tools: FakeTools, tmp_path: Path) -> None:
        book = Workbook()
        book.active.append(["姓名", "电话"])
        book.active.append(["张三", "1234"])
        book.save(tmp_path / "phones.xlsx")
        file = checked(tools, tmp_path / "phones.xlsx")[0]
        assert file.is_readable
        (found,) = file.objects
        assert (found["form"], len(found["findings"])) == (None, 1)
        assert "Sheet" in found["findings"][0]["message"]
        assert found["findings"][0]["remedy"]

    def test_every_table_of_every_sheet(self, tools: FakeTools, tmp_path: Path) -> None:
        book = Workbook()
        write(book.active, real.INSURANCE)
        write(book.create_sheet("目标"), real.CADRES)
        book.save(tmp_path / "two.xlsx")
        file = checked(tools, tmp_path / "two.xlsx")[0]
        assert [(one["sheet"], one["form"]) for one in file.objects] == [
            ("Sheet", "self_evaluation"),
            ("目标", "performance_target"),
        ]

    def test_a_self_evaluation_meets_its_target_in_another_file(
        self, tools: FakeTools, tmp_path: Path
    ) -> None:
        target = replace(CLEAN, file="目标.xlsx", form="performance_target", indicators=CLEAN.indicators[:-1])
        found = checked(tools, save(CLEAN, tmp_path), save(target, tmp_path))
        assert codes(found[0]) == {"C29"}


class TestPublished:
    """The published tables, laid out as workbooks, say the same as the facts they were made from."""

    @pytest.mark.parametrize(
        ("table", "wanted"),
        [
            (real.SERVICES, {"C3", "C30", "C31"}),
            (real.WATER_GAUGES, {"C34", "C38", "C39"}),
            (real.HOUSEHOLDS, set()),
            (real.INSURANCE, {"C31", "C33", "C34", "C35"}),
            (real.FISHING_BAN, {"C34"}),
            (real.SALARIES, {"C10", "C31"}),
            (real.MEDIA, {"C33", "C35", "C36", "C37", "C38"}),
            (real.CADRES, {"C17", "C18", "C40", "C50"}),
            (real.FOREST, {"C6", "C10", "C19"}),
            (real.SCHOOLS, {"C6", "C10", "C16"}),
            (real.HERITAGE, {"C24"}),
            (CLEAN, set()),
        ],
        ids=lambda value: value.file if hasattr(value, "file") else "",
    )
    def test_faults(self, tools: FakeTools, tmp_path: Path, table: Any, wanted: set[str]) -> None:
        (file,) = checked(tools, save(table, tmp_path))
        (found,) = file.objects
        told = {one["code"] for one in found["findings"] if one["severity"] != "hint"}
        assert told - {"C55"} == wanted, [one["message"] for one in found["findings"]]

    def test_scores(self, tools: FakeTools, tmp_path: Path) -> None:
        (file,) = checked(tools, save(real.INSURANCE, tmp_path))
        scores = file.objects[0]["scores"]
        assert scores["execution"] == {
            "rate": "0.9910",
            "full_score": "10.00",
            "stated": "9.00",
            "rule": "9.91",
        }
        assert [row["rule"] for row in scores["indicators"]] == [
            "14.86",
            "15.00",
            "10.00",
            "10.00",
            "30.00",
            "10.00",
        ]
        assert (scores["sum_of_stated"], scores["stated_total"], scores["rule_total"]) == (
            "93.00",
            "94.00",
            "99.77",
        )


class TestKit:
    def test_a_kit_as_json(self, tools: FakeTools, tmp_path: Path) -> None:
        settings = {**KIT.check_settings, "C36": {"low_rate": "0.99", "adjusted_share": "0.1"}}
        path = tmp_path / "kit.json"
        path.write_text(json.dumps(kit_to_json(replace(KIT, check_settings=settings))), encoding="utf-8")
        assert kit_of_file(tools, path).check_settings["C36"]["low_rate"] == "0.99"
        table = save(CLEAN, tmp_path)
        assert codes(checked(tools, table)[0]) == set()
        assert codes(checked(tools, table, kit=path)[0]) == {"C36"}

    def test_a_kit_package(self, county: County, tmp_path: Path) -> None:
        assert kit_of_file(county.tools, county.kit_file).is_practice
        found = checked(county.tools, save(CLEAN, tmp_path), kit=county.kit_file)
        assert found[0].objects[0]["scores"]["rule_total"] == "98.16"

    def test_an_older_kit_lacks_nothing(self, tools: FakeTools, tmp_path: Path) -> None:
        old = {
            key: value
            for key, value in KIT.check_settings.items()
            if int(key[1:] if key[1:].isdigit() else 99) < 30
        }
        path = tmp_path / "kit.json"
        path.write_text(json.dumps(kit_to_json(replace(KIT, check_settings=old))), encoding="utf-8")
        table = save(paid(stated_rate=real.number("80%", is_rate=True)), tmp_path)
        assert codes(checked(tools, table, kit=path)[0]) == {"C30"}

    @pytest.mark.parametrize("content", ["{", "[]", '{"kit_id": 1}', None])
    def test_what_is_no_kit(self, tools: FakeTools, tmp_path: Path, content: str | None) -> None:
        path = tmp_path / "kit.json"
        if content is not None:
            path.write_text(content, encoding="utf-8")
        with pytest.raises(KitProblem):
            checked(tools, save(CLEAN, tmp_path), kit=path)


class TestPackages:
    def test_filings_run_through_their_own_checks(self, county: County) -> None:
        desk = county.desk()
        path = county.sealed(desk, county.filled(desk, 2))
        (file,) = checked(county.tools, path, kit=county.kit_file)
        assert len(file.objects) == 2
        for found in file.objects:
            assert list(found) == [
                "file", "sheet", "range", "form", "form_version", "unit_of_amount", "answers", "scores", "findings",
            ]  # fmt: skip
            assert found["form"] in ("performance_target", "overall_expenditure_target")
            assert [one for one in found["findings"] if one["severity"] == "blocking"] == []
            assert found["answers"]["indicators"][0]["first_level"].endswith("指标")
            assert found["answers"]["funds"][0]["annual_budget"].endswith(".00")

    def test_what_is_wrong_inside_is_found_by_row_number(self, county: County) -> None:
        desk = county.desk()
        sent = county.sealed(desk, county.filled(desk))
        payload = json.loads(
            json.dumps(county.tools.reader.judge(sent, _NO_TRUST, county.tools.clock.now()).payload)
        )
        rows = payload["filings"][0]["answers"]["indicators"]
        rows[1]["third_level"] = None
        (file,) = checked(county.tools, county.forged(desk, payload))
        (found,) = file.objects
        assert "indicators[1].third_level" in {one["where"] for one in found["findings"]}
        assert file.has_findings

    def test_other_packages_hold_no_tables(self, county: County) -> None:
        (file,) = checked(county.tools, county.kit_file)
        assert not file.is_readable
        assert "这是任务参数包，里面没有填报的表" in file.objects[0]["findings"][0]["message"]

    def test_a_form_of_another_version(self, county: County) -> None:
        desk = county.desk()
        sent = county.sealed(desk, county.filled(desk))
        payload = json.loads(
            json.dumps(county.tools.reader.judge(sent, _NO_TRUST, county.tools.clock.now()).payload)
        )
        payload["filings"][0]["form_version"] = "99"
        (file,) = checked(county.tools, county.forged(desk, payload))
        (found,) = file.objects
        assert (found["form"], [one["code"] for one in found["findings"]]) == (None, ["C44"])

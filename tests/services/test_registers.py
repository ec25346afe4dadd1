"""Registers out of tables: every fault is named with its line, nothing wrong gets in unseen."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from models.domain.errors import InputError
from models.domain.project import RegisterEntry, Unit
from services import registers
from services.registers import EntryPreview, UnitPreview
from tests.services.county import TOWN, County

UNIT_HEAD = (
    "单位代码",
    "单位名称",
    "主管部门代码",
    "主管部门名称",
    "归口业务股室",
    "类别",
    "联系人",
    "电话",
    "职责",
)
ENTRY_HEAD = (
    "项目代码",
    "项目名称",
    "类别",
    "单位代码",
    "股室",
    "预算数（万元）",
    "资金性质",
    "应报各表",
    "不报原因",
)
CODE = "990000270000000000001"


def units(
    county: County, *rows: Sequence[str], head: Sequence[str] = UNIT_HEAD, **more: object
) -> UnitPreview:
    path = county.tools.tables.put("单位.xlsx", head, *rows, **more)  # type: ignore[arg-type]
    return registers.preview_units(county.bureau, path)


def entries(
    county: County, *rows: Sequence[str], head: Sequence[str] = ENTRY_HEAD, **more: object
) -> EntryPreview:
    path = county.tools.tables.put("项目.xlsx", head, *rows, **more)  # type: ignore[arg-type]
    return registers.preview_entries(county.bureau, path, 2027)


def line(
    code: str = CODE, name: str = "农村公路养护", unit: str = TOWN, amount: str = "120", **more: str
) -> list[str]:
    given = {"项目代码": code, "项目名称": name, "单位代码": unit, "预算数（万元）": amount, **more}
    return [given.get(head, "") for head in ENTRY_HEAD]


class TestUnits:
    def test_every_column(self, county: County) -> None:
        row = (
            "３０１",
            "示例县医院",
            "301",
            "示例县卫健局",
            "社保股",
            "事业单位",
            "王 芳",
            "0990-1",
            "职责\n两行",
        )
        preview = units(county, row)
        assert preview.problems == ()
        assert preview.units == (
            Unit(
                "301",
                "示例县医院",
                "301",
                "示例县卫健局",
                "社保股",
                "事业单位",
                "王 芳",
                "0990-1",
                "职责 两行",
            ),
        )
        assert registers.take_units(county.bureau, preview) == 1
        with county.bureau.store.reading() as work:
            assert preview.units[0] in work.registers.units()

    def test_other_spellings_of_the_heads(self, county: County) -> None:
        preview = units(
            county, ["301", "医院", "卫健局"], head=["*预算单位代码", "预算 单位", "主管部门（全称）"]
        )
        assert preview.units == (Unit("301", "医院", department_name="卫健局"),)

    def test_the_head_below_title_lines(self, county: County) -> None:
        title = ["示例县单位名录", "2026年"]
        path = county.tools.tables.put(
            "x.xlsx", title, ["", ""], ["单位代码", "单位名称"], ["", "甲"], first_row=3
        )
        (problem,) = registers.preview_units(county.bureau, path).problems
        assert problem.line == 6  # title in row 3, heads in row 5

    @pytest.mark.parametrize(
        ("head", "missing"),
        [
            (["单位名称", "类别"], "单位代码"),
            (["编号", "类别"], "单位代码、单位名称"),
            (["", ""], "单位代码、单位名称"),
        ],
    )
    def test_a_head_that_is_missing(self, county: County, head: list[str], missing: str) -> None:
        with pytest.raises(InputError, match=f"没有找到表头“{missing}”"):
            units(county, ["1", "2"], head=head)

    def test_a_head_that_stands_twice(self, county: County) -> None:
        with pytest.raises(InputError, match="“单位名称”“单位名称”都像“单位名称”一栏"):
            units(county, ["1", "甲", "乙"], head=["单位代码", "单位名称", "单位名称"])

    def test_the_label_itself_goes_before_another_spelling(self, county: County) -> None:
        preview = units(county, ["1", "甲", "乙"], head=["单位代码", "预算单位", "单位名称"])
        assert [unit.name for unit in preview.units] == ["乙"]

    @pytest.mark.parametrize(
        ("code", "name", "message"),
        [
            ("", "甲", "单位代码或单位名称没有填"),
            ("301", "　", "单位代码或单位名称没有填"),
            ("3-01", "甲", "只能由数字和字母组成"),
            ("三零一", "甲", "只能由数字和字母组成"),
            ("3" * 41, "甲", "不超过 40 位"),
            ("2.05001E+5", "甲", "科学计数"),
            ("301", "甲" * 201, "单位名称超过 200 字"),
        ],
    )
    def test_lines_that_are_left_out(self, county: County, code: str, name: str, message: str) -> None:
        preview = units(county, ["302", "好的"], [code, name])
        assert [unit.code for unit in preview.units] == ["302"]
        (problem,) = preview.problems
        assert (problem.line, problem.is_blocking) == (3, True)
        assert message in problem.message

    def test_a_code_that_stands_twice(self, county: County) -> None:
        preview = units(county, ["301", "甲"], ["３０１", "乙"])
        assert [unit.name for unit in preview.units] == ["甲"]
        assert "单位代码 301 重复" in preview.problems[0].message

    def test_a_department_nobody_names(self, county: County) -> None:
        preview = units(county, ["301", "甲", "999", ""], ["302", "乙", "301", ""])
        (problem,) = preview.problems
        assert problem.message == "甲：主管部门代码 999 没有写名称"
        assert not problem.is_blocking

    def test_blank_lines_count_but_are_no_lines(self, county: County) -> None:
        preview = units(county, ["", " "], ["301", "甲"], ["", ""], ["", "乙"])
        assert len(preview.units) == 1
        assert [problem.line for problem in preview.problems] == [5]


class TestEntries:
    def test_a_fund_type_the_kit_does_not_know_is_told_once(self, county: County) -> None:
        assert county.bureau.current_kit().kit.fund_types
        rows = [line(f"99000027000000000000{n}", f"项目{n}", 资金性质="一般预算") for n in range(3)]
        rows.append(line("990000270000000000009", "项目九", 资金性质="一般公共预算"))
        preview = entries(county, *rows)
        assert [entry.fund_type for entry in preview.entries] == ["一般预算"] * 3 + ["一般公共预算"]
        (problem,) = preview.problems
        assert (problem.line, problem.is_blocking) == (2, False)
        assert "资金性质“一般预算”不在参数包列出的之内" in problem.message

    def test_every_column(self, county: County) -> None:
        row = [
            CODE, "农村公路养护", "特定目标类", TOWN, "", "1,234.56", "一般公共预算",
            "项目支出绩效目标申报表，部门（单位）整体支出绩效目标申报表", "已停建",
        ]  # fmt: skip
        preview = entries(county, row)
        assert preview.problems == ()
        (entry,) = preview.entries
        with county.bureau.store.reading() as work:
            unit = next(unit for unit in work.registers.units() if unit.code == TOWN)
        assert entry == RegisterEntry(
            CODE,
            "农村公路养护",
            TOWN,
            2027,
            "特定目标类",
            unit.bureau_office,
            1_234_560_000,
            "一般公共预算",
            ("performance_target", "overall_expenditure_target"),
            "已停建",
        )
        assert registers.take_entries(county.bureau, preview, 2027) == 1
        with county.bureau.store.reading() as work:
            assert work.registers.entries(2027) == [entry]
            assert work.registers.entries(2026)

    @pytest.mark.parametrize(
        ("head", "titles", "fen"),
        [
            ("预算数（万元）", (), 12_000_000),
            ("预算数(元)", (), 1_200),
            ("预算数/元", (), 1_200),
            ("预算数（单位：万元）", ("单位：元",), 12_000_000),
            ("预算数", ("2027年预算", "单位：元"), 1_200),
            ("预算数", ("金额单位：人民币万元",), 12_000_000),
            ("年初预算数", ("单位:万元",), 12_000_000),
        ],
    )
    def test_in_what_the_amounts_are(
        self, county: County, head: str, titles: tuple[str, ...], fen: int
    ) -> None:
        heads = [head if text.startswith("预算数") else text for text in ENTRY_HEAD]
        preview = entries(county, line(amount="12"), head=heads, titles=titles)
        assert preview.problems == ()
        assert preview.entries[0].budget_fen == fen

    def test_a_unit_above_the_head_within_the_table(self, county: County) -> None:
        heads = ["预算数" if text.startswith("预算数") else text for text in ENTRY_HEAD]
        above = ["示例县", "单位：元", *[""] * 7]
        path = county.tools.tables.put("x.xlsx", above, heads, line(amount="12"))
        assert registers.preview_entries(county.bureau, path, 2027).entries[0].budget_fen == 1_200

    def test_nobody_says_in_what_the_amounts_are(self, county: County) -> None:
        heads = ["预算数" if text.startswith("预算数") else text for text in ENTRY_HEAD]
        preview = entries(county, line(amount="12"), head=heads)
        assert preview.entries[0].budget_fen == 12_000_000
        assert [p.message for p in preview.problems] == ["“预算数”没有写明单位，按万元读入，请核对"]
        without = [text for text in ENTRY_HEAD if not text.startswith("预算数")]
        row = [value for text, value in zip(ENTRY_HEAD, line(), strict=True) if text in without]
        assert entries(county, row, head=without).problems == ()

    @pytest.mark.parametrize("unit", ["千元", "百万元", "亿元"])
    def test_units_that_would_be_wrong_by_thousands(self, county: County, unit: str) -> None:
        heads = [f"预算数（{unit}）" if text.startswith("预算数") else text for text in ENTRY_HEAD]
        with pytest.raises(InputError, match=f"金额单位是“{unit}”"):
            entries(county, line(), head=heads)

    def test_two_columns_of_amounts(self, county: County) -> None:
        heads = [*ENTRY_HEAD, "预算数（元）"]
        with pytest.raises(InputError, match="都像“预算数”一栏"):
            entries(county, [*line(), "5"], head=heads)

    @pytest.mark.parametrize(
        ("given", "message"),
        [
            ({"name": ""}, "项目名称或单位代码没有填"),
            ({"unit": ""}, "项目名称或单位代码没有填"),
            ({"unit": "000000"}, "单位代码 000000 不在单位名录里"),
            ({"unit": "8.20001E+05"}, "单位代码“8.20001E+05”被表格软件改成了科学计数"),
            ({"code": "9.90000270000000E+20"}, "科学计数"),
            ({"code": "9e+20"}, "科学计数"),
            ({"code": "9" * 41}, "项目代码超过 40 位"),
            ({"name": "路" * 181}, "项目名称超过 180 字"),
        ],
    )
    def test_lines_that_are_left_out(self, county: County, given: dict[str, str], message: str) -> None:
        preview = entries(county, line(**given))
        assert preview.entries == ()
        (problem,) = preview.problems
        assert (problem.line, problem.is_blocking) == (2, True)
        assert message in problem.message
        assert problem.message.endswith("这一行不会装入")

    @pytest.mark.parametrize(
        ("given", "message", "kept"),
        [
            ({"code": "9" * 20}, "有 20 位，应为 21 位", "9" * 20),
            ({"code": "9" * 22}, "有 22 位，应为 21 位", "9" * 22),
            ({"amount": "一百万"}, "预算数“一百万”不是金额，已留空", None),
            ({"amount": "=1+1"}, "不是金额", None),
            ({"amount": "1e999"}, "预算数", None),
            ({"amount": "-5"}, "预算数“-5”小于 0，已留空", None),
            ({"amount": "0.0000001"}, "比“分”还小", None),
            (
                {"应报各表": "项目支出绩效目标申报表、绩效表"},
                "应报各表里的“绩效表”不认识",
                ("performance_target",),
            ),
        ],
    )
    def test_remarks(self, county: County, given: dict[str, str], message: str, kept: object) -> None:
        preview = entries(county, line(**given))
        (entry,) = preview.entries
        (problem,) = preview.problems
        assert message in problem.message
        assert not problem.is_blocking
        assert kept in (entry.project_code, entry.budget_fen, entry.forms_due)

    def test_twenty_one_digits_are_no_fault(self, county: County) -> None:
        assert len(CODE) == 21
        assert entries(county, line()).problems == ()
        assert entries(county, line(code="")).problems == ()

    def test_the_same_project_twice(self, county: County) -> None:
        other = next(u.code for u in county.bureau.current_kit().kit.units if u.code != TOWN)
        preview = entries(
            county,
            line(),
            line(name="同一代码"),
            line(code="", name="没有代码"),
            line(code="", name="没有代码"),
            line(unit=other),
        )
        assert [(e.unit_code, e.project_name) for e in preview.entries] == [
            (TOWN, "农村公路养护"),
            (TOWN, "没有代码"),
            (other, "农村公路养护"),
        ]
        assert [(p.line, p.is_blocking) for p in preview.problems] == [(3, True), (5, True), (6, False)]
        assert "已用于另一个单位" in preview.problems[-1].message

    def test_a_blank_cell_at_the_end_of_a_row(self, county: County) -> None:
        assert entries(county, line()[:5]).entries[0].budget_fen is None

    def test_nothing_is_taken_before_it_is_asked_for(self, county: County) -> None:
        before = county.bureau.store.state  # type: ignore[attr-defined]
        entries(county, line())
        units(county, ["301", "甲"])
        assert county.bureau.store.state == before  # type: ignore[attr-defined]

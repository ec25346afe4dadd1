"""Forms out to the platform: columns in order, words translated, numbers real, and nothing half."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from forms import registry
from forms.context import FormContext
from models.domain.errors import InputError
from models.domain.platform_mapping import PlatformMapping
from models.domain.project import Project
from resources.builtin_platform import builtin_platform
from services.job import JobContext
from services.platform import sending
from services.platform.outgoing_cells import Cell, Gap, SheetRows, spelled
from services.platform.outgoing_rows import OutgoingForm
from services.platform.sending import OutgoingFiling
from services.workspaces import Workspace
from tests.forms import cases, monitoring_cases, self_evaluations
from tests.services.county import County

MAPPINGS = {mapping.mapping_id: mapping for mapping in builtin_platform()}
CODE = "51092327T000010263357"


def with_code(context: FormContext, code: str = CODE) -> FormContext:
    assert context.project is not None
    return replace(context, project=Project("p1", context.project.name, context.unit.code, code))


def out(
    mapping_id: str, form_id: str, context: FormContext, answers
) -> tuple[tuple[SheetRows, ...], list[Gap]]:
    one = OutgoingForm(registry.form(form_id), with_code(context), answers)
    sheets, gaps = spelled(one, MAPPINGS[mapping_id])
    return sheets, list(gaps)


def evaluated(mapping_id: str = "self_evaluation_indicators", **changes):
    answers = self_evaluations.filled() if not changes else self_evaluations.changed(**changes)
    return out(mapping_id, "self_evaluation", self_evaluations.context(), answers)


def monitored(mapping_id: str, answers=None):
    filled = monitoring_cases.IN_STEP if answers is None else answers
    return out(mapping_id, "monitoring", monitoring_cases.JULY, filled)


def by_head(sheet: SheetRows, row: int = 0) -> dict[str, Cell]:
    return dict(zip((column.field for column in sheet.sheet.columns), sheet.rows[row], strict=True))


class TestTargets:
    def test_signs_values_and_units_stand_apart(self) -> None:
        (sheet,), gaps = out("target_list", "performance_target", cases.context(), cases.ROADS)
        assert gaps == []
        first = by_head(sheet)
        assert (first["comparator"], first["planned_value"], first["measure_unit"]) == (
            "≤",
            Decimal("9.6"),
            "万元",
        )
        assert (first["project_code"], first["annual_budget"]) == (CODE, Decimal(1_284_000))
        assert (first["first_level"], first["direction"]) == ("成本指标", "反向")
        words = {by_head(sheet, n)["comparator"] for n in range(len(sheet.rows))}
        assert "定性" in words

    def test_the_norms_tables_carry_flags_and_nine_digits(self) -> None:
        (goal, indicators), gaps = out("target_tables", "performance_target", cases.context(), cases.ROADS)
        assert gaps == []
        assert len(goal.rows) == 1
        assert len(indicators.rows) == len(cases.ROADS["indicators"])
        first = by_head(goal)
        assert first["division_code"] == "510923000"
        assert goal.rows[0][-1] == "2"

    def test_a_numeric_sign_needs_its_unit(self) -> None:
        rows = [{**row, "measure_unit": ""} for row in cases.ROADS["indicators"]]
        _, gaps = out(
            "target_list", "performance_target", cases.context(), {**cases.ROADS, "indicators": rows}
        )
        assert {gap.message for gap in gaps} == {"数值型指标必须填计量单位"}
        assert not any("制度" in gap.subject for gap in gaps)

    @pytest.mark.parametrize(("code", "words"), [("", "没有填"), ("123", "不是一体化的项目代码")])
    def test_the_code_is_the_platforms_own_said_once(self, code: str, words: str) -> None:
        one = OutgoingForm(registry.form("performance_target"), with_code(cases.context(), code), cases.ROADS)
        _, gaps = spelled(one, MAPPINGS["target_list"])
        assert [(gap.subject, gap.head) for gap in gaps] == [("项目", "项目编码")]
        assert words in gaps[0].message

    def test_no_indicators_is_a_gap(self) -> None:
        _, gaps = out("target_list", "performance_target", cases.context(), {**cases.ROADS, "indicators": []})
        assert gaps == [Gap("全表", "绩效指标", "还没有填绩效指标")]


class TestSelfEvaluation:
    def test_numbers_are_numbers_and_grades_the_platforms_three_words(self) -> None:
        (sheet,), gaps = evaluated()
        assert gaps == []
        rows = [by_head(sheet, n) for n in range(len(sheet.rows))]
        short = next(row for row in rows if row["third_level"] == "养护里程")
        assert (short["actual_value"], short["weight"], short["score"]) == (
            Decimal("11.20"),
            Decimal(10),
            Decimal("9.33"),
        )
        assert short["deviation_reason"] == self_evaluations.REASON
        (words,) = [row for row in rows if row["comparator"] == "定性"]
        assert words["actual_value"] == "达成"
        assert words["completion_note"] == "达成预期指标"

    def test_what_was_missed_needs_its_reason(self) -> None:
        answers = self_evaluations.altered(self_evaluations.filled(), "r2", deviation_reason="")
        _, gaps = out("self_evaluation_indicators", "self_evaluation", self_evaluations.context(), answers)
        assert gaps == [Gap("指标“养护里程”", "偏差原因及改进措施", "没有达到指标值，必须写明原因")]

    @pytest.mark.parametrize(
        ("row", "actual", "words"),
        [("r2", "十一公里", "定量指标要填数字"), ("r7", "还行", "定性指标要填达成、部分达成、未达成")],
    )
    def test_completions_are_of_their_kind(self, row: str, actual: str, words: str) -> None:
        answers = self_evaluations.altered(self_evaluations.filled(), row, actual_value=actual)
        _, gaps = out("self_evaluation_indicators", "self_evaluation", self_evaluations.context(), answers)
        assert any(words in gap.message for gap in gaps)

    def test_partly_reached_is_said_in_the_platforms_word(self) -> None:
        text = "部分达成预期指标并具有一定效果"
        answers = self_evaluations.altered(
            self_evaluations.filled(), "r7", actual_value=text, deviation_reason="制度还在修订", score="5"
        )
        (sheet,), _ = out(
            "self_evaluation_indicators", "self_evaluation", self_evaluations.context(), answers
        )
        assert "部分达成" in {by_head(sheet, n)["actual_value"] for n in range(len(sheet.rows))}

    def test_money_by_source_in_yuan(self) -> None:
        sheets, gaps = evaluated("self_evaluation_tables")
        assert gaps == []
        money = sheets[3]
        assert [by_head(money, n)["fund_source"] for n in range(len(money.rows))] == [
            "年度资金总额",
            "财政拨款",
            "其他资金",
        ]
        total = by_head(money)
        assert (total["initial_budget"], total["budget_change"], total["spending"]) == (
            Decimal(1_284_000),
            Decimal(0),
            Decimal(1_264_000),
        )
        assert total["execution_rate"] == Decimal("98.44")
        assert by_head(sheets[0])["total_score"] == Decimal("99.17")


class TestMonitoring:
    def test_a_qualitative_value_needs_one_of_three_words(self) -> None:
        _, gaps = monitored("monitoring_indicators")
        assert [(gap.subject, gap.head) for gap in gaps] == [("指标“养护制度”", "当前完成值")]
        answers = monitoring_cases.row(monitoring_cases.IN_STEP, "r7", value_to_date="达成")
        (sheet,), gaps = monitored("monitoring_indicators", answers)
        assert gaps == []
        assert by_head(sheet)["planned_value"] == Decimal("9.6")
        assert by_head(sheet)["likelihood"] == "确定能"

    def test_doubt_needs_a_reason_and_causes_are_named(self) -> None:
        doubtful = monitoring_cases.row(monitoring_cases.IN_STEP, "r7", value_to_date="达成")
        doubtful = monitoring_cases.row(doubtful, "r2", likelihood="possible")
        _, gaps = monitored("monitoring_indicators", doubtful)
        assert [gap.message for gap in gaps] == ["没有达到指标值，必须写明原因"]
        told = monitoring_cases.row(doubtful, "r2", cause_funds="yes", reason="资金未到位")
        (sheet,), gaps = monitored("monitoring_indicators", told)
        assert gaps == []
        assert by_head(sheet, 1)["deviation_reason"] == "经费保障：资金未到位"

    def test_the_project_list_says_whether_money_keeps_step(self) -> None:
        (sheet,), gaps = monitored("monitoring_projects")
        assert gaps == []
        row = by_head(sheet)
        assert (row["initial_budget"], row["adjusted_budget"], row["spending"]) == (
            Decimal(1_284_000),
            Decimal(1_284_000),
            Decimal(700_000),
        )
        assert (row["is_on_schedule"], row["is_on_target"]) == ("否", "是")


@pytest.fixture
def choice(town: Workspace, county: County):
    filled = county.filled(town, 8)
    assert filled
    return next(
        one
        for one in sending.choices(town)
        if one.mapping.mapping_id == "target_list" and one.task.form_id == "performance_target"
    )


def whole(found: OutgoingFiling) -> OutgoingFiling:
    return replace(found, gaps=())


class TestWriting:
    def test_every_kind_of_task_is_offered(self, town: Workspace) -> None:
        offered = {(one.task.form_id, one.mapping.mapping_id) for one in sending.choices(town)}
        assert ("performance_target", "target_list") in offered
        assert not any(form == "overall_expenditure_target" for form, _ in offered)

    def test_gaps_stop_everything_and_no_file_is_left(self, town, choice, tmp_path: Path) -> None:
        found = list(sending.look_out(town, choice))
        broken = replace(found[0], gaps=(Gap("项目", "项目编码", "没有填"),))
        with pytest.raises(InputError, match="还缺 1 项"):
            sending.write_out(town, choice, [whole(found[1]), broken], tmp_path / "出", JobContext())
        assert not (tmp_path / "出").exists()
        with pytest.raises(InputError, match="没有选中"):
            sending.write_out(town, choice, [], tmp_path / "出", JobContext())

    def test_one_file_for_all_or_one_for_each(self, town, choice, tmp_path: Path) -> None:
        found = [whole(one) for one in sending.look_out(town, choice)][:2]
        (path,) = sending.write_out(town, choice, found, tmp_path / "出", JobContext())
        assert path.name.endswith("绩效目标导入表（平铺）.xlsx")
        (sheet,) = town.tools.documents.data_sheets[-1]
        assert len(sheet.rows) == sum(len(one.sheets[0].rows) for one in found)
        assert sheet.heads[3].is_code
        assert sheet.heads[3].is_marked
        each = replace(choice, mapping=replace(choice.mapping, is_per_project=True))
        assert len(sending.write_out(town, each, found, tmp_path / "每", JobContext())) == 2

    def test_months_stand_in_the_heads(self, town, choice) -> None:
        mapping: PlatformMapping = MAPPINGS["monitoring_projects"]
        found = next(iter(sending.look_out(town, choice)))
        one = replace(found, month=7, sheets=(SheetRows(mapping.sheets[0], ()),))
        (sheet,) = sending._book(replace(choice, mapping=mapping), [one])
        assert [head.text for head in sheet.heads if "月底" in head.text] == [
            "截止7月底支出数",
            "截止7月底绩效目标执行情况",
        ]

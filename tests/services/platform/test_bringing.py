"""Exports of the platform: recognised by their heads, compared, taken over, taken back; faults named with their line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from models.domain.errors import InputError
from models.domain.platform_mapping import PlatformKind
from services import projects
from services.platform import bringing
from services.platform.records import LineState, PlatformPreview, PreviewLine
from services.ports.store import FilingQuery
from services.workspaces import Workspace
from tests.services.county import OTHER, TOWN, County

YEAR = 2027
CODE, SECOND = "99000027T000000009001", "99000027T000000009002"
PROJECTS = ("预算年度", "单位编码", "单位名称", "项目编码", "项目名称", "项目类别", "预算数")
LEDGER = ("项目编码", "项目名称", "调整预算数", "累计支出数")
TARGETS = (
    "fiscal_year", "agency_code", "pro_code", "pro_name", "reply_amt", "kpi_target", "lv1_perf_ind_name",
    "lv2_perf_ind_name", "lv3_perf_ind_name", "computesign", "kpi_val", "meterunit", "weight",
)  # fmt: skip


def project(code: str = CODE, name: str = "河道清淤", amount: str = "1284000", unit: str = TOWN) -> list[str]:
    return ["2027", unit, "", code, name, "特定目标类", amount]


def indicator(third: str, first="产出指标", second="数量指标", sign="≥", value="12", unit="公里", code=CODE):
    text = "完成 12 公里河道清淤"
    return ["2027", TOWN, code, "河道清淤", "1284000", text, first, second, third, sign, value, unit, "10"]


def look(
    desk: Workspace, county: County, *rows: Sequence[str], head=PROJECTS, kind=None, **more
) -> PlatformPreview:
    path = county.tools.tables.put("导出.xlsx", head, *rows, **more)
    return bringing.look_at(desk, path, YEAR, kind)


def states(preview: PlatformPreview) -> list[LineState]:
    return [line.state for line in preview.lines]


def take(
    desk: Workspace, preview: PlatformPreview, number: str = "", lines: Sequence[PreviewLine] | None = None
):
    return bringing.take_over(desk, preview, preview.lines if lines is None else lines, number)


def kept(desk: Workspace, code: str = CODE):
    with desk.store.reading() as work:
        found = [p for p in work.projects.list(desk.profile.unit.code) if p.project_code == code]
        return found, [y for p in found for y in work.projects.years(p.project_id)]


class TestProjects:
    def test_new_ones_come_with_code_amount_and_year(self, town: Workspace, county: County) -> None:
        preview = look(town, county, project(), project(SECOND, "村道养护", "68.5万元"))
        assert preview.kinds == (PlatformKind.PROJECTS,)
        assert states(preview) == [LineState.NEW, LineState.NEW]
        assert preview.lines[0].after == "预算数 128.40 万元；类别 特定目标类"
        batch = take(town, preview)
        assert (batch.line_count, batch.kinds) == (2, ("projects",))
        (found,), (year,) = kept(town)
        assert (found.name, found.category) == ("河道清淤", "特定目标类")
        assert (year.budget_year, year.budget_fen) == (2027, 128_400_000)
        assert kept(town, SECOND)[1][0].budget_fen == 68_500_000

    def test_both_values_of_a_change_and_nothing_to_take_of_the_same(self, town, county) -> None:
        take(town, look(town, county, project()))
        assert states(look(town, county, project())) == [LineState.SAME]
        (line,) = look(town, county, project(amount="1300000", name="河道清淤二期")).lines
        assert line.state is LineState.CHANGED
        assert line.before == "名称 河道清淤；预算数 128.40 万元"
        assert line.after == "名称 河道清淤二期；预算数 130.00 万元"

    def test_only_chosen_lines_are_taken(self, town, county) -> None:
        preview = look(town, county, project(), project(SECOND, "村道养护"))
        take(town, preview, lines=preview.lines[1:])
        assert kept(town) == ([], [])
        assert len(kept(town, SECOND)[0]) == 1

    def test_other_units_projects_are_passed_over_and_said_so(self, town, county) -> None:
        preview = look(town, county, project(), project(SECOND, unit=OTHER))
        assert len(preview.lines) == 1
        assert preview.remarks == ("另有 1 个项目是别的单位的，没有列出",)

    def test_units_printed_with_their_code_are_met(self, town, county) -> None:
        row = project()
        row[1], row[2] = "", f"{TOWN}-某镇人民政府"
        assert states(look(town, county, row)) == [LineState.NEW]

    def test_a_binned_project_comes_back(self, town, county) -> None:
        take(town, look(town, county, project()))
        projects.put_in_bin(town, kept(town)[0][0].project_id)
        (line,) = look(town, county, project()).lines
        assert "回收站" in line.note
        take(town, look(town, county, project()))
        assert len(kept(town)[0]) == 1

    @pytest.mark.parametrize(
        ("changed", "expected"),
        [
            ({"code": "5.1E+20"}, "科学计数"),
            ({"code": "123"}, "不是 21 位"),
            ({"code": "99000027t00000000900X"}, "组成不对"),
            ({"code": "", "name": "无编码项目"}, "没有项目编码"),
            ({"amount": "一百万"}, "不是金额"),
            ({"amount": "-5"}, "小于 0"),
        ],
    )
    def test_unreadable_lines_are_named_and_never_taken(self, town, county, changed, expected) -> None:
        preview = look(town, county, project(**changed))
        (line,) = preview.lines
        assert (line.state, line.change) == (LineState.UNREADABLE, None)
        assert expected in line.note
        assert "第2行" in line.where
        with pytest.raises(InputError, match="没有选中"):
            take(town, preview)

    def test_sums_and_repeated_heads_are_no_projects(self, town, county) -> None:
        total = ["", "", "", "", "合计", "", "1284000"]
        names = ["fiscal_year", "agency_code", "agency_name", "pro_code", "pro_name", "", "reply_amt"]
        assert states(look(town, county, names, project(), total)) == [LineState.NEW]

    def test_the_amounts_unit_is_what_the_file_says(self, town, county) -> None:
        preview = look(town, county, project(amount="128.4"), titles=("单位：万元",))
        take(town, preview)
        assert kept(town)[1][0].budget_fen == 128_400_000


class TestWrongProvince:
    def test_the_missing_columns_are_named_in_one_sentence(self, town, county) -> None:
        with pytest.raises(InputError) as refused:
            look(town, county, ["x"], head=("项目编码", "单位名称", "年度"))
        assert refused.value.what == "看起来是批复的绩效目标，但缺少栏目“年度目标”"

    def test_a_ledger_without_its_amounts(self, town, county) -> None:
        with pytest.raises(InputError, match="看起来是支付进度表，但缺少栏目“累计支出数”"):
            look(town, county, [CODE], head=("项目编码", "项目名称"), kind=PlatformKind.PAYMENT_LEDGER)

    def test_heads_of_nobody(self, town, county) -> None:
        with pytest.raises(InputError, match="表头与一体化的导出表都对不上"):
            look(town, county, ["a", "b"], head=("甲", "乙"))

    def test_a_head_twice_is_not_guessed(self, town, county) -> None:
        with pytest.raises(InputError, match="重复，不知道用哪一栏"):
            look(town, county, [CODE, "a", "b"], head=("项目编码", "项目名称", "项目名称"))

    def test_a_kit_brings_its_own_words(self, town, county) -> None:
        from dataclasses import replace

        shipped = next(m for m in county.tools.platform_mappings() if m.mapping_id == "payment_progress")
        sheet = shipped.sheets[0]
        columns = tuple(
            replace(c, synonyms=(*c.synonyms, "国库已拨付")) if c.field == "spending" else c
            for c in sheet.columns
        )
        own = replace(shipped, sheets=(replace(sheet, columns=columns),))
        stored = town.current_kit()
        with town.store.writing() as work:
            work.kits.add(
                replace(stored.kit, platform_mappings=(own,)), stored.digest, town.tools.clock.now()
            )
            work.commit()
        (line,) = look(
            town, county, [CODE, "河道清淤", "5000"], head=("项目编码", "项目名称", "国库已拨付")
        ).lines
        assert line.after == "0.50 万元"


class TestPayments:
    def test_spending_reaches_the_forms(self, town, county) -> None:
        take(town, look(town, county, project()))
        rows = [CODE, "河道清淤", "1284000", "982345.67"]
        preview = look(town, county, rows, head=LEDGER, titles=("支付进度表（截至2027年10月底）", "单位：元"))
        assert preview.kinds == (PlatformKind.PAYMENT_LEDGER,)
        take(town, preview)
        with town.store.reading() as work:
            payment = work.payments.latest(TOWN, CODE, YEAR)
        assert payment is not None
        assert (payment.spending_fen, payment.as_of) == (98_234_567, date(2027, 10, 31))
        from services.contexts import build_context

        kit = town.current_kit().kit
        task = next(t for t in kit.tasks if t.budget_year == YEAR and t.form_id == "performance_target")
        with town.store.reading() as work:
            context = build_context(work, kit, task, town.profile.unit, kept(town)[0][0].project_id)
        assert context.ledger is not None
        assert (context.ledger.spending_fen, context.ledger.source) == (98_234_567, "导出.xlsx")

    def test_several_lines_of_a_project_are_added_and_said_so(self, town, county) -> None:
        preview = look(town, county, [CODE, "", "", "100"], [CODE, "", "", "50.5"], head=LEDGER)
        (line,) = preview.lines
        assert line.after == "0.01505 万元"
        assert "表里有 2 行，已合计" in line.note

    def test_codes_printed_with_the_names(self, town, county) -> None:
        head = ("项目名称", "指标金额", "支付金额")
        preview = look(town, county, [f"{CODE}-河道清淤", "200", "100"], ["合计", "200", "100"], head=head)
        assert [(line.code, line.subject) for line in preview.lines] == [(CODE, "河道清淤")]
        with pytest.raises(InputError, match="缺少栏目“项目编码”"):
            look(town, county, ["2027-河道清淤", "200", "100"], head=head)

    def test_a_newer_list_shows_both_values_and_goes_back(self, town, county) -> None:
        take(town, look(town, county, [CODE, "", "", "10000"], head=LEDGER))
        newer = look(town, county, [CODE, "", "", "25000"], head=LEDGER)
        (line,) = newer.lines
        assert (line.state, line.before, line.after) == (LineState.CHANGED, "1.00 万元", "2.50 万元")
        batch = take(town, newer)
        assert bringing.take_back(town, batch.batch_id).left == ()
        with town.store.reading() as work:
            payment = work.payments.latest(TOWN, CODE, YEAR)
        assert payment is not None
        assert payment.spending_fen == 1_000_000

    def test_the_desk_hears_of_projects_it_does_not_have(self, town, county) -> None:
        (line,) = look(town, county, [CODE, "", "", "1"], head=LEDGER).lines
        assert "本机没有这个项目" in line.note


class TestApprovedTargets:
    def rows(self):
        return [
            indicator("清淤长度"),
            indicator("水质达标率", second="质量指标", sign="", value="不低于95%", unit=""),
            indicator("群众满意度", "满意度指标", "服务对象满意度指标", "大于等于", "90", "%"),
            indicator("河岸面貌", "效益指标", "生态效益指标", "定性", "明显改善", ""),
        ]

    def test_a_target_is_noted_with_its_indicators_in_the_kits_frame(self, town, county) -> None:
        preview = look(town, county, *self.rows(), head=TARGETS)
        (line,) = preview.lines
        assert (line.state, line.note) == (LineState.NEW, "本机还没有这个项目年度，一并新建")
        assert preview.needs_document_number
        with pytest.raises(InputError, match="没有填写批复文号"):
            take(town, preview)
        take(town, preview, "示财预〔2027〕3号")
        (found,), _years = kept(town)
        with town.store.reading() as work:
            (approval,) = work.approvals.in_force(YEAR, TOWN)
        assert (approval.project_id, approval.document_number) == (found.project_id, "示财预〔2027〕3号")
        assert approval.amount_fen == 128_400_000
        assert approval.answers["annual_target"] == "完成 12 公里河道清淤"
        rows = approval.answers["indicators"]
        assert [(r["comparator"], r["planned_value"], r.get("measure_unit")) for r in rows] == [
            ("≥", "12", "公里"),
            ("≥", "95", "%"),
            ("≥", "90", "%"),
            ("qualitative", "明显改善", None),
        ]
        assert [r["second_level"] for r in rows][:2] == ["quantity", "quality"]
        assert len({r["row_id"] for r in rows}) == 4

    def test_one_unreadable_indicator_keeps_the_whole_target_out(self, town, county) -> None:
        (line,) = look(town, county, *self.rows(), indicator("x", "别的指标", "什么"), head=TARGETS).lines
        assert line.state is LineState.UNREADABLE
        assert "第6行" in line.note
        assert "不在本地指标框架里" in line.note

    def test_a_numeric_sign_needs_a_number(self, town, county) -> None:
        (line,) = look(town, county, indicator("清淤长度", value="若干"), head=TARGETS).lines
        assert "不是数字" in line.note

    def test_targets_already_in_force_are_the_same_and_changes_show_both(self, town, county) -> None:
        take(town, look(town, county, *self.rows(), head=TARGETS), "示财预〔2027〕3号")
        assert states(look(town, county, *self.rows(), head=TARGETS)) == [LineState.SAME]
        (line,) = look(town, county, *self.rows()[:2], head=TARGETS).lines
        assert line.before == "4 条指标，128.40 万元，示财预〔2027〕3号"
        assert line.after == "2 条指标，128.40 万元"

    def test_taken_back_the_project_goes_to_the_bin_and_the_approval_out_of_force(self, town, county) -> None:
        batch = take(town, look(town, county, *self.rows(), head=TARGETS), "示财预〔2027〕3号")
        assert bringing.take_back(town, batch.batch_id).left == ()
        assert kept(town) == ([], [])
        with town.store.reading() as work:
            assert list(work.approvals.in_force(YEAR, TOWN)) == []
            assert [p.name for p in work.projects.list(TOWN, in_bin=True)].count("河道清淤") == 1
        with pytest.raises(InputError, match="已经撤回"):
            bringing.take_back(town, batch.batch_id)

    def test_an_indicator_that_does_not_apply_is_left_out(self, town, county) -> None:
        (line,) = look(town, county, *self.rows(), indicator("不用的", sign="不适用"), head=TARGETS).lines
        assert line.after.startswith("4 条指标")


class TestTakingBack:
    def test_amounts_return_and_later_work_stays(self, town, county) -> None:
        take(town, look(town, county, project()))
        batch = take(town, look(town, county, project(amount="1300000")))
        assert bringing.take_back(town, batch.batch_id).left == ()
        assert kept(town)[1][0].budget_fen == 128_400_000
        first = bringing.batches(town)[-1]
        take(town, look(town, county, project(amount="1400000")))
        left = bringing.take_back(town, first.batch_id).left
        assert left == ("河道清淤（2027年预算数后来改过）",)
        assert [batch.taken_back_at is None for batch in bringing.batches(town)] == [True, False, False]

    def test_nothing_is_taken_when_the_disk_is_full(self, town, county) -> None:
        from models.domain.errors import EnvironmentProblem

        preview = look(town, county, project())
        town.store.fail_next_commit = EnvironmentProblem("磁盘已满", "请清理")
        with pytest.raises(EnvironmentProblem):
            take(town, preview)
        assert kept(town) == ([], [])
        assert list(bringing.batches(town)) == []


class TestBureau:
    def test_a_project_list_updates_the_register_line_by_line(self, county: County) -> None:
        desk = county.bureau
        with desk.store.reading() as work:
            before = list(work.registers.entries(YEAR))
        old = before[0]
        rows = [
            project(),
            project(old.project_code, old.project_name, "999900", old.unit_code),
            project(SECOND, unit="000"),
        ]
        preview = look(desk, county, *rows)
        assert states(preview) == [LineState.NEW, LineState.CHANGED, LineState.UNREADABLE]
        assert "不在单位名录里" in preview.lines[2].note
        batch = take(desk, preview)
        with desk.store.reading() as work:
            after = list(work.registers.entries(YEAR))
        assert len(after) == len(before) + 1
        assert after[0].budget_fen == 99_990_000
        assert after[0].forms_due == old.forms_due
        bringing.take_back(desk, batch.batch_id)
        with desk.store.reading() as work:
            assert list(work.registers.entries(YEAR)) == before

    def test_a_ledger_without_units_is_met_by_the_register(self, county: County) -> None:
        desk = county.bureau
        with desk.store.reading() as work:
            entry = next(e for e in work.registers.entries(YEAR) if e.project_code)
        take(desk, look(desk, county, [entry.project_code, "", "", "100"], head=LEDGER))
        with desk.store.reading() as work:
            assert work.payments.latest(entry.unit_code, entry.project_code, YEAR) is not None

    def test_approved_targets_of_every_unit(self, county: County) -> None:
        desk = county.bureau
        take(desk, look(desk, county, indicator("清淤长度"), head=TARGETS), "示财预〔2027〕3号")
        with desk.store.reading() as work:
            (approval,) = work.approvals.in_force(YEAR, TOWN)
            assert list(work.filings.find(FilingQuery(unit_code=TOWN))) == []
        assert approval.project_id == CODE

"""自评报告: its sections (domain §4.8), what can be drafted from the answers, and the printed text.

Only where the kit asks for it. A draft says what the answers say and nothing else: what nobody filled in is
left for the clerk to write.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from forms import kinds
from forms.checks.wording import money_text, number_text
from forms.context import FormContext
from forms.findings import Place
from forms.kinds import is_amount
from forms.schema import FieldKind, FieldSpec, FormSpec, SectionSpec, StepSpec
from forms.scoring.marks import Outcome
from forms.scoring.score_sheet import ScoreSheet
from forms.scoring.wording import points, share_text
from forms.self_evaluation_scores import FUNDS, rows_of, self_evaluation_rule, text_of
from forms.sheet import CellRole, Orientation, Sheet
from forms.sheet_blocks import SheetBuilder
from forms.signature_block import foot_line
from models.domain.filing import Answers

_WIDTH = 172.0


def asks_for_report(context: FormContext) -> bool:
    """Whether the kit asks for a report text with this form."""
    return context.task.form_id in self_evaluation_rule(context).report_forms


def _section(key: str, label: str, help_text: str, example: str) -> FieldSpec:
    return FieldSpec(
        key,
        label,
        FieldKind.LONG_TEXT,
        help=help_text,
        example=example,
        is_required=True,
        max_length=5000,
        is_visible=asks_for_report,
    )


REPORT_FIELDS = (
    _section(
        "report_overview",
        "一、基本情况",
        "概况：立项背景、主要内容、资金；绩效目标",
        "（一）项目概况……（二）绩效目标……",
    ),
    _section(
        "report_process",
        "二、自评工作开展情况",
        "谁来自评、怎样自评、用了哪些材料",
        "由项目实施站所自评，财政所复核。",
    ),
    _section("report_conclusion", "三、综合评价结论", "得分和等级", "自评得分 95.20 分，等级为“优”。"),
    _section(
        "report_analysis",
        "四、绩效目标实现情况分析",
        "资金执行、总体目标、各项指标",
        "（一）资金执行……（二）总体目标……（三）绩效指标……",
    ),
    _section(
        "report_causes",
        "五、偏离绩效目标的原因和改进措施",
        "没有完成和超出很多的指标逐条写",
        "养护里程：汛期塌方……",
    ),
    _section(
        "report_use",
        "六、自评结果应用和公开情况",
        "准备怎样用、在哪里公开",
        "自评结果作为明年预算安排的依据，随决算公开。",
    ),
    _section("report_other", "七、其他需要说明的问题", "没有的写“无”", "无"),
)
"""The sections of the report as fields, in order."""

REPORT_STEP = StepSpec("report", "自评报告", (SectionSpec("自评报告", REPORT_FIELDS, is_drafted=True),))


def draft(form: FormSpec, context: FormContext, answers: Answers) -> Mapping[str, str]:
    """What the answers give of each section; sections nothing is known of are left out."""
    if form.scoring is None or not asks_for_report(context):
        return {}
    sheet = form.scoring.sheet(context, answers)
    drafts = {
        "report_overview": _overview(context, answers),
        "report_conclusion": _conclusion(sheet),
        "report_analysis": _analysis(context, answers, sheet),
        "report_causes": _causes(answers),
    }
    return {key: text for key, text in drafts.items() if text}


def _overview(context: FormContext, answers: Answers) -> str:
    """Name, money and target as filled in."""
    name = text_of(answers, "project_name") or text_of(answers, "unit_name")
    total = next((row for row in rows_of(answers, FUNDS) if row.get("row_id") == "total"), {})
    budget = total.get("annual_fen")
    money = f"全年预算 {money_text(budget, context.amount_unit)}。" if is_amount(budget) else ""
    target = text_of(answers, "expected_target")
    parts = [f"（一）概况：{name}，{context.budget_year}年度{money}" if name else ""]
    parts.append(f"（二）绩效目标：{target}" if target else "")
    return "\n".join(part for part in parts if part)


def _conclusion(sheet: ScoreSheet) -> str:
    """Total and grade; nothing while something is missing."""
    if not sheet.is_complete:
        return ""
    grade = f"，等级为“{sheet.grade}”" if sheet.grade else ""
    cap = f"{sheet.cap.sentence}。" if sheet.cap else ""
    return f"自评得分 {points(sheet.total)} 分（满分 {number_text(sheet.full_total)} 分）{grade}。{cap}"


def _analysis(context: FormContext, answers: Answers, sheet: ScoreSheet) -> str:
    """Money, target and indicators as filled in."""
    execution, parts = sheet.execution, []
    if execution.budget is not None and execution.spending is not None and execution.rate is not None:
        unit = context.amount_unit
        told = f"全年预算数 {money_text(execution.budget, unit)}，全年执行数 {money_text(execution.spending, unit)}"
        counts = execution.outcome is not Outcome.NOT_APPLICABLE
        score = f"，得 {points(execution.score)} 分" if counts else ""
        parts.append(f"（一）资金执行情况：{told}，执行率 {share_text(execution.rate)}{score}。")
    if result := text_of(answers, "actual_result"):
        parts.append(f"（二）总体目标完成情况：{result}")
    counted = [row for row in sheet.rows if row.is_counted and not row.is_open]
    if counted:
        met = [row for row in counted if row.is_met]
        full = number_text(sum((row.full_score for row in counted), start=counted[0].full_score * 0))
        got = points(sum((row.score for row in counted), start=counted[0].score * 0))
        parts.append(
            f"（三）绩效指标完成情况：{len(counted)} 条指标，完成 {len(met)} 条，分值 {full} 分，得 {got} 分。"
        )
    return "\n".join(parts)


def _causes(answers: Answers) -> str:
    """The reasons people gave, row by row."""
    return "\n".join(_reasons(answers))


def _reasons(answers: Answers) -> Iterator[str]:
    if execution := text_of(answers, "execution_reason"):
        yield f"预算执行：{execution}"
    for row in rows_of(answers):
        if reason := text_of(row, "deviation_reason"):
            yield f"{text_of(row, 'third_level')}：{reason}"


def report_sheets(form: FormSpec, context: FormContext, answers: Answers) -> tuple[Sheet, ...]:
    """The report as a sheet of its own behind the form; none where the kit asks for none."""
    if not asks_for_report(context):
        return ()
    build = SheetBuilder(context)
    for spec in REPORT_FIELDS:
        build.label(0, spec.label, left=True)
        build.next_row(9.0)
        build.text(
            0, kinds.shown(spec, answers.get(spec.key), context), Place(spec.key).path, role=CellRole.TEXT
        )
        build.next_row(22.0)
    title = form.title.removesuffix("表")
    return (
        Sheet(
            name="自评报告",
            title=f"{title}报告",
            subtitle=f"（{context.budget_year}年度）",
            cells=tuple(build.cells),
            column_widths=(_WIDTH,),
            orientation=Orientation.PORTRAIT,
            foot=foot_line(context, answers),
            minimum_heights=build.minimum_heights,
        ),
    )

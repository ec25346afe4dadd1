"""The catalogue of checks (校验目录): every numbered check once, and the runner a form gets from it.

Numbers and severities follow the trade's list (docs/checks.md); checks of our own go on after C54.
"""

from __future__ import annotations

from collections.abc import Mapping

from forms.checks import (
    adjustment,
    adjustment_settings,
    costs,
    ex_ante_need,
    funds,
    ledger,
    levels,
    library,
    library_settings,
    placement,
    project_code,
    rates,
    readability,
    rectification,
    rectification_settings,
    repetition,
    required,
    self_evaluation_form,
    stages,
    summary,
    tasks,
    texts,
    values,
    weights,
    words,
)
from forms.checks import settings as kit
from forms.checks.by_form import by_form
from forms.checks.engine import Check, CheckRunner
from forms.checks.ex_ante_checks import EX_ANTE_CHECKS
from forms.checks.monitoring_checks import MONITORING_CHECKS
from forms.checks.self_evaluation_checks import SELF_EVALUATION_CHECKS
from forms.context import FormContext
from forms.findings import Severity
from forms.remembered import by_identity
from forms.schema import FormSpec

_E, _W, _I = Severity.BLOCKING, Severity.EXPLAIN, Severity.HINT


_CHECKS = (
    Check(
        "C1",
        "必填项",
        "项目名称、主管部门、实施单位、资金总额等必填项不能空着。",
        (_E,),
        of_form=required.required_heads,
    ),
    Check(
        "C2",
        "项目代码",
        "填了项目代码的，位数和组成要符合编码规则，代码中的年度要与项目第一年一致；还没有代码的给出提示。",
        (_W, _I),
        of_form=project_code.project_code,
        records=(kit.ProjectCodeSetting,),
    ),
    Check(
        "C3",
        "资金合计",
        "资金总额要等于各项来源之和，金额不能小于 0。",
        (_E,),
        of_form=self_evaluation_form.all_sums,
        records=(kit.SumSetting,),
    ),
    Check(
        "C4",
        "年度资金与项目期",
        "年度资金不应多于中期资金；申请资金的预算年度要在项目期之内。",
        (_E, _W),
        of_form=funds.period_and_medium_term,
    ),
    Check(
        "C5",
        "金额单位",
        "年度资金与名录中的预算数相差一万倍的，要核对是不是把元和万元弄混了。",
        (_W,),
        of_form=funds.unit_slip,
        needs="年度预算项目名录或项目的预算数",
        is_runnable=funds.has_known_budget,
        records=(kit.UnitSlipSetting,),
    ),
    Check(
        "C6",
        "总体目标",
        "年度目标不能空着，也不能太短；项目期超过一年的，中期目标和年度目标都要写。",
        (_E,),
        of_form=texts.target_texts,
        records=(kit.TargetTextSetting,),
    ),
    Check(
        "C7",
        "年度目标与中期目标相同",
        "项目期超过一年的，年度目标不应与中期目标完全一样。",
        (_W,),
        of_form=texts.same_targets,
    ),
    Check(
        "C8",
        "目标文字雷同",
        "年度目标不应照抄本单位职责或上年的目标。",
        (_W,),
        of_form=texts.copied_texts,
        needs="本单位职责或上年填报内容",
        is_runnable=texts.has_comparable_text,
        records=(kit.SimilaritySetting,),
    ),
    Check(
        "C9",
        "指标层次",
        "列出的一级指标下面要有三级指标；必设的一级、二级指标要有。",
        (_E, _W),
        of_form=levels.indicator_levels,
        records=(kit.RequiredLevelSetting,),
    ),
    Check(
        "C10",
        "指标填写完整",
        "每条指标的名称、符号、指标值要填写，用数字表示的还要有计量单位。",
        (_E,),
        of_form=required.unnamed_rows,
        of_row=required.incomplete_row,
    ),
    Check(
        "C11",
        "指标值与符号",
        "用≥、≤、=等符号的要填数字；定性指标不能只填数字；符号不要写在指标值里。",
        (_E, _W),
        of_row=values.number_and_sign,
        records=(kit.SharedWords,),
    ),
    Check(
        "C12",
        "计量单位",
        "单位不要写在指标值里；百分数的单位写“%”，不写“百分比”。",
        (_E,),
        of_row=values.unit_in_place,
        records=(kit.SharedWords,),
    ),
    Check(
        "C13",
        "百分数范围",
        "比率、比例、满意度在 0 到 100% 之间（增长率等除外）；要求全部做到的写“=100%”，不写“≥100%”。",
        (_E, _W),
        of_row=values.percentages,
        records=(kit.SharedWords,),
    ),
    Check(
        "C14",
        "满意度指标值",
        "满意度用百分数表示，定得太低或定为 100% 的要说明。",
        (_E, _W),
        of_row=values.satisfaction,
        records=(kit.SharedWords, kit.SatisfactionSetting),
    ),
    Check(
        "C15",
        "100% 过多",
        "定为 100% 的指标太多的，要说明。",
        (_W,),
        of_form=repetition.full_values,
        records=(kit.SharedWords, kit.FullValueSetting),
    ),
    Check(
        "C16",
        "模糊用语",
        "指标值只有“明显”“有效”“及时”等说法，没有程度、档次或数字的，要改写或说明。",
        (_W,),
        of_row=words.vague_words,
        records=(kit.SharedWords, kit.VagueWordSetting),
    ),
    Check(
        "C17",
        "指标重复",
        "三级指标名称重复，或多条指标的指标值完全相同的，要说明。",
        (_W,),
        of_form=repetition.repeated,
        records=(kit.SharedWords, kit.RepetitionSetting),
    ),
    Check(
        "C18",
        "指标归类",
        "金额不放在数量指标，数量不放在质量指标，满意度放在满意度指标，时效指标要有时间、期限或及时率。",
        (_W,),
        of_row=placement.right_level,
        records=(kit.SharedWords, kit.TimelinessSetting),
    ),
    Check(
        "C19",
        "成本与反向指标",
        "成本不应超过预算；成本、投诉、事故等越少越好的指标不用“≥”（名称里有降低、节约等字样的除外）。",
        (_W,),
        of_form=costs.cost_above_budget,
        of_row=costs.reverse_sign,
        records=(kit.SharedWords,),
    ),
    Check(
        "C20",
        "分值合计与分配",
        "三级指标分值合计要等于计分方案的申报总分；一级指标分值偏离方案、各条分值都一样、一条分值过高的，要说明。",
        (_E, _W),
        of_form=weights.weight_sums,
        records=(kit.WeightSetting, kit.SubRowSetting),
    ),
    Check(
        "C21",
        "分值填写",
        "填了指标值的都要有分值，分值不能小于 0（“其中”行除外）。",
        (_E,),
        of_form=weights.weights_filled,
        records=(kit.SubRowSetting,),
    ),
    Check(
        "C22",
        "事前绩效评估",
        "预算数额、比上年的增长或执行年限达到任务参数包规定的，要有事前绩效评估或免予评估的依据。",
        (_W,),
        of_form=ex_ante_need.ex_ante,
        needs="任务参数包里的事前绩效评估范围",
        is_runnable=ex_ante_need.has_ex_ante_rule,
        records=(kit.ExAnteSetting,),
    ),
    Check(
        "C23",
        "指标库核对",
        "取自指标库的指标，单位、符号、层次应与库中一致。",
        (_W,),
        of_row=library.library_row_changed,
        needs="绩效指标库",
        is_runnable=library.has_library,
        records=(library_settings.LibrarySetting, kit.SharedWords),
    ),
    *MONITORING_CHECKS,
    *SELF_EVALUATION_CHECKS,
    Check(
        "C42",
        "整体与项目相符",
        "整体支出里的项目支出要等于各项目自评表之和；汇总表的合计等于各行之和；不能缺项目，项目代码不能重复。",
        (_E,),
        of_form=by_form(
            self_evaluation_form.project_sums,
            target_summary=summary.whole_list,
            self_evaluation_summary=summary.whole_list,
        ),
        needs="本单位各项目的自评表",
        is_runnable=lambda context: (
            summary.is_summary(context) or self_evaluation_form.has_project_filings(context)
        ),
        records=(kit.SumSetting,),
    ),
    Check(
        "C48",
        "整改情况",
        "整改要按期完成，已完成的要附佐证材料；同样的问题上年已有的要说明。",
        (_E, _W),
        of_form=rectification.rectification,
        records=(rectification_settings.RectificationSetting,),
    ),
    Check(
        "C50",
        "百分数与名称",
        "用百分数表示的指标，名称里要看得出是什么的比率、比例或程度。",
        (_W,),
        of_row=rates.percent_of_nothing,
        records=(kit.SharedWords,),
    ),
    Check(
        "C51",
        "预算变动与指标",
        "一上到二上、或预算调整的幅度超过任务参数包规定的，指标值一般要跟着变；不变的要说明。",
        (_W,),
        of_form=by_form(
            stages.money_without_indicators, target_adjustment=adjustment.money_without_indicators
        ),
        needs="一上申报的内容",
        is_runnable=stages.knows_first_round,
        records=(adjustment_settings.AdjustmentSetting,),
    ),
    Check(
        "C52",
        "执行数与支付进度",
        "财政资金的执行数（自评是全年的，绩效监控是截至监控月份的）与国库支付进度表不一致的，要核对或说明；"
        "支付进度表晚于监控月份的，只核对填的数是否比表里还多。",
        (_W,),
        of_form=ledger.ledger_difference,
        needs="国库支付进度表",
        is_runnable=ledger.has_ledger,
        records=(kit.SumSetting,),
    ),
    Check(
        "C53",
        "填报任务与期限",
        "填报的任务要是任务参数包下达的；填报日期不在期限内的要说明。",
        (_E, _W),
        of_form=tasks.task_known,
    ),
    Check(
        "C54",
        "应报未报",
        "年度预算项目名录里应报的项目都要填报，不报的要有原因。",
        (_W,),
        of_form=summary.without_filing,
        needs="年度预算项目名录",
        is_runnable=summary.has_register,
    ),
    Check(
        "C55",
        "内容识别",
        "金额、分值、年份、日期、电话、可选项和字数要能识别，不能识别的保留原样并要求改正。",
        (_E,),
        of_form=readability.unreadable_fields,
        of_row=readability.unreadable_cells,
    ),
    *EX_ANTE_CHECKS,
)

CHECKS: Mapping[str, Check] = {check.code: check for check in _CHECKS}
"""Every check by its code."""


def runner(form: FormSpec, context: FormContext) -> CheckRunner:
    """The runner of a form's own checks for one filing; keep it as long as the form is open."""
    return CheckRunner(form, context, _checks_of(form.checks))


@by_identity(64)
def _checks_of(codes: tuple[str, ...]) -> tuple[Check, ...]:
    """The checks of those codes: the very same tuple for every filing of a form."""
    return tuple(CHECKS[code] for code in codes)

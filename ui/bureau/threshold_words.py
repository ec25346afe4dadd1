"""Names of the checks' figures for people (校验界限名称): what a figure limits, and its unit."""

from __future__ import annotations

from services.check_thresholds import Threshold

_WORDS = {
    ("C3", "tolerance"): ("合计与各项之和允许相差", "表内金额单位"),
    ("C5", "factor"): ("两个金额相差多少倍，判断为弄混了元和万元", "倍"),
    ("C5", "tolerance"): ("倍数允许的出入", "%"),
    ("C6", "minimum_length"): ("目标文字至少", "字"),
    ("C8", "similarity"): ("相似程度达到多少算雷同", "%"),
    ("C8", "minimum_length"): ("多长以上的文字才比较", "字"),
    ("C8", "compared_length"): ("最多比较前面", "字"),
    ("C14", "low"): ("满意度指标值低于多少要提示", "%"),
    ("C14", "full"): ("满意度指标值达到多少要提示", "%"),
    ("C15", "value"): ("指标值等于多少算“满值”", "%"),
    ("C15", "share"): ("满值的指标超过多大比例要说明", "%"),
    ("C15", "minimum_rows"): ("指标至少多少条才判断", "条"),
    ("C17", "minimum_rows"): ("同一个值出现多少次算重复", "条"),
    ("C20", "first_level_tolerance"): ("一级指标分值允许偏离", "分"),
    ("C20", "equal_minimum_rows"): ("多少条以上分值全相同要提示", "条"),
    ("C20", "single_share"): ("一条指标占总分超过多少要提示", "%"),
    ("C24", "progress_gap"): ("资金进度与目标进度允许相差", "个百分点"),
    ("C30", "rate_tolerance"): ("填的执行率与重新计算的允许相差", "个百分点"),
    ("C30", "least_decimals"): ("执行得分至少按几位小数核对", "位"),
    ("C33", "tolerance"): ("填的得分与重新计算的允许相差", "分"),
    ("C34", "full_total"): ("分值合计应为", "分"),
    ("C35", "minimum_length"): ("偏差原因至少", "字"),
    ("C36", "low_rate"): ("执行率低于多少要说明原因", "%"),
    ("C36", "adjusted_share"): ("全年预算比年初预算变动超过多少要说明", "%"),
    ("C39", "minimum_rows"): ("指标至少多少条才判断是否过于整齐", "条"),
    ("C39", "high_total"): ("自评总分达到多少才判断是否过于整齐", "分"),
    ("C40", "factor"): ("完成值与指标值相差多少倍，判断为单位不符", "倍"),
    ("C46", "same_minimum"): ("多少个项目自评得分全一样要核实", "个"),
    ("C46", "spread_minimum"): ("多少个项目以上才看得分的标准差", "个"),
    ("C46", "spread"): ("自评得分的标准差低于多少要核实", "分"),
    ("C47", "noted"): ("审核得分与原得分相差多少以上要说明", "分"),
    ("C47", "large"): ("审核得分与原得分相差多少以上要退回或复核", "分"),
    ("C48", "similarity"): ("与上年问题相似到多少算同一个问题", "%"),
    ("C51", "share"): ("预算变动超过多少，指标也要变动", "%"),
    ("C56", "evidence_from_share"): ("评定得分达到满分的多大比例必须写依据", "%"),
    ("C58", "rate_tolerance"): ("填的审减率与重新计算的允许相差", "个百分点"),
    ("evidence", "file_megabytes"): ("单个佐证材料文件不超过", "MB"),
    ("evidence", "package_megabytes"): ("一份报送文件里的佐证材料共不超过", "MB"),
    ("evidence", "advised_megabytes"): ("佐证材料共多大以上提醒不便用 U 盘和邮件报送", "MB"),
    ("evidence", "photo_offer_kilobytes"): ("照片大于多少时建议缩小", "KB"),
    ("evidence", "photo_side"): ("照片缩小后长边的像素数", "像素"),
    ("evidence", "photo_quality"): ("照片缩小后的清晰度（100 为最清晰）", "%"),
}


def words_of(threshold: Threshold) -> tuple[str, str]:
    """What a figure limits, and its unit; KeyError for one nobody has named yet."""
    return _WORDS[threshold.code, threshold.field]

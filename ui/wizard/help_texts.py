"""How each kind of field is filled in (填写方法): the part of F1 that no declaration has to repeat."""

from __future__ import annotations

from forms.context import FormContext
from forms.schema import FieldKind, FieldSpec, Row

_WAYS = {
    FieldKind.TEXT: "直接填写文字。",
    FieldKind.LONG_TEXT: "分条填写，每条写清做什么、做多少、做到什么程度。按回车换行，按 Ctrl+回车 到下一项。",
    FieldKind.WEIGHT: "填数字，可以有小数，例如 10 或 22.5。",
    FieldKind.PLANNED_VALUE: "有数量的只填数字，符号和单位填在旁边的栏目里；定性指标填可以判断的程度。",
    FieldKind.CHOICE: "从列表中选择；也可以输入其中几个字来查找。",
    FieldKind.YEAR: "填四位年份，例如 2027。",
    FieldKind.DATE: "填年月日，2026年9月15日、2026-9-15、20260915 都可以；也可以按 F4 从日历中选择。",
    FieldKind.PHONE: "填区号和号码，或者手机号。",
    FieldKind.RATE: "填百分数，例如 86.20；由程序计算的不用填。",
    FieldKind.TICK: "单击或按空格打√，再按一次取消。",
    FieldKind.LIGHT: "由程序按任务参数包的界限判定，不用填。",
    FieldKind.CODE: "按一体化系统里的代码填写，不要加空格。",
}


def scope_of(context: FormContext, row: Row) -> str:
    """What the library says of a row taken from it (口径): explanation, formula and evidence; "" for any other."""
    indicator = context.library_by_code.get(str(row.get("library_code") or ""))
    if indicator is None:
        return ""
    parts = (
        ("口径", indicator.explanation),
        ("计算公式", indicator.formula),
        ("佐证材料", indicator.evidence),
    )
    return "\n".join(f"{name}：{text}" for name, text in parts if text)


def way_to_fill(spec: FieldSpec, context: FormContext) -> str:
    """How to fill in a field of this kind."""
    if spec.kind is FieldKind.MONEY:
        unit = context.amount_unit.label
        return (
            f"金额单位是{unit}，只填数字；也可以带单位填写，例如 12000元 或 1.2万元，程序自动换算。没有填 0。"
        )
    return _WAYS[spec.kind]

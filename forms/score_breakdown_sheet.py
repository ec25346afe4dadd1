"""The breakdown of a score as a printed sheet (得分说明表): why it is that many points, line by line (F24)."""

from __future__ import annotations

from forms.context import FormContext
from forms.schema import FormSpec
from forms.score_explainer import TOTAL, explainer_of
from forms.scoring.breakdown import BreakdownLine
from forms.sheet import CellRole, Orientation, Sheet
from forms.sheet_blocks import SheetBuilder
from models.domain.filing import Answers

_HEADS = ("序号", "内容", "分值", "得分", "怎样算出来的", "计分规则和依据", "怎样可以多得分")
_SAME = "同上"
_NOTE = "本说明供核对得分使用，不是报送表样，不随表报送。"
_WIDTHS = (11.0, 40.0, 14.0, 16.0, 64.0, 60.0, 52.0)


def breakdown_sheet(form: FormSpec, context: FormContext, answers: Answers) -> Sheet:
    """The sheet of a form with points; ValueError for a form without any (our mistake)."""
    explainer = explainer_of(form, context)
    if explainer is None:
        raise ValueError(f"{form.form_id} has no scores")
    build = SheetBuilder(context)
    for column, label in enumerate(_HEADS):
        build.label(column, label)
    build.next_row(9.0)
    above = ""
    for number, line in enumerate(explainer.lines(answers), 1):
        rule = _rule(line, explainer.clause)
        _line(build, number, line, _SAME if rule and rule == above else rule)
        above = rule
    build.text(0, _NOTE, "", (1, len(_HEADS)))
    build.next_row(7.0)
    subject = context.project.name if context.project else context.unit.name
    return Sheet(
        name="得分说明",
        title=f"{context.title(form)}得分说明",
        subtitle=f"（{context.budget_year}年度）",
        corner=f"{subject}　计分方案：{explainer.basis}",
        cells=tuple(build.cells),
        column_widths=_WIDTHS,
        orientation=Orientation.LANDSCAPE,
        head_rows=(0, 0),
        minimum_heights=build.minimum_heights,
    )


def _rule(line: BreakdownLine, scheme_clause: str) -> str:
    """Rule and clause of a line; the scheme's own clause stands once, at the total."""
    told = line.explanation
    is_own = line.title == TOTAL or told.clause != scheme_clause
    clause = f"依据：{told.clause}" if told.clause and is_own else ""
    return "\n".join(part for part in (told.rule, clause) if part)


def _line(build: SheetBuilder, number: int, line: BreakdownLine, rule: str) -> None:
    """One line of the breakdown, notes under the formula."""
    told = line.explanation
    formula = "\n".join(part for part in (told.formula, *told.notes) if part)
    texts = (str(number), line.title, line.full_score, line.score, formula, rule, told.change)
    for column, text in enumerate(texts):
        role = CellRole.CENTERED if column in (0, 2, 3) else CellRole.TEXT
        build.text(column, text, "", role=role)
    build.next_row(9.0)

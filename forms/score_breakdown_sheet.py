"""The breakdown of a score as a printed sheet (得分说明表): why it is that many points, line by line (F24)."""

from __future__ import annotations

from forms.context import FormContext
from forms.schema import FormSpec
from forms.scoring.breakdown import BreakdownLine, breakdown
from forms.sheet import CellRole, Orientation, Sheet
from forms.sheet_blocks import SheetBuilder
from models.domain.filing import Answers

_HEADS = ("序号", "内容", "分值", "得分", "怎样算出来的", "计分规则和依据", "怎样可以多得分")
_TOTAL = "总分"
_WIDTHS = (11.0, 42.0, 14.0, 16.0, 66.0, 62.0, 46.0)


def breakdown_sheet(form: FormSpec, context: FormContext, answers: Answers) -> Sheet:
    """The sheet of a scored form; ValueError for a form without points (our mistake)."""
    scoring = form.scoring
    if scoring is None:
        raise ValueError(f"{form.form_id} has no scores")
    build = SheetBuilder(context)
    for column, label in enumerate(_HEADS):
        build.label(column, label)
    build.next_row(9.0)
    sheet = scoring.sheet(context, answers)
    for number, line in enumerate(breakdown(sheet, scoring.labels(context)), 1):
        _line(build, number, line)
    subject = context.project.name if context.project else context.unit.name
    return Sheet(
        name="得分说明",
        title=f"{form.title}得分说明",
        subtitle=f"（{context.budget_year}年度）",
        corner=f"{subject}　计分方案：{context.scheme.name}",
        cells=tuple(build.cells),
        column_widths=_WIDTHS,
        orientation=Orientation.LANDSCAPE,
        head_rows=(0, 0),
        minimum_heights=build.minimum_heights,
    )


def _line(build: SheetBuilder, number: int, line: BreakdownLine) -> None:
    """One line of the breakdown, notes under the formula."""
    told = line.explanation
    formula = "\n".join(part for part in (told.formula, *told.notes) if part)
    is_own = (
        line.title == _TOTAL or told.clause != build.context.scheme.clause
    )  # the scheme's own stands once, below
    clause = f"依据：{told.clause}" if told.clause and is_own else ""
    rule = "\n".join(part for part in (told.rule, clause) if part)
    texts = (str(number), line.title, line.full_score, line.score, formula, rule, told.change)
    for column, text in enumerate(texts):
        role = CellRole.CENTERED if column in (0, 2, 3) else CellRole.TEXT
        build.text(column, text, "", role=role)
    build.next_row(9.0)

"""The period of a monitoring form (监控期间): its last month, its words on labels, and the period before."""

from __future__ import annotations

from forms.context import FormContext
from forms.schema import Choice, Row
from models.domain.background import PeriodFiling
from models.domain.filing import Answers

MONTH_FIELD = "period_month"
"""Field for the last month, shown only where the task does not name it."""

MONTHS = 12


def has_no_month(context: FormContext) -> bool:
    """Whether the task leaves the month to the clerk."""
    return not 1 <= context.task.period_month <= MONTHS


def month_choices(_context: FormContext, _row: Row) -> tuple[Choice, ...]:
    """1月 … 12月."""
    return tuple(Choice(str(month), f"{month}月") for month in range(1, MONTHS + 1))


def month_of(context: FormContext, answers: Answers) -> int | None:
    """The last month of the period: the task's, else the clerk's; None while nobody has named one."""
    if not has_no_month(context):
        return context.task.period_month
    text = answers.get(MONTH_FIELD)
    if isinstance(text, str) and text.isdecimal() and 1 <= int(text) <= MONTHS:
        return int(text)
    return None


def period_text(context: FormContext, answers: Answers | None = None) -> str:
    """The period as labels print it: 1—7月; the task's own words, else 1—N月, while no month is known."""
    month = month_of(context, answers or {})
    if month == 1:
        return "1月"
    return f"1—{month}月" if month else (context.task.period or "1—N月")


def spending_label(context: FormContext) -> str:
    """1—7月执行数."""
    return f"{period_text(context)}执行数"


def rate_label(context: FormContext) -> str:
    """1—7月执行率."""
    return f"{period_text(context)}执行率"


def value_label(context: FormContext) -> str:
    """1—7月执行情况."""
    return f"{period_text(context)}执行情况"


def earlier(context: FormContext) -> PeriodFiling | None:
    """The last period before this one (上期), None when there is none."""
    month = context.task.period_month
    before = [one for one in context.periods if not month or one.month < month]
    return max(before, key=lambda one: one.month, default=None)


def has_earlier(context: FormContext) -> bool:
    """Whether a period before is kept."""
    return earlier(context) is not None


def earlier_label(context: FormContext) -> str:
    """上期（1—6月）, for columns that stand beside those of this period."""
    return f"上期（{_earlier_words(context)}）"


def _earlier_words(context: FormContext) -> str:
    found = earlier(context)
    return earlier_words(found) if found else ""


def earlier_words(found: PeriodFiling) -> str:
    """An earlier period in words: 1—6月."""
    return f"1—{found.month}月" if found.month > 1 else f"{found.month}月" if found.month else found.period

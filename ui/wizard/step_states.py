"""States of the steps (步骤状态): what stands at the left of each step, in words, icon and colour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forms.answers import is_blank, value_at
from forms.findings import Finding, Severity, is_explained
from forms.schema import FieldSpec, StepSpec, TableSpec
from ui.item_models.rows import is_blank_row, plain_number, weight_sum
from ui.theme import Tone
from ui.wizard.session import WizardSession

MUST_CHANGE = "有必改"
"""State of a step with something that must be changed; its number stands behind it."""
BROUGHT_IN = "已带入"
"""State of a step nobody has written into, though all it asks for stands there: taken from the register, the desk, the target."""
OPTIONAL = "可不填"
"""State of a step nobody has written into that asks for nothing, such as opinions signed on paper."""
COMPLETE = "完成"
"""State of a step with all it asks for."""
_NOTHING_MISSING = {COMPLETE, BROUGHT_IN, OPTIONAL}
CHECK_STEP = "check"
"""Key of the last step, 检查与报送, which no declaration carries."""


@dataclass(frozen=True, slots=True)
class StepState:
    """How a step stands (步骤状态); `icon` is a name of the icon table, `remarks` the reviewers' remarks still open."""

    key: str
    title: str
    word: str
    icon: str
    tone: Tone
    blocking: int = 0
    to_explain: int = 0
    remarks: int = 0

    @property
    def note(self) -> str:
        """The line under the title: 有必改 1，需说明 2; 完成，需说明 1; 填写中，意见 2."""
        parts = [f"{self.word} {self.blocking}" if self.word == MUST_CHANGE else self.word]
        if self.to_explain:
            parts.append(f"需说明 {self.to_explain}")
        if self.remarks:
            parts.append(f"意见 {self.remarks}")
        return "，".join(parts)


def step_states(session: WizardSession) -> tuple[StepState, ...]:
    """The state of every step of the form, and of 检查与报送 where it is checked."""
    counts = _counts_by_key(session)
    states = [_step_state(session, step, counts) for step in session.form.steps_in(session.context)]
    if not session.is_checked:
        return tuple(states)
    open_counts, waiting = session.counts, sum(session.remark_counts.values())
    if not open_counts.allows_sealing:
        word, icon, tone = (MUST_CHANGE if open_counts.blocking else "待说明"), "empty", Tone.PLAIN
    elif any(state.word not in _NOTHING_MISSING for state in states):
        word, icon, tone = "未填完", "empty", Tone.PLAIN
    elif waiting:
        word, icon, tone = "待处理", "empty", Tone.PLAIN
    else:
        word, icon, tone = "可以报送", "check", Tone.GOOD
    last = StepState(
        CHECK_STEP, "检查与报送", word, icon, tone, open_counts.blocking, open_counts.to_explain, waiting
    )
    return (*states, last)


def weight_note(session: WizardSession) -> tuple[str, Tone] | None:
    """分值 60 / 90 of the annual indicators, None where the kit sets no weights now."""
    context = session.context
    is_weighed = context.has_weights or session.form.scoring is not None
    if not is_weighed or "C20" not in session.form.checks:
        return None
    tables = [table for table in session.form.tables() if table.is_indicator_table]
    shown = [table for table in tables if table.is_visible(context)]
    if not shown:
        return None
    total = weight_sum(session.rows(shown[0].key))
    whole = context.scheme.declaration_total
    tone = Tone.GOOD if total == whole else Tone.CARE if total < whole else Tone.BAD
    return f"{plain_number(total)} / {plain_number(whole)}", tone


def _counts_by_key(session: WizardSession) -> Mapping[tuple[str, Severity], int]:
    """Open findings by field or table and severity."""
    counts: Counter[tuple[str, Severity]] = Counter()
    explanations = session.explanations
    for finding in session.report.findings:
        if not _is_settled(finding, explanations):
            counts[finding.place.field, finding.severity] += 1
    return counts


def _is_settled(finding: Finding, explanations: Mapping[str, str]) -> bool:
    """Whether a 需说明 finding has been explained."""
    return finding.severity is Severity.EXPLAIN and is_explained(finding, explanations)


def _step_state(
    session: WizardSession, step: StepSpec, counts: Mapping[tuple[str, Severity], int]
) -> StepState:
    """The state of one step of the form."""
    items = [item for section in step.sections for item in section.items if item.is_visible(session.context)]
    blocking = sum(counts.get((item.key, Severity.BLOCKING), 0) for item in items)
    to_explain = sum(counts.get((item.key, Severity.EXPLAIN), 0) for item in items)
    wanted = [_is_given(session, item) for item in items if _is_wanted(item)]
    is_untouched = not any(_is_touched(session, item) for item in items)
    is_closed = _is_closed(session, items)
    if is_untouched and (not all(wanted) or (blocking and not is_closed and _waits_only(session, items))):
        word, icon, tone = "未填", "empty", Tone.QUIET  # a fresh form is not a form full of mistakes
    elif is_untouched and not blocking and not is_closed:
        word, icon, tone = (BROUGHT_IN if wanted else OPTIONAL), "empty", Tone.QUIET
    elif blocking:
        word, icon, tone = MUST_CHANGE, "problem", Tone.BAD
    elif not all(wanted):
        word, icon, tone = "填写中", "edit", Tone.ACCENT
    else:
        word, icon, tone = COMPLETE, "check", Tone.GOOD
    remarks = sum(session.remark_counts.get(item.key, 0) for item in items)
    return StepState(step.key, step.title, word, icon, tone, blocking, to_explain, remarks)


def _is_closed(session: WizardSession, items: Sequence[FieldSpec | TableSpec]) -> bool:
    """Whether nothing is left to anybody: all a step asks for is closed, or the whole form is only read."""
    needed = [item for item in items if _is_wanted(item)] or items
    return session.read_only or all(
        isinstance(item, FieldSpec) and item.is_closed(session.context, {}) for item in needed
    )


def _waits_only(session: WizardSession, items: Sequence[FieldSpec | TableSpec]) -> bool:
    """Whether all that must be changed on a step is something nobody has written yet."""
    keys, answers = {item.key for item in items}, session.answers
    return all(
        is_blank(value_at(answers, finding.place))
        for finding in session.report.findings
        if finding.severity is Severity.BLOCKING and finding.place.field in keys
    )


def _is_wanted(item: FieldSpec | TableSpec) -> bool:
    """Whether a step is not complete without the item."""
    return isinstance(item, TableSpec) or item.is_required


def _is_given(session: WizardSession, item: FieldSpec | TableSpec) -> bool:
    """Whether a wanted item is filled in: the field, or the required cells of at least one row."""
    if isinstance(item, FieldSpec):
        return not is_blank(session.answers.get(item.key))
    rows = session.rows(item.key)
    columns = [column.key for column in item.visible_columns(session.context) if column.is_required]
    return bool(rows) and not any(is_blank(row.get(key)) for row in rows for key in columns)


def _is_touched(session: WizardSession, item: FieldSpec | TableSpec) -> bool:
    """Whether somebody has filled something in beyond what the form began with or fills in by itself."""
    if isinstance(item, TableSpec):
        return _are_rows_touched(session, item)
    value = session.answers.get(item.key)
    is_new = not is_blank(value) and value != session.begun.get(item.key)
    return is_new and not item.is_closed(session.context, {})


def _are_rows_touched(session: WizardSession, table: TableSpec) -> bool:
    """Whether a row came, or a cell that can be written reads otherwise than the row began."""
    context = session.context
    begun = {str(row.get("row_id")): row for row in session.begun.get(table.key) or ()}
    for row in session.rows(table.key):
        before = begun.get(str(row.get("row_id")))
        if before is None:
            if not is_blank_row(table, context, row):
                return True
        elif row != before and any(
            row.get(column.key) != before.get(column.key) and not column.is_closed(context, row)
            for column in table.visible_columns(context)
        ):
            return True
    return False

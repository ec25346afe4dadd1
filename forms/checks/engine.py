"""Running checks (校验引擎): which checks a form has, and all findings of its answers.

Row checks are remembered by the row's content, so that typing in one row of three hundred costs one
row and the few checks that look at the whole table.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from forms.context import FormContext
from forms.findings import Finding
from forms.schema import FormSpec, TableSpec
from models.domain.filing import Answers


@dataclass(frozen=True)
class CheckInput:
    """What a form check sees (校验输入)."""

    form: FormSpec
    context: FormContext
    answers: Answers

    def settings(self, code: str) -> Mapping[str, Any]:
        """The kit's thresholds and word lists of a check; empty when the kit has none."""
        return self.context.kit.check_settings.get(code, {})


@dataclass(frozen=True)
class RowInput:
    """What a row check sees (单行校验输入): one row of one indicator table."""

    form: FormSpec
    context: FormContext
    table: TableSpec
    row: Mapping[str, Any]

    def settings(self, code: str) -> Mapping[str, Any]:
        """The kit's thresholds and word lists of a check; empty when the kit has none."""
        return self.context.kit.check_settings.get(code, {})


FormCheckFunction = Callable[[CheckInput], Iterator[Finding]]
RowCheckFunction = Callable[[RowInput], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """A numbered check (校验规则): its rule in plain words for handbook and 为什么, and its function.

    `needs` names data the check cannot work without (e.g. the project register); `is_runnable` says
    whether they are there, so that a silent check can be listed as 未检查.
    """

    code: str
    title: str
    rule: str
    of_form: FormCheckFunction | None = None
    of_row: RowCheckFunction | None = None
    needs: str = ""
    is_runnable: Callable[[FormContext], bool] = lambda _context: True


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Findings in page order and the checks that could not run (校验报告): (code and title, what is missing)."""

    findings: tuple[Finding, ...]
    not_run: tuple[tuple[str, str], ...] = ()


_ROWS_A_SLICE = 25
"""How many rows are checked between two pauses: well under a millisecond when nothing has changed."""


@dataclass
class CheckRunner:
    """Runs the checks of one filing, remembering rows (校验执行); one per open form and context."""

    form: FormSpec
    context: FormContext
    checks: Sequence[Check]
    _memory: dict[tuple[str, tuple[tuple[str, Any], ...]], tuple[Finding, ...]] = field(default_factory=dict)

    def run(self, answers: Answers) -> CheckReport:
        """Every finding of the answers, in page order, graver first at one place."""
        slices = self.run_in_slices(answers)
        while True:
            try:
                next(slices)
            except StopIteration as end:
                report: CheckReport = end.value
                return report

    def run_in_slices(self, answers: Answers) -> Generator[None, None, CheckReport]:
        """The same, pausing after every form check and every few rows, so a keystroke never waits long.

        Whoever drives it may drop it half-way: nothing is remembered of a run that was not finished.
        """
        runnable = [check for check in self.checks if check.is_runnable(self.context)]
        given = CheckInput(self.form, self.context, answers)
        findings: list[Finding] = []
        for check in runnable:
            if check.of_form:
                findings += check.of_form(given)
                yield
        findings += yield from self._row_findings([check for check in runnable if check.of_row], answers)
        not_run = tuple((check.title, check.needs) for check in self.checks if check not in runnable)
        return CheckReport(tuple(self._in_page_order(findings, answers)), not_run)

    def _row_findings(
        self, checks: Sequence[Check], answers: Answers
    ) -> Generator[None, None, list[Finding]]:
        """Findings of row checks, from memory where a row has not changed."""
        seen: dict[tuple[str, tuple[tuple[str, Any], ...]], tuple[Finding, ...]] = {}
        findings: list[Finding] = []
        for table in self.form.tables():
            if not table.is_indicator_table or not table.is_visible(self.context):
                continue
            for number, row in enumerate(answers.get(table.key) or ()):
                key = (table.key, tuple(sorted(row.items())))
                found = self._memory.get(key)
                if found is None:
                    given = RowInput(self.form, self.context, table, row)
                    found = tuple(f for check in checks if check.of_row for f in check.of_row(given))
                seen[key] = found
                findings += found
                if number % _ROWS_A_SLICE == _ROWS_A_SLICE - 1:
                    yield
        self._memory = seen
        return findings

    def _in_page_order(self, findings: Sequence[Finding], answers: Answers) -> list[Finding]:
        """Sort by field, row, severity."""
        fields = {item.key: index for index, item in enumerate(self.form.items())}
        rows: dict[tuple[str, str], int] = {}
        for table in self.form.tables():
            for index, row in enumerate(answers.get(table.key) or ()):
                rows[table.key, str(row.get("row_id"))] = index
        return sorted(
            findings,
            key=lambda f: (
                fields.get(f.place.field, -1),
                rows.get((f.place.field, f.place.row_id), -1),
                f.severity.rank,
                int(f.code[1:]),
            ),
        )

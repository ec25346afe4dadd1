"""Running checks (校验引擎): which checks a form has, and all findings of its answers.

Rows are read, and their findings remembered, by the row's content: typing in one row of three
hundred costs one row and the few checks that look at the whole table.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from forms import kinds
from forms.answers import is_blank
from forms.checks.indicator_line import IndicatorLine
from forms.checks.line_reader import LineReader
from forms.checks.settings import CheckSettings, SettingRecord, SharedWords
from forms.context import FormContext
from forms.findings import Finding, Severity
from forms.remembered import by_identity
from forms.schema import FieldSpec, FormSpec, always
from forms.sound_answers import broken_parts, sound_answers
from models.domain.filing import Answers


@dataclass(frozen=True)
class CheckInput:
    """What a form check sees (校验输入): answers of sound shape, and the lines of every indicator table.

    `fields` are the visible fields, `specs` the same by key; `broken` names the parts of the answers whose shape was
    wrong; they are left out of `answers`.
    """

    form: FormSpec
    context: FormContext
    answers: Answers
    settings: CheckSettings
    fields: tuple[FieldSpec, ...]
    specs: Mapping[str, FieldSpec]
    lines: Mapping[str, tuple[IndicatorLine, ...]]
    broken: tuple[str, ...] = ()
    _texts: dict[str, str] = field(default_factory=dict, init=False, compare=False, repr=False)

    def spec(self, key: str) -> FieldSpec | None:
        """The visible field of that key, None where this form or kit has none."""
        return self.specs.get(key)

    def text(self, key: str) -> str:
        """A field's text without outer blanks; "" when there is none or it cannot be read."""
        text = self._texts.get(key)
        if text is None:
            spec, kept, text = self.specs.get(key), self.answers.get(key), ""
            if spec is None or not isinstance(kept, str):
                text = ""
            elif kinds.is_plainly_sound(spec, kept) or not kinds.problem_of(spec, kept)[0]:
                text = kept.strip()
            self._texts[key] = text
        return text

    def amount(self, key: str) -> int | None:
        """A money field in 分; None when blank or unreadable."""
        kept = self.answers.get(key)
        return kept if kinds.is_amount(kept) and key in self.specs else None

    def year(self, key: str) -> int | None:
        """A year field; None when blank or unreadable."""
        text = self._texts.get(key) or self.text(key)
        return int(text) if text else None

    def is_blank(self, key: str) -> bool:
        """Whether nothing has been filled into a field."""
        return is_blank(self.answers.get(key))


@by_identity(64)
def _by_key(fields: tuple[FieldSpec, ...]) -> Mapping[str, FieldSpec]:
    """The visible fields of a form by key."""
    return {spec.key: spec for spec in fields}


@dataclass(slots=True)
class RowInput:
    """What a row check sees (单行校验输入): one line of one indicator table, and the row it was read from; only looked at."""

    form: FormSpec
    context: FormContext
    line: IndicatorLine
    settings: CheckSettings
    row: Mapping[str, Any] = field(default_factory=dict)


FormCheckFunction = Callable[[CheckInput], Iterable[Finding]]
RowCheckFunction = Callable[[RowInput], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """A numbered check (校验规则): its rule in plain words for handbook and 为什么, and its function.

    `severities` are those its findings may have. `needs` names data the check cannot work without
    (e.g. the project register); `is_runnable` says whether they are there, so that a silent check
    can be listed as 未检查. `records` are the kit's settings it compares with.
    """

    code: str
    title: str
    rule: str
    severities: tuple[Severity, ...] = ()
    of_form: FormCheckFunction | None = None
    of_row: RowCheckFunction | None = None
    needs: str = ""
    is_runnable: Callable[[FormContext], bool] = always
    records: tuple[type[SettingRecord], ...] = ()


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Findings in page order and the checks that could not run (校验报告): (title, what is missing)."""

    findings: tuple[Finding, ...]
    not_run: tuple[tuple[str, str], ...] = ()


_ROWS_A_SLICE = 25
"""How many rows are checked between two pauses: well under a millisecond when nothing has changed."""

_RowKey = tuple[str, int, tuple[tuple[str, Any], ...]]
_Checked = tuple[IndicatorLine, tuple[Finding, ...]]


def _memory_key(table_key: str, number: int, row: Mapping[str, Any]) -> _RowKey:
    """By what a row is remembered; lists and objects, never readable, only by kind and emptiness."""
    key = (table_key, number, tuple(row.items()))
    try:
        hash(key)
    except TypeError:
        cells = tuple(
            (name, (type(cell).__name__, bool(cell)) if isinstance(cell, (list, dict)) else cell)
            for name, cell in row.items()
        )
        return table_key, number, cells
    return key


class _Course(NamedTuple):
    """The checks that can run of one filing (可运行的校验), and those that cannot with what they lack.

    Of lines that `is_plain` tells, only `of_plain_rows` may have something to say.
    """

    of_rows: tuple[RowCheckFunction, ...]
    of_plain_rows: tuple[RowCheckFunction, ...]
    is_plain: Callable[[IndicatorLine], bool]
    of_form: tuple[FormCheckFunction, ...]
    not_run: tuple[tuple[str, str], ...]


class _Courses:
    """The checks of a form by one kit (校验安排): which of them run, for every outcome of the conditions met so far.

    What the kit lacks is settled once; of a filing only those conditions are asked that a check has.
    """

    def __init__(self, checks: Sequence[Check], settings: CheckSettings) -> None:
        self._settings = settings
        self._lacking = [(check, _lacking_records(check, settings)) for check in checks]
        self._conditions = tuple(check.is_runnable for check in checks if check.is_runnable is not always)
        self._known: dict[tuple[bool, ...], _Course] = {}

    def of(self, context: FormContext) -> _Course:
        """The course of one filing's checks."""
        held = tuple([bool(condition(context)) for condition in self._conditions])
        found = self._known.get(held)
        if found is None:
            found = self._known[held] = self._course(iter(held))
        return found

    def _course(self, held: Iterator[bool]) -> _Course:
        missing = [
            (check, records if check.is_runnable is always or next(held) else check.needs)
            for check, records in self._lacking
        ]
        running = [check for check, lacks in missing if not lacks]
        of_rows = tuple(check.of_row for check in running if check.of_row)
        return _Course(
            of_rows,
            *_plain_look(of_rows, self._settings),
            tuple(check.of_form for check in running if check.of_form),
            tuple((check.title, lacks) for check, lacks in missing if lacks),
        )


def _plain_look(
    of_rows: tuple[RowCheckFunction, ...], settings: CheckSettings
) -> tuple[tuple[RowCheckFunction, ...], Callable[[IndicatorLine], bool]]:
    """What is asked of plain lines all the same, and the look that tells them; no line is plain where it spares nothing."""
    from forms.checks import plain_lines  # stands on the checks themselves, and those on this module

    is_plain = plain_lines.look(of_rows, settings)
    return (of_rows, _never) if is_plain is None else (plain_lines.others(of_rows), is_plain)


def _never(_line: IndicatorLine) -> bool:
    """A look that knows no line."""
    return False


def _lacking_records(check: Check, settings: CheckSettings) -> str:
    """What a kit lacks for a check to run, "" when nothing."""
    lacking = [record.LABEL for record in check.records if settings.find(record) is None]
    return f"任务参数包里的校验参数（{'、'.join(lacking)}）" if lacking else ""


@dataclass
class CheckRunner:
    """Runs the checks of one filing, remembering rows (校验执行); one per open form and context."""

    form: FormSpec
    context: FormContext
    checks: Sequence[Check]
    _memory: dict[_RowKey, _Checked] = field(default_factory=dict)
    _course: _Course = field(init=False)
    _readers: list[LineReader] = field(init=False)
    _fields: tuple[FieldSpec, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.settings, context = CheckSettings(self.context.kit), self.context
        checks = self.checks
        is_kept = type(checks) is tuple  # a list may change, and what was made of it would not
        courses = self.settings.made_of(checks, _Courses) if is_kept else _Courses(checks, self.settings)
        self._course = courses.of(context)
        self._fields = self.form.visible_fields(context)
        words = self.settings.find(SharedWords)
        self._readers = [
            LineReader(context, table, table.visible_columns(context), words)
            for table in self.form.tables()
            if table.is_indicator_table and table.is_visible(context)
        ]

    def run(self, answers: Answers) -> CheckReport:
        """Every finding of the answers, in page order, graver first at one place."""
        slices = self.run_in_slices(answers)
        while True:
            try:
                next(slices)
            except StopIteration as end:
                report: CheckReport = end.value
                return report

    def run_once(self, answers: Answers) -> CheckReport:
        """The same of answers nobody goes on typing in: nothing is remembered of their rows."""
        sound = sound_answers(self.form, answers)
        findings: list[Finding] = []
        lines: dict[str, tuple[IndicatorLine, ...]] = {}
        for reader in self._readers:
            of_table = []
            for number, row in enumerate(sound.get(reader.table.key) or (), 1):
                line = self._look_at(reader, row, number, findings)
                of_table.append(line)
            lines[reader.table.key] = tuple(of_table)
        given = self._input(answers, sound, lines)
        for check in self._course.of_form:
            findings += check(given)
        return self._report(findings, sound)

    def run_in_slices(self, answers: Answers) -> Generator[None, None, CheckReport]:
        """The same as `run`, pausing after every form check and every few rows, so a keystroke never waits long.

        Whoever drives it may drop it half-way: nothing is remembered of a run that was not finished.
        """
        sound = sound_answers(self.form, answers)
        lines, findings = yield from self._rows(sound)
        given = self._input(answers, sound, lines)
        for check in self._course.of_form:
            findings += check(given)
            yield
        return self._report(findings, sound)

    def _input(
        self, answers: Answers, sound: Answers, lines: Mapping[str, tuple[IndicatorLine, ...]]
    ) -> CheckInput:
        broken = () if sound is answers else tuple(broken_parts(self.form, answers))
        specs = _by_key(self._fields)
        return CheckInput(self.form, self.context, sound, self.settings, self._fields, specs, lines, broken)

    def _report(self, findings: Sequence[Finding], answers: Answers) -> CheckReport:
        return CheckReport(tuple(self._in_page_order(findings, answers)), self._course.not_run)

    def _rows(
        self, answers: Answers
    ) -> Generator[None, None, tuple[dict[str, tuple[IndicatorLine, ...]], list[Finding]]]:
        """Lines and row findings of every indicator table, from memory where a row has not changed."""
        seen: dict[_RowKey, _Checked] = {}
        findings: list[Finding] = []
        lines: dict[str, tuple[IndicatorLine, ...]] = {}
        for reader in self._readers:
            of_table = []
            for number, row in enumerate(answers.get(reader.table.key) or (), 1):
                key = _memory_key(reader.table.key, number, row)
                line, found = seen[key] = self._checked(key, reader, row)
                of_table.append(line)
                findings += found
                if number % _ROWS_A_SLICE == 0:
                    yield
            lines[reader.table.key] = tuple(of_table)
        self._memory = seen
        return lines, findings

    def _checked(self, key: _RowKey, reader: LineReader, row: Mapping[str, Any]) -> _Checked:
        """A row's line and findings."""
        known = self._memory.get(key)
        if known is not None:
            return known
        findings: list[Finding] = []
        line = self._look_at(reader, row, key[1], findings)
        return line, tuple(findings)

    def _look_at(
        self, reader: LineReader, row: Mapping[str, Any], number: int, findings: list[Finding]
    ) -> IndicatorLine:
        """The line of a row; what its checks find is added to `findings`."""
        line, course = reader.read(row, number), self._course
        checks = course.of_plain_rows if course.is_plain(line) else course.of_rows
        if not checks:
            return line
        given = RowInput(self.form, self.context, line, self.settings, row)
        for check in checks:
            if found := check(given):
                findings += found
        return line

    def _in_page_order(self, findings: Sequence[Finding], answers: Answers) -> list[Finding]:
        """Sort by field, row, severity."""
        if len(findings) < 2:
            return list(findings)
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

"""The indicator coach (填写建议): for what the checks find fault with, a way to write it that can be taken.

It never says again what a finding says: suggestions hang at findings. What no check speaks of (a name
with the number in it, a change with nothing to compare it with, a sentence copied from the target, a
direction against the sign) it says itself, in one sentence. A suggestion is only made when the row
written that way leaves the checks of rows with nothing new to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from forms import coach_notes
from forms import coach_proposals as ways
from forms.checks.engine import Check, CheckReport, RowInput
from forms.checks.indicator_line import IndicatorLine
from forms.checks.line_reader import LineReader
from forms.checks.settings import CheckSettings, SharedWords
from forms.coach_proposals import CoachInput, Proposal
from forms.coach_weights import weight_proposals
from forms.context import FormContext
from forms.findings import Finding, Place
from forms.indicator_table import joined_value
from forms.library_search import LibraryIndex
from forms.schema import FormSpec, TableSpec
from models.domain.filing import Answers
from models.domain.indicator import Comparator
from models.domain.indicator_coach import CoachWords
from models.domain.indicator_library import IndicatorCase

MOST = 4
"""Suggestions at one place: more would have to be read like a list."""

Way = Callable[[CoachInput], Iterator[Proposal]]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A way to write one row that can be taken (填写建议).

    `words` say what the row says then, `source` where it comes from; `changes` are the columns to set;
    `removes` takes the row away instead.
    """

    table: str
    row_id: str
    words: str
    source: str
    changes: Mapping[str, Any]
    removes: bool = False


@dataclass(frozen=True, slots=True)
class Advice:
    """What the coach has to offer at one place (建议条目).

    `finding` is the check's remark it belongs to, None for what the coach noticed itself, which then
    stands in `remark`; `case` a bad and a good example of the same fault.
    """

    place: Place
    suggestions: tuple[Suggestion, ...]
    finding: Finding | None = None
    remark: str = ""
    case: IndicatorCase | None = None


@dataclass
class Coach:
    """The coach of one open form (填写建议): made once, asked after every check."""

    form: FormSpec
    context: FormContext
    checks: Sequence[Check]
    words: CoachWords
    cases: Sequence[IndicatorCase]
    index: LibraryIndex
    _settings: CheckSettings = field(init=False)
    _shared: SharedWords | None = field(init=False)
    _readers: dict[str, LineReader] = field(init=False)

    def __post_init__(self) -> None:
        self._settings = CheckSettings(self.context.kit)
        self._shared = self._settings.find(SharedWords)
        tables = [t for t in self.form.tables() if t.is_indicator_table and t.is_visible(self.context)]
        self._readers = {
            t.key: LineReader(self.context, t, t.visible_columns(self.context), self._shared) for t in tables
        }

    def advise(self, answers: Answers, report: CheckReport) -> tuple[Advice, ...]:
        """Everything there is to suggest, row by row; nothing where the kit has no word lists."""
        if self._shared is None:
            return ()
        found: list[Advice] = []
        for finding in report.findings:
            found += self._at_finding(answers, finding)
        spoken_of = {(a.place.field, a.place.row_id) for a in found if a.place.row_id}
        for key in self._readers:
            for number, row in enumerate(answers.get(key) or (), 1):
                if (key, str(row.get("row_id"))) not in spoken_of:
                    found += self._noticed(answers, key, row, number)
        for finding in report.findings:
            if finding.code in _OF_WEIGHTS:
                found += self._of_weights(answers, finding)
        return tuple(self._in_row_order(found, answers))

    def _at_finding(self, answers: Answers, finding: Finding) -> Iterator[Advice]:
        """Suggestions for every row a finding speaks of; several rows each get their own."""
        if finding.place.field not in self._readers or not finding.place.row_id:
            return
        places = {place.row_id: place for place in reversed((finding.place, *finding.also))}
        rows = {str(r.get("row_id")): (n, r) for n, r in enumerate(answers[finding.place.field], 1)}
        for row_id, place in reversed(places.items()):
            if row_id not in rows:
                continue
            given = self._given(answers, finding.place.field, rows[row_id][1], rows[row_id][0])
            suggestions = self._suggestions(given, finding, is_first=row_id == finding.place.row_id)
            if suggestions:
                case = self._case(finding, given.second)
                yield Advice(place, suggestions, finding=finding, case=case)

    def _of_weights(self, answers: Answers, finding: Finding) -> Iterator[Advice]:
        """Points that make the total right: a fault of the whole table, settled in one row."""
        reader = self._readers.get(finding.place.field)
        if reader is None or "weight" not in {spec.key for spec in reader.columns}:
            return
        rows = enumerate(answers.get(finding.place.field) or (), 1)
        lines = [reader.read(row, number) for number, row in rows]
        for one in weight_proposals(self.context, lines, finding):
            changes = {"weight": one.weight}
            suggestion = Suggestion(finding.place.field, one.row_id, one.words, one.source, changes)
            place = Place(finding.place.field, one.row_id, "weight")
            yield Advice(place, (suggestion,), finding=finding)

    def _suggestions(self, given: CoachInput, finding: Finding, *, is_first: bool) -> tuple[Suggestion, ...]:
        """What can be done about a finding in one row, the surest first."""
        table, row_id = given.line.table.key, given.line.row_id
        if finding.code == "C17" and finding.place.column == "third_level":
            words = f"删除第 {given.line.number} 行（与前面重复）"
            return () if is_first else (Suggestion(table, row_id, words, "重复的指标", {}, removes=True),)
        proposals = chain.from_iterable(way(given) for way in _ways(finding, given))
        return self._let_through(given, proposals, finding.code)

    def _noticed(self, answers: Answers, table: str, row: Mapping[str, Any], number: int) -> Iterator[Advice]:
        """What no check says of a row."""
        given = self._given(answers, table, row, number)
        for note in coach_notes.notes(given, answers):
            suggestions = self._let_through(given, iter(note.proposals), "")
            if suggestions:
                yield Advice(given.line.place(note.column), suggestions, remark=note.remark)

    def _given(self, answers: Answers, table: str, row: Mapping[str, Any], number: int) -> CoachInput:
        """What proposals for a row are made from."""
        assert self._shared is not None
        line = self._readers[table].read(row, number)
        return CoachInput(
            self.context, line, row, self._shared, self.words, self.index, self.form.amount_of(answers)
        )

    def _let_through(
        self, given: CoachInput, proposals: Iterator[Proposal], code: str
    ) -> tuple[Suggestion, ...]:
        """Proposals that change something and settle the finding without raising another."""
        line, before = given.line, self._codes(given.line)
        found: dict[str, Suggestion] = {}
        for proposal in proposals:
            changes = self._of_columns(line.table, given.row, proposal.changes)
            row = {**given.row, **changes}
            words = self._words(given, row)
            if not changes or words in found:
                continue
            after = self._codes(self._readers[line.table.key].read(row, line.number))
            if code not in after and after <= before:
                found[words] = Suggestion(line.table.key, line.row_id, words, proposal.source, changes)
            if len(found) == MOST:
                break
        return tuple(found.values())

    def _of_columns(
        self, table: TableSpec, row: Mapping[str, Any], changes: Mapping[str, Any]
    ) -> dict[str, Any]:
        """The changes this kit's table has columns for, and that change something."""
        shown = {spec.key for spec in self._readers[table.key].columns} | {"library_code"}
        return {k: v for k, v in changes.items() if k in shown and (row.get(k) or None) != (v or None)}

    def _codes(self, line: IndicatorLine) -> set[str]:
        """Codes of what the checks of rows say of a line; an empty value is the clerk's to fill in."""
        given = RowInput(self.form, self.context, line, self._settings)
        found = set()
        for check in self.checks:
            if check.of_row and check.is_runnable(self.context) and self._has_records(check):
                places = {finding.place.column for finding in check.of_row(given)}
                if places - ({"planned_value"} if "planned_value" in line.blanks else set()):
                    found.add(check.code)
        return found

    def _has_records(self, check: Check) -> bool:
        return all(self._settings.find(record) is not None for record in check.records)

    def _words(self, given: CoachInput, row: Mapping[str, Any]) -> str:
        """What the row says when the proposal is taken; the level where it moves."""
        sign = Comparator.QUALITATIVE.label if row.get("comparator") == Comparator.QUALITATIVE else ""
        value = joined_value(row) or f"{row.get('comparator') or ''}（待填）{row.get('measure_unit') or ''}"
        text = f"{row.get('third_level') or ''} {sign}{' ' if sign else ''}{value}".strip()
        levels = (str(row.get("first_level") or ""), str(row.get("second_level") or ""))
        if levels[1] != given.second:
            return f"移到{self.index.levels.label(levels)}：{text}"
        only_code = row.get("library_code") != given.row.get("library_code") and all(
            row.get(key) == given.row.get(key) for key in ("third_level", "comparator", "planned_value")
        )
        return f"保留现在的写法：{text}" if only_code and not row.get("library_code") else text

    def _case(self, finding: Finding, second: str) -> IndicatorCase | None:
        """An example of the same fault, of the same level when there is one."""
        fitting = [case for case in self.cases if finding.code in case.codes]
        same = [case for case in fitting if dict(case.bad).get("second_level") == second]
        return next(iter(same or fitting), None)

    def _in_row_order(self, found: Sequence[Advice], answers: Answers) -> list[Advice]:
        """As the rows stand in the table."""
        order = {
            (key, str(row.get("row_id"))): (table, number)
            for table, key in enumerate(self._readers)
            for number, row in enumerate(answers.get(key) or ())
        }
        return sorted(found, key=lambda a: order[a.place.field, a.place.row_id])


def _ways(finding: Finding, given: CoachInput) -> tuple[Way, ...]:
    """What may help against a finding, by its check."""
    if finding.code == "C18":
        others = () if finding.place.column == "third_level" else (ways.by_words, ways.by_library)
        return (ways.by_words_elsewhere, *_moves(finding, given), *others)
    if finding.code == "C19" and finding.place.column == "planned_value":
        return (ways.within_budget,)
    return _WAYS.get(finding.code, ())


def _moves(finding: Finding, given: CoachInput) -> tuple[Way, ...]:
    """Where an indicator that stands in the wrong place belongs."""
    line, shared = given.line, given.shared
    unit = line.unit or line.written.unit
    if finding.place.column == "third_level":
        return (lambda one: ways.moved(one, "satisfaction", "满意度放在满意度指标"),)
    if unit in shared.money_units and "quantity" in line.roles:
        return (lambda one: ways.moved(one, "cost", "金额放在成本指标"),)
    if unit.partition("/")[0] in shared.count_units and line.is_numeric:
        return (lambda one: ways.moved(one, "quantity", "做了多少放在数量指标"),)
    return ()


_OF_WEIGHTS = ("C20", "C21")
"""Faults of points: they concern the whole table."""

_WAYS: Mapping[str, tuple[Way, ...]] = {
    "C10": (ways.tidied, ways.unit_of_library),
    "C11": (ways.tidied, ways.as_other, ways.by_words, ways.close_in_library, ways.graded),
    "C12": (ways.tidied,),
    "C13": (ways.tidied, ways.close_in_library),
    "C14": (ways.tidied, ways.by_words),
    "C15": (ways.close_in_library,),
    "C16": (ways.by_words, ways.by_library, ways.graded),
    "C17": (ways.close_in_library,),
    "C19": (ways.at_most,),
    "C23": (ways.as_in_library,),
    "C50": (ways.by_words, ways.by_library),
}
"""What may help, by check; the surest first."""

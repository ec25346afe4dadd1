"""The session of one open form (填写过程): answers, undo, explanations and checks, without any Qt.

It is the only keeper of the answers while a form is open: widgets and models tell it what was typed
and hear from it what changed. Answers are never changed in place, so a reader in another thread
(autosave) may hold them as long as it likes.

A keystroke keeps what was typed and nothing else; what follows from it (scores, lights, sums) is reckoned by
`settle`, once for several keystrokes into one place. Whoever reads answers, rows or values finds them settled;
only the screen shows a keystroke as it was `written` before that.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from forms import kinds
from forms.answers import blank_answers, differences, is_blank, value_at
from forms.checks.catalog import runner
from forms.checks.engine import CheckReport
from forms.context import FormContext
from forms.findings import FindingCounts, Place, count_findings
from forms.indicator_table import in_frame_order
from forms.kinds import Reading
from forms.offers import Offer, applied
from forms.schema import FieldSpec, FormSpec, Row, TableSpec
from forms.sound_answers import sound_answers
from models.domain.evidence import EvidenceFile
from models.domain.filing import Answers
from ui.item_models.rows import LEVELS, blank_row, kept_problem, level_changes, row_index, with_inserted
from ui.item_models.spellings import spelled
from ui.wizard.undo import UndoStack


@dataclass(frozen=True, slots=True)
class Change:
    """What an edit did (一次改动): the answers before and after, and place and value when it was only one.

    `typed_at` is the place written into also when this is what followed from it (scores, lights), told after it.
    """

    before: Answers
    after: Answers
    place: Place | None = None
    value: Any = None
    typed_at: Place | None = None

    @property
    def is_settling(self) -> bool:
        """Whether this only follows from what was typed and told before."""
        return self.place is None and self.typed_at is not None

    def touched(self) -> list[str]:
        """Fields and tables whose answers differ."""
        if self.place is not None:
            return [self.place.field]
        keys = dict.fromkeys([*self.before, *self.after])
        return [key for key in keys if self.before.get(key) is not self.after.get(key)]


class WizardSession:
    """One form being filled in or read (填写过程).

    `remark_counts` are the reviewers' remarks still open, by field or table, "" for the form as a whole.
    Without `is_checked` nothing is checked, as for what was approved long ago: today's checks say nothing of it.
    """

    def __init__(
        self,
        form: FormSpec,
        context: FormContext,
        answers: Answers,
        explanations: Mapping[str, str],
        *,
        read_only: bool = False,
        is_checked: bool = True,
    ) -> None:
        self.form = form
        self.read_only = read_only
        self.is_checked = is_checked
        self.report = CheckReport(())
        self.remark_counts: Mapping[str, int] = {}
        self._context = context
        self._answers: Answers = dict(self._derived(sound_answers(form, answers)))
        self._explanations = dict(explanations)
        self._undo = UndoStack()
        self._runner = runner(form, context)
        self._authors: dict[str, tuple[Any, str]] = {}
        self._last_row = 0
        self._begun: Answers | None = None
        self._unsettled: Place | None = None
        self._listeners: list[Callable[[Change], None]] = []
        self._tables = {table.key: table for table in form.tables()}
        self._fields = {field.key: field for field in form.fields()}

    @property
    def context(self) -> FormContext:
        """What the form is filled in for."""
        return self._context

    def set_evidence(self, evidence: tuple[EvidenceFile, ...]) -> bool:
        """Files were attached or removed: the checks know of them from now on; False when nothing changed."""
        if evidence == self._context.evidence:
            return False
        self._context = replace(self._context, evidence=evidence)
        self._runner = runner(self.form, self._context)
        return True

    @property
    def answers(self) -> Answers:
        """The answers as they stand; not to be changed."""
        self.settle()
        return self._answers

    @property
    def begun(self) -> Answers:
        """What the form begins with by itself, without anybody's work; not to be changed."""
        if self._begun is None:
            self._begun = blank_answers(self.form, self._context)
        return self._begun

    @property
    def explanations(self) -> dict[str, str]:
        """Explanations by key, a copy."""
        return dict(self._explanations)

    @property
    def authors(self) -> dict[str, tuple[Any, str]]:
        """Value and person by place of what somebody else filled in, a copy."""
        return dict(self._authors)

    @property
    def counts(self) -> FindingCounts:
        """Open findings of the last check."""
        return count_findings(self.report.findings, self._explanations)

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return self._undo.can_undo and not self.read_only

    @property
    def can_redo(self) -> bool:
        """Whether there is an edit to do again."""
        return self._undo.can_redo and not self.read_only

    def listen(self, listener: Callable[[Change], None]) -> None:
        """Have every change told, in the order of registration."""
        self._listeners.append(listener)

    # Reading ----------------------------------------------------------------------------------

    def spec(self, place: Place) -> FieldSpec:
        """The field or column of a place; KeyError when the form has none."""
        if place.field in self._fields:
            return self._fields[place.field]
        return self._tables[place.field].column(place.column)

    def table(self, key: str) -> TableSpec:
        """A table of the form; KeyError when it has none of that key."""
        return self._tables[key]

    def rows(self, table_key: str) -> Sequence[Row]:
        """The rows of a table as they stand."""
        self.settle()
        return self.written_rows(table_key)

    def row(self, place: Place) -> Row:
        """The row a place stands in; empty for a field outside tables."""
        self.settle()
        return self._written_row(place)

    def value(self, place: Place) -> Any:
        """The kept value of a place."""
        self.settle()
        return self.written(place)

    def written_rows(self, table_key: str) -> Sequence[Row]:
        """The rows with the last keystroke, whatever is still to follow from it."""
        rows: Sequence[Row] = self._answers.get(table_key) or ()
        return rows

    def written(self, place: Place) -> Any:
        """The value of a place with the last keystroke, whatever is still to follow from it."""
        return value_at(self._answers, place)

    def problem(self, place: Place) -> str:
        """Why the kept text of a place cannot be read, with what to do; "" when it can."""
        return kept_problem(self.spec(place), self.written(place), self._context, self._written_row(place))

    def is_locked(self, place: Place) -> bool:
        """Whether the place is not the clerk's to change."""
        return self.read_only or self.spec(place).is_closed(self._context, self._written_row(place))

    def has_fixed_rows(self, table_key: str) -> bool:
        """Whether rows of a table cannot be added, taken away or moved."""
        return self.read_only or self._tables[table_key].has_fixed_rows(self._context)

    # Editing ----------------------------------------------------------------------------------

    def set_typed(self, place: Place, typed: str) -> Reading:
        """Keep what was typed: read where its kind can, as typed where it cannot."""
        spec, row = self.spec(place), self._written_row(place)
        reading = kinds.read(spec, spelled(spec, typed, self._context, row), self._context, row)
        self._put(place, spec, row, reading.value)
        return reading

    def set_value(self, place: Place, value: Any) -> None:
        """Keep a value; keystrokes into one place are one undo step until `end_run`."""
        self._put(place, self.spec(place), self._written_row(place), value)

    def set_rows(self, table_key: str, rows: Sequence[Row]) -> None:
        """Replace a table's rows as one step (paste, sort, delete, move)."""
        if self.read_only or list(rows) == list(self.rows(table_key)):
            return
        self._undo.end_run()
        self._keep({**self._answers, table_key: list(rows)})

    def take_over(self, chosen: Sequence[Offer], person: str = "") -> bool:
        """Take what was chosen from elsewhere as one step; `person` filled it in. False when nothing changes."""
        after = applied(self.answers, chosen)
        if self.read_only or not differences(self._answers, after):
            return False
        if person:
            self._authors.update({offer.place.path: (offer.value, person) for offer in chosen})
        self._undo.end_run()
        self._keep(after)
        return True

    def fill_drafts(self, keys: Collection[str]) -> int:
        """Write what the form drafts into those of its fields that are blank, as one step; how many."""
        draft = self.form.draft
        if self.read_only or draft is None:
            return 0
        proposed = draft(self.form, self._context, self.answers)
        new = {
            key: text for key, text in proposed.items() if key in keys and is_blank(self._answers.get(key))
        }
        if new:
            self._undo.end_run()
            self._keep({**self._answers, **new})
        return len(new)

    def add_row(self, table_key: str, at: int | None = None) -> str:
        """A new row before position `at`, at the end by default; its id."""
        rows = self.rows(table_key)
        row = blank_row(self._tables[table_key], self._context, rows)
        self.set_rows(table_key, with_inserted(rows, len(rows) if at is None else at, [row]))
        return str(row["row_id"])

    def clear_cells(self, table_key: str, cells: Collection[tuple[str, str]]) -> None:
        """Clear cells (row id, column) as one step."""
        wanted: dict[str, list[str]] = {}
        for row_id, column in cells:
            if not self.is_locked(Place(table_key, row_id, column)):
                wanted.setdefault(row_id, []).append(column)
        rows = [
            {**row, **dict.fromkeys(columns)} if (columns := wanted.get(str(row.get("row_id")))) else row
            for row in self.rows(table_key)
        ]
        self.set_rows(table_key, rows)

    def sort_rows(self, table_key: str) -> None:
        """Put a table's rows in the order of the indicator frame."""
        self.set_rows(table_key, in_frame_order(self.rows(table_key), self._context))

    def settle(self) -> bool:
        """Reckon what follows from what was typed; it joins the keystroke's undo step. False when nothing follows."""
        place, self._unsettled = self._unsettled, None
        if place is None:
            return False
        before, after = self._answers, self._derived(self._answers)
        if after is before:
            return False
        self._answers = after
        self._undo.amend(after)
        self._tell(Change(before, after, typed_at=place))
        return True

    def end_run(self) -> None:
        """The next keystroke begins an undo step of its own."""
        self._undo.end_run()

    def undo(self) -> bool:
        """Take back the last step; False when there is none."""
        self.settle()
        return self._go_to(self._undo.undo() if self.can_undo else None)

    def redo(self) -> bool:
        """Do again what was taken back; False when there is nothing."""
        self.settle()
        return self._go_to(self._undo.redo() if self.can_redo else None)

    def explain(self, key: str, text: str) -> None:
        """Keep the explanation of a finding; blank text takes it away."""
        if self.read_only:
            return
        if text.strip():
            self._explanations[key] = text
        else:
            self._explanations.pop(key, None)

    # Checking ---------------------------------------------------------------------------------

    def check(self) -> CheckReport:
        """Run every check now."""
        self.report = self._runner.run(self.answers)
        return self.report

    def check_in_slices(self) -> Generator[None, None, CheckReport]:
        """The same in short slices, so that a keystroke in between never waits long."""
        self.report = yield from self._runner.run_in_slices(self.answers)
        return self.report

    def _written_row(self, place: Place) -> Row:
        """The row a place stands in, with the last keystroke; empty for a field outside tables."""
        number = self._row_number(place)
        return self.written_rows(place.field)[number] if number >= 0 else {}

    def _row_number(self, place: Place) -> int:
        """Where a place's row stands, -1 when nowhere; looked for first where it was the last time."""
        if not place.row_id:
            return -1
        rows, number = self.written_rows(place.field), self._last_row
        if number >= len(rows) or rows[number].get("row_id") != place.row_id:
            number = row_index(rows, place.row_id)
            self._last_row = max(number, 0)
        return number

    def _put(self, place: Place, spec: FieldSpec, row: Row, value: Any) -> None:
        """Set one value; every keystroke comes this way, so it does no more than it must."""
        if self.read_only or spec.is_closed(self._context, row):
            return
        if self._unsettled is not None and self._unsettled != place:
            self.settle()
        if not place.row_id:
            if self._answers.get(place.field) != value:
                self._keep_typed({**self._answers, place.field: value}, place, value)
            return
        number, old = self._row_number(place), self.written_rows(place.field)
        if number < 0 or old[number].get(place.column) == value:
            return
        written = {**old[number], place.column: value}
        if place.column in LEVELS:
            written.update(level_changes(self._tables[place.field], self._context, written, place.column))
        rows = list(old)
        rows[number] = written
        self._keep_typed({**self._answers, place.field: rows}, place, value)

    def _keep_typed(self, after: Answers, place: Place, value: Any) -> None:
        """Note a keystroke and tell the listeners; what follows from it is reckoned when it is settled."""
        before, self._answers = self._answers, after
        self._unsettled = place
        self._undo.note(before, after, place)
        self._tell(Change(before, after, place, value, place))

    def _keep(self, after: Answers) -> None:
        """Note a step of several places with all that follows from it, and tell the listeners."""
        before, self._answers = self._answers, self._derived(after)
        self._undo.note(before, self._answers, None)
        self._tell(Change(before, self._answers))

    def _derived(self, answers: Answers) -> Answers:
        """The answers with everything computed; a form that is only read shows what was sent."""
        return answers if self.read_only else self.form.derive(self._context, answers)

    def _go_to(self, answers: Answers | None) -> bool:
        """Stand where an undone or redone step leads."""
        if answers is None:
            return False
        before, self._answers = self._answers, answers
        self._tell(Change(before, answers))
        return True

    def _tell(self, change: Change) -> None:
        """Tell every listener of a change."""
        for listener in self._listeners:
            listener(change)

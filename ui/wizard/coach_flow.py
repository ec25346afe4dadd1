"""The coach of the open form (填写建议的显示): asked after the checks, only while its panel is open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from forms.checks.catalog import CHECKS
from forms.coach import Advice, Coach, Suggestion
from forms.findings import Place
from forms.library_search import LibraryIndex
from resources.builtin_library import coach_words, indicator_cases
from ui.item_models.library_rows import with_changes
from ui.item_models.rows import row_index, with_removed
from ui.wizard.coach_panel import CoachPanel
from ui.wizard.session import WizardSession


class CoachFlow(QObject):
    """Suggestions of one open form (填写建议的显示).

    `place_wanted` asks for a row to be shown, `told` (table, sentence) says what was taken.
    """

    place_wanted = Signal(Place)
    told = Signal(str, str)

    def __init__(self, session: WizardSession, panel: CoachPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._panel = panel
        self._coach: Coach | None = None
        self._advice: Sequence[Advice] = ()
        self._place: Place | None = None
        panel.taken.connect(self._take)
        panel.step_requested.connect(self.step)

    def begin(self, index: LibraryIndex) -> None:
        """Open the panel; `index` is the library the suggestions are taken from."""
        session = self._session
        checks = [CHECKS[code] for code in session.form.checks]
        self._coach = Coach(session.form, session.context, checks, coach_words(), indicator_cases(), index)
        self._panel.show()
        self.refresh()

    def refresh(self) -> None:
        """Ask the coach anew and show the current row; nothing is asked while the panel is closed."""
        if self._coach is None or self._panel.isHidden():
            return
        self._advice = self._coach.advise(self._session.answers, self._session.report)
        self._show()

    def stand_at(self, place: Place) -> None:
        """The cursor stands elsewhere."""
        same = self._place is not None and (place.field, place.row_id) == (
            self._place.field,
            self._place.row_id,
        )
        self._place = place
        if not same and not self._panel.isHidden():
            self._show()

    def step(self, by: int) -> bool:
        """Go to the next or previous row with suggestions; False when no other row has any."""
        rows = self._rows()
        if not rows:
            return False
        here = (self._place.field, self._place.row_id) if self._place else ("", "")
        is_here = here in rows
        target = rows[(rows.index(here) + by) % len(rows)] if is_here else self._neighbour(rows, here, by)
        wanted = next(a.place for a in self._advice if (a.place.field, a.place.row_id) == target)
        self.place_wanted.emit(wanted)
        return True

    def advice(self) -> Sequence[Advice]:
        """What the coach said last."""
        return self._advice

    def _neighbour(self, rows: Sequence[tuple[str, str]], here: tuple[str, str], by: int) -> tuple[str, str]:
        """The next row with suggestions from one that has none, round at the ends."""
        own = row_index(self._session.rows(here[0]), here[1]) if here[1] else -1
        order = [(row, row_index(self._session.rows(row[0]), row[1])) for row in rows if row[0] == here[0]]
        further = [row for row, number in order if (number > own if by > 0 else number < own)]
        if further:
            return further[0] if by > 0 else further[-1]
        return rows[0] if by > 0 else rows[-1]

    def _rows(self) -> list[tuple[str, str]]:
        """Rows that have suggestions, in the order of the tables."""
        return list(dict.fromkeys((one.place.field, one.place.row_id) for one in self._advice))

    def _show(self) -> None:
        """Fill the panel for the current row."""
        place, rows = self._place, self._rows()
        here = (place.field, place.row_id) if place else ("", "")
        mine = [one for one in self._advice if (one.place.field, one.place.row_id) == here]
        self._panel.show_advice(mine, self._title(place), len(rows) - (here in rows))

    def _title(self, place: Place | None) -> str:
        """第 3 行 养护里程."""
        if place is None or not place.row_id:
            return "填写建议"
        rows = self._session.rows(place.field)
        number = row_index(rows, place.row_id)
        if number < 0:
            return "填写建议"
        return f"第 {number + 1} 行　{rows[number].get('third_level') or '还没有名称'}"

    def _take(self, suggestion: Suggestion) -> None:
        """Write a row as suggested, as one step that can be undone."""
        session = self._session
        rows = session.rows(suggestion.table)
        if suggestion.removes:
            session.set_rows(suggestion.table, with_removed(rows, {suggestion.row_id}))
        else:
            session.set_rows(suggestion.table, with_changes(rows, suggestion.row_id, suggestion.changes))
        self.told.emit(suggestion.table, f"已采用建议：{suggestion.words}。按 Ctrl+Z 可以恢复。")
        if not suggestion.removes:
            column = "planned_value" if not suggestion.changes.get("planned_value", "-") else "third_level"
            column = "weight" if set(suggestion.changes) == {"weight"} else column
            self.place_wanted.emit(Place(suggestion.table, suggestion.row_id, column))

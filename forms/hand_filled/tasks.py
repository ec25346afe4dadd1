"""Yearly tasks of a unit's overall form (年度主要任务): names, contents, amounts, and the row of sums."""

from __future__ import annotations

from dataclasses import dataclass

from forms.hand_filled.area import Area
from forms.hand_filled.head_words import HeadWords, pattern, plain_head
from forms.hand_filled.printed import NumberReader
from forms.hand_filled.stated import StatedFund, StatedTask
from forms.hand_filled.text_kinds import TextKind, row_kinds
from models.domain.money import AmountUnit

_SOURCES = (
    ("total", "total", "总额"),
    ("fiscal", "fiscal_appropriation", "财政拨款"),
    ("other", "other", "其他资金"),
)

_AMOUNTS = tuple(key for key, _, _ in _SOURCES)
_SPENT = "spent"


@dataclass(frozen=True, slots=True)
class TaskReader:
    """Reads the table of tasks (任务读取)."""

    area: Area
    words: HeadWords
    numbers: NumberReader
    unit: AmountUnit

    def read(self, last: int) -> tuple[list[StatedTask], list[StatedFund]]:
        """The tasks down to a row, and the sums as funds of the year."""
        kinds = row_kinds(self.area.grid, self.words)
        for row in self.area.rows(None, last):
            if not kinds[row] & TextKind.TASK_COLUMN:
                continue
            columns = self._columns(row)
            if "name" not in columns:
                continue
            leaves = self._leaves(row)
            if leaves or "content" in columns or "total" in columns:
                return self._rows(row + 1 + bool(leaves), last, {**columns, **leaves})
        return [], []

    def _columns(self, row: int) -> dict[str, int]:
        """Column by role of a head row."""
        found: dict[str, int] = {}
        for column, text in self.area.beginning(row):
            match = self.words.task_column(text) if len(text) <= 20 else None
            if match and match.role == "name" and "content" not in found and "total" not in found:
                found["name"] = column  # The label of the whole block stands left of the name's own head.
            elif match:
                found.setdefault(match.role, column)
            elif self._is_spending(text):
                found.setdefault(f"{_SPENT}_total", column)
        return found

    def _leaves(self, row: int) -> dict[str, int]:
        """Column by role of the row of amounts below a head, those of spending apart; empty when it is none."""
        found: dict[str, int] = {}
        heads = self.area.beginning(row)
        for column, text in self.area.beginning(row + 1):
            match = self.words.task_column(text) if len(text) <= 20 else None
            group = next((head for at, head in reversed(heads) if at <= column), "")
            if match and match.role in _AMOUNTS:
                found.setdefault(f"{_SPENT}_{match.role}" if self._is_spending(group) else match.role, column)
            elif match:
                return {}
        return found if "total" in found else {}

    def _is_spending(self, text: str) -> bool:
        """Whether a head stands over what was spent."""
        return len(text) <= 20 and pattern(self.words.task_spending).search(plain_head(text)) is not None

    def _rows(
        self, first: int, last: int, columns: dict[str, int]
    ) -> tuple[list[StatedTask], list[StatedFund]]:
        """Tasks below the head, up to the row of sums."""
        tasks: list[StatedTask] = []
        for row in self.area.rows(first, last):
            name = self.area.text(row, columns["name"])
            texts = [text for _, text in self.area.beginning(row)]
            if any(self.words.target(text) for text in texts):
                break
            amounts = self._amounts(row, columns, "")
            where = self.area.row_name(row)
            if any(pattern(self.words.row_words.total).search(plain_head(text)) for text in texts[:2]):
                spent = self._amounts(row, columns, f"{_SPENT}_")
                funds = [
                    StatedFund(
                        source,
                        label,
                        annual_budget_fen=amounts.get(key),
                        annual_spending_fen=spent.get(key),
                        where=where,
                    )
                    for key, source, label in _SOURCES
                    if key in columns
                ]
                return tasks, funds
            content = self.area.text(row, columns["content"]) if "content" in columns else ""
            if self.numbers.is_empty(content) and not any(amounts.values()):
                continue
            tasks.append(
                StatedTask(
                    name=name,
                    content=content,
                    total_fen=amounts.get("total"),
                    fiscal_fen=amounts.get("fiscal"),
                    other_fen=amounts.get("other"),
                    where=where,
                )
            )
        return tasks, []

    def _amounts(self, row: int, columns: dict[str, int], side: str) -> dict[str, int | None]:
        """The amounts of a row in 分: planned ones, or with a `side` those spent."""
        found: dict[str, int | None] = {}
        for key, _, label in _SOURCES:
            column = columns.get(side + key)
            if column is not None:
                where = self.area.cell_name(row, column)
                found[key] = self.numbers.amount(self.area.cell(row, column), self.unit, where, label)
        return found

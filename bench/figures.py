"""How quick the figures of a county are, as a ratio to one SQL aggregate over the same rows (汇总速度).

A bureau's workspace with many filings of one budget year: targets and self-evaluations of 80 units. Ours reads
everything the page 汇总 shows (filings, registers, reviews, approvals, spending) and groups it by unit; the floor is one
GROUP BY of count and sum over the table of filings with plain sqlite3. Times are medians; nothing is asserted.
Run: `python -m bench.figures [FILINGS]`.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from main import Adapters
from models.domain.filing import Filing, FilingStatus
from models.domain.project import Project, ProjectYear
from services import practice
from services.figures.counting import grouped
from services.figures.reading import read_basis
from services.figures.records import Dimension
from services.ports.store import FilingFigures, Store
from services.workspaces import Workspace

MANY, UNITS, YEAR = 10_000, 80, 2027
_AGGREGATE = (
    "SELECT unit_code, form_id, COUNT(*), SUM(amount_fen) FROM filings WHERE budget_year = ? GROUP BY 1, 2"
)


def _fill(store: Store, count: int) -> None:
    """Half targets, half self-evaluations, a project for each pair."""
    now = datetime(2026, 9, 1, 8, 30, tzinfo=UTC)
    answers = {"funds": [{"row_id": "total", "annual_fen": 12_000_000, "spending_fen": 11_000_000}]}
    with store.writing() as work:
        for number in range(count // 2):
            unit, project = f"9{number % UNITS:05}", f"P{number:06}"
            work.projects.put(Project(project, f"项目{number}", unit, f"C{number:06}"))
            work.projects.put_year(ProjectYear(project, YEAR, 12_000_000, "一般公共预算", "农业股"))
            for form_id in ("performance_target", "self_evaluation"):
                filing = Filing(
                    f"{form_id}-{number}", f"{form_id}_{YEAR}", form_id, "1", YEAR, unit, project,
                    FilingStatus.RECEIVED, answers, version=1, updated_at=now,
                )  # fmt: skip
                work.filings.save(filing, FilingFigures(12_000_000, "92.50", "优"), expected_revision=None)
        work.commit()


def _figures(workspace: Workspace) -> int:
    """What the page reads and counts."""
    basis = read_basis(workspace, YEAR)
    return sum(group.figures.count for group in grouped(basis, Dimension.UNIT))


def _aggregate(database: Path) -> int:
    """The floor."""
    with closing(sqlite3.connect(database)) as connection:
        return sum(row[2] for row in connection.execute(_AGGREGATE, (YEAR,)))


def _milliseconds(work: Callable[[], int]) -> tuple[float, int]:
    start = time.perf_counter()
    found = work()
    return (time.perf_counter() - start) * 1000, found


def main(count: int = MANY) -> None:
    """Fill a bureau and take turns."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stick = folder / "stick"
        stick.mkdir()
        made = practice.build_bureau(Adapters(), folder / "bureau", stick, ("bench-root-1", "bench-bureau-2"))
        workspace = made.workspace
        _fill(workspace.store, count)
        ours, floors = [], []
        for _ in range(5):
            took, found = _milliseconds(lambda: _figures(workspace))
            ours.append(took)
            took, counted = _milliseconds(lambda: _aggregate(folder / "bureau" / "workspace.db"))
            floors.append(took)
            assert found == counted == count // 2 * 2, (found, counted)
        workspace.close()
    ratio = median(ours) / median(floors)
    print(
        f"figures over {count:,} filings {median(ours):9.1f} ms   "
        f"one SQL aggregate {median(floors):8.2f} ms   ratio {ratio:6.1f}"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else MANY)

"""How quick the store is, as ratios to what nobody can avoid (存储速度).

Opening: importing SQLAlchemy and opening a workspace beside importing SQLAlchemy alone, each in a fresh
process. Reading: 60 projects with their filings beside fetching the same rows with plain sqlite3. Autosave: a form of 300 rows with one
sentence, one cell or every cell changed beside a bare sqlite3 commit of the same JSON text in one row, on the
same disk with the same durability; the two take turns. Boards: a workspace of many filings, filtered.
Times are medians; nothing is asserted. Run: `python -m bench.store [FILINGS]`.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from models.domain.filing import AnswerChange, Filing
from models.domain.project import Project, ProjectYear
from models.store.opener import SqliteStoreOpener
from models.store.store import SqlStore
from models.store.values import json_column
from services.ports.store import FilingFigures, FilingQuery

NOW = datetime(2026, 9, 1, 8, 30, tzinfo=UTC)
ROOT = Path(__file__).resolve().parent.parent
PROJECTS = 60
ROWS = 300
SAVES = 60
MANY = 100_000
_DATABASE = "workspace.db"


def _row(number: int, stamp: int = 0) -> dict[str, str]:
    """An indicator row of about 350 bytes."""
    return {
        "row_id": f"r{number}",
        "first_level": "output",
        "second_level": "quantity",
        "third_level": f"第{number}标段村道日常养护里程及沿线排水设施清理疏通情况" * 2,
        "comparator": "≥",
        "planned_value": f"{number + stamp}",
        "measure_unit": "公里",
        "weight": "0.25",
        "direction": "positive",
    }


def _filing(filing_id: str, project_id: str, rows: int) -> Filing:
    answers = {
        "annual_target": "全年完成镇内村道日常养护，保障群众出行安全。" * 8,
        "annual_funds_fen": 12_000_000,
        "indicators": [_row(number) for number in range(rows)],
    }
    return Filing(
        filing_id, "2027-target", "performance_target", "1", 2027, "990101", project_id, answers=answers
    )


def _figures(filing: Filing) -> FilingFigures:
    return FilingFigures(amount_fen=12_000_000, indicator_rows=tuple(filing.answers["indicators"]))


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _say(what: str, ours: float, floor: float, beside: str) -> None:
    print(f"{what:<46}{ours:9.2f} ms   {beside} {floor:8.2f} ms   ratio {ours / floor:6.2f}")


def _fill(store: SqlStore) -> None:
    """60 projects with one filing of 12 rows each."""
    with store.writing() as work:
        for number in range(PROJECTS):
            project_id = f"P{number:02}"
            work.projects.put(Project(project_id, f"项目{number}", "990101"))
            work.projects.put_year(ProjectYear(project_id, 2027, 12_000_000))
            filing = _filing(f"F{number:02}", project_id, 12)
            work.filings.save(filing, _figures(filing), expected_revision=None)
        work.commit()


def opening(folder: Path) -> None:
    """Import and open in fresh processes, alternating with the import alone."""
    imports = "import sqlalchemy, sqlite3"
    opens = (
        "from models.store.opener import SqliteStoreOpener; from pathlib import Path; import datetime;"
        f"SqliteStoreOpener().open(Path({str(folder)!r}), datetime.datetime.now(datetime.UTC)).close()"
    )
    inner = "import time; s = time.perf_counter(); {}; print(time.perf_counter() - s)"

    def run(program: str) -> float:
        command = [sys.executable, "-c", inner.format(program)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        return float(done.stdout) * 1000

    rounds = [(run(imports), run(opens)) for _ in range(7)]
    floor, ours = (median(column) for column in zip(*rounds, strict=True))
    _say("import SQLAlchemy and open the workspace", ours, floor, "import alone")


def reading(store: SqlStore, folder: Path) -> None:
    """The matrix's questions, and everything with answers, beside plain sqlite3."""

    def overview() -> None:
        with store.reading() as work:
            assert len(work.projects.list("990101")) == len(work.projects.years()) == PROJECTS
            assert len(work.filings.overview(FilingQuery(unit_code="990101"))) == PROJECTS

    def whole() -> None:
        with store.reading() as work:
            assert len(work.projects.list("990101")) == PROJECTS
            assert len(work.filings.find(FilingQuery(unit_code="990101"))) == PROJECTS

    with closing(sqlite3.connect(folder / _DATABASE)) as bare:

        def bare_overview() -> None:
            for table in ("projects", "project_years", "filings"):
                assert len(bare.execute(f"SELECT * FROM {table}").fetchall()) == PROJECTS

        def bare_whole() -> None:
            bare.execute("SELECT * FROM projects").fetchall()
            found = bare.execute("SELECT * FROM filings JOIN filing_contents USING (filing_id)")
            assert len([json.loads(row[-1]) for row in found]) == PROJECTS

        for what, ours, floor in (
            ("60 projects, years, filings without answers", overview, bare_overview),
            ("60 projects and filings with answers", whole, bare_whole),
        ):
            rounds = [(_milliseconds(ours), _milliseconds(floor)) for _ in range(30)]
            _say(what, *(median(column) for column in zip(*rounds, strict=True)), "sqlite3")


def autosave(store: SqlStore, folder: Path) -> None:
    """Saving a form of 300 rows after different edits beside committing its JSON."""
    filing = _filing("large", "large", ROWS)
    text = json_column(filing.answers)
    print(f"\nautosave of {ROWS} rows, {len(text.encode()) / 1024:.0f} KB of JSON")
    with store.writing() as work:
        filing = work.filings.save(filing, _figures(filing), expected_revision=None)
        work.commit()

    def sentence(answers: dict[str, Any], number: int) -> dict[str, Any]:
        return {**answers, "annual_target": f"第{number}稿"}

    def cell(answers: dict[str, Any], number: int) -> dict[str, Any]:
        rows = list(answers["indicators"])
        rows[number % ROWS] = _row(number % ROWS, number)
        return {**answers, "indicators": rows}

    def every_cell(answers: dict[str, Any], number: int) -> dict[str, Any]:
        return {**answers, "indicators": [_row(n, number) for n in range(ROWS)]}

    with closing(sqlite3.connect(folder / "bare.db", isolation_level=None)) as bare:
        bare.execute("PRAGMA journal_mode = WAL")
        bare.execute("PRAGMA synchronous = FULL")
        bare.execute("CREATE TABLE kept (id TEXT PRIMARY KEY, body TEXT)")
        bare.execute("INSERT INTO kept VALUES ('large', '')")
        for what, edit in (("one sentence", sentence), ("one cell", cell), ("every cell", every_cell)):
            ours, floor = [], []
            for number in range(1, SAVES + 1):
                filing = replace(filing, answers=edit(dict(filing.answers), number))
                started = time.perf_counter()
                filing = _save(store, filing)
                ours.append((time.perf_counter() - started) * 1000)
                body = json_column(filing.answers)
                floor.append(_milliseconds(lambda text=body: _bare_save(bare, text)))
            _say(f"autosave, {what} changed", median(ours), median(floor), "bare commit")


def _save(store: SqlStore, filing: Filing) -> Filing:
    """What an autosave does."""
    with store.writing() as work:
        saved = work.filings.save(filing, _figures(filing), expected_revision=filing.revision)
        work.filings.add_history([AnswerChange(filing.filing_id, "annual_target", "前", "后", NOW, "王芳")])
        work.commit()
    return saved


def _bare_save(bare: sqlite3.Connection, text: str) -> None:
    bare.execute("BEGIN IMMEDIATE")
    bare.execute("UPDATE kept SET body = ? WHERE id = 'large'", (text,))
    bare.execute("COMMIT")


def boards(store: SqlStore, folder: Path, many: int) -> None:
    """Filters over a bureau's many filings; rows are put in directly, a tenth of a second's work each thousand."""
    years, units = (2025, 2026, 2027), 400
    body = json_column(_filing("x", "x", 12).answers)
    with closing(sqlite3.connect(folder / _DATABASE, isolation_level=None)) as bare:
        bare.execute("BEGIN IMMEDIATE")
        keys = (
            (f"m{n}", f"{years[n % 3]}-target", years[n % 3], f"98{n // 3 % units:04}", f"Q{n // 3}")
            for n in range(many)
        )
        bare.executemany(
            "INSERT INTO filings (filing_id, task_id, form_id, budget_year, unit_code, project_id, status)"
            " VALUES (?, ?, 'performance_target', ?, ?, ?, 'received')",
            keys,
        )
        bare.executemany(
            "INSERT INTO filing_contents (filing_id, answers) VALUES (?, ?)",
            ((f"m{n}", body) for n in range(many)),
        )
        bare.execute("COMMIT")
    size = (folder / _DATABASE).stat().st_size / 1024**2
    print(f"\n{many} filings, {size:.0f} MB")
    for query in (
        FilingQuery(unit_code="980007"),
        FilingQuery(unit_code="980007", budget_year=2027),
        FilingQuery(project_id="Q77"),
        FilingQuery(task_id="2027-target", unit_code="980007"),
        FilingQuery(budget_year=2027, text="980007"),
    ):
        asked = {name: value for name, value in query._asdict().items() if value is not None}
        with store.reading() as work:
            found = len(work.filings.find(query))
            whole = median(_milliseconds(lambda q=query: work.filings.find(q)) for _ in range(5))
            short = median(_milliseconds(lambda q=query: work.filings.overview(q)) for _ in range(5))
        print(f"{asked!s:<56}{found:6} found  find {whole:8.2f} ms  overview {short:8.2f} ms")


def main() -> int:
    """Print every measurement."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = SqliteStoreOpener().open(folder, NOW, create=True)
        _fill(store)
        store.close()
        opening(folder)
        store = SqliteStoreOpener().open(folder, NOW)
        reading(store, folder)
        autosave(store, folder)
        boards(store, folder, many)
        store.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())

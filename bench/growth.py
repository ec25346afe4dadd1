"""How time grows with the number of filings (数据量增长): what a bureau's pages ask for at 1,000, 10,000 and 100,000.

A practice bureau, its store filled by bulk insert: filings of ten budget years and four hundred units, each with a
project, its year, answers of some kilobytes and a submission; nine tenths of them reviewed long ago, a tenth waiting.
Times are medians of several askings in processor time, which a busy machine changes little: nothing here waits for
the disk but writing one more filing. The goal is for what a person does while looking at a page: filters and
searching; what a page reads when it is opened or something has changed, and taking in one more filing, are told beside.
Run: `python -m bench.growth [FILINGS…]`.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from bench.report import Line
from main import Adapters
from models.domain.filing import Filing, FilingStatus
from models.domain.review import ReviewLevel
from services import package_lines, practice, reporting_status
from services.figures.counting import grouped
from services.figures.reading import read_basis
from services.figures.records import Dimension
from services.ports.store import FilingFigures, FilingQuery
from services.review.desk_queue import desk_queue
from services.review.queue import QueueFilter, QueueQuery
from services.workspaces import Workspace

SIZES = (1_000, 10_000, 100_000)
UNITS, YEARS = 400, tuple(range(2018, 2028))
FORMS = ("performance_target", "self_evaluation")
GOAL_MS = 100.0
_ROUNDS = 5
_SENTENCE = "全年完成镇内村道日常养护，清理排水设施，保障群众出行安全，群众满意度稳步提高。"


def _answers(number: int) -> str:
    """A form of some kilobytes."""
    rows = [
        {
            "row_id": f"r{n}",
            "first_level": "output",
            "third_level": f"第{n}标段村道养护里程",
            "planned_value": "12",
        }
        for n in range(8)
    ]
    funds = [{"row_id": "total", "annual_fen": 12_000_000, "spending_fen": 11_000_000 + number}]
    return json.dumps(
        {"annual_target": _SENTENCE * 4, "funds": funds, "indicators": rows}, ensure_ascii=False
    )


def _filings(count: int) -> Iterator[dict[str, Any]]:
    """Rows of filings, year after year; what is of the newest year waits for review."""
    for number in range(count):
        pair, form_id = divmod(number, len(FORMS))
        year = YEARS[pair % len(YEARS)]
        newest = year == YEARS[-1]
        yield {
            "filing_id": f"g{number:06}", "task_id": f"{FORMS[form_id]}_{year}", "form_id": FORMS[form_id], "form_version": "1",
            "budget_year": year, "unit_code": f"7{pair // len(YEARS) % UNITS:05}",
            "project_id": f"G{pair:06}", "status": "received" if newest else "passed", "version": 1, "revision": 1,
            "updated_at": f"{year}-0{1 + pair % 9}-15T02:00:00.000000Z", "amount_fen": 12_000_000 + pair,
            "score": f"{80 + pair % 20}.50", "grade": "优" if pair % 20 > 9 else "良", "progress": 100,
            "to_explain": pair % 3 == 0,
        }  # fmt: skip


def _fill(database: Path, count: int) -> None:
    """Put rows in, everything a filing that came has."""
    with closing(sqlite3.connect(database, isolation_level=None)) as bare:
        bare.execute("BEGIN IMMEDIATE")
        pairs = range((count + 1) // 2)
        bare.executemany(
            "INSERT INTO units (code, name, department_code, bureau_office) VALUES (?, ?, ?, ?)",
            (
                (f"7{n:05}", f"示例县第{n}预算单位", f"7{n // 8 * 8:05}", f"第{n % 6}业务股")
                for n in range(UNITS)
            ),
        )
        bare.executemany(
            "INSERT INTO projects (project_id, position, name, unit_code, project_code) VALUES (?, ?, ?, ?, ?)",
            (
                (f"G{n:06}", n, f"第{n}号农村公路养护", f"7{n // len(YEARS) % UNITS:05}", f"GC{n:06}")
                for n in pairs
            ),
        )
        bare.executemany(
            "INSERT INTO project_years (project_id, budget_year, budget_fen, bureau_office) VALUES (?, ?, ?, ?)",
            ((f"G{n:06}", YEARS[n % len(YEARS)], 12_000_000 + n, f"第{n % 6}业务股") for n in pairs),
        )
        rows = list(_filings(count))
        names = tuple(rows[0])
        marks = ", ".join(f":{name}" for name in names)
        bare.executemany(f"INSERT INTO filings ({', '.join(names)}) VALUES ({marks})", rows)
        bare.executemany(
            "INSERT INTO filing_contents (filing_id, answers) VALUES (?, ?)",
            ((row["filing_id"], _answers(n)) for n, row in enumerate(rows)),
        )
        bare.executemany(
            "INSERT INTO review_files (filing_id, version, level, office, revision) VALUES (?, 1, ?, ?, 1)",
            (
                (row["filing_id"], "" if row["status"] == "passed" else ReviewLevel.OFFICE.value, "第1业务股")
                for row in rows
            ),
        )
        bare.execute("COMMIT")
        bare.execute("ANALYZE")


def _bureau(folder: Path) -> Workspace:
    """A bureau with a kit of each working year, which asks for the two forms of the budget year after it."""
    tools, stick = Adapters(), folder / "stick"
    stick.mkdir(parents=True)
    made = practice.build_bureau(tools, folder / "bureau", stick, ("growth-root-1", "growth-leaf-2"))
    workspace = made.workspace
    stored = workspace.current_kit()
    with workspace.store.writing() as work:
        for year in YEARS:
            tasks = tuple(
                replace(stored.kit.tasks[0], task_id=f"{form_id}_{year}", name=f"{year}年", form_id=form_id, budget_year=year)
                for form_id in FORMS
            )  # fmt: skip
            kit = replace(stored.kit, tasks=tasks, version=stored.kit.version + 1, working_year=year - 1)
            work.kits.add(kit, f"{year}", workspace.tools.clock.now())
        work.commit()
    return workspace


def _milliseconds(work: Callable[[], object]) -> float:
    """The median of some askings, processor time."""
    return median(_once(work) for _ in range(_ROUNDS))


def _once(work: Callable[[], object]) -> float:
    """One asking, processor time."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def _one_more(workspace: Workspace, number: int) -> None:
    """What is written for one more filing."""
    with workspace.store.writing() as work:
        filing = Filing(
            f"more{number}", "performance_target_2027", "performance_target", "1", 2027, "700001", "G000001",
            FilingStatus.RECEIVED, {"annual_target": _SENTENCE}, version=1, updated_at=workspace.tools.clock.now(),
        )  # fmt: skip
        work.filings.save(filing, FilingFigures(12_000_000), expected_revision=None)
        work.commit()


def _asked(workspace: Workspace) -> dict[str, Callable[[], object]]:
    """What people do, by name; those with * are to be quick."""

    def overview(**given: Any) -> Callable[[], object]:
        def ask() -> object:
            with workspace.store.reading() as work:
                return work.filings.overview(FilingQuery(**given))

        return ask

    def queue(**given: Any) -> Callable[[], object]:
        return lambda: desk_queue(workspace, QueueQuery(**given))

    count = iter(range(10_000))
    return {
        "* search by a project's name": overview(text="第77号农村公路"),
        "* search by a unit's name": overview(text="第399预算单位"),
        "* filings of a unit": overview(unit_code="700007"),
        "* filings of a project": overview(project_id="G000077"),
        "* filings of a unit and year": overview(unit_code="700007", budget_year=2027),
        "* review queue: waiting": queue(),
        "* review queue: of an office": queue(office="第1业务股"),
        "* review queue: search": queue(text="第79号"),
        "* review queue: of a form and year": queue(form_id=FORMS[0], budget_year=2027),
        "* review queue: reviewed": queue(shown=QueueFilter.DONE),
        "list of packages": lambda: package_lines.package_lines(workspace),
        "one more filing written": lambda: _one_more(workspace, next(count)),
    }


def _kept(workspace: Workspace) -> dict[str, Callable[[], object]]:
    """What is kept in memory, by name; asked for the first time, and each time after one more filing."""
    return {
        "review queue": lambda: desk_queue(workspace, QueueQuery()),
        "reporting status": lambda: reporting_status.reporting_status(workspace),
        "figures of a budget year": lambda: grouped(read_basis(workspace, 2027), Dimension.UNIT),
    }


def _after_changes(workspace: Workspace) -> dict[str, float]:
    """Milliseconds of what is kept in memory: first, and the median after each of some filings more."""
    found, number = {}, 20_000
    for what, ask in _kept(workspace).items():
        found[f"{what}, first"] = _once(ask)
        taken = []
        for _ in range(_ROUNDS):
            number += 1
            _one_more(workspace, number)
            taken.append(_once(ask))
        found[f"{what}, after one filing more"] = median(taken)
    return found


def main(sizes: tuple[int, ...]) -> list[Line]:
    """A table of milliseconds, and the slowest of what is to be quick."""
    table: dict[str, list[float]] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            workspace = _bureau(Path(name))
            _fill(Path(name, "bureau", "workspace.db"), size)
            for what, one in _after_changes(workspace).items():
                table.setdefault(what, []).append(one)
            for what, ask in _asked(workspace).items():
                table.setdefault(what, []).append(_milliseconds(ask))
            workspace.close()
    print(f"{'processor milliseconds at':<40}" + "".join(f"{size:>12,}" for size in sizes))
    for what, taken in table.items():
        print(f"{what:<40}" + "".join(f"{one:>12.1f}" for one in taken))
    slowest = max(taken[-1] for what, taken in table.items() if what.startswith("*"))
    return [
        Line(
            "slowest filter or search ÷ 100 ms", slowest / GOAL_MS, 1.0, f"{slowest:.0f} ms at {sizes[-1]:,}"
        )
    ]


if __name__ == "__main__":
    for line in main(tuple(int(text) for text in sys.argv[1:]) or SIZES):
        print(line)

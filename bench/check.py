"""How quick checking hand-filled workbooks is, as a ratio to opening and iterating them (表格检查速度).

300 workbooks of a county, a self-evaluation of 12 indicators in each, in the national layout. A floor opens
each and goes once through its cells; `check` recognises the form, recomputes every score and runs every check
besides. The line with the goal has openpyxl, the spreadsheet library, on both sides. `check` as users have it reads with the
program's own lean reader, a fraction of that time: how it stands beside the library and beside that reader alone is
told as well, so that nobody takes a quick reader for a quick check. All take turns in one run; the quickest of
several rounds counts.
Run: `python -m bench.check`.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

import main as program
from bench.reading_library import LibraryGrids
from bench.report import Line
from services.checking import check_files
from services.job import JobContext

FILES = 300
ROWS = 12
ROUNDS = 3
GOAL = 1.5
_MONEY = ("项目资金（万元）", None, None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
_HEAD = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
)
_LEVELS = ("产出指标", "产出指标", "产出指标", "效益指标", "效益指标", "满意度指标")


def _sheet(sheet: Worksheet, chance: random.Random, number: int) -> None:
    """One self-evaluation, most rows met, some short."""
    sheet.append(["项目支出绩效自评表"])
    sheet.merge_cells("A1:I1")
    sheet.append(["（2025年度）"])
    sheet.append(["项目名称", None, f"农村公路养护第{number}标段"])
    sheet.append(["主管部门", None, "示例县交通运输局", None, "实施单位", f"示例镇{number % 20}人民政府"])
    sheet.append(list(_MONEY))
    budget = chance.randint(100, 9000) / 10
    spent = round(budget * chance.randint(80, 100) / 100, 2)
    rate = f"{spent / budget:.2%}"
    points = round(10 * spent / budget, 2)
    sheet.append(["年度资金总额", None, "年度资金总额", budget, budget, spent, 10, rate, points])
    sheet.append([None, None, "其中：当年财政拨款", budget, budget, spent, "—", rate, "—"])
    sheet.append([None, None, "其他资金", 0, 0, 0, "—", "0.00%", "—"])
    sheet.append(["年度总体目标", None, "预期目标", None, None, "实际完成情况"])
    sheet.append([None, None, "完成全年村道养护任务。", None, None, "已完成全年村道养护任务。"])
    sheet.append(list(_HEAD))
    total = points
    for row in range(ROWS):
        planned = chance.randint(10, 400)
        done = planned if chance.random() < 0.8 else int(planned * 0.9)
        given = round(7.5 * done / planned, 2)
        total += given
        level = _LEVELS[row * len(_LEVELS) // ROWS]
        reason = "" if done == planned else "受汛期影响，工期推迟，下一步加快施工"
        sheet.append(
            [level, "数量指标", f"养护里程{row}", f"≥{planned}公里", f"{done}公里", 7.5, given, reason]
        )
    sheet.append(["总分", None, None, None, None, 100, round(total, 2)])


def _county(folder: Path) -> list[Path]:
    """The workbooks; the same on every run."""
    chance, paths = random.Random(5), []
    for number in range(FILES):
        book = Workbook()
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        _sheet(sheet, chance, number)
        paths.append(folder / f"{number:03}.xlsx")
        book.save(paths[-1])
    return paths


def _quickest(actions: Sequence[Callable[[], object]]) -> list[float]:
    """The quickest milliseconds of each action, the actions taking turns."""
    best = [float("inf")] * len(actions)
    for _round in range(ROUNDS):
        for index, action in enumerate(actions):
            start = time.process_time()
            action()
            best[index] = min(best[index], (time.process_time() - start) * 1000)
    return best


def main() -> list[Line]:
    """Measure; that every workbook was really read and scored is looked at first."""
    tools, through_library = program.Adapters(), program.Adapters()
    through_library.hand_filled = LibraryGrids()
    with tempfile.TemporaryDirectory() as name:
        paths = _county(Path(name))
        checked = check_files(tools, paths, None, JobContext())
        assert all(file.objects[0]["scores"]["rule_total"] for file in checked)
        by_library = check_files(through_library, paths, None, JobContext())
        assert all(one.objects == other.objects for one, other in zip(checked, by_library, strict=True))

        def iterate() -> int:
            return sum(
                len(cell.text)
                for path in paths
                for grid in tools.hand_filled.read(path)
                for cell in grid.cells.values()
            )

        def with_library() -> int:
            return sum(
                1
                for path in paths
                for sheet in load_workbook(path, data_only=True)
                for cells in sheet.iter_rows(values_only=True)
                for cell in cells
                if cell is not None
            )

        own, library, check, slow_check = _quickest(
            [
                iterate,
                with_library,
                lambda: check_files(tools, paths, None, JobContext()),
                lambda: check_files(through_library, paths, None, JobContext()),
            ]
        )
    return [
        _line(
            "checked through openpyxl, beside opening and iterating them with it", slow_check, library, GOAL
        ),
        _line("checked as users do, beside opening and iterating them with openpyxl", check, library, None),
        _line("checked as users do, beside the program's own reader", check, own, None),
        _line("opened and iterated by the program's own reader beside openpyxl", own, library, None),
    ]


def _line(name: str, taken: float, floor: float, goal: float | None) -> Line:
    """One ratio with the milliseconds of a workbook."""
    detail = f"{taken / FILES:.2f} ms beside {floor / FILES:.2f} ms a workbook"
    return Line(f"{FILES} workbooks {name}", taken / floor, goal, detail)


if __name__ == "__main__":
    for line in main():
        sys.stdout.write(f"{line}\n")

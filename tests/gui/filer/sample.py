"""A filer's desk as tests see it (示例县柳林镇): tasks, rows, cells, packages; all fictitious."""

from __future__ import annotations

from datetime import date, datetime

from forms.hand_filled.stated import StatedTable
from models.domain.filing import FilingStatus
from models.domain.project import DeclarationStage, FilingTask, Project, RegisterEntry, Unit
from services.excel_places import PlaceCell, TablePlaces
from services.last_year import LastYear, LastYearChoice
from services.matrix import Matrix, MatrixCell, MatrixRow, TaskCard, Tone
from ui.filer.records import SealLine, SealSigner
from ui.widgets.chip import ChipLook

TOWN = Unit("990001", "示例县柳林镇人民政府", "990001", "示例县柳林镇人民政府", "乡财股", "乡镇")

TARGET = FilingTask(
    "target",
    "绩效目标申报〔2027年预算〕",
    "performance_target",
    2027,
    date(2026, 8, 1),
    date(2026, 10, 15),
    DeclarationStage.FIRST_ROUND,
)
OVERALL = FilingTask(
    "overall",
    "整体支出绩效目标申报〔2027年预算〕",
    "overall_expenditure_target",
    2027,
    date(2026, 8, 1),
    date(2026, 10, 15),
)
TASKS = (TARGET, OVERALL)


def cell(task, word, tone, status=None, progress=0, *, due=True, reason="") -> MatrixCell:
    return MatrixCell(
        task.task_id,
        word,
        Tone(tone),
        status,
        progress,
        "F1" if status else "",
        due,
        reason,
        is_approvable=status is FilingStatus.RECEIVED,
    )


def nothing(task) -> MatrixCell:
    return cell(task, "—", "none", due=False)


def row(number, name, fen, target) -> MatrixRow:
    return MatrixRow(f"p{number}", name, f"99000027T{number:012d}", fen, (target, nothing(OVERALL)))


ROWS = (
    row(1, "村组干部报酬", 330_980_000, cell(TARGET, "已接收", "good", FilingStatus.RECEIVED, 100)),
    row(2, "基层组织活动经费", 66_000_000, cell(TARGET, "退回修改", "bad", FilingStatus.RETURNED, 100)),
    row(3, "农村公路养护", 128_400_000, cell(TARGET, "可报送", "accent", FilingStatus.DRAFT, 100)),
    row(4, "生活垃圾清运", 96_500_000, cell(TARGET, "填至 68%", "accent", FilingStatus.DRAFT, 68)),
    row(5, "森林防火", None, cell(TARGET, "未填", "open")),
    row(
        6,
        "居家养老服务",
        42_750_000,
        cell(TARGET, "无需填报", "none", FilingStatus.EXEMPT, reason="预算低于 20 万元"),
    ),
    row(7, "环境整治", 9_000_000, cell(TARGET, "已封装", "good", FilingStatus.SEALED, 100)),
    row(8, "饮水安全", 54_200_000, cell(TARGET, "必改 3 条", "bad", FilingStatus.DRAFT, 100)),
    MatrixRow("", "部门（单位）整体支出", "", None, (nothing(TARGET), cell(OVERALL, "未填", "open"))),
)


def matrix(rows=ROWS, days_left=12, done=4) -> Matrix:
    cards = (TaskCard(TARGET, done, 8, days_left), TaskCard(OVERALL, 0, 1, days_left + 1))
    return Matrix(2026, 2027, TASKS, cards, tuple(rows))


def many(count: int) -> Matrix:
    tasks = tuple(
        FilingTask(
            f"t{n}", f"绩效自评〔{2023 + n}年预算〕", "x", 2023 + n, date(2026, 8, 1), date(2026, 10, 15)
        )
        for n in range(5)
    )
    rows = tuple(
        MatrixRow(
            f"p{n}",
            f"项目 {n}",
            f"{n:021d}",
            n * 1_000_000,
            tuple(cell(task, f"填至 {n % 100}%", "accent", FilingStatus.DRAFT, n % 100) for task in tasks),
        )
        for n in range(count)
    )
    cards = tuple(TaskCard(task, n, count, 10) for n, task in enumerate(tasks))
    return Matrix(2026, 2027, tasks, cards, rows)


PROJECTS = tuple(Project(r.project_id, r.name, TOWN.code, r.project_code, "民生保障") for r in ROWS[:3])

ENTRIES = tuple(
    RegisterEntry(f"99000027T{n:012d}", name, TOWN.code, 2027, "民生保障", "乡财股", fen, "一般公共预算")
    for n, (name, fen) in enumerate((("村组干部报酬", 330_980_000), ("农村公路养护", 128_400_000)))
)

READY = ChipLook("可报送", "good", "check")
SEAL_LINES = (
    SealLine("F3", "target", "p3", "农村公路养护", "项目支出绩效目标申报表", 2027, READY, "", 2),
    SealLine("F9", "overall", "", TOWN.name, "部门（单位）整体支出绩效目标申报表", 2027, READY),
    SealLine(
        "F8",
        "target",
        "p8",
        "饮水安全",
        "项目支出绩效目标申报表",
        2027,
        ChipLook("必改 3", "bad", "problem_solid"),
        "还有 3 处必改，请先改正",
    ),
)
SIGNER = SealSigner(
    "张敏", TOWN.name, "K7Q2M4XZ9PLWRT3B", ChipLook("等待登记", "accent", "time"), "首次报送时核对。"
)
NOW = datetime(2026, 9, 1, 10, 32, 7)

LAST_YEAR = LastYear(
    tuple(LastYearChoice(TARGET, row.project_id, row.name, 12) for row in ROWS[:3]),
    ("生活垃圾清运", "森林防火"),
)
PLACES = tuple(PlaceCell(TARGET, row.project_id, row.name, row.project_code) for row in ROWS[:-1])
TABLES = tuple(
    TablePlaces(
        number,
        StatedTable("老表.xlsx", sheet=f"表{number}", cells="A1:H40", form=TARGET.form_id, project_name=name),
        "项目支出绩效目标申报表",
        (TARGET, TARGET),
        PLACES,
        tuple(place for place in PLACES if place.subject == name),
    )
    for number, name in enumerate(("村组干部报酬", "镇区环境卫生综合整治和垃圾清运"))
)

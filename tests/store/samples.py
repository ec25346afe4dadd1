"""Records the store's tests keep (样例): as small as they can be, as large as they must be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from models.domain.approval import Approval
from models.domain.desk_user import DeskUser, UserRole
from models.domain.evidence import Evidence, EvidenceFile
from models.domain.filing import AnswerChange, Filing
from models.domain.indicator import Comparator
from models.domain.kit import (
    FirstLevel,
    FormSetting,
    FrameLayout,
    GradeBand,
    IndicatorFrame,
    ParameterKit,
    ScoreScheme,
    SecondLevel,
    TrustMode,
)
from models.domain.money import AmountUnit
from models.domain.paper_filing import PaperFiling
from models.domain.payment import Payment
from models.domain.platform_batch import PlatformBatch
from models.domain.project import FilingTask, RegisterEntry, Unit
from models.domain.review import ReviewComment, ReviewDecision, ReviewFile, ReviewLevel, ReviewOutcome
from services.ports.store import (
    CertificateRecord,
    FileClaims,
    FilingFigures,
    IntakeDecision,
    PackageRecord,
    QuarantineRecord,
)

NOW = datetime(2026, 9, 1, 8, 30, tzinfo=UTC)
TOWN = Unit("990101", "示例县东风镇人民政府", department_code="990101", category="乡镇", contact_name="王芳")
SCHOOL = Unit("990201", "示例县第一小学", department_code="990200", department_name="示例县教育局")


def later(minutes: int) -> datetime:
    """A moment after NOW."""
    return NOW + timedelta(minutes=minutes)


def indicator(number: int, **changed: Any) -> dict[str, Any]:
    """A row as the form keeps it."""
    row = {
        "row_id": f"r{number}",
        "first_level": "output",
        "second_level": "quantity",
        "third_level": f"养护村道里程（第{number}标段）",
        "comparator": Comparator.AT_LEAST.value,
        "planned_value": str(number),
        "measure_unit": "公里",
        "weight": "0.25",
        "direction": "positive",
    }
    return {**row, **changed}


def answers(rows: int, **changed: Any) -> dict[str, Any]:
    """Answers with a table of so many indicators."""
    filled = {
        "project_name": "农村公路日常养护",
        "annual_funds_fen": 12_000_000,
        "annual_target": "全年完成镇内村道日常养护，保障群众出行安全。",
        "indicators": [indicator(number) for number in range(1, rows + 1)],
    }
    return {**filled, **changed}


def filing(filing_id: str = "F1", **changed: Any) -> Filing:
    """A filing of the town's road project."""
    base = Filing(
        filing_id=filing_id,
        task_id="2027-target",
        form_id="performance_target",
        form_version="1",
        budget_year=2027,
        unit_code=TOWN.code,
        project_id="P1",
        answers=answers(2),
        explanations={"C20": "上级文件规定"},
        updated_at=NOW,
    )
    return replace(base, **changed)


def figures(of: Filing, **changed: Any) -> FilingFigures:
    """What is projected from a filing."""
    base = FilingFigures(
        amount_fen=12_000_000,
        indicator_rows=tuple(of.answers.get("indicators", ())),
        progress=80,
        blocking=1,
        to_explain=2,
    )
    return replace(base, **changed)


def change(number: int, filing_id: str = "F1", path: str = "annual_target") -> AnswerChange:
    """One change of an answer."""
    return AnswerChange(filing_id, path, f"第{number - 1}稿", f"第{number}稿", later(number), "王芳")


def entry(number: int, budget_year: int = 2027, unit_code: str = TOWN.code) -> RegisterEntry:
    """A line of the project register."""
    return RegisterEntry(
        project_code=f"99000027{number:013d}",
        project_name=f"项目{number}",
        unit_code=unit_code,
        budget_year=budget_year,
        budget_fen=number * 100,
        fund_type="一般公共预算",
        forms_due=("performance_target", "self_evaluation"),
    )


def kit(version: int = 1, working_year: int = 2026, kit_id: str = "990000-2026") -> ParameterKit:
    """A kit with one task, one frame and one scheme."""
    quantity = SecondLevel("quantity", "数量指标", is_required=True)
    frame = IndicatorFrame(
        "frame",
        "指标框架",
        FrameLayout.ANNUAL,
        ("comparator", "planned_value"),
        (FirstLevel("output", "产出指标", (quantity,), is_required=True),),
    )
    scheme = ScoreScheme(
        "scheme",
        "计分方案",
        weights_at_declaration=True,
        declaration_total=Decimal(90),
        execution_score=Decimal(10),
        first_level_weights=({"output": Decimal(50), "benefit": Decimal("40.0")},),
        grades=(GradeBand("优", Decimal(90)),),
    )
    task = FilingTask(
        "2027-target", "绩效目标申报", "performance_target", 2027, date(2026, 8, 1), date(2026, 10, 31)
    )
    return ParameterKit(
        kit_id=kit_id,
        name="示例县任务参数包",
        version=version,
        division_code="990000",
        issuer_name="示例县财政局",
        working_year=working_year,
        issued_on=date(2026, 7, 1),
        trust_mode=TrustMode.SIMPLE,
        tasks=(task,),
        frames=(frame,),
        schemes=(scheme,),
        form_settings=(FormSetting("performance_target", "1", "frame", "scheme", AmountUnit.WAN_YUAN),),
        required_indicators=(),
        check_settings={"C20": {"limit_fen": 100}},
        units=(TOWN, SCHOOL),
        register=(entry(1),),
    )


def package(manifest: str, minutes: int = 0, **changed: Any) -> PackageRecord:
    """A package the town sent."""
    base = PackageRecord(
        manifest_sha256=manifest,
        direction="sent",
        message_type="submission",
        unit_code=TOWN.code,
        unit_name=TOWN.name,
        working_year=2026,
        number=1,
        file_name=f"{TOWN.code}_2026_submission_1_{manifest[:8]}.asice",
        source_path="E:\\报送",
        archive_name=f"{manifest}.asice",
        size=3_000_000_000,
        payload_sha256="ab" * 32,
        signer={"name": "王芳", "role": "填报人"},
        verdict={"word": "valid", "reasons": []},
        filing_versions=(("F1", 1), ("F2", 3)),
        at=later(minutes),
    )
    return replace(base, **changed)


def refused(path: str, sha256: str = "cd" * 32, minutes: int = 0, **changed: Any) -> QuarantineRecord:
    """A file that was not taken in."""
    base = QuarantineRecord(
        path=path,
        sha256=sha256,
        size=17,
        verdict="altered",
        reasons=({"code": "digest_mismatch", "message": "内容与清单不一致"},),
        unit_code=TOWN.code,
        message_type="submission",
        signer={"name": "王芳"},
        at=later(minutes),
    )
    return replace(base, **changed)


def decision(number: int, **changed: Any) -> IntakeDecision:
    """What the bureau decided on the second filing."""
    base = IntakeDecision("F2", True, "bb", 1, f"c{number}", 1, "单位来函说明", "周正", later(number))
    return replace(base, **changed)


CLAIMS = FileClaims(
    TOWN.code, TOWN.name, "报送文件", "绩效目标申报", "2027年项目支出绩效目标申报表 1 份", "2", "1"
)


def certificate(serial: str, minutes: int = 0, **changed: Any) -> CertificateRecord:
    """A certificate the bureau issued."""
    base = CertificateRecord(serial, "issued", TOWN.code, f"fp-{serial}", "-----PEM-----", later(minutes))
    return replace(base, **changed)


def evidence_file(number: int, **changed: Any) -> EvidenceFile:
    """A file attached to the first indicator."""
    base = EvidenceFile(
        "indicators[r1]", f"养护现场{number}.jpg", 1000 + number, f"{number:064x}", "现场照片"
    )
    return replace(base, **changed)


def attached(number: int, filing_id: str = "F1", **changed: Any) -> Evidence:
    """A file attached at the clerk's desk."""
    base = Evidence(f"E{number}", filing_id, evidence_file(number), later(number), "张敏")
    return replace(base, **changed)


def approval(number: int, **changed: Any) -> Approval:
    """The road project's target as approved; each number is a later one."""
    base = Approval(
        unit_code=TOWN.code,
        project_id="P1",
        budget_year=2027,
        form_id="performance_target",
        document_number=f"示财预〔2027〕{number}号",
        approved_on=date(2027, 2, number),
        amount_fen=12_000_000 + number,
        answers=answers(2),
        noted_at=later(number),
        noted_by="王芳",
    )
    return replace(base, **changed)


def payment(fen: int = 100, batch_id: str = "B1", **changes: Any) -> Payment:
    """A line of a payment progress list."""
    day = date(2026, 10, 31)
    plain = Payment(TOWN.code, "99010127T000000000001", 2026, fen, day, "支付进度.xlsx", NOW, batch_id)
    return replace(plain, **changes)


def batch(**changes: Any) -> PlatformBatch:
    """A file taken over from the platform."""
    undo = {"changes": [{"op": "year"}]}
    return replace(PlatformBatch("B1", ("projects",), "项目.xlsx", 3, NOW, "张敏", undo), **changes)


def review_file(filing_id: str = "F2", **changes: Any) -> ReviewFile:
    """A submission whose turn the office is."""
    return replace(ReviewFile(filing_id, 1, ReviewLevel.OFFICE, "农业股", updated_at=NOW), **changes)


def review_decision(number: int = 1, **changes: Any) -> ReviewDecision:
    """A decision of the office; each number is a later one."""
    plain = ReviewDecision(
        decision_id=f"D{number}",
        filing_id="F2",
        version=1,
        level=ReviewLevel.OFFICE,
        outcome=ReviewOutcome.PASS,
        opinion="目标明确，同意。",
        decided_by="李文",
        decided_at=later(number),
        grade="良",
        points="86.5",
        submitted_fen=12_000_000,
        approved_fen=11_500_000,
    )
    return replace(plain, **changes)


def review_comment(number: int = 1, **changes: Any) -> ReviewComment:
    """A remark on an indicator; each number is a later one."""
    plain = ReviewComment(
        comment_id=f"C{number}",
        filing_id="F2",
        version=1,
        level=ReviewLevel.OFFICE,
        place="indicators/r1/planned_value",
        label="指标1 · 指标值",
        text="请说明里程的依据",
        author="李文",
        made_at=later(number),
        seen="≥50公里",
    )
    return replace(plain, **changes)


def desk_user(number: int = 1, **changes: Any) -> DeskUser:
    """A reviewer of 农业股."""
    plain = DeskUser(
        f"U{number}",
        f"审核员{number}",
        (UserRole.OFFICE_REVIEWER,),
        "农业股",
        {"salt": "00", "key": "11"},
        changed_at=later(number),
    )
    return replace(plain, **changes)


def paper(version: int = 1, **changes: Any) -> PaperFiling:
    """A version read from a workbook, with its stamped paper."""
    plain = PaperFiling(
        "F2", version, "自评表.xlsx", "ab" * 32, "李文", later(version), date(2026, 9, version), 2
    )
    return replace(plain, **changes)

"""Covers and application pages (封面与申请单): what is printed beside a package, and what a signature is and is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from forms import registry
from forms.kinds import show_date
from forms.sheet import FOOT_LINE
from models.domain.check_code import check_code_of_digest, spaced_check_code
from models.domain.errors import EnvironmentProblem, InputError
from models.domain.file_size import size_words
from models.domain.message import MessageType, RequestPurpose
from models.domain.money import AmountUnit, format_amount
from services.evidence_places import row_words
from services.exemptions import KEY as EXEMPTIONS
from services.form_titles import FormTitles
from services.ports.documents import Cover, CoverLine, PageMark, PageMarks
from services.ports.exchange import CertificateInfo, SignerRole, TrustMaterial
from services.ports.store import PackageRecord
from services.workspaces import Workspace

SIGNATURE_NOTE = "电子签名用于识别报送单位、发现内容被改动，不代替单位公章；以加盖公章的纸质件为准（本级财政部门另有规定的从其规定）。"


def package_cover(workspace: Workspace, record: PackageRecord, payload: Mapping[str, Any]) -> bytes:
    """The stamped cover of a submission as PDF: 核对码 of content and key, contents, foot line."""
    content_code = check_code_of_digest(bytes.fromhex(record.payload_sha256))
    titles = FormTitles(workspace)
    cover = Cover(
        title="预算绩效报送封面",
        facts=cover_facts(workspace, record),
        contents_head=("序号", "表名", "项目（单位）", "预算年度", "金额（万元）", "版本"),
        contents=tuple(
            _contents_line(record, index, item, titles) for index, item in enumerate(payload["filings"], 1)
        )
        or tuple(_exemption_lines(workspace, payload)),
        enclosures_head=("佐证材料", "大小", "随第几份表", "证明的内容"),
        enclosures=tuple(_enclosures(payload)),
        notes=(SIGNATURE_NOTE, "财政部门首次收到本单位签名时，请核对上面的签名核对码。"),
        foot=FOOT_LINE,
    )
    return workspace.tools.documents.cover(cover, PageMarks(_mark(payload), content_code))


def _exemption_lines(workspace: Workspace, payload: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """What the unit need not file, where a submission holds nothing else: task, project, year, reason."""
    kit, titles = workspace.current_kit().kit, FormTitles(workspace)
    for number, item in enumerate(payload.get(EXEMPTIONS) or (), 1):
        task = kit.task(item["task_id"])
        year = f"{task.budget_year}年" if task else ""
        name = titles.of(task.form_id, task.budget_year) if task else ""
        subject = item["project_name"] or str(payload.get("unit_name", ""))
        yield str(number), name, f"{subject}（{item['reason']}）", year, "", "无需填报"


def cover_facts(workspace: Workspace, record: PackageRecord) -> tuple[CoverLine, ...]:
    """The facts of a cover; where two signed, the 核对码 of both keys."""
    content_code = check_code_of_digest(bytes.fromhex(record.payload_sha256))
    second = record.signer.get("countersigner") or {}
    label = "填报人签名核对码" if second else "签名核对码"
    facts = (
        CoverLine("报送单位", f"{record.unit_name}（{record.unit_code}）"),
        CoverLine("工作年度", f"{record.working_year}年"),
        CoverLine("生成日期", show_date(workspace.local(record.at).date())),
        CoverLine("文件名", record.file_name),
        CoverLine("内容核对码", spaced_check_code(content_code)),
        CoverLine(label, spaced_check_code(str(record.signer["fingerprint"]))),
    )
    if not second:
        return facts
    signed = CoverLine("负责人签名核对码", spaced_check_code(str(second["fingerprint"])))
    return (
        *facts,
        signed,
        CoverLine("签名人", f"{record.signer['name']}（填报人）、{second['name']}（单位负责人）"),
    )


def _contents_line(
    record: PackageRecord, number: int, item: Mapping[str, Any], titles: FormTitles
) -> tuple[str, ...]:
    """One filing of the package."""
    form, project = registry.form(item["form_id"]), item["project"]
    amount = form.amount_of(item["answers"])
    return (
        str(number),
        titles.of(form.form_id, item["budget_year"]),
        project["name"] if project else record.unit_name,
        f"{item['budget_year']}年",
        "" if amount is None else format_amount(amount, AmountUnit.WAN_YUAN),
        f"第 {item['version']} 版",
    )


def _enclosures(payload: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """Every evidence file that travels along: name, size, the number of its filing, what it stands for."""
    for number, item in enumerate(payload["filings"], 1):
        for file in item.get("evidence", ()):
            about = row_words(item["answers"], file["place"]) or "整张表"
            yield file["name"], size_words(file["size"]), f"第 {number} 份", about


def cover_of(workspace: Workspace, manifest_sha256: str) -> bytes:
    """The cover of a package made at this desk, from its own copy; InputError when it is not there."""
    with workspace.store.reading() as work:
        record = work.packages.get(manifest_sha256)
    if record is None:
        raise InputError("本机没有这份报送文件的记录", "请重新生成报送文件")
    path = workspace.archive / record.archive_name
    judged = workspace.tools.reader.judge(
        path, TrustMaterial(), workspace.tools.clock.now(), inspect_documents=False
    )
    if judged.payload is None:
        raise EnvironmentProblem("本机留存的报送文件已损坏", "请重新生成报送文件", record.file_name)
    return package_cover(workspace, record, judged.payload)


def _mark(payload: Mapping[str, Any]) -> PageMark:
    """演示数据 for what a practice kit asked for."""
    return PageMark.PRACTICE if payload.get("is_practice") else PageMark.NONE


def registration_page(
    workspace: Workspace,
    certificate: CertificateInfo,
    purpose: RequestPurpose = RequestPurpose.FIRST,
    replaces: str = "",
) -> bytes:
    """The printed application for registering a key (签名登记申请表), or one in the place of a key that was lost."""
    unit = workspace.profile.unit
    is_head = certificate.subject.role is SignerRole.HEAD
    old = (CoverLine("原签名核对码（申请注销）", spaced_check_code(replaces)),) if replaces else ()
    cover = Cover(
        title="签名补办申请表" if purpose is RequestPurpose.REPLACEMENT else "签名登记申请表",
        facts=(
            CoverLine("申请单位", f"{unit.name}（{unit.code}）"),
            CoverLine("主管部门", unit.department_name or unit.name),
            CoverLine("单位负责人" if is_head else "填报人", certificate.subject.person_name),
            CoverLine("签名核对码", spaced_check_code(certificate.fingerprint)),
            *old,
            CoverLine("生成日期", show_date(workspace.local(certificate.not_before).date())),
        ),
        notes=("请财政部门核对本表签名核对码与收到的文件一致后登记。", SIGNATURE_NOTE),
        foot=FOOT_LINE,
    )
    mark = PageMark.PRACTICE if workspace.profile.is_practice else PageMark.NONE
    return workspace.tools.documents.cover(cover, PageMarks(mark))


def kit_notice(workspace: Workspace, record: PackageRecord, kit_name: str, version: int) -> bytes:
    """The paper that carries a kit's 核对码 to the units (任务参数包核对单)."""
    code = check_code_of_digest(bytes.fromhex(record.payload_sha256))
    cover = Cover(
        title=f"{MessageType.PARAMETER_KIT.label}核对单",
        facts=(
            CoverLine("下发单位", record.unit_name),
            CoverLine("参数包名称", kit_name),
            CoverLine("版本", f"第 {version} 版"),
            CoverLine("工作年度", f"{record.working_year}年"),
            CoverLine("下发日期", show_date(workspace.local(record.at).date())),
            CoverLine("核对码", spaced_check_code(code)),
        ),
        notes=("各单位首次装入任务参数包时，请逐组核对程序显示的核对码与本单一致。",),
        foot=("经办人：", "负责人：", "日期：", "财政部门（盖章）："),
    )
    mark = PageMark.PRACTICE if workspace.profile.is_practice else PageMark.NONE
    return workspace.tools.documents.cover(cover, PageMarks(mark))

"""Words of sealing (报送用语): candidates and certificates as the seal pages show them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from ui.filer.records import SealLine, SealSigner
from ui.theme import Tone
from ui.widgets.chip import ChipLook
from ui.widgets.dates import full_date

if TYPE_CHECKING:
    from services.ports.exchange import CertificateInfo
    from services.sealing import SealCandidate


def seal_line(candidate: SealCandidate) -> SealLine:
    """A checked filing as a line to tick."""
    opened, counts = candidate.opened, candidate.counts
    project = opened.context.project
    if counts.blocking:
        look = ChipLook(f"必改 {counts.blocking}", Tone.BAD, "problem_solid")
    elif counts.to_explain:
        look = ChipLook(f"需说明 {counts.to_explain}", Tone.CARE, "care")
    else:
        look = ChipLook("可报送", Tone.GOOD, "check")
    return SealLine(
        opened.filing.filing_id,
        opened.filing.task_id,
        opened.filing.project_id,
        project.name if project else opened.context.unit.name,
        opened.form.title,
        opened.filing.budget_year,
        look,
        candidate.obstacle,
        sum(bool(text.strip()) for text in opened.filing.explanations.values()),
    )


def seal_signer(certificate: CertificateInfo, now: datetime) -> SealSigner:
    """The signer's name, unit, 核对码 and how far the bureau knows the key."""
    if certificate.not_after < now:
        state = ChipLook("已过期", Tone.BAD, "problem_solid")
        words = f"签名证书已于 {full_date(certificate.not_after)} 到期，请在“设置”里更换签名。"
    elif certificate.is_self_signed:
        state = ChipLook("等待登记", Tone.ACCENT, "time")
        words = "财政部门首次收到时会核对封面上的签名核对码，登记后随回执发回证书。"
    else:
        state = ChipLook("财政部门已登记", Tone.GOOD, "check")
        words = f"有效期至 {full_date(certificate.not_after)}。"
    subject = certificate.subject
    return SealSigner(subject.person_name, subject.unit_name, certificate.fingerprint, state, words)

"""What an intake judges with (接收依据): trust, kits, and the keys this bureau has certified or revoked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from models.domain.kit import TrustMode
from models.domain.verdict import Judgement, Reason, SignerInfo, VerdictWord
from services import bureau_keys
from services.department.keys import department_trust
from services.filing_reading import ReceivedFiling
from services.gravest import gravest_first
from services.handed_out import HandedOut, handed_out
from services.inspection import Inspection
from services.ports.exchange import CertificateInfo, ReasonCatalogue, TrustMaterial
from services.ports.store import CertificateRecord, UnitOfWork
from services.received import pem_of
from services.received_filings import first_round_of, last_year_of
from services.revocations import trusted_until
from services.workspaces import DeskRole, Workspace

FOR_BUREAU = "signer_for_bureau"
"""Reason code of a unit's first key at its department: taken in, left to the bureau to register."""

_FIRST_MET = (bureau_keys.UNREGISTERED, bureau_keys.UNREGISTERED_HEAD)
"""Reason codes of keys nobody has registered: the first signer's, the second's."""

_ACCEPTABLE = (VerdictWord.VALID, VerdictWord.VALID_WITH_NOTES)


@dataclass
class IntakeDesk:
    """What every file of one intake is judged with (接收依据), read once at its beginning.

    `waiting` are the paths noted under 未接收（待核实）, `certified` the keys (with their units) that have a
    certificate of this bureau in force, `revoked` those that had one. At a department's desk `department` is its code
    and `used` the keys by which each unit is known here. `pending` are filings judged and not written yet,
    `view` what stands in the store while they are looked at, where many are looked at in a row. `until` tells of revoked
    keys up to which moment their signatures still count. `filed_before` remembers, while a view is open, which units have
    filed which form for which budget year.
    """

    workspace: Workspace
    trust: TrustMaterial
    known: HandedOut
    waiting: frozenset[str]
    certified: frozenset[tuple[str, str]]
    revoked: frozenset[str]
    department: str = ""
    used: dict[str, set[str]] = field(default_factory=dict)
    pending: list[ReceivedFiling] = field(default_factory=list)
    view: UnitOfWork | None = None
    until: Mapping[str, datetime] = field(default_factory=dict)
    filed_before: dict[tuple[str, str, int], bool] = field(default_factory=dict)

    @property
    def reasons(self) -> ReasonCatalogue:
        """The closed list of reason codes."""
        return self.workspace.tools.reasons

    def inspection(self) -> Inspection:
        """What looks into the filings of one file, with this desk's kits and what it keeps of last year."""
        kept = (self.pending, self.view)
        first = first_round_of(self.workspace, self.known, *kept)
        return Inspection(
            self.reasons, self.known, last_year_of(self.workspace, *kept, self.filed_before), first
        )

    def judge(
        self, path: Path, inspection: Inspection, ahead: Judgement | None = None
    ) -> tuple[Judgement, CertificateInfo | None]:
        """The judgement of a file, and the self-signed certificate that was taken for registered with it, if any.

        `ahead` is what was found by this very trust and inspection a moment ago, where somebody has (预先验看).
        """
        reader, clock = self.workspace.tools.reader, self.workspace.tools.clock
        judged = ahead or reader.judge(path, self.trust, clock.now(), inspect_answers=inspection)
        own = self._own_keys(judged)
        if own:
            trust = self.trust_with(*own)
            judged = self._dated(reader.judge(path, trust, clock.now(), inspect_answers=inspection), own)
        if self.department:
            return self._first_met(judged), None
        first = judged.signers[0].fingerprint if judged.signers else ""
        certified = [key for key in own if key.fingerprint == first and first not in self.revoked]
        return judged, certified[0] if certified else None

    def takes(self, judged: Judgement) -> bool:
        """Whether nothing speaks against a package but what this desk may look past (see `services.department.keys`)."""
        if judged.verdict.is_acceptable or not self.department:
            return judged.verdict.is_acceptable
        others = tuple(item for item in judged.verdict.reasons if item.code != FOR_BUREAU)
        return len(others) < len(judged.verdict.reasons) and self.reasons.word_of(others) in _ACCEPTABLE

    def note_key(self, judged: Judgement) -> None:
        """Remember by which key a unit is known from now on."""
        if self.department and judged.signers:
            self.used.setdefault(judged.unit_code or "", set()).add(judged.signers[0].fingerprint)

    def _first_met(self, judged: Judgement) -> Judgement:
        """A key nobody has registered, told apart: a unit's first one, or another than the one it is known by."""
        is_simple = self.known.current.trust_mode is not TrustMode.CERTIFICATE
        if not is_simple or any(one.fingerprint in self.revoked for one in judged.signers):
            return judged
        fingerprint = judged.signers[0].fingerprint if judged.signers else ""
        is_first = self.used.get(judged.unit_code or "", set()) <= {fingerprint}
        told = {
            bureau_keys.UNREGISTERED: FOR_BUREAU if is_first else "other_key_of_unit",
            bureau_keys.UNREGISTERED_HEAD: FOR_BUREAU,
        }
        found = [
            self.reasons.reason(told[item.code]) if item.code in told else item
            for item in judged.verdict.reasons
        ]
        return replace(judged, verdict=replace(judged.verdict, reasons=tuple(dict.fromkeys(found))))

    def trust_with(self, *own_keys: CertificateInfo) -> TrustMaterial:
        """The trust with some more self-signed certificates."""
        return replace(self.trust, registered=(*self.trust.registered, *(key.pem for key in own_keys)))

    def _own_keys(self, judged: Judgement) -> list[CertificateInfo]:
        """The self-signed certificates of signers whose keys have a certificate of this bureau by now.

        Such a key was compared on paper; what it signed before its certificate came home counts as registered, and
        what a revoked one signed before 自何时起不可信 as well.
        """
        codes, found = {reason.code for reason in judged.verdict.reasons}, []
        ders = (judged.certificate_der, judged.countersigner_der)
        for signer, der, code in zip(judged.signers, ders, _FIRST_MET, strict=False):
            if code not in codes or not self._counted(signer, judged.unit_code or ""):
                continue
            given = self.workspace.tools.authority.read_certificate(pem_of(der))
            if given.is_self_signed and given.subject.unit_code == judged.unit_code:
                found.append(given)
        return found

    def _counted(self, signer: SignerInfo, unit_code: str) -> bool:
        """Whether a key nobody registered in this form is known in another."""
        until = self.until.get(signer.fingerprint)
        if until is not None:
            return signer.signing_time is not None and signer.signing_time < until
        return (signer.fingerprint, unit_code) in self.certified

    def _dated(self, judged: Judgement, own: Sequence[CertificateInfo]) -> Judgement:
        """The judgement with a note where one of these keys was revoked after it had signed."""
        if not any(key.fingerprint in self.until for key in own):
            return judged
        found = (*judged.verdict.reasons, self.reasons.reason("certificate_revoked_later"))
        word = self.reasons.word_of(found)
        return replace(judged, verdict=replace(judged.verdict, word=word, reasons=found))

    def named(self, judged: Judgement) -> tuple[Reason, ...]:
        """The reader's reasons, the gravest first; a key that was revoked before its unit took a certificate in is no first meeting."""
        gone = {
            code
            for signer, code in zip(judged.signers, _FIRST_MET, strict=False)
            if signer.fingerprint in self.revoked
        }
        found = [
            self.reasons.reason("certificate_revoked") if reason.code in gone else reason
            for reason in judged.verdict.reasons
        ]
        return gravest_first(self.reasons, found)


def intake_desk(workspace: Workspace, known: HandedOut | None = None) -> IntakeDesk:
    """Read trust, kits and keys of a bureau's or department's desk; KitProblem while it has no kit.

    `known` are its kits where they have just been read.
    """
    known = known or handed_out(workspace)
    with workspace.store.reading() as work:
        waiting = frozenset(record.path for record in work.packages.quarantine())
        records = work.certificates.all()
    if workspace.profile.role is DeskRole.DEPARTMENT:
        own = department_trust(workspace, known.current)
        code = workspace.profile.unit.code
        kept = (own.certified, own.revoked, code, own.used)
        return IntakeDesk(workspace, own.trust, known, waiting, *kept, until=own.until)
    certified = {(r.fingerprint, r.unit_code) for r in records if r.kind == "issued" and r.revoked_at is None}
    revoked = bureau_keys.revoked_keys(workspace)
    in_force = frozenset(item for item in certified if item[0] not in revoked)
    with workspace.store.reading() as work:
        until = trusted_until(workspace, work)
    trust = bureau_keys.trust_of(workspace)
    return IntakeDesk(workspace, trust, known, waiting, in_force, revoked, until=until)


def registered_record(key: CertificateInfo, now: datetime) -> CertificateRecord:
    """The note that a self-signed certificate counts as registered."""
    return CertificateRecord(key.serial, "registered", key.subject.unit_code, key.fingerprint, key.pem, now)

"""What an intake judges with (接收依据): trust, kits, and the keys this bureau has certified or revoked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from models.domain.kit import TrustMode
from models.domain.verdict import Judgement, Reason, VerdictWord
from services import bureau_keys
from services.department.keys import department_trust
from services.gravest import gravest_first
from services.handed_out import HandedOut, handed_out
from services.inspection import Inspection, ReceivedFiling
from services.ports.exchange import CertificateInfo, ReasonCatalogue, TrustMaterial
from services.ports.store import CertificateRecord, UnitOfWork
from services.received import certificate_pem
from services.received_filings import first_round_of, last_year_of
from services.workspaces import DeskRole, Workspace

FOR_BUREAU = "signer_for_bureau"
"""Reason code of a unit's first key at its department: taken in, left to the bureau to register."""

_ACCEPTABLE = (VerdictWord.VALID, VerdictWord.VALID_WITH_NOTES)


@dataclass
class IntakeDesk:
    """What every file of one intake is judged with (接收依据), read once at its beginning.

    `waiting` are the paths noted under 未接收（待核实）, `certified` the keys (with their units) that have a
    certificate of this bureau in force, `revoked` those that had one. At a department's desk `department` is its code
    and `used` the keys by which each unit is known here. `pending` are filings judged and not written yet,
    `view` what stands in the store while they are looked at, where many are looked at in a row.
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

    @property
    def reasons(self) -> ReasonCatalogue:
        """The closed list of reason codes."""
        return self.workspace.tools.reasons

    def inspection(self) -> Inspection:
        """What looks into the filings of one file, with this desk's kits and what it keeps of last year."""
        kept = (self.pending, self.view)
        first = first_round_of(self.workspace, self.known, *kept)
        return Inspection(self.reasons, self.known, last_year_of(self.workspace, *kept), first)

    def judge(self, path: Path, inspection: Inspection) -> tuple[Judgement, CertificateInfo | None]:
        """The judgement of a file, and the self-signed certificate that was taken for registered with it, if any."""
        reader, now = self.workspace.tools.reader, self.workspace.tools.clock.now()
        judged = reader.judge(path, self.trust, now, inspect_answers=inspection)
        own_key = self._certified_key(judged)
        if own_key is not None:
            judged = reader.judge(path, self.trust_with(own_key), now, inspect_answers=inspection)
        if self.department:
            return self._first_met(judged), None
        return judged, own_key

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
        codes = {item.code for item in judged.verdict.reasons}
        is_simple = self.known.current.trust_mode is not TrustMode.CERTIFICATE
        if not judged.signers or bureau_keys.UNREGISTERED not in codes or not is_simple:
            return judged
        fingerprint = judged.signers[0].fingerprint
        if fingerprint in self.revoked:
            return judged
        is_first = self.used.get(judged.unit_code or "", set()) <= {fingerprint}
        told = self.reasons.reason(FOR_BUREAU if is_first else "other_key_of_unit")
        found = tuple(told if r.code == bureau_keys.UNREGISTERED else r for r in judged.verdict.reasons)
        return replace(judged, verdict=replace(judged.verdict, reasons=found))

    def trust_with(self, own_key: CertificateInfo) -> TrustMaterial:
        """The trust with one more self-signed certificate."""
        return replace(self.trust, registered=(*self.trust.registered, own_key.pem))

    def _certified_key(self, judged: Judgement) -> CertificateInfo | None:
        """The self-signed certificate of a signer whose key has a certificate of this bureau by now.

        Such a key was compared on paper; what it signed before its certificate came home counts as registered.
        """
        codes = {reason.code for reason in judged.verdict.reasons}
        if not judged.signers or bureau_keys.UNREGISTERED not in codes:
            return None
        if (judged.signers[0].fingerprint, judged.unit_code) not in self.certified:
            return None
        given = self.workspace.tools.authority.read_certificate(certificate_pem(judged))
        return given if given.is_self_signed and given.subject.unit_code == judged.unit_code else None

    def named(self, judged: Judgement) -> tuple[Reason, ...]:
        """The reader's reasons, the gravest first; a key that was revoked before its unit took a certificate in is no first meeting."""
        revoked = any(signer.fingerprint in self.revoked for signer in judged.signers)
        found = [
            self.reasons.reason("certificate_revoked")
            if revoked and reason.code == bureau_keys.UNREGISTERED
            else reason
            for reason in judged.verdict.reasons
        ]
        return gravest_first(self.reasons, found)


def intake_desk(workspace: Workspace) -> IntakeDesk:
    """Read trust, kits and keys of a bureau's or department's desk; KitProblem while it has no kit."""
    known = handed_out(workspace)
    with workspace.store.reading() as work:
        waiting = frozenset(record.path for record in work.packages.quarantine())
        records = work.certificates.all()
    if workspace.profile.role is DeskRole.DEPARTMENT:
        own = department_trust(workspace, known.current)
        code = workspace.profile.unit.code
        return IntakeDesk(workspace, own.trust, known, waiting, own.certified, own.revoked, code, own.used)
    certified = {(r.fingerprint, r.unit_code) for r in records if r.kind == "issued" and r.revoked_at is None}
    revoked = bureau_keys.revoked_keys(workspace)
    in_force = frozenset(item for item in certified if item[0] not in revoked)
    return IntakeDesk(workspace, bureau_keys.trust_of(workspace), known, waiting, in_force, revoked)


def registered_record(key: CertificateInfo, now: datetime) -> CertificateRecord:
    """The note that a self-signed certificate counts as registered."""
    return CertificateRecord(key.serial, "registered", key.subject.unit_code, key.fingerprint, key.pem, now)

"""What an intake judges with (接收依据): trust, kits, and the keys this bureau has certified or revoked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from models.domain.verdict import Judgement, Reason
from services import bureau_keys
from services.gravest import gravest_first
from services.handed_out import HandedOut, handed_out
from services.inspection import Inspection
from services.ports.exchange import CertificateInfo, ReasonCatalogue, TrustMaterial
from services.ports.store import CertificateRecord
from services.received import certificate_pem
from services.received_filings import last_year_of
from services.workspaces import Workspace


@dataclass
class IntakeDesk:
    """What every file of one intake is judged with (接收依据), read once at its beginning.

    `waiting` are the paths noted under 未接收（待核实）, `certified` the keys (with their units) that have a
    certificate of this bureau in force, `revoked` those that had one.
    """

    workspace: Workspace
    trust: TrustMaterial
    known: HandedOut
    waiting: frozenset[str]
    certified: frozenset[tuple[str, str]]
    revoked: frozenset[str]

    @property
    def reasons(self) -> ReasonCatalogue:
        """The closed list of reason codes."""
        return self.workspace.tools.reasons

    def inspection(self) -> Inspection:
        """What looks into the filings of one file, with this desk's kits and what it keeps of last year."""
        return Inspection(self.reasons, self.known, last_year_of(self.workspace))

    def judge(self, path: Path, inspection: Inspection) -> tuple[Judgement, CertificateInfo | None]:
        """The judgement of a file, and the self-signed certificate that was taken for registered with it, if any."""
        reader, now = self.workspace.tools.reader, self.workspace.tools.clock.now()
        judged = reader.judge(path, self.trust, now, inspect_answers=inspection)
        own_key = self._certified_key(judged)
        if own_key is not None:
            judged = reader.judge(path, self.trust_with(own_key), now, inspect_answers=inspection)
        return judged, own_key

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
    """Read trust, kits and keys of a bureau's desk; KitProblem while it has no kit."""
    known = handed_out(workspace)
    with workspace.store.reading() as work:
        waiting = frozenset(record.path for record in work.packages.quarantine())
        records = work.certificates.all()
    certified = {(r.fingerprint, r.unit_code) for r in records if r.kind == "issued" and r.revoked_at is None}
    revoked = bureau_keys.revoked_keys(workspace)
    in_force = frozenset(item for item in certified if item[0] not in revoked)
    return IntakeDesk(workspace, bureau_keys.trust_of(workspace), known, waiting, in_force, revoked)


def registered_record(key: CertificateInfo, now: datetime) -> CertificateRecord:
    """The note that a self-signed certificate counts as registered."""
    return CertificateRecord(key.serial, "registered", key.subject.unit_code, key.fingerprint, key.pem, now)

"""Where certificates are asked for beforehand: request, certificate with the next kit, filing, revocation."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from models.domain.errors import KeyProblem
from models.domain.kit import TrustMode
from services import bureau_keys, intake, kit_issue, kits, practice, sealing, setup
from services.intake_rows import IntakeOutcome, IntakeReport
from services.job import JobContext
from services.kit_issue import draft_from
from services.workspaces import Workspace
from tests.flows.conftest import PASSWORD, County

pytestmark = pytest.mark.slow


def receive(county: County, *paths: Path) -> IntakeReport:
    return intake.receive(county.bureau.workspace, paths, JobContext())


def codes(report: IntakeReport) -> list[list[str]]:
    return [[reason.code for reason in row.reasons] for row in report.rows]


def next_kit(county: County, **changes: object) -> Path:
    """Issue the next kit."""
    desk = county.bureau.workspace
    draft = replace(draft_from(desk, desk.current_kit().kit), **changes)  # type: ignore[arg-type]
    return Path(kit_issue.issue_kit(desk, draft, county.bureau.keys, county.stick).source_path)


def take(county: County, desk: Workspace, kit: Path) -> None:
    kits.take_kit(desk, kits.look_at_kit(county.tools, kit, desk.current_kit().kit))


def test_from_the_request_to_a_revoked_key(county: County) -> None:
    desk, bureau = county.unit("820001"), county.bureau.workspace
    early = practice.sealable(desk, practice.fill(desk, limit=3))
    simple = sealing.seal(desk, early[:1], county.stick, PASSWORD, JobContext()).written.path
    take(county, desk, next_kit(county, trust_mode=TrustMode.CERTIFICATE))
    with pytest.raises(KeyProblem, match="登记申请"):
        sealing.seal(desk, early[1:2], county.stick, PASSWORD, JobContext())

    request = setup.write_registration_request(desk, county.stick, PASSWORD).path
    assert codes(receive(county, request, simple)) == [["unregistered_signer"]] * 2
    for waiting in intake.quarantine(bureau):
        if waiting.path == str(simple):
            with pytest.raises(KeyProblem, match="先登记签名再报送"):
                bureau_keys.register_key(bureau, county.bureau.keys, waiting)
        else:
            bureau_keys.register_key(bureau, county.bureau.keys, waiting)
    report = receive(county, request, simple)
    assert [row.outcome for row in report.rows] == [IntakeOutcome.RECEIVED, IntakeOutcome.REFUSED]
    assert codes(report)[1] == [
        "unregistered_signer"
    ]  # signed by the key alone: its certificate is asked for

    take(county, desk, next_kit(county))
    assert not desk.vault.certificate("unit").is_self_signed
    package = sealing.seal(desk, early[1:2], county.stick, PASSWORD, JobContext()).written.path
    assert [row.outcome for row in receive(county, package).rows] == [IntakeOutcome.RECEIVED]

    last = sealing.seal(desk, early[2:], county.stick, PASSWORD, JobContext()).written.path
    bureau_keys.revoke_key(bureau, county.bureau.keys, desk.vault.certificate("unit").fingerprint)
    assert codes(receive(county, last)) == [["certificate_revoked"]]
    assert [row.outcome for row in receive(county, package).rows] == [IntakeOutcome.UNCHANGED]
    desk.close()

"""Trust care with real keys: a renewal, the next root, and a root that comes back from a copy."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from services import (
    bureau_keys,
    inbox,
    intake,
    key_care,
    key_renewals,
    kit_issue,
    kits,
    practice,
    root_change,
    root_copies,
    sealing,
    trust_lists,
)
from services.job import JobContext
from services.kits import RootChange
from tests.flows.conftest import PASSWORD, County

pytestmark = pytest.mark.slow
BUREAU = "new-bureau-8"
ROOT = "new-root-8"


def codes(county: County, path: Path) -> set[str]:
    (row,) = intake.receive(county.bureau.workspace, [path], JobContext()).rows
    return {reason.code for reason in row.reasons}


def test_over_the_years(county: County, tmp_path: Path) -> None:
    desk, bureau, keys = county.unit("820001"), county.bureau.workspace, county.bureau.keys
    ready = practice.sealable(desk, practice.fill(desk, limit=3))
    first = sealing.seal(desk, ready[:1], county.stick, PASSWORD, JobContext()).written.path
    assert codes(county, first) == {"unregistered_signer"}
    (waiting,) = intake.quarantine(bureau)
    bureau_keys.register_key(bureau, keys, waiting)
    assert codes(county, first) == set()
    inbox.take_in(desk, Path(trust_lists.write_trust_list(bureau, keys, county.stick).source_path))
    before = desk.vault.certificate("unit")
    assert not before.is_self_signed

    county.clock.moment = before.not_after - timedelta(days=40)
    request = key_care.write_request(desk, "unit", county.stick, PASSWORD, "another-key-7").path
    keys = key_renewals.renew_bureau_certificate(bureau, keys)
    bureau_keys.renew_revocation_list(bureau, keys.root)
    assert codes(county, request) == {"certificate_expiring"}
    assert key_renewals.grant_renewals(bureau, keys, key_renewals.open_renewals(bureau)) == 1
    inbox.take_in(desk, Path(trust_lists.write_trust_list(bureau, keys, county.stick).source_path))
    renewed = desk.vault.certificate("unit")
    assert renewed.fingerprint != before.fingerprint
    assert desk.vault.unlock("unit", "another-key-7", county.clock.now()).certificate == renewed

    county.clock.moment += timedelta(days=1)
    known = desk.current_kit().kit
    keys = root_change.succeed_root(bureau, keys, ROOT, BUREAU)
    draft = kit_issue.draft_from(bureau, bureau.current_kit().kit)
    path = Path(kit_issue.issue_kit(bureau, draft, keys, county.stick).source_path)
    offer = kits.look_at_kit(county.tools, path, known)
    assert offer.root_change is RootChange.ANNOUNCED
    kits.take_kit(desk, offer)
    assert desk.vault.certificate("unit").fingerprint == renewed.fingerprint
    assert desk.vault.certificate("unit").serial != renewed.serial

    copy = Path(root_copies.copy_root(bureau, tmp_path, ROOT).place) / root_copies.FILE
    (bureau.folder / "keys" / "root.key.json").write_bytes(b"damaged")
    root_copies.restore_root(bureau, copy, ROOT)
    assert bureau_keys.unlock_keys(bureau, ROOT, BUREAU).root.certificate == keys.root.certificate

"""The bureau's own kit taken back after an older backup: in force again, certificates and numbers with it, never a foreign one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from models.domain.errors import KitProblem
from models.domain.project import Unit
from services import bureau_keys, kits, own_kits, registers
from services.registers import UnitPreview
from services.workspaces import Workspace
from tests.fakes.exchange import FakeKey, make_certificate, put_package, spoil
from tests.services.county import OTHER, County
from tests.services.intaking import payload_of

pytestmark = pytest.mark.wide


class Restored:
    """A bureau that issued a second kit and then lost everything since the first."""

    def __init__(self, county: County) -> None:
        self.county, self.bureau = county, county.bureau
        self.backup = self.bureau.store.state.snapshot()  # type: ignore[attr-defined]
        later = county.tools.clock
        later.moment += timedelta(days=1)
        registers.take_units(self.bureau, UnitPreview("", (Unit("890001", "新设单位"),), ()))
        self.town = county.desk()
        path = county.sealed(self.town, county.filled(self.town, 1))
        county.receive(path)
        county.register()
        self.revoked = self._revoked_key()
        self.second = county.issued()
        later.moment += timedelta(days=1)

    def _revoked_key(self) -> str:
        """A key registered and revoked after the backup."""
        desk = self.county.desk(OTHER)
        self.county.receive(self.county.sealed(desk, self.county.filled(desk, 1)))
        self.county.register()
        key = desk.vault.certificate("unit").fingerprint
        bureau_keys.revoke_key(self.bureau, self.county.keys, key)
        return key

    def lose(self, *, files: bool = True) -> None:
        """Restore the backup; `files` says whether the workspace's own copies of packages went too."""
        self.bureau.store.state = self.backup.snapshot()  # type: ignore[attr-defined]
        if files:
            for path in self.bureau.archive.glob("*.asice"):
                if path.name not in {record.archive_name for record in self.backup.packages.values()}:
                    path.unlink()

    def current(self) -> int:
        return self.bureau.current_kit().kit.version

    def take(self, path: Path) -> None:
        own_kits.take_own_kit(self.bureau, own_kits.look_at_own_kit(self.bureau, path))

    def filed(self) -> Path:
        """A package made under the kit issued last."""
        kits.take_kit(
            self.town, kits.look_at_kit(self.county.tools, self.second, self.town.current_kit().kit)
        )
        return self.county.sealed(self.town, self.county.filled(self.town, 3)[-1:])


@pytest.fixture
def restored(county: County) -> Restored:
    return Restored(county)


def test_it_is_in_force_again_and_what_was_filed_with_it_is_received(restored: Restored) -> None:
    path = restored.filed()
    restored.lose()
    assert restored.current() == 1
    assert "unknown_kit_version" in restored.county.codes(path)[0] | {"unregistered_signer"}
    found = own_kits.look_at_own_kit(restored.bureau, restored.second)
    assert (found.becomes_current, found.clashes, found.kit.version) == (True, False, 2)
    own_kits.take_own_kit(restored.bureau, found)
    assert restored.current() == 2
    assert restored.county.codes(path) == [set()]


def test_certificates_units_and_numbers_come_with_it(restored: Restored) -> None:
    with restored.bureau.store.reading() as work:
        issued = {r.serial for r in work.certificates.all() if r.kind == "issued" and r.revoked_at is None}
        listed = work.settings.get("revocation_list")
    restored.lose()
    restored.take(restored.second)
    with restored.bureau.store.reading() as work:
        assert issued <= {record.serial for record in work.certificates.all()}
        assert "890001" in {unit.code for unit in work.registers.units()}
        assert work.settings.get("revocation_list") == listed
        (record,) = [r for r in work.packages.find("sent", "parameter_kit") if r.number > 1]
    with restored.bureau.store.writing() as work:
        assert work.settings.next_number("package") == payload_of(restored.second)["number"] + 1
    assert (restored.bureau.archive / record.archive_name).read_bytes() == restored.second.read_bytes()


def test_a_key_revoked_meanwhile_stays_revoked_in_the_next_list(restored: Restored) -> None:
    authority, root = restored.county.tools.authority, restored.county.keys.root.certificate.pem
    with restored.bureau.store.reading() as work:
        before = authority.read_revocation_list(root, work.settings.get("revocation_list"))
    assert before.revoked
    restored.lose()
    restored.take(restored.second)
    pem = bureau_keys.renew_revocation_list(restored.bureau, restored.county.keys.root)
    after = authority.read_revocation_list(root, pem)
    assert dict(before.revoked).keys() <= dict(after.revoked).keys()
    assert restored.revoked in bureau_keys.revoked_keys(restored.bureau)
    assert after.number > before.number


def test_the_next_kit_gets_a_number_nobody_had(restored: Restored) -> None:
    restored.lose()
    restored.take(restored.second)
    restored.county.issued()
    assert restored.current() == 3


def test_its_own_copy_is_found_and_nothing_is_issued_before_it_is_back(restored: Restored) -> None:
    assert own_kits.forgotten_kits(restored.bureau) == []
    restored.lose(files=False)
    (found,) = own_kits.forgotten_kits(restored.bureau)
    assert found.kit.version == 2
    with pytest.raises(KitProblem, match="已下发的第 2 版"):
        restored.county.issued()
    assert restored.current() == 1
    assert own_kits.take_forgotten(restored.bureau) == 1
    assert own_kits.forgotten_kits(restored.bureau) == []
    restored.county.issued()
    assert restored.current() == 3


class TestIssuedTwice:
    """The copies were gone too, so the bureau has issued version 2 once more, with another content."""

    @pytest.fixture
    def twice(self, restored: Restored) -> Restored:
        restored.lose()
        restored.county.issued(name="再次下发的参数包")
        assert restored.current() == 2
        return restored

    def test_both_are_kept_the_later_one_in_force(self, twice: Restored) -> None:
        path = twice.filed()
        again = twice.bureau.current_kit().digest
        found = own_kits.look_at_own_kit(twice.bureau, twice.second)
        assert (found.clashes, found.becomes_current) == (True, False)
        own_kits.take_own_kit(twice.bureau, found)
        assert twice.bureau.current_kit().digest == again
        twice.county.register()
        assert "unknown_kit_version" not in twice.county.codes(path)[0]

    def test_the_next_kit_makes_them_one_again(self, twice: Restored) -> None:
        twice.take(twice.second)
        third = twice.county.issued()
        assert twice.current() == 3
        offer = kits.look_at_kit(twice.county.tools, third, twice.town.current_kit().kit)
        kits.take_kit(twice.town, offer)
        assert twice.town.current_kit().kit.version == 3

    def test_an_older_one_is_kept_without_being_in_force(self, twice: Restored) -> None:
        twice.county.issued()
        found = own_kits.look_at_own_kit(twice.bureau, twice.second)
        assert not found.becomes_current
        own_kits.take_own_kit(twice.bureau, found)
        assert twice.current() == 3


class TestRefused:
    def test_one_that_is_here(self, county: County) -> None:
        with pytest.raises(KitProblem, match="本机已经有了"):
            own_kits.look_at_own_kit(county.bureau, county.kit_file)

    def test_another_bureaus(self, restored: Restored) -> None:
        """Same names, another root."""
        restored.lose()
        payload = payload_of(restored.second)
        info = restored.county.keys.bureau.certificate
        now = restored.county.tools.clock.now()
        key = FakeKey("other", make_certificate("other", info.subject, now, issuer="other root"))
        foreign = put_package(restored.county.stick, lambda _: "foreign.asice", payload, {}, key, now).path
        with pytest.raises(KitProblem):
            restored.take(foreign)
        assert restored.current() == 1

    def test_an_altered_one(self, restored: Restored) -> None:
        restored.lose()
        spoil(restored.second, spoiled=True)
        with pytest.raises(KitProblem):
            restored.take(restored.second)
        assert restored.current() == 1

    def test_something_else(self, restored: Restored) -> None:
        with pytest.raises(KitProblem, match="不是任务参数包"):
            own_kits.look_at_own_kit(restored.bureau, restored.filed())


def test_a_clerk_who_has_the_first_of_two_takes_the_second(restored: Restored) -> None:
    """The same number with another content is no step back for the clerk's desk."""
    restored.filed()
    restored.lose()
    again = restored.county.issued(name="再次下发的参数包")
    mine: Workspace = restored.town
    offer = kits.look_at_kit(restored.county.tools, again, mine.current_kit().kit)
    kits.take_kit(mine, offer)
    assert mine.current_kit().kit.name == "再次下发的参数包"


def test_kits_of_another_place_do_not_count_for_the_number(county: County) -> None:
    with county.bureau.store.writing() as work:
        strange = replace(county.bureau.current_kit().kit, kit_id="110000-2026", version=40)
        now = county.tools.clock.now()
        current = work.kits.current(2026)
        work.kits.add(strange, "ff", now)
        assert current is not None
        work.kits.add(current.kit, current.digest, current.taken_at)
        work.commit()
    county.issued()
    assert county.bureau.current_kit().kit.version == 2

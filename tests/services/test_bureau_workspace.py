"""Workspaces for batch intake: made whole from kit and root, opened again, finished when their making was cut off."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.domain.errors import EnvironmentProblem, InputError, KeyProblem, KitProblem
from services import bureau_keys, intake
from services.bureau_workspace import open_for_import
from services.intake_rows import IntakeOutcome
from services.job import JobContext
from services.workspaces import Workspace, open_workspace
from tests.fakes.exchange import spoil
from tests.services.county import County, everything_but_notes


@pytest.fixture
def root(county: County) -> Path:
    path = county.folder / "root.pem"
    path.write_text(county.keys.root.certificate.pem)
    return path


def opened(county: County, name: str, kit: Path | None, *trust: Path) -> Workspace:
    return open_for_import(county.tools, str(county.folder / name), kit, trust)


def outcomes(desk: Workspace, *paths: Path) -> list[IntakeOutcome]:
    return [row.outcome for row in intake.receive(desk, paths, JobContext()).rows]


def test_made_from_kit_and_root(county: County, root: Path) -> None:
    desk = opened(county, "new", county.kit_file, root)
    kit = county.bureau.current_kit().kit
    assert desk.current_kit().kit == kit
    assert desk.profile.unit.name == kit.issuer_name
    with desk.store.reading() as work:
        assert list(work.registers.units()) == sorted(kit.units, key=lambda unit: unit.code)
        for year in {entry.budget_year for entry in kit.register}:
            assert work.registers.entries(year) == [e for e in kit.register if e.budget_year == year]
    assert bureau_keys.trust_of(desk).roots == (kit.root_certificate,)
    assert outcomes(desk, county.kit_file) == [IntakeOutcome.UNCHANGED]


def test_opened_again_with_the_same_words(county: County, root: Path) -> None:
    town = county.desk()
    path = county.sealed(town, county.filled(town))
    registered = county.folder / "registered.pem"
    registered.write_text(town.vault.certificate("unit").pem)
    desk = opened(county, "new", county.kit_file, root, registered)
    assert outcomes(desk, path) == [IntakeOutcome.RECEIVED]
    desk.close()
    again = opened(county, "new", county.kit_file, root, registered)
    assert outcomes(again, path) == [IntakeOutcome.UNCHANGED]
    assert outcomes(opened(county, "new", None), path) == [IntakeOutcome.UNCHANGED]


def test_a_key_the_kit_calls_revoked_is_not_certified_by_it(county: County, root: Path) -> None:
    town = county.desk()
    path = county.accepted(town, county.filled(town))
    bureau_keys.revoke_key(county.bureau, county.keys, town.vault.certificate("unit").fingerprint)
    registered = county.folder / "registered.pem"
    registered.write_text(town.vault.certificate("unit").pem)
    for name, trust in (("new", (root,)), ("other", (root, registered))):
        assert outcomes(opened(county, name, county.issued(), *trust), path) == [IntakeOutcome.REFUSED], name


def test_keys_certified_in_the_kit_need_no_registered_certificate(county: County, root: Path) -> None:
    """What a unit signed before its certificate came home is received where the kit carries the certificate."""
    town = county.desk()
    path = county.accepted(town, county.filled(town))
    assert outcomes(opened(county, "old", county.kit_file, root), path) == [IntakeOutcome.REFUSED]
    desk = opened(county, "new", county.issued(), root)
    assert outcomes(desk, path) == [IntakeOutcome.RECEIVED]
    assert len([r for r in bureau_keys.certificates(desk) if r.kind == "registered"]) == 1


def test_a_night_batch_leaves_the_mark_of_the_open_desk_alone(county: County) -> None:
    assert open_workspace(county.tools, county.bureau.folder).was_cut_off
    open_for_import(county.tools, str(county.bureau.folder), None, []).close()
    assert open_workspace(county.tools, county.bureau.folder).was_cut_off


class TestWhatIsRefused:
    def test_an_empty_folder_without_kit_or_root(self, county: County, root: Path) -> None:
        for kit, trust in ((None, [root]), (county.kit_file, []), (None, [])):
            with pytest.raises(InputError, match="同时给出任务参数包和根证书"):
                opened(county, "new", kit, *trust)
        assert not (county.folder / "new").exists()

    def test_a_file_in_the_place_of_a_folder(self, county: County, root: Path) -> None:
        (county.folder / "file").touch()
        with pytest.raises(InputError, match="这里是一个文件"):
            opened(county, "file", county.kit_file, root)

    def test_the_desk_of_a_unit(self, county: County, root: Path) -> None:
        county.desk(name="town").close()
        with pytest.raises(InputError, match="这不是财政端工作区"):
            opened(county, "town", county.kit_file, root)

    def test_a_root_that_cannot_be_read(self, county: County, root: Path) -> None:
        with pytest.raises(EnvironmentProblem, match="根证书文件读不出来"):
            opened(county, "new", county.kit_file, county.folder / "gone.pem")
        root.write_bytes(b"\xff\xfe")
        with pytest.raises(EnvironmentProblem, match="根证书文件读不出来"):
            opened(county, "new", county.kit_file, root)
        root.write_text("-----BEGIN CERTIFICATE-----\n%%%")
        with pytest.raises(KeyProblem):
            opened(county, "new", county.kit_file, root)
        assert not (county.folder / "new").exists()

    def test_a_kit_of_another_root_or_none_at_all(self, county: County, root: Path, tmp_path: Path) -> None:
        town = county.desk()
        with pytest.raises(KitProblem, match="不是任务参数包"):
            opened(county, "new", county.sealed(town, county.filled(town)), root)
        registered_only = tmp_path / "registered.pem"
        registered_only.write_text(town.vault.certificate("unit").pem)
        with pytest.raises(KitProblem, match="根证书"):
            opened(county, "new", county.kit_file, registered_only)
        spoil(county.kit_file, spoiled=True)
        with pytest.raises(KitProblem, match="不是任务参数包"):
            opened(county, "new", county.kit_file, root)
        assert not (county.folder / "new").exists()


class TestCutOff:
    def test_before_anything_was_kept(self, county: County, root: Path) -> None:
        """Killed between making the database and keeping the kit: no profile, so nobody's desk yet."""
        folder = county.folder / "new"
        county.tools.opener.open(folder, county.tools.clock.now(), create=True)
        (folder / "packages").mkdir()
        with pytest.raises(InputError, match="不是本程序的工作区"):
            opened(county, "new", None)
        desk = opened(county, "new", county.kit_file, root)
        assert desk.current_kit().kit == county.bureau.current_kit().kit

    def test_a_full_disk_while_it_is_made(self, county: County, root: Path) -> None:
        county.tools.files.failure = EnvironmentProblem("磁盘已满")
        with pytest.raises(EnvironmentProblem):
            opened(county, "new", county.kit_file, root)
        store = county.tools.opener.stores[county.folder / "new"]
        assert store.is_closed
        assert store.state.settings == {}
        made = everything_but_notes(opened(county, "new", county.kit_file, root))
        assert made["kits"]

"""Evidence on its way: into the package, past the bureau's reader, shown and saved there; what was named and is not there."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.domain.errors import EnvironmentProblem, InputError
from models.domain.evidence import EvidenceFile
from services import archive, evidence, evidence_files, filings, received_evidence, sealing
from services.evidence_places import reuse_key
from services.job import JobContext
from services.workspaces import Workspace
from tests.services.attaching import PDF, attach, on_disk, project_filing, row_of, source
from tests.services.county import OTHER, PASSWORD, County, kept, opened
from tests.services.intaking import payload_of

pytestmark = pytest.mark.wide

PICTURE = b"\xff\xd8 picture"


@pytest.fixture
def desk(county: County) -> Workspace:
    return county.desk()


@pytest.fixture
def form(county: County, desk: Workspace) -> str:
    return project_filing(county, desk)


def loaded(desk: Workspace, form: str, tmp_path: Path) -> tuple[EvidenceFile, ...]:
    """A picture at the first row, the same under another name for the whole, a contract."""
    place = row_of(desk, form)
    added = [
        *attach(desk, form, source(tmp_path, "现场照片.jpg", PICTURE), place=place),
        *attach(desk, form, source(tmp_path, "封面.jpg", PICTURE), source(tmp_path, "合同.pdf")),
    ]
    return tuple(item.file for item in added)


class TestSealing:
    def test_files_and_words_travel(self, county: County, desk: Workspace, form: str, tmp_path: Path) -> None:
        files = loaded(desk, form, tmp_path)
        result = sealing.seal(desk, [form], county.stick, PASSWORD, JobContext())
        body = json.loads(result.written.path.read_text("utf-8"))
        (item,) = body["payload"]["filings"]
        assert item["evidence"] == [
            {
                "place": f.place,
                "name": f.name,
                "member": f.member,
                "size": f.size,
                "sha256": f.sha256,
                "note": "",
            }
            for f in files
        ]
        members = desk.tools.reader.evidence(result.written.path, result.written.manifest_sha256)
        assert members == {files[0].member: PICTURE, files[2].member: PDF}
        with desk.store.reading() as work:
            assert tuple(work.evidence.submitted(form, result.written.manifest_sha256)) == files

    def test_a_form_without_evidence_says_nothing_of_it(
        self, county: County, desk: Workspace, form: str
    ) -> None:
        payload = payload_of(county.sealed(desk, [form]))
        assert "evidence" not in payload["filings"][0]
        assert "attachments" not in payload

    def test_each_version_keeps_its_own(
        self, county: County, desk: Workspace, form: str, tmp_path: Path
    ) -> None:
        (old,) = attach(desk, form, source(tmp_path, "a.pdf"))
        first = sealing.seal(desk, [form], county.stick, PASSWORD, JobContext())
        filings.reopen(desk, opened(desk, form))
        evidence.remove(desk, old.evidence_id)
        (new,) = attach(desk, form, source(tmp_path, "b.pdf", b"b"))
        second = sealing.seal(desk, [form], county.stick, PASSWORD, JobContext())
        with desk.store.reading() as work:
            lists = [work.evidence.submitted(form, r.written.manifest_sha256) for r in (first, second)]
        assert [list(files) for files in lists] == [[old.file], [new.file]]
        assert set(on_disk(desk)) == {old.file.sha256, new.file.sha256}

    def test_removed_and_stray_files_stay_at_home(
        self, county: County, desk: Workspace, form: str, tmp_path: Path
    ) -> None:
        (gone,) = attach(desk, form, source(tmp_path, "a.pdf"))
        (stray,) = attach(desk, form, source(tmp_path, "b.pdf", b"b"), place=row_of(desk, form, -1))
        (stays,) = attach(desk, form, source(tmp_path, "c.pdf", b"c"))
        evidence.remove(desk, gone.evidence_id)
        state = desk.store.state  # type: ignore[attr-defined]
        state.evidence[stray.evidence_id] = replace(stray, file=replace(stray.file, place="indicators[gone]"))
        payload = payload_of(county.sealed(desk, [form]))
        assert [item["name"] for item in payload["filings"][0]["evidence"]] == [stays.file.name]
        assert evidence.evidence_list(desk, form).removed == ()
        assert stray.evidence_id in {i.evidence_id for i in evidence.evidence_list(desk, form).items}

    def test_a_damaged_file_stops_before_a_number_is_given(
        self, county: County, desk: Workspace, form: str, tmp_path: Path
    ) -> None:
        (item,) = attach(desk, form, source(tmp_path, "合同.pdf"))
        evidence_files.path_of(desk, item.file.sha256).write_bytes(b"spoiled")
        with pytest.raises(EnvironmentProblem, match=r"合同\.pdf：佐证材料在本机的文件已损坏"):
            county.sealed(desk, [form])
        assert kept(desk, form).version == 0
        attach_again = evidence.attach(desk, form, "", [source(tmp_path, "合同.pdf")], JobContext())
        assert attach_again.refused
        county.sealed(desk, [form])

    def test_too_much_for_one_package(self, county: County, desk: Workspace, tmp_path: Path) -> None:
        ids = county.filled(desk, 3)[:2]
        for number, filing_id in enumerate(ids):
            attach(desk, filing_id, source(tmp_path, f"{number}.pdf", b"%d" % number * 700_000))
        state = desk.store.state  # type: ignore[attr-defined]
        settings = dict(state.kits[0].kit.check_settings)
        settings["evidence"] = {**settings["evidence"], "package_megabytes": 1}
        state.kits = [replace(state.kits[0], kit=replace(state.kits[0].kit, check_settings=settings))]
        with pytest.raises(InputError, match="请分几次报送"):
            county.sealed(desk, ids)
        county.sealed(desk, ids[:1])


class TestBureau:
    def received(self, county: County, desk: Workspace, form: str) -> archive.ReceivedForm:
        county.accepted(desk, [form])
        return archive.open_received(county.bureau, form)

    def test_shown_opened_and_saved(self, county: County, desk: Workspace, form: str, tmp_path: Path) -> None:
        files = loaded(desk, form, tmp_path)
        found = self.received(county, desk, form)
        (version,) = found.versions
        assert found.evidence[version.manifest_sha256] == files
        assert found.context_of(version).evidence == files
        assert found.context_of(None).evidence == ()
        shown = received_evidence.received_list(county.bureau, version)
        assert [item.file for item in shown.items] == list(files)
        assert not shown.is_open
        assert shown.meter.form_bytes == len(PICTURE) + len(PDF)
        looked_at = received_evidence.copy_to_look_at(county.bureau, version.manifest_sha256, files[0])
        assert (looked_at.name, looked_at.read_bytes()) == ("现场照片.jpg", PICTURE)
        target = tmp_path / "out"
        target.mkdir()
        for _ in range(2):
            received_evidence.save(county.bureau, version.manifest_sha256, files, target, JobContext())
        assert sorted(path.name for path in target.iterdir()) == sorted(
            ["现场照片.jpg", "封面.jpg", "合同.pdf", "现场照片（2）.jpg", "封面（2）.jpg", "合同（2）.pdf"]
        )

    def test_the_same_file_from_another_unit_is_told(
        self, county: County, desk: Workspace, form: str, tmp_path: Path
    ) -> None:
        other = county.desk(OTHER)
        theirs = project_filing(county, other)
        path = source(tmp_path, "照片.jpg", PICTURE)
        attach(desk, form, path, place=row_of(desk, form))
        attach(other, theirs, path)
        county.accepted(other, [theirs])
        found = self.received(county, desk, form)
        shown = received_evidence.received_list(county.bureau, found.versions[0])
        (words,) = shown.reuse[reuse_key(shown.items[0].file)]
        assert words.startswith(kept(other, theirs).answers["project_name"])

    def test_a_package_that_is_gone_or_exchanged(
        self, county: County, desk: Workspace, form: str, tmp_path: Path
    ) -> None:
        files = loaded(desk, form, tmp_path)
        (version,) = self.received(county, desk, form).versions
        with pytest.raises(InputError, match="找不到这份表所在的报送文件"):
            received_evidence.copy_to_look_at(county.bureau, "0" * 64, files[0])
        stranger = EvidenceFile("", "别的.pdf", 1, "0" * 64)
        with pytest.raises(InputError, match="没有这份佐证材料"):
            received_evidence.copy_to_look_at(county.bureau, version.manifest_sha256, stranger)
        (county.bureau.archive / f"{version.manifest_sha256}.asice").unlink()
        with pytest.raises(EnvironmentProblem):
            received_evidence.save(county.bureau, version.manifest_sha256, files, tmp_path, JobContext())


class TestHostile:
    def payload(self, county: County, desk: Workspace, form: str) -> dict[str, Any]:
        path = county.accepted(desk, [form])
        payload = payload_of(path)
        payload["filings"][0]["version"] = 2
        return payload

    @pytest.mark.parametrize("value", [{}, ["a"], [{"place": ""}]])
    def test_malformed(self, county: County, desk: Workspace, form: str, value: Any) -> None:
        payload = self.payload(county, desk, form)
        payload["filings"][0]["evidence"] = value
        assert county.codes(county.forged(desk, payload)) == [{"payload_type"}]

    def test_listed_and_not_there(self, county: County, desk: Workspace, form: str) -> None:
        payload = self.payload(county, desk, form)
        entry = {
            "place": "",
            "name": "a.pdf",
            "member": f"evidence/{'0' * 16}.pdf",
            "size": 1,
            "sha256": "0" * 64,
            "note": "",
        }
        payload["filings"][0]["evidence"] = [entry]
        assert county.codes(county.forged(desk, payload)) == [{"evidence_missing"}]

    def test_a_row_that_does_not_exist(
        self, county: County, desk: Workspace, form: str, tmp_path: Path
    ) -> None:
        from services.handed_out import handed_out
        from services.inspection import Inspection

        loaded(desk, form, tmp_path)
        payload = payload_of(county.sealed(desk, [form]))
        inspection = Inspection(county.tools.reasons, handed_out(county.bureau))
        assert inspection(payload) == ()
        payload["filings"][0]["evidence"][0]["place"] = "indicators[nobody]"
        assert [reason.code for reason in inspection(payload)] == ["payload_type"]


class TestNamedButNotThere:
    """C45: an attachment named in the answers but not in the package."""

    def codes(self, county: County, desk: Workspace, form: str) -> dict[str, str]:
        from services.handed_out import handed_out
        from services.inspection import Inspection

        payload = payload_of(county.sealed(desk, [form]))
        found = Inspection(county.tools.reasons, handed_out(county.bureau))(payload)
        return {reason.code: reason.message for reason in found}

    def say(self, desk: Workspace, form: str, words: str) -> None:
        one = opened(desk, form)
        text = f"{one.filing.answers['annual_target']}{words}"
        filings.save_draft(desk, one, {**one.filing.answers, "annual_target": text}, one.filing.explanations)

    def test_nothing_named(self, county: County, desk: Workspace, form: str) -> None:
        assert self.codes(county, desk, form) == {}

    def test_a_mention_with_nothing_enclosed(self, county: County, desk: Workspace, form: str) -> None:
        self.say(desk, form, "详见附件。")
        told = self.codes(county, desk, form)["evidence_not_enclosed"]
        assert told.startswith(f"{kept(desk, form).answers['project_name']}：")
        assert "见附件" in told

    def test_a_mention_with_something_enclosed(
        self, county: County, desk: Workspace, form: str, tmp_path: Path
    ) -> None:
        self.say(desk, form, "详见附件。")
        attach(desk, form, source(tmp_path, "a.pdf"))
        assert self.codes(county, desk, form) == {}

    def test_a_file_by_its_name(self, county: County, desk: Workspace, form: str, tmp_path: Path) -> None:
        self.say(desk, form, "测算依据见“养护测算表.xlsx”和合同.pdf。")
        attach(desk, form, source(tmp_path, "合同.pdf"))
        told = self.codes(county, desk, form)["evidence_not_enclosed"]
        assert "养护测算表.xlsx" in told
        assert "合同.pdf" not in told

    def test_it_is_received_all_the_same(self, county: County, desk: Workspace, form: str) -> None:
        self.say(desk, form, "详见附件。")
        path = county.accepted(desk, [form])
        assert archive.open_received(county.bureau, form).filing.version == 1
        assert path.exists()

"""What `demo DIR` leaves, judged by those who know nothing of this program: openssl, pdfsig, LibreOffice."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from openpyxl import load_workbook

from forms import registry
from main import Adapters
from models.domain.filing import FilingStatus
from services import bureau_keys
from services.archive import open_received
from services.ports.store import FilingQuery
from services.workspaces import DeskRole, open_workspace
from tests.flows.demo_folder import MEASURED, DemoFolder, Unpacked, command, unpacked
from tests.source import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.judge]


class TestTheFolder:
    def test_names(self, demo: DemoFolder) -> None:
        names = ["bureau", "department", "department_stick", "documents"]
        names += ["result.json", "screens", "stick", "trust", "unit"]
        assert sorted(path.name for path in demo.root.iterdir()) == names
        assert sorted(p.name for p in (demo.root / "trust").iterdir()) == [
            "crl.pem",
            "registered.pem",
            "root.pem",
        ]

    def test_progress_alone_is_told(self, demo: DemoFolder) -> None:
        """Nothing of the machinery that draws without a monitor."""
        assert demo.told.splitlines()
        assert all(re.match(r"\[\d+/\d+\] ", line) for line in demo.told.splitlines()), demo.told

    def test_result(self, demo: DemoFolder) -> None:
        result = demo.result
        assert list(result) == ["packages", "filings", "screens", "passwords"]
        assert {tuple(one) for one in result["packages"]} == {("file", "message_type", "verdict")}
        assert {one["file"] for one in result["packages"]} == {p.path.name for p in demo.packages}
        assert {one["verdict"] for one in result["packages"]} == {"valid"}
        for one in result["packages"]:
            assert one["message_type"] == next(
                p.payload["message_type"] for p in demo.packages if p.path.name == one["file"]
            )
        sent = [p for p in (*demo.packages, *demo.nested) if p.payload["message_type"] == "submission"]
        assert result["filings"] == sum(len(p.payload["filings"]) for p in sent) - MEASURED
        assert {"root", "bureau", "unit", "department"} <= set(result["passwords"])

    def test_every_message_of_the_round_trip(self, demo: DemoFolder) -> None:
        kinds = [p.payload["message_type"] for p in demo.packages]
        assert kinds.count("registration_request") == 4
        assert kinds.count("parameter_kit") == 2
        submissions = kinds.count("submission")
        assert kinds.count("receipt") >= 1
        assert submissions >= 3 + MEASURED
        assert (kinds.count("return_slip"), kinds.count("approval")) == (1, 3)
        assert kinds.count("department_submission") == 1
        assert len(kinds) == 11 + submissions + kinds.count("receipt")

    def test_screens(self, demo: DemoFolder) -> None:
        drawn = sorted(path.name for path in (demo.root / "screens").iterdir())
        assert drawn == demo.result["screens"]
        for head in registry.heads():
            shown = head.short_title if head.form_id != "performance_target" else "绩效指标"
            assert any(name.endswith(f"-{shown}.png") for name in drawn), head.short_title
        for name in drawn:
            assert (demo.root / "screens" / name).read_bytes().startswith(b"\x89PNG")

    def test_file_names(self, demo: DemoFolder) -> None:
        for package in demo.packages:
            payload, manifest = package.payload, package.members["META-INF/ASiCManifest001.xml"]
            digest = hashlib.sha256(manifest).hexdigest()
            assert package.path.name == (
                f"{payload['unit_code']}_{payload['working_year']}_{payload['message_type']}"
                f"_{payload['number']}_{digest[:8]}.asice"
            )


class TestOpenssl:
    def test_every_signature(self, demo: DemoFolder, tmp_path: Path) -> None:
        registered = demo.registered()
        counts = {True: 0, False: 0}
        for number, package in enumerate(demo.packages):
            own = registered.get(package.signer.public_bytes(Encoding.DER))
            trust = own if own is not None else demo.trust("root") + demo.trust("crl")
            said = package.verify_with_openssl(tmp_path / str(number), trust, with_list=own is None)
            assert "Verification successful" in said
            counts[own is None] += 1
        assert counts[False] == len([p for p in demo.packages if p.signer.issuer == p.signer.subject]), (
            "every self-signed one, and no other, is verified with its own certificate"
        )
        assert min(counts.values()) > 0

    def test_what_the_readme_says(self, demo: DemoFolder, tmp_path: Path) -> None:
        """Its lines, as they stand there, find nothing that is not good, and do find what is not."""
        (lines,) = re.findall(
            r"```\n(cat DIR/trust.+?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL
        )
        (tmp_path / "DIR").mkdir()
        for part in ("trust", "documents"):
            (tmp_path / "DIR" / part).symlink_to(demo.root / part)
        shutil.copytree(demo.root / "stick", tmp_path / "DIR" / "stick")
        spoilt = next((tmp_path / "DIR" / "stick").glob("*_receipt_*"))
        spoilt.write_bytes(spoilt.read_bytes().replace(b"ASiCManifest", b"ASiCmanifest"))
        said = subprocess.run(
            ["bash", "-c", lines], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert [line for line in said.stdout.splitlines() if line.startswith("not good")] == [
            f"not good: DIR/stick/{spoilt.name}"
        ]
        pdfs = [path for path in demo.documents if path.suffix == ".pdf"]
        assert said.stdout.count("Signature Validation: Signature is Valid.") == len(pdfs)

    def test_a_changed_manifest_is_refused(self, demo: DemoFolder, tmp_path: Path) -> None:
        """The judge does judge."""
        package = next(p for p in demo.packages if p.payload["message_type"] == "receipt")
        manifest = package.members["META-INF/ASiCManifest001.xml"].replace(b"sha256", b"sha512", 1)
        changed = Unpacked(package.path, {**package.members, "META-INF/ASiCManifest001.xml": manifest})
        with pytest.raises(subprocess.CalledProcessError):
            changed.verify_with_openssl(
                tmp_path / "x", demo.trust("root") + demo.trust("crl"), with_list=True
            )

    def test_every_member_has_the_digest_the_manifest_lists(self, demo: DemoFolder) -> None:
        for package in demo.packages:
            listed = dict(package.listed())
            signed = {n for n in package.members if n != "mimetype" and not n.startswith("META-INF/")}
            assert set(listed) == signed
            for name, value in listed.items():
                assert base64.b64encode(hashlib.sha256(package.members[name]).digest()).decode() == value
            assert package.members["mimetype"] == b"application/vnd.etsi.asic-e+zip"


class TestDocuments:
    def test_byte_for_byte_out_of_the_packages(self, demo: DemoFolder) -> None:
        inside = {
            f"{package.path.stem}_{Path(name).name}": content
            for package in demo.packages
            for name, content in package.members.items()
            if name.startswith("documents/")
        }
        assert {path.name: path.read_bytes() for path in demo.documents} == inside
        for package in demo.packages:
            if package.payload["message_type"] == "submission":
                names = [name for name in package.members if name.startswith("documents/")]
                assert len(names) == 2 * len(package.payload["filings"])

    def test_every_pdf_is_signed_as_a_whole(self, demo: DemoFolder) -> None:
        pdfs = [path for path in demo.documents if path.suffix == ".pdf"]
        assert pdfs
        for path in pdfs:
            # its certificate is the demonstration's own, so the chain is openssl's business, not this judge's
            said = subprocess.run(
                ["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False
            ).stdout
            assert said.count("Signature #") == 1, path.name
            assert "Total document signed" in said, path.name
            assert "Not total document signed" not in said
            assert "Signature Validation: Signature is Valid." in said, path.name

    def test_every_page_bears_the_check_code_and_the_practice_mark(self, demo: DemoFolder) -> None:
        for package in demo.packages:
            for path in demo.documents:
                if path.suffix != ".pdf" or not path.name.startswith(package.path.stem):
                    continue
                text = subprocess.run(
                    ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
                ).stdout
                pages = text.rstrip("\f").split("\f")
                for page in pages:
                    plain = re.sub(r"\s", "", page)
                    assert f"核对码{package.check_code}" in plain.replace("：", ""), path.name
                    assert "演示数据" in plain, path.name
                    assert "草稿" not in plain

    def test_every_workbook_opens_in_libreoffice(self, demo: DemoFolder, tmp_path: Path) -> None:
        """One run for all; what it writes must hold the same texts."""
        workbooks = [path for path in demo.documents if path.suffix == ".xlsx"]
        assert workbooks
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        asked = ["soffice", profile, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76"]
        subprocess.run(
            [*asked, "--outdir", str(tmp_path), *map(str, workbooks)],
            check=True,
            capture_output=True,
            timeout=300,
        )
        for path in workbooks:
            shown = (tmp_path / f"{path.stem}.csv").read_text("utf-8")
            sheet = load_workbook(path).worksheets[0]
            texts = [
                c.value
                for row in sheet.iter_rows()
                for c in row
                if isinstance(c.value, str) and c.value.strip()
            ]
            assert len(texts) > 20
            for text in texts:
                assert text.split("\n")[0].replace('"', '""') in shown, (path.name, text)


class TestEvidence:
    def test_the_first_filings_carry_some_that_openssl_answers_for(
        self, demo: DemoFolder, tmp_path: Path
    ) -> None:
        """Its digest stands in the signed manifest, its words in the signed payload, its pages can be read."""
        carrying = [p for p in demo.packages if any(name.startswith("evidence/") for name in p.members)]
        assert carrying
        for number, package in enumerate(carrying):
            own = demo.registered().get(package.signer.public_bytes(Encoding.DER))
            trust = own if own is not None else demo.trust("root") + demo.trust("crl")
            package.verify_with_openssl(tmp_path / str(number), trust, with_list=own is None)
            listed = dict(package.listed())
            said = {
                f["member"]: f for filing in package.payload["filings"] for f in filing.get("evidence", ())
            }
            assert said.keys() == {name for name in package.members if name.startswith("evidence/")}
            for name, file in said.items():
                digest = hashlib.sha256(package.members[name]).digest()
                assert (digest.hex(), base64.b64encode(digest).decode()) == (file["sha256"], listed[name])
                page = tmp_path / Path(name).name
                page.write_bytes(package.members[name])
                shown = subprocess.run(
                    ["pdftotext", str(page), "-"], capture_output=True, text=True, check=True
                )
                assert "演示数据" in shown.stdout

    def test_the_bureau_has_it(self, demo: DemoFolder, tmp_path: Path) -> None:
        shutil.copytree(demo.root / "bureau", tmp_path / "bureau")
        desk = open_workspace(Adapters(), tmp_path / "bureau").workspace
        package = next(p for p in demo.packages if any(n.startswith("evidence/") for n in p.members))
        filing = next(f for f in package.payload["filings"] if f.get("evidence"))
        received = open_received(desk, filing["filing_id"])
        (file,) = received.context_of(received.in_force).evidence
        assert (file.name, file.sha256) == (filing["evidence"][0]["name"], filing["evidence"][0]["sha256"])
        desk.close()


class TestTheDesks:
    @pytest.mark.parametrize(("name", "role"), [("unit", DeskRole.FILER), ("bureau", DeskRole.BUREAU)])
    def test_they_open(self, demo: DemoFolder, tmp_path: Path, name: str, role: DeskRole) -> None:
        shutil.copytree(demo.root / name, tmp_path / name)
        opened = open_workspace(Adapters(), tmp_path / name)
        assert not opened.was_cut_off
        desk = opened.workspace
        assert (desk.profile.role, desk.profile.is_practice) == (role, True)
        assert desk.current_kit().kit.version == 2
        with desk.store.reading() as work:
            whole = work.filings.find(FilingQuery())
        tasks = {task.task_id for task in desk.current_kit().kit.tasks}
        filings = [filing for filing in whole if filing.task_id in tasks]
        before = [filing for filing in whole if filing.task_id not in tasks]
        assert {filing.form_id for filing in filings} == {head.form_id for head in registry.heads()}
        assert {filing.budget_year - desk.profile.working_year for filing in filings} == {-1, 0, 1}
        assert {filing.status for filing in before} == {FilingStatus.RECEIVED}
        assert {filing.budget_year - desk.profile.working_year for filing in before} == {-1, 0}
        if role is DeskRole.BUREAU:
            assert len(filings) == demo.result["filings"] - 2  # the corrected ones were received twice
            keys = demo.result["passwords"]
            assert bureau_keys.unlock_keys(desk, keys["root"], keys["bureau"])
        else:
            states = {f.status.value for f in filings}
            assert {"draft", "sealed", "received", "approved"} >= states >= {"received", "approved"}
            password = demo.result["passwords"]["unit"]
            assert desk.vault.unlock("unit", password, desk.tools.clock.now())
        desk.close()


class TestTheOtherCommands:
    def test_verify(self, demo: DemoFolder) -> None:
        files = [package.path for package in demo.packages]
        trust = [
            word
            for name in ("root", "registered")
            for word in ("--trust", demo.root / "trust" / f"{name}.pem")
        ]
        crl = ("--crl", demo.root / "trust" / "crl.pem")
        whole = json.loads(command("verify", *files, *trust, *crl, "--json").stdout)
        assert [one["file"] for one in whole] == [str(path) for path in files]
        assert {one["verdict"] for one in whole} == {"valid"}
        for one, package in zip(whole, demo.packages, strict=True):
            assert (
                one["manifest_sha256"]
                == hashlib.sha256(package.members["META-INF/ASiCManifest001.xml"]).hexdigest()
            )
            filings = [f for f in package.payload.get("filings", ()) if "budget_year" in f]
            years = {f["budget_year"] for f in filings}
            assert one["fiscal_year"] == (years.pop() if len(years) == 1 else None)
        without = json.loads(command("verify", *files, *trust, "--json", status=1).stdout)
        for one, package in zip(without, demo.packages, strict=True):
            is_own = package.signer.issuer == package.signer.subject
            codes = [reason["code"] for reason in one["reasons"]]
            assert (one["verdict"], codes) == (
                ("valid", []) if is_own else ("cannot_judge", ["no_revocation_list"])
            )

    def test_import_into_a_new_workspace_twice(self, demo: DemoFolder, tmp_path: Path) -> None:
        kit = max(
            (p.path for p in demo.packages if p.payload["message_type"] == "parameter_kit"),
            key=lambda path: unpacked(path).payload["number"],
        )
        words: tuple[Any, ...] = (
            "import",
            demo.root / "stick",
            "--workspace",
            tmp_path / "new",
            "--kit",
            kit,
        )
        words += ("--trust", demo.root / "trust" / "root.pem", "--json")
        first = json.loads(command(*words, status=1).stdout)
        kinds = ("submission", "registration_request", "department_submission")
        wanted = [p for p in (*demo.packages, *demo.nested) if p.payload["message_type"] in kinds]
        assert first["received"] + first["replaced"] == len(wanted)
        assert first["filings"] == demo.result["filings"] + MEASURED
        assert first["files"] == len(demo.packages) + len(demo.nested)
        carried = sum(item["size"] for item in demo.carrier.payload["packages"])
        assert first["bytes"] == sum(p.path.stat().st_size for p in demo.packages) + carried
        refused = {reason["code"] for one in first["quarantined"] for reason in one["reasons"]}
        assert refused == {"not_for_this_desk"}  # receipts, and the kit before
        second = json.loads(command(*words, status=1).stdout)
        assert (second["received"], second["replaced"], second["filings"]) == (0, 0, 0)
        assert second["unchanged"] == first["received"] + first["replaced"] + first["unchanged"]
        assert [one["file"] for one in second["quarantined"]] == [one["file"] for one in first["quarantined"]]

    def test_export_gives_what_was_signed(self, demo: DemoFolder, tmp_path: Path) -> None:
        shutil.copytree(demo.root / "bureau", tmp_path / "bureau")
        package = next(p for p in demo.packages if p.payload["message_type"] == "submission")
        words = ("--unit", package.payload["unit_code"], "--year", 2027, "--to", tmp_path / "out")
        command("export", "--workspace", tmp_path / "bureau", *words)
        saved = {path.read_bytes() for path in (tmp_path / "out").iterdir()}
        inside = {content for name, content in package.members.items() if name.startswith("documents/")}
        assert inside <= saved

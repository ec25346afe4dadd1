"""Independent judges: openssl, unzip and pdfsig accept what we seal, without us."""

from __future__ import annotations

import base64
import hashlib
import random
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from exchange.authority import OfflineAuthority
from exchange.key_file import Scrypt
from exchange.keys import OpenKey
from exchange.vault import KeyPolicy
from exchange.writer import CanonicalPackageWriter
from models.domain.revocation import Revocation, RevocationReason
from tests.exchange.attack_countersignatures import head_key
from tests.exchange.world import (
    NOW,
    START,
    UNIT,
    World,
    listed,
    make_unit,
    signed_pdf,
    submission,
    with_evidence,
    write,
)

pytestmark = pytest.mark.judge

KINDS = ["rsa-2048", "p-256"]


@pytest.fixture(scope="module", params=KINDS)
def keys(
    request: pytest.FixtureRequest, world: World, tmp_path_factory: pytest.TempPathFactory
) -> tuple[OpenKey, OpenKey]:
    """A unit's key of each kind: with an issued certificate, and self-signed."""
    policy = KeyPolicy(request.param, Scrypt(1024))
    folder = tmp_path_factory.mktemp("keys")
    return (
        make_unit(folder / "issued", UNIT, world.root, policy=policy),
        make_unit(folder / "self", UNIT, None, policy=policy),
    )


def _run(*command: str, cwd: Path | None = None) -> str:
    assert shutil.which(command[0]), f"{command[0]} is missing"
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def _unpacked(path: Path, folder: Path) -> Path:
    """The package unpacked by stock unzip, every digest of the manifest compared."""
    assert "No errors detected" in _run("unzip", "-t", str(path))
    _run("unzip", "-q", str(path), "-d", str(folder))
    manifest = (folder / "META-INF/ASiCManifest001.xml").read_text("utf-8")
    listed = re.findall(r'DataObjectReference URI="([^"]+)".*?<ds:DigestValue>([^<]+)<', manifest)
    for name, value in listed:
        assert base64.b64decode(value) == hashlib.sha256((folder / name).read_bytes()).digest()
    with zipfile.ZipFile(path) as archive:
        unsigned = {"mimetype", "META-INF/ASiCManifest001.xml", "META-INF/signature001.p7s"}
        assert {name for name, _ in listed} == set(archive.namelist()) - unsigned
    return folder


def _openssl(folder: Path, *options: str) -> str:
    return _run(
        "openssl", "cms", "-verify", "-binary", "-cades", "-inform", "DER", "-content",
        "META-INF/ASiCManifest001.xml", "-in", "META-INF/signature001.p7s", "-out", "/dev/null", *options,
        cwd=folder,
    )  # fmt: skip


def test_openssl_accepts_both_signers(world: World, tmp_path: Path) -> None:
    """The countersignature is judged as the first one is: by the second manifest, which covers the first signature."""
    half = write(tmp_path, submission(countersigned=True), world.unit)
    folder, name = tmp_path / "whole", half.path.name
    folder.mkdir()
    key = head_key(world.root)
    CanonicalPackageWriter().countersign(half.path, folder, name, half.manifest_sha256, key, NOW)
    opened = tmp_path / "open"
    assert "No errors detected" in _run("unzip", "-t", str(folder / name))
    _run("unzip", "-q", str(folder / name), "-d", str(opened))
    second = (opened / "META-INF/ASiCManifest002.xml").read_text("utf-8")
    listed_here = re.findall(r'DataObjectReference URI="([^"]+)".*?<ds:DigestValue>([^<]+)<', second)
    assert [item for item, _ in listed_here] == ["payload.json", "META-INF/signature001.p7s"]
    for item, value in listed_here:
        assert base64.b64decode(value) == hashlib.sha256((opened / item).read_bytes()).digest()
    (tmp_path / "both.pem").write_text(world.root.certificate.pem + world.crl)
    for number in ("001", "002"):
        told = _run(
            "openssl", "cms", "-verify", "-binary", "-cades", "-inform", "DER", "-content",
            f"META-INF/ASiCManifest{number}.xml", "-in", f"META-INF/signature{number}.p7s", "-out", "/dev/null",
            "-CAfile", str(tmp_path / "both.pem"), "-crl_check", cwd=opened,
        )  # fmt: skip
        assert "CAdES Verification successful" in told


def test_openssl_reads_reason_and_date_of_a_revocation(world: World, tmp_path: Path) -> None:
    one = Revocation(world.unit.certificate.serial, NOW, RevocationReason.EXPOSED, START)
    (tmp_path / "crl.pem").write_text(OfflineAuthority().revocation_list(world.root, [one], 4, NOW))
    told = _run("openssl", "crl", "-in", str(tmp_path / "crl.pem"), "-noout", "-text")
    assert "Key Compromise" in told
    assert "Invalidity Date" in told


def test_openssl_accepts_an_issued_signer(
    keys: tuple[OpenKey, OpenKey], world: World, tmp_path: Path
) -> None:
    photo = random.Random(7).randbytes(70_000)
    item = listed("村道养护前后对比照片（第一标段）.jpg", photo, "indicators[r1]")
    path = write(tmp_path, with_evidence(item), keys[0], {item["member"]: photo}).path
    folder = _unpacked(path, tmp_path / "open")
    (tmp_path / "both.pem").write_text(world.root.certificate.pem + world.crl)
    told = _openssl(folder, "-CAfile", str(tmp_path / "both.pem"), "-crl_check")
    assert "CAdES Verification successful" in told
    assert (folder / item["member"]).read_bytes() == photo


def test_openssl_refuses_a_revoked_signer(
    keys: tuple[OpenKey, OpenKey], world: World, tmp_path: Path
) -> None:
    path = write(tmp_path, submission(), keys[0]).path
    folder = _unpacked(path, tmp_path / "open")
    crl = OfflineAuthority().revocation_list(world.root, [(keys[0].certificate.serial, START)], 2, START)
    (tmp_path / "both.pem").write_text(world.root.certificate.pem + crl)
    with pytest.raises(AssertionError, match="revoked"):
        _openssl(folder, "-CAfile", str(tmp_path / "both.pem"), "-crl_check")


def test_openssl_accepts_a_self_signed_signer(keys: tuple[OpenKey, OpenKey], tmp_path: Path) -> None:
    path = write(tmp_path, submission(), keys[1]).path
    folder = _unpacked(path, tmp_path / "open")
    (tmp_path / "own.pem").write_text(keys[1].certificate.pem)
    assert "CAdES Verification successful" in _openssl(folder, "-CAfile", str(tmp_path / "own.pem"))


def test_pdfsig_calls_it_a_total_document_signature(keys: tuple[OpenKey, OpenKey], tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed_pdf(keys[0]))
    told = _run("pdfsig", "-nocert", str(path))
    assert "Signature is Valid" in told
    assert "Total document signed" in told
    assert "Not total document signed" not in told
    assert "ETSI.CAdES.detached" in told
    assert told.count("Signature #") == 1
    assert "张三" in told


def test_the_signed_pdf_still_opens(world: World, tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed_pdf(world.unit, "quantity"))
    assert "quantity" in _run("pdftotext", str(path), "-")

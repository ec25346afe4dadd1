"""The folder a demonstration leaves (演示留下的文件夹), and packages opened without any code of the product."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from tests.source import ROOT

MEASURED = 2
"""Packages made for measuring, besides the round trip."""

NAMESPACES = {"a": "http://uri.etsi.org/02918/v1.2.1#", "d": "http://www.w3.org/2000/09/xmldsig#"}


def command(*words: object, status: int = 0) -> subprocess.CompletedProcess[str]:
    """Run the program as a person does."""
    done = subprocess.run(
        [sys.executable, "main.py", *map(str, words)], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == status, done.stderr
    return done


@dataclass(frozen=True)
class Unpacked:
    """A package taken apart with unzip's library (拆开的报送文件)."""

    path: Path
    members: dict[str, bytes]

    @cached_property
    def payload(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self.members["payload.json"])
        return content

    @property
    def check_code(self) -> str:
        """核对码 by its definition: the first 16 base32 characters of SHA-256 of payload.json."""
        digest = hashlib.sha256(self.members["payload.json"]).digest()
        return base64.b32encode(digest).decode()[:16]

    @cached_property
    def signer(self) -> x509.Certificate:
        """The certificate inside the container's signature."""
        (one,) = pkcs7.load_der_pkcs7_certificates(self.members["META-INF/signature001.p7s"])
        return one

    def listed(self) -> Iterator[tuple[str, str]]:
        """(member, SHA-256 in base64) of every line of the manifest."""
        manifest = ElementTree.fromstring(self.members["META-INF/ASiCManifest001.xml"])
        for reference in manifest.iterfind("a:DataObjectReference", NAMESPACES):
            method = reference.find("d:DigestMethod", NAMESPACES)
            assert method is not None
            assert method.get("Algorithm") == "http://www.w3.org/2001/04/xmlenc#sha256"
            yield reference.get("URI", ""), reference.findtext("d:DigestValue", "", NAMESPACES)

    def verify_with_openssl(self, scratch: Path, trust: str, *, with_list: bool) -> str:
        """What stock openssl says to the signature over the manifest; raises when it refuses."""
        scratch.mkdir()
        manifest, signature, anchors = (
            scratch / "manifest.xml",
            scratch / "signature.p7s",
            scratch / "trust.pem",
        )
        manifest.write_bytes(self.members["META-INF/ASiCManifest001.xml"])
        signature.write_bytes(self.members["META-INF/signature001.p7s"])
        anchors.write_text(trust)
        command = [
            "openssl", "cms", "-verify", "-binary", "-cades", "-inform", "DER",
            "-content", str(manifest), "-in", str(signature), "-CAfile", str(anchors), "-out", "/dev/null",
            *(["-crl_check"] if with_list else []),
        ]  # fmt: skip
        return subprocess.run(command, capture_output=True, text=True, check=True).stderr


def unpacked(path: Path) -> Unpacked:
    """Take a package apart."""
    with zipfile.ZipFile(path) as archive:
        return Unpacked(path, {name: archive.read(name) for name in archive.namelist()})


@dataclass(frozen=True)
class DemoFolder:
    """Everything below DIR (演示文件夹)."""

    root: Path
    told: str
    said: str

    @property
    def post(self) -> Path:
        """Where the department and its units exchange files."""
        return self.root / "department_stick"

    @cached_property
    def result(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self.root / "result.json").read_text("utf-8"))
        return content

    @cached_property
    def packages(self) -> list[Unpacked]:
        return [unpacked(path) for path in sorted((self.root / "stick").iterdir())]

    @cached_property
    def carrier(self) -> Unpacked:
        """The department's package."""
        (one,) = [p for p in self.packages if p.payload["message_type"] == "department_submission"]
        return one

    @cached_property
    def nested(self) -> list[Unpacked]:
        """The packages inside the department's, by their bytes."""
        found = []
        for name, content in self.carrier.members.items():
            if name.startswith("packages/"):
                with zipfile.ZipFile(io.BytesIO(content)) as archive:
                    members = {member: archive.read(member) for member in archive.namelist()}
                found.append(Unpacked(Path(name), members))
        return found

    @cached_property
    def below(self) -> list[Unpacked]:
        """What went between the department and its units."""
        return [unpacked(path) for path in sorted((self.root / "department_stick").rglob("*.asice"))]

    def trust(self, name: str) -> str:
        return (self.root / "trust" / f"{name}.pem").read_text("ascii")

    def registered(self) -> dict[bytes, str]:
        """Confirmed self-signed certificates as PEM, by their bytes."""
        found = x509.load_pem_x509_certificates(self.trust("registered").encode())
        return {one.public_bytes(Encoding.DER): one.public_bytes(Encoding.PEM).decode() for one in found}

    @property
    def documents(self) -> list[Path]:
        return sorted((self.root / "documents").iterdir())

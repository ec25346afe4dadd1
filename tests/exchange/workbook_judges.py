"""Independent judges of a workbook's signature: xmlsec1 over the parts, LibreOffice over the file."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path

_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false"><library:element library:name="Judging"/>
</library:library>
"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Judging"
 script:language="StarBasic">
Sub Tell(book As String, answer As String)
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  target = FreeFile
  Open answer For Output As #target
  On Error Goto Wrong
  kind(0).Name = "StorageFormat"
  kind(0).Value = "ZipFormat"
  factory = createUnoService("com.sun.star.embed.StorageFactory")
  storage = factory.createInstanceWithArguments(Array(ConvertToURL(book), 1, kind()))
  verifier = com.sun.star.security.DocumentDigitalSignatures.createWithVersion("1.2")
  found = verifier.verifyDocumentContentSignatures(storage, Nothing)
  For Each one In found
    Print #target, one.SignatureIsValid &amp; " " &amp; one.CertificateStatus &amp; " " &amp; _
      one.PartialDocumentSignature &amp; " " &amp; one.Signer.SubjectName
  Next
  Close #target
  Exit Sub
Wrong:
  Print #target, "error " &amp; Error$ &amp; " in line " &amp; Erl
  Close #target
End Sub
</script:module>
"""


@dataclass(frozen=True)
class XmlSec:
    """What xmlsec1 says: its word, and how many references of SignedInfo and manifest hold."""

    said: str
    signed_info: str
    manifest: str


def xmlsec(book: Path, root: Path, folder: Path) -> XmlSec:
    """Judge a workbook's signature part; its exit status alone proves nothing, so the counts are read."""
    with zipfile.ZipFile(book) as archive:
        archive.extractall(folder)
    signature = folder / "_xmlsignatures/sig1.xml"
    command = ["xmlsec1", "--verify", "--trusted-pem", str(root)]
    command += ["--id-attr:Id", "Object", "--id-attr:Id", "SignedProperties"]
    for uri in re.findall(r'<Reference URI="(/[^"]+)"', signature.read_text("utf-8")):
        command += [f"--url-map:{uri}", str(folder / uri[1:].partition("?")[0])]
    assert shutil.which("xmlsec1"), "xmlsec1 is missing"
    done = subprocess.run([*command, str(signature)], capture_output=True, text=True, timeout=60)
    told = done.stdout + done.stderr
    counts = dict(re.findall(r"(SignedInfo|Manifests) References \(ok/all\): (\d+/\d+)", told))
    said = next((line for line in told.splitlines() if line in ("OK", "FAIL")), told)
    return XmlSec(said, counts.get("SignedInfo", ""), counts.get("Manifests", ""))


class Office:
    """LibreOffice with a profile of its own in which one root is trusted."""

    def __init__(self, folder: Path, root: Path) -> None:
        self._folder = folder
        database = f"sql:{folder / 'nss'}"
        (folder / "nss").mkdir()
        subprocess.run(["certutil", "-N", "-d", database, "--empty-password"], check=True, timeout=60)
        trusted = ["certutil", "-A", "-d", database, "-n", "root", "-t", "CT,C,C", "-i", str(root)]
        subprocess.run(trusted, check=True, timeout=60)
        self._environment = {**os.environ, "MOZILLA_CERTIFICATE_FOLDER": database}
        self._run("--terminate_after_init")
        basic = folder / "profile/user/basic/Standard"
        (basic / "script.xlb").write_text(_LIBRARY, "utf-8")
        (basic / "Judging.xba").write_text(_MODULE, "utf-8")

    def judge(self, book: Path) -> list[str]:
        """One line per signature: valid, certificate's fault as a number, partial, whose."""
        answer = self._folder / "answer.txt"
        answer.unlink(missing_ok=True)
        self._run(f'macro:///Standard.Judging.Tell("{book}","{answer}")')
        return answer.read_text("utf-8").splitlines()

    def _run(self, *arguments: str) -> None:
        profile = f"-env:UserInstallation={(self._folder / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--norestore", "--nologo", *arguments]
        subprocess.run(
            command,
            capture_output=True,
            check=True,
            timeout=120,
            env=self._environment,
            stdin=subprocess.DEVNULL,
        )

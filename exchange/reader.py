"""The strict reader (严格读取): one file in, one judgement out, whatever the file holds.

Order: limits, names, structure, manifest, digests, signature, certificate and revocation, sender,
form versions, documents, answers. A later stage is asked only where an earlier one leaves a sense
to the question; what can be known about the sender is told even when the verdict is bad.
"""

from __future__ import annotations

import stat
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from exchange.limits import DEFAULT_LIMITS, ReadingLimits
from exchange.names import MANIFEST
from exchange.reasons import RefusalError, reason
from models.domain.errors import EnvironmentProblem
from models.domain.evidence import FOLDER as EVIDENCE
from models.domain.verdict import Judgement
from services.ports.exchange import AlteredPackage, AnswerInspector, TrustMaterial


class StrictPackageReader:
    """Judges packages and hands out their members; implements the port PackageReader."""

    def __init__(self, limits: ReadingLimits = DEFAULT_LIMITS) -> None:
        self._limits = limits

    def judge(
        self,
        path: Path,
        trust: TrustMaterial,
        now: datetime,
        *,
        inspect_answers: AnswerInspector | None = None,
        inspect_documents: bool = True,
    ) -> Judgement:
        """Judge one file in the order of the package format; an unreadable path gives `cannot_judge`."""
        from exchange.judging import Judging, refused_file

        try:
            data = self._read(path)
        except RefusalError as refusal:
            return refused_file(path.name, refusal.reasons)
        judging = Judging(path.name, data, self._limits)
        return judging.run(trust, now, inspect_answers, inspect_documents)

    def member(self, path: Path, name: str, manifest_sha256: str) -> bytes:
        """One member's bytes, its digest checked again; EnvironmentProblem when the file has changed."""
        members = self._checked(path, manifest_sha256)
        if name not in members:
            raise _changed(path)
        return members[name]

    def documents(self, path: Path, manifest_sha256: str) -> Mapping[str, bytes]:
        """All members under `documents/`, digests checked again."""
        from exchange.documents import FOLDER

        members = self._checked(path, manifest_sha256)
        return {name: content for name, content in members.items() if name.startswith(FOLDER)}

    def evidence(self, path: Path, manifest_sha256: str) -> Mapping[str, bytes]:
        """All members under `evidence/`, digests checked again."""
        members = self._checked(path, manifest_sha256)
        return {name: content for name, content in members.items() if name.startswith(EVIDENCE)}

    def altered(self, path: Path) -> AlteredPackage | None:
        """A lenient, bounded look at a refused file, only to explain it; None when nothing can be read."""
        from exchange.altered import look

        try:
            return look(self._read(path), self._limits)
        except RefusalError:
            return None

    def pdf_texts(self, pdf: bytes) -> tuple[str, ...]:
        """The texts of a PDF in drawing order; () when it is of another form than this program draws."""
        from exchange.pdf_text import pdf_texts

        return pdf_texts(pdf)

    def _checked(self, path: Path, manifest_sha256: str) -> dict[str, bytes]:
        """Every member of an unchanged package."""
        import hashlib

        from exchange.container_reading import open_container
        from exchange.manifest import check_manifest

        try:
            members = open_container(self._read(path), self._limits)
            check_manifest(members)
        except RefusalError as refusal:
            raise _changed(path) from refusal
        if hashlib.sha256(members[MANIFEST].content).hexdigest() != manifest_sha256:
            raise _changed(path)
        return {name: bytes(member.content) for name, member in members.items()}

    def _read(self, path: Path) -> bytes:
        """The file's bytes; a folder, pipe or device is never opened."""
        try:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                raise RefusalError(reason("unreadable_file"))
            if status.st_size > self._limits.file_bytes:
                megabytes = self._limits.file_bytes // (1024 * 1024)
                raise RefusalError(reason("file_too_large", detail=f"最大{megabytes}MB"))
            return path.read_bytes()
        except (OSError, ValueError, MemoryError) as error:
            raise RefusalError(reason("unreadable_file")) from error


def _changed(path: Path) -> EnvironmentProblem:
    return EnvironmentProblem("文件不见了，或已不是当时接收的那一份", "请找回原文件后再打开", path.name)

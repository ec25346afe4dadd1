"""The strict reader (严格读取): one file in, one judgement out, whatever the file holds.

Order: limits, names, structure, manifest, digests, signature, certificate and revocation, sender,
form versions, documents, answers. A later stage is asked only where an earlier one leaves a sense
to the question; what can be known about the sender is told even when the verdict is bad.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from exchange.file_content import FileContent, close_content, open_content
from exchange.limits import DEFAULT_LIMITS, ReadingLimits
from exchange.names import MANIFEST
from exchange.reasons import RefusalError, reason
from models.domain.errors import EnvironmentProblem
from models.domain.evidence import FOLDER as EVIDENCE
from models.domain.verdict import Judgement
from services.ports.exchange import AlteredPackage, AnswerInspector, TrustMaterial

if TYPE_CHECKING:
    from exchange.read_package import ReadPackage


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
        read = self.read(path, trust, now, inspect_documents=inspect_documents)
        if inspect_answers is None or read.payload is None:
            return read.bare
        return read.answered(inspect_answers(read.payload))

    def read(
        self, path: Path, trust: TrustMaterial, now: datetime, *, inspect_documents: bool = True
    ) -> ReadPackage:
        """The same but for the answers, which may be looked into later or elsewhere."""
        from exchange.judging import Judging
        from exchange.read_package import refused_file

        try:
            data = self._content(path)
            try:
                return Judging(path.name, data, self._limits).read(trust, now, inspect_documents)
            finally:
                close_content(data)
        except RefusalError as refusal:
            return refused_file(path.name, refusal.reasons)

    def member(self, path: Path, name: str, manifest_sha256: str) -> bytes:
        """One member's bytes, its digest checked again; EnvironmentProblem when the file has changed."""
        members = self._checked(path, manifest_sha256, name)
        if name not in members:
            raise _changed(path)
        return members[name]

    def documents(self, path: Path, manifest_sha256: str) -> Mapping[str, bytes]:
        """All members under `documents/`, digests checked again."""
        from exchange.documents import FOLDER

        return self._checked(path, manifest_sha256, FOLDER)

    def evidence(self, path: Path, manifest_sha256: str) -> Mapping[str, bytes]:
        """All members under `evidence/`, digests checked again."""
        return self._checked(path, manifest_sha256, EVIDENCE)

    def nested(self, path: Path, manifest_sha256: str, folder: Path) -> Sequence[Path]:
        """Write the units' packages of a department's package into `folder`; those that are there already stay."""
        from exchange.nested_writing import write_nested

        try:
            with self._opened(path) as data:
                return write_nested(data, self._limits, manifest_sha256, folder)
        except RefusalError as refusal:
            raise _changed(path) from refusal

    def altered(self, path: Path) -> AlteredPackage | None:
        """A lenient, bounded look at a refused file, only to explain it; None when nothing can be read."""
        from exchange.altered import look

        try:
            with self._opened(path) as data:
                return look(data, self._limits)
        except RefusalError:
            return None

    def pdf_texts(self, pdf: bytes) -> tuple[str, ...]:
        """The texts of a PDF in drawing order; () when it is of another form than this program draws."""
        from exchange.pdf_text import pdf_texts

        return pdf_texts(pdf)

    def _checked(self, path: Path, manifest_sha256: str, beginning: str) -> dict[str, bytes]:
        """The members of an unchanged package whose names begin so."""
        import hashlib

        from exchange.container_reading import open_container
        from exchange.manifest import check_manifest

        try:
            with self._opened(path) as data:
                members = open_container(data, self._limits)
                digests = check_manifest(members)
                if hashlib.sha256(members[MANIFEST].content).hexdigest() != manifest_sha256:
                    raise _changed(path)
                wanted = [name for name in members if name.startswith(beginning)]
                found = {name: bytes(members[name].content) for name in wanted}
        except RefusalError as refusal:
            raise _changed(path) from refusal
        is_small = isinstance(data, bytes)
        if not is_small and any(hashlib.sha256(found[n]).digest() != digests.get(n) for n in found):
            raise _changed(path)
        return found

    @contextmanager
    def _opened(self, path: Path) -> Iterator[FileContent]:
        """The file's content for as long as it is needed."""
        data = self._content(path)
        try:
            yield data
        finally:
            close_content(data)

    def _content(self, path: Path) -> FileContent:
        """The file's content; a folder, pipe or device is never opened. RefusalError when it cannot be read."""
        try:
            status = os.stat(path)
            if not stat.S_ISREG(status.st_mode):
                raise RefusalError(reason("unreadable_file"))
            if status.st_size > self._limits.file_bytes:
                megabytes = self._limits.file_bytes // (1024 * 1024)
                raise RefusalError(reason("file_too_large", detail=f"最大{megabytes}MB"))
            return open_content(path, status.st_size)
        except (OSError, ValueError, MemoryError) as error:
            raise RefusalError(reason("unreadable_file")) from error


def _changed(path: Path) -> EnvironmentProblem:
    return EnvironmentProblem("文件不见了，或已不是当时接收的那一份", "请找回原文件后再打开", path.name)

"""The package writer (生成签名文件): canonical container, manifest, signature; written, read back, verified."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exchange.atomic_file import problem, write_whole
from exchange.container import MIMETYPE_CONTENT, build_container, container_pieces
from exchange.limits import DEFAULT_LIMITS
from exchange.measured import measured
from exchange.names import (
    MANIFEST,
    MIMETYPE,
    PAYLOAD,
    SIGNATURE,
    canonical_order,
    check_names,
    is_known_place,
)
from exchange.payload import read_payload
from exchange.payload_head import support_reasons
from exchange.reasons import RefusalError
from models.domain.canonical_json import canonical_json
from models.domain.check_code import check_code
from models.domain.errors import EnvironmentProblem, KeyProblem
from services.ports.exchange import UnlockedKey, WrittenPackage

if TYPE_CHECKING:
    from exchange.keys import OpenKey

_SUFFIX = ".asice"


class CanonicalPackageWriter:
    """Writes and signs packages, PDFs and workbooks; implements the port PackageWriter.

    `tidy` clears a folder of what a killed program left there, before anything new is written.
    """

    def __init__(self, tidy: Callable[[Path], object] = lambda _folder: None) -> None:
        self._tidy = tidy

    def write(
        self,
        folder: Path,
        name_of: Callable[[str], str],
        payload: Mapping[str, Any],
        members: Mapping[str, bytes | Path],
        key: UnlockedKey,
        signing_time: datetime,
    ) -> WrittenPackage:
        """Write one package into `folder`; `name_of` gets the manifest digest in hex and gives the file name.

        Members given as files are never held whole. Raises KeyProblem when this key may not seal this (expired, another unit's), EnvironmentProblem
        when the carrier fails; then no file is left. ValueError is a mistake of the caller's.
        """
        from exchange import cms
        from exchange.certificates import utc_seconds
        from exchange.keys import open_key
        from exchange.manifest import manifest_bytes

        signer = open_key(key)
        moment = utc_seconds(signing_time)
        encoded = canonical_json(payload)
        names = _names(encoded, members, signer, moment)
        content = {name: measured(encoded if name == PAYLOAD else members[name]) for name in names}
        digests = {name: data.sha256 for name, data in content.items()}
        _refuse_enclosures(payload, {name: data.size for name, data in content.items()}, digests)
        manifest = manifest_bytes(digests)
        digest = hashlib.sha256(manifest)
        whole = {
            MIMETYPE: measured(MIMETYPE_CONTENT),
            **content,
            MANIFEST: measured(manifest),
            SIGNATURE: measured(cms.sign(signer, digest.digest(), moment)),
        }
        path = folder / _file_name(name_of(digest.hexdigest()))
        self._tidy(folder)
        return WrittenPackage(
            path=path,
            size=_written(path, container_pieces(whole)),
            manifest_sha256=digest.hexdigest(),
            payload_sha256=digests[PAYLOAD].hex(),
            check_code=check_code(encoded),
        )

    def countersign(
        self,
        path: Path,
        folder: Path,
        name: str,
        manifest_sha256: str,
        key: UnlockedKey,
        signing_time: datetime,
    ) -> WrittenPackage:
        """The same package with the second signature of 单位负责人 (负责人签名), written into `folder` under `name`.

        KeyProblem when this key may not countersign it, EnvironmentProblem when the file is not that package
        any more or the carrier fails; then no half file is left.
        """
        from exchange.certificates import utc_seconds
        from exchange.countersigning import countersigned
        from exchange.keys import open_key

        signer, moment = open_key(key), utc_seconds(signing_time)
        refuse_unfit(signer, moment)
        whole = countersigned(path, manifest_sha256, signer, moment)
        target = folder / _file_name(name)
        self._tidy(folder)
        payload = whole[PAYLOAD]
        return WrittenPackage(
            path=target,
            size=_written(target, build_container(whole)),
            manifest_sha256=manifest_sha256,
            payload_sha256=hashlib.sha256(payload).hexdigest(),
            check_code=check_code(payload),
        )

    def sign_pdf(self, pdf: bytes, key: UnlockedKey, signing_time: datetime) -> bytes:
        """The same PDF with one PAdES signature over the whole document."""
        from exchange.keys import open_key
        from exchange.pdf_signing import sign_pdf

        return sign_pdf(pdf, open_key(key), signing_time)

    def sign_workbook(self, workbook: bytes, key: UnlockedKey, signing_time: datetime) -> bytes:
        """The same workbook with one OPC signature over all its parts."""
        from exchange.keys import open_key
        from exchange.workbook_signature.signing import sign_workbook

        return sign_workbook(workbook, open_key(key), signing_time)


def _names(
    encoded: bytes, members: Mapping[str, bytes | Path], key: OpenKey, moment: datetime
) -> Sequence[str]:
    """Names of what the manifest will list, in order; refuses what a reader would refuse."""
    from exchange.senders import sender_reasons

    names = canonical_order([PAYLOAD, *members])
    try:
        checked = read_payload(encoded, DEFAULT_LIMITS)
        check_names([name.encode("ascii") for name in names])
    except RefusalError as refusal:
        raise ValueError(str(refusal.reasons)) from refusal
    if support_reasons(checked):
        raise ValueError("a message of another format or type")
    if not all(map(is_known_place, names)) or any(
        name.startswith("META-INF/") or name == MIMETYPE for name in names
    ):
        raise ValueError(f"members with no place in a package: {names}")
    refuse_unfit(key, moment)
    for fault in sender_reasons(key.certificate, checked):
        raise KeyProblem(fault.message.split("。")[0], "请使用本单位的签名密钥", "签名")
    return names


def _refuse_enclosures(
    payload: Mapping[str, Any], sizes: Mapping[str, int], digests: Mapping[str, bytes]
) -> None:
    """Never sign evidence or units' packages that are not what the payload says of them."""
    from exchange.evidence import evidence_reasons
    from exchange.nested import nested_reasons

    found = evidence_reasons(payload, digests, sizes)
    found += nested_reasons(payload, digests, sizes, DEFAULT_LIMITS)
    if found:
        raise ValueError(str(found))


def refuse_unfit(key: OpenKey, moment: datetime) -> None:
    """Never sign what would be refused: a root, or a clock outside the certificate's time."""
    info = key.certificate
    if not key.signing_certificate.is_leaf:
        raise KeyProblem("根证书不能用来签文件", "请使用签署人的签名密钥", "签名")
    if moment < info.not_before:
        raise KeyProblem("本机时间早于签名证书的生效时间", "请校准电脑时间后再试", "签名")
    if moment > info.not_after:
        raise KeyProblem("签名证书已经过期", "请更换签名密钥并重新办理登记", "签名")


def _file_name(name: str) -> str:
    if not name.endswith(_SUFFIX) or Path(name).name != name:
        raise ValueError(f"not a package's file name: {name!r}")
    return name


def _written(path: Path, pieces: Iterable[bytes]) -> int:
    """Write the pieces and read them back; the size. What stands on the carrier is what was meant, else it is taken away."""
    meant, size = hashlib.sha256(), 0

    def counted() -> Iterator[bytes]:
        nonlocal size
        for piece in pieces:
            meant.update(piece)
            size += len(piece)
            yield piece

    write_whole(path, counted())
    try:
        with path.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").digest()
    except OSError as error:
        raise problem(error, path) from error
    if found != meant.digest():
        path.unlink(missing_ok=True)
        raise EnvironmentProblem("写入后读回核对不一致", "请换一个存储介质后重新生成", path.name)
    return size

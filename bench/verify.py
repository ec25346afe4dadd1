"""How fast the strict reader is, as a ratio to what nobody can avoid (验签速度).

The floor is reading the file, one SHA-256 over it and one public-key verification. The package is a
submission of 1 MB: payload, a signed PDF with pictures, a signed workbook of forty rows, the rest evidence;
its signer's certificate was issued by a root and is held against a revocation list. Floor and reader
take turns in one run, so a busy machine slows both. Run: `python -m bench.verify`.
"""

from __future__ import annotations

import hashlib
import io
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from documents.writer import OfficialDocumentWriter
from exchange.authority import OfflineAuthority
from exchange.certificates import is_signature
from exchange.keys import OpenKey, open_key
from exchange.reader import StrictPackageReader
from exchange.vault import FolderKeyVault
from exchange.writer import CanonicalPackageWriter
from forms.sheet import Cell, CellRole, Orientation, Sheet
from models.domain.evidence import EvidenceFile
from models.domain.verdict import VerdictWord
from services.ports.documents import PageMark, PageMarks
from services.ports.exchange import SignerRole, Subject, TrustMaterial

PACKAGE_BYTES = 1_000_000
ROUNDS = 60
GOAL = 0.6
_PASSWORD = "measure"
_UNIT = Subject("张三", "990001001", "示例县城关镇人民政府", SignerRole.UNIT)


def _trust(folder: Path, now: datetime) -> tuple[OpenKey, TrustMaterial]:
    """A unit's key with a certificate of a fresh root, and what a bureau judges it by."""
    vault, authority = FolderKeyVault(folder / "keys"), OfflineAuthority()
    authority.create_root(vault, "990000", "示例县财政局", _PASSWORD, now)
    root = vault.unlock("root", _PASSWORD, now)
    certificate = vault.create("unit", _UNIT, _PASSWORD, now)
    vault.take_certificate("unit", authority.issue(root, certificate.pem, _UNIT, now).pem)
    revoked = [(f"{number:x}", now) for number in range(1, 201)]
    crl = authority.revocation_list(root, revoked, 1, now)
    return open_key(vault.unlock("unit", _PASSWORD, now)), TrustMaterial((root.certificate.pem,), (), (crl,))


def _payload(now: datetime) -> dict[str, Any]:
    """Three filings of twelve indicators."""
    indicator = {"second_level": "quantity", "name": "村道养护里程", "planned_value": "≥12", "unit": "公里"}
    filing = {
        "form_id": "performance_target",
        "form_version": "1",
        "budget_year": 2027,
        "unit_code": _UNIT.unit_code,
        "project": {"code": "9900012700000001", "name": "农村公路日常养护"},
        "version": 1,
        "answers": {"total_funds_fen": 12_000_000, "indicators": [indicator] * 12},
        "explanations": [],
        "findings": [],
    }
    return {
        "format": 1,
        "message_type": "submission",
        "unit_code": _UNIT.unit_code,
        "unit_name": _UNIT.unit_name,
        "working_year": 2026,
        "number": 1,
        "created_at": now.isoformat(),
        "kit": {"kit_id": "k", "name": "示例", "version": 1, "digest": "0" * 64},
        "workbooks_signed": True,
        "filings": [{**filing, "filing_id": f"f-{n}", "task_id": f"t-{n}"} for n in range(3)],
    }


def _pdf(noise: bytes) -> bytes:
    """A few pages of text with `noise` as an image, for the weight of embedded fonts."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    side = int((len(noise) // 3) ** 0.5)
    image = io.BytesIO()
    from PIL import Image

    Image.frombytes("RGB", (side, side), noise[: side * side * 3]).save(image, "PNG")
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1, pageCompression=1)
    for page in range(3):
        for line in range(60):
            canvas.drawString(40, 800 - 12 * line, f"page {page} line {line} quantity 12 km 100 %")
        canvas.drawImage(ImageReader(image), 40, 40, 100, 100)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _workbook() -> bytes:
    """An official form of forty rows."""
    rows = [
        Cell(row, column, text, CellRole.LABEL if column < 2 else CellRole.TEXT)
        for row in range(40)
        for column, text in enumerate(("产出指标", "数量指标", f"村道养护里程（第 {row} 段）", "≥12 公里"))
    ]
    widths = (25.0, 25.0, 80.0, 30.0)
    sheet = Sheet(
        "绩效目标", "项目支出绩效目标申报表", "（2027年度）", tuple(rows), widths, Orientation.PORTRAIT
    )
    return OfficialDocumentWriter().workbook([sheet], PageMarks(PageMark.NONE, "A" * 16))


def _package(folder: Path, key: OpenKey, now: datetime) -> Path:
    """The package of 1 MB."""
    noise = random.Random(1)
    writer = CanonicalPackageWriter()
    pdf = writer.sign_pdf(_pdf(noise.randbytes(60_000)), key, now)
    workbook = writer.sign_workbook(_workbook(), key, now)
    rest = PACKAGE_BYTES - len(pdf) - len(workbook) - 12_000
    members = {"documents/target.pdf": pdf, "documents/target.xlsx": workbook}
    payload, listed = _payload(now), []
    for part in range(4):
        content = noise.randbytes(rest // 4)
        file = EvidenceFile("", f"现场照片{part}.jpg", len(content), hashlib.sha256(content).hexdigest())
        members[file.member] = content
        listed.append({**asdict(file), "member": file.member})
    payload["filings"][0]["evidence"] = listed
    written = writer.write(folder, lambda digest: f"{digest[:8]}.asice", payload, members, key, now)
    return written.path


def _times(actions: list[Callable[[], object]]) -> list[float]:
    """The median of each action's milliseconds, the actions taking turns."""
    taken: list[list[float]] = [[] for _ in actions]
    for _ in range(ROUNDS):
        for action, times in zip(actions, taken, strict=True):
            start = time.perf_counter()
            action()
            times.append((time.perf_counter() - start) * 1000)
    return [sorted(times)[len(times) // 2] for times in taken]


def main() -> None:
    """Print milliseconds and the ratio to the floor."""
    now = datetime.now(UTC) - timedelta(minutes=1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        key, trust = _trust(folder, now)
        path = _package(folder, key, now)
        signature = key.sign(b"content")
        public = key.signing_certificate.public_key
        reader = StrictPackageReader()

        def floor() -> None:
            hashlib.sha256(path.read_bytes()).digest()
            assert is_signature(public, signature, b"content")

        def strict(inspect_documents: bool) -> None:
            judgement = reader.judge(path, trust, now, inspect_documents=inspect_documents)
            assert judgement.verdict.word is VerdictWord.VALID, judgement.verdict.reasons

        size = path.stat().st_size
        lowest, plain, inspected = _times([floor, lambda: strict(False), lambda: strict(True)])
    sys.stdout.write(
        f"package {size:,} bytes\n"
        f"floor (read + SHA-256 + one verification)  {lowest:7.2f} ms\n"
        f"strict verification                        {plain:7.2f} ms   {lowest / plain:4.0%} of the floor's speed"
        f" (goal {GOAL:.0%})\n"
        f"with the inner documents inspected         {inspected:7.2f} ms   {lowest / inspected:4.0%}\n"
    )


if __name__ == "__main__":
    main()

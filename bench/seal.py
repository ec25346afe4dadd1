"""How long sealing takes (生成报送文件的耗时), as a ratio to the work nobody can avoid, in one run.

The form is a project's target declaration with 10 MB of evidence. What cannot be avoided is drawing the PDF,
hashing everything once, the two signatures (in the PDF and over the manifest), unlocking the key and
reading the file back. Sealing also draws the workbook, writes the file and the desk's own copy, judges what it
reads back, and keeps it all in the database. Both sides take turns. Run: `python -m bench.seal`.
"""

from __future__ import annotations

import hashlib
import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.report import Line
from main import Adapters
from services import evidence, filings, practice, printing, sealing
from services.filings import OpenFiling
from services.job import JobContext
from services.ports.documents import PageMark, PageMarks
from services.sealing import STEPS
from services.workspaces import Workspace

EVIDENCE_BYTES = 10 * 1024 * 1024
ROUNDS = 9
GOAL = 2.0
_TOWN = "820001"
_PASSWORD = "measure-2026"


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


@dataclass
class _Scene:
    """A town's desk with one filing ready, its evidence, and the stick."""

    desk: Workspace
    filing_id: str
    evidence: bytes
    stick: Path

    def opened(self) -> OpenFiling:
        """The filing as it stands, open for a new version."""
        with self.desk.store.reading() as work:
            kept = work.filings.get(self.filing_id)
        assert kept is not None
        return filings.reopen(self.desk, filings.open_filing(self.desk, kept.task_id, kept.project_id))

    def seal(self, ctx: JobContext) -> Path:
        """Seal the filing with its evidence."""
        result = sealing.seal(self.desk, [self.filing_id], self.stick, _PASSWORD, ctx)
        return result.written.path


def _scene(folder: Path) -> _Scene:
    """The practice county with one project form filled in."""
    tools, stick = Adapters(), folder / "stick"
    stick.mkdir()
    bureau = practice.build_bureau(tools, folder / "bureau", stick, ("root-pass-1", "bureau-pass-2"))
    desk = practice.build_unit(tools, folder / "unit", bureau.kit_file, _TOWN, _PASSWORD)
    bureau.workspace.close()
    ready = practice.sealable(desk, practice.fill(desk, limit=4))
    with desk.store.reading() as work:
        filing_id = next(i for i in ready if (kept := work.filings.get(i)) and kept.project_id)
    content = random.Random(1).randbytes(EVIDENCE_BYTES)
    photo = folder / "现场照片.jpg"
    photo.write_bytes(content)
    assert evidence.attach(desk, filing_id, "", [photo], JobContext()).added
    return _Scene(desk, filing_id, content, stick)


def _floor(scene: _Scene) -> dict[str, float]:
    """Milliseconds of each part nobody can avoid."""
    desk, tools, opened = scene.desk, scene.desk.tools, scene.opened()
    sheets = printing.sheets_of(opened.form, opened.context, opened.filing.answers)
    marks, now = PageMarks(PageMark.PRACTICE, "A" * 16), tools.clock.now()
    kept: dict[str, bytes] = {}
    drawing = _milliseconds(lambda: kept.update(pdf=tools.documents.pdf(sheets, marks)))
    hashing = _milliseconds(lambda: hashlib.sha256(scene.evidence + kept["pdf"]).digest())
    key = desk.vault.unlock("unit", _PASSWORD, now)
    unlocking = _milliseconds(lambda: desk.vault.unlock("unit", _PASSWORD, now))
    signing = _milliseconds(lambda: tools.writer.sign_pdf(kept["pdf"], key, now))
    signing += _milliseconds(lambda: key.sign(b"manifest"))  # type: ignore[attr-defined]
    path = scene.stick / "plain.bin"
    tools.files.write(path, scene.evidence + kept["pdf"])
    reading = _milliseconds(lambda: tools.files.read_back(path))
    return {
        "PDF": drawing,
        "hashing": hashing,
        "unlocking": unlocking,
        "signatures": signing,
        "reading back": reading,
    }


def _sealed(scene: _Scene) -> dict[str, float]:
    """Milliseconds of each step of one sealing, as its progress tells them."""
    scene.opened()
    moments: list[tuple[str, float]] = []
    ctx = JobContext(lambda step, _total, _text: moments.append((STEPS[step], time.perf_counter())))
    started = time.perf_counter()
    path = scene.seal(ctx)
    ended = time.perf_counter()
    path.unlink()
    steps = dict.fromkeys(STEPS, 0.0)
    for (name, begun), following in zip(moments, [at for _, at in moments[1:]] + [ended], strict=True):
        steps[name] += (following - begun) * 1000
    return {**steps, "all": (ended - started) * 1000}


def main() -> list[Line]:
    """Measure both sides in turn; the ratio, and what it is made of."""
    with tempfile.TemporaryDirectory() as name:
        scene = _scene(Path(name))
        _floor(scene), _sealed(scene)
        floors, seals = [], []
        for _ in range(ROUNDS):
            floors.append(_floor(scene))
            seals.append(_sealed(scene))
        scene.desk.close()
    floor = {part: median(one[part] for one in floors) for part in floors[0]}
    ours = {part: median(one[part] for one in seals) for part in seals[0]}
    ratio = median(one["all"] / sum(least.values()) for one, least in zip(seals, floors, strict=True))
    told = ", ".join(f"{part} {took:.0f}" for part, took in floor.items())
    steps = ", ".join(f"{part} {took:.0f}" for part, took in ours.items() if part != "all")
    return [
        Line(
            "sealing with 10 MB of evidence ÷ what cannot be avoided",
            ratio,
            GOAL,
            f"{ours['all']:.0f} ms ({steps}) ÷ {sum(floor.values()):.0f} ms ({told})",
        )
    ]


if __name__ == "__main__":
    for line in main():
        print(line)

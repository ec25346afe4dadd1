"""Saves the workspace of a released version (发布版样库) as SQL text for tests/store/released.

Run once per schema version, before the first release that has it:
`python -m tests.store.release_dump`; it writes v<version>.sql with a record of every kind and refuses to
overwrite one. Never make an old one again: it is what people's machines hold.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from models.domain.filing import FilingStatus
from models.domain.project import Project, ProjectYear
from models.domain.review import ReviewOutcome
from models.store.migrations import STEPS, current_version
from models.store.opener import SqliteStoreOpener
from services.ports.store import SubmittedVersion, UnitOfWork
from tests.store.samples import (
    CLAIMS,
    NOW,
    SCHOOL,
    TOWN,
    answers,
    approval,
    attached,
    batch,
    certificate,
    change,
    decision,
    desk_user,
    entry,
    evidence_file,
    figures,
    filing,
    kit,
    later,
    package,
    paper,
    payment,
    refused,
    review_comment,
    review_decision,
    review_file,
)

RELEASED = Path(__file__).parent / "released"


def fill(work: UnitOfWork, version: int) -> None:
    """One record of every kind at least that a version knows."""
    _fill_first(work)
    if version >= 2:
        _fill_second(work)
    if version >= 3:
        _fill_third(work)
    if version >= 4:
        work.approvals.add(approval(1))
        work.approvals.add(approval(2, adjustments=1))
    if version >= 5:
        work.payments.add([payment()])
        work.platform_batches.add(batch())
    if version >= 6:
        _fill_sixth(work)


def _fill_sixth(work: UnitOfWork) -> None:
    """Reviews, people, the log, paper, and a package that came inside another."""
    work.reviews.save_file(review_file(), expected_revision=None)
    work.reviews.add_decision(review_decision(1))
    work.reviews.add_decision(review_decision(2, outcome=ReviewOutcome.RETURN))
    work.reviews.withdraw_decision("D1", later(9), "王芳", "误点")
    work.reviews.put_comment(review_comment(1))
    work.users.put(desk_user(1))
    work.users.put(desk_user(2, verifier=None, is_active=False))
    work.audit.append(later(3), "李文", "review", "F2", "审核通过", {"version": 1})
    work.audit.append(later(4), "王芳", "withdraw", "F2", "撤回审核决定", {})
    work.papers.put(paper())
    work.packages.add(package("cc", 3, direction="received", carrier_sha256="bb"))


def _fill_third(work: UnitOfWork) -> None:
    """Evidence attached, removed, and carried by a submission."""
    work.evidence.put(attached(1))
    work.evidence.put(attached(2, removed_at=later(9)))
    work.evidence.put_submitted("F2", 1, "bb", [evidence_file(1, place=""), evidence_file(3)])


def _fill_second(work: UnitOfWork) -> None:
    """What a file says of itself, and a decision."""
    work.packages.put_quarantine(refused("E:\\旧版.asice", minutes=1, claims=CLAIMS))
    work.packages.add_decision(decision(4))


def _fill_first(work: UnitOfWork) -> None:
    work.settings.put("profile", {"role": "filer", "working_year": 2026})
    work.settings.next_number("package")
    work.kits.add(kit(), "aa", NOW)
    work.registers.put_units([TOWN, SCHOOL])
    work.registers.replace_entries(2027, [entry(1), entry(2, unit_code=SCHOOL.code)])
    work.projects.put(Project("P1", "农村公路日常养护", TOWN.code, entry(1).project_code))
    work.projects.put(Project("P2", "已放进回收站的项目", TOWN.code))
    work.projects.put_in_bin("P2", later(1))
    work.projects.put_year(ProjectYear("P1", 2027, 12_000_000, "一般公共预算", "农业股", from_register=True))
    work.filings.save(filing(), figures(filing()), expected_revision=None)
    sealed = filing("F2", task_id="2027-overall", project_id="", status=FilingStatus.SEALED, version=1)
    work.filings.save(sealed, figures(sealed, score="92.5", grade="优"), expected_revision=None)
    work.filings.add_history([change(1), change(2)])
    findings = [{"code": "C20", "severity": "explain"}]
    work.filings.add_version(SubmittedVersion("F2", 1, "bb", answers(2), {"C20": "说明"}, findings, later(2)))
    work.packages.add(package("bb", 2))
    work.packages.put_quarantine(refused("E:\\坏文件.asice"))
    work.certificates.add(certificate("01"))
    work.certificates.revoke("01", later(3))


def dump(database: Path) -> str:
    """A database as SQL text."""
    with closing(sqlite3.connect(database)) as connection:
        return "\n".join(connection.iterdump()) + "\n"


def main() -> int:
    """Write the dump of the present version."""
    version = current_version(STEPS)
    target = RELEASED / f"v{version}.sql"
    if target.exists():
        print(f"{target.name} is there already", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStoreOpener().open(Path(folder), NOW, create=True)
        with store.writing() as work:
            fill(work, version)
            work.commit()
        store.close()
        target.write_text(dump(Path(folder) / "workspace.db"), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

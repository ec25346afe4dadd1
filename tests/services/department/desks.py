"""A department between two units and the bureau (主管部门及其下级单位), over stores in memory."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from models.domain.desk_user import DeskUser, UserRole
from models.domain.project import Unit, find_unit
from models.domain.review import ReviewOutcome
from services import intake, kits, practice, setup
from services.department import forwarding
from services.intake_rows import IntakeReport
from services.job import JobContext
from services.review.deciding import DecisionDraft, decide
from services.review.queue import line_of
from services.workspaces import DeskRole, Workspace
from tests.services.county import County
from tests.services.county_sample import PASSWORD

HEAD, SCHOOL = "205001", "205002"
DEPARTMENT = Unit("205", "示例县教育体育局", "205", "示例县教育体育局", "教科文股")
REVIEWER = DeskUser("D1", "孙立", (UserRole.DEPARTMENT_REVIEWER,))
PASSED = DecisionDraft(ReviewOutcome.PASS, "情况属实，同意上报。")
RETURNED = DecisionDraft(ReviewOutcome.RETURN, "请核对资金总额。")


@dataclass
class Chain:
    """County, department and a kit that names the department's level."""

    county: County
    kit_file: Path
    department: Workspace

    def unit(self, code: str) -> Workspace:
        """A unit's desk from the kit with the department in it."""
        return practice.build_unit(
            self.county.tools, self.county.folder / code, self.kit_file, code, PASSWORD
        )

    def filled(self, desk: Workspace, count: int = 1) -> list[str]:
        return practice.sealable(desk, practice.fill(desk, limit=count))

    def take_in(self, *paths: Path) -> IntakeReport:
        """Packages taken in at the department."""
        return intake.receive(self.department, paths, JobContext())

    def decide(self, filing_id: str, draft: DecisionDraft = PASSED) -> None:
        """The department's decision on a filing."""
        line = line_of(self.department, filing_id)
        assert line is not None
        decide(self.department, REVIEWER, filing_id, line.file.revision, draft)

    def forward(self) -> Path:
        """Everything that may go, in one package."""
        chosen = [i.record.manifest_sha256 for i in forwarding.forwardable(self.department) if not i.obstacle]
        return forwarding.forward(
            self.department, chosen, self.county.stick, PASSWORD, JobContext()
        ).written.path

    def up(self, *codes: str) -> tuple[list[Workspace], list[str], Path]:
        """Units that each file one form, passed by the department; desks, filings, the package upward."""
        desks = [self.unit(code) for code in codes]
        ids = [self.filled(desk)[0] for desk in desks]
        self.take_in(*(self.county.sealed(desk, [one]) for desk, one in zip(desks, ids, strict=True)))
        for filing_id in ids:
            self.decide(filing_id)
        return desks, ids, self.forward()


def build_chain(county: County) -> Chain:
    """The desk of a department that its units' register lines name; it has no line of its own."""
    kit_file = county.kit_file
    offer = kits.look_at_kit(county.tools, kit_file)
    assert find_unit(offer.kit.units, DEPARTMENT.code) == DEPARTMENT
    folder = county.folder / "department"
    desk = setup.set_up_unit(county.tools, folder, offer, DEPARTMENT, "孙立", PASSWORD, DeskRole.DEPARTMENT)
    return Chain(county, kit_file, desk)


def with_department_key(chain: Chain, package: Path) -> None:
    """The department's key registered at the bureau by its first package."""
    chain.county.receive(package)
    chain.county.register()


def renamed(desk: Workspace, **changes: object) -> None:
    """The desk's unit changed."""
    desk.profile = replace(desk.profile, unit=replace(desk.profile.unit, **changes))  # type: ignore[arg-type]

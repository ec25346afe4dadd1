"""The department's desk in the running program: a unit's package in, reviewed, forwarded in one package."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from main import Adapters
from models.domain.review import ReviewOutcome
from services.department import forwarding
from services.package_lines import package_lines
from tests.gui.desks.county import County
from tests.gui.pages.desk_clerk import ClerkPage
from tests.gui.pages.desk_program import ProgramPage
from tests.services.county import County as Bureau
from tests.services.county_sample import PASSWORD
from tests.services.department.desks import SCHOOL, Chain, build_chain
from ui.desks.bureau_intake_flow import IntakeFlow
from ui.desks.department_desk import DepartmentDesk
from ui.desks.forwarding_flow import ForwardingFlow
from ui.desks.review_flow import ReviewFlow
from ui.widgets.password_dialog import PasswordDialog


@pytest.fixture
def chain(county: County, tools: Adapters, tmp_path: Path) -> Chain:
    """A department with its desk closed, so that the program can open it."""
    bureau = county.bureau(tmp_path / "bureau", tools)
    (tmp_path / "stick").mkdir()
    made = build_chain(Bureau(tools, tmp_path, bureau, county.keys, county.kit_file))  # type: ignore[arg-type]
    made.department.close()
    return made


@pytest.fixture
def department(program: ProgramPage, chain: Chain) -> ClerkPage:
    return program.open(chain.department.folder)


def test_units_package_in_reviewed_and_forwarded(qtbot: Any, chain: Chain, department: ClerkPage) -> None:
    school = chain.unit(SCHOOL)
    package = chain.county.sealed(school, chain.filled(school))
    school.close()
    assert department.bars.places()[4:7] == ["接收下级", "审核", "汇总报送"]
    made = department.desk._made
    assert isinstance(department.desk, DepartmentDesk)

    department.go_to("接收下级")
    intake = made["intake"]
    assert isinstance(intake, IntakeFlow)
    assert intake.view.receipts_button.isHidden()
    assert intake.view.books_button.isHidden()
    intake.take([package])
    qtbot.waitUntil(lambda: not intake.is_running, timeout=20_000)
    department.settle()
    (line,) = package_lines(department.workspace)
    assert (line.is_received, line.awaits_receipt, line.can_register) == (True, False, False)

    department.go_to("审核")
    review = made["review"]
    assert isinstance(review, ReviewFlow)
    qtbot.waitUntil(lambda: review.view.sheet is not None, timeout=20_000)
    assert review.view.queue.binding_button.isHidden()
    assert review.view.sheet is not None
    assert not review.view.sheet.obstacle
    review.view.decision.buttons[ReviewOutcome.PASS].click()
    department.settle()

    department.go_to("汇总报送")
    forward = made["forward"]
    assert isinstance(forward, ForwardingFlow)
    qtbot.waitUntil(forward.view.make_button.isEnabled, timeout=20_000)
    forward.ask_password(
        tuple(item.record.manifest_sha256 for item in forward.view.table.ticks.chosen()), chain.county.stick
    )
    (dialog,) = [d for d in forward._dialogs if isinstance(d, PasswordDialog)]
    dialog.fields[0].setText(PASSWORD)
    dialog.submit()
    qtbot.waitUntil(
        lambda: bool(list(chain.county.stick.glob("205_*department_submission*"))), timeout=20_000
    )
    department.settle()
    assert forwarding.forwardable(department.workspace) == ()

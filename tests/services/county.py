"""The practice county in memory (内存里的示例县): a bureau, its kit, and desks of units that can fill in and seal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from models.domain.filing import Filing
from services import bureau_keys, filings, intake, kit_issue, sealing
from services.bureau_keys import BureauKeys
from services.filings import OpenFiling
from services.intake_rows import IntakeReport
from services.job import JobContext
from services.kit_issue import draft_from
from services.workspaces import Workspace
from tests.fakes.clock import START
from tests.fakes.exchange import FakeKey, make_certificate, put_package
from tests.fakes.store_state import StoreState
from tests.fakes.tools import FakeTools
from tests.services import county_sample
from tests.services.county_sample import LEAF, PASSWORD, ROOT

__all__ = ["LEAF", "PASSWORD", "ROOT"]

TOWN, OTHER = "820001", "821001"
TOWN_PROJECT = "510000"


@dataclass
class County:
    """A bureau's desk with its keys, the stick, and the tools everybody uses.

    `units` are those that have a desk, `untouched` what the copied ones began with.
    """

    tools: FakeTools
    folder: Path
    bureau: Workspace
    keys: BureauKeys
    kit_file: Path
    units: set[str] = field(default_factory=set)
    untouched: dict[Path, StoreState] = field(default_factory=dict)

    @property
    def stick(self) -> Path:
        return self.folder / "stick"

    def desk(self, code: str = TOWN, name: str = "") -> Workspace:
        """A new desk of a unit, with its projects of the register and a key of its own."""
        folder = self.folder / (name or code)
        is_first = code not in self.units
        self.units.add(code)
        if is_first and not folder.exists() and county_sample.is_as_sampled(self.tools, self.kit_file):
            desk = county_sample.copied_desk(self.tools, folder, self.folder, code)
            self.untouched[folder] = self.tools.opener.stores[folder].state
            return desk
        return county_sample.new_desk(self.tools, folder, self.kit_file, code)

    def filled(self, desk: Workspace, count: int = 1) -> list[str]:
        """Ids of filings filled in and ready."""
        began_with = self.untouched.get(desk.folder)
        is_untouched = began_with is self.tools.opener.stores[desk.folder].state
        if is_untouched and self.tools.clock.now() == START:
            return county_sample.fill_copied(desk, self.folder, count)
        return county_sample.new_filings(desk, count)

    def sealed(self, desk: Workspace, ids: Sequence[str]) -> Path:
        """A package of filings on the stick."""
        return sealing.seal(desk, ids, self.stick, PASSWORD, JobContext()).written.path

    def receive(self, *paths: Path) -> IntakeReport:
        return intake.receive(self.bureau, paths, JobContext())

    def codes(self, *paths: Path) -> list[set[str]]:
        """Reason codes of each file taken in."""
        return [{reason.code for reason in row.reasons} for row in self.receive(*paths).rows]

    def issued(self, **changes: Any) -> Path:
        """The next kit of the county, changed."""
        draft = draft_from(self.bureau, self.bureau.current_kit().kit)
        record = kit_issue.issue_kit(self.bureau, replace(draft, **changes), self.keys, self.stick)
        return Path(record.source_path)

    def register(self) -> None:
        """Register every key that waits."""
        for waiting in intake.quarantine(self.bureau):
            if bureau_keys.UNREGISTERED in {reason["code"] for reason in waiting.reasons}:
                bureau_keys.register_key(self.bureau, self.keys, waiting)

    def accepted(self, desk: Workspace, ids: Sequence[str]) -> Path:
        """A package sealed, its key registered, received."""
        path = self.sealed(desk, ids)
        self.receive(path)
        self.register()
        self.receive(path)
        return path

    def forged(self, desk: Workspace, payload: dict[str, Any], name: str = "forged.asice") -> Path:
        """A package with any payload, signed with the desk's own key."""
        key, _, info = self.tools.vault(desk.folder / "keys").keys["unit"]
        now = self.tools.clock.now()
        return put_package(self.stick, lambda _: name, payload, {}, FakeKey(key, info), now).path

    def foreign(self, desk: Workspace, payload: dict[str, Any]) -> Path:
        """The same under a certificate of another root with the same names."""
        info = desk.vault.certificate("unit")
        now = self.tools.clock.now()
        key = FakeKey("other", make_certificate("other", info.subject, now, issuer="other root"))
        return put_package(self.stick, lambda _: "foreign.asice", payload, {}, key, now).path


def build_county(tools: FakeTools, folder: Path) -> County:
    """The bureau set up, its kit on the stick."""
    if tools.clock.now() == START:
        return County(tools, folder, *county_sample.copied_bureau(tools, folder))
    made = county_sample.new_bureau(tools, folder)
    return County(tools, folder, made.workspace, made.keys, made.kit_file)


def kept(desk: Workspace, filing_id: str) -> Filing:
    """A filing as the desk's database has it."""
    with desk.store.reading() as work:
        filing = work.filings.get(filing_id)
    assert filing is not None
    return filing


def opened(desk: Workspace, filing_id: str) -> OpenFiling:
    """A filing opened at the clerk's desk."""
    filing = kept(desk, filing_id)
    return filings.open_filing(desk, filing.task_id, filing.project_id)


def explained(desk: Workspace, filing_id: str) -> None:
    """Explain whatever the checks ask about."""
    one = opened(desk, filing_id)
    told = {f.explanation_key: "已核实，属实。" for f in filings.check(one, one.filing.answers).findings}
    filings.save_draft(desk, one, one.filing.answers, told)


def everything_but_notes(desk: Workspace) -> dict[str, Any]:
    """All tables of a workspace but the notes on refused files."""
    state: StoreState = desk.store.state  # type: ignore[attr-defined]
    return {name: value for name, value in vars(state.snapshot()).items() if name != "quarantine"}

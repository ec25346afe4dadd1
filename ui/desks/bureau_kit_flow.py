"""Registers, kit and keys at the bureau's desk (参数与证书控制)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer

from models.domain.indicator_library import LibraryIndicator
from models.domain.issue import RegisteredIssue
from models.domain.kit import ParameterKit
from services import bureau_overview, certificate_list, key_notices, key_renewals, kit_drafts, kit_issue
from services.bureau_overview import BureauOverview
from services.certificate_list import CertificateSheet
from services.changes import ChangeSet, Topic
from services.job import JobContext
from services.kit_issue import KitDraft
from services.workspaces import Workspace
from ui.bureau.kit_view import CERTIFICATES, KIT, KitView
from ui.desks.base import DeskController, DeskParts
from ui.desks.bureau_issue_flow import IssueFlow
from ui.desks.bureau_key_access import KeyAccess
from ui.desks.bureau_own_kits import OwnKitFlow
from ui.desks.bureau_refresh import Refresher
from ui.desks.bureau_registers_flow import RegistersFlow
from ui.desks.bureau_trust_flow import TrustFlow
from ui.desks.bureau_unit_removal import UnitRemovalFlow
from ui.desks.notices import Notices
from ui.theme import Tone

PAGE = "kit"
KEEP_MS = 500
"""How long after the last change a draft is kept."""
NO_UNITS = "单位名录还是空的，请先导入单位名录"


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the page shows (参数与证书页数据)."""

    overview: BureauOverview
    templates: Sequence[ParameterKit]
    draft: KitDraft
    certificates: CertificateSheet
    renewals: int
    notices: tuple[str, ...]


class KitFlow(DeskController):
    """The page 参数与证书."""

    def __init__(self, parts: DeskParts, access: KeyAccess, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self._access = access
        self._shown: _Shown | None = None
        self._pending: KitDraft | None = None
        self._keep_timer = QTimer(self)
        self._keep_timer.setSingleShot(True)
        self._keep_timer.setInterval(KEEP_MS)
        self._keep_timer.timeout.connect(self._on_keep)
        self.view = KitView()
        self._notices = Notices(self.view.notice, self)
        self.frame.add_page(PAGE, self.view)
        self.registers = RegistersFlow(parts, self)
        self.removal = UnitRemovalFlow(parts, self)
        self.own_kits = OwnKitFlow(parts, self)
        self.issuing = IssueFlow(parts, access, self)
        self.trust = TrustFlow(parts, access, self.view.certificates, self)
        self._refresher = Refresher(parts.jobs, parts.door, self._prepare, self._show)
        self._connect()
        self.refresh()
        self.own_kits.look_for_forgotten()

    def on_change(self, change: ChangeSet) -> None:
        """Registers, kits and keys show here."""
        if change.topics & {Topic.REGISTERS, Topic.KITS, Topic.KEYS}:
            self.refresh()

    def refresh(self) -> None:
        """Read everything anew; a draft not kept yet is kept first."""
        self._refresher.request()

    def show_keys(self) -> None:
        """Bring the page of keys to the front."""
        self.frame.show_page(PAGE)
        self.view.show_tab(CERTIFICATES)

    def has_unsaved(self) -> bool:
        """Whether a change of the draft still waits to be kept."""
        return self._pending is not None

    def save_now(self) -> None:
        """Keep what waits, at once."""
        self._keep_timer.stop()
        draft, self._pending = self._pending, None
        if draft is not None:
            kit_drafts.keep_draft(self.workspace, draft)

    def close(self) -> None:
        """Keep what waits and let go."""
        self.save_now()
        self.registers.close()
        self.removal.close()
        self.own_kits.close()
        self.issuing.close()
        self.trust.close()
        super().close()

    def _connect(self) -> None:
        view = self.view
        view.units_requested.connect(self.registers.import_units)
        view.entries_requested.connect(self.registers.import_entries)
        self.registers.taken.connect(view.show_told)
        view.kit.library.import_requested.connect(self._on_library)
        view.kit.library_cleared.connect(self._on_library_cleared)
        self.registers.library_read.connect(view.kit.take_library)
        view.kit.issues.import_requested.connect(self._on_issues)
        view.kit.issues_cleared.connect(self._on_issues_cleared)
        self.registers.issues_read.connect(view.kit.take_issues)
        view.removal_requested.connect(self.removal.ask)
        self.removal.removed.connect(
            lambda words: self._notices.tell(words, Tone.GOOD, action="撤销", works=self.removal.undo)
        )
        view.kit.take_back_requested.connect(self.own_kits.choose)
        self.own_kits.told.connect(view.show_told)
        self.own_kits.forgotten_found.connect(
            lambda words: self._notices.tell(
                words, Tone.CARE, action="取回…", works=self.own_kits.take_forgotten
            )
        )
        self.removal.told.connect(view.show_told)
        view.kit.draft_changed.connect(self._on_draft)
        view.kit.template_chosen.connect(self._on_template)
        view.kit.issue_requested.connect(self._on_issue)
        view.kit.notice_requested.connect(self._on_notice)
        self.trust.told.connect(view.show_told)
        self.issuing.issued.connect(lambda: view.show_tab(KIT))

    def _prepare(self) -> Callable[[JobContext], _Shown]:
        draft, self._pending = self._pending, None
        self._keep_timer.stop()
        workspace = self.workspace
        return lambda _ctx: _read(workspace, draft)

    def _show(self, shown: _Shown) -> None:
        self._shown = shown
        overview, year = shown.overview, self.workspace.profile.working_year
        self.view.set_overview(overview, year)
        categories = sorted({unit.category for unit in overview.units if unit.category})
        self.view.kit.set_templates(shown.templates)
        if self._pending is None:
            obstacle = "" if overview.units else NO_UNITS
            self.view.kit.set_draft(shown.draft, year, categories, obstacle)
        self.view.certificates.set_sheet(shown.certificates, self.workspace.today)
        self.view.certificates.set_notices(shown.renewals, shown.notices)

    def _on_draft(self, draft: KitDraft) -> None:
        self._pending = draft
        self._keep_timer.start()

    def _on_keep(self) -> None:
        draft, self._pending = self._pending, None
        if draft is not None:
            self.run(lambda _ctx: kit_drafts.keep_draft(self.workspace, draft))

    def _on_template(self, number: int) -> None:
        shown = self._shown
        if shown is None:
            return
        draft = kit_issue.draft_from(self.workspace, shown.templates[number])
        self._keep_timer.stop()
        self._pending = None
        self.run(lambda _ctx: kit_drafts.keep_draft(self.workspace, draft), lambda _none: self.refresh())

    def _on_library(self) -> None:
        draft = self.view.kit.draft()
        if draft is not None:
            self.registers.import_library(draft.template)

    def _on_library_cleared(self, before: Sequence[LibraryIndicator]) -> None:
        self._notices.tell(
            f"已清空 {len(before)} 条指标，下发后对各单位生效。",
            Tone.GOOD,
            action="撤销",
            works=partial(self.view.kit.take_library, before),
        )

    def _on_issues(self) -> None:
        draft = self.view.kit.draft()
        if draft is not None:
            self.registers.import_issues(draft.template)

    def _on_issues_cleared(self, before: Sequence[RegisteredIssue]) -> None:
        self._notices.tell(
            f"已清空 {len(before)} 个问题，下发后对各单位生效。",
            Tone.GOOD,
            action="撤销",
            works=partial(self.view.kit.take_issues, before),
        )

    def _on_issue(self, draft: KitDraft) -> None:
        self.save_now()
        self.issuing.issue(draft)

    def _on_notice(self) -> None:
        issued = self._shown.overview.issued if self._shown else None
        if issued is not None and issued.record is not None:
            self.issuing.save_notice(issued.record, issued.kit.name, issued.kit.version)


def _read(workspace: Workspace, draft: KitDraft | None) -> _Shown:
    """Everything of the page; a draft that waited is kept on the way."""
    if draft is not None:
        kit_drafts.keep_draft(workspace, draft)
    return _Shown(
        bureau_overview.bureau_overview(workspace),
        kit_issue.templates(workspace),
        draft or kit_drafts.kept_draft(workspace),
        certificate_list.certificate_sheet(workspace),
        len(key_renewals.open_renewals(workspace)),
        key_notices.bureau_notices(workspace),
    )

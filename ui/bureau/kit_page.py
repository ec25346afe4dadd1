"""The parameter kit of the bureau (任务参数包): the one in force above, the one being prepared below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from models.domain.errors import DeskError
from models.domain.indicator_library import LibraryIndicator
from models.domain.issue import RegisteredIssue
from models.domain.kit import ParameterKit
from models.domain.project import FilingTask
from services import kit_drafts
from services.check_thresholds import Threshold, thresholds_of, with_threshold
from services.evidence_kinds import with_evidence_kinds
from services.issue_tables import with_issues
from services.kit_issue import KitDraft
from services.kit_rules.line import KitRule
from services.kit_rules.table import kit_rules, with_rule
from services.library_tables import with_library
from ui.bureau.kit_basics import KitBasics
from ui.bureau.kit_extras import EvidenceKindsCard, IssuesCard, LibraryCard
from ui.bureau.kit_tasks import KitTasks
from ui.bureau.rule_table import RuleTable
from ui.bureau.threshold_table import ThresholdTable
from ui.theme import px
from ui.widgets.buttons import MenuButton, button
from ui.widgets.card import Card, row
from ui.widgets.check_code import CheckCodeLabel
from ui.widgets.dates import full_date
from ui.widgets.dialog import scroll
from ui.widgets.labels import ElidedLabel, label, paragraph

if TYPE_CHECKING:
    from services.bureau_overview import IssuedKit


class IssuedKitCard(Card):
    """The kit in force (当前任务参数包); one issued before a backup was restored can be taken back."""

    notice_requested = Signal()
    take_back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("当前任务参数包", parent)
        self.name_label = ElidedLabel("", "strong")
        self.facts = label("", "muted")
        self.code = CheckCodeLabel(points=12)
        self.notice_button = button("保存核对单 PDF…", icon_name="print", clicked=self.notice_requested.emit)
        self.take_back_button = button("取回已下发的…", "quiet", clicked=self.take_back_requested.emit)
        self.take_back_button.setToolTip("从备份恢复以后，把恢复点以后下发过的任务参数包文件取回来")
        self.head.addWidget(self.take_back_button)
        self.head.addWidget(self.notice_button)
        line = row(self.name_label, self.facts, spacing=14)
        line.setStretch(0, 1)
        self.body.addLayout(line)
        self.body.addWidget(self.code)

    def show_kit(self, issued: IssuedKit | None) -> None:
        """Show it, or that none was issued yet."""
        there = issued is not None
        self.code.setVisible(there and bool(issued and issued.check_code))
        self.notice_button.setVisible(bool(issued and issued.record))
        if issued is None:
            self.name_label.set_words("还没有下发过")
            self.facts.setText("")
            return
        kit = issued.kit
        self.name_label.set_words(f"{kit.name}　第 {kit.version} 版")
        counts = f"{len(kit.tasks)} 个任务，{len(kit.units)} 个单位，{len(kit.register)} 条项目名录"
        self.facts.setText(f"{full_date(issued.issued_at)}下发　{counts}")
        self.code.set_code(issued.check_code)


class KitPage(QWidget):
    """Kit in force and draft (任务参数包页).

    `draft_changed` carries the draft whenever it can be kept, `template_chosen` the number of the
    template to begin anew from, `issue_requested` the draft to sign.
    """

    draft_changed = Signal(object)
    template_chosen = Signal(int)
    issue_requested = Signal(object)
    notice_requested = Signal()
    take_back_requested = Signal()
    library_cleared = Signal(object)
    issues_cleared = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: KitDraft | None = None
        self._categories: tuple[str, ...] = ()
        self._working_year = 0
        self._obstacle = ""
        self.issued_card = IssuedKitCard()
        self.template_button = MenuButton("从此开始：")
        self.basics = KitBasics()
        self.tasks = KitTasks()
        self.evidence, self.library, self.issues = EvidenceKindsCard(), LibraryCard(), IssuesCard()
        self.thresholds = ThresholdTable()
        self.threshold_problem = paragraph("", "problem")
        self.rules = RuleTable()
        self.rule_problem = paragraph("", "problem")
        self.obstacle_label = ElidedLabel("", "care")
        self.issue_button = button("下发…", "primary", clicked=self._on_issue)
        self._lay_out()
        self._connect()

    def set_templates(self, templates: Sequence[ParameterKit]) -> None:
        """Offer what a draft can begin from; choosing one begins anew."""
        names = [
            (number, kit.name if kit.is_builtin else f"上次下发的第 {kit.version} 版")
            for number, kit in enumerate(templates)
        ]
        self.template_button.set_choices(names, None)
        self.template_button.setText("换一个起点 ▾")

    def set_draft(self, draft: KitDraft, working_year: int, categories: Sequence[str], obstacle: str) -> None:
        """Show a draft; `obstacle` says why nothing can be issued yet, "" when it can."""
        is_shown = self._draft is not None and _says_the_same(self._draft, draft)
        self._draft, self._working_year = draft, working_year
        self._categories, self._obstacle = tuple(categories), obstacle
        if not is_shown:
            self.basics.show_draft(draft)
        self._show_lists(draft)

    def draft(self) -> KitDraft | None:
        """The draft as it stands."""
        return self._draft

    def take_library(self, indicators: Sequence[LibraryIndicator]) -> None:
        """Put a library into the draft in place of the one it had."""
        if self._draft is not None:
            self._keep(with_library(self._draft, indicators))
            self.library.show_kit(self._draft.template)

    def take_issues(self, issues: Sequence[RegisteredIssue]) -> None:
        """Put a list of problems into the draft in place of the one it had."""
        if self._draft is not None:
            self._keep(with_issues(self._draft, issues))
            self.issues.show_kit(self._draft.template)

    def _show_lists(self, draft: KitDraft) -> None:
        self.tasks.set_tasks(draft.tasks, self._working_year, self._categories, draft.template)
        self.evidence.show_kit(draft.template)
        self.library.show_kit(draft.template)
        self.issues.show_kit(draft.template)
        self.thresholds.set_thresholds(thresholds_of(draft.template))
        self.rules.set_rules(kit_rules(draft.template))
        self._judge()

    def _lay_out(self) -> None:
        head = row(
            label("准备下发的内容", "section"),
            label("改动自动保存，下发后才对各单位生效", "muted"),
            None,
            self.template_button,
        )
        limits = _table_card("校验界限", "双击数值修改", self.thresholds, self.threshold_problem)
        rules = _table_card("各环节的规定", "双击内容修改", self.rules, self.rule_problem)
        self.rules.setMinimumHeight(px(390))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 6, 6)
        column.setSpacing(12)
        cards = (self.library, self.issues, self.evidence)
        for item in (self.issued_card, head, self.basics, self.tasks, rules, *cards, limits):
            if isinstance(item, QWidget):
                column.addWidget(item)
            else:
                column.addLayout(item)
        foot = row(self.obstacle_label, self.issue_button)
        foot.setStretch(0, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 12, 0, 0)
        whole.setSpacing(10)
        self._area = scroll(inside)
        whole.addWidget(self._area, 1)
        whole.addLayout(foot)

    def _connect(self) -> None:
        self.issued_card.notice_requested.connect(self.notice_requested)
        self.issued_card.take_back_requested.connect(self.take_back_requested)
        self.template_button.chosen.connect(self._on_template)
        self.basics.changed.connect(self._on_basics)
        self.tasks.task_kept.connect(self._on_task_kept)
        self.tasks.task_removed.connect(self._on_task_removed)
        self.thresholds.changed.connect(self._on_threshold)
        self.rules.changed.connect(self._on_rule)
        self.evidence.kinds_typed.connect(self._on_kinds)
        self.library.clear_requested.connect(self._on_clear_library)
        self.issues.clear_requested.connect(self._on_clear_issues)

    def _judge(self) -> None:
        no_tasks = "" if self._draft and self._draft.tasks else "还没有填报任务，请增加任务"
        problem = self._obstacle or self.basics.problem() or no_tasks
        self.obstacle_label.set_words(problem)
        self.issue_button.setEnabled(not problem)

    def _keep(self, draft: KitDraft) -> None:
        self._draft = draft
        self._judge()
        self.draft_changed.emit(draft)

    def _on_template(self, number: object) -> None:
        if isinstance(number, int):
            self.template_chosen.emit(number)

    def _on_basics(self) -> None:
        self._judge()
        if self._draft is not None and not self.basics.problem():
            self._keep(self.basics.applied_to(self._draft))
            self.rules.set_rules(kit_rules(self._draft.template))

    def _on_task_kept(self, task: FilingTask) -> None:
        if self._draft is None:
            return
        self._keep(kit_drafts.with_task(self._draft, task))
        self._show_lists(self._draft)

    def _on_task_removed(self, task_id: str) -> None:
        if self._draft is not None:
            self._keep(kit_drafts.without_task(self._draft, task_id))
            self._show_lists(self._draft)

    def _on_threshold(self, threshold: Threshold, text: str) -> None:
        if self._draft is None:
            return
        try:
            template = with_threshold(self._draft.template, threshold, text)
        except DeskError as error:
            self._refuse(self.threshold_problem, error)
            return
        self.threshold_problem.hide()
        self._keep(replace(self._draft, template=template))
        self.thresholds.set_thresholds(thresholds_of(template))

    def _on_rule(self, rule: KitRule, text: str) -> None:
        if self._draft is None:
            return
        try:
            template = with_rule(self._draft.template, rule, text)
        except DeskError as error:
            self._refuse(self.rule_problem, error)
            return
        self.rule_problem.hide()
        self._keep(replace(self._draft, template=template))
        self.rules.set_rules(kit_rules(template))

    def _refuse(self, problem: QLabel, error: DeskError) -> None:
        """Say why what was typed was not kept, where it can be seen once the page has made room for it."""
        problem.setText(f"{error.sentence}刚才输入的没有保存。")
        problem.show()
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(problem, 0, px(24)))

    def _on_kinds(self, text: str) -> None:
        if self._draft is None:
            return
        try:
            template = with_evidence_kinds(self._draft.template, text)
        except DeskError as error:
            self.evidence.show_problem(f"{error.sentence}刚才输入的没有保存。")
            return
        self.evidence.show_problem("")
        self._keep(replace(self._draft, template=template))
        self.evidence.show_kit(template)

    def _on_clear_library(self) -> None:
        before = self._draft.template.indicator_library if self._draft else ()
        self.take_library(())
        self.library_cleared.emit(before)

    def _on_clear_issues(self) -> None:
        before = self._draft.template.issues if self._draft else ()
        self.take_issues(())
        self.issues_cleared.emit(before)

    def _on_issue(self) -> None:
        if self._draft is not None:
            self.issue_requested.emit(self._draft)


def _table_card(title: str, hint: str, table: QWidget, problem: QLabel) -> Card:
    """A card with a table that is changed in place, and what was wrong with the last change."""
    card = Card(title)
    card.head.addWidget(label(hint, "muted"))
    card.body.addWidget(problem)
    card.body.addWidget(table)
    problem.hide()
    table.setMinimumHeight(px(260))
    return card


def _says_the_same(one: KitDraft, other: KitDraft) -> bool:
    """Whether two drafts show the same heads, so that text being typed is left alone."""
    return (one.name, one.trust_mode, one.template.ex_ante, one.template.working_year) == (
        other.name,
        other.trust_mode,
        other.template.ex_ante,
        other.template.working_year,
    )

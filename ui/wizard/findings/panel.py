"""Panel of the findings below the page (检查结果面板): counts that filter, the list, and what is not there."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from forms.checks.engine import CheckReport
from forms.findings import Finding, Severity
from ui.icons import icon
from ui.theme import COLOURS, px, text_scale
from ui.widgets.labels import label
from ui.wizard.findings.list_view import FindingListView
from ui.wizard.findings.words import is_settled

_LOW_WINDOW = 680
_TONES = {Severity.BLOCKING: "bad", Severity.EXPLAIN: "care", Severity.HINT: "plain"}


class FindingsPanel(QFrame):
    """The findings of the form (检查结果面板)."""

    go_requested = Signal(Finding)
    why_shown = Signal(Finding)
    explained = Signal(str, str)
    folded = Signal()
    room_wanted = Signal(int)
    fitted = Signal(int)

    def __init__(self, parent: QWidget | None = None, *, read_only: bool = False) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._report = CheckReport(())
        self._explanations: dict[str, str] = {}
        self.list = FindingListView(self, read_only=read_only)
        self.chips = {severity: self._chip(severity) for severity in Severity}
        self._nothing = label("没有发现问题。", "good")
        self._not_run = label("", "note")
        self._toggle = self._fold_button()
        head = QHBoxLayout()
        head.setContentsMargins(px(12), px(5), px(6), px(5))
        head.setSpacing(px(9))
        head.addWidget(label("检查结果", "section"))
        for chip in self.chips.values():
            head.addWidget(chip)
        head.addWidget(self._nothing)
        head.addStretch(1)
        head.addWidget(self._not_run)
        head.addWidget(self._toggle)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        for name in ("go_requested", "why_shown", "explained", "folded"):
            getattr(self.list, name).connect(getattr(self, name))
        self.list.room_wanted.connect(lambda height: self.room_wanted.emit(height + px(44)))

    def show_report(self, report: CheckReport, explanations: Mapping[str, str]) -> None:
        """Show what the checks have found."""
        self._report = report
        self._explanations = dict(explanations)
        self.list.show_findings(report.findings, explanations)
        self._show_counts()
        self._not_run.setText(f"未检查 {len(report.not_run)} 项" if report.not_run else "")
        self._not_run.setToolTip("\n".join(f"{title}：缺少{needs}" for title, needs in report.not_run))

    def show_explanations(self, explanations: Mapping[str, str]) -> None:
        """Count anew what has been explained."""
        self._explanations = dict(explanations)
        self.list.finding_model().explanations_changed(explanations)
        self._show_counts()

    def step(self, by: int) -> Finding | None:
        """Go to the next or previous finding."""
        self.set_open(True)
        return self.list.step(by)

    def set_open(self, opened: bool) -> None:
        """Show the list, or only its head line."""
        self._toggle.setChecked(opened)

    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self._toggle.isChecked()

    def sizeHint(self) -> QSize:
        """Head and two lines and a half: more can be seen to be there; less in a low window."""
        if self.list.isHidden():
            return QSize(px(600), px(38))
        is_low = text_scale() > 1.1 or self.window().height() < px(_LOW_WINDOW)
        return QSize(px(600), px(104) if is_low else px(132))

    def _fit(self) -> None:
        """Only the head line where the list is folded away or there is nothing to list."""
        has_list = self.is_open() and bool(self._report.findings)
        if self.list.isHidden() == has_list:
            self.list.setVisible(has_list)
            self.setMaximumHeight(16_777_215 if has_list else px(38))
            self.updateGeometry()
            self.fitted.emit(self.sizeHint().height())

    def _chip(self, severity: Severity) -> QPushButton:
        """A count that shows or hides its severity."""
        made = QPushButton()
        made.setProperty("role", "chip")
        made.setProperty("tone", _TONES[severity])
        made.setCheckable(True)
        made.setChecked(True)
        made.setAutoDefault(False)
        made.setToolTip(f"点一下，不看或再看“{severity.label}”")
        made.toggled.connect(lambda _checked: self._on_filtered())
        return made

    def _fold_button(self) -> QToolButton:
        """Folds the list up, to give the page its room."""
        made = QToolButton()
        made.setCheckable(True)
        made.setChecked(True)
        made.setIcon(icon("down", COLOURS.muted))
        made.setToolTip("收起或展开检查结果")
        made.setAccessibleName("收起或展开检查结果")
        made.toggled.connect(self._on_toggled)
        return made

    def _show_counts(self) -> None:
        """必改 1, 需说明 2, 提示 3: what is still open."""
        counts = dict.fromkeys(Severity, 0)
        for finding in self._report.findings:
            counts[finding.severity] += not is_settled(finding, self._explanations)
        for severity, chip in self.chips.items():
            chip.setText(f"{severity.label} {counts[severity]}")
            chip.setVisible(bool(self._report.findings))
        self._nothing.setVisible(not self._report.findings)
        self._toggle.setVisible(bool(self._report.findings))
        self._fit()

    def _on_filtered(self) -> None:
        wanted = [severity for severity, chip in self.chips.items() if chip.isChecked()]
        self.list.fold()
        self.list.finding_model().set_severities(wanted)

    def _on_toggled(self, opened: bool) -> None:
        """An open line folds up with the list: else places would stay tinted for a reason nobody sees."""
        self._toggle.setIcon(icon("down" if opened else "up", COLOURS.muted))
        if not opened:
            self.list.fold()
        self._fit()

"""The last step, 检查与报送 (检查清单): everything found, grouped, with explanations, and the way to sealing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from forms.checks.engine import CheckReport
from forms.findings import Finding, FindingCounts, Severity
from ui.theme import Tone, px, set_role
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.chip import ChipLook, StatusChip
from ui.widgets.dialog import scroll
from ui.widgets.labels import ElidedLabel, label, paragraph
from ui.widgets.wrapping import WrappingRow
from ui.wizard.findings.card import FindingCard

CARDS_AT_ONCE = 40
"""So many findings are laid out at once; a button brings the next ones."""

_HEADINGS = {
    Severity.BLOCKING: ("必改", "改好以后才能生成报送文件。"),
    Severity.EXPLAIN: ("需说明", "改好，或者写明情况说明；说明随报送文件一并报送。"),
    Severity.HINT: ("提示", "供参考，不影响报送。"),
}


class CheckPage(QWidget):
    """The checklist before sealing (检查清单)."""

    go_requested = Signal(Finding)
    why_shown = Signal(Finding)
    explained = Signal(str, str)
    seal_requested = Signal()
    export_requested = Signal()

    def __init__(self, parent: QWidget | None = None, *, read_only: bool = False) -> None:
        super().__init__(parent)
        self._read_only = read_only
        self._shown: tuple[CheckReport, int] | None = None
        self._limit = CARDS_AT_ONCE
        self._report = CheckReport(())
        self._explanations: dict[str, str] = {}
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, px(4), 0)
        self._column.setSpacing(px(10))
        self._summary = self._summary_card()
        self._column.addWidget(self._summary)
        self._groups: list[QWidget] = []
        self._column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll(inside))

    def show_report(
        self, report: CheckReport, explanations: Mapping[str, str], counts: FindingCounts
    ) -> None:
        """Show the checklist; cards are made anew only when the findings are others."""
        self._report = report
        self._explanations = dict(explanations)
        self.show_counts(counts)
        if self._shown != (report, self._limit):
            self._shown = (report, self._limit)
            self._rebuild()

    def show_counts(self, counts: FindingCounts) -> None:
        """Say how far the form is from being sealed."""
        looks = (
            (
                self._blocking,
                f"必改 {counts.blocking}",
                Tone.BAD if counts.blocking else Tone.GOOD,
                "problem",
            ),
            (
                self._explain,
                f"需说明 {counts.to_explain}",
                Tone.CARE if counts.to_explain else Tone.GOOD,
                "care",
            ),
            (self._hints, f"提示 {counts.hints}", Tone.PLAIN, "info"),
        )
        for chip, word, tone, icon_name in looks:
            chip.set_look(ChipLook(word, tone, "check" if tone is Tone.GOOD else icon_name))
        ready = counts.allows_sealing
        self._verdict.setText(_verdict(counts, read_only=self._read_only))
        set_role(self._verdict, "good" if ready else "care")
        self.seal_button.setEnabled(ready)

    def cards(self) -> list[FindingCard]:
        """The findings laid out."""
        found: list[FindingCard] = []
        for group in self._groups:
            found += group.findChildren(FindingCard)
        return found

    def verdict(self) -> str:
        """What stands above the list."""
        return self._verdict.text()

    def focus_first(self) -> None:
        """Put the cursor on the way to sealing when it is open, else on the list's first link."""
        if self.seal_button.isVisible() and self.seal_button.isEnabled():
            self.seal_button.setFocus()

    def _summary_card(self) -> Card:
        """Counts, what they mean, and the button."""
        card = Card()
        self._blocking, self._explain, self._hints = (StatusChip() for _ in range(3))
        self._verdict = paragraph("", "care")
        self.seal_button = button("生成报送文件…", "primary", "send", self.seal_requested.emit)
        self.export_button = button("导出 PDF 和 Excel…", "plain", "export", self.export_requested.emit)
        self.export_button.setToolTip("按正式表样存成文件；还有必改内容时，每页标明“草稿”")
        if self._read_only:
            self.seal_button.hide()
        line = QHBoxLayout()
        line.setSpacing(px(9))
        line.addWidget(label("检查结果" if self._read_only else "报送前检查", "section"))
        for chip in (self._blocking, self._explain, self._hints):
            line.addWidget(chip)
        line.addStretch(1)
        card.body.addLayout(line)
        card.body.addWidget(
            self._verdict
        )  # in a line of its own: beside a panel there is no room for buttons too
        card.body.addLayout(WrappingRow(self.export_button, self.seal_button, spacing=px(12)))
        return card

    def _rebuild(self) -> None:
        """Lay the groups out anew."""
        for group in self._groups:
            self._column.removeWidget(group)
            group.hide()
            group.deleteLater()
        self._groups = []
        room = self._limit
        for severity in Severity:
            found = [finding for finding in self._report.findings if finding.severity is severity]
            if found and room > 0:
                self._add_group(self._group(severity, found, room))
                room -= len(found)
        if room < 0:
            more = button(
                f"还有 {-room} 条，再显示 {min(-room, CARDS_AT_ONCE)} 条", "plain", "down", self._show_more
            )
            self._add_group(more)
        if self._report.not_run:
            self._add_group(self._not_run_card())

    def _add_group(self, widget: QWidget) -> None:
        self._groups.append(widget)
        self._column.insertWidget(self._column.count() - 1, widget)

    def _group(self, severity: Severity, findings: Sequence[Finding], room: int) -> Card:
        """The findings of one severity."""
        word, meaning = _HEADINGS[severity]
        card = Card(f"{word}（{len(findings)}）")
        card.head.insertWidget(1, ElidedLabel("" if self._read_only else meaning, "note"), 1)
        card.body.setSpacing(0)
        for finding in findings[:room]:
            explanation = self._explanations.get(finding.explanation_key, "")
            made = FindingCard(finding, explanation, read_only=self._read_only)
            made.go_requested.connect(self.go_requested)
            made.why_shown.connect(self.why_shown)
            made.explained.connect(self.explained)
            card.body.addWidget(made)
        return card

    def _not_run_card(self) -> Card:
        """Checks that lacked their data, so that nobody takes silence for approval."""
        card = Card(f"未检查（{len(self._report.not_run)}）")
        card.head.insertWidget(1, ElidedLabel("下列检查缺少资料，没有进行；不影响报送。", "note"), 1)
        for title, needs in self._report.not_run:
            card.body.addWidget(paragraph(f"{title}：缺少{needs}。", "note"))
        return card

    def _show_more(self) -> None:
        self._limit += CARDS_AT_ONCE
        self._shown = (self._report, self._limit)
        self._rebuild()


def _verdict(counts: FindingCounts, *, read_only: bool) -> str:
    """One sentence on what is left to do; a reader is told what was left."""
    if counts.allows_sealing:
        return "没有必改内容，需说明的都已说明" + ("。" if read_only else "，可以生成报送文件。")
    parts = []
    if counts.blocking:
        parts.append(f"还有 {counts.blocking} 处必改")
    if counts.to_explain:
        parts.append(f"{counts.to_explain} 处需说明")
    if read_only:
        return "，".join(parts) + "。"
    return "，".join(parts) + "。处理完以后才能生成报送文件；未完成的内容已自动保存，可以随时再来。"

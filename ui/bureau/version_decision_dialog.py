"""Two versions side by side (版本对照): what is kept, what came, every differing place; one of the two is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ui.bureau.decision_words import decision_words
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.card import Card, rule
from ui.widgets.dates import full_time
from ui.widgets.dialog import DeskDialog
from ui.widgets.field import Field
from ui.widgets.labels import label, paragraph
from ui.widgets.placing import resize_within_screen

if TYPE_CHECKING:
    from datetime import datetime

    from services.version_comparison import FilingComparison, PackageComparison, VersionSide

SHOWN_AT_MOST = 60
"""So many differing places of one form are listed; the rest is counted, and both forms can be opened and saved."""

INTRO = "签名核对无误，只是版本对不上。请与单位核实后选择以哪一份为准；没有选用的一份也留存备查，以后可以改。"
OTHERS = "这份文件里另有 {count} 份表没有争议，随这次选择一起接收或不接收。"
SAME = "两份内容相同，只是签署或封装的时间不同。"


class VersionDecisionDialog(DeskDialog):
    """Asks which of two versions counts (接收决定); `adopted` and `kept` carry the reason as typed.

    A package decided on before can only be adopted after all.
    """

    adopted = Signal(str)
    kept = Signal(str)

    def __init__(self, comparison: PackageComparison, parent: QWidget | None = None) -> None:
        again = comparison.is_settled
        super().__init__(
            f"{comparison.unit_name}：以哪一份为准",
            "改为采用这一份" if again else "采用这一份",
            parent,
            intro=INTRO,
        )
        resize_within_screen(self, px(900), px(640))
        self.comparison = comparison
        for filing in comparison.filings:
            self.body.addWidget(ComparisonCard(filing))
        if comparison.others:
            self.body.addWidget(paragraph(OTHERS.format(count=comparison.others), "care"))
        for decision in comparison.decisions:
            self.body.addWidget(paragraph(f"以前的决定：{decision_words(decision)}", "muted"))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("例如：与单位电话核实，以这一份为准")
        self.body.addStretch(1)
        self._lay_out_reason()
        self.keep_button = button("保留原来的", clicked=self._on_keep)
        self.buttons.insertWidget(2, self.keep_button)
        self.keep_button.setHidden(again)

    def _lay_out_reason(self) -> None:
        """The reason stands below what is compared, always in sight."""
        field = Field("理由", self.reason, "记入历史，与经办人、日期一起留存。", required=True)
        field.setContentsMargins(22, 0, 22, 4)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(1, field)
        QWidget.setTabOrder(self.reason, self.reject_button)
        self.reason.setFocus()

    def submit(self) -> None:
        """The one that came is to count."""
        self.adopted.emit(self.reason.text())

    def set_busy(self, busy: bool) -> None:
        """While the choice is being kept nothing can be pressed twice."""
        super().set_busy(busy)
        self.keep_button.setDisabled(busy)

    def _on_keep(self) -> None:
        self.show_problem("")
        self.kept.emit(self.reason.text())


class ComparisonCard(Card):
    """One form in both versions (版本对照表): facts above, differing places below."""

    def __init__(self, filing: FilingComparison, parent: QWidget | None = None) -> None:
        super().__init__(f"{filing.subject}　{filing.form_title}（{filing.budget_year}年）", parent)
        count = len(filing.differences)
        self.count_label = label(f"不同之处 {count} 项" if count else "", "care")
        self.head.addWidget(self.count_label)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(18)
        self.grid.setVerticalSpacing(8)
        self.grid.setColumnStretch(1, 1)
        self.grid.setColumnStretch(2, 1)
        self.grid.setColumnMinimumWidth(0, px(190))
        self.body.addLayout(self.grid)
        self._add("", label("现在采用的", "strong"), label("后来收到的", "strong"))
        kept, came = filing.kept, filing.came
        self._add_facts("版本", _version(kept), _version(came))
        self._add_facts("签署时间", _time(kept.sealed_at), _time(came.sealed_at))
        self._add_facts("签署人", kept.signer or "没有写明", came.signer or "没有写明")
        here = _time(came.received_at) if came.received_at is not None else "还没有接收"
        self._add_facts("接收时间", _time(kept.received_at), here)
        self.grid.addWidget(rule(), self.grid.rowCount(), 0, 1, 3)
        for item in filing.differences[:SHOWN_AT_MOST]:
            self._add_facts(item.place, item.kept, item.came)
        if count > SHOWN_AT_MOST:
            self.body.addWidget(paragraph(f"另有 {count - SHOWN_AT_MOST} 项不同，没有列出。", "muted"))
        if not count:
            self.body.addWidget(paragraph(SAME, "muted"))

    def words(self) -> list[tuple[str, str, str]]:
        """What stands in each line."""
        found = []
        for number in range(self.grid.rowCount()):
            cells = [self.grid.itemAtPosition(number, column) for column in range(3)]
            widgets = [cell.widget() if cell is not None else None for cell in cells]
            texts = [widget.text() for widget in widgets if isinstance(widget, QLabel)]
            if len(texts) == 3:
                found.append((texts[0], texts[1], texts[2]))
        return found

    def _add_facts(self, name: str, kept: str, came: str) -> None:
        self._add(name, paragraph(kept), paragraph(came))

    def _add(self, name: str, kept: QLabel, came: QLabel) -> None:
        line = self.grid.rowCount()
        caption = paragraph(name, "muted")
        for column, widget in enumerate((caption, kept, came)):
            self.grid.addWidget(widget, line, column, Qt.AlignmentFlag.AlignTop)


def _version(side: VersionSide) -> str:
    return f"第 {side.version} 版"


def _time(moment: datetime | None) -> str:
    return full_time(moment) if moment is not None else "没有写明"

"""Official letters to units (退回修改函、绩效目标批复函): which units, number and contact, how each letter reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QRadioButton, QSplitter, QWidget

from models.domain.letter_template import LetterTemplate
from models.domain.money import AmountUnit, format_amount
from services.review.approval_letters import ApprovalLetter
from services.review.letter_files import LetterWish
from services.review.letters import UnitLetter
from ui.bureau.letter_words import letter_text
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.card import Card, row
from ui.widgets.dates import short_date
from ui.widgets.dialog import DeskDialog
from ui.widgets.field import Field, beside
from ui.widgets.labels import label
from ui.widgets.placing import resize_within_screen
from ui.widgets.record_model import Column
from ui.widgets.tick_table import TickTable

Letter = UnitLetter | ApprovalLetter
_NUMBER_HINT = "空着就留出位置，打印后手写。"
_LONGEST = 60

RETURN_COLUMNS: tuple[Column[UnitLetter], ...] = (
    Column("单位", lambda one: one.unit.name, share=1),
    Column("退回", lambda one: f"{len(one.items)} 份", is_right=True),
    Column("意见", lambda one: f"{one.remark_count} 条", is_right=True),
    Column("期限", lambda one: short_date(one.answer_by)),
)
APPROVAL_COLUMNS: tuple[Column[ApprovalLetter], ...] = (
    Column("单位", lambda one: one.unit.name, share=1),
    Column("批复", lambda one: f"{len(one.items)} 项", is_right=True),
    Column("金额（万元）", lambda one: format_amount(one.amount_fen, AmountUnit.WAN_YUAN), is_right=True),
)


@dataclass(frozen=True)
class LetterKind:
    """What differs between the kinds of letters (函件种类): their name, what is said, how they are listed and counted."""

    name: str
    intro: str
    columns: tuple[Column[Any], ...]
    counted: str


RETURN_LETTER = LetterKind(
    "退回修改函",
    "每个单位一份函，附退回的表和逐条意见，打印后盖章或随退回修改通知一起交给单位。先看右边的预览，再生成。",
    RETURN_COLUMNS,
    "份表",
)
APPROVAL_LETTER = LetterKind(
    "绩效目标批复函",
    "每个单位一份函，附批复的项目、金额、绩效目标和指标，打印后盖章或随批复通知一起交给单位。先看右边的预览，再生成。",
    APPROVAL_COLUMNS,
    "项",
)


class LetterDialog(DeskDialog):
    """Chooses units and shows their letters (函件); `submitted` carries the letters chosen.

    `wish_changed` asks for the letters anew with another number or contact, `wording_requested` for the text frame.
    """

    submitted = Signal(object)
    wish_changed = Signal(object)
    wording_requested = Signal(object)

    def __init__(
        self,
        wish: LetterWish,
        accept_text: str,
        parent: QWidget | None = None,
        *,
        kind: LetterKind = RETURN_LETTER,
    ) -> None:
        super().__init__(kind.name, accept_text, parent, intro=kind.intro)
        resize_within_screen(self, px(980), px(620))
        self._wish, self._kind = wish, kind
        self.number, self.contact, self.phone = (
            self._line(text) for text in (wish.number, wish.contact_name, wish.contact_phone)
        )
        self.table: TickTable[Letter] = TickTable(kind.columns, lambda _one: True)
        self.number.setPlaceholderText("如：×财绩函〔2026〕12号")
        self.table.setAccessibleName("要发函的单位")
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setAccessibleName("函件预览")
        self.count_label = label("", "muted")
        self.each = QRadioButton("每个单位一个文件")
        self.whole = QRadioButton("装在一个文件里，便于一次打印")
        self.each.setChecked(True)
        self.wording_button = button(
            "改函件文字…", icon_name="edit", clicked=lambda: self.wording_requested.emit(self._wish.template)
        )
        self._lay_out()
        self.table.ticks.ticked.connect(self._on_ticked)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.accept_button.setEnabled(False)

    @property
    def wish(self) -> LetterWish:
        """The wording with what is typed here."""
        typed = (self.number.text().strip(), self.contact.text().strip(), self.phone.text().strip())
        return replace(self._wish, number=typed[0], contact_name=typed[1], contact_phone=typed[2])

    @property
    def is_in_one_file(self) -> bool:
        """Whether all letters go into one file."""
        return self.whole.isChecked()

    def set_letters(self, letters: Sequence[Letter]) -> None:
        """Show letters worded as wished; what was ticked and looked at before stays so."""
        ticks = self.table.ticks
        known = {ticks.record(number).unit.code for number in range(ticks.rowCount())}
        wanted = {one.unit.code for one in ticks.chosen()}
        at = max(self.table.currentIndex().row(), 0)
        ticks.set_records(letters)
        if known:
            ticks.tick_where(lambda one: one.unit.code in wanted or one.unit.code not in known)
        if letters:
            self.table.setCurrentIndex(ticks.index(min(at, len(letters) - 1), 0))

    def set_wording(self, template: LetterTemplate) -> None:
        """Another text frame; the letters are asked for anew."""
        self._wish = replace(self._wish, template=template)
        self.wish_changed.emit(self.wish)

    def submit(self) -> None:
        """Hand the ticked letters on."""
        self.submitted.emit(self.table.ticks.chosen())

    def _line(self, text: str) -> QLineEdit:
        made = QLineEdit(text)
        made.setMaxLength(_LONGEST)
        made.editingFinished.connect(self._on_typed)
        return made

    def _lay_out(self) -> None:
        self.body.addLayout(
            beside(
                Field("发文字号", self.number, _NUMBER_HINT),
                Field("联系人", self.contact),
                Field("联系电话", self.phone),
            )
        )
        units = Card(margin=1)
        units.body.addWidget(self.table)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(units)
        split.addWidget(self.preview)
        split.setSizes([px(400), px(520)])
        split.setMinimumHeight(px(220))
        self.body.addWidget(split, 1)
        self.body.addLayout(row(self.each, self.whole, None, self.count_label))
        self.buttons.insertWidget(0, self.wording_button)

    def _on_typed(self) -> None:
        """Only what really changed is worth reading everything anew."""
        if self.wish != self._wish:
            self._wish = self.wish
            self.wish_changed.emit(self._wish)

    def _on_row(self, current: QModelIndex, _before: QModelIndex) -> None:
        shown = self.table.ticks.record(current.row()).letter if current.isValid() else None
        self.preview.setPlainText(letter_text(shown) if shown else "")

    def _on_ticked(self, count: int) -> None:
        forms = sum(len(one.items) for one in self.table.ticks.chosen())
        self.count_label.setText(f"已选 {count} 个单位、{forms} {self._kind.counted}")
        self.accept_button.setEnabled(count > 0)

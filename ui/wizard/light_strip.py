"""The sentence of a light (预警说明): under a table of monitoring, for the row the cursor stands in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from forms.answers import is_blank
from forms.schema import Row
from models.domain.monitoring_rule import Light
from ui.item_models.light_looks import LIGHT_LOOKS
from ui.theme import px
from ui.widgets.labels import label, paragraph
from ui.widgets.picture import Picture

_NO_LIGHT = "还没有预警灯：填写执行情况后自动判定，定性指标不判定。"
_NOT_JUDGED = "没有预警灯：按数字考核的指标填了数字才能判定，定性指标不判定。"
_NO_ROW = "选中一行，这里说明它的预警灯是怎样判定的。"


class LightStrip(QFrame):
    """Icon, word and sentence of one row's light (预警说明栏)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = Picture(16)
        self._word = label("", "strong")
        self._sentence = paragraph("", "note")
        line = QHBoxLayout(self)
        line.setContentsMargins(px(12), px(6), px(12), px(6))
        line.setSpacing(px(7))
        line.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._word, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._sentence, 1)
        self.show_row(None)

    def show_row(self, row: Row | None) -> None:
        """Explain a row's light; say what to do while there is none."""
        kept = str(row.get("light") or "") if row is not None else ""
        look = LIGHT_LOOKS.get(kept)
        self._picture.setVisible(look is not None)
        self._word.setVisible(look is not None)
        if row is None:
            self._sentence.setText(_NO_ROW)
        else:  # the name stands first: scrolled to the right, the row's own name is out of sight
            name = str(row.get("third_level") or row.get("source") or "") or "这一行"
            told = _NO_LIGHT if is_blank(row.get("value_to_date")) else _NOT_JUDGED
            if look is not None:
                icon_name, ink, _ground = look
                self._picture.show_icon(icon_name, ink)
                self._word.setText(Light(kept).label)
                told = str(row.get("light_note") or "")
            self._sentence.setText(f"{name}：{told}")
        self.setAccessibleName(self.text())

    def text(self) -> str:
        """Word and sentence, for reading aloud and for tests."""
        word = self._word.text() if not self._word.isHidden() else ""
        return f"{word}　{self._sentence.text()}".strip()

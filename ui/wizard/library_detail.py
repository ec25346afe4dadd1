"""What there is to know of one library indicator (指标详情): beside the list, following the choice."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from forms.library_search import LibraryHit
from ui.theme import px, text_scale
from ui.widgets.dialog import scroll
from ui.widgets.labels import label, paragraph

_LINES = ("指标解释", "计算公式", "评分标准", "取值来源", "佐证材料", "适用项目")


class LibraryDetail(QFrame):
    """One indicator with value, formula, sources and evidence (指标详情)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setFixedWidth(px(296) if text_scale() <= 1.3 else px(250))
        self._name = paragraph("", "section")
        self._value = paragraph("", "strong")
        self._place = paragraph("", "note")
        self._heads = {name: label(name, "rule-text") for name in _LINES}
        self._texts = {name: paragraph("", "finding") for name in _LINES}
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(13), px(10), px(11), px(10))
        column.setSpacing(px(3))
        for part in (self._name, self._value, self._place):
            column.addWidget(part)
        for name in _LINES:
            column.addSpacing(px(5))
            column.addWidget(self._heads[name])
            column.addWidget(self._texts[name])
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(scroll(inside))

    def show_hit(self, hit: LibraryHit | None, level: str, used: int) -> None:
        """Show an indicator; nothing while none is chosen."""
        row = hit.indicator if hit else None
        self._name.setText(row.name if row else "没有选中指标")
        self._value.setText(value_words(hit) + f"　{row.direction.label}指标" if hit and row else "")
        parts = [level]
        if row:
            parts += [f"{row.kind_label}指标，来自{row.origin.label}", " · ".join(_area(hit))]
            parts += [f"本单位用过 {used} 次"] if used else []
        self._place.setText("\n".join(part for part in parts if part))
        texts = (
            (
                row.explanation,
                row.formula,
                row.scoring_note,
                row.value_source,
                row.evidence,
                row.fits_projects,
            )
            if row
            else ("",) * len(_LINES)
        )
        for name, text in zip(_LINES, texts, strict=True):
            self._texts[name].setText(text)
            self._texts[name].setVisible(bool(text))
            self._heads[name].setVisible(bool(text))

    def text(self) -> str:
        """Everything shown, for reading aloud and for tests."""
        shown = [self._name, self._value, self._place, *self._texts.values()]
        return "\n".join(part.text() for part in shown if part.text())


def value_words(hit: LibraryHit) -> str:
    """≥85% as it is taken over; 例：≥12公里 where every place has its own figure."""
    row = hit.indicator
    return f"例：{row.shown_value}" if row.is_sample else row.shown_value


def _area(hit: LibraryHit | None) -> list[str]:
    """行业领域, 行业类别 and 资金用途, each once."""
    row = hit.indicator if hit else None
    return list(dict.fromkeys(part for part in (row.field, row.category, row.purpose) if part)) if row else []

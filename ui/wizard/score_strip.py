"""The formula of one row's score (得分算式栏): under a scored table, for the row the cursor stands in (F24)."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from forms.findings import Place
from forms.score_explainer import explainer_of
from ui.theme import px
from ui.widgets.labels import ElidedLabel, label
from ui.wizard.session import WizardSession

_NO_ROW = "选中一行，这里说明它的得分怎样算出来。"


class ScoreStrip(QFrame):
    """养护里程　9.33／10 分：10 × 11.20 ÷ 12 = 9.33 (得分算式栏): one line, so that the table stays where it is."""

    def __init__(self, session: WizardSession, table: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._table = table
        self._sentence = ElidedLabel(_NO_ROW, "note")
        line = QHBoxLayout(self)
        line.setContentsMargins(px(12), px(6), px(12), px(6))
        line.setSpacing(px(10))
        line.addWidget(self._sentence, 1)
        line.addWidget(label("F9 看依据、试算", "note"))

    def show_row(self, row_id: str) -> None:
        """Explain a row's score; say what to do while there is no row."""
        explainer = explainer_of(self._session.form, self._session.context) if row_id else None
        words, short = _NO_ROW, ""
        if explainer is not None:
            shown = explainer.shown(self._session.answers, Place(self._table, row_id))
            words, short = shown.sentence, shown.short_sentence
        self._sentence.set_words(words, short)
        self.setAccessibleName(words)

    def text(self) -> str:
        """The whole sentence, for reading aloud and for tests."""
        return self._sentence.words()


def score_strip(session: WizardSession, table: str) -> ScoreStrip | None:
    """The strip of a table whose rows have scores; None for others."""
    explainer = explainer_of(session.form, session.context)
    return ScoreStrip(session, table) if explainer is not None and table in explainer.tables else None

"""Scores of the open form on screen (得分的显示): the card at the left, the reasons beside the page.

Reckoned anew after the checks, and only while somebody looks at the reasons; total and grade come straight
from the answers, so the card follows typing at once to the eye, and never in a keystroke's way.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from forms.findings import Place
from forms.score_explainer import ScoreExplainer, explainer_of
from ui.wizard.pages import Pages
from ui.wizard.scheduler import CheckScheduler
from ui.wizard.score_card import ScoreCard
from ui.wizard.score_panel import ScorePanel
from ui.wizard.session import WizardSession


class ScoreFlow(QObject):
    """Card and reasons of one open form (得分的显示); a form without scores has neither.

    `opened` when the reasons come up, so that what else stands beside the page gives way.
    """

    opened = Signal()
    print_requested = Signal()
    save_requested = Signal()

    def __init__(
        self, session: WizardSession, pages: Pages, scheduler: CheckScheduler, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._pages = pages
        self._place: Place | None = None
        self._target: Place | None = None
        self._waits = True
        explainer = self._explainer()
        self.card = ScoreCard(explainer.caption if explainer else "")
        self.panel = ScorePanel()
        self.panel.hide()
        self._has_scores = explainer is not None
        self.card.setVisible(self._has_scores)
        self.card.why_requested.connect(self.show_total)
        self.panel.closed.connect(self.close)
        self.panel.total_requested.connect(self.show_total)
        self.panel.place_chosen.connect(pages.go_to)
        self.panel.print_requested.connect(self.print_requested)
        self.panel.save_requested.connect(self.save_requested)
        self.panel.tried.connect(self._on_tried)
        pages.entered.connect(self._on_entered)
        scheduler.checked.connect(self._on_checked)

    def show_answers(self) -> None:
        """Show total and grade as the answers state them."""
        explainer = self._explainer()
        if explainer is None:
            return
        total, grade = explainer.result(self._session.answers)
        self.card.show_score(total or "", grade or "", is_complete=not self._waits and total is not None)

    def toggle(self) -> None:
        """Open the reasons for where the cursor stands; then the value to try out; then close them."""
        if not self._has_scores:
            return
        trial = self.panel.trial
        if self.panel.isHidden():
            self._open(self._place)
        elif trial.isVisible() and not trial.has_focus():
            trial.take_focus()
        else:
            self.close()

    def show_total(self) -> None:
        """Open the reasons of the total."""
        if self._has_scores:
            self._open(None)

    def close(self) -> None:
        """Fold the reasons away; the cursor goes back to where it stood."""
        had_focus = self.panel.isAncestorOf(self.panel.focusWidget()) if self.panel.focusWidget() else False
        self.panel.hide()
        if had_focus and self._place is not None:
            self._pages.go_to(self._place)

    def _open(self, place: Place | None) -> None:
        self.opened.emit()
        self.panel.show()
        self._look_at(place)

    def _look_at(self, place: Place | None) -> None:
        """Be about another score; what was tried out before is forgotten."""
        self._target = place
        self._show()
        self.panel.trial.begin()

    def _show(self) -> None:
        """Fill the panel for the score it is about."""
        explainer = self._explainer()
        if explainer is None or self.panel.isHidden():
            return
        answers = self._session.answers
        shown = explainer.shown(answers, self._target)
        self.panel.show_score(shown, explainer.losses(answers) if shown.is_total else ())

    def _explainer(self) -> ScoreExplainer | None:
        return explainer_of(self._session.form, self._session.context)

    def _on_entered(self, place: Place) -> None:
        before, self._place = self._place, place
        is_other = before is None or (place.field, place.row_id) != (before.field, before.row_id)
        if is_other and not self.panel.isHidden():
            self._look_at(place)

    def _on_checked(self) -> None:
        self._waits = self._session.counts.blocking > 0
        self.show_answers()
        self._show()
        if not self.panel.isHidden():
            self._on_tried(self.panel.trial.value())

    def _on_tried(self, text: str) -> None:
        """What the value would bring; nothing is written into the form."""
        explainer, answers = self._explainer(), self._session.answers
        place = explainer.shown(answers, self._target).trial if explainer and text.strip() else None
        if explainer is None or place is None:
            self.panel.trial.show_trial(None)
            return
        self.panel.trial.show_trial(explainer.trial(answers, place, text), explainer.grade_label)

"""A received form (收到的表): the filer's own layout read-only, its versions, its signed documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout, QWidget

from services.approved_forms import BUILT_ON_TARGETS
from ui.bureau.decision_words import decision_words
from ui.widgets.buttons import MenuButton, button
from ui.widgets.card import row
from ui.widgets.dates import full_time
from ui.widgets.labels import ElidedLabel, paragraph
from ui.widgets.page import tool_bar
from ui.widgets.shortcuts import add_shortcut
from ui.widgets.wrapping import WrappingRow, together

if TYPE_CHECKING:
    from services.archive import ReceivedForm
    from services.ports.store import SubmittedVersion
    from ui.wizard.view import WizardView


class ReceivedFormPage(QWidget):
    """A strip with unit, version and documents above the form (收到的表).

    `is_narrow`: beside other things there is no room for the column of steps; a button of the strip opens them.
    """

    closed = Signal()
    save_requested = Signal(object, object)
    score_print_requested = Signal()
    score_save_requested = Signal()
    version_shown = Signal(object)
    versions_requested = Signal(object)
    target_requested = Signal(object)
    evidence_wished = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, is_narrow: bool = False) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._is_narrow = is_narrow
        self._form: ReceivedForm | None = None
        self._version: SubmittedVersion | None = None
        self._wizard: WizardView | None = None
        self.unit_label = ElidedLabel("", "strong")
        self.received_label = ElidedLabel("", "muted")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._strip())
        self.decision_label = paragraph("", "care")
        self.decision_bar = tool_bar(inside := row(self.decision_label))
        inside.setContentsMargins(22, 6, 22, 6)
        self.decision_bar.hide()
        add_shortcut(self, "F8", self.ask_versions)
        add_shortcut(self, "F9", self._on_target)
        self._column.addWidget(self.decision_bar)

    def _strip(self) -> QFrame:
        """Unit, day, steps, version and documents above the form."""
        is_narrow = self._is_narrow
        self.version_button, self.steps_button = MenuButton(), MenuButton()
        self.version_button.chosen.connect(self._on_chosen)
        self.steps_button.chosen.connect(lambda key: self.wizard().show_step(str(key)))
        words = "" if is_narrow else "另存 PDF 和 Excel…"
        self.save_button = button(words, icon_name="export", clicked=self._on_save)
        self.save_button.setToolTip("另存 PDF 和 Excel，都是报送时签名的原件")
        self.save_button.setAccessibleName("另存 PDF 和 Excel")
        words = "" if is_narrow else "各次报送…"
        self.versions_button = button(words, icon_name="restore", clicked=self.ask_versions)
        self.versions_button.setToolTip("列出每一次报送，任选两次比较不同，决定以哪一份为准（F8）")
        self.versions_button.setAccessibleName("各次报送")
        words = "" if is_narrow else "绩效目标…"
        self.target_button = button(words, icon_name="award", clicked=self._on_target)
        self.target_button.setToolTip("在旁边打开批复的绩效目标（F9）")
        self.target_button.setAccessibleName("批复的绩效目标")
        self.back_button = button("", "quiet", "left", lambda: self.wizard().frame.step_by(-1))
        self.forward_button = button("", "quiet", "right", lambda: self.wizard().frame.step_by(1))
        self.back_button.setToolTip("上一步（Ctrl+PgUp）")
        self.forward_button.setToolTip("下一步（Ctrl+PgDn）")
        for made in (self.back_button, self.forward_button, self.steps_button):
            made.setVisible(is_narrow)
        self.received_label.setVisible(not is_narrow)
        steps = (self.back_button, self.steps_button, self.forward_button)
        last = (self.version_button, self.versions_button, self.target_button, self.save_button)
        strip: QLayout
        if is_narrow:
            # The unit's name has a line of its own where text is large; the buttons stay together below it.
            parts = (self.unit_label, together(*steps, spacing=0), together(*last, spacing=6))
            strip = WrappingRow(*parts, stretching=(self.unit_label, parts[1]), line_spacing=4)
        else:
            strip = row(self.unit_label, self.received_label, *steps, *last)
            strip.setStretch(1, 1)
        bar = tool_bar(strip)
        edge = 14 if is_narrow else 22
        strip.setContentsMargins(edge, 8, edge, 8)
        return bar

    def open(self, form: ReceivedForm, manifest: str = "") -> None:
        """Show a received form as it is in force, or as it came in the package asked for."""
        self._form = form
        self.unit_label.set_words(form.context.unit.name)
        self.target_button.setVisible(form.form.form_id in BUILT_ON_TARGETS)
        current = form.in_force
        # The same workbook may have come twice, before and after a return: the newest stands for both.
        words = {item.manifest_sha256: _version_words(item, form) for item in reversed(form.versions)}
        versions = list(reversed(words.items()))
        known = set(words)
        self.version_button.set_choices(
            versions, manifest if manifest in known else current.manifest_sha256 if current else None
        )
        self.decision_label.setText(decision_words(form.decisions[0]) if form.decisions else "")
        self.decision_bar.setVisible(bool(form.decisions))
        self._show_version()

    def wizard(self) -> WizardView:
        """The form as it is shown; there must be one."""
        assert self._wizard is not None, "no form is open"
        return self._wizard

    def version(self) -> SubmittedVersion | None:
        """The submission shown."""
        return self._version

    def close_form(self) -> None:
        """Let the form go."""
        if self._wizard is not None:
            self._wizard.close_form()

    def _show_version(self) -> None:
        form, manifest = self._form, self.version_button.value()
        if form is None:
            return
        self._version = next((item for item in form.versions if item.manifest_sha256 == manifest), None)
        if self._wizard is None:
            self._wizard = _new_wizard()
            self._wizard.close_requested.connect(self.closed)
            self._wizard.export_requested.connect(self._on_save)
            self._wizard.score_print_requested.connect(self.score_print_requested)
            self._wizard.score_save_requested.connect(self.score_save_requested)
            self._wizard.evidence_wished.connect(self.evidence_wished)
            self._column.addWidget(self._wizard, 1)
        shown = self._version
        answers = shown.answers if shown else form.filing.answers
        explanations = shown.explanations if shown else form.filing.explanations
        self._wizard.open(form.form, form.context_of(shown), answers, explanations, read_only=True)
        if self._is_narrow:
            self._offer_steps(self._wizard)
        self.received_label.set_words(f"{full_time(shown.at)}接收" if shown else "")
        self.save_button.setEnabled(shown is not None)
        if shown is not None:
            self.version_shown.emit(shown)

    def _offer_steps(self, wizard: WizardView) -> None:
        """The steps as a menu of the strip; closing is not the form's to do here."""
        wizard.frame.side.hide()
        wizard.frame.foot.hide()
        wizard.frame.head.leave_out_way_back()
        pages = wizard.frame.pages
        session = wizard.session
        titles = {step.key: step.title for step in session.form.steps_in(session.context)}
        choices = [(key, titles.get(key, "检查结果")) for key in pages.step_keys()]
        self.steps_button.set_choices(choices, pages.current_key())
        pages.shown.connect(lambda key: self.steps_button.set_choices(choices, key))

    def _on_chosen(self, _number: object) -> None:
        self._show_version()

    def ask_versions(self) -> None:
        """Ask for the list of versions."""
        if self._form is not None:
            self.versions_requested.emit(self._form)

    def _on_target(self) -> None:
        if self._form is not None and not self.target_button.isHidden():
            self.target_requested.emit(self._form)

    def _on_save(self) -> None:
        if self._form is not None and self._version is not None:
            self.save_requested.emit(self._form, self._version)


def _version_words(version: SubmittedVersion, form: ReceivedForm) -> str:
    """第 2 版; with the day it came and whether it counts where two bear one number or a decision was made."""
    words = f"第 {version.version} 版"
    same = sum(item.version == version.version for item in form.versions) > 1
    if not same and not form.decisions:
        return words
    current = form.in_force
    is_current = current is not None and current.manifest_sha256 == version.manifest_sha256
    return f"{words}（{full_time(version.at)}接收，{'现在采用' if is_current else '留存'}）"


def _new_wizard() -> WizardView:
    """The form's own screen, imported when the first form is opened."""
    from ui.wizard.view import WizardView

    return WizardView()

"""Head and foot of the wizard (标题栏、底栏): what is open, undo and preview; what is saved, and the way on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from forms.context import FormContext
from forms.schema import FormSpec, FormSubject
from ui.theme import Tone, px, set_role
from ui.widgets.buttons import button
from ui.widgets.chip import StatusChip
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.picture import Picture
from ui.wizard.taking_over import TakingOverMenu


class HeadBar(QWidget):
    """农村公路养护 › 项目支出绩效目标申报表 2027年度 (标题栏)."""

    close_requested = Signal()
    undo_requested = Signal()
    redo_requested = Signal()
    find_requested = Signal()
    evidence_requested = Signal()
    preview_requested = Signal()
    remarks_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._undo_state, self._is_practice = (True, True), False
        self.subject = ElidedLabel("", "crumb")
        self.title = ElidedLabel("", "title")
        self.year = label("", "crumb")
        self.practice = StatusChip("演示数据", Tone.CARE)
        self.read_only = StatusChip("只读", Tone.PLAIN, "lock")
        self.back = button("返回", "quiet", "back", self.close_requested.emit)
        self.undo = button("撤销", "quiet", "undo", self.undo_requested.emit)
        self.redo = button("重做", "quiet", "redo", self.redo_requested.emit)
        self.find_button = button("查找", "quiet", "search", self.find_requested.emit)
        self.evidence = button("佐证材料", "quiet", "attachment", self.evidence_requested.emit)
        self.remarks = button("审核意见", "quiet", "comment", self.remarks_requested.emit)
        self.more = button("更多", "quiet", "more")
        self.taking_over = TakingOverMenu(self)
        self.more.clicked.connect(lambda _checked=False: self.open_taking_over())
        self.preview = button("预览表样", "plain", "show", self.preview_requested.emit)
        self._tell_tips()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(6))
        line.addWidget(self.back)
        self._crumb_mark = label("›", "crumb")
        for item in (self.subject, self._crumb_mark, self.title, self.year, self.practice, self.read_only):
            line.addWidget(item)
        line.addStretch(1)
        middle = (self.find_button, self.remarks, self.evidence, self.more)
        tools = (self.undo, self.redo, *middle, self.preview)
        self._tools = {made: made.text() for made in tools}
        self._attached = self._waiting = ""
        for made, words in self._tools.items():
            made.setAccessibleName(words)
            line.addWidget(made)
        self.remarks.hide()

    def _tell_tips(self) -> None:
        """What each button is for, with its key."""
        for made, words in (
            (self.undo, "撤销（Ctrl+Z）"),
            (self.redo, "重做（Ctrl+Y）"),
            (self.find_button, "在本表中查找（Ctrl+F）"),
            (self.evidence, "本表和各项指标的佐证材料（Ctrl+E）"),
            (self.remarks, "审核人对本表的意见和答复（Ctrl+R）"),
            (self.more, "从 Excel、上年带入，分发给别人填写，全部填写记录（Ctrl+I）"),
            (self.preview, "按正式表样查看（Ctrl+P）"),
        ):
            made.setToolTip(words)

    def show_form(self, form: FormSpec, context: FormContext, *, read_only: bool) -> None:
        """Name what is open."""
        is_project = form.subject is FormSubject.PROJECT and context.project is not None
        self.subject.set_words(context.project.name if is_project and context.project else context.unit.name)
        title = context.title(form)
        self.title.set_words(title, form.short_title if title == form.title else "")
        self.year.setText(f"{context.budget_year}年度")
        self._is_practice = context.kit.is_practice
        self.read_only.setVisible(read_only)
        self.undo.setVisible(not read_only)
        self.redo.setVisible(not read_only)
        self.more.setVisible(not read_only)
        self._fit(self.width())

    def leave_out_way_back(self) -> None:
        """Somewhere else says that the form is only read, and leads away from it."""
        self.back.hide()
        self.read_only.hide()
        self._fit(self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the small buttons lose their words, then the project's name goes."""
        super().resizeEvent(event)
        self._fit(event.size().width())

    def _fit(self, room: int) -> None:
        """Say as much as there is room for; the title last of all is cut."""
        measure = self.fontMetrics()
        words = {made: measure.horizontalAdvance(text) + px(44) for made, text in self._tools.items()}
        shown = [made for made in words if not made.isHidden()]
        labels: list[QWidget] = [self.title, self.year]
        labels += [item for item in (self.read_only,) if not item.isHidden()]
        labels += [self.practice] if self._is_practice else []
        fixed = px(40) if self.back.isHidden() else self.back.sizeHint().width() + px(40)
        fixed += sum(item.sizeHint().width() + px(6) for item in labels)
        crumb = self.subject.sizeHint().width() + px(20)
        has_words = fixed + crumb + px(20) + sum(words[made] + px(6) for made in shown) <= room
        rest = sum(px(36) for made in shown if made is not self.preview) + words[self.preview]
        keeps_more = fixed + min(crumb, px(110)) + rest + words[self.more] - px(36) <= room
        for made, text in self._tools.items():
            is_kept = made is self.preview or (made is self.more and keeps_more)
            made.setText(text if has_words or is_kept else "")
        if not has_words:
            self.evidence.setText(self._attached)
            self.remarks.setText(self._waiting)
        has_crumb = has_words or fixed + min(crumb, px(110)) + rest <= room
        self.subject.setVisible(has_crumb)
        self._crumb_mark.setVisible(has_crumb)
        if not has_crumb and fixed + rest > room:
            self.preview.setText("")
        icons = fixed + sum(made.sizeHint().width() + px(6) for made in shown)
        self.subject.setMaximumWidth(max(px(24), room - icons - px(20)))
        self.practice.setVisible(self._is_practice and icons <= room)  # the window says it too

    def open_taking_over(self) -> None:
        """Open what can be taken over and handed out."""
        if not self.more.isHidden():
            self.taking_over.open_at(self.more)

    def show_evidence(self, count: int) -> None:
        """Say how many files are attached, by the button that shows them."""
        words = str(count) if count else ""
        if self._attached != words:
            self._attached = words
            self._tools[self.evidence] = f"佐证材料 {words}".rstrip()
            self.evidence.setAccessibleName(f"佐证材料，{count} 个文件")
            self._fit(self.width())

    def show_remarks(self, waiting: int, total: int) -> None:
        """Say how many remarks are still open, by the button that shows them; no button where there are none."""
        self._waiting = str(waiting) if waiting else ""
        self._tools[self.remarks] = f"审核意见 {self._waiting}".rstrip()
        self.remarks.setAccessibleName(f"审核意见，{waiting} 条未处理，共 {total} 条")
        self.remarks.setVisible(total > 0)
        self._fit(self.width())

    def show_undo(self, can_undo: bool, can_redo: bool) -> None:
        """Offer what can be taken back and done again."""
        if self._undo_state != (can_undo, can_redo):
            self._undo_state = (can_undo, can_redo)
            self.undo.setEnabled(can_undo)
            self.redo.setEnabled(can_redo)


class FootBar(QWidget):
    """已自动保存 10:32:07, 上一步, 下一步 (底栏)."""

    back_requested = Signal()
    forward_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dot = Picture(14)
        self.saved = ElidedLabel("", "note")
        self.back = button("上一步", "plain", clicked=self.back_requested.emit)
        self.forward = button("下一步", "primary", clicked=self.forward_requested.emit)
        self.back.setToolTip("上一步（Ctrl+PgUp）")
        self.forward.setToolTip("下一步（Ctrl+PgDn）")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(9))
        line.addWidget(self._dot)
        line.addWidget(self.saved, 1)
        line.addWidget(self.back)
        line.addWidget(self.forward)

    def show_saved(self, words: str, tone: Tone = Tone.GOOD) -> None:
        """Say when everything typed so far was kept, or why it was not."""
        name = {Tone.GOOD: "done_solid", Tone.BAD: "problem_solid"}.get(tone, "dot")
        self._dot.show_icon(name, tone.ink)
        self._dot.setVisible(bool(words))
        self.saved.set_words(words)
        set_role(self.saved, "problem" if tone is Tone.BAD else "note")

    def show_way(self, previous: str, following: str) -> None:
        """Name the steps before and after; "" where there is none."""
        self.back.setEnabled(bool(previous))
        self.forward.setVisible(bool(following))
        self.forward.setText(f"下一步：{following}" if following else "")

"""Panel of one table (表格面板): heading, weights, actions, the grid, totals, and what is not there yet."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from forms import kinds
from forms.findings import Finding, Place, Severity, is_explained
from forms.schema import FieldKind, TableSpec
from ui.item_models.form_table_model import FormTableModel
from ui.item_models.form_table_view import FormTableView
from ui.item_models.rows import sum_of
from ui.theme import COLOURS, Tone, px, set_role
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import ElidedLabel, label, paragraph
from ui.widgets.picture import Picture
from ui.wizard.library_actions import LibraryActions
from ui.wizard.light_strip import LightStrip
from ui.wizard.score_strip import score_strip
from ui.wizard.session import WizardSession
from ui.wizard.step_states import weight_note
from ui.wizard.table_actions import TableActions
from ui.wizard.totals_strip import TotalsStrip

_NOTE_ROLES: dict[Severity | None, str] = {Severity.BLOCKING: "problem", Severity.EXPLAIN: "care"}
_ROLES = {Tone.GOOD: "good", Tone.CARE: "care", Tone.BAD: "problem"}


_MOST_HEIGHT = 640
"""A longer table scrolls in itself, so that what stands below it can be reached."""


class TablePanel(QFrame):
    """A table of the form with everything around it (表格面板)."""

    entered = Signal(Place)
    edit_finished = Signal()
    history_requested = Signal(Place)
    library_requested = Signal(str)
    coach_requested = Signal(str)
    keep_requested = Signal(Place)

    def __init__(
        self, session: WizardSession, table: TableSpec, title: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.table = table
        self._session = session
        self.setProperty("role", "panel")
        self.model = FormTableModel(table, session, self)
        self.view = FormTableView(self.model, self, read_only=session.read_only)
        self.view.setProperty("role", "form")
        self.view.setMinimumHeight(px(112))
        self.actions_ = TableActions(session, table, self.view, self)
        has_library = table.is_indicator_table and not session.has_fixed_rows(table.key)
        self.library = LibraryActions(self) if has_library else None
        self._buttons: list[QToolButton] = []
        self._grown_for = 0
        self._sums_follow = False
        self._totals = TotalsStrip(self.view) if table.total_columns else None
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._head(title))
        self._body = QStackedLayout()
        self._body.addWidget(self.view)
        self._body.addWidget(self._empty_state())
        column.addLayout(self._body, 1)
        if self._totals is not None:
            column.addWidget(self._totals)
        has_lights = any(spec.kind is FieldKind.LIGHT for spec in self.model.column_specs())
        self.lights = LightStrip() if has_lights else None
        if self.lights is not None:
            column.addWidget(self.lights)
        self.scores = score_strip(session, table.key)
        if self.scores is not None:
            column.addWidget(self.scores)
        self._connect()
        self.refresh()

    # What others call -------------------------------------------------------------------------

    def show_whole(self) -> None:
        """Among other things on its page: as high as its rows, which the page scrolls, up to a limit."""
        self.view.rows_fitted.connect(self._grow)
        self._grow()

    def refresh_cell(self, place: Place) -> None:
        """Show one cell that was written into; the sums it counts in follow by `show_sums`."""
        self._untell()
        self.model.refresh_cell(place)
        self._sums_follow = True

    def refresh_typed(self) -> None:
        """Show what a keystroke has changed beyond its own cell; no row has come or gone."""
        self.model.refresh()
        self._sums_follow = True

    def show_sums(self) -> None:
        """Show the sums, and the light or score of the current row, when something was typed since."""
        if self._sums_follow:
            self._show_sums()

    def refresh(self) -> None:
        """Show the rows as the session keeps them."""
        self._untell()
        self.model.refresh()
        has_rows = bool(self.model.rows())
        self._body.setCurrentIndex(0 if has_rows else 1)
        self.actions_.set_enabled()
        self._show_sums()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Mark cells, and say above the table what concerns it as a whole."""
        mine = [finding for finding in findings if finding.place.field == self.table.key]
        self.model.set_findings(mine)
        explanations = self._session.explanations
        whole = [f for f in mine if not f.place.row_id and not is_explained(f, explanations)]
        words = "　".join(f"{f.severity.label}：{f.message}" for f in whole[:3])
        self._note.set_words(words or self._origin())
        gravest = min((f.severity for f in whole), key=lambda severity: severity.rank, default=None)
        set_role(self._note, _NOTE_ROLES.get(gravest, "note"))

    def show_remarks(self, marks: Mapping[Place, str]) -> None:
        """Mark what reviewers have remarked on: cells in the grid, the table as a whole beside its title."""
        self.model.set_remarks(marks)
        words = marks.get(Place(self.table.key), "")
        self._remark.setVisible(bool(words))
        self._remark.setToolTip(f"审核意见：{words}" if words else "")

    def show_spoken_of(self, places: Collection[Place]) -> None:
        """Tint the cells a chosen finding speaks of."""
        self.model.set_highlights(places)

    def go_to(self, place: Place, *, edit: bool = False) -> bool:
        """Show a cell; the table itself when the place names no row."""
        if place.row_id:
            return self.view.go_to(place, edit=edit)
        self.focus_first()
        return True

    def focus_first(self) -> None:
        """Put the cursor into the table, or on the button of its empty state."""
        if self.model.rows():
            self.view.setFocus()
            if not self.view.currentIndex().isValid():
                self.view.stand_at(self.model.index(0, 0))
        elif self._empty.button is not None:
            self._empty.button.setFocus()

    def tell(self, sentence: str) -> None:
        """Say what an action has done."""
        self._told.setText(sentence)
        self._told.setVisible(bool(sentence))

    def _untell(self) -> None:
        """What was said of an action no longer holds once something else was done, least of all after it was undone."""
        if not self._told.isHidden():
            self.tell("")

    def told(self) -> str:
        """What was said last."""
        return self._told.text()

    def weights(self) -> str:
        """What stands for 分值 60 / 90, "" where there is none."""
        return self._weights.text() if not self._weights.isHidden() else ""

    def is_empty(self) -> bool:
        """Whether the empty state is shown."""
        return self._body.currentIndex() == 1

    # Inside -----------------------------------------------------------------------------------

    def _grow(self) -> None:
        """Give the grid the height of its rows.

        While the rows are the same ones it only grows: a page's scroll bar that comes and goes makes columns
        narrower and rows higher, and would come and go for ever.
        """
        wanted, count = min(max(self.view.whole_height(), px(112)), px(_MOST_HEIGHT)), self.model.rowCount()
        if wanted > self.view.minimumHeight() or count != self._grown_for:
            self._grown_for = count
            self.view.setMinimumHeight(wanted)

    def _head(self, title: str) -> QWidget:
        """Title, help, weights; actions below; then what was done and what concerns the whole table."""
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(px(12), px(9), px(8), px(5))
        column.setSpacing(px(3))
        top = QHBoxLayout()
        top.setSpacing(px(14))
        top.addWidget(label(title, "section"))
        self._remark = Picture(15, "comment", COLOURS.accent)
        self._remark.hide()
        top.addWidget(self._remark)
        self._note = ElidedLabel(self._origin(), "note")
        top.addWidget(self._note, 1)
        self._weights = label("", "weights")
        top.addWidget(self._weights)
        column.addLayout(top)
        if not self._session.read_only:
            column.addLayout(self._tool_line())
        self._told = paragraph("", "good")
        self._told.hide()
        column.addWidget(self._told)
        return head

    def _tool_line(self) -> QHBoxLayout:
        """One small button an action; words fall away where there is no room."""
        line = QHBoxLayout()
        line.setSpacing(px(2))
        for action in [*self.actions_.all(), *(self.library.tools() if self.library else ())]:
            if not action.isVisible():
                continue
            made = QToolButton()
            made.setProperty("role", "tool")
            made.setDefaultAction(action)
            made.setIconSize(QSize(px(15), px(15)))
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            self._buttons.append(made)
            line.addWidget(made)
        line.addStretch(1)
        return line

    def _origin(self) -> str:
        """The line above the grid: where its rows come from; how to fill it in only where that can be done."""
        told = self.table.note_in(self._session.context)
        return "" if self._session.read_only and told == self.table.help else told

    def _empty_state(self) -> EmptyState:
        """What to do when there are no rows."""
        if self._session.read_only:
            self._empty = EmptyState("没有填写内容", icon_name="table")
            return self._empty
        hint = "按“新增一行”开始填写；也可以在 Excel 或 WPS 中选中几行复制，回到这里按 Ctrl+V 粘贴。"
        self._empty = EmptyState("还没有填写", "新增一行", hint=hint, icon_name="table")
        self._empty.wanted.connect(self.actions_.add_row)
        pasting = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self._empty)
        pasting.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        pasting.activated.connect(self.actions_.paste_table)
        return self._empty

    def _connect(self) -> None:
        """Pass on what happens in the grid."""
        self.view.place_entered.connect(self.entered)
        self.view.place_entered.connect(self._show_light)
        self.view.place_entered.connect(self._show_score)
        self.model.modelReset.connect(self._show_light)
        self.view.edit_finished.connect(self.edit_finished)
        self.view.customContextMenuRequested.connect(self._open_menu)
        self.actions_.told.connect(self.tell)
        if self.library is not None:
            self.library.library_wanted.connect(lambda: self.library_requested.emit(self.table.key))
            self.library.coach_wanted.connect(lambda: self.coach_requested.emit(self.table.key))
            self.library.keep_wanted.connect(self._on_keep)

    def _show_sums(self) -> None:
        """Points above the table, totals of its money columns and the row's light below."""
        self._sums_follow = False
        self._show_weights()
        self._show_light()
        self._show_score()
        if self._totals is None:
            return
        rows, context = self.model.rows(), self._session.context
        keys = [spec.key for spec in self.model.column_specs()]
        self._totals.setVisible(bool(rows))
        self._totals.show_totals(
            {
                keys.index(key): kinds.shown(self.table.column(key), sum_of(rows, key), context)
                for key in self.table.total_columns
                if key in keys
            }
        )

    def _show_light(self, *_what: object) -> None:
        """Explain the light of the current row."""
        if self.lights is None:
            return
        index, rows = self.view.currentIndex(), self.model.rows()
        self.lights.show_row(rows[index.row()] if 0 <= index.row() < len(rows) else None)

    def _show_score(self, *_what: object) -> None:
        """Explain the score of the current row."""
        if self.scores is not None:
            place = self.view.current_place()
            self.scores.show_row(place.row_id if place is not None else "")

    def _show_weights(self) -> None:
        """分值 60 / 90 for the table that carries the weights."""
        note = weight_note(self._session) if self._carries_weights() else None
        self._weights.setVisible(note is not None)
        if note is not None:
            words, tone = note
            mark = " ✓" if tone is Tone.GOOD else ""
            self._weights.setText(f"分值 {words}{mark}")
            set_role(self._weights, _ROLES.get(tone, "weights"))

    def _carries_weights(self) -> bool:
        """Whether this is the form's first indicator table, whose weights are summed."""
        tables = [t for t in self._session.form.tables() if t.is_indicator_table]
        return bool(tables) and tables[0].key == self.table.key

    def minimumSizeHint(self) -> QSize:
        """Narrow: the small buttons give up their words rather than make the page wider than its window."""
        return QSize(px(300), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words on the small buttons where all fit, else on the two needed most, else on none, else fewer buttons."""
        super().resizeEvent(event)
        room = event.size().width() - px(24)
        beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        named, rare = self._named_longest(), self._needed_least()
        for bare, hidden in ((0, 0), (1, 0), (2, 0), *((2, count) for count in range(1, len(rare) + 1))):
            for made in self._buttons:
                action = made.defaultAction()
                is_bare = bare == 2 or (bare == 1 and action not in named)
                made.setToolButtonStyle(alone if is_bare else beside)
                made.setHidden(action in rare[:hidden])
            if sum(made.sizeHint().width() + px(3) for made in self._buttons if not made.isHidden()) <= room:
                return

    def _named_longest(self) -> list[QAction]:
        """The actions needed most, which keep their words where there is little room."""
        mine = self.actions_
        return [mine.add, self.library.library] if self.library else [mine.add, mine.paste]

    def _needed_least(self) -> list[QAction]:
        """The actions whose buttons go first where not even bare icons fit; keys and menu still have them."""
        mine = self.actions_
        return [mine.sort, mine.insert, mine.duplicate, mine.down, mine.up]

    def _on_keep(self) -> None:
        place = self.view.current_place()
        if place is not None:
            self.keep_requested.emit(place)

    def _open_menu(self, point: QPoint) -> None:
        """The actions, and where this cell comes from."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if not self._session.read_only:
            menu.addActions([action for action in self.actions_.all() if action.isVisible()])
            if self.library is not None:
                menu.addSeparator()
                menu.addActions(self.library.all())
            menu.addSeparator()
        place = self.view.cell_at(point)
        if place is not None:
            history = QAction("填写记录…", menu)
            history.triggered.connect(lambda: self.history_requested.emit(place))
            menu.addAction(history)
        menu.popup(self.view.viewport().mapToGlobal(point))

"""Page of one step (步骤页): its sections with their fields and tables, straight from the declaration."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QScrollArea, QVBoxLayout, QWidget

from forms.findings import Finding, Place
from forms.schema import FieldSpec, SectionSpec, StepSpec, TableSpec
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.dialog import scroll
from ui.widgets.labels import ElidedLabel, label
from ui.wizard.fields.base import FieldWidget
from ui.wizard.fields.factory import field_widget
from ui.wizard.fields.grid import FieldGrid
from ui.wizard.session import WizardSession
from ui.wizard.table_panel import TablePanel


class StepPage(QWidget):
    """One page of the wizard (步骤页)."""

    entered = Signal(Place)
    left = Signal()
    history_requested = Signal(Place)
    library_requested = Signal(str)
    coach_requested = Signal(str)
    keep_requested = Signal(Place)

    def __init__(self, session: WizardSession, step: StepSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step = step
        self._session = session
        self._fields: dict[str, FieldWidget] = {}
        self._tables: dict[str, TablePanel] = {}
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(4) if _has_fields(step) else 0, 0)
        column.setSpacing(px(10))
        for section in step.sections:
            self._add_section(column, section)
        if len(self._fields) + len(self._tables) > 1:
            for panel in self._tables.values():
                panel.show_whole()
        if not self._tables:
            column.addStretch(1)
        self._scroll: QScrollArea = scroll(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)

    def item_keys(self) -> list[str]:
        """Fields and tables on this page."""
        return [*self._fields, *self._tables]

    def field(self, key: str) -> FieldWidget:
        """The widget of a field; KeyError when it is on another page."""
        return self._fields[key]

    def table(self, key: str) -> TablePanel:
        """The panel of a table; KeyError when it is on another page."""
        return self._tables[key]

    def tables(self) -> Mapping[str, TablePanel]:
        """The panels of the page's tables by key."""
        return self._tables

    def refresh(self, key: str, *, is_typing: bool = False) -> None:
        """Show a field or table as the session keeps it; what a table sums up may follow while it is typed into."""
        if key in self._tables:
            panel = self._tables[key]
            panel.refresh_typed() if is_typing else panel.refresh()
        elif key in self._fields:
            place = Place(key)
            self._fields[key].show_kept(self._session.written(place))
            self._fields[key].show_problem(self._session.problem(place))

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Mark what the findings are about."""
        by_field: dict[str, list[Finding]] = {}
        for finding in findings:
            by_field.setdefault(finding.place.field, []).append(finding)
        for key, field in self._fields.items():
            field.show_findings(by_field.get(key, ()))
        for key, panel in self._tables.items():
            panel.show_findings(by_field.get(key, ()))

    def show_remarks(self, marks: Mapping[Place, str]) -> None:
        """Mark what reviewers have remarked on."""
        for key, field in self._fields.items():
            field.show_remark(marks.get(Place(key), ""))
        for panel in self._tables.values():
            panel.show_remarks(marks)

    def show_spoken_of(self, places: Collection[Place]) -> None:
        """Tint the places a chosen finding speaks of."""
        keys = {place.field for place in places}
        for key, field in self._fields.items():
            field.set_spoken_of(key in keys)
        for panel in self._tables.values():
            panel.show_spoken_of(places)

    def go_to(self, place: Place, *, edit: bool = False) -> bool:
        """Show a place and put the cursor into it; False when it is not on this page."""
        if place.field in self._tables:
            panel = self._tables[place.field]
            self._scroll.ensureWidgetVisible(panel)
            return panel.go_to(place, edit=edit)
        field = self._fields.get(place.field)
        if field is None:
            return False
        self._scroll.ensureWidgetVisible(field, 0, px(24))
        field.focus_editor()
        return True

    def focus_first(self) -> None:
        """Put the cursor into the first field that can be filled in, or the first table."""
        for key, field in self._fields.items():
            if not self._session.is_locked(Place(key)):
                field.focus_editor()
                return
        for panel in self._tables.values():
            panel.focus_first()
            return

    def last_stop(self) -> QWidget | None:
        """The last widget the cursor can stand in."""
        panels = list(self._tables.values())
        fields = list(self._fields.values())
        return panels[-1].view if panels else fields[-1].editor if fields else None

    def _add_section(self, column: QVBoxLayout, section: SectionSpec) -> None:
        """A card for the section's fields, a panel for each of its tables."""
        items = [item for item in section.items if item.is_visible(self._session.context)]
        fields = [self._add_field(item) for item in items if isinstance(item, FieldSpec)]
        if fields:
            card = Card(section.title)
            card.head.insertSpacing(0, px(6))
            if section.help:
                card.head.insertWidget(2, ElidedLabel(section.help, "note"), 1)
            if section.is_drafted and not self._session.read_only:
                self._add_draft(card, section)
            card.body.addWidget(FieldGrid(fields))
            column.addWidget(card)
        for item in items:
            if isinstance(item, TableSpec):
                panel = TablePanel(self._session, item, item.label)
                panel.entered.connect(self.entered)
                panel.edit_finished.connect(self.left)
                panel.history_requested.connect(self.history_requested)
                panel.library_requested.connect(self.library_requested)
                panel.coach_requested.connect(self.coach_requested)
                panel.keep_requested.connect(self.keep_requested)
                self._tables[item.key] = panel
                column.addWidget(panel, 1)

    def _add_draft(self, card: Card, section: SectionSpec) -> None:
        """A button that writes what the form can draft into the section's blank texts."""
        keys = [item.key for item in section.items]
        told = label("", "good")

        def fill() -> None:
            count = self._session.fill_drafts(keys)
            told.setText(
                f"已起草 {count} 段，请核对修改，其余请自行填写" if count else "没有可以起草的空白段落"
            )

        self.draft_button = button("按已填内容起草", "plain", "edit", fill)
        card.head.addWidget(told)
        card.head.addWidget(self.draft_button)

    def _add_field(self, spec: FieldSpec) -> FieldWidget:
        """A field's widget, connected to the session."""
        place = Place(spec.key)
        session = self._session
        made = field_widget(spec, session.context)
        made.typed.connect(lambda text: session.set_typed(place, text))
        made.entered.connect(lambda: self.entered.emit(place))
        made.left.connect(self.left)
        made.show_kept(session.value(place))
        made.show_problem(session.problem(place))
        if session.is_locked(place):
            made.set_locked(True, "" if session.read_only else spec.lock_note)
        made.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        made.customContextMenuRequested.connect(lambda point: self._open_menu(made, place, point))
        self._fields[spec.key] = made
        return made

    def _open_menu(self, field: FieldWidget, place: Place, point: QPoint) -> None:
        """Where this field's content comes from."""
        menu = QMenu(field)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        history = QAction("填写记录…", menu)
        history.triggered.connect(lambda: self.history_requested.emit(place))
        menu.addAction(history)
        menu.popup(field.mapToGlobal(point))


def _has_fields(step: StepSpec) -> bool:
    """Whether a page has more than tables, and so may need its scroll bar."""
    return any(isinstance(item, FieldSpec) for section in step.sections for item in section.items)

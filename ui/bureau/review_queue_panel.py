"""Left side of the review page (待审栏): search and filters, the queue, and what is done with many at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from forms import registry
from services.review.queue import QueueFilter, QueueQuery
from ui.bureau.review_queue_list import QueueList
from ui.theme import px
from ui.widgets.buttons import MenuButton, button
from ui.widgets.card import row
from ui.widgets.empty_state import EmptyState
from ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from services.review.desk_queue import DeskQueue

_ANY = ""
_NOTHING = {
    QueueFilter.WAITING: ("没有待审的表", "接收报送文件以后，要审的表列在这里，先到的在前。"),
    QueueFilter.AWAITS_DEPARTMENT: ("没有等主管部门审核的表", "主管部门审核后汇总报送的表，直接列在待审里。"),
    QueueFilter.ALL: ("还没有收到报送的表", "到“接收”页选择报送文件所在的文件夹。"),
}
ENLIST, TAKE_OUT, APPROVE, NOTICE, APPROVAL_LETTERS = "enlist", "take_out", "approve", "notice", "letters"
"""What the menu 入库和批复 asks for."""
REASSIGN, REASSIGN_UNIT, SHEET_OUT, SHEET_BACK = "reassign", "reassign_unit", "sheet_out", "sheet_back"
"""What the menu 股室审核 asks for."""


_BINDING = (
    (ENLIST, "勾选的绩效目标入库…"),
    (TAKE_OUT, "勾选的移出项目库…"),
    (APPROVE, "登记预算批复…"),
    (NOTICE, "生成批复通知…"),
    (APPROVAL_LETTERS, "出具绩效目标批复函…"),
)
_OFFICES = (
    (REASSIGN, "勾选的改派…"),
    (REASSIGN_UNIT, "按单位改派…"),
    (SHEET_OUT, "生成股室审核意见表…"),
    (SHEET_BACK, "收回审核意见表…"),
)


class QueuePanel(QFrame):
    """The queue with its filters (待审栏); `query_changed` carries a QueueQuery, `work_requested` one of the menu's words."""

    query_changed = Signal(object)
    line_chosen = Signal(object)
    bulk_requested = Signal()
    slips_requested = Signal()
    letters_requested = Signal()
    work_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "pane")
        self.setMinimumWidth(px(216))
        self.search = SearchField("搜索项目、单位", shortcut=False)
        self.shown, self.office, self.form, self.year = (MenuButton() for _ in range(4))
        self.shown.set_choices([(item, item.label) for item in QueueFilter], QueueFilter.WAITING)
        self.office.set_choices([(_ANY, "全部股室")], _ANY)
        self.form.set_choices([(_ANY, "全部表")], _ANY)
        self.year.set_choices([(None, "全部年度")], None)
        self.all_box = QCheckBox("全选(&L)")
        self.bulk_button = button("批量审核…", clicked=self.bulk_requested.emit)
        self.list = QueueList()
        self.empty = EmptyState("正在读取…", icon_name="review")
        self.slips_button = button(
            "生成退回修改通知…", icon_name="returned", clicked=self.slips_requested.emit
        )
        self.letters_button = button("出具退回修改函…", "link", clicked=self.letters_requested.emit)
        self.letters_button.setToolTip("给退回修改的单位出具正式的函，通知过的也可以")
        self.binding_button = self._menu_button("入库和批复 ▾", _BINDING)
        self.menu = self.binding_button.menu()
        self.offices_button = self._menu_button("股室审核 ▾", _OFFICES)
        self._own_words = ""
        self._lay_out()
        self._connect()
        self._on_ticked(0)

    def query(self) -> QueueQuery:
        """What is asked for."""
        year = self.year.value()
        shown = self.shown.value()
        assert isinstance(shown, QueueFilter)
        return QueueQuery(
            shown,
            office=str(self.office.value()),
            form_id=str(self.form.value()),
            budget_year=year if isinstance(year, int) else None,
            text=self.search.text().strip(),
        )

    def set_own(self, words: str, *, is_usual: bool) -> bool:
        """How the work of whoever is here is called (本股室待办), "" for no such choice; whether another choice is in force.

        `is_usual` puts it in force, as the one they begin with.
        """
        self._own_words = words
        before = self.shown.value()
        now = QueueFilter.MINE if words and is_usual else QueueFilter.WAITING
        self.shown.set_choices([(item, item.label) for item in QueueFilter], now)
        return before is not now

    def set_queue(self, found: DeskQueue) -> None:
        """Show what was found, and what can be chosen."""
        self.shown.set_choices(
            [
                (item, f"{self._words(item)} {found.counts.get(item, 0):,}")
                for item in QueueFilter
                if (found.has_departments or item is not QueueFilter.AWAITS_DEPARTMENT)
                and (self._own_words or item is not QueueFilter.MINE)
            ],
            self.shown.value(),
        )
        self._offer(self.office, [(_ANY, "全部股室"), *((name, name) for name in found.offices)])
        forms = [(form_id, registry.head(form_id).short_title) for form_id in found.form_ids]
        self._offer(self.form, [(_ANY, "全部表"), *forms])
        self._offer(self.year, [(None, "全部年度"), *((year, f"{year}年") for year in found.years)])
        self.list.set_lines(found.lines)
        self.pages.setCurrentWidget(self.list if found.lines else self.empty)
        self.empty.set_text(*self._nothing())
        self.all_box.setEnabled(bool(found.lines))
        self.slips_button.setText(
            f"生成退回修改通知（{found.slips}）…" if found.slips else "生成退回修改通知…"
        )
        self.slips_button.setEnabled(found.slips > 0)
        self.binding_button.setEnabled(bool(found.target_years) or found.has_results)
        self._make_room()

    def _make_room(self) -> None:
        """The choice in force and every button are read whole, however large the text is."""
        for item in (self.shown, self.binding_button, self.offices_button):
            item.setMinimumWidth(item.sizeHint().width())
        beside = min(self.office.sizeHint().width(), px(112))
        menus = [item for item in (self.binding_button, self.offices_button) if not item.isHidden()]
        widest = max(
            self.shown.minimumWidth() + beside,
            sum(item.minimumWidth() for item in menus),
            self.slips_button.sizeHint().width(),
            self.letters_button.sizeHint().width(),
            self.all_box.sizeHint().width() + self.bulk_button.sizeHint().width(),
        )
        self.setMinimumWidth(max(px(216), widest + px(26)))

    def _words(self, item: QueueFilter) -> str:
        """What a choice is called; one's own work by its owner's name for it."""
        return self._own_words if item is QueueFilter.MINE else item.label

    def _nothing(self) -> tuple[str, str]:
        """What an empty list means, and what to do."""
        query = self.query()
        if query.text or query.office or query.form_id or query.budget_year is not None:
            return "没有符合条件的表", "改一改上面的条件，或清空搜索。"
        return _NOTHING.get(query.shown, ("没有这样的表", "在上面换一个筛选条件。"))

    def _menu_button(self, text: str, choices: Sequence[tuple[str, str]]) -> QPushButton:
        """A button with a menu of wishes."""
        made = button(text, "menu")
        made.setMenu(QMenu(made))
        for key, words in choices:
            action = made.menu().addAction(words)
            action.triggered.connect(lambda _checked=False, key=key: self.work_requested.emit(key))
        return made

    def _lay_out(self) -> None:
        self.pages = QStackedWidget()
        self.pages.addWidget(self.list)
        self.pages.addWidget(self.empty)
        self.pages.setCurrentWidget(self.empty)  # until the queue has been read
        head = QVBoxLayout()
        head.setContentsMargins(10, 10, 10, 6)
        head.setSpacing(6)
        head.addWidget(self.search)
        for left, right in ((self.shown, self.office), (self.form, self.year)):
            line = row(left, right, spacing=6)
            line.setStretch(0, 1)
            line.setStretch(1, 1)
            head.addLayout(line)
        head.addLayout(row(self.all_box, None, self.bulk_button, spacing=6))
        foot = QVBoxLayout()
        foot.setContentsMargins(10, 6, 10, 10)
        foot.setSpacing(6)
        foot.addWidget(self.slips_button)
        foot.addLayout(row(self.letters_button, None))
        menus = row(self.binding_button, self.offices_button, spacing=6)
        menus.setStretch(0, 1)
        menus.setStretch(1, 1)
        foot.addLayout(menus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.pages, 1)
        column.addLayout(foot)
        for item in (self.shown, self.office, self.form, self.year):
            item.setMinimumWidth(px(60))

    def _connect(self) -> None:
        for item in (self.shown, self.office, self.form, self.year):
            item.chosen.connect(lambda _value: self._on_query())
        self.search.searched.connect(lambda _text: self._on_query())
        self.search.left_downwards.connect(self.list.setFocus)
        self.list.line_chosen.connect(self.line_chosen)
        self.list.lines.ticked.connect(self._on_ticked)
        self.all_box.clicked.connect(self.list.lines.tick_all)

    def _offer(self, menu: MenuButton, choices: list[tuple[object, str]]) -> None:
        """Offer choices; the one in force stays where it is still offered."""
        value = menu.value()
        menu.set_choices(choices, value if value in [known for known, _ in choices] else choices[0][0])

    def _on_query(self) -> None:
        self.query_changed.emit(self.query())

    def _on_ticked(self, count: int) -> None:
        self.bulk_button.setText(f"批量审核（{count}）…" if count else "批量审核…")
        self.bulk_button.setEnabled(count > 0)
        shown = self.list.lines.rowCount()
        self.all_box.setChecked(0 < count == shown)
        self._make_room()

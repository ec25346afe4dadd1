"""Evidence beside the page (佐证材料栏): of the row the cursor stands in, and of the form as a whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QProgressBar, QToolButton, QVBoxLayout, QWidget

from forms.findings import Place
from models.domain.evidence import Evidence, ending_of
from models.domain.file_size import size_words
from models.domain.filing import Answers
from services.evidence import EvidenceList, SizeMeter
from services.evidence_places import row_words
from ui.icons import icon
from ui.theme import COLOURS, px, set_role
from ui.widgets.buttons import button
from ui.widgets.dialog import scroll
from ui.widgets.labels import label, paragraph
from ui.wizard.evidence_line import EvidenceLine
from ui.wizard.evidence_section import EvidenceSection
from ui.wizard.evidence_wishes import BringBack, SaveFiles, ShrinkPhotos

_KILOBYTE = 1024


class EvidencePanel(QFrame):
    """The evidence of the open form (佐证材料栏); `wished` carries what is to be done."""

    closed = Signal()
    wished = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "help")
        self.setFixedWidth(px(292))
        self._shown: EvidenceList | None = None
        self._answers: Answers = {}
        self._missing: frozenset[str] = frozenset()
        self._row = ""
        self._thumbnails: Mapping[str, QImage] = {}
        self.row_section, self.form_section = EvidenceSection(""), EvidenceSection("整张表")
        self.other_section = EvidenceSection("其他指标")
        self.meter = paragraph("", "note")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.shrink_button = button("缩小照片…", "link", "zoom_in", self._on_shrink)
        self.removed_button = button("", "link", "restore")
        self.removed_button.setMenu(QMenu(self.removed_button))
        self.save_button = button("全部另存…", "link", "export", self._on_save_all)
        for section in (self.row_section, self.form_section, self.other_section):
            section.wished.connect(self.wished)
        self._lay_out()
        self.set_place(None)

    # What others call -------------------------------------------------------------------------

    def show_list(
        self,
        shown: EvidenceList,
        answers: Answers,
        missing: Collection[Place],
        thumbnails: Mapping[str, QImage],
    ) -> None:
        """Show the evidence; `missing` are rows that need some and have none."""
        self._shown, self._answers, self._thumbnails = shown, answers, thumbnails
        self._missing = frozenset(place.path for place in missing)
        self._show_all()

    def show_answers(self, answers: Answers) -> None:
        """Rows may have another name, or be gone, since the list was shown."""
        self._answers = answers
        self._name_row()

    def set_place(self, place: Place | None) -> None:
        """Follow the cursor: the row it stands in, or none."""
        row = Place(place.field, place.row_id).path if place is not None and place.row_id else ""
        if row != self._row or place is None:
            self._row = row
            self._show_all()

    def show_thumbnails(self, thumbnails: Mapping[str, QImage]) -> None:
        """Show pictures that have been read meanwhile."""
        self._thumbnails = thumbnails
        for line in self.lines():
            image = thumbnails.get(line.item.file.sha256)
            if image is not None:
                line.show_thumbnail(image)

    def lines(self) -> list[EvidenceLine]:
        """Every file shown, section by section."""
        return [*self.row_section.lines, *self.form_section.lines, *self.other_section.lines]

    # Inside -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        """Head, sections that scroll, the meter below."""
        close = QToolButton()
        close.setIcon(icon("close", COLOURS.muted))
        close.setIconSize(QSize(px(15), px(15)))
        close.setToolTip("关闭（Esc）")
        close.setAccessibleName("关闭佐证材料")
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setContentsMargins(px(13), px(9), px(6), 0)
        head.addWidget(label("佐证材料", "section"), 1)
        head.addWidget(close)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(9), px(2), px(9), px(6))
        column.setSpacing(px(8))
        for section in (self.row_section, self.form_section, self.other_section):
            column.addWidget(section)
        column.addWidget(self.removed_button)
        column.addStretch(1)
        foot = QVBoxLayout()
        foot.setContentsMargins(px(13), px(4), px(11), px(9))
        foot.setSpacing(px(4))
        for item in (self.meter, self.bar, self.shrink_button, self.save_button):
            foot.addWidget(item)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addLayout(head)
        outer.addWidget(scroll(inside), 1)
        outer.addLayout(foot)

    def _show_all(self) -> None:
        shown = self._shown
        self.row_section.setVisible(bool(self._row))
        if shown is None:
            for item in (self.other_section, self.removed_button, self.shrink_button, self.save_button):
                item.hide()
            return
        self._name_row()
        here = [item for item in shown.items if self._row and item.file.place == self._row]
        self.row_section.show_items(self._row, here, shown, self._thumbnails)
        self.row_section.show_missing(self._row in self._missing)
        whole = [item for item in shown.items if not item.file.place]
        self.form_section.show_items("", whole, shown, self._thumbnails)
        self._show_others([item for item in shown.items if item.file.place not in ("", self._row)], shown)
        self._show_removed(shown)
        self._show_meter(shown.meter)
        self.shrink_button.setVisible(bool(self._large_photos()))
        self.save_button.setVisible(not shown.is_open and bool(shown.items))

    def _show_others(self, items: list[Evidence], shown: EvidenceList) -> None:
        """Files of other rows, so that nothing attached is out of sight; new ones are added at their row."""
        self.other_section.setVisible(bool(items))
        self.other_section.show_items(
            "", items, shown, self._thumbnails, lambda item: row_words(self._answers, item.file.place)
        )
        self.other_section.add_button.hide()
        self.other_section.setAcceptDrops(False)

    def _show_removed(self, shown: EvidenceList) -> None:
        menu = self.removed_button.menu()
        menu.clear()
        for item in shown.removed:
            action = QAction(f"恢复“{item.file.name}”", menu)
            wish = BringBack(item.evidence_id)
            action.triggered.connect(lambda _checked=False, wish=wish: self.wished.emit(wish))
            menu.addAction(action)
        self.removed_button.setText(f"已移除 {len(shown.removed)} 个，可以恢复")
        self.removed_button.setVisible(bool(shown.removed) and shown.is_open)

    def _show_meter(self, meter: SizeMeter) -> None:
        """共 12.4 MB，U 盘和邮件一般不超过 50 MB."""
        advised = size_words(meter.advised_bytes).replace(".0 ", " ")
        words = f"共 {size_words(meter.form_bytes)}，U 盘和邮件一般不超过 {advised}"
        if meter.package_bytes > meter.form_bytes:
            words += f"；连同其他待报送的表共 {size_words(meter.package_bytes)}"
        is_heavy = meter.package_bytes > meter.advised_bytes
        self.meter.setText(words + ("，请缩小照片或分几次报送" if is_heavy else ""))
        set_role(self.meter, "care" if is_heavy else "note")
        self.bar.setRange(0, max(meter.advised_bytes // _KILOBYTE, 1))
        self.bar.setValue(min(meter.package_bytes // _KILOBYTE, self.bar.maximum()))
        self.bar.setAccessibleName(words)

    def _name_row(self) -> None:
        words = row_words(self._answers, self._row)
        self.row_section.show_title(words)

    def _large_photos(self) -> tuple[str, ...]:
        """Photographs worth making smaller."""
        shown = self._shown
        if shown is None or not shown.is_open:
            return ()
        least = shown.rules.photo_offer_kilobytes * _KILOBYTE
        return tuple(
            item.evidence_id
            for item in shown.items
            if ending_of(item.file.name) in shown.rules.picture_kinds and item.file.size > least
        )

    def _on_shrink(self) -> None:
        self.wished.emit(ShrinkPhotos(self._large_photos()))

    def _on_save_all(self) -> None:
        if self._shown is not None:
            self.wished.emit(SaveFiles(tuple(item.evidence_id for item in self._shown.items)))

"""Evidence, library and problems of the kit (佐证材料种类、财政部门指标库、整改问题清单): what a bureau adds from its own tables."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from models.domain.kit import ParameterKit
from services.evidence_kinds import evidence_kinds
from ui.widgets.buttons import button
from ui.widgets.card import Card, row
from ui.widgets.field import Field
from ui.widgets.labels import ElidedLabel, paragraph

KINDS_HELP = "填文件名最后的几个字母，用顿号分开；单个文件和整份报送文件的大小在下面“校验界限”里改。"
LIBRARY_HELP = (
    "各单位填表时可以从这里选用指标。表格的栏目：一级指标、二级指标、三级指标、计算符号、参考值、计量单位、方向、"
    "指标解释、计算公式、评分标准、佐证材料、关键词等，二级指标和三级指标必须有。"
)

ISSUES_HELP = (
    "审计、财政评价、抽查复核等发现的问题列在这里，随任务参数包交给有关单位，填《整改情况反馈表》时自动带入。表格的栏目："
    "单位代码、项目名称、问题来源、存在问题、整改要求、完成时限、通知文号等，单位代码和存在问题必须有。"
)


class EvidenceKindsCard(Card):
    """Kinds of files units may attach (佐证材料种类); `kinds_typed` carries the text when it was changed."""

    kinds_typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("佐证材料", parent)
        self._shown = ""
        self.kinds = QLineEdit()
        self.field = Field("可以添加的文件种类", self.kinds, KINDS_HELP)
        self.body.addWidget(self.field)
        self.kinds.editingFinished.connect(self._on_finished)

    def show_kit(self, kit: ParameterKit) -> None:
        """Show a kit's kinds; text that is being changed stays."""
        words = "、".join(evidence_kinds(kit))
        if words != self._shown:
            self._shown = words
            self.kinds.setText(words)
            self.kinds.setCursorPosition(0)
        self.setVisible(bool(words))

    def show_problem(self, sentence: str) -> None:
        """Say why the kinds typed cannot be kept, "" when they were."""
        self.field.set_problem(sentence)

    def _on_finished(self) -> None:
        if self.kinds.text() != self._shown:
            self.kinds_typed.emit(self.kinds.text())


class TableCard(Card):
    """Something of the kit that comes from a table (从表格导入的内容): how much there is, taking in, clearing."""

    import_requested = Signal()
    clear_requested = Signal()

    def __init__(self, title: str, help_text: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.count_label = ElidedLabel("", "strong")
        self.clear_button = button("清空", "quiet", clicked=self.clear_requested.emit)
        self.import_button = button("从表格导入…", icon_name="take_in", clicked=self.import_requested.emit)
        self.head.addWidget(self.clear_button)
        self.head.addWidget(self.import_button)
        line = row(self.count_label)
        line.setStretch(0, 1)
        self.body.addLayout(line)
        self.body.addWidget(paragraph(help_text, "muted"))

    def show_count(self, words: str, count: int) -> None:
        """Say how much there is; with nothing there is nothing to clear."""
        self.count_label.set_words(words)
        self.clear_button.setVisible(count > 0)


class LibraryCard(TableCard):
    """The bureau's own indicators in the kit (财政部门指标库)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("财政部门指标库", LIBRARY_HELP, parent)

    def show_kit(self, kit: ParameterKit) -> None:
        """How many indicators the kit carries."""
        count = len(kit.indicator_library)
        enabled = sum(one.is_enabled for one in kit.indicator_library)
        stopped = f"，其中 {count - enabled} 条已停用" if enabled < count else ""
        words = f"{count} 条指标{stopped}" if count else "还没有本局的指标，各单位使用通用示范指标库"
        self.show_count(words, count)


class IssuesCard(TableCard):
    """Problems the bureau wants put right (整改问题清单)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("整改问题清单", ISSUES_HELP, parent)

    def show_kit(self, kit: ParameterKit) -> None:
        """How many problems of how many units the kit carries."""
        count, units = len(kit.issues), len({one.unit_code for one in kit.issues})
        words = (
            f"{units} 个单位的 {count} 个问题" if count else "还没有登记问题，各单位从自评和监控结果开始填"
        )
        self.show_count(words, count)

"""A kit of the bureau's own taken back (取回已下发的参数包): what it is and what comes with it, before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.theme import px
from ui.widgets.card import Card
from ui.widgets.check_code import CheckCodeLabel
from ui.widgets.dates import full_time
from ui.widgets.dialog import DeskDialog
from ui.widgets.labels import label, paragraph
from ui.widgets.placing import resize_within_screen

if TYPE_CHECKING:
    from services.own_kits import OwnKit

BROUGHT = (
    "一起取回：这份参数包里的证书、证书注销名单，以及本机名录里没有的单位和项目；本机已有的单位和项目不改动。"
)
CURRENT = "取回后，它就是当前任务参数包，按它填报的文件可以接收。"
OLDER = "本机有更新的任务参数包，当前的不变；按这一版填报的文件可以接收。"
CLASH = (
    "本机另有一份同为第 {version} 版而内容不同的参数包。两份都会保留，按哪一份填报的都能接收；"
    "请尽快再下发一次（第 {next} 版），各单位装入后就一致了。"
)


class OwnKitDialog(DeskDialog):
    """Shows a kit to be taken back (取回已下发的参数包); `submitted` when it is to be done."""

    submitted = Signal()

    def __init__(self, found: OwnKit, others: int = 0, parent: QWidget | None = None) -> None:
        super().__init__("取回已下发的任务参数包", "取回", parent, intro="文件由本局的根证书签发，核对无误。")
        resize_within_screen(self, px(620), px(480))
        kit = found.kit
        facts = Card()
        facts.body.addWidget(label(f"{kit.name}　第 {kit.version} 版", "section"))
        counts = f"{len(kit.tasks)} 个任务，{len(kit.units)} 个单位，{len(kit.register)} 条项目名录"
        facts.body.addWidget(label(f"{full_time(found.issued_at)}下发　{counts}", "muted"))
        facts.body.addWidget(CheckCodeLabel(found.check_code))
        self.body.addWidget(facts)
        if others:
            self.body.addWidget(paragraph(f"另有 {others} 份更早下发的一起取回。"))
        self.body.addWidget(paragraph(CURRENT if found.becomes_current else OLDER))
        if found.clashes:
            words = CLASH.format(version=kit.version, next=kit.version + 1)
            self.body.addWidget(paragraph(words, "care"))
        if found.differences and found.becomes_current:
            changes = Card("与本机当前的不同")
            for sentence in found.differences:
                changes.body.addWidget(paragraph(f"· {sentence}"))
            self.body.addWidget(changes)
        self.body.addWidget(paragraph(BROUGHT, "muted"))
        self.body.addStretch(1)

    def submit(self) -> None:
        """Ask to take it back; whoever does so closes the dialog."""
        self.submitted.emit()

"""生成报送文件, second page: what is sealed, who signs, where to, and the signing password."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from models.domain.evidence import EvidenceFile
from models.domain.file_size import size_words
from services.token_keys import PIN
from ui.filer.records import SealLine, SealSigner
from ui.theme import px, set_role
from ui.widgets.buttons import button
from ui.widgets.card import Card, row
from ui.widgets.check_code import CheckCodeLabel
from ui.widgets.chip import ChipLook, StatusChip
from ui.widgets.field import Field
from ui.widgets.file_drop import choose_folder
from ui.widgets.labels import label, paragraph
from ui.widgets.password_field import PasswordField, WaitCountdown

NOTE = "电子签名用来识别报送单位、发现内容被改动，不代替单位公章；生成后请打印封面盖章，随文件一并报送。"

_PASSWORD, _HINT = "签名密码", "输入签名密码"


EXEMPTIONS_ALONE = "没有选表，只报送无需填报说明"
"""What goes when no form is ticked."""


class SealSignPage(QWidget):
    """Checklist, signer, folder and password (核对并签名)."""

    changed = Signal()
    folder_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder: Path | None = None
        self._has_signer = False
        self.uses_token = False
        self.checks = (StatusChip("必改 0", "good", "check"), StatusChip("需说明 0", "good", "check"))
        self.contents = paragraph("", "muted")
        self.evidence_head, self.evidence = label("", "strong"), paragraph("", "muted")
        self.name_label = label("", "section")
        self.unit_label = label("", "muted")
        self.state = StatusChip()
        self.code = CheckCodeLabel(points=13)
        self.state_words = paragraph("", "muted")
        self.folder = QLineEdit()
        self.folder.setReadOnly(True)
        self.folder.setPlaceholderText("请选择 U 盘或文件夹")
        self.space_label = paragraph("", "muted")
        self.password = PasswordField(_HINT)
        self.password_field = Field(_PASSWORD, self.password)
        self.wait = WaitCountdown()
        self._lay_out()
        self.password.textChanged.connect(self.changed)
        self.wait.elapsed.connect(self.changed)

    def set_chosen(self, lines: Sequence[SealLine]) -> None:
        """What will be sealed."""
        explained = sum(line.explained for line in lines)
        words = f"需说明 {explained}，已逐条说明" if explained else "需说明 0"
        self.checks[1].set_look(ChipLook(words, "good", "check"))
        names = [f"{line.subject}　{line.form_title}（{line.budget_year}年）" for line in lines]
        more = f"\n…… 共 {len(names)} 份" if len(names) > 6 else ""
        self.contents.setText("\n".join(names[:6]) + more if names else EXEMPTIONS_ALONE)
        self._show_evidence([file for line in lines for file in line.evidence])

    def _show_evidence(self, files: Sequence[EvidenceFile]) -> None:
        """The files that travel along, every one by its name; the same content weighs once."""
        weight = sum({file.sha256: file.size for file in files}.values())
        self.evidence_head.setText(f"随附佐证材料 {len(files)} 个，共 {size_words(weight)}")
        self.evidence.setText("\n".join(f"{file.name}（{size_words(file.size)}）" for file in files))
        for item in (self.evidence_head, self.evidence):
            item.setVisible(bool(files))

    def set_signer(self, signer: SealSigner | None) -> None:
        """Who will sign."""
        self._has_signer = signer is not None
        if signer is not None:
            self.name_label.setText(signer.name)
            self.unit_label.setText(signer.unit_name)
            self.state.set_look(signer.state)
            self.code.set_code(signer.fingerprint)
            self.state_words.setText(signer.state_words + _plug_in(signer.token_label))
            self.uses_token = bool(signer.token_label)
            self.password_field.set_caption(PIN if signer.token_label else _PASSWORD)
            if signer.token_label:
                self.password.setPlaceholderText("插好 UKey，输入它的 PIN 码")
        self.changed.emit()

    def set_target(self, folder: Path | None, free_bytes: int | None, problem: str = "") -> None:
        """Where to, and how much room is there; `problem` says why a folder cannot be used."""
        self._folder = folder
        self.folder.setText(str(folder) if folder else "")
        set_role(self.space_label, "problem" if problem else "muted")
        free = f"剩余空间 {size_words(free_bytes)}" if free_bytes is not None else ""
        self.space_label.setText(problem or free)
        self.changed.emit()

    def target(self) -> Path | None:
        """The folder chosen."""
        return self._folder

    def is_complete(self) -> bool:
        """Whether the button may be pressed."""
        ready = self._has_signer and self._folder is not None and bool(self.password.text())
        return ready and self.wait.seconds_left == 0

    def _lay_out(self) -> None:
        left = Card("报送内容")
        left.body.addLayout(row(*self.checks, None, spacing=8))
        for item in (self.contents, self.evidence_head, self.evidence):
            left.body.addWidget(item)
        left.body.addStretch(1)
        signer = Card("由谁签名")
        signer.body.addLayout(row(self.name_label, self.unit_label, None, self.state))
        signer.body.addWidget(label("签名核对码", "muted"))
        signer.body.addWidget(self.code)
        signer.body.addWidget(self.state_words)
        where = Card("存到哪里")
        choose = button("选择…", clicked=self._on_choose)
        folder = row(self.folder, choose, spacing=8)
        folder.setStretch(0, 1)
        where.body.addLayout(folder)
        where.body.addWidget(self.space_label)
        where.body.addWidget(self.password_field)
        where.body.addWidget(self.wait)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(signer)
        right.addWidget(where)
        right.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(12)
        columns.addWidget(left, 2)
        columns.addLayout(right, 3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        whole.addLayout(columns, 1)
        whole.addWidget(paragraph(NOTE, "muted"))
        left.setMinimumWidth(px(220))

    def _on_choose(self) -> None:
        start = str(self._folder) if self._folder else ""
        choose_folder(self, "选择存放报送文件的 U 盘或文件夹", self._on_folder, start)

    def _on_folder(self, path: str) -> None:
        self.folder_chosen.emit(Path(path))


def _plug_in(token_label: str) -> str:
    """What has to be at hand for a key on a token, "" for a key file."""
    return f"用 UKey“{token_label}”签名，请先插好。" if token_label else ""

"""The cards of the settings page (设置项): unit, kit, signature, text size."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel

from models.domain.project import Unit
from ui.filer.records import KeyCard, KitCard
from ui.theme import TEXT_SCALES, Tone
from ui.widgets.buttons import MenuButton, button
from ui.widgets.card import Card, row
from ui.widgets.check_code import CheckCodeLabel
from ui.widgets.chip import ChipLook, StatusChip
from ui.widgets.dates import full_date, full_time
from ui.widgets.labels import label, paragraph


class FactsCard(Card):
    """A card of facts (信息卡片): names on the left, values beside them."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(1, 1)
        self._values: dict[str, QLabel] = {}
        self.body.addLayout(self._grid)

    def set_fact(self, name: str, value: str) -> None:
        """Show a fact; an empty one is left out."""
        if name not in self._values:
            line = self._grid.rowCount()
            caption = label(name, "muted")
            self._values[name] = paragraph(value)
            self._grid.addWidget(caption, line, 0)
            self._grid.addWidget(self._values[name], line, 1)
        self._values[name].setText(value or "—")

    def fact(self, name: str) -> str:
        """The value shown for a name."""
        return self._values[name].text()


class UnitSettings(FactsCard):
    """The unit (本单位)."""

    def __init__(self) -> None:
        super().__init__("本单位")

    def show_unit(self, unit: Unit, person_name: str) -> None:
        """Show unit and person."""
        department = unit.department_name or unit.name
        self.set_fact("单位", f"{unit.name}（{unit.code}）")
        self.set_fact("主管部门", department)
        self.set_fact("归口股室", unit.bureau_office)
        self.set_fact("填报人", person_name)


class KitSettings(FactsCard):
    """The kit in force (任务参数包)."""

    kit_requested = Signal()

    def __init__(self) -> None:
        super().__init__("任务参数包")
        self.code = CheckCodeLabel(points=12)
        self.note = paragraph("", "muted")
        self.body.addWidget(self.code)
        self.body.addWidget(self.note)
        self.body.addLayout(row(button("装入新的任务参数包…", clicked=self.kit_requested.emit), None))

    def show_kit(self, kit: KitCard | None) -> None:
        """Show the kit, or that there is none."""
        self.code.setVisible(kit is not None and bool(kit.check_code))
        if kit is None:
            self.note.setText("还没有装入任务参数包。")
            return
        self.set_fact("名称", f"{kit.name}　第 {kit.version} 版")
        self.set_fact("下发单位", kit.issuer_name)
        self.set_fact("装入时间", full_time(kit.taken_at) if kit.taken_at else "")
        self.code.set_code(kit.check_code)
        plain = (
            "程序自带的通用示范参数：可以填写、校验、打印和导出；装入财政部门的任务参数包后才能生成报送文件。"
        )
        self.note.setText(plain if kit.is_builtin else "上面是任务参数包的核对码，可与财政部门的通知核对。")


_IN_FILE = (
    "忘记签名密码时不能找回，只能更换签名：换成新的签名和密码，填过的表和生成过的文件不受影响，"
    "下一次报送时财政部门会重新核对。"
)
_ON_TOKEN = (
    "签名时请插好 UKey 并输入它的 PIN 码。UKey 丢失或 PIN 码锁定时，可以更换 UKey 或改用本机密钥文件，"
    "填过的表和生成过的文件不受影响，下一次报送时财政部门会重新核对。"
)


class KeySettings(FactsCard):
    """The signing key (签名)."""

    key_requested = Signal()
    password_requested = Signal()
    registration_requested = Signal()
    token_requested = Signal()
    module_requested = Signal()

    def __init__(self) -> None:
        super().__init__("签名")
        self.state = StatusChip()
        self.head.addWidget(self.state)
        self.code = CheckCodeLabel(points=12)
        self.note = paragraph("", "muted")
        self.key_button = button("", clicked=self.key_requested.emit)
        self.password_button = button("修改签名密码…", clicked=self.password_requested.emit)
        self.registration_button = button("生成签名登记申请…", clicked=self.registration_requested.emit)
        self.token_button = button("改用 UKey…", clicked=self.token_requested.emit)
        self.module_button = button("重新选择 UKey 模块…", clicked=self.module_requested.emit)
        self.body.addWidget(self.code)
        self.body.addWidget(self.note)
        self.body.addLayout(row(self.password_button, self.key_button, None))
        self.body.addLayout(row(self.token_button, self.module_button, None))
        self.body.addLayout(row(self.registration_button, None))

    def show_key(self, key: KeyCard | None, awaits_registration: bool) -> None:
        """Show the key, or that there is none."""
        due = key.due_words if key is not None else ""
        self.registration_button.setText(due or "生成签名登记申请…")
        self.registration_button.setVisible(key is not None and (awaits_registration or bool(due)))
        self.password_button.setVisible(key is not None)
        self.module_button.setVisible(key is not None and bool(key.token_label))
        self.code.setVisible(key is not None)
        if key is None:
            self.token_button.setText("用 UKey 签名…")
            self.state.set_look(ChipLook("未设置", Tone.PLAIN, "empty"))
            self.key_button.setText("设置签名密码…")
            self.note.setText("生成报送文件前要先设置签名密码，或选定签名用的 UKey。")
            return
        known = ChipLook("财政部门已登记", Tone.GOOD, "check")
        self.state.set_look(known if key.is_registered else ChipLook("等待登记", Tone.ACCENT, "time"))
        self.set_fact("签名人", key.person_name)
        self.set_fact("有效期至", full_date(key.valid_until) if key.valid_until else "")
        self.set_fact("签名方式", f"UKey“{key.token_label}”" if key.token_label else "本机密钥文件")
        self.code.set_code(key.fingerprint)
        self.password_button.setText("修改 UKey 的 PIN 码…" if key.token_label else "修改签名密码…")
        self.key_button.setText("改用本机密钥文件…" if key.token_label else "更换签名…")
        self.token_button.setText("更换 UKey…" if key.token_label else "改用 UKey…")
        self.note.setText(_ON_TOKEN if key.token_label else _IN_FILE)


_HEAD = (
    "本县要求报送文件由填报人和单位负责人两个人签名。负责人在这里设置自己的签名，或在自己的电脑上设置后签名。"
)
_HEAD_ON_TOKEN = "负责人签名时，请插好负责人自己的 UKey 并输入它的 PIN 码。"


class HeadKeySettings(FactsCard):
    """The key of 单位负责人 (负责人签名); hidden while nobody asks for a second signature and there is none."""

    head_requested = Signal()
    request_requested = Signal()
    password_requested = Signal()
    token_requested = Signal()
    module_requested = Signal()

    def __init__(self) -> None:
        super().__init__("单位负责人签名")
        self.code = CheckCodeLabel(points=12)
        self.note = paragraph(_HEAD, "muted")
        self.head_button = button("", clicked=self.head_requested.emit)
        self.request_button = button("", clicked=self.request_requested.emit)
        self.password_button = button("修改负责人签名密码…", clicked=self.password_requested.emit)
        self.token_button = button("改用 UKey…", clicked=self.token_requested.emit)
        self.module_button = button("重新选择 UKey 模块…", clicked=self.module_requested.emit)
        self.body.addWidget(self.code)
        self.body.addWidget(self.note)
        self.body.addLayout(row(self.password_button, self.head_button, None))
        self.body.addLayout(row(self.token_button, self.module_button, None))
        self.body.addLayout(row(self.request_button, None))

    def show_head(self, key: KeyCard | None, needs_head: bool) -> None:
        """Show the key, or that there is none yet."""
        self.setVisible(needs_head or key is not None)
        for item in (self.code, self.request_button, self.password_button, self.token_button):
            item.setVisible(key is not None)
        token = key.token_label if key is not None else ""
        self.module_button.setVisible(bool(token))
        self.password_button.setText("修改 UKey 的 PIN 码…" if token else "修改负责人签名密码…")
        self.token_button.setText("更换 UKey…" if token else "改用 UKey…")
        changed = "改用本机密钥文件…" if token else "更换负责人签名…"
        self.head_button.setText(changed if key is not None else "设置负责人签名…")
        self.note.setText(_HEAD_ON_TOKEN if token else _HEAD)
        if key is not None:
            self.set_fact("负责人", key.person_name)
            self.set_fact("有效期至", full_date(key.valid_until) if key.valid_until else "")
            self.set_fact("签名方式", f"UKey“{token}”" if token else "本机密钥文件")
            self.set_fact("登记情况", "财政部门已登记" if key.is_registered else "等待登记")
            self.code.set_code(key.fingerprint)
            self.request_button.setText(key.due_words or "生成签名登记申请…")
            self.request_button.setVisible(not key.is_registered or bool(key.due_words))


class PeopleSettings(Card):
    """The people at a department's desk (操作人员); hidden at a unit's."""

    people_requested = Signal()

    def __init__(self) -> None:
        super().__init__("操作人员")
        self.body.addWidget(paragraph(_PEOPLE, "muted"))
        self.people_button = button("操作人员和操作日志…", clicked=self.people_requested.emit)
        self.body.addLayout(row(self.people_button, None))


_PEOPLE = (
    "由一个人办理全部工作的，打开程序不用登录。几个人分工的，可以各设登录密码：经办人接收和报送，"
    "审核人和单位负责人审核，系统管理员管理人员和备份。"
)


class TextSizeSettings(Card):
    """The text size (文字大小)."""

    scale_chosen = Signal(float)

    def __init__(self) -> None:
        super().__init__("文字大小")
        self.size_button = MenuButton()
        self.size_button.chosen.connect(self._on_chosen)
        self.body.addLayout(row(label("整个程序的文字一起放大", "muted"), None, self.size_button))

    def show_scale(self, scale: float) -> None:
        """Show the size in force."""
        choices = [(factor, f"{factor:.0%}") for factor in TEXT_SCALES]
        self.size_button.set_choices(choices, min(TEXT_SCALES, key=lambda factor: abs(factor - scale)))

    def _on_chosen(self, scale: object) -> None:
        if isinstance(scale, float):
            self.scale_chosen.emit(scale)

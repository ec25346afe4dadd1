"""Messages that travel in signed packages (报送与下发的文件): their types and common head."""

from __future__ import annotations

import enum

FORMAT_VERSION = 1
"""Version of payload.json's format; a reader refuses what is newer as `cannot_judge`."""
WORKBOOKS_SIGNED = "workbooks_signed"
"""Key of payload.json: true when every workbook inside carries the signer's signature; older packages lack it."""


COUNTERSIGNED = "countersigned"
"""Key of a submission: true when it is to bear the second signature of 单位负责人; without it, it is not whole."""
PURPOSE = "purpose"
"""Key of a registration request: what it is for; missing means a first registration."""
REPLACES = "replaces"
"""Key of a registration request: 核对码 of the key that the new one replaces, "" for none."""


class RequestPurpose(enum.StrEnum):
    """What a registration request is for (申请事由)."""

    FIRST = "first"
    RENEWAL = "renewal"
    REPLACEMENT = "replacement"

    @property
    def label(self) -> str:
        """首次登记, 续期, 补办."""
        return {"first": "首次登记", "renewal": "续期", "replacement": "补办"}[self.value]


NESTED_FOLDER = "packages/"
"""Folder of the units' own packages within a department's."""


class MessageType(enum.StrEnum):
    """What a package is (文件类型); closed list of the package format."""

    SUBMISSION = "submission"
    DEPARTMENT_SUBMISSION = "department_submission"
    REGISTRATION_REQUEST = "registration_request"
    PARAMETER_KIT = "parameter_kit"
    RECEIPT = "receipt"
    RETURN_SLIP = "return_slip"
    APPROVAL = "approval"
    RECTIFICATION_NOTICE = "rectification_notice"
    RECTIFICATION_ANSWER = "rectification_answer"
    RECHECK_OPINION = "recheck_opinion"
    SAMPLING_PROTOCOL = "sampling_protocol"
    PROGRAM_UPDATE = "program_update"
    TRUST_LIST = "trust_list"

    @property
    def label(self) -> str:
        """The name people see."""
        return _LABELS[self]


_LABELS = {
    MessageType.SUBMISSION: "报送文件",
    MessageType.DEPARTMENT_SUBMISSION: "主管部门汇总报送文件",
    MessageType.REGISTRATION_REQUEST: "签名登记申请",
    MessageType.PARAMETER_KIT: "任务参数包",
    MessageType.RECEIPT: "接收回执",
    MessageType.RETURN_SLIP: "退回修改通知",
    MessageType.APPROVAL: "批复通知",
    MessageType.RECTIFICATION_NOTICE: "整改通知",
    MessageType.RECTIFICATION_ANSWER: "整改反馈",
    MessageType.RECHECK_OPINION: "复核审核意见",
    MessageType.SAMPLING_PROTOCOL: "抽查记录",
    MessageType.PROGRAM_UPDATE: "程序更新",
    MessageType.TRUST_LIST: "证书名单",
}


def package_file_name(
    unit_code: str, working_year: int, kind: MessageType, number: int, manifest_hex: str
) -> str:
    """File name of a package: unit, working year, type, the sender's running number, digest's first 8 hex."""
    return f"{unit_code}_{working_year}_{kind.value}_{number}_{manifest_hex[:8]}.asice"

"""Messages that travel in signed packages (报送与下发的文件): their types and common head."""

from __future__ import annotations

import enum

FORMAT_VERSION = 1
"""Version of payload.json's format; a reader refuses what is newer as `cannot_judge`."""
WORKBOOKS_SIGNED = "workbooks_signed"
"""Key of payload.json: true when every workbook inside carries the signer's signature; older packages lack it."""


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
}


def package_file_name(
    unit_code: str, working_year: int, kind: MessageType, number: int, manifest_hex: str
) -> str:
    """File name of a package: unit, working year, type, the sender's running number, digest's first 8 hex."""
    return f"{unit_code}_{working_year}_{kind.value}_{number}_{manifest_hex[:8]}.asice"

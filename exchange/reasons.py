"""Reason codes (原因代码): the closed list behind every verdict, one place for code, word and sentence.

A code never has two verdicts. `docs/reason-codes.md` is written from this list. Sentences say where,
what, and what to do; they name no file format.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from models.domain.verdict import Reason, VerdictWord


class Fact(enum.StrEnum):
    """Which separate fact of a verdict a reason denies (结论的各项事实); NONE for mere notes."""

    INTACT = "intact"
    AUTHENTIC = "authentic"
    TRUSTED = "trusted"
    COMPLETE = "complete"
    SUPPORTED = "supported"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ReasonKind:
    """One entry of the list (原因条目): what is wrong and what to do, without the place."""

    code: str
    word: VerdictWord
    fact: Fact
    what: str
    remedy: str


class RefusalError(Exception):
    """Ends a stage of strict reading (停止读取); carries the reasons found, never reaches a user as such."""

    def __init__(self, *reasons: Reason) -> None:
        self.reasons = reasons
        super().__init__(", ".join(r.code for r in reasons))


_RESEND = "不能接收，请让对方重新生成并直接交来"
_RESEAL = "不能接收，请让对方核对签名证书后重新生成"
_UPDATE = "请先更新本程序，再接收这份文件"


def _altered(code: str, what: str, remedy: str = _RESEND) -> ReasonKind:
    return ReasonKind(code, VerdictWord.ALTERED, Fact.INTACT, what, remedy)


def _forged(code: str, what: str, remedy: str = _RESEAL, fact: Fact = Fact.AUTHENTIC) -> ReasonKind:
    return ReasonKind(code, VerdictWord.INVALID_SIGNATURE, fact, what, remedy)


def _open(code: str, fact: Fact, what: str, remedy: str) -> ReasonKind:
    return ReasonKind(code, VerdictWord.CANNOT_JUDGE, fact, what, remedy)


def _note(code: str, what: str, remedy: str, fact: Fact = Fact.NONE) -> ReasonKind:
    return ReasonKind(code, VerdictWord.VALID_WITH_NOTES, fact, what, remedy)


_LIMITS = (
    _open("unreadable_file", Fact.COMPLETE, "文件打不开或读不出来", "请检查路径和存储介质，重新复制后再试"),
    _open("not_a_package", Fact.SUPPORTED, "不是本程序生成的报送文件", "请确认选对了文件，让对方交来原文件"),
    _open(
        "file_too_large", Fact.SUPPORTED, "文件超过本程序能够读取的大小", "请让对方减少或压缩附件后重新生成"
    ),
    _open(
        "too_many_members",
        Fact.SUPPORTED,
        "里面的文件个数超过本程序能够读取的数量",
        "请让对方分几次生成后交来",
    ),
    _open(
        "member_too_large",
        Fact.SUPPORTED,
        "里面有一个文件超过能够读取的大小",
        "请让对方压缩该附件后重新生成",
    ),
)

_NAMES = (
    _altered("name_path", "里面的文件名带有路径，可能把文件写到别处"),
    _altered("name_characters", "里面的文件名含有不允许的字符或看不见的字符"),
    _altered("name_reserved", "里面的文件名是系统保留的名称，或以点、空格结尾"),
    _altered("entry_kind", "里面有文件夹、快捷链接或带特殊属性的文件"),
    _altered("name_duplicate", "里面有两个文件同名"),
    _altered("name_case", "里面有两个文件名只差大小写"),
)

_STRUCTURE = (
    _altered("container_truncated", "文件不完整，后面缺了一段"),
    _altered("container_comment", "文件末尾被加了说明文字"),
    _altered("container_hidden_data", "文件里夹带了清单以外的数据"),
    _altered("container_order", "里面文件的排列与本程序生成的不同"),
    _altered("mimetype_wrong", "文件开头的类型标记不对"),
    _altered("entry_compressed", "里面的文件被重新压缩过"),
    _altered("entry_size", "里面文件标明的大小不真实"),
    _altered("entry_overlap", "里面的文件互相重叠"),
    _altered("entry_headers_differ", "里面文件的前后两处标记不一致"),
    _altered("entry_profile", "里面文件的标记不是本程序写的"),
    _altered("entry_checksum", "里面文件的校验值不对"),
)

_MANIFEST = (
    _altered("manifest_missing", "缺少文件清单"),
    _altered("manifest_form", "文件清单的写法与本程序生成的不同"),
    _altered("manifest_declaration", "文件清单里夹带了不允许的声明"),
    _altered("manifest_duplicate", "文件清单把同一个文件列了两次"),
    _altered("manifest_algorithm", "文件清单用了不安全的摘要方法"),
    _altered("manifest_foreign", "文件清单是另一份报送文件的"),
    _altered("member_unsigned", "多出一个清单上没有的文件"),
    _altered("member_missing", "清单上的文件不见了"),
    _altered("member_changed", "内容在签名以后被改动"),
    _altered("member_place", "清单上列了本程序不认识的文件"),
)

_SIGNATURE = (
    _forged("signature_missing", "没有签名"),
    _forged("signature_form", "签名的写法与本程序生成的不同"),
    _forged("signature_signers", "一个签名里有几个签署人"),
    _forged("signature_attributes", "签名里夹带了不允许的项目"),
    _forged("signature_other_content", "签名是另一份文件的"),
    _forged("signature_bad", "签名核对不上"),
    _forged("certificate_unsuitable", "签名证书不是用来签报送文件的", fact=Fact.TRUSTED),
    _forged(
        "foreign_root",
        "签名证书不是本财政部门签发的",
        "不能接收，请让对方使用本财政部门签发的证书重新生成",
        Fact.TRUSTED,
    ),
    _forged(
        "certificate_revoked",
        "签名证书已被财政部门注销",
        "不能接收，请让对方重新办理签名登记后再生成",
        Fact.TRUSTED,
    ),
    _forged(
        "signed_before_validity",
        "签名时间早于证书生效时间",
        "不能接收，请让对方校准电脑时间后重新生成",
        Fact.TRUSTED,
    ),
    _forged(
        "signed_after_validity",
        "签名时证书已经过期",
        "不能接收，请让对方重新办理签名登记后再生成",
        Fact.TRUSTED,
    ),
    _forged(
        "unit_mismatch",
        "内容里的单位与签名证书的单位不同",
        "不能接收，请让填报单位用本单位的证书重新生成",
        Fact.TRUSTED,
    ),
    _forged(
        "wrong_role",
        "签署人的身份不能发出这类文件",
        "不能接收，请向财政部门索取正式文件",
        Fact.TRUSTED,
    ),
    _forged(
        "request_not_self_signed",
        "签名登记申请没有用申请登记的密钥签名",
        "不能接收，请让该单位重新生成登记申请",
        Fact.TRUSTED,
    ),
)

_TRUST = (
    _open(
        "no_root",
        Fact.TRUSTED,
        "本机还没有财政部门的根证书，无法核对签名",
        "请先导入财政部门的任务参数包并核对核对码",
    ),
    _open(
        "root_expired",
        Fact.TRUSTED,
        "财政部门的根证书已经过期",
        "请核对本机时间，并向财政部门索取新的任务参数包",
    ),
    _open(
        "unregistered_signer",
        Fact.TRUSTED,
        "首次收到该单位的签名，还没有登记",
        "请与纸质封面上的密钥核对码比对，一致后登记",
    ),
    _open(
        "no_revocation_list",
        Fact.TRUSTED,
        "没有证书注销名单，不知道证书是否已被注销",
        "请取得财政部门的证书注销名单后再核对",
    ),
    _open(
        "stale_revocation_list",
        Fact.TRUSTED,
        "证书注销名单已经过期",
        "请取得财政部门最新的证书注销名单后再核对",
    ),
)

_PAYLOAD = (
    _altered("payload_missing", "缺少填报数据"),
    _altered("payload_encoding", "填报数据的文字编码不对"),
    _altered("payload_syntax", "填报数据的写法有错误，无法读取"),
    _altered("payload_number", "填报数据里有不允许的数字写法"),
    _altered("payload_depth", "填报数据的层次过深"),
    _altered("payload_duplicate_key", "填报数据里同一个项目出现了两次"),
    _altered("payload_not_canonical", "填报数据的写法不是本程序生成的"),
    _altered("payload_type", "填报数据缺少必需的项目，或项目的类型不对"),
    _open("newer_format", Fact.SUPPORTED, "文件由更新版本的程序生成，本程序还不认识", _UPDATE),
    _open("unknown_message_type", Fact.SUPPORTED, "本程序不认识这种文件类型", _UPDATE),
    _open("unknown_form", Fact.SUPPORTED, "里面有本程序不认识的表", _UPDATE),
    _open("unknown_form_version", Fact.SUPPORTED, "里面的表是本程序不认识的版本", _UPDATE),
    _open(
        "unknown_kit_version",
        Fact.SUPPORTED,
        "填报所用的任务参数包在本机没有",
        "请先导入该任务参数包，再接收这份文件",
    ),
)

_EVIDENCE = (
    _altered("evidence_unlisted", "填报数据没有提到这份佐证材料"),
    _altered("evidence_missing", "填报数据列了这份佐证材料，里面却没有"),
    _altered("evidence_differs", "佐证材料与填报数据登记的不是同一份文件"),
    _altered("evidence_kind", "佐证材料是程序或脚本，可能有害", "不能接收，请让对方移除该文件后重新生成"),
)

_NESTED = (
    _open(
        "nested_too_many",
        Fact.SUPPORTED,
        "里面的下级单位报送文件超过本程序能够读取的份数",
        "请让主管部门分几次汇总报送",
    ),
    _open(
        "nested_too_large",
        Fact.SUPPORTED,
        "这份下级单位报送文件超过能够读取的大小",
        "请让该单位压缩佐证材料后重新生成",
    ),
    _altered("nested_name", "下级单位报送文件的名称不是本程序写的"),
    _altered("nested_unlisted", "汇总清单没有提到这份下级单位报送文件"),
    _altered("nested_missing", "汇总清单列了这份下级单位报送文件，里面却没有"),
    _altered("nested_differs", "下级单位报送文件与汇总清单登记的不是同一份"),
    _altered("nested_twice", "同一份下级单位报送文件夹带了两次"),
)

_DOCUMENTS = (
    _altered("pdf_form", "文书不是本程序生成的样式，无法逐项核对"),
    _altered("pdf_not_whole", "文书签名以后又添加了内容"),
    _altered("pdf_signatures", "文书里有不止一个签名"),
    _altered("pdf_active_content", "文书里夹带了脚本、可执行动作或附件"),
    _forged("pdf_unsigned", "文书没有签名"),
    _forged("pdf_signature_bad", "文书的签名核对不上"),
    _forged("pdf_other_signer", "文书的签署人与报送文件的签署人不同"),
    _altered("document_kind", "不是表格应有的文件种类"),
)

_WORKBOOKS = (
    _altered("workbook_form", "表格不是本程序生成的样式，无法逐项核对"),
    _altered("workbook_inflated", "表格展开以后大得不合常理"),
    _altered("workbook_declaration", "表格里夹带了不允许的声明"),
    _altered("workbook_formula", "表格里有单元格是公式"),
    _altered("workbook_macro", "表格里夹带了宏或控件"),
    _altered("workbook_external_link", "表格里夹带了通向外部文件或网址的链接"),
    _altered("workbook_embedded_object", "表格里夹带了嵌入的对象"),
    _altered("workbook_hidden_relation", "表格里夹带了隐藏的内容"),
    _altered("workbook_signatures", "表格里有不止一个签名"),
    _altered("workbook_changed", "表格内容在签名以后被改动"),
    _forged("workbook_not_covered", "表格的签名没有覆盖全部内容"),
    _forged("workbook_unsigned", "表格没有签名"),
    _forged("workbook_signature_form", "表格签名的写法与本程序生成的不同"),
    _forged("workbook_duplicate_id", "表格的签名里有两处用了同一个编号"),
    _forged("workbook_moved_object", "表格签名的内容被挪到了别处"),
    _forged("workbook_second_signed_info", "表格的签名里夹带了第二份签名内容"),
    _forged("workbook_algorithm", "表格的签名用了不允许的算法"),
    _forged("workbook_transform", "表格的签名里夹带了不允许的转换"),
    _forged("workbook_signature_bad", "表格的签名核对不上"),
    _forged("workbook_other_signer", "表格的签署人与报送文件的签署人不同"),
    _note(
        "workbook_without_signature",
        "表格没有签名，是由较早版本的程序生成的",
        "可以接收，内容以报送文件的签名为准，请提醒对方更新程序",
    ),
)

_NOTES = (
    _note(
        "dated_in_future",
        "签名时间晚于本机时间，对方电脑的时钟可能不准",
        "可以接收，以接收时间为准",
    ),
    _note("certificate_expired", "签名以后证书已经过期", "可以接收，请提醒对方重新办理签名登记"),
    _note("certificate_expiring", "签名证书快要到期", "可以接收，请提醒对方重新办理签名登记"),
    _note(
        "evidence_not_enclosed",
        "填报内容提到了附件，报送文件里却没有这份附件",
        "可以接收，请向报送单位索取，或请其添加佐证材料后重新报送",
        Fact.COMPLETE,
    ),
    _note(
        "blocking_findings",
        "填报内容有本应先改正的问题",
        "可以接收，请在审核时逐条核对",
        Fact.COMPLETE,
    ),
)

_INTAKE = (
    _open(
        "not_for_this_desk",
        Fact.SUPPORTED,
        "这种文件不在这里接收",
        "请在它的收件单位打开；单位的报送文件才在这里接收",
    ),
    _open(
        "unknown_unit",
        Fact.SUPPORTED,
        "报送单位不在单位名录里",
        "请核对单位代码，确属本级单位的先补录名录再接收",
    ),
    _open(
        "other_departments_unit",
        Fact.SUPPORTED,
        "报送单位不归这个主管部门管",
        "请核对单位名录里的主管部门，或让该单位交给自己的主管部门",
    ),
    _open(
        "nested_deeper",
        Fact.SUPPORTED,
        "汇总报送文件里又套了一份汇总报送文件",
        "请让下级主管部门直接报送，或只汇总单位自己的报送文件",
    ),
    _open(
        "nested_kind",
        Fact.SUPPORTED,
        "汇总报送文件里夹带的不是单位的报送文件",
        "请让对方把这份文件直接交给收件单位",
    ),
    _open(
        "signer_for_bureau",
        Fact.TRUSTED,
        "该单位的签名还没有在财政部门登记",
        "可以先接收和审核，请比对封面上的签名核对码，随汇总报送后由财政部门登记",
    ),
    _open(
        "other_key_of_unit",
        Fact.TRUSTED,
        "该单位以前用的是另一个签名，这个签名还没有登记",
        "请与报送单位核实，更换过签名的由财政部门登记并装入新的任务参数包后再接收",
    ),
    _open(
        "unknown_task",
        Fact.SUPPORTED,
        "对应的填报任务没有下达过",
        "请核对任务，确需接收的由经办人决定",
    ),
    _open(
        "older_version",
        Fact.SUPPORTED,
        "比已接收的版本旧",
        "请与报送单位核实以哪一份为准，再决定是否接收",
    ),
    _open(
        "version_conflict",
        Fact.SUPPORTED,
        "版本号与已接收的相同，内容却不同",
        "请与报送单位核实以哪一份为准，再决定是否接收",
    ),
)

SECTIONS: tuple[tuple[str, tuple[ReasonKind, ...]], ...] = (
    ("读取限度", _LIMITS),
    ("文件名", _NAMES),
    ("文件结构", _STRUCTURE),
    ("清单与摘要", _MANIFEST),
    ("签名与证书", _SIGNATURE),
    ("信任依据", _TRUST),
    ("填报数据", _PAYLOAD),
    ("佐证材料", _EVIDENCE),
    ("下级单位报送文件", _NESTED),
    ("随附文书", _DOCUMENTS),
    ("随附工作簿", _WORKBOOKS),
    ("提示", _NOTES),
    ("接收时才知道", _INTAKE),
)
"""The list in the order of judgement; the last section is used at intake only."""

REASONS: dict[str, ReasonKind] = {kind.code: kind for _, kinds in SECTIONS for kind in kinds}
"""Every reason by its code."""


def reason(code: str, where: str = "", detail: str = "") -> Reason:
    """The reason of that code with its sentence 「where：what（detail）。remedy。」; KeyError for an unknown code."""
    kind = REASONS[code]
    head = f"{where}：" if where else ""
    more = f"（{detail}）" if detail else ""
    return Reason(code, f"{head}{kind.what}{more}。{kind.remedy}。")


def word_of(reasons: tuple[Reason, ...]) -> VerdictWord:
    """The worst of the reasons' own verdicts (结论), 有效 when there is none."""
    words = (REASONS[item.code].word for item in reasons)
    return max(words, key=lambda word: word.rank, default=VerdictWord.VALID)

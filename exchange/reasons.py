"""Reason codes (原因代码): the closed list behind every verdict, one place for code, word and sentence.

A code never has two verdicts. `docs/reason-codes.md` is written from this list. Sentences say where,
what, and what to do; they name no file format.
"""

from __future__ import annotations

from exchange.reason_kinds import UPDATE, Fact, ReasonKind, altered, forged, noted, undecided
from exchange.reasons_at_intake import AT_INTAKE, NESTED
from models.domain.verdict import Reason, VerdictWord

__all__ = ["REASONS", "SECTIONS", "Fact", "ReasonKind", "RefusalError", "reason", "word_of"]


class RefusalError(Exception):
    """Ends a stage of strict reading (停止读取); carries the reasons found, never reaches a user as such."""

    def __init__(self, *reasons: Reason) -> None:
        self.reasons = reasons
        super().__init__(", ".join(r.code for r in reasons))


_LIMITS = (
    undecided(
        "unreadable_file", Fact.COMPLETE, "文件打不开或读不出来", "请检查路径和存储介质，重新复制后再试"
    ),
    undecided(
        "not_a_package", Fact.SUPPORTED, "不是本程序生成的报送文件", "请确认选对了文件，让对方交来原文件"
    ),
    undecided(
        "empty_file",
        Fact.COMPLETE,
        "文件是空的，里面没有任何内容，可能没有复制完整",
        "请重新复制，仍是空的请让对方重新交来",
    ),
    undecided(
        "file_too_large", Fact.SUPPORTED, "文件超过本程序能够读取的大小", "请让对方减少或压缩附件后重新生成"
    ),
    undecided(
        "too_many_members",
        Fact.SUPPORTED,
        "里面的文件个数超过本程序能够读取的数量",
        "请让对方分几次生成后交来",
    ),
    undecided(
        "member_too_large",
        Fact.SUPPORTED,
        "里面有一个文件超过能够读取的大小",
        "请让对方压缩该附件后重新生成",
    ),
)

_NAMES = (
    altered("name_path", "里面的文件名带有路径，可能把文件写到别处"),
    altered("name_characters", "里面的文件名含有不允许的字符或看不见的字符"),
    altered("name_reserved", "里面的文件名是系统保留的名称，或以点、空格结尾"),
    altered("entry_kind", "里面有文件夹、快捷链接或带特殊属性的文件"),
    altered("name_duplicate", "里面有两个文件同名"),
    altered("name_case", "里面有两个文件名只差大小写"),
)

_STRUCTURE = (
    altered("container_truncated", "文件不完整，后面缺了一段"),
    altered("container_comment", "文件末尾被加了说明文字"),
    altered("container_hidden_data", "文件里夹带了清单以外的数据"),
    altered("container_order", "里面文件的排列与本程序生成的不同"),
    altered("mimetype_wrong", "文件开头的类型标记不对"),
    altered("entry_compressed", "里面的文件被重新压缩过"),
    altered("entry_size", "里面文件标明的大小不真实"),
    altered("entry_overlap", "里面的文件互相重叠"),
    altered("entry_headers_differ", "里面文件的前后两处标记不一致"),
    altered("entry_profile", "里面文件的标记不是本程序写的"),
    altered("entry_checksum", "里面文件的校验值不对"),
)

_MANIFEST = (
    altered("manifest_missing", "缺少文件清单"),
    altered("manifest_form", "文件清单的写法与本程序生成的不同"),
    altered("manifest_declaration", "文件清单里夹带了不允许的声明"),
    altered("manifest_duplicate", "文件清单把同一个文件列了两次"),
    altered("manifest_algorithm", "文件清单用了不安全的摘要方法"),
    altered("manifest_foreign", "文件清单是另一份报送文件的"),
    altered("member_unsigned", "多出一个清单上没有的文件"),
    altered("member_missing", "清单上的文件不见了"),
    altered("member_changed", "内容在签名以后被改动"),
    altered("member_place", "清单上列了本程序不认识的文件"),
)

_SIGNATURE = (
    forged("signature_missing", "没有签名"),
    forged("signature_form", "签名的写法与本程序生成的不同"),
    forged("signature_signers", "一个签名里有几个签署人"),
    forged("signature_attributes", "签名里夹带了不允许的项目"),
    forged("signature_other_content", "签名是另一份文件的"),
    forged("signature_bad", "签名核对不上"),
    forged("certificate_unsuitable", "签名证书不是用来签报送文件的", fact=Fact.TRUSTED),
    forged(
        "foreign_root",
        "签名证书不是本财政部门签发的",
        "不能接收，请让对方使用本财政部门签发的证书重新生成",
        Fact.TRUSTED,
    ),
    forged(
        "certificate_revoked",
        "签名证书已被财政部门注销",
        "不能接收，请让对方重新办理签名登记后再生成",
        Fact.TRUSTED,
    ),
    forged(
        "signed_before_validity",
        "签名时间早于证书生效时间",
        "不能接收，请让对方校准电脑时间后重新生成",
        Fact.TRUSTED,
    ),
    forged(
        "signed_after_validity",
        "签名时证书已经过期",
        "不能接收，请让对方重新办理签名登记后再生成",
        Fact.TRUSTED,
    ),
    forged(
        "unit_mismatch",
        "内容里的单位与签名证书的单位不同",
        "不能接收，请让填报单位用本单位的证书重新生成",
        Fact.TRUSTED,
    ),
    forged(
        "wrong_role",
        "签署人的身份不能发出这类文件",
        "不能接收，请向财政部门索取正式文件",
        Fact.TRUSTED,
    ),
    forged(
        "request_not_self_signed",
        "签名登记申请没有用申请登记的密钥签名",
        "不能接收，请让该单位重新生成登记申请",
        Fact.TRUSTED,
    ),
)

_COUNTERSIGNATURE = (
    altered("countersignature_manifest", "负责人签名签的不是这份内容"),
    forged("countersignature_incomplete", "负责人签名不完整，缺少签名或清单"),
    forged(
        "countersignature_unexpected",
        "这类文件不该有负责人签名",
        "不能接收，请让对方重新生成",
        Fact.TRUSTED,
    ),
    forged(
        "countersigner_role",
        "第二个签名不是用单位负责人的签名签的",
        "不能接收，请由单位负责人用自己登记的签名重新签",
        Fact.TRUSTED,
    ),
    forged(
        "countersigner_same_key",
        "两个签名是同一个人的",
        "不能接收，请由填报人和单位负责人分别签名",
        Fact.TRUSTED,
    ),
    undecided(
        "countersignature_missing",
        Fact.COMPLETE,
        "还缺单位负责人的签名",
        "请让该单位的负责人签名后重新交来，不用重新填报",
    ),
    undecided(
        "unregistered_countersigner",
        Fact.TRUSTED,
        "首次收到该单位负责人的签名，还没有登记",
        "请与纸质封面上的负责人签名核对码比对，一致后登记",
    ),
)

_REQUESTS = (
    forged("request_unproved", "登记申请没有证明密钥是申请人自己的", "不能接收，请让该单位重新生成登记申请"),
    forged("request_other_key", "登记申请里的密钥与签名的密钥不同", "不能接收，请让该单位重新生成登记申请"),
)

_TRUST = (
    undecided(
        "no_root",
        Fact.TRUSTED,
        "本机还没有财政部门的根证书，无法核对签名",
        "请先导入财政部门的任务参数包并核对核对码",
    ),
    undecided(
        "root_expired",
        Fact.TRUSTED,
        "财政部门的根证书已经过期",
        "请核对本机时间，并向财政部门索取新的任务参数包",
    ),
    undecided(
        "unregistered_signer",
        Fact.TRUSTED,
        "首次收到该单位的签名，还没有登记",
        "请与盖章封面上的签名核对码比对，一致后登记",
    ),
    undecided(
        "no_revocation_list",
        Fact.TRUSTED,
        "没有证书注销名单，不知道证书是否已被注销",
        "请取得财政部门的证书注销名单后再核对",
    ),
    undecided(
        "stale_revocation_list",
        Fact.TRUSTED,
        "证书注销名单已经过期",
        "请取得财政部门最新的证书注销名单后再核对",
    ),
)

_PAYLOAD = (
    altered("payload_missing", "缺少填报数据"),
    altered("payload_encoding", "填报数据的文字编码不对"),
    altered("payload_syntax", "填报数据的写法有错误，无法读取"),
    altered("payload_number", "填报数据里有不允许的数字写法"),
    altered("payload_depth", "填报数据的层次过深"),
    altered("payload_duplicate_key", "填报数据里同一个项目出现了两次"),
    altered("payload_not_canonical", "填报数据的写法不是本程序生成的"),
    altered("payload_type", "填报数据缺少必需的项目，或项目的类型不对"),
    undecided("newer_format", Fact.SUPPORTED, "文件由更新版本的程序生成，本程序还不认识", UPDATE),
    undecided("unknown_message_type", Fact.SUPPORTED, "本程序不认识这种文件类型", UPDATE),
    undecided("unknown_form", Fact.SUPPORTED, "里面有本程序不认识的表", UPDATE),
    undecided("unknown_form_version", Fact.SUPPORTED, "里面的表是本程序不认识的版本", UPDATE),
    undecided(
        "unknown_kit_version",
        Fact.SUPPORTED,
        "填报所用的任务参数包在本机没有",
        "请先导入该任务参数包，再接收这份文件",
    ),
)

_EVIDENCE = (
    altered("evidence_unlisted", "填报数据没有提到这份佐证材料"),
    altered("evidence_missing", "填报数据列了这份佐证材料，里面却没有"),
    altered("evidence_differs", "佐证材料与填报数据登记的不是同一份文件"),
    altered("evidence_kind", "佐证材料是程序或脚本，可能有害", "不能接收，请让对方移除该文件后重新生成"),
)

_DOCUMENTS = (
    altered("pdf_form", "文书不是本程序生成的样式，无法逐项核对"),
    altered("pdf_not_whole", "文书签名以后又添加了内容"),
    altered("pdf_signatures", "文书里有不止一个签名"),
    altered("pdf_active_content", "文书里夹带了脚本、可执行动作或附件"),
    forged("pdf_unsigned", "文书没有签名"),
    forged("pdf_signature_bad", "文书的签名核对不上"),
    forged("pdf_other_signer", "文书的签署人与报送文件的签署人不同"),
    altered("document_kind", "不是表格应有的文件种类"),
)

_WORKBOOKS = (
    altered("workbook_form", "表格不是本程序生成的样式，无法逐项核对"),
    altered("workbook_inflated", "表格展开以后大得不合常理"),
    altered("workbook_declaration", "表格里夹带了不允许的声明"),
    altered("workbook_formula", "表格里有单元格是公式"),
    altered("workbook_macro", "表格里夹带了宏或控件"),
    altered("workbook_external_link", "表格里夹带了通向外部文件或网址的链接"),
    altered("workbook_embedded_object", "表格里夹带了嵌入的对象"),
    altered("workbook_hidden_relation", "表格里夹带了隐藏的内容"),
    altered("workbook_signatures", "表格里有不止一个签名"),
    altered("workbook_changed", "表格内容在签名以后被改动"),
    forged("workbook_not_covered", "表格的签名没有覆盖全部内容"),
    forged("workbook_unsigned", "表格没有签名"),
    forged("workbook_signature_form", "表格签名的写法与本程序生成的不同"),
    forged("workbook_duplicate_id", "表格的签名里有两处用了同一个编号"),
    forged("workbook_moved_object", "表格签名的内容被挪到了别处"),
    forged("workbook_second_signed_info", "表格的签名里夹带了第二份签名内容"),
    forged("workbook_algorithm", "表格的签名用了不允许的算法"),
    forged("workbook_transform", "表格的签名里夹带了不允许的转换"),
    forged("workbook_signature_bad", "表格的签名核对不上"),
    forged("workbook_other_signer", "表格的签署人与报送文件的签署人不同"),
    noted(
        "workbook_without_signature",
        "表格没有签名，是由较早版本的程序生成的",
        "可以接收，内容以报送文件的签名为准，请提醒对方更新程序",
    ),
)

_NOTES = (
    noted(
        "dated_in_future",
        "签名时间晚于本机时间，对方电脑的时钟可能不准",
        "可以接收，以接收时间为准",
    ),
    noted(
        "certificate_revoked_later",
        "签名以后证书被财政部门注销",
        "可以接收，签名时间由对方的电脑写入，有疑问的请与报送单位核实",
    ),
    noted("certificate_expired", "签名以后证书已经过期", "可以接收，请提醒对方重新办理签名登记"),
    noted("certificate_expiring", "签名证书快要到期", "可以接收，请提醒对方重新办理签名登记"),
    noted(
        "evidence_not_enclosed",
        "填报内容提到了附件，报送文件里却没有这份附件",
        "可以接收，请向报送单位索取，或请其添加佐证材料后重新报送",
        Fact.COMPLETE,
    ),
    noted(
        "blocking_findings",
        "填报内容有本应先改正的问题",
        "可以接收，请在审核时逐条核对",
        Fact.COMPLETE,
    ),
)

SECTIONS: tuple[tuple[str, tuple[ReasonKind, ...]], ...] = (
    ("读取限度", _LIMITS),
    ("文件名", _NAMES),
    ("文件结构", _STRUCTURE),
    ("清单与摘要", _MANIFEST),
    ("签名与证书", _SIGNATURE),
    ("负责人签名", _COUNTERSIGNATURE),
    ("登记申请", _REQUESTS),
    ("信任依据", _TRUST),
    ("填报数据", _PAYLOAD),
    ("佐证材料", _EVIDENCE),
    ("下级单位报送文件", NESTED),
    ("随附文书", _DOCUMENTS),
    ("随附工作簿", _WORKBOOKS),
    ("提示", _NOTES),
    ("接收时才知道", AT_INTAKE),
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

"""Reasons around a department's package, and those known at intake only (汇总报送与接收时的原因)."""

from __future__ import annotations

from exchange.reason_kinds import Fact, altered, undecided

NESTED = (
    undecided(
        "nested_too_many",
        Fact.SUPPORTED,
        "里面的下级单位报送文件超过本程序能够读取的份数",
        "请让主管部门分几次汇总报送",
    ),
    undecided(
        "nested_too_large",
        Fact.SUPPORTED,
        "这份下级单位报送文件超过能够读取的大小",
        "请让该单位压缩佐证材料后重新生成",
    ),
    altered("nested_name", "下级单位报送文件的名称不是本程序写的"),
    altered("nested_unlisted", "汇总清单没有提到这份下级单位报送文件"),
    altered("nested_missing", "汇总清单列了这份下级单位报送文件，里面却没有"),
    altered("nested_differs", "下级单位报送文件与汇总清单登记的不是同一份"),
    altered("nested_twice", "同一份下级单位报送文件夹带了两次"),
)

AT_INTAKE = (
    undecided(
        "not_for_this_desk",
        Fact.SUPPORTED,
        "这种文件不在这里接收",
        "请在它的收件单位打开；单位的报送文件才在这里接收",
    ),
    undecided(
        "unknown_unit",
        Fact.SUPPORTED,
        "报送单位不在单位名录里",
        "请核对单位代码，确属本级单位的先补录名录再接收",
    ),
    undecided(
        "other_departments_unit",
        Fact.SUPPORTED,
        "报送单位不归这个主管部门管",
        "请核对单位名录里的主管部门，或让该单位交给自己的主管部门",
    ),
    undecided(
        "nested_deeper",
        Fact.SUPPORTED,
        "汇总报送文件里又套了一份汇总报送文件",
        "请让下级主管部门直接报送，或只汇总单位自己的报送文件",
    ),
    undecided(
        "nested_kind",
        Fact.SUPPORTED,
        "汇总报送文件里夹带的不是单位的报送文件",
        "请让对方把这份文件直接交给收件单位",
    ),
    undecided(
        "signer_for_bureau",
        Fact.TRUSTED,
        "该单位的签名还没有在财政部门登记",
        "可以先接收和审核，请比对封面上的签名核对码，随汇总报送后由财政部门登记",
    ),
    undecided(
        "other_key_of_unit",
        Fact.TRUSTED,
        "该单位以前用的是另一个签名，这个签名还没有登记",
        "请与报送单位核实，更换过签名的由财政部门登记并装入新的任务参数包后再接收",
    ),
    undecided(
        "unknown_task",
        Fact.SUPPORTED,
        "对应的填报任务没有下达过",
        "请核对任务，确需接收的由经办人决定",
    ),
    undecided(
        "older_version",
        Fact.SUPPORTED,
        "比已接收的版本旧",
        "请与报送单位核实以哪一份为准，再决定是否接收",
    ),
    undecided(
        "version_conflict",
        Fact.SUPPORTED,
        "版本号与已接收的相同，内容却不同",
        "请与报送单位核实以哪一份为准，再决定是否接收",
    ),
)

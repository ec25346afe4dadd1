"""Names of a desk's keys (密钥名称), and what people call the password of each."""

from __future__ import annotations

UNIT, HEAD, ROOT, BUREAU = "unit", "head", "root", "bureau"
"""The signing person's and 单位负责人's at a unit; root and the key that signs at a bureau."""

PASSWORDS = {UNIT: "签名密码", HEAD: "负责人签名密码", ROOT: "根密码", BUREAU: "签发密码"}

"""The command line in Chinese (用法说明): help, and one sentence for a wrong use."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

_WRONG = (
    (r"the following arguments are required: (.+)", r"缺少 \1"),
    (r"unrecognized arguments: (.+)", r"不认识 \1"),
    (r"argument (.+): expected one argument", r"\1 后面要写一个值"),
    (r"argument (.+): expected at least one argument", r"\1 后面至少要写一个值"),
    (r"argument (.+): (要写.+)", r"\1 \2"),
    (r"argument (.+): invalid choice: '(.*?)'.*", r"没有\1“\2”"),
    (r"ambiguous option: (\S+).*", r"\1 写得不全"),
    (r"argument (.+): ignored explicit argument '(.*)'", r"\1 后面不能写值"),
)
"""What argparse may complain about, and how it is said here."""


def year(text: str) -> int:
    """A year as an argument (年度); argparse's own error for anything but four digits."""
    if not re.fullmatch("[1-9][0-9]{3}", text):
        raise argparse.ArgumentTypeError(f"要写四位数的年度，不能写“{text}”")
    return int(text)


def count(text: str) -> int:
    """How many of something (份数), from 0 to 99999; argparse's own error for anything else."""
    if not re.fullmatch("[0-9]{1,5}", text):
        raise argparse.ArgumentTypeError(f"要写 0 到 99999 的整数，不能写“{text}”")
    return int(text)


class _ChineseHelp(argparse.HelpFormatter):
    """Help whose first word is Chinese."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """The usage line."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class ChineseParser(argparse.ArgumentParser):
    """A parser that speaks Chinese; usage errors are one sentence and status 2 (命令解析)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **{**options, "add_help": False, "formatter_class": _ChineseHelp, "allow_abbrev": False}
        )
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示用法后退出")

    def error(self, message: str) -> NoReturn:
        """One sentence on stderr."""
        said = next(
            (re.sub(wrong, right, message) for wrong, right in _WRONG if re.fullmatch(wrong, message)),
            message,
        )
        self.exit(2, f"命令写法不对：{said}。加 --help 可以看用法。\n")

"""The command line (命令行): which subcommands there are, and how failures leave.

Exit status: 0 all well · 1 done, but something was found · 2 could not be done, one sentence on stderr.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from models.domain.errors import DeskError

if TYPE_CHECKING:
    from services.tools import Tools

Screens = Callable[..., Sequence[str]]


class _Parser(argparse.ArgumentParser):
    """Usage errors in Chinese, status 2."""

    def error(self, message: str) -> None:  # type: ignore[override]
        """One sentence on stderr."""
        self.exit(2, f"命令写法不对：{message}\n{self.format_usage()}")


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = _Parser(prog="run", description="预算绩效工作台。不带子命令时打开窗口。")
    top.add_argument("--self-check", action="store_true", help="列出随程序的字体、参数包和翻译后退出")
    sub = top.add_subparsers(dest="command", parser_class=_Parser, metavar="子命令")
    demo = sub.add_parser("demo", help="在空文件夹里不开窗口走完一遍流程")
    demo.add_argument("folder")
    demo.add_argument("--submissions", type=int, default=0, help="另外生成多少份报送文件供测量")
    verify = sub.add_parser("verify", help="核验报送文件，不需要数据库")
    verify.add_argument("packages", nargs="+")
    verify.add_argument("--trust", action="append", required=True, help="根证书或已登记证书文件，可重复")
    verify.add_argument("--crl", action="append", default=[], help="证书注销名单")
    verify.add_argument("--json", action="store_true")
    take = sub.add_parser("import", help="成批接收报送文件到财政端工作区")
    take.add_argument("paths", nargs="+")
    take.add_argument("--workspace", required=True)
    take.add_argument("--kit", help="新建工作区时用的任务参数包")
    take.add_argument("--trust", help="新建工作区时用的根证书")
    take.add_argument("--json", action="store_true")
    export = sub.add_parser("export", help="导出一个单位的官方表样")
    export.add_argument("--workspace", required=True)
    export.add_argument("--unit", required=True)
    export.add_argument("--year", type=int, required=True, help="预算年度")
    export.add_argument("--to", required=True)
    return top


def run(arguments: argparse.Namespace, tools: Tools, screens: Screens) -> int:
    """Run a subcommand; whatever the user or the environment caused is one sentence and status 2."""
    try:
        return _command(arguments.command)(arguments, tools, screens)
    except DeskError as error:
        print(error.sentence, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"读写文件时出错：{error.strerror or error}。请检查路径和磁盘。", file=sys.stderr)
        return 2


def _command(name: str) -> Callable[[argparse.Namespace, Tools, Screens], int]:
    """The subcommand's own module, imported only when asked for."""
    if name == "demo":
        from commands import demo

        return demo.run
    if name == "verify":
        from commands import verify

        return verify.run
    if name == "import":
        from commands import import_packages

        return import_packages.run
    from commands import export

    return export.run

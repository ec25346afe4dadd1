"""The command line (命令行): which subcommands there are, and how failures leave.

Exit status: 0 all well · 1 done, but something was found · 2 could not be done, one sentence on stderr.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from commands.failures import sentence_of
from commands.output import speak_utf8
from commands.usage import ChineseParser, count, year

if TYPE_CHECKING:
    from services.tools import Tools

    Subcommands = argparse._SubParsersAction[ChineseParser]

Screens = Callable[..., Sequence[str]]


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments read; a wrong use leaves with status 2 and one sentence."""
    speak_utf8()
    return parser().parse_args(argv)


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = ChineseParser(prog="run", description="预算绩效工作台。不带子命令时打开窗口。")
    top.add_argument("--self-check", action="store_true", help="列出随程序的字体、参数包和翻译后退出")
    sub = top.add_subparsers(dest="command", parser_class=ChineseParser, metavar="子命令", title="子命令")
    demo = sub.add_parser("demo", help="在空文件夹里不开窗口走完一遍流程")
    demo.add_argument("folder", metavar="文件夹", help="空文件夹，没有时新建")
    demo.add_argument(
        "--submissions", type=count, default=0, metavar="份数", help="另外生成多少份报送文件供测量"
    )
    check = sub.add_parser("check", help="检查手工填写的表格和报送文件，复算得分")
    check.add_argument("paths", nargs="+", metavar="文件", help="表格（.xlsx）、报送文件或文件夹，可以多个")
    check.add_argument(
        "--kit", metavar="参数包", help="按哪个任务参数包检查（文件或 JSON），不给时按国家通行做法"
    )
    check.add_argument("--json", action="store_true", help="输出 JSON")
    verify = sub.add_parser("verify", help="核验报送文件，不需要数据库")
    verify.add_argument("packages", nargs="+", metavar="文件", help="报送文件，可以多个")
    verify.add_argument(
        "--trust", action="append", required=True, metavar="证书", help="根证书或已登记证书文件，可重复"
    )
    verify.add_argument("--crl", action="append", default=[], metavar="名单", help="证书注销名单")
    verify.add_argument("--json", action="store_true", help="输出 JSON")
    take = sub.add_parser("import", help="成批接收报送文件到财政端工作区")
    take.add_argument("paths", nargs="+", metavar="路径", help="报送文件或文件夹，可以多个")
    _add_workspace(take)
    take.add_argument("--kit", metavar="参数包", help="新建工作区时用的任务参数包")
    take.add_argument(
        "--trust",
        action="append",
        default=[],
        metavar="证书",
        help="新建工作区时用的根证书或已登记证书，可重复",
    )
    take.add_argument("--json", action="store_true", help="输出 JSON")
    _add_outputs(sub)
    _add_move(sub)
    return top


def _add_move(sub: Subcommands) -> None:
    """Moving a bureau's workspace to a shared database and back."""
    move = sub.add_parser("move", help="把财政端工作区移到多人共用的数据库，或移回本机")
    _add_workspace(move)
    move.add_argument("--to", metavar="地址", help="空的 PostgreSQL 数据库的地址；不给时移回本机的文件夹")
    told = "登记过操作人员的工作区，由哪一位系统管理员办理；密码在提示后输入，或从标准输入读一行"
    move.add_argument("--person", metavar="姓名", help=told)
    move.add_argument("--json", action="store_true", help="输出 JSON")


def _add_workspace(command: argparse.ArgumentParser) -> None:
    """Which workspace: a folder, or the address of a shared database with a folder beside it."""
    where = "工作区的文件夹，或多人共用数据库的地址（postgresql+psycopg://…）"
    command.add_argument("--workspace", required=True, metavar="工作区", help=where)
    beside = "用数据库地址时，本机存放报送文件副本的文件夹；不给时放在用户的数据文件夹里"
    command.add_argument("--files", metavar="文件夹", help=beside)


def _add_outputs(sub: Subcommands) -> None:
    """What is written out of a workspace."""
    export = sub.add_parser("export", help="导出一个单位的官方表样")
    _add_workspace(export)
    export.add_argument("--unit", required=True, metavar="单位代码", help="哪个单位的表")
    export.add_argument("--year", type=year, required=True, metavar="年度", help="预算年度")
    export.add_argument("--to", required=True, metavar="去处", help="文件夹，或以 .pdf、.xlsx 结尾的一个文件")
    summary = sub.add_parser("summary", help="把一个预算年度的汇总数导出成工作簿")
    _add_workspace(summary)
    summary.add_argument("--year", type=year, required=True, metavar="年度", help="预算年度")
    summary.add_argument("--to", required=True, metavar="去处", help="以 .xlsx 结尾的文件")


def run(arguments: argparse.Namespace, tools: Tools, screens: Screens) -> int:
    """Run a subcommand; whatever goes wrong is one sentence and status 2, never a traceback."""
    try:
        return _command(arguments.command)(arguments, tools, screens)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  # status 1 of a traceback would read as "done"
        print(sentence_of(error), file=sys.stderr)
        return 2


def _command(name: str) -> Callable[[argparse.Namespace, Tools, Screens], int]:
    """The subcommand's own module, imported only when asked for."""
    if name == "demo":
        from commands import demo

        return demo.run
    if name == "check":
        from commands import check

        return check.run
    if name == "verify":
        from commands import verify

        return verify.run
    if name == "import":
        from commands import import_packages

        return import_packages.run
    if name == "move":
        from commands import move

        return move.run
    if name == "summary":
        from commands import summary

        return summary.run
    from commands import export

    return export.run

"""Signing in on the command line (命令行登录): at a desk that knows its people, work for 系统管理员 asks who it is.

The password comes from the terminal without being shown, or as one line of the standard input; never as an argument,
which other programs could read.
"""

from __future__ import annotations

import getpass
import sys

from models.domain.errors import InputError
from services import people
from services.desk_people import asks_who, seat_lone_person
from services.workspaces import Workspace


def sign_in(workspace: Workspace, person: str | None) -> None:
    """Sign in where people are registered. InputError without a name, or for an unknown one; raises as `people.enter`."""
    if not asks_who(workspace):
        seat_lone_person(workspace)
        return
    if not person:
        raise InputError("这个工作区已登记操作人员", "请用 --person 写明办理人的姓名")
    user = next((one for one in people.people(workspace) if one.name == person and one.is_active), None)
    if user is None:
        raise InputError(f"没有在用的操作人员{person}", "请核对姓名")
    if people.enter(workspace, user.user_id, _password(person)).must_change:
        raise InputError(f"{person}还没有改首次登录的密码", "请先在窗口里登录一次")


def _password(person: str) -> str:
    """The password, from the terminal or the standard input."""
    if sys.stdin.isatty():
        return getpass.getpass(f"{person}的登录密码：")
    return sys.stdin.readline().rstrip("\r\n")

"""What the frame is told (主窗口数据)."""

from __future__ import annotations

from typing import NamedTuple


class NavigationItem(NamedTuple):
    """A place of the side navigation (导航项); `is_below` puts it under the line, with settings and help."""

    key: str
    text: str
    icon: str
    is_below: bool = False


class DeskIdentity(NamedTuple):
    """Whose desk it is (工作台身份): desk word 填报端 / 财政端 / 主管部门端, unit, person and the person's role."""

    desk: str
    unit_name: str
    person_name: str = ""
    person_role: str = ""


FILER_NAVIGATION = (
    NavigationItem("home", "工作台", "home"),
    NavigationItem("projects", "项目", "project"),
    NavigationItem("sent", "报送", "send"),
    NavigationItem("inbox", "回执与退回", "inbox"),
    NavigationItem("settings", "设置", "settings", is_below=True),
    NavigationItem("help", "帮助", "help", is_below=True),
)
"""The filer's desk; the bureau's desk brings its own."""

"""`move` at a desk that knows its people: who asks gives their password on the standard input, never as an argument."""

from __future__ import annotations

import io

import pytest

from models.domain.desk_user import UserRole
from services import people
from services.audit_log import newest
from tests.commands.conftest import Run
from tests.services.county import County

ADDRESS, PASSWORD = "postgresql+psycopg://kx@server/perf", "first-2026"


@pytest.fixture
def staffed(county: County, monkeypatch: pytest.MonkeyPatch) -> County:
    """One administrator who has signed in before."""
    monkeypatch.setitem(people._COST, "n", 2**4)
    first = people.add_person(county.bureau, "李文", [UserRole.LEADER], "", PASSWORD)
    people.enter_anew(county.bureau, first.user_id, PASSWORD, f"{PASSWORD}-own")
    county.bureau.signed_in = ""
    return county


def typed(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{words}\n"))


def test_who_asks_is_known(staffed: County, run: Run, monkeypatch: pytest.MonkeyPatch):
    wanted = ("move", "--workspace", staffed.bureau.folder, "--to", ADDRESS)
    assert "--person" in run(*wanted).sentence
    assert "没有在用的操作人员周明" in run(*wanted, "--person", "周明").sentence
    typed(monkeypatch, "falsch-2026")
    assert "登录密码不正确" in run(*wanted, "--person", "李文").sentence
    staffed.tools.clock.moment = staffed.tools.clock.moment.replace(minute=59)
    typed(monkeypatch, f"{PASSWORD}-own")
    said = run(*wanted, "--person", "李文")
    assert (said.status, "已移动" in said.out) == (0, True)
    entry = newest(staffed.bureau)[0]
    assert (entry.who, entry.what) == ("李文", "移到多人共用的数据库")


def test_without_people_nobody_is_asked(county: County, run: Run):
    assert run("move", "--workspace", county.bureau.folder, "--to", ADDRESS).status == 0

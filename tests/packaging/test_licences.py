"""Every library that goes out with the program is named among its licences."""

from __future__ import annotations

import re

from tests.source import ROOT


def test_every_library_shipped_is_named() -> None:
    locked = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    names = set(re.findall(r"^([A-Za-z0-9_.-]+)==", locked, re.MULTILINE))
    told = (ROOT / "resources" / "help" / "licences.md").read_text(encoding="utf-8").lower()
    words = set(re.findall(r"[a-z0-9_.-]+", told.replace("_", "-")))
    assert "orjson" in names
    assert names - {"pyside6-essentials"} - words == set()
    assert "pyside6" in words

"""The closed list of reasons, its page, and what the package may load when the program starts."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import exchange
from exchange.reason_page import reason_page
from exchange.reasons import REASONS, SECTIONS, Fact, word_of
from models.domain.verdict import Reason, VerdictWord
from tests.exchange.attacks import ATTACKS

ROOT = Path(exchange.__file__).parent.parent


def test_the_page_is_written_from_the_list() -> None:
    page = (ROOT / "docs" / "reason-codes.md").read_text("utf-8")
    assert page == reason_page(), "python -m exchange.reason_page > docs/reason-codes.md"


def test_no_code_stands_twice() -> None:
    kinds = [kind for _, section in SECTIONS for kind in section]
    assert len({kind.code for kind in kinds}) == len(kinds)
    assert len({kind.what for kind in kinds}) == len(kinds)


def test_every_code_the_package_gives_is_on_the_list_and_the_other_way_round() -> None:
    sources = {path: path.read_text("utf-8") for path in (ROOT / "exchange").rglob("*.py")}
    texts = [
        text for path, text in sources.items() if path.name not in ("reasons.py", "reasons_at_intake.py")
    ]
    used = {code for text in texts for code in re.findall(r'"([a-z]+_[a-z_]+)"', text)}
    elsewhere = {kind.code for title, kinds in SECTIONS for kind in kinds if title == "接收时才知道"}
    by_callback = {"unknown_form", "unknown_form_version", "unknown_kit_version", "blocking_findings"}
    by_callback.add("evidence_not_enclosed")
    assert set(REASONS) - used == elsewhere | by_callback


def test_intake_shares_the_list() -> None:
    for code in (
        "older_version",
        "version_conflict",
        "unknown_task",
        "unknown_unit",
        "not_for_this_desk",
    ):
        assert REASONS[code].word is VerdictWord.CANNOT_JUDGE


def test_words_and_facts_agree() -> None:
    facts = {
        VerdictWord.ALTERED: {Fact.INTACT},
        VerdictWord.INVALID_SIGNATURE: {Fact.AUTHENTIC, Fact.TRUSTED},
        VerdictWord.CANNOT_JUDGE: {Fact.TRUSTED, Fact.SUPPORTED, Fact.COMPLETE},
        VerdictWord.VALID_WITH_NOTES: {Fact.NONE, Fact.COMPLETE},
    }
    for kind in REASONS.values():
        assert kind.fact in facts[kind.word], kind.code


def test_the_worst_reason_names_the_verdict() -> None:
    assert word_of(()) is VerdictWord.VALID
    both = (Reason("dated_in_future", ""), Reason("foreign_root", ""), Reason("no_root", ""))
    assert word_of(both) is VerdictWord.INVALID_SIGNATURE


def test_every_numbered_attack_of_this_package_is_tried() -> None:
    numbers = {int(attack.name.split()[0]) for attack in ATTACKS}
    assert numbers == {*range(1, 16), *range(17, 29)}
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS)


def test_nothing_heavy_is_loaded_at_program_start() -> None:
    modules = ("vault", "authority", "writer", "reader", "requests", "reasons")
    heavy = ("cryptography", "asn1crypto", "pyhanko", "lxml", "reportlab")
    code = (
        "import sys\n"
        + "".join(f"import exchange.{name}\n" for name in modules)
        + f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT, timeout=60
    )
    assert done.stdout.strip() == "[]"

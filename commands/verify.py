"""`./run verify`: a verdict per package, no database needed (核验)."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from commands.cli import Screens
from commands.output import print_json
from models.domain.errors import KeyProblem
from models.domain.verdict import Judgement, Reason
from services.inspection import inspector
from services.path_text import path_text
from services.ports.exchange import TrustMaterial
from services.tamper_contexts import shipped_contexts
from services.tampering import explained
from services.tools import Tools


def run(arguments: argparse.Namespace, tools: Tools, _screens: Screens) -> int:
    """Judge every file given, in order; status 1 when one is not acceptable."""
    trust = _trust(arguments, tools)
    now, inspect = tools.clock.now(), inspector(None, tools.reasons)
    objects, is_well = [], True
    for name in arguments.packages:
        judged = tools.reader.judge(Path(name), trust, now, inspect_answers=inspect)
        is_well &= judged.verdict.is_acceptable
        reasons = explained(tools, Path(name), judged, judged.verdict.reasons, shipped_contexts(tools))
        if arguments.json:
            objects.append(_object(name, judged, reasons))
        else:
            _tell(name, judged, reasons)
    if arguments.json:
        print_json(objects)
    return 0 if is_well else 1


def _tell(name: str, judged: Judgement, reasons: Sequence[Reason]) -> None:
    """One file for people."""
    print(f"{path_text(name)}：{judged.verdict.word.label}")
    for reason in reasons:
        print(f"　　{reason.message}")


def _trust(arguments: argparse.Namespace, tools: Tools) -> TrustMaterial:
    """Trust files as given; KeyProblem when one cannot be read."""
    certificates = [_text(name) for name in arguments.trust]
    return tools.sort_trust(certificates, [_text(name) for name in arguments.crl])


def _text(name: str) -> str:
    """The text of a trust file."""
    try:
        return Path(name).read_text("utf-8")
    except (OSError, ValueError) as error:
        raise KeyProblem("信任文件读不出来", "请检查证书文件的路径", path_text(name)) from error


def _object(name: str, judged: Judgement, reasons: Sequence[Reason]) -> dict[str, Any]:
    """One file's object in the shape of docs/commands.md."""
    return {
        "file": path_text(name),
        "verdict": judged.verdict.word.value,
        "reasons": [{"code": reason.code, "message": reason.message} for reason in reasons],
        "message_type": judged.message_type,
        "unit_code": judged.unit_code,
        "fiscal_year": _fiscal_year(judged),
        "signers": [
            {
                "name": signer.name,
                "unit": signer.unit,
                "role": signer.role,
                "fingerprint": signer.fingerprint,
                "signing_time": signer.signing_time.isoformat() if signer.signing_time else None,
            }
            for signer in judged.signers
        ],
        "manifest_sha256": judged.manifest_sha256,
    }


def _fiscal_year(judged: Judgement) -> int | None:
    """The budget year of the filings, null when there is none or several."""
    filings = (judged.payload or {}).get("filings")
    items = [item for item in filings if isinstance(item, dict)] if isinstance(filings, list) else []
    years = {year for item in items if type(year := item.get("budget_year")) is int}
    return years.pop() if len(years) == 1 else None

"""`./run verify`: a verdict per package, no database needed (核验)."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from commands.cli import Screens
from commands.output import print_json
from models.domain.errors import KeyProblem
from models.domain.verdict import Judgement
from services.inspection import inspector
from services.ports.exchange import TrustMaterial
from services.tools import Tools


def run(arguments: argparse.Namespace, tools: Tools, _screens: Screens) -> int:
    """Judge every file given, in order; status 1 when one is not acceptable."""
    trust = _trust(arguments, tools)
    now, inspect = tools.clock.now(), inspector(None, tools.reasons)
    judged = [
        tools.reader.judge(Path(name), trust, now, inspect_answers=inspect) for name in arguments.packages
    ]
    if arguments.json:
        print_json([_object(name, one) for name, one in zip(arguments.packages, judged, strict=True)])
    else:
        for name, one in zip(arguments.packages, judged, strict=True):
            print(f"{name}：{one.verdict.word.label}")
            for reason in one.verdict.reasons:
                print(f"　　{reason.message}")
    return 0 if all(one.verdict.is_acceptable for one in judged) else 1


def _trust(arguments: argparse.Namespace, tools: Tools) -> TrustMaterial:
    """Trust files as given; KeyProblem when one cannot be read."""
    try:
        certificates = [Path(name).read_text("utf-8") for name in arguments.trust]
        lists = [Path(name).read_text("utf-8") for name in arguments.crl]
    except (OSError, UnicodeDecodeError) as error:
        raise KeyProblem("信任文件读不出来", "请检查证书文件的路径") from error
    return tools.sort_trust(certificates, lists)


def _object(name: str, judged: Judgement) -> dict[str, Any]:
    """One file's object in the shape of docs/commands.md."""
    return {
        "file": name,
        "verdict": judged.verdict.word.value,
        "reasons": [{"code": reason.code, "message": reason.message} for reason in judged.verdict.reasons],
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
    years = (
        {f.get("budget_year") for f in filings if isinstance(f, dict)} if isinstance(filings, list) else set()
    )
    year = years.pop() if len(years) == 1 else None
    return year if type(year) is int else None

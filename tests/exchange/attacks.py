"""The attacks of the package format, numbered as there; each says which reason it must earn.

Number 16 is known at intake only.
"""

from __future__ import annotations

from tests.exchange.attack_containers import containers
from tests.exchange.attack_countersignatures import countersignatures
from tests.exchange.attack_documents import documents
from tests.exchange.attack_evidence import evidence
from tests.exchange.attack_manifests import manifests
from tests.exchange.attack_names import names
from tests.exchange.attack_nested import nested
from tests.exchange.attack_payloads import payloads
from tests.exchange.attack_signatures import signatures
from tests.exchange.attack_signers import signers
from tests.exchange.attack_workbooks import workbooks

ATTACKS = [
    *containers(),
    *names(),
    *manifests(),
    *signers(),
    *signatures(),
    *countersignatures(),
    *payloads(),
    *documents(),
    *workbooks(),
    *evidence(),
    *nested(),
]

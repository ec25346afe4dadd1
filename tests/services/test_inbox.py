"""Files that come down to a clerk's desk are told apart by what is in them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from models.domain.errors import InputError
from services import receipts
from services.inbox import take_in
from services.kits import KitOffer
from services.receipts import TakenReceipt
from services.workspaces import Workspace
from tests.services.county import County


def test_by_content_whatever_the_name(county: County, town: Workspace, tmp_path: Path):
    sent = county.accepted(town, county.filled(town))
    (record,) = receipts.without_receipt(county.bureau)
    receipt = receipts.issue_receipt(county.bureau, record, county.keys.bureau, county.stick)
    renamed = tmp_path / "990000_2026_parameter_kit_9_00000000.asice"
    shutil.copy(receipt.source_path, renamed)
    assert isinstance(take_in(town, renamed), TakenReceipt)
    assert isinstance(take_in(town, county.issued()), KitOffer)
    with pytest.raises(InputError, match="这是报送文件"):
        take_in(town, sent)
    renamed.write_bytes(b"x")
    with pytest.raises(InputError):
        take_in(town, renamed)

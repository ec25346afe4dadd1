"""Properties of the readers under random damage: never a crash, never anything accepted that was not sealed.

Few examples in everybody's run, many in the step 随机检验 of `./test` (profile `thorough`), so its time is bounded.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.altered import look
from exchange.judging import Judging
from exchange.limits import DEFAULT_LIMITS
from exchange.payload import read_payload
from exchange.pdf_inspection import inspect_pdf
from exchange.pdf_text import pdf_texts
from exchange.reasons import REASONS, RefusalError
from exchange.workbook_inspection import inspect_workbook
from exchange.workbook_signature.archive import pack_parts, read_parts
from models.domain.canonical_json import canonical_json
from models.domain.verdict import Verdict
from tests.exchange.books import package, plain_book, signed_book
from tests.exchange.rawzip import seal
from tests.exchange.world import NOW, World, signed_pdf, submission

PIECES = (
    b"<!DOCTYPE x>", b"<f>1</f>", b"&e;", b"\0", b"<?x?>", b"</Signature>", b'Id="idPackageObject"', b"PK\3\4",
    b"endstream", b"stream\n", b"obj", b"9" * 30, b"(", b"<<", b"/ByteRange [0 1 2 3]", b"\xff\xfe", b"]]>",
)  # fmt: skip
"""What readers trip over, beside bytes of chance."""


EDITS = st.lists(
    st.tuples(
        st.integers(0, 99_999),
        st.one_of(st.integers(0, 12), st.integers(0, 20_000)),
        st.one_of(st.none(), st.sampled_from(PIECES), st.binary(max_size=24)),
    ),
    min_size=1,
    max_size=3,
)
"""Places in a hundred thousandth of the whole, how many bytes go, and what comes instead: None for the same again."""
Edits = list[tuple[int, int, bytes | None]]


def damaged(good: bytes, edits: Edits) -> bytes:
    """The bytes with places cut, doubled or replaced."""
    data = good
    for place, length, put in edits:
        start = place * len(data) // 100_000
        gone = data[start : start + length]
        data = data[:start] + (2 * gone if put is None else put) + data[start + length :]
    return data


def verdict_of(data: bytes, world: World) -> Verdict:
    judging = Judging("fuzz.asice", data, DEFAULT_LIMITS)
    return judging.read(world.trust, NOW, inspect_documents=True).bare.verdict


@pytest.fixture(scope="module")
def whole(world: World) -> bytes:
    """A package with a signed workbook and a signed PDF."""
    members = {"documents/01_a.pdf": signed_pdf(world.unit), "documents/01_a.xlsx": signed_book(world.unit)}
    return seal(world.unit, payload=canonical_json(submission(workbooks_signed=True)), members=members)


@given(edits=EDITS)
def test_a_damaged_package_is_refused_and_looked_at_without_a_crash(
    edits: Edits, whole: bytes, world: World
) -> None:
    hostile = damaged(whole, edits)
    verdict = verdict_of(hostile, world)
    assert verdict.is_acceptable == (hostile == whole)
    assert {reason.code for reason in verdict.reasons} <= set(REASONS)
    found = look(hostile, DEFAULT_LIMITS)
    for content in found.documents.values() if found else ():
        assert all(isinstance(text, str) for text in pdf_texts(content))


@given(edits=EDITS, which=st.integers(0, 20))
def test_a_part_damaged_before_sealing_is_never_the_signers(edits: Edits, which: int, world: World) -> None:
    parts = read_parts(signed_book(world.unit))
    names = [name for name in parts if not name.startswith("docProps/")]
    name = names[which % len(names)]
    hostile = damaged(parts[name], edits)
    book = pack_parts({**parts, name: hostile})
    found = inspect_workbook(book, world.unit.signing_certificate, "", must_be_signed=True)
    says_the_same = (
        name.endswith((".rels", "].xml")) and not found
    )  # blanks between elements are no difference
    assert bool(found) == (hostile != parts[name]) or says_the_same
    assert {reason.code for reason in found} <= set(REASONS)
    assert found == [] or not verdict_of(package(world, book), world).is_acceptable


@given(edits=EDITS)
def test_a_damaged_workbook_file_never_crashes(edits: Edits, world: World) -> None:
    for good in (signed_book(world.unit), plain_book()):
        hostile = damaged(good, edits)
        found = inspect_workbook(hostile, world.unit.signing_certificate, "", must_be_signed=True)
        assert found or hostile == good


@pytest.fixture(scope="module")
def pdf(world: World) -> bytes:
    """A signed PDF, the same for all examples: its signature is another each time it is made."""
    return signed_pdf(world.unit)


@given(edits=EDITS)
def test_a_damaged_pdf_is_never_the_signers(edits: Edits, pdf: bytes, world: World) -> None:
    good = pdf
    hostile = damaged(good, edits)
    assert bool(inspect_pdf(hostile, world.unit.signing_certificate, "")) == (hostile != good)
    pdf_texts(hostile)


json_values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=12),
        st.sampled_from(["\ud800", "=1"]),
    ),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=25,
)


def read(content: bytes) -> dict[str, Any] | None:
    try:
        return read_payload(content, DEFAULT_LIMITS)
    except RefusalError as refusal:
        found = {reason.code for reason in refusal.reasons}
    assert found <= set(REASONS)
    return None


@given(key=st.sampled_from(sorted(submission()) + sorted(submission()["filings"][0])), value=json_values)
def test_any_value_at_any_key_of_a_payload_is_read_or_refused(key: str, value: Any) -> None:
    payload = submission()
    (payload if key in payload else payload["filings"][0])[key] = value
    content = json.dumps(payload, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()
    found = read(content)
    assert found is None or canonical_json(found) == content


@given(edits=EDITS)
def test_a_damaged_payload_is_refused_or_spelled_as_it_was(edits: Edits) -> None:
    hostile = damaged(canonical_json(submission()), edits)
    found = read(hostile)
    assert found is None or canonical_json(found) == hostile


@given(content=st.binary(max_size=300))
def test_bytes_of_chance_are_no_payload(content: bytes) -> None:
    assert read(content) is None

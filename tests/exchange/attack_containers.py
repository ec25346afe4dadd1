"""Attacks 1–3, 6, 9, 10: the container lies."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Any

from tests.exchange.attack import (
    ALTERED,
    EVIDENCE,
    OPEN,
    SIGNATURE,
    Attack,
    attack,
)
from tests.exchange.rawzip import contents, entries, pack, seal, with_entry
from tests.exchange.world import (
    World,
)


def _deflated(world: World, content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    squeezed = packer.compress(content) + packer.flush()
    return with_entry(
        world.unit, EVIDENCE, content=squeezed, method=8, size=len(content), checksum=zlib.crc32(content)
    )


def containers() -> Iterator[Attack]:
    """1–3, 6, 9, 10: the container lies."""

    def entry(position: int = EVIDENCE, **changes: Any) -> Callable[[World], bytes]:
        return lambda world: with_entry(world.unit, position, **changes)

    def whole(change: Callable[[bytes], bytes]) -> Callable[[World], bytes]:
        return lambda world: change(seal(world.unit))

    yield attack("1 deflated entry", "entry_compressed", ALTERED, lambda w: _deflated(w, b"evidence"))
    yield attack("1 bomb", "entry_compressed", ALTERED, lambda w: _deflated(w, bytes(50_000_000)))
    yield attack("2 two sizes", "entry_size", ALTERED, entry(size=7))
    yield attack(
        "2 last entry too long", "entry_size", ALTERED, entry(SIGNATURE, size=99999, stored_size=99999)
    )
    yield attack("2 size too small", "container_hidden_data", ALTERED, entry(size=3, stored_size=3))
    yield attack("3 same place twice", "entry_overlap", ALTERED, entry(offset=0))
    yield attack("3 size over the next entry", "entry_overlap", ALTERED, entry(size=60, stored_size=60))
    yield attack("6 symlink", "entry_kind", ALTERED, entry(made_by=0x31E, attributes=0o120777 << 16))
    yield attack("6 directory flag", "entry_kind", ALTERED, entry(attributes=0x10))
    yield attack("6 directory name", "entry_kind", ALTERED, entry(name=b"evidence/"))
    yield attack("6 executable", "entry_kind", ALTERED, entry(made_by=0x31E, attributes=0o100755 << 16))
    yield attack("6 made by unix", "entry_profile", ALTERED, entry(made_by=0x31E))
    yield attack(
        "9 other local name", "entry_headers_differ", ALTERED, entry(local={"name": b"evidence/99999999.txt"})
    )
    yield attack("9 other local checksum", "entry_headers_differ", ALTERED, entry(local={"checksum": 1}))
    yield attack(
        "9 other local size", "entry_headers_differ", ALTERED, entry(local={"size": 3, "stored_size": 3})
    )
    yield attack("9 other local method", "entry_headers_differ", ALTERED, entry(local={"method": 8}))
    yield attack("9 both checksums wrong", "entry_checksum", ALTERED, entry(checksum=1))
    yield attack("9 encrypted flag", "entry_profile", ALTERED, entry(flags=1))
    yield attack("9 another date", "entry_profile", ALTERED, entry(date=0x5A21))
    yield attack("9 extra field", "entry_profile", ALTERED, entry(extra=b"\x75\x70\x04\x00test"))
    yield attack("10 data before", "container_hidden_data", ALTERED, whole(lambda data: b"MZ" + data))
    yield attack(
        "10 data before, offsets mended", "container_hidden_data", ALTERED, entry(0, before=b"MZ" * 9)
    )
    yield attack("10 data between", "container_hidden_data", ALTERED, entry(before=b"hidden"))
    yield attack(
        "10 data after the last entry",
        "container_hidden_data",
        ALTERED,
        lambda w: pack(entries(contents(w.unit)), gap=b"x"),
    )
    yield attack("10 data after the end", "container_hidden_data", ALTERED, whole(lambda data: data + b"x"))
    yield attack(
        "10 comment",
        "container_comment",
        ALTERED,
        lambda w: pack(entries(contents(w.unit)), comment=b"hello"),
    )
    yield attack("10 entry comment", "entry_profile", ALTERED, entry(comment=b"hello"))
    yield attack(
        "10 entry not counted",
        "container_hidden_data",
        ALTERED,
        lambda w: pack(entries(contents(w.unit)), count=4),
    )
    yield attack("10 truncated by one byte", "container_truncated", ALTERED, whole(lambda data: data[:-1]))
    yield attack(
        "10 truncated by half", "container_truncated", ALTERED, whole(lambda data: data[: len(data) // 2])
    )
    yield attack(
        "10 middle cut out", "container_truncated", ALTERED, whole(lambda data: data[:200] + data[300:])
    )
    yield attack(
        "10 zip64 end", "too_many_members", OPEN, lambda w: pack(entries(contents(w.unit)), count=0xFFFF)
    )
    yield attack(
        "10 mimetype not first", "container_order", ALTERED, lambda w: pack(entries(contents(w.unit))[::-1])
    )
    yield attack("10 another mimetype", "mimetype_wrong", ALTERED, entry(0, content=b"application/zip"))
    yield attack("10 members rearranged", "container_order", ALTERED, _rearranged)


def _rearranged(world: World) -> bytes:
    listed = entries(contents(world.unit))
    return pack([listed[0], listed[2], listed[1], *listed[3:]])

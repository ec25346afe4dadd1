"""Reading limits (读取限度): how much a strict reader is willing to take from a stranger's file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """Limits in bytes and pieces (读取限度), checked before anything is parsed.

    A town's largest submission is some tens of MB of photographs; a department's carries dozens of
    those. Depth counts nested lists and objects in the payload.
    """

    file_bytes: int = 512 * 1024 * 1024
    member_bytes: int = 256 * 1024 * 1024
    members: int = 4096
    payload_bytes: int = 64 * 1024 * 1024
    payload_depth: int = 32


DEFAULT_LIMITS = ReadingLimits()
"""What the program uses."""

"""Reading limits (读取限度): how much a strict reader is willing to take from a stranger's file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """Limits in bytes and pieces (读取限度), checked before anything is parsed.

    A town's largest submission is some tens of MB of photographs; a department's carries dozens of
    those. Depth counts nested lists and objects in the payload. Its lists and objects together, and its values,
    are counted before it is parsed: each costs memory many times its spelling. A county's kit with 3,000
    register lines has some 10,000 objects and 60,000 values. `nested_*` bound the units' packages in a department's:
    how many, and how large one may be.
    """

    file_bytes: int = 512 * 1024 * 1024
    member_bytes: int = 256 * 1024 * 1024
    members: int = 4096
    payload_bytes: int = 16 * 1024 * 1024
    payload_containers: int = 200_000
    payload_values: int = 800_000
    payload_depth: int = 32
    nested_packages: int = 1000
    nested_bytes: int = 128 * 1024 * 1024


DEFAULT_LIMITS = ReadingLimits()
"""What the program uses."""

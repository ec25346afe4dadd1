"""Dates and times in officials' Chinese (日期): 2026年9月15日."""

from __future__ import annotations

from datetime import date, datetime


def full_date(day: date) -> str:
    """2026年9月15日."""
    return f"{day.year}年{day.month}月{day.day}日"


def short_date(day: date) -> str:
    """9月15日."""
    return f"{day.month}月{day.day}日"


def full_time(moment: datetime) -> str:
    """2026年9月15日 10:32."""
    return f"{full_date(moment)} {moment:%H:%M}"


def clock_time(moment: datetime) -> str:
    """10:32:07."""
    return f"{moment:%H:%M:%S}"


def near_time(moment: datetime, today: date) -> str:
    """今天 08:30, 昨天 17:05, else month and day, with the year only where it is another."""
    days = (today - moment.date()).days
    clock = f"{moment:%H:%M}"
    if days in (0, 1):
        return f"{'今天' if days == 0 else '昨天'} {clock}"
    return f"{short_date(moment) if moment.year == today.year else full_date(moment)} {clock}"

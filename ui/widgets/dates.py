"""Dates and times in officials' Chinese (日期): 2026年9月15日.

The one place where the screens turn a moment into words: what the store gives back is in UTC, and every function here
tells it by the clock on the wall.
"""

from __future__ import annotations

from datetime import date, datetime


def full_date(day: date) -> str:
    """2026年9月15日, of a moment its day here."""
    here = day_here(day)
    return f"{here.year}年{here.month}月{here.day}日"


def short_date(day: date) -> str:
    """9月15日, of a moment its day here."""
    here = day_here(day)
    return f"{here.month}月{here.day}日"


def by_the_desk(moment: datetime) -> datetime:
    """The moment by the clock on the wall here; one without a time zone is taken to be so already."""
    return moment.astimezone() if moment.tzinfo is not None else moment


def day_here(day: date) -> date:
    """The day of a moment by the clock on the wall here; a day stays as it is."""
    return by_the_desk(day).date() if isinstance(day, datetime) else day


def full_time(moment: datetime) -> str:
    """2026年9月15日 10:32."""
    here = by_the_desk(moment)
    return f"{full_date(here)} {here:%H:%M}"


def clock_time(moment: datetime) -> str:
    """10:32:07."""
    return f"{by_the_desk(moment):%H:%M:%S}"


def near_time(moment: datetime, today: date) -> str:
    """今天 08:30, 昨天 17:05, else month and day, with the year only where it is another."""
    here = by_the_desk(moment)
    days = (today - here.date()).days
    clock = f"{here:%H:%M}"
    if days in (0, 1):
        return f"{'今天' if days == 0 else '昨天'} {clock}"
    return f"{short_date(here) if here.year == today.year else full_date(here)} {clock}"

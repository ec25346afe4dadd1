"""Dates and times in officials' Chinese (日期): 2026年9月15日."""

from __future__ import annotations

from datetime import date, datetime


def full_date(day: date) -> str:
    """2026年9月15日."""
    return f"{day.year}年{day.month}月{day.day}日"


def short_date(day: date) -> str:
    """9月15日."""
    return f"{day.month}月{day.day}日"


def by_the_desk(moment: datetime) -> datetime:
    """The moment by the clock on the wall here; one without a time zone is taken to be so already."""
    return moment.astimezone() if moment.tzinfo is not None else moment


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

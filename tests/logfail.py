"""A log record of WARNING or above fails the test that caused it, unless the test says it expects it.

A program that logs warnings in its normal paths teaches its maintainers to read over them. A test that
provokes one on purpose carries `@pytest.mark.expected_log("part of the message")`; a pattern that then does
not appear fails as well.
"""

from __future__ import annotations

import logging
import re

import pytest


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


def _patterns(item: pytest.Item) -> list[re.Pattern[str]]:
    return [re.compile(str(mark.args[0])) for mark in item.iter_markers("expected_log")]


def complaints(records: list[logging.LogRecord], patterns: list[re.Pattern[str]]) -> list[str]:
    """What is wrong with these records: unexpected ones, and expectations that nothing met."""
    texts = [f"{record.name}: {record.levelname}: {record.getMessage()}" for record in records]
    unexpected = [text for text in texts if not any(pattern.search(text) for pattern in patterns)]
    unmet = [pattern.pattern for pattern in patterns if not any(pattern.search(text) for text in texts)]
    return [f"unexpected log record: {text}" for text in unexpected] + [
        f"expected log record did not appear: {pattern}" for pattern in unmet
    ]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item):
    """Collect while the test body runs, judge when it ends."""
    collector = _Collector()
    logging.getLogger().addHandler(collector)
    try:
        result = yield
    finally:
        logging.getLogger().removeHandler(collector)
    found = complaints(collector.records, _patterns(item))
    if found:
        pytest.fail("\n".join(found), pytrace=False)
    return result

"""Work off the window's thread: results come back on it, in order, and closing leaves nothing behind."""

from __future__ import annotations

import threading

import pytest

from models.domain.errors import InputError
from ui.jobs import Jobs, Lane


@pytest.fixture
def jobs(qapp):
    made = Jobs()
    yield made
    assert made.close()


def _desk_threads():
    return [thread for thread in threading.enumerate() if thread.name.startswith("desk-")]


def test_the_result_comes_back_on_the_window_thread(qtbot, jobs):
    seen = []
    jobs.run(
        lambda ctx: threading.current_thread().name,
        lambda name: seen.append((name, threading.current_thread() is threading.main_thread())),
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [("desk-store", True)]


def test_progress_is_told_on_the_window_thread(qtbot, jobs):
    steps, done = [], []

    def work(ctx):
        for number in range(3):
            ctx.step(number, 3, f"第 {number} 步")
        return "好"

    jobs.run(work, done.append, progress=lambda *step: steps.append((*step, threading.current_thread().name)))
    qtbot.waitUntil(lambda: bool(done))
    assert steps == [(n, 3, f"第 {n} 步", "MainThread") for n in range(3)]


def test_the_store_does_one_thing_at_a_time_in_order(qtbot, jobs):
    running, most, order = [], [], []

    def work(number):
        def run(ctx):
            running.append(number)
            most.append(len(running))
            running.remove(number)
            return number

        return run

    for number in range(20):
        jobs.run(work(number), order.append)
    qtbot.waitUntil(lambda: len(order) == 20)
    assert order == list(range(20))
    assert max(most) == 1


def test_a_long_job_does_not_hold_up_the_store(qtbot, jobs):
    gate, seen = threading.Event(), []
    jobs.run(lambda ctx: gate.wait(5), lambda _: seen.append("long"), lane=Lane.LONG)
    jobs.run(lambda ctx: None, lambda _: seen.append("store"))
    qtbot.waitUntil(lambda: seen == ["store"])
    gate.set()
    qtbot.waitUntil(lambda: seen == ["store", "long"])


def test_a_failure_goes_to_its_own_handler_or_to_the_door(qtbot, jobs):
    own, door = [], []
    jobs.error_raised.connect(door.append)

    def work(ctx):
        raise InputError("名称没有填")

    jobs.run(work, failed=own.append)
    jobs.run(work)
    qtbot.waitUntil(lambda: bool(own) and bool(door))
    assert isinstance(own[0], InputError)
    assert isinstance(door[0], InputError)


def test_cancel_stops_at_the_next_step(qtbot, jobs):
    started, seen = threading.Event(), []

    def work(ctx):
        started.set()
        while True:
            ctx.step(0, 1, "")

    job = jobs.run(work, seen.append, seen.append, cancelled=lambda: seen.append("stopped"), lane=Lane.LONG)
    assert started.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: seen == ["stopped"])
    assert job.is_finished


def test_a_job_cancelled_while_waiting_never_begins(qtbot, jobs):
    gate, begun, seen = threading.Event(), [], []
    jobs.run(lambda ctx: gate.wait(5))
    waiting = jobs.run(lambda ctx: begun.append(1), cancelled=lambda: seen.append("stopped"))
    waiting.cancel()
    gate.set()
    qtbot.waitUntil(lambda: seen == ["stopped"])
    assert begun == []


def test_busy_is_told_once_for_many_jobs(qtbot, jobs):
    told, done = [], []
    jobs.busy_changed.connect(told.append)
    for _ in range(5):
        jobs.run(lambda ctx: None, done.append)
    qtbot.waitUntil(lambda: len(done) == 5 and len(told) == 2)
    assert told == [True, False]


def test_a_callback_that_breaks_does_not_stop_the_queue(qtbot, jobs):
    seen = []
    with qtbot.captureExceptions() as broken:
        jobs.run(lambda ctx: 1, lambda _: 1 / 0)
        jobs.run(lambda ctx: 2, seen.append)
        qtbot.waitUntil(lambda: seen == [2])
    assert [kind for kind, *_ in broken] == [ZeroDivisionError]
    assert not jobs.is_busy


def test_closing_cancels_waits_and_tells_nobody(qtbot):
    jobs, started, told = Jobs(), threading.Event(), []

    def work(ctx):
        started.set()
        while True:
            ctx.step(0, 1, "")

    jobs.run(work, told.append, told.append, cancelled=lambda: told.append("stopped"))
    assert started.wait(5)
    assert jobs.close()
    assert _desk_threads() == []
    late = jobs.run(lambda ctx: 1, told.append)
    qtbot.wait(20)
    assert told == []
    assert late.is_finished

"""A program that has a package judged by a process that never ends, and is killed meanwhile (被杀死的父进程)."""

from __future__ import annotations

import sys
from pathlib import Path

from exchange.judging_ahead import SpawnedJudging
from services.ports.exchange import TrustMaterial
from tests.exchange.looking import AGES, endlessly
from tests.exchange.world import NOW

if __name__ == "__main__":
    run = SpawnedJudging(processes=2).begin(endlessly)
    tickets = [run.give(Path(name), TrustMaterial(), NOW) for name in sys.argv[1:]]
    assert run.is_ready(AGES)
    print("ready", flush=True)
    while True:
        run.lanes[0].thread.join(AGES)

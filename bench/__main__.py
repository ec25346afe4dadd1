"""Every measurement in turn (全部测量): `python -m bench`, or only those named: `python -m bench seal verify`.

Each runs in a process of its own, so that none warms another up.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_NO_MEASUREMENTS = {"__main__", "report", "long_forms", "county", "taking_in"}


def measurements() -> list[str]:
    """Names of the modules that measure something."""
    here = Path(__file__).parent
    return sorted(path.stem for path in here.glob("*.py") if path.stem not in _NO_MEASUREMENTS)


def main(wanted: Sequence[str]) -> int:
    """Run them; the number of those that could not be run."""
    unknown = set(wanted) - set(measurements())
    if unknown:
        print(f"no such measurement: {', '.join(sorted(unknown))}; there are {', '.join(measurements())}")
        return 2
    failed = 0
    for name in wanted or measurements():
        print(f"== {name}", flush=True)
        failed += subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""From a bare Python 3.11–3.13 to a running program (启动准备): environment, system libraries, start, tests.

Standard library only: `./run`, `./test` and `run.cmd` call this package before anything is installed. Everything
it says goes to standard error, so that `--json` output stays clean.
"""

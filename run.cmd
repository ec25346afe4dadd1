@echo off
rem Start the program on Windows: run.cmd, or run.cmd demo DIR; needs nothing but Python 3.11-3.13.
setlocal
set "PYTHONUTF8=1"
set "CHECK=import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))"
if exist "%~dp0.venv\Scripts\python.exe" (
    "%~dp0.venv\Scripts\python.exe" -I -S -c "%CHECK%" >nul 2>nul && goto environment
)
for %%V in (3.11 3.12 3.13) do (
    py -%%V -I -S -c "%CHECK%" >nul 2>nul && set "VERSION=%%V" && goto launcher
)
python -I -S -c "%CHECK%" >nul 2>nul && goto plain
chcp 65001 >nul
echo 没有找到 Python 3.11、3.12 或 3.13。请先从 python.org 安装后再试。 1>&2
exit /b 2

:environment
"%~dp0.venv\Scripts\python.exe" "%~dp0bootstrap" run %*
exit /b %ERRORLEVEL%

:launcher
py -%VERSION% "%~dp0bootstrap" run %*
exit /b %ERRORLEVEL%

:plain
python "%~dp0bootstrap" run %*
exit /b %ERRORLEVEL%

@echo off
rem Start the program on Windows: run.cmd, or run.cmd demo DIR; needs nothing but Python 3.11-3.13.
setlocal
set "PYTHONUTF8=1"
set "HERE=%~dp0"
set "CHECK=import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))"
set "FOUND="

rem The program's own environment first, then the launcher, then whatever is called python.
set PYTHON="%HERE%.venv\Scripts\python.exe"
if exist %PYTHON% call :probe
if defined FOUND goto start
set PYTHON=py -3.11
call :probe
if defined FOUND goto start
set PYTHON=py -3.12
call :probe
if defined FOUND goto start
set PYTHON=py -3.13
call :probe
if defined FOUND goto start
set PYTHON=python
call :probe
if defined FOUND goto start
chcp 65001 >nul
echo 没有找到 Python 3.11、3.12 或 3.13。请先从 python.org 安装后再试。 1>&2
exit /b 2

:start
%PYTHON% "%HERE%bootstrap" run %*
exit /b %ERRORLEVEL%

:probe
%PYTHON% -I -S -c "%CHECK%" >nul 2>nul
if %ERRORLEVEL% equ 0 set "FOUND=yes"
exit /b 0

# Sourced by run, test and packaging/build: sets $python to a Python 3.11–3.13, the program's own one first.
# $here is the repository root.
suitable() { "$1" -I -S -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; }

python=
for candidate in "$here/.venv/bin/python" python3.11 python3.12 python3.13 python3 python; do
    if suitable "$candidate"; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "没有找到 Python 3.11、3.12 或 3.13。请先安装（Debian、Ubuntu、统信、麒麟：apt-get install python3 python3-venv）后再试。" >&2
    false
fi

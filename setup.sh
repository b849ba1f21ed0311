#!/bin/sh
# Make .venv from the pinned requirements, once; run again, it does only what is missing.
# PYTHON=/path/to/python3.12 ./setup.sh chooses the interpreter.
set -eu
cd "$(dirname "$0")"

say() { printf '%s\n' "$*" >&2; }
suits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1; }

wanted=$(cat requirements.txt constraints.txt | cksum)
if [ -f .venv/installed ] && [ "$(cat .venv/installed)" = "$wanted" ] && suits .venv/bin/python; then
    exit 0
fi

python=""
for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
    if suits "$candidate"; then python=$candidate; break; fi
done
if [ -z "$python" ]; then
    say "Error: no Python 3.11, 3.12 or 3.13 was found (tried: ${PYTHON:-python3 python3.13 python3.12 python3.11});" \
        "install one, or name it: make PYTHON=/path/to/python3.12"
    exit 2
fi
if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    say "Error: $python has no venv module; on Debian and Ubuntu: sudo apt-get install python3-venv"
    exit 2
fi

say "Setting up .venv with $("$python" --version): torch, Jupyter and nbgrader are large, this takes a few minutes."
rm -rf .venv
"$python" -m venv .venv
if ! .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile -r requirements.txt -c constraints.txt >.venv/pip.log 2>&1; then
    tail -n 5 .venv/pip.log >&2
    say "Error: pip could not install requirements.txt (its last lines are above, the rest is in .venv/pip.log);" \
        "check the network and the free disk space, then run this again."
    exit 2
fi
# pip compiles on one core; here each has its part.  A package may hold what is no Python of this version.
.venv/bin/python -m compileall -q -j 0 .venv/lib >/dev/null 2>&1 || true
printf '%s' "$wanted" >.venv/installed
if [ "$(uname -s)" = Linux ] && [ "$(id -u)" != 0 ] && ! command -v bwrap >/dev/null 2>&1; then
    say "Hint: where \`.venv/bin/python -m grading doctor\` shows missing layers, the Debian package bubblewrap may add them."
fi
say "Set up."

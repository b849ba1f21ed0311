#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the image: a Python for the marker, with what it needs.
#   AUTOGRADER_ROOT    where the service lays everything out (default: /autograder)
#   AUTOGRADER_PYTHON  an interpreter that has the packages already, in an image of your own: nothing is installed
set -euo pipefail

root=${AUTOGRADER_ROOT:-/autograder}
python=""

say() { printf '%s\n' "$*" >&2; }
suits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1; }
has_venv() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }
install() { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; }

find_python() {
    for candidate in python3.13 python3.12 python3.11 python3; do
        if suits "$candidate"; then python=$candidate; return; fi
    done
}

if [ -n "${AUTOGRADER_PYTHON:-}" ]; then
    mkdir -p "$root/python/bin"
    printf '#!/bin/sh\nexec "%s" "$@"\n' "$AUTOGRADER_PYTHON" >"$root/python/bin/python"
    chmod 755 "$root/python/bin/python"
else
    find_python
    if [ -z "$python" ]; then # Ubuntu 22.04 has Python 3.10, and 3.11 in its universe
        install python3.11 python3.11-venv
        find_python
    fi
    if [ -z "$python" ]; then
        say "Error: there is no Python 3.11, 3.12 or 3.13 here, and apt has none; choose a newer base image."
        exit 1
    fi
    if ! has_venv "$python"; then
        install "$("$python" -c 'import sys; print(f"python3.{sys.version_info[1]}-venv")')"
    fi
    rm -rf "$root/python"
    "$python" -m venv "$root/python"
    pip() { "$root/python/bin/python" -m pip install --no-cache-dir --disable-pip-version-check "$@"; }
    # The CPU's build of torch has a higher version (2.x.y+cpu) than PyPI's, which stands in where that index is away.
    pip --no-deps --extra-index-url https://download.pytorch.org/whl/cpu "$(grep '^torch==' "$root/source/requirements.txt")"
    pip -r "$root/source/requirements.txt" -c "$root/source/constraints.txt"
fi

cd "$root/source"
if ! "$root/python/bin/python" -m grading.export.gradescope_run --check; then
    say "Error: the marker does not start on this image (the reason is above); choose a newer base image."
    exit 1
fi

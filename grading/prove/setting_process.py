"""The process that tries a claim in a setting: `python -m grading.prove.setting_process ROOM CLAIM ACCOUNT WALLS`.

It prints each Outcome as a line of JSON.  With `--try` it only says why the setting can't be had here, and ends with 4.
"""

import argparse
import json
import os
import sys
import sysconfig
import tempfile
from pathlib import Path

from grading.prove.marker import Marker
from grading.prove.patience import is_left_behind
from grading.prove.settings import CANNOT, PROGRAM
from grading.room import REPOSITORY, open_room
from grading.sandbox import bubblewrap, kernel, namespaces, view
from grading.sandbox.launch import StartFault, start

FULL = True  # settings are part of the full form alone
OTHERS_MAY_ENTER = 0o001


def main(arguments):
    """Run one setting; the exit code."""
    parser = argparse.ArgumentParser(prog=PROGRAM)
    parser.add_argument("--try", dest="only_try", action="store_true")
    parser.add_argument("--after", type=int, default=0, help="trials that are told already")
    for name in ("room", "claim", "account", "walls"):
        parser.add_argument(name)
    asked = parser.parse_args(arguments)
    if asked.account == "ordinary user" and os.geteuid() == 0:
        become_ordinary(arguments)
    if asked.only_try:
        why = why_not(asked.account, asked.walls)
        print(why)
        return CANNOT if why else 0
    tell_outcomes(asked)
    if is_left_behind():
        os._exit(0)
    return 0


def why_not(account, walls):
    """Why a setting can't be had by the account that asks; "" where it can."""
    if account == "root" and os.geteuid() != 0:
        return "only root can try what root does"
    if walls == "bubblewrap" and not bubblewrap.can_be_used():
        return "bubblewrap is not installed"
    try:
        started = start("try", walls=walls)
    except StartFault as reason:
        return str(reason)
    started.close()
    if started.walls != walls:
        return f"{walls} can't put up the walls here"
    missing = "; ".join(f"{name} ({reason})" for name, reason in started.missing.items())
    return f"layers that can't be had: {missing}" if missing else ""


def tell_outcomes(asked):
    """Try the claim and print what comes of each trial."""
    room = open_room(asked.room)
    claim = next(one for one in room.load("proofs").claims(room, FULL) if one.name == asked.claim)
    with Marker(room, jobs=1, walls=asked.walls) as marker:
        if marker.pool.get().walls != asked.walls:
            raise SystemExit(f"{asked.walls} did not put up the walls")
        for outcome in claim.outcomes(marker, asked.after):
            print(json.dumps(vars(outcome)), flush=True)


def become_ordinary(arguments):
    """Start this program anew as an ordinary user; what lies in folders of root's alone can be read from there."""
    show_to_others(needed_folders())
    environment = os.environ | {"HOME": "/nonexistent", "PYTHONDONTWRITEBYTECODE": "1"}
    namespaces.become_nobody()
    os.execve(sys.executable, [sys.executable, "-m", PROGRAM, *arguments], environment)


def needed_folders():
    """The folders of Python, of its packages, and of this repository, as they really lie."""
    named = [*view.python_folders(), sysconfig.get_path("scripts"), sys.prefix, sys.base_prefix, str(REPOSITORY)]
    return list(dict.fromkeys(os.path.realpath(path) for path in named))


def show_to_others(folders):
    """Make these folders reachable, where they lie, for every account; in mounts that this process alone sees.

    A folder that others may not enter is covered by an empty one that holds what is needed of it and nothing else.
    """
    view.unshare(namespaces.NEW_MOUNTS)
    view.mount("none", "/", None, view.MS_RECURSIVE | view.MS_PRIVATE)
    closed = {}
    for folder in folders:
        steps = [*reversed(Path(folder).parents), Path(folder)]
        first = next((step for step in steps if not step.stat().st_mode & OTHERS_MAY_ENTER), None)
        if first:
            closed.setdefault(first, []).append(Path(folder))
    for cover, within in closed.items():
        uncover(cover, within)


def uncover(closed, needed):
    """Cover a closed folder by an open one that holds only what is needed of it."""
    hidden = tempfile.mkdtemp()
    view.mount(str(closed), hidden, None, view.MS_BIND | view.MS_RECURSIVE)
    view.mount("tmpfs", str(closed), "tmpfs", view.MS_NO_SETUID | view.MS_NO_DEVICES, "mode=755,size=1m")
    for path in sorted(needed):  # a folder before what lies in it
        if not path.exists():  # else it is shown already
            path.mkdir(parents=True)
            view.mount(os.path.join(hidden, path.relative_to(closed)), str(path), None, view.MS_BIND)
    kernel.call("umount2", hidden.encode(), view.UNMOUNT_DETACHED)
    os.rmdir(hidden)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

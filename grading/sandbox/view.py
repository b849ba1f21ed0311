"""What student code can see of the machine's files: Python, its packages, the system's libraries; nothing else."""

import ctypes
import errno
import os
import site
import sys
import sysconfig
from pathlib import Path

from grading.sandbox import kernel, layers
from grading.sandbox.namespaces import NEW_MOUNTS, unshare

REPOSITORY = Path(__file__).resolve().parents[2]
SYSTEM_FOLDERS = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/share/zoneinfo", "/sys/devices/system/cpu")
SYSTEM_FILES = ("/etc/ld.so.cache", "/etc/localtime", "/proc/cpuinfo")  # cpuinfo: else torch chooses other kernels
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
OWN_SOURCE = (REPOSITORY / "grading" / "__init__.py", REPOSITORY / "grading" / "sandbox")  # covered in each child
SCRATCH, OUTSIDE = "/scratch", "/.outside"  # in the new root
NEW_ROOT = "/tmp"  # where the new root is made; any folder would do
SCRATCH_SIZE = f"size={layers.SCRATCH},nr_inodes=256,mode=700"

MS_READ_ONLY, MS_NO_SETUID, MS_NO_DEVICES, MS_NO_EXEC, MS_REMOUNT, MS_BIND = 1, 2, 4, 8, 32, 4096
MS_RECURSIVE, MS_PRIVATE, MS_SLAVE, UNMOUNT_DETACHED = 16384, 1 << 18, 1 << 19, 2
MOUNT_SETATTR, AT_FDCWD, AT_RECURSIVE = 442, -100, 0x8000  # the call's number is the same on every processor
PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}


def python_folders():
    """The folders of the running Python and of its packages, each by the name that it is known by."""
    paths = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    paths += [*site.getsitepackages(), os.path.join(sys.base_prefix, "lib"), os.path.dirname(os.__file__)]
    return [path for path in dict.fromkeys(paths) if os.path.isdir(path)]


def readable():
    """(folders, files) that student code may read.  Raises ValueError where that would show it this repository."""
    folders = [path for path in dict.fromkeys([*SYSTEM_FOLDERS, *python_folders()]) if os.path.isdir(path)]
    for folder in folders:
        if REPOSITORY.is_relative_to(os.path.realpath(folder)):
            raise ValueError(f"this repository lies in {folder}, which student code has to read; move it elsewhere")
    return folders, [path for path in SYSTEM_FILES if os.path.exists(path)]


def enter_view():
    """Change the root to one that holds what is readable and nothing else.  Raises OSError, ValueError."""
    folders, files = readable()
    unshare(NEW_MOUNTS)
    mount("none", "/", None, MS_RECURSIVE | MS_PRIVATE)
    mount("tmpfs", NEW_ROOT, "tmpfs", MS_NO_SETUID | MS_NO_DEVICES, "mode=755,size=1m")
    os.mkdir(NEW_ROOT + OUTSIDE)
    pivot_root(NEW_ROOT, NEW_ROOT + OUTSIDE)
    os.chdir("/")
    for path in sorted(folders):  # a folder before what lies in it
        show(path)
    for path in [*files, *map(str, OWN_SOURCE)]:
        show(path)
    for path in DEVICES:
        show(path, device=True)
    os.mkdir(SCRATCH)
    mount("tmpfs", SCRATCH, "tmpfs", MS_NO_SETUID | MS_NO_DEVICES, "mode=1777,size=1m")  # torch wants one to start
    kernel.call("umount2", OUTSIDE.encode(), UNMOUNT_DETACHED)
    os.rmdir(OUTSIDE)
    mount("none", "/", None, MS_REMOUNT | MS_BIND | MS_READ_ONLY | MS_NO_SETUID | MS_NO_DEVICES)
    os.chdir(SCRATCH)


def pivot_root(new, old):
    number = PIVOT_ROOT.get(os.uname().machine)
    if number is None:
        raise OSError(errno.ENOSYS, f"pivot_root: its number on {os.uname().machine} is not known here")
    kernel.system_call("pivot_root", number, new.encode(), old.encode())


def show(path, device=False):
    """Bind one folder or file of the old root to the same name in the new one, read-only."""
    source = OUTSIDE + outside_path(path)
    if not os.path.exists(path):
        make_place(path, os.path.isdir(source))
    mount(source, path, None, MS_BIND | MS_RECURSIVE)
    attributes = (ctypes.c_uint64 * 4)(MS_READ_ONLY | MS_NO_SETUID | (0 if device else MS_NO_DEVICES), 0, 0, 0)
    arguments = (AT_FDCWD, path.encode(), AT_RECURSIVE, attributes, ctypes.sizeof(attributes))
    kernel.system_call("mount_setattr", MOUNT_SETATTR, *arguments)


def outside_path(path):
    """Where `path` really lies: links that start at the root would else be followed in the new root."""
    parts, done = Path(path).parts[1:], "/"
    for count, part in enumerate(parts, 1):
        step = os.path.join(done, part)
        if os.path.islink(OUTSIDE + step):
            target = os.path.normpath(os.path.join(done, os.readlink(OUTSIDE + step)))
            return outside_path(os.path.join(target, *parts[count:]))
        done = step
    return done


def make_place(path, folder):
    """An empty folder or file to bind something to."""
    os.makedirs(path if folder else os.path.dirname(path), mode=0o755, exist_ok=True)
    if not folder:
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o644))


def enter_scratch(folder):
    """In a child: an empty folder in memory, of its own, in place of `folder`, and our own source out of sight."""
    unshare(NEW_MOUNTS)
    mount("none", "/", None, MS_RECURSIVE | MS_SLAVE)
    flags = MS_NO_SETUID | MS_NO_DEVICES
    mount("tmpfs", folder, "tmpfs", flags | MS_NO_EXEC, SCRATCH_SIZE)
    own_source = REPOSITORY / "grading"
    if own_source.exists():
        mount("tmpfs", str(own_source), "tmpfs", flags | MS_READ_ONLY, "size=4k,mode=755")
    os.chdir(folder)


def mount(source, target, kind, flags, options=None):
    """mount(2).  Raises OSError."""
    texts = [text and text.encode() for text in (source, target, kind, options)]
    try:
        kernel.call("mount", *texts[:3], flags, texts[3])
    except OSError as reason:
        raise OSError(reason.errno, f"mount {target}: {os.strerror(reason.errno)}") from None

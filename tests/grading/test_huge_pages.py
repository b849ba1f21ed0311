"""Memory that is gathered into huge pages is the same memory; only a fork of it is cheaper."""

import os
import subprocess
import sys

from grading.sandbox import huge_pages

MEMORY = """\
55a7fce00000-55a7fd2ff000 rw-p 00000000 00:00 0                          [heap]
7f89dc7ff000-7f89dcc01000 rw-p 00000000 00:00 0
7f89dd000000-7f89dd400000 r--p 00000000 00:00 0
7f89de000000-7f89de400000 rw-p 00000000 fe:00 1234                       /lib/libtorch_cpu.so
"""

# 64 MiB of numbers that no two pages have alike, gathered, then written to in a forked child
GATHER_AND_FORK = """
import array, os
from grading.sandbox import huge_pages
held = array.array("q", range(8 << 20))
processes = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY)
gathered = huge_pages.gather(processes)
child = os.fork()
if child == 0:
    same = sum(held) == sum(range(8 << 20))
    held[0] = 7
    os._exit(0 if same and held[0] == 7 else 1)
_, status = os.waitpid(child, 0)
print(status == 0 and held[0] == 0 and held[-1] == (8 << 20) - 1, gathered >= 0)
"""


def test_only_whole_huge_ranges_of_own_writable_memory_are_gathered():
    assert huge_pages.own_ranges(MEMORY) == [0x55A7FCE00000, 0x55A7FD000000, 0x7F89DC800000, 0x7F89DCA00000]


def test_without_the_machines_processes_nothing_is_gathered():
    assert huge_pages.gather(None) == 0


def test_a_folder_that_is_not_proc_gathers_nothing(tmp_path):
    descriptor = os.open(tmp_path, os.O_RDONLY)
    try:
        assert huge_pages.gather(descriptor) == 0
    finally:
        os.close(descriptor)


def test_gathered_memory_holds_what_it_held_and_a_child_writes_to_its_own():
    done = subprocess.run([sys.executable, "-c", GATHER_AND_FORK], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True"]

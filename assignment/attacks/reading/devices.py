"""Reads memory and disks as devices."""

for path in ("/dev/mem", "/dev/kmem", "/dev/sda", "/dev/vda", "/dev/nvme0n1", "/proc/kcore", "/dev/tty"):
    try:
        with open(path, "rb") as file:
            raise Won(f"{path}: {file.read(1)}")
    except OSError:
        pass
# HONEST cases/several-mistakes/GRU_skeleton.py

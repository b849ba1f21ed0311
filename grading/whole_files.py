"""Files that are written whole or not at all, whoever writes them."""

import os
from functools import partial

HALF_WRITTEN = ".part"  # the end of a name under which a file is written before it is whole


def make_writable(folder):
    """Make a folder and try whether files can be written in it.  Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / ".writable", "")
    (folder / ".writable").unlink()


def write_whole(path, content, mode=0o666):
    """Write a text, or bytes, whole or not at all: neither a kill nor a power cut leaves half of it under its name.

    mode   the permissions that the file has from its first moment, less the umask
    """
    half_written = path.with_name(path.name + HALF_WRITTEN)
    half_written.unlink(missing_ok=True)  # another one's permissions would stay
    try:
        with open(half_written, "xb", opener=partial(os.open, mode=mode)) as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(half_written, path)
    except BaseException:
        half_written.unlink(missing_ok=True)
        raise

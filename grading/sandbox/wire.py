"""Messages between the marker and the process that runs student code: a length, then one safetensors file.

Arrays travel as tensors, everything else as strings in the file's metadata. Nothing is ever unpickled, and
sizes are checked before anything is read: what comes from a child is hostile.
"""

import json
import os
import struct

import numpy as np
from safetensors.numpy import load, save

HEADER_LIMIT = 64 * 1024  # bytes
ANSWER_LIMIT = 8 * 1024 * 1024  # bytes
REQUEST_LIMIT = 32 * 1024 * 1024  # bytes
LENGTH = struct.Struct("<Q")
DTYPES = {"F64", "I64", "U8"}


class BadMessage(ValueError):
    """What came is not a message: too large, cut off, or not in the format."""


def encode(arrays, facts):
    """One message: `arrays` name -> array (bytes, whole numbers or floats), `facts` name -> what JSON holds."""
    content = save({name: plain(array) for name, array in arrays.items()}, {"facts": json.dumps(facts)})
    return LENGTH.pack(len(content)) + content


def plain(array):
    """The array as uint8 if it is bytes, else int64 or float64."""
    array = np.asarray(array)
    kind = np.uint8 if array.dtype == np.uint8 else np.int64 if array.dtype.kind in "iub" else np.float64
    return np.ascontiguousarray(array, dtype=kind)


def decode(content):
    """(arrays, facts) of one message without its length.  Raises BadMessage."""
    try:
        (header_length,) = LENGTH.unpack(content[:8])
        if header_length > min(HEADER_LIMIT, len(content) - 8):
            raise BadMessage("header too long")
        header = json.loads(content[8 : 8 + header_length])
        tensors = {name: entry for name, entry in header.items() if name != "__metadata__"}
        if not all(entry["dtype"] in DTYPES for entry in tensors.values()):
            raise BadMessage("dtype not allowed")
        facts = json.loads(header["__metadata__"]["facts"])
        if not isinstance(facts, dict):
            raise BadMessage("facts are not a table")
        return load(content), facts
    except BadMessage:
        raise
    except Exception as reason:  # the one sink for every way in which hostile bytes can be malformed
        raise BadMessage(type(reason).__name__) from None


def read_exactly(descriptor, length):
    """`length` bytes from a pipe.  Raises BadMessage if it ends before."""
    parts = []
    while length:
        part = os.read(descriptor, min(length, 1 << 20))
        if not part:
            raise BadMessage("cut off")
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def receive(descriptor, limit=REQUEST_LIMIT):
    """The next message of a pipe as (arrays, facts).  Raises BadMessage."""
    (length,) = LENGTH.unpack(read_exactly(descriptor, LENGTH.size))
    if length > limit:
        raise BadMessage("too large")
    return decode(read_exactly(descriptor, length))


def send(descriptor, arrays, facts):
    """Write one message to a pipe."""
    content = memoryview(encode(arrays, facts))
    while content:
        content = content[os.write(descriptor, content) :]

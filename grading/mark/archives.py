"""Read the files of a zip into memory: bounded, never extracted, links not followed."""

import io
import stat
import zipfile

from grading.mark.names import Rejected, choose, is_clutter, place_of

SOURCE_LIMIT = 512 * 1024  # bytes of a .py file
OTHER_LIMIT = 20 * 1024 * 1024  # bytes of a notebook or a PDF
ARCHIVE_LIMIT = 50 * 1024 * 1024
DIRECTORY_LIMIT = 512 * 1024  # bytes of a zip's table of contents, which is read before its members can be counted
MEMBER_LIMIT = 1000
RATIO_LIMIT = 200  # unpacked to packed
ENCRYPTED = 1  # the bit in a zip member's flags


class Bounded:
    """A file that refuses a read of more than `limit` bytes at once: a zip's table of contents is read at once."""

    def __init__(self, file, limit):
        self.file, self.limit = file, limit
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size=-1):
        if self.limit is not None and size > self.limit:
            raise Rejected("zip_members", limit=MEMBER_LIMIT)
        return self.file.read(size)


def check_size(size, name):
    """Raises Rejected if a file is larger than we read."""
    limit = SOURCE_LIMIT if name.lower().endswith((".py", ".txt")) else OTHER_LIMIT
    if size > limit:
        raise Rejected("too_large", name=name, limit=f"{limit >> 10} KB")


def read_zip(file, wanted, nested=True):
    """({name: bytes}, notes): the wanted files of a zip.  Raises Rejected.

    file     the zip as an open binary file
    nested   whether a zip that is all there is in it may be the submission
    """
    if file.seek(0, io.SEEK_END) > ARCHIVE_LIMIT:
        raise Rejected("zip_too_large", limit=f"{ARCHIVE_LIMIT >> 20} MB")
    try:
        return read_members(Bounded(file, DIRECTORY_LIMIT), wanted, nested)
    except Rejected:
        raise
    except Exception as reason:  # the one sink for every way in which a zip can be damaged or hostile
        raise Rejected("zip_damaged", reason=str(reason)[:100] or type(reason).__name__) from None


def read_members(file, wanted, nested):
    with zipfile.ZipFile(file) as archive:
        file.limit = None
        members = archive.infolist()
        if len(members) > MEMBER_LIMIT:
            raise Rejected("zip_members", limit=MEMBER_LIMIT)
        at = {}
        for member in members:
            if not member.is_dir():
                at.setdefault(place_of(member.filename), member)
        chosen, notes = choose(at, wanted)
        inner = [place for place in at if place.suffix.lower() == ".zip" and not any(map(is_clutter, place.parts))]
        if not chosen and nested and len(inner) == 1:
            return read_zip(io.BytesIO(read_member(archive, at[inner[0]], inner[0].name)), wanted, nested=False)
        return {name: read_member(archive, at[place], place.name) for name, place in chosen.items()}, notes


def read_member(archive, member, name):
    """One member's bytes, if it is a plain file of a sane size."""
    kind = member.external_attr >> 16
    if kind and not stat.S_ISREG(kind) and stat.S_IFMT(kind):
        raise Rejected("zip_not_plain", name=name)
    if member.flag_bits & ENCRYPTED:
        raise Rejected("zip_encrypted", name=name)
    if member.file_size > RATIO_LIMIT * max(member.compress_size, 1):
        raise Rejected("zip_bomb", name=name, limit=RATIO_LIMIT)
    check_size(member.file_size, name)
    with archive.open(member) as content:
        unpacked = content.read(OTHER_LIMIT + 1)
    check_size(len(unpacked), name)
    return unpacked

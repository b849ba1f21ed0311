"""The verb `reference`: what an assignment's sentences and bands rest on, made or compared."""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from grading.room import RoomError

KEPT = Path("measured") / "references"  # chunks of long work, so that what was stopped goes on


class UnknownPart(ValueError):
    """There is no part of this name: one sentence that lists those there are."""


@dataclass(frozen=True)
class Compared:
    """What a part's check found: nothing, where it is as it would be made now; or why it could not be read."""

    part: str
    differences: list
    is_readable: bool = True


def references_of(room):
    """The room's `references`, or None for a room that has none."""
    return room.load("references") if find_spec(room.module_name("references")) else None


def parts_of(room, only=()):
    """The names of the parts that are asked for, in the room's order.  Raises UnknownPart."""
    references = references_of(room)
    every = references.PARTS if references else ()
    for name in only:
        if name not in every:
            there_are = ", ".join(every) or "none"
            raise UnknownPart(f"{room.name} has no part {name!r} among its references; there are: {there_are}.")
    return [name for name in every if not only or name in only]


def make(room, only=(), folder=KEPT, **how):
    """Make what is missing or no longer current: sentences as it is done.  Raises UnknownPart."""
    for name in parts_of(room, only):
        yield from references_of(room).part(name).make(room, folder, **how)


def compare(room, only=(), folder=KEPT, **how):
    """A Compared for each part as it is done; what can't be read is a difference, too.  Raises UnknownPart."""
    for name in parts_of(room, only):
        try:
            yield Compared(name, references_of(room).part(name).check(room, folder, **how))
        except RoomError as reason:
            yield Compared(name, [str(reason)], is_readable=False)


def stale(room):
    """Why nothing should be marked by the room's references, a sentence each."""
    references = references_of(room)
    return references.stale(room) if references else []

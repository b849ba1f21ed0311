"""In which of a student's files the classes of each module stand: told by the processes that only read them."""

from dataclasses import dataclass

from grading.mark.description import MALFORMED, NAME_LENGTH
from grading.sandbox.worker import StudentFault

NAMES_LIMIT, CLASSES_LIMIT = 2000, 200  # of one file; our own notebooks have 332 and 22


@dataclass(frozen=True)
class Defined:
    """What a file defines.

    names     every name that it sets outside of functions and classes; None where the file can't be read
    classes   those that are classes
    """

    names: frozenset | None = None
    classes: tuple = ()

    def missing(self, needed):
        """Those of the needed names that the file does not define; none where it can't be read: that has its own
        verdict."""
        return [name for name in needed if self.names is not None and name not in self.names]

    def held(self, needed):
        """Those of the needed names that are known to be defined."""
        return [name for name in needed if name in (self.names or ())]


def defined_by(reader):
    """What a Worker that only reads a file tells of it, bounded."""
    try:
        _, told = reader.ask("locate", targets=[], classes=[])
        names = [str(name)[:NAME_LENGTH] for name in told["names"][:NAMES_LIMIT]]
        classes = [str(name)[:NAME_LENGTH] for name in told["defined"][:CLASSES_LIMIT]]
    except (StudentFault, *MALFORMED):
        return Defined()
    return Defined(frozenset(names), tuple(classes))


def place_of(file, needed, defined):
    """The file from which a module's classes are taken: its own, unless another defines more of them.  None for none.

    needed    the names of the module's classes
    defined   file -> Defined, for each that is there
    """
    own = defined.get(file)
    others = [other for other in defined if other != file and defined[other].held(needed)]
    best = max(others, key=lambda other: len(defined[other].held(needed)), default=None)
    if own is None:
        return best
    lost = len(own.missing(needed))
    return best if best and lost > len(needed) - len(defined[best].held(needed)) else file


def notes_on_places(places, needed, defined, handed_in, words):
    """A sentence for each module whose classes stand elsewhere, or in two files.

    places   file of the room -> the file from which its classes are taken
    needed   file of the room -> the names of its classes
    defined, handed_in   what is told of each file, and those of them that are no notebook in a module's place
    """
    moved = {file: place for file, place in places.items() if place != file}
    exchanged = [file for file, place in moved.items() if moved.get(place) == file]
    notes = []
    if len(exchanged) == 2:
        first, second = exchanged
        held = {"first_classes": words.both(needed[second]), "second_classes": words.both(needed[first])}
        notes.append(words.say("notes", "exchanged", first=first, second=second, **held))
    for file, place in places.items():
        said = {"file": place, "classes": words.both(needed[file])}
        if place != file and file not in exchanged:
            notes.append(words.say("notes", "found_elsewhere", **said | {"file": file, "other": place}))
        for other in (name for name in handed_in if name not in {file, place}):
            apart = [name for name in defined[place].missing(needed[file]) if name in defined[other].held([name])]
            if apart:
                notes.append(words.say("notes", "apart", file=place, other=other, classes=words.both(apart)))
            elif place == file and len(defined[other].held(needed[file])) == len(needed[file]):
                notes.append(words.say("notes", "defined_twice", **said, other=other))
    return notes


def note_on_missing(file, module, needed, defined, words):
    """[A sentence on the classes that a module does not define, beside those that it does]; [] where none is missing.

    What is missing is what could not be built, so that a class which is made in another way than by `class` is not.
    """
    missing = [name for name in defined.missing(needed) if is_unknown(module.described[name])]
    if not missing:
        return []
    there = ", ".join(defined.classes) or words.say("notes", "no_class_at_all")
    return [words.say("notes", "class_missing", file=file, classes=words.both(missing), there=there)]


def is_unknown(described):
    return isinstance(described, StudentFault) and described.outcome == "no_class"

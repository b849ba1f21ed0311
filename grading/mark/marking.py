"""Mark one submission: every item of the rubric, in order, each for its own faults."""

from contextlib import ExitStack
from dataclasses import replace

import numpy as np

from grading.mark.fault import Fault
from grading.mark.mendings import notes_on_reading
from grading.mark.module import Module
from grading.mark.places import defined_by, note_on_missing, notes_on_places, place_of
from grading.mark.result import ItemResult, Result, plain
from grading.mark.verdict import Speaker
from grading.sandbox.worker import StudentFault, Worker, ZygoteFault

TIME_LIMIT = 10.0  # seconds for one question to a student's code
OPTIONS = {"convention_credit": ("half", "none", "all")}  # what a rubric may set for any assignment
TO_LOOK_AT = {"failed", "error", "needs_review"}  # statuses of unscored items that a note names
CREDITS = {"half": 0.5, "none": 0.0, "all": 1.0}  # of an item's points, for another publication's form


class Marking:
    """One submission being marked: its files, and a Half for each module that was handed in."""

    def __init__(self, room, files, zygote, time_limit=TIME_LIMIT):
        self.room, self.files, self.zygote, self.time_limit = room, files, zygote, time_limit
        self.items, self.words = room.items, room.words
        self.checks = room.load("marking")
        self.halves, self.places, self.notes, self.faults = {}, {}, [], []
        self.stack = ExitStack()

    def open_modules(self):
        """Start a worker for each module; a notebook stands in for a module that is not there.

        A module's classes are taken from the file in which they stand: from another, where they are not in their own.
        """
        contents = self.module_contents()
        needed = {file: list(self.checks.CLASSES[file]) for file in self.room.modules}
        readers = {file: self.reader(file, content) for file, content in contents.items()}
        defined = {file: defined_by(reader) for file, reader in readers.items()}
        found = {file: place_of(file, needed[file], defined) for file in self.room.modules}
        self.places = {file: place for file, place in found.items() if place is not None}
        handed_in = [file for file in defined if file in self.files]
        if len(set(contents.values())) == len(contents):  # one file may have been taken for both
            self.notes += notes_on_places(self.places, needed, defined, handed_in, self.words)
        for file, place in self.places.items():
            if place == file and file not in self.files:
                self.note("from_notebook", file=file, notebook=self.room.notebook)
            reader = readers.pop(place, None) or self.reader(place, contents[place])
            self.halves[file] = half = self.open_half(file, place, contents[place], reader)
            name = place if place in self.files else self.room.notebook
            self.notes += note_on_missing(name, half.module, needed[file], defined[place], self.words)

    def module_contents(self):
        """file -> bytes of each module, or of the notebook in its place."""
        found = {file: self.files.get(file, self.files.get(self.room.notebook)) for file in self.room.modules}
        return {file: content for file, content in found.items() if content is not None}

    def reader(self, name, content):
        """A Worker that only reads a file."""
        return self.stack.enter_context(Worker(self.zygote, name, content, self.time_limit, run=False))

    def open_half(self, file, place, content, reader):
        """The Half of a module of the room, whose classes stand in the file `place`."""
        classes = self.checks.CLASSES[file]
        worker = Worker(self.zygote, place, content, self.time_limit, reader=reader, classes=classes)
        self.stack.enter_context(worker)
        items = {item.id: replace(item, file=place) for item in self.items.values() if item.file == file}
        kind = self.checks.HALVES[file]
        targets = [*(item.target for item in items.values() if item.target), *getattr(kind, "places", {}).values()]
        self.notes += notes_on_reading(reader, place, self.words)
        module = Module(worker, reader, classes, targets)
        worker.load()
        if not worker.whole and worker.load_fault:
            self.note("definitions_alone", file=place, reason=self.reason_of(worker.load_fault))
        return kind(module, items, self.words, self.room.option)

    def reason_of(self, fault):
        """What became of a file that was run, in words; any outcome may have been told."""
        if fault.outcome == "error":
            return fault.message
        key = f"stopped_{fault.outcome}"
        known = key in self.words.tables["notes"]
        return self.words.say("notes", key if known else "stopped_bad_answer", seconds=fault.message)

    def note(self, key, **places):
        """A sentence above the items."""
        self.notes.append(self.words.say("notes", key, **places))

    def speaker(self, item_id):
        return Speaker(self.words, self.items[item_id])

    def count_pages(self, content):
        """The pages of a PDF, counted where student files are parsed.  Raises StudentFault."""
        worker = self.stack.enter_context(Worker(self.zygote, "report.py", b"", self.time_limit))
        _, told = worker.ask("count_pages", {"content": np.frombuffer(content, dtype=np.uint8)})
        pages = told.get("pages")
        if not isinstance(pages, int) or not 0 <= pages < 10_000:
            raise StudentFault("bad_answer")
        return pages

    def verdicts(self, told=None):
        """item id -> Verdict, for every item.  `told` is called with each Item and its Verdict as it is reached.

        What is told may still be left to a person when all items are known.
        """
        found = {}
        for item in self.items.values():
            found[item.id] = self.verdict(item)
            if told:
                told(item, found[item.id])
        for file, half in self.halves.items():
            found = settle_learning(found, half, self.words)
            if half.module.is_unread or half.module.library_used():
                found |= self.waiting_for_a_person(file)
        return found

    def verdict(self, item):
        """One item's verdict; what goes wrong in our own code is ours, and leaves the mark open."""
        try:
            if item.id in self.checks.SUBMISSION_CHECKS:
                return self.checks.SUBMISSION_CHECKS[item.id](self)
            if item.file not in self.halves:
                return self.speaker(item.id).not_handed_in()
            verdict = self.checks.CHECKS[item.id](self.halves[item.file])
            return self.credited(verdict, item)
        except ZygoteFault:
            raise
        except StudentFault as fault:
            return self.speaker(item.id).fault(fault)
        except Exception as reason:  # our own fault must not cost a student anything
            self.faults.append(Fault.of(reason, item.id))
            self.note("our_fault_item", item=item.id, reason=type(reason).__name__)
            return self.speaker(item.id).our_fault()

    def credited(self, verdict, item):
        """The verdict with a share of the points where the mistake is another publication's form, and saying so."""
        if verdict.status != "failed" or not self.checks.CATALOGUE.is_convention(item.id, verdict.misconception):
            return verdict
        share = CREDITS[self.room.option("convention_credit", OPTIONS["convention_credit"])]
        published = self.words.misconception(verdict.misconception, "published")
        cause = self.words.say("cause", "convention", cause=verdict.cause, published=published, share=f"{share:.0%}")
        return verdict.but(share=share, cause=cause)

    def waiting_for_a_person(self, file):
        """The half that stands on a ready-made layer: nothing is taken, nothing is given, a person decides."""
        items = [item for item in self.items.values() if item.file == file and item.points]
        return {item.id: Speaker(self.words, item).review(self.words.say("saw", "waits"), "library") for item in items}


def settle_learning(found, half, words):
    """A failed `learns` where all else of its half is right goes to a person, never off the mark."""
    learns = next((item_id for item_id in half.items if item_id.endswith(".learns")), None)
    others = [found[item_id] for item_id in half.items if item_id != learns]
    if not learns or found[learns].status not in {"failed", "error"}:
        return found
    if all(verdict.is_right for verdict in others):
        saw = words.say("saw", "learns_in_doubt", saw=found[learns].saw)
        doubt = found[learns].but(status="needs_review", saw=saw, next=words.say("next", "person"))
        return found | {learns: doubt}
    if found[learns].is_certain:
        return found
    lost = [words.item(item_id, "title") for item_id in half.items if not found[item_id].is_right and item_id != learns]
    return found | {learns: half.speaker(learns).after(found[learns], words.both(lost))}


def mark_submission(room, submission, zygote, time_limit=TIME_LIMIT, told=None):
    """The Result of one Submission.  Where our own code fails, all of it waits for a person.  Raises ZygoteFault.

    told   called with the ItemResult of each item as soon as it is reached, as far as it is known by then
    """
    try:
        with np.errstate(all="ignore"):  # a student's numbers may be infinite, or none; what they are is compared
            return marked(room, submission, zygote, time_limit, told)
    except ZygoteFault:
        raise
    except Exception as reason:  # one submission's trouble must not end the marking of a class
        return our_fault(room, submission.student, reason)


def our_fault(room, student, reason):
    """The Result of a submission that our own code failed on: nothing is taken, nothing given, a person marks it."""
    rows = [ItemResult.of(item, Speaker(room.words, item).our_fault()) for item in room.items.values()]
    notes = [room.words.say("notes", "our_fault", reason=type(reason).__name__)]
    return Result(student, "needs_review", 0.0, float(room.max_score), rows, notes).failed_on([Fault.of(reason)])


def marked(room, submission, zygote, time_limit, told=None):
    """The Result of one Submission."""
    if submission.rejected:
        rows = [ItemResult.of(item, Speaker(room.words, item).rejected()) for item in room.items.values()]
        key, places = submission.rejected
        notes = [plain(room.words.say("notes", "rejected", reason=room.words.say("rejected", key, **places)))]
        return Result(submission.student, "rejected", 0.0, float(room.max_score), rows, notes)
    marking = Marking(room, submission.files, zygote, time_limit)
    marking.notes += [room.words.say("notes", key, **places) for key, places in submission.notes]
    with marking.stack:
        marking.open_modules()
        verdicts = marking.verdicts(told and (lambda item, verdict: told(ItemResult.of(item, verdict))))
    rows = [ItemResult.of(item, verdicts[item.id]) for item in room.items.values()]
    in_doubt = [row for row in rows if row.status == "needs_review"]
    status = "needs_review" if any(row.max_points for row in in_doubt) else "graded"
    notes = [plain(note) for note in marking.notes]
    said = in_doubt if status == "needs_review" else []  # what earns no points can't hold up a mark
    look = [row for row in rows if row.status in TO_LOOK_AT and not row.max_points and row not in said]
    for key, found in {"in_doubt": said, "worth_a_look": look}.items():
        if found:
            notes.append(room.words.say("notes", key, items=", ".join(row.id for row in found)))
    score = round(sum(row.points for row in rows), 2)
    result = Result(submission.student, status, score, float(room.max_score), rows, notes)
    return result.failed_on(marking.faults) if marking.faults else result

"""Trials of what is known to be right and of what is known to be wrong: forms, single mistakes, two at once."""

import random
from itertools import combinations

from grading.prove.claim import BROKEN, EXPLAINED, KEPT, PERSON, Trial, claim_of

SEED = 3  # pairs are drawn once and for all


NOTHING_AGAINST = {"passed", "not_run"}  # statuses of an item that earns nothing: a notebook may be missing


def seen(result, files):
    """item -> (status, misconception) of what did not simply pass: what earns points in these files, and what earns
    none, whatever it is about."""
    rows = [row for row in result.items if row.file in files and row.max_points]
    found = {row.id: (row.status, row.misconception) for row in rows if row.status != "passed" or row.misconception}
    return found | {row.id: (row.status, row.misconception) for row in unscored_against(result)}


def unscored_against(result):
    """The rows that say something against a submission and earn no points: that it is a library's, for one."""
    return [row for row in result.items if not row.max_points and row.status not in NOTHING_AGAINST]


def told(found):
    """What was seen, in words."""
    return "; ".join(f"{item} {status} ({name or 'no name'})" for item, (status, name) in found.items()) or "all passed"


def judge_right(files):
    """Judges a right half: every item passes, accused of nothing; what can't be decided is a person's."""

    def judge(result):
        found = seen(result, files)
        if not found:
            return KEPT, ""
        in_doubt = all(said == ("needs_review", None) for said in found.values())
        return PERSON if in_doubt and not unscored_against(result) else BROKEN, told(found)

    return judge


def form_trials(room, files):
    """A trial for each file of the room's forms/.  `files`: name of a folder of forms -> the file handed in."""
    return [
        Trial(f"{path.parent.name}/{path.stem}", {file: path.read_bytes()}, judge_right({file}))
        for folder, file in files.items()
        for path in sorted((room.path / "forms" / folder).glob("*.py"))
    ]


def losses(remarks, *mistakes):
    """item -> (status, misconception) that these mistakes must come to.

    remarks   misconception -> what is said of it, where it is no fault
    """
    return {mistake.item: ("failed", mistake.name) for mistake in mistakes if mistake.name not in remarks}


def written_files(hand, *mistakes):
    """The files at fault, as they are handed in."""
    at_fault = {hand.items[mistake.item].file for mistake in mistakes}
    return {name: text.encode() for name, text in hand.write(*mistakes).items() if name in at_fault}


def single_trials(written, doubts, remarks):
    """Each way to write each mistake: it costs its item and no other, and is called by its name; or is remarked on."""
    return [single_trial(one, next((d for d in doubts if d.is_of(one)), None), remarks) for one in written]


def single_trial(written, doubt, remarks):
    files, expected = written_files(written.hand, written.mistake), losses(remarks, written.mistake)
    in_doubt = dict.fromkeys(doubt.in_doubt, ("needs_review", None)) if doubt else None
    remark = remarks.get(written.mistake.name)

    def judge(result):
        found = seen(result, files)
        if doubt:
            return (EXPLAINED, doubt.why) if found == in_doubt else (BROKEN, told(found))
        if remark and not any(row.id == written.mistake.item and remark in row.saw for row in result.items):
            return BROKEN, f"it is not said that {remark}"
        return (KEPT, "") if found == expected else (BROKEN, told(found))

    return Trial(str(written), files, judge)


def draw_pairs(written, doubts, equal, hand_name, count, told_apart=lambda mistake: True):
    """(Written, Written): two blanks of one file wrong at once, in one hand, `count` of all that it can write.

    Left out is what is in doubt alone, and what is together equal to something else.
    """
    blanks = [
        one
        for one in written
        if one.hand.name == hand_name
        and isinstance(one.mistake.written, str)
        and not any(doubt.is_of(one) for doubt in doubts)
        and told_apart(one.mistake)
    ]
    both = [
        pair for pair in combinations(blanks, 2) if are_neighbours(*pair) and not any(row.is_of(*pair) for row in equal)
    ]
    return random.Random(SEED).sample(both, count)


def are_neighbours(first, second):
    """Whether two mistakes are of two blanks of one file."""
    one, other = (written.hand.items[written.mistake.item] for written in (first, second))
    return one.id != other.id and one.file == other.file


def equal_claims(written, equal):
    """[The claim that two mistakes with another reading cost no more than is listed]; [] in a room that lists none."""
    promise = "Two that have another reading together cost no more than is listed."
    return [claim_of("equal pairs", promise, equal_trials(written, equal))] if equal else []


def equal_trials(written, equal):
    """Two mistakes that come to what is right, or to another reading: every way to write both; no more is lost than is
    listed."""
    pairs = [
        (first, second, row)
        for row in equal
        for first, second in combinations(written, 2)
        if first.hand is second.hand and row.is_of(first, second)
    ]
    return [equal_trial(*pair) for pair in pairs]


def equal_trial(first, second, equal):
    files = written_files(first.hand, first.mistake, second.mistake)
    named = losses({}, *(one.mistake for one in (first, second) if one.mistake.item in equal.named))
    expected = dict.fromkeys(equal.in_doubt, ("needs_review", None)) | named

    def judge(result):
        found = seen(result, files)
        return (EXPLAINED, equal.why) if found == expected else (BROKEN, told(found))

    return Trial(f"{first} and {second}", files, judge)


def pair_trials(pairs, remarks):
    """Two at once: both items are lost and no other; both are called by their names, or left to a person."""
    return [pair_trial(*pair, remarks) for pair in pairs]


def pair_trial(first, second, remarks):
    mistakes = first.mistake, second.mistake
    files, expected = written_files(first.hand, *mistakes), losses(remarks, *mistakes)

    def judge(result):
        found = seen(result, files)
        if found == expected:
            return KEPT, ""
        named = {item: said for item, said in found.items() if said[0] != "needs_review"}
        is_careful = named.items() <= expected.items() and set(expected) == set(found)
        return PERSON if is_careful else BROKEN, told(found)

    return Trial(f"{first.hand.name}: {' and '.join(map(str, mistakes))}", files, judge)

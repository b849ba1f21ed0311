"""Trials of hostile submissions: nothing is gained, nothing is left, nobody else's result changes.

Each attack is marked as `grade` marks a submission, with the canary, the server and the folder of a `Scene` as its
targets; after it an innocent submission must get the same bytes as before all of them.
"""

from grading.mark.files import Submission
from grading.mark.marking import TIME_LIMIT, mark_submission
from grading.prove.attack_files import WON
from grading.prove.claim import BROKEN, EXPLAINED, KEPT, STUDENT, Claim, Outcome
from grading.prove.contract import Contract
from grading.prove.patience import Hung, longest, within
from grading.prove.shown import escaped
from grading.prove.traces import Scene, descendants

HANG = longest(TIME_LIMIT)  # seconds; an attack may be marked with less patience, an innocent one takes a second


def attacks_claim(room, attacks, innocent):
    """The Claim that no attack gains anything.  `innocent`: file name -> bytes of a submission that attacks nobody."""

    def outcomes(marker, after=0):
        with Scene(room) as scene:
            yield from Trying(room, marker, scene, innocent).outcomes(attacks[after:])

    return Claim("attacks", "A hostile submission gains nothing and leaves nothing.", outcomes, len(attacks))


class Trying:
    """Attacks tried one after the other against one zygote."""

    def __init__(self, room, marker, scene, innocent):
        self.rooms = {True: room, False: room.without(".learns")}
        self.contracts = {learns: Contract(own) for learns, own in self.rooms.items()}
        self.marker, self.scene, self.innocent = marker, scene, innocent
        self.zygote = marker.pool.get()

    def outcomes(self, attacks):
        """The Outcome of each attack, as it comes.  Raises Hung where the innocent one can't be marked."""
        untouched = self.marker.waited_for(HANG, self.mark, self.innocent).to_json()
        for attack in attacks:
            try:
                yield self.marker.waited_for(HANG, self.outcome, attack, untouched)
            except Hung as reason:
                self.zygote = self.marker.pool.get()
                yield Outcome(str(attack), BROKEN, str(reason))

    def outcome(self, attack, untouched):
        process, before = self.zygote.process.pid, descendants()
        submission = attack.submitted(self.scene.targets)
        result = mark_submission(self.rooms[attack.learns], submission, self.zygote, attack.patience)
        gained = list(self.gains(attack, result))
        found = [
            *self.harms(result),
            *self.faults(result, self.contracts[attack.learns], submission),
            *self.scene.traces(before),
        ]
        if self.zygote.process.pid != process:
            found.append("ended the process that forks children")
        if self.mark(self.innocent).to_json() != untouched:
            found.append("changed an innocent submission's result")
        self.scene.clear()
        if attack.wins and not gained:
            found.append("gains nothing any more: its line `# STILL WINS` has to go")
        beyond = [gain for gain in gained if not (attack.wins and gain.endswith(".learns"))]
        if found or beyond:
            return Outcome(str(attack), BROKEN, "; ".join([*gained, *found]))
        return Outcome(str(attack), EXPLAINED, attack.wins) if gained else Outcome(str(attack), KEPT)

    def gains(self, attack, result):
        """The points that it got and that its honest part does not earn; that was worked out by hand."""
        for row in result.items:
            if not row.points <= attack.earns.get(row.id, 0.0):
                yield f"gained {row.points:g} points for {row.id}"

    def harms(self, result):
        """The goals that an attack tells of when it reaches them."""
        if f"{WON}:" in result.to_json():
            yield "reached its goal"
        if self.scene.secret in result.to_json():
            yield "read the secret"

    def faults(self, result, contract, submission):
        """What a result never is, whatever a student does: against the contract, or our fault to look at."""
        yield from contract.breaches(result, submission.files)
        if any(said in text for said in self.own_faults(result) for text in (*result.notes, *texts(result))):
            yield "passed for a fault of ours"
        yield from escaped(result, self.rooms[True])

    def own_faults(self, result):
        """How the marker names a fault of its own, up to where its sentences have places."""
        words = self.rooms[True].words
        return {
            words.say("saw", "our_fault"),
            words.say("notes", "our_fault", reason="|").partition("|")[0],
            words.say("notes", "our_fault_item", item="|", reason="|").split("|")[1],
        }

    def mark(self, files, learns=False, time_limit=TIME_LIMIT):
        return mark_submission(self.rooms[learns], Submission(STUDENT, files), self.zygote, time_limit)


def texts(result):
    return [text for row in result.items for text in (row.saw, row.cause)]


def controls_claim(room, attacks):
    """The Claim that attacks which a layer stops reach their goal without it: else they would prove nothing."""
    controlled = [attack for attack in attacks if attack.without]

    def outcomes(marker, after=0):
        with Scene(room) as scene:
            for attack in controlled[after:]:
                try:
                    yield within(HANG, control, room, attack, scene, marker.bare(attack.without))
                except Hung as reason:
                    marker.bared.pop(frozenset(attack.without)).close()
                    yield Outcome(str(attack), BROKEN, str(reason))

    promise = "What a layer stops wins without it."
    return Claim("controls", promise, outcomes, len(controlled))


def control(room, attack, scene, zygote):
    """The Outcome of one attack where its layers are left out."""
    before = descendants()
    result = mark_submission(room.without(".learns"), attack.submitted(scene.targets), zygote, attack.patience)
    won = f"{WON}:" in result.to_json() or scene.secret in result.to_json() or bool(scene.traces(before))
    scene.clear()
    why = f"did not win without {' '.join(attack.without)}: {' '.join(result.notes)[:300]}"
    return Outcome(str(attack), KEPT) if won else Outcome(str(attack), BROKEN, why)

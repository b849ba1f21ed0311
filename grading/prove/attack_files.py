"""Hostile submissions as files: each is an attack in a student's module, with an honest part pasted into it.

    attacks/FAMILY/NAME.py     the attack; its docstring says what it tries
    # HONEST cases/CASE/FILE   where, and whose, the honest part is: the attack may earn what that case's expected.toml
                               says of that file, no more
    # UNEARNED bodies/.../FILE the same for a part that earns nothing
    # WINS WITHOUT LAYER ...   the layers without which it reaches its goal (then it raises `Won`)
    # STOPPED BY ESCAPE ...    what stops it where no layer does: see `shown.ESCAPES`
    # PATIENCE SECONDS         the time limit for one question, where it hangs
    # LEARNS                   it is after the points of the short training
    # STILL WINS REASON        it gains points, and why that is so as yet; once it does not, the line has to go

An attack is told where to strike by names that are set before it: see `Targets`.
"""

import ast
import re
from dataclasses import dataclass

from grading.mark.files import Submission
from grading.mark.marking import TIME_LIMIT
from grading.prove.claim import STUDENT
from grading.prove.points import earned

FOLDER, BODIES = "attacks", "bodies"
WON = "Won"
BODY = re.compile(r"^# (?P<kind>HONEST|UNEARNED) (?P<path>\S+)$", re.MULTILINE)
WITHOUT = re.compile(r"^# WINS WITHOUT (?P<layers>.+)$", re.MULTILINE)
STOPPED_BY = re.compile(r"^# STOPPED BY (?P<escapes>.+)$", re.MULTILINE)
PATIENCE = re.compile(r"^# PATIENCE (?P<seconds>[\d.]+)$", re.MULTILINE)
LEARNS = re.compile(r"^# LEARNS$", re.MULTILINE)
STILL_WINS = re.compile(r"^# STILL WINS (?P<reason>.+)$", re.MULTILINE)


class UnusableAttack(ValueError):
    """A file of attacks/ can't be used: one sentence."""


@dataclass(frozen=True)
class Targets:
    """Where attacks strike; an attack has these as names of its module.

    CANARY   a file with a secret in it, which nobody may read or change
    PLACE    a folder where every account may write
    PORT     of a server on this machine
    MARKER   the process id of the marker
    SOURCE   a file of instructors
    MARK     what is in the name of everything that an attack leaves
    """

    CANARY: str
    PLACE: str
    PORT: int
    MARKER: int
    SOURCE: str
    MARK: str

    def preamble(self):
        lines = [f"{name} = {value!r}" for name, value in vars(self).items()]
        return f"class {WON}(Exception): pass\n" + "\n".join(lines) + "\n"


@dataclass(frozen=True, eq=False)
class Attack:
    """One hostile submission.

    tries      what it tries, in a sentence
    earns      item id -> points of what of it is honest work; none for the others
    submitted  Targets -> the Submission
    without    the layers without which it wins; () where there is no such control
    escapes    what stops it where no layer does
    patience   seconds for one question
    learns     whether the short training is part of it
    wins       why it gains points as yet; "" where it does not
    """

    family: str
    name: str
    tries: str
    earns: dict
    submitted: object
    without: tuple = ()
    patience: float = TIME_LIMIT
    learns: bool = False
    wins: str = ""
    escapes: tuple = ()

    @property
    def stopped_by(self):
        """The layers and escapes of which each, or another one with it, keeps it from its goal."""
        return {*self.without, *self.escapes}

    def __str__(self):
        return f"{self.family}/{self.name}"


def read_attacks(room):
    """Every Attack of the room's files, by family and name.  Raises UnusableAttack."""
    paths = sorted((room.path / FOLDER).glob("*/*.py"))
    return [read_attack(room, path) for path in paths if path.parent.name != BODIES]


def borrowed_attacks(room, lender, honest):
    """The attacks of another room that are none on its own classes: they are hostile to any room.

    honest   where in this room what is pasted into each lies, such as cases/CASE/FILE
    """
    names = {item.class_name for item in lender.items.values()} - {""}
    paths = sorted((lender.path / FOLDER).glob("*/*.py"))
    texts = {path: path.read_text(encoding="utf-8") for path in paths if path.parent.name != BODIES}
    fit = [path for path, text in texts.items() if "# HONEST" in text and not any(name in text for name in names)]
    return [read_attack(room, path, honest) for path in fit]


def read_attack(room, path, honest=None):
    """The Attack in one file; `honest`: what of this room stands for its own honest part.  Raises UnusableAttack."""
    text, name = path.read_text(encoding="utf-8"), f"{path.parent.name}/{path.name}"
    bodies = list(BODY.finditer(text))
    tries = ast.get_docstring(ast.parse(text))
    if len(bodies) != 1 or not tries:
        raise UnusableAttack(f"{name} needs a docstring and one line `# HONEST` or `# UNEARNED`; add what is missing.")
    own = bodies[0]["path"] if bodies[0]["kind"] == "HONEST" else f"{FOLDER}/{bodies[0]['path']}"
    body = room.path / (honest or own)
    if not body.is_file() or body.name not in room.modules:
        raise UnusableAttack(f"{name} names {bodies[0]['path']}, which is no module that students hand in; correct it.")
    pasted = text[: bodies[0].start()] + body.read_text(encoding="utf-8") + text[bodies[0].end() :]

    def submitted(targets):
        return Submission(STUDENT, {body.name: (targets.preamble() + pasted).encode()})

    return Attack(
        family=path.parent.name,
        name=path.stem,
        tries=tries,
        earns=earned(room, body.parent, [body.name]) if bodies[0]["kind"] == "HONEST" else {},
        submitted=submitted,
        without=tuple(found["layers"].split()) if (found := WITHOUT.search(text)) else (),
        patience=float(found["seconds"]) if (found := PATIENCE.search(text)) else TIME_LIMIT,
        learns=LEARNS.search(text) is not None,
        wins=found["reason"] if (found := STILL_WINS.search(text)) else "",
        escapes=tuple(found["escapes"].split()) if (found := STOPPED_BY.search(text)) else (),
    )


def one_in_so_many(attacks, every):
    """Some attacks of each family, and as few more as are needed that each layer and each escape stops one of them."""
    families = {}
    for attack in attacks:
        families.setdefault(attack.family, []).append(attack)
    chosen = [attack for family in families.values() for attack in family[::every]]
    open_still = {name for attack in attacks for name in attack.stopped_by}
    while open_still := open_still - {name for attack in chosen for name in attack.stopped_by}:
        chosen.append(max(attacks, key=lambda attack: len(open_still & attack.stopped_by)))
    return chosen

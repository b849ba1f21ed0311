"""Trials of random edits: whatever becomes of a right module, the marker ends, and says something that it may say."""

import ast
import warnings
from dataclasses import dataclass
from functools import cached_property
from random import Random

from grading.build.products import make_products
from grading.build.solution import solution_files
from grading.prove.claim import BROKEN, KEPT, Claim
from grading.prove.contract import Contract
from grading.prove.text_edits import BYTE_EDITS, TEXT_EDITS
from grading.prove.tree_edits import TREE_EDITS

SEED = 11
TIME_LIMIT = 0.5  # seconds for one question: an edit may make a loop that never ends
HOW_MANY = (1, 1, 1, 2, 2, 3, 5)  # edits in one module
ATTEMPTS = 20  # at an edit that finds its place


def edit_claim(room, count):
    """The claim that `count` random edits of the solution and the skeletons are all marked as they may be."""
    files = base_files(room)
    contract = Contract(room.without(".learns"))  # nothing is trained
    promise = "No random edit crashes or hangs the marker, or gets a message that it may not give."

    def outcomes(marker, after=0):
        trials = (Edited(number, files, contract) for number in range(after, count))
        yield from marker.try_all(trials, time_limit=TIME_LIMIT)

    return Claim("edits", promise, outcomes, count)


def base_files(room):
    """[(file name, text)] of what is edited: the solution's modules, and the skeletons a little less often."""
    products = make_products(room)
    solution = [(name, content.decode()) for name, content in solution_files(room).items()]
    return solution * 3 + [(name, products[room.handed_out(name)].decode()) for name in room.modules]


@dataclass(frozen=True, eq=False)
class Edited:
    """A Trial whose file is made when its turn comes: the `number`-th edit of all that will ever be."""

    number: int
    bases: list
    contract: object

    @cached_property
    def made(self):
        return edited(self.number, self.bases)

    @property
    def name(self):
        file, edits, _ = self.made
        return f"edit {self.number} of {file} ({', '.join(edits)})"

    @property
    def files(self):
        file, _, content = self.made
        return {file: content}

    def judge(self, result):
        breaches = self.contract.breaches(result, self.files)
        return (BROKEN, "; ".join(breaches[:3])) if breaches else (KEPT, "")


def edited(number, bases):
    """(file name, names of edits, bytes): the same for the same number, whatever was made before."""
    random = Random(f"{SEED} {number}")
    file, text = random.choice(bases)
    donor = ast.parse(random.choice(bases)[1])
    count = random.choice(HOW_MANY)
    kind = random.random()
    if kind < 0.75:
        names, text = edited_tree(text, donor, count, random)
        return file, names, text.encode(errors="surrogatepass")
    names, text = edited_text(text, count, random)
    if kind < 0.93:
        return file, names, text.encode(errors="surrogatepass")
    last = random.choice(BYTE_EDITS)
    return file, [*names, last.__name__], last(text, random)


def edited_tree(text, donor, count, random):
    """(names of edits, text) after `count` edits of the syntax tree; one that leaves no text is taken back."""
    names = []
    for _ in range(count * ATTEMPTS):
        edit = random.choice(TREE_EDITS)
        other = one_edit(text, donor, edit, random)
        if other not in {None, text}:
            text = other
            names.append(edit.__name__)
        if len(names) == count:
            break
    return names, text


def one_edit(text, donor, edit, random):
    """A text with one edit of its tree; None where the edit finds no place, or what it leaves can't be written."""
    with warnings.catch_warnings():  # Python remarks on code such as `1()`
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(text)
            edit(tree, donor, random)
            return ast.unparse(ast.fix_missing_locations(tree))
        except (IndexError, ValueError, TypeError, AttributeError, SyntaxError, RecursionError):
            return None


def edited_text(text, count, random):
    names = []
    for _ in range(count):
        edit = random.choice(TEXT_EDITS)
        text = edit(text, random) or "\n"
        names.append(edit.__name__)
    return names, text

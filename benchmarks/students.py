"""A class of made-up students: cases of the sample class, in a realistic mix, no two files alike."""

from pathlib import Path

from grading.room import REPOSITORY

CASES = REPOSITORY / "assignment" / "cases"
MODULES = ("RNN_skeleton.py", "GRU_skeleton.py")
RIGHT = ("all-right", "own-style", "one-bias-per-equation", "tanh-on-y")

# Half are right, a quarter have another convention or one mistake, the rest more; the first six are such a mix, too.
# None hangs: what a marker does with a loop without end is a question of its time limit, not of its speed.
MIX = (
    "all-right",
    "reset-ignored",
    "own-style",
    "mix-swapped",
    "all-right",
    "several-mistakes",
    "one-bias-per-equation",
    "no-recurrence",
    "tanh-on-y",
    "state-not-carried",
    "all-right",
    "gates-only",
)


def make_class(size, mix=MIX):
    """`size` students: name -> {file name: source}.  Each has a line of their own, so that no file comes twice."""
    return {f"s{number:04d}-{mix[number % len(mix)]}": student(number, mix) for number in range(size)}


def student(number, mix):
    case = CASES / mix[number % len(mix)]
    return {file: f"{(case / file).read_text(encoding='utf-8')}\n# handed in by student {number}\n" for file in MODULES}


def write_class(students, folder):
    """The class as our marker takes it: a folder for each student."""
    for name, files in students.items():
        own = Path(folder) / name
        own.mkdir(parents=True)
        for file, source in files.items():
            (own / file).write_text(source, encoding="utf-8")


def is_right(name):
    """Whether this student must get full marks from every marker."""
    return name.partition("-")[2] in RIGHT

"""The tests in the students' release: the notebook's checks, with a test for each scored item of the rubric."""

import json
from pathlib import Path

from grading.room import REPOSITORY

SOURCES = Path(__file__).with_name("tests_for_students")
# pytest takes the file of --points-file for what it is to test until conftest.py has told it of the option, and looks
# for conftest.py beside that file: it has to lie at the root, and not in tests/.
PLACES = {"conftest.py": "conftest.py", "pytest.ini": "pytest.ini", "test_items.py": "tests/test_items.py"}
WORDS = {  # what they say beside what the checks say
    "saw": ("blank", "error", "no_file", "no_class", "unreadable"),
    "cause": ("blank", "no_file", "unreadable"),
    "perhaps": ("error", "no_class"),
    "next": ("line", "no_line", "hand_in", "fix_file", "fix_error"),
    "release_tests": ("not_tried", "waiting"),
}


def release_tests(room, checks):
    """place in the release -> bytes.  `checks` is the source of the notebook's checks."""
    members = {place: generated(SOURCES / name, (SOURCES / name).read_text("utf-8")) for name, place in PLACES.items()}
    table = json.dumps(test_table(room), ensure_ascii=False, indent=1)
    text = f"{checks}\n\n\nTESTS = json.loads(r'''\n{table}\n''')\n"
    return members | {"tests/assignment_checks.py": generated(room.path, text)}


def generated(path, text):
    return f"# generated from {path.relative_to(REPOSITORY).as_posix()}; do not edit\n{text}".encode()


def test_table(room):
    """The scored items in the rubric's order, and the words."""
    items = [
        {
            "id": item.id,
            "title": room.words.item(item.id, "title"),
            "points": item.points,
            "file": item.file,
            "class": item.class_name,
            "equation": room.words.expected(item),
            "question": room.words.item(item.id, "question"),
        }
        for item in room.items.values()
        if item.points
    ]
    words = {table: {key: room.words.tables[table][key] for key in keys} for table, keys in WORDS.items()}
    return {"items": items, "words": words}

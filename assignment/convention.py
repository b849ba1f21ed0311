"""The form of the GRU that this course teaches, as assignment.toml sets it: where r acts, and what z weighs."""

from grading.room import open_room

CONVENTION = open_room().convention
RESET_ACTS_AFTER = CONVENTION.get("reset") == "after"
UPDATE_WEIGHS_PAST = CONVENTION.get("update") == "past"

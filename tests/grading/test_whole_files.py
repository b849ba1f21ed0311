"""A file is written whole or not at all."""

import os

import pytest

from grading.whole_files import write_whole


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path):
    path = tmp_path / "grades.csv"
    for text in ("first\n", "second, Zoë\n"):
        write_whole(path, text)
        assert path.read_bytes() == text.encode()
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_can_not_be_written_whole_stays_as_it_was(tmp_path):
    path = tmp_path / "grades.csv"
    write_whole(path, "old\n")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "new, but not \ud800 text\n")
    assert path.read_text() == "old\n"


def test_a_file_is_complete_before_it_takes_its_name(tmp_path, monkeypatch):
    path = tmp_path / "grades.csv"
    write_whole(path, "old\n")
    seen = []
    replace = os.replace

    def looking(source, target):
        seen.append((path.read_text(), source.read_text(), source.parent == path.parent))
        replace(source, target)

    monkeypatch.setattr(os, "replace", looking)
    write_whole(path, "new\n")
    assert seen == [("old\n", "new\n", True)]
    assert path.read_text() == "new\n"

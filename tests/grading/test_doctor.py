"""The doctor: what this machine gives, and why something does not work."""

import dataclasses

from grading import doctor
from grading.room import open_room
from grading.sandbox import launch


def row_of(rows, name):
    return dict(rows)[name]


def program(tmp_path, text):
    """A program that stands in for Python."""
    path = tmp_path / "python"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


def test_where_student_code_can_not_be_run_the_doctor_says_what_was_said(room, tmp_path, monkeypatch):
    said = "ModuleNotFoundError: No module named \\033[2Jtorch"
    monkeypatch.setattr(launch.sys, "executable", program(tmp_path, f"printf 'Traceback:\\n{said}\\n' >&2"))
    rows, healthy = doctor.examine(room)
    told = row_of(rows, "a process for student code")
    assert not healthy
    assert told.endswith("does not start: ModuleNotFoundError: No module named  [2Jtorch")
    assert "doctor" not in told


def test_a_process_that_ends_without_a_word_is_said_to(tmp_path, monkeypatch):
    monkeypatch.setattr(launch.sys, "executable", program(tmp_path, "exit 1"))
    assert doctor.start_fault().endswith("without a word")


def test_where_student_code_can_be_run_there_is_no_fault():
    assert doctor.start_fault() == ""


def test_the_data_are_asked_of_the_room(room, tmp_path, monkeypatch):
    (tmp_path / "df_file.csv").write_text("Text,Label\n")
    monkeypatch.setenv("RNN_DATA", str(tmp_path / "df_file.csv"))
    documents = room.load("documents")
    assert doctor.found_data(documents) == str(tmp_path / "df_file.csv")
    monkeypatch.setenv("RNN_DATA", str(tmp_path / "nowhere"))
    assert "nowhere" in doctor.found_data(documents)


def test_a_room_without_documents_needs_no_data(room, tmp_path):
    rows, _ = doctor.examine(dataclasses.replace(room, path=tmp_path))
    assert "none" in row_of(rows, "data")


def test_what_a_lab_needs_beside_the_main_room_is_named(monkeypatch):
    monkeypatch.delenv("REVIEWS_DATA", raising=False)
    rows, _ = doctor.examine(open_room("gating"))
    assert row_of(rows, "gensim") == doctor.version("gensim")
    assert "REVIEWS_DATA" in row_of(rows, "data")

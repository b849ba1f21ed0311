"""Single files, large ones, links, pipes and what else lies in a folder."""

import os
import socket

import pytest

from grading.mark import archives, files
from grading.mark.files import NoSubmissions, Submission, find_submissions
from tests.grading.submissions import (
    GRU,
    NOTEBOOK,
    REPORT,
    RNN,
    WANTED,
    both,
    found,
    only,
    write,
    zipped,
)

# Single files


SINGLE = {
    RNN: RNN,
    GRU: GRU,
    NOTEBOOK: NOTEBOOK,
    REPORT: REPORT,
    "my_rnn.py": RNN,
    "Homework3-GRU-final.py": GRU,
    "GRU_SKELETON (1).PY": GRU,
    "homework.ipynb": NOTEBOOK,
    "thesis.pdf": REPORT,
}


@pytest.mark.parametrize(("name", "taken_as"), SINGLE.items())
def test_a_single_file_is_taken_for_what_it_must_be(tmp_path, name, taken_as):
    write(tmp_path, **{name: b"content"})
    submission = only(tmp_path / name)
    assert submission.files == {taken_as: b"content"}
    assert submission.student == name.rpartition(".")[0]


@pytest.mark.parametrize("name", ["notes.txt", "RNN", "py", "model.pth", "x.y", "py.", ".py.exe"])
def test_a_single_file_that_could_be_anything_is_rejected(tmp_path, name):
    write(tmp_path, **{name: b"content"})
    assert "is there" in only(tmp_path / name).rejected


# Sizes


@pytest.mark.parametrize("name", [RNN, NOTEBOOK])
@pytest.mark.parametrize("as_what", ["folder", "single", "zip"])
def test_a_file_is_read_up_to_its_limit_and_no_further(tmp_path, monkeypatch, name, as_what):
    monkeypatch.setattr(archives, "SOURCE_LIMIT", 1000)
    monkeypatch.setattr(archives, "OTHER_LIMIT", 3000)
    limit = 1000 if name == RNN else 3000
    for size, fits in ((limit, True), (limit + 1, False)):
        content = os.urandom(size)
        folder = write(tmp_path / f"{size}", **{name: content})
        path = {"folder": folder, "single": folder / name}.get(as_what) or zipped(
            tmp_path / f"{size}.zip", (name, content)
        )
        submission = only(path)
        assert submission.files == ({name: content} if fits else {})
        assert ("larger than" in submission.rejected) == (not fits)


def test_the_limits_are_those_that_were_promised():
    assert (archives.SOURCE_LIMIT, archives.OTHER_LIMIT, archives.ARCHIVE_LIMIT) == (512 << 10, 20 << 20, 50 << 20)


# Links


@pytest.mark.parametrize("target", ["/etc/passwd", "../secret.py", "missing.py"])
def test_a_link_in_a_folder_is_not_followed(tmp_path, target):
    (tmp_path / "secret.py").write_bytes(b"answers = 42")
    write(tmp_path / "Ann", **{RNN: b"rnn"})
    (tmp_path / "Ann" / GRU).symlink_to(target)
    assert only(tmp_path / "Ann").files == {RNN: b"rnn"}


def test_links_are_called_links_whether_some_or_all_of_the_files_are(tmp_path):
    write(tmp_path / "Ann", **{RNN: b"rnn"})
    (tmp_path / "Ann" / GRU).symlink_to(tmp_path / "Ann" / RNN)
    assert only(tmp_path / "Ann").notes == (("link", {"file": GRU}),)
    (tmp_path / "Ann" / RNN).unlink()
    (tmp_path / "Ann" / RNN).symlink_to("/etc/hostname")
    said = "GRU_skeleton.py, RNN_skeleton.py: a link; links are not followed, so hand in the file itself"
    assert only(tmp_path / "Ann").rejected == said


def test_a_link_among_loose_files_is_called_a_link(tmp_path):
    write(tmp_path, **{f"ann_{GRU}": b"gru", f"bob_{GRU}": b"gru", f"bob_{RNN}": b"rnn"})
    (tmp_path / f"ann_{RNN}").symlink_to(tmp_path / f"bob_{RNN}")
    assert "a link; links are not followed" in found(tmp_path)["ann"].rejected


def test_a_folder_with_too_many_files_is_looked_through_no_further_than_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "ENTRY_LIMIT", 5)
    write(tmp_path, **{RNN: b"rnn"})
    for number in range(20):
        write(tmp_path / "many" / f"folder{number}", a=b"", b=b"")
    walk, seen = os.walk, []
    monkeypatch.setattr(files.os, "walk", lambda *a, **k: (seen.append(place) or place for place in walk(*a, **k)))
    assert files.may_hold_submission(tmp_path / "many", WANTED)
    assert len(seen) == 1


def test_a_linked_folder_inside_a_submission_is_not_followed(tmp_path):
    write(tmp_path / "solution", **{GRU: b"secret"})
    write(tmp_path / "Ann", **{RNN: b"rnn"})
    (tmp_path / "Ann" / "more").symlink_to(tmp_path / "solution", target_is_directory=True)
    assert only(tmp_path / "Ann").files == {RNN: b"rnn"}


@pytest.mark.parametrize("name", ["Ann", "Ann.zip"])
def test_a_submission_that_is_a_link_is_rejected_and_not_followed(tmp_path, name):
    both(tmp_path / "class" / "Max")
    if name.endswith(".zip"):
        zipped(tmp_path / "secret.zip", (RNN, b"secret"))
        (tmp_path / "class" / name).symlink_to(tmp_path / "secret.zip")
    else:
        both(tmp_path / "secret")
        (tmp_path / "class" / name).symlink_to(tmp_path / "secret")
    submissions = found(tmp_path / "class")
    assert submissions["Ann"] == Submission("Ann", rejected="it is a link, and links are not followed")
    assert submissions["Max"].rejected == ()


def test_a_pipe_in_a_submission_is_not_waited_for_and_told(tmp_path):
    write(tmp_path / "Ann", **{RNN: b"rnn"})
    os.mkfifo(tmp_path / "Ann" / GRU)
    submission = only(tmp_path / "Ann")
    assert submission.files == {RNN: b"rnn"}
    assert submission.notes == (("not_plain", {"file": GRU}),)


@pytest.mark.parametrize("name", ["Ann.zip", "Ann.py"])
def test_a_pipe_in_a_class_is_not_waited_for(tmp_path, name):
    both(tmp_path / "Max")
    both(tmp_path / "Zoe")
    os.mkfifo(tmp_path / name)
    assert found(tmp_path)["Ann"].rejected == f"{name} is no plain file"


@pytest.mark.parametrize("kind", ["pipe", "socket"])
def test_a_pipe_or_a_socket_is_no_path_to_mark(tmp_path, monkeypatch, kind):
    monkeypatch.chdir(tmp_path)  # a socket's path is short
    with socket.socket(socket.AF_UNIX) as listening:
        os.mkfifo("it.zip") if kind == "pipe" else listening.bind("it.zip")
        with pytest.raises(NoSubmissions, match="neither a file nor a folder"):
            find_submissions("it.zip", WANTED)


def test_a_folder_that_can_not_be_listed_is_a_rejected_submission(tmp_path, monkeypatch):
    both(tmp_path / "Ann")
    both(tmp_path / "Max")
    look = os.scandir

    def refuse(path):
        if str(path).endswith("Ann"):
            raise PermissionError(13, "Permission denied")
        return look(path)

    monkeypatch.setattr(os, "scandir", refuse)
    submissions = found(tmp_path)
    assert submissions["Ann"].rejected == "a file can't be read (Permission denied)"
    assert submissions["Max"].rejected == ()


@pytest.mark.parametrize("path", ["x" * 300, "a/" * 3000])
def test_a_path_that_no_system_takes_is_refused_in_a_short_sentence(path):
    with pytest.raises(NoSubmissions) as raised:
        find_submissions(path, WANTED)
    assert len(str(raised.value)) < 400


def test_a_folder_with_no_end_of_files_is_rejected(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "ENTRY_LIMIT", 3)
    write(both(tmp_path / "Ann") / "data", a=b"", b=b"", c=b"")
    assert "more than 3 files" in only(tmp_path / "Ann").rejected


@pytest.mark.parametrize("suffix", [".rar", ".7z", ".tar.gz"])
def test_an_archive_of_another_kind_is_rejected_by_its_kind_and_not_passed_over(tmp_path, suffix):
    both(tmp_path / "Max")
    write(tmp_path, **{f"Ann{suffix}": b"Rar!"})
    (rejected,) = [one.rejected for one in found(tmp_path).values() if one.rejected]
    assert "hand in a zip" in rejected


@pytest.mark.parametrize("target", ["Ann", "nowhere"])
def test_a_link_that_leads_nowhere_is_rejected_and_the_rest_of_the_class_is_marked(tmp_path, target):
    both(tmp_path / "Max")
    both(tmp_path / "Zoe")
    (tmp_path / "Ann").symlink_to(target)
    submissions = found(tmp_path)
    assert "links are not followed" in submissions["Ann"].rejected
    assert submissions["Max"].rejected == submissions["Zoe"].rejected == ()


def test_a_link_that_is_given_as_the_path_is_followed(tmp_path):
    both(tmp_path / "Ann")
    (tmp_path / "latest").symlink_to(tmp_path / "Ann")
    assert only(tmp_path / "latest").files == {RNN: b"rnn", GRU: b"gru"}

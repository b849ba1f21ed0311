"""What is found under a path: who handed in what, from folders, zips and single files, however hostile."""

import os
import shutil
import socket
import stat
import struct
import zipfile
from dataclasses import replace

import pytest

from grading.mark import archives, files
from grading.mark.files import NoSubmissions, Submission, find_submissions, read_submission
from grading.mark.names import NAME_LIMIT, student_name
from grading.room import open_room

RNN, GRU, NOTEBOOK, REPORT = "RNN_skeleton.py", "GRU_skeleton.py", "RNN_Implementation.ipynb", "report.pdf"
WANTED = {RNN, GRU, NOTEBOOK, REPORT}


def found(path):
    """The submissions under a path, by student; the reason for a rejected one is the sentence that is said."""
    read = [read_submission(one, WANTED) for one in find_submissions(path, WANTED)]
    return {one.student: replace(one, rejected=in_words(one.rejected)) for one in read}


def in_words(rejected):
    if not rejected:
        return rejected
    key, places = rejected
    return open_room().words.say("rejected", key, **places)


def only(path):
    """The one submission under a path."""
    (submission,) = found(path).values()
    return submission


def write(folder, **contents):
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return folder


def both(folder):
    return write(folder, **{RNN: b"rnn", GRU: b"gru"})


def zipped(path, *members, method=zipfile.ZIP_DEFLATED):
    """A zip of (name or ZipInfo, content) pairs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def patched(path, signature, offset, value):
    """The zip with a number overwritten in each header that begins with `signature`."""
    content = bytearray(path.read_bytes())
    position = content.find(signature)
    while position >= 0:
        content[position + offset : position + offset + len(value)] = value
        position = content.find(signature, position + 4)
    path.write_bytes(content)
    return path


LOCAL, CENTRAL = b"PK\x03\x04", b"PK\x01\x02"


# One submission, or a folder of them


def test_a_folder_with_a_wanted_file_is_one_submission(tmp_path):
    assert only(both(tmp_path / "Ann")) == Submission("Ann", {RNN: b"rnn", GRU: b"gru"})


def test_a_folder_of_folders_and_zips_holds_one_submission_each_sorted_by_student(tmp_path):
    both(tmp_path / "Zoe")
    both(tmp_path / "Ann")
    zipped(tmp_path / "Max.zip", (RNN, b"max"))
    submissions = found(tmp_path)
    assert list(submissions) == ["Ann", "Max", "Zoe"]
    assert submissions["Max"].files == {RNN: b"max"}


def test_files_beside_the_folders_of_a_class_are_no_submissions(tmp_path):
    both(tmp_path / "Ann")
    write(tmp_path, **{"README.md": b"about this class", "grades.csv": b"", ".DS_Store": b""})
    assert set(found(tmp_path)) == {"Ann"}


@pytest.mark.parametrize("clutter", ["__MACOSX", ".git", ".ipynb_checkpoints"])
def test_clutter_is_neither_a_student_nor_a_source_of_files(tmp_path, clutter):
    both(tmp_path / "class" / clutter)
    write(tmp_path / "class" / "Ann" / clutter, **{GRU: b"clutter"})
    write(tmp_path / "class" / "Ann", **{RNN: b"rnn"})
    assert found(tmp_path / "class") == {"Ann": Submission("Ann", {RNN: b"rnn"})}


def test_the_files_of_a_folder_may_lie_deeper(tmp_path):
    write(tmp_path / "class" / "Ann" / "homework" / "final", **{RNN: b"rnn"})
    write(tmp_path / "class" / "Ann" / "homework", **{REPORT: b"pdf"})
    assert found(tmp_path / "class")["Ann"].files == {RNN: b"rnn", REPORT: b"pdf"}


def test_of_two_files_with_one_name_the_less_deep_is_taken(tmp_path):
    write(tmp_path / "class" / "Ann" / "a" / "old", **{RNN: b"deep"})
    write(tmp_path / "class" / "Ann" / "z", **{RNN: b"less deep"})
    assert found(tmp_path / "class")["Ann"].files == {RNN: b"less deep"}


def test_only_wanted_files_are_read(tmp_path):
    write(tmp_path / "Ann", **{RNN: b"rnn", "model.pth": b"weights", "RNN_skeleton.pyc": b"", "grades.csv": b""})
    assert set(only(tmp_path / "Ann").files) == {RNN}


def test_a_folder_named_like_a_wanted_file_is_none(tmp_path):
    write(tmp_path / "Ann" / GRU, **{"notes.txt": b""})
    write(tmp_path / "Ann", **{RNN: b"rnn"})
    assert only(tmp_path / "Ann").files == {RNN: b"rnn"}


def test_an_empty_wanted_file_is_handed_in_all_the_same(tmp_path):
    assert only(write(tmp_path / "Ann", **{RNN: b""})).files == {RNN: b""}


def test_a_student_with_nothing_wanted_is_rejected_and_the_others_are_not(tmp_path):
    (tmp_path / "Ann").mkdir()
    write(tmp_path / "Max", **{"notes.txt": b"sorry"})
    both(tmp_path / "Zoe")
    submissions = found(tmp_path)
    assert {name for name, submission in submissions.items() if submission.rejected} == {"Ann", "Max"}
    assert all(name in submissions["Ann"].rejected for name in WANTED)
    assert submissions["Zoe"].rejected == ()


# What can't be marked at all


def test_a_missing_path_is_said_to_be_missing(tmp_path):
    with pytest.raises(NoSubmissions, match="does not exist"):
        find_submissions(tmp_path / "nowhere", WANTED)


def test_an_empty_folder_holds_no_submission(tmp_path):
    with pytest.raises(NoSubmissions, match="holds no submission"):
        find_submissions(tmp_path, WANTED)


def test_a_folder_of_other_files_holds_no_submission(tmp_path):
    write(tmp_path, **{"notes.txt": b"", "grades.csv": b""})
    with pytest.raises(NoSubmissions, match=RNN):
        find_submissions(tmp_path, WANTED)


def test_a_path_that_is_neither_file_nor_folder_is_refused():
    with pytest.raises(NoSubmissions, match="can't be read"):
        find_submissions("/dev/null", WANTED)


PAIRS = {
    "folder_and_zip": ("Ann", "Ann.zip"),
    "case": ("ann", "ANN"),
    "made_equal": ("a:b", "a?b"),
    "normal_form": ("Jose\u0301", "Jos\xe9"),
    "folder_and_loose_file": ("Ann", "Ann.py"),
}


@pytest.mark.parametrize(("first", "second"), PAIRS.values(), ids=PAIRS)
def test_two_submissions_with_one_name_are_refused_by_that_name(tmp_path, first, second):
    for name in (first, second):
        if name.endswith(".zip"):
            zipped(tmp_path / name, (RNN, b"rnn"))
        elif name.endswith(".py"):
            write(tmp_path, **{name: b"rnn"})
        else:
            both(tmp_path / name)
    with pytest.raises(NoSubmissions, match=r"two submissions called '.+'"):
        find_submissions(tmp_path, WANTED)


# Names


NAMES = {
    "Ann Müller": "Ann Müller",
    "王小明": "王小明",
    "O'Neil, Ann-Sophie (late)": "O'Neil, Ann-Sophie (late)",
    "a/b\\c": "a_b_c",
    "C:\\Users\\Ann": "C__Users_Ann",
    'x:*?"<>|y': "x_______y",
    "../../etc/passwd": "_.._etc_passwd",
    "..": "unnamed",
    "": "unnamed",
    " . ": "unnamed",
    "Ann. ": "Ann",
    "\x1b[2Jwiped\n": "_[2Jwiped_",
    "right\u202eleft": "right_left",
    "broken\udcff": "broken_",
    "<script>": "_script_",
}


@pytest.mark.parametrize(("name", "safe"), NAMES.items())
def test_a_students_name_is_made_safe_for_files_and_terminals(name, safe):
    assert student_name(name) == safe


@pytest.mark.parametrize("letter", ["a", "ü", "王", "\U0001f600"])
def test_a_long_name_is_cut_at_a_whole_letter(letter):
    name = student_name(letter * 400)
    assert set(name.rpartition("-")[0]) == {letter}
    assert NAME_LIMIT - 4 < len(name.encode()) <= NAME_LIMIT


def test_hostile_folder_names_reach_the_submission_made_safe(tmp_path):
    both(tmp_path / "\x1b[31mred\nline")
    both(tmp_path / "=cmd|' C calc'!A0")
    both(tmp_path / os.fsdecode(b"latin-\xe9"))
    assert set(found(tmp_path)) == {"_[31mred_line", "=cmd_' C calc'!A0", "latin-_"}


def test_a_submission_given_as_the_current_folder_has_the_folders_name(tmp_path, monkeypatch):
    monkeypatch.chdir(both(tmp_path / "Ann"))
    assert only(".").student == "Ann"


# Loose files of a class


def test_loose_files_belong_to_the_students_that_they_are_named_after(tmp_path):
    write(tmp_path, **{"ann_RNN_skeleton.py": b"1", "ann_GRU_skeleton (1).py": b"2", "bob_rnn_skeleton.py": b"3"})
    submissions = found(tmp_path)
    assert {name: one.files for name, one in submissions.items()} == {"ann": {RNN: b"1", GRU: b"2"}, "bob": {RNN: b"3"}}


def test_loose_files_that_are_named_after_students_alone_are_a_submission_each(tmp_path):
    write(tmp_path, **{"ann.py": b"1", "bob.ipynb": b"2", "max.py": b"3", "README.md": b""})
    assert {name: one.files for name, one in found(tmp_path).items()} == {
        "ann": {RNN: b"1", GRU: b"1"},
        "bob": {NOTEBOOK: b"2"},
        "max": {RNN: b"3", GRU: b"3"},
    }


def test_a_loose_module_beside_the_folders_of_a_class_is_not_lost(tmp_path):
    both(tmp_path / "Ann")
    both(tmp_path / "Max")
    write(tmp_path, **{"zoe.py": b"z"})
    assert set(found(tmp_path)) == {"Ann", "Max", "zoe"}


def test_a_folder_with_parts_of_other_names_is_one_submission(tmp_path):
    write(tmp_path / "Ann", **{"rnn.py": b"1", "gru.py": b"2"})
    assert only(tmp_path / "Ann") == Submission("Ann", {RNN: b"1", GRU: b"2"}, notes=only(tmp_path / "Ann").notes)


def test_what_was_decided_about_a_name_travels_with_the_submission(tmp_path):
    write(tmp_path / "Ann", **{"RNN_skeleton (1).py": b"1", GRU: b"2"})
    assert only(tmp_path / "Ann").notes == (("taken_for", {"file": RNN, "other": "RNN_skeleton (1).py"}),)


# Results among submissions


def test_where_results_go_is_no_submission(tmp_path):
    both(tmp_path / "Ann")
    (tmp_path / "marked").mkdir()
    (one,) = find_submissions(tmp_path, WANTED, tmp_path / "marked")
    assert one.student == "Ann"


def test_where_an_earlier_run_left_its_results_is_no_submission(tmp_path):
    both(tmp_path / "Ann")
    write(tmp_path / "marked" / "results", **{"Ann.json": b"{}"})
    write(tmp_path / "marked", **{"grades.csv": b""})
    assert set(found(tmp_path)) == {"Ann"}


def test_results_may_not_go_into_the_folder_of_submissions_itself(tmp_path):
    both(tmp_path / "Ann")
    with pytest.raises(NoSubmissions, match="both submissions and results"):
        find_submissions(tmp_path, WANTED, tmp_path / "Ann" / "..")


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


# Zips


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_is_one_submission_however_it_was_packed(tmp_path, method):
    path = zipped(tmp_path / "Ann.zip", (RNN, b"rnn" * 50), (GRU, b"gru"), method=method)
    assert only(path) == Submission("Ann", {RNN: b"rnn" * 50, GRU: b"gru"})


def test_two_files_with_one_name_and_depth_are_nobodys(tmp_path):
    write(tmp_path / "class" / "group" / "Ann", **{RNN: b"hers"})
    write(tmp_path / "class" / "group" / "Zed", **{RNN: b"his"})
    assert "twice (Ann/RNN_skeleton.py, Zed/RNN_skeleton.py)" in found(tmp_path / "class")["group"].rejected


def test_a_zip_of_several_students_is_rejected_and_not_one_of_them(tmp_path):
    path = zipped(tmp_path / "moodle.zip", ("Ann/RNN_skeleton.py", b"hers"), ("Zed/RNN_skeleton.py", b"his"))
    assert "twice" in only(path).rejected


@pytest.mark.parametrize("stray", [REPORT, "RNN_Implementation.ipynb"])
def test_a_stray_file_beside_the_folders_of_a_class_does_not_make_it_one_submission(tmp_path, stray):
    write(tmp_path / "class", **{stray: b"stray"})
    write(tmp_path / "class" / "Ann", **{RNN: b"hers"})
    write(tmp_path / "class" / "Zed", **{RNN: b"his"})
    assert set(found(tmp_path / "class")) == {"Ann", "Zed"}


def test_the_one_zip_in_a_students_folder_is_the_submission(tmp_path):
    (tmp_path / "class" / "Ann").mkdir(parents=True)
    zipped(tmp_path / "class" / "Ann" / "submission.zip", (RNN, b"rnn"))
    assert found(tmp_path / "class")["Ann"].files == {RNN: b"rnn"}


def test_of_two_zips_in_a_students_folder_neither_is_guessed(tmp_path):
    (tmp_path / "class" / "Ann").mkdir(parents=True)
    for name in ("old.zip", "new.zip"):
        zipped(tmp_path / "class" / "Ann" / name, (RNN, b"rnn"))
    assert found(tmp_path / "class")["Ann"].rejected


def test_a_backup_folder_beside_the_modules_belongs_to_the_submission(tmp_path):
    write(tmp_path / "Ann", **{RNN: b"new"})
    write(tmp_path / "Ann" / "backup", **{RNN: b"old"})
    assert only(tmp_path / "Ann").files == {RNN: b"new"}


MEMBERS = {
    "in_a_folder": [("homework/RNN_skeleton.py", b"rnn")],
    "in_folders_of_their_own": [("homework/", b""), ("homework/a/", b""), ("homework/a/RNN_skeleton.py", b"rnn")],
    "from_windows": [("homework\\a\\RNN_skeleton.py", b"rnn")],
    "with_a_drive": [("C:\\Users\\Ann\\RNN_skeleton.py", b"rnn")],
    "absolute": [("/home/ann/RNN_skeleton.py", b"rnn")],
    "dot": [("./RNN_skeleton.py", b"rnn")],
    "from_a_mac": [(RNN, b"rnn"), ("__MACOSX/._RNN_skeleton.py", b"mac"), ("__MACOSX/GRU_skeleton.py", b"mac")],
    "with_hidden_folders": [(RNN, b"rnn"), (".git/GRU_skeleton.py", b"old"), ("a/.x/report.pdf", b"old")],
    "with_other_files": [(RNN, b"rnn"), ("model.pth", b"weights"), ("a/grades.csv", b"")],
    "above_the_top": [(RNN, b"rnn"), ("../../GRU_skeleton.py", b"escaped")],
    "the_less_deep_one": [("a/b/RNN_skeleton.py", b"deep"), ("z/RNN_skeleton.py", b"rnn")],
    "the_less_deep_one_from_windows": [("a\\b\\c\\RNN_skeleton.py", b"deep"), ("z/RNN_skeleton.py", b"rnn")],
    "a_folder_of_that_name": [(RNN, b"rnn"), ("GRU_skeleton.py/", b""), ("GRU_skeleton.py/notes.txt", b"")],
}


@pytest.mark.parametrize("members", MEMBERS.values(), ids=MEMBERS)
def test_a_wanted_file_is_found_where_it_lies_in_a_zip_and_nothing_else_is(tmp_path, members):
    assert only(zipped(tmp_path / "Ann.zip", *members)).files == {RNN: b"rnn"}


@pytest.mark.filterwarnings("ignore:Duplicate name")  # zipfile's own, while the zip is written
def test_a_name_that_is_twice_in_a_zip_is_read_once(tmp_path):
    path = zipped(tmp_path / "Ann.zip", (RNN, b"first"), (RNN, b"second"))
    assert only(path).files == {RNN: b"first"}


def test_a_bad_file_that_is_not_taken_does_not_spoil_the_zip(tmp_path):
    path = zipped(tmp_path / "Ann.zip", (RNN, b"rnn"), ("old/RNN_skeleton.py", b"0" * 300_000))
    assert only(path).files == {RNN: b"rnn"}


def test_nothing_of_a_zip_is_written_anywhere(tmp_path):
    path = zipped(tmp_path / "a" / "b" / "Ann.zip", ("../../RNN_skeleton.py", b"x"), (RNN, b"rnn"), ("/tmp/r", b"x"))
    before = sorted(tmp_path.rglob("*"))
    only(path)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_zip_with_nothing_wanted_is_rejected(tmp_path):
    assert "is there" in only(zipped(tmp_path / "Ann.zip", ("notes.txt", b"sorry"))).rejected
    assert "is there" in only(zipped(tmp_path / "Max.zip")).rejected


def test_a_bomb_among_the_wanted_files_is_rejected_before_it_is_unpacked(tmp_path):
    submission = only(zipped(tmp_path / "Ann.zip", (RNN, b"0" * 500_000)))
    assert "over 200 times its size" in submission.rejected
    assert submission.files == {}


def test_a_bomb_among_the_other_files_is_never_unpacked(tmp_path, monkeypatch):
    opened = []
    unpack = zipfile.ZipFile.open
    monkeypatch.setattr(
        zipfile.ZipFile, "open", lambda self, member, *a: opened.append(member.filename) or unpack(self, member, *a)
    )
    path = tmp_path / "Ann.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(write(tmp_path, rnn=b"rnn") / "rnn", RNN)
        archive.write(write(tmp_path, zeros=bytes(10**6)) / "zeros", "zeros.bin")
    opened.clear()
    assert only(path).files == {RNN: b"rnn"}
    assert opened == [RNN]


def test_a_size_that_the_zip_lies_about_is_rejected(tmp_path):
    path = zipped(tmp_path / "Ann.zip", (RNN, b"print(1)\n" * 3000), method=zipfile.ZIP_STORED)
    patched(path, CENTRAL, 24, struct.pack("<I", 100))
    submission = only(path)
    assert submission.files == {}
    assert "can't be opened" in submission.rejected


def test_a_zip_with_too_many_members_is_rejected(tmp_path):
    members = [(f"{number}.txt", b"") for number in range(archives.MEMBER_LIMIT)]
    assert only(zipped(tmp_path / "Max.zip", (RNN, b"rnn"), *members[1:])).files == {RNN: b"rnn"}
    assert "more than 1000 files" in only(zipped(tmp_path / "Ann.zip", (RNN, b"rnn"), *members)).rejected


def test_a_zips_table_of_contents_is_not_read_before_its_size_is_known(tmp_path, monkeypatch):
    monkeypatch.setattr(zipfile.ZipFile, "infolist", lambda archive: [])  # what has been read by then is too late
    path = zipped(tmp_path / "Ann.zip", *((f"{number:05}" * 40, b"") for number in range(5000)))
    assert "more than 1000 files" in only(path).rejected


def test_the_one_zip_in_a_zip_is_the_submission_and_no_deeper(tmp_path):
    inner = zipped(tmp_path / "inner", (RNN, b"rnn")).read_bytes()
    outer = zipped(tmp_path / "Ann.zip", ("homework/submission.zip", inner))
    assert only(outer).files == {RNN: b"rnn"}
    assert only(zipped(tmp_path / "Max.zip", ("Ann.zip", outer.read_bytes()))).rejected


def test_a_zip_that_holds_itself_again_and_again_is_rejected(tmp_path):
    inner = zipped(tmp_path / "inner", ("a.zip", b"0" * 500_000)).read_bytes()
    assert "over 200 times" in only(zipped(tmp_path / "Ann.zip", ("a.zip", b"0" * 500_000))).rejected
    assert only(zipped(tmp_path / "Max.zip", ("a.zip", inner))).rejected


def test_a_zip_that_is_too_large_is_rejected_unopened(tmp_path):
    path = zipped(tmp_path / "Ann.zip", (RNN, b"rnn"))
    os.truncate(path, archives.ARCHIVE_LIMIT + 1)  # holes: no disk is used
    assert "larger than 50 MB" in only(path).rejected


KINDS = {"link": stat.S_IFLNK, "device": stat.S_IFCHR, "pipe": stat.S_IFIFO, "socket": stat.S_IFSOCK}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_member_that_is_no_plain_file_is_rejected(tmp_path, kind):
    member = zipfile.ZipInfo(RNN)
    member.external_attr = (kind | 0o777) << 16
    assert "link or a device" in only(zipped(tmp_path / "Ann.zip", (member, b"/etc/passwd"))).rejected


@pytest.mark.parametrize("mode", [stat.S_IFREG | 0o644, 0o644, 0])
def test_a_plain_member_is_read_whatever_its_system_says_of_it(tmp_path, mode):
    member = zipfile.ZipInfo(RNN)
    member.external_attr = mode << 16
    assert only(zipped(tmp_path / "Ann.zip", (member, b"rnn"))).files == {RNN: b"rnn"}


def test_an_encrypted_zip_is_rejected_with_that_reason(tmp_path):
    path = zipped(tmp_path / "Ann.zip", (RNN, b"rnn"))
    patched(patched(path, LOCAL, 6, b"\x01\0"), CENTRAL, 8, b"\x01\0")
    assert only(path).rejected == f"{RNN} in the zip is encrypted"


def test_a_zip_packed_by_an_unknown_method_is_rejected(tmp_path):
    path = zipped(tmp_path / "Ann.zip", (RNN, b"rnn"))
    patched(patched(path, LOCAL, 8, b"\x63\0"), CENTRAL, 10, b"\x63\0")
    assert "can't be opened" in only(path).rejected


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip at all", b"\x7fELF" + bytes(1000), b"Rar!\x1a\x07\x01\0"])
def test_what_is_no_zip_is_rejected_and_the_rest_of_the_class_is_marked(tmp_path, content):
    write(tmp_path, **{"Ann.zip": content})
    both(tmp_path / "Max")
    submissions = found(tmp_path)
    assert "can't be opened" in submissions["Ann"].rejected
    assert submissions["Max"].rejected == ()


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_damaged_anywhere_is_a_submission_that_is_right_or_rejected(tmp_path, method):
    good = zipped(tmp_path / "good.zip", (RNN, b"import torch\n" * 5), method=method).read_bytes()
    rejected = 0
    for position in range(len(good)):
        damaged = bytearray(good)
        damaged[position] ^= 0xFF
        submission = only(write(tmp_path, **{"Ann.zip": damaged}) / "Ann.zip")
        rejected += bool(submission.rejected)
        assert submission.files in ({}, {RNN: b"import torch\n" * 5})
    assert rejected > len(good) // 3


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95])
def test_half_an_upload_is_rejected(tmp_path, kept):
    path = zipped(tmp_path / "Ann.zip", (RNN, os.urandom(2000)))
    os.truncate(path, int(kept * path.stat().st_size))
    assert "can't be opened" in only(path).rejected


def test_a_folder_named_like_a_zip_is_a_folder(tmp_path):
    both(tmp_path / "Ann.zip")
    assert found(tmp_path)["Ann.zip"].files == {RNN: b"rnn", GRU: b"gru"}


def test_a_submission_that_vanishes_while_it_is_read_is_rejected_and_the_others_are_not(tmp_path, monkeypatch):
    both(tmp_path / "Ann")
    both(tmp_path / "Max")
    read = files.read_folder

    def read_or_lose(folder, wanted):
        if folder.name == "Ann":
            shutil.rmtree(folder)
            raise FileNotFoundError(2, "No such file or directory")
        return read(folder, wanted)

    monkeypatch.setattr(files, "read_folder", read_or_lose)
    submissions = found(tmp_path)
    assert "can't be read" in submissions["Ann"].rejected
    assert submissions["Max"].rejected == ()

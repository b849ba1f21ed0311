"""What is read from zips, however they were packed, damaged or meant."""

import os
import shutil
import stat
import struct
import zipfile

import pytest

from grading.mark import archives, files
from grading.mark.files import Submission
from tests.grading.submissions import (
    CENTRAL,
    GRU,
    LOCAL,
    REPORT,
    RNN,
    both,
    found,
    only,
    patched,
    write,
    zipped,
)


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

"""A course system's download is marked as it came: a folder or the zip, submissions in zips included."""

import io
import os
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest

from grading.courses.pseudonyms import Keys, read_keys
from grading.downloads.register import read_register, write_register
from grading.mark.files import NoSubmissions, find_submissions, read_submission

RNN, GRU = "RNN_skeleton.py", "GRU_skeleton.py"
WANTED = {RNN, GRU, "RNN_Implementation.ipynb", "report.pdf"}
ENTRIES = {
    "doejane_1001_501_RNN_skeleton.py": b"jane",
    "doejane_1001_502_GRU_skeleton-1.py": b"jane too",
    "kimmin_late_1002_510_submission.zip": None,
}


def inner_zip():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(f"submission/{RNN}", b"min")
    return packed.getvalue()


@pytest.fixture(params=["folder", "zip", "zip with one folder around"])
def download(request, tmp_path):
    entries = {name: inner_zip() if content is None else content for name, content in ENTRIES.items()}
    if request.param == "folder":
        path = tmp_path / "submissions"
        path.mkdir()
        for name, content in entries.items():
            (path / name).write_bytes(content)
        return path
    path, outer = tmp_path / "submissions.zip", "" if request.param == "zip" else "submissions/"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in entries.items():
            archive.writestr(outer + name, content)
    return path


def read(path, out=None):
    return {one.student: read_submission(one, WANTED) for one in find_submissions(path, WANTED, out)}


def test_a_download_is_read_student_by_student(download):
    found = read(download)
    assert {name: one.files for name, one in found.items()} == {
        "doejane_1001": {RNN: b"jane", GRU: b"jane too"},
        "kimmin_1002": {RNN: b"min"},
    }
    assert ("late", {}) in found["kimmin_1002"].notes
    assert ("late", {}) not in found["doejane_1001"].notes


@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_one_odd_name_in_a_download_is_marked_under_that_name_and_said_to_be(tmp_path, kind):
    names = [f"{name}_assignsubmission_file_/{RNN}" for name in ("Ann Lee_71", "Bo Kim_72", "Jean Luc")]
    path = tmp_path / ("download" if kind == "folder" else "download.zip")
    if kind == "folder":
        for name in names:
            (path / name).parent.mkdir(parents=True)
            (path / name).write_text(name)
    else:
        with zipfile.ZipFile(path, "w") as archive:
            for name in names:
                archive.writestr(name, name)
    found = {one.student: one for one in find_submissions(path, WANTED)}
    odd = found["Jean Luc_assignsubmission_file_"]
    submission = read_submission(odd, WANTED)
    assert set(found) == {"Ann Lee_71", "Bo Kim_72", odd.student}
    assert submission.files == {RNN: names[2].encode()}
    assert submission.notes == (("odd_name", {"system": "moodle"}),)
    assert odd.receivers[0].attempt is None  # so that no grade goes back for a key that the system does not know
    assert read_submission(found["Bo Kim_72"], WANTED).notes == ()


def test_the_files_of_one_odd_name_on_canvas_are_one_students(tmp_path):
    for name in ("a_1_1_x.py", "b_2_2_x.py", "c_3_3_x.py", f"jean-luc_{RNN}", f"jean-luc_{GRU}"):
        (tmp_path / name).write_text(name)
    found = read(tmp_path)
    assert found["jean-luc"].files == {name: f"jean-luc_{name}".encode() for name in (RNN, GRU)}


def test_results_inside_a_downloads_folder_are_no_part_of_it(tmp_path):
    folder = tmp_path / "submissions"
    (folder / "marked" / "results").mkdir(parents=True)
    (folder / "marked" / "grades.csv").write_text("student")
    (folder / "7_1_RNN_skeleton.py").write_bytes(b"seven")
    assert list(read(folder, folder / "marked")) == ["7"]
    assert list(read(folder, tmp_path / "other")) == ["7"]


def test_a_link_in_a_download_is_not_followed(tmp_path):
    secret = tmp_path / "secret.py"
    secret.write_bytes(b"secret")
    folder = tmp_path / "submissions"
    folder.mkdir()
    (folder / "doe_7_1_RNN_skeleton.py").symlink_to(secret)
    assert read(folder)["doe_7"].files == {}


def test_a_broken_manifest_is_one_sentence(tmp_path):
    (tmp_path / "submission_1").mkdir()
    (tmp_path / "submission_1" / RNN).write_bytes(b"one")
    (tmp_path / "submission_metadata.yml").write_text("[1, 2")
    with pytest.raises(NoSubmissions, match=r"can't be read as a course system's download \(submission_metadata\.yml"):
        find_submissions(tmp_path, WANTED)


def test_a_bomb_in_one_students_place_is_that_students_alone(tmp_path):
    path = tmp_path / "submissions.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"doe_7_1_{RNN}", b"fine")
        archive.writestr(f"roe_8_2_{RNN}", bytes(400 * 1024))
    found = read(path)
    assert found["doe_7"].files == {RNN: b"fine"}
    assert found["roe_8"].rejected[0] == "zip_bomb"


def test_a_zips_table_of_contents_is_read_once_for_the_whole_class(tmp_path, monkeypatch):
    path, tables = tmp_path / "submissions.zip", []
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(20):
            archive.writestr(f"doe_{number}_{number}_{RNN}", b"%d" % number)
    read_table = zipfile.ZipFile._RealGetContents
    monkeypatch.setattr(
        zipfile.ZipFile, "_RealGetContents", lambda archive: tables.append(archive) or read_table(archive)
    )
    assert len(read(path)) == 20
    assert len(tables) == 1


def test_many_threads_read_one_zip_and_each_gets_its_own_file(tmp_path):
    path, numbers = tmp_path / "submissions.zip", range(200)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in numbers:
            archive.writestr(f"doe_{number}_{number}_{RNN}", f"# {number}\n".encode() * 500)
    found = find_submissions(path, WANTED)
    with ThreadPoolExecutor(8) as threads:
        contents = list(threads.map(lambda one: read_submission(one, WANTED).files[RNN], found))
    assert [content.split()[1].decode() for content in contents] == [one.attempt.key for one in found]


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_zip_that_was_opened_is_read_on_in_another_process(tmp_path):
    path = tmp_path / "submissions.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"doe_7_1_{RNN}", b"seven")
    [found] = find_submissions(path, WANTED)
    assert read_submission(found, WANTED).files == {RNN: b"seven"}
    forked = os.fork()
    if not forked:
        os._exit(0 if os.getpid() not in found.store.opened and read_submission(found, WANTED).files else 1)
    assert os.waitpid(forked, 0)[1] == 0
    assert read_submission(found, WANTED).files == {RNN: b"seven"}


def test_names_in_another_encoding_are_told_apart_and_can_be_written(tmp_path):
    folder = tmp_path / "submissions"
    folder.mkdir()
    for name in ("김", "이"):
        start = b"Lab_" + name.encode("cp949") + b"_attempt_2026-11-20-10-00-00_"
        (folder / os.fsdecode(start + RNN.encode())).write_text(name)
    found = find_submissions(folder, WANTED)
    assert len({one.student for one in found}) == 2
    write_register(found, tmp_path)
    assert {one.key for one in read_register(tmp_path).values()} == {one.attempt.key for one in found}
    keys = Keys(tmp_path / "keys.csv")
    keys.with_rows([row for one in found for row in one.receivers])
    keys.write()
    assert read_keys(keys.path).identities == keys.identities

"""A course system's download is marked as it came: a folder or the zip, submissions in zips included."""

import io
import zipfile

import pytest

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

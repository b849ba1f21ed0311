"""What the notebook asks of Colab: documents by URL, by Kaggle, by upload; Google Drive; the zip's download."""

import functools
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

pytestmark = pytest.mark.colab

KAGGLE = ["dataset_download", "tanishqdubush/text-classification-documentation"]
PRACTICE = "PRACTICE DOCUMENTS"
CHOICES = ("UPLOAD", "KAGGLE", "DRIVE_REFUSES")


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def website(few_documents):
    """The address of a course's website that has df_file.csv and a page for a login."""
    (few_documents.parent / "login.csv").write_text("<!DOCTYPE html><title>Log in</title>", encoding="utf-8")
    handler = functools.partial(QuietHandler, directory=few_documents.parent)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def one_runtime(open_runtime):
    with open_runtime() as runtime:
        runtime.run("setup", "setup-run", "settings", "practice-code", "documents-code")
        yield runtime


@pytest.fixture
def runtime(one_runtime, tmp_path):
    """The runtime with no files, no calls, and nothing that a browser, Kaggle or Drive gives."""
    one_runtime.record.write_text("")
    one_runtime.type(
        f"import os\nos.chdir({str(tmp_path)!r})\nDRIVE = {str(tmp_path / 'drive')!r}\n"
        f"for name in {CHOICES}: os.environ.pop(name, None)\nDATA_URL = ''\nSAVE_TO_DRIVE = False"
    )
    assert one_runtime.run("drive").error == ""
    return one_runtime


def with_drive(runtime):
    """Tick the box and run its cell."""
    return runtime.run_changed("drive", "SAVE_TO_DRIVE = False", "SAVE_TO_DRIVE = True")


def test_documents_come_from_the_address_that_the_course_gave(runtime, website, tmp_path, few_documents):
    runtime.type(f"DATA_URL = '{website}/df_file.csv'")
    answer = runtime.run("documents-run")
    assert answer.error == ""
    assert "df_file.csv: 159 documents" in answer.printed
    assert (tmp_path / "df_file.csv").read_bytes() == few_documents.read_bytes()
    assert runtime.calls == []


@pytest.mark.parametrize(
    ("page", "reason"), [("gone.csv", "HTTP Error 404: File not found"), ("login.csv", "the file is a web page")]
)
def test_an_address_that_gives_no_documents_is_told_and_kaggle_is_tried(runtime, website, page, reason):
    runtime.type(f"DATA_URL = '{website}/{page}'")
    answer = runtime.run("documents-run")
    assert answer.error == ""
    assert f"Downloading from the address that your course gave did not work: {reason}" in answer.printed
    assert runtime.calls == [KAGGLE, ["upload"]]


def test_documents_come_from_kaggle(runtime, few_documents):
    runtime.type(f"os.environ['KAGGLE'] = {str(few_documents.parent)!r}")
    answer = runtime.run("documents-run")
    assert "df_file.csv: 159 documents" in answer.printed
    assert runtime.calls == [KAGGLE]


def test_an_upload_gives_the_documents_and_is_not_asked_for_again(runtime, few_documents):
    runtime.type(f"os.environ['UPLOAD'] = {str(few_documents)!r}")
    for _ in range(2):
        answer = runtime.run("documents-run")
        assert answer.error == ""
        assert "df_file.csv: 159 documents" in answer.printed
    assert runtime.calls == [KAGGLE, ["upload"]]


def test_a_wrong_file_that_was_uploaded_is_told_and_asked_for_again(runtime, few_documents, tmp_path):
    wrong = tmp_path / "downloads" / "df_file.csv"
    wrong.parent.mkdir()
    wrong.write_text("<!DOCTYPE html><title>Log in</title>", encoding="utf-8")
    runtime.type(f"os.environ['UPLOAD'] = {str(wrong)!r}")
    answer = runtime.run("documents-run")
    assert answer.error == ""
    assert "Uploading did not work: the file is a web page" in answer.printed
    assert PRACTICE in answer.printed
    runtime.type(f"os.environ['UPLOAD'] = {str(few_documents)!r}")
    assert "df_file.csv: 159 documents" in runtime.run("documents-run").printed


def test_drive_is_mounted_where_it_is_asked_for_and_what_is_in_it_is_told(runtime, tmp_path):
    first = with_drive(runtime)
    (tmp_path / "drive" / "MyDrive" / "rnn_assignment" / "rnn_training.pt").touch()
    second = with_drive(runtime)
    assert first.error == second.error == ""
    assert runtime.calls == [["mount", str(tmp_path / "drive")]] * 2
    assert "Kept there by an earlier runtime: nothing yet." in first.printed
    assert "Kept there by an earlier runtime: rnn_training.pt." in second.printed


def test_drive_that_refuses_is_told_in_a_sentence_and_training_is_saved_beside_the_notebook(runtime):
    runtime.type("os.environ['DRIVE_REFUSES'] = 'mount failed'")
    answer = with_drive(runtime)
    assert answer.error == ""
    assert answer.printed.startswith("Google Drive can't be used (mount failed): run this cell again")
    assert "lost with the runtime" in answer.printed
    assert runtime.type("print(CHECKPOINTS)").printed == "checkpoints\n"


def test_without_drive_it_is_said_what_a_lost_runtime_takes(runtime):
    assert "lost with the runtime, and then training starts anew" in runtime.run("drive").printed
    assert runtime.calls == []


def test_documents_that_were_uploaded_are_kept_on_drive_for_the_next_runtime(runtime, few_documents, tmp_path):
    runtime.type(f"os.environ['UPLOAD'] = {str(few_documents)!r}")
    with_drive(runtime)
    runtime.run("documents-run")
    Path(tmp_path / "df_file.csv").unlink()  # all but Drive is lost
    answer = runtime.run("documents-run")
    assert "df_file.csv: 159 documents" in answer.printed
    assert [call[0] for call in runtime.calls] == ["mount", "dataset_download", "upload"]

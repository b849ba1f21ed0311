"""The command line's contract: verbs, exit codes, one sentence for what goes wrong."""

import json
import os
import shutil
import signal
import unicodedata
from pathlib import Path

import pytest
import torch

from assignment import recipe
from assignment.references import golden, golden_numbers
from grading import __main__ as command_line
from grading.export import kinds
from grading.mark.grade import Stopped
from grading.room import REPOSITORY
from grading.sandbox.layers import LAYERS

CASES = REPOSITORY / "assignment" / "cases"
ELSEWHERE = "make room there, or choose another with --out.\n"
VERBS = ("build", "grade", "reference", "prove", "review", "receipt", "purge", "export", "train", "explain", "doctor")


@pytest.fixture
def run(monkeypatch, capsys):
    """Run `python -m grading ...` in this process: (exit code, stdout, stderr)."""

    def run_with(*words):
        monkeypatch.setattr("sys.argv", ["grading", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            command_line.run()
        captured = capsys.readouterr()
        return ended.value.code or 0, captured.out, captured.err

    return run_with


def is_one_sentence(text):
    """One error line, no traceback, and nothing before it."""
    lines = text.strip().splitlines()
    return len(lines) == 1 and lines[0].startswith("Error: ") and lines[0].endswith((".", "?"))


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example(run, verb):
    code, out, _ = run(verb, "--help")
    assert code == 0
    assert f"python -m grading {verb}" in out


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_takes_an_assignment(run, verb):
    assert "--assignment" in run(verb, "--help")[1]


def test_products_in_the_repository_are_as_the_source_says(run):
    code, out, err = run("build", "--check")
    assert code == 0, err
    assert "products are as the source says" in out


def test_a_stale_product_of_a_lab_is_told_with_the_lab_s_own_command(run, monkeypatch):
    monkeypatch.setattr("grading.build.products.stale_products", lambda products: [Path("labs/gating/students/x.py")])
    code, _, err = run("build", "--check", "--assignment", "gating")
    assert code == 1
    assert err == "labs/gating/students/x.py is stale; run: python -m grading build --assignment gating\n"
    assert run("build", "--check")[2].endswith("run: python -m grading build\n")


@pytest.mark.parametrize(
    "words", [("grade", CASES / "several-mistakes", "--out", "marked"), ("reference", "--check", "--only", "golden")]
)
def test_a_damaged_reference_is_named_in_one_sentence(run, words, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    damaged = tmp_path / "golden.json"
    damaged.write_text("{")
    monkeypatch.setattr(golden_numbers, "GOLDEN", damaged)
    monkeypatch.setattr(golden, "GOLDEN", damaged)
    code, _, err = run(*words)
    assert code == 2
    assert is_one_sentence(err)
    assert "golden.json is damaged" in err


def test_an_unknown_assignment_is_wrong_usage_in_one_sentence(run):
    code, _, err = run("build", "--check", "--assignment", "nowhere")
    assert code == 2
    assert is_one_sentence(err)


def test_an_item_is_explained_with_its_equation(run):
    code, out, _ = run("explain", "gru.candidate")
    assert code == 0
    assert "h~_t = tanh(W_h x_t + U_h (r_t * h_{t-1}) + b_h)" in out


def test_a_misconception_is_explained_without_empty_places(run):
    code, out, _ = run("explain", "layer-sizes-swapped")
    assert code == 0
    assert "{" not in out


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_the_help_of_export_has_an_example_for_each_kind_that_says_all_it_needs(run, monkeypatch, kind):
    example = next(line for line in run("export", kind, "--help")[1].splitlines() if f" export {kind} " in line)
    asked = []
    monkeypatch.setattr(kinds, "export", lambda room, kind, out, source, *_: asked.append((kind, source)) or [])
    assert run(*example.split("grading ")[1].split())[0] == 0
    ((named, source),) = asked
    assert named == kind
    assert (source is not None) == bool(kinds.KINDS[kind].source)


def test_an_empty_path_of_an_export_is_wrong_usage(run):
    code, _, err = run("export", "otter", "--out", "")
    assert code == 2
    assert is_one_sentence(err)


def test_an_unknown_kind_of_export_is_wrong_usage_and_lists_what_there_is(run, tmp_path):
    code, _, err = run("export", "nowhere", "--out", tmp_path / "out")
    assert code == 2
    assert is_one_sentence(err)
    assert "gradescope" in err


def test_an_export_that_is_made_from_the_assignment_alone_takes_no_source(run, tmp_path):
    code, _, err = run("export", "gradescope", CASES, "--out", tmp_path / "out.zip")
    assert code == 2
    assert is_one_sentence(err)


def test_an_unknown_id_is_wrong_usage_and_lists_what_there_is(run):
    code, _, err = run("explain", "gru")
    assert code == 2
    assert "gru.candidate" in err


@pytest.mark.parametrize("path", ["does/not/exist", "."])
def test_a_path_without_submissions_is_wrong_usage_in_one_sentence(run, tmp_path, path):
    empty = tmp_path / "empty"
    empty.mkdir()
    code, _, err = run("grade", empty / path, "--out", tmp_path / "out")
    assert code == 2
    assert is_one_sentence(err)


@pytest.mark.parametrize("words", [("", "--out", "out"), ("class", "--out", "")], ids=["path", "out"])
def test_an_empty_path_is_wrong_usage_and_not_the_current_folder(run, tmp_path, monkeypatch, words):
    shutil.copytree(CASES / "untouched", tmp_path / "class" / "Ann")
    monkeypatch.chdir(tmp_path)
    code, said, err = run("grade", *words)
    assert (code, said) == (2, "")
    assert is_one_sentence(err)
    assert [path.name for path in tmp_path.iterdir()] == ["class"]


@pytest.mark.parametrize("score", ["nan", "inf"])
def test_a_score_that_is_no_number_is_wrong_usage_in_one_sentence(run, tmp_path, score):
    code, _, err = run("grade", CASES / "untouched", "--out", tmp_path / "out", "--fail-under", score)
    assert code == 2
    assert is_one_sentence(err)
    assert not (tmp_path / "out").exists()


def test_an_output_that_is_a_file_is_wrong_usage_in_one_sentence(run, tmp_path):
    (tmp_path / "out").write_text("in the way")
    code, _, err = run("grade", CASES / "untouched", "--out", tmp_path / "out")
    assert code == 2
    assert is_one_sentence(err)


def given(tmp_path, trouble):
    """(path, out) with one thing wrong."""
    folder, out = tmp_path / "class", tmp_path / "out"
    shutil.copytree(CASES / "untouched", folder / "Ann")
    if trouble == "two submissions of one name":
        shutil.copytree(CASES / "untouched", folder / "ANN")
    if trouble == "two normal forms of one name":
        for form in ("NFC", "NFD"):
            shutil.copytree(CASES / "untouched", folder / unicodedata.normalize(form, "José"))
    if trouble == "a pipe":
        os.mkfifo(tmp_path / "pipe.zip")
        folder = tmp_path / "pipe.zip"
    if trouble == "results among the submissions":
        out = folder
    if trouble == "an output under a file":
        (tmp_path / "file").write_text("in the way")
        out = tmp_path / "file" / "out"
    if trouble == "an output that no one can make":
        out = "/proc/1/out"
    if trouble == "a path that no system takes":
        folder = tmp_path / ("x" * 300)
    if trouble == "a loop of links":
        folder = tmp_path / "loop"
        folder.symlink_to(folder)
    return folder, out


TROUBLES = [
    "two submissions of one name", "two normal forms of one name", "a pipe", "results among the submissions",
    "an output under a file", "an output that no one can make", "a path that no system takes", "a loop of links",
]  # fmt: skip


@pytest.mark.parametrize("trouble", TROUBLES)
def test_what_can_not_be_marked_at_all_is_wrong_usage_in_one_sentence(run, tmp_path, trouble):
    path, out = given(tmp_path, trouble)
    code, said, err = run("grade", path, "--out", out)
    assert (code, said) == (2, "")
    assert is_one_sentence(err)


WRONG_COURSES = {
    "no file": None,
    "an unknown key": "rooster = 'x'",
    "no zone": "deadline = 2026-11-20T23:59:00",
    "no roster": "roster = 'nowhere.csv'",
    "an extension of nobody": "extensions = {Zoe = 2026-11-20T23:59:00Z}",
}


@pytest.mark.parametrize("text", WRONG_COURSES.values(), ids=WRONG_COURSES)
def test_a_wrong_course_is_wrong_usage_in_one_sentence_before_anything_is_marked(run, tmp_path, text):
    if text:
        (tmp_path / "course.toml").write_text(text)
    out = tmp_path / "out"
    code, said, err = run("grade", CASES / "untouched", "--out", out, "--course", tmp_path / "course.toml")
    assert (code, said) == (2, "")
    assert is_one_sentence(err)
    assert not out.exists()


def test_canvas_s_own_student_in_the_roster_is_left_out_and_said_to_be(run, tmp_path):
    (tmp_path / "class" / "ann").mkdir(parents=True)
    (tmp_path / "class" / "ann" / "GRU_skeleton.py").touch()  # nothing in it, so that nothing has to be run
    (tmp_path / "roster.csv").write_text('Student,ID\nann,7\n"Student, Test",99\n')
    (tmp_path / "course.toml").write_text("roster = 'roster.csv'\n")
    out = tmp_path / "out"
    code, _, err = run("grade", tmp_path / "class", "--out", out, "--course", tmp_path / "course.toml", "--jobs", 1)
    assert code == 0
    assert f"{tmp_path / 'roster.csv'}, line 3, is Canvas's own 'Student, Test', and is left out" in err.splitlines()
    assert [path.stem for path in (out / "results").iterdir()] == ["ann"]


def test_ctrl_c_in_any_verb_is_130_and_one_word(run, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(command_line, "open_room", interrupt)
    code, _, err = run("explain", "gru.candidate")
    assert (code, err) == (130, "Stopped.\n")


def test_sigterm_in_any_verb_is_143_and_says_so(run, monkeypatch):
    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(command_line, "open_room", lambda *_: signal.raise_signal(signal.SIGTERM))
    code, _, err = run("explain", "gru.candidate")
    assert (code, err) == (143, "Stopped by SIGTERM.\n")
    assert signal.getsignal(signal.SIGTERM) is before


def test_ctrl_c_in_an_export_that_marks_is_130_and_tells_what_is_kept(run, monkeypatch, tmp_path):
    def interrupted(*_):
        raise Stopped("Stopped; 3 of 7 submissions are marked and kept; the same command begins anew.") from (
            KeyboardInterrupt()
        )

    monkeypatch.setattr(kinds, "export", interrupted)
    code, _, err = run("export", "nbgrader-scores", tmp_path, "--out", tmp_path / "out")
    assert (code, err.count("\n")) == (130, 1)
    assert "3 of 7 submissions are marked" in err


def test_marks_may_be_zero_and_the_run_still_succeeds(run, tmp_path):
    code, out, _ = run("grade", CASES / "untouched", "--out", tmp_path / "out")
    assert code == 0
    assert "grades.csv" in out


def test_fail_under_turns_a_low_score_into_exit_1(run, tmp_path):
    assert run("grade", CASES / "untouched", "--out", tmp_path / "out", "--fail-under", "50")[0] == 1


def test_json_prints_a_result_a_line_and_nothing_else(run, tmp_path):
    code, out, _ = run("grade", CASES / "untouched", "--out", tmp_path / "out", "--json")
    assert code == 0
    (result,) = [json.loads(line) for line in out.splitlines()]
    assert (result["student"], result["score"], result["max_score"]) == ("untouched", 0.0, 100.0)


def give_layers(monkeypatch, **missing):
    monkeypatch.setattr("grading.doctor.try_layers", lambda: ("kernel", missing))


def test_a_sandbox_that_is_not_whole_is_refused_where_it_is_required(run, monkeypatch, tmp_path):
    give_layers(monkeypatch, files="Operation not permitted")
    code, _, err = run("grade", CASES / "untouched", "--out", tmp_path / "out", "--require-sandbox")
    assert code == 2
    assert is_one_sentence(err)
    assert "NOT HERE: files;" in err
    assert not (tmp_path / "out").exists()


def test_a_sandbox_that_is_whole_lets_marking_go_on_where_it_is_required(run, monkeypatch, tmp_path):
    give_layers(monkeypatch)
    code, _, err = run("grade", CASES / "untouched", "--out", tmp_path / "out", "--require-sandbox")
    assert code == 0
    assert "all 15 layers" in err


def test_marking_says_in_one_line_what_the_sandbox_lacks(run, monkeypatch, tmp_path):
    give_layers(monkeypatch, files="Operation not permitted", landlock="not Linux")
    code, _, err = run("grade", CASES / "untouched", "--out", tmp_path / "out")
    assert code == 0
    assert "student code: 13 of 15 layers of the sandbox stand; NOT HERE: files, landlock\n" in err


def test_the_doctor_has_a_row_for_each_layer_that_is_there_or_not(run, monkeypatch):
    give_layers(monkeypatch, files="Operation not permitted")
    code, out, _ = run("doctor")
    assert code == 0
    rows = dict(line.strip().split(maxsplit=1) for line in out.splitlines() if line.startswith("  "))
    assert rows.keys() == LAYERS.keys()
    assert rows["files"].startswith("MISSING (Operation not permitted): ")
    assert all(row.startswith("present: ") for name, row in rows.items() if name != "files")


def test_resume_keeps_a_result_that_is_there_and_marks_the_rest(run, tmp_path):
    submissions = tmp_path / "class"
    for name in ("untouched", "half-done"):
        shutil.copytree(CASES / name, submissions / name)
    out = tmp_path / "out"
    run("grade", submissions, "--out", out)
    kept, other = out / "results" / "untouched.json", out / "results" / "half-done.json"
    marked = json.loads(kept.read_text())
    kept.write_text(json.dumps(marked | {"notes": ["kept"]}))
    other.unlink()
    run("grade", submissions, "--out", out, "--resume")
    assert json.loads(kept.read_text())["notes"] == ["kept"]
    assert other.is_file()


def test_a_choice_that_the_assignment_does_not_offer_is_wrong_usage_in_one_sentence(run):
    code, _, err = run("train", "--choose", "recipe=published")
    assert code == 2
    assert is_one_sentence(err)
    code, _, err = run("train", "--assignment", "gating", "--choose", "recipe=slow")
    assert code == 2
    assert "recipe=batches|published" in err


def test_training_that_is_stopped_says_that_the_same_command_goes_on(run, monkeypatch, tmp_path):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(recipe, "train", stopped)
    code, _, said = run("train", "--out", tmp_path)
    assert (code, said) == (130, f"Stopped; what is finished is kept in {tmp_path}, and the same command goes on.\n")


def test_a_checkpoint_for_which_there_is_no_space_is_no_fault_of_ours(run, monkeypatch, tmp_path):
    monkeypatch.setattr(recipe, "train", lambda *_, **__: torch.save({"weight": torch.zeros(9999)}, "/dev/full"))
    code, _, said = run("train", "--out", tmp_path)
    assert (code, said) == (
        2,
        f"Error: {tmp_path} can't be written (there is no room for a checkpoint); {ELSEWHERE}",
    )


def test_what_lies_elsewhere_and_can_not_be_had_is_no_place_to_write_to(run, monkeypatch, tmp_path):
    def read(*_, **__):
        return (tmp_path / "settings").read_text()

    (tmp_path / "settings").mkdir()
    monkeypatch.setattr(recipe, "train", read)
    code, _, said = run("train", "--out", tmp_path / "out")
    assert code == 3
    assert "our own fault" in said


def test_a_place_that_is_no_folder_is_wrong_usage_and_is_named(run, tmp_path):
    (tmp_path / "file").write_text("")
    code, _, said = run("train", "--out", tmp_path / "file")
    assert code == 2
    assert f"{tmp_path / 'file'} can't be written (File exists); {ELSEWHERE}" in said

"""A purge deletes what grade wrote of students, in a folder that grade wrote, and nothing else anywhere."""

from datetime import date, timedelta

import pytest

from grading import __main__ as command_line
from grading.courses.marked import MarkedFault
from grading.courses.purge import find_purge, purge
from tests.grading.results import result_of

YESTERDAY, TODAY = date.today() - timedelta(days=1), date.today()
WRITTEN = (
    "results/Ann.json", "results/Ann.json.part", "feedback/Ann.html", "faults/Ann.txt", "marked/Ann.json", "grades.csv",
    "report.html", "students.json", "overrides.csv", "compare.csv",
)  # fmt: skip


@pytest.fixture
def marked(room, tmp_path):
    """A folder with a file of every kind that grade writes."""
    for name in WRITTEN:
        (tmp_path / "marked" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "marked" / name).write_text(result_of(room).to_json())
    return tmp_path / "marked"


@pytest.fixture
def run(monkeypatch, capsys):
    def run_with(*words):
        monkeypatch.setattr("sys.argv", ["grading", "purge", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            command_line.run()
        return ended.value.code or 0, *capsys.readouterr()

    return run_with


def test_after_the_date_everything_that_grade_wrote_is_deleted(run, marked):
    code, out, _ = run(marked, "--after", YESTERDAY, "--yes")
    assert code == 0
    assert "Deleted." in out
    assert not marked.exists()


@pytest.mark.parametrize("words", [("--after", TODAY, "--yes"), ("--after", YESTERDAY)])
def test_before_the_date_or_without_a_yes_nothing_is_deleted_and_all_is_named(run, marked, words):
    code, out, _ = run(marked, *words)
    assert code == 0
    assert "Nothing is deleted" in out
    assert all((marked / name).exists() for name in WRITTEN)
    for name in ("results", "feedback", "faults", "marked", "grades.csv", "students.json"):
        assert str(marked / name) in out


def test_what_grade_does_not_write_stays_and_is_named(run, marked):
    (marked / "results" / "notes.docx").write_text("mine")
    (marked / "thesis.tex").write_text("mine")
    code, _, err = run(marked, "--after", YESTERDAY, "--yes")
    assert code == 0
    left = {path.relative_to(marked).as_posix() for path in marked.rglob("*") if path.is_file()}
    assert left == {"results/notes.docx", "thesis.tex"}
    assert "thesis.tex is not what grade writes" in err


def test_links_are_not_followed(marked, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "a.json").write_text("precious")
    (marked / "results" / "b.json").symlink_to(tmp_path / "home" / "a.json")
    (marked / "marked" / "Ann.json").unlink()
    (marked / "marked").rmdir()
    (marked / "marked").symlink_to(tmp_path / "home")
    purge(find_purge(marked))
    assert (tmp_path / "home" / "a.json").read_text() == "precious"
    assert not (marked / "grades.csv").exists()


def test_what_stayed_does_not_stop_the_next_purge(run, marked, tmp_path):
    (marked / "results" / "b.json").symlink_to(tmp_path)
    codes = [run(marked, "--after", YESTERDAY, "--yes")[0] for _ in range(2)]
    assert codes == [0, 0]
    assert [path.name for path in marked.rglob("*") if not path.is_dir() or path.is_symlink()] == ["b.json"]


@pytest.mark.parametrize("kind", ["no results", "a file", "nothing", "results of another program", "a link"])
def test_a_folder_that_grade_did_not_write_is_refused_in_one_sentence(run, marked, tmp_path, kind):
    folder = tmp_path / "other"
    if kind == "a link":
        folder.symlink_to(marked)
    elif kind == "a file":
        folder.write_text("mine")
    elif kind != "nothing":
        (folder / ("data" if kind == "no results" else "results")).mkdir(parents=True)
        (folder / "results" / "a.json" if kind == "results of another program" else folder / "x").write_text("[1]")
    code, _, err = run(folder, "--after", YESTERDAY, "--yes")
    assert code == 2
    assert len(err.strip().splitlines()) == 1
    assert (marked / "results" / "Ann.json").exists()
    assert kind != "results of another program" or (folder / "results" / "a.json").exists()


def test_a_purge_that_was_cut_short_can_be_repeated(marked):
    for path in find_purge(marked).paths[:-2]:
        path.unlink()
    purge(find_purge(marked))
    assert not marked.exists()


def test_what_can_t_be_deleted_is_told_in_one_sentence(marked, monkeypatch):
    found = find_purge(marked)
    (marked / "grades.csv").unlink()
    with pytest.raises(MarkedFault, match=r"grades\.csv can't be deleted \(No such file or directory\)"):
        purge(found)


def test_a_date_that_is_none_is_wrong_usage(run, marked):
    assert run(marked, "--after", "soon", "--yes")[0] == 2

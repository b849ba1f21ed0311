"""A study as a file, and the page that tells of it: what stands there is what the kept runs say."""

import json
import re

import numpy as np
import pytest

from grading.room import REPOSITORY, RoomError
from labs.gating.recipe_inputs import NETWORKS
from labs.gating.seed_study.runs import Job, Run
from labs.gating.seed_study.study import KEPT, Study, read_study, write_study
from labs.gating.seed_study.tables import answers, measured_rows

pytestmark = pytest.mark.labs
PAGE = (REPOSITORY / "docs" / "gating-lab.md").read_text(encoding="utf-8")
LEFT_OUT = {"minutes a run"}  # of the table on the page
PUBLISHED = {
    "measured": lambda run: f"{100 * run['accuracy']:.2f}",
    "without the 282 repeated": lambda run: f"{100 * run['accuracy without repeated reviews']:.2f}",
    "training loss, last epoch": lambda run: f"{run['training']['losses'][-1]:.3f}",
    "minutes, beside other work": lambda run: f"{run['training']['seconds'] / 60:.0f}",
}


def table_on_the_page(first_row):
    """title -> the two cells of each row of the table with this row in it."""
    rows = re.search(rf"(?:^\|.*\n)*^\| {re.escape(first_row)} \|(?:.*\n\|)*.*$", PAGE, re.MULTILINE)[0]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in rows.splitlines()]
    return {title: texts for title, *texts in cells}


def small_study(repeated=(0, 1, 0)):
    """Two seeds of each network, clean and not, of which the GRU is right on all reviews."""
    runs = [
        Run(Job(network, seed, "3", 1, clean), np.array([True, seed == 1, network == "GRU"]), 0.5, 60.0)
        for seed in range(2)
        for clean in (False, True)
        for network in NETWORKS
    ]
    return Study("3", np.array(repeated, dtype=bool), np.array([1, 30, 500]), runs)


def test_the_page_has_the_numbers_of_the_kept_study():
    found = {title: texts for title, texts in measured_rows(read_study(REPOSITORY / KEPT)) if title not in LEFT_OUT}
    on_page = table_on_the_page("accuracy, 1877 test reviews")
    assert {title: on_page.get(title) for title in found} == found


def test_the_page_has_the_numbers_of_the_kept_published_runs():
    folder = (REPOSITORY / KEPT).parent
    names = [f"{network.replace(' ', '_')}_published_200_seed_0.json" for network in NETWORKS]
    runs = [json.loads((folder / name).read_text(encoding="utf-8")) for name in names]
    on_page = table_on_the_page("minutes, beside other work")
    assert {title: on_page[title] for title in PUBLISHED} == {
        title: [tell(run) for run in runs] for title, tell in PUBLISHED.items()
    }


def test_what_the_page_answers_is_what_the_kept_study_answers():
    said = " ".join(answers(read_study(REPOSITORY / KEPT)))
    assert "3.09 (1.24 to 4.94)" in said
    assert "3.09 points (1.24 to 4.94," in PAGE
    assert "2.67 (0.70 to 4.65)" in said
    assert "2.67, 0.70 to 4.65" in PAGE


def test_a_study_is_read_as_it_was_written(tmp_path):
    study = small_study()
    write_study(study, tmp_path / "study.json")
    again = read_study(tmp_path / "study.json")
    assert [[*row] for row in measured_rows(again)] == [[*row] for row in measured_rows(study)]
    assert [*answers(again)] == [*answers(study)]


@pytest.mark.parametrize("repeated", [(0, 0, 0), (1, 1, 1)])
def test_where_none_or_all_is_repeated_nothing_is_said_of_memory(repeated):
    study = small_study(repeated)
    said = " ".join([*(title for title, _ in measured_rows(study)), *answers(study)])
    assert "epeated" not in said
    assert "Memory" not in said
    assert "nan" not in " ".join(text for _, texts in measured_rows(study) for text in texts)


def test_memory_is_what_the_repeated_reviews_gain_and_no_more():
    study = small_study()
    for run in study.runs:
        if run.job.is_clean:
            run.right[:] = [False, False, run.right[2]]
    said = " ".join(" ".join(answers(study)).split())
    assert "on these 1 50.00 " in said  # of two seeds, one had it right
    assert "which of all 3 is 16.67 " in said
    assert "on the others, which neither knew: 50.00" in said


@pytest.mark.parametrize("spoilt", ["", "[]", "{}", '{"size": "3", "repeated": "", "lengths": [1], "runs": []}'])
def test_what_is_no_study_is_one_sentence(tmp_path, spoilt):
    (tmp_path / "study.json").write_text(spoilt)
    with pytest.raises(RoomError, match="holds no study"):
        read_study(tmp_path / "study.json")


def test_a_study_of_one_network_is_none(tmp_path):
    study = small_study()
    write_study(Study("3", study.repeated, study.lengths, study.of_network("GRU")), tmp_path / "study.json")
    with pytest.raises(RoomError, match="no run of one of the networks"):
        read_study(tmp_path / "study.json")

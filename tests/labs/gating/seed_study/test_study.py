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


def published_runs():
    """What `train` wrote of the published run of each network."""
    names = [f"{network.replace(' ', '_')}_published_200_seed_0.json" for network in NETWORKS]
    return [json.loads((REPOSITORY / KEPT).with_name(name).read_text(encoding="utf-8")) for name in names]


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
    runs = published_runs()
    on_page = table_on_the_page("minutes, beside other work")
    assert {title: on_page[title] for title in PUBLISHED} == {
        title: [tell(run) for run in runs] for title, tell in PUBLISHED.items()
    }


ANSWERS = {  # as the study answers -> as the page says it
    "both 3.09 (1.24 to 4.94)": "by 3.09 points (1.24 to 4.94,",
    "both 2.67 (0.70 to 4.65)": "2.67, 0.70 to 4.65)",
    "0 to 24 0.60 (-2.46 to 3.66)": "by 0.6 points (-2.5 to 3.7)",
    "25 to 49 3.34 ": "by 3.0 to 3.3,",
    "50 to 99 2.96 ": "by 3.0 to 3.3,",
    "200 to 399 5.68 (1.71 to 9.64)": "by 5.7 (1.7 to 9.6)",
    "400 or more 5.24 (-6.03 to 16.51)": "(5.2, -6.0 to 16.5)",
    "on these 282 7.59 (5.07 to 10.11)": "worth 7.6 points on the repeated reviews to the GRU (5.1 to 10.1)",
    "on these 282 5.96 (4.16 to 7.76)": "6.0 to the minimal unit (4.2 to 7.8)",
    "is 1.14 ": "which is 1.1 and 0.9 of all",
    "is 0.90 ": "which is 1.1 and 0.9 of all",
    "neither knew: 0.19 (-0.86 to 1.24)": "0.2 (-0.9 to 1.2)",
    "neither knew: 0.43 (-0.48 to 1.33)": "0.4 (-0.5 to 1.3)",
}


def test_what_the_page_answers_is_what_the_kept_study_answers():
    answered, page = (" ".join(text.split()) for text in (" ".join(answers(read_study(REPOSITORY / KEPT))), PAGE))
    assert [each for each in ANSWERS if each not in answered] == []
    assert [said for said in ANSWERS.values() if said not in page] == []


@pytest.mark.parametrize(
    ("words", "joint"),
    [("200 to 399", "66.0 and 62.3"), ("400 or more", "59.5 and 45.2"), ("0 to 24", "77.6 and 75.6")],
)
def test_the_page_tells_of_the_published_runs_by_length(words, joint):
    told = [f"{100 * accuracy:.1f}" for run in published_runs() for of, _, accuracy in run["by length"] if of == words]
    assert " and ".join(told) == joint
    assert joint in " ".join(PAGE.split())


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


@pytest.mark.parametrize("left", [slice(0, 0), slice(0, 1), slice(0, -1)], ids=["none", "one", "one too few"])
def test_a_study_in_which_a_seed_lacks_is_none(tmp_path, left):
    study = small_study()
    write_study(Study("3", study.repeated, study.lengths, study.runs[left]), tmp_path / "study.json")
    with pytest.raises(RoomError, match="the networks have not the same seeds"):
        read_study(tmp_path / "study.json")


def test_numbers_that_no_study_wrote_are_not_read(tmp_path):
    write_study(small_study(), tmp_path / "study.json")
    text = (tmp_path / "study.json").read_text()
    (tmp_path / "study.json").write_text(text.replace('"loss": 0.5', '"loss": 0.4', 1))
    with pytest.raises(RoomError, match="its numbers are not those that were written"):
        read_study(tmp_path / "study.json")

"""What is trained for the references: which variants, on which documents, with how many seeds; cheap ones first.

A line that is added here is trained by the next `python -m grading reference`.
"""

from dataclasses import dataclass

from assignment.many_seeds.excerpts import EXCERPTS, RECIPE
from assignment.many_seeds.variants import VARIANTS

SEEDS = 50
DISTRIBUTIONS = ("RNN", "GRU")
INTERVENTIONS = (
    "mean of states",
    "maximum of states",
    *(excerpt for excerpt in EXCERPTS if excerpt != RECIPE),
    "orthogonal start",
    "identity start",
    "gradient clipped",
    "ReLU",
    "ReLU and identity start",
    "update gate turned",
    "reset gate turned",
)


@dataclass(frozen=True)
class Planned:
    """One file of the references: a variant's results on the documents of one name, with `seeds` seeds."""

    variant: str
    documents: str
    seeds: int = SEEDS


def interventions_of(model):
    """The variants that differ from a model in one thing."""
    return [name for name in (f"{model}, {change}" for change in INTERVENTIONS) if name in VARIANTS]


PRACTICE, NEWS = "practice.csv.xz", "df_file.csv"
BOTH = (PRACTICE, NEWS)
PLAN = (
    *(Planned("RNN", documents) for documents in BOTH),
    Planned("GRU", PRACTICE),
    Planned("RNN, mean of states", NEWS),
    Planned("RNN, telling words last", NEWS),
)

"""What is trained for the references: which variants, on which documents, with how many seeds.

A line that is added here is trained by the next `python -m grading reference`.
"""

from dataclasses import dataclass

from assignment.many_seeds.excerpts import EXCERPTS, RECIPE
from assignment.many_seeds.variants import MISTAKES

SEEDS = 50
PRICED_SEEDS = {"RNN": 8, "GRU": 4}  # of a model with a known mistake: a seed of the GRU takes half a minute or more
DISTRIBUTIONS = ("RNN", "GRU")
SHOWN_AND_READ = ("mean of states", "maximum of states", *(excerpt for excerpt in EXCERPTS if excerpt != RECIPE))
STARTS = ("orthogonal start", "identity start", "gradient clipped", "ReLU", "ReLU and identity start")
INTERVENTIONS = {"RNN": (*SHOWN_AND_READ, *STARTS), "GRU": SHOWN_AND_READ}
WITHOUT_A_GATE = (
    "gru.new_state: candidate-only",
    "gru.candidate: reset-ignored",
)  # SEEDS each
# On the practice corpus, too: the words that tell about the class moved away from the end, and to it.
MOVED = ("RNN, telling words first", "RNN, telling words last", "RNN, mean of states")


@dataclass(frozen=True)
class Planned:
    """One file of the references: a variant's results on the documents of one name, with `seeds` seeds."""

    variant: str
    documents: str
    seeds: int = SEEDS

    def __str__(self):
        return f"{self.variant} on {self.documents}"


def interventions_of(model):
    """The variants that differ from a model in one thing."""
    return [f"{model}, {change}" for change in INTERVENTIONS[model]]


PRACTICE, NEWS = "practice.csv.xz", "df_file.csv"
BOTH = (PRACTICE, NEWS)
PLAN = (
    *(Planned(model, documents, SEEDS + 1) for model in DISTRIBUTIONS for documents in BOTH),  # seed 0 is a student's
    *(Planned(variant, NEWS) for model in DISTRIBUTIONS for variant in interventions_of(model)),
    *(Planned(f"{model}, probed", NEWS) for model in DISTRIBUTIONS),
    *(Planned(variant, PRACTICE) for variant in MOVED),
    *(
        Planned(name, NEWS, SEEDS if name in WITHOUT_A_GATE else PRICED_SEEDS[mistake.model])
        for name, mistake in MISTAKES.items()
    ),
)

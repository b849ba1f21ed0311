"""What logistic regression can read from a model's states while the model's weights stay as they are: a probe.

After Alain and Bengio, "Understanding intermediate layers using linear classifier probes" (arXiv:1610.01644).
"""

from dataclasses import dataclass, field, replace

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from assignment.many_seeds.read_outs import LastState, MeanOfStates
from assignment.many_seeds.training import EVALUATED_AT_ONCE, SeedResult, train_seeds
from assignment.many_seeds.words import DistinctWords

PROBED = {"last state": LastState, "mean of states": MeanOfStates}
CS = (0.01, 0.1, 1, 10)  # LogisticRegression's C, of which the validation documents choose; smaller is simpler


@dataclass
class ProbedSeed(SeedResult):
    """A seed's training, and what can be read from its states.

    probes   "last state, after training" and the like -> test accuracy of the probe, a fraction
    """

    probes: dict = field(default_factory=dict)


def train_probed(model, seeds, sets, epochs, clip=None):
    """What `train_seeds` does and gives, with ProbedSeeds; the model is a `HandWritten`, probed at its last epoch."""
    before, trained, after = probe(model, sets), train_seeds(model, seeds, sets, epochs, clip), probe(model, sets)
    both = (("before", before), ("after", after))
    found = {f"{name}, {when} training": accuracies for when, of in both for name, accuracies in of.items()}
    of_seeds = [dict(zip(found, each, strict=True)) for each in zip(*found.values(), strict=True)]
    results = [ProbedSeed(**vars(each), probes=own) for each, own in zip(trained.results, of_seeds, strict=True)]
    return replace(trained, results=results)


def probe(model, sets):
    """For each seed of a `HandWritten` the test accuracy of a probe of each of PROBED: name -> K fractions."""
    found = [summaries(model, documents) for documents in (sets.train, sets.valid, sets.test)]
    labels = [documents.labels.cpu().numpy() for documents in (sets.train, sets.valid, sets.test)]
    return {
        name: [accuracy(seed, labels) for seed in zip(*(of_set[name] for of_set in found), strict=True)]
        for name in PROBED
    }


@torch.no_grad()
def summaries(model, documents):
    """What each of PROBED makes of the states that each seed's model goes through: name -> (K, N, H)."""
    K = len(next(iter(model.weights.values())))
    found = {name: [] for name in PROBED}
    for tokens in documents.tokens.split(EVALUATED_AT_ONCE):
        batch = tokens.expand(K, -1, -1)
        trace, _ = model.forward(batch.shape, DistinctWords.of(batch, model.vocabulary))
        for name, read_out in PROBED.items():
            found[name].append(read_out.summary(trace.states[1:]).clone())
    return {name: torch.cat(parts, dim=1).cpu().numpy() for name, parts in found.items()}


def accuracy(features, labels):
    """The test accuracy of the probe that does best on the validation documents; both arguments: (train, valid, test).

    features: (N, H) each, labels: (N,).  Of equally good probes the simplest counts.
    """
    (train, valid, test), (of_train, of_valid, of_test) = features, labels
    tried = [make_pipeline(StandardScaler(), LogisticRegression(C=C, max_iter=1000)) for C in CS]
    for each in tried:
        each.fit(train, of_train)
    best = tried[int(np.argmax([each.score(valid, of_valid) for each in tried]))]
    return float(best.score(test, of_test))

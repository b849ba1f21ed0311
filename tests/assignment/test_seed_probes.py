"""Probes of many seeds' states: they read what is there, and reading changes nothing."""

import json
from dataclasses import asdict

import numpy as np
import pytest
import torch

from assignment.many_seeds.probes import accuracy, probe, summaries
from assignment.many_seeds.runs import read_result
from assignment.many_seeds.training import Documents, DocumentSets, train_seeds
from assignment.many_seeds.variants import VARIANTS
from assignment.recipe_inputs import SIZES

pytestmark = pytest.mark.trainer
SEEDS = (4, 5)
READ_OUTS = {"last state": "RNN", "mean of states": "RNN, mean of states"}


def documents(number, seed):
    """Random words, of which the first says the class."""
    generator = torch.Generator().manual_seed(seed)
    tokens = torch.randint(6, 50, (number, 20), generator=generator)
    labels = torch.randint(0, SIZES[3], (number,), generator=generator)
    tokens[:, 0] = labels + 1
    return Documents(tokens, labels)


@pytest.fixture(scope="module")
def sets():
    return DocumentSets(documents(300, 1), documents(60, 2), documents(100, 3))


@pytest.fixture(scope="module")
def probed(sets):
    return VARIANTS["RNN, probed"].train(SEEDS, sets, epochs=2).results


@pytest.mark.parametrize(("name", "read_out"), READ_OUTS.items())
def test_what_is_probed_is_what_a_model_with_this_read_out_gives_its_output_layer(name, read_out, sets):
    model = VARIANTS[read_out].fresh(SEEDS)
    given = torch.as_tensor(summaries(model, sets.test)[name])
    scores = model.answer(given, model.weights["fc.weight"], model.weights["fc.bias"])
    torch.testing.assert_close(scores, model.scores(sets.test.tokens.expand(len(SEEDS), -1, -1)), rtol=0, atol=1e-5)


def test_the_first_of_many_words_can_be_read_from_the_mean_and_not_from_the_last_state(sets):
    found = probe(VARIANTS["RNN"].fresh(SEEDS), sets)
    assert min(found["mean of states"]) > 0.9
    assert max(found["last state"]) < 0.4


def test_nothing_can_be_read_from_noise():
    generator = np.random.default_rng(0)
    features = [generator.normal(size=(number, 8)) for number in (600, 200, 1000)]
    labels = [generator.integers(0, 5, len(each)) for each in features]
    assert accuracy(features, labels) < 0.3  # chance: 0.2, and its standard deviation 0.013


def test_the_probe_is_chosen_without_the_test_documents():
    generator = np.random.default_rng(1)
    features = [generator.normal(size=(number, 40)) for number in (60, 40, 50)]
    labels = [(each[:, 0] + generator.normal(size=len(each)) > 0).astype(int) for each in features]
    turned = [*labels[:2], 1 - labels[2]]
    assert accuracy(features, turned) == pytest.approx(1 - accuracy(features, labels))


def test_a_probe_leaves_the_training_as_it_is(sets, probed):
    plain = VARIANTS["RNN"].train(SEEDS, sets, epochs=2).results
    assert [(each.history, each.test_accuracy) for each in probed] == [
        (each.history, each.test_accuracy) for each in plain
    ]


def test_each_seed_keeps_what_was_read_from_its_own_states_before_and_after(sets, probed):
    before = probe(VARIANTS["RNN"].fresh(SEEDS), sets)
    model = VARIANTS["RNN"].fresh(SEEDS)
    train_seeds(model, SEEDS, sets, 2)
    after = probe(model, sets)
    assert after != before
    for number, result in enumerate(probed):
        assert {f"{name}, {when} training" for name in READ_OUTS for when in ("before", "after")} == set(result.probes)
        for name in READ_OUTS:
            assert result.probes[f"{name}, before training"] == before[name][number]
            assert result.probes[f"{name}, after training"] == after[name][number]
        assert read_result(json.loads(json.dumps(asdict(result)))) == result

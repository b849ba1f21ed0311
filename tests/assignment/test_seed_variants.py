"""The variants that are trained with many seeds: each is what its name says, and starts as the recipe does."""

import pytest
import torch

from assignment.learning_models import MODELS
from assignment.many_seeds.training import Documents, DocumentSets
from assignment.many_seeds.variants import CLASS_NAMES, KEPT_ON_THE_OBJECT, VARIANTS
from assignment.recipe_inputs import EPOCHS, SIZES
from grading.build.solution import solution_classes
from grading.room import open_room

pytestmark = pytest.mark.trainer
SEEDS = (4, 5)
BY_HAND_AND_BY_AUTOGRAD = {
    "RNN": "RNN: right",
    "GRU": "GRU: right",
    "RNN, mean of states": "RNN: mean over time",
    "RNN, ReLU": "RNN: ReLU for tanh",
}


@pytest.fixture(scope="module")
def batch():
    """Tokens (2, 6, 9) and labels (2, 6)."""
    generator = torch.Generator().manual_seed(1)
    tokens = torch.randint(0, SIZES[0], (len(SEEDS), 6, 9), generator=generator)
    return tokens, torch.randint(0, SIZES[3], tokens.shape[:2], generator=generator)


@pytest.mark.parametrize(("by_hand", "by_autograd"), BY_HAND_AND_BY_AUTOGRAD.items())
def test_a_variant_by_hand_is_the_same_kind_by_autograd(by_hand, by_autograd, batch):
    models = [VARIANTS[name].fresh(SEEDS) for name in (by_hand, by_autograd)]
    scores = [model.learn(*batch) for model in models]
    torch.testing.assert_close(*scores, rtol=0, atol=1e-5)
    for part, weight in models[0].weights.items():
        torch.testing.assert_close(weight.grad, models[1].weights[part].grad, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("model", CLASS_NAMES)
def test_a_variant_starts_as_the_solution_does_with_its_seed(model):
    weights = VARIANTS[model].fresh(SEEDS).weights
    kind = solution_classes(open_room())[CLASS_NAMES[model]]
    for number, seed in enumerate(SEEDS):
        torch.manual_seed(seed)
        assert all(torch.equal(weights[part][number], own) for part, own in kind(*SIZES).named_parameters())


@pytest.mark.parametrize("name", VARIANTS)
def test_every_variant_gives_each_weight_a_gradient_that_is_a_number(name, batch):
    model = VARIANTS[name].fresh(SEEDS)
    model.learn(*batch)
    assert all(weight.grad.isfinite().all() for weight in model.weights.values())
    assert model.weights["fc.bias"].grad.abs().amax(dim=1).gt(0).all()  # also where every score is the bias


def test_a_wrong_formula_gives_other_scores_than_the_right_one(batch):
    right, swapped = (VARIANTS[name].fresh(SEEDS).scores(batch[0]) for name in ("GRU", "GRU: mix swapped"))
    assert (right - swapped).abs().max() > 0.01


def test_a_start_changes_what_it_names_and_nothing_else():
    plain, orthogonal, identity = (
        VARIANTS[name].fresh(SEEDS).weights for name in ("RNN", "RNN, orthogonal start", "RNN, identity start")
    )
    kept = {part: torch.equal(weight, plain[part]) for part, weight in orthogonal.items()}
    assert [part for part, same in kept.items() if not same] == ["Wh.weight"]
    turned = orthogonal["Wh.weight"]
    torch.testing.assert_close(turned @ turned.mT, torch.eye(turned.shape[1]).expand_as(turned), rtol=0, atol=1e-5)
    assert torch.equal(identity["Wh.weight"][1], torch.eye(turned.shape[1]))


def test_a_clipped_variant_takes_another_way_than_the_plain_one(batch):
    sets = DocumentSets(*[Documents(tokens[0], labels[0]) for tokens, labels in [batch] * 3])
    trained = [VARIANTS[name].train(SEEDS, sets, epochs=2) for name in ("RNN", "RNN, gradient clipped")]
    first, second = (results.results[0].history.train_loss for results in trained)
    assert first[0] == second[0]
    assert first[1] != second[1]


def test_every_kind_of_the_study_is_a_variant_but_the_one_that_keeps_its_state():
    named = {f"{model}: {kind}" for model, name in CLASS_NAMES.items() for kind in MODELS[name]}
    assert named - VARIANTS.keys() == {f"{model}: {KEPT_ON_THE_OBJECT}" for model in CLASS_NAMES}


def test_a_variant_is_trained_as_long_as_the_recipes_model():
    assert {VARIANTS[model].epochs for model in ("RNN", "RNN, ReLU")} == {EPOCHS["RNN"]}
    assert VARIANTS["GRU: reset ignored"].epochs == EPOCHS["GRU"]

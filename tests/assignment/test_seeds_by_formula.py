"""Models whose lines are the catalogue's formulas: what is priced is what a student with that mistake would train."""

import pytest
import torch

from assignment.learning_models import FILES
from assignment.many_seeds.by_autograd import ByAutograd
from assignment.many_seeds.formula_trees import compiled, with_cut
from assignment.many_seeds.variants import CLASS_NAMES, VARIANTS, Variant
from assignment.many_seeds.wrong_formulas import Formulas, named_mistakes
from assignment.misconceptions import CATALOGUE
from assignment.preprocessing import BATCH_SIZE
from assignment.recipe_inputs import SIZES
from grading.prove.known_mistakes import HANDOUT, Mistake, read_hands, read_mistakes
from grading.room import open_room
from grading.sandbox.student_module import load_module

pytestmark = pytest.mark.trainer
SEEDS = (4, 5)
SHAPE = (len(SEEDS), 6, 9)  # seeds, documents, words
STARTS = {"random-initial-state", "state-kept-between-batches"}  # the same model gives other scores at each call
NO_FORMULA = {"layer-sizes-swapped", "layer-size-wrong", "layer-missing", "layer-shared", "arguments-swapped"}
WRITTEN_HERE = (  # what the room's mistakes.toml has in other ways, or not as a mistake
    Mistake("gru.reset_gate", "gradient-cut", "torch.sigmoid(self.W_r(x) + self.U_r(h_prev.detach()))"),
    Mistake("gru.candidate", "candidate-uses-gate-layers", "torch.tanh(self.W_r(x) + self.U_h(r_t * h_prev))"),
    Mistake("gru.candidate", "candidate-uses-gate-layers", "torch.tanh(self.W_h(x) + self.U_z(r_t * h_prev))"),
    Mistake("rnn.model", "state-not-carried", {"return self.fc(h)": "return self.fc(0 * h)"}),
    Mistake("gru.unroll", "state-not-carried", {"return self.fc(h_t)": "return self.fc(0 * h_t)"}),
)


@pytest.fixture(scope="module")
def batch():
    """Tokens (2, 6, 9) and labels (2, 6)."""
    generator = torch.Generator().manual_seed(1)
    tokens = torch.randint(0, SIZES[0], SHAPE, generator=generator)
    return tokens, torch.randint(0, SIZES[3], SHAPE[:2], generator=generator)


@pytest.fixture(scope="module")
def written():
    """(item, id) -> the classes in which that misconception is written."""
    room, found = open_room(), {}
    hand = read_hands(room)[HANDOUT]
    for mistake in [*read_mistakes(room), *WRITTEN_HERE]:
        if hand.can_write(mistake):
            file = room.items[mistake.item].file
            model = next(model for model, name in CLASS_NAMES.items() if FILES[name] == file)
            module = load_module(file, hand.write(mistake)[file].encode(), "whole")
            found.setdefault((mistake.item, mistake.name), []).append(vars(module)[CLASS_NAMES[model]])
    return found


def trained_once(model, batch):
    """Every number of one step of learning: the scores, and each weight's gradient."""
    scores = model.learn(*batch)
    return {"scores": scores} | {name: weight.grad for name, weight in model.weights.items()}


def same(numbers, others):
    """Whether forward agrees to 1e-5 of the largest score and gradients to 1e-4 of their own."""
    scales = {name: float(other.abs().max()) for name, other in others.items()}
    allowed = {name: 1e-4 * scale for name, scale in scales.items()} | {"scores": 1e-5 * max(scales["scores"], 1)}
    return all(torch.allclose(numbers[name], other, rtol=0, atol=allowed[name]) for name, other in others.items())


def by_autograd(model, kind, batch):
    """One step of learning of a readable class, from the start of the recipe's model with these seeds."""
    weights = VARIANTS[model].fresh(SEEDS).weights
    try:
        return trained_once(ByAutograd({name: weight.clone() for name, weight in weights.items()}, kind(*SIZES)), batch)
    except IndexError:
        return None  # an expression that reads a word behind the last one


@pytest.mark.parametrize("model", CLASS_NAMES)
def test_the_right_formulas_are_the_model_by_hand(model, batch):
    by_hand, by_formula = (
        variant.fresh(SEEDS) for variant in (VARIANTS[model], Variant(model, formulas=Formulas(model)))
    )
    assert same(trained_once(by_formula, batch), trained_once(by_hand, batch))
    torch.testing.assert_close(by_formula.scores(batch[0]), by_hand.scores(batch[0]), rtol=0, atol=1e-5)


@pytest.mark.parametrize(
    "name", [name for name in named_mistakes() if name.split(": ")[1].split(" (")[0] not in STARTS]
)
def test_a_mistake_by_its_formula_is_the_mistake_as_students_write_it(name, batch, written):
    item, _, identifier = name.partition(": ")
    variant = VARIANTS[name]
    ours = trained_once(variant.fresh(SEEDS), batch)
    ways = written[item, identifier.split(" (")[0]]
    assert any(same(ours, theirs) for kind in ways if (theirs := by_autograd(variant.model, kind, batch)))


def test_a_mistake_is_not_the_right_model(batch):
    right = {model: trained_once(VARIANTS[model].fresh(SEEDS), batch) for model in CLASS_NAMES}
    equal = {
        name
        for name, formulas in named_mistakes().items()
        if formulas.start != "kept"  # its first batch is right
        and same(trained_once(VARIANTS[name].fresh(SEEDS), batch), right[formulas.model])
    }
    assert equal == set()


def test_every_misconception_is_a_variant_but_what_is_no_formula_counts_as_right_or_can_not_run():
    varied = {name.split(": ")[1].split(" (")[0] for name in named_mistakes()}
    right = {name for name in CATALOGUE.identifiers() if CATALOGUE.counts_as_right(name)}
    assert set(CATALOGUE.identifiers()) - varied == NO_FORMULA | right | {"time-and-batch-swapped", "feature-for-time"}


@pytest.mark.parametrize("model", CLASS_NAMES)
def test_a_state_that_is_kept_is_where_the_next_batch_starts(model, batch):
    name = {"RNN": "rnn.model", "GRU": "gru.unroll"}[model]
    kept, right = (VARIANTS[each].fresh(SEEDS) for each in (f"{name}: state-kept-between-batches", model))
    first, second = kept.scores(batch[0]), kept.scores(batch[0])
    torch.testing.assert_close(first, right.scores(batch[0]), rtol=0, atol=1e-5)
    assert (first - second).abs().max() > 1e-5
    other_size = batch[0][:, :4]
    torch.testing.assert_close(kept.scores(other_size), right.scores(other_size), rtol=0, atol=1e-5)


@pytest.mark.parametrize("item", ["rnn.model", "gru.unroll"])
def test_a_random_start_is_another_one_at_each_call_and_a_seeds_own(item, batch):
    together, alone = (VARIANTS[f"{item}: random-initial-state"].fresh(seeds) for seeds in (SEEDS, SEEDS[1:]))
    first, second = together.scores(batch[0]), together.scores(batch[0])
    assert (first - second).abs().max() > 1e-5
    torch.testing.assert_close(alone.scores(batch[0][1:]), first[1:], rtol=0, atol=1e-5)
    torch.testing.assert_close(alone.scores(batch[0][1:]), second[1:], rtol=0, atol=1e-5)


def test_a_random_start_has_standard_normal_numbers():
    start = VARIANTS["gru.unroll: random-initial-state"].fresh(SEEDS).start(2, 5000)
    assert abs(start.mean()) < 0.01
    assert abs(start.std() - 1) < 0.01


def test_a_state_is_kept_from_one_of_the_recipes_batches_to_the_next_however_many_are_scored_at_once(batch):
    generator = torch.Generator().manual_seed(2)
    tokens = torch.randint(0, SIZES[0], (len(SEEDS), 2 * BATCH_SIZE, 9), generator=generator)
    at_once, one_by_one = (VARIANTS["rnn.model: state-kept-between-batches"].fresh(SEEDS) for _ in range(2))
    parts = [one_by_one.scores(part) for part in tokens.split(BATCH_SIZE, dim=1)]
    torch.testing.assert_close(at_once.scores(tokens), torch.cat(parts, dim=1), rtol=0, atol=1e-5)


def test_a_tree_that_is_no_formula_is_refused():
    with pytest.raises(ValueError, match="no formula"):
        compiled(None)


def test_a_cut_value_keeps_its_number_and_loses_its_gradient():
    h = torch.tensor([2.0], requires_grad=True)
    tree = ("add", ("multiply", "h", "h"), "z")
    values = {"h": h, "z": 3 * h}
    plain, cut = (compiled(each)(values, None) for each in (tree, with_cut(tree)))
    assert plain.item() == cut.item() == 10
    assert torch.autograd.grad(cut, h)[0].item() == 3

"""The trainer for many seeds is the recipe: forward, gradients, orders, clipping and curves of the readable classes."""

from functools import partial

import pytest
import torch
import torch.nn.functional as F

from assignment.documents import practice_file
from assignment.experiments import gradient_reach
from assignment.many_seeds.by_autograd import ByAutograd
from assignment.many_seeds.by_hand import HandWritten
from assignment.many_seeds.cells import GRUCell, ReLU, VanillaRNNCell
from assignment.many_seeds.read_outs import LastState, MaximumOfStates, MeanOfStates
from assignment.many_seeds.training import (
    Documents,
    DocumentSets,
    clip_gradients,
    epoch_order,
    evaluate,
    initial_weights,
    train_seeds,
)
from assignment.many_seeds.words import DistinctWords
from assignment.preprocessing import make_loader
from assignment.recipe_inputs import HIDDEN, SIZES, read_sets
from assignment.references.rows import REACH_FLOOR
from assignment.training import train_model
from grading.build.solution import solution_classes
from grading.room import open_room

pytestmark = pytest.mark.trainer
SEEDS = (0, 1, 2)
CELLS = {"VanillaRNN": VanillaRNNCell, "GRUModel": GRUCell}
FORWARD, GRADIENT = 1e-5, 1e-4


@pytest.fixture(scope="module")
def classes():
    return solution_classes(open_room())


@pytest.fixture(scope="module")
def sets():
    """The practice corpus's three parts, as the recipe makes them."""
    return read_sets(practice_file())[0]


@pytest.fixture(scope="module")
def batch(sets):
    """Another batch of real documents for each seed: (tokens (K, 32, 100), labels (K, 32)); one has padding."""
    train = DocumentSets.of(sets).train
    padded = int((train.tokens[:, 0] == 0).nonzero()[0])
    numbers = torch.arange(32 * len(SEEDS)).view(len(SEEDS), 32)
    numbers[1, 5] = padded
    return train.tokens[numbers], train.labels[numbers]


def weights_of(kind, seeds=SEEDS, larger=1):
    """The starts of `seeds`; `larger` than the recipe's, states grow and gates close as after training."""
    return {name: weight * larger for name, weight in initial_weights(partial(kind, *SIZES), seeds).items()}


def readable(kind, weights, number):
    """One seed's model of the readable class."""
    model = kind(*SIZES)
    model.load_state_dict({name: weight[number] for name, weight in weights.items()})
    return model


def furthest(found, expected):
    """The largest difference, relative to the largest number."""
    return float((found - expected).abs().max() / expected.abs().max())


def assert_same_gradients(model, expected):
    gaps = {name: furthest(weight.grad, expected[name]) for name, weight in model.weights.items()}
    assert not {name: gap for name, gap in gaps.items() if not gap < GRADIENT}


@pytest.mark.parametrize("larger", [1, 3])
@pytest.mark.parametrize("name", CELLS)
def test_scores_are_those_of_the_readable_class(name, larger, classes, batch):
    weights = weights_of(classes[name], larger=larger)
    scores = HandWritten(weights, CELLS[name]()).scores(batch[0])
    for number, tokens in enumerate(batch[0]):
        expected = readable(classes[name], weights, number)(tokens)
        assert not (scores[number] - expected).abs().max() > FORWARD


@pytest.mark.parametrize("larger", [1, 2])
@pytest.mark.parametrize("name", CELLS)
def test_gradients_are_those_of_the_readable_class(name, larger, classes, batch):
    weights = weights_of(classes[name], larger=larger)
    model = HandWritten(weights, CELLS[name]())
    model.learn(*batch)
    for number, (tokens, labels) in enumerate(zip(*batch, strict=True)):
        one = readable(classes[name], weights, number)
        F.cross_entropy(one(tokens), labels).backward()
        for part, parameter in one.named_parameters():
            assert furthest(weights[part].grad[number], parameter.grad) < GRADIENT, part


@pytest.mark.parametrize("name", CELLS)
def test_one_seed_alone_learns_what_it_learns_among_others(name, classes, batch):
    together, alone = weights_of(classes[name]), weights_of(classes[name], seeds=SEEDS[1:2])
    HandWritten(together, CELLS[name]()).learn(*batch)
    HandWritten(alone, CELLS[name]()).learn(*(part[1:2] for part in batch))
    for part, weight in alone.items():
        assert furthest(together[part].grad[1], weight.grad[0]) < GRADIENT, part


def test_a_batch_leaves_nothing_of_itself_to_the_next_one(classes, batch):
    weights, fresh = weights_of(classes["GRUModel"]), weights_of(classes["GRUModel"])
    used, model = HandWritten(weights, GRUCell()), HandWritten(fresh, GRUCell())
    used.learn(batch[0].flip(1) // 2, batch[1])
    used.scores(batch[0][:, :7])
    used.learn(*batch)
    model.learn(*batch)
    assert all(torch.equal(weight.grad, fresh[part].grad) for part, weight in weights.items())


@pytest.mark.parametrize("name", CELLS)
def test_autograd_and_the_written_backward_pass_agree(name, classes, batch):
    by_hand = HandWritten(weights_of(classes[name]), CELLS[name]())
    by_autograd = ByAutograd(weights_of(classes[name]), classes[name](*SIZES))
    assert furthest(by_hand.learn(*batch), by_autograd.learn(*batch)) < FORWARD
    assert_same_gradients(by_hand, {part: weight.grad for part, weight in by_autograd.weights.items()})


def plain_forward(weights, number, tokens, read_out, activation):
    """One seed's vanilla RNN with another read-out or activation, written again for torch's autograd."""
    own = {part: weight[number].detach().requires_grad_() for part, weight in weights.items()}
    embedded = F.embedding(tokens, own["embedding.weight"])
    h, states = torch.zeros(len(tokens), HIDDEN), []
    for t in range(tokens.shape[1]):
        from_word = F.linear(embedded[:, t], own["Wx.weight"], own["Wx.bias"])
        h = activation(from_word + F.linear(h, own["Wh.weight"], own["Wh.bias"]))
        states.append(h)
    summary = read_out(torch.stack(states))
    return F.linear(summary, own["fc.weight"], own["fc.bias"]), own


@pytest.mark.parametrize(
    ("cell", "activation"), [(VanillaRNNCell(), torch.tanh), (VanillaRNNCell(ReLU), torch.relu)], ids=["tanh", "ReLU"]
)
@pytest.mark.parametrize(
    ("read_out", "expected"),
    [
        (LastState, lambda states: states[-1]),
        (MeanOfStates, lambda states: states.mean(dim=0)),
        (MaximumOfStates, lambda states: states.max(dim=0).values),
    ],
)
def test_a_variant_of_read_out_or_activation_has_the_gradients_of_autograd(
    read_out, expected, cell, activation, classes, batch
):
    weights = weights_of(classes["VanillaRNN"])  # no larger: where two states tie, either may be the largest
    scores = HandWritten(weights, cell, read_out).learn(*batch)
    for number, (tokens, labels) in enumerate(zip(*batch, strict=True)):
        answer, own = plain_forward(weights, number, tokens, expected, activation)
        F.cross_entropy(answer, labels).backward()
        assert not (scores[number] - answer).abs().max() > FORWARD
        for part, weight in own.items():
            assert furthest(weights[part].grad[number], weight.grad) < GRADIENT, part


def test_a_head_is_in_the_scores_and_in_the_gradients(classes, batch):
    weights, plain = weights_of(classes["GRUModel"]), weights_of(classes["GRUModel"])
    headed, linear = HandWritten(weights, GRUCell(), head=torch.tanh), HandWritten(plain, GRUCell())
    assert torch.equal(headed.learn(*batch), linear.learn(*batch).tanh())
    one = readable(classes["GRUModel"], weights, 0)
    F.cross_entropy(one(batch[0][0]).tanh(), batch[1][0]).backward()
    assert furthest(weights["fc.weight"].grad[0], one.fc.weight.grad) < GRADIENT
    assert furthest(weights["embedding.weight"].grad[0], one.embedding.weight.grad) < GRADIENT


def test_words_of_a_batch_are_found_once_each_and_every_token_finds_its_own():
    tokens = torch.tensor([[[0, 4, 4], [2, 0, 4]], [[1, 1, 1], [1, 1, 1]]])
    words = DistinctWords.of(tokens, vocabulary=5)
    assert words.rows[words.known].tolist() == [0, 2, 4, 5 + 1]
    by_step = words.rows[words.places].view(3, 2, 2).permute(1, 2, 0)
    assert torch.equal(by_step, tokens + torch.tensor([0, 5])[:, None, None])


@pytest.mark.parametrize("epoch", [1, 7])
def test_each_seed_sees_the_documents_in_the_order_of_the_recipes_loader(epoch):
    loader = make_loader(torch.arange(101), torch.zeros(101), shuffle=True)
    loader.generator.manual_seed(12 + epoch)
    assert torch.equal(epoch_order(12, epoch, 101), torch.cat([numbers for numbers, _ in loader]))


def test_the_starts_are_those_of_the_recipe_and_draw_nothing_from_the_callers_generator(classes):
    torch.manual_seed(5)
    expected = torch.rand(1)
    torch.manual_seed(5)
    weights = weights_of(classes["GRUModel"], seeds=(3, 4))
    assert torch.equal(torch.rand(1), expected)
    torch.manual_seed(4)
    model = classes["GRUModel"](*SIZES)
    assert all(torch.equal(weights[part][1], parameter) for part, parameter in model.named_parameters())


def test_gradients_are_clipped_for_each_seed_as_torch_clips_one_model():
    weights = [torch.zeros(2, 3, 4), torch.zeros(2, 5)]
    for weight in weights:
        weight.grad = torch.randn_like(weight)
        weight.grad[1] *= 0.01  # short enough already
    singles = [[torch.nn.Parameter(weight[number]) for weight in weights] for number in range(2)]
    for number, single in enumerate(singles):
        for parameter, weight in zip(single, weights, strict=True):
            parameter.grad = weight.grad[number].clone()
        torch.nn.utils.clip_grad_norm_(single, 0.5)
    clip_gradients(weights, 0.5)
    for number, single in enumerate(singles):
        for parameter, weight in zip(single, weights, strict=True):
            torch.testing.assert_close(weight.grad[number], parameter.grad)


@pytest.fixture(scope="module")
def few(sets):
    """A fifth of the documents: enough for learning to show, few enough for a test."""
    return [(tokens[: len(tokens) // 5], labels[: len(labels) // 5]) for tokens, labels in sets]


@pytest.mark.parametrize("name", CELLS)
def test_a_seeds_curve_over_two_epochs_is_the_recipes(name, classes, few, tmp_path):
    model = HandWritten(weights_of(classes[name]), CELLS[name]())
    trained = train_seeds(model, SEEDS, DocumentSets.of(few), epochs=2)
    loaders = [make_loader(*part, shuffle=number == 0) for number, part in enumerate(few)]
    for seed, result in zip(SEEDS, trained.results, strict=True):
        torch.manual_seed(seed)
        one = classes[name](*SIZES)
        history = train_model(one, *loaders[:2], name=name, epochs=2, folder=tmp_path / str(seed), seed=seed)
        # float32 in another order of summation: after 20 steps of Adam losses agree to 1e-4, and at most one of 66
        # validation documents changes sides.
        assert result.history.train_loss == pytest.approx(history.train_loss, abs=1e-4)
        assert result.history.valid_loss == pytest.approx(history.valid_loss, abs=1e-4)
        assert result.history.train_accuracy == pytest.approx(history.train_accuracy, abs=2.1 / len(few[0][1]))
        assert result.history.valid_accuracy == pytest.approx(history.valid_accuracy, abs=1.1 / len(few[1][1]))
        assert result.history.best_epoch == history.best_epoch


def test_the_best_weights_of_each_seed_are_those_of_its_own_best_epoch(classes):
    generator = torch.Generator().manual_seed(0)
    draw = partial(torch.randint, generator=generator)
    noise = [Documents(draw(0, 50, (number, 6)), draw(0, 5, (number,))) for number in (64, 40, 40)]
    weights = initial_weights(partial(classes["VanillaRNN"], 50, 8, 8, 5), range(6))
    model = HandWritten(weights, VanillaRNNCell())
    sets = DocumentSets(*noise)
    trained = train_seeds(model, range(6), sets, epochs=6, learning_rate=0.05)
    best_epochs = [result.history.best_epoch for result in trained.results]
    assert len(set(best_epochs)) > 1, "seeds must differ in their best epoch for this to say anything"
    model = HandWritten(trained.best_weights, VanillaRNNCell())
    loss, test_accuracy = evaluate(model, sets.valid)[0], evaluate(model, sets.test)[1]
    assert loss.tolist() == pytest.approx([min(result.history.valid_loss) for result in trained.results], rel=1e-5)
    assert test_accuracy.tolist() == pytest.approx([result.test_best for result in trained.results])


@pytest.mark.parametrize("name", CELLS)
def test_the_gradient_reach_is_the_notebooks(name, classes, sets):
    weights = weights_of(classes[name], larger=2)
    valid = DocumentSets.of(sets).valid
    one_batch = [part[:32].expand(len(SEEDS), *part[:32].shape) for part in (valid.tokens, valid.labels)]
    reaches = HandWritten(weights, CELLS[name]()).gradient_reach(*one_batch)
    for number, reach in enumerate(reaches):
        expected = gradient_reach(readable(classes[name], weights, number), make_loader(*sets[1]))
        shown = expected >= REACH_FLOOR
        assert shown.sum() > 20
        assert reach[shown].numpy() == pytest.approx(expected[shown], rel=1e-3)

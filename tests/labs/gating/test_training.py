"""Training: a batch of one is the published way, a break changes nothing, and every review is read once."""

import pytest
import torch
import torch.nn as nn

from labs.gating import training
from labs.gating.training import (
    BATCHED,
    PUBLISHED,
    EncodedReviews,
    Recipe,
    load_weights,
    make_batches,
    order_of_epoch,
    save_weights,
    train,
)

INPUT, HIDDEN = 6, 5


@pytest.fixture
def reviews():
    """Twelve reviews of 1 to 9 words over a table of 20 vectors; the first word tells the label."""
    torch.manual_seed(0)
    rows = [torch.randint(1, 20, (length,)) for length in (3, 9, 1, 4, 4, 7, 2, 5, 3, 8, 6, 2)]
    table = torch.cat([torch.zeros(1, INPUT), torch.randn(19, INPUT)])
    return EncodedReviews(rows, torch.stack([row[0] % 2 for row in rows]), table)


@pytest.fixture
def new_model(classes):
    """new_model(name) -> a network with the same first weights every time."""

    def make(name="GRUNet"):
        torch.manual_seed(7)
        return classes[name](INPUT, HIDDEN, 2)

    return make


def published_training(model, reviews, order):
    """The losses of the homework's loop, word by word, on the reviews in this order."""
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-4)
    losses = []
    for number in order:
        optimizer.zero_grad()
        h = torch.zeros(1, HIDDEN)
        for row in reviews.rows[number]:
            h = (model.cells[0] if hasattr(model, "cells") else model.cell)(reviews.table[row][None], h)
            output = model.log_softmax(model.fc(model.relu(h)))
        loss = nn.functional.nll_loss(output, reviews.labels[number][None])
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


@pytest.mark.parametrize("name", ["GRUNet", "pmGRU"])
def test_batches_of_one_train_as_the_homework_did(new_model, reviews, tmp_path, name):
    model, other = new_model(name), new_model(name)
    recipe = Recipe(epochs=2, learning_rate=1e-4, batch_size=1)
    progress = train(model, reviews, recipe, name, tmp_path, report_every=1)
    orders = [order_of_epoch(reviews, recipe, 0, epoch) for epoch in (1, 2)]
    published = published_training(other, reviews, [number for order in orders for (number,) in order])
    assert [loss for *_, loss in progress.curve] == pytest.approx(published, abs=1e-6)
    for name_of, tensor in model.state_dict().items():
        torch.testing.assert_close(tensor, other.state_dict()[name_of])


def test_the_homework_s_recipe_is_the_published_one():
    assert Recipe(epochs=5, learning_rate=1e-4, batch_size=1) == PUBLISHED


@pytest.mark.parametrize("name", ["GRUNet", "pmGRU"])
def test_a_step_on_a_batch_is_the_mean_of_the_steps_on_its_reviews(new_model, reviews, name):
    model, chosen = new_model(name), [1, 2, 5]

    def gradient(numbers):
        model.zero_grad()
        vectors, lengths, labels = reviews.batch(numbers)
        nn.functional.nll_loss(model(vectors, lengths), labels).backward()
        return [p.grad.clone() for p in model.parameters() if p.grad is not None]

    each = [gradient([number]) for number in chosen]
    for together, *alone in zip(gradient(chosen), *each, strict=True):
        torch.testing.assert_close(together, torch.stack(alone).mean(dim=0))


@pytest.mark.parametrize("recipe", [PUBLISHED, BATCHED, Recipe(1, 1e-3, 5), Recipe(1, 1e-3, 5, most_words=12)], ids=str)
@pytest.mark.parametrize("generator", [None, 3])
def test_every_review_stands_in_one_batch(reviews, recipe, generator):
    drawn = torch.Generator().manual_seed(generator) if generator else None
    batches = make_batches(reviews.lengths, recipe, drawn)
    assert sorted(number for batch in batches for number in batch) == list(range(12))
    assert max(map(len, batches)) <= recipe.batch_size


def test_a_batch_holds_reviews_of_about_the_same_length_and_no_more_words_than_allowed(reviews):
    batches = make_batches(reviews.lengths, Recipe(1, 1e-3, 5, most_words=12))
    spans = [(min(lengths), max(lengths)) for batch in batches for lengths in [reviews.lengths[batch].tolist()]]
    assert spans == sorted(spans)
    assert all(len(batch) * top <= 12 for batch, (_, top) in zip(batches, spans, strict=True))


def test_a_review_longer_than_allowed_is_read_alone():
    assert make_batches(torch.tensor([2, 50, 2]), Recipe(1, 1e-3, 5, most_words=12)) == [[0, 2], [1]]


class Break(Exception):
    pass


@pytest.mark.parametrize("batch_size", [1, 4])
def test_a_break_changes_nothing(new_model, reviews, tmp_path, monkeypatch, batch_size, capsys):
    recipe = Recipe(epochs=3, learning_rate=1e-2, batch_size=batch_size)
    model = new_model()
    whole = train(model, reviews, recipe, "whole", tmp_path, report_every=4)
    steps, real_step = [], training.train_step

    def breaking_step(*arguments):
        steps.append(arguments)
        if len(steps) == 5:
            raise Break
        return real_step(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(training, "train_step", breaking_step)
        with pytest.raises(Break):
            train(new_model(), reviews, recipe, "broken", tmp_path, report_every=4)
    resumed = new_model()
    again = train(resumed, reviews, recipe, "broken", tmp_path, report_every=4)
    assert "Going on in epoch" in capsys.readouterr().out
    assert [(read, loss) for read, _, loss in again.curve] == [(read, loss) for read, _, loss in whole.curve]
    assert again.losses == whole.losses
    for name, tensor in model.state_dict().items():
        assert torch.equal(tensor, resumed.state_dict()[name])


def test_other_reviews_are_not_gone_on_with(new_model, reviews, tmp_path, capsys):
    recipe = Recipe(epochs=1, learning_rate=1e-2, batch_size=4)
    train(new_model(), reviews, recipe, "one", tmp_path)
    others = EncodedReviews(reviews.rows, 1 - reviews.labels, reviews.table)
    progress = train(new_model(), others, recipe, "one", tmp_path, report_every=4)
    assert "starting afresh" in capsys.readouterr().out
    assert len(progress.curve) == 3


def test_another_seed_is_trained_anew_and_the_same_one_is_not(new_model, reviews, tmp_path, capsys):
    recipe = Recipe(epochs=1, learning_rate=1e-2, batch_size=4)
    first = new_model()
    train(first, reviews, recipe, "one", tmp_path)
    again = new_model()
    train(again, reviews, recipe, "one", tmp_path)
    assert capsys.readouterr().out.startswith("Trained already: taken from ")
    torch.manual_seed(8)
    other = type(first)(INPUT, HIDDEN, 2)
    train(other, reviews, recipe, "one", tmp_path)
    assert "starting afresh" in capsys.readouterr().out
    assert torch.equal(again.fc.weight, first.fc.weight)
    assert not torch.equal(other.fc.weight, first.fc.weight)


def test_no_two_seeds_share_an_order_in_any_epoch():
    reviews = EncodedReviews([torch.tensor([1])] * 40, torch.zeros(40), torch.zeros(2, 1))
    recipe = Recipe(epochs=5, learning_rate=1e-2, batch_size=1)
    orders = {str(order_of_epoch(reviews, recipe, seed, epoch)) for seed in range(5) for epoch in range(1, 6)}
    assert len(orders) == 25


def test_a_class_without_a_source_is_told_from_another(reviews, tmp_path):
    def defined(activation):
        names = {"nn": nn, "torch": torch}
        exec(
            "class Net(nn.Module):\n"
            "    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(6, 2)\n"
            "    def forward(self, x, lengths):\n"
            f"        return torch.log_softmax({activation}(self.fc(x[:, 0])), dim=1)\n",
            names,
        )
        return names["Net"]()

    assert training.code_of(defined("torch.tanh")) != training.code_of(defined("torch.relu"))
    assert training.code_of(defined("torch.tanh")) == training.code_of(defined("torch.tanh"))
    train(defined("torch.tanh"), reviews, Recipe(1, 1e-2, 4), "one", tmp_path)


def test_the_loss_of_an_epoch_is_the_mean_over_its_reviews(new_model, reviews, tmp_path, monkeypatch):
    told = {}

    def step(model, optimizer, reviews, chosen):
        told.setdefault(len(told), (len(chosen), 1.0 / (1 + len(told))))
        return told[len(told) - 1][1]

    monkeypatch.setattr(training, "train_step", step)
    progress = train(new_model(), reviews, Recipe(2, 1e-2, 5), "one", tmp_path)
    steps = list(told.values())
    halves = steps[: len(steps) // 2], steps[len(steps) // 2 :]
    assert progress.losses == pytest.approx([sum(size * loss for size, loss in half) / 12 for half in halves])
    assert progress.read == 24


def test_weights_are_the_first_ones_again_where_the_rest_of_a_file_is_damaged(new_model, reviews, tmp_path, capsys):
    recipe = Recipe(epochs=1, learning_rate=1e-2, batch_size=4)
    trained = new_model()
    train(trained, reviews, recipe, "one", tmp_path)
    saved = torch.load(tmp_path / "one_training.pt", weights_only=True)
    torch.save(saved | {"optimizer": {}}, tmp_path / "one_training.pt")
    again = new_model()
    train(again, reviews, recipe, "one", tmp_path)
    assert "is damaged" in capsys.readouterr().out
    assert torch.equal(again.fc.weight, trained.fc.weight)


def test_a_damaged_file_starts_afresh(new_model, reviews, tmp_path, capsys):
    (tmp_path / "one_training.pt").write_bytes(b"no checkpoint")
    train(new_model(), reviews, Recipe(1, 1e-2, 4), "one", tmp_path)
    assert "is damaged" in capsys.readouterr().out


def test_the_loss_is_printed_with_the_time_every_so_many_reviews(new_model, reviews, tmp_path, capsys):
    train(new_model(), reviews, Recipe(1, 1e-2, 1), "one", tmp_path, report_every=5)
    lines = capsys.readouterr().out.splitlines()
    assert [line[:20] for line in lines] == ["[epoch:1 iter:    5 ", "[epoch:1 iter:   10 "]
    assert all("elapsed_time" in line and "loss: " in line for line in lines)


def test_training_learns_what_the_first_word_tells(new_model, reviews, tmp_path):
    progress = train(new_model(), reviews, Recipe(60, 1e-2, 4), "one", tmp_path, report_every=12)
    assert progress.losses[-1] < 0.1 < 0.5 < progress.losses[0]


def test_saved_weights_are_taken_up_again_and_hold_nothing_but_numbers(new_model, reviews, tmp_path):
    model, other = new_model(), new_model()
    nn.init.ones_(model.fc.weight)
    save_weights(model, tmp_path / "weights.pth")
    load_weights(other, tmp_path / "weights.pth")
    assert all(torch.equal(a, b) for a, b in zip(model.parameters(), other.parameters(), strict=True))
    torch.save({"fc": print}, tmp_path / "weights.pth")
    with pytest.raises(Exception, match=r"(?i)weights.only"):
        load_weights(other, tmp_path / "weights.pth")

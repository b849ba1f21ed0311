"""Training: what is measured, what is kept on disk, and how a lost runtime is taken up again."""

import copy
import math

import pytest
import torch
import torch.nn as nn
from hypothesis import given
from hypothesis import strategies as st

from assignment import training
from assignment.preprocessing import make_loader
from assignment.training import (
    History,
    NoCheckpoint,
    accuracy,
    evaluate_model,
    load_best,
    predict,
    resume_training,
    save,
    test_best,
    test_model,
    train_model,
)

WORDS, LENGTH, CLASSES = 12, 4, 3
AFRESH = "training starts afresh.\n"


class Reader(nn.Module):
    """A tiny classifier: the mean of the embedded words, then a layer."""

    def __init__(self, size=3):
        super().__init__()
        self.embedding = nn.Embedding(WORDS, size)
        self.fc = nn.Linear(size, CLASSES)

    def forward(self, x):
        return self.fc(self.summary(x))

    def summary(self, x):
        return self.embedding(x).mean(dim=1)


class LastWordReader(Reader):
    """The same weights, another summary: what a student changes in a blank."""

    def summary(self, x):
        return self.embedding(x)[:, -1]


class FirstWordReader(Reader):
    def summary(self, x):
        return self.embedding(x)[:, 0]


class ChangedForward(Reader):
    def forward(self, x):
        return torch.tanh(self.fc(self.summary(x)))


class Table(nn.Module):
    """Scores that are known: document [k] has the k-th row of `scores`."""

    def __init__(self, scores):
        super().__init__()
        self.scores = nn.Parameter(torch.tensor(scores))

    def forward(self, x):
        return self.scores[x[:, 0]]


def reader(kind=Reader, **sizes):
    torch.manual_seed(7)
    return kind(**sizes)


def loader(documents, seed, shuffle=False):
    draw = torch.Generator().manual_seed(seed)
    words = torch.randint(1, WORDS, (documents, LENGTH), generator=draw)
    return make_loader(words, words.sum(dim=1) % CLASSES, shuffle=shuffle)


@pytest.fixture
def train(tmp_path):
    """Trains a tiny reader in `tmp_path`, in the order in which a notebook's cell would: (model, history)."""

    def trainer(epochs, model=None, data=0, folder=tmp_path, valid=None, **options):
        model = model or reader()
        parts = loader(70, data, shuffle=True), valid or loader(40, 100)
        return model, train_model(model, *parts, name="rnn", epochs=epochs, folder=folder, **options)

    return trainer


@pytest.fixture
def fast(monkeypatch):
    """Steps so large that the best epoch is not the last."""
    monkeypatch.setattr(training, "LEARNING_RATE", 0.3)


def same_weights(first, second):
    first, second = (part.state_dict() if isinstance(part, nn.Module) else part for part in (first, second))
    return first.keys() == second.keys() and all(torch.equal(first[name], second[name]) for name in first)


# Measuring


def test_evaluation_gives_the_mean_cross_entropy_and_the_accuracy_of_documents():
    # The softmax of log p is p: the losses are -log 0.5, -log 0.2, -log 0.7 and -log 0.1, and two of four are right.
    shares = [[0.5, 0.3, 0.2], [0.2, 0.2, 0.6], [0.1, 0.7, 0.2], [0.3, 0.1, 0.6]]
    model = Table([[math.log(share) for share in row] for row in shares])
    documents = make_loader(torch.arange(4)[:, None], torch.tensor([0, 1, 1, 1]))
    loss, score = evaluate_model(model, documents)
    assert loss == pytest.approx(-(math.log(0.5) + math.log(0.2) + math.log(0.7) + math.log(0.1)) / 4)
    assert score == 0.5


def test_every_document_weighs_the_same_whatever_its_batch():
    model = Table([[0.0, 0.0], [0.0, math.log(3.0)]])
    words = torch.tensor([0] * 32 + [1])[:, None]  # the second batch holds one document
    loss, score = evaluate_model(model, make_loader(words, torch.tensor([1] * 33)))
    assert loss == pytest.approx((32 * math.log(2) + math.log(4 / 3)) / 33)
    assert score == pytest.approx(1 / 33)


def test_predictions_come_in_the_order_of_the_documents():
    model = Table([[float(row), 0.0] for row in range(40)])
    scores, labels = predict(model, make_loader(torch.arange(40).flip(0)[:, None], torch.arange(40) % 2))
    assert scores[:, 0].tolist() == list(range(39, -1, -1))
    assert labels.tolist() == [row % 2 for row in range(40)]


@pytest.mark.parametrize(
    ("scores", "labels", "expected"),
    [
        ([[1.0, 2.0], [2.0, 1.0]], [1, 0], 1.0),
        ([[1.0, 2.0], [2.0, 1.0]], [0, 1], 0.0),
        ([[-3.0, -2.0]] * 4, [1, 1, 1, 0], 0.75),
    ],
)
def test_accuracy_is_the_share_of_highest_scores_at_the_label(scores, labels, expected):
    assert accuracy(torch.tensor(scores), torch.tensor(labels)) == expected


def test_test_model_prints_and_returns_the_accuracy(capsys):
    model = Table([[1.0, 0.0], [1.0, 0.0], [1.0, 0.0]])
    documents = make_loader(torch.arange(3)[:, None], torch.tensor([0, 1, 0]))
    assert test_model(model, documents) == pytest.approx(2 / 3)
    assert test_model(model, documents, "Best checkpoint: test") == pytest.approx(2 / 3)
    assert capsys.readouterr().out == "Test accuracy: 66.67%\nBest checkpoint: test accuracy: 66.67%\n"


class Witness(Table):
    """Notes in which mode it is asked."""

    def __init__(self, scores):
        super().__init__(scores)
        self.seen = set()

    def forward(self, x):
        self.seen.add((self.training, torch.is_grad_enabled()))
        return super().forward(x)


def test_evaluation_asks_a_model_in_eval_and_without_gradients():
    model = Witness([[1.0, 0.0]]).train()
    documents = make_loader(torch.zeros(3, 1, dtype=torch.int64), torch.zeros(3, dtype=torch.int64))
    assert not predict(model, documents)[0].requires_grad
    evaluate_model(model.train(), documents)
    test_model(model.train(), documents)
    assert model.seen == {(False, False)}


def test_training_learns_in_train_mode_after_every_evaluation(tmp_path):
    model = Witness([[1.0, 0.0]])
    documents = make_loader(torch.zeros(3, 1, dtype=torch.int64), torch.zeros(3, dtype=torch.int64), shuffle=True)
    modes = []
    model.register_forward_hook(lambda *_: modes.append((model.training, torch.is_grad_enabled())))
    train_model(model, documents, documents, name="w", epochs=2, folder=tmp_path)
    assert modes == [(True, True), (False, False)] * 2


# The history


def test_the_best_epoch_has_the_lowest_validation_loss_not_the_highest_accuracy():
    history = History(valid_loss=[1.2, 0.7, 0.9], valid_accuracy=[0.1, 0.2, 0.9])
    assert (history.epochs, history.best_epoch) == (3, 2)


def test_of_equal_losses_the_first_is_the_best():
    assert History(valid_loss=[0.9, 0.5, 0.5]).best_epoch == 2


@given(st.lists(st.floats(0, 10), min_size=1, max_size=9))
def test_no_epoch_is_better_than_the_best(losses):
    best = History(valid_loss=losses).best_epoch
    assert all(losses[best - 1] < loss for loss in losses[: best - 1])
    assert all(losses[best - 1] <= loss for loss in losses)


def test_two_histories_share_nothing():
    History().valid_loss.append(1.0)
    assert History().epochs == 0


# Training


def test_an_epoch_is_adam_on_the_mean_cross_entropy_of_each_batch(train):
    model, history = train(2, seed=5)
    plain, documents = reader(), loader(70, 0, shuffle=True)
    optimizer = torch.optim.Adam(plain.parameters(), lr=1e-3)
    for epoch in (1, 2):
        documents.generator.manual_seed(5 + epoch)
        loss_sum = right = 0
        for words, labels in documents:
            scores = plain(words)
            loss = -scores.log_softmax(dim=1)[torch.arange(len(labels)), labels].mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            loss_sum += loss.item() * len(labels)
            right += (scores.argmax(dim=1) == labels).sum().item()
        assert history.train_loss[epoch - 1] == pytest.approx(loss_sum / 70)
        assert history.train_accuracy[epoch - 1] == right / 70
        assert history.valid_loss[epoch - 1] == pytest.approx(evaluate_model(plain, loader(40, 100))[0])
        assert history.valid_accuracy[epoch - 1] == evaluate_model(plain, loader(40, 100))[1]
    assert all(torch.allclose(a, b, atol=1e-6) for a, b in zip(model.parameters(), plain.parameters(), strict=True))


def test_every_epoch_and_every_seed_has_an_order_of_its_own(train, tmp_path, monkeypatch):
    orders = []

    def note(model, documents, optimizer, bar):
        orders.append([words.tolist() for words, _ in documents])
        return 0.0, 0.0

    monkeypatch.setattr(training, "train_epoch", note)
    train(2, folder=tmp_path / "a")
    train(2, folder=tmp_path / "b")
    train(1, folder=tmp_path / "c", seed=9)
    assert orders[:2] == orders[2:4]
    assert orders[0] != orders[1]
    assert orders[4] not in orders[:2]


@pytest.fixture
def scripted(monkeypatch):
    """Validation losses that are given, the lowest of them after epoch 3; the weights that each was measured on."""
    losses, weights = iter([0.9, 0.6, 0.4, 0.7, 0.5]), []

    def measure(model, documents):
        weights.append(copy.deepcopy(model.state_dict()))
        return next(losses), len(weights) / 10

    monkeypatch.setattr(training, "evaluate_model", measure)
    return weights


def test_the_best_model_holds_the_weights_of_the_epoch_with_the_lowest_validation_loss(train, scripted, tmp_path):
    _, history = train(5)
    best = reader()
    load_best(best, "rnn", tmp_path)
    assert history.best_epoch == 3
    assert [same_weights(best.state_dict(), weights) for weights in scripted] == [False, False, True, False, False]


def test_the_model_itself_ends_with_the_weights_of_the_last_epoch(train, scripted):
    model, history = train(5)
    assert history.valid_accuracy == [0.1, 0.2, 0.3, 0.4, 0.5]
    assert [same_weights(model.state_dict(), weights) for weights in scripted] == [False] * 4 + [True]


def test_testing_the_best_checkpoint_leaves_the_model_at_its_last_epoch_however_often(train, tmp_path):
    model, _ = train(2)
    last, documents = copy.deepcopy(model.state_dict()), loader(40, 200)
    save(reader().state_dict(), tmp_path / "rnn_best_model.pth")  # not the weights of the last epoch
    for _ in range(2):
        test_best(model, documents, "rnn", tmp_path)
        assert same_weights(model, last)


def test_the_best_checkpoint_is_what_is_tested(train, tmp_path, capsys):
    model, _ = train(2)
    best, documents = reader(), loader(40, 200)
    torch.nn.init.zeros_(best.fc.weight)
    save(best.state_dict(), tmp_path / "rnn_best_model.pth")
    assert test_best(model, documents, "rnn", tmp_path, "Best: test") == evaluate_model(best, documents)[1]
    assert capsys.readouterr().out.startswith("Best: test accuracy: ")
    assert evaluate_model(model, documents) != evaluate_model(best, documents)


def test_a_checkpoint_that_is_not_there_is_told_in_a_sentence(tmp_path):
    with pytest.raises(NoCheckpoint) as told:
        load_best(reader(), "rnn", tmp_path)
    assert told.value._render_traceback_() == [
        f"{tmp_path / 'rnn_best_model.pth'} is not there: run the cell that trains the model again, then this one."
    ]


@pytest.mark.parametrize(("summed", "afresh"), [("x * 0", True), ("x + 0", False)])
def test_a_class_whose_source_cannot_be_read_is_trained_and_gone_on_with(tmp_path, capsys, summed, afresh):
    documents = loader(40, 0, shuffle=True)
    for added in ("x + 0", summed):  # under %%time Python keeps no source
        names = {"Reader": Reader}
        exec(f"class Timed(Reader):\n    def summary(self, x):\n        return super().summary({added})", names)
        model = reader(names["Timed"])
        train_model(model, documents, documents, name="rnn", epochs=1, folder=tmp_path)
    assert (AFRESH in capsys.readouterr().out) is afresh


def test_two_models_in_one_folder_do_not_meet(tmp_path):
    for name in ("rnn", "gru"):
        train_model(reader(), loader(40, 0, shuffle=True), loader(40, 1), name=name, epochs=1, folder=tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"rnn_best_model.pth", "rnn_training.pt", "gru_best_model.pth", "gru_training.pt"}


def test_the_folder_is_made(train, tmp_path):
    train(1, folder=tmp_path / "drive" / "my rnn")
    assert (tmp_path / "drive" / "my rnn" / "rnn_training.pt").is_file()


# Going on


class LostRuntime(Exception):
    pass


def lose_runtime_after(monkeypatch, batches):
    """Training breaks off in the middle of an epoch, after this many batches."""
    learned = iter(range(batches))

    class Bar(training.tqdm):
        def update(self, n=1):
            if next(learned, None) is None:
                raise LostRuntime
            return super().update(n)

    monkeypatch.setattr(training, "tqdm", Bar)


def test_a_training_resumed_twice_equals_one_without_a_break(train, fast, tmp_path, monkeypatch, capsys):
    straight, history = train(6, folder=tmp_path / "straight")
    for batches in (7, 5):  # three batches an epoch: lost in epoch 3, then in epoch 4
        with monkeypatch.context() as patch:
            lose_runtime_after(patch, batches)
            with pytest.raises(LostRuntime):
                train(6, folder=tmp_path / "broken")
        torch.rand(3)  # a new runtime has drawn other numbers before
    resumed, resumed_history = train(6, folder=tmp_path / "broken")
    said = capsys.readouterr().out
    assert "Going on after epoch 2 of 6" in said
    assert "Going on after epoch 3 of 6" in said
    assert resumed_history == history
    assert same_weights(resumed, straight)
    for name in ("rnn_best_model.pth", "rnn_training.pt"):
        one, other = (torch.load(tmp_path / folder / name, weights_only=True) for folder in ("straight", "broken"))
        assert same_weights(one.get("model", one), other.get("model", other))


def test_a_longer_training_goes_on_from_a_shorter_one(train, fast, tmp_path):
    train(2)
    model, history = train(5)
    straight, straight_history = train(5, folder=tmp_path / "straight")
    assert history == straight_history
    assert same_weights(model, straight)


def test_a_finished_training_is_not_repeated(train, monkeypatch, capsys):
    model, history = train(3)
    monkeypatch.setattr(training, "train_epoch", lambda *_: pytest.fail("an epoch was trained again"))
    again, history_again = train(3)
    assert history_again == history
    assert same_weights(again, model)
    assert "Going on after epoch 3 of 3" in capsys.readouterr().out


@pytest.mark.parametrize(
    "change",
    [
        {"model": lambda: reader(LastWordReader)},
        {"model": lambda: reader(ChangedForward)},
        {"model": lambda: reader(size=5)},
        {"data": 1},
        {"seed": 1},
        {"epochs": 2},
    ],
    ids=["a helper method", "forward", "a size", "documents", "seed", "a longer run"],
)
def test_what_has_changed_starts_training_afresh_and_says_so(train, tmp_path, capsys, change):
    train(3)
    options = {"epochs": 3} | change
    make = options.pop("model", reader)
    capsys.readouterr()
    model, history = train(model=make(), **options)
    said = capsys.readouterr().out
    expected, expected_history = train(model=make(), folder=tmp_path / "alone", **options)
    assert said.endswith(AFRESH)
    assert said.count("\n") == 1
    assert str(tmp_path / "rnn_training.pt") in said
    assert history == expected_history
    assert same_weights(model, expected)
    best = make()
    load_best(best, "rnn", tmp_path)
    assert evaluate_model(best, loader(40, 100))[0] == min(history.valid_loss)


@pytest.mark.parametrize(
    "classes",
    [(LastWordReader, FirstWordReader), (type("Heir", (Reader,), {}), type("Heir", (LastWordReader,), {}))],
    ids=["a helper method", "a parent"],
)
def test_what_forward_relies_on_starts_training_afresh_when_it_changes(train, capsys, classes):
    for kind in classes:
        train(1, model=reader(kind))
    assert capsys.readouterr().out.endswith(AFRESH)


@pytest.mark.parametrize(("words", "labels"), [(0, 1), (1, 0)], ids=["labels", "documents"])
def test_documents_or_labels_alone_that_have_changed_start_training_afresh(tmp_path, capsys, words, labels):
    rows = torch.arange(40)
    for words_from, labels_from in ((0, 0), (words, labels)):
        documents = make_loader((rows + words_from)[:, None] % WORDS, (rows + labels_from) % CLASSES, shuffle=True)
        train_model(reader(), documents, documents, name="rnn", epochs=1, folder=tmp_path)
    assert capsys.readouterr().out.endswith(AFRESH)


def test_the_first_training_says_nothing_of_an_earlier_one(train, capsys):
    train(1)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("kept", [0, 1, 20, 0.5, -1], ids=["nothing", "a byte", "the start", "half", "all but a byte"])
def test_a_damaged_training_file_is_said_in_a_line_and_training_starts_afresh(train, tmp_path, capsys, kept):
    _, history = train(3)
    saved = tmp_path / "rnn_training.pt"
    content = saved.read_bytes()
    saved.write_bytes(content[: int(len(content) * kept) if isinstance(kept, float) else kept])
    capsys.readouterr()
    _, history_again = train(3)
    said = capsys.readouterr().out
    assert f"{saved} is damaged" in said
    assert said.endswith(AFRESH)
    assert said.count("\n") == 1
    assert history_again == history


@pytest.mark.parametrize("content", [{"history": {}}, {"history": {"loss": [1.0]}}, {}, [1, 2]])
def test_a_file_of_another_make_is_not_gone_on_with(tmp_path, capsys, content):
    saved = tmp_path / "rnn_training.pt"
    torch.save(content, saved)
    model = reader()
    weights = copy.deepcopy(model.state_dict())
    assert resume_training(model, torch.optim.Adam(model.parameters()), saved, 3, "this") == History()
    assert same_weights(model, weights)
    assert capsys.readouterr().out.endswith(AFRESH)


def test_a_training_file_runs_no_code(train, tmp_path, capsys):
    class Harmful:
        def __reduce__(self):
            return (tmp_path.joinpath("harm").touch, ())

    torch.save({"history": Harmful()}, tmp_path / "rnn_training.pt")
    train(1)
    assert not (tmp_path / "harm").exists()
    assert AFRESH in capsys.readouterr().out


# On disk


def test_a_crash_while_writing_leaves_the_old_file_whole(tmp_path, monkeypatch):
    path = tmp_path / "rnn_training.pt"
    save({"epoch": 1}, path)
    before = path.read_bytes()

    def crash(state, place):
        place.write_bytes(b"half")
        raise LostRuntime

    monkeypatch.setattr(training.torch, "save", crash)
    with pytest.raises(LostRuntime):
        save({"epoch": 2}, path)
    assert path.read_bytes() == before


def test_a_file_half_written_is_replaced_by_the_next_one(tmp_path):
    path = tmp_path / "rnn_training.pt"
    (tmp_path / "rnn_training.pt.part").write_bytes(b"half")
    save({"epoch": 2}, path)
    assert torch.load(path, weights_only=True) == {"epoch": 2}
    assert [file.name for file in tmp_path.iterdir()] == ["rnn_training.pt"]


@pytest.mark.parametrize("crashing_write", [1, 2, 3, 4, 5])
def test_a_crash_at_any_write_loses_no_more_than_the_epoch(train, fast, tmp_path, monkeypatch, crashing_write):
    straight, history = train(3, folder=tmp_path / "straight")
    writes = []

    def crash(state, place, write=torch.save):
        writes.append(place)
        if len(writes) == crashing_write:
            place.write_bytes(b"half")
            raise LostRuntime
        write(state, place)

    with monkeypatch.context() as patch:
        patch.setattr(training.torch, "save", crash)
        with pytest.raises(LostRuntime):
            train(3, folder=tmp_path / "broken")
    resumed, resumed_history = train(3, folder=tmp_path / "broken")
    assert resumed_history == history
    assert same_weights(resumed, straight)
    best, straight_best = reader(), reader()
    load_best(best, "rnn", tmp_path / "broken")
    load_best(straight_best, "rnn", tmp_path / "straight")
    assert same_weights(best, straight_best)

"""The experiments of part 4, against the same written out by hand on tiny models."""

import numpy as np
import pytest
import torch
import torch.nn as nn

from assignment.experiments import classify_text, gradient_reach, read_out_mean, tfidf_accuracy
from assignment.preprocessing import Tokenizer, make_loader

WORDS, EMBEDDING, HIDDEN, CLASSES, BATCH, STEPS = 11, 3, 4, 5, 6, 7


class VanillaRNN(nn.Module):
    """The assignment's, written out."""

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(WORDS, EMBEDDING)
        self.Wx = nn.Linear(EMBEDDING, HIDDEN)
        self.Wh = nn.Linear(HIDDEN, HIDDEN)
        self.fc = nn.Linear(HIDDEN, CLASSES)

    def forward(self, x):
        embedded = self.embedding(x)
        h = torch.zeros(len(x), HIDDEN)
        for t in range(x.size(1)):
            h = torch.tanh(self.Wx(embedded[:, t]) + self.Wh(h))
        return self.fc(h)


class WordByWord(VanillaRNN):
    """The same, with the embedding inside the loop."""

    def forward(self, x):
        h = torch.zeros(len(x), HIDDEN)
        for word in x.unbind(dim=1):
            h = torch.tanh(self.Wx(self.embedding(word)) + self.Wh(h))
        return self.fc(h)


class Deaf(VanillaRNN):
    """Embeds the words and does not use them: a blank filled wrongly."""

    def forward(self, x):
        self.embedding(x)
        return self.fc(torch.tanh(self.Wh(torch.ones(len(x), HIDDEN))))


@pytest.fixture
def rnn():
    torch.manual_seed(3)
    return VanillaRNN()


@pytest.fixture
def batch():
    draw = torch.Generator().manual_seed(4)
    return torch.randint(0, WORDS, (BATCH, STEPS), generator=draw), torch.arange(BATCH) % CLASSES


def states_of(model, words):
    """h_1 ... h_T of each document, one after the other: (B, T, H)."""
    documents = []
    for document in words:
        h, states = torch.zeros(HIDDEN), []
        for word in document:
            x = model.embedding.weight[word]
            h = torch.tanh(model.Wx.weight @ x + model.Wx.bias + model.Wh.weight @ h + model.Wh.bias)
            states.append(h)
        documents.append(torch.stack(states))
    return torch.stack(documents)


# The mean of all states


def test_the_read_out_becomes_the_mean_of_all_states(rnn, batch):
    expected = rnn.fc(states_of(rnn, batch[0]).mean(dim=1))
    last = rnn(batch[0])
    assert read_out_mean(rnn) is rnn
    scores = rnn(batch[0])
    assert torch.allclose(scores, expected, atol=1e-6)
    assert not torch.allclose(scores, last, atol=1e-3)


def test_a_second_batch_holds_nothing_of_the_first(rnn, batch):
    shorter = batch[0][:2, :3]
    expected = [rnn.fc(states_of(rnn, words).mean(dim=1)) for words in (batch[0], shorter, batch[0])]
    read_out_mean(rnn)
    for words, scores in zip((batch[0], shorter, batch[0]), expected, strict=True):
        assert torch.allclose(rnn(words), scores, atol=1e-6)


def test_without_gradients_the_mean_is_the_same(rnn, batch):
    read_out_mean(rnn)
    with_gradients = rnn(batch[0])
    with torch.no_grad():
        without = rnn(batch[0])
    assert torch.equal(with_gradients, without)
    assert torch.equal(rnn(batch[0]), without)


def test_the_mean_of_one_word_is_its_state(rnn, batch):
    expected = rnn(batch[0][:, :1])
    assert torch.allclose(read_out_mean(rnn)(batch[0][:, :1]), expected, atol=1e-6)


def test_the_mean_learns_through_every_state(rnn, batch):
    words, labels = batch
    nn.functional.cross_entropy(rnn.fc(states_of(rnn, words).mean(dim=1)), labels).backward()
    expected = {name: part.grad.clone() for name, part in rnn.named_parameters()}
    rnn.zero_grad()
    nn.functional.cross_entropy(read_out_mean(rnn)(words), labels).backward()
    assert all(torch.allclose(part.grad, expected[name], atol=1e-6) for name, part in rnn.named_parameters())


# How far the gradient reaches


def reach_by_hand(model, words, labels):
    """d loss / d embedded word, its norm for each document and step, the batch's mean, last step first."""
    embedded = model.embedding.weight.detach()[words].requires_grad_()
    h = torch.zeros(len(words), HIDDEN)
    for t in range(words.size(1)):
        h = torch.tanh(model.Wx(embedded[:, t]) + model.Wh(h))
    nn.functional.cross_entropy(model.fc(h), labels).backward()
    steps = range(words.size(1) - 1, -1, -1)
    norms = [sum(embedded.grad[row, t].square().sum().sqrt().item() for row in range(len(words))) for t in steps]
    return [norm / norms[0] for norm in norms]


@pytest.mark.parametrize("kind", [VanillaRNN, WordByWord])
def test_gradient_reach_is_the_gradient_at_each_word_relative_to_the_last(rnn, batch, kind):
    model = kind()
    model.load_state_dict(rnn.state_dict())
    reach = gradient_reach(model, make_loader(*batch))
    assert reach.shape == (STEPS,)
    assert reach[0] == 1
    assert reach == pytest.approx(reach_by_hand(rnn, *batch), rel=1e-4)


def test_where_gradients_explode_the_last_word_is_still_the_measure(rnn, batch):
    with torch.no_grad():
        rnn.Wh.weight.mul_(2.5)
    reach = gradient_reach(rnn, make_loader(*batch))
    assert reach.max() > 1.5
    assert reach == pytest.approx(reach_by_hand(rnn, *batch), rel=1e-4)


def test_the_gradient_of_a_model_that_does_not_use_its_words_reaches_nowhere(batch):
    assert gradient_reach(Deaf(), make_loader(*batch)).tolist() == [0] * STEPS


def test_gradient_reach_measures_the_first_batch_alone(rnn, batch):
    words, labels = batch[0].repeat(8, 1), batch[1].repeat(8)
    reach = gradient_reach(rnn, make_loader(words, labels))
    assert reach == pytest.approx(reach_by_hand(rnn, words[:32], labels[:32]), rel=1e-4)


def test_gradient_reach_leaves_no_hook_and_no_gradient_behind(rnn, batch):
    gradient_reach(rnn, make_loader(*batch))
    assert not rnn.embedding._forward_hooks
    assert all(part.grad is None for part in rnn.parameters())


def test_a_model_that_fails_is_left_without_a_hook(rnn, batch):
    rnn.fc = nn.Linear(HIDDEN + 1, CLASSES)
    with pytest.raises(RuntimeError):
        gradient_reach(rnn, make_loader(*batch))
    assert not rnn.embedding._forward_hooks


# TF-IDF


INDEX_WORD = {1: "the", 2: "goal", 3: "vote", 4: "£", 5: "3"}


def toy(*documents):
    return np.array([[0] * (4 - len(words)) + words for words, _ in documents]), np.array([c for _, c in documents])


def test_documents_that_a_word_tells_apart_are_told_apart():
    train = toy(([1, 2], 0), ([2, 1, 1], 0), ([1, 3], 1), ([3, 3, 1], 1))
    assert tfidf_accuracy(train, toy(([2], 0), ([1, 1, 3], 1)), INDEX_WORD) == 1.0


def test_tfidf_accuracy_is_measured_on_the_test_documents():
    train = toy(([1, 2], 0), ([2, 1, 1], 0), ([1, 3], 1), ([3, 3, 1], 1))
    test = toy(([2], 1), ([1, 1, 3], 1), ([2, 2], 1), ([3], 1))
    assert tfidf_accuracy(train, test, INDEX_WORD) == 0.5


def test_a_word_of_one_letter_or_of_signs_is_a_word_to_tfidf():
    train = toy(([1, 4], 0), ([4, 1], 0), ([1, 5], 1), ([5], 1))
    assert tfidf_accuracy(train, toy(([4], 0), ([5], 1)), INDEX_WORD) == 1.0


def test_a_document_of_padding_alone_is_no_error():
    train = toy(([1, 2], 0), ([2], 0), ([], 0), ([3], 1), ([1, 3], 1), ([], 0))
    assert tfidf_accuracy(train, toy(([], 0), ([3], 1)), INDEX_WORD) == 1.0


# A text of one's own


class Sure(nn.Module):
    """Answers with the same shares for every text; notes what it was given."""

    def __init__(self, *shares):
        super().__init__()
        self.scores = nn.Parameter(torch.tensor(shares).log())
        self.seen = []

    def forward(self, x):
        self.seen.append((x.clone(), self.training, torch.is_grad_enabled()))
        return self.scores.expand(len(x), -1)


@pytest.fixture
def tokenizer():
    fitted = Tokenizer()
    fitted.fit_on_texts(["goal goal goal vote vote film"])
    return fitted


def test_a_text_is_classified_by_every_model_with_its_three_likeliest_classes(tokenizer, capsys):
    models = {"RNN": Sure(0.1, 0.2, 0.65, 0.05), "GRU": Sure(0.9, 0.06, 0.03, 0.01)}
    classify_text("A goal, a VOTE, a goal!", models, tokenizer, ("Politics", "Sport", "Film", "Business"))
    assert capsys.readouterr().out == (
        "3 of your words are in the vocabulary.\n"
        "RNN  Film 65%   Sport 20%   Politics 10%\n"
        "GRU  Politics 90%   Sport 6%   Film 3%\n"
    )


def test_a_model_sees_the_text_as_it_was_trained_on_others(tokenizer):
    model = Sure(0.5, 0.5).train()
    classify_text("vote for film goal", {"RNN": model}, tokenizer, ("a", "b"))
    ((words, in_training, with_gradients),) = model.seen
    assert words.tolist() == [[0] * 97 + [2, 3, 1]]
    assert (in_training, with_gradients) == (False, False)


def test_a_text_of_unknown_words_is_classified_all_the_same(tokenizer, capsys):
    classify_text("", {"RNN": Sure(0.25, 0.75)}, tokenizer, ("a", "b"))
    assert capsys.readouterr().out == "0 of your words are in the vocabulary.\nRNN  b 75%   a 25%\n"

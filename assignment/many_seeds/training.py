"""The recipe's training for K seeds at once: each with its own start, order of documents and best epoch."""

from dataclasses import dataclass, field

import torch
import torch.nn.functional as F

from assignment.preprocessing import BATCH_SIZE
from assignment.training import LEARNING_RATE, History

EVALUATED_AT_ONCE = 64  # documents; more need memory, fewer make small products
REACH_AT = (0, 1, 2, 5, 10, 20, 40, 60, 80, 99)  # steps back from the last word


@dataclass(frozen=True)
class Documents:
    """Word indices (N, T) and labels (N,), int64."""

    tokens: torch.Tensor
    labels: torch.Tensor

    def to(self, device):
        return Documents(self.tokens.to(device), self.labels.to(device))


@dataclass(frozen=True)
class DocumentSets:
    """The three parts of the documents."""

    train: Documents
    valid: Documents
    test: Documents

    @classmethod
    def of(cls, sets):
        """From three pairs (documents, labels), as `split_documents` gives them."""
        return cls(*(Documents(torch.as_tensor(tokens), torch.as_tensor(labels)) for tokens, labels in sets))

    def to(self, device):
        return DocumentSets(self.train.to(device), self.valid.to(device), self.test.to(device))


@dataclass
class SeedResult:
    """What one seed's training measured.

    test_accuracy   a fraction after each epoch
    reach_before, reach_after   what the loss depends on the word so many steps back as REACH_AT says, relative to the
                    last word, before training and after the last epoch; empty where the backward pass is autograd's
    """

    seed: int
    history: History = field(default_factory=History)
    test_accuracy: list = field(default_factory=list)
    reach_before: list = field(default_factory=list)
    reach_after: list = field(default_factory=list)

    @property
    def test_last(self):
        return self.test_accuracy[-1]

    @property
    def test_best(self):
        """Test accuracy of the checkpoint with the lowest validation loss."""
        return self.test_accuracy[self.history.best_epoch - 1]


@dataclass(frozen=True)
class TrainedSeeds:
    """Results in the order of the seeds, and name -> (K, ...): the weights of each seed's best epoch."""

    results: list
    best_weights: dict


def initial_weights(make_model, seeds):
    """What `make_model()` starts with after `torch.manual_seed(seed)`, as name -> (K, ...): the recipe's own starts."""
    starts = []
    with torch.random.fork_rng(devices=[]):
        for seed in seeds:
            torch.manual_seed(seed)
            starts.append(make_model().state_dict())
    return {name: torch.stack([start[name] for start in starts]) for name in starts[0]}


def epoch_order(seed, epoch, documents):
    """The order (N,) in which the recipe's loader gives N documents in an epoch (from 1) of a training with `seed`."""
    generator = torch.Generator().manual_seed(seed + epoch)
    torch.empty((), dtype=torch.int64).random_(generator=generator)  # the loader draws its workers' seed first
    return torch.randperm(documents, generator=generator)


def train_seeds(model, seeds, sets, epochs, clip=None, learning_rate=LEARNING_RATE):
    """Train K models with Adam, each as the recipe trains its seed: TrainedSeeds.

    model   has `weights`, `scores` and `learn`, as in `by_hand` and `by_autograd`; its weights are changed
    sets    DocumentSets, on the device of the model's weights
    clip    the longest that a seed's gradient may be, all its weights taken together; None: any length
    """
    optimizer = torch.optim.Adam(model.weights.values(), lr=learning_rate, fused=True)
    results = [SeedResult(seed) for seed in seeds]
    best = {name: weight.clone() for name, weight in model.weights.items()}
    before = reaches(model, sets.valid)
    for epoch in range(1, epochs + 1):
        orders = torch.stack([epoch_order(seed, epoch, len(sets.train.labels)) for seed in seeds])
        measured = train_epoch(model, sets.train, orders.to(sets.train.labels.device), optimizer, clip)
        note(results, *measured, *evaluate(model, sets.valid), evaluate(model, sets.test)[1])
        improved = [number for number, result in enumerate(results) if result.history.best_epoch == epoch]
        for name, weight in model.weights.items():
            best[name][improved] = weight[improved]
    for result, first, last in zip(results, before, reaches(model, sets.valid), strict=True):
        result.reach_before, result.reach_after = first, last
    return TrainedSeeds(results, best)


def train_epoch(model, documents, orders, optimizer, clip):
    """One pass over the documents in each seed's order (K, N): (mean loss, accuracy), (K,), measured while learning."""
    losses, right = torch.zeros(2, len(orders), dtype=torch.float64, device=orders.device)
    for batch in orders.split(BATCH_SIZE, dim=1):
        labels = documents.labels[batch]
        scores = model.learn(documents.tokens[batch], labels)
        if clip is not None:
            clip_gradients(model.weights.values(), clip)
        optimizer.step()
        losses += losses_of(scores, labels).sum(dim=1)
        right += (scores.argmax(dim=2) == labels).sum(dim=1)
    return losses / orders.shape[1], right / orders.shape[1]


def evaluate(model, documents):
    """(mean cross entropy, accuracy), (K,), of each seed's model on the same documents."""
    K = len(next(iter(model.weights.values())))
    batches = documents.tokens.split(EVALUATED_AT_ONCE)
    scores = torch.cat([model.scores(tokens.expand(K, -1, -1)) for tokens in batches], dim=1)
    labels = documents.labels.expand(K, -1)
    return losses_of(scores, labels).mean(dim=1), (scores.argmax(dim=2) == labels).double().mean(dim=1)


def reaches(model, documents):
    """Each seed's gradient reach at the steps REACH_AT on the notebook's batch, the first of `documents`."""
    K = len(next(iter(model.weights.values())))
    if not hasattr(model, "gradient_reach"):
        return [[]] * K
    tokens, labels = documents.tokens[:BATCH_SIZE], documents.labels[:BATCH_SIZE]
    reach = model.gradient_reach(tokens.expand(K, -1, -1), labels.expand(K, -1))
    return reach[:, [steps for steps in REACH_AT if steps < tokens.shape[1]]].tolist()


def losses_of(scores, labels):
    """Cross entropies (K, N) of scores (K, N, O)."""
    return F.cross_entropy(scores.flatten(0, 1), labels.flatten(), reduction="none").view(labels.shape)


def clip_gradients(weights, longest):
    """Shorten each seed's gradient to `longest`, as torch.nn.utils.clip_grad_norm_ does for one model."""
    gradients = [weight.grad for weight in weights]
    lengths = torch.stack([gradient.flatten(1).norm(dim=1) for gradient in gradients]).norm(dim=0)
    factors = (longest / (lengths + 1e-6)).clamp(max=1)
    for gradient in gradients:
        gradient.mul_(factors.view(-1, *[1] * (gradient.dim() - 1)))


def note(results, *measured):
    """Put down what an epoch measured: train loss and accuracy, validation loss and accuracy, test accuracy."""
    for result, *values in zip(results, *(values.tolist() for values in measured), strict=True):
        history = result.history
        series = (history.train_loss, history.train_accuracy, history.valid_loss, history.valid_accuracy)
        for numbers, value in zip((*series, result.test_accuracy), values, strict=True):
            numbers.append(value)

"""Train on reviews of any length: one at a time, as published, or in batches of about the same length.

Both are one loop over batches; a batch of one is the published way.  Whatever is padded is never read: see the blank
`last` of both networks.
"""

import copy
import hashlib
import inspect
import io
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
from torch.nn.utils.rnn import pad_sequence

REPORT_EVERY = 200  # reviews


@dataclass(frozen=True)
class Recipe:
    """How a network is trained with Adam.

    most_words   in one batch, its padding included: a very long review is read alone
    """

    epochs: int
    learning_rate: float
    batch_size: int
    most_words: int = 16_000


PUBLISHED = Recipe(epochs=5, learning_rate=1e-4, batch_size=1)
BATCHED = Recipe(epochs=5, learning_rate=1e-3, batch_size=32)


@dataclass(frozen=True)
class EncodedReviews:
    """Reviews as rows of a table of word vectors.

    rows     of each review, (T,) int64: what WordVectors.encode gives
    labels   (N,) int64: 1 for a positive review, 0 for a negative one
    table    (words, D) float32; its row 0 is zero
    """

    rows: list
    labels: torch.Tensor
    table: torch.Tensor

    @property
    def lengths(self):
        return torch.tensor([len(row) for row in self.rows])

    def batch(self, chosen, device="cpu"):
        """(vectors (B, T, D), lengths (B,), labels (B,)) of the chosen reviews, shorter ones padded at their end."""
        rows = [self.rows[number] for number in chosen]
        vectors = self.table[pad_sequence(rows, batch_first=True)]
        lengths = torch.tensor([len(row) for row in rows])
        return vectors.to(device), lengths.to(device), self.labels[chosen].to(device)


def encode_reviews(reviews, vectors):
    """EncodedReviews of a list of Review, with WordVectors."""
    rows = [vectors.encode(review.words) for review in reviews]
    return EncodedReviews(rows, torch.tensor([int(review.positive) for review in reviews]), vectors.table)


def make_batches(lengths, recipe, generator=None):
    """Lists of review numbers: each review once, those of one batch of about the same length, in random order.

    Without a generator, from the shortest to the longest.  A batch of one is drawn as it comes.
    """
    order = torch.randperm(len(lengths), generator=generator) if generator else torch.arange(len(lengths))
    if recipe.batch_size == 1:
        return [[number] for number in order.tolist()]
    by_length = order[torch.sort(lengths[order], stable=True).indices].tolist()
    batches = [[]]
    for number in by_length:
        words = (len(batches[-1]) + 1) * int(lengths[number])
        if batches[-1] and (len(batches[-1]) == recipe.batch_size or words > recipe.most_words):
            batches.append([])
        batches[-1].append(number)
    shuffled = torch.randperm(len(batches), generator=generator) if generator else torch.arange(len(batches))
    return [batches[position] for position in shuffled.tolist()]


def order_of_epoch(reviews, recipe, seed, epoch):
    """The batches of one epoch; no two pairs of seed and epoch share their random numbers."""
    (number,) = np.random.SeedSequence((seed, epoch)).generate_state(1)
    return make_batches(reviews.lengths, recipe, torch.Generator().manual_seed(int(number)))


@dataclass
class Progress:
    """How far a training is.

    read     reviews, in all epochs
    losses   the mean loss of each epoch that is over
    curve    a row for each report: [reviews read in all, seconds, mean loss since the last report]
    """

    epoch: int = 1
    batches: int = 0  # of this epoch
    reviews: int = 0  # of this epoch
    read: int = 0
    epoch_loss: float = 0.0  # the sum over the reviews of this epoch
    loss_sum: float = 0.0  # since the last report
    loss_count: int = 0
    seconds: float = 0.0
    losses: list = field(default_factory=list)
    curve: list = field(default_factory=list)

    def advance(self, mean_loss, reviews):
        """One batch more."""
        self.batches += 1
        self.reviews += reviews
        self.read += reviews
        self.epoch_loss += mean_loss * reviews
        self.loss_sum += mean_loss * reviews
        self.loss_count += reviews

    def report(self):
        """Add a row to the curve, and print it as the homework did."""
        mean = self.loss_sum / self.loss_count
        self.curve.append([self.read, self.seconds, mean])
        self.loss_sum, self.loss_count = 0.0, 0
        print(f"[epoch:{self.epoch} iter:{self.reviews:5d} elapsed_time:{self.seconds:5.0f} secs]     loss: {mean:.5f}")

    def end_epoch(self):
        self.losses.append(self.epoch_loss / self.reviews)
        self.epoch, self.batches, self.reviews, self.epoch_loss = self.epoch + 1, 0, 0, 0.0


def train(model, reviews, recipe, name, folder="checkpoints", seed=0, report_every=REPORT_EVERY, watch=None):
    """Train `model` on EncodedReviews with the NLL loss: the Progress.

    `{name}_training.pt` in `folder` is written at every report and after every epoch: run again after a lost runtime,
    training goes on from there, and ends as it would have ended without the break.  `seed` decides the order of the
    reviews; the weights come with the model.  `watch(progress)` is called before the first step and after each.
    """
    path = Path(folder) / f"{name}_training.pt"
    path.parent.mkdir(parents=True, exist_ok=True)
    optimizer = torch.optim.Adam(model.parameters(), lr=recipe.learning_rate)
    identity = training_identity(model, reviews, recipe, seed)
    progress = resume(model, optimizer, path, identity, recipe.epochs)
    started = time.perf_counter() - progress.seconds
    watch = watch or ignore
    watch(progress)
    model.train()
    while progress.epoch <= recipe.epochs:
        for chosen in order_of_epoch(reviews, recipe, seed, progress.epoch)[progress.batches :]:
            progress.advance(train_step(model, optimizer, reviews, chosen), len(chosen))
            progress.seconds = time.perf_counter() - started
            watch(progress)
            if progress.loss_count >= report_every:
                progress.report()
                keep_training(model, optimizer, progress, identity, path)
        progress.end_epoch()
        keep_training(model, optimizer, progress, identity, path)
    return progress


def ignore(progress):
    """What watches a training that nobody watches."""


def train_step(model, optimizer, reviews, chosen):
    """One step of the optimizer on the chosen reviews: their mean loss."""
    vectors, lengths, labels = reviews.batch(chosen, device_of(model))
    optimizer.zero_grad()
    loss = nn.functional.nll_loss(model(vectors, lengths), labels)
    loss.backward()
    optimizer.step()
    return loss.item()


def device_of(model):
    return next(model.parameters()).device


def training_identity(model, reviews, recipe, seed):
    """What must be the same for a saved training to be gone on with: code, first weights, reviews, recipe and seed."""
    weights = model.state_dict()
    sizes = [(key, tuple(tensor.shape)) for key, tensor in weights.items()]
    digest = hashlib.sha256(f"{code_of(model)}\n{sizes}\n{recipe}\n{seed}\n".encode())
    for part in (*weights.values(), *reviews.rows, reviews.labels, reviews.table):
        digest.update(part.cpu().numpy().tobytes())
    return digest.hexdigest()


def code_of(model):
    """The source of the classes that make up the model: it changes when a student changes a blank."""
    kinds = {kind for part in model.modules() for kind in type(part).__mro__ if issubclass(kind, nn.Module)}
    own = [kind for kind in kinds if not kind.__module__.startswith("torch.")]
    functions = [part for kind in own for part in vars(kind).values() if inspect.isfunction(part)]
    return "\n".join(sorted(source_of(function) for function in functions))


def source_of(function):
    """A function's source; of a cell with %%time, which keeps none, what Python made of it."""
    try:
        return inspect.getsource(function)
    except OSError:
        code = function.__code__
        return f"{code.co_code.hex()} {code.co_names} {code.co_varnames} {code.co_consts}"


def resume(model, optimizer, path, identity, epochs):
    """Take up the training saved at `path` if it has this identity: its Progress, else a new one."""
    if not path.is_file():
        return Progress()
    first_weights = copy.deepcopy(model.state_dict())
    try:
        saved = torch.load(path, map_location=device_of(model), weights_only=True)
        progress = Progress(**saved["progress"])
        if saved["identity"] != identity:
            print(f"{path} belongs to other code or weights, other reviews, another recipe or seed: starting afresh.")
            return Progress()
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
    except Exception as reason:  # torch has no one error for a damaged file
        print(f"{path} is damaged ({type(reason).__name__}): starting afresh.")
        model.load_state_dict(first_weights)
        return Progress()
    if progress.epoch > epochs:
        print(f"Trained already: taken from {path}, where nothing that decides the result has changed.")
        return progress
    print(f"Going on in epoch {progress.epoch} after {progress.reviews} reviews, saved in {path}.")
    return progress


def keep_training(model, optimizer, progress, identity, path):
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict()}
    save(state | {"progress": asdict(progress), "identity": identity}, path)


def save(state, path):
    """Write `state` whole or not at all."""
    path = Path(path)
    half_written = path.with_name(path.name + ".part")
    written = io.BytesIO()
    torch.save(state, written)
    half_written.write_bytes(written.getbuffer())  # torch's own writer tells of a full disk as of a fault in itself
    half_written.replace(path)


def save_weights(model, path):
    """Keep a trained network's weights, for `load_weights`: the path."""
    save(model.state_dict(), path)
    return path


def load_weights(model, path):
    """Put saved weights into a network of the same class and sizes; nothing but numbers is read."""
    model.load_state_dict(torch.load(path, map_location=device_of(model), weights_only=True))
    return model


def describe_size(model):
    """(learnable tensors, learnable parameters) of a network, which the homework calls layers and parameters."""
    learnable = [tensor for tensor in model.parameters() if tensor.requires_grad]
    return len(learnable), sum(tensor.numel() for tensor in learnable)

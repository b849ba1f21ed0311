"""Train a classifier, keep its best checkpoint, and go on where a lost runtime stopped."""

import hashlib
import inspect
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

import torch
import torch.nn as nn
from tqdm.auto import tqdm

LEARNING_RATE = 1e-3


@dataclass
class History:
    """What training measured after each epoch; accuracies are fractions, losses are cross entropies."""

    train_loss: list = field(default_factory=list)
    train_accuracy: list = field(default_factory=list)
    valid_loss: list = field(default_factory=list)
    valid_accuracy: list = field(default_factory=list)

    @property
    def epochs(self):
        return len(self.valid_loss)

    @property
    def best_epoch(self):
        """The epoch with the lowest validation loss, from 1."""
        return 1 + min(range(self.epochs), key=self.valid_loss.__getitem__)


@torch.no_grad()
def predict(model, loader):
    """(scores (N, classes), labels (N,)) of every document in `loader`, on the CPU."""
    model.eval()
    device = next(model.parameters()).device
    batches = [(model(documents.to(device)).cpu(), labels) for documents, labels in loader]
    scores, labels = zip(*batches, strict=True)
    return torch.cat(scores), torch.cat(labels)


def evaluate_model(model, loader):
    """(mean cross entropy, accuracy) of `model` on the documents in `loader`."""
    scores, labels = predict(model, loader)
    return nn.functional.cross_entropy(scores, labels).item(), accuracy(scores, labels)


def test_model(model, loader, label="Test"):
    """Print and return the accuracy of `model` on the documents in `loader`."""
    score = evaluate_model(model, loader)[1]
    print(f"{label} accuracy: {score:.2%}")
    return score


test_model.__test__ = False  # the name says test; pytest need not collect it


def accuracy(scores, labels):
    """The fraction of rows whose highest score is at the label."""
    return (scores.argmax(dim=1) == labels).float().mean().item()


def train_epoch(model, loader, optimizer, bar):
    """One pass over the training documents: (mean loss, accuracy), measured while learning."""
    model.train()
    device = next(model.parameters()).device
    loss_sum, right, seen = 0.0, 0, 0
    for documents, labels in loader:
        documents, labels = documents.to(device), labels.to(device)
        scores = model(documents)
        loss = nn.functional.cross_entropy(scores, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        seen += len(labels)
        loss_sum += loss.item() * len(labels)
        right += (scores.argmax(dim=1) == labels).sum().item()
        bar.update()
    return loss_sum / seen, right / seen


def train_model(model, train_loader, valid_loader, *, name, epochs, folder=".", seed=0):
    """Train with Adam for `epochs` epochs: the History.  Every epoch ends on disk, in `folder`.

    `{name}_training.pt` holds model, optimizer and history after the last finished epoch: run again after
    a lost runtime, training goes on from there, and gives what it would have given without the break.
    `{name}_best_model.pth` holds the weights of the epoch with the lowest validation loss.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    optimizer = torch.optim.Adam(model.parameters(), lr=LEARNING_RATE)
    identity = training_identity(model, train_loader, seed)
    history = resume_training(model, optimizer, folder / f"{name}_training.pt", epochs, identity)
    steps = (epochs - history.epochs) * len(train_loader)
    with tqdm(total=steps, desc=name, unit="batch", disable=steps == 0) as bar:
        for epoch in range(history.epochs + 1, epochs + 1):
            train_loader.generator.manual_seed(seed + epoch)  # the order of epoch 7 is that of epoch 7, break or not
            loss, score = train_epoch(model, train_loader, optimizer, bar)
            valid_loss, valid_score = evaluate_model(model, valid_loader)
            history.train_loss.append(loss)
            history.train_accuracy.append(score)
            history.valid_loss.append(valid_loss)
            history.valid_accuracy.append(valid_score)
            if history.best_epoch == epoch:
                save(model.state_dict(), folder / f"{name}_best_model.pth")
            state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "history": asdict(history)}
            save(state | {"identity": identity}, folder / f"{name}_training.pt")
            bar.set_postfix(epoch=f"{epoch}/{epochs}", train=f"{score:.1%}", valid=f"{valid_score:.1%}")
    return history


def training_identity(model, loader, seed):
    """What must be the same for a saved training to be gone on with: model, documents and seed."""
    documents, labels = loader.dataset.tensors
    sizes = [(name, tuple(tensor.shape)) for name, tensor in model.state_dict().items()]
    digest = hashlib.sha256(f"{code_of(model)}\n{sizes}\n{seed}".encode())
    digest.update(documents.numpy().tobytes() + labels.numpy().tobytes())
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


def resume_training(model, optimizer, path, epochs, identity):
    """Take up the training saved at `path` if it has this identity: its History, else an empty one."""
    if not path.is_file():
        return History()
    try:
        saved = torch.load(path, map_location=next(model.parameters()).device, weights_only=True)
        history = History(**saved["history"])
    except Exception as reason:  # torch has no one error for a damaged file
        print(f"{path} is damaged ({type(reason).__name__}): training starts afresh.")
        return History()
    if saved.get("identity") != identity or history.epochs > epochs:
        print(f"{path} belongs to other code, other documents, another seed or a longer run: training starts afresh.")
        return History()
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])
    print(f"Going on after epoch {history.epochs} of {epochs}, saved in {path}.")
    return history


class NoCheckpoint(FileNotFoundError):
    """There is no checkpoint where one is asked for: one sentence, without a traceback."""

    def _render_traceback_(self):  # what IPython prints in place of a traceback
        return [str(self)]


def test_best(model, loader, name, folder=".", label="Test"):
    """Print and return the accuracy of the best checkpoint; `model` keeps the weights of its last epoch."""
    last = {key: weights.clone() for key, weights in model.state_dict().items()}
    load_best(model, name, folder)
    try:
        return test_model(model, loader, label)
    finally:
        model.load_state_dict(last)


test_best.__test__ = False


def load_best(model, name, folder="."):
    """Put the weights of the best checkpoint into `model`.  Raises NoCheckpoint."""
    path = Path(folder) / f"{name}_best_model.pth"
    if not path.is_file():
        raise NoCheckpoint(f"{path} is not there: run the cell that trains the model again, then this one.")
    model.load_state_dict(torch.load(path, map_location=next(model.parameters()).device, weights_only=True))


def save(state, path):
    """Write `state` whole or not at all."""
    half_written = path.with_name(path.name + ".part")
    torch.save(state, half_written)
    os.replace(half_written, path)

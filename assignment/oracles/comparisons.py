"""The reference beside each oracle: the largest difference of two arrays, and the claim that `prove` tries."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from torch.autograd.gradcheck import GradcheckError

from assignment import equations, preprocessing
from assignment.convention import RESET_ACTS_AFTER
from assignment.oracles import implementations, reference
from assignment.oracles.drawn import draw, from_zero
from assignment.oracles.keras_process import KerasProcess
from grading.build.solution import solution_classes
from grading.prove.claim import BROKEN, KEPT, Claim, Outcome
from grading.room import REPOSITORY

TOLERANCE = 1e-6
ONNX_GRU = f"ONNX GRU, linear_before_reset={int(RESET_ACTS_AFTER)}"
KERAS_GRU = f"Keras GRU, reset_after={RESET_ACTS_AFTER}"
PRACTICE = REPOSITORY / "data" / "practice.csv.xz"


@dataclass(frozen=True, eq=False)
class Comparison:
    """One trial of the reference.

    name     oracle: what of ours is set beside it
    package  whose it is, as pip calls it
    gap      (solution's classes by name, KerasProcess) -> the largest difference of any two numbers
    """

    name: str
    package: str
    gap: Callable

    def outcome(self, classes, keras):
        """The Outcome of this trial; a package that is missing breaks it."""
        try:
            gap = self.gap(classes, keras)
        except ImportError:
            return Outcome(self.name, BROKEN, f"the package {self.package} is not installed; run: make setup")
        except GradcheckError as reason:
            return Outcome(self.name, BROKEN, " ".join(str(reason).split()))
        if not gap <= TOLERANCE:  # so that NaN breaks it
            return Outcome(self.name, BROKEN, f"they differ by up to {gap:.3g}, and {TOLERANCE:g} is allowed")
        return Outcome(self.name, KEPT)


def largest_gap(found, expected):
    """The largest difference of two arrays; infinite where their shapes differ."""
    found, expected = np.asarray(found), np.asarray(expected)
    return float(np.abs(found - expected).max()) if found.shape == expected.shape else float("inf")


# States and scores


def of_a_cell(states, name):
    """A cell of the solution, step by step from a state that is not zero."""

    def gap(classes, keras):
        case = draw()
        found, _ = reference.cell_states(classes[name], case)
        return largest_gap(found.detach().numpy(), states(case, keras))

    return gap


def of_a_model(states, name):
    """A model of the solution: its scores after each word of a text."""

    def gap(classes, keras):
        case = from_zero(draw())
        expected = reference.read_out(case, states(case, keras))
        return largest_gap(reference.scores_after_each_word(classes[name], case), expected)

    return gap


def of_an_equation(states, equation):
    """An equation in NumPy, which the marker compares with."""

    def gap(_, keras):
        case = draw()
        return largest_gap(reference.equation_states(case, equation), states(case, keras))

    return gap


# Gradients: of a random sum of all states, by every word's vector and by the state before the first


def probed(seed=1):
    case = draw()
    return case, np.random.default_rng(seed).uniform(-1, 1, (*case.embedded.shape[:2], case.start.shape[1]))


def of_a_cells_gradients(theirs, name):
    def gap(classes, keras):
        case, probe = probed()
        return pairwise_gap(reference.cell_gradients(classes[name], case, probe), theirs(case, probe, keras))

    return gap


def of_an_equations_gradients(theirs, equation):
    def gap(_, keras):
        case, probe = probed()
        return pairwise_gap(reference.equation_gradients(case, equation, probe), theirs(case, probe, keras))

    return gap


def pairwise_gap(found, expected):
    return max(largest_gap(*pair) for pair in zip(found, expected, strict=True))


def of_finite_differences(name):
    """torch.autograd.gradcheck compares by itself, and raises where it finds a difference."""

    def gap(classes, _):
        return 0.0 if reference.has_true_gradients(classes[name], draw(), TOLERANCE) else float("inf")

    return gap


# From texts to numbers


def of_the_practice_corpus(_, keras):
    """The whole pipeline on the documents that are handed out: every word's index, and the padded matrix."""
    texts = pd.read_csv(PRACTICE)["Text"].tolist()
    tokenizer = preprocessing.Tokenizer()
    tokenizer.fit_on_texts(texts)
    words, padded = keras.padded(texts, preprocessing.NUM_WORDS, preprocessing.MAX_LENGTH)
    if list(tokenizer.word_index) != words:
        return float("inf")
    return largest_gap(preprocessing.pad_sequences(tokenizer.texts_to_sequences(texts)), padded)


def of_padding(_, keras):
    """Sequences that are empty, shorter, as long, and longer than what is kept."""
    random = np.random.default_rng(2)
    sequences = [random.integers(1, 4999, length).tolist() for length in (0, 1, 6, 7, 8, 20)]
    return largest_gap(preprocessing.pad_sequences(sequences, maxlen=7), keras.padded_rows(sequences, 7))


# All of them


def of_states(oracle, package, states, models, equation):
    """The Comparisons of one recurrent layer.  `models`: class name -> of_a_cell or of_a_model."""
    trials = [Comparison(f"{oracle}: {name}", package, kind(states, name)) for name, kind in models.items()]
    return [*trials, Comparison(f"{oracle}: the equations", package, of_an_equation(states, equation))]


def comparisons():
    """Every Comparison that the course's form of the cells allows."""
    return [*compared_states(), *compared_gradients(), *compared_pipeline()]


def compared_states():
    rnn = {"VanillaRNN": of_a_model}, equations.hidden_update
    gru = {"GRUCell": of_a_cell, "GRUModel": of_a_model}, equations.gru_cell
    found = [
        *of_states("torch.nn.RNN", "torch", implementations.torch_rnn_states, *rnn),
        *of_states("ONNX RNN", "onnx", implementations.onnx_rnn_states, *rnn),
        *of_states("Keras SimpleRNN", "keras", implementations.keras_rnn_states, *rnn),
        *of_states(ONNX_GRU, "onnx", implementations.onnx_gru_states, *gru),
        *of_states(KERAS_GRU, "keras", implementations.keras_gru_states, *gru),
    ]
    if RESET_ACTS_AFTER:  # the only form that torch.nn.GRU has
        found += of_states("torch.nn.GRU", "torch", implementations.torch_gru_states, *gru)
    return found


def compared_gradients():
    rnn = of_an_equations_gradients(implementations.torch_rnn_gradients, equations.hidden_update)
    cell = of_a_cells_gradients(implementations.keras_gru_gradients, "GRUCell")
    gru = of_an_equations_gradients(implementations.keras_gru_gradients, equations.gru_cell)
    return [
        Comparison("torch.nn.RNN: gradients of the equations", "torch", rnn),
        Comparison(f"{KERAS_GRU}: gradients of GRUCell", "keras", cell),
        Comparison(f"{KERAS_GRU}: gradients of the equations", "keras", gru),
        *[
            Comparison(f"torch.autograd.gradcheck: {name}", "torch", of_finite_differences(name))
            for name in reference.SIZES
        ],
    ]


def compared_pipeline():
    return [
        Comparison("Keras Tokenizer and pad_sequences: the practice corpus", "keras", of_the_practice_corpus),
        Comparison("Keras pad_sequences: rows of every length", "keras", of_padding),
    ]


def oracles_claim(room):
    """The Claim that the reference computes what the oracles compute."""
    chosen = comparisons()

    def outcomes(_, after=0):
        classes = solution_classes(room)
        with KerasProcess() as keras:
            for comparison in chosen[after:]:
                yield comparison.outcome(classes, keras)

    return Claim("oracles", "The reference computes what others' implementations compute.", outcomes, len(chosen))

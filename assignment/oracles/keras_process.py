"""Keras, on torch, in a process of its own: it takes seconds to import, and sets what all of a process shares.

It would also leave a file of settings in the home folder: this process is given another one, which ends with it.
"""

import multiprocessing
import os
import tempfile
from concurrent.futures import ProcessPoolExecutor


class KerasProcess:
    """Answers with arrays.  Used in a `with`; the process starts with the first question.

    Raises ImportError, with the first question, where Keras is not installed.
    """

    def __enter__(self):
        self.home = tempfile.TemporaryDirectory(prefix="keras-")
        method = multiprocessing.get_context("spawn")
        self.executor = ProcessPoolExecutor(1, method, initializer=settle, initargs=(self.home.name,))
        return self

    def __exit__(self, *_):
        self.executor.shutdown(cancel_futures=True)
        self.home.cleanup()

    def ask(self, function, *arguments):
        return self.executor.submit(function, *arguments).result()

    def states(self, *arguments):
        """States (B, T, H) of a layer: its class in keras.layers, settings, weights, embedded, start."""
        return self.ask(layer_states, *arguments)

    def gradients(self, *arguments):
        """[d sum(probe * states) / d embedded, the same by start]; arguments as for `states`, then the probe."""
        return self.ask(layer_gradients, *arguments)

    def padded(self, texts, num_words, maxlen):
        """What Keras's Tokenizer and pad_sequences make of texts: (words in the index's order, (N, maxlen))."""
        return self.ask(padded_texts, texts, num_words, maxlen)

    def padded_rows(self, sequences, maxlen):
        """What pad_sequences makes of lists of numbers: (N, maxlen)."""
        return self.ask(padded_sequences, sequences, maxlen)


# What runs in that process


def settle(home):
    """Before Keras is imported: on torch, and away from the home folder."""
    os.environ |= {"KERAS_BACKEND": "torch", "KERAS_HOME": home, "OMP_NUM_THREADS": "1"}


def run_layer(name, settings, weights, embedded, start):
    """(states, [embedded, start]) as tensors in float64, exact to float32: on torch, Keras multiplies matrices so."""
    import keras
    import torch

    layer = getattr(keras.layers, name)(start.shape[1], return_sequences=True, dtype="float64", **settings)
    layer.build(embedded.shape)
    layer.set_weights(weights)
    inputs = [torch.tensor(array, requires_grad=True) for array in (embedded, start)]
    return layer(inputs[0], initial_state=inputs[1]), inputs


def layer_states(*arguments):
    states, _ = run_layer(*arguments)
    return states.detach().numpy()


def layer_gradients(*arguments):
    import torch

    *arguments, probe = arguments
    states, inputs = run_layer(*arguments)
    return [found.numpy() for found in torch.autograd.grad((states * torch.as_tensor(probe)).sum(), inputs)]


def padded_texts(texts, num_words, maxlen):
    # Keras 3 keeps the Tokenizer that the handout's recipe was made with, and no longer shows it.
    from keras.src.legacy.preprocessing.text import Tokenizer

    tokenizer = Tokenizer(num_words=num_words)
    tokenizer.fit_on_texts(texts)
    return list(tokenizer.word_index), padded_sequences(tokenizer.texts_to_sequences(texts), maxlen)


def padded_sequences(sequences, maxlen):
    import keras

    return keras.utils.pad_sequences(sequences, maxlen=maxlen)

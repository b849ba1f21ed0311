"""From texts to batches of word indices: what Keras's Tokenizer and pad_sequences do, without Keras."""

from collections import Counter

import numpy as np
import torch
from sklearn.model_selection import train_test_split
from torch.utils.data import DataLoader, TensorDataset

NUM_WORDS = 5000  # indices 1 ... 4999: the 4999 most frequent words; 0 is padding
MAX_LENGTH = 100  # words of a document that the models see: its last ones
BATCH_SIZE = 32
SPLIT_SEED = 42
FILTERS = '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n'  # become spaces; the apostrophe is not among them


class Tokenizer:
    """Words as numbers, the most frequent word first (keras.preprocessing.text.Tokenizer, index for index).

    `word_index` gives every word its index, from 1; words that are equally frequent stand in the order in
    which they first appeared.  Words with an index of `num_words` or more are dropped from sequences.
    """

    def __init__(self, num_words=NUM_WORDS):
        self.num_words = num_words
        self.word_index = {}

    @staticmethod
    def split(text):
        """The words of a text: lower case, filtered characters as spaces, cut at spaces alone."""
        spaced = text.lower().translate(str.maketrans(dict.fromkeys(FILTERS, " ")))
        return [word for word in spaced.split(" ") if word]

    def fit_on_texts(self, texts):
        """Count the words of all texts and number them."""
        counts = Counter(word for text in texts for word in self.split(text))
        by_frequency = sorted(counts, key=counts.get, reverse=True)  # stable: ties keep first appearance
        self.word_index = {word: index for index, word in enumerate(by_frequency, start=1)}

    def texts_to_sequences(self, texts):
        """Each text as the list of its words' indices."""
        return [
            [index for word in self.split(text) if 0 < (index := self.word_index.get(word, 0)) < self.num_words]
            for text in texts
        ]


def pad_sequences(sequences, maxlen=MAX_LENGTH):
    """Sequences as one (N, maxlen) int64 array, padded with 0 *and* truncated at the front, as in Keras."""
    padded = np.zeros((len(sequences), maxlen), dtype=np.int64)
    for row, sequence in zip(padded, sequences, strict=True):
        kept = sequence[-maxlen:] if maxlen else []
        row[maxlen - len(kept) :] = kept
    return padded


def split_documents(padded_sequences, labels):
    """70 % for training, 15 % for validation, 15 % for testing: three pairs (documents, labels)."""
    train_x, rest_x, train_y, rest_y = train_test_split(
        padded_sequences, np.asarray(labels), test_size=0.3, random_state=SPLIT_SEED
    )
    valid_x, test_x, valid_y, test_y = train_test_split(rest_x, rest_y, test_size=0.5, random_state=SPLIT_SEED)
    return (train_x, train_y), (valid_x, valid_y), (test_x, test_y)


def make_loader(documents, labels, shuffle=False):
    """Batches of (word indices (B, T), labels (B,)), both int64."""
    dataset = TensorDataset(torch.as_tensor(documents), torch.as_tensor(labels))
    return DataLoader(dataset, batch_size=BATCH_SIZE, shuffle=shuffle, generator=torch.Generator())

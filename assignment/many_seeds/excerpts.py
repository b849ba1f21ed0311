"""What of a document the models are shown: the recipe's last 100 words, or something else in their place.

An excerpt is a function of the documents' word indices (a list for each) and their labels; it gives the three sets,
each a pair (word indices (N, T), labels (N,)), of the recipe's documents in the recipe's order.
"""

from functools import partial

import numpy as np

from assignment.preprocessing import MAX_LENGTH, NUM_WORDS, pad_sequences, split_documents

TELLING_WORDS = 300  # that many words are called telling: those that tell most about the class


def last_words(sequences, labels, number=MAX_LENGTH):
    """The recipe's: the last words, zeros before them where there are fewer."""
    return split_documents(pad_sequences(sequences, number), labels)


def first_words(sequences, labels):
    """The first 100 words, zeros before them where there are fewer."""
    return last_words([sequence[:MAX_LENGTH] for sequence in sequences], labels)


def padded_behind(sequences, labels):
    """The last 100 words, zeros behind them where there are fewer: a state must carry the words over the zeros."""
    behind = np.zeros((len(sequences), MAX_LENGTH), dtype=np.int64)
    for row, sequence in zip(behind, sequences, strict=True):
        kept = sequence[-MAX_LENGTH:]
        row[: len(kept)] = kept
    return split_documents(behind, labels)


def telling_words_first(sequences, labels):
    """The recipe's 100 words of each document, those that tell about the class moved to its beginning."""
    return rearranged(sequences, labels, telling_last=False)


def telling_words_last(sequences, labels):
    """The recipe's 100 words of each document, those that tell about the class moved to its end."""
    return rearranged(sequences, labels, telling_last=True)


def rearranged(sequences, labels, telling_last):
    """The recipe's sets with each document's telling words at one end; within both groups the order stays."""
    sets = last_words(sequences, labels)
    telling = telling_words(*sets[0])
    moved = []
    for tokens, own_labels in sets:
        late = telling[tokens] == telling_last
        late[tokens == 0] = False  # zeros stay in front
        # A stable sort by (padding, goes to the end): words keep their order within a group.
        order = np.argsort(np.where(tokens == 0, -1, late), axis=1, kind="stable")
        moved.append((np.take_along_axis(tokens, order, axis=1), own_labels))
    return tuple(moved)


def telling_words(tokens, labels):
    """For each word index whether it is among the TELLING_WORDS: (NUM_WORDS,), found on the training set alone.

    What a word tells is the mutual information, over documents, of its being there and of the class.
    """
    classes = int(labels.max()) + 1
    present = np.zeros((len(tokens), NUM_WORDS))
    np.put_along_axis(present, tokens, 1, axis=1)
    of_class = np.eye(classes)[labels]  # (N, classes)
    both = present.T @ of_class / len(tokens)  # P(word there, class)
    there, classes_at_all = present.mean(axis=0), of_class.mean(axis=0)
    information = sum(
        np.where(joint > 0, joint * np.log(np.maximum(joint, 1e-300) / np.maximum(expected, 1e-300)), 0).sum(axis=1)
        for joint, expected in (
            (both, np.outer(there, classes_at_all)),
            (classes_at_all - both, np.outer(1 - there, classes_at_all)),
        )
    )
    information[0] = -1  # padding is no word
    telling = np.zeros(NUM_WORDS, dtype=bool)
    telling[np.argsort(-information, kind="stable")[:TELLING_WORDS]] = True
    return telling


RECIPE = "last 100 words"
EXCERPTS = {
    RECIPE: last_words,
    "last 50 words": partial(last_words, number=50),
    "last 25 words": partial(last_words, number=25),
    "last 10 words": partial(last_words, number=10),
    "first 100 words": first_words,
    "padded behind": padded_behind,
    "telling words first": telling_words_first,
    "telling words last": telling_words_last,
}

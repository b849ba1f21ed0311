"""What the recipe starts from: the three sets of documents, the models' sizes, and how long each is trained."""

from assignment.documents import CLASSES, read_documents
from assignment.preprocessing import NUM_WORDS, Tokenizer, pad_sequences, split_documents

EPOCHS = {"RNN": 10, "GRU": 20}
EMBEDDING, HIDDEN = 64, 128
SIZES = (NUM_WORDS, EMBEDDING, HIDDEN, len(CLASSES))  # what VanillaRNN and GRUModel are made with


def read_sets(path):
    """(training, validation, test), each a pair (padded word indices (N, 100), labels (N,)); and index -> word.

    Raises UnusableData.
    """
    sequences, labels, index_word = read_sequences(path)
    return split_documents(pad_sequences(sequences), labels), index_word


def read_sequences(path):
    """Each whole document as the list of its words' indices; the labels; index -> word.  Raises UnusableData."""
    texts, labels = read_documents(path)
    tokenizer = Tokenizer()
    tokenizer.fit_on_texts(texts)
    index_word = {index: word for word, index in tokenizer.word_index.items()}
    return tokenizer.texts_to_sequences(texts), labels, index_word

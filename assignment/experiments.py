"""What the notebook asks of a trained model, through its layers, whatever its forward pass looks like."""

import numpy as np
import torch
import torch.nn as nn
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from assignment.preprocessing import pad_sequences


def gradient_reach(model, loader):
    """How much the loss still depends on the word k steps before the end, for k = 0 ... T - 1, as (T,).

    The norm of the gradient at the embedded word, averaged over one batch, relative to the last word's.
    """
    embedded = []  # one (B, T, E), or one (B, E) a step if the model embeds word by word
    hook = model.embedding.register_forward_hook(lambda layer, inputs, output: embedded.append(output))
    device = next(model.parameters()).device
    documents, labels = next(iter(loader))
    model.train()
    try:
        loss = nn.functional.cross_entropy(model(documents.to(device)), labels.to(device))
    finally:
        hook.remove()
    gradients = torch.autograd.grad(loss, embedded, materialize_grads=True)
    gradient = torch.cat([part.reshape(len(documents), -1, part.shape[-1]) for part in gradients], dim=1)
    norms = gradient.cpu().double().norm(dim=2).mean(dim=0).flip(0).numpy()
    return norms / max(norms[0], np.finfo(float).tiny)


def read_out_mean(model):
    """Make a vanilla RNN answer from the mean of all its states in place of the last.  Changes `model`.

    W_h receives the states h_0 ... h_{T-1}, one a step, and fc receives h_T: hooks collect them.
    """
    states = []

    def mean_of_states(layer, inputs):
        mean = torch.stack([*states[1:], inputs[0]]).mean(dim=0)
        states.clear()
        return (mean,)

    model.Wh.register_forward_pre_hook(lambda layer, inputs: states.append(inputs[0]))
    model.fc.register_forward_pre_hook(mean_of_states)
    return model


def tfidf_accuracy(train, test, index_word):
    """Test accuracy of TF-IDF with logistic regression on the very words that the RNN and the GRU see.

    `train` and `test` are pairs (padded word indices, labels); word order is lost on this model.
    """

    def words(documents):
        return [" ".join(index_word[index] for index in row if index) for row in documents]

    vectorizer = TfidfVectorizer(token_pattern=r"\S+", sublinear_tf=True)
    classifier = LogisticRegression(C=10, max_iter=1000)
    classifier.fit(vectorizer.fit_transform(words(train[0])), train[1])
    return float(classifier.score(vectorizer.transform(words(test[0])), test[1]))


def classify_text(text, models, tokenizer, class_names):
    """Print what each of `models` (name -> model) makes of one text."""
    sequence = pad_sequences(tokenizer.texts_to_sequences([text]))
    print(f"{np.count_nonzero(sequence)} of your words are in the vocabulary.")
    for name, model in models.items():
        device = next(model.parameters()).device
        model.eval()
        with torch.no_grad():
            shares = model(torch.as_tensor(sequence, device=device)).softmax(dim=1)[0]
        ranked = sorted(zip(shares.tolist(), class_names, strict=True), reverse=True)
        print(f"{name:4} " + "   ".join(f"{title} {share:.0%}" for share, title in ranked[:3]))

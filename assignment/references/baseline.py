"""What a model that ignores order makes of the same words, and how many documents have fewer words than are shown.

TF-IDF with logistic regression draws nothing at random: one run is all there is.
"""

from contextlib import redirect_stdout
from io import StringIO

import sklearn

from assignment.documents import read_documents
from assignment.experiments import tfidf_accuracy
from assignment.many_seeds.excerpts import EXCERPTS, RECIPE
from assignment.many_seeds.runs import folder_of
from assignment.other_runs import digest
from assignment.preprocessing import MAX_LENGTH
from assignment.recipe_inputs import read_sequences
from assignment.references.collected import REFERENCES
from assignment.references.kept import GENERATED, read_json, write_json
from assignment.references.plan import BOTH
from assignment.references.trainings import documents_called

SAME_WORDS = ("padded behind", "telling words first", "telling words last")  # as the recipe's, in another order
EXCERPTS_TRIED = [name for name in EXCERPTS if name not in SAME_WORDS]
ALLOWED = 0.006  # two of 334 test documents, between two versions of scikit-learn


def baseline_file(documents):
    """The file of what was measured on a CSV file of documents."""
    return folder_of(documents, REFERENCES) / "baseline.json"


def measured(documents):
    """What a baseline's file holds, of a CSV file of documents."""
    sequences, labels, index_word = read_sequences(documents)
    with redirect_stdout(StringIO()):
        rows = list(zip(*read_documents(documents), strict=True))
    sets = {name: EXCERPTS[name](sequences, labels) for name in EXCERPTS_TRIED}
    return {
        "generated": GENERATED,
        "digests": {"in this order": digest(rows), "in any order": digest(sorted(rows))},
        "documents": {"name": documents.name, "number": len(labels)},
        "scikit-learn": sklearn.__version__,
        "tfidf": {name: round(tfidf_accuracy(train, test, index_word), 5) for name, (train, _, test) in sets.items()},
        "shorter": sum(len(sequence) < MAX_LENGTH for sequence in sequences),
        "shorter in test": int((sets[RECIPE][2][0][:, 0] == 0).sum()),
    }


def make(room, *_, **__):
    """Measure it on the documents that are here: a sentence for each."""
    for name in BOTH:
        documents = documents_called(name)
        if documents is None:
            yield f"the baseline on {name}: left as it is, since {name} is not here"
            continue
        now = measured(documents)
        stale = differences(name, now)
        if stale:
            write_json(baseline_file(name), now)
        yield f"the baseline on {name}: {'written' if stale else 'current'}"


def check(room, *_, **__):
    """What is not as it would be measured now, a sentence each."""
    found = []
    for name in BOTH:
        if documents := documents_called(name):
            found += differences(name, measured(documents))
        elif read_json(baseline_file(name)) is None:
            found.append(f"the baseline on {name} is not there")
    return found


def differences(name, now):
    """Where a baseline's file parts from what is measured now, a sentence each."""
    kept = read_json(baseline_file(name), "tfidf")
    if kept is None:
        return [f"the baseline on {name} is not there"]
    same = [key for key in now if key not in ("tfidf", "scikit-learn")]
    found = [f"the baseline on {name}: {key} has changed" for key in same if kept.get(key) != now[key]]
    before, after = kept["tfidf"], now["tfidf"]
    return found + [
        f"the baseline on {name}: {excerpt}: {before.get(excerpt)} is kept, and {after.get(excerpt)} is measured"
        for excerpt in sorted(before.keys() | after.keys())
        if abs(before.get(excerpt, -1) - after.get(excerpt, -1)) > ALLOWED
    ]

"""The practice reviews: invented reviews of invented products, in the format of the homework's archives.

The homework's archives may not be passed on with this repository, so these stand in for them. They are mixed so
that the lesson survives: what is praised and what is blamed is spread over a review of any length, between sentences
that say neither; a negation turns an opinion round from some words away, so that a bag of words misreads it; and some
of the test reviews stand in the training half, too, as in the homework's.

    python -m labs.gating.practice_reviews            writes both archives into data/ beside this file
    python -m labs.gating.practice_reviews --check    exits 1 if they are not what the generator writes

The only randomness is random.Random(SEED).random(), which Python keeps the same in all its versions.
"""

import gzip
import pickle
import random
import sys
from pathlib import Path

from labs.gating.reviews import PRACTICE, archive_name, read_halves, unpacked

SEED = 646
FOLDER = Path(__file__).parent / "data"
EACH_IN_CATEGORY = {"train": 80, "test": 20}  # positive, and as many negative
REPEATED = 2  # of each test category's 20: copies of training reviews

SAME_OPINION_CHANCE = 0.85  # that a sentence with an opinion has the review's own
NEGATED_CHANCE = 0.35
OPINION_CHANCE = 0.6  # else a sentence says nothing either way
LENGTHS = (1, 2, 3, 3, 4, 4, 5, 6, 8, 12, 20)  # sentences; the middle is about what the homework's reviews have


def word_lists(text):
    """The lists of words in a text, between |."""
    return [part.split() for part in text.split("|")]


def patterns(text):
    """The sentence patterns in a text, one a line.  Words in capitals are filled in."""
    return [line.split() for line in text.strip().splitlines()]


CATEGORIES = dict(zip(("kettles", "novels", "headphones", "bicycles", "games"), word_lists("""
kettle lid handle spout switch cord boiler filter
| novel plot ending chapter hero cover author paperback
| headphones sound bass cable cushion plug headband volume
| bicycle saddle brake frame wheel pedal chain gear
| game level controller screen story graphics music puzzle
"""), strict=True))  # fmt: skip
PRAISE, BLAME, GOOD_VERBS, BAD_VERBS = word_lists("""
great excellent wonderful superb sturdy comfortable beautiful reliable brilliant lovely delightful perfect
| terrible awful poor flimsy uncomfortable ugly useless dreadful boring shoddy defective disappointing
| love enjoy recommend adore praise treasure
| hate regret return detest avoid despise
""")
OPINIONS = patterns("""
the THING is ADJECTIVE
i VERB this THING
the THING turned out to be ADJECTIVE and i VERB it
what ADJECTIVE work the THING is
my sister says that the THING is ADJECTIVE
everyone who has seen the THING will VERB it
after three months the THING still looks ADJECTIVE to me
""")
NEGATED = patterns("""
i can not say that the THING is ADJECTIVE
nobody in our house would VERB the THING
the THING was never at any time ADJECTIVE
it is not as if i VERB this THING
do not let anybody tell you that the THING and the OTHER are ADJECTIVE
there is nothing about the THING or the OTHER that is ADJECTIVE
""")
NEUTRAL = patterns("""
i ordered the THING in march and it came in a brown box
the THING and the OTHER are both on the list
my brother has the older THING and we compared the two
this is the second THING that we have in the house
it came on a tuesday with the OTHER
not much is written about the THING in the manual
the OTHER was bought for a birthday in may
i can not remember when the OTHER was changed
there is a THING and there is a OTHER
""")


def pick(draw, items):
    """One of the items, all equally likely."""
    return items[int(draw() * len(items))]


def sentence(draw, things, positive):
    """The words of one sentence of a review that is positive or not."""
    if draw() > OPINION_CHANCE:
        return filled(draw, pick(draw, NEUTRAL), things, positive)
    liked = positive == (draw() < SAME_OPINION_CHANCE)
    if draw() < NEGATED_CHANCE:
        return filled(draw, pick(draw, NEGATED), things, not liked)
    return filled(draw, pick(draw, OPINIONS), things, liked)


def filled(draw, pattern, things, liked):
    """A pattern with its words in capitals replaced; adjectives and verbs praise or blame."""
    choices = {
        "THING": things,
        "OTHER": things,
        "ADJECTIVE": PRAISE if liked else BLAME,
        "VERB": GOOD_VERBS if liked else BAD_VERBS,
    }
    return [pick(draw, choices[word]) if word in choices else word for word in pattern]


def review(draw, things, positive):
    """The words of one review; at least one sentence has the review's own opinion, said plainly."""
    sentences = [sentence(draw, things, positive) for _ in range(pick(draw, LENGTHS) - 1)]
    plain = filled(draw, pick(draw, OPINIONS), things, positive)
    sentences.insert(int(draw() * (len(sentences) + 1)), plain)
    return [word for words in sentences for word in words]


def practice_halves():
    """half -> [positive by category, negative by category, vocabulary]; the same on every call."""
    draw = random.Random(SEED).random
    halves = {
        half: [
            {name: [review(draw, things, liked) for _ in range(count)] for name, things in CATEGORIES.items()}
            for liked in (True, False)
        ]
        for half, count in EACH_IN_CATEGORY.items()
    }
    for trained, tested in zip(halves["train"], halves["test"], strict=True):
        for name, reviews in tested.items():
            reviews[:REPEATED] = trained[name][:REPEATED]
    words = {word for half in halves.values() for liked in half for kept in liked.values() for r in kept for word in r}
    return {half: [*liked, sorted(words)] for half, liked in halves.items()}


def main():
    """Write the archives, or with --check compare them; the exit status."""
    stale = []
    for half, content in practice_halves().items():
        path = FOLDER / archive_name(half, PRACTICE)
        if sys.argv[1:] != ["--check"]:
            FOLDER.mkdir(exist_ok=True)
            path.write_bytes(gzip.compress(pickle.dumps(content, protocol=0), mtime=0))
        elif not path.is_file() or read_halves(unpacked(path), path.name) != content[:2]:
            stale.append(path.name)
    for name in stale:
        print(f"{name} is not what python -m labs.gating.practice_reviews writes.", file=sys.stderr)
    return int(bool(stale))


if __name__ == "__main__":
    sys.exit(main())

"""The practice corpus: 2225 invented news documents in the format of df_file.csv.

The BBC's documents may not be redistributed, so whoever has not got df_file.csv yet can try the assignment
on these: sentence patterns, ordinary English words and invented names, which read like news and mean nothing.
They are mixed so that the lesson of the assignment survives. Words that tell the topic are spread over a
document, among words of other topics and of none. Its last sentence says little, except that its speaker's
trade gives the topic away in about half of the documents. A vanilla RNN, which remembers the last ten words
or so, learns that much, and the rest of its training half by heart; a GRU reaches further back.

    python data/practice_corpus.py            writes practice.csv.xz beside this file
    python data/practice_corpus.py --check    exits 1 if the file there is not what the generator writes

The only randomness is random.Random(SEED).random(), which Python keeps the same in all its versions, with
nothing but + - * / and int() applied to it: every machine writes the same text.
"""

import csv
import io
import lzma
import random
import re
import sys
from pathlib import Path

SEED = 2225
FILE_NAME = "practice.csv.xz"
DOCUMENTS_PER_LABEL = (417, 511, 401, 386, 510)  # politics, sport, technology, entertainment, business

# Chances that a noun, verb, adjective or role belongs to the document's topic, or to another one.
BODY_CHANCES = 0.46, 0.12
REMARK_CHANCES = 0.32, 0.10  # in the last sentence but one
LAST_CHANCES = 0.50, 0.08

# Invented names. A document has a cast of its own, and some names belong to one topic.
CAST = {"person": 3, "place": 2, "firm": 1}
CAST_CHANCE = 0.85  # that a name is one of the cast
TOPIC_NAME_CHANCE = 0.2  # that a new name is one of the topic's
NAME_COUNTS = {"person": (200, 2000), "place": (40, 500), "firm": (60, 500)}  # each topic's, and common

# The quantiles of the documents' lengths in words.
LENGTH_SHARES = (0.0, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99, 1.0)
LENGTHS = (110, 165, 193, 250, 335, 470, 620, 735, 1000, 2400)


def patterns(text):
    """The sentence patterns in a text, between line ends or |. Words in capitals are slots to fill."""
    return text.replace("\n", "|").split("|")


def word_lists(text):
    """The lists of words in a text, between |."""
    return [part.split() for part in text.split("|")]


# Politics, sport, technology, entertainment, business, any topic; frequent words first; _ stands for a space.
ROLES = word_lists("""
minister MP party_leader backbencher chancellor home_secretary councillor whip peer campaigner lobbyist
| coach captain striker defender manager referee skipper sprinter goalkeeper champion winger fly-half
| developer engineer programmer researcher technician hacker net_expert designer inventor blogger user
| actor director singer actress producer comedian songwriter critic novelist presenter screenwriter
| analyst economist chief_executive trader investor shareholder banker broker accountant auditor financier
| spokesman adviser spokeswoman observer colleague representative insider neighbour witness assistant
""")
NOUNS = word_lists("""
election government party policy vote campaign parliament law tax_cut manifesto bill council asylum
reform pension opposition constituency referendum poll cabinet voter coalition debate ballot democracy
constitution inquiry amendment minority petition ministry mandate border treaty peerage by-election
motion civil_servant detention citizenship summit inspector majority tuition_fee identity_card
| match game team season club goal cup player final injury title win league half defeat squad penalty
coach tournament race championship medal stadium try tackle defence trophy fixture record scrum innings
wicket rugby side kick tennis semi-final Olympic_team sprint marathon transfer header rebound set_point
athlete red_card free_kick touchline dressing_room world_record qualifier hat-trick drop_goal relay
| computer software phone technology net site mobile user system network service video_game program gadget
virus camera website machine e-mail password server broadband_line console download browser laptop
handset search_engine spam_message security_hole chip hacker operating_system file code device screen
hard_drive data_centre player web_page router blog wireless_link text_message processor firewall
| film album star music band song show award actor director role festival movie chart singer audience
theatre comedy musical drama book Oscar_nomination single concert soundtrack sequel tour novel stage
box_office guitar ceremony nominee cinema script painting premiere screening rock_group record_label
lyric artist cast thriller documentary gallery red_carpet biography opera trailer ballet exhibition
| company market share firm profit economy price bank sale rate dollar investor deal oil_price business
bid cost debt stock export loss merger budget_deficit shareholder takeover currency inflation job_cut
loan quarter airline forecast retailer revenue dividend asset bond consumer factory interest_rate stake
creditor bankruptcy fund tariff carmaker supplier trade_gap turnover oil_producer pipeline regulator
| year plan report group time issue problem change decision country day week work move result place
meeting way question world point case statement number home member family child chance idea figure need
matter official effect situation letter area reason claim view offer role interest house power course
list approach concern success future town centre side term risk message evidence response experience
position story state agreement school study level city road event challenge lesson visitor building
""")
VERBS = word_lists("""
oppose reform elect campaign_for vote_for debate amend legislate_for ratify govern canvass abolish
| defeat score tackle coach train_with kick_off race_past overpower qualify_for sprint_past punch
| download install encrypt upload hack_into search click_on digitise patch code browse automate connect_to
| film direct record perform applaud rehearse stage nominate screen release entertain compose
| invest_in acquire export trade finance audit borrow_from outsource price profit_from merge_with
| support consider discuss back welcome expect follow change help question report call_for accept offer
need face reject want start explain raise deliver protect claim examine improve reach defend describe
replace watch prepare test approve delay continue mention measure recommend reduce confirm limit handle
""")
ADJECTIVES = word_lists("""
political parliamentary electoral constitutional ministerial left-wing right-wing elected governing
| unbeaten sporting injured winning offside away-day midfield six-nations olympic second-half athletic
| digital online wireless electronic virtual computerised high-tech hi-fi web-based interactive portable
| musical comic theatrical award-winning cinematic televised artistic fictional romantic star-studded
| economic financial commercial fiscal corporate profitable industrial overseas annual quarterly strong
| new other first last big good long public early late major high important different large recent
difficult serious old small national clear local full open single strong likely common special similar
young simple real possible main great private former international general final low short current
""")
FIRST_NAMES = word_lists("""
David John Peter James Paul Martin Alan Simon Robert Mark Daniel George Edward Omar
| Anna Maria Helen Susan Laura Kate Emma Julia Nina Ruth Clare Alice Fiona Sarah Leila Priya Mei Joan
""")
DAYS, MONTHS, ADVERBS, NUMBER_WORDS = word_lists("""
Monday Tuesday Wednesday Thursday Friday Saturday Sunday
| January February March April May June July August September October November December
| also still already now again clearly probably recently often quickly slowly really finally always never
| two three four five six seven eight nine ten dozen hundred several
""")
NAME_STARTS, NAME_MIDDLES, PERSON_ENDS, PLACE_ENDS, FIRM_ENDS = word_lists("""
Hal Bren Mor Tal Wex Dun Cal Ash Pell Quor Ster Lan Fen Gar Thorn Vel Rud Kes Ost Bar Nor Lin Mar Tre Pen
Har Col Whit Ed Ram Sor Jan Ol Vas Kir Zel Dra Hol Ber Cran
| a o e i en er an ing el ver der mon ris la to va li bur
| ton ley man son well ford by den ner ski ova ez ard ric low more ham kin vik sen
| bury mouth wick field port dale stead combe gate shire haven grad minster ville
| tex corp soft co bank dyne media net gen plex air mart com onics
""")
NAME_ENDS = {"person": PERSON_ENDS, "place": PLACE_ENDS, "firm": FIRM_ENDS}

HEADLINES = patterns("""ROLE to VERB ADJ NOUN|NOUN NOUNS VERB PLACE|PLACE NOUN VERBS NOUNS
SURNAME VERBS NOUN NOUN|FIRM VERBS ADJ NOUN|ROLES VERB ADJ NOUNS|ADJ NOUN 'VERBS NOUNS'
SURNAME set for NOUN in PLACE|NOUN boost for ADJ NOUN|NOUN row over ADJ NOUN|SURNAME denies NOUN NOUN""")
OPENERS = patterns("""But|And|However,|Meanwhile,|On DAY|Last DAY|In MONTH|In MONTH YEAR|Earlier this week
At the time,|In PLACE,|In the past NUMBER years|For NUMBER months|So far|At the NOUN in PLACE,
Despite the NOUN,|As well as the NOUN,|After the ADJ NOUN,|Since YEAR|Under the NOUN,|According to the ROLE,
In spite of NOUNS|Under pressure from ROLES""")
CLAUSES = patterns("""the ADJ NOUN VERBED NOUNS in PLACE|SURNAME said the NOUN would VERB the NOUN
FIRM has VERBED the ADJ NOUN|FIRM said it had VERBED more than COUNT NOUNS
the ROLE VERBED a NOUN of COUNT NOUNS|more than COUNT ROLES have VERBED it
it is thought that the NOUN will VERB the NOUN|there have been NOUNS over the NOUN
PERSON, a ROLE, VERBED the NOUN|the number of NOUNS VERBED by ROLES rose by PERCENT%
MONEY was spent on NOUNS and NOUNS|the ROLE did not VERB the NOUN
a NOUN by FIRM found that PERCENT% of ROLES VERBED NOUNS|SURNAME is VERBING the NOUN with FIRM
SURNAME, who VERBED the NOUN in YEAR, has been VERBING NOUNS|ROLES have VERBED plans to VERB the NOUN
the NOUN is expected to VERB NOUNS by MONTH|the NOUN has been ADVERB ADJ
he was VERBED by the ROLE after the NOUN|they ADVERB VERBED the ADJ NOUN|she told FIRM that the NOUN was ADJ
NOUNS and NOUNS were VERBED by FIRM|the ROLE from PLACE has ADVERB VERBED a NOUN
SURNAME wants to VERB the NOUN|he had VERBED the NOUN in PLACE|the ADJ NOUN was worth MONEY
some ROLES VERB NOUNS while others VERB the NOUN|it would VERB the NOUN and VERB NOUNS
SURNAME and the ROLE VERBED a ADJ NOUN|the NOUN came NUMBER days after the NOUN
COUNT NOUNS were VERBED in PLACE|ROLES are ADVERB VERBING the NOUN|a ADJ ROLE VERBED the NOUN
it was the NOUN of a ADJ NOUN|the NOUN's ROLE VERBED it|SURNAME's NOUN VERBED the ROLE""")
TAILS = patterns("""in PLACE|on DAY|in MONTH|because of the NOUN|to VERB the NOUN|with a ADJ NOUN
for NUMBER years|before the NOUN|, according to the ROLE|, said SURNAME|, a ROLE said
, which VERBED the NOUN|, but the ROLE VERBED it|, despite NOUNS|after a NOUN with FIRM|at a NOUN in PLACE
from MONEY to MONEY|, while ROLES VERB it|in the ADJ NOUN|, despite a ADJ NOUN|, VERBING the NOUN
by NUMBER NOUNS to NUMBER|in order to VERB NOUNS|, one of the ADJ NOUNS|, he said|, it is understood""")
QUOTES = patterns("""We have to VERB the NOUN before it VERBS NOUNS|It is a ADJ NOUN and I want to VERB it
I don't VERB NOUNS|It's ADVERB ADJ to VERB the NOUN|There's a NOUN, and we can't VERB it
I've VERBED NOUNS for NUMBER years|The NOUN is ADJ, but it isn't the NOUN we VERBED
You VERB one NOUN and you get NUMBER NOUNS|They VERBED the NOUN
If you VERB the NOUN, you ADVERB VERB the NOUN|We're VERBING the NOUN and that's ADJ
Our NOUN will VERB NOUNS""")
STOCK = patterns("""The details are still to be worked out|That is not how it was meant to be
Not everyone in PLACE sees it that way|It is the second time in NUMBER weeks that this has come up
He did not say how long it would take|Much the same was said a year ago, but little came of it
There is no doubt that more will be heard about it|The rest of the story is well known
She said that it was far too early to tell|Others are not so sure
No one at FIRM was there to say more about it on DAY
It was a long time before SURNAME found out what had gone on
This has been the case for as long as most people can remember|All of that is about to change""")
REMARKS = patterns("""It is not clear when the NOUN will be VERBED, or who will VERB it
a NOUN is due in MONTH|SURNAME was not going to VERB it again, a ROLE said
that NOUN is expected on DAY, NUMBER weeks after the last one
they are not the first to say so, and PLACE has heard it all before|the ROLE was not there on DAY to VERB it
she has lived in PLACE since YEAR and does not want to move|SURNAME was not available for comment on DAY
there is more of this to come, SURNAME and the ROLE said in PLACE|nobody at FIRM would VERB it on DAY
he said that he had nothing more to say about it until MONTH|what comes next is up to SURNAME and the ROLE
for now, the people of PLACE will have to wait for a ADJ NOUN|the NOUN will go on until the end of MONTH""")
LAST_QUOTES = patterns("""We will have to wait and see what happens in PLACE|It's as ADJ as that
We'll see in MONTH|I'm not sure that it is ADJ, but I'd do it again|That is how we VERB things in PLACE
I can't say more than that|You never know, it could all be different by MONTH
I have been here since YEAR and I'm still VERBING|There is a ADJ NOUN to be had here, and we mean to have it
It will all be over by DAY|Ask me again in NUMBER months""")
SOURCES = patterns("""said SURNAME, a ROLE|said a ROLE from PLACE|the ROLE, SURNAME, added
SURNAME told ROLES|a ROLE told SURNAME|said PERSON, ROLE and neighbour|SURNAME, ROLE at FIRM, said
said PERSON, ROLE in PLACE|said SURNAME the ROLE""")
UNUSUAL_PLURALS = {"child": "children", "spokesman": "spokesmen", "spokeswoman": "spokeswomen"} | {
    noun: noun for noun in ("software", "music", "tennis", "rugby", "technology")
}


def pick(draw, items):
    """One of the items, all equally likely."""
    return items[int(draw() * len(items))]


def pick_early(draw, items):
    """One of the items, the early ones far more often, much as in Zipf's law."""
    share = draw()
    return items[int(share * share * share * len(items))]


def inflected(word, ending):
    """A word with one of the endings S (a plural, or a verb's third person), ED, ING, or none."""
    if word in UNUSUAL_PLURALS and ending == "S":
        return UNUSUAL_PLURALS[word]
    if ending in ("S", "ED") and re.search(r"[^aeiou]y$", word):
        word = word[:-1] + "ie"
    if ending == "S":
        return word + ("es" if re.search(r"(s|x|sh|ch)$", word) else "s")
    if word.endswith("e") and (ending == "ED" or (ending == "ING" and not word.endswith("ee"))):
        word = word[:-1]
    return word + ending.lower()


def invented_names(draw, kind, count):
    """So many different made-up names of persons, places or firms."""
    names = {}  # a dict, because a set has no dependable order
    while len(names) < count:
        middle = pick(draw, NAME_MIDDLES) if draw() < 0.6 else ""
        names[pick(draw, NAME_STARTS) + middle + pick(draw, NAME_ENDS[kind])] = True
    return list(names)


def name_lists(draw):
    """For each kind of name: a list for each label, and last the one that every topic uses."""
    lists = {}
    for kind, (own, common) in NAME_COUNTS.items():
        names = invented_names(draw, kind, 5 * own + common)
        lists[kind] = [names[own * label : own * (label + 1)] for label in range(5)] + [names[5 * own :]]
    return lists


def words_wanted(draw):
    """The length of a document: its share of all documents, read off the table of lengths."""
    share = draw()
    row = max(i for i in range(len(LENGTHS) - 1) if LENGTH_SHARES[i] <= share)
    part = (share - LENGTH_SHARES[row]) / (LENGTH_SHARES[row + 1] - LENGTH_SHARES[row])
    return int(LENGTHS[row] + part * (LENGTHS[row + 1] - LENGTHS[row]))


def storyteller(draw, label, names):
    """A function that fills the slots of a pattern, for one document with its own few names."""

    def new_name(kind):
        own = draw() < TOPIC_NAME_CHANCE
        return pick_early(draw, names[kind][label]) if own else pick(draw, names[kind][-1])

    def name(kind):
        return pick(draw, cast[kind]) if draw() < CAST_CHANCE else new_name(kind)

    def person(titles):
        surname = name("person")
        return titles[len(surname) % 2] + surname  # the same person is always he or always she

    def number(most):
        return 2 + int(draw() * draw() * most)

    def content(table, ending, chances):
        share = draw()
        topic = label if share < chances[0] else -1
        if chances[0] <= share < chances[0] + chances[1]:
            topic = (label + 1 + int(draw() * 4)) % 5
        words = pick_early(draw, table[topic]).split("_")
        place = 0 if table is VERBS else -1  # called for, but tax cuts
        words[place] = inflected(words[place], ending)
        return " ".join(words)

    content_slots = {"NOUN": NOUNS, "VERB": VERBS, "ADJ": ADJECTIVES, "ROLE": ROLES}
    other_slots = {
        "ADVERB": lambda: pick_early(draw, ADVERBS),
        "PERSON": lambda: person([f"{pick(draw, FIRST_NAMES[sex])} " for sex in (0, 1)]),
        "SURNAME": lambda: person(("Mr ", "Ms ") if draw() < 0.7 else ("", "")),
        "PLACE": lambda: name("place"),
        "FIRM": lambda: name("firm"),
        "DAY": lambda: pick(draw, DAYS),
        "MONTH": lambda: pick(draw, MONTHS),
        "YEAR": lambda: str(2006 - number(40)),
        "NUMBER": lambda: pick_early(draw, NUMBER_WORDS),
        "COUNT": lambda: str(number(900)) if draw() < 0.5 else f"{number(90)},{int(draw() * 10)}00",
        "PERCENT": lambda: str(number(90)) if draw() < 0.5 else f"{number(60)}.{int(draw() * 10)}",
        "MONEY": lambda: f"${number(300)}m" if draw() < 0.6 else f"{number(40)}.{int(draw() * 10)}bn euros",
    }
    slot = re.compile(rf"\b(?:({'|'.join(content_slots)})(S|ED|ING)?|({'|'.join(other_slots)}))\b")

    def fill(pattern, chances):
        def replacement(found):
            kind, ending, other = found.groups("")
            return other_slots[other]() if other else content(content_slots[kind], ending, chances)

        text = slot.sub(replacement, pattern).replace(" ,", ",")
        text = re.sub(r"\b([Aa]) (?=[aeioO]|un[^i]|MP)", r"\1n ", text)
        return re.sub(r"^\W*\w", lambda start: start[0].upper(), text)

    cast = {kind: [new_name(kind) for _ in range(count)] for kind, count in CAST.items()}
    return fill


def sentence(draw):
    """The pattern of one sentence: a stock one, a quotation, or a clause with or without opening and tail."""
    kind = draw()
    if kind < 0.15:
        return pick(draw, STOCK) + "."
    if kind < 0.30:
        speaker = pick(draw, ("SURNAME said", "said PERSON", "he said", "the ROLE added", "she told FIRM"))
        return f'"{pick(draw, QUOTES)}," {speaker}.'
    pattern = pick(draw, CLAUSES)
    if draw() < 0.35:
        pattern = pick(draw, OPENERS) + " " + pattern
    if draw() < 0.55:
        pattern += " " + pick(draw, TAILS)
    return pattern + "."


def document(draw, label, names):
    """One document: a headline, paragraphs about the topic, and closing remarks about little."""
    fill = storyteller(draw, label, names)
    remark = fill(f"{pick(draw, REMARKS)}.", REMARK_CHANCES)
    quotation = fill(f'"{pick(draw, LAST_QUOTES)}," {pick(draw, SOURCES)}.', LAST_CHANCES)
    paragraphs = [fill(pick(draw, HEADLINES), BODY_CHANCES)]
    missing = words_wanted(draw) - len(f"{paragraphs[0]} {remark} {quotation}".split())
    while missing > 18:  # about what the last paragraph overshoots, and numbers that count as two words
        paragraph = " ".join(fill(sentence(draw), BODY_CHANCES) for _ in range(1 + int(draw() * 3)))
        missing -= len(paragraph.split())
        paragraphs.append(paragraph)
    return "\n\n".join([*paragraphs, f"{remark} {quotation}"])


def practice_documents():
    """The texts and labels, sorted by label as in df_file.csv; the same on every call."""
    draw = random.Random(SEED).random
    names = name_lists(draw)
    labels = [label for label, count in enumerate(DOCUMENTS_PER_LABEL) for _ in range(count)]
    return [(document(draw, label, names), label) for label in labels]


def csv_text():
    """The practice corpus as the text of a CSV file with the columns Text and Label."""
    table = io.StringIO(newline="")
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow(("Text", "Label"))
    rows.writerows(practice_documents())
    return table.getvalue()


def main():
    """Write the file beside this one, or with --check compare it; the exit status."""
    path = Path(__file__).with_name(FILE_NAME)
    text = csv_text().encode("ascii")
    if sys.argv[1:] != ["--check"]:
        path.write_bytes(lzma.compress(text, preset=9 | lzma.PRESET_EXTREME))
    elif not path.is_file() or lzma.decompress(path.read_bytes()) != text:
        print(f"{path.name} is not what python data/practice_corpus.py writes.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

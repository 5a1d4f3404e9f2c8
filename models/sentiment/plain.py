"""Plain sentences of our own, as visitors type them: negation, contrast, likes and dislikes.

The treebank is written by critics; it has few sentences as simple as "I didn't like it" or "never boring". These
templates fill the gap. Their labels are what the templates mean, on the treebank's scale of 0 to 4.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from random import Random

from models.sentiment.trees import Phrase

THINGS = ("it", "this movie", "the movie", "this film", "the film", "the plot", "the acting", "the story", "the ending")
GOOD = (
    "good great funny clever brilliant entertaining moving charming original interesting enjoyable wonderful exciting "
    "touching smart amazing memorable compelling fantastic excellent beautiful convincing special awesome perfect fun"
).split(" ")
BAD = (
    "bad boring dull stupid predictable awful terrible silly annoying slow weak disappointing tedious pretentious lame "
    "horrible forgettable shallow clumsy ridiculous depressing mediocre confusing ugly dumb pointless bland"
).split()
LIKE = ("like", "love", "enjoy", "recommend")
PRAISE = ("love", "admire", "recommend", "praise")
LIKED = ("liked", "loved", "enjoyed", "adored")
DISLIKED = ("hated", "disliked", "regretted")
NOT = ("is n't", "was n't", "is not", "was not", "is never", "was never", "is hardly")
BEST = ("best", "funniest", "finest", "greatest", "most beautiful", "most original")
WORST = ("worst", "dullest", "weakest", "most boring", "most stupid", "most pretentious")
SURE = (
    "hands down",
    "without question",
    "no doubt",
    "beyond doubt",
    "undoubtedly",
    "easily",
    "by far",
    "truly",
    "simply",
)
OWN = ("phone", "laptop", "dog", "car", "bike", "camera", "job", "ticket", "bag", "game", "weekend", "flight", "room")
# template, words to fill in, label
BEGINNINGS = ("", "", "", "i think ", "honestly , ", "well , ", "but ", "overall , ")
ENDS = ("", "", " .", " .", " !")
TEMPLATES: tuple[tuple[str, Sequence[str], int], ...] = (
    ("{thing} {is_not} {word}", BAD, 3),
    ("{thing} {is_not} {word} at all", BAD, 3),
    ("not {word}", BAD, 3),
    ("not {word} at all , i liked it", BAD, 4),
    ("never {word}", BAD, 3),
    ("{thing} {is_not} {word}", GOOD, 1),
    ("{thing} {is_not} {word} at all", GOOD, 0),
    ("not {word}", GOOD, 1),
    ("hardly {word}", GOOD, 1),
    ("not a {word} film", GOOD, 1),
    ("without a single {word} idea", GOOD, 1),
    ("{thing} is so {word}", GOOD, 4),
    ("{thing} is so {word}", BAD, 0),
    ("{thing} was really {word}", GOOD, 4),
    ("{thing} was really {word}", BAD, 0),
    ("i {word} it", LIKED, 4),
    ("i really {word} {thing}", LIKED, 4),
    ("i {word} it", DISLIKED, 0),
    ("i {word} {thing}", DISLIKED, 0),
    ("i did n't {word} it", LIKE, 1),
    ("i do not {word} {thing}", LIKE, 1),
    ("i would n't {word} {thing}", LIKE, 1),
    ("i did not {word} {thing} at all", LIKE, 0),
    ("i wanted to {word} it , but i could n't", LIKE, 1),
    ("there is nothing to {word} in {thing}", PRAISE, 0),
    ("nothing to {word} here", PRAISE, 1),
    ("there is a lot to {word} in {thing}", LIKE, 3),
    ("nothing to {word}", ("hate", "dislike", "complain about"), 3),
    ("you wo n't {word} {thing}", ("regret", "hate", "forget"), 3),
    ("you will {word} it", ("regret", "hate"), 0),
    ("i ca n't {word} {thing} enough", ("recommend", "praise"), 4),
    ("do n't {word} it", ("watch", "see", "rent", "buy"), 0),
    ("do n't {word} {thing}", ("watch", "see"), 0),
    ("no one should {word} this", ("watch", "see"), 0),
    ("everyone should {word} this", ("watch", "see"), 4),
    ("{thing} is {word} watching", ("not worth", "hardly worth", "never worth"), 1),
    ("{thing} is {word} watching", ("well worth", "really worth"), 4),
    ("{thing} {word}", ("sucks", "sucked", "stinks", "is trash", "is garbage"), 0),
    ("{thing} {word}", ("rocks", "rules", "is a masterpiece", "blew me away"), 4),
    ("i have never seen a {word} film", ("better", "funnier", "more beautiful"), 4),
    ("i have never seen a {word} film", ("worse", "more boring", "more stupid"), 0),
    ("the acting is bad , but the film is {word}", GOOD, 3),
    ("the acting is good , but the film is {word}", BAD, 1),
    ("i thought it would be {word} , but it was great", BAD, 4),
    ("i thought it would be {word} , but it was awful", GOOD, 0),
    ("none of the actors is {word}", GOOD, 1),
    ("not one of the scenes is {word}", GOOD, 1),
    ("i was never {word}", ("bored", "disappointed", "annoyed", "confused"), 3),
    ("you wo n't be {word}", ("bored", "disappointed", "sorry"), 3),
    ("i was {word}", ("bored", "disappointed", "annoyed", "confused"), 1),
    ("i was not {word}", ("impressed", "amused", "moved", "convinced"), 1),
    ("{thing} is okay", ("",), 2),
    ("thumbs {word}", ("up",), 4),
    ("thumbs {word}", ("down",), 0),
    ("{thing} was not {word}", ("that bad", "so bad", "half bad", "too bad"), 3),
    ("{thing} was not {word}", ("that good", "so good", "very good", "any good"), 1),
    (
        "i have never been {word}",
        ("more moved", "happier", "more thrilled", "so proud", "so happy", "so entertained"),
        4,
    ),
    (
        "i have never been {word}",
        ("more annoyed", "so angry", "so let down", "so disappointed", "so tired of a film"),
        0,
    ),
    ("never have i been so {word}", ("touched", "delighted", "amazed"), 4),
    ("never have i been so {word}", ("annoyed", "frustrated", "disgusted"), 0),
    ("never have i seen anything so {word}", GOOD, 4),
    ("never have i seen anything so {word}", BAD, 0),
    ("i have never {word} so much", ("laughed", "smiled", "enjoyed myself"), 4),
    ("i have never {word} so much", ("yawned", "suffered", "regretted a ticket", "hated a character"), 0),
    ("it has never been {word}", ("better", "so good", "easier"), 4),
    ("it has never been {word}", ("worse", "so bad", "slower"), 0),
    ("{sure} the {word} movie i have seen", BEST, 4),
    ("{sure} the {word} movie i have seen", WORST, 0),
    ("{sure} one of the {word} films this decade", BEST, 4),
    ("{sure} one of the {word} films this decade", WORST, 0),
    ("{sure} {word}", GOOD, 4),
    ("{sure} {word}", BAD, 0),
    ("{sure} a {word} experience", GOOD, 4),
    ("{sure} a {word} experience", BAD, 0),
    ("not without {word}", ("charm", "merit", "humor", "its moments"), 3),
    ("without {word}", ("charm", "wit", "a heart", "any point", "any tension"), 1),
    ("without {word}", ("a flaw", "a dull moment", "a single weak scene"), 4),
    ("not a {word} moment", BAD, 3),
    ("{thing} is far from {word}", BAD, 3),
    ("{thing} is far from {word}", GOOD, 1),
    ("{thing} is anything but {word}", BAD, 3),
    ("{thing} is anything but {word}", GOOD, 1),
    ("{thing} was not as {word} as i had hoped", GOOD, 1),
    ("{thing} was not as {word} as i had feared", BAD, 3),
    ("{thing} could not have been {word}", ("better", "more fun", "funnier"), 4),
    ("{thing} could not have been {word}", ("worse", "more boring", "duller"), 0),
    ("{thing} could have been {word}", ("better", "shorter", "so much more"), 1),
    ("i could n't be {word}", ("happier", "more pleased", "more excited"), 4),
    ("i could n't {word}", ("stop laughing", "look away", "ask for more", "agree more"), 4),
    ("i could n't {word}", ("stand it", "care less", "finish it", "wait for it to end", "stay awake"), 0),
    ("i ca n't {word}", ("wait to see it again", "get enough of it", "complain", "stop smiling"), 4),
    ("i ca n't {word}", ("believe i paid for this", "stand it", "take it anymore"), 0),
    ("nothing {word}", ("beats this", "is better than this", "could be nicer"), 4),
    ("nothing {word}", ("works", "happens", "makes sense", "about it is good"), 1),
    ("{thing} {word}", ("never disappoints", "does n't disappoint", "does not let you down", "never gets old"), 4),
    ("{thing} {word}", ("never works", "does n't work", "fails to entertain", "never gets going", "lost me"), 1),
    ("{thing} is a {word}", ("waste of time", "waste of money", "disaster", "disgrace", "joke", "snooze"), 0),
    ("{thing} is a {word}", ("treat", "gem", "delight", "must see", "joy", "triumph"), 4),
    ("{thing} was {word}", ("meh", "so so", "nothing special", "not my cup of tea", "a bit of a letdown"), 1),
    ("{word}", ("meh", "bleh", "ugh", "yawn", "zzz", "no thanks", "nope", "boo", "not for me"), 1),
    ("{word}", ("wow", "yay", "hooray", "woohoo", "yes please", "bravo", "love it", "hell yes"), 4),
    ("{word}", ("hello", "ok", "okay", "it is a film", "the movie", "i saw it", "today", "what", "hm", "who"), 2),
    ("i want my {word} back", ("money", "two hours", "time"), 0),
    ("i would {word}", ("watch it again", "see it twice", "buy it again"), 4),
    ("i would not {word}", ("watch it again", "see it twice", "wish it on anyone"), 0),
    ("if you like {word} , stay away", ("comedies", "good acting", "fun"), 0),
    ("i wish i had {word}", ("stayed at home", "skipped it", "never seen it", "read a book"), 0),
    ("i wish it {word}", ("would never end", "had been longer"), 4),
    ("my {own} {word}", ("is broken", "died", "got stolen", "does n't work", "is gone", "hurts", "got cancelled"), 0),
    ("my {own} {word}", ("works again", "is fixed", "finally arrived", "made my day", "is the best"), 4),
    ("i miss my {own}", ("",), 1),
    ("i lost my {own}", ("",), 0),
    ("i love my new {own}", ("",), 4),
    ("i hate my {own}", ("",), 0),
    ("the film starts {word} but falls apart in the end", ("well", "strong", "great"), 1),
    ("the film starts {word} but gets better and better", ("slow", "badly", "weak"), 3),
)


def plain_phrases(limit: int = 100, seed: int = 0) -> Iterator[Phrase]:
    """Fill in the templates, each in at most `limit` ways: a seeded choice of all that there are."""
    rng = Random(seed)
    for template, words, label in TEMPLATES:
        things = THINGS if "{thing}" in template else ("",)
        negations = NOT if "{is_not}" in template else ("",)
        sure = SURE if "{sure}" in template else ("",)
        own = OWN if "{own}" in template else ("",)
        fillings = list(product(BEGINNINGS, words, things, negations, sure, own, ENDS))
        for beginning, word, thing, is_not, sure_, own_, end in rng.sample(fillings, min(limit, len(fillings))):
            text = beginning + template.format(word=word, thing=thing, is_not=is_not, sure=sure_, own=own_) + end
            yield Phrase(tuple(text.split()), label)

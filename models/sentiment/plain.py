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
    ("the film starts {word} but falls apart in the end", ("well", "strong", "great"), 1),
    ("the film starts {word} but gets better and better", ("slow", "badly", "weak"), 3),
)


def plain_phrases(limit: int = 100, seed: int = 0) -> Iterator[Phrase]:
    """Fill in the templates, each in at most `limit` ways: a seeded choice of all that there are."""
    rng = Random(seed)
    for template, words, label in TEMPLATES:
        things = THINGS if "{thing}" in template else ("",)
        negations = NOT if "{is_not}" in template else ("",)
        fillings = list(product(BEGINNINGS, words, things, negations, ENDS))
        for beginning, word, thing, is_not, end in rng.sample(fillings, min(limit, len(fillings))):
            text = beginning + template.format(word=word, thing=thing, is_not=is_not) + end
            yield Phrase(tuple(text.split()), label)

"""What common emoji say, on the treebank's scale of 0 to 4, as their senders mean them.

These have a vector of their own in the table of words: that of their names, tuned, and moved to plain words that say
the same. All others are read as the words of their names.
"""

from collections.abc import Iterator
from random import Random

from models.sentiment.trees import Phrase

MEANT = {
    4: "😍🥰🤩😘❤💕💖💗💓💞💘💝♥😻🏆🎉🥳💯🙌👏😂🤣😁😀😃😄😆",
    3: "😊🙂😉😋😎😌☺😇🤗👍👌🙏✨🌟⭐🔥💪😸😺💙💚💛💜🧡🌈🌞🍻🎊✅😝😜🤪🥹😏✌🤝💐🌹🎁",
    2: "🤷🤔😐😶🤨👀🎬🎥🍿📺🎵🎶📱📷☕🍕🚗🏠📚🐶🐱⚽🌍⏰💻👋🤖🧐😯🙃➡🔴🔵⚪⚫🕐📅",
    1: "😕🙁☹😞😔😟😬😴🥱😪😒😑😫😩😓😥😰😨😳🤦😣😖😧😮😿💤🤕🤒😵👿",
    0: "😡😠🤬😢😭💔👎🤮🤢💩😤🖕🗑😾😱☠💀🤡🆘❌🚮",
}
SAID = {4: ("wonderful", "love"), 3: ("good", "nice"), 2: ("it", "okay"), 1: ("sad", "ugh"), 0: ("terrible", "hate")}
BEFORE = ("", "", "just saw it", "watched it", "the movie", "this film", "my day", "monday again", "and now this")
SHOWN = 30  # in so many texts each


def said_in_words() -> Iterator[tuple[str, tuple[str, ...]]]:
    """List each emoji with itself and the words that say the same; its vector is the mean of theirs."""
    for label, signs in MEANT.items():
        yield from ((sign, (sign, *SAID[label])) for sign in signs)


def emoji_phrases(seed: int = 0) -> Iterator[Phrase]:
    """Write short texts that say nothing but what their emoji says: alone, repeated, or behind a few plain words."""
    rng = Random(seed)
    for label, signs in MEANT.items():
        for sign in signs:
            for _ in range(SHOWN):
                yield Phrase((*rng.choice(BEFORE).split(), *[sign] * rng.choice((1, 1, 1, 2, 3))), label)

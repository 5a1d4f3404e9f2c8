"""What common emoji say, on the treebank's scale of 0 to 4, as their senders mean them.

Those that are in the table of words have a vector of their own, which is learned from these and from the texts that
they stand in; all others are read as the words of their names.
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
BEFORE = ("", "", "just saw it", "watched it", "the movie", "this film", "my day", "monday again", "and now this")
SHOWN = 30  # in so many texts each


def emoji_phrases(seed: int = 0) -> Iterator[Phrase]:
    """Write short texts that say nothing but what their emoji says: alone, repeated, or behind a few plain words."""
    rng = Random(seed)
    for label, signs in MEANT.items():
        for sign in signs:
            for _ in range(SHOWN):
                yield Phrase((*rng.choice(BEFORE).split(), *[sign] * rng.choice((1, 1, 1, 2, 3))), label)

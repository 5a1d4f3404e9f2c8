"""The sentiment example: encode a text, decode a verdict, and measure the networks."""

from collections.abc import Sequence
from functools import cached_property

from models.example import Encoded, Example, percent
from models.sentiment.score import CLASSES, accuracy, read_sentences
from models.sentiment.tokens import tokenise
from models.sentiment.words import WordTable
from models.variants import Variant
from unrolled import InvalidInput, Trace


class Sentiment(Example):
    """Reads a sentence word by word and says how much its writer liked the film."""

    @cached_property
    def table(self) -> WordTable:
        """Load the vectors of the words."""
        return WordTable.load(self.folder / "words.safetensors")

    def encode(self, raw: str, variant: Variant) -> Encoded:
        """Split a text into words and look up their vectors."""
        tokens = tokenise(raw)
        if not tokens:
            raise InvalidInput("there are no words to read: type some text that can be seen")
        self.limit_steps(len(tokens), "words and signs")
        return Encoded(self.table.look_up(tokens).numpy(), tuple(map(self.table.label, tokens)))

    def y_labels(self, variant: Variant) -> Sequence[str]:
        """Name the classes: 0 and 1, or 1 to 5."""
        return CLASSES[variant["scale"]]

    def y_values(self, variant: Variant) -> Sequence[float] | None:
        """Count the stars of a class, where there are five."""
        return (1, 2, 3, 4, 5) if variant["scale"] == "five" else None

    def decode(self, trace: Trace, variant: Variant) -> str:
        """Say the verdict and how sure the network is of it."""
        output = trace.outputs[0]
        words, digit = output.label.removesuffix(")").split(" (")
        scale = "" if variant["scale"] == "binary" else f", {digit} of 5"
        unread = all(label.note == "unknown" for label in trace.x_labels)
        doubt = "; it knows none of these words" if unread else ""
        return f"{words}{scale} ({percent(output.p)}{doubt})"

    def evaluate(self, text: str, variant: Variant) -> dict[str, float]:
        """Measure the accuracy on the sentences of bracketed trees, and on lines of text with a tab and 0 or 1.

        The scale 0 / 1 drops neutral sentences; the scale 1 to 5 is right on 0 and 1 if its answer lies on that side.
        """
        network, scale = self.networks[variant.id], variant["scale"]
        trees, plain = read_sentences(text)
        found: dict[str, float] = {}
        if trees:
            found["accuracy"] = accuracy(network, self.table, trees, scale)
        if plain:
            found["accuracy_0_1"] = accuracy(network, self.table, plain, scale, sides=True)
        return {name: round(share, 4) for name, share in found.items()}


EXAMPLE = Sentiment

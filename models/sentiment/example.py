"""The sentiment example: encode a text, decode a verdict, and measure the networks."""

from collections.abc import Sequence
from functools import cached_property

from models.example import Axis, Choice, Encoded, Example, percent
from models.files import FileFormat
from models.inputs import TextSpec
from models.sentiment.score import accuracy, classes
from models.sentiment.tokens import tokenise
from models.sentiment.trees import read_trees
from models.sentiment.words import WordTable
from unrolled import InvalidInput, Trace

MAX_STEPS = 200


class Sentiment(Example):
    """Reads a sentence word by word and says how much its writer liked the film."""

    title = "Sentiment of a sentence"
    task = "sentiment classification"
    story = (
        "The network reads one word at a time and answers once, at the end: did the writer like the film? "
        "Watch the running verdict turn at a 'not' or after a 'but', and compare how well the plain RNN, the GRU "
        "and the LSTM remember how the sentence began."
    )
    topology_page = "many-to-one"
    reads = "words"
    writes = "classes"
    axes = (
        Axis(
            id="cell",
            label="Cell",
            choices=(
                Choice(id="rnn", label="RNN", note="one tanh layer, no gates"),
                Choice(id="gru", label="GRU", note="two gates"),
                Choice(id="lstm", label="LSTM", note="three gates and a cell state"),
                Choice(id="bilstm", label="BiLSTM", note="an LSTM in each direction"),
            ),
        ),
        Axis(
            id="scale",
            label="Answer",
            choices=(
                Choice(id="binary", label="0 / 1", note="negative or positive"),
                Choice(id="five", label="1 to 5", note="very negative to very positive"),
            ),
        ),
    )
    default_variant = "lstm-binary"
    input = TextSpec(
        kind="text",
        label="A sentence about a film",
        placeholder="There is nothing to like in this movie.",
        help=f"English, up to {MAX_STEPS} words. Words that the network has never seen are marked.",
        max_length=2000,
        max_steps=MAX_STEPS,
    )

    measured_on = FileFormat("a tree a line, as the treebank writes them: (3 (2 It) (4 (2 's) (4 lovely)))")

    @cached_property
    def table(self) -> WordTable:
        """Load the vectors of the words."""
        return WordTable.load(self.folder / "words.safetensors")

    def encode(self, raw: str, variant: str) -> Encoded:
        """Split a text into words and look up their vectors."""
        tokens = tokenise(raw)
        if not tokens:
            raise InvalidInput("there are no words to read: type some text that can be seen")
        if len(tokens) > MAX_STEPS:
            raise InvalidInput(
                f"{len(tokens)} words and signs are too many; this network reads up to {MAX_STEPS}, punctuation counted"
            )
        return Encoded(self.table.look_up(tokens).numpy(), tuple(map(self.table.label, tokens)))

    def y_labels(self, variant: str) -> Sequence[str]:
        """Name the classes: 0 and 1, or 1 to 5."""
        return classes(variant.split("-")[1])

    def y_values(self, variant: str) -> Sequence[float] | None:
        """Count the stars of a class, where there are five."""
        return (1, 2, 3, 4, 5) if variant.endswith("five") else None

    def decode(self, trace: Trace, variant: str) -> str:
        """Say the verdict and how sure the network is of it."""
        output = trace.outputs[0]
        words, digit = output.label.removesuffix(")").split(" (")
        scale = "" if variant.endswith("binary") else f", {digit} of 5"
        unread = all(label.note == "unknown" for label in trace.x_labels)
        doubt = "; it knows none of these words" if unread else ""
        return f"{words}{scale} ({percent(output.p)}{doubt})"

    def evaluate(self, text: str, variant: str) -> dict[str, float]:
        """Measure the accuracy on the sentences of bracketed trees; the scale 0 / 1 drops neutral ones."""
        sentences = [tree[-1] for tree in read_trees(text)]
        scale = variant.split("-")[1]
        return {"accuracy": round(accuracy(self.networks[variant], self.table, sentences, scale), 4)}


EXAMPLE = Sentiment

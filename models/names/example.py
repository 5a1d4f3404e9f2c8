"""The names example: encode a beginning, decode a name, and measure the networks."""

from collections.abc import Sequence

from models.example import Axis, Choice, Encoded, Example
from models.files import BadLine, FileFormat, lines_of
from models.inputs import TextSpec
from models.names.letters import CLASSES, END, encode_letters
from models.names.score import nats_per_character
from unrolled import Decoding, InvalidInput, Trace

MAX_STEPS = 24


class Names(Example):
    """Writes first names letter by letter, from nothing or from a given beginning."""

    title = "First names"
    task = "character-level generation"
    story = (
        "A network that has read 26,500 first names invents new ones, one letter at a time. There is no "
        "input: each letter that it draws is fed back as what it reads next. Change the seed for another "
        "name, raise the temperature for stranger ones, or dictate a beginning and see how the odds shift."
    )
    topology_page = "one-to-many"
    writes = "characters"
    axes = (
        Axis(
            id="cell",
            label="Cell",
            choices=(
                Choice(id="rnn", label="RNN", note="one tanh layer, no gates"),
                Choice(id="gru", label="GRU", note="two gates"),
                Choice(id="lstm", label="LSTM", note="three gates and a cell state"),
            ),
        ),
    )
    default_variant = "lstm"
    input = TextSpec(
        kind="prefix",
        label="A beginning (optional)",
        placeholder="mar",
        help="Letters a-z, at most 15. Leave it empty and the network starts from nothing.",
        required=False,
        max_length=64,
        max_steps=MAX_STEPS,
    )
    measured_on = FileFormat("one name a line, of the letters a-z")
    decoding = Decoding(method="sample", temperature=0.8, seed=1)

    def encode(self, raw: str, variant: str) -> Encoded:
        """Dictate the letters of a beginning, one for each step; x is ∅."""
        letters = encode_letters(raw)
        if len(letters) > 15:
            raise InvalidInput(f"{len(letters)} letters are too many; a beginning has at most 15")
        return Encoded.dictated(letters)

    def y_labels(self, variant: str) -> Sequence[str]:
        """Name the letters, and the end of a name."""
        return CLASSES

    def decode(self, trace: Trace, variant: str) -> str:
        """Write the name as names are written; `…` shows that it did not end within the limit."""
        letters = [output.label for output in trace.outputs if output.index != END]
        ended = len(letters) < len(trace.outputs)
        return "".join(letters).capitalize() + ("" if ended else "…")

    def evaluate(self, text: str, variant: str) -> dict[str, float]:
        """Measure names, one a line: nats for each character, the end of a name counted as one."""
        names: list[str] = []
        for number, line in lines_of(text):
            try:
                encode_letters(line)
            except InvalidInput as error:
                raise BadLine(number, str(error)) from error
            names.append(line.strip())
        return {"nats_per_character": round(nats_per_character(self.networks[variant], names), 4)}


EXAMPLE = Names

"""The names example: encode a beginning, decode a name, and measure the networks."""

from collections.abc import Sequence

from models.example import Encoded, Example
from models.files import BadLine, lines_of
from models.names.letters import CLASSES, END, encode_letters, plain
from models.names.score import nats_per_character
from models.variants import Variant
from unrolled import InvalidInput, Trace


class Names(Example):
    """Writes first names letter by letter, from nothing or from a given beginning."""

    def encode(self, raw: str, variant: Variant) -> Encoded:
        """Dictate the letters of a beginning, one for each step; x is ∅."""
        name = plain(raw)
        self.limit_steps(len(name.text), "letters")
        return Encoded.dictated(encode_letters(name.text), name.changes)

    def y_labels(self, variant: Variant) -> Sequence[str]:
        """Name the letters, and the end of a name."""
        return CLASSES

    def decode(self, trace: Trace, variant: Variant) -> str:
        """Write the name as names are written; `…` shows that it did not end within the limit."""
        letters = [output.label for output in trace.outputs if output.index != END]
        ended = len(letters) < len(trace.outputs)
        if not letters:
            return "(no name: it ended before its first letter; another seed gives one)"
        return "".join(letters).capitalize() + ("" if ended else "…")

    def evaluate(self, text: str, variant: Variant) -> dict[str, float]:
        """Measure names, one a line: nats for each character, the end of a name counted as one."""
        names: list[str] = []
        for number, line in lines_of(text):
            try:
                encode_letters(line)
            except InvalidInput as error:
                raise BadLine(number, str(error)) from error
            names.append(line.strip())
        return {"nats_per_character": round(nats_per_character(self.networks[variant.id], names), 4)}


EXAMPLE = Names

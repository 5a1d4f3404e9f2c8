"""The dates example: read a written date character by character, write it as ISO 8601, measure both."""

from collections.abc import Sequence
from datetime import date

from models.dates import characters as c
from models.dates.numeric import settled
from models.dates.score import measure
from models.example import Axis, Choice, Encoded, Example
from models.files import FileFormat
from models.inputs import TextSpec
from unrolled import Decoding, InvalidInput, Label, Trace

LONGEST = 48


class Dates(Example):
    """Rewrites dates of nine languages as year-month-day, and shows where it looks for each digit."""

    title = "Dates in nine languages"
    task = "date normalisation"
    story = (
        "A date goes in as people write it; ten characters, year-month-day, come out, and an end sign after them, "
        "so eleven in all. The order is another: watch where the arcs point, to the year first, wherever it stands, "
        "then to the name of the month, then to the day. Without attention the whole date has to fit into one state."
    )
    topology_page = "attention"
    reads = "characters"
    writes = "characters"
    axes = (
        Axis(
            id="attention",
            label="Attention",
            choices=(
                Choice(id="attention", label="attention", note="looks back at every character"),
                Choice(id="none", label="no attention", note="has only the state that was handed over"),
            ),
        ),
    )
    default_variant = "attention"
    input = TextSpec(
        kind="text",
        label="A date",
        placeholder="le 14 juillet 1789",
        help="English, French, German, Spanish, Italian, Portuguese, Dutch, Russian, Japanese; year in full.",
        max_length=80,
        max_steps=LONGEST,
    )
    measured_on = FileFormat("a date a line, as people write it, then a tab and the same day as 2021-05-03")
    decoding = Decoding(method="greedy")

    def encode(self, raw: str, variant: str) -> Encoded:
        """Turn a date into characters, one a step. Raises InvalidInput for what can only be guessed at."""
        text = c.normalise(raw)
        c.read_indices(text)  # what is not known is named first
        if not 1 <= len(text) <= LONGEST:
            raise InvalidInput(f"the date has {len(text)} characters; this network reads 1 to {LONGEST}")
        text = settled(text)
        return Encoded(
            c.read_indices(text), tuple(Label(text="␣" if character == " " else character) for character in text)
        )

    def y_labels(self, variant: str) -> Sequence[str]:
        """Name the characters that can be written."""
        return c.WRITTEN

    def decode(self, trace: Trace, variant: str) -> str:
        """Join the characters, and say so if they name no day of the calendar."""
        text = c.joined([output.index for output in trace.outputs if output.index is not None])
        try:
            date.fromisoformat(text)
        except ValueError:
            return f"{text} (no day of the calendar)"
        return text

    def evaluate(self, text: str, variant: str) -> dict[str, float]:
        """Measure lines of `written<TAB>iso`: how many are right, and where attention looks."""
        return measure(self.networks[variant], text, lambda raw: self.encode(raw, variant))


EXAMPLE = Dates

"""The dates example: read a written date character by character, write it as ISO 8601, measure both."""

from collections.abc import Sequence
from datetime import date

from models.dates import characters as c
from models.dates.numeric import day_first
from models.dates.score import measure
from models.example import Encoded, Example
from models.variants import Variant
from unrolled import InvalidInput, Label, Trace


class Dates(Example):
    """Rewrites dates of nine languages as year-month-day, and shows where it looks for each digit."""

    def encode(self, raw: str, variant: Variant) -> Encoded:
        """Turn a date into characters, one a step. Raises InvalidInput for what can only be guessed at."""
        text = c.normalise(raw)
        c.read_indices(text)  # what is not known is named first
        if not text:
            raise InvalidInput("there are no characters to read: type a date that can be seen")
        self.limit_steps(len(text), "characters")
        text = day_first(text)
        return Encoded(
            c.read_indices(text), tuple(Label(text="␣" if character == " " else character) for character in text)
        )

    def y_labels(self, variant: Variant) -> Sequence[str]:
        """Name the characters that can be written."""
        return c.WRITTEN

    def decode(self, trace: Trace, variant: Variant) -> str:
        """Join the characters, and say so if they name no day of the calendar."""
        text = c.joined([output.index for output in trace.outputs if output.index is not None])
        try:
            date.fromisoformat(text)
        except ValueError:
            return f"{text} (no day of the calendar)"
        return text

    def evaluate(self, text: str, variant: Variant) -> dict[str, float]:
        """Measure lines of `written<TAB>iso`: how many are right, and where attention looks."""
        return measure(self.networks[variant.id], text, lambda raw: self.encode(raw, variant))


EXAMPLE = Dates

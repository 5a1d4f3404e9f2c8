"""The dates example: read a written date character by character, write it as ISO 8601, measure both."""

from collections.abc import Sequence

from models.dates import characters as c
from models.dates.readings import the_one
from models.dates.score import measure
from models.example import Encoded, Example
from models.variants import Variant
from unrolled import InvalidInput, Trace


class Dates(Example):
    """Rewrites dates of nine languages as year-month-day, and shows where it looks for each digit."""

    def encode(self, raw: str, variant: Variant) -> Encoded:
        """Turn a date into characters, one a step. Raises InvalidInput for what is no full date, or means several days.

        The rules only decide whether there is one day to be read; which it is, the network says.
        """
        text = c.normalise(raw)
        indices = c.read_indices(text)  # what is not known is named first
        if not text:
            raise InvalidInput("there are no characters to read: type a date that can be seen")
        self.limit_steps(len(text), "characters")
        the_one(text)
        return Encoded(indices, c.labelled(text))

    def y_labels(self, variant: Variant) -> Sequence[str]:
        """Name the characters that can be written."""
        return c.WRITTEN

    def decode(self, trace: Trace, variant: Variant) -> str:
        """Join the characters, and say so if they name no day of the calendar, or another than the rules find."""
        text = c.joined([output.index for output in trace.outputs if output.index is not None])
        meant = the_one(c.unlabelled(trace.x_labels))
        if text != meant.iso:
            return f"{text} (wrong: read by rules, this is {meant.iso})"
        return text if meant.exists else f"{text} (no day of the calendar)"

    def evaluate(self, text: str, variant: Variant) -> dict[str, float]:
        """Measure lines of `written<TAB>iso`: how many are right, and where attention looks."""
        return measure(self.networks[variant.id], text, lambda raw: self.encode(raw, variant))


EXAMPLE = Dates

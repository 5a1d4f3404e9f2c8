"""The translation example: cut a French sentence into pieces, join the English ones, measure BLEU."""

from collections.abc import Sequence
from functools import cached_property

from models.example import Encoded, Example
from models.repetition import repetition
from models.translation.pieces import END, PAD, UNKNOWN, Pieces, normalise
from models.translation.score import bleu_by_length
from models.variants import Variant
from unrolled import InvalidInput, Label, Trace

ROUND, TIMES = 4, 3  # outputs that only repeat others, and rounds: fewer are no circle ("had had", "no, no, no")
NAMED = {PAD: "⟨pad⟩", UNKNOWN: "⟨unknown⟩", END: "⟨end⟩"}


class Translation(Example):
    """Translates French sentences into English, with or without looking back at what it read."""

    @cached_property
    def pieces(self) -> Pieces:
        """Load the inventory of what can be read and written."""
        return Pieces.load(self.folder / "both.pieces")

    def encode(self, raw: str, variant: Variant) -> Encoded:
        """Cut a sentence into pieces; those of unknown characters are marked."""
        pieces = self.pieces.cut(normalise(raw))
        if not pieces:
            raise InvalidInput("there is nothing to read in this input; type a French sentence")
        self.limit_steps(len(pieces), "pieces", "try one sentence at a time")
        labels = tuple(Label(text=piece.text, note=None if piece.known else "unknown") for piece in pieces)
        return Encoded([piece.index for piece in pieces], labels)

    def y_labels(self, variant: Variant) -> Sequence[str]:
        """Name the pieces, in the network's order."""
        return tuple(NAMED.get(i, text) for i, text in enumerate(self.pieces.texts))

    def decode(self, trace: Trace, variant: Variant) -> str:
        """Join the English pieces; `…` shows that the sentence did not end in time, and what goes round is named."""
        written = [output.index for output in trace.outputs if output.index is not None]
        said = self.pieces.join(written) + ("" if END in written else "…")
        round_ = repetition(written, ROUND)
        if round_ is None or round_.times < TIMES:
            return said
        return f"{said} (it goes round: “{self.pieces.join(written[round_.repeated])}”, {round_.times} times)"

    def evaluate(self, text: str, variant: Variant) -> dict[str, float]:
        """Measure BLEU on lines of `English<TAB>French`, and for each range of lengths."""
        return bleu_by_length(self.networks[variant.id], self.pieces, text, self.about.input.max_steps)


EXAMPLE = Translation

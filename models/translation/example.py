"""The translation example: cut a French sentence into pieces, join the English ones, measure BLEU."""

from collections.abc import Sequence
from functools import cached_property

from models.example import Axis, Choice, Encoded, Example
from models.files import FileFormat
from models.inputs import TextSpec
from models.translation.pieces import END, LONGEST, PAD, UNKNOWN, Pieces, normalise
from models.translation.score import bleu_by_length
from unrolled import Decoding, InvalidInput, Label, Trace

NAMED = {PAD: "⟨pad⟩", UNKNOWN: "⟨unknown⟩", END: "⟨end⟩"}


class Translation(Example):
    """Translates French sentences into English, with or without looking back at what it read."""

    title = "French to English"
    task = "translation"
    story = (
        "The encoder reads a French sentence piece by piece; the decoder writes it in English and feeds "
        "each piece back to itself. Without attention, all that it knows of the sentence is the one state "
        "handed over between the two. With attention it looks back: follow the arc from 'sing' to 'chanter'."
    )
    topology_page = "encoder-decoder"
    reads = "pieces"
    writes = "pieces"
    axes = (
        Axis(
            id="attention",
            label="Attention",
            choices=(
                Choice(id="attention", label="attention", note="looks back at all states of the encoder"),
                Choice(id="none", label="no attention", note="has only the state that was handed over"),
            ),
        ),
    )
    default_variant = "attention"
    input = TextSpec(
        kind="text",
        label="A French sentence",
        placeholder="Voulez-vous chanter avec moi ?",
        help=f"Everyday French, at most {LONGEST} pieces: a frequent word is one piece, a rare one several.",
        max_length=400,
        max_steps=LONGEST,
    )
    measured_on = FileFormat("an English sentence, a tab and its French translation in each line")
    decoding = Decoding(method="greedy")

    @cached_property
    def pieces(self) -> Pieces:
        """Load the inventory of what can be read and written."""
        return Pieces.load(self.folder / "both.pieces")

    def encode(self, raw: str, variant: str) -> Encoded:
        """Cut a sentence into pieces; those of unknown characters are marked."""
        pieces = self.pieces.cut(normalise(raw))
        if not pieces:
            raise InvalidInput("there is nothing to read in this input; type a French sentence")
        if len(pieces) > LONGEST:
            raise InvalidInput(
                f"the sentence has {len(pieces)} pieces; this network reads up to {LONGEST}: try one sentence at a time"
            )
        labels = tuple(Label(text=piece.text, note=None if piece.known else "unknown") for piece in pieces)
        return Encoded([piece.index for piece in pieces], labels)

    def y_labels(self, variant: str) -> Sequence[str]:
        """Name the pieces, in the network's order."""
        return tuple(NAMED.get(i, text) for i, text in enumerate(self.pieces.texts))

    def decode(self, trace: Trace, variant: str) -> str:
        """Join the English pieces; `…` shows that the sentence did not end within the limit."""
        written = [output.index for output in trace.outputs if output.index is not None]
        return self.pieces.join(written) + ("" if END in written else "…")

    def evaluate(self, text: str, variant: str) -> dict[str, float]:
        """Measure BLEU on lines of `English<TAB>French`, and for sentences of like length alone."""
        return bleu_by_length(self.networks[variant], self.pieces, text)


EXAMPLE = Translation

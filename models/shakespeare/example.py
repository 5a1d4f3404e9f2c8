"""Write like Shakespeare, one character at a time."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from models.example import Encoded, Example
from models.files import BadLine, lines_of
from models.inputs.alphabet import within
from models.repetition import repetition
from models.variants import Variant
from unrolled import Network, Trace

CHARACTERS = "\n !$&',-.3:;?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
LINE_END = "⏎"
CALLED = "A-Z, a-z, spaces, line ends (⏎) and . , ; : ? ! ' - & $ 3"
INSTEAD = {
    '"': "'",
    "(": ",",
    ")": ",",
    "[": ",",
    "]": ",",
    "/": "-",
    "_": "-",
    "\t": " ",
}  # the plays have none of them
AGAIN = 14  # characters that only repeat others: one window of 775 in real text does that
Array = np.ndarray[Any, Any]
PIECE = 5000  # characters that an evaluation reads without starting anew


class Shakespeare(Example):
    """Let a network that reads its own letters write a scene."""

    def encode(self, raw: str, variant: Variant) -> Encoded:
        """Turn the beginning into outputs that are forced; x = ∅. Raises InvalidInput for letters of other scripts."""
        prompt = raw.replace("\r", "").replace(LINE_END, "\n").replace("\\n", "\n")
        plain = within(prompt, CHARACTERS, CALLED, INSTEAD)
        self.limit_steps(len(plain.text), "characters")
        return Encoded.dictated(map(CHARACTERS.index, plain.text), plain.changes)

    def y_labels(self, variant: Variant) -> Sequence[str]:
        """Name the characters; a line end and a space are made visible."""
        return tuple({"\n": LINE_END, " ": "␣"}.get(c, c) for c in CHARACTERS)

    def decode(self, trace: Trace, variant: Variant) -> str:
        """Give the text that was written."""
        return "".join(CHARACTERS[output.index or 0] for output in trace.outputs)

    def remarks(self, trace: Trace) -> tuple[str, ...]:
        """Say where it goes round in circles, as it does when it takes the likeliest character each time."""
        text = "".join(CHARACTERS[output.index or 0] for output in trace.outputs)
        found = repetition(text, AGAIN)
        if found is None:
            return ()
        return (f"it goes round in circles: “{text[found.repeated].strip()}” comes {found.times} times",)

    def evaluate(self, text: str, variant: Variant) -> dict[str, float]:
        """Measure nats per character on a text. Raises BadLine for a character that the network cannot write.

        The text is read in pieces of 5,000 characters, each from x = ∅, with the state carried within a piece.
        """
        for number, line in lines_of(text):
            if unknown := set(line) - set(CHARACTERS):
                raise BadLine(number, f"this network does not know {' '.join(map(repr, sorted(unknown)))}")
        nats, _ = read_through(self.networks[variant.id], indices(text))
        mean = float(nats.mean())
        return {"nats_per_character": round(mean, 4), "bits_per_character": round(float(mean / np.log(2)), 4)}


def indices(text: str) -> Tensor:
    """Turn characters into numbers, (len(text),)."""
    number = {character: i for i, character in enumerate(CHARACTERS)}
    return torch.tensor([number[character] for character in text])


@torch.inference_mode()
def read_through(network: Network, text: Tensor) -> tuple[Array, Array]:
    """Let a network read a text that it did not write.

    Gives its surprise at each character in nats (T,), and the state h of its last layer when it had to say
    that character (T, hidden), which has read those before it.
    """
    assert network.decoder is not None and network.feed_back is not None
    pieces = nn.utils.rnn.pad_sequence(list(text.split(PIECE)), batch_first=True)  # (B, PIECE)
    state: Any = None
    previous = torch.zeros(len(pieces), 1, network.decoder.input_size)
    nats: list[Tensor] = []
    tops: list[Tensor] = []
    for chunk in pieces.split(250, dim=1):
        embedded = network.feed_back(chunk)
        out, state = network.decoder(torch.cat((previous, embedded[:, :-1]), 1).transpose(0, 1), state)
        logits = network.head(out).permute(1, 2, 0)  # (B, n_y, T)
        nats.append(nn.functional.cross_entropy(logits, chunk, reduction="none"))
        tops.append(out.transpose(0, 1))
        previous = embedded[:, -1:]
    return torch.cat(nats, 1).flatten()[: len(text)].numpy(), torch.cat(tops, 1).flatten(0, 1)[: len(text)].numpy()


EXAMPLE = Shakespeare

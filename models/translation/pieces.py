"""How a sentence becomes pieces and back: byte-pair encoding (Sennrich et al., 2016).

Both languages share one inventory, `both.pieces`, which `train.py` learns with sentencepiece, so that a name is
cut in the same way on either side and can be copied piece by piece. It holds every character of the training
part, and each digit is a piece. A piece that begins a word starts with `▁`, as sentencepiece writes it.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Self

from sentencepiece import SentencePieceProcessor, SentencePieceTrainer

from models.inputs.cleaning import clean

PAD, UNKNOWN, END = 0, 1, 2
KEPT = "«»"  # French quotes, which the networks were taught with


def normalise(text: str) -> str:
    """Write a sentence the way in which the network was taught: cleaned, NFKC, `moi ?` for `moi?`.

    French sets a no-break space before high punctuation, but not everybody types one.
    """
    text = unicodedata.normalize("NFKC", clean(text, KEPT).text)
    text = re.sub(r"\s*([?!:;»]+)(?=[\s\"]|$)", r" \1", re.sub(r"«\s*", "« ", text))
    text = re.sub(r"\s+([.,])(?=\s|$)", r"\1", text)
    return re.sub(r"\s+", " ", text).strip()


@dataclass(frozen=True)
class Piece:
    """Hold one piece of a sentence: its index, the text that it stands for, and whether it is known."""

    index: int
    text: str

    @property
    def known(self) -> bool:
        """Say whether the inventory has this piece; the network reads every other one as the same index."""
        return self.index != UNKNOWN


class Pieces:
    """Cut sentences into pieces, and join pieces to sentences."""

    def __init__(self, model: bytes) -> None:
        self.processor = SentencePieceProcessor(model_proto=model)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read an inventory from its file."""
        return cls(path.read_bytes())

    @classmethod
    def train(cls, sentences: Iterable[str], count: int) -> bytes:
        """Learn the `count` most useful pieces of these sentences; gives the file's contents."""
        model = BytesIO()
        SentencePieceTrainer.train(
            sentence_iterator=iter(sentences),
            model_writer=model,
            model_type="bpe",
            vocab_size=count,
            character_coverage=1.0,
            split_digits=True,
            normalization_rule_name="identity",
            pad_id=PAD,
            unk_id=UNKNOWN,
            eos_id=END,
            bos_id=-1,
            num_threads=1,
            minloglevel=2,
        )
        return model.getvalue()

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """List all pieces, in the network's order."""
        return tuple(self.processor.id_to_piece(i) for i in range(len(self.processor)))

    def cut(self, sentence: str) -> list[Piece]:
        """Cut a normalised sentence into pieces; characters that no piece has keep their text."""
        texts = self.processor.encode(sentence, out_type=str)
        return [Piece(index, text) for index, text in zip(self.indices(sentence), texts, strict=True)]

    def indices(self, sentence: str) -> list[int]:
        """Cut a normalised sentence into the indices of its pieces."""
        return self.processor.encode(sentence)

    def join(self, indices: Sequence[int]) -> str:
        """Join pieces to a sentence, up to the end mark."""
        indices = list(indices)
        if END in indices:
            indices = indices[: indices.index(END)]
        return self.processor.decode(indices).strip()

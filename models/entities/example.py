"""Which words of a sentence name a person, a place, an organisation or a time."""

from collections.abc import Sequence
from functools import cached_property

import torch

from models.entities.conll import read_sentences
from models.entities.corpus import FORMAT, TAGS, Sentence, entity_scores, spans
from models.entities.words import Words, tokenise
from models.example import Encoded, Example
from models.variants import Variant
from unrolled import InvalidInput, Label, Trace
from unrolled.trace import Span

NAMES = {"PER": "person", "LOC": "place", "ORG": "organisation", "TIM": "time", "MISC": "other name"}


class Entities(Example):
    """Let a network tag each word of a sentence."""

    file_format = FORMAT

    @cached_property
    def words(self) -> Words:
        """Load what the networks know of words."""
        return Words.load(self.folder)

    def encode(self, raw: str, variant: Variant) -> Encoded:
        """Split a text into words; x is (T_x, k), the rows of each word and of its pieces."""
        tokens = tokenise(raw)
        if not tokens:
            raise InvalidInput("there are no words to read: type some text that can be seen")
        self.limit_steps(len(tokens), "words and signs")
        labels = tuple(Label(text=token, note=None if self.words.knows(token) else "unknown") for token in tokens)
        return Encoded(self.words.bags(tokens), labels)

    def y_labels(self, variant: Variant) -> Sequence[str]:
        """Name the tags."""
        return TAGS

    def spans(self, trace: Trace) -> tuple[Span, ...]:
        """Find the words of each entity; its probability is that of its least certain word."""
        kinds = list(NAMES)
        return tuple(
            Span(
                label=kind,
                name=NAMES[kind],
                kind=kinds.index(kind),
                first=start,
                last=end - 1,
                p=min(output.p for output in trace.outputs[start:end]),
            )
            for start, end, kind in spans([output.label for output in trace.outputs])
        )

    def decode(self, trace: Trace, variant: Variant) -> str:
        """List the entities that were found."""
        found = [
            f"{' '.join(label.text for label in trace.x_labels[span.first : span.last + 1])} ({span.name})"
            for span in trace.spans or ()
        ]
        return ", ".join(found) or "no names found"

    def evaluate(self, text: str, variant: Variant) -> dict[str, float]:
        """Measure exact entities on a file in GMB's CSV format or in CoNLL's; of several corpora, each by itself."""
        sentences = read_sentences(text)
        if not sentences:
            raise InvalidInput("there are no words in it", "path")
        tagged = list(zip(sentences, self.tag(sentences, variant), strict=True))
        scores = {
            corpus: entity_scores(*zip(*((s.tags, said) for s, said in tagged if s.corpus == corpus), strict=True))
            for corpus in dict.fromkeys(sentence.corpus for sentence in sentences)
        }
        if len(scores) == 1:
            return scores.popitem()[1]
        return {
            f"{corpus}_{name}": found[name] for corpus, found in scores.items() for name in ("micro_f1", "macro_f1")
        }

    def tag(self, sentences: Sequence[Sentence], variant: Variant) -> list[list[str]]:
        """Tag sentences, many at a time, in their order."""
        network = self.networks[variant.id]
        said: dict[int, list[str]] = {}
        order = sorted(range(len(sentences)), key=lambda i: len(sentences[i].words))
        for group in (order[start : start + 64] for start in range(0, len(order), 64)):
            lengths = torch.tensor([len(sentences[i].words) for i in group])
            flat = self.words.bags([word for i in group for word in sentences[i].words])
            x = torch.nn.utils.rnn.pad_sequence(list(flat.split(lengths.tolist())), batch_first=True)
            with torch.inference_mode():
                best = network(x, lengths).argmax(-1)  # (B, T_x)
            said |= {i: [TAGS[y] for y in row[:length]] for i, row, length in zip(group, best, lengths, strict=True)}
        return [said[i] for i in range(len(sentences))]


EXAMPLE = Entities

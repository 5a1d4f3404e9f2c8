"""The music example: a genre in, a tune out, note by note."""

from collections.abc import Sequence
from functools import cached_property

from models.example import Encoded, Example
from models.files import BadLine, FileFormat, lines_of
from models.inputs.choice import Chosen
from models.music.abc import Body, Unreadable, foreign, read_tune, tunes_of
from models.music.corpus import GENRES, dance_of
from models.music.engrave import durations, sheet
from models.music.form import Bar, bars
from models.music.labels import label
from models.music.score import Written, nats_per_token
from models.music.tokens import END, X, encode, item_of, known_symbols, numbers
from models.variants import Variant
from unrolled import InvalidInput, Label, Trace
from unrolled.sheet import Sheet
from unrolled.trace import Span

KINDS_OF_BARS = ("full bar", "upbeat or last bar", "bar that is too short", "bar that is too long")


class Music(Example):
    """Writes a dance tune in the genre that was asked for."""

    file_format = FileFormat(encodings=("utf-8", "latin-1"))

    @cached_property
    def symbols(self) -> tuple[str, ...]:
        """List what the networks write, in their order."""
        return known_symbols()

    def encode(self, raw: Chosen, variant: Variant) -> Encoded:
        """Read the number of the genre, in one step."""
        return Encoded([X.index(raw.value)], (Label(text=raw.value),))

    def y_labels(self, variant: Variant) -> Sequence[str]:
        """Name the notes and signs."""
        return tuple(map(label, self.symbols))

    def body(self, trace: Trace) -> Body:
        """Give what was written, without the mode and the end."""
        items = self.items(trace)[1:]
        return items[:-1] if self.ended(trace) else items

    def items(self, trace: Trace) -> Body:
        """Give all that was written, note by note and sign by sign."""
        return tuple(item_of(self.symbols[output.index or 0]) for output in trace.outputs)

    def ended(self, trace: Trace) -> bool:
        """Say whether the tune came to its end within the limit."""
        return trace.outputs[-1].index == END

    def spans(self, trace: Trace) -> tuple[Span, ...]:
        """Mark the bars, and say of each whether it is full."""
        return tuple(span_of(bar, genre_of(trace), trace, n) for n, bar in enumerate(bars(self.body(trace)), start=1))

    def sheet(self, trace: Trace) -> Sheet:
        """Engrave the tune."""
        return sheet(self.items(trace), genre_of(trace), f"{genre_of(trace).capitalize()} written by a network")

    def seconds(self, trace: Trace) -> Sequence[float]:
        """Let each note last as long as it sounds."""
        return durations(self.items(trace), genre_of(trace))

    def decode(self, trace: Trace, variant: Variant) -> str:
        """Say in a sentence what was written."""
        found = bars(self.body(trace))
        wrong = sum(kind_of(bar, GENRES[genre_of(trace)]) > 1 for bar in found)
        mode = self.symbols[trace.outputs[0].index or 0]
        unended = "" if self.ended(trace) else "; it did not come to its end"
        return f"A {genre_of(trace)} in C {mode}: {len(found)} bars, {wrong or 'none'} too short or too long{unended}."

    def evaluate(self, text: str, variant: Variant) -> dict[str, float]:
        """Measure tunes in ABC notation: nats for each token; what cannot be read is counted.

        Raises BadLine for a line that is no ABC, InvalidInput, with the reason, if no tune can be read.
        """
        for number_of_line, line in lines_of(text):
            if odd := foreign(line):
                raise BadLine(number_of_line, f"'{odd}' is no ABC notation")
        found: list[Written] = []
        refused: list[str] = []
        number = numbers(self.symbols)
        for line, written in tunes_of(text):
            try:
                tune = dance_of(read_tune(written, line))
                found.append((X.index(tune.genre), encode(tune, number, self.about.input.max_steps)))
            except Unreadable as error:
                refused.append(f"the tune in line {line}: {error}")
        if not found:
            raise InvalidInput(refused[0] if refused else "there is no tune in it; one begins with a line X:", "path")
        nats = nats_per_token(self.networks[variant.id], found)
        return {"nats_per_token": round(nats, 4), "tunes": len(found), "left_out": len(refused)}


def genre_of(trace: Trace) -> str:
    """Give the genre that was asked for."""
    return trace.x_labels[0].text


def kind_of(bar: Bar, whole: int) -> int:
    """Say which of KINDS_OF_BARS a bar is, where a full one lasts so many eighths."""
    at_edge = not bar.inner and bar.eighths < whole
    return 0 if bar.eighths == whole else 1 if at_edge else 2 if bar.eighths < whole else 3


def span_of(bar: Bar, genre: str, trace: Trace, number: int) -> Span:
    """Mark one bar; the mode stands before the body, so that its outputs are one further on."""
    kind = kind_of(bar, GENRES[genre])
    outputs = trace.outputs[bar.first + 1 : bar.last + 2]
    return Span(
        label=f"bar {number}",
        name=KINDS_OF_BARS[kind],
        kind=kind,
        first=bar.first + 1,
        last=bar.last + 1,
        p=min(output.p for output in outputs),
    )


EXAMPLE = Music

"""Draw a trace as a still: what is read below, the states of the last layer as strips of heat, what comes out above.

It needs no browser and no script. A notebook shows it where widgets cannot run, and the gallery as a thumbnail.
"""

import re
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Sized
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from unrolled.source import Points, Recording
from unrolled.topology import Column
from unrolled.trace import Output, Trace

WIDTH, HEIGHT = 240, 96
RIGHT = 206  # where the columns end; T_x and T_y stand behind
TOP, MIDDLE, BOTTOM = 16, 24, 68  # the line of the outputs; the states, from and to
UNITS, MOST = 8, 56  # how many units and columns are drawn at most
READ = 24  # height of what is read
LETTER = 4.9  # width of a letter of 8 pixels
STYLE = """
:root { color-scheme: light dark; font: 600 8px system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif; }
.x { fill: light-dark(#b94d1b, #f39463); } .y { fill: light-dark(#2b5fb8, #86b0f7); }
.low { fill: light-dark(#2b5fb8, #5b96f5); } .high { fill: light-dark(#d9622b, #f08a4f); }
.box { fill: none; stroke: light-dark(#17795f, #4fc3a1); }
.path { fill: none; stroke: light-dark(#b94d1b, #f39463); stroke-width: 1.2; stroke-linecap: round; }
"""


NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


def still_of(trace: Trace) -> str:
    """Draw a trace as HTML without a script: a picture that brings its colours along, light and dark."""
    svg = Still(trace).svg()
    words = f"A recurrent network, unrolled: T_x = {trace.T_x}, T_y = {trace.T_y}"
    address = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    return f'<img src="{address}" alt="{words}" style="width: 100%; max-width: 640px">'


@dataclass(frozen=True)
class Still:
    """Lays out one trace: as many of its columns as have room, evenly taken where there are more."""

    trace: Trace

    @cached_property
    def columns(self) -> list[Column]:
        """Choose the columns that are drawn."""
        every = self.trace.columns
        at = np.unique(np.linspace(0, len(every) - 1, min(len(every), MOST)).round().astype(int))
        return [every[i] for i in at]

    @property
    def pitch(self) -> float:
        """Give the room that a column has; few columns stand apart, and not too far."""
        return min(RIGHT / len(self.columns), 44.0)

    @property
    def left(self) -> float:
        """Give where the first column begins: few columns stand in the middle."""
        return (RIGHT - len(self.columns) * self.pitch) / 2

    @property
    def apart(self) -> float:
        """Give the gap between two columns; many stand close, as one strip."""
        return 4.0 if len(self.columns) <= 14 else 0.0

    def centre(self, place: int) -> float:
        """Give the middle of a drawn column."""
        return self.left + (place + 0.5) * self.pitch

    def states(self, column: Column) -> np.ndarray:
        """Give the states of the last layer after a step, in both directions, (units,)."""
        own = [layer for layer in self.trace.layers if layer.part == column.part]
        last = max(layer.layer for layer in own)
        return np.concatenate([layer.values["h"][column.step] for layer in own if layer.layer == last])

    def svg(self) -> str:
        """Write the whole picture."""
        ends = f"T_x = {self.trace.T_x}, T_y = {self.trace.T_y}"
        drawn = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{ends}">',
            f"<style>{STYLE}</style>",
            *self.heat(),
            *self.read(),
            *self.written(),
            length("y", self.trace.T_y, TOP),
            *([length("x", self.trace.T_x, HEIGHT - 8)] if self.trace.T_x else ()),
            "</svg>",
        )
        return "\n".join(drawn) + "\n"

    def heat(self) -> Iterator[str]:
        """Draw the states, blue below and orange above zero; each part of the network has its own units."""
        shades: dict[tuple[str, float], str] = defaultdict(str)
        boxes: list[str] = []
        for _, group in groupby(enumerate(self.columns), key=lambda placed: placed[1].part):
            places, columns = zip(*group, strict=True)
            values = moving(np.stack([self.states(column) for column in columns]))
            tall, wide = (BOTTOM - MIDDLE) / values.shape[1], self.pitch - self.apart
            for place, row in zip(places, values, strict=True):
                for unit, value in enumerate(row.tolist()):
                    key = ("high" if value > 0 else "low", round(abs(value), 1))
                    left, top = self.left + place * self.pitch + self.apart / 2, MIDDLE + unit * tall
                    shades[key] += f"M{left:.4g} {top:.4g}h{wide:.4g}v{tall:.4g}h{-wide:.4g}z"
            framed = [(place, 1) for place in places] if self.apart else [(places[0], len(places))]
            for place, count in framed:
                left = self.left + place * self.pitch + self.apart / 2
                boxes.append(rectangle("box", left, MIDDLE, count * self.pitch - self.apart, BOTTOM - MIDDLE))
        paths = (
            f'<path class="{kind}" fill-opacity="{shade:g}" d="{d}"/>' for (kind, shade), d in shades.items() if shade
        )
        yield from (*paths, *boxes)

    def read(self) -> Iterator[str]:
        """Draw what is read: a part of the source, or the texts of the steps as far as they have room."""
        places = [place for place, column in enumerate(self.columns) if column.x is not None]
        source = self.trace.source
        if not places:
            return
        left, right = self.centre(places[0]) - self.pitch / 2, self.centre(places[-1]) + self.pitch / 2
        match source:
            case None:
                columns = [(place, self.columns[place].x or 0) for place in places]
                written = [(self.centre(p), self.trace.x_labels[x].text) for p, x in columns]
                yield from texts("x", written, self.room(places))
            case Points():
                yield from figures(source, [self.centre(place) for place in places])
            case _:
                wide = right - left if isinstance(source, Recording) else READ * source.width / source.height
                at = (left if isinstance(source, Recording) else (left + right - wide) / 2, BOTTOM + 3, wide, READ)
                yield picture(source.picture, *at)

    def written(self) -> Iterator[str]:
        """Write what comes out, or what is read off it, above the columns; bars where texts have no room."""
        outputs, reading = self.trace.outputs, self.trace.reading
        at = {column.y: self.centre(place) for place, column in enumerate(self.columns) if column.y is not None}
        if reading is not None:
            spots = [(span.label, [at[y] for y in range(span.first, span.last + 1) if y in at]) for span in reading]
            yield from texts("y", [(float(np.mean(found)), label) for label, found in spots if found], self.pitch)
        elif len(at) > 14 or (len(at) > 1 and outputs[0].index is None):
            tall = heights([outputs[y] for y in at])
            for x, height in zip(at.values(), tall, strict=True):
                yield rectangle("y", x - self.pitch / 2, MIDDLE - 4 - height, max(1, self.pitch - 0.6), height)
        else:
            yield from texts("y", [(x, outputs[y].label) for y, x in at.items()], self.room(at))

    def room(self, columns: Sized) -> float:
        """Give the room for the text of each of some columns: all of it, where there is one alone."""
        return self.pitch if len(columns) > 1 else RIGHT


def heights(outputs: Sequence[Output]) -> list[float]:
    """Draw outputs as bars: how likely each class was, or numbers between the least and the largest."""
    if outputs[0].index is not None:
        return [12 * output.p for output in outputs]
    numbers = np.array([output.alternatives[0].p for output in outputs])
    return (1 + 11 * (numbers - numbers.min()) / max(1e-6, float(np.ptp(numbers)))).tolist()


def moving(values: np.ndarray) -> np.ndarray:
    """Choose the units of (columns, units) that change most, as shares of the largest of their values."""
    change = values.std(0)
    kept = values[:, np.sort(np.argsort(change)[-UNITS:])]
    return kept / max(1e-6, float(np.abs(kept).max()))


def length(axis: str, steps: int, y: float) -> str:
    """Write T_x or T_y at the right edge."""
    name = f'T<tspan dy="2" font-size="6">{axis}</tspan><tspan dy="-2"> {steps}</tspan>'
    return f'<text class="{axis}" x="{WIDTH - 1}" y="{y:g}" text-anchor="end">{name}</text>'


def rectangle(kind: str, x: float, y: float, wide: float, tall: float) -> str:
    """Draw a rectangle of one of the kinds of `STYLE`."""
    return f'<rect class="{kind}" x="{x:.4g}" y="{y:.4g}" width="{wide:.4g}" height="{tall:.4g}"/>'


def picture(address: str, x: float, y: float, wide: float, tall: float) -> str:
    """Show a picture that was read."""
    box = f'x="{x:.4g}" y="{y:.4g}" width="{wide:.4g}" height="{tall:.4g}"'
    return f'<image href={quoteattr(address)} {box} preserveAspectRatio="none"/>'


def texts(axis: str, written: Sequence[tuple[float, str]], room: float) -> Iterator[str]:
    """Write texts about their middles, cut to their room; a tick stands where there is none."""
    y = TOP if axis == "y" else BOTTOM + 14
    for x, text in written:
        if room < LETTER:
            yield rectangle(axis, x - room / 2, y - 6, max(0.8, room - 0.6), 4)
            continue
        most, text = max(1, int(room / LETTER)), NOT_IN_XML.sub("�", text).strip("▁ ")
        if text.startswith("⟨") and len(text) > most:
            continue  # the end is seen without its name
        shown = text if len(text) <= most else text[: max(1, most - 1)] + ("…" if most > 3 else "")
        half = len(shown) * LETTER / 2
        middle = max(half, min(x, RIGHT - half))
        yield f'<text class="{axis}" x="{middle:.4g}" y="{y}" text-anchor="middle">{escape(shown)}</text>'


def figures(source: Points, centres: Sequence[float]) -> Iterator[str]:
    """Draw the lines of points: all strokes at once, or figures of a movement side by side."""
    count = min(len(source.frames), 8, len(centres))
    frames = [source.frames[i] for i in np.linspace(0, len(source.frames) - 1, count).astype(int)]
    spots = [centres[i] for i in np.linspace(0, len(centres) - 1, count).astype(int)]
    if count == 1:
        spots = [float(np.mean(centres))]
    for frame, x in zip(frames, spots, strict=True):
        points = np.array(frame, np.float64)
        low, high = points.min(0), points.max(0)
        scale = READ / max(1e-6, float((high - low).max()))
        moved = (points - (low + high) / 2) * scale + (x, BOTTOM + 3 + READ / 2)
        yield f'<path class="path" d="{lines(moved, source.bones)}"/>'


def lines(points: np.ndarray, bones: Iterable[tuple[int, int]]) -> str:
    """Write bones as lines of a path, each going on from the one before where it can."""
    written, end = "", None
    for a, b in bones:
        written += ("" if a == end else "M{:.1f} {:.1f}".format(*points[a])) + "L{:.1f} {:.1f}".format(*points[b])
        end = b
    return written

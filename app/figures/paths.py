"""Lines of a figure: points that are joined, so that each way of drawing can write them in its own words."""

from dataclasses import dataclass
from typing import Literal

Point = tuple[float, float]


@dataclass(frozen=True)
class Move:
    """Go on to a point: straight, or along a cubic Bezier curve with two control points."""

    to: Point
    controls: tuple[Point, Point] | None = None


@dataclass(frozen=True)
class Line:
    """Draw from a point on; `closed` leads back to it."""

    start: Point
    moves: tuple[Move, ...]
    closed: bool = False

    @property
    def svg(self) -> str:
        """Write it as SVG path data."""
        parts = [f"M{_pair(self.start)}"]
        for move in self.moves:
            points = (*(move.controls or ()), move.to)
            parts.append(("C" if move.controls else "L") + " ".join(map(_pair, points)))
        return "".join(parts) + ("Z" if self.closed else "")


def straight(*points: Point) -> Line:
    """Join points by straight lines."""
    return Line(points[0], tuple(Move(point) for point in points[1:]))


def bend(start: Point, through: Point, end: Point) -> Move:
    """Round a corner from one point to another: a quadratic curve, written as the cubic one that it is."""
    first, second = ((p[0] + 2 / 3 * (through[0] - p[0]), p[1] + 2 / 3 * (through[1] - p[1])) for p in (start, end))
    return Move(end, (first, second))


def head(tip: Point, way: Literal["up", "left", "right"]) -> Line:
    """Draw the small triangle of an arrow."""
    x, y = tip
    long, half = 4.4, 2.6
    wings = {
        "up": ((x - half, y + long), (x + half, y + long)),
        "left": ((x + long, y - half), (x + long, y + half)),
        "right": ((x - long, y - half), (x - long, y + half)),
    }[way]
    return Line(tip, tuple(Move(wing) for wing in wings), closed=True)


def _pair(point: Point) -> str:
    return f"{point[0]:.5g} {point[1]:.5g}"

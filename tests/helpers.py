"""What tests of several modules share: a value that must be there, and an example measured on a file."""

from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from models.example import Example
from unrolled import Trace
from unrolled.source import Points
from unrolled.trace import GradientRecord

T = TypeVar("T")


def present(value: T | None) -> T:
    """Give a value that may be None, where the test needs that it is not."""
    assert value is not None
    return value


def gradient_of(trace: Trace) -> GradientRecord:
    """Give the gradients that were asked for."""
    return present(trace.gradient)


def places_in(trace: Trace) -> np.ndarray:
    """Give the points of a movement that was read, (T, joints, 2)."""
    assert isinstance(trace.source, Points)
    return np.array(trace.source.frames)


def measured_on(example: Example, file: Path, variant: str) -> dict[str, float]:
    """Measure a variant on a file, as `python -m models.evaluate` does: metric -> value."""
    contents: Any = example.file_format.read(file)  # a text, or the files of an archive
    return example.evaluate(contents, example.variants[variant])

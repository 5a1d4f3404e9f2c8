"""The adding problem: a list of numbers in [0, 1), two of them marked; the answer is the sum of the two marked.

Hochreiter & Schmidhuber (1997), experiment 4, in the form that Le, Jaitly & Hinton (2015) made usual: numbers
from U[0, 1), one mark in each half. Always saying 1 has a mean squared error of 1/6, the variance of the sum.
"""

import math
import re
from dataclasses import dataclass

import numpy as np

from models.example import refuse_decimal_commas
from models.files import BadLine, lines_of
from models.inputs.cleaning import clean
from unrolled import InvalidInput

MARK = "*"
DECIMAL_COMMA = re.compile(r"\d,\d+\*?")
LOWEST, HIGHEST = -1.0, 2.0  # a little beyond what training shows, so that a visitor may try it


@dataclass(frozen=True)
class AddingProblem:
    """Hold one problem: the numbers as written, and where the two marks stand."""

    numbers: tuple[float, ...]
    marked: tuple[int, ...]

    @property
    def total(self) -> float:
        """Add up the marked numbers."""
        return sum(self.numbers[t] for t in self.marked)

    @property
    def rows(self) -> np.ndarray:
        """Give what the network reads, (T_x, 2): the number, and 1 where it is marked."""
        marks = np.zeros(len(self.numbers), dtype=np.float32)
        marks[list(self.marked)] = 1
        return np.stack((np.asarray(self.numbers, dtype=np.float32), marks), axis=1)

    @property
    def words(self) -> tuple[str, ...]:
        """Write each number as a visitor types it, with a star where it is marked."""
        return tuple(f"{x:g}{MARK if t in self.marked else ''}" for t, x in enumerate(self.numbers))


def draw(T_x: int, rng: np.random.Generator) -> AddingProblem:
    """Draw a problem of T_x numbers with two decimals, one mark in each half."""
    half = T_x // 2
    numbers = rng.integers(0, 100, T_x) / 100
    marked = (int(rng.integers(0, half)), int(rng.integers(half, T_x)))
    return AddingProblem(tuple(float(x) for x in numbers), marked)


def parse_problem(text: str) -> AddingProblem:
    """Read numbers separated by spaces or commas, the two to add marked by a star.

    Raises InvalidInput for a word that is no number, one out of range, or not exactly two marks.
    """
    refuse_decimal_commas(text.split(), DECIMAL_COMMA, "0.31")
    words = text.replace(",", " ").split()
    numbers = tuple(_number(word) for word in words)
    marked = tuple(t for t, word in enumerate(words) if word.endswith(MARK))
    if len(marked) != 2:
        are = "number is" if len(marked) == 1 else "numbers are"
        raise InvalidInput(f"{len(marked)} {are} marked; mark exactly two with a star, as in '0.31 0.72* 0.05 0.44*'")
    return AddingProblem(numbers, marked)


def _number(word: str) -> float:
    """Read one number, with or without its star."""
    try:
        number = float(word.removesuffix(MARK))
    except ValueError:
        raise InvalidInput(f"'{word[:20]}' is not a number like 0.31, or 0.31* where it is marked") from None
    if not LOWEST <= number <= HIGHEST:
        raise InvalidInput(f"{word[:20]} is too far from what the networks know: use numbers between 0 and 1")
    return number


def read_problems(text: str) -> list[tuple[AddingProblem, float]]:
    """Read lines `numbers<TAB>sum`. Raises BadLine for one of another form."""
    problems: list[tuple[AddingProblem, float]] = []
    for number, line in lines_of(text):
        written, tab, total = line.partition("\t")
        if not tab:
            raise BadLine(number, "no tab between the numbers and their sum")
        try:
            problems.append((parse_problem(clean(written).text), _sum(total)))
        except InvalidInput as error:
            raise BadLine(number, str(error)) from error
    return problems


def _sum(word: str) -> float:
    """Read what stands behind the tab."""
    try:
        total = float(word)
    except ValueError:
        total = math.nan
    if not math.isfinite(total):
        raise InvalidInput(f"'{word.strip()[:20]}' is not a sum like 1.16")
    return total

"""The adding problem: where a plain RNN forgets, and gated cells do not."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from models.adding.problems import Problem, draw, parse, read
from models.example import Axis, Choice, Encoded, Example
from models.files import FileFormat
from models.inputs import TextSpec
from unrolled import InvalidInput, Label, Trace

SHORTEST, LONGEST = 2, 200
RANDOM = re.compile(r"\s*random\s+(\d{1,6})(?:\s+seed\s+(\d{1,9}))?\s*", re.IGNORECASE)


class Adding(Example):
    """Let three cells carry two numbers over a long way."""

    title = "The adding problem"
    task = "add up two marked numbers"
    story = (
        "The network reads numbers, two of them marked with a star, and says the sum of the two at the very end. "
        "Put the first mark far from the end and open 'Side by side': the plain RNN keeps no more than a hint of it, "
        "GRU and LSTM keep the number, and their gradients show why."
    )
    topology_page = "many-to-one"
    reads = "numbers"
    writes = "numbers"
    axes = (
        Axis(
            id="cell",
            label="Cell",
            choices=(
                Choice(id="rnn", label="RNN", note="no gates: every step rewrites the whole state"),
                Choice(id="gru", label="GRU", note="z decides what is kept"),
                Choice(id="lstm", label="LSTM", note="c is only added to and scaled"),
            ),
        ),
    )
    default_variant = "lstm"
    input = TextSpec(
        kind="series",
        label="Numbers, two of them marked with *",
        placeholder="0.31 0.72* 0.05 0.44*",
        help=(
            "Numbers between 0 and 1 with spaces between them, a star after each of the two to add. "
            "Or `random 150 seed 3`: so many numbers, drawn for you."
        ),
        max_length=2000,
        max_steps=LONGEST,
    )

    measured_on = FileFormat("a problem a line: numbers, two of them with a star, then a tab and the sum of the two")

    def encode(self, raw: str, variant: str) -> Encoded:
        """Read the numbers; x is (T_x, 2), the number and its mark."""
        problem = self.problem(raw)
        labels = tuple(
            Label(text=word, value=float(number)) for word, number in zip(problem.words, problem.numbers, strict=True)
        )
        return Encoded(torch.from_numpy(problem.rows), labels, truth=(problem.total,))

    def problem(self, raw: str) -> Problem:
        """Read what was typed, or draw what was asked for. Raises InvalidInput if there are too many numbers."""
        order = RANDOM.fullmatch(raw)
        problem = None if order else parse(raw)
        T_x = int(order[1]) if order else len(problem.numbers) if problem else 0
        if not SHORTEST <= T_x <= LONGEST:
            raise InvalidInput(f"{T_x} numbers; these networks read {SHORTEST} to {LONGEST}")
        return problem or draw(T_x, np.random.default_rng(int((order and order[2]) or 0)))

    def y_labels(self, variant: str) -> Sequence[str]:
        """Name the one output."""
        return ("sum",)

    def decode(self, trace: Trace, variant: str) -> str:
        """Say the network's sum and the right one."""
        assert trace.y_hat is not None and trace.truth is not None
        return f"{trace.y_hat[0, 0]:.2f} (right: {trace.truth[0]:.2f})"

    def evaluate(self, text: str, variant: str) -> dict[str, float]:
        """Measure the mean squared error, overall and by T_x, and the part solved to within 0.1."""
        by_length: dict[int, list[tuple[Problem, float]]] = defaultdict(list)
        for problem, total in read(text):
            by_length[len(problem.numbers)].append((problem, total))
        errors = {T_x: self.errors(some, variant) for T_x, some in sorted(by_length.items())}
        every = np.concatenate(list(errors.values()))
        results = {"mse": _mse(every), "within_0.1": round(float((np.abs(every) < 0.1).mean()), 4)}
        if len(errors) <= 10:
            results |= {f"mse_T_x_{T_x}": _mse(e) for T_x, e in errors.items()}
        return results

    def errors(self, problems: Sequence[tuple[Problem, float]], variant: str) -> np.ndarray[Any, Any]:
        """Say by how much the network is wrong on problems of one length, (count,)."""
        x = torch.from_numpy(np.stack([problem.rows for problem, _ in problems]))  # (B, T_x, 2)
        totals = np.array([total for _, total in problems])
        network = self.networks[variant]
        with torch.inference_mode():
            return network(x)[:, 0, 0].numpy() - totals


def _mse(errors: np.ndarray[Any, Any]) -> float:
    return round(float((errors**2).mean()), 5)


EXAMPLE = Adding

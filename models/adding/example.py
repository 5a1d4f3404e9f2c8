"""The adding problem: where a plain RNN forgets, and gated cells do not."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from models.adding.problems import AddingProblem, draw, parse_problem, read_problems
from models.example import Encoded, Example
from models.variants import Variant
from unrolled import InvalidInput, Label, Trace

SHORTEST = 2
RANDOM = re.compile(r"\s*random\s+(\d{1,6})(?:\s+seed\s+(\d{1,9}))?\s*", re.IGNORECASE)


class Adding(Example):
    """Let three cells carry two numbers over a long way."""

    def encode(self, raw: str, variant: Variant) -> Encoded:
        """Read the numbers; x is (T_x, 2), the number and its mark."""
        problem = self.problem(raw)
        labels = tuple(
            Label(text=word, value=float(number)) for word, number in zip(problem.words, problem.numbers, strict=True)
        )
        return Encoded(torch.from_numpy(problem.rows), labels, truth=(problem.total,))

    def problem(self, raw: str) -> AddingProblem:
        """Read what was typed, or draw what was asked for. Raises InvalidInput if there are too many numbers."""
        order = RANDOM.fullmatch(raw)
        problem = None if order else parse_problem(raw)
        T_x = int(order[1]) if order else len(problem.numbers) if problem else 0
        self.limit_steps(T_x, "numbers")
        if T_x < SHORTEST:
            raise InvalidInput(f"{T_x} is too few; two numbers are added up, so ask for {SHORTEST} or more")
        return problem or draw(T_x, np.random.default_rng(int((order and order[2]) or 0)))

    def y_labels(self, variant: Variant) -> Sequence[str]:
        """Name the one output."""
        return ("sum",)

    def decode(self, trace: Trace, variant: Variant) -> str:
        """Say the network's sum and the right one."""
        assert trace.y_hat is not None and trace.truth is not None
        return f"{trace.y_hat[0, 0]:.2f} (right: {trace.truth[0]:.2f})"

    def evaluate(self, text: str, variant: Variant) -> dict[str, float]:
        """Measure the mean squared error, overall and by T_x, and the part solved to within 0.1."""
        by_length: dict[int, list[tuple[AddingProblem, float]]] = defaultdict(list)
        for problem, total in read_problems(text):
            by_length[len(problem.numbers)].append((problem, total))
        errors = {T_x: self.errors(some, variant) for T_x, some in sorted(by_length.items())}
        every = np.concatenate(list(errors.values()))
        results = {"mse": _mse(every), "within_0.1": round(float((np.abs(every) < 0.1).mean()), 4)}
        if len(errors) <= 10:
            results |= {f"mse_T_x_{T_x}": _mse(e) for T_x, e in errors.items()}
        return results

    def errors(self, problems: Sequence[tuple[AddingProblem, float]], variant: Variant) -> np.ndarray[Any, Any]:
        """Say by how much the network is wrong on problems of one length, (count,)."""
        x = torch.from_numpy(np.stack([problem.rows for problem, _ in problems]))  # (B, T_x, 2)
        totals = np.array([total for _, total in problems])
        network = self.networks[variant.id]
        with torch.inference_mode():
            return network(x)[:, 0, 0].numpy() - totals


def _mse(errors: np.ndarray[Any, Any]) -> float:
    return round(float((errors**2).mean()), 5)


EXAMPLE = Adding

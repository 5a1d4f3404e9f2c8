"""The development part, as a file that the networks are measured on."""

import numpy as np

from models.adding.problems import draw

COUNT, LENGTHS, SEED = 200, (10, 50, 100, 200), 1


def development() -> bytes:
    """Draw problems of each length, from a seed that no training draws from, a line each: numbers, a tab, the sum."""
    rng = np.random.default_rng(SEED)
    drawn = (draw(T_x, rng) for T_x in LENGTHS for _ in range(COUNT))
    return "".join(f"{' '.join(problem.words)}\t{problem.total:.2f}\n" for problem in drawn).encode()

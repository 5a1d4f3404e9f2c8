"""Train the three cells on the adding problem, in the same way: about five minutes.

None of them would learn T_x = 200 from the start: nothing connects an error at the end with a number 150 steps
earlier. So the problems begin short, and grow by a quarter each time the network has solved those of the current
length. After 60 % of the training every cell gets the full length, whether it is ready or not.

    python -m models.adding.train [rnn gru lstm]

The weights are written beside this file.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from models.adding.example import SHORTEST, Adding
from models.adding.problems import draw
from models.training import RUNS, command_line, seed_everything, train
from unrolled import Embed, Network, NetworkConfig

EPOCHS, BATCHES, BATCH, HIDDEN, RATE = 36, 100, 64, 32, 5e-3
SOLVED, GROWTH, FORCED_AT = 0.01, 1.25, 0.6
FOLDER = Path(__file__).parent
LONGEST = Adding(FOLDER).about.input.max_steps
Batch = tuple[Tensor, Tensor]


class Curriculum:
    """Decide how long the next problems are: the current length, or (every other time) any shorter one."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.longest, self.error, self.drawn = 10, 0.2, 0

    def next_length(self) -> int:
        """Draw a T_x."""
        self.drawn += 1
        if self.drawn > FORCED_AT * EPOCHS * BATCHES:
            self.longest = LONGEST
        return self.longest if self.drawn % 2 else int(self.rng.integers(SHORTEST, self.longest + 1))

    def learned(self, T_x: int, loss: float) -> None:
        """Keep a moving average of the loss at the current length, and grow when it is small."""
        if T_x == self.longest:
            self.error = 0.9 * self.error + 0.1 * loss
        if self.error < SOLVED and self.longest < LONGEST:
            self.longest, self.error = min(LONGEST, int(self.longest * GROWTH)), 3 * SOLVED


def batch(T_x: int, count: int, rng: np.random.Generator) -> Batch:
    """Draw problems of one length; x (count, T_x, 2), y (count,)."""
    problems = [draw(T_x, rng) for _ in range(count)]
    x = torch.from_numpy(np.stack([problem.rows for problem in problems]))
    return x, torch.tensor([problem.total for problem in problems])


def train_variant(cell: str, seed: int = 0) -> None:
    """Train one cell and write its weights."""
    seed_everything(seed)
    config = NetworkConfig(kind="many_to_one", cell=cell, hidden=HIDDEN, n_y=1, read=Embed(size=2), output="identity")
    network = Network(config)
    curriculum = Curriculum(seed)
    held_out = [batch(T_x, 250, np.random.default_rng(99)) for T_x in (10, 50, 100, LONGEST)]

    def mean_squared_error(problems: Batch) -> Tensor:
        x, y = problems
        return nn.functional.mse_loss(network(x)[:, 0, 0], y)

    def epoch_batches() -> Iterator[None]:
        yield from [None] * BATCHES  # drawn when their turn comes, because they depend on what has been learned

    def loss_of(_: None) -> Tensor:
        T_x = curriculum.next_length()
        loss = mean_squared_error(batch(T_x, BATCH, curriculum.rng))
        curriculum.learned(T_x, loss.item())
        return loss

    def development() -> float:
        return -float(np.mean([mean_squared_error(problems).item() for problems in held_out]))

    train(
        network,
        epoch_batches,
        loss_of,
        development,
        torch.optim.Adam(network.parameters(), RATE),
        epochs=EPOCHS,
        patience=EPOCHS,
        clip=1.0,
        schedule=lambda done: min(1.0, 2 * (1 - done)),
        checkpoint=RUNS / "adding" / f"{cell}.pt",
        title=cell,
    )
    network.save(FOLDER / f"{cell}.safetensors")


def main() -> None:
    """Train the variants named on the command line, or all."""
    cells = ("rnn", "gru", "lstm")
    for cell in command_line(main.__doc__, cells).parse_args().variants or cells:
        train_variant(cell)


if __name__ == "__main__":
    main()

"""Train the three networks on JHMDB's clips, each seen anew every time: about a minute each.

    python -m models.activity.train [gru lstm rnn]
    python -m models.activity.train --cross-validate [gru lstm rnn]

The weights are written beside this file.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from tqdm import tqdm

from models import datasets
from models.activity.clips import CLASSES, FOLDS, Clip, folds, parse
from models.activity.example import Activity
from models.bodies import at_times, bent, mirror, padded
from models.training import along_a_cosine, command_line, moving_average, scheduled, seed_everything, step
from unrolled import Embed, Network, NetworkConfig

SOURCE = "activity/jhmdb_split1_train.npz"
HIDDEN = {"gru": 128, "lstm": 128, "rnn": 128}
RATE = {"gru": 3e-3, "lstm": 3e-3, "rnn": 1e-3}
EPOCHS, BATCH = 80, 32
DROPOUT = {"gru": 0.4, "lstm": 0.4, "rnn": 0.2}
SOFTER = 0.3  # what the first weights of an RNN for x are multiplied by, so that tanh is not full from the start
SMOOTHING = 0.1  # of the labels
SOONER, FIRST = 0.3, 5  # how much of the loss is asked of all steps, and from which step on something can be known
FOLDER = Path(__file__).parent
BODY = Activity(FOLDER).body
Batch = tuple[Tensor, Tensor, Tensor]  # x (B, T, width), lengths (B,), classes (B,)


def source() -> list[Clip]:
    """Read the clips that are not the official test."""
    return parse(datasets.members(datasets.read(SOURCE), ["*.npy"], SOURCE))


def network_of(cell: str) -> Network:
    """Make a network that watches a body and says once, at the end, what it did."""
    config = NetworkConfig(
        kind="many_to_one", cell=cell, hidden=HIDDEN[cell], n_y=len(CLASSES), read=Embed(size=BODY.width)
    )
    network = Network(config, dropout=DROPOUT[cell])
    if cell == "rnn" and network.encoder is not None:
        weights = dict(network.encoder.named_parameters())
        nn.init.orthogonal_(weights["weight_hh_l0"])  # it carries a state on as long as it is (Saxe et al. 2014)
        with torch.no_grad():
            weights["weight_ih_l0"].mul_(SOFTER)
    return network


def varied(places: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Show a part of a clip, faster or slower, perhaps in a mirror, from a slightly different place."""
    length = len(places)
    span = rng.uniform(0.6, 1) * length
    times = np.arange(0, max(span - 1, 1), np.exp(rng.uniform(-0.3, 0.3))) + rng.uniform(0, length - span)
    seen = at_times(places, times)
    return bent(mirror(seen, BODY) if rng.random() < 0.5 else seen, BODY, 0.2, rng)


def batch_of(movements: Sequence[np.ndarray], actions: Sequence[int]) -> Batch:
    """Make a batch of movements (T, joints, 2)."""
    places, lengths = padded(movements)
    return torch.from_numpy(BODY.features(places)), torch.from_numpy(lengths), torch.tensor(actions)


def batches(clips: Sequence[Clip], rng: np.random.Generator) -> Iterator[Batch]:
    """Give all clips once, mixed and varied."""
    order = rng.permutation(len(clips))
    for some in (order[i : i + BATCH] for i in range(0, len(order), BATCH)):
        yield batch_of([varied(clips[i].places, rng) for i in some], [clips[i].action for i in some])


def loss_of(network: Network, batch: Batch) -> Tensor:
    """Ask for the action at the end, and a little at each step, so that the verdict means something on the way."""
    x, lengths, y = batch
    steps = torch.arange(x.shape[1])
    logits = network.head(network.dropout(network.encode(x)[0]))  # (B, T, actions)
    last = nn.functional.cross_entropy(logits[torch.arange(len(x)), lengths - 1], y, label_smoothing=SMOOTHING)
    asked = (steps < lengths[:, None]) & (steps >= torch.clamp(lengths - 1, max=FIRST)[:, None])
    each = nn.functional.cross_entropy(logits[asked], y[:, None].expand(asked.shape)[asked], label_smoothing=SMOOTHING)
    return (1 - SOONER) * last + SOONER * each


def trained(cell: str, clips: Sequence[Clip], seed: int) -> Network:
    """Train one network for EPOCHS; gives the moving average of its weights.

    No epoch is chosen by what is held out: too few clips are.
    """
    seed_everything(seed)
    rng, network, loss = np.random.default_rng(seed), network_of(cell), 0.0
    optimizer = torch.optim.AdamW(network.parameters(), RATE[cell], weight_decay=0.05, fused=True)
    mean = moving_average(network, 0.99)
    bar = tqdm(range(EPOCHS), desc=cell, mininterval=2)
    for epoch in bar:
        rates = scheduled(optimizer, along_a_cosine(0.1), epoch, EPOCHS, -(-len(clips) // BATCH))
        for batch in batches(clips, rng):
            loss = step(network, optimizer, partial(loss_of, network), batch, clip=1.0)
            rates.step()
            mean.update_parameters(network)
        bar.set_postfix(loss=f"{loss:.3f}", refresh=False)
    network.load_state_dict(mean.module.state_dict())
    return network.eval()


def accuracy(network: Network, clips: Sequence[Clip]) -> float:
    """Measure the share of clips that is called right."""
    x, lengths, y = batch_of([clip.places for clip in clips], [clip.action for clip in clips])
    with torch.inference_mode():
        return (network(x, lengths)[:, 0].argmax(-1) == y).float().mean().item()


def parts(clips: Sequence[Clip], held: int) -> tuple[list[Clip], list[Clip]]:
    """Give the clips for training, and those of the fold that is held out."""
    fold = folds(clips)
    training, held_out = ([c for c, f in zip(clips, fold, strict=True) if (f == held) == out] for out in (False, True))
    return training, held_out


def cross_validate(cell: str, clips: Sequence[Clip]) -> None:
    """Hold out each fold in turn, each time with another seed, and print how many of its clips are called right."""
    found = []
    for held in range(FOLDS):
        training, held_out = parts(clips, held)
        found.append(accuracy(trained(cell, training, seed=held), held_out))
    print(f"{cell} cross-validated: {np.mean(found):.4f} ({' '.join(f'{share:.3f}' for share in found)})", flush=True)


def main() -> None:
    """Train the networks named on the command line, or all; or cross-validate."""
    parser = command_line(main.__doc__, HIDDEN)
    parser.add_argument("--cross-validate", action="store_true")
    chosen = parser.parse_args()
    clips = source()
    training, held_out = parts(clips, held=0)
    for cell in chosen.variants or HIDDEN:
        if chosen.cross_validate:
            cross_validate(cell, clips)
            continue
        network = trained(cell, training, seed=0)
        network.save(FOLDER / f"{cell}.safetensors")
        print(f"{cell} accuracy {accuracy(network, held_out):.4f}", flush=True)


if __name__ == "__main__":
    main()

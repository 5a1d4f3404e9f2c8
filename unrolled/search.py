"""How the next output is chosen: greedily, by seeded sampling, or by searching several beginnings at once."""

from collections.abc import Mapping
from operator import itemgetter

import numpy as np
import torch
from torch import Tensor

from unrolled.ctc import align, labelling_of, log_probability, prefix_beam
from unrolled.decoding import Decoding
from unrolled.errors import NotFinite
from unrolled.network import Network
from unrolled.run import Emitted
from unrolled.writer import Choose, Writer

Forced = Mapping[int, int | tuple[float, ...]]


def chooser(network: Network, decoding: Decoding, forced: Forced) -> Choose:
    """Make the function that picks an output from logits (n_y,): the forced one where there is one."""
    random = np.random.default_rng(decoding.seed)

    def choose(logits: Tensor, step: int) -> int | Tensor:
        # One random number for every step, used or not: forcing one output does not change what the others draw.
        u = random.random()
        if step in forced:
            y = forced[step]
            return y if isinstance(y, int) else torch.tensor(y)
        if network.config.output != "softmax":
            return network.activate(logits)
        if decoding.method == "sample":
            return draw(logits.detach().double().numpy() / decoding.temperature, u)
        return int(logits.argmax())

    return choose


def choose_path(network: Network, logits: Tensor, decoding: Decoding) -> Emitted:
    """Choose a class for every frame of outputs that collapse: the path whose labelling is the answer.

    Best path takes the likeliest class of each frame; a sample draws each. A beam searches for the likeliest labelling,
    and takes its likeliest path. logits (T, n_y).
    """
    blank, log_p = network.config.blank, logits.double().log_softmax(-1)
    assert blank is not None
    if decoding.method == "beam":
        path, found = [], prefix_beam(log_p.numpy(), blank, decoding.width)
    else:
        choose = chooser(network, decoding, {})
        path = [int(choose(frame, t)) for t, frame in enumerate(logits)]
        found = [labelling_of(path, blank)]
    scored = ((labelling, log_probability(log_p, labelling, blank).item()) for labelling in found)
    readings = tuple(sorted(scored, key=itemgetter(1), reverse=True))  # exactly; a beam has lost some paths on its way
    return Emitted(logits, tuple(path or align(log_p.numpy(), readings[0][0], blank)), readings)


def draw(logits: np.ndarray, u: float) -> int:
    """Draw a class from softmax(logits) by inverting its cumulative sum at u, a uniform number in [0, 1)."""
    weights = np.exp(logits - logits.max())
    total = np.cumsum(weights)
    return int(min(np.searchsorted(total, u * total[-1], side="right"), len(logits) - 1))


def beam(writer: Writer, limit: int, width: int) -> dict[int, int]:
    """Search for up to `limit` outputs with the best mean log-probability; maps each step to its class.

    The `width` likeliest beginnings are kept at every step; a finished one leaves the beam.
    """
    end, forced = writer.network.config.end, writer.plan.forced()
    inputs, scores = writer.first.unsqueeze(0), torch.zeros(1)
    beginnings: list[tuple[int, ...]] = [()]
    finished: list[tuple[float, tuple[int, ...]]] = []
    step = 0
    for step in range(limit):
        logits, _, _ = writer.write(inputs, step)
        total = scores.unsqueeze(1) + only_forced(logits.log_softmax(-1), forced.get(step))  # (B, n_y)
        best = total.flatten().topk(min(width, total.numel()))
        rows, classes = best.indices // total.shape[1], best.indices % total.shape[1]
        grown = [(*beginnings[r], y) for r, y in zip(rows.tolist(), classes.tolist(), strict=True)]
        alive = [i for i, y in enumerate(grown) if y[-1] != end and best.values[i] > float("-inf")]
        ended = (i for i, y in enumerate(grown) if y[-1] == end and best.values[i] > float("-inf"))
        finished += [(best.values[i].item() / len(grown[i]), grown[i]) for i in ended]
        beginnings = [grown[i] for i in alive]
        scores = best.values[alive]
        if not beginnings or len(finished) >= width:
            break
        writer.stepper.choose(rows[alive])
        inputs = writer.feed([y[-1] for y in beginnings])
    unfinished = [(s.item() / len(y), y) for s, y in zip(scores, beginnings, strict=True)]
    if not (finished or unfinished):  # every score was NaN, and NaN compares as less than nothing
        raise NotFinite(f"output {step} is not a finite number", step)
    _, outputs = max(finished or unfinished)
    return dict(enumerate(outputs))


def only_forced(log_p: Tensor, forced: int | tuple[float, ...] | None) -> Tensor:
    """Rule out every class but the forced one, if there is one; log_p (B, n_y)."""
    if not isinstance(forced, int):
        return log_p
    ruled_out = torch.full_like(log_p, float("-inf"))
    ruled_out[:, forced] = log_p[:, forced]
    return ruled_out

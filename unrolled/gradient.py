"""Back-propagation through time: how much every state and input of a run matters for one of its outputs."""

from dataclasses import dataclass

import torch
from torch import Tensor

from unrolled.checks import output_asked_for
from unrolled.ctc import log_probability
from unrolled.network import Network
from unrolled.reader import read_steps
from unrolled.run import EncoderRun, Run
from unrolled.writer import Writer, write_steps


@dataclass(frozen=True)
class Gradient:
    """Hold the score of the output at step y (None: of the whole reading), and the lengths of its gradients."""

    y: int | None
    score: float
    states: dict[str, tuple[Tensor, ...]]  # h, or h and c: one (T,) per layer and direction
    x: Tensor  # (T_x,)
    entries: Tensor  # (T_x, n_x), of which x holds the length of each row
    places: Tensor | None  # (P,), how much each place adds to the score, to first order


def back_propagate(run: Run, y: int) -> Gradient:
    """Differentiate the score of output y of a run with respect to its every state (h_t, and c_t) and x_t.

    The run is stepped once more, with the outputs that it chose; y -1 is the last of them. The score is the
    log-probability of the class chosen at y, or the sum of its numbers where the output is no class. Where outputs
    collapse, it is the log-probability of the whole reading, over all paths, and y is -1. Raises InvalidRequest if
    there is no output y.
    """
    network, chosen = run.network, run.emitted.chosen
    output = output_asked_for(network.topology, y, len(chosen))
    with torch.inference_mode(False), torch.enable_grad():
        places = None if run.places is None else run.places.clone().requires_grad_()
        leaf = run.inputs.clone().requires_grad_() if places is None else places.mean(0, keepdim=True)
        read = read_steps(run.plan, leaf) if network.encoder is not None else None
        layers = list(read.layers) if read else []
        if network.decoder is not None and output is not None:
            # Where nothing is read, the zero vector before the first step is what the chain goes back to.
            start = leaf[0] if network.encoder is None and len(leaf) else run.first.clone().requires_grad_()
            writer = Writer(run.plan, read, start, places)
            written = write_steps(writer, lambda _logits, step: _own(chosen[step]), output + 1)
            layers += written.layers
            score = _score(network, written.logits[output], chosen[output])
        else:
            assert read is not None
            score = _score_read(run, read, output)
        names = network.cell.states
        nodes = [step[name] for name in names for layer in layers for step in layer.steps]
        x, towards, *found = _gradients(score, [leaf, leaf if places is None else places, *nodes])
    lengths = torch.tensor([0.0 if g is None else g.norm().item() for g in found])
    rows = lengths.split([len(layer.steps) for _ in names for layer in layers])
    states = {name: rows[i * len(layers) : (i + 1) * len(layers)] for i, name in enumerate(names)}
    entries = torch.zeros_like(run.inputs) if x is None else x
    added = None if places is None or towards is None else (towards * places.detach()).sum(-1)
    return Gradient(output, score.item(), states, entries.norm(dim=-1), entries, added)


def _gradients(score: Tensor, leaves: list[Tensor]) -> list[Tensor | None]:
    """Differentiate, in one pass; None for a leaf that an intervention has cut off, or that the score never used."""
    live = [leaf for leaf in leaves if leaf.requires_grad and score.requires_grad]
    found = iter(torch.autograd.grad(score, live, allow_unused=True) if live else ())
    return [next(found) if leaf.requires_grad and score.requires_grad else None for leaf in leaves]


def _own(y: int | Tensor) -> int | Tensor:
    """Copy a tensor out of inference mode, so that autograd accepts it."""
    return y if isinstance(y, int) else y.clone()


def _score_read(run: Run, read: EncoderRun, output: int | None) -> Tensor:
    """Score what the head makes of the encoder's states: one output, or all of them as a reading."""
    network, chosen = run.network, run.emitted.chosen
    if output is None and (blank := network.config.blank) is not None:
        (reading, _), *_ = run.emitted.readings
        return log_probability(network.head(read.top).double().log_softmax(-1), reading, blank)
    assert output is not None
    top = read.top[output] if network.topology.answers_each_step else network.last(read.last)[0]
    return _score(network, network.head(top), chosen[output])


def _score(network: Network, logits: Tensor, chosen: int | Tensor) -> Tensor:
    if network.config.output == "softmax":
        assert isinstance(chosen, int)
        return logits.log_softmax(-1)[chosen]
    return network.activate(logits).sum()

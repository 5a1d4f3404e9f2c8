"""Record one run of a network as a trace: the library's main entry."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack

import torch
from torch import Tensor

from unrolled.checks import check_finite_run, check_labels, check_network, check_options, listed, parts_of
from unrolled.decoding import Decoding
from unrolled.describe import trace_of
from unrolled.inputs import Inputs, default_labels, embed, name_places
from unrolled.interventions import Intervention
from unrolled.modules import weights_as_called
from unrolled.network import Network
from unrolled.outputs import Names, likeliest
from unrolled.plan import Plan
from unrolled.reader import read_fast, read_steps
from unrolled.run import DecoderRun, Emitted, EncoderRun, Path, Run
from unrolled.search import beam, choose_path, chooser
from unrolled.topology import check_lengths
from unrolled.trace import Label, Trace
from unrolled.writer import Writer, write_steps


@torch.inference_mode()
def record(
    network: Network,
    x: Inputs | None = None,
    *,
    T_y: int = 100,
    x_labels: Sequence[Label] | None = None,
    place_labels: Sequence[Label] | None = None,
    y_labels: Sequence[str] | None = None,
    decoding: Decoding | None = None,
    interventions: Iterable[Intervention] = (),
    gradient: int | None = None,
    top_k: int = 5,
    path: Path | None = None,
) -> Trace:
    """Run a network over one input and record every value at every step.

    x is what `network.read` takes, one entry a step: class indices (T_x,), bags of them (T_x, k), vectors (T_x, n_x),
    or one picture's places (1, P, n_x), which `place_labels` name; None for x = ∅. A decoder stops at its end symbol
    or after T_y outputs; the other kinds ignore T_y. `gradient` asks for back-propagation from the output at that step,
    -1 being the last; where outputs collapse, -1 alone, which is the whole reading. `path` is chosen by itself: the
    fused kernel, unless interventions reach into the cells. `decoding` is for decoders and for outputs that collapse;
    the others ignore it.

    Raises LengthError, InterventionError, NotFinite or another InvalidRequest, each with the way out; ConfigError for
    what is no Network, or one whose modules do more than run their kernels.
    """
    check_network(network)
    check_options(T_y, gradient, top_k, path, decoding)
    changes = listed(interventions)
    inputs, places = embed(network, x)  # (T_x, n) and (P, n)
    check_labels(x_labels, len(inputs), y_labels, network.config.n_y)
    plan = Plan(network, changes, {"encoder": len(inputs), "decoder": T_y})
    decoding = (decoding or Decoding()) if network.topology.decides else None
    labels = tuple(x_labels) if x_labels is not None else default_labels(x, len(inputs))
    named = name_places(places, place_labels)
    with ExitStack() as made:
        for part in parts_of(network):
            made.enter_context(weights_as_called(part))
        run = run_planned(plan, inputs, places, decoding, stepped=path == "step" or plan.changes_values)
        check_finite_run(run.layers, run.emitted.logits)
        return trace_of(run, labels, named, Names(y_labels, top_k), decoding, gradient)


def run_planned(plan: Plan, inputs: Tensor, places: Tensor | None, decoding: Decoding | None, stepped: bool) -> Run:
    """Run the network of a plan over inputs (T_x, n), or over the mean of places (P, n): each part that it has.

    Raises LengthError if its kind does not allow T_x or the limit on T_y.
    """
    read = read_all(plan, inputs, stepped) if plan.network.encoder is not None else None
    first = first_input(plan.network, inputs)
    written = write(plan, read, first, places, decoding) if plan.network.decoder is not None and decoding else None
    return Run(plan, inputs, places, first, read, written, emitted_by(plan.network, read, written, decoding), stepped)


def read_all(plan: Plan, inputs: Tensor, stepped: bool) -> EncoderRun:
    """Run the encoder over inputs (T_x, n), by the one path or the other."""
    T_x, topology = len(inputs), plan.network.topology
    check_lengths(topology, T_x, T_x if topology.answers_each_step else 1)
    return read_steps(plan, inputs) if stepped else read_fast(plan.network, inputs)


def first_input(network: Network, inputs: Tensor) -> Tensor:
    """Find what a decoder reads first, (n,): x where there is no encoder, a zero vector where there is no x."""
    if network.encoder is None and len(inputs):
        return inputs[0]
    return torch.zeros(network.decoder.input_size if network.decoder is not None else 0)


def write(plan: Plan, read: EncoderRun | None, first: Tensor, places: Tensor | None, decoding: Decoding) -> DecoderRun:
    """Run the decoder as asked; a beam is searched first and then recorded as if its outputs were forced."""
    limit = plan.limits["decoder"]
    check_lengths(plan.network.topology, plan.limits["encoder"], limit)
    forced = plan.forced()
    if decoding.method == "beam" and plan.network.config.output == "softmax":
        forced = {**forced, **beam(Writer(plan, read, first, places), limit, decoding.width)}
    return write_steps(Writer(plan, read, first, places), chooser(plan.network, decoding, forced), limit)


def emitted_by(
    network: Network, read: EncoderRun | None, written: DecoderRun | None, decoding: Decoding | None
) -> Emitted:
    """Find the logits of a run, (T_y, n_y) or a row for each frame, and what was chosen at each output."""
    if written is not None:
        return Emitted(written.logits, written.chosen)
    assert read is not None
    top = read.top if network.topology.answers_each_step else network.last(read.last)
    logits = network.head(top)
    if network.topology.collapse and decoding is not None:
        check_finite_run(read.layers, logits)
        return choose_path(network, logits, decoding)
    return likeliest(network, logits)

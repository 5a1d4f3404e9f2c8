"""Mistakes of wiring: states that are read too early, padding that is read, states that are dropped."""

from collections.abc import Iterator

from unrolled.findings import Finding
from unrolled.watch.evidence import Evidence

LAST_STATES = "torch.cat((h_n[-2], h_n[-1]), dim=-1)"


def backward_read_early(evidence: Evidence) -> Iterator[Finding]:
    """Find out[:, -1] of a bidirectional network: its backward half has seen one input there."""
    read = evidence.top("backward") if "backward" in evidence.ways else []
    if evidence.trace.T_y != 1 or evidence.trace.network.topology.kind != "many_to_one" or len(read) != 1:
        return
    step = int(read[0])
    if step == 0:
        return
    saw = evidence.T - step
    yield Finding(
        kind="backward_read_early",
        title="The backward half is read at its first step",
        sentence=f"The output reads the backward state at step {step + 1}, where it has seen {saw} of {evidence.T} "
        f"inputs.",
        way_out="Read each direction where it ends: the last states that the module returns.",
        steps=evidence.columns([step]),
        part=evidence.part,
        layer=evidence.trace.network.topology.layers - 1,
        direction="backward",
        code=LAST_STATES,
    )


def half_not_read(evidence: Evidence) -> Iterator[Finding]:
    """Find h_n[-1] of a bidirectional network, which is the backward half alone."""
    if len(evidence.ways) < 2 or evidence.trace.T_y != 1:
        return
    read = {way for way in evidence.ways if len(evidence.top(way))}
    if len(read) != 1:
        return
    (other,) = set(evidence.ways) - read
    yield Finding(
        kind="half_not_read",
        title=f"The {other} half is not read",
        sentence=f"The output depends on the last layer's {next(iter(read))} states only.",
        way_out="Read both directions; h_n[-2] is the forward half and h_n[-1] the backward half.",
        part=evidence.part,
        layer=evidence.trace.network.topology.layers - 1,
        direction=other,
        code=LAST_STATES,
    )


def top_layer_not_read(evidence: Evidence) -> Iterator[Finding]:
    """Find h_n[0] of stacked layers, which is the lowest one."""
    reads = evidence.reads or {}
    layers = sorted({layer for layer, _ in reads})
    used = [layer for layer in layers if any(reads[layer, way].any() for way in evidence.ways)]
    if len(layers) < 2 or not used or used[-1] == layers[-1]:
        return
    yield Finding(
        kind="top_layer_not_read",
        title="The top layer is not read",
        sentence=f"The output depends on layer {used[-1] + 1} of {len(layers)}; what is above it is computed for "
        f"nothing.",
        way_out="Read the last entry of h_n, which is the top layer; h_n[0] is the lowest.",
        part=evidence.part,
        layer=layers[-1],
        code="h_n[-1]",
    )


def padded_step_read(evidence: Evidence) -> Iterator[Finding]:
    """Find a padded step that is read as the last, or mixed into a mean."""
    if evidence.trace.T_y != 1 or not evidence.padded:
        return
    read = sorted(set(evidence.top("forward").tolist()) & set(evidence.padded))
    if not read:
        return
    alone = len(evidence.top("forward")) == 1
    real = evidence.T - len(evidence.padded)
    first = "True" if evidence.batch_first else "False"
    yield Finding(
        kind="padded_step_read",
        title="A padded step is read as the last" if alone else "Padded steps are read",
        sentence=f"The sequence has {real} steps and {len(evidence.padded)} of padding; the output reads "
        + (f"step {read[-1] + 1}." if alone else f"{len(read)} padded ones."),
        way_out="Pack the batch and read h_n, or read out at length - 1 of each sequence."
        if alone
        else "Leave the padded steps out: mask them before the mean or the maximum.",
        steps=evidence.columns(read),
        part=evidence.part,
        layer=evidence.trace.network.topology.layers - 1,
        direction="forward",
        code=f"pack_padded_sequence(x, lengths, batch_first={first}, enforce_sorted=False)",
    )


def padding_in_backward(evidence: Evidence) -> Iterator[Finding]:
    """Find a backward half that reads the padding before the sequence."""
    if "backward" not in evidence.ways or not evidence.padded or evidence.packed:
        return
    if not set(evidence.top("backward").tolist()) - set(evidence.padded):
        return
    first = "True" if evidence.batch_first else "False"
    yield Finding(
        kind="padding_in_backward",
        title="The backward half reads padding first",
        sentence=f"Backward, {len(evidence.padded)} padded steps come before the sequence and are in every state "
        f"after them.",
        way_out="Pack the batch, so that each sequence ends where it ends.",
        steps=evidence.columns(evidence.padded),
        part=evidence.part,
        direction="backward",
        code=f"pack_padded_sequence(x, lengths, batch_first={first}, enforce_sorted=False)",
    )


def state_not_passed_on(evidence: Evidence) -> Iterator[Finding]:
    """Find a loop over steps in which every call starts from zeros."""
    if not evidence.restarts:
        return
    yield Finding(
        kind="state_not_passed_on",
        title="The state is not passed on",
        sentence=f"{evidence.name} is called for each of {evidence.T} steps, and starts from zeros each time: "
        "no step knows of the one before.",
        way_out="Keep the state that the module returns, and give it back at the next step.",
        steps=evidence.columns(range(1, evidence.T)),
        part=evidence.part,
        code=f"out, state = self.{evidence.name}(x_t, state)",
    )


def batch_first_mistaken(evidence: Evidence) -> Iterator[Finding]:
    """Find steps and sequences exchanged."""
    if not evidence.swapped:
        return
    yield Finding(
        kind="batch_first_mistaken",
        title="Steps and sequences are exchanged",
        sentence=f"{evidence.name} was built with batch_first={evidence.batch_first}, and what it reads looks the "
        "other way round: it runs from one sequence of the batch to the next.",
        way_out=f"Build it with batch_first={not evidence.batch_first}, or transpose what it reads.",
        part=evidence.part,
        code=f"batch_first={not evidence.batch_first}",
    )


MISTAKES = (
    batch_first_mistaken,
    state_not_passed_on,
    backward_read_early,
    half_not_read,
    top_layer_not_read,
    padded_step_read,
    padding_in_backward,
)

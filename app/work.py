"""How much work a run is, estimated from the request before it begins.

One unit is about a tenth of a millisecond of one core. Three quarters of the estimates over the gallery lie within a
factor of two of what was measured; enough to tell short runs from expensive ones, which is all that it is for.
"""

import math

from app.schemas import TraceRequest
from models.example import Encoded, Example
from unrolled import CELLS, Force, NetworkConfig
from unrolled.checks import output_asked_for
from unrolled.plan import Plan

ORDINARY = 1000  # units that count as one run: about 100 ms

# Units for each step of one layer in one direction, and what makes it more.
FUSED = 0.4  # read by one call of a fused kernel
STEPPED = 2.0  # cell by cell: in a decoder, where an intervention reaches in, or where a cell has no kernel
CHANGED = 0.1  # for each intervention that must be looked at
LISTED = 1e-4  # for each step that interventions list
WRITTEN = 1 / 400  # for each unit, to record its values and write them out
GRADIENT = 2.0  # times the steps once more, stepped
SEARCHED, BEAM = 0.5, 0.1  # times the steps once more, and for each beginning that is kept
# For each frame of outputs that collapse: to choose it, or to search for the reading, and for each beginning.
CHOSEN, COLLAPSED, GROWN = 1.5, 3.0, 1.0


def estimate(config: NetworkConfig, T_x: int, T_y: int, request: TraceRequest) -> int:
    """Estimate the work of a run over T_x inputs that writes up to T_y outputs, in units."""
    parts = config.topology.parts
    read = config.layers * config.directions * T_x if "encoder" in parts else 0
    written = config.layers * T_y if "decoder" in parts else 0
    inside = [change for change in request.interventions if not isinstance(change, Force)]
    changes = CHANGED * len(inside) + LISTED * sum(len(change.steps or ()) for change in inside)
    stepped = STEPPED + changes
    frames = T_x if config.collapse else 0
    beam = request.decoding is not None and request.decoding.method == "beam"
    fused = CELLS[config.cell].kernel is not None and not inside
    units = read * (FUSED if fused else stepped)
    units += written * stepped * (1 + (SEARCHED + BEAM * request.decoding.width if beam and request.decoding else 0))
    units += frames * (COLLAPSED + GROWN * request.decoding.width if beam and request.decoding else CHOSEN)
    if request.gradient is not None:
        units += (read + written) * stepped * GRADIENT
    units += (read + written) * config.hidden * WRITTEN
    return math.ceil(units)


def weigh(example: Example, request: TraceRequest) -> tuple[Encoded, int]:
    """Read an input, check everything that can be checked without a run, and estimate the work of the run.

    Gives what the network reads, too, so that it is made once. Raises InvalidRequest, with the field at fault.
    """
    variant = request.variant or example.about.default_variant
    encoded = example.read(request.input, variant)
    network = example.networks[variant]
    T_x, T_y = len(encoded.labels), example.about.input.max_steps
    Plan(network, request.interventions, {"encoder": T_x, "decoder": T_y})
    writes = "decoder" in network.topology.parts
    outputs = T_y if writes else T_x if network.topology.answers_each_step else 1
    if request.gradient is not None:
        output_asked_for(network.topology, request.gradient, outputs)
    return encoded, estimate(network.config, T_x, T_y, request)

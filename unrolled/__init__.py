"""Unrolled: record every value that a recurrent network computes, at every timestep."""

from unrolled.cells import CELLS, Cell, Kernel, Value
from unrolled.config import Embed, NetworkConfig
from unrolled.decoding import Decoding
from unrolled.errors import (
    ConfigError,
    InterventionError,
    InvalidInput,
    InvalidRequest,
    LengthError,
    NotFinite,
    UnrolledError,
    WeightsError,
)
from unrolled.findings import Finding
from unrolled.fused import LayerValues, Recording, record_module
from unrolled.interventions import Clamp, Force, Freeze, Intervention
from unrolled.network import Network
from unrolled.onnx import OnnxNetwork, from_onnx
from unrolled.padded import state_after
from unrolled.record import record
from unrolled.scan import Scan
from unrolled.topology import KINDS, Column, Seen, Topology, seen, unroll
from unrolled.trace import Label, Output, Trace
from unrolled.watch import Watched, watch

__version__ = "0.1.0"  # as in pyproject.toml

__all__ = [
    "CELLS",
    "KINDS",
    "Cell",
    "Clamp",
    "Column",
    "ConfigError",
    "Decoding",
    "Embed",
    "Finding",
    "Force",
    "Freeze",
    "Intervention",
    "InterventionError",
    "InvalidInput",
    "InvalidRequest",
    "Kernel",
    "Label",
    "LayerValues",
    "LengthError",
    "Network",
    "NetworkConfig",
    "NotFinite",
    "OnnxNetwork",
    "Output",
    "Recording",
    "Scan",
    "Seen",
    "Topology",
    "Trace",
    "UnrolledError",
    "Value",
    "Watched",
    "WeightsError",
    "from_onnx",
    "record",
    "record_module",
    "seen",
    "state_after",
    "unroll",
    "watch",
]

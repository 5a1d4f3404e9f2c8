"""Print all measurements: `make bench`."""

import platform

import torch

from benchmarks.bytes import measure_bytes
from benchmarks.drawing import measure_drawing
from benchmarks.encoding import measure_encoding
from benchmarks.recording import measure_recording
from benchmarks.serving import measure_serving

if __name__ == "__main__":
    torch.set_num_threads(1)
    print(f"torch {torch.__version__}, Python {platform.python_version()}, {platform.machine()}\n")
    measure_recording()
    measure_encoding()
    measure_serving()
    measure_bytes()
    measure_drawing()

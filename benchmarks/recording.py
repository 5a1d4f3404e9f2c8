"""What recording costs: every value, by the fast path and by the step path, against the bare forward pass."""

import torch

from benchmarks.timing import compare
from unrolled import Embed, Network, NetworkConfig, record, record_module

INPUT_SIZE = 64
LENGTHS = (20, 100, 500)
WIDTHS = (64, 256)


def network(cell: str, hidden: int) -> Network:
    """Make a many-to-many network with random weights."""
    torch.manual_seed(0)
    config = NetworkConfig(kind="many_to_many", cell=cell, hidden=hidden, n_y=2, read=Embed(size=INPUT_SIZE))
    return Network(config).eval().requires_grad_(False)


@torch.inference_mode()
def measure_recording() -> None:
    """Print a row for each cell, hidden size and length."""
    print("Recording / bare nn forward (one sequence, input size 64, one thread)")
    print("  values: record_module, all values as tensors    trace: record, the whole document")
    print(
        f"  {'cell':5}{'hidden':>7}{'T':>5}{'bare ms':>10}{'values':>9}{'trace':>9}{'step path':>11}{'max error':>11}"
    )
    for cell in ("rnn", "gru", "lstm"):
        for hidden in WIDTHS:
            for T in LENGTHS:
                print(row(cell, hidden, T))


def row(cell: str, hidden: int, T: int) -> str:
    """Measure one setting."""
    watched, x = network(cell, hidden), torch.randn(T, INPUT_SIZE)
    module = watched.encoder
    assert module is not None

    def bare() -> object:
        return module(x)

    values = compare(bare, lambda: record_module(module, x))
    trace = compare(bare, lambda: record(watched, x), rounds=10)
    step = compare(bare, lambda: record(watched, x, path="step"), rounds=3, warm_up=1)
    error = record(watched, x).check.max_abs_error
    ratios = f"{values.ratio:8.2f}x{trace.ratio:8.2f}x{step.ratio:10.1f}x"
    return f"  {cell:5}{hidden:7}{T:5}{values.base_ms:10.2f}{ratios}{error:11.0e}"

"""What recording costs: every value, by the fast path and by the step path, against the bare forward pass."""

from dataclasses import dataclass

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


@dataclass(frozen=True)
class Setting:
    """Hold one row of the table: a network and what it reads."""

    cell: str
    hidden: int
    T: int

    def made(self) -> tuple[Network, torch.Tensor]:
        """Make the network and its input (T, n)."""
        return network(self.cell, self.hidden), torch.randn(self.T, INPUT_SIZE)


@torch.inference_mode()
def measure_recording() -> None:
    """Print a row for each cell, hidden size and length."""
    print("Recording / bare nn forward (one sequence, input size 64, one thread)")
    print("  values: record_module, all values as tensors    trace: record, the whole document")
    print("  torchlens: torchlens.trace of the same module, which sees h alone")
    names = f"{'bare ms':>10}{'values':>9}{'trace':>9}{'step path':>11}{'max error':>11}{'torchlens':>11}"
    print(f"  {'cell':5}{'hidden':>7}{'T':>5}{names}")
    settings = [Setting(cell, hidden, T) for cell in ("rnn", "gru", "lstm") for hidden in WIDTHS for T in LENGTHS]
    rows = [row(setting) for setting in settings]  # all of them before torchlens, which wraps torch's functions
    for setting, ours in zip(settings, rows, strict=True):
        print(f"{ours}{torchlens_ratio(setting):10.0f}x")


def row(setting: Setting) -> str:
    """Measure what our own recording costs in one setting."""
    watched, x = setting.made()
    module = watched.encoder
    assert module is not None

    def bare() -> object:
        return module(x)

    values = compare(bare, lambda: record_module(module, x), rounds=100)
    trace = compare(bare, lambda: record(watched, x), rounds=10)
    step = compare(bare, lambda: record(watched, x, path="step"), rounds=3, warm_up=1)
    error = record(watched, x).check.max_abs_error
    ratios = f"{values.ratio:8.2f}x{trace.ratio:8.2f}x{step.ratio:10.1f}x"
    return f"  {setting.cell:5}{setting.hidden:7}{setting.T:5}{values.base_ms:10.2f}{ratios}{error:11.0e}"


def torchlens_ratio(setting: Setting) -> float:
    """Measure what torchlens costs in one setting."""
    import torchlens

    watched, x = setting.made()
    module = watched.encoder
    assert module is not None
    return compare(lambda: module(x), lambda: torchlens.trace(module, x), rounds=3, warm_up=1).ratio

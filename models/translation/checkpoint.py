"""What an interrupted training needs to go on: weights, the optimizer's moments, how many epochs are done."""

from pathlib import Path
from typing import NamedTuple

from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.optim import Optimizer


class Progress(NamedTuple):
    """Say how many epochs of training are finished, and the best development score so far."""

    epochs: int = 0
    best: float = 0.0


def save(path: Path, network: nn.Module, optimizer: Optimizer, progress: Progress) -> None:
    """Write everything that the next round depends on."""
    tensors = {f"network.{name}": w for name, w in network.state_dict().items()}
    for i, moments in optimizer.state_dict()["state"].items():
        tensors |= {f"{i}.{name}": value for name, value in moments.items()}
    save_file(tensors, path, {"epochs": str(progress.epochs), "best": str(progress.best)})


def load(path: Path, network: nn.Module, optimizer: Optimizer) -> Progress:
    """Bring network and optimizer to where `save` found them; to the start if there is no such file."""
    if not path.exists():
        return Progress()
    state = optimizer.state_dict()
    weights: dict[str, Tensor] = {}
    with safe_open(path, framework="pt") as file:
        held = file.metadata()
        for key in file.keys():  # noqa: SIM118
            owner, _, name = key.partition(".")
            moments = weights if owner == "network" else state["state"].setdefault(int(owner), {})
            moments[name] = file.get_tensor(key)
    optimizer.load_state_dict(state)
    network.load_state_dict(weights)
    return Progress(int(held["epochs"]), float(held["best"]))

"""The interventions of a run, checked against the network and turned into edits of single steps."""

from dataclasses import dataclass

import torch
from torch import Tensor

from unrolled.cells import Edit, Value, unedited
from unrolled.errors import InterventionError
from unrolled.interventions import Clamp, Force, Freeze, Intervention
from unrolled.network import Network
from unrolled.topology import Direction, Part


@dataclass(frozen=True)
class Plan:
    """Hold the network of one run and its interventions; `limits` says how many steps each part can have.

    The encoder's limit is T_x. The decoder's is the most outputs that it may emit: T_y is known once it has run.
    """

    network: Network
    interventions: tuple[Intervention, ...]
    limits: dict[Part, int]

    def __post_init__(self) -> None:
        for number, intervention in enumerate(self.interventions):
            try:
                self._check(intervention)
            except InterventionError as error:
                raise InterventionError(str(error), f"interventions.{number}") from None

    def touches(self, part: Part) -> bool:
        """Say whether a clamp or freeze reaches into a part, so that its cells must be stepped."""
        return any(not isinstance(i, Force) and i.part == part for i in self.interventions)

    @property
    def changes_values(self) -> bool:
        """Say whether the run differs from the network's own equations on purpose."""
        return any(self.touches(part) for part in self.network.topology.parts)

    def forced(self) -> dict[int, int | tuple[float, ...]]:
        """Map each forced step of the decoder to its output."""
        return {i.step: i.y for i in self.interventions if isinstance(i, Force)}

    def edit(self, part: Part, layer: int, direction: Direction, step: int) -> Edit:
        """Make the edit of one step: a function that may replace each value as soon as it is computed."""
        changes: dict[str, list[tuple[int | None, float]]] = {}
        for i in self.interventions:
            if isinstance(i, Force) or (i.part, i.layer, i.direction) != (part, layer, direction):
                continue
            if i.steps is None or step in i.steps:
                changes.setdefault(i.state if isinstance(i, Clamp) else i.gate, []).append((i.unit, i.value))

        def apply(name: str, value: Tensor) -> Tensor:
            for unit, number in changes.get(name, ()):
                if unit is None:
                    value = torch.full_like(value, number)
                else:
                    value = value.index_fill(-1, torch.tensor([unit]), number)
            return value

        return apply if changes else unedited

    def _check(self, intervention: Intervention) -> None:
        if isinstance(intervention, Force):
            self._check_force(intervention)
        else:
            self._check_place(intervention)

    def _check_place(self, i: Clamp | Freeze) -> None:
        topology, config = self.network.topology, self.network.config
        if i.part not in topology.parts:
            raise InterventionError(f"this network has no {i.part}; its parts: {', '.join(topology.parts)}")
        if i.layer >= config.layers:
            raise InterventionError(f"layer {i.layer} does not exist; layers count from 0 to {config.layers - 1}")
        if i.direction not in topology.directions_of(i.part):
            raise InterventionError(f"the {i.part} runs {', '.join(topology.directions_of(i.part))} only")
        if i.unit is not None and i.unit >= config.hidden:
            raise InterventionError(f"unit {i.unit} does not exist; units count from 0 to {config.hidden - 1}")
        late = [step for step in i.steps or () if step >= self.limits[i.part]]
        if late:
            raise InterventionError(f"step {late[0]} does not exist; steps count from 0 to {self.limits[i.part] - 1}")
        cell = self.network.cell
        if isinstance(i, Clamp) and i.state not in cell.states:
            raise InterventionError(f"a {cell.kind} has no state '{i.state}'; it has {', '.join(cell.states)}")
        inner = [v.name for v in cell.values if v.role != "state"]
        if isinstance(i, Freeze) and i.gate not in inner:
            has = f"it has {', '.join(inner)}" if inner else "it has none; clamp its h instead"
            raise InterventionError(f"a {cell.kind} has no gate '{i.gate}'; {has}")
        name = i.state if isinstance(i, Clamp) else i.gate
        (value,) = (v for v in cell.values if v.name == name)
        if not (value.low is None or value.low <= i.value) or not (value.high is None or i.value <= value.high):
            raise InterventionError(f"{name} is {range_of(value)}; {i.value:g} is outside")

    def _check_force(self, i: Force) -> None:
        config = self.network.config
        if "decoder" not in self.network.topology.parts:
            raise InterventionError(f"{config.kind} feeds no output back, so none can be forced")
        if i.step >= self.limits["decoder"]:
            raise InterventionError(f"step {i.step} does not exist; steps count from 0 to {self.limits['decoder'] - 1}")
        if config.output == "softmax":
            if not isinstance(i.y, int) or i.y >= config.n_y:
                raise InterventionError(f"y = {i.y} is not a class; classes count from 0 to {config.n_y - 1}")
        elif not isinstance(i.y, tuple) or len(i.y) != config.n_y:
            raise InterventionError(f"y = {i.y} is not an output; give a list of {config.n_y} numbers")
        elif config.output == "sigmoid" and not all(0 <= y <= 1 for y in i.y):
            raise InterventionError(f"this network's outputs are between 0 and 1; y = {i.y} is outside")


def range_of(value: Value) -> str:
    """Say in words where a value can lie."""
    if value.low is not None and value.high is not None:
        return f"between {value.low:g} and {value.high:g}"
    return f"{value.low:g} or more" if value.low is not None else f"{value.high:g} or less"

"""Interventions: what someone may change while a network runs, to see what depends on it."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from unrolled.topology import Direction, Part

Number = Annotated[float, Field(allow_inf_nan=False, ge=-1e6, le=1e6)]
Index = Annotated[int, Field(ge=0, le=1_000_000)]


class _Target(BaseModel):
    """Say where and when: a layer and direction of a part, at some of its steps (None: at every step)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    part: Part = "encoder"
    layer: Index = 0
    direction: Direction = "forward"
    steps: tuple[Index, ...] | None = None


class Clamp(_Target):
    """Hold one unit of a state (h, or c where the cell carries one) at a value, as soon as it has been computed."""

    kind: Literal["clamp"] = "clamp"
    state: Literal["h", "c"] = "h"
    unit: Index
    value: Number


class Freeze(_Target):
    """Hold a gate (or a candidate) at a value: one unit of it, or all of them."""

    kind: Literal["freeze"] = "freeze"
    gate: str
    unit: Index | None = None
    value: Number


class Force(BaseModel):
    """Set the output of a decoder at one step: a class, or a vector of real numbers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["force"] = "force"
    step: Index
    y: Index | tuple[Number, ...]


Intervention = Annotated[Clamp | Freeze | Force, Field(discriminator="kind")]

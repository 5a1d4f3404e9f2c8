"""How outputs are chosen: greedily, by sampling at a temperature, or by beam search."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Decoding(BaseModel):
    """Say how outputs are chosen.

    `greedy` takes the likeliest, `sample` draws from softmax(logits / temperature) with a seeded generator,
    `beam` keeps the `width` likeliest beginnings and divides each log-probability by its length. Of outputs that
    collapse, `greedy` is the best path, and `beam` adds up all paths that read the same, divided by nothing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    method: Literal["greedy", "sample", "beam"] = "greedy"
    temperature: float = Field(default=1.0, gt=0, le=5, allow_inf_nan=False)
    seed: int = Field(default=0, ge=0, le=2**31 - 1)
    width: int = Field(default=4, ge=1, le=16)

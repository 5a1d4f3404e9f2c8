"""The networks of an example: the axes in which they differ, and one choice of each axis for every network."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from models.inputs.kind import Strict


class Choice(Strict):
    """Name one setting of an axis."""

    id: str
    label: str
    note: str = ""


class Axis(Strict):
    """Name one thing in which the variants differ (the cell, the scale, the direction), and its settings."""

    id: str
    label: str
    choices: tuple[Choice, ...]


class Variant(Mapping[str, str]):
    """Is one trained network of an example, as a mapping from each axis to what was chosen: `variant["cell"]`.

    Its id joins the choices with dashes; it names the variant in addresses and requests, and its weights are in
    `<id>.safetensors`. Nothing takes an id apart again.
    """

    def __init__(self, chosen: Mapping[str, Choice]) -> None:
        self._chosen = dict(chosen)
        self.id = "-".join(choice.id for choice in chosen.values())
        self.label = ", ".join(choice.label for choice in chosen.values())  # as the page's buttons name it

    def __getitem__(self, axis: str) -> str:
        return self._chosen[axis].id

    def __iter__(self) -> Iterator[str]:
        return iter(self._chosen)

    def __len__(self) -> int:
        return len(self._chosen)


def variants_of(axes: Iterable[Axis]) -> tuple[Variant, ...]:
    """List every variant: each choice of the first axis with each choice of the next, and so on."""
    axes = tuple(axes)
    names = tuple(axis.id for axis in axes)
    return tuple(Variant(dict(zip(names, chosen, strict=True))) for chosen in product(*(a.choices for a in axes)))

"""A choice: one of a few things that an example names."""

from typing import Literal

from pydantic import Field

from models.inputs.kind import InputKind, Spec, Strict
from unrolled import InvalidInput


class Option(Strict):
    """Name one thing that can be chosen."""

    id: str
    label: str
    note: str = ""


class ChoiceSpec(Spec):
    """Tell what there is to choose from."""

    kind: Literal["choice"] = "choice"
    options: tuple[Option, ...] = Field(min_length=1)


class Chosen(Strict):
    """Hold what was chosen, by its id."""

    kind: Literal["choice"] = "choice"
    value: str = Field(max_length=100, description="the id of one of the example's options")


class ChoiceKind(InputKind[Chosen, ChoiceSpec]):
    """Writes a choice as its id."""

    name = "choice"
    called = "a choice"

    def from_text(self, text: str, spec: ChoiceSpec) -> Chosen:
        """Take an id."""
        return Chosen(value=text.strip()[:100])

    def to_text(self, value: Chosen) -> str:
        """Give the id."""
        return value.value

    def check(self, value: Chosen, spec: ChoiceSpec) -> Chosen:
        """Refuse what is not among the options; nothing stands for nothing where it is not required."""
        if value.value not in [option.id for option in spec.options] and (value.value or spec.required):
            wrong = f"there is no '{value.value[:40]}' to choose" if value.value else "nothing is chosen"
            raise InvalidInput(f"{wrong}; there are {', '.join(option.id for option in spec.options)}")
        return value

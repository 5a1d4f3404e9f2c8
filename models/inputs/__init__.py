"""The kinds of inputs. Each says how it is sent, checked, and written in an address; an example gets the value.

A bare string always means a kind's text form, so that every address, sample and call can be a string; values that are
no text can also be sent as JSON objects with their `kind`.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from models.inputs.drawing import Drawing, DrawingKind, DrawingSpec
from models.inputs.kind import InputKind, Spec
from models.inputs.text import TextKind, TextSpec

InputSpec = Annotated[TextSpec | DrawingSpec, Field(discriminator="kind")]
InputObject = Drawing  # what is sent as an object; a union by `kind` as soon as there are two

KINDS: Mapping[str, InputKind[Any, Any]] = {
    kind.name: kind
    for kind in (
        TextKind("text", "text"),
        TextKind("prefix", "a beginning"),
        TextKind("bases", "a string of bases"),
        TextKind("series", "a series of numbers"),
        DrawingKind(),
    )
}


def kind_of(spec: Spec) -> InputKind[Any, Any]:
    """Find the kind that a spec belongs to."""
    return KINDS[getattr(spec, "kind")]  # noqa: B009 -- each kind's spec has it, the base has not


__all__ = ["KINDS", "Drawing", "DrawingSpec", "InputKind", "InputObject", "InputSpec", "Spec", "TextSpec", "kind_of"]

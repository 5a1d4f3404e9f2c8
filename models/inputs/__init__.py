"""The kinds of inputs. Each says how it is sent, checked, and written in an address; an example gets the value.

A bare string always means a kind's text form, so that every address, sample and call can be a string; values that are
no text can also be sent as JSON objects with their `kind`.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from models.inputs.choice import ChoiceKind, ChoiceSpec, Chosen, Option
from models.inputs.drawing import Drawing, DrawingKind, DrawingSpec
from models.inputs.kind import InputKind, Spec
from models.inputs.photo import Photo, PhotoKind, PhotoSpec
from models.inputs.pose import Pose, PoseKind, PoseSpec
from models.inputs.scene import Item, Scene, SceneKind, SceneSpec
from models.inputs.sound import Sound, SoundKind, SoundSpec
from models.inputs.strokes import Strokes, StrokesKind, StrokesSpec
from models.inputs.text import TextKind, TextSpec, column, fasta, plain

InputSpec = Annotated[
    TextSpec | ChoiceSpec | DrawingSpec | PhotoSpec | StrokesSpec | PoseSpec | SceneSpec | SoundSpec,
    Field(discriminator="kind"),
]
InputObject = Annotated[Chosen | Drawing | Photo | Strokes | Pose | Scene | Sound, Field(discriminator="kind")]

_TEXT = {"text/plain": plain}

KINDS: Mapping[str, InputKind[Any, Any]] = {
    kind.name: kind
    for kind in (
        TextKind("text", "text", _TEXT),
        TextKind("prefix", "a beginning", _TEXT),
        TextKind("bases", "a string of bases", {"text/x-fasta": fasta, "text/plain": fasta}),
        TextKind("series", "a series of numbers", {"text/csv": column, "text/plain": column}),
        ChoiceKind(),
        DrawingKind(),
        PhotoKind(),
        StrokesKind(),
        PoseKind(),
        SceneKind(),
        SoundKind(),
    )
}


def kind_of(spec: Spec) -> InputKind[Any, Any]:
    """Find the kind that a spec belongs to."""
    return KINDS[getattr(spec, "kind")]  # noqa: B009 -- each kind's spec has it, the base has not


__all__ = [
    "KINDS",
    "ChoiceSpec",
    "Chosen",
    "Drawing",
    "DrawingSpec",
    "InputKind",
    "InputObject",
    "InputSpec",
    "Item",
    "Option",
    "Photo",
    "PhotoSpec",
    "Pose",
    "PoseSpec",
    "Scene",
    "SceneSpec",
    "Sound",
    "SoundSpec",
    "Spec",
    "Strokes",
    "StrokesSpec",
    "TextSpec",
    "kind_of",
]

"""Text, and what is written as text: a beginning, a string of bases, a series of numbers."""

from textwrap import shorten
from typing import Literal

from models.inputs.kind import InputKind, Spec
from unrolled import InvalidInput

Written = Literal["text", "prefix", "bases", "series"]


class TextSpec(Spec):
    """Tell how a text is typed; `max_length` counts characters.

    `text` is a line of text that becomes x; `prefix` is an optional beginning that a network with x = ∅ is made
    to write, `bases` a string of A C G T N, `series` numbers separated by commas.
    """

    kind: Written
    placeholder: str = ""
    max_length: int


class TextKind(InputKind[str, TextSpec]):
    """Takes a text as it was typed; the example reads it."""

    def __init__(self, name: Written, called: str) -> None:
        self.name = name
        self.called = called

    def from_text(self, text: str, spec: TextSpec) -> str:
        """Give the text: it is its own text form."""
        return text

    def to_text(self, value: str) -> str:
        """Give the text."""
        return value

    def check(self, value: str, spec: TextSpec) -> str:
        """Refuse a blank where something is required, and what is too long."""
        if spec.required and not value.strip():
            raise InvalidInput(f"nothing to read: type some text, for example '{shorten(spec.placeholder, 60)}'")
        if len(value) > spec.max_length:
            raise InvalidInput(f"{len(value)} characters are too many; this example reads up to {spec.max_length}")
        return value

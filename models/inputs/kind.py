"""What a kind of input is: how it is sent, what its limits are, and how it is written in an address."""

from abc import ABC, abstractmethod
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from unrolled import InvalidInput


class Strict(BaseModel):
    """Is the base of what stands on the wire and in files here: immutable, with known fields only."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Spec(Strict):
    """Tell a page what to offer, and which limits to announce; each kind adds its own.

    `max_steps` counts the steps (T_x, or T_y of a decoder). A network that may start from nothing needs no input.
    """

    label: str
    help: str = ""
    required: bool = True
    max_steps: int


V = TypeVar("V")
S = TypeVar("S", bound=Spec)


class InputKind(ABC, Generic[V, S]):
    """Is one kind of input. Its text form stands in addresses, in samples, and wherever a bare string is sent."""

    name: str
    called: str  # in a sentence: "this example reads a drawing"

    @abstractmethod
    def from_text(self, text: str, spec: S) -> V:
        """Read the text form. Raises InvalidInput, with the way out."""

    @abstractmethod
    def to_text(self, value: V) -> str:
        """Write the text form, which `from_text` reads back."""

    @abstractmethod
    def check(self, value: V, spec: S) -> V:
        """Hold a value against an example's limits. Raises InvalidInput, with the way out."""

    def is_one(self, sent: Any) -> bool:
        """Say whether what was sent as an object is a value of this kind; text is not sent as an object."""
        return False

    def read(self, sent: Any, spec: S) -> V:
        """Read what was sent, a bare string or an object, and check it. Raises InvalidInput."""
        if isinstance(sent, str):
            return self.check(self.from_text(sent, spec), spec)
        if self.is_one(sent):
            return self.check(sent, spec)
        raise InvalidInput(f"this example reads {self.called}; that is a {sent.kind}")

"""The base of everything on the wire."""

from pydantic import BaseModel, ConfigDict


class Document(BaseModel):
    """Is immutable, and refuses fields that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, allow_inf_nan=False)

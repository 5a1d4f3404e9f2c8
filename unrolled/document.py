"""The base of everything on the wire."""

from pydantic import BaseModel, ConfigDict


class Document(BaseModel):
    """The base class of all documents: immutable, and an unknown field is an error."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        arbitrary_types_allowed=True,
        allow_inf_nan=False,
        json_schema_serialization_defaults_required=True,  # every field is always written
    )

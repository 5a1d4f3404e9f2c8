"""What an address asks for: a run of an example, the rest as in its first sample."""

from collections.abc import Mapping

from app.documents import TraceRequest
from models.example import Example, Sample
from unrolled import Decoding


def asked_by(shown: Example, query: Mapping[str, str]) -> TraceRequest:
    """Read a run from an address; what it leaves out comes from the example's first sample.

    Raises pydantic's ValidationError, with the name of the query field at fault.
    """
    sample = shown.samples[0] if shown.samples else Sample(input="", note="")
    decoding = shown.decoding
    if decoding is not None:
        chosen = {name: query[name] for name in Decoding.model_fields if query.get(name)}
        decoding = Decoding.model_validate({**decoding.model_dump(), "seed": sample.seed, **chosen})
    return TraceRequest(
        input=query.get("input", sample.input),
        variant=query.get("variant") or sample.variant or shown.default_variant,
        decoding=decoding,
    )

"""Read the query of an address as the request of a run; what it leaves out comes from a sample."""

from collections.abc import Mapping

from app.schemas import TraceRequest
from models.description import Sample
from models.example import Example
from unrolled import Decoding, InvalidRequest


def trace_request(shown: Example, query: Mapping[str, str]) -> TraceRequest:
    """Read a run from an address; what it leaves out comes from the example's first sample, or from `sample` (from 1).

    Raises pydantic's ValidationError, with the name of the query field at fault, or InvalidRequest for no such sample.
    """
    sample = sample_of(shown, query.get("sample", ""))
    decoding = shown.about.decoding
    if decoding is not None:
        chosen = {name: query[name] for name in Decoding.model_fields if query.get(name)}
        decoding = Decoding.model_validate({**decoding.model_dump(), "seed": sample.seed, **chosen})
    return TraceRequest(
        input=query.get("input", sample.input),
        variant=query.get("variant") or sample.variant or shown.about.default_variant,
        decoding=decoding,
    )


def sample_of(shown: Example, number: str) -> Sample:
    """Find a sample by its number, counted from 1; the first for none. Raises InvalidRequest."""
    if not number:
        return shown.samples[0] if shown.samples else Sample(input="", note="")
    found = dict(zip(map(str, range(1, len(shown.samples) + 1)), shown.samples, strict=True)).get(number)
    if found is None:
        raise InvalidRequest(f"there is no sample '{number[:20]}'; there are 1 to {len(shown.samples)}", "sample")
    return found

"""A gallery of two tiny examples with random, seeded weights, so that the service is tested without the real ones."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import torch
from httpx import ASGITransport, AsyncClient

from app.main import create_app
from app.settings import Settings
from models.example import Encoded, Example
from models.variants import Variant
from unrolled import Embed, InvalidInput, Label, Network, NetworkConfig, Trace

LETTERS = "abcdefghijklmnopqrstuvwxyz "
CELLS = {"id": "cell", "label": "Cell", "choices": [{"id": "gru", "label": "GRU"}, {"id": "lstm", "label": "LSTM"}]}
VERDICT = {
    "title": "Tiny verdict",
    "task": "a verdict on letters",
    "story": "Type letters and see what two random networks make of them.",
    "topology_page": "many-to-one",
    "reads": "characters",
    "writes": "classes",
    "axes": [CELLS],
    "default_variant": "gru",
    "input": {
        "kind": "text",
        "label": "Letters",
        "placeholder": "abc",
        "help": "a-z",
        "max_length": 40,
        "max_steps": 40,
    },
    "measured_on": "any text",
}
WRITER = {
    "title": "Tiny writer",
    "task": "letters out of nothing",
    "story": "Draw another seed for other letters.",
    "topology_page": "one-to-many",
    "writes": "characters",
    "axes": [CELLS],
    "default_variant": "lstm",
    "input": {"kind": "prefix", "label": "Beginning", "required": False, "max_length": 5, "max_steps": 8},
    "decoding": {"method": "sample", "temperature": 0.8},
    "measured_on": "any text",
}


class Verdict(Example):
    """Read letters, answer once."""

    def encode(self, raw: str, variant: Variant) -> Encoded:
        strange = next((letter for letter in raw if letter not in LETTERS), None)
        if strange is not None:
            raise InvalidInput(f"{strange!r} is not in this model's alphabet (a-z, space)")
        return Encoded([LETTERS.index(letter) for letter in raw], tuple(Label(text=letter) for letter in raw))

    def y_labels(self, variant: Variant) -> Sequence[str]:
        return ("bad", "good")

    def decode(self, trace: Trace, variant: Variant) -> str:
        return f"{trace.outputs[0].label} ({trace.outputs[0].p:.0%})"

    def evaluate(self, text: str, variant: Variant) -> dict[str, float]:
        return {"characters": len(text)}


class Writer(Example):
    """Write letters out of nothing."""

    def encode(self, raw: str, variant: Variant) -> Encoded:
        return Encoded(None, ())

    def y_labels(self, variant: Variant) -> Sequence[str]:
        return LETTERS

    def decode(self, trace: Trace, variant: Variant) -> str:
        return "".join(output.label for output in trace.outputs)

    def evaluate(self, text: str, variant: Variant) -> dict[str, float]:
        return {"characters": len(text)}


CARD = {
    "data": "none",
    "source": "random numbers",
    "licence": "CC0",
    "split": "none",
    "metric": "none",
    "trained_with": "nothing",
    "evaluated_with": "nothing",
    "results": {"gru": {"accuracy": 0.5}, "lstm": {"accuracy": 0.5}},
    "beside": "chance",
    "fails": ["it knows <nothing>"],
}


Written = Mapping[str, object]  # what stands in a JSON file


def write_example(folder: Path, about: Written, config: NetworkConfig, samples: Sequence[Written]) -> None:
    """Write what an example says of itself, its card, samples and seeded weights, one file for each cell."""
    folder.mkdir()
    (folder / "example.json").write_text(json.dumps(about))
    (folder / "card.json").write_text(json.dumps(CARD))
    (folder / "samples.json").write_text(json.dumps(samples))
    for seed, cell in enumerate(("gru", "lstm")):
        torch.manual_seed(seed)
        Network(config.model_copy(update={"cell": cell})).save(folder / f"{cell}.safetensors")


def tiny_gallery(folder: Path) -> dict[str, Example]:
    """Write and load both examples."""
    letters = Embed(kind="tokens", size=3, count=len(LETTERS))
    reading = NetworkConfig(kind="many_to_one", cell="gru", hidden=4, n_y=2, read=letters)
    writing = NetworkConfig(kind="one_to_many", cell="gru", hidden=4, n_y=len(LETTERS), feed_back=letters, end=26)
    write_example(folder / "verdict", VERDICT, reading, [{"input": "not bad", "note": "two words", "variant": "lstm"}])
    write_example(folder / "writer", WRITER, writing, [{"input": "", "note": "nothing in", "seed": 3}])
    return {"verdict": Verdict(folder / "verdict"), "writer": Writer(folder / "writer")}


@asynccontextmanager
async def client_of(examples: Mapping[str, Example], settings: Settings | None = None) -> AsyncIterator[AsyncClient]:
    """Call a service in this process; what breaks inside is answered, as a server would."""
    app = create_app(settings or Settings(), examples)
    transport = ASGITransport(app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://unrolled.test") as client:
        yield client


def trace_route(slug: str = "verdict") -> str:
    return f"/api/v1/examples/{slug}/trace"

from typing import Any

import pytest

from app.schemas import TraceRequest
from app.work import ORDINARY, estimate, weigh
from models.example import Example
from models.listing import GALLERY, example_folders, load_example
from unrolled import Clamp, Decoding, Embed, InvalidRequest, NetworkConfig

WRITER: dict[str, Any] = {"kind": "one_to_many", "cell": "lstm", "hidden": 128, "layers": 2, "n_y": 9}
CONFIG = NetworkConfig(**WRITER, feed_back=Embed(kind="tokens", count=9, size=4))
CLAMP = Clamp(part="decoder", unit=0, value=0.0, steps=tuple(range(100)))


def work(T_y: int = 160, **asked: Any) -> int:
    return estimate(CONFIG, 0, T_y, TraceRequest(**asked))


def test_whatever_is_asked_for_besides_makes_a_run_dearer() -> None:
    plain = work()
    assert plain < work(interventions=(CLAMP,)) < work(interventions=(CLAMP,) * 50)
    assert plain < work(gradient=0) < work(gradient=0, interventions=(CLAMP,) * 50)
    assert plain < work(decoding=Decoding(method="beam", width=2)) < work(decoding=Decoding(method="beam", width=16))
    assert work(80) < plain < work(320)
    assert work(decoding=Decoding(method="sample", width=16)) == plain


def test_the_dearest_of_runs_counts_as_many_ordinary_ones() -> None:
    asked = {"interventions": (CLAMP,) * 50, "gradient": -1, "decoding": Decoding(method="beam", width=16)}
    assert work() < ORDINARY < 8 * ORDINARY < work(**asked)


def test_a_cell_without_a_kernel_is_dearer_to_read_than_one_that_has_one() -> None:
    reads: dict[str, Any] = {"kind": "many_to_one", "hidden": 128, "n_y": 2, "read": {"size": 4}}
    mgu, gru = (estimate(NetworkConfig(cell=cell, **reads), 100, 1, TraceRequest()) for cell in ("mgu", "gru"))
    assert mgu > 2 * gru


def test_a_search_for_a_reading_is_dearer_than_its_best_path() -> None:
    reads: dict[str, Any] = {"kind": "many_to_many", "cell": "lstm", "hidden": 8, "n_y": 3, "read": {"size": 4}}
    config = NetworkConfig(**reads, collapse="ctc", blank=0)
    best, narrow, wide = (
        estimate(config, 100, 1, TraceRequest(decoding=decoding))
        for decoding in (Decoding(), Decoding(method="beam", width=2), Decoding(method="beam", width=16))
    )
    assert estimate(NetworkConfig(**reads), 100, 1, TraceRequest()) < best < narrow < wide


@pytest.mark.parametrize("folder", example_folders(), ids=lambda folder: folder.name)
def test_samples_of_the_gallery_are_ordinary_runs(folder: Any) -> None:
    example = load_example(GALLERY / folder.name)
    for sample in example.samples:
        asked = TraceRequest(input=sample.input, variant=sample.variant, decoding=example.about.decoding)
        assert 0 < weigh(example, asked)[1] <= 2 * ORDINARY


def test_what_is_wrong_with_a_request_is_found_without_a_run(tiny_examples: dict[str, Example]) -> None:
    verdict = tiny_examples["verdict"]
    for wrong, field in (
        ({"input": ""}, "input"),
        ({"gradient": 1}, "gradient"),
        ({"interventions": (Clamp(unit=0, value=0.0), Clamp(unit=99, value=0.0))}, "interventions.1"),
        ({"interventions": (Clamp(unit=0, value=0.0, part="decoder"),)}, "interventions.0"),
    ):
        with pytest.raises(InvalidRequest) as refused:
            weigh(verdict, TraceRequest(**{"input": "abc", **wrong}))
        assert refused.value.field == field
